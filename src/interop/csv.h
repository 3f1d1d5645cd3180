// CSV for spreadsheets: RFC 4180, CRLF, every cell in quotation marks, UTF-8 with a byte-order mark (without it Excel reads
// names as mojibake).
//
// A cell that a spreadsheet would take for a formula (=, +, -, @ or a control character first, after spaces too) gets an apostrophe
// in front, which spreadsheets show as text and do not run.
#pragma once

#include "lifecycle/model.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ca::interop {

std::string to_csv(std::span<const std::vector<std::string>> rows);
// What a cell holds after its formula, if it would be one, is made harmless.
std::string harmless_cell(std::string_view);

// The table "Agreements" with these agreements, in this order: the list as it is filtered and sorted on the screen. The columns and
// their order are the screen's. Dates are written YYYY-MM-DD, Created as YYYY-MM-DD HH:MM in London, so that they sort as text.
std::string agreements_csv(const lifecycle::Workspace&, std::span<const std::string> numbers);
// All agreements, by number.
std::string agreements_csv(const lifecycle::Workspace&);

}  // namespace ca::interop
