// A portal that takes part in a shared workspace, with a steward of its own behind a broker in memory.
#include "sharing/reading.h"
#include "sharing/shared_world.h"
#include "support/portal_world.h"

#include "journal/canonical.h"
#include "sharing/invitation_link.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::sharing::test;
using ca::test::PortalWorld;
using semantics::Role;

namespace {

// What web/src/sharing.ts does, with a network that the test switches.
class PretendedHub final : public app::Hub {
public:
    explicit PretendedHub(std::string of) : person(std::move(of)), steward(state) {}

    BrokerState& begun() {
        state.now = parse_instant("2026-03-02T09:00:00Z").value();
        begin_shared(state);
        steward.work();
        return state;
    }
    void start(Hears given) override { hears = std::move(given); }
    void connect() {
        is_connected = true;
        hears.state(State::connected, "");
        flush();
    }
    void disconnect() {
        is_connected = false;
        hears.state(State::connecting, "");
    }
    void kept(std::int64_t number, bool) override { answers = std::max(answers, number); }
    std::vector<Waiting> outbox() override { return waiting; }
    void send(std::string_view id, std::string_view text) override {
        waiting.push_back(
            {.id = std::string(id), .text = std::string(text), .state = "waiting", .answer = {}, .trouble = {}});
        hears.outbox();
        if (is_connected) flush();
    }
    void answered(std::string_view id, std::string_view answer) override {
        for (auto& each : waiting)
            if (each.id == id) each.state = "answered", each.answer = answer;
    }
    void forget(std::string_view id) override {
        std::erase_if(waiting, [&](const auto& each) { return each.id == id; });
    }
    void join(std::string_view, std::string_view device, std::function<void(std::string)> refused) override {
        joined_as = device;
        refused("NHS England’s shared workspace cannot be reached now.");
    }
    void leave() override { has_left = true; }
    void ask(std::string_view, std::string_view id, std::string_view text,
             std::function<void(std::string)> done) override {
        if (!is_connected) return done("NHS England cannot be reached now, so nothing was sent.");
        sharing::SignedCommand given{.text = std::string(text),
                                     .key = keys_of("visitor").key,
                                     .signature = sharing::sign(text, keys_of("visitor"))};
        state.write({.subject = "cmd.visitor." + std::string(id), .bytes = to_text(given), .id = std::string(id)});
        steward.work();
        done("");
    }
    void find_registering(std::function<void(std::string)> found) override { found(registering); }

    // Somebody else does something.
    void by_another(const std::string& other, const std::string& command) {
        state.write({.subject = subject_of(other), .bytes = signed_text(other, command, id_of(++others)), .id = {}});
        read();
    }
    void flush() {
        for (auto& each : waiting) {
            if (each.state != "waiting") continue;
            sharing::SignedCommand given{
                .text = each.text, .key = keys_of(person).key, .signature = sharing::sign(each.text, keys_of(person))};
            state.write({.subject = subject_of(person), .bytes = to_text(given), .id = each.id});
            each.state = "sent";
        }
        hears.outbox();
        read();
    }
    void read() {
        steward.work();
        const auto request = *sharing::read_request(hears.request(answers));
        auto answer = sharing::lines_for(steward.store.log(), organisation_in_test(person), request);
        const auto& all = state.streams[std::string(sharing::answers_stream)];
        for (; answer.answered < static_cast<std::int64_t>(all.size()); ++answer.answered)
            if (all[static_cast<std::size_t>(answer.answered)].subject.ends_with(sharing::person_token(person)))
                answer.answers.push_back(all[static_cast<std::size_t>(answer.answered)].bytes);
        hears.heard(to_text(answer));
    }

