// My Connection Agreements: the list, with its filters and sort in the address, so that it can be bookmarked and gone
// back to.
//
// Choosing a filter makes an entry in the history, so that Back undoes it; typing and sorting make none. Query: `state`
// = "all", or a comma list of filter names (absent: the default filter, V5); `q` = the typed filter; `sort` and
// `order`; `from` = the first row where there are more than a page holds. Which columns are shown is no part of it:
// that is how somebody likes to read, and what they send to others shows what those like.

#include "base/text.h"
#include "interop/csv.h"
#include "pages/agreement_lines.h"
#include "pages/catalogue.h"
#include "pages/present.h"

#include <algorithm>
#include <set>
#include <utility>

namespace ca::pages {
namespace {

using lifecycle::State;

constexpr std::string_view default_filters = "active,draft-under-review";

constexpr std::string_view identifier = "number";                         // the column that always stays
constexpr std::string_view hidden_columns = "agreements-hidden-columns";  // the preference: keys of columns
using Columns = std::vector<const AgreementColumn*>;

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

// `chosen`: for the ZIP; nothing: this person takes none.
ui::CellContent cell_of(const lifecycle::Agreement& agreement, const AgreementColumn& column, const std::string& words,
                        std::optional<bool> chosen) {
    ui::CellContent cell{.words = words};
    if (column.key == identifier) {
        cell.href = agreement_address(words);
        cell.header = true;
        if (chosen) cell.tick = ui::CellContent::Tick{.label = "Choose " + words, .on = *chosen};
    } else if (column.key == "case" && !words.empty()) {
        cell.href = case_address(words);
    } else if (column.key == "state" && agreement.state != State::draft) {
        cell.tag = mark_of(agreement).kind;
    } else if (column.key == "substate" && agreement.substate) {
        cell.tag = mark_of(agreement).kind;
    }
    return cell;
}

ui::TableRow row_of(const lifecycle::Agreement& agreement, const Columns& columns, std::span<const std::string> words,
                    std::optional<bool> chosen) {
    ui::TableRow row{.key = agreement.number, .cells = {}};
    row.cells.reserve(columns.size());
    for (const auto* column : columns)
        row.cells.push_back(
            cell_of(agreement, *column, words[static_cast<std::size_t>(column - agreement_columns().data())], chosen));
    return row;
}

class AgreementsPage : public Page {
public:
    explicit AgreementsPage(bool team) : team_(team) {}

    std::string heading(const Context&) const override {
        return team_ ? "Connection Agreements of all accounts" : "My Connection Agreements";
    }

    void hear(ui::Ui& ui, const Route& route, Visit& visit) override {
        text_.hear(ui, route, visit);
        if (const auto column = ui.hear_sort(table_key_)) {
            const auto sorted = sorted_by(route, *column);
            tell("Sorted by " + header_of(*column) + ", " +
                     (sorted.query_value("order") == "descending" ? "descending." : "ascending."),
                 sorted.address());
            visit.follow(sorted.address());
        }
    }

    std::optional<Preparing> prepare(Context& context) override {
        if (!may_see(context)) return std::nullopt;
        auto& lines = context.lines;
        if (lines.read(context.workspace, context.revision)) return std::nullopt;
        return Preparing{.at = {"Putting the list together", "agreements", lines.progress()},
                         .hides_page = lines.all() == 0};
    }

