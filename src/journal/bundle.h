// A backup: the whole journal as one text file, to be taken elsewhere and read back.
//
//     {"backup":"connection-agreements","format":4,"events":312,"head":"<head after the last (heads.h)>"}
//     <line of event 1>
//     …
//
// Reading one back verifies every line of it and compares it with the journal at hand:
//
//     what it is to the journal                 outcome
//     the same, or an earlier part of it        nothing to add
//     begins with all of it and goes on         its further events are added, as they are
//     anything else                             `diverged`: neither continues the other
#pragma once

#include "journal/workspace_log.h"

namespace ca::journal {

std::string to_bundle(const WorkspaceLog&);

struct BundleReport {
    std::size_t same = 0;  // events that this journal has already
    Sealed added;          // the further ones
};
// Error codes: bad_backup (not a backup, cut short, or changed: `where` names the event), newer_format, diverged.
Result<BundleReport> compare_bundle(const WorkspaceLog&, std::string_view bundle);

}  // namespace ca::journal
