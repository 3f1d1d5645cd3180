#include "lifecycle/explain.h"
#include "lifecycle/world.h"

#include <algorithm>

using namespace ca;
using namespace ca::lifecycle;

namespace {

std::string what_comes(const World& world, const std::string& number) {
    std::string text;
    for (const auto& each : upcoming(world.workspace, world.agreement(number), world.now))
        text += format_iso(each.at) + " " + each.rule + ";";
    return text;
}

std::string spans(const World& world, const std::string& number) {
    const auto deadline = explain_deadline(world.workspace, world.agreement(number), world.now);
    REQUIRE(deadline.has_value());
    std::string text;
    for (const auto& span : deadline->spans)
        text +=
            std::string(to_words(span.kind)) + " " + format_iso(span.from) + " " + std::to_string(span.days()) + ";";
    return text;
}

std::string headline(const World& world, const std::string& number) {
    const auto deadline = explain_deadline(world.workspace, world.agreement(number), world.now);
    REQUIRE(deadline.has_value());
    return deadline->headline + " | " + deadline->rule;
}

bool needs(const World& world, Attention what, const std::string& subject) {
    return std::ranges::any_of(needs_attention(world.workspace, world.now), [&](const NeedsAttention& each) {
        return each.what == what && each.subject == subject;
    });
}

}  // namespace

TEST_CASE("why somebody cannot accept is what accept would say, before the button is pressed (R15)") {
    World world;
    const std::string number = world.create();
    const auto why = [&](const Actor& actor) {
        const auto error = why_not_accept(world.workspace, actor, world.agreement(number), world.now);
        return error ? error->code : "";
    };
    CHECK(why(world.team) == "not_permitted");
    CHECK(why({Role::contact, "nobody@acme.example"}) == "unknown_contact");
    CHECK(why(world.jo) == "wrong_state");
    world.issue(number);
    CHECK(why(world.jo) == "");
    world.must(
        "register_contact",
        {{"account", World::text("YGA12")}, {"name", World::text("Sam")}, {"email", World::text("sam@acme.example")}});
    CHECK(why({Role::contact, "sam@acme.example"}) == "not_an_onboarding_contact");
    world.now = at("2025-10-30T00:00:00Z");  // seen before what fell due was applied
    CHECK(why(world.jo) == "wrong_state");
}

TEST_CASE("deadlines in words and spans: a draft to accept") {
    World world;
    const std::string number = world.create();
    CHECK(headline(world, number) == "Day 1 of 90 – last day to accept: 29 October 2025 | T4");
    world.go_to("2025-08-08T10:00:00Z");
    CHECK_FALSE(needs(world, Attention::issue_overdue, number));
    world.go_to("2025-08-09T10:00:00Z");
    CHECK(needs(world, Attention::issue_overdue, number));
    world.go_to("2025-09-06T10:00:00Z");
    world.issue(number);
    CHECK(headline(world, number) == "Day 37 of 90 – last day to accept: 29 October 2025 | N4");
    CHECK(spans(world, number) == "running 2025-08-01 90;");
    CHECK(what_comes(world, number) == "2025-10-30T00:00:00Z N4;");
    CHECK(next_due(world.workspace, world.now) == at("2025-10-30T00:00:00Z"));
    world.accept(number);
    CHECK_FALSE(explain_deadline(world.workspace, world.agreement(number), world.now).has_value());
    CHECK(what_comes(world, number).empty());
    CHECK_FALSE(next_due(world.workspace, world.now).has_value());
}

TEST_CASE("deadlines in words and spans: a draft issued too late") {
    World world;
    const std::string number = world.create();
    world.go_to("2025-11-01T10:00:00Z");
    CHECK(headline(world, number) == "Day 90 of 90 – the last day was 29 October 2025, before it was issued | T4");
    CHECK(needs(world, Attention::window_elapsed, number));
}

