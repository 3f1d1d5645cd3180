// What a link may lead to, and what a heading is called.
#include "documents/markdown.h"

#include "base/text.h"

#include <algorithm>

namespace ca::documents {

namespace {

// Lower case for the scripts that terms are written in; others are left as they are.
char32_t to_lower(char32_t c) {
    if (c >= U'A' && c <= U'Z') return c + 32;
    if (c >= 0xc0 && c <= 0xde && c != 0xd7) return c + 32;
    if (c >= 0x100 && c <= 0x137) return c | 1;
    if (c >= 0x391 && c <= 0x3a9) return c + 32;
    if (c >= 0x410 && c <= 0x42f) return c + 32;
    if (c >= 0x400 && c <= 0x40f) return c + 80;
    return c;
}

bool is_word_character(char32_t c) {
    if (c < 0x80) return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || c == U'_' || c == U'-';
    if (c < 0xc0) return c == 0xaa || c == 0xb5 || c == 0xba;
    if (c == 0xd7 || c == 0xf7) return false;
    if (c >= 0x2000 && c <= 0x2bff) return false;
    if (c >= 0x2e00 && c <= 0x2e7f) return false;
    if (c >= 0x3000 && c <= 0x3020) return false;
    if (c >= 0xfe10 && c <= 0xfe6f) return false;
    if (c >= 0xff00 && c <= 0xff0f) return false;
    if (c == 0xfeff || c == 0xfffd) return false;
    return c < 0x1f000 || c > 0x1faff;
}

constexpr std::size_t address_length_max = 2000;

}  // namespace

std::string heading_slug(std::string_view text) {
    std::string slug;
    for (char32_t const raw : to_code_points(text)) {
        char32_t const c = to_lower(raw);
        if (c == U' ') slug += '-';
        else if (is_word_character(c)) slug += to_utf8(c);
    }
    return slug;
}

std::string safe_address(std::string_view address) {
    if (address.empty() || address.size() > address_length_max) return {};
    std::size_t const colon = address.find(':');
    if (colon == std::string_view::npos) return {};
    std::string const scheme = to_ascii_lower(address.substr(0, colon));
    std::string_view rest = address.substr(colon + 1);
    if (scheme == "https" || scheme == "http") {
        if (!rest.starts_with("//")) return {};
        std::string_view const host = rest.substr(2, std::min(rest.find_first_of("/?#", 2), rest.size()) - 2);
        // A user name before the host is how one address is made to look like another.
        if (host.empty() || host.find('@') != std::string_view::npos || host.find('\\') != std::string_view::npos)
            return {};
    } else if (scheme == "mailto") {
        if (rest.find('@') == std::string_view::npos) return {};
    } else {
        return {};
    }
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string safe = scheme + ":";
    for (char const c : rest) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) return {};
        bool const as_is = byte < 0x80 && std::string_view(" \"<>\\^`{|}").find(c) == std::string_view::npos;
        if (as_is) {
            safe += c;
        } else {
            safe += '%';
            safe += digits[byte >> 4];
            safe += digits[byte & 15];
        }
    }
    return safe;
}

}  // namespace ca::documents
