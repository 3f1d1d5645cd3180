#include "documents/words.h"

#include "base/text.h"
#include "base/letters.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace ca::documents {

namespace {

// ---- Reading words ----------------------------------------------------------------------------------------

// Marks that join two word characters into one word.
bool joins(char32_t c) {
    return c == U'.' || c == U'-' || c == U'\'' || c == 0x2019 || c == U'/' || c == U'@' || c == U':' || c == U'&' ||
           c == 0x2011 || c == U'=' || c == U'?' || c == U'%' || c == U'#' || c == U'~' || c == U'+';
}

char32_t plain_quote(char32_t c) {
    if (c == 0x2018 || c == 0x2019 || c == 0x201a || c == 0x201b) return U'\'';
    if (c == 0x201c || c == 0x201d || c == 0x201e || c == 0x201f) return U'"';
    if (c == 0x2011) return U'-';
    return c;
}

constexpr std::array<std::string_view, 44> slight_words = {
    "a",    "an",    "the",   "of",    "to",  "and", "or",   "in",   "on",   "at",    "by",
    "for",  "from",  "with",  "as",    "is",  "are", "be",   "been", "was",  "were",  "that",
    "this", "these", "those", "which", "who", "it",  "its",  "you",  "your", "we",    "our",
    "us",   "they",  "their", "any",   "all", "if",  "will", "may",  "must", "shall", "not"};

// ---- The shortest difference (Myers' greedy algorithm), bounded -------------------------------------------

constexpr std::size_t edits_max = 1000;

class Differ {
public:
    Differ(const std::vector<WordId>& before, const std::vector<WordId>& after) : before_(before), after_(after) {}

    std::vector<Stretch> run() {
        between(0, before_.size(), 0, after_.size(), true);
        return std::move(found_);
    }

private:
    void push(bool equal, std::size_t before, std::size_t before_length, std::size_t after, std::size_t after_length) {
        if (before_length == 0 && after_length == 0) return;
        if (!found_.empty() && found_.back().equal == equal) {
            found_.back().before_length += before_length;
            found_.back().after_length += after_length;
            return;
        }
        found_.push_back({equal, before, before_length, after, after_length});
    }

    void between(std::size_t b, std::size_t b_end, std::size_t a, std::size_t a_end, bool may_split) {
        std::size_t start = 0;
        while (b + start < b_end && a + start < a_end && before_[b + start] == after_[a + start]) ++start;
        push(true, b, start, a, start);
        b += start;
        a += start;
        std::size_t tail = 0;
        while (b_end - tail > b && a_end - tail > a && before_[b_end - tail - 1] == after_[a_end - tail - 1]) ++tail;
        b_end -= tail;
        a_end -= tail;
        if (b == b_end || a == a_end || (!greedy(b, b_end, a, a_end) && !(may_split && split(b, b_end, a, a_end)))) {
            push(false, b, b_end - b, a, a_end - a);
        }
        push(true, b_end, tail, a_end, tail);
    }

    // Too far apart to search: hold on to words that occur once on both sides and in the same order, and look between
    // them.
    bool split(std::size_t b, std::size_t b_end, std::size_t a, std::size_t a_end) {
        struct Seen {
            int before = 0, after = 0;
            std::size_t at = 0;
        };
        std::unordered_map<WordId, Seen> seen;
        for (std::size_t i = b; i < b_end; ++i) {
            Seen& word = seen[before_[i]];
            ++word.before;
            word.at = i;
        }
        for (std::size_t i = a; i < a_end; ++i) {
            if (auto const word = seen.find(after_[i]); word != seen.end()) ++word->second.after;
        }
        // The longest row of such words that grows on both sides (patience).
        struct Anchor {
            std::size_t before, after;
            std::ptrdiff_t previous;
        };
        std::vector<Anchor> anchors;
        std::vector<std::size_t> tops;
        for (std::size_t i = a; i < a_end; ++i) {
            auto const word = seen.find(after_[i]);
            if (word == seen.end() || word->second.before != 1 || word->second.after != 1) continue;
            auto const top = std::ranges::lower_bound(tops, word->second.at, {},
                                                      [&](std::size_t anchor) { return anchors[anchor].before; });
            std::ptrdiff_t const previous = top == tops.begin() ? -1 : static_cast<std::ptrdiff_t>(*(top - 1));
            anchors.push_back({word->second.at, i, previous});
            if (top == tops.end()) tops.push_back(anchors.size() - 1);
            else *top = anchors.size() - 1;
        }
        if (tops.empty()) return false;
        std::vector<std::size_t> row;
        for (auto at = static_cast<std::ptrdiff_t>(tops.back()); at >= 0;
             at = anchors[static_cast<std::size_t>(at)].previous)
            row.push_back(static_cast<std::size_t>(at));
        for (auto anchor = row.rbegin(); anchor != row.rend(); ++anchor) {
            Anchor const& hold = anchors[*anchor];
            if (hold.before < b || hold.after < a) continue;
            between(b, hold.before, a, hold.after, false);
            push(true, hold.before, 1, hold.after, 1);
            b = hold.before + 1;
            a = hold.after + 1;
        }
        between(b, b_end, a, a_end, false);
        return true;
    }

