// What the guide asks for on the pages that inform: help, the accessibility statement, the appendices, terms changes.

#include "support/portal_world.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ca;
using namespace ca::test;

namespace {

// Whether a link on the page itself, not around it, leads there.
bool leads_to(const PortalWorld& world, std::string_view address) {
    return std::ranges::any_of(world.page.nodes(), [&](const Node& node) {
        return node.key.starts_with("main/") &&
               (node.href == address ||
                std::ranges::any_of(node.runs, [&](const auto& run) { return run.href == address; }));
    });
}

}  // namespace

TEST_CASE("help covers each heading of the user guide, and has its addresses") {
    PortalWorld world(SampleWorld::today, "#/help");
    const auto headings = world.page.names(Role::heading, "main");
    for (const auto* heading : {"Introduction to the digital Connection Agreement",
                                "New contract",
                                "Terms change",
                                "Contract termination",
                                "How NHS England issues a Connection Agreement",
                                "How to prepare for a Connection Agreement",
                                "How to access a Connection Agreement",
                                "My Extras and My Connection Agreements",
                                "Number",
                                "Name",
                                "Company Registration Number",
                                "Account",
                                "API Products Applicable",
                                "Case",
                                "State",
                                "Substate",
                                "Accepted On",
                                "Accepted By",
                                "Start Date",
                                "Created",
                                "Review and accept the terms and conditions",
                                "Download the PDF",
                                "Issues and feedback"}) {
        CAPTURE(heading);
        CHECK(std::ranges::count(headings, heading) == 1);
    }
    CHECK(leads_to(world, "mailto:england.liveserviceonboarding@nhs.net"));
    CHECK(leads_to(world, "mailto:support.digitalservices@nhs.net"));
}

TEST_CASE("each link of the help page and of the statement leads to a page that there is") {
    PortalWorld world(SampleWorld::today);
    for (const auto* page : {"#/help", "#/accessibility"}) {
        world.go(page);
        std::vector<std::string> addresses;
        for (const auto& node : world.page.nodes())
            for (const auto& run : node.runs)
                if (run.href.starts_with("#/")) addresses.push_back(run.href);
        if (std::string_view(page) == "#/help") CHECK(addresses.size() > 8);
        for (const auto& address : addresses) {
            CAPTURE(address);
            world.go(address);
            CHECK_FALSE(world.page.has(Role::heading, "Page not found"));
        }
    }
}

TEST_CASE("the accessibility statement follows the model statement and names the enforcement body") {
    PortalWorld world(SampleWorld::today, "#/accessibility");
    std::vector<std::string> headings;
    for (const auto& name : world.page.names(Role::heading, "main")) headings.push_back(name);
    const std::vector<std::string> model{"Accessibility statement",
                                         "How accessible this website is",
                                         "Feedback and contact information",
                                         "Reporting accessibility problems with this website",
                                         "Enforcement procedure",
                                         "Technical information about this website’s accessibility",
                                         "Compliance status",
                                         "Non-accessible content",
                                         "Non-compliance with the accessibility regulations",
                                         "Disproportionate burden",
                                         "Content that is not within the scope of the accessibility regulations",
                                         "What we are doing to improve accessibility",
                                         "Preparation of this accessibility statement"};
    CHECK(headings == model);
    CHECK(leads_to(world, "https://www.equalityadvisoryservice.com/"));
    CHECK(world.says("partially compliant with the Web Content Accessibility Guidelines version 2.2 AA standard"));
    CHECK(world.says("1.4.4 (resize text)"));
    CHECK(world.says("was last tested on"));
    CHECK(world.says("No time within which an answer comes has been published"));
}

TEST_CASE("the agreement has Appendix 1 with its products, and Appendix 1A to be shared and copied") {
    SampleWorld world;
    world.act_as("Agreement team");
    world.go("#/agreements/CNTR0000009");
    const auto& agreement = *world.kept().find_agreement("CNTR0000009");
    REQUIRE(world.page.has(Role::heading, "Appendix 1: API Products Applicable"));
    const auto products = world.page.words(world.page.find(Role::article, "Appendix 1: API Products Applicable"));
    for (const auto& id : agreement.products)
        CHECK(products.find(world.kept().find_product(id)->name) != std::string::npos);

    const auto& policy = world.page.find(Role::article, "Appendix 1A: End User Organisation Acceptable Use Policy");
    CHECK(world.page.words(policy).find("Note and share this with all your customers") != std::string::npos);
    world.click(Role::button, "Copy the policy");
    REQUIRE(world.platform.copied.size() == 1);
    CHECK(world.platform.copied[0].find("1.1 Only people who work for you") != std::string::npos);
    CHECK(world.page.has(Role::status, "The policy is copied: paste it where you share it."));
}

