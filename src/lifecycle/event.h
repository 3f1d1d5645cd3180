// Events: what has happened. The only thing that changes a Workspace, and the only thing that is kept.
//
// Each body lists its members once in `describe`, in the order in which they are written; the codec of the journal and
// the answers of the scenario runner both read that list, so no member can be forgotten in one of them:
//
//     struct AgreementIssued {
//         static constexpr std::string_view type = "agreement_issued";
//         std::string number;
//         Date on;
//         static void describe(auto&& member, auto& self) { member("number", self.number); member("on", self.on); }
//     };
//
// Member types are those of model.h. No member is called type, at, by, account or entity: those are the envelope's, so
// body and envelope can be written side by side in one object.
//
// Reading an event back: `auto body = empty_body("agreement_issued")`, then visit it and fill each member that
// `describe` names.
//
// Deciding writes an event for each thing that happened: accepting an agreement is agreement_accepted,
// agreement_expired for the one it replaced, case_state_changed for its case. Applying never decides: what follows from
// a rule is in the event.
#pragma once

#include "base/boxed.h"
#include "lifecycle/model.h"

#include <variant>

namespace ca::lifecycle {

// ---- People and catalogue ---------------------------------------------------------------------------------

struct AccountRegistered {
    static constexpr std::string_view type = "account_registered";
    std::string ods_code;
    std::string name;
    std::string address;
    std::optional<std::string> company_number{};
    bool public_healthcare{};
    bool outside_uk{};
    std::optional<std::string> delivery_email{};
    bool operator==(const AccountRegistered&) const = default;
    static void describe(auto&& member, auto& self) {
        member("ods_code", self.ods_code);
        member("name", self.name);
        member("address", self.address);
        member("company_number", self.company_number);
        member("public_healthcare", self.public_healthcare);
        member("outside_uk", self.outside_uk);
        member("delivery_email", self.delivery_email);
    }
};

struct ProductRegistered {
    static constexpr std::string_view type = "product_registered";
    std::string id;
    std::string name;
    std::string special_terms;
    bool operator==(const ProductRegistered&) const = default;
    static void describe(auto&& member, auto& self) {
        member("id", self.id);
        member("name", self.name);
        member("special_terms", self.special_terms);
    }
};

// P1
struct ContactRegistered {
    static constexpr std::string_view type = "contact_registered";
    std::string email;  // as given
    std::string name;
    bool operator==(const ContactRegistered&) const = default;
    static void describe(auto&& member, auto& self) {
        member("email", self.email);
        member("name", self.name);
    }
};

// P2
struct ContactNominated {
    static constexpr std::string_view type = "contact_nominated";
    std::string email;  // lower case
    bool operator==(const ContactNominated&) const = default;
    static void describe(auto&& member, auto& self) { member("email", self.email); }
};

// R66
struct NominationEnded {
    static constexpr std::string_view type = "nomination_ended";
    std::string email;  // lower case
    bool operator==(const NominationEnded&) const = default;
    static void describe(auto&& member, auto& self) { member("email", self.email); }
};

// R65
struct ContactCorrected {
    static constexpr std::string_view type = "contact_corrected";
    std::string email;  // lower case
    std::string was;    // the name
    std::string name;
    bool operator==(const ContactCorrected&) const = default;
    static void describe(auto&& member, auto& self) {
        member("email", self.email);
        member("was", self.was);
        member("name", self.name);
    }
};

// R64. What it was stands beside what it is, so that whoever reads the event alone knows what changed. Drafts that get
// another name by it have an agreement_renamed each.
struct AccountCorrected {
    static constexpr std::string_view type = "account_corrected";
    Boxed<Account> was;
    Boxed<Account> record;
    bool operator==(const AccountCorrected&) const = default;
    static void describe(auto&& member, auto& self) {
        member("was", *self.was);
        member("record", *self.record);
    }
};

struct TermsPublished {
    static constexpr std::string_view type = "terms_published";
    std::string version;
    std::string title;
    std::string standard_terms;
    std::string acceptable_use_policy;
    std::string changes;
    bool uplift{};
    bool operator==(const TermsPublished&) const = default;
    static void describe(auto&& member, auto& self) {
        member("version", self.version);
        member("title", self.title);
        member("standard_terms", self.standard_terms);
        member("acceptable_use_policy", self.acceptable_use_policy);
        member("changes", self.changes);
        member("uplift", self.uplift);
    }
};

// ---- Requests (P4) ----------------------------------------------------------------------------------------

struct AgreementRequested {
    static constexpr std::string_view type = "agreement_requested";
    std::string number;
    std::vector<std::string> products;
    std::string note;
    bool operator==(const AgreementRequested&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("products", self.products);
        member("note", self.note);
    }
};

// An agreement was created from the request.
struct RequestAnswered {
    static constexpr std::string_view type = "request_answered";
    std::string number;
    std::string agreement;
    bool operator==(const RequestAnswered&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("agreement", self.agreement);
    }
};

struct RequestDeclined {
    static constexpr std::string_view type = "request_declined";
    std::string number;
    std::string reason;
    bool operator==(const RequestDeclined&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("reason", self.reason);
    }
};

// ---- Agreements -------------------------------------------------------------------------------------------

// N1, U1: Draft, Awaiting Review. A terms change is issued in the same step.
struct AgreementCreated {
    static constexpr std::string_view type = "agreement_created";
    std::string number;
    std::string name;
    std::vector<std::string> products;
    std::string terms_version;
    std::optional<int> from_version{};
    SignatureType signature_type{};
    int window_days{};
    Date day_one;
    std::optional<std::string> acceptance_case{};  // N1; none for a terms change
    std::optional<std::string> supersedes{};  // of a terms change; an accepted one names it in agreement_accepted (R34)
    bool operator==(const AgreementCreated&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("name", self.name);
        member("products", self.products);
        member("terms_version", self.terms_version);
        member("from_version", self.from_version);
        member("signature_type", self.signature_type);
        member("window_days", self.window_days);
        member("day_one", self.day_one);
        member("acceptance_case", self.acceptance_case);
        member("supersedes", self.supersedes);
    }
};

// L3, R64: a draft, whose account was corrected.
struct AgreementRenamed {
    static constexpr std::string_view type = "agreement_renamed";
    std::string number;
    std::string was;
    std::string name;
    bool operator==(const AgreementRenamed&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("was", self.was);
        member("name", self.name);
    }
};

// N2, U1: Under Review.
struct AgreementIssued {
    static constexpr std::string_view type = "agreement_issued";
    std::string number;
    Date on;
    bool operator==(const AgreementIssued&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("on", self.on);
    }
};

// N3: by an onboarding contact.
struct AgreementAccepted {
    static constexpr std::string_view type = "agreement_accepted";
    std::string number;
    Date on;
    std::string accepted_by;  // the person's name at that instant (R35)
    std::optional<std::string> supersedes{};
    bool operator==(const AgreementAccepted&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("on", self.on);
        member("accepted_by", self.accepted_by);
        member("supersedes", self.supersedes);
    }
};

// U2, U5: by time.
struct AgreementAutoAccepted {
    static constexpr std::string_view type = "agreement_auto_accepted";
    std::string number;
    Date on;
    std::optional<Date> end_date{};  // taken over from the one it supersedes (R49)
    std::optional<std::string> end_reason{};
    bool operator==(const AgreementAutoAccepted&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("on", self.on);
        member("end_date", self.end_date);
        member("end_reason", self.end_reason);
    }
};

struct AgreementExpired {
    static constexpr std::string_view type = "agreement_expired";
    std::string number;
    Ending ending{};  // superseded or end_date_reached
    std::optional<std::string> superseded_by{};
    bool operator==(const AgreementExpired&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("ending", self.ending);
        member("superseded_by", self.superseded_by);
    }
};

struct AgreementCancelled {
    static constexpr std::string_view type = "agreement_cancelled";
    std::string number;
    Ending ending{};
    std::string reason;  // in words
    std::optional<std::string> replaced_by{};
    bool operator==(const AgreementCancelled&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("ending", self.ending);
        member("reason", self.reason);
        member("replaced_by", self.replaced_by);
    }
};

// E1: an end date is agreed. It expires by agreement_expired.
struct AgreementTerminated {
    static constexpr std::string_view type = "agreement_terminated";
    std::string number;
    Date end_date;
    std::string reason;
    bool operator==(const AgreementTerminated&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("end_date", self.end_date);
        member("reason", self.reason);
    }
};

struct ReviewPaused {
    static constexpr std::string_view type = "review_paused";
    std::string number;
    Date on;
    std::string reason;
    bool operator==(const ReviewPaused&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("on", self.on);
        member("reason", self.reason);
    }
};

struct ReviewResumed {
    static constexpr std::string_view type = "review_resumed";
    std::string number;
    Date on;
    bool operator==(const ReviewResumed&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("on", self.on);
    }
};

struct ReviewReset {
    static constexpr std::string_view type = "review_reset";
    std::string number;
    Date on;                              // the new day 1
    std::optional<std::string> reason{};  // R67
    bool operator==(const ReviewReset&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("on", self.on);
        member("reason", self.reason);
    }
};

// V6
struct DownloadRecorded {
    static constexpr std::string_view type = "download_recorded";
    std::string number;
    std::string file_name;
    std::int64_t size{};
    std::string sha256;  // lower case
    std::string person;  // whoever downloaded it, by name
    bool operator==(const DownloadRecorded&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("file_name", self.file_name);
        member("size", self.size);
        member("sha256", self.sha256);
        member("person", self.person);
    }
};

// ---- Cases ------------------------------------------------------------------------------------------------

struct CaseOpened {
    static constexpr std::string_view type = "case_opened";
    std::string number;
    CaseKind kind{};
    std::string agreement;
    std::string opened_by;  // a person's name
    bool operator==(const CaseOpened&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("kind", self.kind);
        member("agreement", self.agreement);
        member("opened_by", self.opened_by);
    }
};

struct CaseEntryAdded {
    static constexpr std::string_view type = "case_entry_added";
    std::string number;
    std::string author;  // a person's name, or "System"
    std::string text;
    bool visible_to_customer{};
    // Its place among the case's entries, from 0: in a shared workspace, where entries before it are NHS England's own
    // and so in another stream (streams.h).
    std::optional<int> place{};
    bool operator==(const CaseEntryAdded&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("author", self.author);
        member("text", self.text);
        member("visible_to_customer", self.visible_to_customer);
        member("place", self.place);
    }
};

struct CaseStateChanged {
    static constexpr std::string_view type = "case_state_changed";
    std::string number;
    CaseState state{};
    bool operator==(const CaseStateChanged&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("state", self.state);
    }
};

struct WatcherAdded {
    static constexpr std::string_view type = "watcher_added";
    std::string number;
    std::string email;  // as given
    bool operator==(const WatcherAdded&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("email", self.email);
    }
};

struct WatcherRemoved {
    static constexpr std::string_view type = "watcher_removed";
    std::string number;
    std::string email;
    bool operator==(const WatcherRemoved&) const = default;
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("email", self.email);
    }
};

