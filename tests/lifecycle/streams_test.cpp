#include "lifecycle/streams.h"

#include "lifecycle/engine.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::lifecycle;

namespace {

Event entry(std::string text, bool visible) {
    return {.at = {1000},
            .by = {Role::agreement_team, "Priya"},
            .account = "YGA12",
            .entity = "CS0000001",
            .body = CaseEntryAdded{
                .number = "CS0000001", .author = "Priya", .text = std::move(text), .visible_to_customer = visible}};
}
Event opened() {
    return {.at = {1000},
            .by = {Role::contact, "jo@acme.example"},
            .account = "YGA12",
            .entity = "CS0000001",
            .body = CaseOpened{
                .number = "CS0000001", .kind = CaseKind::query, .agreement = "CNTR0000001", .opened_by = "Jo"}};
}

// Folded one command after the other, as a steward does; and what each stream then holds.
struct Shared {
    Workspace whole;
    std::vector<Event> all;
    void record(const std::vector<Event>& events) {
        for (auto& event : in_streams(whole, events)) {
            apply(whole, event);
            all.push_back(std::move(event));
        }
    }
    Workspace of(std::string_view stream) const {
        Workspace alone;
        for (const auto& event : all)
            if (event.account == stream) apply(alone, event);
        return alone;
    }
};

}  // namespace

TEST_CASE("What contacts may not see stands in a stream that they do not read") {
    Shared shared;
    shared.record({opened()});
    shared.record({entry("Hello", true)});
    shared.record({entry("They are slow", false)});
    shared.record({entry("Thank you", true)});
    CHECK(shared.all[2].account == "YGA12/nhse");
    for (const auto& event : shared.all)
        if (event.account == "YGA12")
            if (const auto* said = std::get_if<CaseEntryAdded>(&event.body)) CHECK(said->text != "They are slow");

    const auto& whole = shared.whole.find_case("CS0000001")->activity;
    REQUIRE(whole.size() == 3);
    const auto alone = shared.of("YGA12");
    const auto& seen = alone.find_case("CS0000001")->activity;
    REQUIRE(seen.size() == 3);  // at the same places, so that what names an entry by its place names the same
    CHECK(seen[0] == whole[0]);
    CHECK(seen[1].text.empty());
    CHECK_FALSE(seen[1].visible_to_customer);
    CHECK(seen[2] == whole[2]);
}

TEST_CASE("An imported case with work notes comes to its account without them, and to the team whole") {
    Shared shared;
    Case imported{
        .number = "CS0000007", .account = "YGA12", .agreement = "CNTR0000001", .opened = {1}, .imported = true};
    imported.activity = {{.at = {1}, .author = "A", .text = "Seen"},
                         {.at = {2}, .author = "B", .text = "Note", .visible_to_customer = false}};
    shared.record({{.at = {5},
                    .by = {Role::system, ""},
                    .account = "YGA12",
                    .entity = "CS0000007",
                    .body = CaseImported{imported}}});
    CHECK(shared.whole.find_case("CS0000007")->activity.size() == 2);
    CHECK(shared.of("YGA12").find_case("CS0000007")->activity.size() == 1);
}

TEST_CASE("A request of the product team keeps its account, in the stream that only NHS England reads") {
    Shared shared;
    shared.record({{.at = {5},
                    .by = {Role::product_team, "Imani"},
                    .account = "YGA12",
                    .entity = "REQ0000001",
                    .body = AgreementRequested{.number = "REQ0000001", .products = {"pds"}, .note = "Please"}}});
    CHECK(shared.all[0].account == "YGA12/nhse");
    REQUIRE(shared.whole.requests.get("REQ0000001"));
    CHECK(shared.whole.requests.get("REQ0000001")->account == "YGA12");
    CHECK(shared.of("YGA12").requests.empty());
}

TEST_CASE("The events of one stream stand together, in the order of the first") {
    const Event a{.at = {1}, .by = {}, .account = "A", .entity = "x", .body = ReviewResumed{.number = "x", .on = {}}};
    Event b = a;
    b.account = "B";
    const auto ordered = in_streams({}, {a, b, a, b});
    CHECK(ordered == std::vector{a, a, b, b});
}
