#include "lifecycle/explain.h"

#include "base/text.h"
#include "lifecycle/views.h"

#include <algorithm>

namespace ca::lifecycle {
namespace {

// ---- Deadlines --------------------------------------------------------------------------------------------

std::string in_words(SpanKind kind, Date from, Date until) {
    const Date last = until - 1;
    const std::string dates =
        from == last ? "on " + format_words(from) : "from " + format_words(from) + " to " + format_words(last);
    switch (kind) {
        case SpanKind::running: return "The clock runs " + dates + ".";
        case SpanKind::paused: return "Paused " + dates;
        case SpanKind::held: return "Held " + dates;
    }
    return dates;
}

class SpanLine {
public:
    explicit SpanLine(Date from) : cursor_(from) {}

    void add(SpanKind kind, Date until, const std::string& detail = "") {
        if (until <= cursor_) return;  // paused and resumed on one date costs nothing (U4)
        spans_.push_back({kind, cursor_, until, in_words(kind, cursor_, until) + detail});
        cursor_ = until;
    }
    Date cursor() const { return cursor_; }
    std::vector<Span> take() && { return std::move(spans_); }

private:
    Date cursor_;
    std::vector<Span> spans_;
};

std::vector<Span> spans_of(const Agreement& agreement, const ReviewView& shown, Date today) {
    const Review& review = agreement.review;
    const auto is_current = [&](const Pause& pause) {
        return review.resets.empty() || pause.from >= review.resets.back();
    };
    // Each pause moved day 1 on (R45); going back over them gives the date on which this window began.
    Date began = review.day_one;
    for (const auto& pause : review.pauses) {
        if (pause.until && is_current(pause)) began = began - (*pause.until - pause.from);
    }
    SpanLine line(began);
    for (const auto& pause : review.pauses) {
        if (!is_current(pause)) continue;
        line.add(SpanKind::running, pause.from);
        line.add(SpanKind::paused, pause.until.value_or(today), ": " + pause.reason + " (" + pause.by + ").");
    }
    const bool paused = review.paused();
    const int days_used = paused ? review.pauses.back().from - review.day_one : 0;
    line.add(SpanKind::running, paused ? today + (review.window_days - days_used) : review.last_day() + 1);
    if (!shown.held_by.empty()) line.add(SpanKind::held, today + 1, " by " + join(shown.held_by, ", ") + ".");
    return std::move(line).take();
}

// What the window leads to: the words of the headline, what happens next, and the rule.
struct Outlook {
    std::string headline;
    std::string next;
    std::string rule;
};

Outlook outlook(const Workspace& workspace, const Agreement& agreement, const ReviewView& shown, Instant now) {
    const Review& review = agreement.review;
    const std::string last_day = format_words(review.last_day());
    const std::string closes =
        "midnight at the end of " + last_day;  // of the two days that a midnight belongs to, the one that counts
    const bool by_time = agreement.signature_type == SignatureType::auto_accepted;
    if (shown.paused) {
        return {"the clock is paused since " + format_words(review.pauses.back().from),
                "Nothing happens until the agreement team resumes or resets the clock. Then " +
                    std::to_string(shown.days_left) + (shown.days_left == 1 ? " day is left." : " days are left."),
                "U4"};
    }
    if (!shown.held_by.empty()) {
        return {"acceptance is held; the last day of the review was " + last_day,
                "It becomes Active when " + join(shown.held_by, ", ") +
                    (shown.held_by.size() == 1 ? " is resolved." : " are resolved."),
                "U5"};
    }
    if (agreement.substate == Substate::awaiting_review) {
        if (now >= review.closes_at()) {
            return {"the last day was " + last_day + ", before it was issued",
                    "It can no longer be issued. The agreement team must withdraw it.", "T4"};
        }
        return {(by_time ? "last day of the review: " : "last day to accept: ") + last_day,
                "If it is not issued by " + closes + ", it can no longer be issued.", "T4"};
    }
    if (!by_time)
        return {"last day to accept: " + last_day, "If nobody accepts it, it is Cancelled at " + closes + ".", "N4"};
    if (const auto queries = open_queries(workspace, agreement); !queries.empty()) {
        return {"last day of the review: " + last_day,
                "If " + join(queries, ", ") + (queries.size() == 1 ? " is" : " are") + " still open at " + closes +
                    ", acceptance is held until " + (queries.size() == 1 ? "it is" : "they are") + " resolved.",
                "U5"};
    }
    return {"last day of the review: " + last_day, "It becomes Active, accepted automatically, at " + closes + ".",
            "U2"};
}

}  // namespace

std::string_view to_words(SpanKind kind) {
    switch (kind) {
        case SpanKind::running: return "running";
        case SpanKind::paused: return "paused";
        case SpanKind::held: return "held";
    }
    return "";
}

std::optional<Deadline> explain_deadline(const Workspace& workspace, const Agreement& agreement, Instant now) {
    const auto shown = view(workspace, agreement, now).review;
    if (!shown) return std::nullopt;
    const Date today = london_date(now);
    auto [headline, next, rule] = outlook(workspace, agreement, *shown, now);
    return Deadline{.headline = "Day " + std::to_string(shown->day) + " of " + std::to_string(shown->window_days) +
                                " – " + headline,
                    .next = std::move(next),
                    .rule = std::move(rule),
                    .day = shown->day,
                    .window_days = shown->window_days,
                    .days_left = shown->days_left,
                    .today = today,
                    .spans = spans_of(agreement, *shown, today),
                    .resets = agreement.review.resets};
}

// ---- Events -----------------------------------------------------------------------------------------------

namespace {

// "Name: Acme, now Acme Ltd. Address: none, now 1 High Street."
std::string corrections_in_words(const Account& was, const Account& now) {
    std::vector<std::string> words;
    const auto say = [&](const char* what, const std::string& before, const std::string& after) {
        if (before != after)
            words.push_back(std::string(what) + ": " + (before.empty() ? "none" : before) + ", now " +
                            (after.empty() ? "none" : after) + ".");
    };
    const auto yes_or_no = [](bool flag) { return std::string(flag ? "yes" : "no"); };
    say("Name", was.name, now.name);
    say("Address", was.address, now.address);
    say("Company number", was.company_number.value_or(""), now.company_number.value_or(""));
    say("Public healthcare organisation", yes_or_no(was.public_healthcare), yes_or_no(now.public_healthcare));
    say("Registered outside the UK", yes_or_no(was.outside_uk), yes_or_no(now.outside_uk));
    say("Delivery address for notices", was.delivery_email.value_or(""), now.delivery_email.value_or(""));
    return join(words, " ");
}

// "jo@acme.example" of "contact:jo@acme.example".
std::string person_name(const std::string& person) { return person.substr(person.find(':') + 1); }

struct Explainer {
    const Event& event;

