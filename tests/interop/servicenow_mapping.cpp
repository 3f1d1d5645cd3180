#include "interop/servicenow_mapping.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::interop;

TEST_CASE("the default is the table of the contract") {
    auto const& mapping = default_mapping();
    CHECK(mapping[Table::agreement].name == "ast_contract");
    CHECK(mapping[Table::agreement].column("name") == "short_description");
    CHECK(mapping[Table::agreement].column("start_date") == "starts");
    CHECK(mapping[Table::account].column("company_number") == "registration_code");
    CHECK(mapping[Table::contact].column("onboarding_contact") == "u_onboarding_contact");
    CHECK(mapping[Table::case_].field("contract") == "agreement");
    CHECK(mapping.ours("state", "Canceled") == "Cancelled");
    CHECK(mapping.theirs("state", "Cancelled") == "cancelled");
    CHECK(mapping.ours("case_state", "18") == "Awaiting Info");
    CHECK(mapping.theirs("case_state", "Closed") == "3");
    CHECK(mapping.ours("state", "lapsed").empty());
    CHECK(*read_mapping("{}") == mapping);
    CHECK(*read_mapping(default_mapping_text()) == mapping);  // the default may be taken, changed and given back
}

TEST_CASE("a mapping says only what differs") {
    auto const mapping = read_mapping(
        R"({"tables": {"account": {"columns": {"ods_code": "ods", "delivery_email": ""}}}, "words": {"flag": {"Y": "yes"}}})");
    REQUIRE(mapping.has_value());
    CHECK((*mapping)[Table::account].column("ods_code") == "ods");
    CHECK((*mapping)[Table::account].column("delivery_email").empty());
    CHECK((*mapping)[Table::account].order[3] == "ods");
    CHECK((*mapping)[Table::account].column("name") == "name");
    CHECK(mapping->theirs("flag", "yes") == "Y");
    CHECK(mapping->ours("flag", "true") == "yes");
}

TEST_CASE("what is wrong in a mapping is told with its place") {
    auto told = [](std::string_view text, std::string_view where, std::string_view words) {
        auto const mapping = read_mapping(text);
        CAPTURE(text);
        REQUIRE(!mapping.has_value());
        CAPTURE(mapping.error().message);
        CHECK(mapping.error().code == "bad_mapping");
        CHECK(mapping.error().where.find(where) != std::string::npos);
        CHECK(mapping.error().message.find(words) != std::string::npos);
    };
    told("{\"tables\": ", "byte 12", "ends too early");
    told("[]", "the file", "a record in braces");
    told(R"({"colour": 1})", "colour", "Known are: instance, tables, words");
    told(R"({"tables": {"contract": {}}})", "tables.contract", "account, contact, agreement, case");
    told(R"({"tables": {"agreement": {"columns": {"nmae": "x"}}}})", "tables.agreement.columns.nmae",
         "no field “nmae”");
    told(R"({"tables": {"agreement": {"columns": {"name": 5}}}})", "tables.agreement.columns.name", "not a number");
    told(R"({"tables": {"agreement": {"columns": {"name": "number"}}}})", "tables.agreement.columns.name",
         "already that of “number”");
    told(R"({"tables": {"agreement": {"columns": {"name": "x", "number": "x"}}}})", "tables.agreement.columns",
         "have the same column");
    told(R"({"tables": {"agreement": {"name": "customer_account"}}})", "tables", "two tables are called");
    told(R"({"tables": {"agreement": {"name": ""}}})", "tables.agreement.name", "needs a name");
    told(R"({"tables": {"agreement": {"order": ["a", "a"]}}})", "tables.agreement.order", "stands here twice");
    told(R"({"words": {"state": {"on": "Running"}}})", "words.state.on",
         "not one of: Draft, Active, Expired, Cancelled");
    told(R"({"words": {"mood": {}}})", "words.mood", "no words for “mood”");
    told(R"({"words": {}, "words": {}})", "the file", "twice");
}
