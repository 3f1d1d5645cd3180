// What a command would do, said before it is done: views of what `decide` gave, nothing of which is kept.
//
//     if (const auto decision = decide(workspace, {"publish_terms", …}, actor, now))
//         for (const auto& effect : publication_effects(workspace, *decision)) …   // a dry run
//
// Numbers that the decision allots do not exist yet, and may be others when it is done for good: none of them is told
// here.
#pragma once

#include "lifecycle/engine.h"

namespace ca::lifecycle {

// Who is told of it: names of contacts of the account, else addresses; each once, in the order in which they are told.
std::vector<std::string> told_by(const Workspace&, const Decision&, std::string_view account);

// What a publication does to one agreement that there is.
struct PublicationEffect {
    enum class What : std::uint8_t {
        uplifted,   // Active: a new version of it goes to review (U1)
        cancelled,  // a pending uplift, which the new one replaces (U6)
        skipped,    // a draft to be accepted by hand, left alone (R46)
    };
    What what;
    std::string account;            // ODS code
    std::string agreement;          // its number
    std::string words;              // what happens, and what is special about it: a pause, an open query
    bool special = false;           // somebody should look at it before
    std::vector<std::string> told;  // of an uplifted one; empty: the account has nobody who could be told
};
// By account; of each what is cancelled before what is uplifted, then what is skipped.
std::vector<PublicationEffect> publication_effects(const Workspace&, const Decision&);

// The last day of an agreement's review after `issue` or `reset`.
Date last_day_after(const Agreement&, const Decision&);

}  // namespace ca::lifecycle
