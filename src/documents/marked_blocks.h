// What changed between two rows of blocks, as one row of blocks whose runs are marked inserted or deleted.
//
// Paragraphs, list items, table rows and cells are paired by what they say and how it is arranged; what has no partner
// is inserted or deleted as a whole, so words that went from one cell or item to another are deleted there and inserted
// here. Numbers of list items are not words, but part of the arrangement. Headings inside come out as bold paragraphs
// (the clause has its own heading), links into the old or new text as plain words.
#pragma once

#include "documents/document.h"
#include "documents/words.h"

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace ca::documents {

Blocks mark_changes(const Blocks& before, const Blocks& after, Vocabulary& vocabulary);
Blocks marked(const Blocks& blocks, Change change);

// What stands between and around the words.
enum class Structure : std::uint8_t {
    paragraph,
    line_break,
    heading,
    list,
    item,
    number,
    table,
    row,
    cell,
    field,
    quotation,
    note,
    code,
    rule
};
struct StructureMark {
    Structure structure = Structure::paragraph;
    std::size_t at = 0;    // words before it
    std::string detail{};  // "end"; the kind of a list, the number of an item, a line of code …
    auto operator<=>(const StructureMark&) const = default;
};
// All words of the blocks, in order, and how they are arranged: cells, rows, items and their nesting, quotations, lines
// of code. A rule across the page counts between two blocks, not at the start or end, where it only sets clauses apart.
struct Content {
    std::vector<WordId> words;
    std::vector<StructureMark> marks;
    auto operator<=>(const Content&) const = default;
};
Content content_of(const Blocks& blocks, Vocabulary& vocabulary);
Content content_of(const Block& block, Vocabulary& vocabulary);

// What is arranged in another way, in words: "table cells", "list items"; the words are the same.
std::vector<std::string> rearranged(const Content& before, const Content& after);

std::string spelling_of(const Blocks& blocks, Vocabulary& vocabulary);  // of all texts, in order (words.h)

}  // namespace ca::documents
