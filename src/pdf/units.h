// Lengths and colours of the PDF writer, in whole numbers only.
//
// Length is a thousandth of a point (1 pt = 1/72 inch), as an integer: a page laid out twice, natively or in
// WebAssembly, is the same page to the last digit because nothing here is floating point. 2^31 thousandths are 757 m,
// so sums need no care; products go through 64 bits.
#pragma once

#include <cstdint>
#include <string>

namespace ca::pdf {

using Length = std::int32_t;  // thousandths of a point

constexpr Length points(int whole) { return whole * 1000; }
constexpr Length tenths(int count) { return count * 100; }  // tenths of a point: tenths(105) is 10.5 pt

// value * numerator / denominator, rounded half away from zero.
constexpr Length scale(std::int64_t value, std::int64_t numerator, std::int64_t denominator) {
    std::int64_t const product = value * numerator;
    std::int64_t const half = denominator / 2;
    return static_cast<Length>((product >= 0 ? product + half : product - half) / denominator);
}

// A number of a PDF file, from thousandths: "12", "-0.5", "103.25". Never an exponent, never a comma.
std::string format_thousandths(std::int64_t thousandths);

struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    bool operator==(const Colour&) const = default;
};

// "0.129 0.169 0.196": three components from 0 to 1, as the operators rg and RG take them.
std::string format_colour(Colour);

}  // namespace ca::pdf
