// What a frame draws, before ImGui draws it: a list of shapes in document coordinates (CSS px).
//
// Why not draw at once: a card's background is known to be tall only after its contents, and a row moves what it wraps.
// So widgets record, containers patch and shift ranges of the record, and paint() at the end of the frame turns the
// part inside the canvas strip into one ImDrawList. Layer 1 (dialogs) is painted after layer 0.
#pragma once

#include "ui/effects.h"
#include "ui/text_layout.h"
#include "ui/theme.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

struct ImDrawList;
struct ImFont;

namespace ca::ui {

struct Box {
    float x = 0, y = 0, width = 0, height = 0;
    float right() const { return x + width; }
    float bottom() const { return y + height; }
    bool contains(float px, float py) const { return px >= x && py >= y && px < right() && py < bottom(); }
    bool operator==(const Box&) const = default;
};

enum class Shape : std::uint8_t {
    rect,
    outline,
    shadow,
    hatch,
    line,
    triangle,
    tick,
    circle,
    ring,
    arc,
    chevron,
    dashes,
    text
};

struct Drawing {
    Shape shape = Shape::rect;
    std::uint8_t layer = 0;
    Colour colour = Colour::text;
    Box box{};
    float radius = 0;        // rect, outline, shadow; circle, ring, arc: its own
    float thickness = 1;     // outline, line, ring, arc, chevron
    float from = 0, to = 0;  // arc: turns clockwise from the top; line: (box.x, box.y) to (from, to); triangle: from =
                             // direction, 0 up 1 down
    // text
    const TextLayout* layout = nullptr;
    float line_height = 0;
    std::uint8_t align = 0;
    bool quiet_links = false;  // links in `colour`, underlined only under the pointer
    int hot_piece = -1, focused_piece = -1;
    bool underlined = false;                          // all of it
    bool clipped = false;                             // at the box
    bool plain_code = false;                          // no band behind code
    bool operator==(const Drawing&) const = default;  // of layouts that are the same one (TextSetter::generation)
};

class Picture {
public:
    void clear();
    std::size_t size() const { return drawings_.size(); }
    Drawing& operator[](std::size_t index) { return drawings_[index]; }
    const Drawing& operator[](std::size_t index) const { return drawings_[index]; }

    std::size_t add(Drawing drawing) {
        drawing.layer = layer_;
        drawings_.push_back(drawing);
        return drawings_.size() - 1;
    }
    std::size_t rect(const Box& box, Colour colour, float radius = 0) {
        return add({.shape = Shape::rect, .colour = colour, .box = box, .radius = radius});
    }
    std::size_t outline(const Box& box, Colour colour, float thickness, float radius = 0) {
        return add({.shape = Shape::outline, .colour = colour, .box = box, .radius = radius, .thickness = thickness});
    }
    void set_layer(std::uint8_t layer) { layer_ = layer; }
    std::uint8_t layer() const { return layer_; }
    void shift(std::size_t first, std::size_t last, float dx, float dy);
    // What is seen through a frame only: the contents of a dialog that scrolls. At most one a picture.
    struct Pane {
        std::size_t first = 0, last = 0;  // drawings
        Box box{};
        bool operator==(const Pane&) const = default;
    };
    void set_pane(const Pane& pane) { pane_ = pane; }
    const Pane& pane() const { return pane_; }
    bool has_foreign_text() const;  // which somebody else draws, and may draw otherwise the next time
    bool operator==(const Picture&) const = default;

private:
    std::vector<Drawing> drawings_;
    std::uint8_t layer_ = 0;
    Pane pane_{};
};

// How a picture becomes pixels: the strip of the document that the canvas shows, and the fonts.
struct Strip {
    float width = 0, top = 0, height = 0;  // CSS px
    float pixel_ratio = 1;
    Scheme scheme = Scheme::light;
    Effects* effects = nullptr;      // null: shadows are made of triangles
    ForeignText* foreign = nullptr;  // null: what the fonts lack is named
    bool operator==(const Strip&) const = default;
};
struct PaintFonts {
    ImFont* fonts[face_count] = {};
    float scale[face_count] = {};                             // ImGui's size for a CSS px of font size
    float ascent[face_count] = {}, descent[face_count] = {};  // em
};
void paint(const Picture&, const Strip&, const PaintFonts&, ImDrawList&);

// Where the baseline of a line box lies below its top: as browsers round it.
float baseline_in_line(float ascent, float descent, float size, float line_height);

}  // namespace ca::ui
