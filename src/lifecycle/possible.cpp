#include "lifecycle/possible.h"

#include <algorithm>
#include <array>

namespace ca::lifecycle {

std::set<std::string_view> possible_commands(const Sight& seen, const Agreement& agreement, Instant now) {
    constexpr std::array<std::string_view, 7> of_state_or_office{
        "wrong_state", "already_paused",  "not_paused",        "not_permitted",
        "not_found",   "unknown_contact", "auto_accepted_only"};
    std::set<std::string_view> possible;
    const auto try_out = [&]<Verb Asked>(const Asked& asked) {
        const auto decision = decide(seen, asked, seen.actor(), now);
        if (decision || std::ranges::find(of_state_or_office, decision.error().code) == of_state_or_office.end()) {
            possible.insert(Asked::verb);
        }
    };
    const std::string words = "words";  // whatever they are
    const auto& number = agreement.number;
    try_out(ask::Issue{.number = number});
    try_out(ask::Pause{.number = number, .reason = words});
    try_out(ask::Resume{.number = number});
    try_out(ask::Reset{.number = number});
    try_out(ask::Terminate{.number = number, .end_date = format_iso(london_date(now)), .reason = words});
    try_out(ask::Withdraw{.number = number, .reason = words});
    try_out(ask::Accept{.number = number, .read_and_understood = true});
    try_out(ask::RaiseQuery{.number = number, .description = words});
    return possible;
}

}  // namespace ca::lifecycle