    BrokerState state;
    std::string person;
    Deciding steward;
    Hears hears;
    std::vector<Waiting> waiting;
    std::int64_t answers = 0;
    bool is_connected = false, has_left = false;
    std::string joined_as, registering;
    int others = 1000;
};

std::string membership_setting(const std::string& person) {
    std::string text;
    journal::CanonicalWriter{text}.write(app::Membership{.hub = "ws://localhost:1",
                                                         .workspace = house.workspace,
                                                         .organisation = organisation_in_test(person),
                                                         .person = person,
                                                         .key = keys_of(person).key,
                                                         .device = "A test",
                                                         .since = {1'000'000}});
    return text;
}

ca::test::TestPlatform platform_of(PretendedHub& hub, const std::string& setting) {
    auto platform = PortalWorld::starting_at("2026-03-02T09:00:00Z");
    platform.shared_hub = &hub;
    platform.settings["shared"] = setting;
    return platform;
}

// Somebody's portal, connected and with the record.
struct SharedPortal {
    explicit SharedPortal(const std::string& person)
        : hub(person), world(platform_of((hub.begun(), hub), membership_setting(person)), "#/") {
        hub.connect();
        world.look();
    }
    PretendedHub hub;
    PortalWorld world;
};

const std::string create = R"({"account":"ACME1","do":"create_agreement","products":["pds"],"terms":"6.0"})";
const std::string issue = R"({"do":"issue","number":"CNTR0000001"})";

}  // namespace

TEST_CASE("In a shared workspace one is who one is, and sees what others do") {
    SharedPortal jo_at_work(jo);
    auto& [hub, world] = jo_at_work;
    world.go("#/agreements");
    CHECK_FALSE(world.shows("Acting as"));
    CHECK(world.shows("Jo Field"));
    hub.by_another(priya, create);
    hub.by_another(priya, issue);
    world.look();
    CHECK(world.says("CNTR0000001"));
    world.go("#/notifications");
    CHECK(world.says("CNTR0000001"));
}

TEST_CASE("What one does is recorded by the steward, and then shown") {
    SharedPortal jo_at_work(jo);
    auto& [hub, world] = jo_at_work;
    hub.by_another(priya, create);
    hub.by_another(priya, issue);
    world.go("#/agreements/CNTR0000001");
    world.page.tick(Role::checkbox, "I have read and understood the terms and conditions", true);
    world.click(Role::button, "Accept agreement");
    CHECK(world.says("Agreement accepted"));
    CHECK(world.kept().find_agreement("CNTR0000001")->state == lifecycle::State::active);
    CHECK(hub.waiting.empty());
}

TEST_CASE("Without a connection it waits and says so, and what became of it is told") {
    SharedPortal jo_at_work(jo);
    auto& [hub, world] = jo_at_work;
    hub.by_another(priya, create);
    hub.by_another(priya, issue);
    hub.disconnect();
    world.go("#/agreements/CNTR0000001");
    CHECK(world.says("it counts from then"));
    CHECK(world.says("before midnight at the end of"));
    world.page.tick(Role::checkbox, "I have read and understood the terms and conditions", true);
    world.click(Role::button, "Accept agreement");
    CHECK(world.says("Waiting to be sent"));
    world.go("#/data/sharing");
    CHECK(world.says("Accept: CNTR0000001"));
    CHECK(world.says("1 change waits to be sent"));
    // Meanwhile it is withdrawn.
    hub.state.write(
        {.subject = subject_of(priya),
         .bytes = signed_text(priya, R"({"do":"withdraw","number":"CNTR0000001","reason":"No"})", id_of(77)),
         .id = {}});
    hub.connect();
    world.look();
    CHECK(world.says("was not recorded"));
    CHECK(world.says("Cancelled"));
}

TEST_CASE("Without the tick nothing is sent, offline too; what was refused is told on every page") {
    SharedPortal jo_at_work(jo);
    auto& [hub, world] = jo_at_work;
    hub.by_another(priya, create);
    hub.by_another(priya, issue);
    hub.disconnect();
    world.go("#/agreements/CNTR0000001");
    world.click(Role::button, "Accept agreement");
    CHECK(world.says("Confirm that you have read and understood"));
    CHECK(hub.waiting.empty());
    world.page.tick(Role::checkbox, "I have read and understood the terms and conditions", true);
    world.click(Role::button, "Accept agreement");
    CHECK(hub.waiting.size() == 1);
    // Asked by a page that is gone, and refused.
    hub.waiting = {{.id = id_of(500),
                    .text = hub.waiting[0].text,
                    .state = "answered",
                    .answer = to_text(sharing::Answer{.id = id_of(500), .state = "refused", .message = "Too late."}),
                    .trouble = {}}};
    hub.hears.outbox();
    world.go("#/agreements");
    CHECK(world.says("1 thing that you asked for was not recorded"));
    CHECK_FALSE(world.says("waits to be sent"));
    world.go("#/data/sharing");
    CHECK(world.says("Too late."));
    world.click(Role::button, "Take off this list");
    hub.hears.outbox();
    world.look();
    CHECK_FALSE(world.says("was not recorded"));
}

