#include "interop/xlsx.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ca;
using namespace ca::interop;

namespace {

// The sheet's XML: entries are stored as they are, so it stands in the bytes. Other readers of workbooks were given
// these by hand.
std::string sheet_of(const Rows& rows) {
    auto const workbook = to_xlsx("Agreements", rows);
    REQUIRE(workbook.has_value());
    CHECK(workbook->starts_with("PK\x03\x04"));
    auto const begin = workbook->find("<worksheet "), end = workbook->find("</worksheet>");
    REQUIRE(begin != std::string::npos);
    REQUIRE(end != std::string::npos);
    return workbook->substr(begin, end - begin);
}

std::string text_cell(std::string_view place, std::string_view xml) {
    return "<c r=\"" + std::string(place) + "\" s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" +
           std::string(xml) + "</t></is></c>";
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

TEST_CASE("texts are texts whatever they look like, and none is a formula") {
    auto const sheet = sheet_of({{"Number"}, {"01234567", "1E10", "MAY1", "=1+1", "'x", "TRUE"}});
    CHECK(holds(sheet, text_cell("A2", "01234567")));
    CHECK(holds(sheet, text_cell("B2", "1E10")));
    CHECK(holds(sheet, text_cell("C2", "MAY1")));
    CHECK(holds(sheet, text_cell("D2", "=1+1")));
    CHECK(holds(sheet, text_cell("E2", "'x")));
    CHECK(holds(sheet, text_cell("F2", "TRUE")));
    CHECK_FALSE(holds(sheet, "<f"));
}

TEST_CASE("numbers, dates and times are those") {
    auto const sheet = sheet_of({{"a"},
                                 {Cell::number(42), Cell::date(to_date({2026, 8, 1})),
                                  Cell::london_time(*parse_instant("2026-07-31T23:30:00Z")), Cell::date({})}});
    CHECK(holds(sheet, "<c r=\"A2\" s=\"0\"><v>42</v></c>"));
    CHECK(holds(sheet, "<c r=\"B2\" s=\"2\"><v>46235</v></c>"));
    CHECK(holds(sheet, "<c r=\"C2\" s=\"3\"><v>46235.0208333333</v></c>"));
    CHECK_FALSE(holds(sheet, "r=\"D2\""));
}

TEST_CASE("what XML minds is escaped, and what it does not have is written in the format's way") {
    CHECK(holds(sheet_of({{"a"}, {"<b> & \"c\""}}), "&lt;b&gt; &amp; &quot;c&quot;"));
    CHECK(holds(sheet_of({{"a"}, {std::string("a\x07\r\nb\tc")}}), "a_x0007__x000D_\nb\tc"));
    CHECK(holds(sheet_of({{"a"}, {"_x0041_ _x41_"}}), "_x005F_x0041_ _x41_"));
    CHECK(holds(sheet_of({{"a"}, {"_x0041\x07"}}), "_x005F_x0041_x0007_"));  // else read as "Ax0007_"
    CHECK(holds(sheet_of({{"a"}, {"bad \xff"}}), "bad \xef\xbf\xbd"));
}

TEST_CASE("a text that no cell takes is cut, and says so") {
    std::string const fits(32'767, 'x');
    CHECK(holds(sheet_of({{"a"}, {fits}}), ">" + fits + "<"));
    CHECK(holds(sheet_of({{"a"}, {fits + "y"}}), ">" + fits.substr(1) + "…<"));
    std::string faces;
    for (int i = 0; i < 16'384; ++i) faces += "😀";
    CHECK(holds(sheet_of({{"a"}, {faces}}), faces.substr(4) + "…<"));
}

TEST_CASE("the heading is one, the columns go on after Z, and the same rows give the same bytes") {
    std::vector<Cell> heading;
    for (int i = 0; i < 28; ++i) heading.emplace_back("h");
    auto const sheet = sheet_of({heading, {"a"}});
    CHECK(holds(sheet, "<c r=\"AB1\" s=\"4\""));
    CHECK(holds(sheet, "<autoFilter ref=\"A1:AB2\"/>"));
    CHECK(holds(sheet, "state=\"frozen\""));
    CHECK(*to_xlsx("A", {heading}) == *to_xlsx("A", {heading}));
    CHECK(to_xlsx("A", {}).has_value());
}

TEST_CASE("more rows than a sheet takes are refused") {
    auto const refused = to_xlsx("A", Rows(1'048'577));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == "too_large");
}
