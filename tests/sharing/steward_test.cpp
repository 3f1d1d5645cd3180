#include "shared_world.h"

#include "sharing/reading.h"
#include "sharing/record_lines.h"

#include <doctest/doctest.h>

#include <random>

using namespace ca;
using namespace ca::sharing;
using namespace ca::sharing::test;

namespace {

struct Give {
    std::string person, command;
};
// A short story: it ends with one acceptance, although two ask for it, and a withdrawal that comes too late.
std::vector<Give> story() {
    return {{priya, R"({"account":"ACME1","do":"create_agreement","products":["pds"],"terms":"6.0"})"},
            {priya, R"({"do":"issue","number":"CNTR0000001"})"},
            {jo, R"({"description":"What is it?","do":"raise_query","number":"CNTR0000001"})"},
            {priya, R"({"case":"CS0000001","do":"work_note","text":"Slow"})"},
            {priya, R"({"case":"CS0000001","do":"reply","text":"All of it"})"},
            {mo, R"({"do":"accept","number":"CNTR0000001","read_and_understood":true})"},
            {jo, R"({"do":"accept","number":"CNTR0000001","read_and_understood":true})"},
            {kit, R"({"do":"accept","number":"CNTR0000001","read_and_understood":true})"},
            {priya, R"({"do":"withdraw","number":"CNTR0000001","reason":"Too late"})"},
            {priya, R"({"account":"OTHER1","do":"create_agreement","products":["pds"],"terms":"6.0"})"}};
}
void give_all(BrokerState& state) {
    int n = 0;
    for (const auto& [person, command] : story()) {
        ++state.now.seconds;
        REQUIRE(
            state.write({.subject = subject_of(person), .bytes = signed_text(person, command, id_of(++n)), .id = {}}));
    }
}
std::string record_of(const BrokerState& state) {
    std::string all;
    for (const auto& message : state.streams.at(std::string(record_stream)))
        all += message.subject + "\n" + message.bytes;
    return all;
}
std::map<std::string, Answer> answers_in(const BrokerState& state) {
    std::map<std::string, Answer> answers;
    for (const auto& message : state.streams.at(std::string(answers_stream)))
        answers.emplace(read_answer(message.bytes)->id, *read_answer(message.bytes));
    return answers;
}

}  // namespace

TEST_CASE("A steward decides in the broker's order, and answers whoever asked") {
    BrokerState state;
    begin_shared(state);
    give_all(state);
    Deciding one(state);
    one.work();
    const auto answers = answers_in(state);
    REQUIRE(answers.size() == story().size());
    CHECK(answers.at(id_of(1)).number == "CNTR0000001");
    CHECK(answers.at(id_of(7)).is_recorded());
    CHECK(answers.at(id_of(8)).is_refused());
    CHECK(answers.at(id_of(9)).is_refused());
    CHECK(answers.at(id_of(6)).is_refused());
    CHECK(one.store.log().workspace().find_agreement("CNTR0000001")->accepted_by == "Jo Field");
    CHECK(one.store.log().find(entry_id_of_command(id_of(7))) != 0);
    for (const auto& message : state.streams.at(std::string(record_stream))) {
        if (message.subject == "rec.ACME1") CHECK(message.bytes.find("Slow") == std::string::npos);
        if (message.subject == "rec.OTHER1") CHECK(message.bytes.find("ACME1") == std::string::npos);
    }
}

TEST_CASE("Whatever fails or dies, and whichever steward goes on: the record is the same, byte for byte") {
    BrokerState plain;
    begin_shared(plain);
    give_all(plain);
    Deciding(plain).work();
    const auto wanted = record_of(plain);
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 random(seed);
        BrokerState state;
        begin_shared(state);
        give_all(state);
        const auto fault = [&] {
            const auto n = random() % 24;
            return n < 4 ? static_cast<Fault>(n + 1) : Fault::none;
        };
        // Each comes with an empty journal: what it has, it has from the record.
        for (int lives = 0; lives < 400; ++lives) {
            try {
                Deciding steward(
                    state, lives < 300 ? SimulatedBroker::NextFault(fault) : [] { return Fault::none; });
                steward.work();
                break;
            } catch (const Died&) {
            }
        }
        REQUIRE(record_of(state) == wanted);
        const auto answers = answers_in(state);
        for (const auto& [id, answer] : answers_in(plain)) {
            REQUIRE(answers.contains(id));
            CHECK(to_text(answers.at(id)) == to_text(answer));
        }
    }
}

TEST_CASE("Two stewards at once write one record") {
    BrokerState plain;
    begin_shared(plain);
    give_all(plain);
    Deciding(plain).work();
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 random(seed);
        BrokerState state;
        begin_shared(state);
        give_all(state);
        Deciding other(state);
        bool inside = false;
        // While one asks the broker, the other may do anything.
        Deciding one(state, [&] {
            if (!inside && random() % 3 == 0) {
                inside = true;
                for (auto n = random() % 4; n > 0; --n) (void)other.steward.decide_next();
                inside = false;
            }
            return Fault::none;
        });
        one.work();
        other.work();
        REQUIRE(record_of(state) == record_of(plain));
        CHECK(one.store.log().head() == other.store.log().head());
    }
}

