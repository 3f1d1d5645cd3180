// What the portal knows: accounts, contacts, API products, terms versions, agreements, cases, notifications, requests.
//
// A Workspace is the fold of all events so far (apply.cpp): the ledger. It is a plain value: copy it to practise,
// compare it in tests. Nothing in it is ever deleted. Words are those of the user guide; rule numbers are those of the
// lifecycle contract.
//
// Shapes: texts are UTF-8 as given; instants are UTC seconds; dates are London dates. Keys: an account by its ODS code
// in upper case, a contact by its email address in lower case, an agreement by CNTR + 7 digits, a case by CS + 7
// digits, a request by REQ + 7 digits, a product by its id, a terms version by its text.
//
// Every kept shape lists its members once, in `describe`, in the order in which they are written. Codecs (journal,
// snapshot, answers of the scenario runner) walk that list, so no member can be forgotten in one of them:
//
//     Pause::describe([&](std::string_view name, auto& value) { … }, pause);
//
// Member types are: std::string, bool, int, std::int64_t, std::uint32_t, Date, Instant, the enums here (by to_words and
// from_words), std::optional and std::vector of these, std::map from std::string to these, and shapes with a
// `describe`.
#pragma once

#include "base/sliced.h"
#include "base/time.h"
#include "lifecycle/kept_rows.h"
#include "lifecycle/shelf.h"

#include <immer/vector.hpp>

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

// The value whose to_words is exactly this text; none for any other text. For every enum of this file.
template<typename Enum>
std::optional<Enum> from_words(std::string_view);

// Who acts. `name` is a person's name for team and products, an email address for a contact, empty else. `system` is
// time itself, and imports.
enum class Role : std::uint8_t { agreement_team, product_team, contact, visitor, system };
std::string_view to_words(Role);  // "team", "products", "contact", "visitor", "system"
struct Actor {
    Role role = Role::visitor;
    std::string name{};
    bool operator==(const Actor&) const = default;
    static void describe(auto&& member, auto& self) { member("role", self.role), member("name", self.name); }
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
    bool operator==(const Account&) const = default;
    static void describe(auto&& member, auto& self) {
        member("ods_code", self.ods_code);
        member("name", self.name);
        member("address", self.address);
        member("company_number", self.company_number);
        member("public_healthcare", self.public_healthcare);
        member("outside_uk", self.outside_uk);
        member("delivery_email", self.delivery_email);
        member("imported", self.imported);
    }
};

struct Product {
    std::string id;
    std::string name;
    std::string special_terms{};  // Markdown, empty: none
    bool operator==(const Product&) const = default;
    static void describe(auto&& member, auto& self) {
        member("id", self.id);
        member("name", self.name);
        member("special_terms", self.special_terms);
    }
};

struct Contact {
    std::string email;  // as first given
    std::string name;
    std::string account;  // ODS code
    bool onboarding_contact = false;
    std::optional<Instant> nominated_at{};
    int order = 0;  // order of registration
    bool operator==(const Contact&) const = default;
    static void describe(auto&& member, auto& self) {
        member("email", self.email);
        member("name", self.name);
        member("account", self.account);
        member("onboarding_contact", self.onboarding_contact);
        member("nominated_at", self.nominated_at);
        member("order", self.order);
    }
};

// One to four dotted numbers; missing parts count as zero (R24).
struct VersionNumber {
    std::array<std::uint32_t, 4> parts{};
    auto operator<=>(const VersionNumber&) const = default;
};
std::optional<VersionNumber> parse_version(std::string_view);
// The place of a version text in the order of versions; an imported text that is not a version comes before every
// other.
VersionNumber order_of(std::string_view version);

struct TermsVersion {
    std::string version;  // as published
    std::string title;
    std::string standard_terms;         // Markdown
    std::string acceptable_use_policy;  // Markdown, may be empty
    std::string changes;                // Markdown, may be empty: the published changes
    bool uplift = false;
    bool imported_stub = false;  // known only by its number from an import; its text is still to be supplied
    Instant published_at;
    VersionNumber order() const { return order_of(version); }
    bool operator==(const TermsVersion&) const = default;
    static void describe(auto&& member, auto& self) {
        member("version", self.version);
        member("title", self.title);
        member("standard_terms", self.standard_terms);
        member("acceptable_use_policy", self.acceptable_use_policy);
        member("changes", self.changes);
        member("uplift", self.uplift);
        member("imported_stub", self.imported_stub);
        member("published_at", self.published_at);
    }
};

