// Corrections by role and name (R64 to R67), what papers keep of the day on which they were accepted, and what is said
// before something is done.
#include "papers/enclosed_record.h"
#include "support/portal_world.h"
#include "papers/verify.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::test;

namespace {

// Presses a button in the row of a table whose key ends like this.
void press_in_row(PortalWorld& world, std::string_view row, std::string_view button) {
    for (const auto* node : semantics::find_all(world.page.nodes(), Role::button, {})) {
        if (!semantics::name_of(world.page.nodes(), *node).starts_with(button) ||
            node->key.find(row) == std::string::npos)
            continue;
        world.page.click_key(std::string(node->key));
        return world.look();
    }
    FAIL("no button ", button, " in the row ", row);
}

}  // namespace

TEST_CASE("the agreement team corrects an account: drafts are renamed, what was accepted keeps the words of its day") {
    SampleWorld world;
    world.go("#/team/accounts");
    world.type(Role::searchbox, "Filter accounts", "Larkfield");
    world.click(Role::button, "Correct YGA12", world.page.find(Role::table, "Accounts").key);
    const auto form = world.page.find(Role::form, "Correct YGA12").key;
    CHECK(world.page.focused() == world.page.find(Role::heading, "Correct YGA12").key);
    world.type(Role::textbox, "Organisation name", " ", form);
    world.click(Role::button, "Save corrections");
    CHECK(world.page.has(Role::link, "Enter the name of the organisation"));
    world.type(Role::textbox, "Organisation name", "Larkfield Software plc", form);
    world.type(Role::textbox, "Company number", "123", form);
    world.type(Role::textbox, "Delivery notice email address", "not an address", form);
    world.click(Role::button, "Save corrections");
    CHECK(world.page.has(Role::heading, "There is a problem"));
    world.type(Role::textbox, "Delivery notice email address", "", form);
    world.click(Role::button, "Save corrections");
    CHECK(world.page.has(Role::heading, "Account corrected"));
    CHECK(world.says("Larkfield Software plc"));
    CHECK(world.says("00000123"));
}

TEST_CASE("a contact puts a name right and ends a nomination, asked before it is done; the history tells both") {
    SampleWorld world;
    world.act_as("Jo Field");
    world.go("#/");
    world.click(Role::link, "Your details");
    CHECK(world.page.has(Role::heading, "Your details"));
    CHECK(world.says("the agreement team corrects it"));
    press_in_row(world, "jo.field@", "Correct");
    world.type(Role::textbox, "Full name", "");
    world.click(Role::button, "Save name");
    CHECK(world.page.has(Role::link, "Enter the full name"));
    world.type(Role::textbox, "Full name", "Jo Marsh");
    world.click(Role::button, "Save name");
    CHECK(world.page.has(Role::heading, "Name corrected"));
    CHECK(world.page.has(Role::button, "Acting as Jo Marsh"));

    press_in_row(world, "jo.field@", "End nomination");
    CHECK(world.page.has(Role::heading, "End the nomination of Jo Marsh"));
    CHECK(world.says("can then no longer accept agreements"));
    world.click(Role::button, "Do not change anything");
    CHECK_FALSE(world.page.has(Role::heading, "End the nomination of Jo Marsh"));
    press_in_row(world, "jo.field@", "End nomination");
    world.click(Role::button, "No longer an onboarding contact");
    CHECK(world.page.has(Role::heading, "Nomination ended"));

    world.go("#/agreements/CNTR0000009/history");
    CHECK(world.says("corrected to Jo Marsh"));
    CHECK(world.says("is no longer an onboarding contact"));
    world.go("#/agreements/CNTR0000009");
    world.act_as("Visitor");
    world.go("#/details");
    CHECK(world.says("This page is for registered contacts."));
    CHECK_FALSE(world.page.has(Role::link, "Your details"));
}

TEST_CASE("issuing and resetting ask first, and say the last day and who is told") {
    SampleWorld world;
    world.go("#/agreements/CNTR0000014");
    world.click(Role::button, "Issue for review");
    CHECK(world.page.has(Role::form, "Issue the draft"));
    CHECK(world.says("Last day to accept"));
    CHECK(world.says("Who is told"));
    CHECK_FALSE(world.page.has(Role::heading, "Issued for review"));
    world.click(Role::button, "Do not change anything");
    CHECK(world.page.focused() == world.page.find(Role::button, "Issue for review").key);
    world.click(Role::button, "Issue for review");
    world.click(Role::button, "Issue agreement");
    CHECK(world.page.has(Role::heading, "Issued for review"));
    CHECK_FALSE(world.page.has(Role::button, "Issue for review"));

    world.go("#/agreements/CNTR0000010");
    world.click(Role::button, "Reset review");
    CHECK(world.says("31 March 2026"));  // 2 March is day 1 of 30
    CHECK(world.says("a reset notifies no one"));
    world.type(Role::textbox, "Reason", "The annex was missing.");
    world.click(Role::button, "Reset");
    CHECK(world.page.has(Role::heading, "Review reset"));
    world.go("#/agreements/CNTR0000010/history");
    CHECK(world.says("The annex was missing."));
}

TEST_CASE("a name that turns text round turns nothing in the CSV of a publication's dry run") {
    SampleWorld world;
    world.go("#/team/accounts");
    world.type(Role::searchbox, "Filter accounts", "Larkfield");
    world.click(Role::button, "Correct YGA12", world.page.find(Role::table, "Accounts").key);
    world.type(Role::textbox, "Organisation name", "Lark\u202Edleif", world.page.find(Role::form, "Correct YGA12").key);
    world.click(Role::button, "Save corrections");
    REQUIRE(world.kept().find_account("YGA12")->name == "Lark\u202Edleif");
    world.go("#/team/terms");
    world.type(Role::textbox, "Version", "9.9");
    world.type(Role::textbox, "Title", "Nine");
    world.type(Role::textbox, "Standard terms", "# Nine");
    world.click(Role::button, "See what will change");
    world.click(Role::button, "Download as CSV");
    REQUIRE(world.platform.saved.size() == 1);
    CHECK(world.platform.saved[0].bytes.find("\u202E") == std::string::npos);
    CHECK(world.platform.saved[0].bytes.find("Lark[U+202E]dleif") != std::string::npos);
}

TEST_CASE("the dry run of a publication is a table of what becomes of each agreement, and a CSV file") {
    SampleWorld world;
    world.go("#/team/terms");
    world.type(Role::textbox, "Version", "9.9");
    world.type(Role::textbox, "Title", "Nine");
    world.type(Role::textbox, "Standard terms", "# Nine");
    const auto last = world.store.log().workspace().agreements.rbegin()->first;
    world.click(Role::button, "See what will change");
    CHECK(world.page.has(Role::table, "What happens to each agreement"));
    for (const char* words : {"agreements will be uplifted.", "listed as skipped.",
                              "pending terms changes are cancelled", "Its review is paused since",
                              "still open, and will not hold the new one", "left alone: it is accepted by hand"}) {
        CAPTURE(words);
        CHECK(world.says(words));
    }
    for (const auto& link :
         world.page.names(Role::link, world.page.find(Role::table, "What happens to each agreement").key))
        CHECK(link <= last);
    world.click(Role::button, "Download as CSV");
    REQUIRE(world.platform.saved.size() == 1);
    CHECK(world.platform.saved[0].name == "publishing-9.9-dry-run.csv");
    CHECK(world.platform.saved[0].bytes.find("\"What happens\"") != std::string::npos);
    world.click(Role::button, "Publish terms");
    CHECK(world.page.has(Role::heading, "Terms published"));
}
