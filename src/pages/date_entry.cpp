#include "pages/date_entry.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace ca::pages {
namespace {

// Digits and nothing else.
std::optional<int> number_of(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = error == std::errc() && end == text.data() + text.size() && text.front() != '-';
    return is_number ? std::optional(number) : std::nullopt;
}

std::optional<int> month_of(std::string_view text) {
    static constexpr std::array<std::string_view, 12> names{"january",   "february", "march",    "april",
                                                            "may",       "june",     "july",     "august",
                                                            "september", "october",  "november", "december"};
    constexpr std::size_t short_name = 3;
    if (const auto number = number_of(text)) return number;
    const auto name = to_ascii_lower(text);
    if (name.size() < short_name) return std::nullopt;
    const auto found = std::ranges::find_if(names, [&](std::string_view each) { return each.starts_with(name); });
    return found == names.end() ? std::nullopt : std::optional(static_cast<int>(found - names.begin()) + 1);
}

}  // namespace

bool DateEntry::is_empty() const { return is_blank(day) && is_blank(month) && is_blank(year); }

std::string first_field(std::string_view key) { return std::string(key) + "/parts/day"; }

std::string example_date(Date date) {
    const auto civil = to_civil(date);
    return std::to_string(civil.day) + " " + std::to_string(civil.month) + " " + std::to_string(civil.year);
}

void build_date_entry(ui::Ui& ui, std::string_view key, std::string_view legend, DateEntry& entry,
                      const DateEntryOptions& options) {
    auto group = ui.group(key, legend, options.hint, options.error);
    auto row = ui.row("parts");
    const ui::FieldOptions part{.kind = ui::FieldKind::number,
                                .width = ui::FieldWidth::five,
                                .required = options.required,
                                .anew = options.anew};
    ui.text_field("day", "Day", entry.day, part);
    ui.text_field("month", "Month", entry.month, part);
    ui.text_field("year", "Year", entry.year, part);
}

Result<Date> date_of(const DateEntry& entry, std::string_view what) {
    const std::string name(what);
    const auto day_text = trim(entry.day), month_text = trim(entry.month), year_text = trim(entry.year);
    std::vector<std::string> missing;
    if (day_text.empty()) missing.emplace_back("a day");
    if (month_text.empty()) missing.emplace_back("a month");
    if (year_text.empty()) missing.emplace_back("a year");
    if (missing.size() == 3) return fail("bad_date", name + ": enter a day, a month and a year");
    if (!missing.empty()) return fail("bad_date", name + " must include " + join(missing, " and "));
    const auto year = number_of(year_text);
    if (!year || year_text.size() != 4)
        return fail("bad_date", name + ": the year must have 4 numbers, for example 2026");
    const auto day = number_of(day_text), month = month_of(month_text);
    const auto unreal = [&] { return fail("bad_date", name + " must be a real date"); };
    if (!day || !month || *day < 1 || *day > 31 || *month < 1 || *month > 12) return unreal();
    const CivilDate civil{.year = *year, .month = *month, .day = *day};
    const auto date = to_date(civil);
    const auto back = to_civil(date);
    if (back.day != civil.day || back.month != civil.month) return unreal();
    if (auto known = parse_date(format_iso(date)); !known)
        return fail("bad_date", name + " must be between the years 2000 and 2199");
    return date;
}

}  // namespace ca::pages
