#include "documents/agreement_document.h"

#include "documents/block_rules.h"
#include "documents/markdown.h"
#include "documents/plain_text.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace ca;
using namespace ca::documents;
using namespace ca::lifecycle;
using ca::documents::testing::BlockRules;

namespace {

Instant at(std::string_view text) { return parse_instant(text).value(); }
Date on(std::string_view text) { return parse_date(text).value(); }

Workspace small_world() {
    Workspace world;
    world.put(Account{.ods_code = "YGA12", .name = "Aire Pharmacy Services LLP", .company_number = "01215280"});
    world.put(Contact{.email = "jo@aire.example", .name = "Jo Field", .account = "YGA12", .onboarding_contact = true});
    world.put(
        Product{.id = "pds-fhir",
                .name = "PDS FHIR API",
                .special_terms = "# PDS special terms\n\n## 1. Use\n\n1.1 Demographics only. See [use](#1-use).\n"});
    world.put(Product{.id = "mesh", .name = "MESH", .special_terms = ""});
    TermsVersion terms;
    terms.version = "6.0";
    terms.title = "Connection Agreement";
    terms.standard_terms =
        "# Connection Agreement\n\nOpening.\n\n## 1. Definitions\n\n1.1 Words.\n\n## 2. Use\n\n2.1 See [clause "
        "1](#1-definitions).\n";
    terms.acceptable_use_policy = "# Acceptable use\n\n## 1. Use\n\nBe careful.\n";
    terms.changes = "# Changes\n\nThe first version.\n";
    terms.published_at = at("2025-07-01T09:00:00Z");
    world.put(terms);
    Agreement agreement;
    agreement.number = "CNTR0000001";
    agreement.name = "YGA12 - Aire Pharmacy Services LLP";
    agreement.account = "YGA12";
    agreement.products = {"pds-fhir", "mesh"};
    agreement.terms_version = "6.0";
    agreement.created = at("2025-08-01T08:15:00Z");
    agreement.review = {.window_days = 90, .day_one = on("2025-08-01")};
    agreement.state = State::draft;
    agreement.substate = Substate::under_review;
    agreement.issued = on("2025-08-02");
    agreement.acceptance_case = "CS0000001";
    agreement.notified = {"jo@aire.example", "group@aire.example"};
    world.put(agreement);
    world.now = at("2025-08-10T08:00:00Z");
    return world;
}

void accept(Agreement& agreement) {
    agreement.state = State::active;
    agreement.substate.reset();
    agreement.accepted_on = agreement.start_date = on("2025-08-20");
    agreement.accepted_by = "Jo Field";
}

Document paper(const Workspace& world, std::string_view number = "CNTR0000001") {
    auto document = agreement_document(record_of(world, *world.find_agreement(number)));
    REQUIRE_MESSAGE(document.has_value(), (document ? std::string() : document.error().message));
    CHECK(BlockRules::broken(document->blocks) == "");
    return *document;
}

Document paper_with(Workspace world, const Agreement& agreement) {
    world.put(agreement);
    return paper(world, agreement.number);
}

std::string field(const Document& document, std::string_view name) {
    for (const Block& block : document.blocks) {
        auto const* fields = std::get_if<Fields>(&block);
        if (!fields) continue;
        for (const Field& each : fields->fields) {
            if (each.name == name) return to_text(each.value);
        }
    }
    return "(no such field)";
}

std::vector<std::string> headings(const Document& document, int level) {
    std::vector<std::string> found;
    for (const Block& block : document.blocks) {
        if (auto const* heading = std::get_if<Heading>(&block); heading && heading->level == level)
            found.push_back(to_text(heading->text));
    }
    return found;
}

}  // namespace

