// One TrueType font: what it covers, how it shapes text, and the part of it that a file embeds.
//
// Face answers questions about a font and shapes text with it (HarfBuzz, at the font's own units). FontUse collects
// which of its glyphs a document shows and writes them as a composite font: the subset, the widths, and ToUnicode.
//
// Every shown glyph gets a character id (CID) of its own for each text that it stands for: one glyph drawn for
// both U+0020 and U+00A0, or a ligature, is then read back exactly as it was written. CIDs count from 1 in the order of
// first use; CID 0 is .notdef and never shown.
#pragma once

#include "base/result.h"
#include "pdf/objects.h"

#include <hb.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ca::pdf {

enum class Direction : std::uint8_t { left_to_right, right_to_left };

struct ShapedGlyph {
    std::uint32_t id = 0;
    std::uint32_t cluster = 0;  // index of its first code point
    int advance = 0;            // font units, as are the offsets
    int dx = 0;
    int dy = 0;
};

// Whether letters join into syllables there: the letters of one are shaped, drawn and read as one.
bool has_syllables(hb_script_t);

struct ShapeRequest {
    std::u32string_view text;  // the whole paragraph, for context
    std::size_t begin = 0;     // what to shape of it
    std::size_t end = 0;
    Direction direction = Direction::left_to_right;
    hb_script_t script = HB_SCRIPT_LATIN;
    std::string_view language;
    bool plain = false;  // no ligatures: code reads letter by letter
};

class Face {
public:
    // `bytes` must outlive the face. `where` names the font in an error.
    static Result<Face> open(std::string_view bytes, std::string where);

    std::optional<std::uint32_t> glyph(char32_t) const;
    bool covers(char32_t c) const { return glyph(c).has_value(); }
    // In the order of drawing, left to right.
    std::vector<ShapedGlyph> shape(const ShapeRequest&) const;
    int advance(std::uint32_t glyph) const;
    int units_per_em() const { return units_per_em_; }

private:
    friend class FontUse;
    Face() = default;
    // Without the font's program, which the file holds beside it. `base_name`: what the font is called there.
    Dictionary descriptor(std::string_view base_name) const;

    template<auto destroy>
    struct Destroy {
        template<typename T>
        void operator()(T* object) const {
            destroy(object);
        }
    };
    std::unique_ptr<hb_face_t, Destroy<hb_face_destroy>> face_;
    std::unique_ptr<hb_font_t, Destroy<hb_font_destroy>> font_;
    std::unique_ptr<hb_buffer_t, Destroy<hb_buffer_destroy>> buffer_;
    int units_per_em_ = 1000;
    int ascent_ = 0;
    int descent_ = 0;
    int cap_height_ = 0;
    int weight_ = 400;
    int italic_angle_thousandths_ = 0;
    int box_[4] = {0, 0, 0, 0};
    bool fixed_pitch_ = false;
    std::string name_;  // PostScript
};

class FontUse {
public:
    explicit FontUse(const Face& face) : face_(&face) {}

    // The character id under which this glyph stands for this text.
    std::uint16_t character_id(std::uint32_t glyph, std::u32string_view text);
    // The glyph's width as the file states it: millionths of the em. What is drawn must start from it.
    std::int64_t width_millionths(std::uint32_t glyph) const;
    bool is_used() const { return !characters_.empty(); }

    // Writes the font under `ref`. `with_cid_set` for PDF/A-1.
    Result<void> write(Objects&, Ref ref, bool with_cid_set) const;

private:
    struct Character {
        std::uint32_t glyph;
        std::u32string text;
    };
    std::string widths() const;
    std::string to_unicode() const;

    const Face* face_;
    std::map<std::pair<std::uint32_t, std::u32string>, std::uint16_t, std::less<>> ids_;
    std::vector<Character> characters_;  // of CID n is characters_[n - 1]
};

}  // namespace ca::pdf
