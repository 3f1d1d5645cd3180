#include "support/portal_world.h"
#include "documents/plain_text.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace ca;
using namespace ca::test;

namespace {
constexpr auto today = "2026-03-02T09:00:00Z";
}

TEST_CASE("a first visit says how to begin") {
    PortalWorld world(today);
    world.look();
    CHECK(world.platform.title == "Connection Agreements – Connection Agreements");
    CHECK(world.page.has(Role::heading, "Connection Agreements"));
    CHECK(world.page.has(Role::link, "Import records"));
    CHECK(world.page.has(Role::button, "Start with sample data"));
}

TEST_CASE("sample data holds every state, both signature types, a held and a paused uplift and a deadline tomorrow") {
    PortalWorld world(today);
    world.start_with_sample_data();
    const auto& agreements = world.kept().agreements;
    std::set<std::string> seen;
    for (const auto& [number, agreement] : agreements) {
        seen.insert(std::string(to_words(agreement.state)));
        if (agreement.substate) seen.insert(std::string(to_words(*agreement.substate)));
        seen.insert(std::string(to_words(agreement.signature_type)));
        const auto view = lifecycle::view(world.kept(), agreement, world.platform.clock);
        if (!view.review) continue;
        if (view.review->paused) seen.insert("paused");
        if (!view.review->held_by.empty()) seen.insert("held");
        if (view.review->days_left == 1) seen.insert("tomorrow");
    }
    for (const char* wanted : {"Active", "Expired", "Cancelled", "Draft", "Awaiting Review", "Under Review",
                               "Accepted via Portal", "Auto Accepted", "paused", "held", "tomorrow"}) {
        CAPTURE(wanted);
        CHECK(seen.contains(wanted));
    }
}

TEST_CASE("every address shows its heading, and no page has a fault") {
    PortalWorld world(today);
    world.start_with_sample_data();
    const std::pair<const char*, const char*> places[] = {
        {"#/", "Connection Agreements"},
        {"#/agreements", "My Connection Agreements"},
        {"#/agreements/CNTR0000001", "CNTR0000001"},
        {"#/agreements/CNTR0000009/compare", "What changed in CNTR0000009"},
        {"#/agreements/CNTR0000009/history", "History of CNTR0000009"},
        {"#/agreements/CNTR0000009/terms", "Terms and conditions of CNTR0000009"},
        {"#/cases", "My cases"},
        {"#/cases/CS0000001", "CS0000001"},
        {"#/notifications", "Notifications"},
        {"#/nomination", "Supplier Onboarding Contact Nomination"},
        {"#/register", "Register for an account"},
        {"#/details", "Your details"},
        {"#/verify", "Check a downloaded agreement"},
        {"#/policies/acceptable-use", "End User Organisation Acceptable Use Policy"},
        {"#/changes", "Connection Agreement Published Changes"},
        {"#/data", "Data in this browser"},
        {"#/help", "Help"},
        {"#/accessibility", "Accessibility statement"},
        {"#/search?q=nomination", "Search results"},
        {"#/team", "What needs a hand today"},
        {"#/team/agreements", "Connection Agreements of all accounts"},
        {"#/team/agreements/create", "Create agreement"},
        {"#/team/requests", "Agreement requests"},
        {"#/team/accounts", "Accounts"},
        {"#/team/products", "API products"},
        {"#/team/terms", "Terms versions"},
        {"#/team/cases", "Cases of all accounts"},
        {"#/team/outbox", "Outbox"},
        {"#/nowhere", "Page not found"},
        {"#/agreements/CNTR9999999", "Agreement not found"}};
    for (const float width : {1280.0f, 360.0f}) {
        world.page.input.width = width;
        for (const auto& [address, heading] : places) {
            CAPTURE(address);
            CAPTURE(width);
            world.go(address);
            CHECK(world.page.has(Role::heading, heading));
            CHECK(world.platform.title == std::string(heading) + " – Connection Agreements");
        }
    }
}

