// Any cells: what is written as CSV reads back, by a reader written here, as the cells, where one apostrophe is taken
// off; no cell starts a formula or is a number; the same cells make a workbook, in whose one sheet they stand; and as
// entries of a list in one cell they come back.
#include "base/text.h"
#include "interop/csv.h"
#include "interop/list_cell.h"
#include "interop/xlsx.h"
#include "interop/zip.h"
#include "support/fuzzing.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>

namespace {

using ca::fuzzing::require;

std::vector<std::vector<std::string>> read_csv(std::string_view csv) {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> row;
    std::size_t at = 3;  // the byte-order mark
    while (at < csv.size()) {
        if (csv[at++] != '"') std::abort();
        std::string cell;
        for (;;) {
            if (at >= csv.size()) std::abort();
            if (csv[at] != '"') cell += csv[at++];
            else if (at + 1 < csv.size() && csv[at + 1] == '"') cell += '"', at += 2;
            else break;
        }
        ++at;
        row.push_back(std::move(cell));
        if (csv.substr(at).starts_with("\r\n")) {
            rows.push_back(std::move(row));
            row.clear();
            at += 2;
        } else if (csv[at++] != ',') {
            std::abort();
        }
    }
    return rows;
}

// The files of a ZIP archive, by its directory.
std::map<std::string, std::string> read_zip(std::string_view zip) {
    auto const number = [&](std::size_t at, std::size_t bytes) {
        require(at + bytes <= zip.size(), "a ZIP is cut short");
        std::size_t value = 0;
        while (bytes-- > 0) value = value << 8 | static_cast<unsigned char>(zip[at + bytes]);
        return value;
    };
    require(zip.size() >= 22 && zip.substr(zip.size() - 22).starts_with("PK\x05\x06"),
            "a ZIP does not end as one does");
    std::size_t const count = number(zip.size() - 12, 2);
    std::size_t at = number(zip.size() - 6, 4);
    require(at + number(zip.size() - 10, 4) == zip.size() - 22, "a ZIP's directory is of another size");
    std::map<std::string, std::string> files;
    for (std::size_t i = 0; i < count; ++i) {
        require(zip.substr(at).starts_with("PK\x01\x02"), "an entry of the directory does not begin");
        std::size_t const size = number(at + 24, 4), name_size = number(at + 28, 2), place = number(at + 42, 4);
        std::string const name(zip.substr(at + 46, name_size));
        require(zip.substr(place).starts_with("PK\x03\x04") && zip.substr(place + 30).starts_with(name),
                "a file is not where the directory says");
        require(place + 30 + name_size + size <= zip.size(), "a file is cut short");
        require(files.emplace(name, zip.substr(place + 30 + name_size, size)).second, "two files of one name");
        at += 46 + name_size;
    }
    return files;
}

// Entities, and characters in the workbook's own way: "_x0007_".
std::string from_xml(std::string_view xml) {
    static const std::map<std::string_view, char> entities = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}};
    std::string text;
    for (std::size_t i = 0; i < xml.size();) {
        if (xml[i] == '&') {
            auto const end = xml.find(';', i);
            require(end != std::string_view::npos, "an entity without its end");
            auto const entity = entities.find(xml.substr(i, end + 1 - i));
            require(entity != entities.end(), "an entity that is none");
            text += entity->second;
            i = end + 1;
            continue;
        }
        require(xml[i] != '<' && xml[i] != '>' &&
                    (static_cast<unsigned char>(xml[i]) >= 0x20 || xml[i] == '\n' || xml[i] == '\t'),
                "a sign that XML minds");
        unsigned value = 0;
        if (i + 7 <= xml.size() && xml.substr(i).starts_with("_x") && xml[i + 6] == '_' &&
            std::from_chars(xml.data() + i + 2, xml.data() + i + 6, value, 16).ptr == xml.data() + i + 6) {
            text += ca::to_utf8(static_cast<char32_t>(value));
            i += 7;
        } else {
            text += xml[i++];
        }
    }
    return text;
}

