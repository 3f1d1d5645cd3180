// Navigation: the menu "My Extras", and where one is, for contacts and for the teams.

#include "support/portal_world.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ca;
using namespace ca::test;

namespace {

std::vector<std::string> current(const PortalWorld& world, std::string_view navigation) {
    std::vector<std::string> names;
    for (const Node* node : semantics::find_all(world.page.nodes(), Role::link,
                                                {.inside = world.page.find(Role::navigation, navigation).key}))
        if (node->current) names.push_back(semantics::name_of(world.page.nodes(), *node));
    return names;
}

bool has_navigation(const PortalWorld& world, std::string_view name) { return world.page.has(Role::navigation, name); }

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("My Extras is a menu that stands open, is led into, and closes; only My Connection Agreements is in it") {
    SampleWorld world;
    world.act_as("Jo Field");
    const auto main = world.page.find(Role::navigation, "Main").key;
    const auto menu = [&]() -> const Node& { return world.page.find(Role::button, "My Extras", main); };
    CHECK(menu().expanded == semantics::Toggle::on);
    CHECK(world.page.names(Role::link, "main-navigation/entries/extras") == Names{"My Connection Agreements"});
    CHECK(world.page.names(Role::link, main) == Names{"Start", "My Connection Agreements", "My cases", "Notifications",
                                                      "Your details", "Data in this browser", "Help"});

    world.click(Role::button, "My Extras");
    CHECK(menu().expanded == semantics::Toggle::on);
    CHECK(world.page.focused() == world.page.find(Role::link, "My Connection Agreements", main).key);
    world.click(Role::button, "My Extras");
    CHECK(menu().expanded == semantics::Toggle::off);
    CHECK_FALSE(world.page.has(Role::link, "My Connection Agreements", main));
    CHECK(world.page.has(Role::link, "My cases", main));
    world.go("#/cases");
    CHECK(menu().expanded == semantics::Toggle::off);
    world.click(Role::button, "My Extras");
    world.click(Role::link, "My Connection Agreements", main);
    CHECK(world.page.has(Role::heading, "My Connection Agreements"));
    CHECK(current(world, "Main") == Names{"My Connection Agreements"});
}

TEST_CASE("what a contact opens stands under its list") {
    SampleWorld world;
    world.act_as("Jo Field");
    const auto seen = std::ranges::find_if(world.kept().agreements, [&](const auto& entry) {
        return entry.second.account == world.kept().find_contact("jo.field@larkfield.example")->account;
    });
    REQUIRE(seen != world.kept().agreements.end());
    world.go("#/agreements/" + seen->first);
    CHECK(current(world, "Main") == Names{"My Connection Agreements"});
    CHECK_FALSE(has_navigation(world, "Team"));
    world.go("#/cases");
    CHECK(current(world, "Main") == Names{"My cases"});
}

TEST_CASE("what a team opens stands under the team, whose menu is on all of its pages and marks where one is") {
    SampleWorld world;
    for (const auto* team : {"Agreement team", "API product team"}) {
        world.act_as(team);
        const std::pair<const char*, const char*> places[] = {{"#/team", "Today"},
                                                              {"#/team/agreements", "Agreements"},
                                                              {"#/team/agreements/create", "Agreements"},
                                                              {"#/team/requests", "Requests"},
                                                              {"#/team/accounts", "Accounts"},
                                                              {"#/team/products", "API products"},
                                                              {"#/team/terms", "Terms"},
                                                              {"#/team/cases", "Cases"},
                                                              {"#/team/outbox", "Outbox"},
                                                              {"#/agreements/CNTR0000009", "Agreements"},
                                                              {"#/agreements/CNTR0000009/terms", "Agreements"},
                                                              {"#/agreements/CNTR0000009/compare", "Agreements"},
                                                              {"#/agreements/CNTR0000009/history", "Agreements"},
                                                              {"#/cases/CS0000010", "Cases"}};
        for (const auto& [address, entry] : places) {
            CAPTURE(address);
            world.go(address);
            REQUIRE(has_navigation(world, "Team"));
            CHECK(current(world, "Team") == Names{entry});
            CHECK(current(world, "Main") == Names{"NHS England teams"});
        }
        for (const auto* address : {"#/", "#/agreements", "#/cases", "#/help"}) {
            CAPTURE(address);
            world.go(address);
            CHECK_FALSE(has_navigation(world, "Team"));
        }
    }
    world.act_as("Visitor");
    world.go("#/team");
    CHECK_FALSE(has_navigation(world, "Team"));
}

TEST_CASE("on a narrow window search and the menus stand behind one button, and are away again on the next page") {
    PortalWorld world{"2026-03-02T09:00:00Z", "#/agreements", 390};
    CHECK_FALSE(has_navigation(world, "Main"));
    CHECK_FALSE(world.page.has(Role::searchbox, "Search"));
    CHECK(world.page.find(Role::heading, "My Connection Agreements").bounds.y < 200);
    CHECK(std::ranges::any_of(world.page.names(Role::button),
                              [](const auto& name) { return name.starts_with("Acting as "); }));
    world.click(Role::button, "Menu");
    CHECK(world.page.focused() == world.page.find(Role::button, "Menu").key);
    CHECK(world.page.find(Role::button, "Menu").expanded == semantics::Toggle::on);
    CHECK(has_navigation(world, "Main"));
    CHECK(world.page.has(Role::searchbox, "Search"));
    world.click(Role::link, "Help");
    CHECK_FALSE(has_navigation(world, "Main"));
    world.click(Role::button, "Menu");
    world.click(Role::button, "Menu");
    CHECK_FALSE(has_navigation(world, "Main"));
    CHECK(world.page.focused() == world.page.find(Role::button, "Menu").key);
}

TEST_CASE("on a narrow window the list keeps its ways to sort closed until they are asked for") {
    PortalWorld world{"2026-03-02T09:00:00Z", "#/", 390};
    world.start_with_sample_data();
    world.go("#/agreements?state=all");
    CHECK(world.page.find(Role::banner, "").bounds.height <= 112);
    CHECK_FALSE(world.page.has(Role::button, "Created"));
    CHECK(world.page.has(Role::column_header, "Created"));
    world.click(Role::button, "Sort");
    world.click(Role::button, "Created");
    CHECK(world.platform.address == "#/agreements?state=all&sort=created");
    world.page.input.width = 1280;
    world.look();
    CHECK_FALSE(world.page.has(Role::button, "Sort"));
    CHECK(world.page.has(Role::button, "Created"));
}

TEST_CASE("the list begins within 300 px of the window's top, and nine of its rows are in sight") {
    PortalWorld world{"2026-03-02T09:00:00Z"};
    world.start_with_sample_data();
    world.act_as("Agreement team");
    world.go("#/agreements?state=active,draft-under-review");
    const auto table = world.page.find(Role::table, "Agreements").bounds;
    CHECK(table.y <= 300);
    std::size_t in_sight = 0;
    for (const auto& node : world.page.nodes())
        if (node.role == Role::row && node.bounds.y > table.y && node.bounds.y + node.bounds.height <= 800) ++in_sight;
    CHECK(in_sight >= 9);
}

TEST_CASE("whom one can act as stand in groups, and a dialog that is too high scrolls between its head and its foot") {
    SampleWorld world;
    world.page.input.window_height = world.page.input.canvas_height = 600;
    world.look();
    world.click(Role::button, "Acting as Agreement team");
    CHECK(world.page.focused() == world.page.find(Role::searchbox, "Find a person").key);
    const auto dialog = world.page.find(Role::dialog, "Acting as");
    const auto headings = world.page.names(Role::heading, dialog.key);
    REQUIRE(headings.size() > 3);
    CHECK(headings[1] == "NHS England");
    CHECK(std::ranges::find(headings, "Larkfield Health Software Ltd (YGA12)") != headings.end());
    CHECK(world.page.has(Role::button, "Jo Field",
                         world.page.find(Role::region, "Larkfield Health Software Ltd (YGA12)").key));
    CHECK(world.page.find(Role::button, "Agreement team", dialog.key).pressed == semantics::Toggle::on);

    const auto find = world.page.find(Role::searchbox, "Find a person").bounds;
    const auto close = world.page.find(Role::button, "Close", dialog.key).bounds;
    const auto list = world.page.key("acting-as-dialog/list").bounds;
    CHECK(find.y + find.height <= list.y);
    CHECK(list.y + list.height <= close.y);
    CHECK(close.y + close.height <= dialog.bounds.y + dialog.bounds.height);
    CHECK(dialog.bounds.height <= 600);
    REQUIRE(world.page.output.dialog);
    CHECK(world.page.output.dialog->scroll_max > 0);
    // Scrolled to its end, the last person stands in the list.
    const auto visitor = world.page.find(Role::button, "Visitor", dialog.key).bounds;
    CHECK(visitor.y + visitor.height - world.page.output.dialog->scroll_max <= list.y + list.height);
}
