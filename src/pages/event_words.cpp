#include "pages/event_words.h"

#include "base/text.h"

namespace ca::pages {
namespace {

using namespace lifecycle;

template<typename... Cases>
struct Either : Cases... {
    using Cases::operator()...;
};
template<typename... Cases>
Either(Cases...) -> Either<Cases...>;

}  // namespace

EventWords words_of(const Event& event) {
    return std::visit(
        Either{
            [](const AccountRegistered& e) { return EventWords{"Account " + e.ods_code + " registered", "", "L5"}; },
            [](const ProductRegistered& e) { return EventWords{"API product " + e.name + " registered", "", ""}; },
            [](const ContactRegistered& e) { return EventWords{"Contact " + e.name + " registered", "", "P1"}; },
            [](const ContactNominated& e) { return EventWords{e.email + " nominated as an onboarding contact", "", "P2"}; },
            [](const TermsPublished& e) { return EventWords{"Terms version " + e.version + " published", "", e.uplift ? "U1" : ""}; },
            [](const AgreementRequested& e) { return EventWords{"Agreement requested (" + e.number + ")", e.note, "P4"}; },
            [](const RequestAnswered& e) { return EventWords{"Created from request " + e.number, "", "P4"}; },
            [](const RequestDeclined& e) { return EventWords{"Request " + e.number + " declined", e.reason, "P4"}; },
            [](const AgreementCreated& e) {
                const bool uplift = e.signature_type == SignatureType::auto_accepted;
                return EventWords{"Created on terms version " + e.terms_version + ", review of " + std::to_string(e.window_days) + " days", e.supersedes ? "Terms change of " + *e.supersedes : "", uplift ? "U1" : "N1"};
            },
            [](const AgreementIssued&) { return EventWords{"Issued for review", "", "N2"}; },
            [](const AgreementAccepted& e) { return EventWords{"Accepted by " + e.accepted_by, e.supersedes ? "Replaces " + *e.supersedes : "", "N3"}; },
            [](const AgreementAutoAccepted&) { return EventWords{"Accepted automatically after the review", "", "U2"}; },
            [](const AgreementExpired& e) { return EventWords{"Expired: " + std::string(to_words(e.ending)), e.superseded_by ? "Superseded by " + *e.superseded_by : "", std::string(rule_of(e.ending))}; },
            [](const AgreementCancelled& e) { return EventWords{"Cancelled: " + std::string(to_words(e.ending)), e.replaced_by ? "Replaced by " + *e.replaced_by : e.reason, std::string(rule_of(e.ending))}; },
            [](const AgreementTerminated& e) { return EventWords{"End date set to " + format_words(e.end_date), e.reason, "E1"}; },
            [](const ReviewPaused& e) { return EventWords{"Review paused", e.reason, "U4"}; },
            [](const ReviewResumed&) { return EventWords{"Review resumed", "", "U4"}; },
            [](const ReviewReset&) { return EventWords{"Review reset to a fresh 30 days", "", "U4"}; },
            [](const DownloadRecorded& e) { return EventWords{e.file_name + " downloaded", "", "V6"}; },
            [](const CaseOpened& e) { return EventWords{"Case " + e.number + " opened", "", e.kind == CaseKind::query ? "C1" : "N1"}; },
            [](const CaseEntryAdded& e) { return EventWords{"Entry on case " + e.number, "", "C2"}; },
            [](const CaseStateChanged& e) { return EventWords{"Case " + e.number + " is " + std::string(to_words(e.state)), "", "C2"}; },
            [](const WatcherAdded& e) { return EventWords{e.email + " watches case " + e.number, "", "C3"}; },
            [](const WatcherRemoved& e) { return EventWords{e.email + " no longer watches case " + e.number, "", "C3"}; },
            [](const NotificationsSent& e) { return EventWords{"Notified: " + join(e.to, ", "), "", e.kind == NotificationKind::case_update ? "C3" : "N2"}; },
            [](const AccountImported& e) { return EventWords{"Account " + e.record.ods_code + " imported", "", ""}; },
            [](const ContactImported& e) { return EventWords{"Contact " + e.record.name + " imported", "", ""}; },
            [](const ProductImported& e) { return EventWords{"API product " + e.record.name + " imported", "", ""}; },
            [](const TermsImported& e) { return EventWords{"Terms version " + e.record.version + " imported", "", ""}; },
            [](const AgreementImported& e) { return EventWords{"Imported as " + std::string(to_words(e.record.state)), "", ""}; },
            [](const CaseImported& e) { return EventWords{"Case " + e.record.number + " imported", "", ""}; },
            [](const auto&) { return EventWords{"Record kept as it was imported", "", ""}; },
        },
        event.body);
}

std::string actor_words(const Event& event) {
    switch (event.by.role) {
    case Role::agreement_team: return event.by.name + " (agreement team)";
    case Role::product_team: return event.by.name + " (API product team)";
    case Role::contact: return event.by.name;
    case Role::visitor: return "Visitor";
    case Role::system: return "System";
    }
    return event.by.name;
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

}  // namespace ca::pages
