// The outbox: what is to be sent, and what somebody says that they have sent.

#include "support/portal_world.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ca;
using namespace ca::test;

namespace {

constexpr auto today = "2026-03-02T09:00:00Z";

std::size_t marked(const PortalWorld& world) {
    return static_cast<std::size_t>(std::ranges::count_if(world.kept().notifications, [](const auto& each) { return each.marked_sent.has_value(); }));
}

std::string counts(const PortalWorld& world) {
    const auto all = world.kept().notifications.size(), sent = marked(world);
    return std::to_string(all - sent) + (all - sent == 1 ? " message" : " messages") + " to send, " + std::to_string(sent) + " marked as sent";
}

std::size_t rows(const PortalWorld& world) { return world.page.names(Role::row, world.page.key("main/messages/body").key).size(); }

}  // namespace

TEST_CASE("a message is marked as sent by hand, and back; nothing is said to have been sent by the portal") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/team/outbox");
    const auto all = world.kept().notifications.size();
    REQUIRE(all > 2);
    CHECK(world.page.has(Role::status, counts(world)));
    CHECK(rows(world) == all);
    CHECK(world.page.words().find("This portal sends nothing") != std::string::npos);

    world.go("#/team/outbox?message=1");
    world.click(Role::button, "Mark as sent", world.page.key("main/message").key);
    REQUIRE(world.kept().notifications[0].marked_sent.has_value());
    CHECK(world.kept().notifications[0].marked_sent->by == "Agreement team");
    CHECK(marked(world) == 1);
    CHECK(world.page.words(world.page.key("main/message")).find("Marked as sent by Agreement team on 2 March 2026") != std::string::npos);
    CHECK(world.page.has(Role::status, counts(world)));
    CHECK(rows(world) == all - 1);
    CHECK(world.page.has(Role::status, "Marked as sent: the message to " + world.kept().notifications[0].to + "."));

    world.go("#/team/outbox?show=sent");
    CHECK(rows(world) == 1);
    world.click(Role::button, "Mark as to send");
    CHECK(marked(world) == 0);
    CHECK(rows(world) == 0);
    CHECK(world.page.has(Role::status, counts(world)));
}

TEST_CASE("which messages are shown is kept in the address") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/team/outbox");
    world.page.choose("Show", "Marked as sent");
    world.look();
    CHECK(world.platform.address == "#/team/outbox?show=sent");
    CHECK(rows(world) == 0);
    world.page.choose("Show", "All");
    world.look();
    world.type(Role::searchbox, "Filter messages", "terms of your");
    CHECK(world.platform.address == "#/team/outbox?show=all&q=terms%20of%20your");
    CHECK(rows(world) > 0);
    CHECK(rows(world) < world.kept().notifications.size());
    const auto filtered = rows(world);
    CHECK(world.page.has(Role::status, counts(world) + "; " + std::to_string(filtered) + " shown by the filter"));
    world.go("#/team/outbox?show=all");
    CHECK(rows(world) == world.kept().notifications.size());
}

TEST_CASE("the API product team reads the outbox and marks nothing") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.act_as("API product team");
    world.go("#/team/outbox?message=1");
    CHECK(world.page.has(Role::button, "Download .eml"));
    CHECK_FALSE(world.page.has(Role::button, "Mark as sent"));
}

TEST_CASE("a message shows both of its parts and where it leads") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/team/outbox?message=1");
    const std::string link = "#/agreements/" + world.kept().notifications[0].agreement;
    CHECK(world.page.has(Role::link, link, world.page.key("main/message").key));
    CHECK(world.page.words().find("<!DOCTYPE html>") == std::string::npos);
    world.click(Role::button, "HTML part, as source");
    CHECK(world.page.words().find("<!DOCTYPE html>") != std::string::npos);
    world.click(Role::button, "Download .eml", world.page.key("main/message").key);
    REQUIRE(world.platform.saved.size() == 1);
    CHECK(world.platform.saved[0].bytes.find("X-Unsent: 1") != std::string::npos);
}

TEST_CASE("a mark that came too late says who was first") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/team/outbox?message=1");
    // Another window marks it between this window's look and its click.
    const auto key = world.page.find(Role::button, "Mark as sent", world.page.key("main/message").key).key;
    world.store.commit(
        [at = world.platform.clock](const lifecycle::Workspace& fresh) -> Result<std::vector<lifecycle::Event>> {
            auto decision = lifecycle::decide(fresh, {"mark_sent", {{"notification", std::int64_t{1}}}}, {lifecycle::Role::agreement_team, "Sam Lee"}, at);
            if (!decision) return std::unexpected(decision.error());
            return decision->events;
        },
        [](Result<journal::Committed> done) { CHECK(done.has_value()); });
    world.page.click_key(key);
    world.look();
    CHECK(world.page.words().find("was marked as sent by Sam Lee on 2 March 2026 already") != std::string::npos);
    CHECK(world.kept().notifications[0].marked_sent->by == "Sam Lee");
}