    void build(Context& context) override {
        auto& ui = context.ui;
        if (!may_see(context)) {
            begin_team_page(context, heading(context));
            return;
        }
        exporting_ = exporting_ || is_making_zip(context);  // how it ends is told there
        // As the frame began: a button and what it opens say the same, in the frame of the press too.
        const bool shows_columns = choosing_columns_, shows_exporting = exporting_;
        build_title(context);
        if (shows_columns && context.lines.all() > 0) build_columns(context);
        {  // one row: what is typed, the filters chosen, what more there is to choose, and how many that leaves
            auto row = ui.row("toolbar");
            build_filters(context);
            context.lines.narrow({.states = chosen_filters(context.route), .text = text_.text()});
            context.lines.sort(context.route.query_value("sort"), context.route.query_value("order") == "descending");
            ui.status("count", grouped(context.lines.matching()) + " of " +
                                   count_of(context.lines.all(), "agreement", "agreements"));
            if (const auto sorted = context.route.query_value("sort"); columns_hidden(context).contains(sorted))
                ui.hint("Sorted by " + header_of(sorted) + ", which is not shown.", "sorted");
        }
        ui.announce("told", told_.address == context.route.address() ? told_.words : std::string());
        std::erase_if(chosen_, [&](const std::string& number) { return !context.lines.holds(number); });
        if (shows_exporting) build_exporting(context);
        build_table(context);
    }

private:
    bool may_see(const Context& context) const { return !team_ || context.sees_everything(); }

    // Downloads are recorded (V6), and only these can be.
    static bool takes_files(const Context& context) { return context.is_contact() || context.is_team(); }

    // Columns are as wide as all need that the state filters leave, and so keep their widths while somebody types.
    void measure_columns(const Context& context) {
        if (std::exchange(measured_, context.lines.measured()) == context.lines.measured()) return;
        widest_.clear();
        const auto chosen = takes_files(context) ? std::optional(false) : std::nullopt;
        for (std::size_t c = 0; c < agreement_columns().size(); ++c) {
            auto& cells = widest_.emplace_back();
            for (const auto line : context.lines.widest(c))
                cells.push_back(cell_of(context.lines.agreement(line), agreement_columns()[c],
                                        context.lines.words(line)[c], chosen));
        }
    }

    void build_title(Context& context) {
        auto& ui = context.ui;
        if (ui.is_narrow()) ui.heading(1, heading(context), "h1");
        auto row = ui.is_narrow() ? ui.row("title") : ui.title_row("title");
        if (!ui.is_narrow()) ui.heading(1, heading(context), "h1");
        if (team_ && context.is_team()) ui.link("create", "Create agreement", "#/team/agreements/create");
        if (context.lines.all() == 0) return;
        if (ui.button("columns", "Columns", ui::Tone::quiet,
                      {.expanded = choosing_columns_ ? semantics::Toggle::on : semantics::Toggle::off,
                       .closed_by_escape = true}))
            choosing_columns_ = !choosing_columns_;
        if (ui.button(
                "export", "Export", ui::Tone::quiet,
                {.expanded = exporting_ ? semantics::Toggle::on : semantics::Toggle::off, .closed_by_escape = true}))
            exporting_ = !exporting_;
    }

    // Each column with a tick. What is not shown still narrows the list, and goes out in exports.
    static void build_columns(Context& context) {
        auto& ui = context.ui;
        auto hidden = columns_hidden(context);
        auto card = ui.card("columns-shown");
        auto group = ui.group("columns", "Columns",
                              "Which columns you see beside the number. Exports always have all of them, and the "
                              "list is narrowed by all of them.");
        {
            auto grid = ui.grid("choices", 200);
            for (const auto& column : agreement_columns()) {
                const bool stays = column.key == identifier;
                bool on = !hidden.contains(column.key);
                if (stays) continue;
                if (!ui.checkbox(column.key, column.header, on)) continue;
                if (on) hidden.erase(std::string(column.key));
                else hidden.emplace(column.key);
                context.visit.prefer(hidden_columns, join({hidden.begin(), hidden.end()}, ","));
            }
        }
        auto row = ui.row("all");
        if (ui.button("show", "Show all columns", ui::Tone::secondary, {.disabled = hidden.empty()})) {
            hidden.clear();
            context.visit.prefer(hidden_columns, "");
        }
        const auto all = agreement_columns().size();
        ui.status("count", hidden.empty()
                               ? "All " + grouped(all) + " columns are shown."
                               : grouped(all - hidden.size()) + " of " + grouped(all) + " columns are shown.");
    }

