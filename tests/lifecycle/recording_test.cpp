// What is decided in steps is what is decided at once.
#include "lifecycle/recording.h"
#include "lifecycle/world.h"

#include <doctest/doctest.h>

namespace ca::lifecycle {

namespace {

// More accounts with an Active agreement each than are taken in one step.
World wide_world(std::size_t accounts) {
    World world;
    for (std::size_t i = 0; i < accounts; ++i) {
        const std::string code = "Z" + std::to_string(1'000 + i), email = "c@" + code + ".example";
        world.must("register_account", {{"ods_code", code}, {"name", "Account " + code}});
        world.must("register_contact", {{"account", code}, {"name", std::string("Contact")}, {"email", email}});
        world.must("nominate", {{"account", code}, {"email", email}});
        const auto created = world.must(
            "create_agreement",
            {{"account", code}, {"products", std::vector<std::string>{"eps"}}, {"terms", std::string("6.0")}});
        world.must("issue", {{"number", *created.number}});
        world.must({Role::contact, email}, "accept", {{"number", *created.number}, {"read_and_understood", true}});
    }
    return world;
}

}  // namespace

TEST_CASE("a publication, and all that falls due, come to the same in steps as at once") {
    constexpr std::size_t accounts = 600;
    World world = wide_world(accounts);
    const ask::PublishTerms terms{.version = "7.0", .title = "Terms", .standard_terms = "# Terms", .uplift = true};
    const auto at_once = decide(world.workspace, terms, world.team, world.now);
    REQUIRE(at_once.has_value());

    Listing listing(world.workspace);
    Deciding deciding(to_command(terms), world.team, world.now);
    std::size_t steps = 1, done = 0;
    for (; !deciding.go_on(listing).value(); ++steps) {
        CHECK(listing.workspace().agreements.size() < 2 * accounts);
        CHECK(deciding.progress().done > done);
        CHECK(deciding.progress().all == accounts);
        done = deciding.progress().done;
    }
    CHECK(steps > 2);
    CHECK(listing.events == at_once->events);
    const Decision decision = std::move(deciding).decision();
    CHECK(decision.created == at_once->created);
    CHECK(decision.skipped == at_once->skipped);

    const Instant later{world.now.seconds + 40 * 86'400};
    const Workspace before = listing.workspace();
    const auto due_at_once = due(before, later);
    CHECK(due_count(before, later) == accounts);
    Listing falling(before);
    FallingDue falling_due(later);
    for (steps = 1; !falling_due.go_on(falling).value(); ++steps) CHECK(due_count(falling.workspace(), later) > 0);
    CHECK(steps > 2);
    CHECK(falling.events == due_at_once);
    CHECK(due(before, later, 3).size() < due_at_once.size());
}

TEST_CASE("a command in steps takes what fell due before it first, and is refused in the same words") {
    World world = wide_world(300);
    world.must("publish_terms", {{"version", std::string("7.0")},
                                 {"title", std::string("Terms")},
                                 {"standard_terms", std::string("# Terms")},
                                 {"uplift", true}});
    const Instant later{world.now.seconds + 40 * 86'400};
    const ask::PublishTerms older{.version = "6.5", .title = "Terms", .standard_terms = "# Terms"};
    auto workspace = world.workspace;
    const auto step = lifecycle::step(workspace, to_command(older), world.team, later);
    REQUIRE_FALSE(step.decision.has_value());

    Listing listing(world.workspace);
    Deciding deciding(to_command(older), world.team, later);
    Result<bool> last = false;
    while (last && !*last) last = deciding.go_on(listing);
    REQUIRE_FALSE(last.has_value());
    CHECK(last.error() == step.decision.error());
    CHECK(listing.events == step.fell_due);
}

}  // namespace ca::lifecycle
