// Lists: nothing changes by moving through choices, empty ones say what hides the rest, and quiet results speak.

#include "support/portal_world.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ca;
using namespace ca::test;

TEST_CASE("choosing a state to add changes nothing until it is added") {
    SampleWorld world;
    world.go("#/agreements");
    world.page.choose("Add a filter", "State: Expired");
    world.look();
    CHECK(world.platform.address == "#/agreements");
    CHECK_FALSE(world.page.has(Role::button, "Remove filter: State: Expired"));
    world.click(Role::button, "Add filter");
    CHECK(world.page.has(Role::button, "Remove filter: State: Expired"));
    CHECK(world.platform.address == "#/agreements?state=active,draft-under-review,expired");
    CHECK(world.page.focused() == world.page.find(Role::select, "Add a filter").key);
    world.click(Role::button, "Add filter");
    CHECK(world.shows("error=\"Choose a state to add\""));
}

TEST_CASE("the teams' lists say to others that they are the teams'") {
    SampleWorld world;
    world.act_as("Jo Field");
    for (const char* address : {"#/team/agreements", "#/team/cases"}) {
        world.go(address);
        CHECK(world.says("This page is for the NHS England teams."));
        CHECK_FALSE(world.page.has(Role::table, "Agreements"));
        CHECK_FALSE(world.page.has(Role::table, "Cases"));
    }
}

TEST_CASE("choosing a version to compare with changes nothing until it is asked for") {
    SampleWorld world;
    world.go("#/agreements/CNTR0000009/compare");
    world.page.choose("Compare version 6.1 with", "Version 6.1");
    world.look();
    CHECK(world.platform.address == "#/agreements/CNTR0000009/compare");
    world.click(Role::button, "Compare");
    CHECK(world.platform.address == "#/agreements/CNTR0000009/compare?with=6.1");
    CHECK(world.says("No clause that concerns this agreement has changed."));
}

TEST_CASE("an empty list says what hides the rest") {
    SampleWorld world;
    world.go("#/agreements?state=active&q=CNTR0000007");
    CHECK(world.shows("No agreement matches. Only those with “CNTR0000007” are shown. The state filters hide"));
    CHECK(world.shows("1 with “State: Cancelled”"));
    CHECK(world.shows("Choose Clear All to see all 15 agreements."));
}

TEST_CASE("an empty list of cases says what hides the rest, and shows it") {
    SampleWorld world;
    const auto all = world.kept().cases.size();
    world.go("#/cases?open=only&q=nowhere");
    CHECK(world.says("No case matches. Only those with “nowhere” are shown."));
    CHECK(world.says("hidden, because"));
    CHECK(world.says("Choose Clear All to see all " + std::to_string(all) + " cases."));
    world.click(Role::button, "Clear All");
    CHECK(world.platform.address == "#/cases");
    CHECK(world.page.has(Role::status, std::to_string(all) + " of " + std::to_string(all) + " cases"));
    CHECK(world.page.has(Role::status, "All filters are cleared."));
    CHECK(world.page.focused() == world.page.find(Role::searchbox, "Filter cases").key);
}

TEST_CASE("what a row says of a state can be typed to find it") {
    SampleWorld world;
    world.go("#/agreements?state=all");
    world.type(Role::searchbox, "Filter agreements", "draft, paused");
    REQUIRE(world.page.has(Role::status, "1 of 15 agreements"));
    CHECK(world.says("Draft, paused"));
}

