// A loaded journal: its entries from the first on, and the Workspace that they fold to.
//
//     WorkspaceLog log;
//     CA_TRY_VOID(log.append_line(line));                    // verifies the chain, the position and the id, then folds
//     auto entries = log.seal(events, new_id);               // what these events would be as the next entries
//     log.append(entries);
//
// Entries are numbered from 1 where people read of them ("event 57"); entries()[0] is event 1.
#pragma once

#include "journal/entry.h"

#include <functional>
#include <map>
#include <set>
#include <span>

namespace ca::journal {

class WorkspaceLog {
public:
    std::span<const Entry> entries() const { return entries_; }
    std::size_t size() const { return entries_.size(); }
    const lifecycle::Workspace& workspace() const { return workspace_; }
    // Hash of the last entry, sixty-four zeros where there is none.
    std::string_view head() const;
    // Hash of the n-th entry, counted from 1; of 0: sixty-four zeros.
    std::string_view hash_at(std::size_t count) const;
    // The number of the entry with this id, counted from 1; 0 where there is none.
    std::size_t find(std::string_view id) const;

    // Verifies one line against the end of this log and appends it. Errors as read_line, and bad_position, bad_based_on,
    // repeated_id. `unread` says how many sound lines of a newer format follow the entries; once there is one, only such follow.
    Result<> append_line(std::string_view line);
    std::span<const std::string> unread_lines() const { return unread_; }
    // Why the first unread line is not understood; empty where there is none.
    const std::string& unread_why() const { return unread_why_; }

    // The next entries, if these events were appended now, with these ids (one an event).
    std::vector<Entry> seal(std::span<const lifecycle::Event> events, std::span<const std::string> ids) const;
    // Appends sealed entries. They must continue this log; asserted.
    void append(std::span<const Entry>);

private:
    struct Stream {
        std::int64_t last = 0;
        std::map<std::string, std::int64_t, std::less<>> by_entity;
    };
    void fold(Entry);

    std::vector<Entry> entries_;
    std::vector<std::string> unread_;
    std::string unread_why_;
    std::string unread_head_;
    std::map<std::string, std::size_t, std::less<>> numbers_;  // by id
    std::map<std::string, Stream, std::less<>> streams_;       // by account
    lifecycle::Workspace workspace_;
};

}  // namespace ca::journal
