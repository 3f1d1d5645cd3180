#include "documents/clause_number.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace ca::documents {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

constexpr std::string_view no_break_space = "\xc2\xa0";
constexpr std::string_view en_dash = "\xe2\x80\x93";
constexpr std::string_view em_dash = "\xe2\x80\x94";

// Skips white space, and returns how many bytes it was.
std::size_t skip_space(std::string_view text, std::size_t& at) {
    std::size_t const start = at;
    while (at < text.size()) {
        if (text[at] == ' ' || text[at] == '\t') ++at;
        else if (text.substr(at).starts_with(no_break_space)) at += no_break_space.size();
        else break;
    }
    return at - start;
}

std::optional<ClauseNumber> decimal(std::string_view text) {
    ClauseNumber number{.kind = NumberKind::decimal, .text = {}, .marker = {}};
    std::size_t at = 0;
    std::size_t end_of_number = 0;
    while (at < text.size() && is_digit(text[at]) && number.parts.size() < 8) {
        std::uint32_t value = 0;
        std::size_t const start = at;
        while (at < text.size() && is_digit(text[at]) && at - start < 4)
            value = value * 10 + static_cast<std::uint32_t>(text[at++] - '0');
        if (at < text.size() && is_digit(text[at])) return std::nullopt;
        number.parts.push_back(value);
        end_of_number = at;
        if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) ++at;
        else break;
    }
    if (number.parts.empty()) return std::nullopt;
    bool punctuated = false;
    if (at < text.size() && (text[at] == '.' || text[at] == ')' || text[at] == ':')) {
        punctuated = true;
        ++at;
    }
    std::size_t const end_of_marker = at;
    bool const spaced = skip_space(text, at) > 0;
    if (at < text.size() && !spaced) return std::nullopt;
    // A bare "8 …" may be any sentence that starts with a figure; a heading of that shape is rare enough to ask for the
    // dot.
    if (!punctuated && number.parts.size() < 2) return std::nullopt;
    number.text = text.substr(0, end_of_number);
    number.marker = text.substr(0, end_of_marker);
    number.length = at;
    return number;
}

std::optional<ClauseNumber> letter(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size() && at < 6 && is_upper(text[at])) ++at;
    std::string const letters(text.substr(0, at));
    if (at == 0 || (at > 1 && !roman_position("(" + letters + ")"))) return std::nullopt;
    if (at >= text.size() || (text[at] != '.' && text[at] != ')')) return std::nullopt;
    ++at;
    std::string const marker(text.substr(0, at));
    if (skip_space(text, at) == 0 && at < text.size()) return std::nullopt;
    return ClauseNumber{NumberKind::letter, letters, marker, {}, at};
}

std::optional<ClauseNumber> bracket(std::string_view text) {
    if (!text.starts_with('(')) return std::nullopt;
    std::size_t at = 1;
    auto const run = [&](auto&& belongs) {
        std::size_t const start = at;
        while (at < text.size() && at - start < 6 && belongs(text[at])) ++at;
        return at > start;
    };
    if (!run(is_lower) && !run(is_upper) && !run(is_digit)) return std::nullopt;
    if (at >= text.size() || text[at] != ')') return std::nullopt;
    ++at;
    std::string const written(text.substr(0, at));
    bool const digits = is_digit(written[1]);
    bool const listed =
        digits || written.size() == 3 || roman_position(written) || (written.size() == 4 && written[1] == written[2]);
    if (!listed) return std::nullopt;
    if (skip_space(text, at) == 0 && at < text.size()) return std::nullopt;
    return ClauseNumber{NumberKind::bracket, written, written, {}, at};
}

std::optional<ClauseNumber> named(std::string_view text) {
    static constexpr std::array<std::string_view, 8> words = {"Appendix", "Schedule", "Annex",   "Part",
                                                              "Article",  "Clause",   "Section", "Chapter"};
    std::size_t const word_end = std::min(text.find_first_of(" \t"), text.size());
    std::string const first = to_ascii_lower(text.substr(0, word_end));
    bool const known = std::ranges::any_of(words, [&](std::string_view word) { return to_ascii_lower(word) == first; });
    if (!known) return std::nullopt;
    std::size_t at = word_end;
    skip_space(text, at);
    std::size_t const start = at;
    while (at < text.size() &&
           (is_digit(text[at]) || (text[at] == '.' && at + 1 < text.size() && is_digit(text[at + 1]))))
        ++at;
    bool const digits = at > start;
    std::size_t const letters = at;
    while (at < text.size() && is_upper(text[at])) ++at;
    // "Part A", "Appendix 1A", "Schedule IV"; but not "Section headings" or "Part Payment".
    if (at == start || at - letters > (digits ? 2 : 4) || (at < text.size() && is_lower(text[at]))) return std::nullopt;
    std::size_t const end_of_number = at;
    bool separated = at == text.size();
    if (at < text.size() && (text[at] == ':' || text[at] == '.' || text[at] == ',' || text[at] == '-')) {
        ++at;
        separated = true;
    }
    separated = skip_space(text, at) > 0 || separated;
    for (std::string_view const dash : {en_dash, em_dash, std::string_view("-")}) {
        if (text.substr(at).starts_with(dash)) {
            at += dash.size();
            skip_space(text, at);
            separated = true;
            break;
        }
    }
    if (!separated) return std::nullopt;
    std::string const written(text.substr(0, end_of_number));
    return ClauseNumber{NumberKind::named, written, written, {}, at};
}

std::string_view inside(std::string_view bracketed) {
    if (bracketed.size() < 3 || bracketed.front() != '(' || bracketed.back() != ')') return {};
    return bracketed.substr(1, bracketed.size() - 2);
}

}  // namespace

std::optional<ClauseNumber> leading_number(std::string_view text) {
    if (auto number = decimal(text)) return number;
    if (auto number = bracket(text)) return number;
    if (auto number = letter(text)) return number;
    return named(text);
}

std::optional<ClauseNumber> heading_number(std::string_view text) {
    if (auto number = leading_number(text)) return number;
    std::size_t at = 0;
    std::uint32_t value = 0;
    while (at < text.size() && at < 3 && is_digit(text[at]))
        value = value * 10 + static_cast<std::uint32_t>(text[at++] - '0');
    std::string const written(text.substr(0, at));
    if (at == 0 || skip_space(text, at) == 0 || at >= text.size() || !is_upper(text[at])) return std::nullopt;
    return ClauseNumber{NumberKind::decimal, written, written, {value}, at};
}

std::optional<int> alphabetic_position(std::string_view bracketed) {
    std::string_view const letters = inside(bracketed);
    if (letters.size() == 1 && is_lower(letters[0])) return letters[0] - 'a' + 1;
    if (letters.size() == 2 && is_lower(letters[0]) && letters[0] == letters[1]) return 26 + letters[0] - 'a' + 1;
    return std::nullopt;
}

std::optional<int> roman_position(std::string_view bracketed) {
    static constexpr std::array<std::string_view, 30> numerals = {
        "i",   "ii",   "iii",   "iv",   "v",   "vi",   "vii",   "viii",   "ix",   "x",
        "xi",  "xii",  "xiii",  "xiv",  "xv",  "xvi",  "xvii",  "xviii",  "xix",  "xx",
        "xxi", "xxii", "xxiii", "xxiv", "xxv", "xxvi", "xxvii", "xxviii", "xxix", "xxx"};
    std::string const letters = to_ascii_lower(inside(bracketed));
    auto const found = std::ranges::find(numerals, letters);
    if (found == numerals.end()) return std::nullopt;
    return static_cast<int>(found - numerals.begin()) + 1;
}

}  // namespace ca::documents
