// One case: its activity, a note, the watch list; for the agreement team also replies, work notes and what moves its
// state.

#include "base/text.h"
#include "documents/agreement_document.h"
#include "pages/catalogue.h"
#include "pages/present.h"

#include <set>
#include <utility>

namespace ca::pages {
namespace {

class CasePage : public Page {
public:
    explicit CasePage(std::string number) : number_(std::move(number)) {}
    std::string heading(const Context& context) const override { return find(context) ? number_ : "Case not found"; }
    bool has_errors() const override { return errors_shown_; }

    void build(Context& context) override {
        const auto* item = find(context);
        if (!item) return build_not_found(context, "Case");
        auto& ui = context.ui;
        take_answers(context);
        const auto note_errors = errors_of(context.session.outcome("note"), {{"text", "note/text"}});
        const auto watch_errors =
            errors_of(context.session.outcome("watch"), {{"email", "watching/watch/email", "Enter an email address"}});
        auto problems = note_errors.problems;
        problems.insert(problems.end(), watch_errors.problems.begin(), watch_errors.problems.end());
        errors_shown_ = !problems.empty();
        ui.error_summary(problems);

        ui.heading(1, number_, "h1", item->kind == lifecycle::CaseKind::acceptance ? "Acceptance case" : "Query");
        {
            auto fields = ui.fields("summary");
            {
                auto field = ui.field("state", "State");
                const auto mark = mark_of(*item);
                ui.tag("tag", mark.words, mark.kind);
            }
            {
                auto field = ui.field("agreement", "Connection Agreement");
                ui.link("link", item->agreement, agreement_address(item->agreement));
            }
            {
                auto field = ui.field("account", "Account");
                ui.paragraph(account_name(context.workspace, item->account) + " (" + item->account + ")",
                             ui::TextSize::body, "value");
            }
            auto field = ui.field("opened", "Opened");
            ui.paragraph(date_and_time(item->opened) + (item->opened_by.empty() ? "" : " by " + item->opened_by),
                         ui::TextSize::body, "value");
        }
        build_activity(context, *item);
        build_download(context, *item);
        build_note(context, *item, note_errors);
        build_watch_list(context, *item, watch_errors);
    }

private:
    const lifecycle::Case* find(const Context& context) const { return context.workspace.find_case(number_); }

    void take_answers(Context& context) {
        if (take_saved(context, "note")) {
            note_.clear();
            note_told_ = "Saved: it is on the case.";
        }
        if (take_saved(context, "watch")) {
            watch_told_ = watched_ + (removing_ ? " is no longer on the watch list."
                                                : " is on the watch list: it gets a copy of each new entry.");
            if (std::exchange(removing_, false))
                context.ui.focus(context.ui.full_key("watching/heading"));  // its button is gone
            else email_.clear();
        }
    }

    // The changes of state, and who of those that wrote are customers: told by the record alone. Read once for each
    // state of the workspace.
    void read_record(const Context& context, const lifecycle::Case& item) {
        if (read_at_ == context.revision) return;
        read_at_ = context.revision;
        steps_.clear();
        customers_.clear();
        const auto take = [&](const lifecycle::Event& event) {
            if (event.entity != number_) return;
            if (const auto* step = std::get_if<lifecycle::CaseStateChanged>(&event.body))
                steps_.push_back({.at = event.at, .state = step->state});
            if (const auto* written = std::get_if<lifecycle::CaseEntryAdded>(&event.body);
                written && event.by.role == lifecycle::Role::contact)
                customers_.insert(written->author);
        };
        for (const auto& entry : context.record.stream(item.account)) take(entry.event);
        for (const auto& event : context.record.due(context.now)) take(event);
        // What came with an import has no event: then a contact is known by the name.
        for (const auto& contact : context.workspace.book_of(item.account).contacts) customers_.insert(contact->name);
    }

