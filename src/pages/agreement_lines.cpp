#include "pages/agreement_lines.h"

#include "base/text.h"
#include "pages/present.h"

#include <algorithm>
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

constexpr std::string_view longest_date = "30 September 2025", longest_year_and_time = "2025 at 10:30am";

constexpr AgreementColumn columns[] = {
    {"number", "Number", [](const Sight&, const Agreement& a) { return a.number; }, nullptr, "CNTR0000000"},
    {"name", "Name", [](const Sight&, const Agreement& a) { return a.name; }},
    {"company-registration-number", "Company Registration Number",
     [](const Sight& w, const Agreement& a) { return words_or(company_registration_number(w, a)); }},
    {"account", "Account", [](const Sight& w, const Agreement& a) { return account_name(w, a.account); }},
    {"api-products-applicable", "API Products Applicable",
     [](const Sight& w, const Agreement& a) { return product_names(w, a.products); }},
    {"case", "Case", [](const Sight& w, const Agreement& a) { return words_or(shown_case(w, a)); }},
    {"state", "State", [](const Sight&, const Agreement& a) { return std::string(to_words(a.state)); }},
    {"substate", "Substate",
     [](const Sight&, const Agreement& a) { return a.substate ? std::string(to_words(*a.substate)) : ""; }},
    {"accepted-on", "Accepted On", [](const Sight&, const Agreement& a) { return words_or(a.accepted_on); },
     [](const Agreement& a) { return order_of(a.accepted_on); }, longest_date},
    {"accepted-by", "Accepted By", [](const Sight&, const Agreement& a) { return words_or(a.accepted_by); }},
    {"start-date", "Start Date", [](const Sight&, const Agreement& a) { return words_or(a.start_date); },
     [](const Agreement& a) { return order_of(a.start_date); }, longest_date},
    {"created", "Created", [](const Sight&, const Agreement& a) { return date_and_time(a.created); },
     [](const Agreement& a) { return format_iso(a.created); }, longest_year_and_time},
};
constexpr std::size_t by_number = 0;

// Between two columns stands what nobody types, so that no word is found across them.
constexpr std::string_view between = " \n ";

std::vector<std::string> words_of(std::string_view folded) {
    auto words = split(folded, ' ');
    std::erase_if(words, [](const std::string& word) { return word.empty(); });
    return words;
}

}  // namespace

std::span<const StateFilter> state_filters() { return filters; }
std::span<const AgreementColumn> agreement_columns() { return columns; }

void AgreementLines::read(const Sight& seen, std::uint64_t revision) {
    if (revision_ == revision && seen_ && seen_->actor() == seen.actor()) return;
    *this = {};
    revision_ = revision;
    seen_ = std::make_shared<Sight>(seen);  // shares everything; what is pointed to here stays
    for (const auto& [number, agreement] : seen_->agreements) {
        agreements_.push_back(&agreement);
        for (const auto& column : columns) {
            folded_ += fold_for_search(column.words(*seen_, agreement));
            folded_ += between;
        }
        folded_ += fold_for_search(agreement.account);
        ends_.push_back(folded_.size());
    }
    work_.put_together = agreements_.size();
    kept_.front().lines = in_states({});
}

std::string_view AgreementLines::folded(std::uint32_t line) const {
    const std::size_t begin = line == 0 ? 0 : ends_[line - 1];
    return std::string_view(folded_).substr(begin, ends_[line] - begin);
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
        in_order_.reset();
    }
    // A text that goes on leaves no row that its beginning did not leave.
    const std::string text = fold_for_search(wanted.text);
    while (!text.starts_with(kept_.back().text)) {
        kept_.pop_back();
        in_order_.reset();
    }
    if (kept_.back().text == text) return;
    const auto words = words_of(text);
    Kept narrower{.text = text, .lines = {}};
    for (const std::uint32_t line : kept_.back().lines) {
        const auto holds = [&](const std::string& word) { return folded(line).find(word) != std::string_view::npos; };
        if (std::ranges::all_of(words, holds)) narrower.lines.push_back(line);
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
    std::vector<std::string> keys;
    keys.reserve(agreements_.size());
    for (const Agreement* agreement : agreements_)
        keys.push_back(columns[column].order ? columns[column].order(*agreement)
                                             : fold_for_search(columns[column].words(*seen_, *agreement)));
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
