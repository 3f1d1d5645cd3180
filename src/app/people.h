// Whom one can act as in a workspace: a visitor, the two teams, and each contact, by account and in order of
// registration.
#pragma once

#include "pages/page.h"

namespace ca::app {

std::vector<pages::Person> people_of(const lifecycle::Workspace&, Instant now);

}  // namespace ca::app