TEST_CASE("What was accepted offline and comes after the window is refused in plain words") {
    SharedPortal jo_at_work(jo);
    auto& [hub, world] = jo_at_work;
    hub.by_another(priya, create);
    hub.by_another(priya, issue);
    hub.disconnect();
    world.go("#/agreements/CNTR0000001");
    world.page.tick(Role::checkbox, "I have read and understood the terms and conditions", true);
    world.click(Role::button, "Accept agreement");
    CHECK(world.says("Waiting to be sent"));
    constexpr std::int64_t days = 100;
    hub.state.now.seconds += days * 24 * 60 * 60;
    world.platform.clock = hub.state.now;
    hub.connect();
    world.look();
    CHECK(world.says("There is a problem"));
    CHECK(world.says("is Cancelled. Only a draft that is Under Review can be accepted"));
    CHECK(world.says("Nobody accepted it in its 90 days"));
    CHECK(world.kept().find_agreement("CNTR0000001")->state == lifecycle::State::cancelled);
}

TEST_CASE("What is wrong with the words alone is told without being sent") {
    SharedPortal team(priya);
    auto& [hub, world] = team;
    world.go("#/team/products");
    const auto written = hub.state.streams[std::string(sharing::commands_stream)].size();
    for (const auto& name : world.page.names(Role::button))
        if (name == "Register API product") world.click(Role::button, name);
    CHECK(hub.state.streams[std::string(sharing::commands_stream)].size() == written);
}

TEST_CASE("The team invites on the page, and a refusal comes as it is") {
    SharedPortal team(priya);
    auto& [hub, world] = team;
    world.go("#/data/sharing");
    CHECK(world.says("Jo Field"));
    world.type(Role::textbox, "Email address of a contact, or name of a colleague", "nobody@acme.example");
    world.click(Role::button, "Invite");
    CHECK(world.says("Nobody of that name is registered"));
    world.type(Role::textbox, "Email address of a contact, or name of a colleague", "jo@acme.example");
    world.click(Role::button, "Invite");
    CHECK(world.says("#/join/SU"));
    world.click(Role::button, "Copy the link");
    REQUIRE(world.platform.copied.size() == 1);
    CHECK(world.platform.copied[0].find("#/join/SU") != std::string::npos);
}

TEST_CASE("“Invite” beside a contact leads to the form with that contact in it") {
    SharedPortal team(priya);
    auto& [hub, world] = team;
    world.go("#/team/accounts");
    world.type(Role::searchbox, "Filter accounts", "jo@acme.example");
    world.click(Role::button, "Invite jo@acme.example", world.page.find(Role::table, "Contacts").key);
    CHECK(world.platform.address.starts_with("#/data/sharing?invite="));
    world.go(world.platform.address);
    world.click(Role::button, "Invite");
    CHECK(world.says("#/join/SU"));
}

TEST_CASE("“Remove access” beside a contact asks first, and then shuts all of their browsers out") {
    SharedPortal team(priya);
    auto& [hub, world] = team;
    hub.by_another(priya, R"({"do":"invite","person":"contact:jo@acme.example"})");
    world.go("#/team/accounts");
    world.type(Role::searchbox, "Filter accounts", "jo@acme.example");
    world.click(Role::button, "Remove access of jo@acme.example", world.page.find(Role::table, "Contacts").key);
    world.go(world.platform.address);
    CHECK(world.says("A test"));
    CHECK(world.says("the invitation"));
    world.click(Role::button, "Remove all of this access");
    CHECK(world.says("Access is removed"));
    for (const auto& [name, access] : world.kept().access)
        if (access.person == jo) CHECK(access.removed.has_value());
    world.go("#/team/accounts");
    world.type(Role::searchbox, "Filter accounts", "jo@acme.example");
    CHECK_FALSE(
        world.page.has(Role::button, "Remove access of jo@acme.example", world.page.find(Role::table, "Contacts").key));
}

TEST_CASE("Imports and the sample are not for a shared workspace, practice is") {
    SharedPortal team(priya);
    auto& [hub, world] = team;
    world.go("#/data");
    CHECK_FALSE(world.shows("Start with sample data"));
    CHECK_FALSE(world.shows("Import file"));
    CHECK_FALSE(world.shows("Erase"));
    const auto events = world.store.log().size();
    world.click(Role::button, "Practice with time");
    CHECK(world.store.log().size() == events);
}