// ---- Notifications ----------------------------------------------------------------------------------------

// Never without a recipient (R62).
struct NotificationsSent {
    static constexpr std::string_view type = "notifications_sent";
    NotificationKind kind{};
    std::string agreement;
    std::optional<std::string> case_number{};  // for case_update
    std::optional<int> entry{};                // for case_update: index of the activity entry that it carries
    std::vector<std::string> to;               // addresses, one notification each, in this order
    bool operator==(const NotificationsSent&) const = default;
    static void describe(auto&& member, auto& self) {
        member("kind", self.kind);
        member("agreement", self.agreement);
        member("case_number", self.case_number);
        member("entry", self.entry);
        member("to", self.to);
    }
};

// The agreement team has sent a notification with its own mail program, or says that it is still to be sent.
// Notifications have no number of their own: each is named by its place in the order in which they arose, from 1, and
// by its address to be sure.
struct NotificationMarkedSent {
    static constexpr std::string_view type = "notification_marked_sent";
    int notification{};
    std::string to;
    std::string agreement;
    bool operator==(const NotificationMarkedSent&) const = default;
    static void describe(auto&& member, auto& self) {
        member("notification", self.notification);
        member("to", self.to);
        member("agreement", self.agreement);
    }
};

struct NotificationMarkedToSend {
    static constexpr std::string_view type = "notification_marked_to_send";
    int notification{};
    std::string to;
    std::string agreement;
    bool operator==(const NotificationMarkedToSend&) const = default;
    static void describe(auto&& member, auto& self) {
        member("notification", self.notification);
        member("to", self.to);
        member("agreement", self.agreement);
    }
};

