// What fuzz targets share: saying which property is broken, and cutting an input into pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace ca::fuzzing {

// Ends the program where a property does not hold, which is how a fuzzer is told.
inline void require(bool holds, std::string_view what) {
    if (holds) return;
    std::cerr << what << '\n';
    std::abort();
}

// The input between bytes of this value, at least one piece. 0xFF is in no UTF-8, so a piece can be any text.
inline std::vector<std::string> pieces_of(std::string_view input, char border = '\xFF') {
    std::vector<std::string> pieces{""};
    for (char const c : input) {
        if (c == border) pieces.emplace_back();
        else pieces.back() += c;
    }
    return pieces;
}

// The first byte of an input chooses what is tried, the rest is what it is tried with.
struct Chosen {
    unsigned char which = 0;
    std::string_view rest{};
};
inline Chosen choose(const std::uint8_t* data, std::size_t size) {
    std::string_view const input(reinterpret_cast<const char*>(data), size);
    return input.empty() ? Chosen{} : Chosen{static_cast<unsigned char>(input.front()), input.substr(1)};
}

}  // namespace ca::fuzzing
