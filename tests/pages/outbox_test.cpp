// The outbox: what is to be sent, and what somebody says that they have sent.

#include "interop/email.h"
#include "support/portal_world.h"
#include "support/whole.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ca;
using namespace ca::test;

namespace {

constexpr auto today = "2026-03-02T09:00:00Z";

std::size_t marked(const PortalWorld& world) {
    return static_cast<std::size_t>(std::ranges::count_if(
        world.kept().notifications, [](const auto& each) { return each.marked_sent.has_value(); }));
}

std::string counts(const PortalWorld& world) {
    const auto all = world.kept().notifications.size(), sent = marked(world);
    return std::to_string(all - sent) + (all - sent == 1 ? " message" : " messages") + " to send, " +
           std::to_string(sent) + " marked as sent";
}

std::size_t rows(const PortalWorld& world) {
    return world.page.names(Role::row, world.page.key("main/messages/body").key).size();
}

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
    CHECK(world.page.words(world.page.key("main/message")).find("Marked as sent by Agreement team on 2 March 2026") !=
          std::string::npos);
    CHECK(world.page.has(Role::status, counts(world)));
    CHECK(rows(world) == all - 1);
    CHECK(world.page.has(Role::status, "Marked as sent: the message to " + world.kept().notifications[0].to + "."));

    world.go("#/team/outbox?show=sent");
    CHECK(rows(world) == 1);
    world.click(Role::button, "Mark as to send (message 1, to " + world.kept().notifications[0].to + ")");
    CHECK(marked(world) == 0);
    CHECK(rows(world) == 0);
    CHECK(world.page.has(Role::status, counts(world)));
}

TEST_CASE("which messages are shown is kept in the address") {
    PortalWorld world(today);
    world.start_with_sample_data();
    const auto all = world.kept().notifications.size();
    world.go("#/team/outbox");
    CHECK(world.page.find(Role::link, "To send (" + std::to_string(all) + ")").current);
    world.click(Role::link, "Marked as sent (0)");
    CHECK(world.page.find(Role::link, "Marked as sent (0)").href == "#/team/outbox?show=sent");
    CHECK(world.page.find(Role::link, "Marked as sent (0)").current);
    CHECK(rows(world) == 0);
    world.go("#/team/outbox?show=all");
    world.type(Role::searchbox, "Filter messages", "terms of your");
    CHECK(world.platform.address == "#/team/outbox?show=all&q=terms%20of%20your");
    CHECK(rows(world) > 0);
    CHECK(rows(world) < all);
    const auto filtered = rows(world);
    CHECK(world.page.has(Role::status, counts(world) + "; " + std::to_string(filtered) + " shown by the filter"));
    world.click(Role::button, "Clear All");
    CHECK(rows(world) == all);
    CHECK(world.page.focused() == world.page.find(Role::searchbox, "Filter messages").key);
}

TEST_CASE("an empty outbox says what hides the messages and how to see them") {
    PortalWorld world(today);
    world.start_with_sample_data();
    const auto all = std::to_string(world.kept().notifications.size());
    world.go("#/team/outbox?show=sent");
    CHECK(world.says("No message that is marked as sent is there. " + all +
                     " messages are to be sent: choose All to see them."));
    world.type(Role::searchbox, "Filter messages", "nowhere");
    CHECK(world.says("No message that is marked as sent has “nowhere” in it. Choose Clear All to see the others."));
}

TEST_CASE("all that is shown goes into one ZIP, with a list, and is marked in one act that says what it marked") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/team/outbox");
    const auto all = world.kept().notifications.size();
    const auto many = std::to_string(all) + " messages";
    world.click(Role::button, "Download " + many + " as ZIP");
    REQUIRE(world.platform.saved.size() == 1);
    const auto& zip = world.platform.saved[0];
    CHECK(zip.name == "messages-2026-03-02.zip");
    CHECK(zip.bytes.starts_with("PK"));
    for (std::size_t i = 0; i < all; ++i)
        CHECK(zip.bytes.find(interop::message_of(ca::test::whole(world.kept()), i, "").file_name) != std::string::npos);
    CHECK(zip.bytes.find("messages.csv") != std::string::npos);
    CHECK(world.page.has(Role::status, "messages-2026-03-02.zip is in your downloads: " + many +
                                           ", and a list of them. Mark them here when you have sent them."));
    CHECK(marked(world) == 0);

    const auto events = world.store.log().size();
    world.click(Role::button, "Mark " + many + " as sent");
    CHECK(marked(world) == all);
    CHECK(world.store.log().size() == events + all);
    CHECK(world.says("Marked as sent: " + many + " to "));
    CHECK(world.says(" and " + std::to_string(all - 3) + " more."));
    CHECK(world.page.focused().ends_with("choosing/mark"));

    world.go("#/team/outbox?show=sent");
    world.click(Role::button, "Mark " + many + " as to send");
    CHECK(marked(world) == 0);
}