TEST_CASE("the fields of the guide, in the guide's order") {
    auto const document = paper(small_world());
    std::vector<std::string> names;
    bool under_details = false;  // not the few on the cover
    for (const Block& block : document.blocks) {
        if (auto const* heading = std::get_if<Heading>(&block)) under_details = heading->id == "details";
        if (auto const* fields = std::get_if<Fields>(&block); fields && under_details) {
            for (const Field& each : fields->fields) {
                names.push_back(each.name);
                CHECK_FALSE(each.value.empty());
            }
        }
    }
    CHECK(names == std::vector<std::string>{"Number", "Name", "Company Registration Number", "Account",
                                            "API Products Applicable", "Case", "State", "Substate", "Signature type",
                                            "Accepted On", "Accepted By", "Start Date", "End date", "Created", "Issued",
                                            "Terms version", "Contacts email addresses", "Original Version",
                                            "Superseded Contract"});
    CHECK(field(document, "Company Registration Number") == "01215280\nThe company's registration number.");  // L4
    CHECK(field(document, "API Products Applicable") == "PDS FHIR API\nMESH");
    CHECK(field(document, "Created") == "1 August 2025 at 9:15am");  // V4
    CHECK(field(document, "Issued") == "2 August 2025");
    CHECK(field(document, "Contacts email addresses") == "Jo Field\ngroup@aire.example");  // V2
    CHECK(field(document, "Original Version") == "CNTR0000001");                           // V3
    CHECK(field(document, "Superseded Contract") == "None");
    CHECK(field(document, "Accepted By") == "Not yet accepted");
}

TEST_CASE("the parts stand in order, each product's special terms as an appendix of its own") {
    auto const document = paper(small_world());
    CHECK(headings(document, 1) == std::vector<std::string>{"Connection Agreement CNTR0000001", "Standard terms",
                                                            "Appendix 1: API Products Applicable",
                                                            "Appendix 1A: End User Organisation Acceptable Use Policy",
                                                            "Appendix 2: Special terms \xe2\x80\x93 PDS FHIR API",
                                                            "Acceptance record", "Notified contacts", "Lineage"});
    CHECK(headings(document, 2) ==
          std::vector<std::string>{"Agreement details", "Contents", "1. Definitions", "2. Use", "1. Use", "1. Use"});
    CHECK(document.language == "en-GB");
    CHECK(document.created == at("2025-08-01T08:15:00Z"));
}

TEST_CASE("an agreement that is not Active says so on every page, an Active one does not") {
    auto world = small_world();
    Agreement agreement = world.agreements.begin()->second;
    CHECK(paper_with(world, agreement).status == "DRAFT \xe2\x80\x93 under review, not accepted");
    CHECK(to_plain_text(paper_with(world, agreement)).find("up to and including 29 October 2025") != std::string::npos);
    agreement.review.pauses.push_back({.from = on("2025-08-09"), .reason = "A question", .by = "Priya Shah"});
    CHECK(paper_with(world, agreement).status == "DRAFT \xe2\x80\x93 under review, review paused, not accepted");
    agreement.review.pauses.clear();
    agreement.substate = Substate::awaiting_review;
    CHECK(paper_with(world, agreement).status == "DRAFT \xe2\x80\x93 awaiting review, not issued and not accepted");
    agreement.state = State::cancelled;
    agreement.substate.reset();
    agreement.ended_at = at("2025-10-30T00:00:00Z");
    agreement.ended_why = "not accepted in time";
    CHECK(paper_with(world, agreement).status == "CANCELLED \xe2\x80\x93 never in force, cancelled on 30 October 2025");
    CHECK(to_plain_text(paper_with(world, agreement)).find("Why and when: not accepted in time on 30 October 2025.") !=
          std::string::npos);
    accept(agreement);
    agreement.state = State::expired;
    agreement.ended_why = "superseded by CNTR0000002";
    CHECK(paper_with(world, agreement).status == "EXPIRED \xe2\x80\x93 no longer in force since 30 October 2025");
    CHECK(to_plain_text(paper_with(world, agreement))
              .find("Why and when: superseded by CNTR0000002 on 30 October 2025.") != std::string::npos);
    agreement.state = State::active;
    CHECK(paper_with(world, agreement).status == "");
}

TEST_CASE("when it was issued: not yet, never, or not known here") {
    auto world = small_world();
    Agreement agreement = world.agreements.begin()->second;
    agreement.issued.reset();
    const auto issued = [&] { return field(paper_with(world, agreement), "Issued"); };
    CHECK(issued() == "Not known here");  // imported Under Review
    agreement.substate = Substate::awaiting_review;
    CHECK(issued() == "Not yet issued");
    agreement.substate.reset();
    agreement.state = State::cancelled;
    agreement.notified.clear();
    CHECK(issued() == "Never issued");
    agreement.imported = true;
    CHECK(issued() == "Not known here");
    accept(agreement);
    CHECK(issued() == "Not known here");
    agreement.issued = on("2025-08-02");
    CHECK(issued() == "2 August 2025");
}

