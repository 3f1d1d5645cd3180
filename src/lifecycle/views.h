// Views: what is shown of a Workspace, to whom (P3, V1–V5, R29–R39). Pages, the PDF, exports and the scenario runner
// all read these, so that a rule about what is shown stands in one place.
#pragma once

#include "lifecycle/model.h"

namespace ca::lifecycle {

struct RegistrationNumber {  // L4
    std::optional<std::string> number;
    std::string reason;  // in words: "The company's registration number.", "The ODS code, because …"
};
RegistrationNumber company_registration_number(const Account&);
// What an import said about the agreement, else the account's.
std::optional<std::string> company_registration_number(const Workspace&, const Agreement&);
std::string agreement_name(const Account&);  // L3
// The names of products, in the order of their ids; of one that is not registered the id.
std::vector<std::string> product_names(const Workspace&, const std::vector<std::string>& ids);
// The case shown with an agreement: its acceptance case; of an Auto Accepted one the query that was opened last (R30).
std::optional<std::string> shown_case(const Workspace&, const Agreement&);
// The account as the agreement's papers name it: as it is now, but of what has left Draft as it was then, whatever has
// been corrected since. Where an import said another registration number about the agreement, that is given, without a
// reason.
Party party_of(const Workspace&, const Agreement&);

struct ReviewView {  // R37–R39
    int window_days = 90;
    int day = 1;
    int days_left = 0;
    std::optional<Date> last_day;
    std::optional<Instant> closes_at;
    bool paused = false;
    std::vector<std::string> held_by;  // open query cases
    static void describe(auto&& member, auto& self) {
        member("window_days", self.window_days);
        member("day", self.day);
        member("last_day", self.last_day);
        member("closes_at", self.closes_at);
        member("days_left", self.days_left);
        member("paused", self.paused);
        member("held_by", self.held_by);
    }
    bool operator==(const ReviewView&) const = default;
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
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("name", self.name);
        member("company_registration_number", self.company_registration_number);
        member("account", self.account);
        member("api_products_applicable", self.api_products_applicable);
        member("case", self.case_number);
        member("state", self.state);
        member("substate", self.substate);
        member("signature_type", self.signature_type);
        member("accepted_on", self.accepted_on);
        member("accepted_by", self.accepted_by);
        member("start_date", self.start_date);
        member("end_date", self.end_date);
        member("created", self.created);
        member("issued", self.issued);
        member("terms_version", self.terms_version);
        member("original_version", self.original_version);
        member("superseded_contract", self.superseded_contract);
        member("pdf_accepted_by", self.pdf_accepted_by);
        member("contacts", self.contacts);
        member("attachments", self.attachments);
        member("review", self.review);
    }
    bool operator==(const AgreementView&) const = default;
};
AgreementView view(const Workspace&, const Agreement&, Instant now);
// Whether nobody here can say who was notified: it came from elsewhere as one that had gone out already, and the record
// says nothing of it.
bool notified_elsewhere(const Agreement&);

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
// The next instant after `now` at which anything in the workspace falls due.
std::optional<Instant> next_due(const Workspace&, Instant now);
// How many agreements time alone has to change up to and including `now`.
std::size_t due_count(const Workspace&, Instant now);

// The chain through `supersedes` to which this agreement belongs, oldest first: its Original Version, each that
// superseded another, itself, and those that came after it, cancelled ones too (V3, R53). By number.
std::vector<std::string> lineage(const Workspace&, const Agreement&);
// V3: its number; the oldest known one where an import breaks the chain.
std::string original_version(const Workspace&, const Agreement&);

// ---- Cases and notifications ------------------------------------------------------------------------------

// The open query cases on an agreement, by number (R39, R43).
std::vector<std::string> open_queries(const Workspace&, const Agreement&);

// ---- What needs a hand ------------------------------------------------------------------------------------

// The window of a new agreement runs from its creation, not from its issue (T4). A contact that is left fewer days than
// this is worse off than with a terms change, for which nobody has to do anything (U1): then it was issued late.
constexpr int days_to_review_min = 30;

enum class Attention : std::uint8_t {
    query_on_running_clock,  // an open query while the review of a terms change runs: pause, or answer
    acceptance_held,         // U5
    window_elapsed,          // T4: Awaiting Review, and can no longer be issued
    issued_late,             // Under Review, with fewer than days_to_review_min left when it was issued
    issue_overdue,           // Awaiting Review for more than a week, or with few days left, while its window runs
    nobody_can_accept,       // Under Review, and the account has no onboarding contact
    window_ends_soon,        // within seven days
    terms_superseded,        // N6, R52: a draft that can never be accepted
    request_waiting,         // P4
};
struct NeedsAttention {
    Attention what;
    std::string account;
    std::string subject;             // the agreement's or the request's number
    std::optional<Instant> until{};  // when it becomes too late, where there is such an instant
    std::string words;               // what is the matter and what to do
};
// For the agreement team's queue: the most urgent kind first, then by `until`, then by number.
std::vector<NeedsAttention> needs_attention(const Workspace&, Instant now);

}  // namespace ca::lifecycle
