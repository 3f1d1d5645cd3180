// One case: its activity, a note, the watch list; for the agreement team also replies, work notes and what moves its
// state.

#include "base/text.h"
#include "documents/agreement_document.h"
#include "pages/catalogue.h"
#include "pages/present.h"

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

    void build_activity(Context& context, const lifecycle::Case& item) {
        auto& ui = context.ui;
        ui.heading(2, "Activity", "activity-heading");
        auto log = ui.log("activity", "Activity");
        bool any = false;
        for (std::size_t i = 0; i < item.activity.size(); ++i) {
            const auto& entry = item.activity[i];
            any = true;
            // Entries are only ever added at the end: their place is their identity.
            auto card = ui.card("entry-" + std::to_string(i + 1));
            ui.paragraph(ui::Words{{ui::bold(entry.author), ui::text(", " + date_and_time(entry.at))}},
                         ui::TextSize::small, "who");
            if (!entry.visible_to_customer)
                ui.tag("work-note", "Work note, not visible to the customer", ui::TagKind::awaiting_review);
            ui.paragraph(entry.text, ui::TextSize::body, "text");
        }
        if (!any) ui.paragraph("Nothing has been written yet.", ui::TextSize::body, "empty");
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
        const auto send = [&]<lifecycle::Verb Asked>(const Asked& asked) {
            if (!is_saving(context, "note")) context.session.submit("note", asked);
        };
        auto form = ui.form("note", "Write on this case");
        if (context.is_contact()) {
            ui.text_area("text", "Add a note", note_,
                         {.hint = "The connection agreement team reads this. Up to 4,000 characters.",
                          .error = errors.at("note/text"),
                          .rows = 5});
            if (ui.button("post", "Post note", ui::Tone::primary))
                send(lifecycle::ask::AddNote{.case_number = number_, .text = note_});
        } else if (context.is_team()) {
            ui.text_area(
                "text", "Message", note_,
                {.hint = "A work note is never shown to the customer. Everything else is. Up to 4,000 characters.",
                 .error = errors.at("note/text"),
                 .rows = 5});
            auto row = ui.row("buttons");
            if (ui.button("reply", "Reply", ui::Tone::primary))
                send(lifecycle::ask::Reply{.case_number = number_, .text = note_});
            if (ui.button("work-note", "Add work note"))
                send(lifecycle::ask::WorkNote{.case_number = number_, .text = note_});
            if (ui.button("ask", "Ask for information"))
                send(lifecycle::ask::AskForInfo{.case_number = number_, .text = note_});
            if (ui.button("resolve", "Resolve")) send(lifecycle::ask::Resolve{.case_number = number_, .text = note_});
        } else {
            ui.paragraph("Only contacts of the account and the agreement team write on a case.", ui::TextSize::body,
                         "words");
        }
        saving_status(context, "note", note_told_);
    }

    void build_watch_list(Context& context, const lifecycle::Case& item, const FormErrors& errors) {
        auto& ui = context.ui;
        auto section = ui.section("watching", "Watch list");
        ui.heading(2, "Watch list", "heading");
        ui.paragraph("Each address gets a copy of every entry that the customer can see.", ui::TextSize::body, "words");
        const bool may_change = context.is_contact() || context.is_team();
        {
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
            if (item.watch_list.empty()) {
                auto entry = ui.list_item("nobody");
                ui.paragraph("Nobody is on the watch list.", ui::TextSize::body, "words");
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
            context.session.submit("watch", lifecycle::ask::Watch{.case_number = number_, .email = email_});
        }
    }

    std::string number_, note_, email_;
    std::string note_told_;             // what was written last is on the case
    std::string watched_, watch_told_;  // the address asked for last, and what became of it
    bool removing_ = false;             // from the watch list
    bool errors_shown_ = false;
};

}  // namespace

std::unique_ptr<Page> make_case_page(std::string number) { return std::make_unique<CasePage>(std::move(number)); }

}  // namespace ca::pages
