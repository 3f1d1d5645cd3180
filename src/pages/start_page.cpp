// The first page: what this is, what waits for this person, and on a first visit how to begin.

#include "pages/catalogue.h"
#include "pages/present.h"

#include <algorithm>

namespace ca::pages {
namespace {

struct Waiting {
    const lifecycle::Agreement* agreement;
    lifecycle::AgreementView view;
};

class StartPage : public Page {
public:
    std::string heading(const Context&) const override { return "Connection Agreements"; }

    void build(Context& context) override {
        auto& ui = context.ui;
        ui.heading(1, "Connection Agreements", "h1");
        const bool empty = context.workspace.is_of_nobody() && context.workspace.terms.empty();
        if (empty) return build_first_run(context);
        take_sample(context);
        ui.paragraph(lead(context), ui::TextSize::lead, "lead");
        build_waiting(context);
        build_ways(context);
    }

private:
    static std::string lead(const Context& context) {
        if (const auto* person = context.contact())
            return "Review and accept the connection agreements of " +
                   account_name(context.workspace, person->account) +
                   ", ask questions about them, and keep their PDF documents.";
        if (context.is_team())
            return "Create, issue, uplift, pause and end the connection agreements of every account.";
        if (context.is_product_team())
            return "Request connection agreements for accounts whose products are ready to connect.";
        return "Each supplier that connects to NHS England services holds a digital connection agreement. Register to "
               "see those of your account.";
    }

    void build_first_run(Context& context) {
        auto& ui = context.ui;
        ui.paragraph(
            "Hold, review and accept digital connection agreements with NHS England, in this browser, online and "
            "offline.",
            ui::TextSize::lead, "lead");
        ui.paragraph(
            "This workspace is empty. Everything that you do is kept in this browser only, and nothing is sent "
            "anywhere. A private window keeps it only until it is closed.",
            ui::TextSize::body, "words");
        ui.heading(2, "Begin", "begin");
        auto grid = ui.grid("ways", 300);
        {
            auto card = ui.card("import");
            ui.heading(3, "Bring your records", "heading");
            ui.paragraph(
                "Import a ServiceNow export, terms documents, or a backup of this portal. You see what will change "
                "before anything does.",
                ui::TextSize::body, "words");
            ui.link("link", "Import records", "#/data");
        }
        {
            auto card = ui.card("sample");
            ui.heading(3, "Look around first", "heading");
            ui.paragraph("A small made-up world with agreements in every state. You can erase it at any time.",
                         ui::TextSize::body, "words");
            if (ui.button("start", "Start with sample data", ui::Tone::primary, {.busy = is_saving(context, "sample")}))
                context.keeping.start_with_sample_data("sample");
            saving_status(context, "sample");
        }
        {
            auto card = ui.card("guide");
            ui.heading(3, "Learn how it works", "heading");
            ui.paragraph("What the states mean, how long you have, and who can accept.", ui::TextSize::body, "words");
            ui.link("link", "Help", "#/help");
        }
    }

    static std::vector<Waiting> waiting(const Context& context) {
        std::vector<Waiting> list;
        for (const auto* agreement : visible_agreements(context))
            if (agreement->substate == lifecycle::Substate::under_review)
                list.push_back({agreement, lifecycle::view(context.workspace, *agreement, context.now)});
        // The nearest deadline first; paused and held ones, which have none, last.
        std::ranges::stable_sort(list, [](const Waiting& a, const Waiting& b) {
            const auto end = [](const Waiting& w) {
                return w.view.review && w.view.review->closes_at ? w.view.review->closes_at->seconds : INT64_MAX;
            };
            return end(a) < end(b);
        });
        return list;
    }

    void build_waiting(Context& context) {
        constexpr std::size_t shown = 10;
        auto& ui = context.ui;
        const auto list = waiting(context);
        ui.heading(2, context.is_contact() ? "Waiting for you" : "Under review", "waiting-heading");
        if (list.empty()) {
            ui.paragraph("Nothing is under review at the moment.", ui::TextSize::body, "nothing");
            return;
        }
        static const std::vector<ui::TableColumn> columns{{.key = "number", .header = "Number"},
                                                          {.key = "name", .header = "Name"},
                                                          {.key = "what", .header = "What happens"},
                                                          {.key = "day", .header = "Review"},
                                                          {.key = "state", .header = "State"}};
        std::vector<ui::TableRow> rows;
        for (std::size_t i = 0; i < std::min(list.size(), shown); ++i) {
            const auto& [agreement, view] = list[i];
            const auto mark = mark_of(*agreement);
            std::string what;
            if (!view.review || !view.review->last_day) what = "The clock is paused";
            else if (!view.review->held_by.empty()) what = "Held until the query is resolved";
            else if (agreement->signature_type == lifecycle::SignatureType::accepted_via_portal)
                what = "Accept by " + format_words(*view.review->last_day);
            else what = "Active by itself after " + format_words(*view.review->last_day);
            rows.push_back(
                {.key = agreement->number,
                 .cells = {{.words = agreement->number, .href = agreement_address(agreement->number), .header = true},
                           {.words = agreement->name},
                           {.words = what},
                           {.words = view.review ? "Day " + std::to_string(view.review->day) + " of " +
                                                       std::to_string(view.review->window_days)
                                                 : ""},
                           {.words = mark.words, .tag = mark.kind}}});
        }
        ui.table("waiting", columns, rows, {.caption = "Agreements under review", .hidden_caption = true});
        if (list.size() > shown)
            ui.link("all", "See all " + grouped(list.size()) + " agreements under review",
                    "#/agreements?state=draft-under-review");
        ui.redraw_at(london_midnight(london_date(context.now) + 1));
    }

    static void build_ways(Context& context) {
        auto& ui = context.ui;
        ui.heading(2, "Go to", "ways-heading");
        auto grid = ui.grid("ways", 260);
        const auto way = [&](std::string_view key, std::string_view title, std::string_view address,
                             std::string_view words) {
            auto card = ui.card(key);
            ui.link("link", title, address);
            ui.paragraph(std::string(words), ui::TextSize::body, "words");
        };
        way("agreements", "My Connection Agreements", "#/agreements",
            "Every agreement that you may see, with filters.");
        way("cases", "My cases", "#/cases", "Questions and answers with the agreement team.");
        way("notifications", "Notifications", "#/notifications", "What is addressed to whom, and since when.");
        way("changes", "Connection Agreement Published Changes", "#/changes",
            "What each version of the terms changed.");
        if (!context.is_contact())
            way("register", "Register for an account", "#/register", "For contacts who are not registered yet.");
        way("nomination", "Supplier Onboarding Contact Nomination", "#/nomination",
            "Only an onboarding contact can accept an agreement.");
        way("data", "Data in this browser", "#/data", "Import, export, backup and storage.");
    }
};

}  // namespace

std::unique_ptr<Page> make_start_page() { return std::make_unique<StartPage>(); }

}  // namespace ca::pages
