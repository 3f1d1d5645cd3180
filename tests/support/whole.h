// A workspace as those see it who see everything.
#pragma once

#include "lifecycle/sight.h"

namespace ca::test {

inline lifecycle::Sight whole(const lifecycle::Workspace& workspace) {
    return lifecycle::Sight::of(workspace, {lifecycle::Role::agreement_team, "Priya Shah"});
}

}  // namespace ca::test