// ---- Imports ----------------------------------------------------------------------------------------------
// Whole records as another system gave them. The same key again replaces the record. Marked as imported; time then acts
// on them as on any other, at the instant at which they were due, which may lie before the import.

struct AccountImported {
    static constexpr std::string_view type = "account_imported";
    Account record;
    bool operator==(const AccountImported&) const = default;
    static void describe(auto&& member, auto& self) { member("record", self.record); }
};

struct ContactImported {
    static constexpr std::string_view type = "contact_imported";
    Contact record;  // `order` is set when applied
    bool operator==(const ContactImported&) const = default;
    static void describe(auto&& member, auto& self) { member("record", self.record); }
};

struct ProductImported {
    static constexpr std::string_view type = "product_imported";
    Product record;
    bool operator==(const ProductImported&) const = default;
    static void describe(auto&& member, auto& self) { member("record", self.record); }
};

struct TermsImported {
    static constexpr std::string_view type = "terms_imported";
    TermsVersion record;  // a stub never replaces a text
    bool operator==(const TermsImported&) const = default;
    static void describe(auto&& member, auto& self) { member("record", self.record); }
};

struct AgreementImported {
    static constexpr std::string_view type = "agreement_imported";
    Boxed<Agreement> record;
    bool operator==(const AgreementImported&) const = default;
    static void describe(auto&& member, auto& self) { member("record", *self.record); }
};

