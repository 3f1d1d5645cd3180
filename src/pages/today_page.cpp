// What needs a hand today: one list of it all, the most urgent first, each with its reason. Query: `reason` = only
// those of one (its name below).

#include "pages/catalogue.h"
#include "pages/needs_a_hand.h"
#include "pages/present.h"

namespace ca::pages {
namespace {

class TodayPage : public Page {
public:
    std::string heading(const Context&) const override { return "What needs a hand today"; }

    void build(Context& context) override {
        auto& ui = context.ui;
        if (!begin_team_page(context, heading(context))) return;
        const auto& all = needs_.of(context);
        if (all.empty()) {
            ui.paragraph("Nothing needs a hand at the moment.", ui::TextSize::body, "nothing");
            return;
        }
        const auto* chosen = reason_named(context.route.query_value("reason"));
        build_reasons(context, all, chosen);
        std::vector<const lifecycle::NeedsAttention*> shown;
        for (const auto& item : all)
            if (!chosen || item.what == chosen->what) shown.push_back(&item);
        const auto paging = paging_of(context.route, shown.size());
        std::vector<ui::TableRow> rows;
        for (std::size_t i = paging.from; i < paging.until; ++i) rows.push_back(row_of(context, *shown[i]));
        static const std::vector<ui::TableColumn> columns{{.key = "reason", .header = "Reason"},
                                                          {.key = "record", .header = "Record"},
                                                          {.key = "account", .header = "Account"},
                                                          {.key = "words", .header = "What to do"},
                                                          {.key = "until", .header = "By"}};
        ui.table("rows", columns, rows, {.caption = "What needs a hand", .hidden_caption = true});
        build_paging(context, paging, "records");
    }

private:
    static void build_reasons(Context& context, const std::vector<lifecycle::NeedsAttention>& all,
                              const Reason* chosen) {
        auto& ui = context.ui;
        std::vector<ui::Choice> choices{{.value = "", .label = "Everything (" + grouped(all.size()) + ")"}};
        for (const Reason& reason : reasons()) {
            const auto count = count_of_reason(all, reason.what);
            if (count > 0 || &reason == chosen)
                choices.push_back({.value = std::string(reason.name),
                                   .label = std::string(reason.title) + " (" + grouped(count) + ")"});
        }
        std::string value = chosen ? std::string(chosen->name) : "";
        if (ui.select("reason", "Show", choices, value, {.width = ui::FieldWidth::thirty}))
            context.visit.replace(context.route.with("reason", value).with("from", "").address());
        // A record that needs a hand for two reasons has two rows.
        const auto things = count_of(all.size(), "thing to do", "things to do");
        ui.status("count", chosen ? grouped(count_of_reason(all, chosen->what)) + " of " + things : things);
    }

    static ui::TableRow row_of(const Context& context, const lifecycle::NeedsAttention& item) {
        const Reason& reason = reason_of(item.what);
        const bool is_request = item.what == lifecycle::Attention::request_waiting;
        return {.key = std::string(reason.name) + "-" + item.subject,
                .cells = {{.words = reason.tag, .tag = reason.kind},
                          {.words = item.subject,
                           .href = is_request ? "#/team/requests" : agreement_address(item.subject),
                           .header = true},
                          {.words = account_name(context.workspace, item.account)},
                          {.words = item.words},
                          {.words = item.until ? moment_in_words(*item.until) : ""}}};
    }

    NeedsAHand needs_;
};

}  // namespace

std::unique_ptr<Page> make_today_page() { return std::make_unique<TodayPage>(); }

}  // namespace ca::pages
