// What was typed and not sent: kept for that page and that person, whatever takes them away from it.
#include "app/drafts.h"
#include "support/portal_world.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::test;

namespace {

struct TypingWorld : SampleWorld {
    const std::string& value(std::string_view name) const { return page.find(Role::textbox, name).value; }
    void ask(std::string words) {
        act_as("Grace Whitlock");
        go("#/agreements/CNTR0000008");
        click(Role::button, "Raise a query");
        type(Role::textbox, "Description", std::move(words));
    }
};

// Another start of the portal over what this machine keeps: a reload.
struct Reloaded {
    explicit Reloaded(PortalWorld& world, std::string_view address)
        : store(copy_of(world), [&world] { return world.platform.new_id(); }),
          portal(world.platform, store, world.press),
          page((portal.start(address), [this](ui::Ui& ui) { portal.build(ui); })),
          platform(world.platform) {
        look();
    }
    void look() {
        do {
            platform.frame_wanted = false;
            page.settle();
        } while (platform.frame_wanted);
    }
    static std::unique_ptr<journal::MemoryMedium> copy_of(PortalWorld& world) {
        auto made = std::make_unique<journal::MemoryMedium>();
        const auto files = world.medium->list().value();
        for (const auto& name : files) REQUIRE(made->write(name, world.medium->read(name).value()));
        return made;
    }
    journal::Store store;
    app::Portal portal;
    PageHarness page;
    TestPlatform& platform;
};

}  // namespace

TEST_CASE("what was typed survives a link and Back, with a word, and its form is open again") {
    TypingWorld world;
    world.ask("Which version of FHIR?");
    world.go("#/help");
    world.go("#/agreements/CNTR0000008");
    CHECK(world.says("What you typed here on 2 March 2026"));
    CHECK(world.value("Description") == "Which version of FHIR?");
    CHECK(world.page.focused() == "main/h1");
    CHECK_FALSE(world.says("is not open now"));
    CHECK(world.kept().cases.size() > 0);
}

TEST_CASE("a page that nobody typed on says nothing") {
    TypingWorld world;
    world.ask("Which version of FHIR?");
    world.go("#/agreements/CNTR0000005");
    CHECK_FALSE(world.says("is still here"));
    CHECK_FALSE(world.page.has(Role::button, "Throw away what I typed"));
}

TEST_CASE("what was typed survives a reload, checkboxes and selections too") {
    TypingWorld world;
    world.go("#/team/agreements/create");
    const auto account = world.page.find(Role::select, "Account").options.at(2);
    world.page.choose("Account", account.label);
    const auto product = world.kept().products.begin()->second.name;
    world.page.tick(Role::checkbox, product);
    world.page.tick(Role::checkbox, "This replaces a paper agreement of version 5");
    world.look();
    Reloaded again(world, "#/team/agreements/create");
    CHECK(again.page.find(Role::select, "Account").value == account.value);
    CHECK(again.page.find(Role::checkbox, product).checked == semantics::Toggle::on);
    CHECK(again.page.find(Role::checkbox, "This replaces a paper agreement of version 5").checked ==
          semantics::Toggle::on);
    CHECK(again.page.has(Role::button, "Throw away what I typed"));
}

TEST_CASE("what was typed for one request is not put in the place of another's") {
    TypingWorld world;
    world.act_as("API product team");
    world.go("#/team/requests");
    for (const auto* note : {"first", "second"}) {
        world.page.choose("Account", world.page.find(Role::select, "Account").options.at(note[0] == 'f' ? 1 : 2).label);
        world.page.tick(Role::checkbox, world.kept().products.begin()->second.name);
        world.type(Role::textbox, "Note", note);
        world.click(Role::button, "Send request");
    }
    std::vector<std::string> numbers, accounts;
    for (const auto& [number, request] : world.kept().requests)
        if (request.note == "first" || request.note == "second")
            numbers.push_back(number), accounts.push_back(request.account);
    REQUIRE(numbers.size() == 2);
    world.act_as("Agreement team");
    world.go("#/team/agreements/create?request=" + numbers[0]);
    world.page.choose("Account", world.page.find(Role::select, "Account").options.at(3).label);
    world.go("#/team/agreements/create?request=" + numbers[1]);
    CHECK(world.page.find(Role::select, "Account").value == accounts[1]);
    CHECK_FALSE(world.says("is still here"));
}

