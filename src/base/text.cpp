#include "base/text.h"

#include <algorithm>
#include <array>

namespace ca {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

char ascii_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// The letters without accents of U+00C0 to U+017F, in order. '.' keeps the code point as it is; '_' stands for a letter
// that becomes two and is dealt with apart.
constexpr std::string_view latin_base =
    "aaaaaa_ceeeeiiiidnooooo.ouuuuy__aaaaaa_ceeeeiiiidnooooo.ouuuuy_y"     // U+00C0
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii__jjkkkllllllllll"  // U+0100
    "nnnnnnnnnoooooo__rrrrrrsssssssst"                                     // U+0143
    "tttttuuuuuuuuuuuuwwyyyzzzzzzs";                                       // U+0163
static_assert(latin_base.size() == 0x180 - 0xC0);

std::string_view two_letters(char32_t c) {
    switch (c) {
        case 0xC6:
        case 0xE6: return "ae";
        case 0xDE:
        case 0xFE: return "th";
        case 0xDF: return "ss";
        case 0x132:
        case 0x133: return "ij";
        case 0x152:
        case 0x153: return "oe";
        default: return {};
    }
}

char32_t fold_greek(char32_t c) {
    constexpr std::array<std::array<char32_t, 2>, 20> accented{
        {{0x386, 0x3B1}, {0x388, 0x3B5}, {0x389, 0x3B7}, {0x38A, 0x3B9}, {0x38C, 0x3BF}, {0x38E, 0x3C5}, {0x38F, 0x3C9},
         {0x390, 0x3B9}, {0x3AA, 0x3B9}, {0x3AB, 0x3C5}, {0x3AC, 0x3B1}, {0x3AD, 0x3B5}, {0x3AE, 0x3B7}, {0x3AF, 0x3B9},
         {0x3B0, 0x3C5}, {0x3C2, 0x3C3}, {0x3CA, 0x3B9}, {0x3CB, 0x3C5}, {0x3CC, 0x3BF}, {0x3CD, 0x3C5}}};
    for (const auto& [from, to] : accented) {
        if (c == from) return to;
    }
    if (c == 0x3CE) return 0x3C9;
    return c >= 0x391 && c <= 0x3A9 && c != 0x3A2 ? c + 32 : c;  // no letter is U+03A2
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};

    const std::size_t size = lead >= 0xC2 && lead <= 0xDF   ? 2
                             : lead >= 0xE0 && lead <= 0xEF ? 3
                             : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                            : 0;
    if (size == 0 || text.size() < size) return {replacement, 1, false};
    char32_t code_point = lead & (0xFF >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {replacement, 1, false};
        code_point = code_point << 6 | (byte(i) & 0x3F);
    }
    const bool overlong = (size == 3 && code_point < 0x800) || (size == 4 && code_point < 0x10000);
    const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (overlong || surrogate || code_point > 0x10FFFF) return {replacement, 1, false};
    return {code_point, size, true};
}

bool is_valid_utf8(std::string_view text) {
    while (!text.empty()) {
        const CodePoint decoded = first_code_point(text);
        if (!decoded.is_sound) return false;
        text.remove_prefix(decoded.size);
    }
    return true;
}

std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(first_code_point(text).size);
    return count;
}

std::vector<char32_t> to_code_points(std::string_view text) {
    std::vector<char32_t> code_points;
    code_points.reserve(text.size());
    while (!text.empty()) {
        const CodePoint decoded = first_code_point(text);
        code_points.push_back(decoded.value);
        text.remove_prefix(decoded.size);
    }
    return code_points;
}

std::string to_utf8(char32_t c) {
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = replacement;
    const auto tail = [&](int shift) { return static_cast<char>(0x80 | (c >> shift & 0x3F)); };
    if (c < 0x80) return {static_cast<char>(c)};
    if (c < 0x800) return {static_cast<char>(0xC0 | c >> 6), tail(0)};
    if (c < 0x10000) return {static_cast<char>(0xE0 | c >> 12), tail(6), tail(0)};
    return {static_cast<char>(0xF0 | c >> 18), tail(12), tail(6), tail(0)};
}

std::string to_utf8(const std::vector<char32_t>& code_points) {
    std::string text;
    text.reserve(code_points.size());
    for (const char32_t c : code_points) text += to_utf8(c);
    return text;
}

bool is_blank(std::string_view text) { return std::ranges::all_of(text, is_ascii_space); }

std::string_view trim(std::string_view text) {
    while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_ascii_space(text.back())) text.remove_suffix(1);
    return text;
}

std::string to_ascii_lower(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), ascii_lower);
    return lower;
}

std::string to_ascii_upper(std::string_view text) {
    std::string upper(text);
    std::ranges::transform(upper, upper.begin(), ascii_upper);
    return upper;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.emplace_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) text += separator;
        text += parts[i];
    }
    return text;
}

std::string fold_for_search(std::string_view text) {
    if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return to_ascii_lower(text);
    std::string folded;
    folded.reserve(text.size());
    for (const char32_t c : to_code_points(text)) {
        if (c < 0x80) {
            folded.push_back(ascii_lower(static_cast<char>(c)));
        } else if (const auto letters = two_letters(c); !letters.empty()) {
            folded += letters;
        } else if (c >= 0xC0 && c < 0x180 && latin_base[c - 0xC0] != '.') {
            folded.push_back(latin_base[c - 0xC0]);
        } else if (c == 0x218 || c == 0x219) {
            folded.push_back('s');
        } else if (c == 0x21A || c == 0x21B) {
            folded.push_back('t');
        } else if (c >= 0x300 && c <= 0x36F) {
            continue;  // a combining accent
        } else if (c >= 0x370 && c <= 0x3FF) {
            folded += to_utf8(fold_greek(c));
        } else if (c == 0x401 || c == 0x451) {
            folded += to_utf8(0x435);  // people type е for ё
        } else if (c >= 0x400 && c <= 0x40F) {
            folded += to_utf8(c + 80);
        } else if (c >= 0x410 && c <= 0x42F) {
            folded += to_utf8(c + 32);
        } else {
            folded += to_utf8(c);
        }
    }
    return folded;
}

}  // namespace ca
