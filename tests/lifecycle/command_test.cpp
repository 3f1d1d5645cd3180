#include "lifecycle/command.h"
#include "lifecycle/world.h"

#include <set>

using namespace ca;
using namespace ca::lifecycle;

namespace {

std::string refusal_of(const Result<Arguments>& result) {
    return result ? "" : result.error().code;
}

}  // namespace

TEST_CASE("every command of the table can be decided, and names each argument once") {
    std::set<std::string_view> verbs;
    for (const auto& rule : command_table()) {
        CHECK_MESSAGE(verbs.insert(rule.verb).second, rule.verb);
        CHECK_MESSAGE(!rule.who.empty(), rule.verb);
        std::set<std::string_view> names;
        for (const auto& argument : rule.arguments) CHECK_MESSAGE(names.insert(argument.name).second, rule.verb << "." << argument.name);
        // Whoever may give it gets further than "there is no such command".
        World world;
        for (const Role role : rule.who) {
            const Actor actor{role, role == Role::contact ? "jo@acme.example" : role == Role::visitor ? "" : "Somebody"};
            const Step done = world.take(actor, std::string(rule.verb), {});
            if (done.decision) continue;
            CHECK_MESSAGE(done.decision.error().code == "missing_argument", rule.verb);
            CHECK_FALSE(done.decision.error().message.empty());
        }
    }
    CHECK(verbs.size() == 34);
}

TEST_CASE("nobody but people gives commands") {
    World world;
    CHECK(world.take({.role = Role::system}, "advance", {}).decision.error().code == "not_permitted");
}

TEST_CASE("an error names the argument that it is about, so that a form can show it there") {
    CHECK(check_arguments({"watch", {{"case", World::text("CS0000001")}, {"email", World::text("x")}}}).error().where == "email");
    CHECK(check_arguments({"terminate", {{"number", World::text("x")}, {"end_date", World::text("soon")}, {"reason", World::text("x")}}}).error().where == "end_date");
    CHECK(check_arguments({"issue", {}}).error().where == "number");
}

TEST_CASE("arguments come out in the form in which they are kept") {
    const auto account = check_arguments({"register_account", {{"ods_code", World::text("yga12")}, {"name", World::text(" x ")}, {"company_number", World::text("sc000042")}}});
    REQUIRE(account.has_value());
    CHECK(account->text("ods_code") == "YGA12");
    CHECK(account->text("name") == " x ");
    CHECK(account->text("company_number") == "SC000042");
    CHECK_FALSE(account->has("address"));
    CHECK_FALSE(account->flag("outside_uk"));
    CHECK(check_company_number("7").value() == "00000007");
    CHECK(refusal_of(check_arguments({"dance", {}})) == "bad_command");
}

TEST_CASE("time does not go back, and what goes wrong with a line does not move it (R2)") {
    World world;
    const Workspace before = world.workspace;
    world.now = {world.now.seconds - 1};
    CHECK(world.take(world.team, "advance", {}).decision.error().code == "time_went_backwards");
    world.now = {world.now.seconds + 1'000'000};
    CHECK(world.take(world.team, "dance", {}).decision.error().code == "bad_command");
    CHECK(world.take(world.team, "resume", {{"number", World::text("x")}, {"reason", World::text("x")}}).decision.error().code == "bad_command");
    CHECK(world.workspace == before);
    CHECK(world.take(world.jo, "issue", {}).decision.error().code == "not_permitted");
    CHECK(world.workspace.now == world.now);
}
