#include "lifecycle/command.h"
#include "lifecycle/world.h"

#include <set>

using namespace ca;
using namespace ca::lifecycle;

namespace {

std::string refusal_of(const Result<Values>& result) { return result ? "" : result.error().code; }

}  // namespace

TEST_CASE("every command of the table can be decided, and names each argument once") {
    std::set<std::string_view> verbs;
    for (const auto& rule : command_table()) {
        CHECK_MESSAGE(verbs.insert(rule.verb).second, rule.verb);
        CHECK_MESSAGE(!rule.who.empty(), rule.verb);
        std::set<std::string_view> names;
        for (const auto& argument : rule.arguments)
            CHECK_MESSAGE(names.insert(argument.name).second, rule.verb << "." << argument.name);
        // Whoever may give it gets further than "there is no such command".
        World world;
        for (const Role role : rule.who) {
            const Actor actor{role, role == Role::contact   ? "jo@acme.example"
                                    : role == Role::visitor ? ""
                                                            : "Somebody"};
            const Step done = world.take(actor, std::string(rule.verb), {});
            if (done.decision) continue;
            CHECK_MESSAGE(done.decision.error().code == "missing_argument", rule.verb);
            CHECK_FALSE(done.decision.error().message.empty());
        }
    }
    CHECK(verbs.size() == 34);
}

TEST_CASE("what a struct says is what the command says, and the other way round") {
    const auto command = to_command(ask::CreateAgreement{
        .account = "YGA12", .products = std::vector<std::string>{"eps"}, .terms = "6.0", .from_version = 5});
    CHECK(command.verb == "create_agreement");
    CHECK((command.arguments == std::map<std::string, Value>{{"account", "YGA12"},
                                                             {"products", std::vector<std::string>{"eps"}},
                                                             {"terms", "6.0"},
                                                             {"from_version", std::int64_t{5}}}));
    const auto back = asked<ask::CreateAgreement>(command.arguments);
    CHECK(back.account.value == "YGA12");
    CHECK(back.from_version.value == 5);
    CHECK_FALSE(back.request.value);
    CHECK(to_command(ask::ShowCase{.case_number = "CS0000001"}).arguments.contains("case"));
}

TEST_CASE("nobody but people gives commands") {
    World world;
    CHECK(world.take({.role = Role::system}, "advance", {}).decision.error().code == "not_permitted");
}

TEST_CASE("an error names the argument that it is about, so that a form can show it there") {
    CHECK(check_arguments({"watch", {{"case", World::text("CS0000001")}, {"email", World::text("x")}}}).error().where ==
          "email");
    CHECK(check_arguments(
              {"terminate",
               {{"number", World::text("x")}, {"end_date", World::text("soon")}, {"reason", World::text("x")}}})
              .error()
              .where == "end_date");
    CHECK(check_arguments({"issue", {}}).error().where == "number");
}

TEST_CASE("arguments come out in the form in which they are kept") {
    const auto values = check_arguments(
        to_command(ask::RegisterAccount{.ods_code = "yga12", .name = " x ", .company_number = "sc000042"}));
    REQUIRE(values.has_value());
    const auto account = asked<ask::RegisterAccount>(*values);
    CHECK(account.ods_code.value == "YGA12");
    CHECK(account.name.value == " x ");
    CHECK(account.company_number.value == "SC000042");
    CHECK_FALSE(account.address.value);
    CHECK_FALSE(account.outside_uk.or_none());
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
    CHECK(world.take(world.team, "resume", {{"number", World::text("x")}, {"reason", World::text("x")}})
              .decision.error()
              .code == "bad_command");
    CHECK(world.workspace == before);
    CHECK(world.take(world.jo, "issue", {}).decision.error().code == "not_permitted");
    CHECK(world.workspace.now == world.now);
}
