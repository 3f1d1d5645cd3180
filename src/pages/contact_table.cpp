#include "pages/contact_table.h"

#include "base/text.h"

#include <algorithm>
#include <utility>

namespace ca::pages {

namespace {

constexpr std::string_view form_name = "contact";

FormErrors errors_in(const Context& context) {
    return errors_of(context.session.outcome(form_name), {{"name", "contact/name", "Enter the full name"}});
}

std::vector<std::string> watched_by(const lifecycle::Sight& workspace, const std::string& email) {
    std::vector<std::string> numbers;
    for (const auto& [number, each] : workspace.cases) {
        const auto is_same = [&](const std::string& address) {
            return to_ascii_lower(address) == to_ascii_lower(email);
        };
        if (std::ranges::any_of(each.watch_list, is_same)) numbers.push_back(number);
    }
    return numbers;
}

bool is_last_onboarding_contact(const lifecycle::Sight& workspace, const std::string& account,
                                const std::string& email) {
    return std::ranges::none_of(workspace.contacts, [&](const auto& entry) {
        const auto& each = entry.second;
        return each.account == account && each.onboarding_contact &&
               to_ascii_lower(each.email) != to_ascii_lower(email);
    });
}

}  // namespace

std::vector<ui::Problem> ContactTable::problems(const Context& context) const { return errors_in(context).problems; }

void ContactTable::close() {
    open_ = Form::none;
    email_.clear();
}

void ContactTable::build(Context& context, std::span<const lifecycle::Contact* const> contacts) {
    auto& ui = context.ui;
    if (const auto decision = take_saved(context, form_name)) {
        if (open_ == Form::end)
            context.visit.say_done(
                "Nomination ended",
                held_name_ + " is no longer an onboarding contact, and may be nominated again at any time.");
        else
            context.visit.say_done(
                decision->events.empty() ? "Nothing was different" : "Name corrected",
                decision->events.empty() ? "" : "It was " + held_name_ + ". What was recorded before keeps that name.");
        close();
    }
    const bool may_change = context.is_team() || context.is_contact();
    ui.heading(2, "Contacts", "contacts-heading");
    std::vector<ui::TableRow> rows;
    for (const auto* contact : contacts) {
        ui::CellContent act{.words = ""};
        const auto offer = [&](std::string key, std::string label, const std::string& about) {
            act.actions.push_back({.key = std::move(key), .label = std::move(label), .about = about});
        };
        if (may_change) offer("correct", "Correct", contact->email);
        if (may_change && contact->onboarding_contact) offer("end", "End nomination", "of " + contact->email);
        if (context.shared && context.is_team() && !context.practising) {
            offer("invite", "Invite", contact->email);
            if (!access_of_contact(context.workspace, contact->email, context.now).empty())
                offer("remove", "Remove access", "of " + contact->email);
        }
        rows.push_back({.key = to_ascii_lower(contact->email),
                        .cells = {{.words = contact->name, .header = true},
                                  {.words = contact->email},
                                  {.words = account_name(context.workspace, contact->account)},
                                  {.words = contact->onboarding_contact ? "Yes" : "No"},
                                  std::move(act)}});
    }
    static const std::vector<ui::TableColumn> columns{{.key = "name", .header = "Name"},
                                                      {.key = "email", .header = "Email address"},
                                                      {.key = "account", .header = "Account"},
                                                      {.key = "onboarding", .header = "Onboarding contact"},
                                                      {.key = "act", .header = "Change"}};
    const auto pressed = ui.table("contacts", columns, rows,
                                  {.caption = "Contacts", .hidden_caption = true, .empty = "No contact matches."});
    if (pressed.action == "invite" || pressed.action == "remove") {
        const Route sharing{.path = {"data", "sharing"}, .query = {}};
        return context.visit.open(sharing.with(pressed.action, pressed.row).address());
    }
    if (const auto* contact = pressed.action.empty() ? nullptr : context.workspace.find_contact(pressed.row)) {
        open_ = pressed.action == "correct" ? Form::correct : Form::end;
        is_new_ = true;
        email_ = contact->email;
        account_ = contact->account;
        name_ = held_name_ = contact->name;
        button_ = pressed.button;
        context.session.forget(form_name);
    }
    if (open_ == Form::correct) build_correct(context);
    if (open_ == Form::end) build_end(context);
}

void ContactTable::build_correct(Context& context) {
    auto& ui = context.ui;
    const std::string title = "Correct the name of " + held_name_;
    auto form = ui.form("contact", title + " (" + email_ + ")");
    ui.heading(3, title, "heading");
    if (std::exchange(is_new_, false)) ui.focus(ui.full_key("heading"));
    ui.paragraph(
        "The new name is shown from then on. What was recorded before, such as who accepted an agreement, keeps the "
        "old one.",
        ui::TextSize::body, "words");
    ui.text_field("name", "Full name", name_,
                  {.error = errors_in(context).at("contact/name"), .width = ui::FieldWidth::thirty, .required = true});
    build_buttons(
        context, "Save name", ui::Tone::primary,
        lifecycle::to_command(lifecycle::ask::CorrectContact{.account = account_, .email = email_, .name = name_}));
}

void ContactTable::build_end(Context& context) {
    auto& ui = context.ui;
    const std::string title = "End the nomination of " + held_name_;
    auto form = ui.form("contact", title + " (" + email_ + ")");
    ui.heading(3, title, "heading");
    if (std::exchange(is_new_, false)) ui.focus(ui.full_key("heading"));
    ui.paragraph(held_name_ + " can then no longer accept agreements, and is told of nothing more. Being registered, " +
                     held_name_ + " still sees the account's agreements and cases, and may be nominated again.",
                 ui::TextSize::body, "words");
    if (is_last_onboarding_contact(context.workspace, account_, email_))
        ui.paragraph(
            account_name(context.workspace, account_) +
                " has no other onboarding contact: nobody can accept its agreements until somebody is nominated.",
            ui::TextSize::body, "last");
    if (const auto watched = watched_by(context.workspace, email_); !watched.empty())
        ui.paragraph("Copies of " + join(watched, ", ") + " go on to " + email_ +
                         ", until the address is removed from the watch list there.",
                     ui::TextSize::body, "watched");
    build_buttons(context, "No longer an onboarding contact", ui::Tone::warning,
                  lifecycle::to_command(lifecycle::ask::EndNomination{.account = account_, .email = email_}));
}

void ContactTable::build_buttons(Context& context, std::string_view label, ui::Tone tone, lifecycle::Command command) {
    auto& ui = context.ui;
    auto row = ui.row("buttons");
    if (ui.button("submit", label, tone, {.busy = is_saving(context, form_name)}) && !is_saving(context, form_name))
        context.session.submit(form_name, std::move(command));
    if (ui.button("cancel", "Do not change anything", ui::Tone::quiet)) {
        ui.focus(button_);
        context.session.forget(form_name);
        close();
    }
    saving_status(context, form_name);
}

}  // namespace ca::pages
