#include "pages/agreement_lines.h"

#include "base/text.h"
#include "pages/present.h"

#include <algorithm>
#include <array>
#include <numeric>

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
    {"state", "State", [](const Sight&, const Agreement& a) { return std::string(to_words(a.state)); }, nullptr,
     "Cancelled"},
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

std::vector<std::string> words_of(std::string_view folded) {
    auto words = split(folded, ' ');
    std::erase_if(words, [](const std::string& word) { return word.empty(); });
    return words;
}

// Of ever more words the widest few, as far as that can be said without a typeface: each letter counts by its kind.
class Widest {
public:
    void look_at(std::uint32_t line, std::string_view words) {
        std::size_t all = 0, word = 0, longest = 0;
        for (const char c : words) {
            const std::size_t letter = weights[static_cast<unsigned char>(c)];
            all += letter;
            word = c == ' ' ? 0 : word + letter;
            longest = std::max(longest, word);
        }
        keep(by_all_, all, line);
        keep(by_word_, longest, line);
    }
    std::vector<std::uint32_t> lines() const {
        std::vector<std::uint32_t> found;
        for (const auto* kept : {&by_all_, &by_word_})
            for (const auto& [width, line] : *kept) found.push_back(line);
        return found;
    }

private:
    using Kept = std::vector<std::pair<std::size_t, std::uint32_t>>;  // width and line, the widest first
    static constexpr std::size_t kept_max = 3;
    static constexpr auto weights = [] {
        std::array<std::uint8_t, 256> made{};
        for (std::size_t c = 0; c < 256; ++c) made[c] = c >= 0x80 && c < 0xc0 ? 0 : 5;
        for (const unsigned char c : std::string_view("ijl.,:;'|()- ")) made[c] = 3;
        for (const unsigned char c : std::string_view("mw@")) made[c] = 8;
        return made;
    }();
    static void keep(Kept& kept, std::size_t width, std::uint32_t line) {
        if (kept.size() == kept_max && width <= kept.back().first) return;
        const auto at = std::ranges::lower_bound(kept, width, std::ranges::greater{}, &Kept::value_type::first);
        if (at != kept.end() && at->first == width) return;  // more of the same tell nothing
        kept.insert(at, {width, line});
        if (kept.size() > kept_max) kept.pop_back();
    }
    Kept by_all_, by_word_;
};

}  // namespace

std::span<const StateFilter> state_filters() { return filters; }
std::span<const AgreementColumn> agreement_columns() { return columns; }

void AgreementLines::read(const Sight& seen, std::uint64_t revision) {
    if (revision_ == revision && seen_ && seen_->actor() == seen.actor()) return;
    const auto measured = measured_;
    *this = {};
    measured_ = measured;
    revision_ = revision;
    seen_ = std::make_shared<Sight>(seen);  // shares everything; what is pointed to here stays
    constexpr std::size_t usual = 256;      // bytes of a row: so the text is not copied while it grows
    folded_.reserve(seen_->agreements.size() * usual);
    ends_.reserve(seen_->agreements.size() * parts);
    for (const auto& [number, agreement] : seen_->agreements) {
        const auto line = static_cast<std::uint32_t>(agreements_.size());
        agreements_.push_back(&agreement);
        for (const auto& column : columns) {
            folded_ += fold_for_search(column.words(*seen_, agreement));
            ends_.push_back(static_cast<std::uint32_t>(folded_.size()));
            folded_ += between;
        }
        folded_ += fold_for_search(agreement.account);
        ends_.push_back(static_cast<std::uint32_t>(folded_.size()));
        letters_.push_back(letters_of(folded(line)));
    }
    work_.put_together = agreements_.size();
    kept_.front().lines = in_states({});
    measure();
}

void AgreementLines::measure() {
    widest_.clear();
    for (std::size_t column = 0; column < std::size(columns); ++column) {
        Widest widest;
        for (const std::uint32_t line : kept_.front().lines) widest.look_at(line, folded(line, column));
        widest_.push_back(widest.lines());
    }
    ++measured_;
}

std::size_t AgreementLines::begin_of(std::uint32_t line, std::size_t part) const {
    const std::size_t at = line * parts + part;
    if (at == 0) return 0;
    return ends_[at - 1] + (part == 0 ? 0 : between.size());
}

std::string_view AgreementLines::folded(std::uint32_t line) const {
    return std::string_view(folded_).substr(begin_of(line, 0), ends_[(line + 1) * parts - 1] - begin_of(line, 0));
}

std::string_view AgreementLines::folded(std::uint32_t line, std::size_t column) const {
    const std::size_t begin = begin_of(line, column);
    return std::string_view(folded_).substr(begin, ends_[line * parts + column] - begin);
}

bool AgreementLines::holds(std::uint32_t line, std::string_view word, std::uint64_t letters) const {
    if ((letters_[line] & letters) != letters) return false;
    const bool is_said = word.size() == 1 && letters != others;  // there is no more to it
    return is_said || folded(line).find(word) != std::string_view::npos;
}

std::vector<std::uint32_t> AgreementLines::in_states(const std::vector<std::string>& names) const {
    std::vector<std::uint32_t> lines;
    for (std::uint32_t line = 0; line < agreements_.size(); ++line) {
        const bool holds =
            names.empty() || std::ranges::any_of(filters, [&](const StateFilter& filter) {
                return std::ranges::find(names, filter.name) != names.end() && filter.holds(*agreements_[line]);
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
    std::vector<std::pair<std::string, std::uint64_t>> words;
    for (auto& word : words_of(text)) words.emplace_back(word, letters_of(word));
    Kept narrower{.text = text, .lines = {}};
    for (const std::uint32_t line : kept_.back().lines) {
        const auto is_there = [&](const auto& word) { return holds(line, word.first, word.second); };
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
    if (lines.size() == agreements_.size()) return lines;
    work_.sorted += agreements_.size();
    std::vector<std::string> made;  // of a column that does not sort by its words
    if (const auto order = columns[column].order) {
        made.reserve(agreements_.size());
        for (const Agreement* agreement : agreements_) made.push_back(order(*agreement));
    }
    std::vector<std::string_view> keys(agreements_.size());
    for (std::uint32_t line = 0; line < keys.size(); ++line)
        keys[line] = made.empty() ? folded(line, column) : std::string_view(made[line]);
    lines.resize(agreements_.size());
    std::iota(lines.begin(), lines.end(), 0u);
    // What has no value stands last in both directions: nobody looks for it first.
    std::ranges::stable_sort(lines, [&](std::uint32_t a, std::uint32_t b) {
        if (keys[a].empty() != keys[b].empty()) return keys[b].empty();
        return descending ? keys[b] < keys[a] : keys[a] < keys[b];
    });
    return lines;
}

std::span<const std::uint32_t> AgreementLines::shown(std::size_t from, std::size_t until) {
    const auto& matching = kept_.back().lines;
    if (!in_order_) {
        if (sorted_ == std::pair{by_number, false}) {
            in_order_ = matching;
        } else {
            std::vector<bool> matches(agreements_.size());
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
        for (const auto& column : columns) words.push_back(column.words(*seen_, *agreements_[line]));
    }
    return words;
}

std::size_t AgreementLines::in_state(const StateFilter& filter) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(agreements_, [&](const Agreement* agreement) { return filter.holds(*agreement); }));
}

bool AgreementLines::holds(const std::string& number) const {
    const auto found = std::ranges::lower_bound(
        agreements_, number, {}, [](const Agreement* agreement) { return std::string_view(agreement->number); });
    return found != agreements_.end() && (*found)->number == number;
}

}  // namespace ca::pages