struct Attachment {
    std::string file_name;
    std::int64_t size = 0;  // bytes
    std::string sha256;     // 64 lower-case hex digits
    std::string by;         // the person's name
    Instant at;
    bool operator==(const Attachment&) const = default;
    static void describe(auto&& member, auto& self) {
        member("file_name", self.file_name);
        member("size", self.size);
        member("sha256", self.sha256);
        member("by", self.by);
        member("at", self.at);
    }
};

// A pause of the review clock, in London dates (U4). `until` is empty while paused.
struct Pause {
    Date from;
    std::optional<Date> until{};
    std::string reason;
    std::string by;
    bool operator==(const Pause&) const = default;
    static void describe(auto&& member, auto& self) {
        member("from", self.from);
        member("until", self.until);
        member("reason", self.reason);
        member("by", self.by);
    }
};

// The review window of a draft. Day 1 moves with pauses (R45) and resets (U4).
struct Review {
    int window_days = 90;         // 90, or 30 for a terms change
    Date day_one;                 // the created date, the reset date, moved on by pauses
    std::vector<Pause> pauses{};  // all of them, oldest first, also those before a reset
    std::vector<Date> resets{};   // oldest first
    bool paused() const { return !pauses.empty() && !pauses.back().until; }
    Date last_day() const { return day_one + (window_days - 1); }
    Instant closes_at() const { return london_midnight(last_day() + 1); }  // when the change falls due (T2)
    bool operator==(const Review&) const = default;
    static void describe(auto&& member, auto& self) {
        member("window_days", self.window_days);
        member("day_one", self.day_one);
        member("pauses", self.pauses);
        member("resets", self.resets);
    }
};

// How an account was called and registered (L4), for papers that keep the words of their day.
struct Party {
    std::string name;
    std::optional<std::string> registration_number{};
    std::string registration_reason{};  // in words
    bool operator==(const Party&) const = default;
    static void describe(auto&& member, auto& self) {
        member("name", self.name);
        member("registration_number", self.registration_number);
        member("registration_reason", self.registration_reason);
    }
};

// Why an agreement ended; each has its rule.
enum class Ending : std::uint8_t {
    not_accepted,       // N4: the 90 days passed
    withdrawn,          // E3
    replaced,           // U6: a newer uplift took its place
    no_longer_applies,  // U7: another agreement replaced the one it would have superseded
    agreement_ended,    // E2: the agreement that it would have superseded ended
    superseded,         // N3, U2
    end_date_reached,   // E1
};
std::string_view to_words(Ending);  // "not accepted in time", "withdrawn", …
std::string_view rule_of(Ending);   // "N4", "E3", …

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
    std::optional<std::string> supersedes{};        // R34
    std::optional<std::string> original_version{};  // only where an import says so; else computed (V3)
    std::optional<std::string> replaced_by{};       // U6
    std::optional<std::string> acceptance_case{};
    std::vector<std::string> notified{};  // addresses, in order of first notification (R31)
    std::vector<Attachment> attachments{};
    std::optional<std::string> company_registration_number{};  // only where an import says so; else the account's (L4)
    std::optional<Party> party{};  // as it was when this left Draft, where the account has been corrected since (R64);
                                   // else the account's
    std::optional<Instant> activated_at{};  // when it became Active
    std::optional<Instant> ended_at{};      // when it became Expired or Cancelled
    std::optional<Ending> ending{};         // none where an import does not say
    std::string ended_why{};                // in words, for people
    bool uplift_withdrawn = false;          // R51: its uplift was withdrawn, and none has been published since
    bool imported = false;
    bool operator==(const Agreement&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("name", self.name);
        member("account", self.account);
        member("products", self.products);
        member("terms_version", self.terms_version);
        member("from_version", self.from_version);
        member("signature_type", self.signature_type);
        member("state", self.state);
        member("substate", self.substate);
        member("created", self.created);
        member("issued", self.issued);
        member("review", self.review);
        member("accepted_on", self.accepted_on);
        member("accepted_by", self.accepted_by);
        member("start_date", self.start_date);
        member("end_date", self.end_date);
        member("end_reason", self.end_reason);
        member("supersedes", self.supersedes);
        member("original_version", self.original_version);
        member("replaced_by", self.replaced_by);
        member("acceptance_case", self.acceptance_case);
        member("notified", self.notified);
        member("attachments", self.attachments);
        member("company_registration_number", self.company_registration_number);
        member("party", self.party);
        member("activated_at", self.activated_at);
        member("ended_at", self.ended_at);
        member("ending", self.ending);
        member("ended_why", self.ended_why);
        member("uplift_withdrawn", self.uplift_withdrawn);
        member("imported", self.imported);
    }
};

