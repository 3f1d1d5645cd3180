#include "documents/record_text.h"

#include "base/text.h"

#include <algorithm>

namespace ca::documents {

namespace {

// The blocks of Unicode whose letters run from the right, and those kept for more of them.
bool runs_from_the_right(char32_t c) {
    return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFE) ||
           (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF);
}

}  // namespace

std::string isolated(std::string_view text) {
    if (!std::ranges::any_of(to_code_points(text), runs_from_the_right)) return std::string(text);
    return "\u2068" + std::string(text) + "\u2069";
}

}  // namespace ca::documents
