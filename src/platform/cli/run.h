// portal-cli run [FILE]: the command language, one JSON object a line in, one a line out (R1, R2). Each line says its
// own time (`at`), so this machine's clock decides nothing, neither in memory nor on a workspace.
#pragma once

#include "lifecycle/engine.h"
#include "platform/cli/cli.h"

#include <functional>
#include <iosfwd>

namespace ca::cli {

// Takes a command and steps the workspace. In memory this is lifecycle::step; on a journal it also keeps the events.
using TakeStep = std::function<lifecycle::Step(const lifecycle::Command&, const lifecycle::Actor&, Instant)>;

// Answers each line of `in` that is not blank with one line on `out`; `workspace` is the one that `take_step` steps.
void run_lines(std::istream& in, std::ostream& out, const lifecycle::Workspace& workspace, const TakeStep& take_step);

Exit run_commands(const Call&);

}  // namespace ca::cli
