// Words, and what changed between two texts in words.
//
// A word is what a reader would point at: "30-day", "D.8", "user's", "example.org" are one word each; punctuation marks
// are words of their own; white space is none. The shape of quotation marks, the look of a word (bold, link), how its
// accents are encoded and what is drawn as nothing (letters.h) do not make it another word.
#pragma once

#include "documents/document.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ca::documents {

using WordId = std::int32_t;

struct Word {
    WordId id = 0;
    std::size_t start = 0;  // bytes in the text
    std::size_t end = 0;
};

// Gives each different word a number, the same one for the same word.
class Vocabulary {
public:
    std::vector<Word> read(std::string_view text);
    // Words that carry no meaning of their own ("the", "of") and punctuation: nothing to hold on to in a comparison.
    bool is_slight(WordId id) const { return slight_[static_cast<std::size_t>(id)]; }
    bool is_punctuation(WordId id) const { return punctuation_[static_cast<std::size_t>(id)]; }
    bool ends_sentence(WordId id) const { return ends_sentence_[static_cast<std::size_t>(id)]; }

private:
    WordId intern(std::string word, bool punctuation);
    std::unordered_map<std::string, WordId> ids_;
    std::vector<bool> slight_;
    std::vector<bool> punctuation_;
    std::vector<bool> ends_sentence_;
};

// A text without white space and the shape of quotation marks: where two texts have the same words and not the same
// spelling, they differ in what nobody sees.
std::string spelling_of(std::string_view text);

// A stretch of two sequences: equal (both lengths the same) or an edit (deleted from one, inserted into the other).
struct Stretch {
    bool equal = true;
    std::size_t before = 0, before_length = 0;
    std::size_t after = 0, after_length = 0;
};
// The shortest way from one sequence to the other, in order, whole sequences covered. Beyond a bound on effort a part
// is given as one edit: the result is always right, only less fine.
std::vector<Stretch> difference(const std::vector<WordId>& before, const std::vector<WordId>& after);

// How much two sorted bags of words have in common: 0 nothing, 1 everything (two empty ones too).
double similarity(const std::vector<WordId>& sorted_a, const std::vector<WordId>& sorted_b);

// One text with the changes marked: without the deleted runs it is `after`, without the inserted ones it is `before` up
// to white space and quotation marks. Edits are joined and placed as a person would mark them.
Inline mark_changes(const Inline& before, const Inline& after, Vocabulary& vocabulary);
Inline marked(Inline text, Change change);

}  // namespace ca::documents
