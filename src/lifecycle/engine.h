// The engine: pure functions over a Workspace. No clock, file, screen or random source is reached from here.
//
//     due(workspace, now)                     what time alone has caused up to and including `now` (T3), in due order;
//                                             of so many agreements, where there may be more than one wants at once
//     decide(workspace, command, actor, now)  what a command causes, or its refusal; due events were applied before
//     apply(workspace, event)                 folds one event in
//     step(workspace, command, actor, now)    all three in the order of R2: the one way in for the scenario runner
//
// Law: apply(due) twice adds nothing; a jump in time split anywhere ends in the same Workspace; a refused command
// changes nothing.
#pragma once

#include "lifecycle/command.h"
#include "lifecycle/event.h"

#include <cstdint>

namespace ca::lifecycle {

struct Decision {
    std::vector<Event> events;
    std::optional<std::string> number{};       // of the agreement created
    std::optional<std::string> case_number{};  // of the case opened or written to
    std::optional<std::string> request{};
    std::vector<std::string> created{};  // publish_terms: the uplifts, by the number of the agreement superseded
    std::vector<std::string> skipped{};  // publish_terms: drafts left alone, by number
};

std::vector<Event> due(const Workspace&, Instant now, std::size_t agreements_max = SIZE_MAX);
Result<Decision> decide(const Workspace&, const Command&, const Actor&, Instant now);
template<Verb Asked>
Result<Decision> decide(const Workspace& workspace, const Asked& asked, const Actor& actor, Instant now) {
    return decide(workspace, to_command(asked), actor, now);
}
void apply(Workspace&, const Event&);

struct Step {
    std::vector<Event> fell_due;  // applied also where the command is refused (R2, R11)
    Result<Decision> decision;
};
Step step(Workspace&, const Command&, const Actor&, Instant now);

}  // namespace ca::lifecycle
