#include "pages/team_actions.h"

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
        {"issue", "Issued for review"}, {"pause", "Review paused"}, {"resume", "Review resumed"}, {"reset", "Review reset"}, {"terminate", "Termination recorded"}, {"withdraw", "Draft withdrawn"}};
    return std::string(words.at(verb));
}

std::string notified_words(const lifecycle::Decision& decision) {
    std::size_t messages = 0;
    for (const auto& event : decision.events)
        if (const auto* sent = std::get_if<lifecycle::NotificationsSent>(&event.body)) messages += sent->to.size();
    return messages == 0 ? "Nobody is notified of this." : count_of(messages, "message about it waits", "messages about it wait") + " in the outbox.";
}
}  // namespace

std::vector<ui::Problem> TeamActions::problems(const Context& context) const {
    const std::string form = std::string(section_key) + "/form/";
    const auto reason = form + "reason", end_date = form + "end-date";
    auto errors = errors_of(context.actions.outcome(form_name), {{"end_date", end_date, enter_end_date}, {"reason", reason, enter_reason}});
    // A refusal that belongs to no field is said in the summary alone.
    if (open_ == Form::none)
        for (auto& problem : errors.problems) problem.field_key.clear();
    return errors.problems;
}

void TeamActions::build(Context& context, const lifecycle::Agreement& agreement) {
    if (!context.is_team()) return;
    auto& ui = context.ui;
    if (const auto decision = take_saved(context, form_name)) {
        context.actions.say_done(done_words(asked_), notified_words(*decision));
        open_ = Form::none;
        reason_.clear();
        end_date_.clear();
    }
    const bool draft = agreement.state == State::draft, automatic = agreement.signature_type == SignatureType::auto_accepted;
    const bool ended = !draft && agreement.state != State::active;
    if (ended) return;

    auto section = ui.section(section_key, "Agreement team");
    ui.heading(2, "Agreement team", "heading");
    const auto give = [&](std::string_view verb) {
        if (is_saving(context, form_name)) return;
        asked_ = verb;
        context.actions.submit(form_name, {asked_, {{"number", agreement.number}}});
    };
    const auto toggle = [&](std::string_view key, std::string_view label, Form form) {
        if (ui.button(key, label, ui::Tone::secondary, {.expanded = open_ == form ? semantics::Toggle::on : semantics::Toggle::off})) {
            open_ = open_ == form ? Form::none : form;
            context.actions.forget(form_name);
        }
    };
    {
        auto row = ui.row("buttons");
        if (agreement.substate == Substate::awaiting_review && ui.button("issue", "Issue for review", ui::Tone::primary)) give("issue");
        if (draft && automatic) {
            if (agreement.review.paused()) {
                if (ui.button("resume", "Resume review", ui::Tone::primary)) give("resume");
            } else {
                toggle("pause", "Pause review", Form::pause);
            }
            if (ui.button("reset", "Reset review")) give("reset");
        }
        if (agreement.state == State::active) toggle("terminate", "Terminate", Form::terminate);
        if (draft) toggle("withdraw", "Withdraw", Form::withdraw);
    }
    build_form(context, agreement);
    saving_status(context, form_name);
}

void TeamActions::build_form(Context& context, const lifecycle::Agreement& agreement) {
    if (open_ == Form::none) return;
    auto& ui = context.ui;
    const auto errors = errors_of(context.actions.outcome(form_name), {{"end_date", "end-date", enter_end_date}, {"reason", "reason", enter_reason}});
    struct Words {
        std::string_view verb, title, explanation, button;
    };
    const Words words = open_ == Form::pause      ? Words{"pause", "Pause the review", "The clock stops, and the days left are kept. Paused days are whole London days.", "Pause"}
                        : open_ == Form::terminate ? Words{"terminate", "Terminate the agreement", "It stays Active through the end date and is Expired at midnight after it. Its contacts are notified at once.", "Terminate agreement"}
                                                   : Words{"withdraw", "Withdraw the draft", "The draft becomes Cancelled. This cannot be undone, and nobody is notified.", "Withdraw draft"};
    const auto opener = ui.full_key("buttons/" + std::string(words.verb));
    auto form = ui.form("form", words.title);
    ui.heading(3, words.title, "heading");
    ui.paragraph(std::string(words.explanation), ui::TextSize::body, "words");
    std::map<std::string, lifecycle::Value> arguments{{"number", agreement.number}, {"reason", reason_}};
    if (open_ == Form::terminate) {
        ui.text_field("end-date", "End date", end_date_, {.hint = "The last day on which it is Active, for example " + format_iso(london_date(context.now) + 30) + ".", .error = errors.at("end-date"), .kind = ui::FieldKind::date, .width = ui::FieldWidth::ten, .required = true});
        arguments["end_date"] = end_date_;
    }
    ui.text_area("reason", "Reason", reason_, {.hint = "Kept in the record.", .error = errors.at("reason"), .required = true, .rows = 3});
    auto row = ui.row("buttons");
    if (ui.button("submit", words.button, ui::Tone::warning, {.busy = is_saving(context, form_name)}) && !is_saving(context, form_name)) {
        asked_ = words.verb;
        context.actions.submit(form_name, {asked_, std::move(arguments)});
    }
    if (ui.button("cancel", "Do not change anything", ui::Tone::quiet)) {
        open_ = Form::none;
        context.actions.forget(form_name);
        ui.focus(opener);
    }
}

}  // namespace ca::pages
