#include "ui/font_face.h"

#include <cstddef>
#include <vector>

namespace ca::ui {

namespace {

// Big-endian numbers at places that may lie outside the file.
class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}
    bool has(std::size_t at, std::size_t length) const { return at <= bytes_.size() && length <= bytes_.size() - at; }
    std::uint16_t u16(std::size_t at) const {
        if (!has(at, 2)) return 0;
        return static_cast<std::uint16_t>(byte(at) << 8 | byte(at + 1));
    }
    std::int16_t i16(std::size_t at) const { return static_cast<std::int16_t>(u16(at)); }
    std::uint32_t u32(std::size_t at) const { return static_cast<std::uint32_t>(u16(at)) << 16 | u16(at + 2); }
    std::string_view tag(std::size_t at) const { return has(at, 4) ? bytes_.substr(at, 4) : std::string_view{}; }

private:
    unsigned byte(std::size_t at) const { return static_cast<unsigned char>(bytes_[at]); }
    std::string_view bytes_;
};

std::size_t find_table(const Reader& file, std::string_view tag) {
    const std::size_t count = file.u16(4);
    for (std::size_t i = 0; i < count; ++i)
        if (file.tag(12 + 16 * i) == tag) return file.u32(12 + 16 * i + 8);
    return 0;
}

template<typename Each>
void each_of_format_4(const Reader& file, std::size_t at, Each each) {
    const std::size_t segments = file.u16(at + 6) / 2;
    const std::size_t ends = at + 14, starts = ends + 2 * segments + 2, deltas = starts + 2 * segments,
                      ranges = deltas + 2 * segments;
    for (std::size_t s = 0; s < segments; ++s) {
        const unsigned first = file.u16(starts + 2 * s), last = file.u16(ends + 2 * s);
        const unsigned delta = file.u16(deltas + 2 * s), range = file.u16(ranges + 2 * s);
        for (unsigned c = first; c <= last && c != 0xffff; ++c) {
            unsigned glyph = 0;
            if (range == 0) {
                glyph = (c + delta) & 0xffff;
            } else {
                glyph = file.u16(ranges + 2 * s + range + 2 * (c - first));
                if (glyph != 0) glyph = (glyph + delta) & 0xffff;
            }
            if (glyph != 0) each(static_cast<char32_t>(c), glyph);
        }
    }
}

template<typename Each>
void each_of_format_12(const Reader& file, std::size_t at, Each each) {
    const std::size_t groups = file.u32(at + 12);
    for (std::size_t g = 0; g < groups && file.has(at + 16 + 12 * g, 12); ++g) {
        const std::uint32_t first = file.u32(at + 16 + 12 * g), last = file.u32(at + 20 + 12 * g),
                            glyph = file.u32(at + 24 + 12 * g);
        if (last > 0x10ffff) return;
        for (std::uint32_t c = first; c <= last; ++c) each(static_cast<char32_t>(c), glyph + (c - first));
    }
}

}  // namespace

Result<FontFace> FontFace::read(std::string_view bytes) {
    const Reader file(bytes);
    const std::size_t head = find_table(file, "head"), hhea = find_table(file, "hhea"), hmtx = find_table(file, "hmtx");
    const std::size_t maxp = find_table(file, "maxp"), cmap = find_table(file, "cmap");
    if (head == 0 || hhea == 0 || hmtx == 0 || maxp == 0 || cmap == 0)
        return fail("bad_font", "This is not a TrueType font: one of head, hhea, hmtx, maxp and cmap is missing.");
    const float units = file.u16(head + 18);
    const std::size_t glyphs = file.u16(maxp + 4), long_metrics = file.u16(hhea + 34);
    if (units == 0 || glyphs == 0 || long_metrics == 0) return fail("bad_font", "The font has no glyphs.");

    FontFace face;
    face.ascent_ = file.i16(hhea + 4) / units;
    face.descent_ = -file.i16(hhea + 6) / units;
    face.low_.fill(-1);

    const auto keep = [&](char32_t code_point, std::size_t glyph) {
        if (glyph >= glyphs) return;
        const std::size_t metric = glyph < long_metrics ? glyph : long_metrics - 1;
        const float advance = file.u16(hmtx + 4 * metric) / units;
        if (code_point < face.low_.size()) face.low_[code_point] = advance;
        else face.high_[code_point] = advance;
    };
    std::size_t best = 0;
    unsigned best_format = 0;
    const std::size_t subtables = file.u16(cmap + 2);
    for (std::size_t i = 0; i < subtables; ++i) {
        const std::size_t at = cmap + file.u32(cmap + 4 + 8 * i + 4);
        const unsigned format = file.u16(at);
        if ((format == 4 || format == 12) && format > best_format) {
            best = at;
            best_format = format;
        }
    }
    if (best_format == 0) return fail("bad_font", "The font has no character map that can be read (formats 4 and 12).");
    if (best_format == 4) each_of_format_4(file, best, keep);
    else each_of_format_12(file, best, keep);
    return face;
}

float FontFace::lookup(char32_t code_point) const {
    if (code_point < low_.size()) return low_[code_point];
    const auto found = high_.find(code_point);
    return found == high_.end() ? -1.0f : found->second;
}

bool FontFace::has(char32_t code_point) const { return lookup(code_point) >= 0; }

float FontFace::advance(char32_t code_point) const {
    const float width = lookup(code_point);
    if (width >= 0) return width;
    const float fallback = lookup(U'?');
    return fallback >= 0 ? fallback : 0.5f;
}

}  // namespace ca::ui
