// A text as a JSON string (RFC 8259), the one way in which every writer here says it: with the short escapes, \u00..
// for the other controls, and all else as it is. The text is UTF-8.
//
//     append_json(out, "a\"b");                            // "a\"b", quotes and all
//
// The other two are for readers that accept no other way (journal/canonical.h).
#pragma once

#include <string>
#include <string_view>

namespace ca {

constexpr bool needs_json_escape(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

// The letter of the two-character escape, or 0 where only \u00.. will do.
constexpr char short_json_escape(char c) {
    switch (c) {
        case '"': return '"';
        case '\\': return '\\';
        case '\b': return 'b';
        case '\f': return 'f';
        case '\n': return 'n';
        case '\r': return 'r';
        case '\t': return 't';
        default: return 0;
    }
}

void append_json(std::string& out, std::string_view text);

}  // namespace ca
