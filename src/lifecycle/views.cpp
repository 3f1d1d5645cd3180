#include "lifecycle/views.h"

#include "base/text.h"
#include "lifecycle/decide.h"

#include <algorithm>
#include <set>

namespace ca::lifecycle {
namespace {

constexpr int soon_days = 7;

std::string days_in_words(int days) {
    return days <= 0 ? "no days" : days == 1 ? "1 day" : std::to_string(days) + " days";
}

bool is_uplift_draft(const Agreement& agreement) {
    return agreement.state == State::draft && agreement.signature_type == SignatureType::auto_accepted;
}

bool has_onboarding_contact(const Workspace& workspace, const std::string& account) {
    return std::ranges::any_of(workspace.book_of(account).contacts,
                               [](const auto& contact) { return contact->onboarding_contact; });
}

// The pending or past uplifts and replacements of an agreement, by number.
std::vector<std::string> successors(const Workspace& workspace, const Agreement& agreement) {
    std::vector<std::string> numbers;
    for (const Agreement* each : workspace.successors(agreement.number)) {
        if (each->number != agreement.number) numbers.push_back(each->number);
    }
    const auto& replacement = agreement.replaced_by;
    if (replacement && *replacement != agreement.number && workspace.find_agreement(*replacement) &&
        std::ranges::find(numbers, *replacement) == numbers.end()) {
        numbers.insert(std::ranges::upper_bound(numbers, *replacement), *replacement);
    }
    return numbers;
}

ReviewView view_review(const Workspace& workspace, const Agreement& agreement, Instant now) {
    const Review& review = agreement.review;
    const Date day = review.paused() ? review.pauses.back().from : london_date(now);
    ReviewView shown;
    shown.window_days = review.window_days;
    shown.day = std::clamp(day - review.day_one + 1, 1, review.window_days);  // R37
    shown.days_left = review.window_days - shown.day;
    shown.paused = review.paused();
    if (shown.paused) return shown;  // R38: no last day while paused

    shown.last_day = review.last_day();
    shown.closes_at = review.closes_at();
    if (now >= *shown.closes_at && is_uplift_draft(agreement) && agreement.substate == Substate::under_review) {
        shown.held_by = open_queries(workspace, agreement);  // R39
        if (!shown.held_by.empty()) shown.closes_at.reset();
    }
    return shown;
}

// R31: a name where the address is an onboarding contact's of this account, judged now.
std::string shown_recipient(const Workspace& workspace, const Agreement& agreement, const std::string& address) {
    const Contact* contact = workspace.find_contact(address);
    return contact && contact->onboarding_contact && contact->account == agreement.account ? contact->name : address;
}

}  // namespace

// ---- Names and numbers ------------------------------------------------------------------------------------

RegistrationNumber company_registration_number(const Account& account) {
    if (account.public_healthcare)
        return {account.ods_code, "The ODS code, because this is a public healthcare organisation."};
    if (account.outside_uk)
        return {account.ods_code, "The ODS code, because the organisation is registered outside the UK."};
    if (account.company_number) return {account.company_number, "The company's registration number."};
    return {std::nullopt, "No company registration number is held for this account."};
}

std::optional<std::string> company_registration_number(const Workspace& workspace, const Agreement& agreement) {
    if (agreement.company_registration_number) return agreement.company_registration_number;
    const Account* account = workspace.find_account(agreement.account);
    return account ? company_registration_number(*account).number : std::nullopt;
}

std::string agreement_name(const Account& account) {
    const std::string code = to_ascii_lower(account.ods_code);
    const std::string name = to_ascii_lower(account.name);
    const auto is_alphanumeric = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    const bool starts_with_code =
        name.starts_with(code) && (name.size() == code.size() || !is_alphanumeric(name[code.size()]));
    return starts_with_code ? account.name : account.ods_code + " - " + account.name;  // R26
}

std::vector<std::string> product_names(const Workspace& workspace, const std::vector<std::string>& ids) {
    std::vector<std::string> names;
    for (const auto& id : ids) {
        const Product* product = workspace.find_product(id);
        names.push_back(product ? product->name : id);
    }
    return names;
}

Party party_of(const Workspace& workspace, const Agreement& agreement) {
    Party party;
    if (agreement.party) {
        party = *agreement.party;
    } else if (const Account* account = workspace.find_account(agreement.account)) {
        const RegistrationNumber registration = company_registration_number(*account);
        party = {.name = account->name,
                 .registration_number = registration.number,
                 .registration_reason = registration.reason};
    }
    const auto& imported = agreement.company_registration_number;
    if (imported && imported != party.registration_number) party.registration_reason.clear();
    if (imported) party.registration_number = imported;
    return party;
}

std::string original_version(const Workspace& workspace, const Agreement& agreement) {
    std::set<std::string> seen;  // an import may bring a circle
    const Agreement* each = &agreement;
    while (each->signature_type != SignatureType::accepted_via_portal && seen.insert(each->number).second) {
        if (each->original_version) return *each->original_version;  // as an import says
        const Agreement* earlier = workspace.find_agreement(each->supersedes.value_or(""));
        if (!earlier) break;
        each = earlier;
    }
    return each->number;
}

// R30.
std::optional<std::string> shown_case(const Workspace& workspace, const Agreement& agreement) {
    if (agreement.signature_type == SignatureType::accepted_via_portal || agreement.acceptance_case)
        return agreement.acceptance_case;
    const Case* last = nullptr;
    for (const Case* each : workspace.cases_of(agreement.number)) {
        if (each->kind == CaseKind::query && (!last || last->opened <= each->opened)) last = each;
    }
    return last ? std::optional(last->number) : std::nullopt;
}

// ---- The agreement value ----------------------------------------------------------------------------------

bool notified_elsewhere(const Agreement& agreement) {
    return agreement.imported && agreement.notified.empty() && agreement.substate != Substate::awaiting_review;
}

AgreementView view(const Workspace& workspace, const Agreement& agreement, Instant now) {
    const bool was_active = agreement.state == State::active || agreement.state == State::expired;

    std::vector<std::string> contacts;
    for (const auto& address : agreement.notified) contacts.push_back(shown_recipient(workspace, agreement, address));
    std::optional<std::string> pdf_accepted_by;
    if (was_active) {  // V1, R35
        pdf_accepted_by = agreement.signature_type == SignatureType::accepted_via_portal
                              ? "Accepted via Portal"
                              : "System Administrator (Auto Accepted)";
    }
    return {.number = agreement.number,
            .name = agreement.name,
            .company_registration_number = company_registration_number(workspace, agreement),
            .account = agreement.account,
            .api_products_applicable = agreement.products,
            .case_number = shown_case(workspace, agreement),
            .state = agreement.state,
            .substate = agreement.substate,
            .signature_type = agreement.signature_type,
            .accepted_on = agreement.accepted_on,
            .accepted_by = agreement.accepted_by,
            .start_date = agreement.start_date,
            .end_date = agreement.end_date,
            .created = agreement.created,
            .issued = agreement.issued,
            .terms_version = agreement.terms_version,
            .original_version = original_version(workspace, agreement),
            .superseded_contract = agreement.supersedes,
            .pdf_accepted_by = std::move(pdf_accepted_by),
            .contacts = std::move(contacts),
            .attachments = agreement.attachments,
            .review =
                agreement.state == State::draft ? std::optional(view_review(workspace, agreement, now)) : std::nullopt};
}

// ---- Who sees what ----------------------------------------------------------------------------------------

namespace {

bool may_see_account(const Workspace& workspace, const Actor& actor, const std::string& account) {
    switch (actor.role) {
        case Role::agreement_team:
        case Role::product_team:
        case Role::system: return true;
        case Role::visitor: return false;
        case Role::contact: {
            const Contact* contact = workspace.find_contact(actor.name);
            return contact && contact->account == account;
        }
    }
    return false;
}

}  // namespace

bool may_see(const Workspace& workspace, const Actor& actor, const Agreement& agreement) {
    return may_see_account(workspace, actor, agreement.account);
}

bool may_see(const Workspace& workspace, const Actor& actor, const Case& the_case) {
    return may_see_account(workspace, actor, the_case.account);
}

bool in_default_filter(const Agreement& agreement) {
    return agreement.state == State::active ||
           (agreement.state == State::draft && agreement.substate == Substate::under_review);
}

std::vector<std::string> open_queries(const Workspace& workspace, const Agreement& agreement) {
    std::vector<std::string> numbers;
    for (const Case* each : workspace.cases_of(agreement.number)) {
        if (each->kind == CaseKind::query && each->is_open()) numbers.push_back(each->number);
    }
    return numbers;
}

std::optional<Error> why_not_accept(const Workspace& workspace, const Actor& actor, const Agreement& agreement,
                                    Instant now) {
    if (actor.role != Role::contact)
        return Error{"not_permitted", "Only an onboarding contact of the account can accept an agreement."};
    if (!workspace.find_contact(actor.name)) {
        return Error{"unknown_contact", "Nobody is registered with the email address " + actor.name + "."};
    }
    if (!may_see(workspace, actor, agreement)) {
        return Error{"not_found", "There is no connection agreement “" + agreement.number + "” that you can see."};
    }
    if (const auto check = check_acceptance(workspace, actor, agreement, true); !check) return check.error();
    if (now >= agreement.review.closes_at()) {
        return Error{"wrong_state", "The last day to accept was " + format_words(agreement.review.last_day()) + "."};
    }
    return std::nullopt;
}

// ---- What comes -------------------------------------------------------------------------------------------

std::vector<Upcoming> upcoming(const Workspace& workspace, const Agreement& agreement, Instant now) {
    std::vector<Upcoming> coming;
    const auto add = [&](Instant at, std::string what, std::string rule) {
        if (at > now) coming.push_back({at, std::move(what), std::move(rule)});
    };
    const Review& review = agreement.review;
    if (agreement.state == State::draft && !review.paused()) {
        if (agreement.substate == Substate::awaiting_review) {
            add(review.closes_at(), "Can no longer be issued, unless it is issued before", "T4");
        } else if (agreement.signature_type == SignatureType::accepted_via_portal) {
            add(review.closes_at(), "Cancelled, unless it is accepted before", "N4");
        } else if (const auto queries = open_queries(workspace, agreement); !queries.empty()) {
            add(review.closes_at(),
                "Acceptance is held until " + join(queries, ", ") + (queries.size() == 1 ? " is" : " are") +
                    " resolved, unless the clock is paused before",
                "U5");
        } else {
            add(review.closes_at(), "Active, accepted automatically", "U2");
        }
    }
    if (agreement.state == State::active) {
        if (agreement.end_date) add(london_midnight(*agreement.end_date + 1), "Expired, by its end date", "E1");
        for (const Agreement* uplift : workspace.successors(agreement.number)) {
            if (!is_uplift_draft(*uplift)) continue;
            if (const auto due = due_instant(workspace, *uplift))
                add(*due, "Expired, superseded by " + uplift->number, "U2");
        }
    }
    std::ranges::stable_sort(coming, {}, &Upcoming::at);
    return coming;
}

std::vector<std::string> lineage(const Workspace& workspace, const Agreement& agreement) {
    std::set<std::string> chain{agreement.number};
    for (const Agreement* each = &agreement;;) {  // back
        const Agreement* earlier = workspace.find_agreement(each->supersedes.value_or(""));
        if (!earlier || !chain.insert(earlier->number).second) break;
        each = earlier;
    }
    std::vector<std::string> ahead(chain.begin(), chain.end());  // and on, from all of them
    while (!ahead.empty()) {
        const Agreement* each = workspace.find_agreement(ahead.back());
        ahead.pop_back();
        if (!each) continue;
        for (const auto& next : successors(workspace, *each)) {
            if (chain.insert(next).second) ahead.push_back(next);
        }
    }
    std::vector<std::string> numbers(chain.begin(), chain.end());
    // By the instant of creation: an import may bring numbers in any order.
    std::ranges::stable_sort(numbers, {},
                             [&](const std::string& number) { return workspace.find_agreement(number)->created; });
    return numbers;
}

// ---- What needs a hand ------------------------------------------------------------------------------------

namespace {

// What a draft needs a hand with, by its window and by who can accept it.
class DraftAttention {
public:
    DraftAttention(const Workspace& workspace, const Agreement& agreement, Instant now,
                   std::vector<NeedsAttention>& list)
        : workspace_(workspace), agreement_(agreement), now_(now), list_(list) {}