TEST_CASE("an onboarding contact accepts: the error first, then the agreement is Active and kept") {
    PortalWorld world(today);
    world.start_with_sample_data();
    // Pennine has nobody who can accept yet: Grace nominates herself.
    world.act_as("Grace Whitlock");
    world.go("#/agreements/CNTR0000008");
    CHECK_FALSE(world.page.has(Role::button, "Accept agreement"));
    world.go("#/nomination");
    world.click(Role::button, "Submit nomination");
    world.go("#/agreements/CNTR0000008");
    world.click(Role::button, "Accept agreement");
    CHECK(world.page.has(Role::heading, "There is a problem"));
    CHECK(world.platform.title == "Error: CNTR0000008 – Connection Agreements");
    world.click(Role::button, "Download PDF");
    CHECK(world.page.has(Role::status, "CNTR0000008.pdf is in your downloads."));
    world.page.tick(Role::checkbox, "I have read and understood the terms and conditions");
    world.click(Role::button, "Accept agreement");
    CHECK(world.page.focused() ==
          world.page.find(Role::heading, "Agreement accepted").key);  // it is at the top, and the button is gone
    const auto& kept = *world.kept().find_agreement("CNTR0000008");
    CHECK(kept.state == lifecycle::State::active);
    CHECK(kept.accepted_by == "Grace Whitlock");
    CHECK_FALSE(world.page.has(Role::button, "Accept agreement"));
    CHECK_FALSE(world.page.has(Role::status, "CNTR0000008.pdf is in your downloads."));  // that is of the draft
}

TEST_CASE("in sample data an onboarding contact finds an agreement that waits, and may accept it") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.act_as("Amina Yusuf");
    world.go("#/");
    CHECK(world.page.has(Role::heading, "Waiting for you"));
    world.click(Role::link, "CNTR0000015");
    CHECK(world.page.has(Role::button, "Accept agreement"));
}

TEST_CASE("every field that was left empty is told at once, in words of the page") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/team/accounts");
    world.click(Role::button, "Register account");
    CHECK(world.page.has(Role::link, "Enter an ODS code"));
    CHECK(world.page.has(Role::link, "Enter the name of the organisation"));
    CHECK(world.page.words().find("register_account") == std::string::npos);
    world.type(Role::textbox, "ODS code", "YGH33");
    world.click(Role::button, "Register account");
    CHECK_FALSE(world.page.has(Role::link, "Enter an ODS code"));
    CHECK(world.page.has(Role::link, "Enter the name of the organisation"));
    world.go("#/team/terms");
    world.click(Role::button, "See what will change");
    CHECK(world.page.has(Role::link, "Enter a version, for example 6.1"));
    CHECK(world.page.has(Role::link, "Enter the standard terms, or choose a file"));
}

TEST_CASE("who is registered is told so, and offered no form that would refuse them") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.act_as("Jo Field");
    world.go("#/register");
    CHECK(world.page.words().find("Jo Field is registered for Larkfield Health Software Ltd") != std::string::npos);
    CHECK_FALSE(world.page.has(Role::button, "Register"));
}

TEST_CASE("focus stays near when the button that was pressed goes away") {
    PortalWorld world(today);
    world.start_with_sample_data();
    CHECK(world.page.focused() == world.page.find(Role::heading, "The sample data is here").key);
    world.go("#/agreements");
    world.click(Role::button, "Remove filter: State: Active");
    CHECK(world.page.focused() == world.page.find(Role::button, "Clear All").key);
    world.click(Role::button, "Clear All");
    CHECK(world.page.focused() == world.page.find(Role::select, "Add a filter").key);
    world.click(Role::button, "Show Active and Under Review");
    CHECK(world.page.focused() == world.page.find(Role::button, "Clear All").key);
    world.click(Role::button, "Practice with time");
    CHECK(world.page.focused() == world.page.find(Role::heading, "Practice mode – nothing here is saved").key);
    for (int steps = 0; world.page.has(Role::button, "Next due change") && steps < 100; ++steps)
        world.click(Role::button, "Next due change");
    CHECK(world.page.focused() == world.page.find(Role::button, "Leave practice mode").key);
    world.click(Role::button, "Leave practice mode");
    CHECK(world.page.focused() == "main/h1");
    world.go("#/cases/CS0000010");
    world.click(Role::button, "Remove contracts.office@northmoor.example");
    CHECK(world.page.focused() == world.page.find(Role::heading, "Watch list").key);
    world.go("#/team/requests");
    world.click(Role::button, "Decline REQ0000001");
    CHECK(world.page.focused() == world.page.find(Role::heading, "Decline REQ0000001").key);
    world.click(Role::button, "Do not decline");
    CHECK(world.page.focused() == world.page.find(Role::button, "Decline REQ0000001").key);
    world.go("#/agreements/CNTR0000003");
    world.click(Role::button, "Terminate");
    world.click(Role::button, "Do not change anything");
    CHECK(world.page.focused() == world.page.find(Role::button, "Terminate").key);
    world.act_as("Jo Field");
    world.go("#/agreements/CNTR0000009");
    world.click(Role::button, "Raise a query");
    CHECK(world.page.focused() == world.page.find(Role::heading, "Raise a query").key);  // the form may be out of sight
    world.click(Role::button, "Cancel");
    CHECK(world.page.focused() == world.page.find(Role::button, "Raise a query").key);
}

