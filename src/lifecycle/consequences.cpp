// What follows from an event by the rules alone: notices, cancelled uplifts, closed cases, and all that time brings.
#include "lifecycle/decide.h"

#include "base/text.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace ca::lifecycle {
namespace {

std::string numbered(const char* prefix, std::uint32_t digits) {
    char text[24];
    std::snprintf(text, sizeof text, "%s%07u", prefix, static_cast<unsigned>(digits));
    return text;
}

// When the agreement would change were there no queries: the end of its window, or of its end date.
std::optional<Instant> window_end(const Agreement& agreement) {
    if (agreement.state == State::active && agreement.end_date) return london_midnight(*agreement.end_date + 1);
    if (agreement.state == State::draft && agreement.substate == Substate::under_review && !agreement.review.paused()) {
        return agreement.review.closes_at();
    }
    return std::nullopt;  // an Awaiting Review draft never changes by itself (T4)
}

void accept_by_time(Recorder& record, const std::string& number) {
    const Agreement uplift = record.workspace().agreements.at(number);
    const Agreement* known = record.workspace().find_agreement(uplift.supersedes.value_or(""));
    const std::optional<Agreement> superseded = known ? std::optional(*known) : std::nullopt;
    const bool supersedes_active = superseded && superseded->state == State::active;

    record.record(uplift.account, number,
                  AgreementAutoAccepted{.number = number,
                                        .on = london_date(record.at()),
                                        .end_date = supersedes_active ? superseded->end_date : std::nullopt,  // R49
                                        .end_reason = supersedes_active ? superseded->end_reason : std::nullopt});
    if (supersedes_active) {
        expire(record, superseded->number, Ending::superseded, number);
    } else {
        // An imported terms change that names no Active agreement: still at most one Active agreement an account (U7).
        std::vector<std::string> others;
        for (const auto& each : record.workspace().book_of(uplift.account).agreements) {
            if (each->number != number && each->state == State::active) others.push_back(each->number);
        }
        for (const auto& other : others) expire(record, other, Ending::superseded, number);
    }
    follow_newest_uplift(record, number, uplift.terms_version);
}

void change_by_time(Recorder& record, const std::string& number) {
    const Agreement agreement = record.workspace().agreements.at(number);
    if (agreement.state == State::active) {
        expire(record, number, Ending::end_date_reached);
    } else if (agreement.signature_type == SignatureType::auto_accepted) {
        accept_by_time(record, number);
    } else {
        cancel(record, number, Ending::not_accepted,
               "Not accepted by " + format_words(agreement.review.last_day()) + ", the last day of its " +
                   std::to_string(agreement.review.window_days) +
                   " day review. If it is still required, ask the API product onboarding team for a new connection "
                   "agreement.");
    }
}

}  // namespace

// ---- Recording --------------------------------------------------------------------------------------------

Recorder::Recorder(const Context& context) : Recorder(context.workspace, context.actor, context.now) {
    const Contact* contact = by_.role == Role::contact ? before_.find_contact(by_.name) : nullptr;
    if (contact) by_.name = contact->email;
}

std::string Recorder::by_name() const { return by_.role == Role::system ? "System" : name_of(before_, by_); }

const Workspace& Recorder::workspace() const {
    if (events_.empty()) return before_;
    if (!after_) after_ = before_;
    for (; applied_ < events_.size(); ++applied_) apply(*after_, events_[applied_]);
    return *after_;
}

void Recorder::record(std::string account, std::string entity, EventBody body) {
    events_.push_back(
        {.at = at_, .by = by_, .account = std::move(account), .entity = std::move(entity), .body = std::move(body)});
}

// ---- Time -------------------------------------------------------------------------------------------------

std::optional<Instant> due_instant(const Workspace& workspace, const Agreement& agreement) {
    auto due = window_end(agreement);
    if (!due || agreement.state != State::draft || agreement.signature_type != SignatureType::auto_accepted) return due;
    // U5: open queries hold it; it then happens when the last of them is settled.
    for (const Case* each : workspace.cases_of(agreement.number)) {
        if (each->kind != CaseKind::query) continue;
        if (each->is_open()) return std::nullopt;
        if (each->settled_at) due = std::max(*due, *each->settled_at);
    }
    return due;
}

std::optional<Instant> next_due(const Workspace& workspace, Instant now) {
    const auto next = workspace.due_queue.lower_bound({Instant{now.seconds + 1}, ""});
    return next == workspace.due_queue.end() ? std::nullopt : std::optional((*next).first.first);
}

std::size_t due_count(const Workspace& workspace, Instant now) {
    std::size_t count = 0;
    for (auto at = workspace.due_queue.begin(); at != workspace.due_queue.end() && (*at).first.first <= now; ++at)
        ++count;
    return count;
}

