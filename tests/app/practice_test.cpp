// Practice with time: what it says, what it refuses, and how it ends.

#include "support/portal_world.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::test;

TEST_CASE("the next due change is told with its account and its agreement") {
    SampleWorld world;
    world.click(Role::button, "Practice with time");
    world.click(Role::button, "Next due change");
    const auto told = world.page.words(world.page.key("main/practice/box/told"));
    CAPTURE(told);
    CHECK(told.starts_with("CNTR"));
    CHECK(told.find(" of ") != std::string::npos);
    CHECK(told.find(" was Under Review") != std::string::npos);
    CHECK(told.find(" and is now ") != std::string::npos);
    const auto number = told.substr(0, std::string("CNTR0000000").size());
    const auto* agreement = world.kept().find_agreement(number);
    REQUIRE(agreement != nullptr);
    CHECK(told.find("(" + agreement->account + ")") != std::string::npos);
}

TEST_CASE("a move that is refused is told, and moves nothing") {
    SampleWorld world;
    world.click(Role::button, "Practice with time");
    world.type(Role::textbox, "Day", "1");
    world.type(Role::textbox, "Month", "1");
    world.type(Role::textbox, "Year", "2020");
    world.click(Role::button, "Move");
    CHECK(world.page.has(Role::alert, "The clock was not moved."));
    CHECK(world.shows("The clock only goes forward. Enter a date after 2 March 2026"));
    CHECK(world.says("Its clock shows 2 March 2026"));
    CHECK(world.page.focused().ends_with("/day"));
}

TEST_CASE("the strip that says so is on every page, outside of it") {
    SampleWorld world;
    world.click(Role::button, "Practice with time");
    for (const auto* address : {"#/", "#/agreements", "#/help", "#/team/outbox"}) {
        world.go(address);
        const auto& strip = world.page.find(Role::region, "Practice mode – nothing here is saved");
        CHECK(strip.parent.empty());
        CHECK(strip.look == "kept pinned");
        CHECK(world.page.has(Role::button, "Leave practice mode", strip.key));
    }
}

TEST_CASE("nothing in practice mode erases the workspace itself") {
    SampleWorld world;
    const auto events = world.store.log().size();
    world.click(Role::button, "Practice with time");
    world.go("#/data");
    world.type(Role::textbox, "Type ERASE to confirm", "ERASE");
    world.click(Role::button, "Erase this workspace");
    CHECK(world.store.log().size() == events);
    CHECK(world.shows("This is not done in practice mode"));
    CHECK(world.platform.title.starts_with("Error: "));
}

TEST_CASE("whoever loads the portal again is told that practice has ended, once") {
    SampleWorld world;
    const auto* told = "Practice mode has ended";
    CHECK_FALSE(world.says(told));
    world.click(Role::button, "Practice with time");

    PortalWorld again(SampleWorld::today);
    again.platform.settings = world.platform.settings;
    again.portal.start("#/");
    again.look();
    REQUIRE(again.page.has(Role::heading, told));
    CHECK(again.says("Nothing that you did in it was kept"));
    again.go("#/help");
    CHECK_FALSE(again.says(told));
    again.portal.start("#/");
    again.look();
    CHECK_FALSE(again.says(told));

    world.click(Role::button, "Leave practice mode");
    CHECK(world.platform.setting("tab.practising").empty());
}
