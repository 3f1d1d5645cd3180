// Text set in lines: where each piece of a paragraph stands, and where its lines end.
//
// One paragraph in, lines out: pieces in several faces, broken between words (after spaces, hyphens, dashes and
// slashes; between ideographs; inside a word only where the word alone is wider than the line), and where the text
// itself has a line feed. What is set is what may be shown (base/shown_text.h): no page can forget it. Spaces at the
// end of a line hang over its edge, as in CSS. Widths are exact: advance × size, no kerning, no rounding, so that a
// browser's element with the same breaks lies at the same place.
//
// TextSetter keeps what it has set, keyed by text, style and width, so that an unchanged page costs a look-up a
// paragraph. It holds a bounded number of them: those of the last frames.
#pragma once

#include "ui/font_face.h"
#include "ui/foreign_text.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ca::ui {

enum class Face : std::uint8_t { regular, semibold, bold, italic, monospace };
inline constexpr std::size_t face_count = 5;

struct Marks {  // what is drawn with the letters
    bool link = false, inserted = false, deleted = false, code = false;
    bool operator==(const Marks&) const = default;
};

struct Piece {
    std::string_view text;
    Face face = Face::regular;
    float size = 16;  // CSS px
    Marks marks{};
    bool break_after = false;
};

struct Segment {                       // a part of one piece on one line
    float x = 0, width = 0;            // from the start of the line
    std::uint32_t begin = 0, end = 0;  // bytes of TextLayout::text
    std::uint32_t line = 0;
    std::uint16_t piece = 0;
    Face face = Face::regular;
    bool foreign = false;  // it holds letters that the face lacks
    float size = 16;
    Marks marks{};
};

struct TextLayout {
    std::string text;  // the pieces' words joined, as they may be shown
    std::vector<Segment> segments;
    std::vector<float> line_widths;          // without the spaces at the end
    std::vector<std::uint32_t> soft_breaks;  // see semantics::TextStyle
    float width = 0;                         // of the widest line
    float widest_word = 0;                   // narrower than this, words break
    bool foreign = false;                    // it holds letters that a face lacks
    std::uint32_t lines() const { return static_cast<std::uint32_t>(line_widths.size()); }
};

using Faces = std::array<FontFace, face_count>;

inline constexpr float unbounded = 1e9f;

class TextSetter {
public:
    explicit TextSetter(Faces faces) : faces_(std::move(faces)) {}
    // Who measures what the faces lack, before anything is set; it must outlive this. Nobody: code points are named in
    // their place.
    void use_foreign_text(ForeignText* foreign) { foreign_ = foreign; }

    // The result lives until the end of the next frame but one.
    const TextLayout& set(std::span<const Piece> pieces, float width);
    const FontFace& face(Face face) const { return faces_[static_cast<std::size_t>(face)]; }
    void next_frame();  // forgets what has not been asked for lately, once there is much of it
    std::size_t held() const { return recent_.size() + older_.size(); }
    // Goes up whenever layouts are forgotten: while it is the same, so are those that two frames found at one place.
    std::uint64_t generation() const { return generation_; }

private:
    using Store = std::unordered_map<std::uint64_t, std::unique_ptr<TextLayout>>;
    struct Line {  // a range of characters
        std::size_t begin, end;
    };
    class LineBreaker;

    std::unique_ptr<TextLayout> break_lines(std::span<const Piece> pieces, float width);
    // Into `characters_`, and their words into `text`.
    void read_characters(std::span<const Piece> pieces, std::string& text);
    void add_line(TextLayout& layout, const Line& line, std::span<const Piece> pieces) const;
    void measure_foreign(std::string_view text, std::span<const Piece> pieces);
    float stand_in_advance(const FontFace& face, char32_t code_point) const;

    Faces faces_;
    ForeignText* foreign_ = nullptr;
    Store recent_, older_;
    std::uint64_t generation_ = 0;
    struct Character {
        float advance;
        std::uint32_t begin, end;
        char32_t code_point;
        std::uint16_t piece;
        bool foreign;
    };
    std::vector<Character> characters_;  // scratch
};

}  // namespace ca::ui
