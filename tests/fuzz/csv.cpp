// Any cells: what is written reads back, by a reader written here, as the cells made harmless; and no cell starts a formula.
#include "interop/csv.h"

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
    std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
    for (std::size_t i = 0; i < size; ++i) {
        if (data[i] == 0xFE) rows.emplace_back(1);
        else if (data[i] == 0xFF) rows.back().emplace_back();
        else rows.back().back() += static_cast<char>(data[i]);
    }
    auto const read = read_csv(ca::interop::to_csv(rows));
    if (read.size() != rows.size()) std::abort();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (read[i].size() != rows[i].size()) std::abort();
        for (std::size_t j = 0; j < rows[i].size(); ++j) {
            if (read[i][j] != rows[i][j] && read[i][j] != "'" + rows[i][j]) std::abort();
            auto const first = read[i][j].find_first_not_of(' ');
            if (first != std::string::npos && std::string_view("=+-@\t\r\n").find(read[i][j][first]) != std::string_view::npos) std::abort();
        }
    }
    return 0;
}
