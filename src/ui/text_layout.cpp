#include "ui/text_layout.h"

#include "base/shown_text.h"
#include "base/text.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace ca::ui {

namespace {

constexpr std::size_t held_max = 20'000;  // layouts in a generation; a page of 340 rows by 12 columns needs some 8,000

class Hash {
public:
    void add(std::uint64_t value) {
        state_ ^= value;
        state_ *= 0x9e3779b97f4a7c15u;
        state_ ^= state_ >> 32;
    }
    void add(std::string_view bytes) {
        add(static_cast<std::uint64_t>(bytes.size()));
        while (bytes.size() >= 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes.data(), 8);
            add(word);
            bytes.remove_prefix(8);
        }
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), bytes.size());
        add(word);
    }
    void add(float value) { add(static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(value))); }
    std::uint64_t value() const { return state_; }

private:
    std::uint64_t state_ = 0xcbf29ce484222325u;
};

std::uint64_t hash_of(std::span<const Piece> pieces, float width) {
    Hash hash;
    hash.add(width);
    for (const Piece& piece : pieces) {
        hash.add(piece.text);
        hash.add(piece.size);
        hash.add(static_cast<std::uint64_t>(piece.face) | static_cast<std::uint64_t>(piece.marks.link) << 8 |
                 static_cast<std::uint64_t>(piece.marks.inserted) << 9 |
                 static_cast<std::uint64_t>(piece.marks.deleted) << 10 |
                 static_cast<std::uint64_t>(piece.marks.code) << 11 |
                 static_cast<std::uint64_t>(piece.break_after) << 12);
    }
    return hash.value();
}

char32_t decode(std::string_view text, std::size_t& at) {
    const auto [value, size, is_sound] = first_code_point(text.substr(at));
    at += size;
    return value;
}

bool is_space(char32_t c) { return c == U' ' || c == U'\n'; }

bool is_ideograph(char32_t c) {
    return (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3fffd);
}

// May a line end between these two?
bool may_break(char32_t before, char32_t after) {
    if (is_space(after)) return false;
    if (is_space(before)) return true;
    if (before == 0x2010 || before == 0x2013 || before == 0x2014 || before == 0x200b) return true;
    const bool letter_after = (after >= U'a' && after <= U'z') || (after >= U'A' && after <= U'Z') || after > 0x7f;
    if (before == U'-' || before == U'/') return letter_after;  // not inside "-5", "24/7" or a date
    if (before == U'@' || before == U'_') return letter_after;  // addresses and file names
    return is_ideograph(before) || is_ideograph(after);
}

}  // namespace

const TextLayout& TextSetter::set(std::span<const Piece> pieces, float width) {
    const std::uint64_t key = hash_of(pieces, width);
    if (const auto found = recent_.find(key); found != recent_.end()) return *found->second;
    if (const auto found = older_.find(key); found != older_.end()) {
        auto node = older_.extract(found);
        return *recent_.insert(std::move(node)).position->second;
    }
    return *recent_.emplace(key, break_lines(pieces, width)).first->second;
}

void TextSetter::next_frame() {
    if (recent_.size() <= held_max) return;
    older_ = std::move(recent_);
    recent_.clear();
    ++generation_;
}

float TextSetter::stand_in_advance(const FontFace& metrics, char32_t code_point) const {
    float width = 0;
    for (const char c : stand_in(code_point)) width += metrics.advance(static_cast<unsigned char>(c));
    return width;
}

// Letters that are shaped together are measured together; what they need is shared out among them.
void TextSetter::measure_foreign(std::string_view text, std::span<const Piece> pieces) {
    if (foreign_ == nullptr) return;
    for (auto from = characters_.begin(); from != characters_.end();) {
        const auto until = std::find_if(from, characters_.end(),
                                        [&](const Character& c) { return !c.foreign || c.piece != from->piece; });
        if (until == from) {
            ++from;
            continue;
        }
        const std::string_view words = text.substr(from->begin, std::prev(until)->end - from->begin);
        const Piece& piece = pieces[from->piece];
        const float each = foreign_->width(words, piece.face, piece.size) / static_cast<float>(until - from);
        for (; from != until; ++from) from->advance = each;
    }
}

void TextSetter::read_characters(std::span<const Piece> pieces, std::string& text) {
    characters_.clear();
    for (std::size_t p = 0; p < pieces.size(); ++p) {
        const Piece& piece = pieces[p];
        const FontFace& metrics = face(piece.face);
        const std::string shown = shown_text(piece.text);
        const std::size_t base = text.size();
        for (std::size_t at = 0; at < shown.size();) {
            const std::size_t begin = at;
            const char32_t code_point = decode(shown, at);
            const bool foreign = !metrics.has(code_point) && !is_space(code_point);
            const float advance = foreign ? stand_in_advance(metrics, code_point)
                                          : metrics.advance(is_space(code_point) ? U' ' : code_point);
            characters_.push_back({advance * piece.size, static_cast<std::uint32_t>(base + begin),
                                   static_cast<std::uint32_t>(base + at), code_point, static_cast<std::uint16_t>(p),
                                   foreign});
        }
        text += shown;
    }
    measure_foreign(text, pieces);
}

