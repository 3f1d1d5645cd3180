// Who one acts as, kept as a small setting of this browser: "team:Agreement team", "contact:jo@acme.example",
// "visitor". What cannot be read is the agreement team: it sees everything, so a first import is seen whole.
#pragma once

#include "lifecycle/model.h"

namespace ca::app {

lifecycle::Actor actor_from_setting(std::string_view);
std::string setting_of(const lifecycle::Actor&);

}  // namespace ca::app
