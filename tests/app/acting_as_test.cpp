// "Acting as": nothing of what one person was shown, told, looked for, asked for or typed is there for the next.
#include "support/portal_world.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::test;

TEST_CASE("a green banner is not told to the next person") {
    SampleWorld world;
    world.act_as("Grace Whitlock");
    world.go("#/nomination");
    world.click(Role::button, "Submit nomination");
    world.go("#/agreements/CNTR0000008");
    world.page.tick(Role::checkbox, "I have read and understood the terms and conditions");
    world.click(Role::button, "Accept agreement");
    REQUIRE(world.shows("CNTR0000008 is now Active"));
    world.act_as("Visitor");
    CHECK_FALSE(world.shows("CNTR0000008 is now Active"));
    CHECK_FALSE(world.shows("Agreement accepted"));
    CHECK(world.page.has(Role::heading, "Agreement not found"));
    world.act_as("Agreement team");
    CHECK_FALSE(world.shows("Agreement accepted"));
}

TEST_CASE("search words, filters and the sort do not stay, neither on the page nor in the address") {
    SampleWorld world;
    world.type(Role::searchbox, "Search", "confidential takeover");
    world.go("#/agreements?state=expired&sort=name&q=takeover");
    world.type(Role::searchbox, "Filter agreements", "takeover");
    world.act_as("Grace Whitlock");
    CHECK(world.page.find(Role::searchbox, "Search").value.empty());
    CHECK(world.page.find(Role::searchbox, "Filter agreements").value.empty());
    CHECK(world.page.has(Role::button, "Remove filter: State: Active"));
    CHECK_FALSE(world.shows("takeover"));
    CHECK(world.platform.address == "#/agreements");
    world.go("#/search?q=takeover");
    world.act_as("Agreement team");
    CHECK_FALSE(world.shows("takeover"));
    CHECK(world.platform.address == "#/search");
}

TEST_CASE("who was looked for under Acting as is not shown to the next person") {
    SampleWorld world;
    world.act_as("Grace Whitlock");
    world.click(Role::button, "Acting as Grace Whitlock");
    CHECK(world.page.find(Role::searchbox, "Find a person").value.empty());
}

TEST_CASE("errors, what was typed and forms that were open do not stay") {
    SampleWorld world;
    world.act_as("Grace Whitlock");
    world.go("#/agreements/CNTR0000008");
    world.click(Role::button, "Raise a query");
    world.click(Role::button, "Submit");
    REQUIRE(world.page.has(Role::heading, "There is a problem"));
    world.type(Role::textbox, "Description", "between us only");
    world.act_as("Agreement team");
    CHECK_FALSE(world.page.has(Role::heading, "There is a problem"));
    CHECK_FALSE(world.shows("between us only"));
    CHECK(world.platform.title == "CNTR0000008 – Connection Agreements");
}

TEST_CASE("a checked paper does not stay") {
    SampleWorld world;
    world.go("#/verify");
    world.page.give_files("Agreement (PDF file)", {{.name = "takeover.pdf", .bytes = "hello"}});
    world.look();
    REQUIRE(world.shows("takeover.pdf"));
    world.act_as("Visitor");
    CHECK_FALSE(world.shows("takeover.pdf"));
}

TEST_CASE("a ZIP that was made, or is being made, does not stay; that it was stopped is all that is said") {
    SampleWorld world;
    world.go("#/agreements");
    world.click(Role::button, "Export");
    SUBCASE("made") {
        world.click(Role::button, "Download as ZIP");
        REQUIRE(world.shows("agreements-2026-03-02.zip was downloaded"));
        world.act_as("Grace Whitlock");
        CHECK_FALSE(world.shows("agreements-2026-03-02.zip"));
    }
    SUBCASE("on its way") {
        world.press.waits = true;
        world.page.click(Role::button, "Download as ZIP");
        world.glance();
        world.turn();
        world.go("#/help");
        REQUIRE(world.shows("A ZIP of agreements is being made"));
        world.act_as("Visitor");
        CHECK(world.shows("You now act as somebody else."));
        world.press.answer();
        world.look();
        CHECK_FALSE(world.shows("is being made"));
        CHECK(world.platform.saved.empty());
    }
}

TEST_CASE("a PDF that is ready when somebody else acts is not given to them, nor recorded as theirs") {
    SampleWorld world;
    world.go("#/agreements/CNTR0000008");
    world.press.waits = true;
    world.page.click(Role::button, "Download PDF");
    world.glance();
    world.act_as("Grace Whitlock");
    world.press.answer();
    world.look();
    CHECK(world.platform.saved.empty());
    CHECK(world.kept().find_agreement("CNTR0000008")->attachments.empty());
    CHECK_FALSE(world.shows("is in your downloads"));
}

TEST_CASE("an answer that comes late is not told to another page that has a form of the same name") {
    SampleWorld world;
    world.go("#/agreements/CNTR0000008");
    world.press.waits = true;
    world.press.refusal = Error{"unknown_character", "No typeface has the character U+1F600.", "page 1"};
    world.page.click(Role::button, "Download PDF");
    world.glance();
    world.go("#/agreements/CNTR0000001");
    world.press.answer();
    world.look();
    CHECK_FALSE(world.shows("U+1F600"));
}
