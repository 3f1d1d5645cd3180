// The first page: the one thing to do first, what waits, how much there is of it all, and on a first visit how to
// begin.

#include "pages/catalogue.h"
#include "pages/needs_a_hand.h"
#include "pages/present.h"

#include <algorithm>
#include <set>

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
        const auto list = waiting(context);
        build_first_task(context, list);
        build_counts(context, list.size());
        build_waiting(context, list);
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
        if (offers_sample(context)) {
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

    // ---- What to do first, one thing for each kind of person ----------------------------------------------

    struct Task {
        std::string heading, words, link, address;
    };
    Task first_task(const Context& context, const std::vector<Waiting>& list) {
        if (context.is_contact()) return task_of_contact(context, list);
        if (context.is_team()) return task_of_team(context);
        if (context.is_product_team())
            return {
                "Ask for an agreement",
                "When an account is ready to connect to your API product, ask the agreement team for its agreement.",
                "Agreement requests", "#/team/requests"};
        return {"Register for an account",
                "Then you see the agreements of your account. To accept them you also need to be nominated as an "
                "onboarding contact.",
                "Register for an account", "#/register"};
    }

    static Task task_of_contact(const Context& context, const std::vector<Waiting>& list) {
        // One that nobody has to do anything about comes after those that wait for an answer.
        const auto to_accept = std::ranges::find_if(list, [](const Waiting& each) {
            return each.agreement->signature_type == lifecycle::SignatureType::accepted_via_portal &&
                   each.view.review && each.view.review->last_day;
        });
        if (to_accept != list.end()) {
            const auto& review = *to_accept->view.review;
            const auto last = days_left_in_words(review, context.now) + ".";
            const auto* person = context.contact();
            const bool may_accept = person && person->onboarding_contact;
            return {(may_accept ? "Accept by " : "To be accepted by ") + format_words(*review.last_day),
                    to_accept->agreement->name + " waits for " +
                        (may_accept ? "you to accept it. " : "an onboarding contact of your account. ") + last,
                    "Review " + to_accept->agreement->number, agreement_address(to_accept->agreement->number)};
        }
        if (!list.empty())
            return {
                "Read the new terms",
                list.front().agreement->name + (list.front().view.review && !list.front().view.review->held_by.empty()
                                                    ? " becomes Active by itself once its open query is settled."
                                                    : " becomes Active by itself. You can ask about it until then."),
                "Review " + list.front().agreement->number, agreement_address(list.front().agreement->number)};
        return {"You have nothing to do", "No agreement of your account is under review.", "See all agreements",
                "#/agreements"};
    }

    Task task_of_team(const Context& context) {
        const auto& all = needs_.of(context);
        if (all.empty())
            return {"Nothing needs a hand today", "No draft is late, and no query waits on a running clock.",
                    "See all agreements", "#/agreements"};
        const auto& first = all.front();
        std::set<std::string> subjects;  // one can need it for more than one reason
        for (const auto& each : all) subjects.insert(each.subject);
        return {count_of(subjects.size(), "record needs a hand today", "records need a hand today"),
                "First of all " + first.subject + " of " + account_name(context.workspace, first.account) + ". " +
                    first.words,
                "What needs a hand today", "#/team"};
    }

    void build_first_task(Context& context, const std::vector<Waiting>& list) {
        auto& ui = context.ui;
        const Task task = first_task(context, list);
        auto card = ui.inset("first");
        ui.heading(2, task.heading, "heading");
        ui.paragraph(task.words, ui::TextSize::body, "words");
        ui.link("link", task.link, task.address);
    }

    // ---- How much there is --------------------------------------------------------------------------------

    void build_counts(Context& context, std::size_t under_review) {
        if (!context.is_contact() && !context.sees_everything()) return;
        read_counts(context);
        auto& ui = context.ui;
        auto section = ui.section("counts", "At a glance");
        auto card = ui.card("card");
        auto row = ui.row("numbers");
        const auto count = [&](std::string_view key, std::size_t number, std::string_view one, std::string_view many,
                               std::string_view address) { ui.link(key, count_of(number, one, many), address); };
        count("review", under_review, "agreement under review", "agreements under review",
              "#/agreements?state=draft-under-review");
        count("active", active_, "active agreement", "active agreements", "#/agreements?state=active");
        count("cases", open_cases_, "open case", "open cases",
              context.is_team() ? "#/team/cases?open=only" : "#/cases?open=only");
        if (context.is_team()) count("outbox", to_send_, "message to send", "messages to send", "#/team/outbox");
        else
            count("notifications", context.workspace.notifications.size(),
                  context.is_contact() ? "message to you" : "notification",
                  context.is_contact() ? "messages to you" : "notifications", "#/notifications");
    }

    // Once for each state of the workspace.
    void read_counts(const Context& context) {
        if (counted_ == std::pair(context.revision, context.actor)) return;
        counted_ = {context.revision, context.actor};
        const auto count = [](const auto& all, auto&& holds) {
            return static_cast<std::size_t>(std::ranges::count_if(all, holds));
        };
        active_ = count(visible_agreements(context),
                        [](const auto* agreement) { return agreement->state == lifecycle::State::active; });
        open_cases_ = count(visible_cases(context), [](const auto* each) { return each->is_open(); });
        to_send_ = count(context.workspace.notifications,
                         [](const auto& notification) { return !notification.marked_sent.has_value(); });
    }

    // ---- What waits ---------------------------------------------------------------------------------------

    static void build_waiting(Context& context, const std::vector<Waiting>& list) {
        constexpr std::size_t shown = 10;
        auto& ui = context.ui;
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
        auto list = ui.card_list("ways", 260);
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
        if (context.sees_everything())
            way("register", "Register for an account", "#/register", "For contacts who are not registered yet.");
        way("nomination", "Supplier Onboarding Contact Nomination", "#/nomination",
            "Only an onboarding contact can accept an agreement.");
        way("data", "Data in this browser", "#/data", "Import, export, backup and storage.");
    }

    NeedsAHand needs_;
    std::optional<std::pair<std::uint64_t, lifecycle::Actor>> counted_;  // for whom, and of which revision
    std::size_t active_ = 0, open_cases_ = 0, to_send_ = 0;
};

}  // namespace

std::unique_ptr<Page> make_start_page() { return std::make_unique<StartPage>(); }

}  // namespace ca::pages
