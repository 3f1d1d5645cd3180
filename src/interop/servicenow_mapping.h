// Which column of which ServiceNow table holds which of our fields: one readable JSON, with a default, and whoever
// imports can bring their own.
//
// A mapping file has the shape of the default (default_mapping_text). It need only say what differs:
//
//     {"tables": {"agreement": {"columns": {"signature_type": "u_how_signed"}}},
//      "words": {"signature_type": {"portal": "Accepted via Portal"}}}
//
//   tables.<ours>.name      the table: customer_account, customer_contact, ast_contract, sn_customerservice_case
//   tables.<ours>.columns   our field → their column; "" means that there is no such column
//   tables.<ours>.order     the columns of a record made here, in order; a column that is no field's is written as
//   `constants` say tables.<ours>.constants what such a column holds in a record made here; "" where it is not named
//   words.<field>           their word → ours, compared without regard to case; on the way out the first that fits is
//   written instance                what stands before /api/now/table/… in the links of records made here
//
// Errors: bad_mapping; `where` is the place in the file or the key.
#pragma once

#include "base/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ca::interop {

enum class Table : std::uint8_t { account, contact, agreement, case_ };
inline constexpr std::array<Table, 4> tables = {Table::account, Table::contact, Table::agreement, Table::case_};
std::string_view to_words(Table);  // "account", "contact", "agreement", "case"

struct TableMapping {
    std::string name;
    std::map<std::string, std::string, std::less<>> columns{};
    std::vector<std::string> order{};
    std::map<std::string, std::string, std::less<>> constants{};
    bool operator==(const TableMapping&) const = default;

    std::string_view column(std::string_view field) const;  // empty: none
    std::string_view field(std::string_view column) const;  // empty: none
};

using Words = std::vector<std::pair<std::string, std::string>>;  // theirs, ours; in the order of the file

struct Mapping {
    std::string instance;
    std::array<TableMapping, 4> by_table{};
    std::map<std::string, Words, std::less<>> words{};
    bool operator==(const Mapping&) const = default;

    const TableMapping& operator[](Table table) const { return by_table[static_cast<std::size_t>(table)]; }
    // Empty: no such word.
    std::string_view ours(std::string_view field, std::string_view theirs) const;
    std::string_view theirs(std::string_view field, std::string_view ours) const;
};

std::string_view default_mapping_text();
const Mapping& default_mapping();
// `text` over the default.
Result<Mapping> read_mapping(std::string_view text);

}  // namespace ca::interop
