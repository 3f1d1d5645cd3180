#include "interop/csv.h"

#include "interop/tables.h"
#include "support/whole.h"

#include <algorithm>

using namespace ca;
using namespace ca::interop;
using namespace ca::interop::test;

TEST_CASE("cells that a spreadsheet would run are made harmless") {
    for (std::string const text : {"=1+1", "+44 113", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\xc2\xa0=1",
                                   "＝1", "＋1", "－1", "＠a"})
        CHECK(harmless_cell(text) == "'" + text);
    for (std::string const text : {"", " ", "CNTR0000101", "a=b", "Ørsted", "\xff", "RBA11 - Birch Care"})
        CHECK(harmless_cell(text) == text);
}

TEST_CASE("cells that a spreadsheet would make a number, a date, a time or a truth value of stay texts") {
    for (std::string const text : {"01234567",
                                   "12345678",
                                   "00123",
                                   "1E10",
                                   "1e-5",
                                   "1.5E+3",
                                   "3D5",
                                   "MAY1",
                                   "may1",
                                   "1MAY",
                                   "SEPT1",
                                   "Mar 2025",
                                   "1-2",
                                   "1/2",
                                   "5-1",
                                   "3 1/2",
                                   "2026-08-01",
                                   "2026-08-01T00:30:00Z",
                                   "01.02.2026",
                                   "12:30",
                                   "5 pm",
                                   "12:30PM",
                                   "1,000",
                                   "£5",
                                   "10%",
                                   "(5)",
                                   "TRUE",
                                   "false",
                                   " 007",
                                   "1 000",
                                   "1\xc2\xa0"
                                   "000",
                                   "１２",
                                   "٠٥",
                                   "1 August 2025"})
        CHECK(harmless_cell(text) == "'" + text);
    // General practices, agreements, companies in Scotland, and names with numbers in them are none.
    for (std::string const text : {"YGA14", "A81001", "E81001", "P81001", "D82", "SC123456", "8HK24", "May",
                                   "March Medical", "NHS 111", "3M", "1st Care", "7 Oaks", "1E10 - Public Trust"})
        CHECK(harmless_cell(text) == text);
}

TEST_CASE("one apostrophe taken off gives every text back") {
    for (std::string const text : {"'", "''", "'=1", "'t Hooft", "''01234567"})
        CHECK(harmless_cell(text) == "'" + text);
}

TEST_CASE("RFC 4180") {
    Rows const rows = {{"a", "b,c"}, {"say \"hi\"", "two\nlines"}, {"", "=1"}, {Cell::number(-7), Cell::date(Date{0})}};
    CHECK(
        to_csv(rows) ==
        "\xef\xbb\xbf\"a\",\"b,c\"\r\n\"say \"\"hi\"\"\",\"two\nlines\"\r\n\"\",\"'=1\"\r\n\"-7\",\"1970-01-01\"\r\n");
}

TEST_CASE("the list of agreements, in the columns of the screen") {
    auto files = small_world();
    files[0] = file("customer_account", {account_row({{"name", "=" + quote_json("=HYPERLINK(\"x\")")}})});
    files[2] =
        file("ast_contract",
             {draft_row({{"sys_created_on", "2026-07-31 23:30:00"}, {"u_api_products", "\"Care, \"\"Plus\"\"\",MESH"}}),
              uplift_row({{"state", "active"},
                          {"substate", ""},
                          {"starts", "2026-11-20"},
                          {"u_accepted_on", "2026-11-20"},
                          {"u_accepted_by", "Zoë"}})});
    auto const workspace = imported(files);
    auto const csv = to_csv(agreement_rows(ca::test::whole(workspace)));
    CHECK(
        csv.starts_with("\xef\xbb\xbf\"Number\",\"Name\",\"Company Registration Number\",\"Account\",\"API Products "
                        "Applicable\",\"Case\",\"State\",\"Substate\","
                        "\"Accepted On\",\"Accepted By\",\"Start Date\",\"Created\"\r\n"));
    CHECK(csv.find("\"CNTR0000101\",\"RBA11 - Birch Care\",\"'01234567\",\"'=HYPERLINK(\"\"x\"\")\",\"\"\"Care, "
                   "\"\"\"\"Plus\"\"\"\"\"\", MESH\",\"CS0000201\",\"Draft\","
                   "\"Under Review\",\"\",\"\",\"\",\"2026-08-01 00:30\"\r\n") !=
          std::string::npos);  // London, in summer
    CHECK(csv.find("\"CNTR0000102\"") != std::string::npos);
    CHECK(csv.find("\"Active\",\"\",\"2026-11-20\",\"Zoë\",\"2026-11-20\",") != std::string::npos);

    std::vector<std::string> const chosen = {"CNTR0000102", "CNTR0000999", "CNTR0000101"};
    auto const some = to_csv(agreement_rows(ca::test::whole(workspace), chosen));
    CHECK(some.find("CNTR0000102") < some.find("CNTR0000101"));  // the order given; what does not exist is passed over
    CHECK(std::count(some.begin(), some.end(), '\r') == 3);
}
