// Imported records keep what they say, and time acts on them as on any other, at the instant at which they were due.
#include "lifecycle/world.h"

#include <algorithm>

using namespace ca;
using namespace ca::lifecycle;

namespace {

Agreement draft(const std::string& number, SignatureType type, const char* created) {
    const Instant instant = at(created);
    return {.number = number,
            .name = "YGA12 - Acme Health",
            .account = "YGA12",
            .products = {"eps"},
            .terms_version = "6.0",
            .signature_type = type,
            .state = State::draft,
            .substate = Substate::under_review,
            .created = instant,
            .issued = london_date(instant),
            .review = {.window_days = type == SignatureType::accepted_via_portal ? 90 : 30,
                       .day_one = london_date(instant)},
            .imported = true};
}

Agreement active(const std::string& number, const char* started) {
    Agreement agreement = draft(number, SignatureType::accepted_via_portal, started);
    agreement.state = State::active;
    agreement.substate.reset();
    agreement.start_date = agreement.accepted_on = agreement.issued;
    agreement.accepted_by = "Somebody";
    return agreement;
}

void import(World& world, const Agreement& agreement) { world.keep(AgreementImported{agreement}, agreement.number); }

}  // namespace

TEST_CASE("a draft whose window ended before the import is cancelled at its due instant, its case closed then") {
    World world;
    Agreement old = draft("CNTR0010001", SignatureType::accepted_via_portal, "2025-01-10T10:00:00Z");
    old.acceptance_case = "CS0020001";
    import(world, old);
    world.keep(CaseImported{{.number = "CS0020001",
                             .kind = CaseKind::acceptance,
                             .state = CaseState::open,
                             .account = "YGA12",
                             .agreement = "CNTR0010001",
                             .opened = old.created,
                             .imported = true}},
               "CS0020001");
    const auto events = due(world.workspace, world.now);
    REQUIRE(events.size() == 3);
    for (const auto& event : events)
        CHECK(format_iso(event.at) == "2025-04-09T23:00:00Z");  // 90 days: last day 9 April
    world.go_to("2025-08-01T08:15:00Z");
    CHECK(world.agreement("CNTR0010001").state == State::cancelled);
    CHECK(world.workspace.cases.at("CS0020001").state == CaseState::closed);
    CHECK(world.workspace.now == at("2025-08-01T08:15:00Z"));
}

