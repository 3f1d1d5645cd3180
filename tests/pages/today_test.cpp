// The first page and the agreement team's list of what needs a hand: the one thing to do first for each kind of person,
// the counts, and one table with a reason for each record.

#include "lifecycle/views.h"
#include "pages/needs_a_hand.h"
#include "support/portal_world.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace ca;
using namespace ca::test;

namespace {

std::size_t rows_of(const PortalWorld& world, std::string_view table) {
    const auto key = world.page.find(Role::table, table).key;
    return world.page.names(Role::row_header, key).size();
}

std::vector<lifecycle::NeedsAttention> all_of(const PortalWorld& world) {
    return lifecycle::needs_attention(world.kept(), world.platform.clock);
}

}  // namespace

TEST_CASE("each kind of person reads first what to do first") {
    SampleWorld world;
    const auto first = [&](std::string_view person) {
        world.act_as(person);
        world.go("#/");
        return world.page.names(Role::heading, "main/first").at(0);
    };
    CHECK(first("Amina Yusuf").starts_with("Accept by "));
    CHECK(world.page.names(Role::link, "main/first") == std::vector<std::string>{"Review CNTR0000015"});
    world.click(Role::link, "Review CNTR0000015");
    CHECK(world.page.has(Role::button, "Accept agreement"));

    std::set<std::string> subjects;
    for (const auto& each : all_of(world)) subjects.insert(each.subject);
    const std::size_t all = subjects.size();
    REQUIRE(all > 1);
    REQUIRE(all < all_of(world).size());  // one is named for two reasons, and is one record
    CHECK(first("Agreement team") == std::to_string(all) + " records need a hand today");
    world.click(Role::link, "What needs a hand today", "main/first");
    CHECK(world.page.has(Role::heading, "What needs a hand today"));
    CHECK(first("API product team") == "Ask for an agreement");
    CHECK(first("Visitor") == "Register for an account");
}

TEST_CASE("the counts of the first page are those of the lists that they lead to") {
    SampleWorld world;
    for (const std::string_view person : {"Amina Yusuf", "Agreement team"}) {
        CAPTURE(person);
        world.act_as(person);
        world.go("#/");
        const auto links = world.page.names(Role::link, "main/counts");
        REQUIRE(links.size() == 4);
        for (std::size_t i = 0; i < 3; ++i) {
            CAPTURE(links[i]);
            world.go("#/");
            world.click(Role::link, links[i], "main/counts");
            const std::string number = links[i].substr(0, links[i].find(' '));
            CHECK(std::ranges::any_of(world.page.names(Role::status), [&](const std::string& each) {
                return each.starts_with(number + " of ") || each.starts_with(number + " agreement");
            }));
        }
    }
}

TEST_CASE("what needs a hand is one table, each record with its reason, and can be narrowed to one") {
    SampleWorld world;
    world.act_as("Agreement team");
    world.go("#/team");
    const auto all = all_of(world);
    std::set<lifecycle::Attention> kinds;
    for (const auto& item : all) kinds.insert(item.what);
    REQUIRE(kinds.size() > 1);
    CHECK(world.page.names(Role::table).size() == 1);
    CHECK(rows_of(world, "What needs a hand") == std::min<std::size_t>(all.size(), 50));
    CHECK(world.says(std::to_string(all.size()) + " things to do"));

    for (const auto& reason : pages::reasons()) {
        CAPTURE(reason.name);
        const auto count = pages::count_of_reason(all, reason.what);
        if (count == 0) continue;
        world.page.choose("Show", std::string(reason.title) + " (" + std::to_string(count) + ")");
        world.look();
        CHECK(rows_of(world, "What needs a hand") == count);
        CHECK(world.says(std::to_string(count) + " of " + std::to_string(all.size()) + " things to do"));
        CHECK(world.platform.address.find("reason=" + std::string(reason.name)) != std::string::npos);
    }
    world.go("#/team?reason=none-of-these");
    CHECK(rows_of(world, "What needs a hand") == std::min<std::size_t>(all.size(), 50));
}

TEST_CASE("every reason that there is has its words") {
    for (std::size_t i = 0; i < pages::reasons().size(); ++i) {
        const auto what = static_cast<lifecycle::Attention>(i);
        CHECK(pages::reasons()[i].what == what);
        CHECK(&pages::reason_of(what) == pages::reason_named(pages::reasons()[i].name));
    }
    CHECK(pages::reasons().size() == static_cast<std::size_t>(lifecycle::Attention::request_waiting) + 1);
}