TEST_CASE("another account's agreement is as one that does not exist") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.act_as("Grace Whitlock");
    world.go("#/agreements/CNTR0000001");
    const auto other = world.page.words(world.page.key("main"));
    world.go("#/agreements/CNTR7654321");
    CHECK(world.page.words(world.page.key("main")) == other);
}

TEST_CASE("filters, Clear All and the sort go into the address") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/agreements");
    CHECK(world.page.has(Role::button, "Remove filter: State: Active"));
    CHECK(world.page.has(Role::button, "Remove filter: State: Draft, Under Review"));
    world.click(Role::button, "Clear All");
    CHECK(world.platform.address == "#/agreements?state=all");
    const auto all = world.kept().agreements.size();
    CHECK(world.page.has(Role::status, std::to_string(all) + " of " + std::to_string(all) + " agreements"));
    world.type(Role::searchbox, "Filter agreements", "larkfield cntr0000001");
    CHECK(world.platform.address == "#/agreements?state=all&q=larkfield%20cntr0000001");
    CHECK(world.page.has(Role::status, "1 of " + std::to_string(all) + " agreements"));
    world.go("#/agreements?state=all");
    world.click(Role::button, "Created");
    CHECK(world.platform.address == "#/agreements?state=all&sort=created");
    world.click(Role::button, "Created");
    CHECK(world.platform.address == "#/agreements?state=all&sort=created&order=descending");
}

TEST_CASE("Back undoes a choice of filters and Clear All, and what was typed comes back with them") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/cases");
    world.go("#/agreements");
    world.type(Role::searchbox, "Filter agreements", "lark");
    world.type(Role::searchbox, "Filter agreements", "larkfield");
    const auto narrowed = world.page.words(world.page.key("main/toolbar/count"));
    world.click(Role::button, "Clear All");
    CHECK(world.page.find(Role::searchbox, "Filter agreements").value.empty());
    CHECK(world.page.has(Role::status, "All filters are cleared."));
    CHECK(world.page.words(world.page.key("main/toolbar/count")) != narrowed);
    world.back();
    CHECK(world.platform.address == "#/agreements?q=larkfield");
    CHECK_FALSE(world.page.has(Role::status, "All filters are cleared."));
    CHECK(world.page.find(Role::searchbox, "Filter agreements").value == "larkfield");
    CHECK(world.page.words(world.page.key("main/toolbar/count")) == narrowed);
    world.click(Role::button, "Remove filter: State: Active");
    world.page.choose("Add a filter", "State: Expired");
    world.click(Role::button, "Add filter");
    CHECK(world.page.has(Role::button, "Remove filter: State: Expired"));
    world.back();
    CHECK_FALSE(world.page.has(Role::button, "Remove filter: State: Expired"));
    CHECK_FALSE(world.page.has(Role::button, "Remove filter: State: Active"));
    world.back();
    CHECK(world.page.has(Role::button, "Remove filter: State: Active"));
    // Typing made no entries.
    world.back();
    CHECK(world.page.has(Role::heading, "My cases"));
    world.page.tick(Role::checkbox, "Only cases that are not Resolved or Closed");
    world.look();
    CHECK(world.platform.address == "#/cases?open=only");
    world.back();
    CHECK(world.page.find(Role::checkbox, "Only cases that are not Resolved or Closed").checked ==
          semantics::Toggle::off);
}

