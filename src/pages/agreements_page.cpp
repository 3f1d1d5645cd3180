// My Connection Agreements: the list, with its filters and sort in the address, so that it can be bookmarked and gone back to.
//
// Choosing a filter makes an entry in the history, so that Back undoes it; typing and sorting make none. Query: `state` = "all", or a comma list of filter names (absent: the default filter, V5); `q` = the typed filter; `sort` and
// `order`; `from` = the first row where there are more than a page holds.

#include "base/text.h"
#include "interop/csv.h"
#include "pages/catalogue.h"
#include "pages/present.h"

#include <algorithm>
#include <set>
#include <utility>

namespace ca::pages {
namespace {

constexpr std::size_t rows_per_page = 500;

struct StateFilter {
    std::string_view name, words;
    bool (*holds)(const lifecycle::Agreement&);
};
using lifecycle::State;
using lifecycle::Substate;
constexpr StateFilter state_filters[] = {
    {"active", "State: Active", [](const lifecycle::Agreement& a) { return a.state == State::active; }},
    {"draft-under-review", "State: Draft, Under Review", [](const lifecycle::Agreement& a) { return a.substate == Substate::under_review; }},
    {"draft-awaiting-review", "State: Draft, Awaiting Review", [](const lifecycle::Agreement& a) { return a.substate == Substate::awaiting_review; }},
    {"expired", "State: Expired", [](const lifecycle::Agreement& a) { return a.state == State::expired; }},
    {"cancelled", "State: Cancelled", [](const lifecycle::Agreement& a) { return a.state == State::cancelled; }},
};
constexpr std::string_view default_filters = "active,draft-under-review";

std::vector<std::string> chosen_filters(const Route& route) {
    auto value = route.query_value("state");
    if (value.empty()) value = default_filters;
    if (value == "all") return {};
    return split(value, ',');
}

// The normal form: the default filter leaves the address bare.
Route with_filters(const Route& route, const std::vector<std::string>& filters) {
    auto value = filters.empty() ? std::string("all") : join(filters, ",");
    return route.with("from", "").with("state", value == default_filters ? "" : value);
}

struct Column {
    std::string_view key, header;
    std::string (*words)(const Context&, const lifecycle::Agreement&, const lifecycle::AgreementView&);
    // What it sorts by, where the words would sort wrongly.
    std::string (*order)(const lifecycle::Agreement&) = nullptr;
};

std::string order_of(const std::optional<Date>& date) { return date ? format_iso(*date) : std::string(); }

constexpr Column columns[] = {
    {"number", "Number", [](const Context&, const lifecycle::Agreement& a, const lifecycle::AgreementView&) { return a.number; }},
    {"name", "Name", [](const Context&, const lifecycle::Agreement& a, const lifecycle::AgreementView&) { return a.name; }},
    {"company-registration-number", "Company Registration Number",
     [](const Context&, const lifecycle::Agreement&, const lifecycle::AgreementView& v) { return words_or(v.company_registration_number); }},
    {"account", "Account",
     [](const Context& c, const lifecycle::Agreement& a, const lifecycle::AgreementView&) { return account_name(c.workspace, a.account); }},
    {"api-products-applicable", "API Products Applicable",
     [](const Context& c, const lifecycle::Agreement& a, const lifecycle::AgreementView&) { return product_names(c.workspace, a.products); }},
    {"case", "Case", [](const Context&, const lifecycle::Agreement&, const lifecycle::AgreementView& v) { return words_or(v.case_number); }},
    {"state", "State", [](const Context&, const lifecycle::Agreement& a, const lifecycle::AgreementView&) { return std::string(to_words(a.state)); }},
    {"substate", "Substate",
     [](const Context&, const lifecycle::Agreement& a, const lifecycle::AgreementView&) { return a.substate ? std::string(to_words(*a.substate)) : ""; }},
    {"accepted-on", "Accepted On", [](const Context&, const lifecycle::Agreement& a, const lifecycle::AgreementView&) { return words_or(a.accepted_on); },
     [](const lifecycle::Agreement& a) { return order_of(a.accepted_on); }},
    {"accepted-by", "Accepted By", [](const Context&, const lifecycle::Agreement&, const lifecycle::AgreementView& v) { return words_or(v.accepted_by); }},
    {"start-date", "Start Date", [](const Context&, const lifecycle::Agreement& a, const lifecycle::AgreementView&) { return words_or(a.start_date); },
     [](const lifecycle::Agreement& a) { return order_of(a.start_date); }},
    {"created", "Created", [](const Context&, const lifecycle::Agreement& a, const lifecycle::AgreementView&) { return date_and_time(a.created); },
     [](const lifecycle::Agreement& a) { return format_iso(a.created); }},
};

struct Line {
    const lifecycle::Agreement* agreement;
    std::vector<std::string> words;  // one for each column
};

// `chosen`: for the ZIP; nothing: this person takes none.
ui::TableRow row_of(const Line& line, std::optional<bool> chosen) {
    ui::TableRow row{.key = line.agreement->number, .cells = {}};
    row.cells.reserve(std::size(columns));
    for (std::size_t i = 0; i < std::size(columns); ++i) {
        ui::CellContent cell{.words = line.words[i]};
        if (columns[i].key == "number") {
            cell.href = agreement_address(line.words[i]);
            cell.header = true;
            if (chosen) cell.tick = ui::CellContent::Tick{.label = "Choose " + line.words[i], .on = *chosen};
        } else if (columns[i].key == "case" && !line.words[i].empty()) {
            cell.href = case_address(line.words[i]);
        } else if (columns[i].key == "state" && line.agreement->state != State::draft) {
            cell.tag = mark_of(*line.agreement).kind;
        } else if (columns[i].key == "substate" && line.agreement->substate) {
            cell.tag = mark_of(*line.agreement).kind;
        }
        row.cells.push_back(std::move(cell));
    }
    return row;
}

class AgreementsPage : public Page {
public:
    explicit AgreementsPage(bool team) : team_(team) {}