enum class CaseKind : std::uint8_t { acceptance, query };
enum class CaseState : std::uint8_t { fresh, open, awaiting_info, resolved, closed };  // fresh is shown as "New"
std::string_view to_words(CaseKind);                                                   // "acceptance", "query"
std::string_view to_words(CaseState);  // "New", "Open", "Awaiting Info", "Resolved", "Closed"

struct CaseEntry {
    Instant at;
    std::string author;  // a person's name, or "System"
    std::string text;
    bool visible_to_customer = true;
    bool operator==(const CaseEntry&) const = default;
    static void describe(auto&& member, auto& self) {
        member("at", self.at);
        member("author", self.author);
        member("text", self.text);
        member("visible_to_customer", self.visible_to_customer);
    }
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
    std::optional<Instant> settled_at{};  // when it last became Resolved or Closed; none while it is open
    bool imported = false;
    bool is_open() const {
        return state == CaseState::fresh || state == CaseState::open || state == CaseState::awaiting_info;
    }
    bool operator==(const Case&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("kind", self.kind);
        member("state", self.state);
        member("account", self.account);
        member("agreement", self.agreement);
        member("opened", self.opened);
        member("opened_by", self.opened_by);
        member("watch_list", self.watch_list);
        member("activity", self.activity);
        member("settled_at", self.settled_at);
        member("imported", self.imported);
    }
};

enum class NotificationKind : std::uint8_t {
    new_agreement,
    uplift_v5_to_v6,
    terms_change,
    agreement_termination,
    case_update
};
std::string_view to_words(NotificationKind);  // "new_agreement", …

// Somebody says that they have sent a notification with their own mail program; the portal sends nothing.
struct SentMark {
    std::string by;  // the person's name
    Instant at;
    bool operator==(const SentMark&) const = default;
    static void describe(auto&& member, auto& self) { member("by", self.by), member("at", self.at); }
};

struct Notification {  // one for each recipient
    Instant at;
    NotificationKind kind;
    std::string account;
    std::string agreement;
    std::optional<std::string> case_number{};
    std::string to;
    int entry = -1;                  // for case_update: index of the activity entry that it carries
    std::optional<Date> end_date{};  // for agreement_termination: what it told, which a later one may replace (R47)
    std::string end_reason{};
    std::optional<SentMark> marked_sent{};  // none: still to be sent
    bool operator==(const Notification&) const = default;
    static void describe(auto&& member, auto& self) {
        member("at", self.at);
        member("kind", self.kind);
        member("account", self.account);
        member("agreement", self.agreement);
        member("case_number", self.case_number);
        member("to", self.to);
        member("entry", self.entry);
        member("end_date", self.end_date);
        member("end_reason", self.end_reason);
        member("marked_sent", self.marked_sent);
    }
};

enum class RequestState : std::uint8_t { open, created, declined };
std::string_view to_words(RequestState);  // "Open", "Created", "Declined"
struct Request {
    std::string number;  // REQ + 7 digits
    std::string account;
    std::vector<std::string> products;
    std::string note{};
    std::string by;
    Instant at;
    RequestState state = RequestState::open;
    std::string reason{};                    // when declined
    std::optional<std::string> agreement{};  // when created
    bool operator==(const Request&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("account", self.account);
        member("products", self.products);
        member("note", self.note);
        member("by", self.by);
        member("at", self.at);
        member("state", self.state);
        member("reason", self.reason);
        member("agreement", self.agreement);
    }
};

// A record as it lies in the ledger: copying it costs a pointer.
template<typename Record>
using Kept = immer::box<Record>;

// What the rules ask of one account, so that no decision looks at another's.
struct Book {
    std::vector<Kept<Contact>> contacts{};      // in order of registration
    std::vector<Kept<Agreement>> agreements{};  // by number
    bool operator==(const Book&) const = default;
};

// The ledger: the records, a book an account, and what finds them. Copying it costs a few pointers.
//
// Records go in by `put` alone, which keeps books, indices and the queue of what falls due; and only `apply`, `seen_by`
// and tests put.
// ---- Shared workspaces ------------------------------------------------------------------------------------

