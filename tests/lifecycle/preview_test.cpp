// What a dry run says: all of what the decision does to agreements that there are, and no number that there is not.
#include "lifecycle/preview.h"
#include "lifecycle/world.h"

using namespace ca;
using namespace ca::lifecycle;

namespace {

using What = PublicationEffect::What;

Decision dry_run(const World& world, const char* version) {
    const auto decision = decide(world.workspace,
                                 {"publish_terms",
                                  {{"version", World::text(version)},
                                   {"title", World::text("T")},
                                   {"standard_terms", World::text("T")},
                                   {"uplift", true}}},
                                 world.team, world.now);
    REQUIRE(decision.has_value());
    return *decision;
}

std::string pending_of(const World& world, const std::string& active) {
    for (const auto& [number, each] : world.workspace.agreements) {
        if (each.state == State::draft && each.supersedes == active) return number;
    }
    FAIL("no pending uplift of ", active);
    return {};
}

// One more account, with an Active agreement that an import brought; nobody to tell.
void add_account_without_people(World& world) {
    world.must("register_account", {{"ods_code", World::text("ABC1")}, {"name", World::text("Birch")}});
    const Instant created = world.now;
    Agreement active{.number = "CNTR0000900",
                     .name = "ABC1 - Birch",
                     .account = "ABC1",
                     .products = {"eps"},
                     .terms_version = "5.0",
                     .state = State::active,
                     .created = created,
                     .imported = true};
    active.start_date = active.accepted_on = london_date(created);
    apply(world.workspace, {.at = world.now,
                            .by = {.role = Role::system},
                            .account = "ABC1",
                            .entity = active.number,
                            .body = AgreementImported{active}});
}

}  // namespace

TEST_CASE(
    "a publication's dry run tells what is uplifted, what is cancelled and what is special about it, and what is "
    "skipped") {
    World world;
    add_account_without_people(world);
    const std::string active = world.active();
    world.publish("6.1", true);
    const std::string pending = pending_of(world, active);
    world.now = at("2025-08-10T10:00:00Z");
    const std::string query = world.query(pending);
    world.must("pause", {{"number", pending}, {"reason", World::text("A question is open")}});
    const std::string draft = world.create("6.1");

    const Decision decision = dry_run(world, "6.2");
    const auto effects = publication_effects(world.workspace, decision);
    REQUIRE(effects.size() == 5);
    CHECK(effects[0].account == "ABC1");
    CHECK(effects[0].what == What::cancelled);
    CHECK_FALSE(effects[0].special);
    CHECK(effects[1].agreement == "CNTR0000900");
    CHECK(effects[1].what == What::uplifted);
    CHECK(effects[1].told.empty());
    CHECK(effects[2].agreement == pending);
    CHECK(effects[2].what == What::cancelled);
    CHECK(effects[2].special);
    CHECK(effects[2].words ==
          "Pending terms change on 6.1, cancelled: the new one replaces it. Its review is paused since 10 August 2025: "
          "“A question is open”. " +
              query + " is still open, and will not hold the new one.");
    CHECK(effects[3].agreement == active);
    CHECK(effects[3].what == What::uplifted);
    CHECK(effects[3].told == std::vector<std::string>{"Jo Field (jo@acme.example)"});
    CHECK(effects[4].agreement == draft);
    CHECK(effects[4].what == What::skipped);
    CHECK(effects[4].words.find("Once the terms change of " + active + " is Active, it can never be accepted.") !=
          std::string::npos);

    for (const auto& effect : effects) {
        CHECK(world.workspace.find_agreement(effect.agreement) != nullptr);
        for (const auto& made : decision.created)
            CHECK_MESSAGE(effect.words.find(made) == std::string::npos, effect.words);
    }
}

TEST_CASE("a dry run holds every agreement that the publication touches, once") {
    World world;
    add_account_without_people(world);
    world.active();
    const Decision decision = dry_run(world, "6.1");
    std::size_t uplifted = 0;
    for (const auto& effect : publication_effects(world.workspace, decision)) uplifted += effect.what == What::uplifted;
    CHECK(uplifted == decision.created.size());
    CHECK(uplifted == 2);
}

TEST_CASE("a draft of an account without an Active agreement is skipped without alarm") {
    World world;
    const std::string draft = world.create();
    const auto effects = publication_effects(world.workspace, dry_run(world, "6.1"));
    REQUIRE(effects.size() == 1);
    CHECK(effects[0].agreement == draft);
    CHECK_FALSE(effects[0].special);
    CHECK(effects[0].words.find("its own terms change follows at once") != std::string::npos);
}

TEST_CASE("before issuing and resetting: the last day, and who is told") {
    World world;
    const std::string number = world.create();
    world.now = at("2025-08-05T10:00:00Z");
    const auto issue = decide(world.workspace, {"issue", {{"number", number}}}, world.team, world.now);
    REQUIRE(issue.has_value());
    CHECK(last_day_after(world.agreement(number), *issue) == on("2025-10-29"));
    CHECK(told_by(world.workspace, *issue, "YGA12") == std::vector<std::string>{"Jo Field (jo@acme.example)"});
    CHECK(told_by(world.workspace, *issue, "OTHER").empty());

    world.issue(number);
    world.accept(number);
    world.publish("6.1", true);
    const std::string uplift = pending_of(world, number);
    world.must("pause", {{"number", uplift}, {"reason", World::text("x")}});
    world.now = at("2025-08-20T10:00:00Z");
    const auto reset = decide(world.workspace, {"reset", {{"number", uplift}}}, world.team, world.now);
    REQUIRE(reset.has_value());
    CHECK(last_day_after(world.agreement(uplift), *reset) == on("2025-09-18"));
    CHECK(told_by(world.workspace, *reset, "YGA12").empty());
}