    std::string heading(const Context&) const override { return team_ ? "Connection Agreements of all accounts" : "My Connection Agreements"; }

    void build(Context& context) override {
        auto& ui = context.ui;
        const auto& route = context.route;
        ui.heading(1, heading(context), "h1", team_ ? "Agreement team" : "My Extras");
        if (team_ && context.is_team())
            ui.link("create", "Create agreement", "#/team/agreements/create");

        build_filters(context);

        const auto all = visible_agreements(context);
        const auto lines = matching_lines(context, all);
        ui.status("count", grouped(lines.size()) + " of " + count_of(all.size(), "agreement", "agreements"));
        ui.status("told", text_.text() == told_for_ ? told_ : "");
        build_choosing(context, all, lines);

        const auto paging = paging_of(route, lines.size(), rows_per_page);
        std::vector<ui::TableRow> rows;
        rows.reserve(paging.until - paging.from);
        for (auto i = paging.from; i < paging.until; ++i) rows.push_back(row_of(lines[i], takes_files(context) ? std::optional(chosen_.contains(lines[i].agreement->number)) : std::nullopt));
        const auto result = ui.table("agreements", table_columns(route), rows,
                                     {.caption = "Agreements", .hidden_caption = true, .empty = ui::Words(empty_words(context, all))});
        for (const auto& [number, on] : result.ticked) {
            if (on) chosen_.insert(number);
            else chosen_.erase(number);
        }
        if (!result.sort_column.empty()) {
            const auto sorted = sorted_by(route, result.sort_column);
            tell("Sorted by " + header_of(result.sort_column) + ", " + (sorted.query_value("order") == "descending" ? "descending." : "ascending."), text_.text());
            context.actions.replace(sorted.address());
        }
        build_paging(context, paging, "agreements");
        if (!lines.empty() && ui.button("csv", "Export CSV", ui::Tone::quiet)) {
            std::vector<std::string> numbers;
            for (const auto& line : lines) numbers.push_back(line.agreement->number);
            const auto file = "agreements-" + format_iso(london_date(context.now)) + ".csv";
            context.actions.save_file(file, "text/csv", interop::to_csv(interop::agreement_rows(context.workspace, numbers)));
            tell(file + " is in your downloads: " + count_of(lines.size(), "agreement", "agreements") + ".", text_.text());
        }
    }

private:
    // Downloads are recorded (V6), and only these can be.
    static bool takes_files(const Context& context) { return context.is_contact() || context.is_team(); }

    std::string chosen_words(const std::vector<Line>& lines) const {
        if (chosen_.empty()) return lines.size() == 1 ? "Nothing chosen: the one shown will be in the ZIP" : "Nothing chosen: all " + grouped(lines.size()) + " shown will be in the ZIP";
        const auto shown = static_cast<std::size_t>(std::ranges::count_if(lines, [&](const Line& line) { return chosen_.contains(line.agreement->number); }));
        const auto hidden = chosen_.size() - shown;
        return grouped(chosen_.size()) + " chosen" + (hidden == 0 ? "" : ", " + grouped(hidden) + " of them not shown by these filters");
    }