TEST_CASE("a window that ends while nobody looks is found closed, at the right instant") {
    PortalWorld world(today);
    world.start_with_sample_data();
    const auto closes = lifecycle::view(world.kept(), *world.kept().find_agreement("CNTR0000008"), world.platform.clock)
                            .review->closes_at.value();
    world.move_to("2026-04-20T12:00:00Z");
    world.go("#/agreements/CNTR0000008");
    CHECK(world.page.words().find("Cancelled") != std::string::npos);
    const auto& kept = *world.kept().find_agreement("CNTR0000008");
    CHECK(kept.state == lifecycle::State::cancelled);
    CHECK(kept.ended_at == closes);
}

TEST_CASE("practice mode moves time and leaves no trace") {
    PortalWorld world(today);
    world.start_with_sample_data();
    const auto before = world.store.log().size();
    world.click(Role::button, "Practice with time");
    world.go("#/agreements/CNTR0000008");
    world.type(Role::textbox, "Day", "1");
    world.type(Role::textbox, "Month", "May");
    world.type(Role::textbox, "Year", "2026");
    world.click(Role::button, "Move");
    CHECK(world.page.words().find("Cancelled") != std::string::npos);
    CHECK(world.page.has(Role::status, "You are working on a copy. Its clock shows midnight, as 1 May 2026 begins."));
    world.click(Role::button, "Leave practice mode");
    CHECK(world.page.words().find("Under Review") != std::string::npos);
    CHECK(world.store.log().size() == before);
}

TEST_CASE("the agreement team creates, issues and ends; work notes stay hidden from contacts") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/team/agreements/create");
    world.page.choose("Account", "Pennine Care Records Ltd (YGF11)");
    world.click(Role::button, "Create agreement");
    CHECK(world.page.has(Role::heading, "There is a problem"));
    world.go("#/cases/CS0000010");
    CHECK(world.page.words().find("Asked the service desk lead") != std::string::npos);
    world.act_as("Siân Powell");
    world.go("#/cases/CS0000010");
    CHECK(world.page.words().find("test environments") != std::string::npos);
    CHECK(world.page.words().find("Asked the service desk lead") == std::string::npos);
    world.type(Role::textbox, "Add a note", "Thank you.");
    world.click(Role::button, "Post note");
    CHECK(world.page.has(Role::status, "Saved: it is on the case."));
    CHECK(world.page.focused() == world.page.find(Role::button, "Post note").key);  // ready for the next one
}

TEST_CASE("what the agreement team did is named, with who hears of it") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/agreements/CNTR0000014");
    world.click(Role::button, "Issue for review");
    world.click(Role::button, "Issue agreement");
    CHECK(world.page.has(Role::heading, "Issued for review"));
    CHECK(world.page.words().find("1 message about it waits in the outbox.") != std::string::npos);
    world.click(Role::button, "Withdraw");
    world.type(Role::textbox, "Reason", "No longer needed.");
    world.click(Role::button, "Withdraw draft");
    CHECK(world.page.has(Role::heading, "Draft withdrawn"));
    CHECK(world.page.words().find("Nobody is notified of this.") != std::string::npos);
}

TEST_CASE("a backup that went out is said to be in the downloads") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/data");
    world.click(Role::button, "Export backup");
    REQUIRE(world.platform.saved.size() == 1);
    CHECK(world.page.has(Role::status, world.platform.saved[0].name + " is in your downloads."));
}

TEST_CASE("a download is recorded on the agreement with its hash") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.act_as("Jo Field");
    world.go("#/agreements/CNTR0000009");
    world.click(Role::button, "Download PDF");
    REQUIRE(world.platform.saved.size() == 1);
    CHECK(world.platform.saved[0].name == "CNTR0000009.pdf");
    const auto& kept = *world.kept().find_agreement("CNTR0000009");
    REQUIRE(kept.attachments.size() == 1);
    CHECK(kept.attachments[0].by == "Jo Field");
    CHECK(world.page.has(Role::table, "Attachments"));
    CHECK(world.page.words().find(kept.attachments[0].sha256) != std::string::npos);
}

