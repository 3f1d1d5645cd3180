// A small world for tests: one account with an onboarding contact, one product, terms 6.0, and short ways to act in it.
#pragma once

#include "lifecycle/engine.h"
#include "lifecycle/views.h"

#include <doctest/doctest.h>

namespace ca::lifecycle {

inline Instant at(const char* text) {
    const auto instant = parse_instant(text);
    REQUIRE_MESSAGE(instant.has_value(), text);
    return *instant;
}

inline Date on(const char* text) {
    const auto date = parse_date(text);
    REQUIRE_MESSAGE(date.has_value(), text);
    return *date;
}

class World {
public:
    Workspace workspace;
    Instant now = at("2025-08-01T08:15:00Z");
    Actor team{Role::agreement_team, "Priya Shah"};
    Actor jo{Role::contact, "jo@acme.example"};

    World() {
        must("register_account", {{"ods_code", text("YGA12")}, {"name", text("Acme Health")}});
        must("register_product", {{"id", text("eps")}, {"name", text("EPS API")}});
        must("register_contact",
             {{"account", text("YGA12")}, {"name", text("Jo Field")}, {"email", text("jo@acme.example")}});
        must("nominate", {{"account", text("YGA12")}, {"email", text("jo@acme.example")}});
        publish("6.0", false);
    }

    static Value text(std::string value) { return value; }

    Step take(const Actor& actor, std::string verb, std::map<std::string, Value> arguments) {
        return step(workspace, {std::move(verb), std::move(arguments)}, actor, now);
    }
    Decision must(const std::string& verb, std::map<std::string, Value> arguments) {
        return must(team, verb, std::move(arguments));
    }
    Decision must(const Actor& actor, const std::string& verb, std::map<std::string, Value> arguments) {
        const Step done = take(actor, verb, std::move(arguments));
        REQUIRE_MESSAGE(done.decision.has_value(),
                        verb << ": " << (done.decision ? "" : done.decision.error().message));
        return *done.decision;
    }
    void publish(const char* version, bool uplift) {
        must("publish_terms", {{"version", text(version)},
                               {"title", text("Terms")},
                               {"standard_terms", text("# Terms")},
                               {"uplift", uplift}});
    }
    std::string create(const char* terms = "6.0") {
        return *must(
                    "create_agreement",
                    {{"account", text("YGA12")}, {"products", std::vector<std::string>{"eps"}}, {"terms", text(terms)}})
                    .number;
    }
    void issue(const std::string& number) { must("issue", {{"number", number}}); }
    void accept(const std::string& number) { must(jo, "accept", {{"number", number}, {"read_and_understood", true}}); }
    std::string active() {
        const std::string number = create();
        issue(number);
        accept(number);
        return number;
    }
    std::string query(const std::string& number) {
        return *must(jo, "raise_query", {{"number", number}, {"description", text("Why?")}}).case_number;
    }
    std::vector<Event> go_to(const char* instant) {
        now = at(instant);
        return take(team, "advance", {}).fell_due;
    }
    void keep(EventBody body, std::string entity) {
        apply(workspace, {.at = now,
                          .by = {.role = Role::system},
                          .account = "YGA12",
                          .entity = std::move(entity),
                          .body = std::move(body)});
    }
    const Agreement& agreement(const std::string& number) const {
        const Agreement* found = workspace.find_agreement(number);
        REQUIRE_MESSAGE(found, number);
        return *found;
    }
    AgreementView shown(const std::string& number) const { return view(workspace, agreement(number), now); }
};

}  // namespace ca::lifecycle
