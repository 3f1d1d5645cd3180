// Any cells: what is written as CSV reads back, by a reader written here, as the cells, where one apostrophe is taken off; no cell starts a
// formula or is a number; the same cells make a workbook; and as entries of a list in one cell they come back.
#include "base/text.h"
#include "interop/csv.h"
#include "interop/list_cell.h"
#include "interop/xlsx.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // 0xFF ends a cell, 0xFE a row: neither is in any UTF-8.
    ca::interop::Rows rows = {{""}};
    for (std::size_t i = 0; i < size; ++i) {
        if (data[i] == 0xFE) rows.push_back({""});
        else if (data[i] == 0xFF) rows.back().emplace_back("");
        else rows.back().back().text += static_cast<char>(data[i]);
    }
    if (!ca::interop::to_xlsx("Any", rows)) std::abort();
    auto const read = read_csv(ca::interop::to_csv(rows));
    if (read.size() != rows.size()) std::abort();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (read[i].size() != rows[i].size()) std::abort();
        for (std::size_t j = 0; j < rows[i].size(); ++j) {
            auto const& written = read[i][j];
            if ((written.starts_with('\'') ? written.substr(1) : written) != rows[i][j].text) std::abort();
            if (!written.empty() && written.find_first_not_of("0123456789") == std::string::npos) std::abort();
            auto const first = read[i][j].find_first_not_of(' ');
            if (first != std::string::npos && std::string_view("=+-@\t\r\n").find(read[i][j][first]) != std::string_view::npos) std::abort();
        }
        std::vector<std::string> entries;
        for (auto const& cell : rows[i])
            if (!ca::is_blank(cell.text) && std::ranges::find(entries, cell.text) == entries.end()) entries.push_back(cell.text);
        if (ca::interop::split_list(ca::interop::join_list(entries)) != entries) std::abort();
        (void)ca::interop::split_list(rows[i].back().text, entries);
    }
    return 0;
}