TEST_CASE("a PDF that is asked for twice while it is made is made once") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/agreements/CNTR0000009");
    world.press.waits = true;
    for (int presses = 0; presses < 2; ++presses) {
        world.page.click(Role::button, "Download PDF");
        world.glance();
    }
    CHECK(world.press.printed.size() == 1);
    world.press.answer();
    world.look();
    CHECK(world.platform.saved.size() == 1);
    CHECK(world.kept().find_agreement("CNTR0000009")->attachments.size() == 1);
}

TEST_CASE("a PDF that cannot be made says why, and no download is recorded") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.press.refusal = Error{"unknown_character", "No typeface has the character U+1F600.", "block 3"};
    world.go("#/agreements/CNTR0000001");
    world.click(Role::button, "Download PDF");
    CHECK(world.page.has(Role::status, "No PDF was made. No typeface has the character U+1F600. (block 3)"));
    CHECK(world.platform.saved.empty());
    CHECK(world.kept().find_agreement("CNTR0000001")->attachments.empty());
}

TEST_CASE("practice with time prints a paper that says so and carries no record") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/agreements/CNTR0000001");
    world.click(Role::button, "Practice with time");
    world.click(Role::button, "Download PDF");
    REQUIRE(world.press.printed.size() == 1);
    CHECK(world.press.printed[0].status.starts_with("PRACTICE"));
    CHECK(world.press.printed[0].attachments.empty());
    REQUIRE(world.platform.saved.size() == 1);
    CHECK(world.platform.saved[0].name == "CNTR0000001-practice.pdf");
    CHECK(world.kept().find_agreement("CNTR0000001")->attachments.empty());
}

TEST_CASE("what changed names the texts' own titles too, and follows a text that another tab imports") {
    PortalWorld world(today);
    world.start_with_sample_data();
    const auto uplift = std::ranges::find_if(world.kept().agreements,
                                             [](const auto& each) { return each.second.supersedes.has_value(); });
    REQUIRE(uplift != world.kept().agreements.end());
    world.go("#/agreements/" + uplift->first + "/compare");
    // As long as the one before, to the letter.
    const std::string title = "Connection Agreement: standard terms", other = "Connection Agreement: modified terms";
    CHECK_FALSE(world.page.has(Role::article, title));
    const auto copy = [](journal::MemoryMedium& from, journal::MemoryMedium& to) {
        const auto names = from.list().value();
        for (const auto& name : names) REQUIRE(to.write(name, *from.read(name)).has_value());
    };
    auto medium = std::make_unique<journal::MemoryMedium>();
    auto& files = *medium;
    copy(*world.medium, files);
    journal::Store other_tab(std::move(medium), [&] { return world.platform.new_id(); });
    other_tab.open([](auto opened) { REQUIRE(opened.has_value()); });
    other_tab.commit(
        [&](const lifecycle::Workspace& fresh) -> Result<std::vector<lifecycle::Event>> {
            auto terms = *fresh.find_terms(uplift->second.terms_version);
            terms.standard_terms.replace(terms.standard_terms.find(title), title.size(), other);
            return std::vector{lifecycle::Event{fresh.now,
                                                {lifecycle::Role::agreement_team, "Priya Shah"},
                                                "",
                                                terms.version,
                                                lifecycle::TermsImported{terms}}};
        },
        [](auto done) { REQUIRE(done.has_value()); });
    copy(files, *world.medium);
    world.store.refresh([](auto done) { REQUIRE(done.has_value()); });
    world.look();
    CHECK(world.page.has(Role::article, other));
    CHECK(world.page.words().find("This is the title of the whole text.") != std::string::npos);
}