    static std::set<std::string, std::less<>> columns_hidden(const Context& context) {
        std::set<std::string, std::less<>> hidden;
        const auto kept = context.visit.preference(hidden_columns);
        for (const auto& key : split(kept, ','))
            if (key != identifier &&
                std::ranges::find(agreement_columns(), key, &AgreementColumn::key) != agreement_columns().end())
                hidden.insert(key);
        return hidden;
    }

    static Columns columns_shown(const Context& context) {
        const auto hidden = columns_hidden(context);
        Columns shown;
        for (const auto& column : agreement_columns())
            if (!hidden.contains(column.key)) shown.push_back(&column);
        return shown;
    }

    // All that the filters leave, on whatever page of the list, in its order.
    static std::vector<std::string> shown_numbers(Context& context) {
        std::vector<std::string> numbers;
        for (const auto line : context.lines.shown(0, context.lines.matching()))
            numbers.push_back(context.lines.agreement(line).number);
        return numbers;
    }

    std::string chosen_words(Context& context) {
        const auto count = context.lines.matching();
        if (chosen_.empty() && count == 0) return "Nothing is shown, and nothing is chosen";
        if (chosen_.empty())
            return count == 1 ? "Nothing chosen: the one shown will be in the ZIP"
                              : "Nothing chosen: all " + grouped(count) + " shown will be in the ZIP";
        const auto is_chosen = [&](std::uint32_t line) {
            return chosen_.contains(context.lines.agreement(line).number);
        };
        const auto hidden =
            chosen_.size() - static_cast<std::size_t>(std::ranges::count_if(context.lines.shown(0, count), is_chosen));
        return grouped(chosen_.size()) + " chosen" +
               (hidden == 0 ? "" : ", " + grouped(hidden) + " of them not shown by these filters");
    }

    // What is done with many: asked for by “Export”, or by the first row that is ticked. What is chosen stays chosen
    // while the filters change, so that it can be gathered from several.
    void build_exporting(Context& context) {
        auto& ui = context.ui;
        if (context.lines.all() == 0) return;
        if (auto row = ui.row("choosing")) {
            if (takes_files(context)) {
                const bool is_making = is_making_zip(context);
                if (ui.button("zip", "Download as ZIP", ui::Tone::secondary,
                              {.disabled = chosen_.empty() && context.lines.matching() == 0, .busy = is_making}) &&
                    !is_making)
                    context.downloads.download_zip(numbers_for_zip(context));
            }
            if (context.lines.matching() > 0 && ui.button("csv", "Export CSV", ui::Tone::quiet)) export_csv(context);
            if (takes_files(context)) {
                if (ui.button("all", "Choose all shown", ui::Tone::quiet))
                    for (auto& number : shown_numbers(context)) chosen_.insert(std::move(number));
                if (ui.button("none", "Choose none", ui::Tone::quiet)) chosen_.clear();
                ui.status("chosen", chosen_words(context));
            }
        }
        ui.status("saved", told_.address == context.route.address() ? told_.saved : std::string());
        if (takes_files(context)) build_zip_job(context);
    }

    void export_csv(Context& context) {
        const auto numbers = shown_numbers(context);
        const auto file = "agreements-" + format_iso(london_date(context.now)) + ".csv";
        context.downloads.save_file(file, "text/csv",
                                    interop::to_csv(interop::agreement_rows(context.workspace, numbers)));
        const auto words = file + " is in your downloads: " + count_of(numbers.size(), "agreement", "agreements") + ".";
        told_ = {.words = {}, .saved = words, .address = context.route.address()};
    }