    bool greedy(std::size_t b, std::size_t b_end, std::size_t a, std::size_t a_end) {
        auto const n = static_cast<std::ptrdiff_t>(b_end - b);
        auto const m = static_cast<std::ptrdiff_t>(a_end - a);
        auto const limit =
            static_cast<std::ptrdiff_t>(std::min<std::size_t>(static_cast<std::size_t>(n + m), edits_max));
        std::vector<std::int32_t> reach(static_cast<std::size_t>(2 * limit + 3), 0);
        std::vector<std::vector<std::int32_t>> history;
        auto const at = [&](std::ptrdiff_t diagonal) -> std::int32_t& {
            return reach[static_cast<std::size_t>(diagonal + limit + 1)];
        };
        for (std::ptrdiff_t edits = 0; edits <= limit; ++edits) {
            for (std::ptrdiff_t k = -edits; k <= edits; k += 2) {
                std::ptrdiff_t x = (k == -edits || (k != edits && at(k - 1) < at(k + 1))) ? at(k + 1) : at(k - 1) + 1;
                std::ptrdiff_t y = x - k;
                while (x < n && y < m && x >= 0 && y >= 0 &&
                       before_[b + static_cast<std::size_t>(x)] == after_[a + static_cast<std::size_t>(y)]) {
                    ++x;
                    ++y;
                }
                at(k) = static_cast<std::int32_t>(x);
                if (x >= n && y >= m) {
                    trace(b, a, n, m, history, edits);
                    return true;
                }
            }
            history.emplace_back(reach.begin() + (limit + 1 - edits), reach.begin() + (limit + 2 + edits));
        }
        return false;
    }

    // history[d] holds how far each diagonal −d … d had come after d edits.
    void trace(std::size_t b, std::size_t a, std::ptrdiff_t x, std::ptrdiff_t y,
               const std::vector<std::vector<std::int32_t>>& history, std::ptrdiff_t edits) {
        struct Step {
            bool equal;
            std::ptrdiff_t x, y, dx, dy;
        };
        std::vector<Step> steps;
        for (std::ptrdiff_t d = edits; d > 0; --d) {
            auto const before = [&](std::ptrdiff_t k) -> std::ptrdiff_t {
                auto const index = k + d - 1;
                if (index < 0 || index >= static_cast<std::ptrdiff_t>(history[static_cast<std::size_t>(d - 1)].size()))
                    return -1;
                return history[static_cast<std::size_t>(d - 1)][static_cast<std::size_t>(index)];
            };
            std::ptrdiff_t const k = x - y;
            bool const down = k == -d || (k != d && before(k - 1) < before(k + 1));
            std::ptrdiff_t const from_k = down ? k + 1 : k - 1;
            std::ptrdiff_t const from_x = before(from_k);
            std::ptrdiff_t const from_y = from_x - from_k;
            std::ptrdiff_t const edit_x = down ? from_x : from_x + 1;
            std::ptrdiff_t const edit_y = down ? from_y + 1 : from_y;
            steps.push_back({true, edit_x, edit_y, x - edit_x, y - edit_y});
            steps.push_back({false, from_x, from_y, edit_x - from_x, edit_y - from_y});
            x = from_x;
            y = from_y;
        }
        steps.push_back({true, 0, 0, x, y});
        for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
            push(step->equal, b + static_cast<std::size_t>(step->x), static_cast<std::size_t>(step->dx),
                 a + static_cast<std::size_t>(step->y), static_cast<std::size_t>(step->dy));
        }
    }

    const std::vector<WordId>& before_;
    const std::vector<WordId>& after_;
    std::vector<Stretch> found_;
};

// ---- Making a difference readable -------------------------------------------------------------------------

