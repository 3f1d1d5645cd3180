// Events sealed one after another as the next entries of a journal, in the form that its file and the log hold them in:
// so each is written out, hashed, packed and folded once, however many there are, and none is held after that.
//
//     Sealed sealed{log};                                // follows this log, which stays as it is until append()
//     sealed.add(id, event);                             // the workspace with it is there for the next one to look at:
//     decide(sealed.workspace());
//     CA_TRY_VOID(sealed.check());                       // what is written must be what will be read
//     medium.write(name, sealed.file());
//     log.append(std::move(sealed));
#pragma once

#include "journal/entry.h"
#include "journal/packed.h"
#include "journal/positions.h"

#include <optional>
#include <unordered_map>
#include <vector>

namespace ca::journal {

class WorkspaceLog;

class Sealed {
public:
    explicit Sealed(const WorkspaceLog&);  // outlives what is added
    void add(std::string_view id, const lifecycle::Event&);
    // As it stands in another journal that goes on from this log. `previous`: the hash of the entry before it in its
    // stream; in format 1, before it in the journal.
    void add(std::string_view id, const lifecycle::Event&, const Place&, const Digest& previous);

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    const lifecycle::Workspace& workspace() const { return workspace_; }  // after the last
    std::string head() const { return to_hex(head_); }                    // likewise
    const Digest& hash(std::size_t index) const;                          // from 0
    std::string file() const;                                             // as packed.h has it: short ones as they are

    // What does not read back as it was given. Errors: unwritable (in words; `where` is the type of the event).
    const Result<>& check() const { return sound_; }

private:
    friend class WorkspaceLog;
    // Consecutive entries that are of one format and are packed together.
    struct Part {
        std::string head_line{};  // what stands before it (heads.h), where something does
        Block block{};
        std::string bodies{};  // while they are not deflated
    };
    // What is new of an account's stream.
    struct Stream {
        std::vector<std::uint32_t> numbers{};  // of its entries in the journal
        Digest last{};                         // the hash of its last entry, also where that stands in the log
        bool is_chained = false;               // something of it is of format 4
    };
    struct At {
        Place place;
        Digest previous{};
        Positions::Name name{};  // of the entity
        Stream& stream;
    };
    void add_at(std::string_view id, const lifecycle::Event&, const At&);
    Stream& stream_of(const std::string& account);
    Part& part_of(int format, const Digest& previous);
    void pack(Part&);
    void doubt(Error, const lifecycle::Event&);

    const WorkspaceLog* log_;
    std::size_t after_ = 0, size_ = 0;
    Digest after_head_{}, head_{};
    std::vector<Part> parts_;
    Result<> sound_{};

    lifecycle::Workspace workspace_;
    std::unordered_map<std::string, Stream> streams_;
    Positions positions_;
    std::optional<Instant> last_at_{};
};

}  // namespace ca::journal