    void build_activity(Context& context, const lifecycle::Case& item) {
        auto& ui = context.ui;
        read_record(context, item);
        ui.heading(2, "Activity", "activity-heading");
        auto log = ui.log("activity", "Activity");
        build_step(ui, "opened", "Opened" + (item.opened_by.empty() ? "" : " by " + item.opened_by), item.opened);
        std::size_t step = 0;
        const auto steps_until = [&](std::optional<Instant> at) {
            for (; step < steps_.size() && (!at || steps_[step].at < *at); ++step)
                build_step(ui, "step-" + std::to_string(step + 1),
                           "The case became " + std::string(to_words(steps_[step].state)), steps_[step].at);
        };
        for (std::size_t i = 0; i < item.activity.size(); ++i) {
            steps_until(item.activity[i].at);
            // Entries are only ever added at the end: their place is their identity.
            build_entry(ui, "entry-" + std::to_string(i + 1), item.activity[i]);
        }
        steps_until({});
        if (item.activity.empty()) ui.paragraph("Nothing has been written yet.", ui::TextSize::body, "empty");
    }

    static void build_step(ui::Ui& ui, std::string_view key, const std::string& what, Instant at) {
        auto entry = ui.entry(key, ui::EntryKind::step);
        ui.paragraph(ui::Words{{ui::bold(what), ui::text(", " + date_and_time(at))}}, ui::TextSize::small, "what");
    }

    void build_entry(ui::Ui& ui, std::string_view key, const lifecycle::CaseEntry& written) const {
        const bool by_customer = customers_.contains(written.author);
        const auto kind = !written.visible_to_customer ? ui::EntryKind::internal
                          : by_customer                ? ui::EntryKind::theirs
                                                       : ui::EntryKind::ours;
        auto entry = ui.entry(key, kind);
        {
            auto row = ui.row("about");
            ui.paragraph(ui::Words{{ui::bold(written.author), ui::text(", " + date_and_time(written.at))}},
                         ui::TextSize::small, "who");
            if (!written.visible_to_customer)
                ui.tag("work-note", "Work note, not visible to the customer", ui::TagKind::paused);
            else if (by_customer) ui.tag("customer", "Customer", ui::TagKind::awaiting_review);
            else if (written.author != "System") ui.tag("england", "NHS England", ui::TagKind::under_review);
        }
        ui.paragraph(written.text, ui::TextSize::body, "text");
    }

    // The paper goes to whoever it is given to, so it never has a work note on it (C2).
    void build_download(Context& context, const lifecycle::Case& item) {
        offer_pdf(context, "pdf", "Download PDF", number_ + ".pdf", [&]() -> Result<documents::Document> {
            std::vector<const lifecycle::CaseEntry*> visible;
            for (const auto& entry : item.activity)
                if (entry.visible_to_customer) visible.push_back(&entry);
            return documents::case_document(context.workspace, item, visible);
        });
        if (context.is_team()) context.ui.hint("Work notes are left out of it.", "pdf-hint");
    }

    void build_note(Context& context, const lifecycle::Case& item, const FormErrors& errors) {
        auto& ui = context.ui;
        if (item.state == lifecycle::CaseState::closed) {
            auto inset = ui.inset("closed");
            ui.paragraph(
                "This case is Closed and takes no more notes. To ask something new, raise a query on the agreement.",
                ui::TextSize::body, "words");
            return;
        }
        auto form = ui.form("note", "Write on this case");
        if (context.is_contact()) build_customer_form(context, item, errors);
        else if (context.is_team()) build_team_form(context, item, errors);
        else
            ui.paragraph("Only contacts of the account and the agreement team write on a case.", ui::TextSize::body,
                         "words");
        saving_status(context, "note", note_told_);
    }

    template<lifecycle::Verb Asked>
    void send(Context& context) const {
        if (!is_saving(context, "note")) context.session.submit("note", Asked{.case_number = number_, .text = note_});
    }

    // What an entry of this kind would do to the state: the engine is asked.
    template<lifecycle::Verb Asked>
    std::string effect_on_state(const Context& context, const lifecycle::Case& item) const {
        const auto decision =
            lifecycle::decide(context.workspace, lifecycle::to_command(Asked{.case_number = number_, .text = "…"}),
                              context.actor, context.now);
        if (!decision) return decision.error().message;
        for (const auto& event : decision->events)
            if (const auto* step = std::get_if<lifecycle::CaseStateChanged>(&event.body))
                return "The case becomes " + std::string(to_words(step->state)) + ".";
        return "The case stays " + std::string(to_words(item.state)) + ".";
    }

