// "Start with sample data": a small made-up world, with dates relative to today, in which every state and both
// signature types stand, a held and a paused uplift, and a deadline tomorrow.
//
// It is made by giving commands to the engine, as people would have given them over the last months, so it can contain
// nothing that the rules would not allow. Error: workspace_not_empty.
#pragma once

#include "base/result.h"
#include "lifecycle/engine.h"

namespace ca::app {

Result<std::vector<lifecycle::Event>> sample_world(const lifecycle::Workspace&, Instant now);

}  // namespace ca::app
