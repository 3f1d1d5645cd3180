#include "interop/csv.h"

#include "interop/tables.h"

#include <algorithm>

using namespace ca;
using namespace ca::interop;
using namespace ca::interop::test;

TEST_CASE("cells that a spreadsheet would run are made harmless") {
    for (std::string const text : {"=1+1", "+44 113", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＋1", "－1", "＠a"}) CHECK(harmless_cell(text) == "'" + text);
    for (std::string const text : {"", " ", "CNTR0000101", "a=b", "'=1", "Ørsted", "5-1"}) CHECK(harmless_cell(text) == text);
}

TEST_CASE("RFC 4180") {
    std::vector<std::vector<std::string>> const rows = {{"a", "b,c"}, {"say \"hi\"", "two\nlines"}, {"", "=1"}};
    CHECK(to_csv(rows) == "\xef\xbb\xbf\"a\",\"b,c\"\r\n\"say \"\"hi\"\"\",\"two\nlines\"\r\n\"\",\"'=1\"\r\n");
}

TEST_CASE("the list of agreements, in the columns of the screen") {
    auto files = small_world();
    files[0] = file("customer_account", {account_row({{"name", "=" + quote_json("=HYPERLINK(\"x\")")}})});
    files[2] = file("ast_contract", {draft_row({{"sys_created_on", "2026-07-31 23:30:00"}}),
                                     uplift_row({{"state", "active"}, {"substate", ""}, {"starts", "2026-11-20"}, {"u_accepted_on", "2026-11-20"}, {"u_accepted_by", "Zoë"}})});
    auto const workspace = imported(files);
    auto const csv = agreements_csv(workspace);
    CHECK(csv.starts_with("\xef\xbb\xbf\"Number\",\"Name\",\"Company Registration Number\",\"Account\",\"API Products Applicable\",\"Case\",\"State\",\"Substate\","
                          "\"Accepted On\",\"Accepted By\",\"Start Date\",\"Created\"\r\n"));
    CHECK(csv.find("\"CNTR0000101\",\"RBA11 - Birch Care\",\"01234567\",\"'=HYPERLINK(\"\"x\"\")\",\"PDS FHIR API, MESH\",\"CS0000201\",\"Draft\",\"Under Review\",\"\",\"\",\"\","
                   "\"2026-08-01 00:30\"\r\n") != std::string::npos);  // London, in summer
    CHECK(csv.find("\"CNTR0000102\"") != std::string::npos);
    CHECK(csv.find("\"Active\",\"\",\"2026-11-20\",\"Zoë\",\"2026-11-20\",") != std::string::npos);

    std::vector<std::string> const chosen = {"CNTR0000102", "CNTR0000999", "CNTR0000101"};
    auto const some = agreements_csv(workspace, chosen);
    CHECK(some.find("CNTR0000102") < some.find("CNTR0000101"));  // the order given; what does not exist is passed over
    CHECK(std::count(some.begin(), some.end(), '\r') == 3);
}
