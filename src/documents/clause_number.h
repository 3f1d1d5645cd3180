// Clause numbers as lawyers write them: "8.5", "8.", "A.", "(b)", "(iv)", "Appendix 1A".
//
// leading_number reads the number that a heading or paragraph begins with, and how many bytes it takes with the space
// and punctuation after it; what follows is the heading's own words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ca::documents {

enum class NumberKind : std::uint8_t {
    decimal,  // 8, 8.5, 8.5.1: `parts` holds them
    letter,   // A. or A) or IV.
    bracket,  // (a), (iv), (12)
    named,    // Appendix 1A, Schedule 2, Clause 8, Section B …
};

struct ClauseNumber {
    NumberKind kind = NumberKind::decimal;
    std::string text;    // as it is cited: "8.5", "A", "(b)", "Appendix 1A"
    std::string marker;  // as it is written: "8.5.", "A.", "(b)"
    std::vector<std::uint32_t> parts{};
    std::size_t length = 0;  // bytes up to the words that follow
};

std::optional<ClauseNumber> leading_number(std::string_view text);
// The same, and also a bare figure before a capital letter ("8 Change Management"), which only a heading may have.
std::optional<ClauseNumber> heading_number(std::string_view text);

// The position of a bracketed marker in its row: (a) 1, (b) 2, (aa) 27; (i) 1, (iv) 4; none if it is not such a letter.
std::optional<int> alphabetic_position(std::string_view bracketed);
std::optional<int> roman_position(std::string_view bracketed);

}  // namespace ca::documents