    // What is chosen stays chosen while the filters change, so that it can be gathered from several.
    void build_choosing(Context& context, const std::vector<const lifecycle::Agreement*>& all, const std::vector<Line>& lines) {
        auto& ui = context.ui;
        if (!takes_files(context) || all.empty()) return;
        std::erase_if(chosen_, [&](const std::string& number) { return std::ranges::find(all, number, &lifecycle::Agreement::number) == all.end(); });
        if (auto row = ui.row("choosing")) {
            if (ui.button("zip", "Download as ZIP", ui::Tone::secondary, {.disabled = chosen_.empty() && lines.empty(), .busy = is_making_zip(context)}) && !is_making_zip(context))
                context.actions.download_zip(numbers_for_zip(lines));
            if (ui.button("all", "Choose all shown", ui::Tone::quiet))
                for (const auto& line : lines) chosen_.insert(line.agreement->number);
            if (ui.button("none", "Choose none", ui::Tone::quiet)) chosen_.clear();
            ui.status("chosen", chosen_words(lines));
        }
        build_zip_job(context);
    }

    static bool is_making_zip(const Context& context) {
        const auto* job = context.actions.zip_job();
        return job && job->is_under_way();
    }

    // By number, however the list is sorted.
    std::vector<std::string> numbers_for_zip(const std::vector<Line>& lines) const {
        if (!chosen_.empty()) return {chosen_.begin(), chosen_.end()};
        std::set<std::string> shown;
        for (const auto& line : lines) shown.insert(line.agreement->number);
        return {shown.begin(), shown.end()};
    }

    // What hides the rest: the state filters, the words typed, or both.
    std::string empty_words(const Context& context, const std::vector<const lifecycle::Agreement*>& all) const {
        if (!all.empty()) {
            std::vector<std::string> hidden;
            const auto filters = chosen_filters(context.route);
            for (const auto& filter : state_filters) {
                if (filters.empty() || std::ranges::find(filters, filter.name) != filters.end()) continue;
                const auto count = static_cast<std::size_t>(std::ranges::count_if(all, [&](const auto* agreement) { return filter.holds(*agreement); }));
                if (count > 0) hidden.push_back(grouped(count) + " with “" + std::string(filter.words) + "”");
            }
            std::string words = "No agreement matches.";
            if (!text_.text().empty()) words += " Only those with “" + text_.text() + "” are shown.";
            if (!hidden.empty()) words += " The state filters hide " + join(hidden, ", ") + ".";
            return words + " Choose Clear All to see all " + count_of(all.size(), "agreement", "agreements") + ".";
        }
        if (!context.sees_everything()) return "There are no agreements for this account yet. One that is ready for your review will be listed here and under Notifications.";
        return "There are no agreements in this workspace yet. Import a ServiceNow export, or start with sample data, under Data in this browser.";
    }

    void build_filters(Context& context) {
        auto& ui = context.ui;
        const auto& route = context.route;
        auto filters = chosen_filters(route);
        if (auto form = ui.search("filter")) text_.build(context, "text", "Filter agreements", "Type any part of a number, name, product, date or person.");
        const bool types = !text_.text().empty();
        if (auto group = ui.group("states", "Filters")) {
            auto row = ui.row("chosen");
            if (!focus_next_.empty()) ui.focus(ui.full_key(std::exchange(focus_next_, {})));
            for (const auto& filter : state_filters) {
                auto chosen = std::ranges::find(filters, filter.name);
                if (chosen == filters.end()) continue;
                if (ui.button(filter.name, "Remove filter: " + std::string(filter.words), ui::Tone::quiet)) {
                    auto fewer = filters;
                    std::erase(fewer, filter.name);
                    focus_next_ = fewer.empty() && !types ? "add" : "clear";
                    tell("Filter removed.", text_.text());
                    context.actions.open(with_filters(route, fewer).address());
                }
            }
            if (filters.empty() && !types) ui.hint("Every state is shown.", "none-chosen");
            if ((!filters.empty() || types) && ui.button("clear", "Clear All", ui::Tone::secondary)) {
                focus_next_ = "add";
                tell("All filters are cleared.", "");
                context.actions.open(with_filters(route, {}).with("q", "").address());
            }
            std::vector<ui::Choice> more{{.value = "", .label = "Choose a state to add"}};
            for (const auto& filter : state_filters)
                if (std::ranges::find(filters, filter.name) == filters.end()) more.push_back({std::string(filter.name), std::string(filter.words)});
            if (more.size() > 1) {
                // Moving through the choices changes nothing: the button does.
                if (std::ranges::find(more, adding_, &ui::Choice::value) == more.end()) adding_.clear();
                if (ui.select("add", "Add a filter", more, adding_, {.error = adding_error_, .width = ui::FieldWidth::twenty})) adding_error_.clear();
                if (ui.button("add-chosen", "Add filter")) {
                    adding_error_ = adding_.empty() ? "Choose a state to add" : "";
                    if (adding_.empty()) ui.focus(ui.full_key("add"));
                    else add_filter(context, filters);
                }
            }
            if (join(filters, ",") != default_filters && ui.button("default", "Show Active and Under Review", ui::Tone::quiet)) {
                focus_next_ = "clear";
                tell("The default filters are set.", text_.text());
                context.actions.open(route.with("state", "").with("from", "").address());
            }
        }
    }

