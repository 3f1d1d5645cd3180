// A small shared workspace: NHS England's Priya, an account with two contacts, another account, and what they sign.
#pragma once

#include "journal/memory_medium.h"
#include "sharing/access.h"
#include "sharing/command_text.h"
#include "sharing/person.h"
#include "sharing/signature.h"
#include "sharing/steward.h"
#include "simulated_broker.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

namespace ca::sharing::test {

inline const House house{.workspace = std::string(32, 'a'), .secret = std::string(64, '7')};
inline const std::string priya = "team:Priya Shah", jo = "contact:jo@acme.example", kit = "contact:kit@acme.example",
                         mo = "contact:mo@other.example";

inline KeyPair keys_of(const std::string& person) { return *key_pair(sha256_hex("key of " + person)); }
inline std::string organisation_in_test(const std::string& person) {
    return person == priya ? "nhse" : person == mo ? "OTHER1" : "ACME1";
}

// A command as its person's browser sends it.
inline std::string signed_text(const std::string& person, const std::string& command, std::string id,
                               const KeyPair& keys) {
    const std::string account = organisation_in_test(person) == "nhse" ? "" : organisation_in_test(person);
    SignedCommand given{.text = to_text(CommandText{.id = std::move(id),
                                                    .workspace = house.workspace,
                                                    .account = account,
                                                    .person = person,
                                                    .command = command}),
                        .key = keys.key,
                        .signature = {}};
    given.signature = sign(given.text, keys);
    return to_text(given);
}
inline std::string signed_text(const std::string& person, const std::string& command, std::string id) {
    return signed_text(person, command, std::move(id), keys_of(person));
}
inline std::string id_of(int n) { return sha256_hex("id " + std::to_string(n)).substr(0, 32); }
inline std::string subject_of(const std::string& person) {
    return "cmd." + organisation_in_test(person) + "." + person_token(person);
}

// A steward with a journal of its own in memory.
struct Deciding {
    Deciding(
        BrokerState& state, SimulatedBroker::NextFault fault = [] { return Fault::none; },
        std::unique_ptr<journal::Medium> medium = std::make_unique<journal::MemoryMedium>())
        : broker(state, std::move(fault)),
          store(std::move(medium), [] { return std::string(32, '0'); }),
          steward(broker, store, house,
                  {.access_changed = [](const auto&) {},
                   .kept = [](const auto&) {},
                   .answered = [](const auto&) {},
                   .invited = [](const auto& invitation) { return "#/join/" + invitation.seed; },
                   .turned_away = [](auto, const auto&) {}}) {
        store.open([](Result<> opened) { REQUIRE(opened.has_value()); });
    }
    // Until nothing waits; what the broker does not answer is asked again.
    void work() {
        const auto again = [](auto ask) {
            for (;;) {
                auto done = ask();
                if (done) return done;
                if (done.error().code != "unreachable") FAIL(done.error().code << ": " << done.error().message);
            }
        };
        again([&] { return steward.read_answers(); });
        while (*again([&] { return steward.decide_next(); })) {
        }
    }
    SimulatedBroker broker;
    journal::Store store;
    Steward steward;
};

// The events of a small workspace, and everybody's device.
inline void begin_shared(BrokerState& state) {
    Deciding first(state);
    lifecycle::Workspace trial;
    std::vector<lifecycle::Event> events;
    const lifecycle::Actor team{lifecycle::Role::agreement_team, "Priya Shah"};
    const auto give = [&](const char* text) {
        auto step = lifecycle::step(trial, *read_command(text), team, state.now);
        if (!step.decision) FAIL(std::string(text) << ": " << step.decision.error().message);
        std::ranges::move(step.decision->events, std::back_inserter(events));
    };
    give(R"({"do":"register_account","ods_code":"ACME1","name":"Acme","company_number":"01234567"})");
    give(R"({"do":"register_account","ods_code":"OTHER1","name":"Other","company_number":"07654321"})");
    give(R"({"do":"register_contact","account":"ACME1","name":"Jo Field","email":"jo@acme.example"})");
    give(R"({"do":"register_contact","account":"ACME1","name":"Kit Moss","email":"kit@acme.example"})");
    give(R"({"do":"register_contact","account":"OTHER1","name":"Mo Hall","email":"mo@other.example"})");
    give(R"({"do":"nominate","account":"ACME1","email":"jo@acme.example"})");
    give(R"({"do":"nominate","account":"ACME1","email":"kit@acme.example"})");
    give(R"({"do":"nominate","account":"OTHER1","email":"mo@other.example"})");
    give(R"({"do":"register_product","id":"pds","name":"Personal Demographics"})");
    give(
        R"({"do":"publish_terms","version":"6.0","title":"Terms","standard_terms":"# Terms\n\nWords.","uplift":false})");
    for (const auto& person : {priya, jo, kit, mo}) {
        const auto actor = *read_actor(person);
        const std::string account = organisation_in_test(person) == "nhse" ? "" : organisation_in_test(person);
        events.push_back(
            {.at = state.now,
             .by = actor,
             .account = account,
             .entity = actor.name,
             .body = lifecycle::DeviceAdmitted{.person = person,
                                               .invitation = to_user(sha256_hex("invitation of " + person)),
                                               .key = keys_of(person).key,
                                               .user = to_user(sha256_hex("user of " + person)),
                                               .device = "A test"}});
    }
    const auto done = first.steward.record(events);
    if (!done) FAIL(done.error().message);
}

}  // namespace ca::sharing::test