    void add_all() {
        if (!under_review_ && elapsed_) {
            add(Attention::window_elapsed, std::nullopt,
                "The last day to accept was " + last_day_ +
                    ", before it was issued. Withdraw it and create a new agreement.");
            return;
        }
        add_issue();
        if (is_uplift_ && under_review_ && !paused_) add_queries();
        if (!is_uplift_ && under_review_ && !has_onboarding_contact(workspace_, agreement_.account)) add_nobody();
        if (!is_uplift_) add_superseded();
        if (!paused_ && !elapsed_ && left_ < soon_days)
            add(Attention::window_ends_soon, closes_, "The last day of its review is " + last_day_ + ".");
    }

private:
    void add(Attention what, std::optional<Instant> until, std::string words) {
        list_.push_back({what, agreement_.account, agreement_.number, until, std::move(words)});
    }

    void add_issue() {
        const int window_days = agreement_.review.window_days;
        if (!is_uplift_ && under_review_ && agreement_.issued) {
            const int day = *agreement_.issued - agreement_.review.day_one + 1;
            const int left = window_days - day;
            if (left < days_to_review_min) {
                add(Attention::issued_late, closes_,
                    "Issued on day " + std::to_string(day) + " of " + std::to_string(window_days) + "; " +
                        days_in_words(left) + (left == 1 ? " was" : " were") +
                        " left to review. Make sure that the contacts know its last day, " + last_day_ + ".");
            }
        }
        if (!is_uplift_ && !under_review_ && left_ < days_to_review_min) {
            add(Attention::issue_overdue, closes_,
                "Not issued by day " + std::to_string(window_days - left_) + " of " + std::to_string(window_days) +
                    ". Issued today, it leaves " + days_in_words(left_) +
                    " to review. Issue it now, or withdraw it and create a new agreement.");
        } else if (!under_review_ && london_date(now_) - agreement_.review.day_one > soon_days) {
            add(Attention::issue_overdue, closes_,
                "Not issued since " + format_words(agreement_.review.day_one) + ", and its window runs to " +
                    last_day_ + ". Issue it for review.");
        }
    }

