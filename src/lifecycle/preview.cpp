#include "lifecycle/preview.h"

#include "base/text.h"
#include "lifecycle/views.h"

#include <algorithm>
#include <map>

namespace ca::lifecycle {
namespace {

std::string as_person(const Workspace& workspace, const std::string& address, std::string_view account) {
    const Contact* contact = workspace.find_contact(address);
    return contact && contact->account == account ? contact->name + " (" + contact->email + ")" : address;
}

// "Cancelled: replaced … It is paused since 3 March 2026: a question. CS0000010 about it is open."
PublicationEffect cancelled(const Workspace& workspace, const Agreement& pending) {
    std::string words = "Pending terms change on " + pending.terms_version + ", cancelled: the new one replaces it.";
    bool special = false;
    if (pending.review.paused()) {
        const Pause& pause = pending.review.pauses.back();
        words += " Its review is paused since " + format_words(pause.from) +
                 (pause.reason.empty() ? "." : ": “" + pause.reason + (pause.reason.ends_with('.') ? "”" : "”."));
        special = true;
    }
    if (const auto queries = open_queries(workspace, pending); !queries.empty()) {
        words += " " + join(queries, ", ") + (queries.size() == 1 ? " is" : " are") +
                 " still open, and will not hold the new one.";
        special = true;
    }
    return {.what = PublicationEffect::What::cancelled,
            .account = pending.account,
            .agreement = pending.number,
            .words = std::move(words),
            .special = special,
            .told = {}};
}

PublicationEffect uplifted(const Agreement& active, const std::string& version) {
    std::string words = "Active on " + active.terms_version + ": a new version on " + version + " goes to review.";
    if (active.end_date) words += " It ends on " + format_words(*active.end_date) + ", and so does what replaces it.";
    if (active.uplift_withdrawn) words += " The terms change before was withdrawn.";
    return {.what = PublicationEffect::What::uplifted,
            .account = active.account,
            .agreement = active.number,
            .words = std::move(words),
            .told = {}};
}

PublicationEffect skipped(const Workspace& workspace, const Agreement& draft) {
    const bool issued = draft.substate == Substate::under_review;
    std::string words = std::string(issued ? "Under Review" : "Awaiting Review") + " on " + draft.terms_version +
                        ", left alone: it is accepted by hand.";
    const Agreement* active = workspace.active_agreement(draft.account);
    // R52, U7
    if (active) words += " Once the terms change of " + active->number + " is Active, it can never be accepted.";
    else words += " If it is accepted, its own terms change follows at once.";
    return {.what = PublicationEffect::What::skipped,
            .account = draft.account,
            .agreement = draft.number,
            .words = std::move(words),
            .special = active != nullptr,
            .told = {}};
}

}  // namespace

std::vector<std::string> told_by(const Workspace& workspace, const Decision& decision, std::string_view account) {
    std::vector<std::string> told;
    for (const auto& event : decision.events) {
        const auto* sent = std::get_if<NotificationsSent>(&event.body);
        if (!sent || event.account != account) continue;
        for (const auto& address : sent->to) {
            auto person = as_person(workspace, address, account);
            if (std::ranges::find(told, person) == told.end()) told.push_back(std::move(person));
        }
    }
    return told;
}

std::vector<PublicationEffect> publication_effects(const Workspace& workspace, const Decision& decision) {
    std::vector<PublicationEffect> effects;
    std::map<std::string, std::size_t> by_new_number;  // of the uplifted ones
    for (const auto& event : decision.events) {
        if (const auto* ended = std::get_if<AgreementCancelled>(&event.body)) {
            if (const auto* pending = workspace.find_agreement(ended->number))
                effects.push_back(cancelled(workspace, *pending));
        } else if (const auto* created = std::get_if<AgreementCreated>(&event.body)) {
            const auto* active = workspace.find_agreement(created->supersedes.value_or(""));
            if (!active) continue;
            by_new_number[created->number] = effects.size();
            effects.push_back(uplifted(*active, created->terms_version));
        } else if (const auto* sent = std::get_if<NotificationsSent>(&event.body)) {
            const auto uplift = by_new_number.find(sent->agreement);
            if (uplift == by_new_number.end()) continue;
            for (const auto& address : sent->to)
                effects[uplift->second].told.push_back(as_person(workspace, address, event.account));
        }
    }
    for (const auto& number : decision.skipped) {
        if (const auto* draft = workspace.find_agreement(number)) effects.push_back(skipped(workspace, *draft));
    }
    std::ranges::stable_sort(effects, {}, &PublicationEffect::account);
    return effects;
}

Date last_day_after(const Agreement& agreement, const Decision& decision) {
    Review review = agreement.review;
    for (const auto& event : decision.events) {
        if (const auto* reset = std::get_if<ReviewReset>(&event.body)) review.day_one = reset->on;
    }
    return review.last_day();
}

}  // namespace ca::lifecycle
