// Views: what is shown of a Workspace, to whom (P3, V1–V5, R29–R39). Pages, the PDF, exports and the scenario runner all read
// these, so that a rule about what is shown stands in one place.
#pragma once

#include "lifecycle/model.h"

namespace ca::lifecycle {

struct RegistrationNumber {  // L4
    std::optional<std::string> number;
    std::string reason;  // in words: "The company's registration number.", "The ODS code, because …"
};
RegistrationNumber company_registration_number(const Account&);
std::string agreement_name(const Account&);  // L3

struct ReviewView {  // R37–R39
    int window_days = 90;
    int day = 1;
    int days_left = 0;
    std::optional<Date> last_day;
    std::optional<Instant> closes_at;
    bool paused = false;
    std::vector<std::string> held_by;  // open query cases
};

struct AgreementView {  // the `agreement` value of the command language, whole
    std::string number, name;
    std::optional<std::string> company_registration_number;
    std::string account;
    std::vector<std::string> api_products_applicable;
    std::optional<std::string> case_number;
    State state;
    std::optional<Substate> substate;
    SignatureType signature_type;
    std::optional<Date> accepted_on;
    std::optional<std::string> accepted_by;
    std::optional<Date> start_date, end_date;
    Instant created;
    std::optional<Date> issued;
    std::string terms_version;
    std::string original_version;
    std::optional<std::string> superseded_contract;
    std::optional<std::string> pdf_accepted_by;
    std::vector<std::string> contacts;
    std::vector<Attachment> attachments;
    std::optional<ReviewView> review;
};
AgreementView view(const Workspace&, const Agreement&, Instant now);

bool may_see(const Workspace&, const Actor&, const Agreement&);
bool may_see(const Workspace&, const Actor&, const Case&);
bool in_default_filter(const Agreement&);  // V5

// Why this actor cannot accept this agreement now, as the refusal that `accept` would give; none where it can (R15).
std::optional<Error> why_not_accept(const Workspace&, const Actor&, const Agreement&, Instant now);

// What will happen to an agreement by time alone, soonest first: when, what, and the rule that says so.
struct Upcoming {
    Instant at;
    std::string what;  // "Cancelled, unless it is accepted before"
    std::string rule;  // "N4"
};
std::vector<Upcoming> upcoming(const Workspace&, const Agreement&, Instant now);
// The next instant at which anything in the workspace falls due.
std::optional<Instant> next_due(const Workspace&, Instant now);

// Accepted agreement, uplift, replacement …: the chain from the Original Version on, oldest first (V3, issue `…/history`).
std::vector<std::string> lineage(const Workspace&, const Agreement&);

}  // namespace ca::lifecycle
