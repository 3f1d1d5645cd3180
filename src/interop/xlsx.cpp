#include "interop/xlsx.h"

#include "base/text.h"
#include "interop/zip.h"

#include <algorithm>
#include <array>

namespace ca::interop {

namespace {

constexpr std::size_t rows_max = 1'048'576;
constexpr std::size_t cell_units_max = 32'767;
constexpr Instant entries_dated{
    315'532'800};  // 1 January 1980, where ZIP's dates begin: the bytes tell only what is in the table

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view main_space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

// Places in cellXfs of `styles`.
constexpr int plain_style = 0, text_style = 1, date_style = 2, date_time_style = 3, heading_style = 4;

constexpr std::string_view content_types =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/xl/workbook.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
    "<Override PartName=\"/xl/worksheets/sheet1.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
    "<Override PartName=\"/xl/styles.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
    "</Types>";

std::string relationships(std::initializer_list<std::pair<std::string_view, std::string_view>> parts) {
    std::string xml = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    int id = 0;
    for (auto const& [kind, target] : parts)
        xml += "<Relationship Id=\"rId" + std::to_string(++id) + "\" Type=\"" + std::string(office) + "/" +
               std::string(kind) + "\" Target=\"" + std::string(target) + "\"/>";
    return xml + "</Relationships>";
}

std::string styles() {
    return "<styleSheet xmlns=\"" + std::string(main_space) +
           "\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/><numFmt numFmtId=\"165\" "
           "formatCode=\"yyyy\\-mm\\-dd\\ hh:mm\"/></numFmts>"
           "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Arial\"/></font><font><b/><sz val=\"11\"/><name "
           "val=\"Arial\"/></font></fonts>"
           "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill "
           "patternType=\"gray125\"/></fill></fills>"
           "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
           "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
           "<cellXfs count=\"5\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
           "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
           "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
           "<xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
           "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" "
           "applyFont=\"1\"/></cellXfs>"
           "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";
}

// "A", …, "Z", "AA", …
std::string column_letters(std::size_t column) {
    std::string letters;
    for (++column; column > 0; column = (column - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
    return letters;
}

std::string in_the_formats_way(char32_t point) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string hex;
    for (int shift = 12; shift >= 0; shift -= 4) hex += digits[point >> shift & 15];
    return "_x" + hex + "_";
}

bool is_not_in_xml(char32_t point) {
    return (point < 0x20 && point != '\t' && point != '\n') || point == 0xFFFE || point == 0xFFFF;
}

// Whether what starts at `at` would be read as a character written in the format's way, though it is a text. A
// character that is written so begins with the "_" that would end it.
bool looks_written(const std::vector<char32_t>& points, std::size_t at) {
    if (points.size() - at < 7 || points[at] != '_' || points[at + 1] != 'x' ||
        (points[at + 6] != '_' && !is_not_in_xml(points[at + 6])))
        return false;
    return std::all_of(points.begin() + static_cast<std::ptrdiff_t>(at) + 2,
                       points.begin() + static_cast<std::ptrdiff_t>(at) + 6, [](char32_t point) {
                           return (point >= '0' && point <= '9') || (point >= 'a' && point <= 'f') ||
                                  (point >= 'A' && point <= 'F');
                       });
}

std::vector<char32_t> cut_to_fit(std::vector<char32_t> points) {
    auto units_of = [](char32_t point) -> std::size_t { return point > 0xFFFF ? 2 : 1; };
    std::size_t units = 0;
    for (char32_t const point : points) units += units_of(point);
    if (units <= cell_units_max) return points;
    for (; units >= cell_units_max; points.pop_back()) units -= units_of(points.back());
    points.push_back(U'…');
    return points;
}

std::string escape_xml(std::string_view text) {
    auto const points = cut_to_fit(to_code_points(text));
    std::string xml;
    for (std::size_t i = 0; i < points.size(); ++i) {
        char32_t const point = points[i];
        if (point == '&') xml += "&amp;";
        else if (point == '<') xml += "&lt;";
        else if (point == '>') xml += "&gt;";
        else if (point == '"') xml += "&quot;";
        else if (looks_written(points, i)) xml += in_the_formats_way('_');
        else if (is_not_in_xml(point)) xml += in_the_formats_way(point);
        else xml += to_utf8(point);
    }
    return xml;
}

// Days since 30 December 1899, as spreadsheets count them; a time is a fraction of a day.
constexpr std::int64_t spreadsheet_days_before_1970 = 25'569;
constexpr std::int64_t minutes_a_day = 24 * 60;

std::string day_number(std::int64_t minutes) {
    constexpr std::int64_t fraction_unit = 10'000'000'000;
    auto const fraction =
        std::to_string((minutes % minutes_a_day * fraction_unit + minutes_a_day / 2) / minutes_a_day + fraction_unit);
    return std::to_string(minutes / minutes_a_day + spreadsheet_days_before_1970) + "." + fraction.substr(1);
}

std::string cell_xml(const Cell& cell, const std::string& place, bool is_heading) {
    auto value = [&](int style, const std::string& number) {
        return "<c r=\"" + place + "\" s=\"" + std::to_string(style) + "\"><v>" + number + "</v></c>";
    };
    switch (cell.kind) {
        case Cell::Kind::number: return value(plain_style, std::to_string(cell.amount));
        case Cell::Kind::date: return value(date_style, std::to_string(cell.amount + spreadsheet_days_before_1970));
        case Cell::Kind::date_time: return value(date_time_style, day_number(cell.amount));
        case Cell::Kind::text: break;
    }
    if (cell.text.empty()) return {};
    return "<c r=\"" + place + "\" s=\"" + std::to_string(is_heading ? heading_style : text_style) +
           "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" + escape_xml(cell.text) + "</t></is></c>";
}

// Wide enough for what is in it, within reason.
std::string column_widths(const Rows& rows) {
    constexpr std::size_t narrowest = 8, widest = 60, room = 2;
    std::vector<std::size_t> widths;
    for (auto const& row : rows) {
        widths.resize(std::max(widths.size(), row.size()), narrowest);
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::clamp(count_code_points(row[i].text) + room, widths[i], widest);
    }
    if (widths.empty()) return {};
    std::string xml = "<cols>";
    for (std::size_t i = 0; i < widths.size(); ++i) {
        auto const number = std::to_string(i + 1);
        xml += "<col min=\"" + number + "\" max=\"" + number + "\" width=\"" + std::to_string(widths[i]) +
               "\" customWidth=\"1\"/>";
    }
    return xml + "</cols>";
}

std::string sheet_xml(const Rows& rows) {
    std::string xml = "<worksheet xmlns=\"" + std::string(main_space) +
                      "\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" "
                      "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>" +
                      column_widths(rows) + "<sheetData>";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const number = std::to_string(i + 1);
        xml += "<row r=\"" + number + "\">";
        for (std::size_t j = 0; j < rows[i].size(); ++j)
            xml += cell_xml(rows[i][j], column_letters(j) + number, i == 0);
        xml += "</row>";
    }
    xml += "</sheetData>";
    if (!rows.empty() && !rows.front().empty())
        xml += "<autoFilter ref=\"A1:" + column_letters(rows.front().size() - 1) + std::to_string(rows.size()) + "\"/>";
    return xml + "</worksheet>";
}

}  // namespace

Result<std::string> to_xlsx(std::string_view name, const Rows& rows) {
    if (rows.size() > rows_max)
        return fail("too_large", "This is more than the 1,048,576 rows that a spreadsheet takes. Export it as CSV.");
    auto const workbook = "<workbook xmlns=\"" + std::string(main_space) + "\" xmlns:r=\"" + std::string(office) +
                          "\"><sheets><sheet name=\"" + escape_xml(name) +
                          "\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
    ZipWriter zip;
    auto add = [&](std::string_view part, std::string_view xml) {
        return zip.add(part, std::string(declaration) + std::string(xml), entries_dated);
    };
    CA_TRY_VOID(add("[Content_Types].xml", content_types));
    CA_TRY_VOID(add("_rels/.rels", relationships({{"officeDocument", "xl/workbook.xml"}})));
    CA_TRY_VOID(add("xl/workbook.xml", workbook));
    CA_TRY_VOID(add("xl/_rels/workbook.xml.rels",
                    relationships({{"worksheet", "worksheets/sheet1.xml"}, {"styles", "styles.xml"}})));
    CA_TRY_VOID(add("xl/styles.xml", styles()));
    CA_TRY_VOID(add("xl/worksheets/sheet1.xml", sheet_xml(rows)));
    return std::move(zip).finish();
}

}  // namespace ca::interop
