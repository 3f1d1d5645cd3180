// The lineage of an agreement: only steps that were made, and branches said to be branches.

#include "support/portal_world.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::test;

namespace {

std::string publish(PortalWorld& world, const char* version) {
    world.go("#/team/terms");
    world.type(Role::textbox, "Version", version);
    world.type(Role::textbox, "Title", "Terms");
    world.type(Role::textbox, "Standard terms", "# Terms\n\n1. One clause.\n");
    world.click(Role::button, "See what will change");
    world.click(Role::button, "Publish terms");
    return world.kept().agreements.rbegin()->first;
}

}  // namespace

TEST_CASE("what was replaced before it came into force is a branch, and nothing follows it") {
    SampleWorld world;
    // CNTR0000010 is a pending uplift of CNTR0000002: a newer uplift takes its place, and is made from CNTR0000002 as
    // well.
    publish(world, "6.2");
    std::string fresh;
    for (const auto& [number, agreement] : world.kept().agreements)
        if (agreement.supersedes == "CNTR0000002" && number != "CNTR0000010") fresh = number;
    REQUIRE_FALSE(fresh.empty());
    world.go("#/agreements/" + fresh + "/history");
    const auto& drawing = world.page.key("main/lineage/drawing");
    CHECK(drawing.name == "Lineage. From CNTR0000002 came CNTR0000010, Cancelled, and " + fresh + ", Draft.");
    CHECK(world.page.words(world.page.key("main/lineage/steps/" + fresh)).find("Follows CNTR0000002.") !=
          std::string::npos);
    const auto branch = world.page.words(world.page.key("main/lineage/steps/CNTR0000010"));
    CHECK(branch.find("Branch") != std::string::npos);
    CHECK(branch.find("A branch from CNTR0000002.") != std::string::npos);
}

TEST_CASE("a lineage without branches names none") {
    SampleWorld world;
    world.go("#/agreements/CNTR0000009/history");
    CHECK(world.page.key("main/lineage/drawing").name == "Lineage. From CNTR0000001 came CNTR0000009, Active.");
    CHECK_FALSE(world.says("Branch"));
}

TEST_CASE("rules and hashes are the team's, and shown when they are asked for") {
    SampleWorld world;
    world.go("#/agreements/CNTR0000009/history");
    CHECK_FALSE(world.page.has(Role::column_header, "Hash"));
    world.page.tick(Role::checkbox, "Details: rule and hash of each event");
    CHECK(world.page.has(Role::column_header, "Hash"));
    CHECK(world.page.has(Role::column_header, "Rule"));
    world.act_as("Jo Field");
    world.go("#/agreements/CNTR0000009/history");
    CHECK_FALSE(world.page.has(Role::checkbox, "Details: rule and hash of each event"));
    CHECK_FALSE(world.page.has(Role::column_header, "Hash"));
}