TEST_CASE("numbers go on above the highest imported (L1, L2)") {
    World world;
    import(world, active("CNTR0010007", "2025-01-10T10:00:00Z"));
    world.keep(
        CaseImported{{.number = "CS0020003", .account = "YGA12", .agreement = "CNTR0010007", .opened = world.now}},
        "CS0020003");
    CHECK(world.create() == "CNTR0010008");
    CHECK(world.agreement("CNTR0010008").acceptance_case == "CS0020004");
    import(world, active("CNTR0000003", "2024-01-10T10:00:00Z"));
    CHECK(world.workspace.last_agreement == 10'008);
}

TEST_CASE("an elapsed terms change takes effect when it was due, but what it gives to read starts now (U7)") {
    World world;
    world.publish("6.1", true);
    import(world, active("CNTR0010001", "2024-01-10T10:00:00Z"));
    Agreement uplift = draft("CNTR0010002", SignatureType::auto_accepted, "2025-01-10T10:00:00Z");
    uplift.supersedes = "CNTR0010001";
    import(world, uplift);
    const auto events = world.go_to("2025-08-01T08:15:00Z");
    REQUIRE(!events.empty());
    CHECK(type_of(events[0].body) == "agreement_auto_accepted");
    CHECK(format_iso(events[0].at) == "2025-02-09T00:00:00Z");
    CHECK(world.agreement("CNTR0010001").state == State::expired);
    CHECK(world.agreement("CNTR0010002").state == State::active);
    CHECK(world.agreement("CNTR0010002").accepted_on == on("2025-02-09"));
    // It is on 6.0, and 6.1 was published before the import: the people get 30 days from now on, not from February.
    const Agreement& next = world.agreement("CNTR0010003");
    CHECK(next.supersedes == "CNTR0010002");
    CHECK(next.created == at("2025-08-01T08:15:00Z"));
    CHECK(next.review.day_one == on("2025-08-01"));
    CHECK(due(world.workspace, world.now).empty());
}

TEST_CASE("an elapsed terms change with an open query is held, and happens when the query is resolved (U5)") {
    World world;
    import(world, active("CNTR0010001", "2024-01-10T10:00:00Z"));
    Agreement uplift = draft("CNTR0010002", SignatureType::auto_accepted, "2025-01-10T10:00:00Z");
    uplift.supersedes = "CNTR0010001";
    import(world, uplift);
    world.keep(CaseImported{{.number = "CS0020003",
                             .kind = CaseKind::query,
                             .state = CaseState::open,
                             .account = "YGA12",
                             .agreement = "CNTR0010002",
                             .opened = world.now}},
               "CS0020003");
    CHECK(due(world.workspace, world.now).empty());
    CHECK(world.shown("CNTR0010002").review->held_by == std::vector<std::string>{"CS0020003"});
    world.must("resolve", {{"case", World::text("CS0020003")}, {"text", World::text("Done")}});
    CHECK(world.agreement("CNTR0010002").accepted_on == on("2025-08-01"));
}

TEST_CASE("several Active agreements and several drafts, as an import may bring them, break nothing") {
    World world;
    import(world, active("CNTR0010001", "2024-01-10T10:00:00Z"));
    import(world, active("CNTR0010002", "2024-02-10T10:00:00Z"));
    import(world, draft("CNTR0010003", SignatureType::accepted_via_portal, "2025-07-10T10:00:00Z"));
    import(world, draft("CNTR0010004", SignatureType::accepted_via_portal, "2025-07-11T10:00:00Z"));
    import(world, draft("CNTR0010005", SignatureType::auto_accepted,
                        "2025-07-12T10:00:00Z"));  // names nothing that it supersedes
    CHECK(world.workspace.active_agreement("yga12")->number == "CNTR0010002");
    const Step refused = world.take(world.team, "create_agreement",
                                    {{"account", World::text("YGA12")},
                                     {"products", std::vector<std::string>{"eps"}},
                                     {"terms", World::text("6.0")}});
    CHECK(refused.decision.error().code == "draft_already_open");

    world.accept("CNTR0010003");
    CHECK(world.agreement("CNTR0010003").supersedes == "CNTR0010002");
    CHECK(world.agreement("CNTR0010001").state == State::expired);
    CHECK(world.agreement("CNTR0010002").state == State::expired);
    world.accept("CNTR0010004");
    CHECK(world.agreement("CNTR0010003").state == State::expired);

    // Still at most one Active agreement: the terms change replaces it although it does not name it.
    world.go_to("2025-08-10T23:00:00Z");
    CHECK(world.agreement("CNTR0010005").state == State::active);
    CHECK(world.agreement("CNTR0010004").state == State::expired);
    CHECK(world.agreement("CNTR0010004").replaced_by == "CNTR0010005");
}

TEST_CASE("of two Active agreements, each gets its uplift, and each uplift replaces its own") {
    World world;
    import(world, active("CNTR0010001", "2024-01-10T10:00:00Z"));
    import(world, active("CNTR0010002", "2024-02-10T10:00:00Z"));
    world.publish("6.1", true);
    world.go_to("2025-08-30T23:00:00Z");
    for (const char* number : {"CNTR0010001", "CNTR0010002"}) CHECK(world.agreement(number).state == State::expired);
    for (const char* number : {"CNTR0010003", "CNTR0010004"}) CHECK(world.agreement(number).state == State::active);
}

TEST_CASE("an import that goes round in circles ends (V3)") {
    World world;
    Agreement a = draft("CNTR0010001", SignatureType::auto_accepted, "2025-07-30T10:00:00Z");
    Agreement b = draft("CNTR0010002", SignatureType::auto_accepted, "2025-07-30T10:00:00Z");
    a.supersedes = "CNTR0010002";
    b.supersedes = "CNTR0010001";
    import(world, a);
    import(world, b);
    CHECK(lineage(world.workspace, world.agreement("CNTR0010001")).size() == 2);
    CHECK_FALSE(original_version(world.workspace, world.agreement("CNTR0010001")).empty());
    world.go_to("2026-01-01T00:00:00Z");
    CHECK(world.agreement("CNTR0010001").state != State::draft);
    CHECK(world.agreement("CNTR0010002").state != State::draft);
    CHECK(due(world.workspace, world.now).empty());
}

TEST_CASE("a stub of terms is neither published nor newer, and gives way to the text (R24)") {
    World world;
    world.keep(TermsImported{{.version = "7.0",
                              .title = "7.0",
                              .standard_terms = "",
                              .acceptable_use_policy = "",
                              .changes = "",
                              .uplift = true,
                              .imported_stub = true,
                              .published_at = world.now}},
               "7.0");
    const Step unknown = world.take(world.team, "create_agreement",
                                    {{"account", World::text("YGA12")},
                                     {"products", std::vector<std::string>{"eps"}},
                                     {"terms", World::text("7.0")}});
    CHECK(unknown.decision.error().code == "unknown_terms");
    world.active();
    CHECK(world.workspace.agreements.size() == 1);  // no uplift to terms that have no text
    world.publish("6.5", true);
    world.publish("7.0", true);
    CHECK_FALSE(world.workspace.find_terms("7.0")->imported_stub);
    CHECK(world.workspace.terms.back().version == "7.0");
    world.keep(TermsImported{{.version = "7.0",
                              .title = "again",
                              .standard_terms = "",
                              .acceptable_use_policy = "",
                              .changes = "",
                              .imported_stub = true,
                              .published_at = world.now}},
               "7.0");
    CHECK(world.workspace.find_terms("7.0")->title == "Terms");
}

TEST_CASE("the same key again replaces the record; rows keep their place") {
    World world;
    world.keep(ContactImported{{.email = "JO@acme.example", .name = "Jo Field-Marsh", .account = "YGA12"}},
               "jo@acme.example");
    CHECK(world.workspace.contacts.size() == 1);
    CHECK(world.workspace.find_contact("jo@acme.example")->name == "Jo Field-Marsh");
    CHECK(world.workspace.find_contact("jo@acme.example")->order == 0);
    world.keep(ServiceNowRowKept{"ast_contract", "a", "{}"}, "ast_contract/a");
    world.keep(ServiceNowRowKept{"ast_contract", "b", "{}"}, "ast_contract/b");
    world.keep(ServiceNowRowKept{"ast_contract", "a", "{\"x\":1}"}, "ast_contract/a");
    CHECK(world.workspace.servicenow_rows.get("ast_contract", "a") ==
          ServiceNowRow{"ast_contract", "a", "{\"x\":1}", 0});
    CHECK(world.workspace.servicenow_rows.get("ast_contract", "b")->position == 1);
}

TEST_CASE("an imported terms change that awaits review can be issued, and is paused and due like any other") {
    World world;
    Agreement waiting = draft("CNTR0010002", SignatureType::auto_accepted, "2025-07-30T10:00:00Z");
    waiting.substate = Substate::awaiting_review;
    waiting.issued.reset();
    import(world, waiting);
    world.issue("CNTR0010002");
    CHECK(world.workspace.notifications.back().kind == NotificationKind::terms_change);
    world.must("pause", {{"number", World::text("CNTR0010002")}, {"reason", World::text("x")}});
    CHECK(world.go_to("2025-12-01T00:00:00Z").empty());
    CHECK(world.shown("CNTR0010002").review->day == 3);
}

TEST_CASE("what an import says of registration number and Original Version is shown") {
    World world;
    Agreement uplift = draft("CNTR0010002", SignatureType::auto_accepted, "2025-07-30T10:00:00Z");
    uplift.original_version = "CNTR0009999";
    uplift.company_registration_number = "87654321";
    import(world, uplift);
    CHECK(world.shown("CNTR0010002").original_version == "CNTR0009999");
    CHECK(world.shown("CNTR0010002").company_registration_number == "87654321");
}

TEST_CASE("an event about what is not there changes nothing but the clock") {
    World world;
    const Workspace before = world.workspace;
    for (const auto type : event_types()) {
        auto body = empty_body(type);
        REQUIRE(body.has_value());
        std::visit(
            [](auto& each) {
                std::decay_t<decltype(each)>::describe(
                    [](std::string_view name, auto& member) {
                        if constexpr (std::is_same_v<std::decay_t<decltype(member)>, std::string>) {
                            if (name == "number" || name == "email" || name == "agreement") member = "nothing";
                        }
                    },
                    each);
            },
            *body);
        const bool makes_a_record = type.ends_with("_registered") || type.ends_with("_published") ||
                                    type.ends_with("_imported") || type.ends_with("_opened") ||
                                    type == "agreement_created" || type == "agreement_requested" ||
                                    type == "notifications_sent" || type == "servicenow_row_kept" ||
                                    type == "person_invited" || type == "device_admitted";
        if (makes_a_record) continue;
        world.keep(*body, "nothing");
        CHECK_MESSAGE(world.workspace == before, type);
    }
}