TEST_CASE("V1: who accepted, in the words of the PDF") {
    auto world = small_world();
    Agreement agreement = world.agreements.begin()->second;
    accept(agreement);
    auto const by_hand = paper_with(world, agreement);
    CHECK(field(by_hand, "Accepted By") == "Accepted via Portal");
    CHECK(field(by_hand, "Onboarding contact") == "Jo Field");
    CHECK(field(by_hand, "Accepted On") == "20 August 2025");
    CHECK(field(by_hand, "SHA-256 of the standard terms").size() == 64);
    agreement.signature_type = SignatureType::auto_accepted;
    agreement.accepted_by.reset();
    auto const automatic = paper_with(world, agreement);
    CHECK(field(automatic, "Accepted By") == "System Administrator (Auto Accepted)");
    CHECK(field(automatic, "Onboarding contact") == "(no such field)");
}

TEST_CASE("lineage names every agreement in the line and marks this one") {
    auto world = small_world();
    Agreement first = world.agreements.begin()->second;
    accept(first);
    world.put(first);
    Agreement second = first;
    second.number = "CNTR0000002";
    second.signature_type = SignatureType::auto_accepted;
    second.state = State::draft;
    second.substate = Substate::under_review;
    second.accepted_on.reset();
    second.accepted_by.reset();
    second.start_date.reset();
    second.supersedes = "CNTR0000001";
    world.put(second);
    auto const document = paper(world, "CNTR0000002");
    CHECK(field(document, "Original Version") == "CNTR0000001");
    CHECK(field(document, "Superseded Contract") == "CNTR0000001");
    std::string const text = to_plain_text(document);
    CHECK(text.find("CNTR0000002 this agreement | Auto Accepted | 6.0 | Draft, Under Review") != std::string::npos);
    CHECK(text.find("CNTR0000001 | Accepted via Portal | 6.0 | Active | 20 August 2025") != std::string::npos);
}

TEST_CASE("a text that is not held is said to be missing") {
    auto world = small_world();
    TermsVersion terms = world.terms[0];
    terms.standard_terms.clear();
    world.put(terms);
    CHECK(to_plain_text(paper(world))
              .find("The text of the standard terms, version 6.0 has not been supplied to this portal.") !=
          std::string::npos);
    world.terms = {};
    CHECK(to_plain_text(paper(world))
              .find("The text of the acceptable use policy of version 6.0 has not been supplied") != std::string::npos);
}

TEST_CASE("a text that cannot be read is refused with its place") {
    auto world = small_world();
    Product product = world.products.at("pds-fhir");
    product.special_terms = "fine\n\nnot \xff fine\n";
    world.put(product);
    auto const refused = agreement_document(record_of(world, world.agreements.begin()->second));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == "not_utf8");
    CHECK(refused.error().where == "the special terms for PDS FHIR API, line 3");
}

TEST_CASE("the same record gives the same paper, whenever it is asked for") {
    auto world = small_world();
    auto const before = to_plain_text(paper(world));
    world.now = at("2025-08-11T23:00:00Z");
    CHECK(to_plain_text(paper(world)) == before);
}

TEST_CASE("attachments travel along") {
    auto const world = small_world();
    documents::Attachment record{
        .file_name = "CNTR0000001.json", .media_type = "application/json", .description = "The record", .bytes = "{}"};
    auto const document = agreement_document(record_of(world, world.agreements.begin()->second), {record});
    REQUIRE(document.has_value());
    REQUIRE(document->attachments.size() == 1);
    CHECK(document->attachments[0].bytes == "{}");
}

