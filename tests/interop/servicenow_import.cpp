#include "interop/tables.h"
#include "journal/packed.h"
#include "journal/segments.h"
#include "support/made_export.h"
#include "support/whole.h"

#include <algorithm>
#include <random>
#include <set>

using namespace ca;
using namespace ca::interop;
using namespace ca::interop::test;
using namespace ca::lifecycle;

namespace {

// A table of the small world with one row after it, together with the tables that it rests on.
ImportPlan plan_with(const std::string& table, const std::string& bad_row) {
    auto files = small_world();
    for (auto& each : files)
        if (each.name == table + ".json")
            each = file(table,
                        {table == "customer_account"
                             ? account_row({{"sys_id", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa9"}, {"u_ods_code", "YZZ99"}})
                             : std::string("{}"),
                         bad_row});
    // The first record is sound where it is an account; elsewhere it is an empty record, which is unsound too.
    return plan_import({}, files, {}, now);
}

const Refused* refusal_at(const ImportPlan& plan, const std::string& table, int position) {
    for (auto const& each : plan.refused)
        if (each.file == table + ".json" && each.position == position) return &each;
    return nullptr;
}

void check_refused(const std::string& table, const std::string& bad_row, const std::string& part_of_reason) {
    auto const plan = plan_with(table, bad_row);
    CHECK(plan.broken.empty());
    auto const* refused = refusal_at(plan, table, 2);
    CAPTURE(bad_row);
    REQUIRE_MESSAGE(refused != nullptr, part_of_reason);
    CAPTURE(refused->reason);
    CHECK(refused->reason.find(part_of_reason) != std::string::npos);
}

}  // namespace

TEST_CASE("the small world comes in whole") {
    auto const plan = plan_import({}, small_world(), {}, now);
    REQUIRE(plan.broken.empty());
    CHECK(plan.refused.empty());
    CHECK(plan.fresh == 6);
    REQUIRE(plan.by_table.size() == 4);
    CHECK(plan.by_table[2].name == "ast_contract");
    CHECK(plan.by_table[2].fresh == 2);
    auto const workspace = after({}, plan);

    auto const& account = workspace.accounts.at("RBA11");
    CHECK(account.imported);
    CHECK(account.address == "1 Elm Street, Leeds, LS1 1AA, United Kingdom");
    CHECK(account.company_number == "01234567");
    CHECK(account.delivery_email == "agreements@birch.example");
    auto const& contact = workspace.contacts.at("zoe@birch.example");
    CHECK(contact.onboarding_contact);
    CHECK(contact.account == "RBA11");

    auto const& draft = workspace.agreements.at("CNTR0000101");
    CHECK(draft.imported);
    CHECK(draft.state == State::draft);
    CHECK(draft.substate == Substate::under_review);
    CHECK(draft.products == std::vector<std::string>{"pds-fhir-api", "mesh"});
    CHECK(workspace.products.at("pds-fhir-api").name == "PDS FHIR API");
    CHECK(draft.review.window_days == 90);
    CHECK(draft.review.last_day() == *parse_date("2027-01-29"));
    CHECK(draft.acceptance_case == "CS0000201");
    CHECK(draft.notified.empty());  // the row does not say that anybody was notified
    CHECK(!draft.issued);           // nor when it was issued
    auto const& uplift = workspace.agreements.at("CNTR0000102");
    CHECK(uplift.review.window_days == 30);
    CHECK(uplift.issued == *parse_date("2026-11-10"));  // R33
    CHECK(!uplift.acceptance_case);

    REQUIRE(workspace.find_terms("6.1") != nullptr);
    CHECK(workspace.find_terms("6.1")->imported_stub);
    CHECK(!workspace.find_terms("6.1")->uplift);
    auto const& query = workspace.cases.at("CS0000202");
    CHECK(query.kind == CaseKind::query);
    CHECK(query.state == CaseState::fresh);
    REQUIRE(query.activity.size() == 1);
    CHECK(query.activity[0].text == "Please confirm clause 8.5.");
    CHECK(query.activity[0].author == "Birch Care");
    CHECK(workspace.cases.at("CS0000201").kind == CaseKind::acceptance);
}

TEST_CASE("numbers go on above the highest imported (L1, L2)") {
    auto const workspace = imported(small_world());
    CHECK(workspace.last_agreement == 102);
    CHECK(workspace.last_case == 202);
}

TEST_CASE("states, substates and types of every spelling that ServiceNow writes") {
    auto state_of = [](const Cells& changes) {
        auto const workspace =
            imported({file("customer_account", {account_row()}), file("ast_contract", {draft_row(changes)})});
        REQUIRE(workspace.agreements.size() == 1);
        return workspace.agreements.begin()->second.state;
    };
    CHECK(state_of({{"state", "active"}, {"substate", ""}}) == State::active);
    CHECK(state_of({{"state", "Active"}, {"substate", ""}}) == State::active);
    CHECK(state_of({{"state", "expired"}, {"substate", ""}}) == State::expired);
    CHECK(state_of({{"state", "cancelled"}, {"substate", ""}}) == State::cancelled);
    CHECK(state_of({{"state", "canceled"}, {"substate", ""}}) == State::cancelled);
    CHECK(state_of({{"substate", "awaiting_review"}}) == State::draft);
    // With display_value=all a code of their own is read by what it is shown as.
    CHECK(state_of({{"state", R"({"display_value": "Expired", "value": "7"})"}, {"substate", ""}}) == State::expired);

    auto case_state = [](const std::string& code) {
        auto const workspace = imported({file("customer_account", {account_row()}), file("ast_contract", {draft_row()}),
                                         file("sn_customerservice_case", {case_row({{"state", code}})})});
        REQUIRE(workspace.cases.size() == 1);
        return workspace.cases.begin()->second.state;
    };
    CHECK(case_state("1") == CaseState::fresh);
    CHECK(case_state("10") == CaseState::open);
    CHECK(case_state("18") == CaseState::awaiting_info);
    CHECK(case_state("6") == CaseState::resolved);
    CHECK(case_state("3") == CaseState::closed);
    CHECK(case_state("=6") == CaseState::resolved);  // a bare number
}

TEST_CASE("an imported record keeps what today's rules would not have allowed") {
    auto files = small_world();
    // Two Active agreements of one account, one accepted by nobody, starting in the future, after an end date.
    files[2] = file("ast_contract",
                    {draft_row({{"state", "active"}, {"substate", ""}}), uplift_row({{"state", "active"},
                                                                                     {"substate", ""},
                                                                                     {"starts", "2027-03-01"},
                                                                                     {"ends", "2027-01-01"},
                                                                                     {"u_api_products", ""}})});
    auto const plan = plan_import({}, files, {}, now);
    CHECK(plan.refused.empty());
    auto const workspace = after({}, plan);
    CHECK(workspace.agreements.at("CNTR0000101").state == State::active);
    CHECK(workspace.agreements.at("CNTR0000102").state == State::active);
    CHECK(workspace.agreements.at("CNTR0000102").products.empty());
}

TEST_CASE("each unsound record is refused with its position and its reason") {
    SUBCASE("accounts") {
        auto other = [](Cells changes) {
            changes.insert(changes.begin(), {{"sys_id", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa2"}, {"u_ods_code", "YXX98"}});
            return account_row(changes);
        };
        check_refused("customer_account", other({{"name", " "}}), "It has no name");
        check_refused("customer_account", other({{"u_ods_code", ""}}), "no u_ods_code");
        check_refused("customer_account", other({{"u_ods_code", "RBA-1"}}), "1 to 9 letters and digits");
        check_refused("customer_account", other({{"u_ods_code", "YZZ99"}}),
                      "the same u_ods_code (“YZZ99”) as record 1 of customer_account.json");
        check_refused("customer_account", other({{"sys_id", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa9"}}), "the same sys_id");
        check_refused("customer_account", other({{"registration_code", "12A"}}), "8 characters");
        check_refused("customer_account", other({{"u_public_healthcare", "perhaps"}}),
                      "“perhaps”, which is not one of");
        check_refused("customer_account", other({{"u_delivery_email", "nobody"}}), "not an email address");
        check_refused("customer_account", other({{"name", std::string(1001, 'x')}}), "longer than 1000 characters");
        check_refused("customer_account", other({{"name", "Birch\nCare"}}), "line break");
        check_refused("customer_account", other({{"name", "[1]"}}), "holds a list");
        check_refused("customer_account", other({{"name", R"({"display_value": "Birch"})"}}), "sysparm_display_value");
        check_refused("customer_account", other({{"sys_class_name", "ast_contract"}}),
                      "a record of ast_contract among those of customer_account");
        check_refused("customer_account", other({{"sys_class_name", "core_company"}}),
                      "a record of core_company among those of customer_account");
        check_refused("customer_account", other({{"sys_id", "a/b"}}), "not a sys_id");
        check_refused("customer_account", "\"text\"", "not a record but a text");
        check_refused("customer_account", "{\"name\": \"A\", \"name\": \"B\"}", "stands in the record twice");
    }
    SUBCASE("contacts") {
        check_refused("customer_contact", contact_row({{"email", ""}}), "no email");
        check_refused("customer_contact", contact_row({{"email", "zoe@birch"}}), "not an email address");
        check_refused("customer_contact", contact_row({{"name", ""}}), "no name");
        check_refused("customer_contact", contact_row({{"account", ""}}), "names no account");
        check_refused("customer_contact", contact_row({{"account", reference("customer_account", "ffff")}}),
                      "account is not known yet");
        check_refused("customer_contact", contact_row({{"u_onboarding_contact", "maybe"}}), "which is not one of");
    }
    SUBCASE("agreements") {
        check_refused("ast_contract", draft_row({{"number", ""}}), "no number");
        check_refused("ast_contract", draft_row({{"number", "CNTR101"}}), "not CNTR and 7 digits");
        check_refused("ast_contract", draft_row({{"short_description", ""}}), "no short_description");
        check_refused("ast_contract", draft_row({{"account", reference("customer_account", "ffff")}}),
                      "account is not known yet");
        check_refused("ast_contract", draft_row({{"state", ""}}), "no state");
        check_refused("ast_contract", draft_row({{"state", "lapsed"}}), "“lapsed”, which is not one of");
        check_refused("ast_contract", draft_row({{"substate", ""}}), "must say awaiting_review or under_review");
        check_refused("ast_contract", draft_row({{"substate", "half_reviewed"}}), "which is not one of");
        check_refused("ast_contract", draft_row({{"state", "active"}}), "which only a draft can be");
        check_refused("ast_contract", draft_row({{"u_signature_type", "By post"}}), "which is not one of");
        check_refused("ast_contract", draft_row({{"u_signature_type", ""}}), "no u_signature_type");
        check_refused("ast_contract", draft_row({{"u_terms_version", ""}}), "no u_terms_version");
        check_refused("ast_contract", draft_row({{"starts", "2026-02-30"}}), "not a date");
        check_refused("ast_contract", draft_row({{"u_accepted_on", "1 August 2025"}}), "not a date");
        check_refused("ast_contract", draft_row({{"sys_created_on", "2026-11-01"}}), "not a date and time");
        check_refused("ast_contract", draft_row({{"sys_created_on", ""}}), "no sys_created_on");
        check_refused("ast_contract", draft_row({{"u_superseded_contract", "none"}}), "not CNTR and 7 digits");
        check_refused("ast_contract", draft_row({{"u_superseded_contract", "CNTR0000101"}}),
                      "names the agreement itself");
    }
    SUBCASE("cases") {
        check_refused("sn_customerservice_case", case_row({{"number", "CASE1"}}), "not CS and 7 digits");
        check_refused("sn_customerservice_case", case_row({{"state", "7"}}), "“7”, which is not one of");
        check_refused("sn_customerservice_case", case_row({{"contract", ""}}), "names no agreement");
        check_refused("sn_customerservice_case", case_row({{"contract", reference("ast_contract", "ffff")}}),
                      "agreement is not known yet");
        check_refused("sn_customerservice_case", case_row({{"opened_at", "yesterday"}}), "not a date and time");
        check_refused("sn_customerservice_case", case_row({{"watch_list", "zoe at birch"}}),
                      "neither an email address nor a sys_id");
        check_refused("sn_customerservice_case", case_row({{"description", std::string(32001, 'x')}}), "longer than");
    }
}

TEST_CASE("duplicates within a file: the first comes in, the others are refused") {
    auto const plan = plan_import(
        {},
        std::vector{file("customer_account", {account_row()}),
                    file("ast_contract", {draft_row(), draft_row(), draft_row({{"sys_id", "c9"}}), uplift_row()})},
        {}, now);
    CHECK(plan.fresh == 3);
    REQUIRE(plan.refused.size() == 2);
    CHECK(plan.refused[0].position == 2);
    CHECK(plan.refused[0].reason.find("the same sys_id") != std::string::npos);
    CHECK(plan.refused[1].position == 3);
    CHECK(plan.refused[1].number == "CNTR0000101");
    CHECK(plan.refused[1].reason.find("the same number (“CNTR0000101”) as record 1 of ast_contract.json") !=
          std::string::npos);
}

TEST_CASE("an unsound account takes nothing with it for good: what belongs to it waits") {
    auto files = small_world();
    files[0] = file("customer_account", {account_row({{"u_delivery_email", "nobody"}})});
    auto const plan = plan_import({}, files, {}, now);
    CHECK(plan.fresh == 0);
    CHECK(plan.refused.size() == 6);
    REQUIRE(refusal_at(plan, "ast_contract", 1) != nullptr);
    CHECK(refusal_at(plan, "ast_contract", 1)
              ->reason.find("Its account did not come in: record 1 of customer_account.json") != std::string::npos);
    CHECK(refusal_at(plan, "ast_contract", 1)->waiting);
    CHECK(!refusal_at(plan, "customer_account", 1)->waiting);

    auto const waiting = after({}, plan);
    auto const mended = plan_import(waiting, std::vector{file("customer_account", {account_row()})}, {}, now);
    CHECK(mended.refused.empty());
    CHECK(mended.fresh == 6);
    CHECK((without_arrival(after(waiting, mended)) == without_arrival(imported(small_world()))));
}

TEST_CASE("agreements that supersede each other in a ring are refused where the ring would close") {
    auto const plan =
        plan_import({},
                    std::vector{file("customer_account", {account_row()}),
                                file("ast_contract", {draft_row({{"u_superseded_contract", "CNTR0000102"}}),
                                                      uplift_row({{"u_superseded_contract", "CNTR0000101"}})})},
                    {}, now);
    REQUIRE(plan.refused.size() == 1);
    CHECK(plan.refused[0].position == 2);
    CHECK(plan.refused[0].reason.find("supersede itself") != std::string::npos);
}

TEST_CASE("a case whose account is not its agreement's is refused") {
    auto const plan = plan_import(
        {},
        std::vector{file("customer_account", {account_row(), account_row({{"sys_id", "a2"}, {"u_ods_code", "YQQ77"}})}),
                    file("ast_contract", {draft_row()}),
                    file("sn_customerservice_case", {case_row({{"account", reference("customer_account", "a2")}})})},
        {}, now);
    REQUIRE(plan.refused.size() == 1);
    CHECK(plan.refused[0].reason.find("YQQ77") != std::string::npos);
}

TEST_CASE("a broken file changes nothing at all, and says where it breaks") {
    auto const good = file("customer_account", {account_row()});
    auto check_broken = [&](File bad, const std::string& reason, const std::string& where) {
        auto const plan = plan_import({}, std::vector{good, bad}, {}, now);
        CHECK(plan.events.empty());
        CHECK(plan.fresh == 0);
        REQUIRE(plan.broken.size() == 1);
        CHECK(plan.broken[0].file == bad.name);
        CAPTURE(plan.broken[0].reason);
        CAPTURE(plan.broken[0].where);
        CHECK(plan.broken[0].reason.find(reason) != std::string::npos);
        CHECK(plan.broken[0].where.find(where) != std::string::npos);
    };
    auto whole = file("ast_contract", {draft_row()});
    auto cut = whole;
    cut.bytes.resize(cut.bytes.size() / 2);
    check_broken(cut, "ends too early", "byte " + std::to_string(cut.bytes.size() + 1));
    check_broken({"x.json", ""}, "empty", "byte 1");
    check_broken({"x.json", "Dear team, here is the export"}, "not JSON", "line 1, character 1");
    check_broken({"x.json", "{\"result\": [\n{\"a\" 1}]}"}, "a colon was expected", "line 2, character 6");
    check_broken({"x.json", "{\"result\": []} trailing"}, "more text after the end", "line 1");
    check_broken({"x.json", "{\"result\": [{\"name\": \"\xff\xfe\"}]}"}, "not UTF-8", "line 1");
    check_broken({"x.json", "\xff\xfe{"}, "UTF-16", "byte 1");
    check_broken({"x.json", "[1, 2]"}, "no list called “result”", "");
    check_broken({"x.json", "{\"records\": []}"}, "no list called “result”", "");
    check_broken({"x.json", "{\"result\": {}}"}, "no list called “result”", "");
    check_broken({"x.json", "{\"error\": {\"message\": \"User Not Authenticated\"}, \"status\": \"failure\"}"},
                 "User Not Authenticated", "");
    check_broken({"x.json", "{\"result\": [{\"colour\": \"mauve\"}]}"}, "of none of the tables", "");
    check_broken({"x.json", "{\"result\": []}"}, "does not say of which table", "");
    check_broken({"x.json", std::string(5000, '[')}, "nested more than 64 deep", "");
    check_broken({"x.json", "{\"result\": [" + draft_row() + "], \"result\": []}"}, "“result” more than once", "");
    check_broken({"x.json", draft_row() + "\n" + uplift_row()}, "one record a line", "line 2");
    check_broken({"x.json", "{\"result\": " + draft_row() + "}"}, "one record of that name", "");
    check_broken({"x.json", "{\"records\": [" + draft_row() + "]}"}, "called “records”", "");
    auto const person =
        row({{"sys_id", draft_id}, {"sys_class_name", "sys_user"}, {"name", "Zoë"}, {"email", "zoe@birch.example"}});
    check_broken(file("customer_contact", {person, person}), "an export of the table “sys_user”", "");
}

TEST_CASE("an export with display values only is recognised, whatever the file is called") {
    auto const shown = std::string(
        R"({"display_value": "Birch Care", "link": "https://instance.example/api/now/table/customer_account/1"})");
    auto told = [](std::vector<std::string> rows) {
        auto const plan = plan_import(
            {},
            std::vector{file("customer_account", {account_row()}), File{"download (3).json", file("x", rows).bytes}},
            {}, now);
        REQUIRE(plan.broken.size() == 1);
        CHECK(plan.broken[0].file == "download (3).json");
        CHECK(plan.broken[0].reason.find("sysparm_display_value=all, or false") != std::string::npos);
    };
    told({draft_row({{"account", shown}}), uplift_row({{"account", ""}})});
    told({contact_row({{"account", shown}})});
    told({case_row({{"contract", shown}, {"account", shown}})});
    told({draft_row({{"account", "Birch Care"}}), uplift_row({{"account", "Birch Care"}})});  // without links

    // A plain sys_id that is not known waits, as ever; and one stray record does not turn a file.
    auto const plan = plan_import(
        {}, std::vector{file("ast_contract", {draft_row({{"account", "ffff"}}), uplift_row({{"account", shown}})})}, {},
        now);
    CHECK(plan.broken.size() == 1);
    CHECK(plan_import({},
                      std::vector{file("ast_contract", {draft_row({{"account", account_id}}),
                                                        uplift_row({{"account", "Birch Care"}})})},
                      {}, now)
              .broken.empty());
    CHECK(plan_import({}, std::vector{file("ast_contract", {draft_row(), uplift_row({{"account", shown}})})}, {}, now)
              .broken.empty());
}

TEST_CASE("what every record of a file is refused for is said once, for the file") {
    auto plan_of = [](std::vector<std::string> rows) {
        return plan_import(
            {}, std::vector{file("customer_account", {account_row()}), file("ast_contract", std::move(rows))}, {}, now);
    };
    auto plan = plan_of({draft_row({{"number", "INC0000001"}}), draft_row({{"sys_id", "c9"}, {"number", "INC0000002"}}),
                         draft_row({{"sys_id", "c8"}, {"number", "CNTR1"}})});
    REQUIRE(plan.refused.size() == 1);
    CHECK(plan.refused[0].file == "ast_contract.json");
    CHECK(plan.refused[0].position == 0);
    CHECK(plan.refused[0].reason.find(
              "None of its 3 records can come in, all for the same reason. Of the first: number says “INC0000001”") ==
          0);
    CHECK(plan.refused[0].reason.find("read as ast_contract") != std::string::npos);
    CHECK(plan.refused_records() == 3);
    CHECK(plan.fresh == 1);  // the other file comes in
    CHECK(plan.by_table[1].refused == 3);

    CHECK(plan_of({draft_row({{"number", "(none)"}}), uplift_row({{"number", "(none)"}}),
                   uplift_row({{"number", "(none)"}})})
              .refused.size() == 1);
    // For two reasons, of two records of three, or of the two that there are: one by one.
    CHECK(plan_of({draft_row({{"number", ""}}), uplift_row({{"number", ""}}), uplift_row({{"state", ""}})})
              .refused.size() == 3);
    CHECK(plan_of({draft_row(), uplift_row({{"number", ""}}), uplift_row({{"number", ""}})}).refused.size() == 2);
    CHECK(plan_of({draft_row({{"number", ""}}), uplift_row({{"number", ""}})}).refused[0].position == 1);
    // Records that wait are kept, each by itself.
    CHECK(plan_import({},
                      std::vector{file("ast_contract", {draft_row(), uplift_row(),
                                                        uplift_row({{"sys_id", "c9"}, {"number", "CNTR0000103"}})})},
                      {}, now)
              .refused.size() == 3);
}

TEST_CASE("a column given twice, or a value in it, is refused in words") {
    auto refusal = [](const std::string& bad) {
        auto const plan = plan_import({}, std::vector{file("customer_account", {account_row(), bad})}, {}, now);
        REQUIRE(plan.refused.size() == 1);
        return plan.refused[0].reason;
    };
    CHECK(refusal(R"({"sys_id": "a2", "name": "A", "u_ods_code": "YQQ77", "u_ods_code": "YQQ78"})")
              .find("“u_ods_code” stands in the record twice") != std::string::npos);
    CHECK(refusal(R"({"sys_id": "a2", "name": {"value": "A", "value": "B"}, "u_ods_code": "YQQ77"})")
              .find("“name” holds “value” twice") != std::string::npos);
}

TEST_CASE("products with commas: in quotation marks, or known by name") {
    auto const names_of = [](const lifecycle::Workspace& workspace, const std::string& number) {
        std::vector<std::string> names;
        for (auto const& id : workspace.agreements.at(number).products) names.push_back(workspace.products.at(id).name);
        return names;
    };
    std::string const comma = "GP Connect (Access Record, Structured)";
    lifecycle::Workspace known;
    known.put(lifecycle::Product{.id = "gp", .name = comma});
    known.put(lifecycle::Product{.id = "g", .name = "GP Connect (Access Record"});
    auto files = small_world();
    files[2] = file("ast_contract", {draft_row({{"u_api_products", comma + ", MESH"}}),
                                     uplift_row({{"u_api_products", "MESH,\"" + comma + "\""}})});
    auto const workspace = imported(files, known);
    CHECK(names_of(workspace, "CNTR0000101") == std::vector{comma, std::string("MESH")});
    CHECK(names_of(workspace, "CNTR0000102") == std::vector{std::string("MESH"), comma});
    CHECK((export_servicenow(ca::test::whole(workspace))[2] == files[2]));
    CHECK(plan_import(workspace, files, {}, now).events.empty());
    // Where nobody knows the name, a comma is a comma.
    CHECK(names_of(imported(files), "CNTR0000101").size() == 3);
}

TEST_CASE("which table a file holds is told by its class, its columns or its name") {
    auto files = small_world();
    for (std::size_t i = 0; i < files.size(); ++i) files[i].name = "export-" + std::to_string(i) + ".json";
    CHECK(plan_import({}, files, {}, now).fresh == 6);
    auto const empty = plan_import({}, std::vector{File{"my ast_contract.json", "{\"result\": []}"}}, {}, now);
    CHECK(empty.broken.empty());
    REQUIRE(empty.by_table.size() == 1);
    CHECK(empty.by_table[0].name == "ast_contract");
}

TEST_CASE("a table may come in parts") {
    auto const plan = plan_import({},
                                  std::vector{file("customer_account", {account_row()}),
                                              File{"part-1.json", file("ast_contract", {draft_row()}).bytes},
                                              File{"part-2.json", file("ast_contract", {uplift_row()}).bytes}},
                                  {}, now);
    CHECK(plan.fresh == 3);
    CHECK(plan.refused.empty());
}

TEST_CASE("every order of files ends in the same workspace, watch lists by sys_id too") {
    auto files = small_world();
    files[3] = file(
        "sn_customerservice_case",
        {case_row(
             {{"watch_list",
               "first@x.example,bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb1,ffffffffffffffffffffffffffffffff,last@x.example"}}),
         query_row()});
    auto const together = without_arrival(imported(files));
    CHECK(together.cases.at("CS0000201").watch_list ==
          std::vector<std::string>{"first@x.example", "zoe@birch.example", "last@x.example"});
    std::vector<std::size_t> order = {0, 1, 2, 3};
    do {
        Workspace workspace;
        for (auto const index : order) workspace = imported({files[index]}, workspace);
        CHECK((without_arrival(workspace) == together));
        CHECK(plan_import(workspace, files, {}, now).events.empty());
        for (auto const& [_, bytes] : export_servicenow(ca::test::whole(workspace))) CHECK(bytes.size() > 20);
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("an agreement imported before its account waits for it, listed and kept") {
    auto const files = small_world();
    auto const first = plan_import({}, std::vector{files[2]}, {}, now);
    CHECK(first.fresh == 0);
    REQUIRE(first.refused.size() == 2);
    CHECK(first.refused[0].waiting);
    CHECK(first.refused[0].position == 1);
    CHECK(first.refused[0].number == "CNTR0000101");
    CHECK(first.refused[0].reason.find("Import customer_account") != std::string::npos);
    auto workspace = after({}, first);
    CHECK(workspace.agreements.empty());
    CHECK(plan_import(workspace, std::vector{files[2]}, {}, now).events.empty());  // still waiting, nothing new
    auto const second = plan_import(workspace, std::vector{files[0]}, {}, now);
    CHECK(second.fresh == 3);
    workspace = after(workspace, second);
    CHECK(workspace.agreements.size() == 2);
    CHECK(plan_import(workspace, std::vector{files[2]}, {}, now).same == 2);
}

TEST_CASE("changed rows: what differs there is taken, what does not keeps what was done here since") {
    auto workspace = imported(small_world());
    // Here: the contact accepts.
    auto const accepted = step(workspace, {"accept", {{"number", "CNTR0000101"}, {"read_and_understood", true}}},
                               {Role::contact, "zoe@birch.example"}, now);
    REQUIRE_MESSAGE(accepted.decision.has_value(), (accepted.decision ? "" : accepted.decision.error().message));
    CHECK(workspace.agreements.at("CNTR0000101").state == State::active);

    // There: only a column changes that is not ours.
    auto const colour =
        plan_import(workspace, std::vector{file("ast_contract", {draft_row({{"u_colour", "green"}})})}, {}, now);
    CHECK(colour.changed == 1);
    CHECK(colour.events.size() == 1);
    CHECK(colour.changes == std::vector<FieldChange>{{"CNTR0000101", "", "", ""}});
    CHECK(after(workspace, colour).agreements.at("CNTR0000101").state == State::active);

    // There: it was cancelled.
    auto const cancelled = plan_import(
        workspace, std::vector{file("ast_contract", {draft_row({{"state", "canceled"}, {"substate", ""}})})}, {}, now);
    CHECK(cancelled.changed == 1);
    auto const says = [&](const FieldChange& change) {
        return std::find(cancelled.changes.begin(), cancelled.changes.end(), change) != cancelled.changes.end();
    };
    CHECK(says({"CNTR0000101", "State", "Active", "Cancelled"}));
    CHECK(says({"CNTR0000101", "Accepted on", format_words(london_date(now)), "nothing"}));
    CHECK(in_words(FieldChange{"CNTR0000101", "State", "Active", "Cancelled"}) ==
          "CNTR0000101: State is “Active” and becomes “Cancelled”.");
    auto const taken = after(workspace, cancelled);
    CHECK(taken.agreements.at("CNTR0000101").state == State::cancelled);
    CHECK(!taken.agreements.at("CNTR0000101").accepted_on);
    CHECK(taken.agreements.at("CNTR0000101").acceptance_case == "CS0000201");
}

TEST_CASE("known by sys_id, else by number") {
    auto const workspace = imported(small_world());
    auto const other_id = plan_import(
        workspace, std::vector{file("ast_contract", {draft_row({{"sys_id", "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeee1"}})})}, {},
        now);
    CHECK(other_id.fresh == 0);
    CHECK(other_id.changed == 1);
    auto const after_it = after(workspace, other_id);
    CHECK(after_it.agreements.size() == 2);
    // References by the new sys_id are understood from now on, and those by the old one still are.
    for (auto const* id : {"eeeeeeeeeeeeeeeeeeeeeeeeeeeeeee1", "ccccccccccccccccccccccccccccccc1"}) {
        auto const by_new = plan_import(
            after_it,
            std::vector{file(
                "sn_customerservice_case",
                {case_row({{"sys_id", "d7"}, {"number", "CS0000207"}, {"contract", reference("ast_contract", id)}})})},
            {}, now);
        CHECK(by_new.fresh == 1);
    }
    auto const other_number =
        plan_import(workspace, std::vector{file("ast_contract", {draft_row({{"number", "CNTR0000999"}})})}, {}, now);
    REQUIRE(other_number.refused.size() == 1);
    CHECK(other_number.refused[0].reason.find("A record keeps its number") != std::string::npos);
}

TEST_CASE("the same number for another account is not the same record") {
    auto const accounts =
        file("customer_account", {account_row(), account_row({{"sys_id", "a2"}, {"u_ods_code", "YQQ77"}})});
    auto const workspace = imported({accounts, small_world()[1], small_world()[2]});
    auto const other = reference("customer_account", "a2");
    auto const agreement = plan_import(
        workspace, std::vector{file("ast_contract", {draft_row({{"sys_id", "c8"}, {"account", other}})})}, {}, now);
    REQUIRE(agreement.refused.size() == 1);
    CHECK(agreement.events.empty());
    CHECK(agreement.refused[0].reason.find("already here, for account RBA11") != std::string::npos);
    auto const contact = plan_import(
        workspace, std::vector{file("customer_contact", {contact_row({{"sys_id", "b8"}, {"account", other}})})}, {},
        now);
    CHECK(contact.refused.size() == 1);
    // By its own sys_id it is the same record, and ServiceNow may move it.
    auto const moved =
        plan_import(workspace, std::vector{file("customer_contact", {contact_row({{"account", other}})})}, {}, now);
    CHECK(moved.changed == 1);
    CHECK(after(workspace, moved).contacts.at("zoe@birch.example").account == "YQQ77");
}

TEST_CASE("the dry run says how many would fall due at once") {
    auto files = small_world();
    files[2] = file("ast_contract", {draft_row({{"sys_created_on", "2026-08-01 09:00:00"}}),
                                     uplift_row({{"sys_created_on", "2026-10-01 09:00:00"}})});
    files[3] = file("sn_customerservice_case", {case_row()});
    CHECK(plan_import({}, files, {}, now).due == std::vector<std::string>{"CNTR0000101", "CNTR0000102"});
    files[3] = file("sn_customerservice_case", {case_row(), query_row()});  // U5: an open query holds the uplift
    CHECK(plan_import({}, files, {}, now).due == std::vector<std::string>{"CNTR0000101"});
    CHECK(plan_import({}, small_world(), {}, now).due.empty());
}

TEST_CASE("a column without a name is a column like any other") {
    auto const files = std::vector{file("customer_account", {account_row({{"", "x"}})})};
    auto const workspace = imported(files);
    CHECK(plan_import(workspace, files, {}, now).same == 1);
    CHECK(export_servicenow(ca::test::whole(workspace))[0].bytes.find("\"\": \"x\"") != std::string::npos);
}

TEST_CASE("both shapes of the same records are the same records") {
    auto display = [](const std::string& name, const std::string& value, const std::string& shown) {
        return std::pair(name, "{\"display_value\": " + quote_json(shown) + ", \"value\": " + quote_json(value) + "}");
    };
    auto const workspace = imported(small_world());
    auto const again = plan_import(
        workspace,
        std::vector{file("customer_contact", {contact_row({display("account", account_id, "Birch Care"),
                                                           display("u_onboarding_contact", "true", "Yes")})})},
        {}, now);
    CHECK(again.same == 1);
    CHECK(again.events.empty());
}

TEST_CASE("products are known by name; ids are made from the name and never collide") {
    Workspace workspace;
    apply(workspace, {now, {Role::agreement_team, "Priya"}, "", "pds", ProductRegistered{"pds", "PDS FHIR API", ""}});
    apply(workspace,
          {now, {Role::agreement_team, "Priya"}, "", "mesh", ProductRegistered{"mesh", "Something else", ""}});
    workspace = imported(small_world(), workspace);
    CHECK(workspace.agreements.at("CNTR0000101").products == std::vector<std::string>{"pds", "mesh-2"});
    CHECK(workspace.products.at("mesh-2").name == "MESH");
}

TEST_CASE("what cannot be seen in a value that comes in is named, with its record and column, and kept to the letter") {
    auto files = small_world();
    files[0] = file("customer_account",
                    {account_row({{"name", "Ltd \u202Egnp.exe"}, {"u_colour", "m\u202Eauve"}})});  // no field of ours
    files[1] = file("customer_contact", {contact_row({{"name", "Zo\u200F\u061Cë\u200F"}})});
    files[3] = file("sn_customerservice_case",
                    {case_row(), query_row({{"description", "Please\n\u2066confirm " + std::string(200, 'x')}})});
    auto const plan = plan_import({}, files, {}, now);
    REQUIRE(plan.unseen.size() == 3);
    CHECK(plan.unseen[0].file == "customer_account.json");
    CHECK(plan.unseen[0].position == 1);
    CHECK(plan.unseen[0].number == "RBA11");
    CHECK(plan.unseen[0].column == "name");
    CHECK(plan.unseen[0].controls == "U+202E");
    CHECK(plan.unseen[0].shown == "Ltd [U+202E]gnp.exe");
    CHECK(plan.unseen[1].controls == "U+200F, U+061C");
    CHECK(plan.unseen[1].number == "zoe@birch.example");
    CHECK(plan.unseen[2].position == 2);
    CHECK(plan.unseen[2].column == "description");
    CHECK(plan.unseen[2].shown.starts_with("Please [U+2066]confirm xxx"));
    CHECK(plan.unseen[2].shown.ends_with("x…"));
    CHECK(in_words(plan.unseen[0]) ==
          "customer_account.json, record 1 (RBA11): name holds U+202E, which cannot be seen or turns the text around "
          "it. It is kept, and shown by name: Ltd [U+202E]gnp.exe");

    auto const workspace = after({}, plan);
    CHECK(workspace.accounts.at("RBA11").name == "Ltd \u202Egnp.exe");
    CHECK(plan_import(workspace, files, {}, now).unseen.empty());  // what is here already was told
    CHECK(plan_import({}, small_world(), {}, now).unseen.empty());
    for (auto const& out : export_servicenow(ca::test::whole(workspace))) {
        auto const in = std::ranges::find(files, out.name, &File::name);
        REQUIRE(in != files.end());
        CHECK(out.bytes == in->bytes);
    }
}

TEST_CASE("a reason to refuse a record names what it quotes, and turns nothing") {
    auto const plan =
        plan_import({},
                    std::vector{file("customer_account", {account_row({{"u_ods_code", "R\u202EBA"}})}),
                                file("customer_contact", {contact_row({{"email", "zoe\u202E@x"}, {"account", ""}})})},
                    {}, now);
    REQUIRE(plan.refused.size() == 2);
    for (auto const& refused : plan.refused) {
        CAPTURE(refused.reason);
        CHECK((refused.reason + refused.number).find("\u202E") == std::string::npos);
        CHECK((refused.reason + refused.number).find("[U+202E]") != std::string::npos);
    }
}

TEST_CASE(
    "an agreement from an export, with its account, contact and case, takes eight events and at most 1,000 bytes of "
    "the journal") {
    constexpr std::size_t agreements = 300;
    std::vector<File> files;
    for (auto& [name, text] : ca::test::made_export(7, agreements)) files.push_back({name, std::move(text)});
    auto const plan = plan_import({}, files, {}, now);
    CHECK(plan.fresh == 4 * agreements);
    CHECK(plan.events.size() >= 8 * agreements);
    CHECK(plan.events.size() <= 8 * agreements + 20);  // products, terms versions, and how the files were laid out

    std::vector<std::string> ids;
    for (std::size_t i = 0; i < plan.events.size(); ++i)
        ids.push_back(sha256_hex(std::to_string(i)).substr(0, journal::id_length));
    journal::WorkspaceLog log;
    log.append(log.seal(plan.events, ids));
    auto const file = journal::to_packed(journal::segment_text(log, {1, log.size(), std::string(log.head())}));
    CHECK(file.size() <= 1'000 * agreements);
}

TEST_CASE("planned piece by piece, an import comes to the same as at once") {
    constexpr unsigned seed = 11;
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::vector<File> files;
    for (auto& [name, text] : ca::test::made_export(seed, 60)) files.push_back({name, std::move(text)});
    files.push_back(files.front());  // each of its records comes twice
    auto const at_once = plan_import({}, files, {}, now);
    CHECK(at_once.events.size() > 400);
    for (int round = 0; round < 5; ++round) {
        ImportRun run(shared(files), {}, now, 1 + random() % 50);
        lifecycle::Listing collecting({});
        CHECK(run.progress().all == 0);
        std::size_t done = 0;
        while (!run.go_on(collecting).value()) {
            auto const progress = run.progress();
            CHECK(progress.done >= done);
            CHECK(progress.done <= progress.all);
            CHECK(run.reading().done <= run.reading().all);
            done = progress.done;
        }
        auto const plan = std::move(run).plan();
        CHECK(collecting.events == at_once.events);
        CHECK(plan.events == at_once.events.size());
        CHECK(plan.fresh == at_once.fresh);
        CHECK(plan.due == at_once.due);
        CHECK(plan.refused.size() == at_once.refused.size());
    }
}

TEST_CASE("of files that cannot be read, or not be read so, a plan piece by piece says the same") {
    std::vector<File> const broken = {{"ast_contract.json", "{\"result\": ["}};
    lifecycle::Listing collecting({});
    ImportRun run(shared(broken), {}, now);
    CHECK_FALSE(run.go_on(collecting).value());  // it has read the file
    CHECK(run.go_on(collecting).value());
    CHECK(std::move(run).plan().broken.front().file == "ast_contract.json");
    ImportRun unread(shared(broken), "no JSON", now);
    CHECK(unread.go_on(collecting).value());
    CHECK(std::move(unread).plan().broken.front().file == "the mapping file");
    CHECK(collecting.events.empty());
}

TEST_CASE("an agreement names the lowest of its acceptance cases that came in, whatever the files promised") {
    auto const id = [](const std::string& digit) { return std::string(31, 'c') + digit; };
    auto const account_of = [&](const std::vector<std::string>& cases, Workspace before = {}) {
        auto files = small_world();
        files[3] = file("sn_customerservice_case", cases);
        auto const plan = plan_import(before, files, {}, now);
        return std::pair(after(before, plan).agreements.at("CNTR0000101").acceptance_case, plan.events.size());
    };
    auto const higher = case_row({{"sys_id", id("1")}, {"number", "CS0000301"}});
    auto const lower = case_row({{"sys_id", id("2")}, {"number", "CS0000300"}});
    auto const [of_one, events_of_one] = account_of({higher});
    CHECK(of_one == "CS0000301");
    auto const [of_two, events_of_two] = account_of({higher, lower});
    CHECK(of_two == "CS0000300");
    CHECK(events_of_two == events_of_one + 2);  // the case and its row: the agreement's one event said it at once
    // The lowest is refused, for its state is none.
    CHECK(account_of({higher, case_row({{"sys_id", id("2")}, {"number", "CS0000300"}, {"state", "77"}})}).first ==
          "CS0000301");
    // All are.
    CHECK_FALSE(account_of({case_row({{"state", "77"}})}).first);
    // It becomes a query, and the one above it counts.
    auto moved = small_world();
    moved[3] = file("sn_customerservice_case", {higher, lower});
    auto const as_query = case_row({{"sys_id", id("2")}, {"number", "CS0000300"}, {"auto_created_case", "false"}});
    CHECK(account_of({higher, as_query}, imported(moved)).first == "CS0000301");
    // A lower one comes later.
    auto files = small_world();
    files[3] = file("sn_customerservice_case", {higher});
    CHECK(account_of({lower}, imported(files)).first == "CS0000300");
}
