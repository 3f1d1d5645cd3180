// Events sealed one after another as the next entries of a journal, in the form that its file and the log hold them in:
// so each is written out, hashed, packed and folded once, however many there are, and none is held after that.
//
//     Sealed sealed{log};                                // follows this log, which stays as it is until append()
//     sealed.add(id, event);                             // the workspace with it is there for the next one to look at:
//     decide(sealed.workspace());
//     CA_TRY_VOID(sealed.check());                       // what is written must be what will be read
//     medium.write(name, sealed.file());                 // and then nothing is added
//     log.append(std::move(sealed));
#pragma once

#include "base/sliced.h"
#include "journal/entry.h"
#include "journal/lines.h"
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
    // A line of a stream that somebody else writes (sharing/): verified against the end of that stream here. False: it
    // is known already. Errors: as read_line; newer_format; gap (something before it has not come); diverged (another
    // one stands in its place, or it follows another one).
    Result<bool> add_line(std::string_view line);

    std::size_t size() const { return lines_.size(); }
    bool empty() const { return size() == 0; }
    const lifecycle::Workspace& workspace() const { return workspace_; }                 // after the last
    std::string head() const { return to_hex(head_); }                                   // likewise
    const Digest& hash(std::size_t index) const { return lines_.seal(index + 1).hash; }  // from 0
    std::string file();                                                                  // as packed.h has it
    Sliced<std::string> file_sliced();
    std::string file_sha256();

    // What does not read back as it was given. Errors: unwritable (in words; `where` is the type of the event).
    const Result<>& check() const { return sound_; }

private:
    friend class WorkspaceLog;
    // Consecutive entries that are of one format and are packed together.
    struct Part {
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
        std::string_view hash{};  // of the line that it was read from, which so reads back as it is; empty: of none
    };
    void add_at(std::string_view id, const lifecycle::Event&, const At&);
    Stream& stream_of(const std::string& account);
    void begin_part(int format, const Digest& previous);
    void close_part();
    void write(std::string_view);
    void count(std::string_view written);
    void doubt(Error, const lifecycle::Event&);

    const WorkspaceLog* log_;
    std::size_t after_ = 0;
    Digest after_head_{}, head_{};
    Lines lines_;                 // numbered from 1
    std::optional<Part> part_{};  // that goes on
    Result<> sound_{};

    // The file, but for the part that goes on. What it holds packed lies in lines_ already, and is put into its form
    // once more when the file is asked for; hashed it was when it was packed.
    struct Piece {
        std::string text{};     // as it stands, where it is not packed
        std::size_t first = 0;  // else the number of its first line, and what lines_ do not hold of it
        std::string after{};
        std::vector<Digest> links{};
        std::string hash{};
    };
    std::vector<Piece> file_;
    std::size_t file_bytes_ = 0;
    Sha256 file_hash_;
    bool has_block_ = false;
    Following following_;

    lifecycle::Workspace workspace_;
    std::unordered_map<std::string, Stream> streams_;
    Positions positions_;
    std::optional<Instant> last_at_{};
};

}  // namespace ca::journal
