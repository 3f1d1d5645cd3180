// The record as one actor may read it: the lines of a journal that its Sight lets through, whole or not at all.
//
//     for (const auto& entry : record.stream("YGA12")) …      // as they were written, with their hashes
//
// It looks at a log and a Sight that outlive it.
#pragma once

#include "journal/workspace_log.h"
#include "lifecycle/sight.h"

namespace ca::journal {

class SeenRecord {
public:
    SeenRecord(const WorkspaceLog& log, const lifecycle::Sight& seen) : log_(log), seen_(seen) {}

    // An account's entries, oldest first: of both its streams, where it has two (lifecycle/streams.h).
    std::vector<Entry> stream(std::string_view account) const;
    // All lines, of every account and of none, each with its line feed.
    std::string lines() const;
    // How many of these hashes are those of entries. (A hash tells nothing to whoever has not read the entry.)
    std::size_t count_known(std::span<const std::string> hashes) const { return log_.count_known(hashes); }
    // What falls due up to this instant and is not written yet, with the numbers that it will have.
    std::vector<lifecycle::Event> due(Instant until) const;

private:
    const WorkspaceLog& log_;
    const lifecycle::Sight& seen_;
};

}  // namespace ca::journal