    void build_table(Context& context) {
        auto& ui = context.ui;
        const auto& route = context.route;
        const auto paging = paging_of(route, context.lines.matching(), rows_per_page);
        const auto columns = columns_shown(context);
        measure_columns(context);
        std::vector<ui::TableRow> rows;
        rows.reserve(paging.until - paging.from);
        for (const auto line : context.lines.shown(paging.from, paging.until)) {
            const auto& agreement = context.lines.agreement(line);
            rows.push_back(
                row_of(agreement, columns, context.lines.words(line),
                       takes_files(context) ? std::optional(chosen_.contains(agreement.number)) : std::nullopt));
        }
        table_key_ = ui.full_key("agreements");
        const auto result = ui.table("agreements", table_columns(route, columns), rows,
                                     {.caption = "Agreements",
                                      .hidden_caption = true,
                                      .empty = ui::Words(empty_words(context)),
                                      .lines_max = 2,
                                      .sorting = &sorting_,
                                      .counted = {context.lines.matching(), paging.from}});
        for (const auto& [number, on] : result.ticked) {
            if (on) chosen_.insert(number);
            else chosen_.erase(number);
        }
        if (!result.ticked.empty()) exporting_ = !chosen_.empty();
        build_paging(context, paging, "agreements");
    }

    static bool is_making_zip(const Context& context) {
        const auto* job = context.downloads.zip_job();
        return job && job->is_under_way();
    }

    // By number, however the list is sorted.
    std::vector<std::string> numbers_for_zip(Context& context) {
        if (!chosen_.empty()) return {chosen_.begin(), chosen_.end()};
        auto numbers = shown_numbers(context);
        std::ranges::sort(numbers);
        return numbers;
    }

    // What hides the rest: the state filters, the words typed, or both.
    std::string empty_words(const Context& context) const {
        if (context.lines.matching() > 0) return {};
        if (context.lines.all() > 0) {
            std::vector<std::string> hidden;
            const auto filters = chosen_filters(context.route);
            for (const auto& filter : state_filters()) {
                if (filters.empty() || std::ranges::find(filters, filter.name) != filters.end()) continue;
                if (const auto count = context.lines.in_state(filter); count > 0)
                    hidden.push_back(grouped(count) + " with “" + std::string(filter.words) + "”");
            }
            std::string words = "No agreement matches.";
            if (!text_.text().empty()) words += " Only those with “" + text_.text() + "” are shown.";
            if (!hidden.empty()) words += " The state filters hide " + join(hidden, ", ") + ".";
            return words + " Choose Clear All to see all " + count_of(context.lines.all(), "agreement", "agreements") +
                   ".";
        }
        if (!context.sees_everything() && !context.is_contact() && !context.shared)
            return "A visitor sees no agreements. Choose who you are under Acting as, or register your organisation "
                   "first.";
        if (!context.sees_everything())
            return "There are no agreements for this account yet. One that is ready for your review will be listed "
                   "here and under Notifications.";
        return "There are no agreements in this workspace yet. Import a ServiceNow export, or start with sample data, "
               "under Data in this browser.";
    }

    void build_filters(Context& context) {
        auto& ui = context.ui;
        const auto& route = context.route;
        const auto filters = chosen_filters(route);
        if (auto form = ui.search("filter"))
            text_.build(context, "text", "Filter agreements", {},
                        ui.is_narrow() ? ui::FieldWidth::full : ui::FieldWidth::fifteen);
        const bool types = !text_.text().empty();
        if (!focus_next_.empty()) ui.focus(ui.full_key(std::exchange(focus_next_, {})));
        for (const auto& filter : state_filters()) {
            if (std::ranges::find(filters, filter.name) == filters.end()) continue;
            const auto name = "Remove filter: " + std::string(filter.words);
            if (!ui.button(filter.name, std::string(filter.words) + "  \u00d7", ui::Tone::plain, {.hidden_name = name}))
                continue;
            auto fewer = filters;
            std::erase(fewer, filter.name);
            focus_next_ = fewer.empty() && !types ? "add" : "clear";
            const auto address = with_filters(route, fewer).address();
            tell("Filter removed.", address);
            context.visit.open(address);
        }
        if (filters.empty() && !types) ui.hint("Every state is shown.", "none-chosen");
        if ((!filters.empty() || types) && ui.button("clear", "Clear All", ui::Tone::quiet)) {
            focus_next_ = "add";
            const auto address = with_filters(route, {}).with("q", "").address();
            tell("All filters are cleared.", address);
            context.visit.open(address);
        }
        build_more_filters(context, filters);
    }

