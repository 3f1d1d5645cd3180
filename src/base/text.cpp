#include "base/text.h"

#include "base/letters.h"

#include <algorithm>
#include <array>

namespace ca {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

char ascii_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// Of letters that are no letter with an accent, for who types another in their place.
std::string_view typed_as(char32_t c) {
    switch (c) {
        case 0xC6:
        case 0xE6: return "ae";
        case 0xD0:
        case 0xF0:
        case 0x110:
        case 0x111: return "d";
        case 0xD8:
        case 0xF8: return "o";
        case 0xDE:
        case 0xFE: return "th";
        case 0xDF:
        case 0x1E9E: return "ss";
        case 0x126:
        case 0x127: return "h";
        case 0x131: return "i";
        case 0x132:
        case 0x133: return "ij";
        case 0x138: return "k";
        case 0x13F:
        case 0x140:
        case 0x141:
        case 0x142: return "l";
        case 0x149:
        case 0x14A:
        case 0x14B: return "n";
        case 0x152:
        case 0x153: return "oe";
        case 0x166:
        case 0x167: return "t";
        case 0x17F: return "s";
        default: return {};
    }
}

// Accents and points of the scripts that are also written without them. Those of others, as of Devanagari, are letters
// in all but name.
bool is_left_out(char32_t c) {
    struct Range {
        char32_t first, last;
    };
    constexpr std::array<Range, 9> ranges{{{0x300, 0x36F},  // of Latin, Greek and Cyrillic
                                           {0x483, 0x487},  // Cyrillic
                                           {0x591, 0x5C7},  // Hebrew
                                           {0x610, 0x61A},  // Arabic
                                           {0x64B, 0x65F},
                                           {0x670, 0x670},
                                           {0x1AB0, 0x1AFF},  // and the further ones of all
                                           {0x1DC0, 0x1DFF},
                                           {0x20D0, 0x20FF}}};
    return is_mark(c) && std::ranges::any_of(ranges, [c](Range range) { return c >= range.first && c <= range.last; });
}

// Of a letter without its accents.
char32_t lower(char32_t c) {
    constexpr std::array<std::array<char32_t, 2>, 17> irregular{{{0x181, 0x253},
                                                                 {0x186, 0x254},
                                                                 {0x189, 0x256},
                                                                 {0x18A, 0x257},
                                                                 {0x18E, 0x1DD},
                                                                 {0x18F, 0x259},
                                                                 {0x190, 0x25B},
                                                                 {0x191, 0x192},
                                                                 {0x193, 0x260},
                                                                 {0x194, 0x263},
                                                                 {0x196, 0x269},
                                                                 {0x197, 0x268},
                                                                 {0x198, 0x199},
                                                                 {0x19D, 0x272},
                                                                 {0x1B2, 0x28B},
                                                                 {0x1B3, 0x1B4},
                                                                 {0x1B7, 0x292}}};
    const auto between = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    if (c < 0x80) return static_cast<char32_t>(ascii_lower(static_cast<char>(c)));
    if (const auto found = std::ranges::find(irregular, c, [](const auto& pair) { return pair[0]; });
        found != irregular.end())
        return (*found)[1];
    if (c == 0x3C2) return 0x3C3;                                                       // the σ that ends a word
    if ((between(0x391, 0x3A9) && c != 0x3A2) || between(0x410, 0x42F)) return c + 32;  // no letter is U+03A2
    if (between(0x400, 0x40F)) return c + 80;
    if (between(0x531, 0x556)) return c + 48;
    if (c == 0x4C0) return 0x4CF;
    if (between(0x4C1, 0x4CE)) return c + c % 2;
    const bool in_pairs = between(0x1E4, 0x1E5) || between(0x222, 0x225) || between(0x246, 0x24F) ||
                          between(0x460, 0x481) || between(0x48A, 0x4BF) || between(0x4D0, 0x52F);
    return in_pairs ? c | 1 : c;
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
    // Й is not taken for И, which it comes apart to.
    constexpr char32_t breve = 0x306;
    constexpr std::string_view i = "и", short_i = "й";
    for (const Letter& letter : letters_of(text)) {
        const char32_t c = letter.value;
        if (c == breve && folded.ends_with(i)) folded.replace(folded.size() - i.size(), i.size(), short_i);
        if (is_left_out(c)) continue;
        const auto letters = typed_as(c);
        if (letters.empty()) folded += to_utf8(lower(c));
        else folded += letters;
    }
    return folded;
}

}  // namespace ca