    void tell(std::string words, std::string typed) {
        told_ = std::move(words);
        told_for_ = std::move(typed);
    }

    void add_filter(Context& context, const std::vector<std::string>& filters) {
        auto wider = filters;
        wider.push_back(std::exchange(adding_, {}));
        focus_next_ = wider.size() == std::size(state_filters) ? "clear" : "add";  // nothing may be left to add
        // In the order of the list above, so that the same choice has the same address.
        std::vector<std::string> ordered;
        for (const auto& filter : state_filters)
            if (std::ranges::find(wider, filter.name) != wider.end()) ordered.emplace_back(filter.name);
        tell("Filter added.", text_.text());
        context.actions.open(with_filters(context.route, ordered).address());
    }

    std::vector<Line> matching_lines(const Context& context, const std::vector<const lifecycle::Agreement*>& all) const {
        const auto filters = chosen_filters(context.route);
        std::vector<std::string> wanted;  // every word typed must be somewhere in the row
        for (const auto& word : split(fold_for_search(text_.text()), ' '))
            if (!word.empty()) wanted.push_back(word);

        std::vector<Line> lines;
        lines.reserve(all.size());
        for (const auto* agreement : all) {
            bool state_holds = filters.empty() || std::ranges::any_of(state_filters, [&](const StateFilter& filter) {
                return std::ranges::find(filters, filter.name) != filters.end() && filter.holds(*agreement);
            });
            if (!state_holds) continue;
            Line line{agreement, {}};
            line.words.reserve(std::size(columns));
            const auto view = lifecycle::view(context.workspace, *agreement, context.now);
            for (const auto& column : columns) line.words.push_back(column.words(context, *agreement, view));
            if (!wanted.empty()) {
                const auto text = fold_for_search(join(line.words, " \n ") + " \n " + agreement->account);
                if (!std::ranges::all_of(wanted, [&](const std::string& word) { return text.find(word) != std::string::npos; })) continue;
            }
            lines.push_back(std::move(line));
        }
        sort_lines(context.route, lines);
        return lines;
    }

    static void sort_lines(const Route& route, std::vector<Line>& lines) {
        const auto name = route.query_value("sort");
        const bool descending = route.query_value("order") == "descending";
        for (std::size_t i = 0; i < std::size(columns); ++i) {
            if (columns[i].key != name) continue;
            std::vector<std::pair<std::string, Line>> keyed;
            for (auto& line : lines) {
                auto key = columns[i].order ? columns[i].order(*line.agreement) : fold_for_search(line.words[i]);
                keyed.emplace_back(std::move(key), std::move(line));
            }
            // What has no value stands last in both directions: nobody looks for it first.
            std::ranges::stable_sort(keyed, [&](const auto& a, const auto& b) {
                if (a.first.empty() != b.first.empty()) return b.first.empty();
                return descending ? b.first < a.first : a.first < b.first;
            });
            for (std::size_t k = 0; k < lines.size(); ++k) lines[k] = std::move(keyed[k].second);
        }
    }

    static std::vector<ui::TableColumn> table_columns(const Route& route) {
        std::vector<ui::TableColumn> made;
        const auto sorted = route.query_value("sort");
        for (const auto& column : columns) {
            auto sort = semantics::Sort::unsorted;
            if (column.key == sorted) sort = route.query_value("order") == "descending" ? semantics::Sort::descending : semantics::Sort::ascending;
            made.push_back({.key = std::string(column.key), .header = std::string(column.header), .sortable = true, .sort = sort});
        }
        return made;
    }

    static std::string header_of(std::string_view key) {
        for (const auto& column : columns)
            if (column.key == key) return std::string(column.header);
        return {};
    }

    static Route sorted_by(const Route& route, std::string_view column) {
        const bool again = route.query_value("sort") == column && route.query_value("order") != "descending";
        return route.with("sort", column).with("order", again ? "descending" : "").with("from", "");
    }

    bool team_;
    FilterText text_;
    std::string focus_next_;  // beside the filter whose button has gone with it
    std::string adding_, adding_error_;  // the state chosen to be added, and that none is
    std::string told_, told_for_;  // what the last press of a button did, and the words typed then
    std::set<std::string> chosen_;  // numbers, for the ZIP
};

}  // namespace

std::unique_ptr<Page> make_agreements_page(bool team) { return std::make_unique<AgreementsPage>(team); }

}  // namespace ca::pages