TEST_CASE("deadlines in words and spans: a terms change, paused, resumed, held and reset") {
    World world;
    const std::string old = world.active();
    world.publish("6.1", true);
    const std::string uplift = "CNTR0000002";
    CHECK(headline(world, uplift) == "Day 1 of 30 – last day of the review: 30 August 2025 | U2");
    CHECK(what_comes(world, old) == "2025-08-30T23:00:00Z U2;");

    world.go_to("2025-08-10T10:00:00Z");
    const std::string query = world.query(uplift);
    CHECK(headline(world, uplift) == "Day 10 of 30 – last day of the review: 30 August 2025 | U5");
    CHECK(what_comes(world, uplift) == "2025-08-30T23:00:00Z U5;");
    CHECK(what_comes(world, old).empty());
    CHECK(needs(world, Attention::query_on_running_clock, uplift));

    world.must("pause", {{"number", uplift}, {"reason", World::text("A question")}});
    CHECK(spans(world, uplift) == "running 2025-08-01 9;running 2025-08-10 21;");
    CHECK(what_comes(world, uplift).empty());
    CHECK_FALSE(needs(world, Attention::query_on_running_clock, uplift));
    world.go_to("2025-08-20T10:00:00Z");
    CHECK(headline(world, uplift) == "Day 10 of 30 – the clock is paused since 10 August 2025 | U4");
    CHECK(spans(world, uplift) == "running 2025-08-01 9;paused 2025-08-10 10;running 2025-08-20 21;");
    world.must("resume", {{"number", uplift}});
    CHECK(spans(world, uplift) == "running 2025-08-01 9;paused 2025-08-10 10;running 2025-08-20 21;");
    CHECK(headline(world, uplift) == "Day 10 of 30 – last day of the review: 9 September 2025 | U5");

    world.go_to("2025-09-12T10:00:00Z");
    CHECK(headline(world, uplift) ==
          "Day 30 of 30 – acceptance is held; the last day of the review was 9 September 2025 | U5");
    CHECK(spans(world, uplift) == "running 2025-08-01 9;paused 2025-08-10 10;running 2025-08-20 21;held 2025-09-10 3;");
    CHECK(needs(world, Attention::acceptance_held, uplift));
    CHECK_FALSE(next_due(world.workspace, world.now).has_value());

    world.must("reset", {{"number", uplift}});
    CHECK(spans(world, uplift) == "running 2025-09-12 30;");
    CHECK(explain_deadline(world.workspace, world.agreement(uplift), world.now)->resets ==
          std::vector<Date>{on("2025-09-12")});
    world.must("resolve", {{"case", query}, {"text", World::text("Answered")}});
    CHECK(next_due(world.workspace, world.now) == at("2025-10-11T23:00:00Z"));
}

TEST_CASE("an end date is announced, with the rule") {
    World world;
    const std::string number = world.active();
    world.must("terminate",
               {{"number", number}, {"end_date", World::text("2025-12-24")}, {"reason", World::text("Offboarded")}});
    CHECK(what_comes(world, number) == "2025-12-25T00:00:00Z E1;");
}

TEST_CASE("lineage goes from the Original Version on, cancelled ones too (V3, R53)") {
    World world;
    const std::string first = world.active();
    world.publish("6.1", true);  // CNTR0000002
    world.publish("6.2", true);  // cancels it, CNTR0000003
    world.go_to("2025-09-05T10:00:00Z");
    const std::string fourth = world.create("6.2");
    world.issue(fourth);
    world.accept(fourth);
    const std::vector<std::string> chain{"CNTR0000001", "CNTR0000002", "CNTR0000003", "CNTR0000004"};
    for (const auto& number : chain) CHECK(lineage(world.workspace, world.agreement(number)) == chain);
    CHECK(world.agreement("CNTR0000002").replaced_by == "CNTR0000003");
    CHECK(world.agreement("CNTR0000002").ending == Ending::replaced);
    CHECK(world.agreement("CNTR0000001").replaced_by == "CNTR0000003");
    CHECK(world.agreement("CNTR0000003").replaced_by == "CNTR0000004");
    CHECK(original_version(world.workspace, world.agreement("CNTR0000003")) == "CNTR0000001");
    CHECK(original_version(world.workspace, world.agreement("CNTR0000004")) == "CNTR0000004");
    const std::string other = "YGB34";
    world.must("register_account", {{"ods_code", other}, {"name", World::text("Birch")}});
    CHECK(lineage(world.workspace, world.agreement(first)).size() == 4);
}

TEST_CASE("the queue says what needs a hand") {
    World world;
    world.must("register_account", {{"ods_code", World::text("YGB34")},
                                    {"name", World::text("Birch Care")},
                                    {"delivery_email", World::text("box@birch.example")}});
    const std::string alone = *world
                                   .must("create_agreement", {{"account", World::text("YGB34")},
                                                              {"products", std::vector<std::string>{"eps"}},
                                                              {"terms", World::text("6.0")}})
                                   .number;
    world.issue(alone);
    CHECK(needs(world, Attention::nobody_can_accept, alone));

    const std::string active = world.active();
    const std::string draft = world.create();
    world.issue(draft);
    world.publish("6.1", true);
    CHECK_FALSE(needs(world, Attention::terms_superseded, draft));
    world.go_to("2025-08-23T10:00:00Z");
    CHECK_FALSE(needs(world, Attention::window_ends_soon, "CNTR0000004"));  // seven days from now is 30 August
    world.go_to("2025-08-24T10:00:00Z");
    CHECK(needs(world, Attention::window_ends_soon, "CNTR0000004"));
    world.go_to("2025-08-31T10:00:00Z");
    CHECK(needs(world, Attention::terms_superseded, draft));

    world.must({Role::product_team, "Omar Khan"}, "request_agreement",
               {{"account", World::text("YGA12")}, {"products", std::vector<std::string>{"eps"}}});
    CHECK(needs(world, Attention::request_waiting, "REQ0000001"));
    world.must("decline_request", {{"request", World::text("REQ0000001")}, {"reason", World::text("no")}});
    CHECK_FALSE(needs(world, Attention::request_waiting, "REQ0000001"));
}