TEST_CASE("what one person typed is there for that person only") {
    TypingWorld world;
    world.ask("between us only");
    world.act_as("Agreement team");
    CHECK(world.page.dump().find("between us only") == std::string::npos);
    CHECK_FALSE(world.says("is still here"));
    world.act_as("Grace Whitlock");
    CHECK(world.value("Description") == "between us only");
}

TEST_CASE("what was sent is no draft any more, also where its page was left before it was saved") {
    TypingWorld world;
    world.ask("Which version of FHIR?");
    REQUIRE(world.platform.drafts.size() == 1);
    world.click(Role::button, "Submit");
    CHECK(world.platform.drafts.empty());
    world.go("#/help");
    world.go("#/agreements/CNTR0000008");
    CHECK_FALSE(world.says("is still here"));
    CHECK_FALSE(world.page.has(Role::textbox, "Description"));
}

TEST_CASE("what was refused is kept") {
    TypingWorld world;
    world.act_as("Agreement team");
    world.go("#/team/accounts");
    world.type(Role::textbox, "Organisation name", "Half a form");
    world.click(Role::button, "Register account");
    REQUIRE(world.page.has(Role::heading, "There is a problem"));
    world.go("#/help");
    world.go("#/team/accounts");
    CHECK(world.value("Organisation name") == "Half a form");
}

TEST_CASE("sending one form of a page leaves what was typed into another") {
    TypingWorld world;
    world.act_as("Agreement team");
    std::string number;
    for (const auto& [key, item] : world.kept().cases)
        if (item.state != lifecycle::CaseState::closed) number = key;
    world.go("#/cases/" + number);
    world.type(Role::textbox, "Message", "half a thought");
    world.type(Role::textbox, "Email address", "watcher@larkfield.example");
    world.click(Role::button, "Add to watch list");
    world.go("#/help");
    world.go("#/cases/" + number);
    CHECK(world.value("Message") == "half a thought");
    CHECK(world.value("Email address").empty());
    CHECK(world.says("is still here"));
}

TEST_CASE("it can be thrown away") {
    TypingWorld world;
    world.ask("Which version of FHIR?");
    world.go("#/help");
    world.go("#/agreements/CNTR0000008");
    world.click(Role::button, "Throw away what I typed");
    CHECK_FALSE(world.says("is still here"));
    CHECK_FALSE(world.page.has(Role::textbox, "Description"));
    CHECK(world.platform.drafts.empty());
    world.click(Role::button, "Raise a query");
    CHECK(world.value("Description").empty());
}

TEST_CASE("what was typed back to how it was is no draft") {
    TypingWorld world;
    world.ask("x");
    world.type(Role::textbox, "Description", "");
    CHECK(world.platform.drafts.empty());
}

TEST_CASE("that terms were read is to be ticked anew, and ERASE typed anew") {
    TypingWorld world;
    world.act_as("Grace Whitlock");
    world.go("#/nomination");
    world.click(Role::button, "Submit nomination");
    world.go("#/agreements/CNTR0000008");
    world.page.tick(Role::checkbox, "I have read and understood the terms and conditions");
    world.go("#/data");
    world.go("#/agreements/CNTR0000008");
    CHECK(world.page.find(Role::checkbox, "I have read and understood the terms and conditions").checked ==
          semantics::Toggle::off);
    world.act_as("Agreement team");
    world.go("#/data");
    world.type(Role::textbox, "Type ERASE to confirm", "ERASE");
    world.go("#/help");
    world.go("#/data");
    CHECK(world.value("Type ERASE to confirm").empty());
    CHECK(world.platform.drafts.empty());
}

TEST_CASE("a reason comes back to the form that it was typed for") {
    TypingWorld world;
    std::string active;
    for (const auto& [number, agreement] : world.kept().agreements)
        if (agreement.state == lifecycle::State::active && !agreement.end_date) active = number;
    world.go("#/agreements/" + active);
    world.click(Role::button, "Terminate");
    world.type(Role::textbox, "Day", "30");
    world.type(Role::textbox, "Month", "6");
    world.type(Role::textbox, "Year", "2026");
    world.type(Role::textbox, "Reason", "The service closes.");
    Reloaded again(world, "#/agreements/" + active);
    CHECK(again.page.has(Role::heading, "Terminate the agreement"));
    CHECK(again.page.find(Role::textbox, "Day").value == "30");
    CHECK(again.page.find(Role::textbox, "Year").value == "2026");
    CHECK(again.page.find(Role::textbox, "Reason").value == "The service closes.");
    CHECK(world.kept().find_agreement(active)->end_date == std::nullopt);
}