TEST_CASE("only the messages that are chosen are acted on, and focus goes on to the next row") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/team/outbox");
    const auto ticks = world.page.names(Role::checkbox, world.page.key("main/messages/body").key);
    REQUIRE(ticks.size() > 2);
    const auto newest = world.kept().notifications.size() - 1;
    world.page.act(semantics::Ticked{"main/messages/body/" + std::to_string(newest) + "/subject/tick", true});
    world.page.act(semantics::Ticked{"main/messages/body/" + std::to_string(newest - 1) + "/subject/tick", true});
    world.look();
    CHECK(world.page.has(Role::status, "2 chosen"));
    world.click(Role::button, "Mark 2 messages as sent");
    CHECK(marked(world) == 2);
    CHECK(world.kept().notifications[newest].marked_sent.has_value());

    const std::string row = "main/messages/body/" + std::to_string(newest - 2),
                      next = "main/messages/body/" + std::to_string(newest - 3);
    world.page.click_key(row + "/state/mark");
    world.look();
    CHECK(marked(world) == 3);
    CHECK(world.page.focused() == next + "/state/mark");
}

TEST_CASE("whoever a message was sent to opens its text, and nobody else's") {
    PortalWorld world(today);
    world.start_with_sample_data();
    const auto& all = world.kept().notifications;
    const auto jo =
        std::ranges::find_if(world.kept().contacts, [](const auto& entry) { return entry.second.name == "Jo Field"; });
    REQUIRE(jo != world.kept().contacts.end());
    const auto email = jo->second.email;
    std::size_t own = 0, other = 0;
    while (own < all.size() && all[own].to != email) ++own;
    while (other < all.size() && all[other].to == email) ++other;
    REQUIRE(own < all.size());
    REQUIRE(other < all.size());
    world.act_as("Jo Field");
    world.go("#/notifications");
    world.page.click_key("main/notifications/body/" + std::to_string(own) + "/subject/link");
    world.go("#/notifications?message=" + std::to_string(own + 1));
    CHECK(world.says("Dear Jo Field"));
    CHECK(world.page.focused() == world.page.key("main/message/subject").key);
    CHECK_FALSE(world.page.has(Role::button, "Mark as sent"));
    world.go("#/notifications?message=" + std::to_string(other + 1));
    CHECK(semantics::find_key(world.page.nodes(), "main/message") == nullptr);
    const auto rows_seen = world.page.words(world.page.key("main/notifications"));
    CHECK(rows_seen.find(email) != std::string::npos);
    CHECK(rows_seen.find(all[other].to) == std::string::npos);
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
    CHECK(world.page.has(Role::status, world.platform.saved[0].name + " is in your downloads."));
}

TEST_CASE("a mark that came too late says who was first") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/team/outbox?message=1");
    // Another window marks it between this window's look and its click.
    const auto key = world.page.find(Role::button, "Mark as sent", world.page.key("main/message").key).key;
    world.store.commit(
        [at = world.platform.clock](const lifecycle::Workspace& fresh) -> Result<std::vector<lifecycle::Event>> {
            auto decision = lifecycle::decide(fresh, {"mark_sent", {{"notification", std::int64_t{1}}}},
                                              {lifecycle::Role::agreement_team, "Sam Lee"}, at);
            if (!decision) return std::unexpected(decision.error());
            return decision->events;
        },
        [](Result<journal::Committed> done) { CHECK(done.has_value()); });
    world.page.click_key(key);
    world.look();
    CHECK(world.page.words().find("was marked as sent by Sam Lee on 2 March 2026 already") != std::string::npos);
    CHECK(world.kept().notifications[0].marked_sent->by == "Sam Lee");
}
