// CSV for spreadsheets: RFC 4180, CRLF, every cell in quotation marks, UTF-8 with a byte-order mark (without it Excel
// reads names as mojibake).
//
// Spreadsheets do not ask whether a cell of CSV is a text: they run =1+1, make 1234567 of 01234567, 10000000000 of 1E10
// and the first of May of MAY1, and save that. So a text that could be taken for something else gets an apostrophe in
// front: a formula (=, +, -, @ or a control character first, after spaces too), a number, a date, a time, a truth
// value. Excel and LibreOffice show such a cell as text, apostrophe and all. A text that starts with an apostrophe gets
// another, so a program that reads the file takes one apostrophe off where there is one, and has every text back
// exactly. Numbers and dates stand as they are. Whoever wants the texts bare in a spreadsheet takes xlsx.h.
//
// (="01234567" would be shown bare, but it is a formula: a program finds it in the cell, and LibreOffice does not run
// it. A tab or an invisible character in front gets into what people copy.)
#pragma once

#include "interop/sheet.h"

namespace ca::interop {

std::string to_csv(const Rows&);
// What a cell of CSV holds for a text.
std::string harmless_cell(std::string_view);

}  // namespace ca::interop