// Whom the broker lets in: a device of a person, or an invitation that nobody has taken up yet.
struct Access {
    std::string user;      // the broker's key
    std::string person;    // "contact:jo@acme.example", "team:Priya Shah"
    std::string account;   // ODS code; empty: NHS England
    std::string key{};     // that the device signs with, 64 hexadecimal digits; empty: an invitation
    std::string device{};  // in the person's own words
    Instant since;
    std::optional<Instant> until{};  // an invitation is over then
    std::optional<Instant> removed{};
    bool is_invitation() const { return key.empty(); }
    const std::string& name() const { return is_invitation() ? user : key; }
    bool is_good(Instant now) const { return !removed && (!until || now < *until); }
    bool operator==(const Access&) const = default;
    static void describe(auto&& member, auto& self) {
        member("user", self.user);
        member("person", self.person);
        member("account", self.account);
        member("key", self.key);
        member("device", self.device);
        member("since", self.since);
        member("until", self.until);
        member("removed", self.removed);
    }
};

struct Workspace {
    template<typename Value, typename Key = std::string>
    using By = Shelf<Key, Value, Workspace>;

    By<Account> accounts;
    By<Contact> contacts;                    // by lower-case email address
    std::vector<std::string> product_order;  // ids in order of registration
    By<Product> products;
    immer::vector<TermsVersion> terms;  // in order of publication
    By<Agreement> agreements;
    By<Case> cases;
    By<Request> requests;
    immer::vector<Notification> notifications;  // in the order in which they arose; only ever added at the end
    KeptRows servicenow_rows;
    By<Access> access;                 // by its name; of a shared workspace
    std::uint32_t last_agreement = 0;  // highest number used, so none is used twice (L1)
    std::uint32_t last_case = 0;
    std::uint32_t last_request = 0;
    Instant now;  // the instant of the last step; never goes backwards

    // ---- What finds them ----------------------------------------------------------------------------------
    By<Book> books;                            // by the account that contacts and agreements name
    By<std::vector<std::string>> cases_about;  // by the number of the agreement: its cases, by number
    By<std::vector<std::string>>
        successors_of;  // by the number of the agreement: those that say that they supersede it, by number
    struct Due {
        bool operator==(const Due&) const = default;
    };
    By<Due, std::pair<Instant, std::string>> due_queue;  // when time alone changes an agreement next, and its number

    const Account* find_account(std::string_view ods_code) const;  // without regard to case
    const Contact* find_contact(std::string_view email) const;     // without regard to case
    const Agreement* find_agreement(std::string_view number) const;
    const Case* find_case(std::string_view number) const;
    const Product* find_product(std::string_view id) const;
    const TermsVersion* find_terms(std::string_view version) const;  // the published text exactly
    const Agreement* active_agreement(std::string_view ods_code) const;
    const Book& book_of(const std::string& account) const;  // an empty one where nothing names the account
    std::vector<const Case*> cases_of(const std::string& agreement) const;         // by number
    std::vector<const Agreement*> successors(const std::string& agreement) const;  // by number

    // ---- For apply. The same key again replaces the record. -----------------------------------------------
    void put(Account);  // by its ODS code in upper case
    void put(Contact);  // its `order` is set here
    void put(Product);
    void put(TermsVersion);
    void put(Agreement);
    void put(Case);
    void put(Request);
    void put(Access);
    void put(ServiceNowRow);                    // its `position` is set here
    void put(Notification);                     // at the end
    void put(std::size_t place, Notification);  // in place of one

    // Makes books, indices and the queue anew, where the records came all at once (journal/snapshot.h).
    Sliced<> index();

    bool operator==(const Workspace&) const = default;
    static void describe(auto&& member, auto& self) {
        member("accounts", self.accounts);
        member("contacts", self.contacts);
        member("product_order", self.product_order);
        member("products", self.products);
        member("terms", self.terms);
        member("agreements", self.agreements);
        member("cases", self.cases);
        member("requests", self.requests);
        member("notifications", self.notifications);
        member("servicenow_rows", self.servicenow_rows);
        member("last_agreement", self.last_agreement);
        member("last_case", self.last_case);
        member("last_request", self.last_request);
        member("now", self.now);
        member("access", self.access);
    }

private:
    void set_book(const std::string& account, Book);
};

}  // namespace ca::lifecycle
