#include "interop/csv.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace ca::interop {

namespace {

bool is_space(char32_t point) {
    return point == ' ' || point == 0xA0 || point == 0x202F || (point >= 0x2000 && point <= 0x200A);
}

bool is_letter(char32_t point) { return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z'); }

// Spreadsheets read the digits of other scripts, too, where their language has them.
bool is_digit(char32_t point) {
    static constexpr std::array<char32_t, 5> zeros = {U'0', U'\uFF10', U'\u0660', U'\u06F0', U'\u0966'};
    return std::ranges::any_of(zeros, [&](char32_t zero) { return point >= zero && point < zero + 10; });
}

bool is_month(std::string_view word) {
    static constexpr std::array<std::string_view, 12> months = {"january",   "february", "march",    "april",
                                                                "may",       "june",     "july",     "august",
                                                                "september", "october",  "november", "december"};
    return word == "sept" || std::ranges::any_of(months, [&](std::string_view month) {
               return word == month || word == month.substr(0, 3);
           });
}

bool starts_formula(std::u32string_view text) {
    // The full-width forms too: some spreadsheets read them as the narrow ones.
    static constexpr std::u32string_view starts = U"=+-@＝＋－＠";
    return text.front() < 0x20 || starts.find(text.front()) != std::u32string_view::npos;
}

// A number, a date, a time, an amount of money: digits with nothing beside them that does not belong into one. It is
// told generously: an apostrophe too many is seen, one too few is not.
bool looks_like_value(std::u32string_view text) {
    static constexpr std::u32string_view marks = U".,:/-+%()'_£$€¥−，．：／％";
    if (std::ranges::none_of(text, is_digit)) return false;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_letter(text[at])) {
            if (!is_digit(text[at]) && !is_space(text[at]) && marks.find(text[at]) == std::u32string_view::npos)
                return false;
            ++at;
            continue;
        }
        std::string word;
        bool const follows_digit = at > 0 && (is_digit(text[at - 1]) || text[at - 1] == '.');
        while (at < text.size() && is_letter(text[at])) word += static_cast<char>(text[at++]);
        word = to_ascii_lower(word);
        bool const is_exponent = follows_digit && (word == "e" || word == "d") && at < text.size();
        bool const is_clock = follows_digit && (word == "t" || word == "z");
        bool const is_half_day = at == text.size() && (word == "am" || word == "pm" || word == "a" || word == "p");
        if (!is_month(word) && !is_exponent && !is_clock && !is_half_day) return false;
    }
    return true;
}

}  // namespace

std::string harmless_cell(std::string_view words) {
    auto const points = to_code_points(words);
    std::u32string_view text(points.data(), points.size());
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    auto const folded = to_ascii_lower(trim(words));
    bool const needs_care = !text.empty() && (starts_formula(text) || text.front() == '\'' || looks_like_value(text) ||
                                              folded == "true" || folded == "false");
    return (needs_care ? "'" : "") + std::string(words);
}

std::string to_csv(const Rows& rows) {
    std::string csv = "\xef\xbb\xbf";
    for (auto const& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) csv += ',';
            csv += '"';
            for (char const c : row[i].kind == Cell::Kind::text ? harmless_cell(row[i].text) : row[i].text) {
                if (c == '"') csv += '"';
                csv += c;
            }
            csv += '"';
        }
        csv += "\r\n";
    }
    return csv;
}

}  // namespace ca::interop