TEST_CASE("what has no form any more is shown in words") {
    TypingWorld world;
    std::string draft;
    for (const auto& [number, agreement] : world.kept().agreements)
        if (agreement.state == lifecycle::State::draft) draft = number;
    world.go("#/agreements/" + draft);
    world.click(Role::button, "Withdraw");
    world.type(Role::textbox, "Reason", "Made twice.");
    world.go("#/help");
    // Somebody else has done it meanwhile.
    bool withdrawn = false;
    world.store.commit(
        [&](const lifecycle::Workspace& fresh) -> Result<std::vector<lifecycle::Event>> {
            auto decided =
                lifecycle::decide(fresh, {"withdraw", {{"number", draft}, {"reason", std::string("Other words.")}}},
                                  {lifecycle::Role::agreement_team, "Sam"}, world.platform.clock);
            if (!decided) return std::unexpected(decided.error());
            return decided->events;
        },
        [&](Result<journal::Committed> done) { withdrawn = done.has_value(); });
    REQUIRE(withdrawn);
    Reloaded again(world, "#/agreements/" + draft);
    CHECK(again.page.words().find("The form that this was for is not open now") != std::string::npos);
    CHECK(again.page.words().find("Made twice.") != std::string::npos);
}

TEST_CASE("practice has drafts of its own, which vanish with it") {
    TypingWorld world;
    world.ask("before");
    world.click(Role::button, "Practice with time");
    CHECK(world.value("Description") == "before");
    const auto kept = world.platform.drafts;
    world.type(Role::textbox, "Description", "in practice");
    world.go("#/help");
    world.go("#/agreements/CNTR0000008");
    CHECK(world.value("Description") == "in practice");
    CHECK(world.platform.drafts == kept);
    world.click(Role::button, "Leave practice mode");
    CHECK(world.value("Description") == "before");
    CHECK(world.platform.drafts == kept);
}

TEST_CASE("two windows that type on one page keep each field as it was typed last") {
    TypingWorld world;
    world.go("#/team/accounts");
    Reloaded other(world, "#/team/accounts");
    world.type(Role::textbox, "Organisation name", "From the first");
    other.page.type(Role::textbox, "ODS code", "X26");
    other.look();
    other.page.type(Role::textbox, "Organisation name", "From the second");
    other.look();
    Reloaded third(world, "#/team/accounts");
    CHECK(third.page.find(Role::textbox, "ODS code").value == "X26");
    CHECK(third.page.find(Role::textbox, "Organisation name").value == "From the second");
    CHECK(world.value("Organisation name") == "From the first");  // nothing jumps under somebody's hands
}

TEST_CASE("where nothing is kept, drafts last as long as the page, and it says so") {
    TypingWorld world;
    world.platform.drafts_refused = Error{"not_kept", "What you type is kept only until this page is left.", ""};
    world.ask("Which version of FHIR?");
    CHECK(world.says("What you type is kept only until this page is left."));
    world.go("#/help");
    world.go("#/agreements/CNTR0000008");
    CHECK(world.value("Description") == "Which version of FHIR?");
}

TEST_CASE("drafts are no part of the journal or a backup, and are erased with the workspace") {
    TypingWorld world;
    world.ask("between us only");
    const auto files = world.medium->list().value();
    for (const auto& name : files) CHECK(world.medium->read(name).value().find("between us only") == std::string::npos);
    CHECK(world.store.backup().find("between us only") == std::string::npos);
    world.act_as("Agreement team");
    world.go("#/data");
    world.type(Role::textbox, "Type ERASE to confirm", "ERASE");
    world.click(Role::button, "Erase this workspace");
    CHECK(world.platform.drafts.empty());
}

TEST_CASE("a draft is read back as it was written, and nothing else is taken for one") {
    const app::Draft draft{.at = parse_instant(SampleWorld::today).value(),
                           .person = "visitor",
                           .page = "#/register",
                           .fields = {{.form = "main/register",
                                       .form_name = "Register",
                                       .key = "main/register/name",
                                       .label = "Full name",
                                       .value = "Jo \"\\\n\t\u202e 张",
                                       .opener = ""}}};
    const auto text = app::to_text(draft);
    CHECK(app::draft_of(text) == draft);
    CHECK(app::draft_of("") == std::nullopt);
    for (std::size_t length = 0; length < text.size(); ++length)
        CHECK(app::draft_of(std::string_view(text).substr(0, length)) == std::nullopt);
}
