// The operators of one page's content: marked sequences, text and filled rectangles.
//
// Nothing can be painted outside of a mark: text and rectangles go into the mark that is open. Lengths are from the
// page's top left, as everywhere in the layout; this class turns them into the file's bottom-left coordinates.
#pragma once

#include "pdf/objects.h"
#include "pdf/paragraph.h"
#include "pdf/units.h"

#include <optional>
#include <string>

namespace ca::pdf {

class ContentStream {
public:
    explicit ContentStream(Length page_height) : page_height_(page_height) {}

    void begin_content(std::string_view role, int marked_content_id);
    // Content that reads as this text and not as its glyphs do.
    void begin_content(std::u32string_view actual_text, int marked_content_id);
    // `properties`: empty, or the artifact's dictionary.
    void begin_artifact(std::string_view properties = {});
    void end_mark();

    // A piece of text whose line starts at `x` and stands on `baseline`.
    void show(const Piece&, Length x, Length baseline);
    void fill(Length x, Length y, Length width, Length height, Colour);
    // A row of round dots between two points of one baseline.
    void dots(Length from, Length to, Length baseline, Colour);

    std::string take() { return std::move(out_); }

private:
    void end_text();
    void set_colour(Colour);
    void set_font(std::size_t font, Length size);
    void move_to(Length x, Length y);  // in the file's coordinates
    void number(std::int64_t thousandths) {
        out_ += format_thousandths(thousandths);
        out_ += ' ';
    }

    Length page_height_;
    std::string out_;
    bool in_text_ = false;
    Length text_x_ = 0;  // where the line matrix stands, in the file's coordinates
    Length text_y_ = 0;
    std::optional<std::size_t> font_;
    Length size_ = 0;
    Colour colour_{};  // a page begins in black
};

}  // namespace ca::pdf
