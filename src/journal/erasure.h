// The mark that a deliberate erasure leaves, so that nobody takes it for a loss:
//
//     erased/000000120-<hash of the last event>.txt      the hash of each event that was erased, a line each
//
// A tab that still holds a history finds in it whether just that one was erased. Nothing can be read back from a mark:
// every event that its hashes cover holds a random id.
#pragma once

#include "journal/workspace_log.h"

#include <string>
#include <string_view>

namespace ca::journal {

struct Erasure {
    std::string name, text;
};
Erasure erasure_of(const WorkspaceLog&);
// Whether the mark with this text names the whole of this log; of an empty one none does.
bool names_whole(std::string_view text, const WorkspaceLog&);
// Whether a log, or what it is about to become with what is sealed, has everything again that this mark names. A file
// in the folder of marks that has another name than one is none.
bool is_undone(std::string_view name, const WorkspaceLog&, const Sealed* next = nullptr);

}  // namespace ca::journal