struct Read {
    std::string text;
    std::vector<Word> words;
    std::vector<WordId> ids;
    std::vector<std::size_t> run_of;  // by byte
    const Inline* runs = nullptr;
};

Read read_inline(const Inline& runs, Vocabulary& vocabulary) {
    Read read;
    read.runs = &runs;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        read.text += runs[i].text;
        if (runs[i].line_break_after) read.text += '\n';
        read.run_of.resize(read.text.size(), i);
    }
    read.words = vocabulary.read(read.text);
    for (const Word& word : read.words) read.ids.push_back(word.id);
    return read;
}

class Tidier {
public:
    Tidier(const Read& before, const Read& after, const Vocabulary& vocabulary)
        : before_(before), after_(after), vocabulary_(vocabulary) {}

    std::vector<Stretch> tidy(std::vector<Stretch> stretches) {
        stretches = slide(std::move(stretches));
        stretches = absorb_islands(std::move(stretches));
        stretches = slide(std::move(stretches));
        if (mostly_new(stretches)) return {{false, 0, before_.ids.size(), 0, after_.ids.size()}};
        return stretches;
    }

private:
    // "A. [B.] C." and "A[. B]. C." are the same edit; the first is how a person marks it. A pure insertion or deletion
    // may move along words that repeat.
    std::vector<Stretch> slide(std::vector<Stretch> stretches) const {
        // An edit at either end has words beyond it once it has moved.
        if (!stretches.empty() && !stretches.front().equal)
            stretches.insert(stretches.begin(), Stretch{true, 0, 0, 0, 0});
        if (!stretches.empty() && !stretches.back().equal)
            stretches.push_back({true, before_.ids.size(), 0, after_.ids.size(), 0});
        for (std::size_t i = 0; i < stretches.size(); ++i) {
            Stretch& edit = stretches[i];
            if (edit.equal || (edit.before_length > 0 && edit.after_length > 0)) continue;
            bool const inserted = edit.after_length > 0;
            auto const& ids = inserted ? after_.ids : before_.ids;
            std::size_t const start = inserted ? edit.after : edit.before;
            std::size_t const length = inserted ? edit.after_length : edit.before_length;
            std::size_t const room_left = i > 0 ? stretches[i - 1].after_length : 0;
            std::size_t const room_right = i + 1 < stretches.size() ? stretches[i + 1].after_length : 0;
            std::ptrdiff_t best = 0;
            int best_score = boundary(ids, start);
            for (std::size_t shift = 1; shift <= room_left && ids[start - shift] == ids[start + length - shift];
                 ++shift) {
                if (int const score = boundary(ids, start - shift); score > best_score) {
                    best_score = score;
                    best = -static_cast<std::ptrdiff_t>(shift);
                }
            }
            for (std::size_t shift = 1;
                 shift <= room_right && ids[start + shift - 1] == ids[start + length + shift - 1]; ++shift) {
                if (int const score = boundary(ids, start + shift); score > best_score) {
                    best_score = score;
                    best = static_cast<std::ptrdiff_t>(shift);
                }
            }
            if (best == 0) continue;
            auto const moved = [&](std::size_t& value, std::ptrdiff_t by) {
                value = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(value) + by);
            };
            moved(edit.before, best);
            moved(edit.after, best);
            if (i > 0) {
                moved(stretches[i - 1].before_length, best);
                moved(stretches[i - 1].after_length, best);
            }
            if (i + 1 < stretches.size()) {
                moved(stretches[i + 1].before, best);
                moved(stretches[i + 1].after, best);
                moved(stretches[i + 1].before_length, -best);
                moved(stretches[i + 1].after_length, -best);
            }
        }
        // A neighbour that was used up is gone; the edits at its sides are one.
        std::vector<Stretch> joined;
        for (Stretch const& stretch : stretches) {
            if (stretch.before_length == 0 && stretch.after_length == 0) continue;
            if (!joined.empty() && joined.back().equal == stretch.equal) {
                joined.back().before_length += stretch.before_length;
                joined.back().after_length += stretch.after_length;
            } else {
                joined.push_back(stretch);
            }
        }
        return joined;
    }

    int boundary(const std::vector<WordId>& ids, std::size_t start) const {
        if (start == 0) return 4;
        WordId const previous = ids[start - 1];
        if (vocabulary_.ends_sentence(previous)) return 3;
        if (vocabulary_.is_punctuation(previous)) return 2;
        if (start < ids.size() && vocabulary_.is_punctuation(ids[start])) return 0;
        return 1;
    }

    struct Size {
        std::size_t words = 0;   // punctuation not counted
        std::size_t weight = 0;  // words that say something
        std::size_t bytes = 0;
    };
    Size size(const Read& side, std::size_t start, std::size_t length) const {
        Size size;
        for (std::size_t i = start; i < start + length; ++i) {
            size.words += !vocabulary_.is_punctuation(side.ids[i]);
            size.weight += !vocabulary_.is_slight(side.ids[i]);
            size.bytes += side.words[i].end - side.words[i].start;
        }
        return size;
    }

    // A "the" or "of" that two edits have left standing between them belongs to neither side of a sentence that was
    // rewritten: one longer edit reads better than three short ones.
    std::vector<Stretch> absorb_islands(std::vector<Stretch> stretches) const {
        std::vector<Stretch> kept;
        for (Stretch const& next : stretches) {
            kept.push_back(next);
            while (kept.size() >= 3) {
                Stretch& left = kept[kept.size() - 3];
                Stretch const& island = kept[kept.size() - 2];
                Stretch const& right = kept.back();
                if (left.equal || !island.equal || right.equal || !is_island(left, island, right)) break;
                left.before_length += island.before_length + right.before_length;
                left.after_length += island.after_length + right.after_length;
                kept.resize(kept.size() - 2);
            }
        }
        return kept;
    }

    bool is_island(const Stretch& left, const Stretch& island, const Stretch& right) const {
        Size const between = size(after_, island.after, island.after_length);
        auto const weigh = [&](const Stretch& edit) {
            Size const removed = size(before_, edit.before, edit.before_length);
            Size const added = size(after_, edit.after, edit.after_length);
            return Size{std::max(removed.words, added.words), std::max(removed.weight, added.weight),
                        std::max(removed.bytes, added.bytes)};
        };
        Size const one = weigh(left);
        Size const other = weigh(right);
        if (between.words <= 2 && between.weight == 0)
            return one.words > 0 && other.words > 0 && one.words + other.words > 2;
        return between.words <= 3 && between.bytes <= one.bytes && between.bytes <= other.bytes;
    }

    bool mostly_new(const std::vector<Stretch>& stretches) const {
        std::size_t same = 0;
        std::size_t edits = 0;
        for (Stretch const& stretch : stretches) {
            if (stretch.equal) same += size(after_, stretch.after, stretch.after_length).bytes;
            else edits += stretch.before_length > 0 && stretch.after_length > 0;
        }
        std::size_t const longest =
            std::max(size(before_, 0, before_.ids.size()).bytes, size(after_, 0, after_.ids.size()).bytes);
        return edits > 1 && same * 4 < longest;
    }

    const Read& before_;
    const Read& after_;
    const Vocabulary& vocabulary_;
};

