// The journal in a folder, for subcommands that only look: check, pdf, export, import --dry-run.
//
//     const auto journal = read_journal("dir");
//     if (!journal) return say(journal.error());
//     journal->log.workspace();                              // as of the last event kept
//
// Nothing is locked, written, folded or made, so a folder that may only be read is enough, and other programs may go on
// writing. What is read is what lay there at one moment: it counts where the folder listed the same twice, and every
// file of that list could be read. Files that another program took away meanwhile (it folds them) are looked for anew.
#pragma once

#include "journal/segments.h"

namespace ca::cli {

// every_event: each line verified and folded, also where a snapshot would say what they came to (journal/snapshot.h).
enum class Reading : std::uint8_t { from_snapshot, every_event };

// Error: storage_failed where something cannot be read, busy where another program never lets the folder be. A folder
// that does not exist is an empty journal.
Result<journal::Loaded> read_journal(const std::string& folder, Reading reading = Reading::from_snapshot);
// Words for people about its condition: damage, a newer format, files set aside.
std::vector<std::string> warnings(const journal::Loaded&);
std::string files_set_aside(std::size_t count);
// Whoever has the folder has all of it.
const lifecycle::Actor reader{lifecycle::Role::agreement_team, "Command line"};

}  // namespace ca::cli
