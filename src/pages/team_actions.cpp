#include "pages/team_actions.h"

#include "base/text.h"
#include "lifecycle/preview.h"

#include <algorithm>
#include <map>

namespace ca::pages {

using lifecycle::SignatureType;
using lifecycle::State;
using lifecycle::Substate;

namespace {
constexpr std::string_view form_name = "team";
constexpr std::string_view section_key = "team-actions";
constexpr std::string_view enter_reason = "Enter a reason", enter_end_date = "Enter an end date";

// What was done, by the verb of its command.
std::string done_words(std::string_view verb) {
    static const std::map<std::string_view, std::string_view> words{
        {"issue", "Issued for review"},        {"pause", "Review paused"},
        {"resume", "Review resumed"},          {"reset", "Review reset"},
        {"terminate", "Termination recorded"}, {"withdraw", "Draft withdrawn"}};
    return std::string(words.at(verb));
}

std::string notified_words(const lifecycle::Decision& decision) {
    std::size_t messages = 0;
    for (const auto& event : decision.events)
        if (const auto* sent = std::get_if<lifecycle::NotificationsSent>(&event.body)) messages += sent->to.size();
    return messages == 0 ? "Nobody is notified of this."
                         : count_of(messages, "message about it waits", "messages about it wait") + " in the outbox.";
}
}  // namespace

std::vector<ui::Problem> TeamActions::problems(const Context& context) const {
    const std::string form = std::string(section_key) + "/form/";
    const auto reason = form + "reason", end_date = form + first_field("end-date");
    // Lines lead to fields of the form that is open.
    const auto* outcome = context.session.outcome(form_name);
    auto errors = open_ == Form::terminate
                      ? errors_of(outcome, {{"end_date", end_date, enter_end_date}, {"reason", reason, enter_reason}})
                      : errors_of(outcome, {{"reason", open_ == Form::issue ? "" : reason, enter_reason}});
    // A refusal that belongs to no field is said in the summary alone.
    if (!date_error_.empty() && open_ == Form::terminate) {
        errors.problems.insert(errors.problems.begin(), {end_date, date_error_});
        if (lacks_reason_) errors.problems.push_back({reason, std::string(enter_reason)});
    }
    if (open_ == Form::none)
        for (auto& problem : errors.problems) problem.field_key.clear();
    return errors.problems;
}

void TeamActions::build(Context& context, const lifecycle::Agreement& agreement) {
    if (!context.is_team()) return;
    auto& ui = context.ui;
    if (const auto decision = take_saved(context, form_name)) {
        context.visit.say_done(done_words(asked_), notified_words(*decision));
        open_ = Form::none;
        reason_.clear();
        end_date_ = {};
        date_error_.clear();
        lacks_reason_ = false;
    }
    using namespace lifecycle::ask;
    const auto possible = lifecycle::possible_commands(context.workspace, agreement, context.now);
    if (possible.empty()) return;

    auto section = ui.section(section_key, "Agreement team");
    ui.heading(2, "Agreement team", "heading");
    const auto toggle = [&](std::string_view key, std::string_view label, Form form,
                            ui::Tone tone = ui::Tone::secondary) {
        if (ui.button(key, label, tone, {.expanded = open_ == form ? semantics::Toggle::on : semantics::Toggle::off})) {
            open_ = open_ == form ? Form::none : form;
            date_error_.clear();
            lacks_reason_ = false;
            context.session.forget(form_name);
        }
    };
    {
        auto row = ui.row("buttons");
        if (possible.contains(Issue::verb)) toggle("issue", "Issue for review", Form::issue, ui::Tone::primary);
        if (possible.contains(Resume::verb) && ui.button("resume", "Resume review", ui::Tone::primary) &&
            !is_saving(context, form_name)) {
            asked_ = Resume::verb;
            context.session.submit(form_name, Resume{.number = agreement.number});
        }
        if (possible.contains(Pause::verb)) toggle("pause", "Pause review", Form::pause);
        if (possible.contains(Reset::verb)) toggle("reset", "Reset review", Form::reset);
        if (possible.contains(Terminate::verb)) toggle("terminate", "Terminate", Form::terminate);
        if (possible.contains(Withdraw::verb)) toggle("withdraw", "Withdraw", Form::withdraw);
    }
    build_form(context, agreement);
    saving_status(context, form_name);
}

// What the open form asks for.
lifecycle::Command TeamActions::command(const std::string& number, std::string end_date) const {
    using namespace lifecycle::ask;
    using lifecycle::to_command;
    switch (open_) {
        case Form::issue: return to_command(Issue{.number = number});
        case Form::pause: return to_command(Pause{.number = number, .reason = reason_});
        case Form::reset: return to_command(Reset{.number = number, .reason = reason_});
        case Form::terminate:
            return to_command(Terminate{.number = number, .end_date = std::move(end_date), .reason = reason_});
        case Form::withdraw: return to_command(Withdraw{.number = number, .reason = reason_});
        case Form::none: break;
    }
    return {};
}

void TeamActions::build_form(Context& context, const lifecycle::Agreement& agreement) {
    if (open_ == Form::none) return;
    auto& ui = context.ui;
    const auto errors = errors_of(context.session.outcome(form_name),
                                  {{"end_date", "end-date", enter_end_date}, {"reason", "reason", enter_reason}});
    struct Words {
        Form form;
        std::string_view opener, title, explanation, button;
        ui::Tone tone = ui::Tone::warning;
    };
    static constexpr Words all[] = {
        {Form::issue, "issue", "Issue the draft",
         "It becomes Under Review, and its contacts can read and accept it. The 90 days have run since it was created.",
         "Issue agreement", ui::Tone::primary},
        {Form::pause, "pause", "Pause the review",
         "The clock stops, and the days left are kept. Paused days are whole London days.", "Pause"},
        {Form::reset, "reset", "Reset the clock", "The review starts again: today is day 1 of 30, and a pause ends.",
         "Reset"},
        {Form::terminate, "terminate", "Terminate the agreement",
         "It stays Active through the end date and is Expired at midnight at the end of it. If that is today or "
         "earlier, it is Expired at once. Its contacts are notified at once.",
         "Terminate agreement"},
        {Form::withdraw, "withdraw", "Withdraw the draft",
         "The draft becomes Cancelled. This cannot be undone, and nobody is notified.", "Withdraw draft"}};
    const Words& words = *std::ranges::find(all, open_, &Words::form);
    const auto opener = ui.full_key("buttons/" + std::string(words.opener));
    auto form = ui.form("form", words.title);
    ui.heading(3, words.title, "heading");
    ui.paragraph(std::string(words.explanation), ui::TextSize::body, "words");
    if (open_ == Form::issue || open_ == Form::reset) build_outlook(context, agreement, command(agreement.number, {}));
    if (open_ == Form::terminate) build_ending(context, agreement, errors);
    const bool optional = open_ == Form::reset;
    if (open_ != Form::issue)
        ui.text_area(
            "reason", "Reason", reason_,
            {.hint = std::string("Kept in the record, where contacts read it.") + (optional ? " Optional." : ""),
             .error = lacks_reason_ ? std::string(enter_reason) : errors.at("reason"),
             .required = !optional,
             .rows = 3});
    auto row = ui.row("buttons");
    if (ui.button("submit", words.button, words.tone, {.busy = is_saving(context, form_name)}) &&
        !is_saving(context, form_name)) {
        date_error_.clear();
        lacks_reason_ = false;
        std::string end_date;
        if (open_ == Form::terminate && !end_date_.is_empty()) {
            if (const auto date = date_of(end_date_, "End date")) end_date = format_iso(*date);
            else date_error_ = date.error().message;
        }
        if (date_error_.empty()) {
            auto asked = command(agreement.number, std::move(end_date));
            asked_ = asked.verb;
            context.session.submit(form_name, std::move(asked));
        } else {
            lacks_reason_ = is_blank(reason_);
            context.session.forget(form_name);
        }
    }
    if (ui.button("cancel", "Do not change anything", ui::Tone::quiet)) {
        open_ = Form::none;
        date_error_.clear();
        lacks_reason_ = false;
        context.session.forget(form_name);
        ui.focus(opener);
    }
}

void TeamActions::build_ending(Context& context, const lifecycle::Agreement& agreement, const FormErrors& errors) {
    const auto today = london_date(context.now);
    build_date_entry(context.ui, "end-date", "End date", end_date_,
                     {.hint = "The last day on which it is Active, for example " + example_date(today + 30) + ".",
                      .error = date_error_.empty() ? errors.at("end-date") : date_error_,
                      .required = true});
    // Whom it is told does not hang on the day or the reason, so both may still be missing. No day before it starts
    // (R48).
    const lifecycle::ask::Terminate ends_soon{
        .number = agreement.number,
        .end_date = format_iso(std::max(today, agreement.start_date.value_or(today))),
        .reason = std::string(enter_reason)};
    build_outlook(context, agreement, lifecycle::to_command(ends_soon));
}

void TeamActions::build_outlook(Context& context, const lifecycle::Agreement& agreement,
                                const lifecycle::Command& command) const {
    auto& ui = context.ui;
    const auto decision = lifecycle::decide(context.workspace, command, context.actor, context.now);
    if (!decision) return ui.paragraph(decision.error().message, ui::TextSize::body, "refusal");
    auto fields = ui.fields("outlook");
    if (open_ != Form::terminate) {
        const bool by_hand = agreement.signature_type == SignatureType::accepted_via_portal;
        auto field = ui.field("last-day", by_hand ? "Last day to accept" : "Last day of the review");
        ui.paragraph(format_words(lifecycle::last_day_after(agreement, *decision)), ui::TextSize::body, "value");
    }
    auto field = ui.field("told", "Who is told");
    const auto told = lifecycle::told_by(context.workspace, *decision, agreement.account);
    if (!told.empty()) return ui.paragraph(join(told, ", "), ui::TextSize::body, "value");
    if (command.verb == lifecycle::ask::Reset::verb)
        return ui.paragraph("Nobody: a reset notifies no one. To let the contacts know, write to them on a case.",
                            ui::TextSize::body, "value");
    ui.paragraph("Nobody can be told: " + account_name(context.workspace, agreement.account) +
                     " has no onboarding contact and no delivery notice address" +
                     (open_ == Form::issue ? ", so nobody can accept it either." : "."),
                 ui::TextSize::body, "value");
}

}  // namespace ca::pages
