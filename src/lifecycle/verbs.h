// The table of verbs: every command of the command language (lifecycle.md), one struct each. It holds the verb's name,
// who may give it, and its arguments, each with what it must be like. What the command does is the overload of `decide`
// for its struct (decide.h).
//
//     session.submit("accept", ask::Accept{.number = number, .read_and_understood = true});   // a misspelt argument
//     does not compile
//
// A struct becomes a Command by itself (command.h), the form in which commands are read from text; `asked<ask::Accept>`
// reads it back. Texts are UTF-8, dates are texts (2026-03-02), places count from 1. An argument that is not given is
// the empty optional.
//
// To add a verb: its struct here and in All, its `decide`, a scenario.
#pragma once

#include "lifecycle/model.h"

#include <concepts>
#include <span>
#include <variant>

namespace ca::lifecycle {

// What an argument alone must be like. Each kind has its refusals: what its type shows (bad_argument), and what its
// content shows.
enum class Kind : std::uint8_t {
    text,            // any text that is not blank
    entry,           // 1 to 4,000 code points: empty_text, text_too_long (R10)
    flag,            // true or false
    products,        // product ids: no_products, duplicate_product (N7)
    date,            // bad_date (R21)
    email,           // bad_email (R19)
    ods_code,        // of a new account: bad_ods_code (L5)
    company_number,  // bad_company_number (R20)
    version,         // of new terms: one to four dotted numbers (R24)
    from_version,    // 5 (R23)
    place,           // in a list, from 1
    size,            // 0 to 2^53 - 1 (R22)
    sha256,          // 64 hex digits (R22)
    filter,          // "default" or "all"
};
enum class Need : std::uint8_t {
    required,
    optional,
    one_at_least,  // of all that are marked so: else missing_argument (R64)
};
// What "" says. Blank text that is not empty counts as absent for every argument (R9).
enum class Empty : std::uint8_t { is_absent, takes_away };

template<Kind kind>
using ValueOf = std::conditional_t<
    kind == Kind::flag, bool,
    std::conditional_t<kind == Kind::products, std::vector<std::string>,
                       std::conditional_t<kind == Kind::from_version || kind == Kind::place || kind == Kind::size,
                                          std::int64_t, std::string>>>;

// An argument: its value, made from whatever that is made from.
template<Kind of_kind, Need of_need = Need::required, Empty of_empty = Empty::is_absent>
struct Argument {
    static constexpr Kind kind = of_kind;
    static constexpr Need need = of_need;
    static constexpr Empty empty = of_empty;
    using Inner = ValueOf<kind>;
    using Value = std::conditional_t<need == Need::required, Inner, std::optional<Inner>>;

    Value value{};
    Argument() = default;
    template<typename From>
        requires std::convertible_to<From, Value> &&
            (!std::same_as<std::remove_cvref_t<From>, Argument>)Argument(From&& from)
            : value(std::forward<From>(from)) {}

        operator const Value&() const { return value; }
        const Inner& operator*() const { return *value; }  // of one that need not be given
        Inner or_none() const { return value.value_or(Inner{}); }
};
using Text = Argument<Kind::text>;
using OptionalText = Argument<Kind::text, Need::optional>;
using OptionalFlag = Argument<Kind::flag, Need::optional>;

}  // namespace ca::lifecycle

namespace ca::lifecycle::roles {

inline constexpr Role team[]{Role::agreement_team};
inline constexpr Role product_team[]{Role::product_team};
inline constexpr Role contact[]{Role::contact};
inline constexpr Role visitor_or_team[]{Role::visitor, Role::agreement_team};
inline constexpr Role contact_or_team[]{Role::contact, Role::agreement_team};
inline constexpr Role all_but_products[]{Role::visitor, Role::contact, Role::agreement_team};
inline constexpr Role all_but_visitor[]{Role::agreement_team, Role::product_team, Role::contact};
inline constexpr Role anyone[]{Role::agreement_team, Role::product_team, Role::contact, Role::visitor};

}  // namespace ca::lifecycle::roles