TEST_CASE("the policy, the changes of a version, a comparison and a case are given as PDFs of their own") {
    PortalWorld world(today);
    world.start_with_sample_data();
    const auto given = [&](std::string_view address, std::string_view button) {
        world.go(address);
        world.click(Role::button, button);
        REQUIRE_FALSE(world.platform.saved.empty());
        CHECK(world.page.has(Role::status, world.platform.saved.back().name + " is in your downloads."));
        return world.platform.saved.back().name;
    };
    const auto& workspace = world.kept();
    CHECK(given("#/policies/acceptable-use", "Download PDF") ==
          "acceptable-use-policy-" + workspace.terms.back().version + ".pdf");
    CHECK(given("#/changes", "Download PDF of version " + workspace.terms.back().version) ==
          "published-changes-" + workspace.terms.back().version + ".pdf");

    const auto uplift =
        std::ranges::find_if(workspace.agreements, [](const auto& each) { return each.second.supersedes.has_value(); });
    REQUIRE(uplift != workspace.agreements.end());
    CHECK(given("#/agreements/" + uplift->first + "/compare", "Download PDF").starts_with(uplift->first + "-changes-"));

    const auto noted = std::ranges::find_if(workspace.cases, [](const auto& each) {
        return std::ranges::any_of(each.second.activity, [](const auto& entry) { return !entry.visible_to_customer; });
    });
    REQUIRE(noted != workspace.cases.end());
    CHECK(given("#/cases/" + noted->first, "Download PDF") == noted->first + ".pdf");
    const auto words = documents::to_plain_text(world.press.printed.back());
    for (const auto& entry : noted->second.activity)
        CHECK((words.find(entry.text) != std::string::npos) == entry.visible_to_customer);
    CHECK(world.press.printed.size() == 4);
}

TEST_CASE("a file that is no agreement of the portal is said to be that") {
    PortalWorld world(today);
    world.go("#/verify");
    world.page.give_files("Agreement (PDF file)", {{.name = "letter.pdf", .bytes = "hello"}});
    world.look();
    CHECK(world.page.has(Role::heading, "This is not a document of the portal"));
    CHECK(world.page.has(Role::status, "letter.pdf: This is not a document of the portal."));
    world.go("#/help");
    world.go("#/verify");
    CHECK_FALSE(world.page.has(Role::heading, "This is not a document of the portal"));
}

TEST_CASE("a file that could not be checked is said to be that, and no more") {
    PortalWorld world(today);
    world.go("#/verify");
    world.press.waits = true;
    world.page.give_files("Agreement (PDF file)", {{.name = "letter.pdf", .bytes = "hello"}});
    world.look();
    CHECK(world.page.has(Role::status, "Checking letter.pdf…"));
    world.press.refusal = Error{"press_stopped", "The file could not be read to its end."};
    world.press.answer();
    world.look();
    CHECK(world.page.has(Role::alert, "letter.pdf was not checked. The file could not be read to its end."));
    CHECK_FALSE(world.page.has(Role::heading, "This is not a document of the portal"));
    world.press.refusal.reset();
    world.press.waits = false;
    world.page.give_files("Agreement (PDF file)", {{.name = "letter.pdf", .bytes = "hello"}});
    world.look();
    CHECK(world.page.has(Role::status, "letter.pdf: This is not a document of the portal."));
    CHECK_FALSE(world.page.has(Role::alert, "letter.pdf was not checked. The file could not be read to its end."));
}

TEST_CASE("a version that records only name gets its text from terms documents, and products their special terms") {
    PortalWorld world(today, "#/data");
    world.look();
    const std::string data = std::string(CA_SOURCE_DIR) + "/../shared/data/";
    const auto give = [&](std::vector<std::string> paths) {
        std::vector<semantics::ChosenFile> files;
        for (const auto& path : paths)
            files.push_back({path.substr(path.rfind('/') + 1), read_whole_file(data + path)});
        world.page.give_files("Import file", std::move(files));
        world.look();
        CHECK(world.page.focused() == world.page.find(Role::heading, "What will change").key);
    };
    const auto take = [&] {
        for (const auto& name : world.page.names(Role::button))
            if (name.starts_with("Import ")) return world.click(Role::button, name);
        FAIL("there is no button to import with\n" << world.page.dump());
    };
    give({"servicenow/customer_account.json", "servicenow/customer_contact.json", "servicenow/ast_contract.json",
          "servicenow/sn_customerservice_case.json"});
    take();
    CHECK(world.kept().agreements.size() == 340);
    give({"terms/standard-terms-1.md", "terms/acceptable-use-policy.md"});
    world.type(Role::textbox, "Terms version", "6.0");
    take();
    REQUIRE(world.kept().find_terms("6.0") != nullptr);
    CHECK(world.kept().find_terms("6.0")->standard_terms.find("Thank you for using") != std::string::npos);
    CHECK_FALSE(world.kept().find_terms("6.0")->acceptable_use_policy.empty());
    give({"terms/special-terms.md"});
    world.page.choose("API product of the special terms", "MESH");
    world.look();
    take();
    bool given = false;
    for (const auto& [id, product] : world.kept().products)
        given = given || (product.name == "MESH" && !product.special_terms.empty());
    CHECK(given);
    world.go("#/agreements/CNTR0010001");
    CHECK(world.page.has(Role::heading, "Standard terms"));
    CHECK(world.page.words().find("<!--") == std::string::npos);
    // The same files again change nothing.
    world.go("#/data");
    give({"servicenow/ast_contract.json"});
    CHECK(world.page.words().find("Nothing would change.") != std::string::npos);
}

