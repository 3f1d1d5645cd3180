// A table on its way into a file for spreadsheets: rows of cells that say what they hold, so that a company number is
// never taken for a number nor a date for a text. csv.h and xlsx.h write it.
//
//     Rows rows = {{"Number", "Size", "Created"}};
//     rows.push_back({agreement.number, Cell::number(size), Cell::london_time(agreement.created)});
#pragma once

#include "base/time.h"
#include "lifecycle/sight.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ca::interop {

struct Cell {
    enum class Kind : std::uint8_t { text, number, date, date_time };

    Cell(std::string words) : text(std::move(words)) {}
    Cell(std::string_view words) : text(words) {}
    Cell(const char* words) : text(words) {}
    static Cell number(std::int64_t);
    static Cell date(const std::optional<Date>&);  // "YYYY-MM-DD"; no date is an empty text
    static Cell london_time(Instant);              // "YYYY-MM-DD HH:MM", so that it sorts as text

    Kind kind = Kind::text;
    std::string text;
    std::int64_t amount =
        0;  // a number; a date's days since 1970; a time's minutes since then, as London's clocks show them
};

using Rows = std::vector<std::vector<Cell>>;

// With every text made safe to show (base/shown_text.h): for tables of what people gave.
Rows shown_rows(Rows);

// The table "Agreements" with these agreements, in this order: the list as it is filtered and sorted on the screen. The
// columns and their order are the screen's. API products are a list_cell.h.
Rows agreement_rows(const lifecycle::Sight&, std::span<const std::string> numbers);
// All agreements, by number.
Rows agreement_rows(const lifecycle::Sight&);

}  // namespace ca::interop
