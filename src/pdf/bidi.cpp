#include "pdf/bidi.h"

#include "pdf/bidi_classes.h"

#include <hb.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

// The names of rules (P2, X5a, W1 …) are those of UAX #9; each step below is the rule of that name.

namespace ca::pdf {

namespace {

using enum BidiClass;

constexpr int max_depth = 125;

bool is_isolate_initiator(BidiClass c) { return c == LRI || c == RLI || c == FSI; }
bool is_explicit(BidiClass c) { return c == LRE || c == LRO || c == RLE || c == RLO || c == PDF; }
// What rule X9 takes out of the text.
bool is_removed(BidiClass c) { return is_explicit(c) || c == BN; }
bool is_neutral_or_isolate(BidiClass c) {
    return c == B || c == S || c == WS || c == ON || is_isolate_initiator(c) || c == PDI;
}

std::size_t matching_pdi(const std::vector<BidiClass>& classes, std::size_t initiator) {
    int depth = 1;
    for (std::size_t i = initiator + 1; i < classes.size(); ++i) {
        if (is_isolate_initiator(classes[i])) ++depth;
        else if (classes[i] == BidiClass::PDI && --depth == 0) return i;
    }
    return classes.size();
}

// P2 and P3 over a range: 0 or 1, or nothing where there is no strong character.
std::optional<std::uint8_t> first_strong_level(const std::vector<BidiClass>& classes, std::size_t begin,
                                               std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
        if (classes[i] == L) return std::uint8_t{0};
        if (classes[i] == R || classes[i] == AL) return std::uint8_t{1};
        if (is_isolate_initiator(classes[i])) i = std::min(matching_pdi(classes, i), end);
    }
    return std::nullopt;
}

// X1 to X8: levels from explicit embeddings, overrides and isolates. Overrides change `classes`.
void resolve_explicit(std::vector<BidiClass>& classes, BidiParagraph& paragraph) {
    struct Status {
        int level;
        BidiClass override_class;  // ON: none
        bool isolate;
    };
    std::vector<Status> stack = {{paragraph.base_level, ON, false}};
    std::vector<BidiClass> const original = classes;
    int overflow_isolates = 0, overflow_embeddings = 0, valid_isolates = 0;
    auto next_odd = [&] { return (stack.back().level + 1) | 1; };
    auto next_even = [&] { return (stack.back().level + 2) & ~1; };
    auto set_level = [&](std::size_t i) { paragraph.levels[i] = static_cast<std::uint8_t>(stack.back().level); };
    auto apply_override = [&](std::size_t i) {
        if (stack.back().override_class != ON) classes[i] = stack.back().override_class;
    };

    for (std::size_t i = 0; i < original.size(); ++i) {
        BidiClass c = original[i];
        switch (c) {
            case RLE:
            case LRE:
            case RLO:
            case LRO: {  // X2 to X5
                set_level(i);
                int const level = c == RLE || c == RLO ? next_odd() : next_even();
                if (level <= max_depth && overflow_isolates == 0 && overflow_embeddings == 0) {
                    stack.push_back({level, c == RLO ? R : c == LRO ? L : ON, false});
                } else if (overflow_isolates == 0) {
                    ++overflow_embeddings;
                }
                break;
            }
            case RLI:
            case LRI:
            case FSI: {  // X5a to X5c
                set_level(i);
                apply_override(i);
                if (c == FSI) {
                    auto const inner = first_strong_level(original, i + 1, matching_pdi(original, i));
                    c = inner.value_or(0) == 1 ? RLI : LRI;
                }
                int const level = c == RLI ? next_odd() : next_even();
                if (level <= max_depth && overflow_isolates == 0 && overflow_embeddings == 0) {
                    ++valid_isolates;
                    stack.push_back({level, ON, true});
                } else {
                    ++overflow_isolates;
                }
                break;
            }
            case PDI:  // X6a
                if (overflow_isolates > 0) {
                    --overflow_isolates;
                } else if (valid_isolates > 0) {
                    overflow_embeddings = 0;
                    while (!stack.back().isolate) stack.pop_back();
                    stack.pop_back();
                    --valid_isolates;
                }
                set_level(i);
                apply_override(i);
                break;
            case PDF:  // X7
                set_level(i);
                if (overflow_isolates > 0) break;
                if (overflow_embeddings > 0) --overflow_embeddings;
                else if (!stack.back().isolate && stack.size() > 1) stack.pop_back();
                break;
            case B:  // X8
                paragraph.levels[i] = paragraph.base_level;
                break;
            case BN: set_level(i); break;
            default:  // X6
                set_level(i);
                apply_override(i);
        }
    }
}

// One isolating run sequence (BD13): positions of the text that rules W and N read as one run.
struct Sequence {
    std::vector<std::size_t> at;
    std::uint8_t level = 0;
    BidiClass start = L;
    BidiClass end = L;
};

BidiClass direction_of(int level) { return level % 2 == 1 ? R : L; }

// X9 and X10.
std::vector<Sequence> isolating_sequences(const std::vector<BidiClass>& original, const BidiParagraph& paragraph) {
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < original.size(); ++i) {
        if (!is_removed(original[i])) kept.push_back(i);
    }
    std::vector<Sequence> sequences;
    std::map<std::size_t, std::size_t> continues;  // a PDI's position -> the sequence that its initiator ended
    for (std::size_t run = 0; run < kept.size();) {
        std::size_t stop = run;
        while (stop < kept.size() && paragraph.levels[kept[stop]] == paragraph.levels[kept[run]]) ++stop;
        auto const known = original[kept[run]] == PDI ? continues.find(kept[run]) : continues.end();
        std::size_t index = sequences.size();
        if (known != continues.end()) index = known->second;
        else sequences.push_back({{}, paragraph.levels[kept[run]], L, L});
        sequences[index].at.insert(sequences[index].at.end(), kept.begin() + static_cast<std::ptrdiff_t>(run),
                                   kept.begin() + static_cast<std::ptrdiff_t>(stop));
        if (is_isolate_initiator(original[kept[stop - 1]])) {
            continues[matching_pdi(original, kept[stop - 1])] = index;
        }
        run = stop;
    }
    for (Sequence& sequence : sequences) {
        auto const first = std::lower_bound(kept.begin(), kept.end(), sequence.at.front());
        int const before = first == kept.begin() ? paragraph.base_level : paragraph.levels[*(first - 1)];
        auto const after_last = std::upper_bound(kept.begin(), kept.end(), sequence.at.back());
        bool const open = is_isolate_initiator(original[sequence.at.back()]);
        int const after = open || after_last == kept.end() ? paragraph.base_level : paragraph.levels[*after_last];
        sequence.start = direction_of(std::max<int>(sequence.level, before));
        sequence.end = direction_of(std::max<int>(sequence.level, after));
    }
    return sequences;
}