TEST_CASE("a workspace that is wiped under an open page stays on it, and one button writes it all back") {
    PortalWorld world(today);
    world.start_with_sample_data();
    CHECK(world.page.words().find("Please read.") == std::string::npos);
    const auto names = world.medium->list();
    REQUIRE(names.has_value());
    REQUIRE_FALSE(names->empty());
    for (const auto& name : *names) REQUIRE(world.medium->remove(name).has_value());
    world.store.refresh([](Result<> done) { CHECK(done.has_value()); });
    world.look();
    CHECK(world.page.has(Role::heading, "What was kept on this device is gone"));
    CHECK_FALSE(world.kept().agreements.empty());
    CHECK(world.medium->list()->empty());
    CHECK(world.platform.unfinished);
    world.click(Role::button, "Write it all back");
    CHECK(world.page.has(Role::heading, "Everything is kept again"));
    CHECK_FALSE(world.medium->list()->empty());
    CHECK_FALSE(world.platform.unfinished);
}

TEST_CASE("a change that finds no room is told on every page, and saved once however often it is asked for") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/cases/CS0000009");
    const auto entries = [&] { return world.kept().find_case("CS0000009")->activity.size(); };
    const auto before = entries();
    const auto note = [&](std::string_view words) {
        world.type(Role::textbox, "Message", std::string(words));
        world.click(Role::button, "Add work note");
    };
    world.medium->is_full = true;
    note("One note.");
    CHECK(world.page.has(Role::heading, "1 change is not saved"));
    CHECK(world.page.words().find("There is no room left.") != std::string::npos);
    CHECK(world.platform.unfinished);
    world.click(Role::button, "Add work note");  // again
    CHECK(world.store.unsaved() == 1);
    CHECK(world.page.has(Role::heading, "1 change is not saved"));
    CHECK(entries() == before);

    SUBCASE("by the button that had asked for it") {
        world.medium->is_full = false;
        world.click(Role::button, "Add work note");
    }
    SUBCASE("from another page") {
        world.go("#/help");
        CHECK(world.page.has(Role::heading, "1 change is not saved"));
        world.medium->is_full = false;
        world.click(Role::button, "Try to save again");
        CHECK(world.page.has(Role::heading, "Everything is saved"));
    }
    SUBCASE("when another change has found room") {
        world.medium->is_full = false;
        world.go("#/team/products");
        world.type(Role::textbox, "Id", "spine");
        world.type(Role::textbox, "Name", "Spine");
        world.click(Role::button, "Register API product");
        CHECK(world.kept().find_product("spine") != nullptr);
    }
    CHECK(world.store.unsaved() == 0);
    CHECK_FALSE(world.platform.unfinished);
    CHECK_FALSE(world.page.has(Role::heading, "1 change is not saved"));
    REQUIRE(entries() == before + 1);
    CHECK(world.kept().find_case("CS0000009")->activity.back().text == "One note.");
}

TEST_CASE("what is asked for instead of a change that found no room takes its place") {
    PortalWorld world(today);
    world.start_with_sample_data();
    world.go("#/cases/CS0000009");
    const auto before = world.kept().find_case("CS0000009")->activity.size();
    world.medium->is_full = true;
    world.type(Role::textbox, "Message", "One nota.");
    world.click(Role::button, "Add work note");
    world.medium->is_full = false;
    world.type(Role::textbox, "Message", "One note.");
    world.click(Role::button, "Add work note");
    CHECK(world.store.unsaved() == 0);
    const auto& activity = world.kept().find_case("CS0000009")->activity;
    REQUIRE(activity.size() == before + 1);
    CHECK(activity.back().text == "One note.");
}