TEST_CASE("An invitation is shown before it is taken up, and what is wrong with it is said") {
    PretendedHub hub(jo);
    PortalWorld world(platform_of(hub, ""), "#/");
    const sharing::InvitationLink link{.hub = "ws://localhost:1",
                                       .workspace = house.workspace,
                                       .organisation = "ACME1",
                                       .person = jo,
                                       .seed = sharing::to_user_seed(std::string(64, '1')),
                                       .until = Instant{2'000'000'000}};
    world.go("#/join/" + sharing::to_token(link));
    CHECK(world.says("jo@acme.example"));
    CHECK(world.says("ACME1"));
    world.type(Role::textbox, "Name of this browser", "Laptop");
    world.click(Role::button, "Join");
    CHECK(hub.joined_as == "Laptop");
    CHECK(world.says("cannot be reached now"));
    world.go("#/join/" + sharing::to_token(link).substr(4));
    CHECK(world.says("This link is not whole"));
    world.go("#/data/sharing");
    CHECK(world.says("This workspace is your own"));
}

TEST_CASE("A visitor registers by the link that is everybody's, and learns nothing of who is known") {
    PretendedHub hub(jo);
    hub.begun();
    hub.registering = sharing::to_token({.hub = "ws://localhost:1",
                                         .workspace = house.workspace,
                                         .organisation = "visitor",
                                         .person = "visitor",
                                         .seed = sharing::to_user_seed(std::string(64, '1'))});
    PortalWorld world(platform_of(hub, ""), "#/");
    world.go("#/register");
    CHECK(world.says("register with NHS England"));
    world.go("#/join/" + hub.registering);
    CHECK(world.shows("Register with NHS England"));
    world.click(Role::button, "Send");
    for (const char* words :
         {"Enter the ODS code of your organisation", "Enter your full name", "Enter an email address"})
        CHECK(world.says(words));
    CHECK(hub.state.streams[std::string(sharing::commands_stream)].empty());

    const auto send = [&](const char* account, const char* email) {
        world.type(Role::textbox, "ODS code of the organisation", account);
        world.type(Role::textbox, "Full name", "Lou New");
        world.type(Role::textbox, "Email address", email);
        world.click(Role::button, "Send");
        world.look();
    };
    send(" acme1 ", "lou@acme.example");
    CHECK(world.says("cannot be reached now"));
    hub.is_connected = true;
    send(" acme1 ", "lou@acme.example");
    CHECK(world.says("a message goes to lou@acme.example"));
    CHECK(world.page.find(Role::textbox, "Email address").value.empty());
    const auto invited = [&](const char* email) {
        return std::ranges::count_if(hub.steward.store.log().workspace().access, [&](const auto& each) {
            return each.second.is_invitation() && each.second.person == std::string("contact:") + email;
        });
    };
    CHECK(hub.steward.store.log().workspace().find_contact("lou@acme.example")->account == "ACME1");
    CHECK(invited("lou@acme.example") == 1);
    // An organisation that nobody knows: the same words.
    send("NOBODY1", "lou@nobody.example");
    CHECK(world.says("a message goes to lou@nobody.example"));
    CHECK(invited("lou@nobody.example") == 0);
    // Again: one message is enough. A contact of another account: none.
    send("ACME1", "lou@acme.example");
    CHECK(invited("lou@acme.example") == 1);
    send("OTHER1", "kit@acme.example");
    CHECK(invited("kit@acme.example") == 0);
    // One who was registered long since, and has no invitation left.
    send("ACME1", "kit@acme.example");
    CHECK(invited("kit@acme.example") == 1);

    world.page.tick(Role::radio, "Nominate an onboarding contact");
    world.type(Role::textbox, "Email address of the contact", "lou@acme.example");
    world.click(Role::button, "Send");
    CHECK(hub.steward.store.log().workspace().find_contact("lou@acme.example")->onboarding_contact);
}

TEST_CASE("A site that offers no link has forms for a workspace of one's own alone") {
    PretendedHub hub(jo);
    PortalWorld world(platform_of(hub, ""), "#/register");
    CHECK_FALSE(world.says("register with NHS England"));
}
