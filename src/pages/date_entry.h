// A date as people type it here: three fields, day, month and year, in this order whatever the browser's language is.
//
//     DateEntry end_date;                                          // kept by the page
//     build_date_entry(ui, "end-date", "End date", end_date, {.hint = …, .error = …});
//     if (auto date = date_of(end_date, "End date")) …             // else its error says which part is missing or
//     wrong
//
// An error is told at the group; a line of an error summary leads to `first_field("end-date")`.
#pragma once

#include "base/time.h"
#include "ui/ui.h"

#include <string>
#include <string_view>

namespace ca::pages {

struct DateEntry {
    std::string day{}, month{}, year{};
    bool is_empty() const;
};

struct DateEntryOptions {
    std::string hint{}, error{};
    bool required = false;
    bool anew = false;  // never kept as a draft
};
void build_date_entry(ui::Ui&, std::string_view key, std::string_view legend, DateEntry&, const DateEntryOptions&);
std::string first_field(std::string_view key);
std::string example_date(Date);  // "27 3 2026", as it is typed

// A month may be a number or a name. `what` begins the message: "End date must include a year".
Result<Date> date_of(const DateEntry&, std::string_view what);

}  // namespace ca::pages
