#include "app/trusted_clock.h"

#include "lifecycle/views.h"

#include <algorithm>
#include <cstdlib>

namespace ca::app {
namespace {

constexpr std::int64_t minute = 60, hour = 60 * minute, day = 24 * hour;
// So much may pass between two looks at a clock that nobody has set.
constexpr std::int64_t seconds_between_looks_max = hour;

constexpr std::string_view last_look = "clock-last-look";
// The last event that a clock behind it was said to be right beside.
constexpr std::string_view accepted_behind = "clock-accepted-behind";

}  // namespace

std::optional<ClockDoubt> doubt_clock(Instant shows, std::optional<Instant> last_event,
                                      std::optional<Instant> last_look) {
    if (last_look && *last_look > shows) last_look.reset();
    if (!last_event && !last_look) return std::nullopt;
    ClockDoubt doubt{.shows = shows,
                     .believed = std::max(last_event.value_or(Instant{}), last_look.value_or(Instant{})),
                     .last_event = last_event.value_or(Instant{})};
    if (last_event && shows.seconds < last_event->seconds - minutes_behind_max * minute) {
        doubt.kind = ClockDoubt::Kind::behind;
        return doubt;
    }
    if (shows.seconds > doubt.believed.seconds + days_ahead_max * day) return doubt;
    return std::nullopt;
}

std::optional<Instant> last_event_of(const lifecycle::Workspace& workspace) {
    return workspace.now == Instant{} ? std::nullopt : std::optional(workspace.now);
}

std::string in_words(const ClockDoubt& doubt) {
    const std::string clock = "This device’s clock shows " + format_words(doubt.shows) + ".";
    if (doubt.kind == ClockDoubt::Kind::behind)
        return clock + " The last change on record is of " + format_words(doubt.last_event) +
               ", which is later. Time on record never goes backwards: what you do now would be recorded as of then.";
    return clock + " The last time that is known to be right is " + format_words(doubt.believed) + ", more than " +
           std::to_string(days_ahead_max) + " days earlier.";
}

std::optional<Instant> TrustedClock::setting(std::string_view name) const {
    const auto kept = parse_instant(platform_.setting(name));
    return kept ? std::optional(*kept) : std::nullopt;
}

void TrustedClock::set(std::string_view name, Instant instant) { platform_.set_setting(name, format_iso(instant)); }

std::optional<ClockDoubt> TrustedClock::doubt(const lifecycle::Workspace& kept) {
    const auto clock = shows();
    const auto last_event = last_event_of(kept);
    auto doubt = doubt_clock(clock, last_event, setting(last_look));
    // Nothing that was recorded since is later: it all stands at that event's own instant.
    if (doubt && doubt->kind == ClockDoubt::Kind::behind && setting(accepted_behind) == last_event) doubt.reset();
    if (!doubt) {
        asked_ = false;
        wrong_.reset();
    } else if (wrong_) {
        if (std::abs(clock.seconds - wrong_->seconds) > seconds_between_looks_max) wrong_.reset();  // it was set
        else wrong_ = clock;
    }
    return doubt;
}

std::optional<ClockDoubt> TrustedClock::question(const lifecycle::Workspace& kept) {
    auto found = doubt(kept);
    if (!found || asked_ || wrong_ || found->kind == ClockDoubt::Kind::behind) return found;
    const auto due = lifecycle::next_due(kept, found->believed);
    return due && *due <= found->shows ? found : std::nullopt;
}

Instant TrustedClock::now(const lifecycle::Workspace& kept) {
    const auto found = question(kept);
    return std::max(found ? found->believed : shows(), kept.now);
}

void TrustedClock::say_right(const lifecycle::Workspace& kept) {
    if (const auto found = doubt(kept)) {
        if (found->kind == ClockDoubt::Kind::behind) set(accepted_behind, found->last_event);
        else set(last_look, found->shows);
    }
    asked_ = false;
    wrong_.reset();
}

void TrustedClock::say_wrong() {
    asked_ = true;
    wrong_ = shows();
}

void TrustedClock::look(const lifecycle::Workspace& kept) {
    if (doubt(kept)) return;
    const auto clock = shows();
    const auto before = setting(last_look);
    if (!before || std::abs(clock.seconds - before->seconds) > seconds_between_looks_max) set(last_look, clock);
}

}  // namespace ca::app
