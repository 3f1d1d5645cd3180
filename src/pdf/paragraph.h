// Text into lines: what font and direction each character has (itemisation), the glyphs (shaping), where the
// lines break, and where each piece of a line stands.
//
//     ShapedText text = CA_TRY(shape_text(fonts, spans, "en-GB", "block 3"));
//     std::vector<Line> lines = break_lines(fonts, text, {.measure = points(430)});
//
// Lines are set ragged at their end side. Breaks are chosen for the paragraph as a whole: the sum of the squares of
// the white left over is least, so no line is short because the one before was greedy. A break after a hyphen costs a
// little, one inside an address or another long word more, and one anywhere in a word that fits on no line most.
// The space at which a line breaks stays in the text at the line's end, unseen, so that words do not run together when
// the text is read out or copied.
#pragma once

#include "pdf/font_book.h"
#include "pdf/structure.h"
#include "pdf/units.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ca::pdf {

constexpr Slot no_slot = -1;
constexpr int no_link = -1;

enum class Decoration : std::uint8_t { none, underline, strike };

struct TextStyle {
    FontStyle font{};
    Length size = 0;
    Colour colour{};
    Decoration decoration = Decoration::none;
    bool operator==(const TextStyle&) const = default;
};

struct TextSpan {
    std::u32string text;  // U+2028 is a hard line break; other white space has been tidied up by the caller
    TextStyle style;
    Slot slot = no_slot;     // no_slot: an artifact
    int link = no_link;      // index of the document's links
    std::string language{};  // empty: the paragraph's
    documents::NoGlyph no_glyph = documents::NoGlyph::stand_in;
};

struct PlacedGlyph {
    std::uint16_t character_id = 0;
    std::int64_t width_millionths = 0;  // as the file states it
    int advance = 0;                    // font units, as set (kerned)
    int dx = 0;
    int dy = 0;
};

// Glyphs of one font in one colour.
struct Piece {
    std::size_t font = 0;
    int units_per_em = 1000;
    TextStyle style;
    Slot slot = no_slot;
    int link = no_link;
    Length x = 0;  // from the line's start
    Length width = 0;
    Length ink_width = 0;             // without the white space at the end
    std::vector<PlacedGlyph> glyphs;  // from left to right
    bool right_to_left = false;
    // What several glyphs stand for together (a letter and its dots), where they do not read as it one by one. Such a
    // piece holds these glyphs alone.
    std::u32string actual_text{};
};

struct Line {
    Length width = 0;  // without the space at its end
    std::vector<Piece> pieces;
};

struct Cluster {
    std::uint32_t text_begin = 0;
    std::uint32_t text_end = 0;
    std::uint32_t run = 0;
    std::uint32_t glyph_begin = 0;  // in its run's glyphs
    std::uint32_t glyph_end = 0;
    Length width = 0;
    bool is_space = false;
    bool is_hard_break = false;
    std::int32_t break_cost = -1;  // of breaking after this cluster; below 0: not allowed
};

struct TextRun {
    std::uint32_t begin = 0;  // code points
    std::uint32_t end = 0;
    std::uint32_t span = 0;
    std::uint8_t level = 0;
    std::size_t font = 0;
    hb_script_t script = HB_SCRIPT_LATIN;
    std::vector<ShapedGlyph> glyphs{};
};

struct ShapedText {
    std::u32string text;
    std::vector<TextSpan> spans;  // their own text moved into `text`
    std::vector<TextRun> runs;
    std::vector<Cluster> clusters;
    std::uint8_t base_level = 0;

    Length natural_width() const;  // of the longest line without any break but hard ones
    Length minimum_width() const;  // of the longest part that should not be broken
    bool right_to_left() const { return base_level % 2 == 1; }
};

// A character that no font has is set as a stand-in that names it, or refused, as its span says: error
// unknown_character (at `where`). Error font_wanted is the book's. Without a base level, the text's own letters say
// from which side it is read.
Result<ShapedText> shape_text(FontBook&, std::vector<TextSpan>, std::string_view language, std::string_view where,
                              std::optional<std::uint8_t> base_level = {});

enum class Fit : std::uint8_t {
    text,      // the last line may be short
    balanced,  // headings: lines of about one length
};

struct Measure {
    Length measure = 0;
    documents::Align align = documents::Align::start;  // start is the right for right-to-left text
    bool start_at_left = false;                        // but not in the cells of a table, which keep its edges
    Fit fit = Fit::text;
};

std::vector<Line> break_lines(FontBook&, const ShapedText&, const Measure&);

}  // namespace ca::pdf
