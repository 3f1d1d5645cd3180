#include "documents/numbered_clauses.h"

#include "base/text.h"
#include "documents/clause_number.h"

#include <optional>
#include <utility>

namespace ca::documents {

namespace {

// How deep a paragraph stands under its heading: 0 no number, 1 … for 8.5, 8.5.1 …, then the bracketed rows.
enum Depth : int { none = 0, alphabetic = 100, roman = 101, figures = 102, capitals = 103 };

struct Marked {
    int depth = none;
    std::string marker{};
    std::size_t length = 0;  // bytes of the number in the paragraph's text
};

bool begins_with(const std::vector<std::uint32_t>& parts, const std::vector<std::uint32_t>& start) {
    return parts.size() > start.size() && std::equal(start.begin(), start.end(), parts.begin());
}

bool leads_into_a_list(std::string_view text) {
    std::string_view const end = trim(text);
    return end.ends_with(':') || end.ends_with("\xe2\x80\x94") || end.ends_with("\xe2\x80\x93");
}

// Reads the blocks in order and says of each paragraph which number it bears, if any.
class Numbering {
public:
    void heading(const Heading& heading) {
        auto const number = heading_number(to_text(heading.text));
        heading_parts_ = number && number->kind == NumberKind::decimal ? number->parts : std::vector<std::uint32_t>{};
        close_rows();
        open_ = false;
        introduced_ = false;
    }

    Marked paragraph(const std::string& text) {
        Marked marked;
        // A number alone in its paragraph numbers nothing.
        if (auto const number = leading_number(text); number && number->length < text.size()) {
            if (number->kind == NumberKind::decimal) marked.depth = decimal_depth(*number);
            if (number->kind == NumberKind::bracket) marked.depth = bracket_depth(number->text);
            if (marked.depth != none) {
                marked.marker = number->marker;
                marked.length = number->length;
            }
        }
        if (marked.depth == none) close_rows();
        else if (marked.depth < alphabetic) {
            open_ = true;
            close_rows();
        }
        introduced_ = leads_into_a_list(text);
        return marked;
    }

    void other_block() { introduced_ = false; }

private:
    int decimal_depth(const ClauseNumber& number) const {
        if (heading_parts_.empty() || !begins_with(number.parts, heading_parts_)) return none;
        return static_cast<int>(number.parts.size() - heading_parts_.size());
    }

    // "(i)" is the ninth letter after "(h)", and the first Roman numeral anywhere else.
    int bracket_depth(const std::string& text) {
        auto const letter = alphabetic_position(text);
        auto const numeral = roman_position(text);
        bool const capital = text[1] >= 'A' && text[1] <= 'Z';
        bool const figure = text[1] >= '0' && text[1] <= '9';
        if (capital) return continues(capitals, text[1] - 'A' + 1) ? accept(capitals, text[1] - 'A' + 1) : none;
        if (figure) {
            int const value = std::stoi(text.substr(1, text.size() - 2));
            return continues(figures, value) ? accept(figures, value) : none;
        }
        if (letter && last(alphabetic) + 1 == *letter && last(alphabetic) > 0) return accept(alphabetic, *letter);
        if (numeral && last(roman) > 0 && last(roman) < *numeral) return accept(roman, *numeral);
        if (letter && last(alphabetic) > 0 && last(alphabetic) < *letter && !(numeral && *numeral == 1))
            return accept(alphabetic, *letter);
        if (numeral && *numeral == 1 && may_start()) return accept(roman, 1);
        if (letter && *letter == 1 && may_start()) return accept(alphabetic, 1);
        return none;
    }

    bool may_start() const { return open_ || introduced_ || last(alphabetic) > 0; }
    bool continues(int row, int value) const { return last(row) > 0 ? value > last(row) : value == 1 && may_start(); }
    int last(int row) const { return last_[row - alphabetic]; }
    int accept(int row, int value) {
        last_[row - alphabetic] = value;
        for (int deeper = row + 1; deeper <= capitals; ++deeper) last_[deeper - alphabetic] = 0;
        return row;
    }
    void close_rows() {
        for (int& value : last_) value = 0;
    }

    std::vector<std::uint32_t> heading_parts_;
    bool open_ = false;        // a numbered clause is open: "(a)" may follow
    bool introduced_ = false;  // the paragraph before ends in a colon
    int last_[4] = {0, 0, 0, 0};
};

void remove_front(Inline& text, std::size_t bytes) {
    while (bytes > 0 && !text.empty()) {
        Run& first = text.front();
        if (first.text.size() > bytes) {
            first.text.erase(0, bytes);
            return;
        }
        bytes -= first.text.size();
        text.erase(text.begin());
    }
}

ListKind kind_of(int depth) {
    switch (depth) {
        case alphabetic: return ListKind::lower_alpha;
        case roman: return ListKind::lower_roman;
        case capitals: return ListKind::upper_alpha;
        default: return ListKind::decimal;
    }
}

class Gatherer {
public:
    Gatherer(Blocks blocks, std::vector<Marked> marks) : blocks_(std::move(blocks)), marks_(std::move(marks)) {}

    Blocks gather() {
        Blocks gathered;
        while (at_ < blocks_.size()) {
            if (marks_[at_].depth == none) gathered.push_back(std::move(blocks_[at_++]));
            else gathered.emplace_back(list(marks_[at_].depth));
        }
        return gathered;
    }

private:
    List list(int depth) {
        List list{.kind = kind_of(depth), .tight = false, .items = {}};
        while (at_ < blocks_.size() && marks_[at_].depth == depth) list.items.push_back(item(depth));
        return list;
    }

    ListItem item(int depth) {
        ListItem item{std::move(marks_[at_].marker), {}};
        auto paragraph = std::get<Paragraph>(std::move(blocks_[at_]));
        bool const leads = leads_into_a_list(to_text(paragraph.text));
        remove_front(paragraph.text, marks_[at_].length);
        ++at_;
        item.blocks.emplace_back(std::move(paragraph));
        while (at_ < blocks_.size()) {
            int const next = marks_[at_].depth;
            if (next > depth) {
                item.blocks.emplace_back(list(next));
            } else if (next == none && belongs(depth, leads)) {
                item.blocks.push_back(std::move(blocks_[at_++]));
            } else {
                break;
            }
        }
        return item;
    }

    // Unnumbered text belongs to the numbered clause before it; after "(b) …" it takes up the clause again, unless it
    // is a list or table that "(b) …:" has announced.
    bool belongs(int depth, bool leads) const {
        Block const& block = blocks_[at_];
        if (std::holds_alternative<Heading>(block) || std::holds_alternative<Rule>(block) ||
            std::holds_alternative<PageBreak>(block))
            return false;
        if (depth < alphabetic) return true;
        return leads && (std::holds_alternative<List>(block) || std::holds_alternative<Table>(block));
    }

    Blocks blocks_;
    std::vector<Marked> marks_;
    std::size_t at_ = 0;
};

}  // namespace

Blocks gather_numbered_clauses(Blocks blocks) {
    Numbering numbering;
    std::vector<Marked> marks(blocks.size());
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (auto const* heading = std::get_if<Heading>(&blocks[i])) numbering.heading(*heading);
        else if (auto const* paragraph = std::get_if<Paragraph>(&blocks[i]))
            marks[i] = numbering.paragraph(to_text(paragraph->text));
        else numbering.other_block();
    }
    return Gatherer(std::move(blocks), std::move(marks)).gather();
}

}  // namespace ca::documents