class Marker {
public:
    void emit(const Read& side, std::size_t first, std::size_t count, Change change) {
        if (count == 0) return;
        std::size_t const start = first == 0 ? 0 : side.words[first].start;
        std::size_t const last = first + count;
        std::size_t const end = last < side.words.size() ? side.words[last].start : side.text.size();
        bool const spaced = first > 0 && side.words[first - 1].end < side.words[first].start;
        if (change == Change::deleted && spaced && !ends_in_space()) {
            Run space;
            space.change = change;
            append(" ", space);
        }
        std::size_t at = start;
        while (at < end) {
            std::size_t const run = side.run_of[at];
            std::size_t stop = at;
            while (stop < end && side.run_of[stop] == run) ++stop;
            Run look = (*side.runs)[run];
            look.change = change;
            look.line_break_after = false;
            std::string text = side.text.substr(at, stop - at);
            bool const breaks = (*side.runs)[run].line_break_after && text.ends_with('\n');
            if (breaks) text.pop_back();
            bool const only_space = at > start && text.find_first_not_of(' ') == std::string::npos;
            if (only_space && change == Change::deleted && !marked_.empty()) {
                marked_.back().text += text;
            } else {
                // The space after an insertion is nothing to mark by itself.
                if (only_space && change == Change::inserted) {
                    look.change = Change::none;
                    look.link.clear();
                }
                append(std::move(text), look);
            }
            if (breaks && change != Change::deleted && !marked_.empty()) marked_.back().line_break_after = true;
            at = stop;
        }
    }
    Inline take() { return std::move(marked_); }

private:
    bool ends_in_space() const {
        return marked_.empty() || marked_.back().line_break_after || marked_.back().text.ends_with(' ');
    }