TEST_CASE("clearing, sorting, exporting and the calendar are told") {
    SampleWorld world;
    world.go("#/agreements");
    world.click(Role::button, "Clear All");
    CHECK(world.page.has(Role::status, "All filters are cleared."));
    world.click(Role::button, "Created");
    CHECK(world.page.has(Role::status, "Sorted by Created, ascending."));
    world.click(Role::button, "Created");
    CHECK(world.page.has(Role::status, "Sorted by Created, descending."));
    world.click(Role::button, "Export");
    world.click(Role::button, "Export CSV");
    CHECK(world.page.has(Role::status, "agreements-2026-03-02.csv is in your downloads: 15 agreements."));
    world.type(Role::searchbox, "Filter agreements", "lark");
    CHECK_FALSE(world.says("is in your downloads"));
    world.go("#/agreements/CNTR0000015");
    world.click(Role::button, "Add the last day to a calendar");
    REQUIRE(world.platform.saved.size() == 2);
    CHECK(world.page.has(Role::status, world.platform.saved.back().name +
                                           " is in your downloads. Open it to put the last day into your calendar."));
}

TEST_CASE("which file the record of an agreement went out as is told, in events") {
    SampleWorld world;
    world.go("#/agreements/CNTR0000009/history");
    world.click(Role::button, "Export this record");
    REQUIRE(world.platform.saved.size() == 1);
    const auto lines = std::ranges::count(world.platform.saved[0].bytes, '\n');
    CHECK(world.page.has(Role::status,
                         "CNTR0000009-events.jsonl is in your downloads: " + std::to_string(lines) + " events."));
}

TEST_CASE("who was put on the watch list, or taken off it, is told") {
    SampleWorld world;
    world.go("#/cases/CS0000010");
    world.type(Role::textbox, "Email address", "new@northmoor.example");
    world.click(Role::button, "Add to watch list");
    CHECK(
        world.page.has(Role::status, "new@northmoor.example is on the watch list: it gets a copy of each new entry."));
    world.click(Role::button, "Remove new@northmoor.example");
    CHECK(world.page.has(Role::status, "new@northmoor.example is no longer on the watch list."));
}

TEST_CASE("creating and requesting name every missing field, and a request that was sent leaves its form empty") {
    SampleWorld world;
    world.go("#/team/agreements/create");
    world.click(Role::button, "Create agreement");
    CHECK(world.page.has(Role::link, "Choose an account"));
    CHECK(world.page.has(Role::link, "Choose at least one API product"));
    world.act_as("API product team");
    world.go("#/team/requests");
    world.click(Role::button, "Send request");
    CHECK(world.page.has(Role::link, "Choose an account"));
    CHECK(world.page.has(Role::link, "Choose at least one API product"));
    world.page.choose("Account", "Pennine Care Records Ltd (YGF11)");
    world.page.tick(Role::checkbox, world.kept().products.begin()->second.name);
    world.click(Role::button, "Send request");
    CHECK(world.page.find(Role::select, "Account").value.empty());
}

TEST_CASE("a nomination that was sent leaves its form empty") {
    SampleWorld world;
    world.act_as("Agreement team");
    world.go("#/nomination");
    const auto contact =
        std::ranges::find_if(world.kept().contacts, [](const auto& entry) { return !entry.second.onboarding_contact; });
    REQUIRE(contact != world.kept().contacts.end());
    const auto email = contact->second.email;
    const auto account = *world.kept().find_account(contact->second.account);
    world.page.choose("Account", account.name + " (" + account.ods_code + ")");
    world.type(Role::textbox, "Email address of the contact", email);
    world.click(Role::button, "Submit nomination");
    CHECK(world.kept().find_contact(email)->onboarding_contact);
    CHECK(world.page.find(Role::textbox, "Email address of the contact").value.empty());
    CHECK(world.page.find(Role::select, "Account").value.empty());
}

namespace {

std::vector<std::string> columns_of(const SampleWorld& world) {
    return world.page.names(Role::column_header, world.page.find(Role::table, "Agreements").key);
}

const std::vector<std::string> guide_columns{"Number",
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
                                             "Created"};

}  // namespace