// W1 to W7.
void resolve_weak(const Sequence& sequence, std::vector<BidiClass>& classes) {
    auto const& at = sequence.at;
    auto const count = at.size();
    BidiClass previous = sequence.start;
    for (std::size_t const i : at) {  // W1
        if (classes[i] == NSM) classes[i] = is_isolate_initiator(previous) || previous == PDI ? ON : previous;
        previous = classes[i];
    }
    BidiClass strong = sequence.start;
    for (std::size_t const i : at) {  // W2
        if (classes[i] == L || classes[i] == R || classes[i] == AL) strong = classes[i];
        else if (classes[i] == EN && strong == AL) classes[i] = AN;
    }
    for (std::size_t const i : at) {  // W3
        if (classes[i] == AL) classes[i] = R;
    }
    for (std::size_t k = 1; k + 1 < count; ++k) {  // W4
        BidiClass& middle = classes[at[k]];
        BidiClass const left = classes[at[k - 1]], right = classes[at[k + 1]];
        if (middle == ES && left == EN && right == EN) middle = EN;
        else if (middle == CS && left == right && (left == EN || left == AN)) middle = left;
    }
    for (std::size_t k = 0; k < count;) {  // W5
        if (classes[at[k]] != ET) {
            ++k;
            continue;
        }
        std::size_t stop = k;
        while (stop < count && classes[at[stop]] == ET) ++stop;
        bool const beside_number = (k > 0 && classes[at[k - 1]] == EN) || (stop < count && classes[at[stop]] == EN);
        for (; k < stop; ++k) {
            if (beside_number) classes[at[k]] = EN;
        }
    }
    for (std::size_t const i : at) {  // W6
        if (classes[i] == ES || classes[i] == ET || classes[i] == CS) classes[i] = ON;
    }
    strong = sequence.start;
    for (std::size_t const i : at) {  // W7
        if (classes[i] == L || classes[i] == R) strong = classes[i];
        else if (classes[i] == EN && strong == L) classes[i] = L;
    }
}

