// A loaded journal: its entries from the first on, and the Workspace that they fold to.
//
//     WorkspaceLog log;
//     CA_TRY_VOID(log.append_line(line));                    // verifies the chain, the position and the id, then folds
//     auto entries = log.seal(events, ids);                  // what these events would be as the next entries
//     log.append(entries);
//
// Entries are numbered from 1 where people read of them ("event 57"); entries()[0] is event 1.
#pragma once

#include "journal/entry.h"

#include <map>
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
    // repeated_id. A sound line that is not understood (Foreign), and all after it, become unread lines: they are kept as they are.
    Result<> append_line(std::string_view line);
    std::span<const std::string> unread_lines() const { return unread_; }
    // Why the first unread line is not understood; empty where there is none.
    const std::string& unread_why() const { return unread_why_; }

    // Entries and unread lines together, numbered from 1.
    std::size_t total() const { return entries_.size() + unread_.size(); }
    std::string line_at(std::size_t number) const;
    std::string hash_of_line(std::size_t number) const;  // of 0: sixty-four zeros
    std::string last_hash() const { return hash_of_line(total()); }

    // The next entries, if these events were appended now, with these ids (one an event).
    std::vector<Entry> seal(std::vector<lifecycle::Event> events, std::span<const std::string> ids) const;
    // Appends sealed entries. They must continue this log; asserted.
    void append(std::vector<Entry>);

private:
    struct Stream {
        std::int64_t last = 0;
        std::map<std::string, std::int64_t, std::less<>> by_entity;
    };
    using Streams = std::map<std::string, Stream, std::less<>>;  // by account
    struct Place {
        std::int64_t position, based_on;
    };
    static Place place_after(const Streams&, const lifecycle::Event&);
    static void take_place(Streams&, const Entry&);
    void fold(Entry);

    std::vector<Entry> entries_;
    std::vector<std::string> unread_;
    std::string unread_why_;
    std::map<std::string, std::size_t, std::less<>> numbers_;  // by id
    Streams streams_;
    lifecycle::Workspace workspace_;
};

}  // namespace ca::journal
