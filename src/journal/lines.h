// The lines of a journal in memory: packed as they lie in its files, and given back one at a time.
//
//     Lines lines;
//     lines.add(line);                       // sound, and next (workspace_log.h has seen to that)
//     std::string line = lines.at(57);       // a few hundred microseconds; less from the same block as the last one
//
// Numbers count from 1. Only the ids and hashes lie open: 48 bytes an event. Lines of format 1 come first, and after
// the first of format 4 no more of them; what a line follows is for whoever knows the streams to say.
#pragma once

#include "journal/packed.h"

#include <cstdint>
#include <deque>
#include <memory>

namespace ca::journal {

class Lines {
public:
    std::size_t size() const { return seals_.size(); }
    // A line without a line feed.
    void add(std::string_view line);
    void add(int format, const Seal&, std::string_view body);
    // Likewise so many at once, none of which is opened.
    void add(Block);
    // Says that the last lines added are these, so that they need not be packed once more. False: they are not.
    bool are_packed(Block);
    // Likewise all of these, which begin with line 1.
    void add(Lines);

    // The line but for its hashes: its canonical bytes but the last "}".
    std::string before_hashes(std::size_t number) const;
    std::string at(std::size_t number, std::string_view previous) const;
    int format(std::size_t number) const { return number < first_chained_ ? first_format : format_version; }
    std::string hash(std::size_t number) const;  // of 0: sixty-four zeros
    // The head after this line (heads.h). They are worked out when asked for, from the last mark on.
    Digest head(std::size_t number) const;
    // A mark for every so many heads, to be kept and given back to the same lines.
    std::string marks() const;
    void take_marks(std::string_view);
    const Seal& seal(std::size_t number) const { return seals_[number - 1]; }
    // The lines that are_packed() said begin with this one, as it had them; but not what they follow.
    Block packed_at(std::size_t number) const;
    std::size_t find(std::string_view id) const;  // the number of the line; 0 where there is none

private:
    struct Chunk {
        std::size_t first = 1;  // number of its first line
        std::size_t bytes = 0;  // of its bodies
        std::string text;       // the bodies, each ended by a line feed; deflated
    };
    void add_seal(int format, const Seal&);
    void grow_ids();
    std::size_t slot_of(const std::array<std::uint8_t, 16>& id) const;
    void close_open();
    std::string_view body(std::size_t number) const;

    std::vector<Chunk> chunks_;
    std::size_t open_first_ = 1;     // number of the first line that no chunk has
    std::string open_;               // the bodies from there on
    std::vector<std::size_t> ends_;  // of each of these, in open_
    std::deque<Seal> seals_;         // no vector: that of many is copied as it grows, and keeps as much room again
    std::size_t first_chained_ = SIZE_MAX;  // the number of the first line of format 4
    std::vector<std::uint32_t> ids_;        // numbers by id, open addressing; 0: free

    // The chunk that was read last, opened.
    struct Opened {
        std::size_t first = 0;  // 0: none
        std::string bodies;
        std::vector<std::size_t> ends;
    };
    mutable Opened opened_;

    struct Head {
        std::size_t number = 0;
        Digest head{};
    };
    mutable std::vector<Digest> marks_;  // the heads of every so many lines of format 4
    mutable Head last_head_;             // the last one that was asked for
};

}  // namespace ca::journal