// For rules N: numbers count as R.
BidiClass strong_for_neutrals(BidiClass c) {
    if (c == EN || c == AN || c == R) return R;
    return c == L ? L : ON;
}

// U+2329 and U+232A are canonically those of U+3008 and U+3009 (BD16).
char32_t canonical_bracket(char32_t c) { return c == 0x2329 ? 0x3008 : c == 0x232A ? 0x3009 : c; }

// N0: pairs of brackets take one direction.
void resolve_brackets(const Sequence& sequence, std::u32string_view text, const std::vector<BidiClass>& original,
                      std::vector<BidiClass>& classes) {
    struct Open {
        char32_t close;
        std::size_t position;
    };
    std::vector<Open> stack;
    std::vector<std::pair<std::size_t, std::size_t>> pairs;  // positions in the sequence
    for (std::size_t k = 0; k < sequence.at.size(); ++k) {
        std::size_t const i = sequence.at[k];
        if (classes[i] != ON) continue;
        for (BidiBrackets const& bracket : bidi_brackets) {
            if (text[i] == bracket.open) {
                if (stack.size() == 63) {
                    stack.clear();
                    pairs.clear();
                    k = sequence.at.size();
                    break;
                }
                stack.push_back({canonical_bracket(bracket.close), k});
                break;
            }
            if (text[i] == bracket.close) {
                auto const match = std::find_if(stack.rbegin(), stack.rend(), [&](Open const& open) {
                    return open.close == canonical_bracket(text[i]);
                });
                if (match != stack.rend()) {
                    pairs.emplace_back(match->position, k);
                    stack.erase(std::next(match).base(), stack.end());
                }
                break;
            }
        }
    }
    std::sort(pairs.begin(), pairs.end());

    BidiClass const embedding = direction_of(sequence.level);
    for (auto const& [open, close] : pairs) {
        bool embedding_inside = false, opposite_inside = false;
        for (std::size_t k = open + 1; k < close; ++k) {
            BidiClass const strong = strong_for_neutrals(classes[sequence.at[k]]);
            if (strong == ON) continue;
            (strong == embedding ? embedding_inside : opposite_inside) = true;
        }
        BidiClass decided = ON;
        if (embedding_inside) {
            decided = embedding;
        } else if (opposite_inside) {
            BidiClass context = sequence.start;
            for (std::size_t k = open; k-- > 0;) {
                BidiClass const strong = strong_for_neutrals(classes[sequence.at[k]]);
                if (strong != ON) {
                    context = strong;
                    break;
                }
            }
            decided = context == embedding ? embedding : context;
        }
        if (decided == ON) continue;
        for (std::size_t const bracket : {open, close}) {
            classes[sequence.at[bracket]] = decided;
            for (std::size_t k = bracket + 1; k < sequence.at.size() && original[sequence.at[k]] == NSM; ++k) {
                classes[sequence.at[k]] = decided;
            }
        }
    }
}

