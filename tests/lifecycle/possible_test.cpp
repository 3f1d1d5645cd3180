// What pages offer is what the engine takes.
#include "lifecycle/possible.h"

#include "world.h"

using namespace ca;
using namespace ca::lifecycle;

namespace {

std::set<std::string_view> possible(const World& world, const Actor& actor, const std::string& number) {
    const auto seen = Sight::of(world.workspace, actor);
    return possible_commands(seen, *seen.find_agreement(number), world.now);
}
using Verbs = std::set<std::string_view>;

}  // namespace

TEST_CASE("what is possible follows an agreement from its draft to its end") {
    World world;
    const auto number = world.create();
    CHECK((possible(world, world.team, number) == Verbs{"issue", "withdraw"}));
    CHECK(possible(world, world.jo, number).empty());
    world.issue(number);
    CHECK((possible(world, world.team, number) == Verbs{"withdraw"}));
    CHECK((possible(world, world.jo, number) == Verbs{"accept", "raise_query"}));
    world.accept(number);
    CHECK((possible(world, world.team, number) == Verbs{"terminate"}));
    CHECK((possible(world, world.jo, number) == Verbs{"raise_query"}));
    world.publish("6.1", true);
    const auto uplift = world.workspace.successors(number).front()->number;
    CHECK((possible(world, world.team, uplift) == Verbs{"pause", "reset", "withdraw"}));
    world.must("pause", {{"number", uplift}, {"reason", World::text("Holidays")}});
    CHECK((possible(world, world.team, uplift) == Verbs{"reset", "resume", "withdraw"}));
    CHECK((possible(world, world.jo, uplift) == Verbs{"raise_query"}));  // a terms change needs no acceptance
    world.must("withdraw", {{"number", uplift}, {"reason", World::text("Made twice")}});
    CHECK(possible(world, world.team, uplift).empty());
    CHECK((possible(world, world.jo, uplift) == Verbs{"raise_query"}));
}

TEST_CASE("a draft whose window has passed can be tried, and says why not") {
    World world;
    const auto number = world.create();
    world.now = {world.now.seconds + 100 * 86'400};
    CHECK((possible(world, world.team, number) == Verbs{"issue", "withdraw"}));
}
