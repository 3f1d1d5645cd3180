#include "pdf/content_stream.h"

#include "base/text.h"

namespace ca::pdf {

void ContentStream::begin_content(std::string_view role, int marked_content_id)
{
    out_ += '/';
    out_ += role;
    out_ += " <</MCID " + std::to_string(marked_content_id) + ">> BDC\n";
}

void ContentStream::begin_artifact(std::string_view properties)
{
    if (properties.empty()) {
        out_ += "/Artifact BMC\n";
        return;
    }
    out_ += "/Artifact ";
    out_ += properties;
    out_ += " BDC\n";
}

void ContentStream::end_mark()
{
    end_text();
    out_ += "EMC\n";
}

void ContentStream::end_text()
{
    if (in_text_) out_ += "ET\n";
    in_text_ = false;
}

void ContentStream::set_colour(Colour colour)
{
    if (colour == colour_) return;
    out_ += format_colour(colour) + " rg\n";
    colour_ = colour;
}

void ContentStream::show(const Piece& piece, Length x, Length baseline)
{
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
    // Td moves from the start of the line before, so it is written with that one's rounding in mind: all in thousandths.
    Length const target_x = x + piece.x, target_y = page_height_ - baseline;
    number(target_x - text_x_);
    number(target_y - text_y_);
    out_ += "Td\n";
    text_x_ = target_x;
    text_y_ = target_y;

    if (!piece.actual_text.empty()) {
        std::vector<char32_t> const text(piece.actual_text.begin(), piece.actual_text.end());
        out_ += "/Span <</ActualText " + text_string(to_utf8(text)) + ">> BDC\n";
    }
    // Where the next glyph belongs and where the file's widths have led to, both in millionths of the em.
    std::int64_t wanted = 0, reached = 0;
    std::int64_t const units = piece.units_per_em;
    auto millionths = [&](std::int64_t font_units) { return font_units * 1000000 / units; };
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
    std::int64_t advance = 0;
    for (PlacedGlyph const& glyph : piece.glyphs) {
        if (glyph.dy != rise) {
            close_array();
            rise = glyph.dy;
            number(scale(rise, piece.style.size, units));
            out_ += "Ts\n";
        }
        wanted = millionths(advance + glyph.dx);
        if (!array_open) {
            out_ += '[';
            array_open = true;
        }
        // A thousandth of the em less than one unit of TJ is not worth a number.
        std::int64_t const off = (reached - wanted);
        if (off >= 500 || off <= -500) {
            close_string();
            std::int64_t const thousandths_of_em = off >= 0 ? (off + 5) / 10 * 10 : -((-off + 5) / 10 * 10);
            out_ += format_thousandths(thousandths_of_em);
            reached -= thousandths_of_em;
        }
        if (!string_open) {
            out_ += '<';
            string_open = true;
        }
        out_ += hex_digits(glyph.character_id, 4);
        reached += glyph.width_millionths;
        advance += glyph.advance;
    }
    close_array();
    if (rise != 0) out_ += "0 Ts\n";
    if (!piece.actual_text.empty()) out_ += "EMC\n";
}

void ContentStream::fill(Length x, Length y, Length width, Length height, Colour colour)
{
    end_text();
    set_colour(colour);
    number(x);
    number(page_height_ - y - height);
    number(width);
    number(height);
    out_ += "re f\n";
}

void ContentStream::dots(Length from, Length to, Length baseline, Colour colour)
{
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