// N1 and N2.
void resolve_neutral(const Sequence& sequence, std::vector<BidiClass>& classes) {
    auto const& at = sequence.at;
    for (std::size_t k = 0; k < at.size();) {
        if (!is_neutral_or_isolate(classes[at[k]])) {
            ++k;
            continue;
        }
        std::size_t stop = k;
        while (stop < at.size() && is_neutral_or_isolate(classes[at[stop]])) ++stop;
        BidiClass const before = k == 0 ? sequence.start : strong_for_neutrals(classes[at[k - 1]]);
        BidiClass const after = stop == at.size() ? sequence.end : strong_for_neutrals(classes[at[stop]]);
        BidiClass const decided = before == after ? before : direction_of(sequence.level);
        for (; k < stop; ++k) classes[at[k]] = decided;
    }
}

}  // namespace

BidiClass bidi_class(char32_t c) {
    auto const after = std::upper_bound(bidi_ranges.begin(), bidi_ranges.end(), c,
                                        [](char32_t value, BidiRange const& range) { return value < range.first; });
    if (after != bidi_ranges.begin() && c <= std::prev(after)->last) return std::prev(after)->bidi_class;
    if (c < 0x300) return L;
    auto const category = hb_unicode_general_category(hb_unicode_funcs_get_default(), c);
    bool const mark = category == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
                      category == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK;
    return mark ? NSM : L;
}

BidiParagraph resolve_bidi(std::u32string_view text, std::optional<std::uint8_t> base_level) {
    BidiParagraph paragraph;
    paragraph.levels.assign(text.size(), 0);
    std::vector<BidiClass> original;
    original.reserve(text.size());
    bool one_direction = true;
    for (char32_t const c : text) {
        BidiClass const found = bidi_class(c);
        original.push_back(found);
        if (found == R || found == AL || found == AN || is_explicit(found) || is_isolate_initiator(found)) {
            one_direction = false;
        }
    }
    if (one_direction && base_level.value_or(0) == 0)
        return paragraph;  // everything is at level 0: by far the most common paragraph

    paragraph.base_level = base_level ? *base_level : first_strong_level(original, 0, original.size()).value_or(0);
    std::vector<BidiClass> classes = original;
    resolve_explicit(classes, paragraph);
    for (Sequence const& sequence : isolating_sequences(original, paragraph)) {
        resolve_weak(sequence, classes);
        resolve_brackets(sequence, text, original, classes);
        resolve_neutral(sequence, classes);
        for (std::size_t const i : sequence.at) {  // I1 and I2
            bool const odd = sequence.level % 2 == 1;
            int up = 0;
            if (classes[i] == R) up = odd ? 0 : 1;
            else if (classes[i] == EN || classes[i] == AN) up = odd ? 1 : 2;
            else if (classes[i] == L) up = odd ? 1 : 0;
            paragraph.levels[i] = static_cast<std::uint8_t>(sequence.level + up);
        }
    }
    // What X9 removed goes with the character before it, so that it splits no run.
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_removed(original[i])) paragraph.levels[i] = i == 0 ? paragraph.base_level : paragraph.levels[i - 1];
    }
    // L1, as far as it does not need the lines: separators and the space before them.
    for (std::size_t i = text.size(); i-- > 0;) {
        if (original[i] != S && original[i] != B) continue;
        paragraph.levels[i] = paragraph.base_level;
        for (std::size_t k = i; k-- > 0;) {
            bool const space =
                original[k] == WS || is_isolate_initiator(original[k]) || original[k] == PDI || is_removed(original[k]);
            if (!space) break;
            paragraph.levels[k] = paragraph.base_level;
        }
    }
    return paragraph;
}

std::vector<std::size_t> visual_order(const std::vector<std::uint8_t>& levels) {
    std::vector<std::size_t> order(levels.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    if (levels.empty()) return order;
    int const highest = *std::max_element(levels.begin(), levels.end());
    for (int level = highest; level >= 1; --level) {  // L2
        for (std::size_t i = 0; i < order.size();) {
            if (levels[order[i]] < level) {
                ++i;
                continue;
            }
            std::size_t stop = i;
            while (stop < order.size() && levels[order[stop]] >= level) ++stop;
            std::reverse(order.begin() + static_cast<std::ptrdiff_t>(i),
                         order.begin() + static_cast<std::ptrdiff_t>(stop));
            i = stop;
        }
    }
    return order;
}

}  // namespace ca::pdf
