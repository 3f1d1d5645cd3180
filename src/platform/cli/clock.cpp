#include "platform/cli/clock.h"

#include "app/trusted_clock.h"
#include "lifecycle/engine.h"
#include "pages/present.h"

#include <chrono>

namespace ca::cli {
namespace {

constexpr std::size_t changes_told_max = 5;

std::string what_would_change(const std::vector<pages::StateChange>& changes) {
    std::string words =
        "By this clock " + pages::count_of(changes.size(), "change has", "changes have") + " fallen due since:";
    for (std::size_t i = 0; i < changes.size() && i < changes_told_max; ++i)
        words += "\n  " + changes[i].number + " would be " + changes[i].to + " from " + format_words(changes[i].at) +
                 (changes[i].from.empty() ? "." : " (" + changes[i].from + " now).");
    if (changes.size() > changes_told_max)
        words += "\n  … and " + std::to_string(changes.size() - changes_told_max) + " more.";
    return words;
}

}  // namespace

Result<std::optional<Instant>> said_instant(const Call& call) {
    const auto at = call.option("--at");
    if (!at) return std::nullopt;
    const auto instant = parse_instant(*at);
    if (!instant) return fail("wrong_use", "--at: " + instant.error().message);
    return *instant;
}

Instant machine_clock() {
    return {
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

Result<Instant> instant_for(const lifecycle::Workspace& kept, std::optional<Instant> said, Use use, Instant clock) {
    if (said) return *said;
    const auto doubt = app::doubt_clock(clock, app::last_event_of(kept), std::nullopt);
    if (!doubt) return clock;
    std::string words = "Nothing was written, because the time may be wrong.\n" + app::in_words(*doubt) + "\n";
    if (doubt->kind == app::ClockDoubt::Kind::ahead) {
        auto ahead = lifecycle::Sight::of(kept, {lifecycle::Role::system, {}});
        if (const auto changes = pages::change_by_time(ahead, clock); !changes.empty())
            words += what_would_change(changes) + "\n";
        else if (use == Use::reads) return clock;
        else words += "Nothing changes by time alone, but what you do would be recorded with this time, for good.\n";
    }
    return fail("clock_in_doubt",
                words + "Say what time it is: --at " + format_iso(clock) +
                    " if the clock is right, else the right time. Or set the clock right, and try again.");
}

}  // namespace ca::cli
