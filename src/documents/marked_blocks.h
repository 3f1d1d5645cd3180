// What changed between two rows of blocks, as one row of blocks whose runs are marked inserted or deleted.
//
// Paragraphs, list items, table rows and cells are paired by what they say; what has no partner is inserted or deleted as a
// whole. Numbers of list items are not words: an item that only has another number is the same. Headings inside come out as
// bold paragraphs (the clause has its own heading), links into the old or new text as plain words.
#pragma once

#include "documents/document.h"
#include "documents/words.h"

namespace ca::documents {

Blocks mark_changes(const Blocks& before, const Blocks& after, Vocabulary& vocabulary);
Blocks marked(const Blocks& blocks, Change change);

// All words of the blocks, in order.
std::vector<WordId> words_of(const Blocks& blocks, Vocabulary& vocabulary);

}  // namespace ca::documents
