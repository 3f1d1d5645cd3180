// Letters as they are read, not as they are encoded.
//
// letters_of gives a text's canonical decomposition (Unicode NFD) without what is drawn as nothing: zero-width spaces
// and joiners, soft hyphens, byte order marks, variation selectors and the like. Two texts have the same NFC exactly
// where they have the same NFD, and NFD needs half the data; nobody sees these letters, they are only compared.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace ca {

struct Letter {
    char32_t value = 0;
    std::size_t start = 0;  // the bytes of the text that it comes from
    std::size_t end = 0;
};
std::vector<Letter> letters_of(std::string_view text);

bool is_space(char32_t);
bool is_word_letter(char32_t);  // letters, digits, accents; neither punctuation nor white space
bool is_mark(char32_t);         // an accent or the like: it belongs to the letter before it
bool is_invisible(char32_t);    // drawn as nothing, whatever the typeface
// What no terms may hold: controls but white space, what turns the direction of the text around it (a text then reads
// differently from what it says), annotations between the lines, noncharacters, halves of surrogate pairs.
bool is_forbidden(char32_t);

}  // namespace ca
