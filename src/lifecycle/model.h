// What the portal knows: accounts, contacts, API products, terms versions, agreements, cases, notifications, requests.
//
// A Workspace is the fold of all events so far (apply.h). It is a plain value: copy it to practise, compare it in tests.
// Nothing in it is ever deleted. Words are those of the user guide; rule numbers are those of the lifecycle contract.
//
// Shapes: texts are UTF-8 as given; instants are UTC seconds; dates are London dates. Keys: an account by its ODS code in
// upper case, a contact by its e-mail address in lower case, an agreement by CNTR + 7 digits, a case by CS + 7 digits, a
// request by REQ + 7 digits, a product by its id, a terms version by its text.
#pragma once

#include "base/time.h"

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ca::lifecycle {

enum class State : std::uint8_t { draft, active, expired, cancelled };
enum class Substate : std::uint8_t { awaiting_review, under_review };  // only beside State::draft
enum class SignatureType : std::uint8_t { accepted_via_portal, auto_accepted };

std::string_view to_words(State);          // "Draft", "Active", "Expired", "Cancelled"
std::string_view to_words(Substate);       // "Awaiting Review", "Under Review"
std::string_view to_words(SignatureType);  // "Accepted via Portal", "Auto Accepted"

// Who acts. `name` is a person's name for team and products, an e-mail address for a contact, empty else. `system` is time
// itself, and imports.
enum class Role : std::uint8_t { agreement_team, product_team, contact, visitor, system };
struct Actor {
    Role role = Role::visitor;
    std::string name{};
    bool operator==(const Actor&) const = default;
};

struct Account {
    std::string ods_code;  // upper case
    std::string name;
    std::string address{};
    std::optional<std::string> company_number{};  // 8 characters, upper case
    bool public_healthcare = false;
    bool outside_uk = false;
    std::optional<std::string> delivery_email{};
    bool imported = false;
};

struct Product {
    std::string id;
    std::string name;
    std::string special_terms{};  // Markdown, empty: none
};

struct Contact {
    std::string email;  // as first given
    std::string name;
    std::string account;  // ODS code
    bool onboarding_contact = false;
    std::optional<Instant> nominated_at{};
    int order = 0;  // order of registration
};

// One to four dotted numbers; missing parts count as zero (R24).
struct VersionNumber {
    std::array<std::uint32_t, 4> parts{};
    auto operator<=>(const VersionNumber&) const = default;
};
std::optional<VersionNumber> parse_version(std::string_view);

struct TermsVersion {
    std::string version;  // as published
    VersionNumber order;
    std::string title;
    std::string standard_terms;         // Markdown
    std::string acceptable_use_policy;  // Markdown, may be empty
    std::string changes;                // Markdown, may be empty: the published changes
    bool uplift = false;
    bool imported_stub = false;  // known only by its number from an import; its text is still to be supplied
    Instant published_at;
};

struct Attachment {
    std::string file_name;
    std::int64_t size = 0;  // bytes
    std::string sha256;     // 64 lower-case hex digits
    std::string by;         // the person's name
    Instant at;
    bool operator==(const Attachment&) const = default;
};

// A pause of the review clock, in London dates (U4). `until` is empty while paused.
struct Pause {
    Date from;
    std::optional<Date> until{};
    std::string reason;
    std::string by;
    bool operator==(const Pause&) const = default;
};

// The review window of a draft. Day 1 moves with pauses (R45) and resets (U4).
struct Review {
    int window_days = 90;  // 90, or 30 for a terms change
    Date day_one;          // the created date, the reset date, moved on by pauses
    std::vector<Pause> pauses{};
    bool paused() const { return !pauses.empty() && !pauses.back().until; }
    Date last_day() const { return day_one + (window_days - 1); }
    bool operator==(const Review&) const = default;
};

struct Agreement {
    std::string number;
    std::string name;     // L3, as when it was created (or as imported)
    std::string account;  // ODS code
    std::vector<std::string> products;
    std::string terms_version;
    std::optional<int> from_version{};
    SignatureType signature_type = SignatureType::accepted_via_portal;
    State state = State::draft;
    std::optional<Substate> substate{};
    Instant created;
    std::optional<Date> issued{};
    Review review{};
    std::optional<Date> accepted_on{};
    std::optional<std::string> accepted_by{};  // the person's name at that instant
    std::optional<Date> start_date{};
    std::optional<Date> end_date{};
    std::optional<std::string> end_reason{};
    std::optional<std::string> supersedes{};   // R34
    std::optional<std::string> original_version{};  // only where an import says so; else computed (V3)
    std::optional<std::string> replaced_by{};  // U6
    std::optional<std::string> acceptance_case{};
    std::vector<std::string> notified{};       // addresses, in order of first notification (R31)
    std::vector<Attachment> attachments{};
    std::optional<std::string> company_registration_number{};  // only where an import says so; else the account's (L4)
    std::optional<Instant> ended_at{};         // when it became Expired or Cancelled
    std::string ended_why{};                   // in words
    bool uplift_withdrawn = false;             // R51
    bool imported = false;
};

enum class CaseKind : std::uint8_t { acceptance, query };
enum class CaseState : std::uint8_t { fresh, open, awaiting_info, resolved, closed };  // fresh is shown as "New"
std::string_view to_words(CaseKind);   // "acceptance", "query"
std::string_view to_words(CaseState);  // "New", "Open", "Awaiting Info", "Resolved", "Closed"

struct CaseEntry {
    Instant at;
    std::string author;  // a person's name, or "System"
    std::string text;
    bool visible_to_customer = true;
};

struct Case {
    std::string number;
    CaseKind kind = CaseKind::query;
    CaseState state = CaseState::fresh;
    std::string account;
    std::string agreement;
    Instant opened;
    std::string opened_by{};
    std::vector<std::string> watch_list{};  // as first given
    std::vector<CaseEntry> activity{};
    bool is_open() const { return state == CaseState::fresh || state == CaseState::open || state == CaseState::awaiting_info; }
};

enum class NotificationKind : std::uint8_t { new_agreement, uplift_v5_to_v6, terms_change, agreement_termination, case_update };
std::string_view to_words(NotificationKind);  // "new_agreement", …

struct Notification {  // one for each recipient
    Instant at;
    NotificationKind kind;
    std::string account;
    std::string agreement;
    std::optional<std::string> case_number{};
    std::string to;
    int entry = -1;  // for case_update: index of the activity entry that it carries
};

enum class RequestState : std::uint8_t { open, created, declined };
struct Request {
    std::string number;  // REQ + 7 digits
    std::string account;
    std::vector<std::string> products;
    std::string note{};
    std::string by;
    Instant at;
    RequestState state = RequestState::open;
    std::string reason{};                  // when declined
    std::optional<std::string> agreement{};  // when created
};

struct Workspace {
    std::map<std::string, Account> accounts;
    std::map<std::string, Contact> contacts;  // by lower-case e-mail address
    std::vector<std::string> product_order;   // ids in order of registration
    std::map<std::string, Product> products;
    std::vector<TermsVersion> terms;          // in order of publication
    std::map<std::string, Agreement> agreements;
    std::map<std::string, Case> cases;
    std::map<std::string, Request> requests;
    std::vector<Notification> notifications;
    std::uint32_t last_agreement = 0;  // highest number used, so none is used twice (L1)
    std::uint32_t last_case = 0;
    std::uint32_t last_request = 0;
    Instant now;                       // the instant of the last step; never goes backwards

    const Account* find_account(std::string_view ods_code) const;  // without regard to case
    const Contact* find_contact(std::string_view email) const;     // without regard to case
    const Agreement* find_agreement(std::string_view number) const;
    const Case* find_case(std::string_view number) const;
    const Product* find_product(std::string_view id) const;
    const TermsVersion* find_terms(std::string_view version) const;  // the published text exactly
    const Agreement* active_agreement(std::string_view ods_code) const;
};

}  // namespace ca::lifecycle