TEST_CASE("the columns of the list are chosen, kept in this browser, and all of them come back") {
    SampleWorld world;
    world.go("#/agreements");
    CHECK(columns_of(world) == guide_columns);
    CHECK_FALSE(world.page.has(Role::checkbox, "Accepted By"));
    world.click(Role::button, "Columns");
    CHECK(world.page.find(Role::button, "Columns").expanded == semantics::Toggle::on);
    auto may_be_hidden = guide_columns;
    std::erase(may_be_hidden, "Number");  // it leads to the agreement, and always stays
    CHECK(world.page.names(Role::checkbox, world.page.find(Role::group, "Columns").key) == may_be_hidden);
    CHECK(world.page.has(Role::status, "All 12 columns are shown."));
    CHECK(world.page.find(Role::button, "Show all columns").disabled);

    world.page.tick(Role::checkbox, "Accepted By", false);
    world.page.tick(Role::checkbox, "Company Registration Number", false);
    world.look();
    auto fewer = guide_columns;
    std::erase(fewer, "Accepted By");
    std::erase(fewer, "Company Registration Number");
    CHECK(columns_of(world) == fewer);
    CHECK(world.page.has(Role::status, "10 of 12 columns are shown."));
    CHECK(world.platform.address == "#/agreements");  // whom the address is sent to sees what they like

    world.go("#/team/agreements");
    CHECK(columns_of(world) == fewer);
    world.click(Role::button, "Columns");
    world.click(Role::button, "Show all columns");
    CHECK(columns_of(world) == guide_columns);
    CHECK(world.page.find(Role::checkbox, "Accepted By").checked == semantics::Toggle::on);
}

TEST_CASE("a list that is sorted by a column that is not shown says so") {
    SampleWorld world;
    world.go("#/agreements");
    world.click(Role::button, "Created");
    CHECK_FALSE(world.shows("Sorted by Created, which is not shown."));
    world.click(Role::button, "Columns");
    world.page.tick(Role::checkbox, "Created", false);
    world.look();
    CHECK(world.shows("Sorted by Created, which is not shown."));
    world.page.tick(Role::checkbox, "Created", true);
    world.look();
    CHECK_FALSE(world.shows("which is not shown"));
}

TEST_CASE("what is exported has every column, also those that are not shown, and the list is narrowed by them") {
    SampleWorld world;
    world.go("#/agreements?state=all");
    world.click(Role::button, "Export");
    world.click(Role::button, "Export CSV");
    world.click(Role::button, "Columns");
    for (const auto& column : guide_columns)
        if (column != "Number") world.page.tick(Role::checkbox, column, false);
    world.look();
    CHECK(columns_of(world) == std::vector<std::string>{"Number"});
    world.click(Role::button, "Export CSV");
    REQUIRE(world.platform.saved.size() == 2);
    CHECK(world.platform.saved[0].bytes == world.platform.saved[1].bytes);
    const auto& some = world.kept().agreements.begin()->second;
    world.type(Role::searchbox, "Filter agreements", world.kept().find_account(some.account)->name);
    CHECK(world.page.has(Role::link, some.number));
    CHECK_FALSE(world.page.has(Role::status, "15 of 15 agreements"));
}

TEST_CASE("a preference that cannot be read hides nothing, and the number is never hidden") {
    SampleWorld world;
    world.platform.settings["prefers-agreements-hidden-columns"] = "number,nonsense,,case";
    world.go("#/agreements");
    CHECK(columns_of(world) == [] {
        auto fewer = guide_columns;
        std::erase(fewer, "Case");
        return fewer;
    }());
}

TEST_CASE("of many rows no two buttons have one name") {
    SampleWorld world;
    for (const auto* address : {"#/team/requests", "#/team/accounts", "#/team/outbox?show=all"}) {
        world.go(address);
        auto names = world.page.names(Role::button);
        std::ranges::sort(names);
        CHECK_MESSAGE(std::ranges::adjacent_find(names) == names.end(), address, ": ",
                      std::ranges::adjacent_find(names) == names.end() ? "" : *std::ranges::adjacent_find(names));
    }
}

