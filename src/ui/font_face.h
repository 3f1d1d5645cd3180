// What a TrueType file says about widths and heights: enough to set lines of text exactly as a browser without kerning
// does.
//
//     auto face = FontFace::read(bytes);      // error "bad_font"
//     face->advance(U'A') * size              // CSS px at a font-size of `size`
//
// Units: fractions of the font size (1 = one em). Reads head, hhea, hmtx, maxp and cmap (formats 4 and 12); nothing is
// drawn here.
#pragma once

#include "base/result.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace ca::ui {

class FontFace {
public:
    static Result<FontFace> read(std::string_view file);

    float ascent() const { return ascent_; }    // above the baseline, positive
    float descent() const { return descent_; }  // below the baseline, positive
    bool has(char32_t code_point) const;
    float advance(char32_t code_point) const;  // of a missing one: the advance of "?"

private:
    float lookup(char32_t code_point) const;  // negative: missing

    float ascent_ = 0, descent_ = 0;
    std::array<float, 0x500> low_{};  // Latin, Greek, Cyrillic
    std::unordered_map<char32_t, float> high_{};
};

}  // namespace ca::ui