    void build_more_filters(Context& context, const std::vector<std::string>& filters) {
        auto& ui = context.ui;
        std::vector<ui::Choice> more{{.value = "", .label = "Choose a state"}};
        for (const auto& filter : state_filters())
            if (std::ranges::find(filters, filter.name) == filters.end())
                more.push_back({std::string(filter.name), std::string(filter.words)});
        if (more.size() > 1) {
            // Moving through the choices changes nothing: the button does.
            if (std::ranges::find(more, adding_, &ui::Choice::value) == more.end()) adding_.clear();
            if (ui.select("add", "Add a filter", more, adding_,
                          {.error = adding_error_, .width = ui::FieldWidth::twenty}))
                adding_error_.clear();
            if (ui.button("add-chosen", "Add filter")) {
                adding_error_ = adding_.empty() ? "Choose a state to add" : "";
                if (adding_.empty()) ui.focus(ui.full_key("add"));
                else add_filter(context, filters);
            }
        }
        if (join(filters, ",") != default_filters &&
            ui.button("default", "Show Active and Under Review", ui::Tone::quiet)) {
            focus_next_ = "clear";
            const auto address = context.route.with("state", "").with("from", "").address();
            tell("The default filters are set.", address);
            context.visit.open(address);
        }
    }

    void tell(std::string words, std::string address) {
        told_ = {.words = std::move(words), .saved = {}, .address = std::move(address)};
    }

    void add_filter(Context& context, const std::vector<std::string>& filters) {
        auto wider = filters;
        wider.push_back(std::exchange(adding_, {}));
        focus_next_ = wider.size() == state_filters().size() ? "clear" : "add";  // nothing may be left to add
        // In the order of the list above, so that the same choice has the same address.
        std::vector<std::string> ordered;
        for (const auto& filter : state_filters())
            if (std::ranges::find(wider, filter.name) != wider.end()) ordered.emplace_back(filter.name);
        const auto address = with_filters(context.route, ordered).address();
        tell("Filter added.", address);
        context.visit.open(address);
    }

    std::vector<ui::TableColumn> table_columns(const Route& route, const Columns& columns) const {
        std::vector<ui::TableColumn> made;
        const auto sorted = route.query_value("sort");
        for (const auto* shown : columns) {
            const auto& column = *shown;
            auto sort = semantics::Sort::unsorted;
            if (column.key == sorted)
                sort = route.query_value("order") == "descending" ? semantics::Sort::descending
                                                                  : semantics::Sort::ascending;
            made.push_back({.key = std::string(column.key),
                            .header = std::string(column.header),
                            .sortable = true,
                            .sort = sort,
                            .whole = std::string(column.whole),
                            .widest = widest_[static_cast<std::size_t>(shown - agreement_columns().data())]});
        }
        return made;
    }

    static std::string header_of(std::string_view key) {
        for (const auto& column : agreement_columns())
            if (column.key == key) return std::string(column.header);
        return {};
    }

    static Route sorted_by(const Route& route, std::string_view column) {
        const bool again = route.query_value("sort") == column && route.query_value("order") != "descending";
        return route.with("sort", column).with("order", again ? "descending" : "").with("from", "");
    }

    bool team_;
    FilterText text_;
    std::string table_key_;
    std::vector<std::vector<ui::CellContent>> widest_;  // cells of each column, that it is measured by
    std::uint64_t measured_ = 0;                        // that of the lines
    std::string focus_next_;                            // beside the filter whose button has gone with it
    std::string adding_, adding_error_;                 // the state chosen to be added, and that none is
    struct Told {
        std::string words, saved, address;
    };
    bool choosing_columns_ = false, exporting_ = false;
    bool sorting_ = false;          // on a phone: the ways to sort are open
    Told told_;                     // what the last press of a button did, and of which address that is true
    std::set<std::string> chosen_;  // numbers, for the ZIP
};

}  // namespace

std::unique_ptr<Page> make_agreements_page(bool team) { return std::make_unique<AgreementsPage>(team); }

}  // namespace ca::pages
