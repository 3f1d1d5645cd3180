// A workbook of one sheet (Office Open XML, ECMA-376) for spreadsheets: every text is a text whatever it looks like, so
// nothing in it is run, and 01234567 stays 01234567; numbers and dates are numbers and dates. The first row is the
// heading: bold, held at the top, with filters.
//
//     auto workbook = CA_TRY(to_xlsx("Agreements", agreement_rows(workspace)));
//
// The same rows give the same bytes. A text longer than the 32,767 UTF-16 units that a cell takes is cut, and ends in
// "…". Characters that XML does not have are written in the format's own way (_x0007_). Errors: too_large, beyond the
// 1,048,576 rows of a sheet.
#pragma once

#include "interop/sheet.h"

namespace ca::interop {

inline constexpr std::string_view xlsx_media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

// `name`: of the sheet, at most 31 characters, none of []:*?/\.
Result<std::string> to_xlsx(std::string_view name, const Rows&);

}  // namespace ca::interop
