// The Unicode bidirectional algorithm (UAX #9): in which direction each character of a paragraph runs.
//
// resolve_bidi gives every code point its embedding level: even runs left to right, odd right to left. The paragraph's
// own direction is that of its first strong character (P2, P3). After line breaking, `visual_order` puts the pieces of
// one line in the order in which they are drawn (L2); the white space that ends a line takes the paragraph's level
// first (L1), which is left to the caller because only the caller knows the lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace ca::pdf {

enum class BidiClass : std::uint8_t {
    L,
    R,
    AL,
    EN,
    ES,
    ET,
    AN,
    CS,
    NSM,
    BN,
    B,
    S,
    WS,
    ON,
    LRE,
    LRO,
    RLE,
    RLO,
    PDF,
    LRI,
    RLI,
    FSI,
    PDI
};

BidiClass bidi_class(char32_t);

struct BidiParagraph {
    std::uint8_t base_level = 0;
    std::vector<std::uint8_t> levels;  // one a code point
};

// Without a base level, the first strong letter decides on it (P2 and P3).
BidiParagraph resolve_bidi(std::u32string_view, std::optional<std::uint8_t> base_level = {});

// Indices of `levels` from left to right.
std::vector<std::size_t> visual_order(const std::vector<std::uint8_t>& levels);

}  // namespace ca::pdf