TEST_CASE("spaces around a code, a version or an address are no part of it") {
    SampleWorld world;
    world.go("#/team/accounts");
    world.type(Role::textbox, "ODS code", "  yzz99 ");
    world.type(Role::textbox, "Organisation name", "Spaced Ltd");
    world.click(Role::button, "Register account");
    CHECK(world.kept().find_account("YZZ99"));
    CHECK(world.says("YZZ99 can now have contacts and agreements."));
    world.go("#/team/terms");
    world.type(Role::textbox, "Version", " 9.1 ");
    world.type(Role::textbox, "Title", "Next");
    world.type(Role::textbox, "Standard terms", "# Terms\n\n1. Words.\n");
    world.click(Role::button, "See what will change");
    world.click(Role::button, "Publish terms");
    CHECK(world.kept().find_terms("9.1"));
}

TEST_CASE("what is missing in a form and what is wrong in it are told at once") {
    SampleWorld world;
    world.go("#/team/accounts");
    world.type(Role::textbox, "ODS code", "not a code");
    world.type(Role::textbox, "Company number", "x");
    world.type(Role::textbox, "Delivery notice email address", "nobody");
    world.click(Role::button, "Register account");
    CHECK(world.page.has(Role::link, "An ODS code is 1 to 9 letters and digits, for example YGA12. Check the code."));
    CHECK(world.page.has(Role::link, "Enter the name of the organisation"));
    CHECK(world.shows("A company registration number is 8 characters"));
    CHECK(world.page.has(Role::link, "Enter an email address in the right format, such as name@example.com."));
    world.go("#/team/terms");
    world.type(Role::textbox, "Version", "six");
    world.click(Role::button, "See what will change");
    CHECK(world.shows("must be one to four numbers with dots between them"));
    CHECK(world.page.has(Role::link, "Enter a title"));
    CHECK(world.page.has(Role::link, "Enter the standard terms, or choose a file"));
}

TEST_CASE("an end date that is wrong and a reason that is missing are told at once") {
    SampleWorld world;
    world.go("#/agreements/CNTR0000003");
    world.click(Role::button, "Terminate");
    world.type(Role::textbox, "Day", "40");
    world.click(Role::button, "Terminate agreement");
    CHECK(world.says("End date must"));
    CHECK(world.page.has(Role::link, "Enter a reason"));
}

TEST_CASE("a terms document whose version is not known asks for it, and refuses nothing before it is typed") {
    SampleWorld world;
    world.go("#/data");
    world.page.give_files("Import file", {{"terms.md", "# Standard terms\n\n1. Words.\n"}});
    world.look();
    if (!world.page.find(Role::textbox, "Terms version").value.empty()) world.type(Role::textbox, "Terms version", "");
    CHECK_FALSE(world.says("is not a version"));
    CHECK(world.says("Enter the version that these texts belong to, to see what will change."));
    world.type(Role::textbox, "Terms version", "six");
    CHECK(world.says("“six” is not a version"));
}

namespace {

void publish(PortalWorld& world, const std::string& version, const std::string& terms) {
    world.go("#/team/terms");
    world.type(Role::textbox, "Version", version);
    world.type(Role::textbox, "Title", "Terms " + version);
    world.type(Role::textbox, "Standard terms", terms);
    world.click(Role::button, "See what will change");
    world.click(Role::button, "Publish terms");
}

}  // namespace

