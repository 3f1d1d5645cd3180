#include "base/json.h"

namespace ca {

void append_json(std::string& out, std::string_view text) {
    constexpr std::string_view hex_digits = "0123456789abcdef";
    out += '"';
    std::size_t written = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!needs_json_escape(text[i])) continue;
        out.append(text, written, i - written);
        out += '\\';
        if (const char letter = short_json_escape(text[i])) {
            out += letter;
        } else {
            out += "u00";
            out += hex_digits[static_cast<std::size_t>(text[i] >> 4)];
            out += hex_digits[static_cast<std::size_t>(text[i] & 15)];
        }
        written = i + 1;
    }
    out.append(text, written);
    out += '"';
}

}  // namespace ca