TEST_CASE("a terms change leads to the Published Changes and the full terms, and names clause 8.5") {
    SampleWorld world;
    world.act_as("Agreement team");
    const auto change = std::ranges::find_if(world.kept().agreements, [](const auto& entry) {
        return entry.second.signature_type == lifecycle::SignatureType::auto_accepted &&
               entry.second.substate == lifecycle::Substate::under_review;
    });
    REQUIRE(change != world.kept().agreements.end());
    const auto number = change->first;
    for (const auto& address :
         {"#/agreements/" + number, "#/agreements/" + number + "/compare", "#/agreements/" + number + "/terms"}) {
        CAPTURE(address);
        world.go(address);
        CHECK(world.says("clause 8.5 (Change Management)"));
        CHECK(leads_to(world, "#/changes"));
    }
    world.go("#/agreements/" + number + "/compare");
    CHECK(leads_to(world, "#/agreements/" + number + "/terms"));
    world.go("#/agreements/" + number);
    CHECK(leads_to(world, "#/agreements/" + number + "/terms"));
}

TEST_CASE("rules and hashes are the team's, under Details") {
    SampleWorld world;
    world.act_as("Jo Field");
    const auto own = std::ranges::find_if(world.kept().agreements, [&](const auto& entry) {
        return entry.second.account == "YGM01" && entry.second.review.window_days > 0;
    });
    world.go("#/agreements/" + (own == world.kept().agreements.end() ? std::string("CNTR0000001") : own->first) +
             "/history");
    CHECK_FALSE(world.page.has(Role::checkbox, "Details: rule and hash of each event"));
    CHECK_FALSE(world.page.has(Role::column_header, "Rule"));
    world.act_as("Agreement team");
    world.go("#/agreements/CNTR0000009/history");
    CHECK_FALSE(world.page.has(Role::column_header, "Hash"));
    world.page.tick(Role::checkbox, "Details: rule and hash of each event");
    world.look();
    CHECK(world.page.has(Role::column_header, "Hash"));
}

TEST_CASE("versions stand in the order of their numbers, 2.10 after 2.9") {
    PortalWorld world(SampleWorld::today);
    world.act_as("Agreement team");
    for (const auto* version : {"2.9", "2.10"}) {
        const lifecycle::Command publish{"publish_terms",
                                         {{"version", version},
                                          {"title", "Terms"},
                                          {"standard_terms", "# Terms\n\nText."},
                                          {"changes", "Some."},
                                          {"uplift", false}}};
        world.store.commit(
            [&](const lifecycle::Workspace& fresh) -> Result<std::vector<lifecycle::Event>> {
                auto decision = lifecycle::decide(fresh, publish, {lifecycle::Role::agreement_team, "Agreement team"},
                                                  world.platform.clock);
                if (!decision) return std::unexpected(decision.error());
                return decision->events;
            },
            [](Result<journal::Committed> done) { REQUIRE(done.has_value()); });
    }
    world.click(Role::button, "Practice with time");  // which ends with what is kept, also what came past this portal
    world.click(Role::button, "Leave practice mode");
    world.go("#/changes");
    const auto headings = world.page.names(Role::heading, "main");
    REQUIRE(std::ranges::count(headings, "Version 2.9: Terms") == 1);
    CHECK(std::ranges::find(headings, "Version 2.10: Terms") < std::ranges::find(headings, "Version 2.9: Terms"));
    world.go("#/team/agreements/create");
    const auto& choice = world.page.find(Role::select, "Terms version");
    REQUIRE(choice.options.size() == 3);
    CHECK(choice.options[1].value == "2.10");
    CHECK(choice.value == "2.10");
}