TEST_CASE("that terms were published is told with what it has cancelled, and nothing of it is left unsent") {
    SampleWorld world;
    world.go("#/team/terms");
    world.type(Role::textbox, "Version", "7.0");
    world.go("#/help");
    publish(world, "7.0", "# Terms\n\n1. Words.\n");
    CHECK(world.says("Terms published"));
    publish(world, "7.1", "# Terms\n\n1. Other words.\n");
    const auto cancelled = std::ranges::count_if(world.kept().agreements, [](const auto& entry) {
        return entry.second.terms_version == "7.0" && entry.second.state == lifecycle::State::cancelled;
    });
    REQUIRE(cancelled > 1);
    CHECK(world.says(std::to_string(cancelled) + " pending terms changes were cancelled."));
    CHECK_FALSE(world.says("It has not been sent"));
    world.go("#/help");
    world.go("#/team/terms");
    CHECK_FALSE(world.says("It has not been sent"));
    CHECK(world.page.find(Role::textbox, "Version").value.empty());
}

TEST_CASE("after a query is sent a link leads to its case") {
    SampleWorld world;
    world.act_as("Jo Field");
    world.go("#/agreements/CNTR0000009");
    world.click(Role::button, "Raise a query");
    world.type(Role::textbox, "Description", "What does clause 8 mean for us?");
    world.click(Role::button, "Submit");
    REQUIRE(world.page.has(Role::heading, "Query sent"));
    const auto number = world.kept().cases.rbegin()->first;
    const auto& runs = world.page.key("main/done/words").runs;
    CHECK(std::ranges::find(runs, "#/cases/" + number, &semantics::TextRun::href) != runs.end());
}

TEST_CASE("a comparison shows the title of a text as it was and as it is, and nothing where there is nothing to read") {
    SampleWorld world;
    publish(world, "7.0",
            "# The old title\n\n## 1. One\n\nWords.\n\n## 2. Two\n\n2.1 More words.\n\n## 3. Three\n\n3.1 Last.\n");
    publish(world, "7.1",
            "# The new title\n\n## 1. One\n\nWords.\n\n## 2. Three\n\n2.1 Last.\n\n## 3. Two\n\n3.1 More words.\n");
    const auto& agreements = world.kept().agreements;
    const auto of_7_1 =
        std::ranges::find_if(agreements, [](const auto& entry) { return entry.second.terms_version == "7.1"; });
    REQUIRE(of_7_1 != agreements.end());
    world.go("#/agreements/" + of_7_1->first + "/compare?with=7.0");
    CHECK(world.says("This is the title of the whole text."));
    std::size_t before_the = 0, after_the = 0;
    for (const auto& node : world.page.nodes()) {
        if (node.key.ends_with("/before") || node.key.ends_with("/after")) {
            const auto words = world.page.words(node);
            CHECK_MESSAGE(words.find('\n') != std::string::npos, "nothing stands under the version: ", words);
            before_the += node.key.ends_with("/before") && words.find("The old title") != std::string::npos;
            after_the += node.key.ends_with("/after") && words.find("The new title") != std::string::npos;
        }
    }
    CHECK(before_the == 1);
    CHECK(after_the == 1);
}

TEST_CASE("what waits for another tab says so") {
    SampleWorld world;
    world.go("#/agreements/CNTR0000003");
    world.click(Role::button, "Terminate");
    world.type(Role::textbox, "Reason", "No more.");
    CHECK_FALSE(world.says("Another tab"));
    world.platform.another_has_lock = true;
    world.look();
    CHECK_FALSE(world.says("Another tab"));  // nothing is being saved
}

TEST_CASE("how many of the refused records are kept and wait is told beside their count") {
    PortalWorld world{"2026-03-02T09:00:00Z", "#/data"};
    CHECK(world.page.has(Role::button, "Start with sample data"));
    world.page.give_files(
        "Import file",
        {{.name = "customer_contact.json",
          .bytes =
              R"({"result":[{"sys_id":"00000000000000000000000000000002","name":"Jo Birch","email":"jo@birch.example","account":{"link":"https://i.example/00000000000000000000000000000001","value":"00000000000000000000000000000001"}}]})"}});
    world.look();
    CHECK(
        world.says("1 of the refused records waits for others that are not here yet. It is kept when you import, "
                   "and comes in by itself with those."));
}