TEST_CASE("Time is a command too: what falls due is recorded at its own instant, also after days down") {
    BrokerState state;
    begin_shared(state);
    state.write(
        {.subject = subject_of(priya),
         .bytes = signed_text(priya, R"({"account":"ACME1","do":"create_agreement","products":["pds"],"terms":"6.0"})",
                              id_of(1)),
         .id = {}});
    state.write({.subject = subject_of(priya),
                 .bytes = signed_text(priya, R"({"do":"issue","number":"CNTR0000001"})", id_of(2)),
                 .id = {}});
    Deciding one(state);
    one.work();
    const auto due = one.steward.next_due();
    REQUIRE(due);
    // An acceptance that was written without a network and comes when its window has passed.
    state.now = {due->seconds + 86'400 * 3};
    state.write(
        {.subject = subject_of(jo),
         .bytes = signed_text(jo, R"({"do":"accept","number":"CNTR0000001","read_and_understood":true})", id_of(3)),
         .id = {}});
    one.work();
    const auto* agreement = one.store.log().workspace().find_agreement("CNTR0000001");
    CHECK(agreement->state == lifecycle::State::cancelled);
    CHECK(agreement->ended_at == *due);
    const auto answer = answers_in(state).at(id_of(3));
    CHECK(answer.is_refused());
    CHECK(answer.message.find("Cancelled") != std::string::npos);
}

TEST_CASE("A tick before its time changes nothing, and one at it does") {
    BrokerState state;
    begin_shared(state);
    state.write(
        {.subject = subject_of(priya),
         .bytes = signed_text(priya, R"({"account":"ACME1","do":"create_agreement","products":["pds"],"terms":"6.0"})",
                              id_of(1)),
         .id = {}});
    state.write({.subject = subject_of(priya),
                 .bytes = signed_text(priya, R"({"do":"issue","number":"CNTR0000001"})", id_of(2)),
                 .id = {}});
    Deciding one(state);
    one.work();
    const auto due = *one.steward.next_due();
    state.now = {due.seconds - 1};
    REQUIRE(one.steward.say_time(due, 0));
    one.work();
    CHECK(one.store.log().workspace().find_agreement("CNTR0000001")->state == lifecycle::State::draft);
    state.now = due;
    REQUIRE(one.steward.say_time(due, 1));
    one.work();
    CHECK(one.store.log().workspace().find_agreement("CNTR0000001")->state == lifecycle::State::cancelled);
}

TEST_CASE("What is not a command of its person is turned away, and nothing comes of it") {
    BrokerState state;
    begin_shared(state);
    Deciding one(state);
    one.work();
    const auto before = one.store.log().head();
    const std::string issue = R"({"do":"issue","number":"CNTR0000001"})";
    const auto turned = [&](const std::string& subject_person, std::string bytes) {
        const Arrived arrived{.number = 1,
                              .at = state.now,
                              .organisation = organisation_in_test(subject_person),
                              .person = person_token(subject_person),
                              .bytes = std::move(bytes)};
        const auto decided = decide(one.store.log(), arrived, house);
        CHECK(decided.events.empty());
        return decided.turned_away;
    };
    CHECK(turned(jo, "{}") == "bad_command");
    CHECK(turned(jo, std::string(2'000'000, 'x')) == "too_large");
    CHECK(turned(jo, signed_text(priya, issue, id_of(1))) == "another_person");
    CHECK(turned(jo, signed_text(kit, issue, id_of(1))) == "another_person");
    CHECK(turned(jo, signed_text(jo, issue, id_of(1), keys_of(kit))) == "unknown_key");
    CHECK(turned(jo, signed_text(jo, "not a command", id_of(1))) == "bad_command");
    auto changed = signed_text(jo, issue, id_of(1));
    changed.replace(changed.find("CNTR0000001"), 11, "CNTR0000002");
    CHECK(turned(jo, changed) == "bad_signature");
    CHECK(one.store.log().head() == before);
}

TEST_CASE("An invitation is good once, for its person, for 14 days, and for whoever holds its key") {
    BrokerState state;
    begin_shared(state);
    Deciding one(state);
    one.work();
    auto workspace = one.store.log().workspace();
    const auto keys = invitation_keys(house, "n");
    const auto invited = invite(workspace, jo, keys.user, {lifecycle::Role::agreement_team, "Priya Shah"}, state.now);
    REQUIRE(invited);
    CHECK_FALSE(invite(workspace, jo, keys.user, {lifecycle::Role::contact, "jo@acme.example"}, state.now));
    CHECK_FALSE(
        invite(workspace, "contact:nobody@acme.example", keys.user, {lifecycle::Role::agreement_team, "P"}, state.now));
    lifecycle::apply(workspace, *invited);
    Join wanted{.invitation = keys.user,
                .user = to_user(std::string(64, '5')),
                .device = "x",
                .person = jo,
                .key = std::string(64, '6')};
    const Instant last{state.now.seconds + invitation_days * 86'400 - 1};
    CHECK(join(workspace, wanted, last));
    CHECK(join(workspace, wanted, {last.seconds + 1}).error().message.find("was good until") != std::string::npos);
    auto other = wanted;
    other.person = kit;
    CHECK(join(workspace, other, last).error().code == "bad_invitation");
    other = wanted;
    other.invitation = to_user(std::string(64, '4'));
    CHECK(join(workspace, other, last).error().code == "bad_invitation");
    lifecycle::apply(workspace, *join(workspace, wanted, last));
    other = wanted;
    other.key = std::string(64, '3');
    CHECK(join(workspace, other, last).error().message.find("used already") != std::string::npos);
    CHECK(admitted(workspace, wanted.key, jo));
    CHECK_FALSE(admitted(workspace, wanted.key, kit));
    lifecycle::apply(workspace, *remove_access(workspace, wanted.key, {lifecycle::Role::agreement_team, "P"}, last));
    CHECK_FALSE(admitted(workspace, wanted.key, jo));
}

TEST_CASE("A browser has what it may read, in pieces, and its streams follow one another") {
    BrokerState state;
    begin_shared(state);
    give_all(state);
    Deciding one(state);
    one.work();
    for (const std::string organisation : {"nhse", "ACME1", "OTHER1"}) {
        journal::Store browser(std::make_unique<journal::MemoryMedium>(), [] { return std::string(32, '0'); });
        browser.open([](Result<>) {});
        for (bool more = true; more;) {
            const auto text =
                to_text(lines_for(one.store.log(), organisation, request_for(browser.log(), organisation, 0)));
            const auto answer = *read_read_answer(text);
            browser.adopt(answer.lines, [](Result<journal::Committed> done) { REQUIRE(done.has_value()); });
            // What comes twice is known already.
            browser.adopt(answer.lines, [](Result<journal::Committed> done) { CHECK(done->count == 0); });
            more = answer.more;
        }
        if (organisation == "nhse") CHECK(browser.log().head() == one.store.log().head());
        else {
            CHECK(browser.log().stream(organisation).size() == one.store.log().stream(organisation).size());
            CHECK(browser.log().stream("").size() == one.store.log().stream("").size());
            CHECK(browser.log().stream(organisation + "/nhse").empty());
            CHECK(browser.log().workspace().accounts.size() == 1);
        }
    }
}

TEST_CASE("Lines that do not follow are not taken in, and say why") {
    BrokerState state;
    begin_shared(state);
    give_all(state);
    Deciding one(state);
    one.work();
    const auto& log = one.store.log();
    journal::Store browser(std::make_unique<journal::MemoryMedium>(), [] { return std::string(32, '0'); });
    browser.open([](Result<>) {});
    const auto code = [&](const std::string& lines) {
        std::string given;
        browser.adopt(lines, [&](Result<journal::Committed> done) { given = done ? "" : done.error().code; });
        return given;
    };
    const auto numbers = log.stream("ACME1");
    const std::string first = log.line_at(numbers[0]) + "\n", second = log.line_at(numbers[1]) + "\n";
    CHECK(code(second) == "gap");
    CHECK(code(first) == "");
    auto changed = second;
    changed[changed.find("\"at\"") + 8] = '9';
    CHECK(code(changed) == "bad_hash");
    CHECK(code(second) == "");
    CHECK(code("nonsense\n") == "bad_entry");
    for (const std::int64_t position : {std::int64_t{0}, std::int64_t{-1}}) {
        auto entry = log.entry(numbers[0]);
        entry.place.position = position;
        entry.hash = journal::hash_of(entry.previous, journal::canonical_bytes(entry));
        CHECK(code(journal::to_line(entry) + "\n") != "");  // places count from 1
    }
    CHECK(browser.log().size() == 2);
}

TEST_CASE("A broker that has lost the record, or its end, gets it back from a steward's journal") {
    BrokerState state;
    begin_shared(state);
    give_all(state);
    Deciding one(state);
    one.work();
    const auto head = one.store.log().head();
    auto& record = state.streams[std::string(record_stream)];
    for (const std::size_t left : {record.size() / 2, std::size_t{0}}) {
        record.resize(left);
        state.ids.clear();
        // As it starts again.
        SimulatedBroker broker(state);
        Steward again(broker, one.store, house,
                      {.access_changed = [](const auto&) {},
                       .kept = [](const auto&) {},
                       .answered = {},
                       .invited = {},
                       .turned_away = {}});
        REQUIRE(again.catch_up());
        REQUIRE(again.mend_record());
        Deciding other(state);
        REQUIRE(other.steward.catch_up());
        CHECK(other.store.log().head() == head);
    }
}