TEST_CASE(
    "a number that only a foreign backup can hold turns neither the window's title nor the name of a file round") {
    PortalWorld world(today);
    world.start_with_sample_data();
    const std::string number =
        "CNTR0000001\xe2\x80\xae"
        "gpj";
    world.store.commit(
        [&](const lifecycle::Workspace& fresh) -> Result<std::vector<lifecycle::Event>> {
            auto record = *fresh.find_agreement("CNTR0000001");
            record.number = number;
            return std::vector{lifecycle::Event{fresh.now,
                                                {lifecycle::Role::agreement_team, "Priya Shah"},
                                                record.account,
                                                number,
                                                lifecycle::AgreementImported{record}}};
        },
        [](auto done) { REQUIRE(done.has_value()); });
    world.go("#/team/products");
    world.type(Role::textbox, "Id", "spine");
    world.type(Role::textbox, "Name", "Spine");
    world.click(Role::button, "Register API product");  // what is shown is made anew
    world.go("#/agreements/CNTR0000001%E2%80%AEgpj/history");
    CHECK(world.platform.title == "History of CNTR0000001[U+202E]gpj – Connection Agreements");
    world.click(Role::button, "Export this record");
    REQUIRE_FALSE(world.platform.saved.empty());
    CHECK(world.platform.saved.back().name == "CNTR0000001[U+202E]gpj-events.jsonl");
}

TEST_CASE("an empty workspace says where it is kept, and that a private window keeps nothing") {
    PortalWorld world(today);
    world.look();
    CHECK(world.page.words().find("A private window keeps it only until it is closed.") != std::string::npos);
}

TEST_CASE("a clock that has jumped to 2031 is asked about, and changes nothing until it is said to be right") {
    PortalWorld world(today);
    world.start_with_sample_data();
    const auto events = world.store.log().size();
    world.move_to("2031-05-05T09:00:00Z");
    CHECK(world.page.has(Role::heading, "Is this the right time?"));
    CHECK(world.page.has(Role::table, "What would change by time"));
    CHECK(world.store.log().size() == events);
    world.click(Role::button, "The time is wrong, change nothing");
    CHECK(world.page.has(Role::heading, "Nothing is changed, because the clock is wrong"));
    world.go("#/team/accounts");
    world.type(Role::textbox, "ODS code", "YGH33");
    world.type(Role::textbox, "Organisation name", "Halden Clinic");
    world.click(Role::button, "Register account");
    CHECK(world.store.log().size() == events);
    world.move_to("2026-03-02T10:00:00Z");
    CHECK_FALSE(world.page.has(Role::heading, "Nothing is changed, because the clock is wrong"));
    world.move_to("2031-05-05T09:00:00Z");
    world.click(Role::button, "The time is right");
    CHECK(world.store.log().size() > events);
    CHECK_FALSE(world.page.has(Role::heading, "Is this the right time?"));
}

TEST_CASE("the other view is offered only where there is one") {
    PortalWorld world(today);
    world.look();
    CHECK(world.page.has(Role::button, "Use the HTML view"));
    world.click(Role::button, "Use the HTML view");
    CHECK(world.page.has(Role::button, "Use the drawn view"));
    world.platform.two_views = false;
    world.go("#/help");
    CHECK_FALSE(world.page.has(Role::button, "Use the drawn view"));
    CHECK_FALSE(world.page.has(Role::button, "Use the HTML view"));
}

TEST_CASE("what was told of the piece of work before is gone when the next one begins") {
    SampleWorld world;
    world.act_as("Jo Field");
    world.go("#/nomination");
    world.type(Role::textbox, "Email address of the contact", "sam.ray@larkfield.example");
    world.click(Role::button, "Submit nomination");
    CHECK(world.page.has(Role::heading, "Nomination complete"));
    world.type(Role::textbox, "Email address of the contact", "amina.yusuf@wrenfield.example");
    world.click(Role::button, "Submit nomination");
    CHECK(world.page.has(Role::heading, "There is a problem"));
    CHECK_FALSE(world.page.has(Role::heading, "Nomination complete"));
    world.type(Role::textbox, "Email address of the contact", "sam.ray@larkfield.example");
    world.click(Role::button, "Submit nomination");
    CHECK(world.page.has(Role::heading, "Nothing was to be done"));
}
