// What may be asked about an agreement as it is now, by whoever sees it: the engine is asked, so pages hold no rule of
// their own.
//
//     const auto possible = possible_commands(seen, agreement, now);
//     if (possible.contains(ask::Issue::verb) && ui.button("issue", "Issue for review")) …
//
// A verb is possible where the agreement's state and the actor's office allow it. It may still be refused for what is
// given with it, or for a reason that people are to read (the review window has passed, the terms are superseded).
#pragma once

#include "lifecycle/engine.h"
#include "lifecycle/sight.h"

#include <set>

namespace ca::lifecycle {

// Of issue, pause, resume, reset, terminate, withdraw, accept and raise_query.
std::set<std::string_view> possible_commands(const Sight&, const Agreement&, Instant now);

}  // namespace ca::lifecycle
