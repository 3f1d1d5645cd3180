#include "pdf/content_stream.h"

#include "base/text.h"

namespace ca::pdf {

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

void ContentStream::show(const Piece& piece, Length x, Length baseline) {
    if (piece.glyphs.empty()) return;
    if (!in_text_) {
        out_ += "BT\n";
        in_text_ = true;
        text_x_ = text_y_ = 0;
    }
    set_colour(piece.style.colour);
    if (font_ != piece.font || size_ != piece.style.size) {
        out_ += "/F" + std::to_string(piece.font + 1) + ' ';
        number(piece.style.size);
        out_ += "Tf\n";
        font_ = piece.font;
        size_ = piece.style.size;
    }
    // Td moves from the start of the line before, so it is written with that one's rounding in mind: all in
    // thousandths.
    Length const target_x = x + piece.x, target_y = page_height_ - baseline;
    number(target_x - text_x_);
    number(target_y - text_y_);
    out_ += "Td\n";
    text_x_ = target_x;
    text_y_ = target_y;

    // Each glyph's place from the piece's left edge, in font units. Right-to-left text is drawn from its first letter
    // to its last, each placed to the left of the one before: the order of drawing is the order of reading.
    std::vector<std::int64_t> places;
    std::int64_t place = 0;
    for (PlacedGlyph const& glyph : piece.glyphs) {
        places.push_back(place + glyph.dx);
        place += glyph.advance;
    }
    // Where the next glyph belongs and where the file's widths have led to, both in millionths of the em.
    std::int64_t const units = piece.units_per_em;
    std::int64_t reached = 0;
    int rise = 0;
    bool array_open = false, string_open = false;
    auto close_string = [&] {
        if (string_open) out_ += '>';
        string_open = false;
    };
    auto close_array = [&] {
        close_string();
        if (array_open) out_ += "] TJ\n";
        array_open = false;
    };
    auto const count = piece.glyphs.size();
    for (std::size_t step = 0; step < count; ++step) {
        std::size_t const i = piece.right_to_left ? count - 1 - step : step;
        PlacedGlyph const& glyph = piece.glyphs[i];
        if (glyph.dy != rise) {
            close_array();
            rise = glyph.dy;
            number(scale(rise, piece.style.size, units));
            out_ += "Ts\n";
        }
        if (!array_open) {
            out_ += '[';
            array_open = true;
        }
        // Less than half a thousandth of the em is not worth a number.
        std::int64_t const off = reached - places[i] * 1000000 / units;
        if (off >= 500 || off <= -500) {
            close_string();
            std::int64_t const rounded = (off >= 0 ? off + 5 : off - 5) / 10 * 10;
            out_ += format_thousandths(rounded);
            reached -= rounded;
        }
        if (!string_open) {
            out_ += '<';
            string_open = true;
        }
        out_ += hex_digits(glyph.character_id, 4);
        reached += glyph.width_millionths;
    }
    close_array();
    if (rise != 0) out_ += "0 Ts\n";
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
