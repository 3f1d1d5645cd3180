#include "pdf/content_stream.h"

#include "base/text.h"

namespace ca::pdf {

namespace {

// Each glyph's place from the piece's left edge, in font units.
std::vector<std::int64_t> places_of(const std::vector<PlacedGlyph>& glyphs) {
    std::vector<std::int64_t> places;
    std::int64_t place = 0;
    for (PlacedGlyph const& glyph : glyphs) {
        places.push_back(place + glyph.dx);
        place += glyph.advance;
    }
    return places;
}

// The glyphs of one piece: strings of character ids, with numbers between them where a glyph does not follow from the
// width of the one before, in an array for each height above the baseline.
class GlyphWriter {
public:
    GlyphWriter(std::string& out, const Piece& piece) : out_(out), piece_(piece) {}

    // Right-to-left text is drawn from its first letter to its last, each placed to the left of the one before: the
    // order of drawing is the order of reading.
    void write() {
        std::vector<std::int64_t> const places = places_of(piece_.glyphs);
        auto const count = piece_.glyphs.size();
        for (std::size_t step = 0; step < count; ++step) {
            std::size_t const i = piece_.right_to_left ? count - 1 - step : step;
            PlacedGlyph const& glyph = piece_.glyphs[i];
            if (glyph.dy != rise_) rise_to(glyph.dy);
            open_array();
            go_to(places[i] * 1000000 / piece_.units_per_em);
            show(glyph);
        }
        close_array();
        if (rise_ != 0) out_ += "0 Ts\n";
    }

private:
    void open_array() {
        if (!in_array_) out_ += '[';
        in_array_ = true;
    }
    void close_array() {
        close_string();
        if (in_array_) out_ += "] TJ\n";
        in_array_ = false;
    }
    void close_string() {
        if (in_string_) out_ += '>';
        in_string_ = false;
    }

    void rise_to(int rise) {
        close_array();
        rise_ = rise;
        out_ += format_thousandths(scale(rise, piece_.style.size, piece_.units_per_em));
        out_ += " Ts\n";
    }

    // Less than half a thousandth of the em is not worth a number.
    void go_to(std::int64_t place) {
        std::int64_t const off = reached_ - place;
        if (off < 500 && off > -500) return;
        close_string();
        std::int64_t const rounded = (off >= 0 ? off + 5 : off - 5) / 10 * 10;
        out_ += format_thousandths(rounded);
        reached_ -= rounded;
    }

    void show(const PlacedGlyph& glyph) {
        if (!in_string_) out_ += '<';
        in_string_ = true;
        out_ += hex_digits(glyph.character_id, 4);
        reached_ += glyph.width_millionths;
    }

    std::string& out_;
    const Piece& piece_;
    std::int64_t reached_ = 0;  // where the file's widths have led to, in millionths of the em
    int rise_ = 0;
    bool in_array_ = false;
    bool in_string_ = false;
};

}  // namespace

void ContentStream::begin_content(std::string_view role, int marked_content_id) {
    out_ += '/';
    out_ += role;
    out_ += " <</MCID " + std::to_string(marked_content_id) + ">> BDC\n";
}

void ContentStream::begin_content(std::u32string_view actual_text, int marked_content_id) {
    std::vector<char32_t> const text(actual_text.begin(), actual_text.end());
    out_ +=
        "/Span <</MCID " + std::to_string(marked_content_id) + "/ActualText" + text_string(to_utf8(text)) + ">> BDC\n";
}

void ContentStream::begin_artifact(std::string_view properties) {
    if (properties.empty()) {
        out_ += "/Artifact BMC\n";
        return;
    }
    out_ += "/Artifact ";
    out_ += properties;
    out_ += " BDC\n";
}

void ContentStream::end_mark() {
    end_text();
    out_ += "EMC\n";
}

void ContentStream::end_text() {
    if (in_text_) out_ += "ET\n";
    in_text_ = false;
}

void ContentStream::set_colour(Colour colour) {
    if (colour == colour_) return;
    out_ += format_colour(colour) + " rg\n";
    colour_ = colour;
}

void ContentStream::set_font(std::size_t font, Length size) {
    if (font_ == font && size_ == size) return;
    out_ += "/F" + std::to_string(font + 1) + ' ';
    number(size);
    out_ += "Tf\n";
    font_ = font;
    size_ = size;
}

// Td moves from the start of the line before, so it is written with that one's rounding in mind: all in thousandths.
void ContentStream::move_to(Length x, Length y) {
    number(x - text_x_);
    number(y - text_y_);
    out_ += "Td\n";
    text_x_ = x;
    text_y_ = y;
}

void ContentStream::show(const Piece& piece, Length x, Length baseline) {
    if (piece.glyphs.empty()) return;
    if (!in_text_) {
        out_ += "BT\n";
        in_text_ = true;
        text_x_ = text_y_ = 0;
    }
    set_colour(piece.style.colour);
    set_font(piece.font, piece.style.size);
    move_to(x + piece.x, page_height_ - baseline);
    GlyphWriter(out_, piece).write();
}

void ContentStream::fill(Length x, Length y, Length width, Length height, Colour colour) {
    end_text();
    set_colour(colour);
    number(x);
    number(page_height_ - y - height);
    number(width);
    number(height);
    out_ += "re f\n";
}

void ContentStream::dots(Length from, Length to, Length baseline, Colour colour) {
    end_text();
    // A dash of no length with round ends is a dot. Aligned to the right end, so that the dots of all entries meet.
    out_ += "q " + format_colour(colour) + " RG 0.9 w 1 J [0 4.5] 0 d ";
    number(to);
    number(page_height_ - baseline);
    out_ += "m ";
    number(from);
    number(page_height_ - baseline);
    out_ += "l S Q\n";
}

}  // namespace ca::pdf