    void add_queries() {
        const auto queries = open_queries(workspace_, agreement_);
        if (queries.empty()) return;
        const std::string cases = join(queries, ", ");
        if (elapsed_) {
            add(Attention::acceptance_held, std::nullopt,
                "Acceptance is held by " + cases + ". Resolve it, or reset the review.");
        } else {
            add(Attention::query_on_running_clock, closes_,
                cases + " is open while the clock runs to " + last_day_ + ". Answer it, or pause the review.");
        }
    }

    void add_nobody() {
        const Account* account = workspace_.find_account(agreement_.account);
        const std::string told = account && account->delivery_email
                                     ? "Only the group mailbox " + *account->delivery_email + " was told of it: the"
                                     : "The";
        add(Attention::nobody_can_accept, closes_,
            told + " account has no onboarding contact, so nobody can accept it by " + last_day_ +
                ". Ask for a nomination.");
    }

    void add_superseded() {
        const Agreement* active = workspace_.active_agreement(agreement_.account);
        if (!active || order_of(agreement_.terms_version) >= order_of(active->terms_version)) return;
        add(Attention::terms_superseded, std::nullopt,
            "Its terms " + agreement_.terms_version +
                " are older than the Active agreement's. It can never be accepted: withdraw it.");
    }

    const Workspace& workspace_;
    const Agreement& agreement_;
    Instant now_;
    std::vector<NeedsAttention>& list_;
    bool under_review_ = agreement_.substate == Substate::under_review;
    bool is_uplift_ = is_uplift_draft(agreement_);
    bool paused_ = agreement_.review.paused();
    Instant closes_ = agreement_.review.closes_at();
    bool elapsed_ = !paused_ && now_ >= closes_;
    std::string last_day_ = format_words(agreement_.review.last_day());
    int left_ = agreement_.review.last_day() - london_date(now_);
};

}  // namespace

std::vector<NeedsAttention> needs_attention(const Workspace& workspace, Instant now) {
    std::vector<NeedsAttention> list;
    for (const auto& [number, agreement] : workspace.agreements)
        if (agreement.state == State::draft) DraftAttention(workspace, agreement, now, list).add_all();
    for (const auto& [number, request] : workspace.requests) {
        if (request.state != RequestState::open) continue;
        list.push_back({Attention::request_waiting, request.account, number, std::nullopt,
                        "Requested by " + request.by + " on " + format_words(london_date(request.at)) +
                            ". Create the agreement, or decline."});
    }
    std::ranges::stable_sort(list, [](const NeedsAttention& a, const NeedsAttention& b) {
        const auto never = Instant{INT64_MAX};
        return std::tuple(a.what, a.until.value_or(never), a.subject) <
               std::tuple(b.what, b.until.value_or(never), b.subject);
    });
    return list;
}

}  // namespace ca::lifecycle
