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

std::unique_ptr<TextLayout> TextSetter::break_lines(std::span<const Piece> pieces, float width) {
    auto layout = std::make_unique<TextLayout>();
    characters_.clear();
    for (std::size_t p = 0; p < pieces.size(); ++p) {
        const Piece& piece = pieces[p];
        const FontFace& metrics = face(piece.face);
        const std::string shown = shown_text(piece.text);
        const std::size_t base = layout->text.size();
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
        layout->text += shown;
    }
    measure_foreign(layout->text, pieces);

    // Lines as ranges of characters.
    struct Line {
        std::size_t begin, end;
    };
    std::vector<Line> lines;
    const std::size_t count = characters_.size();
    std::size_t line_begin = 0;
    float line_width = 0;  // up to the atom looked at, spaces at its end counted
    const auto finish_line = [&](std::size_t end, bool soft) {
        lines.push_back({line_begin, end});
        if (soft) layout->soft_breaks.push_back(characters_[end - 1].end);
        line_begin = end;
        line_width = 0;
    };
    for (std::size_t at = 0; at < count;) {
        // An atom: what stays together, and the spaces after it.
        std::size_t end = at;
        float word = 0, with_spaces = 0;
        bool hard = false;
        for (;;) {
            with_spaces += characters_[end].advance;
            if (!is_space(characters_[end].code_point)) word = with_spaces;
            ++end;
            if (end < count && characters_[end].piece != characters_[end - 1].piece)
                for (std::size_t p = characters_[end - 1].piece; p < characters_[end].piece; ++p)
                    hard = hard || pieces[p].break_after;
            hard = hard || characters_[end - 1].code_point == U'\n';
            // "e-mail" and "e-RS" stay whole: a letter alone says nothing at the end of a line.
            const bool lone_letter = end < count && characters_[end - 1].code_point == U'-' && end - at <= 2;
            if (lone_letter && !hard && !is_space(characters_[end].code_point)) continue;
            if (end == count || hard || may_break(characters_[end - 1].code_point, characters_[end].code_point)) break;
        }
        layout->widest_word = std::max(layout->widest_word, word);

        constexpr float slack = 0.01f;
        if (at > line_begin && line_width + word > width + slack) finish_line(at, true);
        if (word > width + slack) {  // too long for any line: break inside it
            for (std::size_t c = at; c < end; ++c) {
                if (c > line_begin && line_width + characters_[c].advance > width + slack &&
                    !is_space(characters_[c].code_point))
                    finish_line(c, true);
                line_width += characters_[c].advance;
            }
        } else {
            line_width += with_spaces;
        }
        at = end;
        if (hard) finish_line(end, false);
    }
    if (line_begin < count || lines.empty()) lines.push_back({line_begin, count});

    for (std::size_t l = 0; l < lines.size(); ++l) {
        float x = 0, inked = 0;
        for (std::size_t c = lines[l].begin; c < lines[l].end;) {
            const std::uint16_t p = characters_[c].piece;
            Segment segment{.x = x,
                            .begin = characters_[c].begin,
                            .line = static_cast<std::uint32_t>(l),
                            .piece = p,
                            .face = pieces[p].face,
                            .size = pieces[p].size,
                            .marks = pieces[p].marks};
            for (; c < lines[l].end && characters_[c].piece == p; ++c) {
                x += characters_[c].advance;
                if (!is_space(characters_[c].code_point)) inked = x;
                segment.foreign = segment.foreign || characters_[c].foreign;
                layout->foreign = layout->foreign || characters_[c].foreign;
                segment.end = characters_[c].code_point == U'\n' ? characters_[c].begin : characters_[c].end;
            }
            segment.width = x - segment.x;
            layout->segments.push_back(segment);
        }
        if (!layout->segments.empty() && layout->segments.back().line == l)  // no underline below the spaces at the end
            layout->segments.back().width =
                std::max(0.0f, std::min(layout->segments.back().width, inked - layout->segments.back().x));
        layout->line_widths.push_back(inked);
        layout->width = std::max(layout->width, inked);
    }
    return layout;
}

}  // namespace ca::ui