    Explanation operator()(const AccountRegistered& body) const {
        return {"Account " + body.ods_code + " registered: " + body.name, "", "L5"};
    }
    Explanation operator()(const ProductRegistered& body) const {
        return {"API product " + body.name + " registered", "", ""};
    }
    Explanation operator()(const ContactRegistered& body) const {
        return {body.name + " registered, " + body.email, "", "P1"};
    }
    Explanation operator()(const ContactNominated& body) const {
        return {body.email + " became an onboarding contact", "Supplier Onboarding Contact Nomination was submitted.",
                "P2"};
    }
    Explanation operator()(const NominationEnded& body) const {
        return {body.email + " is no longer an onboarding contact",
                "Notified of nothing more, and cannot accept agreements.", "R66"};
    }
    Explanation operator()(const ContactCorrected& body) const {
        return {"Name of " + body.email + " corrected to " + body.name,
                "It was " + body.was + ". Names in what was recorded before stay.", "R65"};
    }
    Explanation operator()(const AccountCorrected& body) const {
        return {"Account " + body.record->ods_code + " corrected", corrections_in_words(*body.was, *body.record),
                "R64"};
    }
    Explanation operator()(const TermsPublished& body) const {
        return {"Terms " + body.version + " published: " + body.title,
                body.uplift ? "As an uplift: every Active agreement on older terms gets a new version to review." : "",
                body.uplift ? "U1" : ""};
    }
    Explanation operator()(const AgreementRequested& body) const {
        return {"Agreement requested, " + body.number, body.note, "P4"};
    }
    Explanation operator()(const RequestAnswered& body) const {
        return {"Request " + body.number + " answered by " + body.agreement, "", "P4"};
    }
    Explanation operator()(const RequestDeclined& body) const {
        return {"Request " + body.number + " declined", body.reason, "P4"};
    }
    Explanation operator()(const AgreementCreated& body) const {
        if (body.signature_type == SignatureType::auto_accepted) {
            return {"Created on the terms " + body.terms_version,
                    "Terms " + body.terms_version + " are newer than those of " +
                        body.supersedes.value_or("the agreement before") + ".",
                    event.by.role == Role::system ? "U7" : "U1"};
        }
        return {"Created on the terms " + body.terms_version,
                "For these API products: " + join(body.products, ", ") + ".", "N1"};
    }
    Explanation operator()(const AgreementRenamed& body) const {
        return {"Renamed to " + body.name, "It was " + body.was + ". The account was corrected while this was a draft.",
                "L3"};
    }
    Explanation operator()(const AgreementIssued& body) const {
        return {"Under Review since " + format_words(body.on), "Issued to the parties.", "N2"};
    }
    Explanation operator()(const AgreementAccepted& body) const {
        return {"Accepted by " + body.accepted_by,
                body.supersedes ? "It replaces " + *body.supersedes + "."
                                : "The terms and conditions were read and understood.",
                "N3"};
    }
    Explanation operator()(const AgreementAutoAccepted& body) const {
        return {"Accepted automatically",
                body.end_date ? "The review ended. The end date " + format_words(*body.end_date) + " goes on to hold."
                              : "The review ended.",
                "U2"};
    }
    Explanation operator()(const AgreementExpired& body) const {
        if (body.superseded_by)
            return {"Expired", "Superseded by " + *body.superseded_by + ".", std::string(rule_of(body.ending))};
        return {"Expired", "Its end date was reached.", std::string(rule_of(body.ending))};
    }
    Explanation operator()(const AgreementCancelled& body) const {
        return {"Cancelled", body.reason, std::string(rule_of(body.ending))};
    }
    Explanation operator()(const AgreementTerminated& body) const {
        return {"Terminated with the end date " + format_words(body.end_date), body.reason, "E1"};
    }
    Explanation operator()(const ReviewPaused& body) const {
        return {"Review paused on " + format_words(body.on), body.reason, "U4"};
    }
    Explanation operator()(const ReviewResumed& body) const {
        return {"Review resumed on " + format_words(body.on), "", "U4"};
    }
    Explanation operator()(const ReviewReset& body) const {
        return {"Review reset: " + format_words(body.on) + " is day 1 again", body.reason.value_or(""), "U4"};
    }
    Explanation operator()(const DownloadRecorded& body) const {
        return {body.person + " downloaded " + body.file_name, "", "V6"};
    }
    Explanation operator()(const CaseOpened& body) const {
        const bool is_query = body.kind == CaseKind::query;
        return {"Case " + body.number + " opened by " + body.opened_by,
                is_query ? "A query was raised." : "To accept the agreement.", is_query ? "C1" : "N1"};
    }
    Explanation operator()(const CaseEntryAdded& body) const {
        return {body.author + " wrote in " + body.number,
                body.visible_to_customer ? "" : "A work note: contacts do not see it.", "C2"};
    }
    Explanation operator()(const CaseStateChanged& body) const {
        return {"Case " + body.number + " became " + std::string(to_words(body.state)), "", "C2"};
    }
    Explanation operator()(const WatcherAdded& body) const {
        return {body.email + " watches " + body.number, "", "C3"};
    }
    Explanation operator()(const WatcherRemoved& body) const {
        return {body.email + " no longer watches " + body.number, "", "C3"};
    }
    Explanation operator()(const NotificationsSent& body) const {
        switch (body.kind) {
            case NotificationKind::new_agreement:
                return {"Notified of the new agreement: " + join(body.to, ", "), "", "N2"};
            case NotificationKind::uplift_v5_to_v6:
                return {"Notified of the uplift from version 5: " + join(body.to, ", "), "", "N2"};
            case NotificationKind::terms_change:
                return {"Notified of the terms change: " + join(body.to, ", "), "", "U1"};
            case NotificationKind::agreement_termination:
                return {"Notified of the termination: " + join(body.to, ", "), "", "E1"};
            case NotificationKind::case_update: return {"Copied to watchers: " + join(body.to, ", "), "", "C3"};
        }
        return {};
    }
    Explanation operator()(const NotificationMarkedSent& body) const {
        return {"Message to " + body.to + " marked as sent", "So says who marked it: this portal sends nothing.", ""};
    }
    Explanation operator()(const NotificationMarkedToSend& body) const {
        return {"Message to " + body.to + " marked as to send", "", ""};
    }
    Explanation operator()(const AccountImported& body) const {
        return {"Account " + body.record.ods_code + " imported", "", ""};
    }
    Explanation operator()(const ContactImported& body) const {
        return {"Contact " + body.record.email + " imported", "", ""};
    }
    Explanation operator()(const ProductImported& body) const {
        return {"API product " + body.record.id + " imported", "", ""};
    }
    Explanation operator()(const TermsImported& body) const {
        return {"Terms " + body.record.version + " imported", "", ""};
    }
    Explanation operator()(const AgreementImported& body) const {
        return {"Imported as " + std::string(to_words(body.record->state)), "As another system recorded it.", ""};
    }
    Explanation operator()(const CaseImported& body) const {
        return {"Case " + body.record.number + " imported", "", ""};
    }
    Explanation operator()(const ServiceNowRowKept& body) const {
        return {"Row of " + body.table + " kept as it came", "", ""};
    }
    Explanation operator()(const CommandSigned& body) const {
        return {"Signed by " + actor_words(event.by), "With the key " + body.key.substr(0, 16) + "…", ""};
    }
    Explanation operator()(const PersonInvited& body) const {
        return {person_name(body.person) + " invited to this shared workspace",
                "The invitation is good once, until " + format_words(body.until) + ".", ""};
    }
    Explanation operator()(const DeviceAdmitted& body) const {
        return {person_name(body.person) + " joined this shared workspace, with " + body.device,
                "What they do there is signed with the key " + body.key.substr(0, 16) + "….", ""};
    }
    Explanation operator()(const AccessRemoved& body) const {
        return {"Access of " + person_name(body.person) + " removed", "", ""};
    }
};

}  // namespace

Explanation explain(const Event& event) { return std::visit(Explainer{event}, event.body); }

std::string actor_words(const Actor& actor) {
    switch (actor.role) {
        case Role::agreement_team: return actor.name + " (agreement team)";
        case Role::product_team: return actor.name + " (API product onboarding team)";
        case Role::contact: return actor.name;
        case Role::visitor: return "Visitor";
        case Role::system: return "System";
    }
    return actor.name;
}

bool concerns(const Event& event, std::string_view agreement) {
    if (event.entity == agreement) return true;
    return std::visit(
        [&](const auto& body) {
            if constexpr (requires { body.agreement; }) return body.agreement == agreement;
            else if constexpr (requires { body.record.agreement; }) return body.record.agreement == agreement;
            else return false;
        },
        event.body);
}

bool concerns_account(const Event& event, std::string_view ods_code) {
    const auto is = [&]<typename... Body>() { return (std::holds_alternative<Body>(event.body) || ...); };
    return event.account == ods_code &&
           is.operator()<AccountCorrected, ContactCorrected, ContactNominated, NominationEnded>();
}

bool hidden_from_contacts(const Event& event) {
    const auto is = [&]<typename... Body>() { return (std::holds_alternative<Body>(event.body) || ...); };
    if (is.operator()<NotificationMarkedSent, NotificationMarkedToSend>()) return true;
    // Requests are between the two teams. A row of another system holds what that one shows to its own people.
    if (is.operator()<AgreementRequested, RequestAnswered, RequestDeclined, ServiceNowRowKept>()) return true;
    if (const auto* entry = std::get_if<CaseEntryAdded>(&event.body)) return !entry->visible_to_customer;
    // It carries its whole activity, and a line of the journal is given whole or not at all.
    if (const auto* imported = std::get_if<CaseImported>(&event.body))
        return !std::ranges::all_of(imported->record.activity, &CaseEntry::visible_to_customer);
    return false;
}

}  // namespace ca::lifecycle
