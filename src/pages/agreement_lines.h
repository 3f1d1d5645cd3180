// The list of agreements: what its columns say, which rows the filters leave, and in what order.
//
//     if (!lines.read(context.workspace, context.revision)) say(lines.progress());   // again in the next frame
//     lines.narrow({.states = filters, .text = "lark"});
//     lines.sort("created", false);
//     for (const auto line : lines.shown(from, until)) … lines.agreement(line) …
//
// A hundred thousand agreements are gone through for each letter that is typed. So each row's words are put together
// once for as long as the workspace stays as it is, whatever page is shown meanwhile: folded and in one text, by which
// it is also sorted; which letters a row holds is known, so that the first one typed reads nothing, and which pairs of
// letters, nearly, so that of more letters few rows are read in vain; while a word grows only the rows that the shorter
// one left are looked at, and where it shrinks again theirs are still there; an order is made once a column; and only
// the rows of the page are put in words, which are kept for the next letter.
#pragma once

#include "lifecycle/recording.h"
#include "lifecycle/sight.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ca::pages {

struct StateFilter {
    std::string_view name, words;  // in an address; on a button
    bool (*holds)(const lifecycle::Agreement&);
};
std::span<const StateFilter> state_filters();

// The guide's columns, in its order.
struct AgreementColumn {
    std::string_view key, header;
    std::string (*words)(const lifecycle::Sight&, const lifecycle::Agreement&);
    // What it sorts by, where the words would sort wrongly.
    std::string (*order)(const lifecycle::Agreement&) = nullptr;
    std::string_view whole{};  // words that are never broken over two lines
};
std::span<const AgreementColumn> agreement_columns();

class AgreementLines {
public:
    struct Narrowing {
        std::vector<std::string> states{};  // names of filters; empty: every state
        std::string text{};                 // every word of it stands somewhere in the row
        bool operator==(const Narrowing&) const = default;
    };
    // Rows gone through so far, for tests: put together, looked at for a text, sorted, put in words.
    struct Work {
        std::size_t put_together = 0, looked_at = 0, sorted = 0, worded = 0;
    };

    // Puts some thousand rows together; true: these are all. Until then there are those of the revision before, where
    // the same person sees them, and else none. `revision`: goes up whenever the workspace has changed.
    bool read(const lifecycle::Sight&, std::uint64_t revision);
    lifecycle::Steps::Progress progress() const;  // in rows, while they are put together
    void narrow(const Narrowing&);
    void sort(std::string_view column, bool descending);  // a column that there is not: by number

    std::size_t all() const { return rows_.agreements.size(); }
    std::size_t matching() const { return kept_.back().lines.size(); }
    std::size_t in_state(const StateFilter&) const;
    bool holds(const std::string& number) const;  // whether this person sees it at all
    // Of the matching ones in order, from one place until another.
    std::span<const std::uint32_t> shown(std::size_t from, std::size_t until);
    const lifecycle::Agreement& agreement(std::uint32_t line) const { return *rows_.agreements[line]; }
    std::span<const std::string> words(std::uint32_t line);  // of each column, until the next call

    // Of all that the state filters leave, whatever is typed, some lines with the most words of a column (by its place
    // among agreement_columns) and with its longest ones; `measured` goes up whenever they are others.
    const std::vector<std::uint32_t>& widest(std::size_t column) const { return widest_[column]; }
    std::uint64_t measured() const { return measured_; }

    const Work& work() const { return work_; }

private:
    // How wide a cell's words are, and the longest of them, as far as that can be said without a typeface.
    struct Width {
        std::uint16_t all = 0, word = 0;
    };
    static Width width_of(std::string_view words);
    // What every row says.
    struct Rows {
        std::optional<std::uint64_t> revision{};  // of the workspace that was read
        std::shared_ptr<const lifecycle::Sight> seen{};
        std::vector<const lifecycle::Agreement*> agreements{};  // by number
        std::string folded{};                                   // the words of all rows, one after another
        std::vector<std::uint32_t> ends{};                      // in it, of each row's columns and its account's code
        std::vector<std::uint64_t> letters{};                   // that each row holds
        std::vector<std::uint64_t> pairs{};  // likewise: for each 64 rows, for each kind, a bit a row
        std::vector<Width> widths{};         // of each row's columns
        bool are(const lifecycle::Sight&, std::uint64_t revision) const;
        std::size_t put_together() const { return letters.size(); }
        void put_together(std::size_t count);  // so many more
        std::size_t begin_of(std::size_t line, std::size_t part) const;
        std::string_view words(std::size_t line) const;
        std::string_view words(std::size_t line, std::size_t column) const;
        void add_pairs(std::size_t line, std::string_view words);
    };
    // What is looked for: a word, and what holds it has these letters and pairs of them.
    struct Wanted {
        std::string word;
        std::uint64_t letters = 0;
        std::vector<std::size_t> pairs{};
    };
    static std::vector<Wanted> words_in(std::string_view folded);
    struct Kept {
        std::string text;                  // folded
        std::vector<std::uint32_t> lines;  // that it leaves, ascending
    };
    bool holds(std::uint32_t line, const Wanted&) const;
    void measure();
    std::vector<std::uint32_t> in_states(const std::vector<std::string>& names) const;
    const std::vector<std::uint32_t>& order(std::size_t column, bool descending);

    Rows rows_;
    std::optional<Rows> coming_;                      // not all of them are put together
    std::vector<std::vector<std::uint32_t>> widest_;  // lines, of each column
    std::uint64_t measured_ = 0;

    std::vector<std::string> states_;
    std::vector<Kept> kept_{{}};  // for ever longer texts, the first for none at all
    std::map<std::pair<std::size_t, bool>, std::vector<std::uint32_t>> orders_;  // all lines by a column
    std::pair<std::size_t, bool> sorted_{};
    std::optional<std::vector<std::uint32_t>> in_order_{};                 // the matching ones
    std::unordered_map<std::uint32_t, std::vector<std::string>> words_{};  // of the lines that were shown last
    Work work_{};
};

}  // namespace ca::pages
