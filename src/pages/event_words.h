// What an event says to a person: what happened, why, and the rule behind it.
#pragma once

#include "lifecycle/event.h"

namespace ca::pages {

struct EventWords {
    std::string what;  // "Issued for review"
    std::string why;   // a reason, or empty
    std::string rule;  // "N2", or empty
};
EventWords words_of(const lifecycle::Event&);
// "Priya Shah (agreement team)", "time", "import"
std::string actor_words(const lifecycle::Event&);
// Whether the event is about this agreement, whichever record it belongs to.
bool concerns(const lifecycle::Event&, std::string_view agreement);

}  // namespace ca::pages