    void build_customer_form(Context& context, const lifecycle::Case& item, const FormErrors& errors) {
        auto& ui = context.ui;
        ui.text_area("text", "Add a note", note_,
                     {.hint = "The connection agreement team reads this. " +
                              effect_on_state<lifecycle::ask::AddNote>(context, item) + " Up to 4,000 characters.",
                      .error = errors.at("note/text"),
                      .rows = 5});
        if (ui.button("post", "Post note", ui::Tone::primary)) send<lifecycle::ask::AddNote>(context);
    }

    // What can be written, who reads it and what it does is said before it is written.
    void build_team_form(Context& context, const lifecycle::Case& item, const FormErrors& errors) {
        using namespace lifecycle::ask;
        auto& ui = context.ui;
        {
            auto kinds = ui.fields("kinds");
            const auto tell = [&](std::string_view key, std::string_view name, const std::string& who,
                                  const std::string& effect) {
                auto field = ui.field(key, name);
                ui.paragraph(who + " " + effect, ui::TextSize::body, "words");
            };
            const std::string customer = "The customer reads it.";
            tell("reply", "Reply", customer, effect_on_state<Reply>(context, item));
            tell("work-note", "Add work note", "The customer never sees it.", effect_on_state<WorkNote>(context, item));
            tell("ask", "Ask for information", customer, effect_on_state<AskForInfo>(context, item));
            tell("resolve", "Resolve", customer, effect_on_state<Resolve>(context, item));
        }
        ui.text_area("text", "Message", note_,
                     {.hint = "Up to 4,000 characters.", .error = errors.at("note/text"), .rows = 5});
        auto row = ui.row("buttons");
        if (ui.button("reply", "Reply", ui::Tone::primary)) send<Reply>(context);
        if (ui.button("work-note", "Add work note")) send<WorkNote>(context);
        if (ui.button("ask", "Ask for information")) send<AskForInfo>(context);
        if (ui.button("resolve", "Resolve")) send<Resolve>(context);
    }

    void build_watch_list(Context& context, const lifecycle::Case& item, const FormErrors& errors) {
        auto& ui = context.ui;
        auto section = ui.section("watching", "Watch list");
        ui.heading(2, "Watch list", "heading");
        ui.paragraph("Each address gets a copy of every entry that the customer can see.", ui::TextSize::body, "words");
        const bool may_change = context.is_contact() || context.is_team();
        if (item.watch_list.empty()) {
            ui.paragraph("Nobody is on the watch list.", ui::TextSize::body, "nobody");
        } else {
            auto list = ui.list("list", false, false);
            for (const auto& email : item.watch_list) {
                auto entry = ui.list_item(email);
                auto row = ui.row("row");
                ui.paragraph(email, ui::TextSize::body, "address");
                if (may_change && ui.button("remove", "Remove " + email, ui::Tone::quiet)) {
                    removing_ = true;
                    watched_ = email;
                    context.session.submit("watch", lifecycle::ask::Unwatch{.case_number = number_, .email = email});
                }
            }
        }
        // Outside of the form, which a Closed case has not: an address may be taken off it all the same.
        if (may_change) saving_status(context, "watch", watch_told_);
        if (!may_change || item.state == lifecycle::CaseState::closed) return;
        auto form = ui.form("watch", "Add to watch list");
        ui.text_field("email", "Email address", email_,
                      {.error = errors.at("watching/watch/email"),
                       .kind = ui::FieldKind::email,
                       .width = ui::FieldWidth::thirty,
                       .autocomplete = "email"});
        if (ui.button("add", "Add to watch list")) {
            removing_ = false;
            watched_ = trim(email_);
            context.session.submit("watch", lifecycle::ask::Watch{.case_number = number_, .email = watched_});
        }
    }

    struct Step {
        Instant at;
        lifecycle::CaseState state;
    };
    std::vector<Step> steps_;               // in the order of the record
    std::set<std::string> customers_;       // names
    std::optional<std::uint64_t> read_at_;  // the revision of the workspace
    std::string number_, note_, email_;
    std::string note_told_;             // what was written last is on the case
    std::string watched_, watch_told_;  // the address asked for last, and what became of it
    bool removing_ = false;             // from the watch list
    bool errors_shown_ = false;
};

}  // namespace

std::unique_ptr<Page> make_case_page(std::string number) { return std::make_unique<CasePage>(std::move(number)); }

}  // namespace ca::pages
