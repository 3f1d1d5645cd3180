// Which clocks are believed (app/trusted_clock.h), to the second, and what a page does with one that is not.
#include "support/portal_world.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::test;
using app::ClockDoubt;
using app::doubt_clock;

namespace {

constexpr Instant event{1'754'036'100};  // 1 August 2025, 8:15 UTC
constexpr std::int64_t ahead = std::int64_t{app::days_ahead_max} * 86'400, behind = app::minutes_behind_max * 60;
constexpr Instant after(Instant from, std::int64_t seconds) { return {from.seconds + seconds}; }

}  // namespace

TEST_CASE("a clock is doubted from the first second beyond the bounds on") {
    CHECK(doubt_clock(event, event, std::nullopt) == std::nullopt);
    CHECK(doubt_clock(after(event, ahead), event, std::nullopt) == std::nullopt);
    CHECK(doubt_clock(after(event, -behind), event, std::nullopt) == std::nullopt);
    CHECK(doubt_clock(after(event, ahead + 1), event, std::nullopt) == ClockDoubt{.kind = ClockDoubt::Kind::ahead,
                                                                                  .shows = after(event, ahead + 1),
                                                                                  .believed = event,
                                                                                  .last_event = event});
    CHECK(doubt_clock(after(event, -behind - 1), event, std::nullopt) == ClockDoubt{.kind = ClockDoubt::Kind::behind,
                                                                                    .shows = after(event, -behind - 1),
                                                                                    .believed = event,
                                                                                    .last_event = event});
}

TEST_CASE("a look since the last event carries the bound on, and one later than the clock says nothing") {
    const auto look = after(event, 300 * 86'400);
    CHECK(doubt_clock(after(look, ahead), event, look) == std::nullopt);
    const auto doubt = doubt_clock(after(look, ahead + 1), event, look);
    REQUIRE(doubt.has_value());
    CHECK(doubt->believed == look);
    CHECK(doubt->last_event == event);
    // The look was made by a clock that was ahead: it neither excuses this one nor speaks against it.
    CHECK(doubt_clock(after(event, 60), event, look) == std::nullopt);
    CHECK(doubt_clock(after(event, ahead + 1), event, look).has_value());
    CHECK(doubt_clock(after(event, -behind - 1), event, look)->kind == ClockDoubt::Kind::behind);
}

TEST_CASE("in an empty workspace a clock is doubted by the last look alone") {
    CHECK(app::last_event_of({}) == std::nullopt);
    for (const std::int64_t seconds : {std::int64_t{0}, event.seconds, std::int64_t{4'000'000'000}})
        CHECK(doubt_clock({seconds}, std::nullopt, std::nullopt) == std::nullopt);
    CHECK(doubt_clock(after(event, ahead), std::nullopt, event) == std::nullopt);
    CHECK(doubt_clock(after(event, ahead + 1), std::nullopt, event)->believed == event);
    CHECK(doubt_clock(after(event, -behind - 1), std::nullopt, event) ==
          std::nullopt);  // nothing stands on record that would be later
}

TEST_CASE("a form refused while the clock is in doubt keeps what was typed, and sends it once the clock is settled") {
    for (const std::string clock : {"2031-05-05T09:00:00Z", "2021-05-05T09:00:00Z"}) {
        CAPTURE(clock);
        SampleWorld world;
        const auto events = world.store.log().size();
        world.go("#/team/accounts");
        world.type(Role::textbox, "ODS code", "YGH33");
        world.type(Role::textbox, "Organisation name", "Halden Clinic");
        world.page.tick(Role::checkbox, "A public healthcare organisation");
        world.move_to(clock);
        world.click(Role::button, "Register account");
        CHECK(world.store.log().size() == events);
        CHECK(world.says("This was not recorded, because the time may be wrong."));
        const auto kept_in_its_fields = [&] {
            CHECK(world.page.find(Role::textbox, "ODS code").value == "YGH33");
            CHECK(world.page.find(Role::textbox, "Organisation name").value == "Halden Clinic");
            CHECK(world.page.find(Role::checkbox, "A public healthcare organisation").checked == semantics::Toggle::on);
        };
        kept_in_its_fields();
        world.go("#/help");
        world.go("#/team/accounts");
        kept_in_its_fields();
        world.move_to(SampleWorld::today);
        kept_in_its_fields();
        world.click(Role::button, "Register account");
        CHECK(world.kept().find_account("YGH33") != nullptr);
        CHECK(world.page.find(Role::textbox, "ODS code").value.empty());
    }
}