bool anything_due(const Workspace& workspace, Instant now) {
    return !workspace.due_queue.empty() && (*workspace.due_queue.begin()).first.first <= now;
}

void fall_due(Recorder& record, Instant now, std::size_t agreements_max) {
    while (agreements_max-- > 0 && anything_due(record.workspace(), now)) {
        const auto [due, number] = (*record.workspace().due_queue.begin()).first;
        record.go_on_by_time(due);
        change_by_time(record, number);
    }
}

// ---- Numbers (L1, L2, R27) --------------------------------------------------------------------------------

std::string next_agreement_number(const Workspace& workspace) { return numbered("CNTR", workspace.last_agreement + 1); }
std::string next_case_number(const Workspace& workspace) { return numbered("CS", workspace.last_case + 1); }
std::string next_request_number(const Workspace& workspace) { return numbered("REQ", workspace.last_request + 1); }

// ---- Agreements -------------------------------------------------------------------------------------------

void notify_parties(Recorder& record, const Agreement& agreement, NotificationKind kind) {
    const Workspace& workspace = record.before();
    std::vector<std::string> to;
    for (const auto& contact : workspace.book_of(agreement.account).contacts) {
        if (contact->onboarding_contact) to.push_back(contact->email);
    }
    const Account* account = workspace.find_account(agreement.account);
    if (account && account->delivery_email) {
        const std::string delivery = to_ascii_lower(*account->delivery_email);
        if (std::ranges::none_of(to, [&](const std::string& each) { return to_ascii_lower(each) == delivery; })) {
            to.push_back(*account->delivery_email);
        }
    }
    if (to.empty()) return;
    record.record(agreement.account, agreement.number,
                  NotificationsSent{.kind = kind, .agreement = agreement.number, .to = std::move(to)});
}

void cancel(Recorder& record, const std::string& number, Ending ending, const std::string& reason,
            std::optional<std::string> replaced_by) {
    const Agreement agreement = record.workspace().agreements.at(number);
    record.record(agreement.account, number,
                  AgreementCancelled{
                      .number = number, .ending = ending, .reason = reason, .replaced_by = std::move(replaced_by)});
    if (agreement.acceptance_case) close_case(record, *agreement.acceptance_case, record.by_name(), reason);  // R44
}

void expire(Recorder& record, const std::string& number, Ending ending, std::optional<std::string> superseded_by) {
    const std::string account = record.workspace().agreements.at(number).account;
    record.record(account, number,
                  AgreementExpired{.number = number, .ending = ending, .superseded_by = superseded_by});
    for (const auto& uplift : pending_uplifts(record.workspace(), number)) {
        if (superseded_by) {
            cancel(record, uplift, Ending::no_longer_applies,
                   number + ", which it would have superseded, was replaced by " + *superseded_by + ".");
        } else {
            cancel(record, uplift, Ending::agreement_ended, number + ", which it would have superseded, has ended.");
        }
    }
}

std::string create_uplift(Recorder& record, const std::string& active, const TermsVersion& terms) {
    const Agreement superseded = record.workspace().agreements.at(active);
    const Account* account = record.workspace().find_account(superseded.account);
    const std::string number = next_agreement_number(record.workspace());
    const Date today = london_date(record.at());
    record.record(superseded.account, number,
                  AgreementCreated{.number = number,
                                   .name = account ? agreement_name(*account) : superseded.name,
                                   .products = superseded.products,
                                   .terms_version = terms.version,
                                   .signature_type = SignatureType::auto_accepted,
                                   .window_days = terms_change_window_days,
                                   .day_one = today,
                                   .supersedes = active});
    record.record(superseded.account, number, AgreementIssued{.number = number, .on = today});
    notify_parties(record, record.workspace().agreements.at(number), NotificationKind::terms_change);
    return number;
}

std::vector<std::string> pending_uplifts(const Workspace& workspace, const std::string& superseded) {
    std::vector<std::string> numbers;
    for (const Agreement* each : workspace.successors(superseded)) {
        if (each->state == State::draft && each->signature_type == SignatureType::auto_accepted)
            numbers.push_back(each->number);
    }
    return numbers;
}

void follow_newest_uplift(Recorder& record, const std::string& number, const std::string& terms_version) {
    const TermsVersion* newest = nullptr;
    for (const auto& each : record.before().terms) {
        if (each.uplift && !each.imported_stub && (!newest || newest->order() < each.order())) newest = &each;  // R50
    }
    if (!newest || newest->order() <= order_of(terms_version)) return;
    record.go_on_by_time(record.at());
    record.not_before_known();
    create_uplift(record, number, *newest);
}

}  // namespace ca::lifecycle
