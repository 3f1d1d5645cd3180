// The lines of a journal in memory: packed as they lie in its files, and given back one at a time.
//
//     Lines lines;
//     lines.add(line);                       // sound, and next (workspace_log.h has seen to that)
//     std::string line = lines.at(57);       // a few hundred microseconds; less from the same block as the last one
//
// Numbers count from 1. Only the ids and hashes lie open: 48 bytes an event.
#pragma once

#include "journal/packed.h"

#include <memory>

namespace ca::journal {

class Lines {
public:
    std::size_t size() const { return seals_.size(); }
    // A line of format 1, without a line feed.
    void add(std::string_view line);
    void add(const Seal&, std::string_view body);
    // Likewise so many at once, none of which is opened.
    void add(Block);
    // Says that the last lines added are these, so that they need not be packed once more.
    void are_packed(Block);

    std::string at(std::size_t number) const;
    std::string hash(std::size_t number) const;  // of 0: sixty-four zeros
    const Seal& seal(std::size_t number) const { return seals_[number - 1]; }
    std::size_t find(std::string_view id) const;  // the number of the line; 0 where there is none

private:
    struct Chunk {
        std::size_t first = 1;  // number of its first line
        std::size_t bytes = 0;  // of its bodies
        std::string text;       // the bodies, each ended by a line feed; deflated
    };
    void add_seal(const Seal&);
    void grow_ids();
    std::size_t slot_of(const std::array<std::uint8_t, 16>& id) const;
    void close_open();
    std::string_view body(std::size_t number) const;

    std::vector<Chunk> chunks_;
    std::size_t open_first_ = 1;     // number of the first line that no chunk has
    std::string open_;               // the bodies from there on
    std::vector<std::size_t> ends_;  // of each of these, in open_
    std::vector<Seal> seals_;
    std::vector<std::uint32_t> ids_;  // numbers by id, open addressing; 0: free

    // The chunk that was read last, opened.
    struct Opened {
        std::size_t first = 0;  // 0: none
        std::string bodies;
        std::vector<std::size_t> ends;
    };
    mutable Opened opened_;
};

}  // namespace ca::journal
