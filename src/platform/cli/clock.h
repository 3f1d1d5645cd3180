// What time it is for a subcommand on a kept workspace: what --at says, else this machine's clock, where that is
// plausible.
//
// What is not plausible stands in app/trusted_clock.h. The portal asks its person then; a command line cannot, so it
// refuses, and says what is wrong, which time it believes, what would change by the clock, and what to do. Where
// nothing was ever recorded there is nothing to doubt a clock by. `run` needs none: each of its lines says its own
// time.
#pragma once

#include "lifecycle/model.h"
#include "platform/cli/cli.h"

#include "base/time.h"

namespace ca::cli {

// What --at says; none where it is not given. The error is a wrong use.
Result<std::optional<Instant>> said_instant(const Call&);
Instant machine_clock();

enum class Use {
    reads,    // a clock ahead matters only where something falls due by it
    records,  // it will stand in the record, for good
};
// Error: clock_in_doubt.
Result<Instant> instant_for(const lifecycle::Workspace& kept, std::optional<Instant> said, Use,
                            Instant clock = machine_clock());

}  // namespace ca::cli
