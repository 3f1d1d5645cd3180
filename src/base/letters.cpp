#include "base/letters.h"

#include "base/text.h"
#include "base/letter_data.h"

#include <algorithm>

namespace ca {

namespace {

template<typename Ranges>
auto range_of(const Ranges& ranges, char32_t c) {
    auto const after = std::ranges::upper_bound(ranges, c, {}, [](auto const& range) { return range.first; });
    return after != ranges.begin() && c <= std::prev(after)->last ? &*std::prev(after) : nullptr;
}

unsigned combining_class(char32_t c) {
    auto const* range = c < combining_ranges.front().first ? nullptr : range_of(combining_ranges, c);
    return range ? range->combining_class : 0;
}

// A syllable of Hangul is two or three letters, by arithmetic (The Unicode Standard, 3.12).
constexpr char32_t syllables = 0xac00, leads = 0x1100, vowels = 0x1161, trails = 0x11a7;
constexpr char32_t syllables_count = 11172, vowels_count = 21, trails_count = 28;

void decompose(const Letter& letter, std::vector<Letter>& letters) {
    char32_t const c = letter.value;
    auto const add = [&](char32_t part) { decompose({part, letter.start, letter.end}, letters); };
    if (c >= syllables && c < syllables + syllables_count) {
        char32_t const index = c - syllables;
        add(leads + index / (vowels_count * trails_count));
        add(vowels + index % (vowels_count * trails_count) / trails_count);
        if (index % trails_count != 0) add(trails + index % trails_count);
        return;
    }
    auto const found = c < decompositions.front().letter
                           ? decompositions.end()
                           : std::ranges::lower_bound(decompositions, c, {}, &Decomposition::letter);
    if (found == decompositions.end() || found->letter != c) {
        letters.push_back(letter);
        return;
    }
    add(found->first);
    if (found->second != 0) add(found->second);
}

// Marks that do not touch each other may be written in any order: theirs is the one order that counts.
void order_marks(std::vector<Letter>& letters) {
    for (auto first = letters.begin(); first != letters.end();) {
        if (!is_mark(first->value)) {
            ++first;
            continue;
        }
        auto const last =
            std::find_if_not(first, letters.end(), [](const Letter& letter) { return is_mark(letter.value); });
        std::stable_sort(first, last, [](const Letter& a, const Letter& b) {
            return combining_class(a.value) < combining_class(b.value);
        });
        first = last;
    }
}

}  // namespace

bool is_space(char32_t c) {
    return c == U' ' || c == U'\n' || c == U'\t' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
           c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

bool is_word_letter(char32_t c) {
    if (c < 0x80) return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c == U'_';
    if (c < 0xc0) return c == 0xaa || c == 0xb5 || c == 0xba;
    return !(c >= 0x2010 && c <= 0x2e7f) && !(c >= 0x3000 && c <= 0x3020) && c != 0xd7 && c != 0xf7;
}

bool is_mark(char32_t c) { return combining_class(c) != 0; }

bool is_invisible(char32_t c) {
    return c >= invisible_ranges.front().first && range_of(invisible_ranges, c) != nullptr;
}

bool is_forbidden(char32_t c) {
    if (c == U'\t' || c == U'\n' || c == U'\r' || c == U'\f' || c == U'\v') return false;
    auto const between = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    return c < 0x20 || between(0x7f, 0x9f) || between(0x202a, 0x202e) || between(0x2066, 0x206f) ||
           between(0xd800, 0xdfff) || between(0xfff9, 0xfffb) || between(0xfdd0, 0xfdef) || (c & 0xfffe) == 0xfffe ||
           c > 0x10ffff;
}

std::vector<Letter> letters_of(std::string_view text) {
    std::vector<Letter> letters;
    letters.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const point = first_code_point(text.substr(at));
        if (!is_invisible(point.value)) decompose({point.value, at, at + point.size}, letters);
        at += point.size;
    }
    order_marks(letters);
    return letters;
}

}  // namespace ca
