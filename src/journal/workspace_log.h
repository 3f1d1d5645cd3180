// A loaded journal: its lines, and the Workspace that they fold to. Lines lie packed (lines.h) and are read when
// somebody asks for them.
//
//     WorkspaceLog log;
//     CA_TRY_VOID(log.append_line(line));                    // verifies the chain, the position and the id, then folds
//     Sealed sealed{log};                                    // what is to follow it (sealed.h)
//     log.append(std::move(sealed));
//     for (std::size_t number : log.stream("YGA12")) …log.entry(number)…
//
// Entries are numbered from 1, as people read of them ("event 57").
#pragma once

#include "journal/entry.h"
#include "journal/lines.h"
#include "journal/positions.h"
#include "journal/sealed.h"

#include <map>
#include <span>

namespace ca::journal {

// What the lines of a journal say so far.
struct Folded {
    using Stream = std::vector<std::uint32_t>;  // the numbers of its entries; so many positions are taken
    lifecycle::Workspace workspace;
    std::map<std::string, Stream, std::less<>> streams;  // by account
    Positions positions;
    std::optional<Instant> last_at{};  // the instant of the last entry
    bool operator==(const Folded&) const = default;
};

class WorkspaceLog {
public:
    WorkspaceLog() = default;
    // Of lines that were verified before, and what they were folded to then (snapshot.h).
    WorkspaceLog(Lines lines, Folded folded) : lines_(std::move(lines)), folded_(std::move(folded)) {}

    std::size_t size() const { return lines_.size(); }
    const lifecycle::Workspace& workspace() const { return folded_.workspace; }
    const Folded& folded() const { return folded_; }
    // Hash of the n-th entry; of 0: sixty-four zeros.
    std::string hash_at(std::size_t number) const { return lines_.hash(number); }
    // The hash that stands for all entries up to the n-th (heads.h), or for all; of 0: sixty-four zeros.
    std::string head_at(std::size_t number) const { return to_hex(lines_.head(number)); }
    std::string head() const { return head_at(size()); }
    const Lines& lines() const { return lines_; }
    // The number of the entry with this id; 0 where there is none.
    std::size_t find(std::string_view id) const { return lines_.find(id); }
    std::optional<Instant> last_at() const { return folded_.last_at; }

    Entry entry(std::size_t number) const;
    // The numbers of an account's entries in order; of "": those of what belongs to no account.
    std::span<const std::uint32_t> stream(std::string_view account) const;
    // How many of these hashes are those of entries.
    std::size_t count_known(std::span<const std::string> hashes) const;

    // Verifies one line against the end of this log and appends it. Errors as read_line, and broken_chain (it follows
    // another one than the last of its stream; in format 1, of the journal), bad_position, bad_based_on, repeated_id. A
    // sound line that is not understood (Foreign), and all after it, become unread lines: they are kept as they are.
    Result<> append_line(std::string_view line);
    // Says that the last lines appended are these, so that they need not be packed once more.
    void are_packed(Block block) { lines_.are_packed(std::move(block)); }
    std::span<const std::string> unread_lines() const { return unread_; }
    // Why the first unread line is not understood; empty where there is none.
    const std::string& unread_why() const { return unread_why_; }

    // Entries and unread lines together, numbered from 1.
    std::size_t total() const { return size() + unread_.size(); }
    std::string line_at(std::size_t number) const;
    std::string hash_of_line(std::size_t number) const;  // of 0: sixty-four zeros
    std::string last_hash() const { return hash_of_line(total()); }
    std::string head_of_line(std::size_t number) const;
    std::string last_head() const { return head_of_line(total()); }
    int format_at(std::size_t number) const;
    // Whether its unread lines are all of formats whose chains are known here.
    bool knows_chain() const { return knows_chain_; }

    // The next entries, if these events were appended now, with these ids (one an event).
    Sealed seal(const std::vector<lifecycle::Event>& events, std::span<const std::string> ids) const;
    // Appends what was sealed. It must continue this log; asserted.
    void append(Sealed);

private:
    Place next_place(const lifecycle::Event&) const;
    // The hash that the entry at this position of a stream follows.
    Digest followed(std::string_view account, std::int64_t position) const;
    Result<> check_chain(std::string_view line) const;
    void keep_unread(std::string_view line);
    void fold(const lifecycle::Event&, std::uint32_t number);

    Lines lines_;
    Folded folded_;
    std::vector<std::string> unread_;
    std::string unread_why_;
    std::map<std::string, Digest, std::less<>> unread_last_;  // the hashes of the last of these of each stream
    std::vector<Digest> unread_heads_;                        // after each of these
    bool knows_chain_ = true;
};

}  // namespace ca::journal
