// Events sealed as the next entries of a journal, in the form that its file and the log hold them in: so each is
// written out, hashed and packed once.
//
//     Sealed sealed = log.seal(events, ids);             // workspace_log.h
//     CA_TRY_VOID(sealed.check());                       // what is written must be what will be read
//     medium.write(name, sealed.file());
//     log.append(std::move(sealed));
#pragma once

#include "journal/entry.h"
#include "journal/packed.h"

#include <unordered_set>
#include <vector>

namespace ca::journal {

class Sealed {
public:
    // These events, which are to follow so many whose head (heads.h) is this; each is to be sealed with its place.
    // `previous`: the hash of the entry before it in its stream; in format 1, before it in the journal.
    explicit Sealed(std::size_t after = 0, const Digest& head = {}, std::vector<lifecycle::Event> events = {});
    void seal_next(std::string_view id, const Place&, const Digest& previous);

    std::size_t size() const { return events_.size(); }
    bool empty() const { return events_.empty(); }
    const Digest& last_hash() const { return parts_.back().block.seals.back().hash; }  // of the last that is sealed
    std::string head() const { return to_hex(head_); }                                 // after the last
    const Digest& hash(std::size_t index) const;                                       // from 0
    const lifecycle::Event& event(std::size_t index) const { return events_.at(index); }
    std::string file() const;  // as packed.h has it: short ones as they are

    // Reads all of it back as it is packed. Errors: unwritable (in words; `where` is the type of the event).
    Result<> check() const;

private:
    friend class WorkspaceLog;
    // Consecutive entries that are of one format and are packed together.
    struct Part {
        std::string head_line{};  // what stands before it (heads.h), where something does
        Block block{};
        std::string bodies{};  // while they are not deflated
    };

    std::size_t after_ = 0;
    Digest after_head_{}, head_{};
    std::vector<lifecycle::Event> events_;
    std::vector<Place> places_;  // of each that is sealed
    std::vector<Part> parts_;
    std::unordered_set<std::string> streams_;  // of those of format 4
};

}  // namespace ca::journal
