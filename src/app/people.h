// Whom one can act as in a workspace: the two teams, each contact, by account and in order of registration, and a
// visitor. Those of one group stand together.
#pragma once

#include "pages/page.h"

namespace ca::app {

std::vector<pages::Person> people_of(const lifecycle::Workspace&, Instant now);

}  // namespace ca::app