    void append(std::string text, Run look) {
        if (text.empty()) return;
        // A link into the old or new text leads nowhere in the comparison.
        if (look.link.starts_with('#')) look.link.clear();
        if (!marked_.empty() && !marked_.back().line_break_after) {
            Run& last = marked_.back();
            if (last.emphasis == look.emphasis && last.code == look.code && last.link == look.link &&
                last.change == look.change && last.language == look.language) {
                last.text += text;
                return;
            }
        }
        look.text = std::move(text);
        marked_.push_back(std::move(look));
    }

    Inline marked_;
};

}  // namespace

WordId Vocabulary::intern(std::string word, bool punctuation) {
    auto const [entry, fresh] = ids_.try_emplace(std::move(word), static_cast<WordId>(ids_.size()));
    if (fresh) {
        punctuation_.push_back(punctuation);
        slight_.push_back(punctuation ||
                          std::ranges::find(slight_words, to_ascii_lower(entry->first)) != slight_words.end());
        ends_sentence_.push_back(entry->first == "." || entry->first == ";" || entry->first == ":" ||
                                 entry->first == "?" || entry->first == "!");
    }
    return entry->second;
}

std::vector<Word> Vocabulary::read(std::string_view text) {
    std::vector<Letter> const letters = letters_of(text);
    std::vector<Word> words;
    std::size_t at = 0;
    auto const value = [&](std::size_t i) { return i < letters.size() ? letters[i].value : U' '; };
    auto const push = [&](std::size_t first, bool punctuation) {
        std::string word;
        std::size_t start = letters[first].start;
        std::size_t end = 0;
        for (std::size_t i = first; i < at; ++i) {
            word += to_utf8(plain_quote(letters[i].value));
            start = std::min(start, letters[i].start);
            end = std::max(end, letters[i].end);
        }
        words.push_back({intern(std::move(word), punctuation), start, end});
    };
    while (at < letters.size()) {
        std::size_t const first = at;
        if (is_space(value(at))) {
            ++at;
        } else if (!is_word_letter(value(at))) {
            ++at;
            while (is_mark(value(at))) ++at;
            push(first, true);
        } else {
            while (at < letters.size()) {
                bool part = is_word_letter(value(at));
                if (!part && joins(value(at))) {
                    // "https://x" has more than one joining mark in a row.
                    std::size_t next = at + 1;
                    for (int marks = 0; marks < 2 && joins(value(next)) && value(next) != U'.'; ++marks) ++next;
                    part = is_word_letter(value(next));
                }
                if (!part) break;
                ++at;
            }
            push(first, false);
        }
    }
    return words;
}

std::string spelling_of(std::string_view text) {
    std::string spelling;
    for (char32_t const c : to_code_points(text)) {
        if (!is_space(c)) spelling += to_utf8(plain_quote(c));
    }
    return spelling;
}

std::vector<Stretch> difference(const std::vector<WordId>& before, const std::vector<WordId>& after) {
    return Differ(before, after).run();
}

double similarity(const std::vector<WordId>& sorted_a, const std::vector<WordId>& sorted_b) {
    if (sorted_a.empty() && sorted_b.empty()) return 1;
    std::size_t common = 0;
    for (std::size_t a = 0, b = 0; a < sorted_a.size() && b < sorted_b.size();) {
        if (sorted_a[a] == sorted_b[b]) {
            ++common;
            ++a;
            ++b;
        } else if (sorted_a[a] < sorted_b[b]) {
            ++a;
        } else {
            ++b;
        }
    }
    return 2.0 * static_cast<double>(common) / static_cast<double>(sorted_a.size() + sorted_b.size());
}

Inline mark_changes(const Inline& before, const Inline& after, Vocabulary& vocabulary) {
    Read const old_side = read_inline(before, vocabulary);
    Read const new_side = read_inline(after, vocabulary);
    auto const stretches = Tidier(old_side, new_side, vocabulary).tidy(difference(old_side.ids, new_side.ids));
    Marker marker;
    for (Stretch const& stretch : stretches) {
        if (!stretch.equal) marker.emit(old_side, stretch.before, stretch.before_length, Change::deleted);
        marker.emit(new_side, stretch.after, stretch.after_length, stretch.equal ? Change::none : Change::inserted);
    }
    return marker.take();
}

Inline marked(Inline text, Change change) {
    for (Run& run : text) {
        run.change = change;
        if (run.link.starts_with('#')) run.link.clear();
    }
    return text;
}

}  // namespace ca::documents
