// My cases: every case of the account, newest first. Query: `q` = the typed filter; `open` = "only": without those that
// are Resolved or Closed.

#include "base/text.h"
#include "pages/catalogue.h"
#include "pages/derived.h"
#include "pages/present.h"

#include <algorithm>
#include <tuple>

namespace ca::pages {
namespace {

class CasesPage : public Page {
public:
    explicit CasesPage(bool team) : team_(team) {}
    std::string heading(const Context&) const override { return team_ ? "Cases of all accounts" : "My cases"; }

    void hear(ui::Ui& ui, const Route& route, Visit& visit) override { text_.hear(ui, route, visit); }

    void build(Context& context) override {
        auto& ui = context.ui;
        if (team_ && !context.sees_everything()) {
            begin_team_page(context, heading(context));
            return;
        }
        ui.heading(1, heading(context), "h1", team_ ? "Agreement team" : "My Extras");
        ui.paragraph(team_ ? "Messages between connecting parties and the connection agreement team."
                           : "Messages between you and the NHS England connection agreement team. To ask something "
                             "new, open the agreement and choose Raise a query.");
        text_.build(context, "filter", "Filter cases");
        bool open_only = context.route.query_value("open") == "only";
        if (ui.checkbox("open-only", "Only cases that are not Resolved or Closed", open_only))
            context.visit.open(context.route.with("open", open_only ? "only" : "").with("from", "").address());
        if ((open_only || !text_.text().empty()) && ui.button("clear", "Clear All")) {
            ui.focus(ui.full_key("filter"));
            told_ = "All filters are cleared.";
            context.visit.open(context.route.with("open", "").with("q", "").address());
        }

        const auto& lines = lines_.of(context, lines_of);
        const auto wanted = fold_for_search(trim(text_.text()));
        std::vector<const lifecycle::Case*> shown;
        for (const Line& line : lines.all) {
            if (open_only && !line.item->is_open()) continue;
            if (line.folded.find(wanted) != std::string::npos) shown.push_back(line.item);
        }
        const auto paging = paging_of(context.route, shown.size());
        std::vector<ui::TableRow> rows;
        for (std::size_t i = paging.from; i < paging.until; ++i) rows.push_back(row_of(context, *shown[i]));
        ui.status("count", grouped(shown.size()) + " of " + count_of(lines.all.size(), "case", "cases"));
        ui.status("told", open_only || !text_.text().empty() ? "" : told_);
        static const std::vector<ui::TableColumn> columns{
            {.key = "number", .header = "Number"},       {.key = "kind", .header = "Kind"},
            {.key = "agreement", .header = "Agreement"}, {.key = "account", .header = "Account"},
            {.key = "state", .header = "State"},         {.key = "opened", .header = "Opened"}};
        ui.table("cases", columns, rows,
                 {.caption = "Cases",
                  .hidden_caption = true,
                  .empty = empty_words(context, lines.all.size(), open_only ? lines.ended : 0)});
        build_paging(context, paging, "cases");
    }

private:
    struct Line {
        const lifecycle::Case* item;
        std::string folded;  // all that a row says, for the filter
    };
    struct Lines {
        std::vector<Line> all{};  // the newest first
        std::size_t ended = 0;
    };
    static Lines lines_of(const lifecycle::Sight& seen) {
        Lines lines;
        for (const auto& [number, item] : seen.cases) {
            lines.all.push_back(
                {&item, fold_for_search(number + " " + item.agreement + " " + account_name(seen, item.account) + " " +
                                        kind_of(item) + " " + mark_of(item).words)});
            if (!item.is_open()) ++lines.ended;
        }
        std::ranges::sort(lines.all, [](const Line& a, const Line& b) {
            return std::tie(b.item->opened, b.item->number) < std::tie(a.item->opened, a.item->number);
        });
        return lines;
    }
    static std::string kind_of(const lifecycle::Case& item) {
        return item.kind == lifecycle::CaseKind::acceptance ? "Acceptance" : "Query";
    }
    static ui::TableRow row_of(const Context& context, const lifecycle::Case& item) {
        const auto mark = mark_of(item);
        return {.key = item.number,
                .cells = {{.words = item.number, .href = case_address(item.number), .header = true},
                          {.words = kind_of(item)},
                          {.words = item.agreement, .href = agreement_address(item.agreement)},
                          {.words = account_name(context.workspace, item.account)},
                          {.words = mark.words, .tag = mark.kind},
                          {.words = date_and_time(item.opened)}}};
    }

    // What hides the rest, and how to see it.
    std::string empty_words(const Context& context, std::size_t all, std::size_t hidden) const {
        if (all == 0 && context.sees_everything())
            return "There are no cases yet. One opens with each new agreement, and when a query is raised.";
        if (all == 0)
            return "There are no cases for you yet. One opens with each new agreement; to ask something, open the "
                   "agreement and choose Raise a query.";
        std::string words = "No case matches.";
        if (!text_.text().empty()) words += " Only those with “" + text_.text() + "” are shown.";
        if (hidden > 0)
            words += " " + count_of(hidden, "case is", "cases are") + " hidden, because " +
                     (hidden == 1 ? "it is" : "they are") + " Resolved or Closed.";
        return words + " Choose Clear All to see all " + count_of(all, "case", "cases") + ".";
    }

    Derived<Lines> lines_;
    std::string told_;
    bool team_;
    FilterText text_;
};

}  // namespace

std::unique_ptr<Page> make_cases_page(bool team) { return std::make_unique<CasesPage>(team); }

}  // namespace ca::pages
