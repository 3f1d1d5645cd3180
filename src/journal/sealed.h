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

#include <vector>

namespace ca::journal {

class Sealed {
public:
    // These events, which follow the one with this hash; each is to be sealed with its place.
    explicit Sealed(std::string after = std::string(no_hash), std::vector<lifecycle::Event> events = {});
    struct Place {
        std::int64_t position, based_on;  // entry.h
    };
    void seal_next(std::string_view id, Place);

    std::size_t size() const { return events_.size(); }
    bool empty() const { return events_.empty(); }
    const std::string& head() const { return head_; }  // the hash of the last
    std::string hash(std::size_t index) const;         // from 0
    const lifecycle::Event& event(std::size_t index) const { return events_.at(index); }
    std::string file() const;  // as packed.h has it: short ones as they are

    // Reads all of it back as it is packed. Errors: unwritable (in words; `where` is the type of the event).
    Result<> check() const;

private:
    friend class WorkspaceLog;
    std::string after_, head_;
    std::vector<lifecycle::Event> events_;
    std::vector<Place> places_;  // of each that is sealed
    std::vector<Block> blocks_;  // of the first of them
    Block open_;                 // of the others, not deflated
    std::string bodies_;         // of these
};

}  // namespace ca::journal
