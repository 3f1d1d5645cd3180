#include "pages/agreement_lines.h"

#include "base/text.h"
#include "pages/present.h"

#include <algorithm>
#include <array>
#include <limits>

namespace ca::pages {
namespace {

using lifecycle::Agreement;
using lifecycle::State;
using lifecycle::Substate;
using lifecycle::Sight;

constexpr StateFilter filters[] = {
    {"active", "State: Active", [](const Agreement& a) { return a.state == State::active; }},
    {"draft-under-review", "State: Draft, Under Review",
     [](const Agreement& a) { return a.substate == Substate::under_review; }},
    {"draft-awaiting-review", "State: Draft, Awaiting Review",
     [](const Agreement& a) { return a.substate == Substate::awaiting_review; }},
    {"expired", "State: Expired", [](const Agreement& a) { return a.state == State::expired; }},
    {"cancelled", "State: Cancelled", [](const Agreement& a) { return a.state == State::cancelled; }},
};

std::string order_of(const std::optional<Date>& date) { return date ? format_iso(*date) : std::string(); }

constexpr std::string_view longest_date = "30 September 2025";

constexpr AgreementColumn columns[] = {
    {"number", "Number", [](const Sight&, const Agreement& a) { return a.number; }, nullptr, "CNTR0000000"},
    {"name", "Name", [](const Sight&, const Agreement& a) { return a.name; }},
    {"company-registration-number", "Company Registration Number",
     [](const Sight& w, const Agreement& a) { return words_or(company_registration_number(w, a)); }},
    {"account", "Account", [](const Sight& w, const Agreement& a) { return account_name(w, a.account); }},
    {"api-products-applicable", "API Products Applicable",
     [](const Sight& w, const Agreement& a) { return product_names(w, a.products); }},
    {"case", "Case", [](const Sight& w, const Agreement& a) { return words_or(shown_case(w, a)); }, nullptr,
     "CS0000000"},
    // The colour of its substate alone would not say that it is paused.
    {"state", "State",
     [](const Sight&, const Agreement& a) {
         return std::string(to_words(a.state)) + (a.state == State::draft && a.review.paused() ? ", paused" : "");
     },
     nullptr, "Cancelled"},
    {"substate", "Substate",
     [](const Sight&, const Agreement& a) { return a.substate ? std::string(to_words(*a.substate)) : ""; }, nullptr,
     "Review"},
    {"accepted-on", "Accepted On", [](const Sight&, const Agreement& a) { return words_or(a.accepted_on); },
     [](const Agreement& a) { return order_of(a.accepted_on); }, longest_date},
    {"accepted-by", "Accepted By", [](const Sight&, const Agreement& a) { return words_or(a.accepted_by); }},
    {"start-date", "Start Date", [](const Sight&, const Agreement& a) { return words_or(a.start_date); },
     [](const Agreement& a) { return order_of(a.start_date); }, longest_date},
    {"created", "Created", [](const Sight&, const Agreement& a) { return date_and_time(a.created); },
     [](const Agreement& a) { return format_iso(a.created); }, longest_date},
};
constexpr std::size_t by_number = 0;

// Between two columns stands what nobody types, so that no word is found across them.
constexpr std::string_view between = " \n ";
constexpr std::size_t parts = std::size(columns) + 1;  // of a row's words: the last is its account's code

// A bit for each letter that people type most, the last for all others.
constexpr std::uint64_t others = std::uint64_t{1} << 63;
constexpr std::uint64_t bit_of(char c) {
    if (c >= 'a' && c <= 'z') return std::uint64_t{1} << (c - 'a');
    if (c >= '0' && c <= '9') return std::uint64_t{1} << (26 + c - '0');
    return others;
}
std::uint64_t letters_of(std::string_view words) {
    std::uint64_t letters = 0;
    for (const char c : words) letters |= bit_of(c);
    return letters;
}

// Two letters next to each other are of one of so many kinds.
constexpr std::size_t kinds_of_pairs = 256, lines_a_block = 64;
constexpr std::size_t kind_of(char first, char second) {
    const std::uint32_t both =
        std::uint32_t{static_cast<unsigned char>(first)} << 8 | static_cast<unsigned char>(second);
    return both * 2654435761u >> 24;  // of the golden ratio: it spreads what differs in few bits
}

// Each letter counts by its kind.
constexpr auto weights = [] {
    std::array<std::uint8_t, 256> made{};
    for (std::size_t c = 0; c < 256; ++c) made[c] = c >= 0x80 && c < 0xc0 ? 0 : 5;
    for (const unsigned char c : std::string_view("ijl.,:;'|()- ")) made[c] = 3;
    for (const unsigned char c : std::string_view("mw@")) made[c] = 8;
    return made;
}();

// Of ever more lines the widest few.
class Widest {
public:
    void look_at(std::uint32_t line, std::uint16_t width) {
        if (kept_.size() == kept_max && width <= kept_.back().first) return;
        const auto at = std::ranges::lower_bound(kept_, width, std::ranges::greater{}, &Kept::value_type::first);
        if (at != kept_.end() && at->first == width) return;  // more of the same tell nothing
        kept_.insert(at, {width, line});
        if (kept_.size() > kept_max) kept_.pop_back();
    }
    void list(std::vector<std::uint32_t>& lines) const {
        for (const auto& [width, line] : kept_) lines.push_back(line);
    }

private:
    using Kept = std::vector<std::pair<std::uint16_t, std::uint32_t>>;  // width and line, the widest first
    static constexpr std::size_t kept_max = 3;
    Kept kept_;
};

// Lines in the order of their keys, and of the same key in their own. Keys are compared eight bytes at a time, as
// numbers: those that are the same so far by the next eight.
class Sorting {
public:
    explicit Sorting(std::span<const std::string_view> keys) : keys_(keys) {}
    std::vector<std::uint32_t> lines() {
        std::vector<Part> all;
        all.reserve(keys_.size());
        for (std::uint32_t line = 0; line < keys_.size(); ++line) all.push_back({0, line});
        sort(all, 0);
        std::vector<std::uint32_t> lines;
        lines.reserve(all.size());
        for (const Part& part : all) lines.push_back(part.line);
        return lines;
    }

private:
    struct Part {
        std::uint64_t bytes;
        std::uint32_t line;
        auto operator<=>(const Part&) const = default;
    };
    void sort(std::span<Part> parts, std::size_t from) {
        constexpr std::size_t step = sizeof(std::uint64_t);
        bool goes_on = false;
        for (Part& part : parts) {
            const std::string_view rest = keys_[part.line].substr(std::min(from, keys_[part.line].size()));
            part.bytes = 0;
            for (std::size_t i = 0; i < step; ++i)
                part.bytes = part.bytes << 8 | (i < rest.size() ? static_cast<unsigned char>(rest[i]) : 0u);
            goes_on = goes_on || rest.size() > step;
        }
        std::ranges::sort(parts);
        if (!goes_on) return;
        for (auto begin = parts.begin(); begin != parts.end();) {
            const auto end =
                std::find_if(begin, parts.end(), [&](const Part& each) { return each.bytes != begin->bytes; });
            if (end - begin > 1) sort({begin, end}, from + step);
            begin = end;
        }
    }
    std::span<const std::string_view> keys_;
};

}  // namespace

std::span<const StateFilter> state_filters() { return filters; }
std::span<const AgreementColumn> agreement_columns() { return columns; }

AgreementLines::Width AgreementLines::width_of(std::string_view words) {
    std::size_t all = 0, word = 0, longest = 0;
    for (const char c : words) {
        const std::size_t letter = weights[static_cast<unsigned char>(c)];
        all += letter;
        word = c == ' ' ? 0 : word + letter;
        longest = std::max(longest, word);
    }
    constexpr std::size_t most = std::numeric_limits<std::uint16_t>::max();
    return {.all = static_cast<std::uint16_t>(std::min(all, most)),
            .word = static_cast<std::uint16_t>(std::min(longest, most))};
}

// ---- All rows ---------------------------------------------------------------------------------------------

bool AgreementLines::Rows::are(const Sight& sight, std::uint64_t its_revision) const {
    return revision == its_revision && seen && seen->actor() == sight.actor();
}

void AgreementLines::Rows::put_together(std::size_t count) {
    const std::size_t until = std::min(agreements.size(), put_together() + count);
    while (put_together() < until) {
        const Agreement& agreement = *agreements[put_together()];
        const std::size_t begin = folded.size();
        for (const auto& column : columns) {
            const std::string words = fold_for_search(column.words(*seen, agreement));
            widths.push_back(width_of(words));
            folded += words;
            ends.push_back(static_cast<std::uint32_t>(folded.size()));
            folded += between;
        }
        folded += fold_for_search(agreement.account);
        ends.push_back(static_cast<std::uint32_t>(folded.size()));
        const auto words = std::string_view(folded).substr(begin);
        add_pairs(put_together(), words);
        letters.push_back(letters_of(words));
    }
}

void AgreementLines::Rows::add_pairs(std::size_t line, std::string_view words) {
    if (line % lines_a_block == 0) pairs.resize(pairs.size() + kinds_of_pairs);
    const std::size_t block = line / lines_a_block * kinds_of_pairs;
    const auto ends_word = [](char c) { return c == ' ' || c == '\n'; };
    for (std::size_t i = 1; i < words.size(); ++i)
        if (!ends_word(words[i - 1]) && !ends_word(words[i]))
            pairs[block + kind_of(words[i - 1], words[i])] |= std::uint64_t{1} << line % lines_a_block;
}

std::size_t AgreementLines::Rows::begin_of(std::size_t line, std::size_t part) const {
    const std::size_t at = line * parts + part;
    if (at == 0) return 0;
    return ends[at - 1] + (part == 0 ? 0 : between.size());
}

std::string_view AgreementLines::Rows::words(std::size_t line) const {
    return std::string_view(folded).substr(begin_of(line, 0), ends[(line + 1) * parts - 1] - begin_of(line, 0));
}

std::string_view AgreementLines::Rows::words(std::size_t line, std::size_t column) const {
    const std::size_t begin = begin_of(line, column);
    return std::string_view(folded).substr(begin, ends[line * parts + column] - begin);
}

bool AgreementLines::read(const Sight& seen, std::uint64_t revision) {
    if (rows_.are(seen, revision)) {
        coming_.reset();
        return true;
    }
    constexpr std::size_t rows_at_once = 4'000;  // some 30 ms in a browser
    if (!coming_ || !coming_->are(seen, revision)) {
        Rows& coming = coming_.emplace();
        coming.revision = revision;
        coming.seen = std::make_shared<Sight>(seen);  // shares everything; what is pointed to here stays
        constexpr std::size_t usual = 256;            // bytes of a row: so the text is not copied while it grows
        coming.folded.reserve(seen.agreements.size() * usual);
        coming.ends.reserve(seen.agreements.size() * parts);
        coming.pairs.reserve((seen.agreements.size() + lines_a_block - 1) / lines_a_block * kinds_of_pairs);
        coming.letters.reserve(seen.agreements.size());
        coming.widths.reserve(seen.agreements.size() * std::size(columns));
        coming.agreements.reserve(seen.agreements.size());
        for (const auto& [number, agreement] : coming.seen->agreements) coming.agreements.push_back(&agreement);
    }
    const std::size_t before = coming_->put_together();
    coming_->put_together(rows_at_once);
    work_.put_together += coming_->put_together() - before;
    const bool all = coming_->put_together() == coming_->agreements.size();
    if (!all && rows_.seen && rows_.seen->actor() == seen.actor()) return false;
    // What one person sees is not shown to another, not even meanwhile.
    rows_ = all ? *std::exchange(coming_, std::nullopt) : Rows{};
    states_.clear();
    kept_.resize(1);
    kept_.front().lines = in_states({});
    orders_.clear();
    in_order_.reset();
    words_.clear();
    measure();
    return all;
}

lifecycle::Steps::Progress AgreementLines::progress() const {
    return coming_ ? lifecycle::Steps::Progress{coming_->put_together(), coming_->agreements.size()}
                   : lifecycle::Steps::Progress{all(), all()};
}

void AgreementLines::measure() {
    widest_.clear();
    for (std::size_t column = 0; column < std::size(columns); ++column) {
        Widest by_all, by_word;
        for (const std::uint32_t line : kept_.front().lines) {
            const Width& width = rows_.widths[line * std::size(columns) + column];
            by_all.look_at(line, width.all);
            by_word.look_at(line, width.word);
        }
        auto& lines = widest_.emplace_back();
        by_all.list(lines);
        by_word.list(lines);
    }
    ++measured_;
}

// ---- What of them is shown --------------------------------------------------------------------------------

std::vector<AgreementLines::Wanted> AgreementLines::words_in(std::string_view folded) {
    std::vector<Wanted> wanted;
    for (auto& word : split(folded, ' ')) {
        if (word.empty()) continue;
        Wanted one{.word = std::move(word)};
        one.letters = letters_of(one.word);
        for (std::size_t i = 1; i < one.word.size(); ++i) one.pairs.push_back(kind_of(one.word[i - 1], one.word[i]));
        wanted.push_back(std::move(one));
    }
    return wanted;
}

bool AgreementLines::holds(std::uint32_t line, const Wanted& wanted) const {
    if ((rows_.letters[line] & wanted.letters) != wanted.letters) return false;
    const bool is_said = wanted.word.size() == 1 && wanted.letters != others;  // there is no more to it
    if (is_said) return true;
    const auto* pairs = &rows_.pairs[line / lines_a_block * kinds_of_pairs];
    const auto has_pair = [&](std::size_t kind) { return (pairs[kind] >> line % lines_a_block & 1) != 0; };
    return std::ranges::all_of(wanted.pairs, has_pair) && rows_.words(line).find(wanted.word) != std::string_view::npos;
}

std::vector<std::uint32_t> AgreementLines::in_states(const std::vector<std::string>& names) const {
    std::vector<std::uint32_t> lines;
    for (std::uint32_t line = 0; line < all(); ++line) {
        const bool holds =
            names.empty() || std::ranges::any_of(filters, [&](const StateFilter& filter) {
                return std::ranges::find(names, filter.name) != names.end() && filter.holds(*rows_.agreements[line]);
            });
        if (holds) lines.push_back(line);
    }
    return lines;
}

void AgreementLines::narrow(const Narrowing& wanted) {
    if (wanted.states != states_) {
        states_ = wanted.states;
        kept_.resize(1);
        kept_.front().lines = in_states(states_);
        measure();
        in_order_.reset();
    }
    // A text that goes on leaves no row that its beginning did not leave.
    const std::string text = fold_for_search(wanted.text);
    while (!text.starts_with(kept_.back().text)) {
        kept_.pop_back();
        in_order_.reset();
    }
    if (kept_.back().text == text) return;
    const auto words = words_in(text);
    Kept narrower{.text = text, .lines = {}};
    for (const std::uint32_t line : kept_.back().lines) {
        const auto is_there = [&](const Wanted& word) { return holds(line, word); };
        if (std::ranges::all_of(words, is_there)) narrower.lines.push_back(line);
    }
    work_.looked_at += kept_.back().lines.size();
    kept_.push_back(std::move(narrower));
    in_order_.reset();
}

void AgreementLines::sort(std::string_view column, bool descending) {
    const auto found = std::ranges::find(columns, column, &AgreementColumn::key);
    const std::pair wanted{found == std::end(columns) ? by_number : static_cast<std::size_t>(found - columns),
                           found != std::end(columns) && descending};
    if (wanted == sorted_) return;
    sorted_ = wanted;
    in_order_.reset();
}

const std::vector<std::uint32_t>& AgreementLines::order(std::size_t column, bool descending) {
    auto& lines = orders_[{column, descending}];
    if (lines.size() == all()) return lines;
    work_.sorted += all();
    std::vector<std::string> made;  // of a column that does not sort by its words
    if (const auto order = columns[column].order) {
        made.reserve(all());
        for (const Agreement* agreement : rows_.agreements) made.push_back(order(*agreement));
    }
    std::vector<std::string_view> keys(all());
    for (std::uint32_t line = 0; line < keys.size(); ++line)
        keys[line] = made.empty() ? rows_.words(line, column) : std::string_view(made[line]);
    const auto ascending = Sorting(keys).lines();
    lines.reserve(ascending.size());
    const auto has_value = [&](std::uint32_t line) { return !keys[line].empty(); };
    const auto first = std::ranges::find_if(ascending, has_value);
    if (descending) {
        // Those of one key stay in their own order.
        for (auto end = ascending.end(); end != first;) {
            auto begin = end - 1;
            while (begin != first && keys[*(begin - 1)] == keys[*begin]) --begin;
            lines.insert(lines.end(), begin, end);
            end = begin;
        }
    } else {
        lines.insert(lines.end(), first, ascending.end());
    }
    // What has no value stands last in both directions: nobody looks for it first.
    lines.insert(lines.end(), ascending.begin(), first);
    return lines;
}

std::span<const std::uint32_t> AgreementLines::shown(std::size_t from, std::size_t until) {
    const auto& matching = kept_.back().lines;
    if (!in_order_) {
        if (sorted_ == std::pair{by_number, false}) {
            in_order_ = matching;
        } else {
            std::vector<bool> matches(all());
            for (const std::uint32_t line : matching) matches[line] = true;
            in_order_.emplace().reserve(matching.size());
            for (const std::uint32_t line : order(sorted_.first, sorted_.second))
                if (matches[line]) in_order_->push_back(line);
        }
    }
    return std::span(*in_order_).subspan(from, until - from);
}

std::span<const std::string> AgreementLines::words(std::uint32_t line) {
    constexpr std::size_t kept_max = 2'000;
    if (words_.size() == kept_max && !words_.contains(line)) words_.clear();
    auto& words = words_[line];
    if (words.empty()) {
        ++work_.worded;
        words.reserve(std::size(columns));
        for (const auto& column : columns) words.push_back(column.words(*rows_.seen, *rows_.agreements[line]));
    }
    return words;
}

std::size_t AgreementLines::in_state(const StateFilter& filter) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(rows_.agreements, [&](const Agreement* agreement) { return filter.holds(*agreement); }));
}

bool AgreementLines::holds(const std::string& number) const {
    const auto found = std::ranges::lower_bound(
        rows_.agreements, number, {}, [](const Agreement* agreement) { return std::string_view(agreement->number); });
    return found != rows_.agreements.end() && (*found)->number == number;
}

}  // namespace ca::pages