// Every cell with words in it, by its place: "B2".
std::map<std::string, std::string> read_sheet(std::string_view workbook) {
    auto const files = read_zip(workbook);
    require(files.contains("[Content_Types].xml") && files.contains("xl/workbook.xml") &&
                files.contains("xl/worksheets/sheet1.xml"),
            "a workbook without one of its parts");
    std::string_view sheet = files.at("xl/worksheets/sheet1.xml");
    require(ca::is_valid_utf8(sheet), "a sheet that is not UTF-8");
    require(sheet.find("<f>") == std::string_view::npos, "a formula");
    std::map<std::string, std::string> cells;
    constexpr std::string_view cell = "<c r=\"", text = "<t xml:space=\"preserve\">";
    for (auto at = sheet.find(cell); at != std::string_view::npos; at = sheet.find(cell)) {
        sheet.remove_prefix(at + cell.size());
        std::string const place(sheet.substr(0, sheet.find('"')));
        sheet.remove_prefix(sheet.find(text) + text.size());
        cells[place] = from_xml(sheet.substr(0, sheet.find("</t></is></c>")));
    }
    return cells;
}

void require_workbook_of(const ca::interop::Rows& rows) {
    auto const workbook = ca::interop::to_xlsx("Any", rows);
    require(workbook.has_value(), "rows make no workbook");
    std::map<std::string, std::string> expected;
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t j = 0; j < rows[i].size(); ++j) {
            if (rows[i][j].text.empty()) continue;
            std::string const letters =
                j < 26 ? std::string(1, static_cast<char>('A' + j))
                       : std::string{static_cast<char>('A' + j / 26 - 1), static_cast<char>('A' + j % 26)};
            expected[letters + std::to_string(i + 1)] = ca::to_utf8(ca::to_code_points(rows[i][j].text));
        }
    require(read_sheet(*workbook) == expected, "cells of a workbook are others");
}

// A file of any name: in the archive with its bytes, or refused, and then nothing is added.
void require_archive_of(const ca::interop::Rows& rows) {
    ca::interop::ZipWriter zip;
    std::map<std::string, std::string> added;
    for (auto const& row : rows) {
        auto const size = zip.size();
        if (zip.add(row.front().text, row.back().text, ca::Instant{1'754'036'100}))
            added[row.front().text] = row.back().text;
        else require(zip.size() == size, "a file was refused and is there");
    }
    auto const size = zip.size();
    auto const bytes = std::move(zip).finish();
    require(bytes.size() == size && read_zip(bytes) == added, "files of an archive are others");
    for (auto const& [name, contents] : added)
        require(!("/" + name + "/").contains("/../") && !name.starts_with('/') && !name.contains('\\'),
                "a name that leads out of its folder");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // 0xFF ends a cell, 0xFE a row: neither is in any UTF-8.
    ca::interop::Rows rows = {{""}};
    for (std::size_t i = 0; i < size; ++i) {
        if (data[i] == 0xFE) rows.push_back({""});
        else if (data[i] == 0xFF) rows.back().emplace_back("");
        else rows.back().back().text += static_cast<char>(data[i]);
    }
    bool const is_narrow = std::ranges::all_of(rows, [](const auto& row) { return row.size() <= 26 * 26; });
    if (size < 32'767 && is_narrow) require_workbook_of(rows);
    require_archive_of(rows);
    auto const read = read_csv(ca::interop::to_csv(rows));
    if (read.size() != rows.size()) std::abort();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (read[i].size() != rows[i].size()) std::abort();
        for (std::size_t j = 0; j < rows[i].size(); ++j) {
            auto const& written = read[i][j];
            if ((written.starts_with('\'') ? written.substr(1) : written) != rows[i][j].text) std::abort();
            if (!written.empty() && written.find_first_not_of("0123456789") == std::string::npos) std::abort();
            auto const first = read[i][j].find_first_not_of(' ');
            if (first != std::string::npos &&
                std::string_view("=+-@\t\r\n").find(read[i][j][first]) != std::string_view::npos)
                std::abort();
        }
        std::vector<std::string> entries;
        for (auto const& cell : rows[i])
            if (!ca::is_blank(cell.text) && std::ranges::find(entries, cell.text) == entries.end())
                entries.push_back(cell.text);
        if (ca::interop::split_list(ca::interop::join_list(entries)) != entries) std::abort();
        (void)ca::interop::split_list(rows[i].back().text, entries);
    }
    return 0;
}