struct CaseImported {
    static constexpr std::string_view type = "case_imported";
    Case record;
    bool operator==(const CaseImported&) const = default;
    static void describe(auto&& member, auto& self) { member("record", self.record); }
};

struct ServiceNowRowKept {
    static constexpr std::string_view type = "servicenow_row_kept";
    std::string table;
    std::string sys_id;
    std::string row;  // the row's own JSON text
    bool operator==(const ServiceNowRowKept&) const = default;
    static void describe(auto&& member, auto& self) {
        member("table", self.table);
        member("sys_id", self.sys_id);
        member("row", self.row);
    }
};

// ---- Shared workspaces (sharing/access.h) -----------------------------------------------------------------
// People are named as in the command language: "contact:jo@acme.example", "team:Priya Shah". Keys are in hexadecimal
// digits, those of the broker as it writes them ("U…").

// Somebody's command, as they signed it; what it caused stands after it.
struct CommandSigned {
    static constexpr std::string_view type = "command_signed";
    std::string id;         // of the command
    std::string text;       // that was signed (sharing/signed_command.h)
    std::string key;        // of whoever signed it
    std::string signature;  // of the text
    bool operator==(const CommandSigned&) const = default;
    static void describe(auto&& member, auto& self) {
        member("id", self.id);
        member("text", self.text);
        member("key", self.key);
        member("signature", self.signature);
    }
};

struct PersonInvited {
    static constexpr std::string_view type = "person_invited";
    std::string person;
    std::string invitation;  // the broker's key that it lets in with
    Instant until;           // from then on it is over
    bool operator==(const PersonInvited&) const = default;
    static void describe(auto&& member, auto& self) {
        member("person", self.person);
        member("invitation", self.invitation);
        member("until", self.until);
    }
};

// A person has taken an invitation up, in one browser.
struct DeviceAdmitted {
    static constexpr std::string_view type = "device_admitted";
    std::string person;
    std::string invitation;  // that is used up by it
    std::string key;         // that it signs with
    std::string user;        // the broker's key that it is let in with
    std::string device;      // in the person's own words
    bool operator==(const DeviceAdmitted&) const = default;
    static void describe(auto&& member, auto& self) {
        member("person", self.person);
        member("invitation", self.invitation);
        member("key", self.key);
        member("user", self.user);
        member("device", self.device);
    }
};

struct AccessRemoved {
    static constexpr std::string_view type = "access_removed";
    std::string person;
    std::string access;  // its name (Access::name)
    bool operator==(const AccessRemoved&) const = default;
    static void describe(auto&& member, auto& self) {
        member("person", self.person);
        member("access", self.access);
    }
};

using EventBody =
    std::variant<AccountRegistered, ProductRegistered, ContactRegistered, ContactNominated, NominationEnded,
                 ContactCorrected, AccountCorrected, TermsPublished, AgreementRequested, RequestAnswered,
                 RequestDeclined, AgreementCreated, AgreementRenamed, AgreementIssued, AgreementAccepted,
                 AgreementAutoAccepted, AgreementExpired, AgreementCancelled, AgreementTerminated, ReviewPaused,
                 ReviewResumed, ReviewReset, DownloadRecorded, CaseOpened, CaseEntryAdded, CaseStateChanged,
                 WatcherAdded, WatcherRemoved, NotificationsSent, NotificationMarkedSent, NotificationMarkedToSend,
                 AccountImported, ContactImported, ProductImported, TermsImported, AgreementImported, CaseImported,
                 ServiceNowRowKept, CommandSigned, PersonInvited, DeviceAdmitted, AccessRemoved>;

// What came to pass, when, by whom, and whose record it belongs to. Identity, position and predecessor are the
// journal's.
struct Event {
    Instant at;           // for what time caused: the instant at which it was due
    Actor by;             // Role::system for what time caused
    std::string account;  // ODS code; empty for what belongs to nobody's account (products, terms); with "/nhse" behind
                          // it for what only NHS England reads of it in a shared workspace (streams.h)
    std::string entity;   // the agreement's, case's or request's number, the contact's email address in lower case, the
                          // product's id, the terms version, the account's ODS code, or "<table>/<sys_id>"
    EventBody body;
    bool operator==(const Event&) const = default;
};

std::string_view type_of(const EventBody&);
// A body of that type with every member empty, for a reader to fill; none for a type that does not exist.
std::optional<EventBody> empty_body(std::string_view type);
// Every type, in the order of the variant.
std::vector<std::string_view> event_types();

}  // namespace ca::lifecycle
