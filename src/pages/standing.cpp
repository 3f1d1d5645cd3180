// What the state of an agreement means for whoever reads it, told at its top: why it ended and what to do, that it is
// going to end, and who may accept it. It goes by the state first, so that nobody is told of a role where the state is
// what matters.

#include "base/text.h"
#include "pages/present.h"

#include <algorithm>

namespace ca::pages {
namespace {

using lifecycle::Ending;
using lifecycle::SignatureType;
using lifecycle::State;
using lifecycle::Substate;

documents::Run link_to_agreement(const std::string& number) { return ui::link_to(number, agreement_address(number)); }

// The one that took its place.
const lifecycle::Agreement* successor_of(const lifecycle::Sight& workspace, const lifecycle::Agreement& agreement) {
    for (const auto* next : workspace.successors(agreement.number))
        if (next->number != agreement.number && (next->state == State::active || next->state == State::expired))
            return next;
    return nullptr;
}

// "Nobody accepted it in its 90 days." as words with links.
documents::Inline why_it_ended(const lifecycle::Sight& workspace, const lifecycle::Agreement& agreement) {
    const auto& why = agreement.ended_why;
    if (!agreement.ending) return {ui::text(why.empty() ? "It was imported, and its record does not say why." : why)};
    switch (*agreement.ending) {
        case Ending::not_accepted:
            return {ui::text("Nobody accepted it in its " + std::to_string(agreement.review.window_days) + " days.")};
        case Ending::withdrawn:
            return {ui::text("The agreement team withdrew it" + (why.empty() ? std::string(".") : ": " + why))};
        case Ending::replaced:
            if (agreement.replaced_by)
                return {ui::text("A newer change of terms took its place: "), link_to_agreement(*agreement.replaced_by),
                        ui::text(".")};
            return {ui::text("A newer change of terms took its place.")};
        case Ending::no_longer_applies:
            return {ui::text("Another agreement has replaced the one that this would have followed.")};
        case Ending::agreement_ended: return {ui::text("The agreement that this would have followed has ended.")};
        case Ending::superseded:
            if (const auto* next = successor_of(workspace, agreement))
                return {link_to_agreement(next->number), ui::text(" took its place.")};
            return {ui::text("A newer agreement took its place.")};
        case Ending::end_date_reached: {
            std::string words = "The agreement team ended it";
            if (agreement.end_date) words += " with the end date " + format_words(*agreement.end_date);
            return {ui::text(
                words + (agreement.end_reason && !agreement.end_reason->empty() ? ": " + *agreement.end_reason : "."))};
        }
    }
    return {};
}

void build_ended(Context& context, const lifecycle::Agreement& agreement) {
    auto& ui = context.ui;
    auto inset = ui.inset("ended");
    {
        const std::string state(to_words(agreement.state));
        documents::Inline words{
            ui::bold(state + (agreement.ended_at ? " " + when_in_words(*agreement.ended_at) : "") + ".")};
        words.push_back(ui::text(" "));
        for (auto& run : why_it_ended(context.workspace, agreement)) words.push_back(std::move(run));
        ui.paragraph(std::move(words), ui::TextSize::body, "why");
    }
    const auto* active = context.workspace.active_agreement(agreement.account);
    if (active) {
        ui.paragraph(
            ui::Words{{ui::text("The agreement in force is "), link_to_agreement(active->number), ui::text(".")}},
            ui::TextSize::body, "in-force");
        return;
    }
    ui.paragraph(
        ui::Words{{ui::text("No agreement of this account is in force. If one is needed, ask the NHS England API "
                            "product onboarding team to arrange a new one. If you do not know whom to ask, write to "),
                   ui::link_to("england.liveserviceonboarding@nhs.net", "mailto:england.liveserviceonboarding@nhs.net"),
                   ui::text(".")}},
        ui::TextSize::body, "what-to-do");
}

void build_ending(Context& context, const lifecycle::Agreement& agreement) {
    auto& ui = context.ui;
    auto inset = ui.inset("ending");
    const auto day = format_words(*agreement.end_date);
    const std::string reason =
        agreement.end_reason && !agreement.end_reason->empty() ? " The reason given: " + *agreement.end_reason : "";
    ui.paragraph(ui::Words{{ui::bold("This agreement ends at midnight at the end of " + day + "."),
                            ui::text(" The agreement team has terminated it." + reason)}},
                 ui::TextSize::body, "words");
    ui.paragraph(
        "It stays Active until then, and is Expired after that. If you still use an API product, tell the agreement "
        "team before that day: raise a query.",
        ui::TextSize::body, "what-to-do");
}

std::vector<std::string> onboarding_contacts(const lifecycle::Sight& workspace, const std::string& account) {
    std::vector<std::string> names;
    for (const auto& contact : workspace.book_of(account).contacts)
        if (contact->onboarding_contact) names.push_back(contact->name);
    return names;
}

// A draft that somebody has to accept, and not this person.
void build_who_accepts(Context& context, const lifecycle::Agreement& agreement, const Error& refusal) {
    auto& ui = context.ui;
    auto inset = ui.inset("who-accepts");
    ui.paragraph(ui::Words{{ui::bold("You cannot accept this agreement.")}}, ui::TextSize::body, "cannot");
    if (refusal.code != "not_an_onboarding_contact" && refusal.code != "not_permitted")
        return ui.paragraph(refusal.message, ui::TextSize::body, "why");
    const auto names = onboarding_contacts(context.workspace, agreement.account);
    const auto account = account_name(context.workspace, agreement.account);
    if (names.empty())
        ui.paragraph("Nobody can yet: " + account + " has no onboarding contact.", ui::TextSize::body, "who");
    else
        ui.paragraph("Only an onboarding contact of " + account + " can: " + join(names, ", ") + ".",
                     ui::TextSize::body, "who");
    if (context.is_contact())
        ui.paragraph(ui::Words{{ui::text("To become one, complete the "),
                                ui::link_to("Supplier Onboarding Contact Nomination", "#/nomination"), ui::text(".")}},
                     ui::TextSize::body, "nomination");
}

void build_terms_change(Context& context, const lifecycle::Agreement& agreement, const lifecycle::AgreementView& view) {
    auto& ui = context.ui;
    auto inset = ui.inset("terms-change");
    const std::string when =
        view.review && !view.review->held_by.empty() ? "once its open query is settled" : "after its review";
    ui.paragraph(ui::Words{{ui::bold("This is a terms change."),
                            ui::text(" Nobody accepts it by hand: it becomes Active by itself " + when +
                                     ". It is made under clause 8.5 (Change Management) of the Standard terms.")}},
                 ui::TextSize::body, "words");
    documents::Inline places{ui::text("Read the "), ui::link_to("Connection Agreement Published Changes", "#/changes")};
    if (agreement.supersedes) {
        places.push_back(ui::text(", "));
        places.push_back(ui::link_to("what changed clause by clause", agreement_address(agreement.number, "compare")));
    }
    places.push_back(ui::text(" or the "));
    places.push_back(ui::link_to("full terms", agreement_address(agreement.number, "terms")));
    places.push_back(ui::text("."));
    ui.paragraph(std::move(places), ui::TextSize::body, "places");
}

}  // namespace

std::string why_it_ended_in_words(const lifecycle::Sight& workspace, const lifecycle::Agreement& agreement) {
    return documents::to_text(why_it_ended(workspace, agreement));
}

void build_state_words(Context& context, const lifecycle::Agreement& agreement, const lifecycle::AgreementView& view) {
    if (agreement.state == State::cancelled || agreement.state == State::expired)
        return build_ended(context, agreement);
    if (agreement.state == State::active) {
        if (agreement.end_date) build_ending(context, agreement);
        return;
    }
    if (agreement.substate != Substate::under_review) return;
    if (agreement.signature_type == SignatureType::auto_accepted) return build_terms_change(context, agreement, view);
    if (const auto refusal = lifecycle::why_not_accept(context.workspace, context.actor, agreement, context.now))
        build_who_accepts(context, agreement, *refusal);
}

}  // namespace ca::pages