TEST_CASE("policies and published changes stand on their own") {
    auto const world = small_world();
    auto const policy = acceptable_use_policy_document(world.terms[0]);
    REQUIRE(policy.has_value());
    CHECK(policy->title == "End User Organisation Acceptable Use Policy");
    CHECK(headings(*policy, 2) == std::vector<std::string>{"1. Use"});
    auto const changes = published_changes_document(world.terms[0]);
    REQUIRE(changes.has_value());
    CHECK(changes->title == "Connection Agreement Published Changes: version 6.0");
    CHECK(to_plain_text(*changes).find("Published on 1 July 2025.") != std::string::npos);
    auto const terms = terms_document("---\ntitle: Named\n---\n\n## 1. A\n\nText.\n", "file.md");
    REQUIRE(terms.has_value());
    CHECK(terms->title == "Named");
    CHECK(terms_document("Only text.", "file.md")->title == "file.md");
    CHECK(BlockRules::broken(policy->blocks) == "");
    CHECK(BlockRules::broken(changes->blocks) == "");
    CHECK(BlockRules::broken(terms->blocks) == "");
}

TEST_CASE("a comparison as a document: counts, a table, the changes, all in words") {
    auto const read = [](std::string_view text) { return parse_markdown(text)->blocks; };
    auto const comparison = compare(read("## 1. A\n\nOne two three four five.\n\n## 2. B\n\nStays as it is here.\n\n## "
                                         "3. C\n\nGoes away for good now.\n"),
                                    read("## 1. A\n\nOne two six four five.\n\n## 2. D\n\nComes in anew as a "
                                         "clause.\n\n## 3. B\n\nStays as it is here.\n"));
    auto const document = comparison_document({"Version 6.0", "Version 6.1", "CNTR0000002"}, comparison);
    CHECK(BlockRules::broken(document.blocks) == "");
    CHECK(document.title == "What changed from Version 6.0 to Version 6.1");
    CHECK(field(document, "Changed clauses") == "1");
    CHECK(field(document, "Added clauses") == "1");
    CHECK(field(document, "Removed clauses") == "1");
    std::string const text = to_plain_text(document);
    CHECK(text.find("One two [removed: three] [added: six] four five.") != std::string::npos);
    CHECK(text.find("Stays as it is") == std::string::npos);
    auto const nothing = comparison_document({"Version 6.0", "Version 6.0"}, compare({}, {}));
    CHECK(to_plain_text(nothing).find("Every clause is the same in both versions.") != std::string::npos);
}

TEST_CASE("a case with its activity; what people typed is text") {
    auto const world = small_world();
    Case query{.number = "CS0000002",
               .kind = CaseKind::query,
               .state = CaseState::open,
               .account = "YGA12",
               .agreement = "CNTR0000001",
               .opened = at("2025-08-05T10:00:00Z")};
    query.activity = {{at("2025-08-05T10:00:00Z"), "Jo Field", "Is **this** ours?\n\n<b>Really</b>", true},
                      {at("2025-08-06T10:00:00Z"), "Priya Shah", "Ask legal", false}};
    auto const document = case_document(world, query, {&query.activity[0], &query.activity[1]});
    CHECK(BlockRules::broken(document.blocks) == "");
    std::string const text = to_plain_text(document);
    CHECK(text.find("Is **this** ours?\n\n<b>Really</b>\n") != std::string::npos);
    CHECK(text.find("Work note, not visible to the customer.") != std::string::npos);
    CHECK(field(document, "State") == "Open");
    CHECK(to_plain_text(case_document(world, query, {})).find("There are no entries.") != std::string::npos);
}

TEST_CASE("plain text leaves nothing out") {
    Blocks const blocks{
        Heading{1, plain("H"), "h"},
        List{ListKind::bullet,
             true,
             {{"\xe2\x80\xa2",
               {Paragraph{plain("a")}, List{ListKind::decimal, true, {{"1.", {Paragraph{plain("b")}}}}}}},
              {"\xe2\x80\xa2", {}}}},
        Quote{{Paragraph{plain("q")}}},
        Note{"Mind", {Paragraph{plain("n")}}},
        CodeBlock{"x\n  y"},
        Rule{},
        Fields{{{"F", plain("v")}}}};
    CHECK(to_plain_text(blocks) ==
          "H\n\n\xe2\x80\xa2 a\n\n  1. b\n\xe2\x80\xa2 \n\n  q\n\nMind:\n  n\n\nx\n  y\n\n----------\n\nF: v\n");
}