namespace ca::lifecycle::ask {

// ---- Accounts, products and people ------------------------------------------------------------------------

struct RegisterAccount {
    static constexpr std::string_view verb = "register_account";
    static constexpr std::span<const Role> who{roles::team};
    Argument<Kind::ods_code> ods_code{};
    Text name{};
    OptionalText address{};
    Argument<Kind::company_number, Need::optional> company_number{};
    OptionalFlag public_healthcare{}, outside_uk{};
    Argument<Kind::email, Need::optional> delivery_email{};
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

struct RegisterProduct {
    static constexpr std::string_view verb = "register_product";
    static constexpr std::span<const Role> who{roles::team};
    Text id{}, name{};
    OptionalText special_terms{};
    static void describe(auto&& member, auto& self) {
        member("id", self.id), member("name", self.name), member("special_terms", self.special_terms);
    }
};

struct RegisterContact {
    static constexpr std::string_view verb = "register_contact";
    static constexpr std::span<const Role> who{roles::visitor_or_team};
    Text account{}, name{};
    Argument<Kind::email> email{};
    static void describe(auto&& member, auto& self) {
        member("account", self.account), member("name", self.name), member("email", self.email);
    }
};

struct Nominate {
    static constexpr std::string_view verb = "nominate";
    static constexpr std::span<const Role> who{roles::all_but_products};
    Text account{};
    Argument<Kind::email> email{};
    static void describe(auto&& member, auto& self) { member("account", self.account), member("email", self.email); }
};

struct EndNomination {
    static constexpr std::string_view verb = "end_nomination";
    static constexpr std::span<const Role> who{roles::contact_or_team};
    Text account{};
    Argument<Kind::email> email{};
    static void describe(auto&& member, auto& self) { member("account", self.account), member("email", self.email); }
};

struct CorrectAccount {
    static constexpr std::string_view verb = "correct_account";
    static constexpr std::span<const Role> who{roles::team};
    Text account{};
    Argument<Kind::text, Need::one_at_least> name{};
    Argument<Kind::text, Need::one_at_least, Empty::takes_away> address{};
    Argument<Kind::company_number, Need::one_at_least, Empty::takes_away> company_number{};
    Argument<Kind::flag, Need::one_at_least> public_healthcare{}, outside_uk{};
    Argument<Kind::email, Need::one_at_least, Empty::takes_away> delivery_email{};
    static void describe(auto&& member, auto& self) {
        member("account", self.account);
        member("name", self.name);
        member("address", self.address);
        member("company_number", self.company_number);
        member("public_healthcare", self.public_healthcare);
        member("outside_uk", self.outside_uk);
        member("delivery_email", self.delivery_email);
    }
};

struct CorrectContact {
    static constexpr std::string_view verb = "correct_contact";
    static constexpr std::span<const Role> who{roles::contact_or_team};
    Text account{};
    Argument<Kind::email> email{};
    Text name{};
    static void describe(auto&& member, auto& self) {
        member("account", self.account), member("email", self.email), member("name", self.name);
    }
};

// ---- Terms and requests -----------------------------------------------------------------------------------

struct PublishTerms {
    static constexpr std::string_view verb = "publish_terms";
    static constexpr std::span<const Role> who{roles::team};
    Argument<Kind::version> version{};
    Text title{}, standard_terms{};
    OptionalText acceptable_use_policy{}, changes{};
    Argument<Kind::flag> uplift{};
    static void describe(auto&& member, auto& self) {
        member("version", self.version);
        member("title", self.title);
        member("standard_terms", self.standard_terms);
        member("acceptable_use_policy", self.acceptable_use_policy);
        member("changes", self.changes);
        member("uplift", self.uplift);
    }
};

struct RequestAgreement {
    static constexpr std::string_view verb = "request_agreement";
    static constexpr std::span<const Role> who{roles::product_team};
    Text account{};
    Argument<Kind::products> products{};
    OptionalText note{};
    static void describe(auto&& member, auto& self) {
        member("account", self.account), member("products", self.products), member("note", self.note);
    }
};

struct DeclineRequest {
    static constexpr std::string_view verb = "decline_request";
    static constexpr std::span<const Role> who{roles::team};
    Text request{}, reason{};
    static void describe(auto&& member, auto& self) { member("request", self.request), member("reason", self.reason); }
};

// ---- Agreements -------------------------------------------------------------------------------------------

struct CreateAgreement {
    static constexpr std::string_view verb = "create_agreement";
    static constexpr std::span<const Role> who{roles::team};
    Text account{};
    Argument<Kind::products> products{};
    Text terms{};
    Argument<Kind::from_version, Need::optional> from_version{};
    OptionalText request{};
    static void describe(auto&& member, auto& self) {
        member("account", self.account);
        member("products", self.products);
        member("terms", self.terms);
        member("from_version", self.from_version);
        member("request", self.request);
    }
};

struct Issue {
    static constexpr std::string_view verb = "issue";
    static constexpr std::span<const Role> who{roles::team};
    Text number{};
    static void describe(auto&& member, auto& self) { member("number", self.number); }
};

struct Accept {
    static constexpr std::string_view verb = "accept";
    static constexpr std::span<const Role> who{roles::contact};
    Text number{};
    Argument<Kind::flag> read_and_understood{};
    static void describe(auto&& member, auto& self) {
        member("number", self.number), member("read_and_understood", self.read_and_understood);
    }
};

// ---- Cases ------------------------------------------------------------------------------------------------

struct RaiseQuery {
    static constexpr std::string_view verb = "raise_query";
    static constexpr std::span<const Role> who{roles::contact};
    Text number{};
    Argument<Kind::entry> description{};
    static void describe(auto&& member, auto& self) {
        member("number", self.number), member("description", self.description);
    }
};

struct AddNote {
    static constexpr std::string_view verb = "add_note";
    static constexpr std::span<const Role> who{roles::contact};
    Text case_number{};
    Argument<Kind::entry> text{};
    static void describe(auto&& member, auto& self) { member("case", self.case_number), member("text", self.text); }
};

struct Reply {
    static constexpr std::string_view verb = "reply";
    static constexpr std::span<const Role> who{roles::team};
    Text case_number{};
    Argument<Kind::entry> text{};
    static void describe(auto&& member, auto& self) { member("case", self.case_number), member("text", self.text); }
};

struct WorkNote {
    static constexpr std::string_view verb = "work_note";
    static constexpr std::span<const Role> who{roles::team};
    Text case_number{};
    Argument<Kind::entry> text{};
    static void describe(auto&& member, auto& self) { member("case", self.case_number), member("text", self.text); }
};

struct AskForInfo {
    static constexpr std::string_view verb = "ask_for_info";
    static constexpr std::span<const Role> who{roles::team};
    Text case_number{};
    Argument<Kind::entry> text{};
    static void describe(auto&& member, auto& self) { member("case", self.case_number), member("text", self.text); }
};

struct Resolve {
    static constexpr std::string_view verb = "resolve";
    static constexpr std::span<const Role> who{roles::team};
    Text case_number{};
    Argument<Kind::entry> text{};
    static void describe(auto&& member, auto& self) { member("case", self.case_number), member("text", self.text); }
};

struct Watch {
    static constexpr std::string_view verb = "watch";
    static constexpr std::span<const Role> who{roles::contact_or_team};
    Text case_number{};
    Argument<Kind::email> email{};
    static void describe(auto&& member, auto& self) { member("case", self.case_number), member("email", self.email); }
};

struct Unwatch {
    static constexpr std::string_view verb = "unwatch";
    static constexpr std::span<const Role> who{roles::contact_or_team};
    Text case_number{};
    Argument<Kind::email> email{};
    static void describe(auto&& member, auto& self) { member("case", self.case_number), member("email", self.email); }
};

// ---- The review clock, and the end of an agreement --------------------------------------------------------

struct Pause {
    static constexpr std::string_view verb = "pause";
    static constexpr std::span<const Role> who{roles::team};
    Text number{}, reason{};
    static void describe(auto&& member, auto& self) { member("number", self.number), member("reason", self.reason); }
};

struct Resume {
    static constexpr std::string_view verb = "resume";
    static constexpr std::span<const Role> who{roles::team};
    Text number{};
    static void describe(auto&& member, auto& self) { member("number", self.number); }
};

struct Reset {
    static constexpr std::string_view verb = "reset";
    static constexpr std::span<const Role> who{roles::team};
    Text number{};
    OptionalText reason{};
    static void describe(auto&& member, auto& self) { member("number", self.number), member("reason", self.reason); }
};

struct Terminate {
    static constexpr std::string_view verb = "terminate";
    static constexpr std::span<const Role> who{roles::team};
    Text number{};
    Argument<Kind::date> end_date{};
    Text reason{};
    static void describe(auto&& member, auto& self) {
        member("number", self.number), member("end_date", self.end_date), member("reason", self.reason);
    }
};

struct Withdraw {
    static constexpr std::string_view verb = "withdraw";
    static constexpr std::span<const Role> who{roles::team};
    Text number{}, reason{};
    static void describe(auto&& member, auto& self) { member("number", self.number), member("reason", self.reason); }
};

// ---- Downloads and messages -------------------------------------------------------------------------------

struct RecordDownload {
    static constexpr std::string_view verb = "record_download";
    static constexpr std::span<const Role> who{roles::contact_or_team};
    Text number{}, file_name{};
    Argument<Kind::size> size{};
    Argument<Kind::sha256> sha256{};
    static void describe(auto&& member, auto& self) {
        member("number", self.number);
        member("file_name", self.file_name);
        member("size", self.size);
        member("sha256", self.sha256);
    }
};

struct MarkSent {
    static constexpr std::string_view verb = "mark_sent";
    static constexpr std::span<const Role> who{roles::team};
    Argument<Kind::place> notification{};
    static void describe(auto&& member, auto& self) { member("notification", self.notification); }
};

struct MarkToSend {
    static constexpr std::string_view verb = "mark_to_send";
    static constexpr std::span<const Role> who{roles::team};
    Argument<Kind::place> notification{};
    static void describe(auto&& member, auto& self) { member("notification", self.notification); }
};

// ---- Time, and looking ------------------------------------------------------------------------------------

struct Advance {
    static constexpr std::string_view verb = "advance";
    static constexpr std::span<const Role> who{roles::anyone};
    static void describe(auto&&, auto&) {}
};

struct ShowAgreement {
    static constexpr std::string_view verb = "show_agreement";
    static constexpr std::span<const Role> who{roles::all_but_visitor};
    Text number{};
    static void describe(auto&& member, auto& self) { member("number", self.number); }
};

struct ListAgreements {
    static constexpr std::string_view verb = "list_agreements";
    static constexpr std::span<const Role> who{roles::all_but_visitor};
    Argument<Kind::filter, Need::optional> filter{};
    static void describe(auto&& member, auto& self) { member("filter", self.filter); }
};

struct ShowCase {
    static constexpr std::string_view verb = "show_case";
    static constexpr std::span<const Role> who{roles::all_but_visitor};
    Text case_number{};
    static void describe(auto&& member, auto& self) { member("case", self.case_number); }
};

struct ListNotifications {
    static constexpr std::string_view verb = "list_notifications";
    static constexpr std::span<const Role> who{roles::all_but_visitor};
    static void describe(auto&&, auto&) {}
};

// In the order in which the command language tells them.
using All = std::variant<RegisterAccount, RegisterProduct, RegisterContact, Nominate, EndNomination, CorrectAccount,
                         CorrectContact, PublishTerms, RequestAgreement, DeclineRequest, CreateAgreement, Issue, Accept,
                         RaiseQuery, AddNote, Reply, WorkNote, AskForInfo, Resolve, Watch, Unwatch, Pause, Resume,
                         Reset, Terminate, Withdraw, RecordDownload, MarkSent, MarkToSend, Advance, ShowAgreement,
                         ListAgreements, ShowCase, ListNotifications>;

}  // namespace ca::lifecycle::ask

namespace ca::lifecycle {

template<typename Type>
concept Verb = requires {
    Type::verb;
    Type::who;
};

}  // namespace ca::lifecycle