// Parts characters into lines, atom by atom.
class TextSetter::LineBreaker {
public:
    LineBreaker(std::span<const Character> characters, std::span<const Piece> pieces, float width, TextLayout& layout)
        : characters_(characters), pieces_(pieces), room_(width + 0.01f), layout_(layout) {}

    std::vector<Line> lines() {
        const std::size_t count = characters_.size();
        for (std::size_t at = 0; at < count;) {
            const Atom atom = atom_at(at);
            layout_.widest_word = std::max(layout_.widest_word, atom.word);
            place(atom);
            at = atom.end;
        }
        if (line_begin_ < count || lines_.empty()) lines_.push_back({line_begin_, count});
        return std::move(lines_);
    }

private:
    struct Atom {  // what stays together, and the spaces after it
        std::size_t begin, end;
        float word = 0, with_spaces = 0;
        bool hard = false;  // the line ends with it
    };

    Atom atom_at(std::size_t at) const {
        const std::size_t count = characters_.size();
        Atom atom{.begin = at, .end = at};
        for (std::size_t& end = atom.end;;) {
            atom.with_spaces += characters_[end].advance;
            if (!is_space(characters_[end].code_point)) atom.word = atom.with_spaces;
            ++end;
            if (end < count && characters_[end].piece != characters_[end - 1].piece)
                for (std::size_t p = characters_[end - 1].piece; p < characters_[end].piece; ++p)
                    atom.hard = atom.hard || pieces_[p].break_after;
            atom.hard = atom.hard || characters_[end - 1].code_point == U'\n';
            // "e-mail" and "e-RS" stay whole: a letter alone says nothing at the end of a line.
            const bool lone_letter = end < count && characters_[end - 1].code_point == U'-' && end - at <= 2;
            if (lone_letter && !atom.hard && !is_space(characters_[end].code_point)) continue;
            if (end == count || atom.hard || may_break(characters_[end - 1].code_point, characters_[end].code_point))
                return atom;
        }
    }

    void place(const Atom& atom) {
        if (atom.begin > line_begin_ && line_width_ + atom.word > room_) finish_line(atom.begin, true);
        if (atom.word > room_) break_inside(atom);
        else line_width_ += atom.with_spaces;
        if (atom.hard) finish_line(atom.end, false);
    }

    void break_inside(const Atom& atom) {  // too long for any line
        for (std::size_t c = atom.begin; c < atom.end; ++c) {
            if (c > line_begin_ && line_width_ + characters_[c].advance > room_ && !is_space(characters_[c].code_point))
                finish_line(c, true);
            line_width_ += characters_[c].advance;
        }
    }

    void finish_line(std::size_t end, bool soft) {
        lines_.push_back({line_begin_, end});
        if (soft) layout_.soft_breaks.push_back(characters_[end - 1].end);
        line_begin_ = end;
        line_width_ = 0;
    }

    std::span<const Character> characters_;
    std::span<const Piece> pieces_;
    float room_;  // the line's width, and what rounding may add
    TextLayout& layout_;
    std::vector<Line> lines_;
    std::size_t line_begin_ = 0;
    float line_width_ = 0;  // up to the atom looked at, spaces at its end counted
};

// One segment for each piece that stands on the line.
void TextSetter::add_line(TextLayout& layout, const Line& line, std::span<const Piece> pieces) const {
    const std::uint32_t number = layout.lines();
    float x = 0, inked = 0;
    for (std::size_t c = line.begin; c < line.end;) {
        const std::uint16_t p = characters_[c].piece;
        Segment segment{.x = x,
                        .begin = characters_[c].begin,
                        .line = number,
                        .piece = p,
                        .face = pieces[p].face,
                        .size = pieces[p].size,
                        .marks = pieces[p].marks};
        for (; c < line.end && characters_[c].piece == p; ++c) {
            x += characters_[c].advance;
            if (!is_space(characters_[c].code_point)) inked = x;
            segment.foreign = segment.foreign || characters_[c].foreign;
            layout.foreign = layout.foreign || characters_[c].foreign;
            segment.end = characters_[c].code_point == U'\n' ? characters_[c].begin : characters_[c].end;
        }
        segment.width = x - segment.x;
        layout.segments.push_back(segment);
    }
    if (!layout.segments.empty() && layout.segments.back().line == number) {  // no underline below spaces at the end
        Segment& last = layout.segments.back();
        last.width = std::max(0.0f, std::min(last.width, inked - last.x));
    }
    layout.line_widths.push_back(inked);
    layout.width = std::max(layout.width, inked);
}

std::unique_ptr<TextLayout> TextSetter::break_lines(std::span<const Piece> pieces, float width) {
    auto layout = std::make_unique<TextLayout>();
    read_characters(pieces, layout->text);
    for (const Line& line : LineBreaker(characters_, pieces, width, *layout).lines()) add_line(*layout, line, pieces);
    return layout;
}

}  // namespace ca::ui
