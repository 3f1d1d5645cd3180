// Whether this machine's clock may be believed, before anything is written by it.
//
// What time has caused is written for good, and time on record never goes backwards. So a portal that is opened once
// while the machine's clock stands in 2031 would cancel every draft that is still under review, and date all that
// follows 2031.
//
// What is not plausible, and why just this:
//   - ahead: the clock is more than `days_ahead_max` days after all that is known of the time: the last event, and the
//   last look,
//     which is when the portal was last shown with a clock that was believed (a setting of this browser, outside the
//     journal). A review lasts 90 days, so whatever a visitor left running comes true without a question; clocks that
//     are wrong are wrong by years (an empty battery, a mistyped year). A supplier who comes once a year is asked only
//     where something would be written: the portal asks nothing of who only reads while nothing falls due.
//   - behind: the clock is more than `minutes_behind_max` minutes before the last event. Well-kept clocks differ by
//   seconds, so a
//     backup made on one machine and read on another is no reason to ask.
// The command line has nobody to ask, and refuses (platform/cli/clock.h). Where nothing was ever recorded or seen there
// is nothing to doubt the clock by.
#pragma once

#include "app/platform.h"
#include "lifecycle/model.h"

namespace ca::app {

constexpr int days_ahead_max = 120;
constexpr int minutes_behind_max = 5;

struct ClockDoubt {
    enum class Kind : std::uint8_t { ahead, behind };
    Kind kind = Kind::ahead;
    Instant shows{};       // what the clock says
    Instant believed{};    // as of when everything is shown until this is settled
    Instant last_event{};  // what was recorded last, where anything was; else 1970
    bool operator==(const ClockDoubt&) const = default;
};

// Pure. A last look later than the clock was itself mistaken, and says nothing.
std::optional<ClockDoubt> doubt_clock(Instant shows, std::optional<Instant> last_event,
                                      std::optional<Instant> last_look);
// When something was last recorded; none in an empty workspace.
std::optional<Instant> last_event_of(const lifecycle::Workspace&);
// "This device's clock shows 5 May 2031 at 10:00am, more than five years …": one sentence or two.
std::string in_words(const ClockDoubt&);

// The clock of a machine, with what its person has said of it.
class TrustedClock {
public:
    explicit TrustedClock(Platform& platform) : platform_(platform) {}

    Instant shows() const { return platform_.now(); }
    // None where the clock is plausible, or was said to be right. An answer “wrong” is forgotten when the clock is set.
    std::optional<ClockDoubt> doubt(const lifecycle::Workspace& kept);
    // What time it is for a workspace: the clock's, and where something would come of a doubtful clock, the time that
    // is believed.
    Instant now(const lifecycle::Workspace& kept);
    // Whether a person must be asked: the clock is in doubt, and something would be written by it, or was to be.
    std::optional<ClockDoubt> question(const lifecycle::Workspace& kept);
    void ask() { asked_ = true; }  // something was to be written

    void say_right(const lifecycle::Workspace& kept);
    void say_wrong();
    bool was_said_wrong() const { return wrong_.has_value(); }
    // The portal is shown, and this clock with it.
    void look(const lifecycle::Workspace& kept);

private:
    std::optional<Instant> setting(std::string_view name) const;
    void set(std::string_view name, Instant);

    Platform& platform_;
    bool asked_ = false;
    std::optional<Instant> wrong_;  // said to be wrong; what it showed when last looked at
};

}  // namespace ca::app
