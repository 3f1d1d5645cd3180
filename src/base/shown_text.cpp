#include "base/shown_text.h"

#include "base/text.h"

#include <algorithm>
#include <cstdio>
#include <span>

namespace ca {
namespace {

constexpr char32_t black_flag = 0x1F3F4, cancel_tag = 0xE007F;

bool is_between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

bool is_control(char32_t c) { return c < 0x20 || is_between(c, 0x7F, 0x9F); }

bool turns_text(char32_t c) {  // Bidi_Control
    return c == 0x061C || c == 0x200E || c == 0x200F || is_between(c, 0x202A, 0x202E) || is_between(c, 0x2066, 0x2069);
}

bool is_noncharacter(char32_t c) { return (c & 0xFFFE) == 0xFFFE || is_between(c, 0xFDD0, 0xFDEF); }

bool is_tag(char32_t c) { return is_between(c, 0xE0000, 0xE007F); }

bool is_named(char32_t c) {
    return is_control(c) || turns_text(c) || is_between(c, 0xFFF9, 0xFFFB) || is_between(c, 0x206A, 0x206F) ||
           is_noncharacter(c) || is_tag(c);
}

bool breaks_line(char32_t c) { return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029; }

bool is_plain_ascii(char c) { return (c >= 0x20 && c < 0x7F) || c == '\n'; }

// How many code points from here make the flag of a part of a country (a black flag, its code in tags, the end): 0, if
// they do not.
std::size_t flag_length(std::span<const char32_t> from) {
    if (from.front() != black_flag) return 0;
    std::size_t i = 1;
    while (i < from.size() && (is_between(from[i], 0xE0030, 0xE0039) || is_between(from[i], 0xE0061, 0xE007A))) ++i;
    return i > 1 && i < from.size() && from[i] == cancel_tag ? i + 1 : 0;
}

// Each code point in turn: as it is, or to be named.
template<typename AsItIs, typename Named>
void tell_apart(std::string_view text, AsItIs as_it_is, Named named) {
    const std::vector<char32_t> code_points = to_code_points(text);
    for (std::size_t i = 0; i < code_points.size(); ++i) {
        const char32_t c = code_points[i];
        if (const std::size_t flag = flag_length(std::span(code_points).subspan(i)); flag > 0) {
            std::ranges::for_each(std::span(code_points).subspan(i, flag), as_it_is);
            i += flag - 1;
        } else if (breaks_line(c)) {
            const bool with_line_feed = c == '\r' && i + 1 < code_points.size() && code_points[i + 1] == '\n';
            if (!with_line_feed) as_it_is(U'\n');
        } else if (c == '\t') {
            as_it_is(U' ');
        } else if (is_named(c)) {
            named(c);
        } else {
            as_it_is(c);
        }
    }
}

}  // namespace

std::string shown_text(std::string_view text) {
    if (std::ranges::all_of(text, is_plain_ascii)) return std::string(text);
    std::string shown;
    shown.reserve(text.size());
    tell_apart(
        text, [&](char32_t c) { shown += to_utf8(c); }, [&](char32_t c) { shown += stand_in(c); });
    return shown;
}

bool is_shown_as_it_is(std::string_view text) {
    return std::ranges::all_of(text, is_plain_ascii) || shown_text(text) == text;
}

std::string shown_line(std::string_view text) {
    std::string line = shown_text(text);
    std::ranges::replace(line, '\n', ' ');
    return line;
}

std::vector<char32_t> hidden_controls(std::string_view text) {
    std::vector<char32_t> found;
    tell_apart(
        text, [](char32_t) {},
        [&](char32_t c) {
            if (std::ranges::find(found, c) == found.end()) found.push_back(c);
        });
    return found;
}

std::string code_point_name(char32_t c) {
    char name[16];
    std::snprintf(name, sizeof name, "U+%04X", static_cast<unsigned>(c));
    return name;
}

std::string stand_in(char32_t c) { return "[" + code_point_name(c) + "]"; }

}  // namespace ca
