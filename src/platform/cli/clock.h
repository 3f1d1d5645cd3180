// What time it is for a subcommand: what --at says, else this machine's clock.
#pragma once

#include "base/time.h"
#include "platform/cli/cli.h"

#include <chrono>

namespace ca::cli {

inline Result<Instant> instant_of(const Call& call) {
    if (const auto at = call.option("--at")) return parse_instant(*at);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return Instant{std::chrono::duration_cast<std::chrono::seconds>(now).count()};
}

}  // namespace ca::cli
