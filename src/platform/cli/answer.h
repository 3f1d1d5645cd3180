// What the scenario runner answers to a line: one JSON object without line breaks.
//
//     {"ok":true,"number":"CNTR0000001","case":"CS0000001","events":[{"type":"agreement_created",…},…]}
//     {"ok":false,"refusal":"unknown_account","message":"…","events":[…]}
//
// `events` starts with what fell due since the line before (R11). Absent values are null.
#pragma once

#include "lifecycle/engine.h"
#include "platform/cli/command_line.h"

namespace ca::cli {

// To a line that was read: `workspace` is that after the step.
std::string answer(const lifecycle::Workspace& workspace, const CommandLine&, const lifecycle::Step&);
// To a line that could not be read.
std::string answer(const Error&);

}  // namespace ca::cli