namespace {

std::string words_of(const World& world, Attention what, const std::string& number) {
    for (const auto& item : needs_attention(world.workspace, world.now)) {
        if (item.what == what && item.subject == number) return item.words;
    }
    return "";
}

}  // namespace

TEST_CASE("the queue names drafts issued late, and drafts whose days run out before they are issued") {
    World world;
    const std::string number = world.create();  // day 1 is 1 August, day 60 is 29 September
    world.go_to("2025-09-29T10:00:00Z");
    CHECK(words_of(world, Attention::issue_overdue, number) ==
          "Not issued since 1 August 2025, and its window runs to 29 October 2025. Issue it for review.");
    World in_time = world;
    in_time.issue(number);
    CHECK_FALSE(needs(in_time, Attention::issued_late, number));  // 30 days are left

    world.go_to("2025-09-30T10:00:00Z");
    CHECK(words_of(world, Attention::issue_overdue, number) ==
          "Not issued by day 61 of 90. Issued today, it leaves 29 days to review. Issue it now, or withdraw it and "
          "create a new agreement.");
    world.go_to("2025-10-01T10:00:00Z");
    world.issue(number);
    CHECK(words_of(world, Attention::issued_late, number) ==
          "Issued on day 62 of 90; 28 days were left to review. Make sure that the contacts know its last day, 29 "
          "October 2025.");
    CHECK_FALSE(needs(world, Attention::issue_overdue, number));
    world.go_to("2025-10-20T10:00:00Z");
    CHECK(needs(world, Attention::issued_late, number));  // as long as it is under review
    world.accept(number);
    CHECK_FALSE(needs(world, Attention::issued_late, number));
}

TEST_CASE("a terms change is not issued late: its window begins with its issue") {
    World world;
    world.active();
    world.publish("6.1", true);
    CHECK_FALSE(needs(world, Attention::issued_late, "CNTR0000002"));
    world.go_to("2025-08-29T10:00:00Z");
    CHECK_FALSE(needs(world, Attention::issued_late, "CNTR0000002"));
}

TEST_CASE("an account with only a group mailbox has nobody who can accept") {
    World world;
    world.must("register_account", {{"ods_code", World::text("YGB34")},
                                    {"name", World::text("Birch Care")},
                                    {"delivery_email", World::text("box@birch.example")}});
    const std::string alone = *world
                                   .must("create_agreement", {{"account", World::text("YGB34")},
                                                              {"products", std::vector<std::string>{"eps"}},
                                                              {"terms", World::text("6.0")}})
                                   .number;
    world.issue(alone);
    CHECK(words_of(world, Attention::nobody_can_accept, alone)
              .starts_with("Only the group mailbox box@birch.example was told of it"));
    world.must("register_contact", {{"account", World::text("YGB34")},
                                    {"name", World::text("Di Ash")},
                                    {"email", World::text("di@birch.example")}});
    CHECK(needs(world, Attention::nobody_can_accept, alone));  // registered is not enough
    world.must("nominate", {{"account", World::text("YGB34")}, {"email", World::text("di@birch.example")}});
    CHECK_FALSE(needs(world, Attention::nobody_can_accept, alone));
}

TEST_CASE("every event has words") {
    for (const auto type : event_types()) {
        const Event event{
            .at = at("2025-08-01T08:15:00Z"), .by = {}, .account = "", .entity = "", .body = *empty_body(type)};
        CHECK_MESSAGE(!explain(event).what.empty(), type);
    }
}

TEST_CASE("the reason for the number shown stands beside it (L4)") {
    Account account{.ods_code = "YGA12", .name = "Acme", .company_number = "01234567"};
    CHECK(company_registration_number(account).number == "01234567");
    account.public_healthcare = true;
    CHECK(company_registration_number(account).number == "YGA12");
    CHECK(company_registration_number(account).reason.find("public healthcare") != std::string::npos);
    account.public_healthcare = false;
    account.outside_uk = true;
    CHECK(company_registration_number(account).reason.find("outside the UK") != std::string::npos);
}
