// My cases: every case of the account, newest first. Query: `q` = the typed filter; `open` = "only": without those that
// are Resolved or Closed.

#include "base/text.h"
#include "pages/catalogue.h"
#include "pages/present.h"

#include <algorithm>

namespace ca::pages {
namespace {

class CasesPage : public Page {
public:
    explicit CasesPage(bool team) : team_(team) {}
    std::string heading(const Context&) const override { return team_ ? "Cases of all accounts" : "My cases"; }

    void hear(ui::Ui& ui, const Route& route, Visit& visit) override { text_.hear(ui, route, visit); }

    void build(Context& context) override {
        auto& ui = context.ui;
        ui.heading(1, heading(context), "h1", team_ ? "Agreement team" : "My Extras");
        ui.paragraph(team_ ? "Messages between connecting parties and the connection agreement team."
                           : "Messages between you and the NHS England connection agreement team. To ask something "
                             "new, open the agreement and choose Raise a query.");
        text_.build(context, "filter", "Filter cases");
        bool open_only = context.route.query_value("open") == "only";
        if (ui.checkbox("open-only", "Only cases that are not Resolved or Closed", open_only))
            context.visit.open(context.route.with("open", open_only ? "only" : "").address());
        if ((open_only || !text_.text().empty()) && ui.button("clear", "Clear All")) {
            ui.focus(ui.full_key("filter"));
            told_ = "All filters are cleared.";
            context.visit.open(context.route.with("open", "").with("q", "").address());
        }

        auto all = visible_cases(context);
        std::ranges::sort(all, [](const auto* a, const auto* b) {
            return std::pair(b->opened, b->number) < std::pair(a->opened, a->number);
        });
        const auto wanted = fold_for_search(trim(text_.text()));
        std::vector<ui::TableRow> rows;
        const auto ended =
            static_cast<std::size_t>(std::ranges::count_if(all, [](const auto* item) { return !item->is_open(); }));
        for (const auto* item : all) {
            if (open_only && !item->is_open()) continue;
            const auto mark = mark_of(*item);
            const auto account = account_name(context.workspace, item->account);
            const std::string kind = item->kind == lifecycle::CaseKind::acceptance ? "Acceptance" : "Query";
            if (fold_for_search(item->number + " " + item->agreement + " " + account + " " + kind + " " + mark.words)
                    .find(wanted) == std::string::npos)
                continue;
            rows.push_back({.key = item->number,
                            .cells = {{.words = item->number, .href = case_address(item->number), .header = true},
                                      {.words = kind},
                                      {.words = item->agreement, .href = agreement_address(item->agreement)},
                                      {.words = account},
                                      {.words = mark.words, .tag = mark.kind},
                                      {.words = date_and_time(item->opened)}}});
        }
        ui.status("count", grouped(rows.size()) + " of " + count_of(all.size(), "case", "cases"));
        ui.status("told", open_only || !text_.text().empty() ? "" : told_);
        static const std::vector<ui::TableColumn> columns{
            {.key = "number", .header = "Number"},       {.key = "kind", .header = "Kind"},
            {.key = "agreement", .header = "Agreement"}, {.key = "account", .header = "Account"},
            {.key = "state", .header = "State"},         {.key = "opened", .header = "Opened"}};
        ui.table("cases", columns, rows,
                 {.caption = "Cases",
                  .hidden_caption = true,
                  .empty = empty_words(context, all.size(), open_only ? ended : 0)});
    }

private:
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

    std::string told_;
    bool team_;
    FilterText text_;
};

}  // namespace

std::unique_ptr<Page> make_cases_page(bool team) { return std::make_unique<CasesPage>(team); }

}  // namespace ca::pages
