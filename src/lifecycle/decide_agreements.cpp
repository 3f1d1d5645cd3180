// New agreements from creation to their end (N1–N7, E1–E3, V6).
#include "lifecycle/decide.h"

#include <algorithm>

namespace ca::lifecycle {

std::unexpected<Error> wrong_state(std::string message) { return fail("wrong_state", std::move(message)); }

std::string state_in_words(const Agreement& agreement) {
    std::string words = agreement.number + " is " + std::string(to_words(agreement.state));
    if (agreement.substate) words += ", " + std::string(to_words(*agreement.substate));
    return words;
}

// ---- Creating ---------------------------------------------------------------------------------------------

Result<Decision> decide(const Context& context, const ask::CreateAgreement& given) {
    const Workspace& workspace = context.workspace;
    const Account* account = CA_TRY(look_up_account(context, given.account));
    CA_TRY_VOID(look_up_products(context, given.products));

    const TermsVersion* terms = workspace.find_terms(given.terms.value);
    if (!terms || terms->imported_stub) {
        return fail("unknown_terms",
                    "No terms are published as version “" + given.terms.value + "”. Publish them first.", "terms");
    }
    const Request* request = nullptr;
    if (given.request.value) {
        request = CA_TRY(look_up_request(context, *given.request));
        if (request->account != account->ods_code) {
            return fail("bad_argument",
                        "The request " + request->number + " is for another account, " + request->account + ".",
                        "request");
        }
        if (request->state != RequestState::open)
            return wrong_state("The request " + request->number + " was answered already.");
    }
    for (const auto& agreement : workspace.book_of(account->ods_code).agreements) {
        if (agreement->state == State::draft && agreement->signature_type == SignatureType::accepted_via_portal) {
            return fail(
                "draft_already_open",
                state_in_words(*agreement) + ", for the same account. Withdraw it first, or wait until it is accepted.",
                "account");
        }
    }

    Recorder record(context);
    const std::string number = next_agreement_number(workspace);
    const std::string case_number = next_case_number(workspace);
    record.record(
        account->ods_code, number,
        AgreementCreated{.number = number,
                         .name = agreement_name(*account),
                         .products = given.products,
                         .terms_version = terms->version,
                         .from_version = given.from_version.value ? std::optional(static_cast<int>(*given.from_version))
                                                                  : std::nullopt,
                         .signature_type = SignatureType::accepted_via_portal,
                         .window_days = acceptance_window_days,
                         .day_one = london_date(context.now),
                         .acceptance_case = case_number});
    open_case(record, account->ods_code, number, CaseKind::acceptance, record.by_name());
    if (request)
        record.record(account->ods_code, request->number,
                      RequestAnswered{.number = request->number, .agreement = number});

    Decision decision = std::move(record).decision();
    decision.number = number;
    decision.case_number = case_number;
    return decision;
}

Result<Decision> decide(const Context& context, const ask::Issue& given) {
    const Agreement* agreement = CA_TRY(look_up_agreement(context, given.number));
    if (agreement->state != State::draft || agreement->substate != Substate::awaiting_review) {
        return wrong_state(state_in_words(*agreement) + ". Only a draft that is Awaiting Review can be issued.");
    }
    if (!agreement->review.paused() && context.now >= agreement->review.closes_at()) {
        return fail("review_window_elapsed", "The last day to accept " + agreement->number + " was " +
                                                 format_words(agreement->review.last_day()) +
                                                 ". Withdraw it and create a new agreement.");
    }
    const auto kind = agreement->signature_type == SignatureType::auto_accepted ? NotificationKind::terms_change
                      : agreement->from_version                                 ? NotificationKind::uplift_v5_to_v6
                                                                                : NotificationKind::new_agreement;
    Recorder record(context);
    record.record(agreement->account, agreement->number,
                  AgreementIssued{.number = agreement->number, .on = london_date(context.now)});
    notify_parties(record, *agreement, kind);
    return std::move(record).decision();
}

// ---- Accepting --------------------------------------------------------------------------------------------

Result<> check_acceptance(const Workspace& workspace, const Actor& actor, const Agreement& agreement,
                          bool read_and_understood) {
    const Contact* contact = workspace.find_contact(actor.name);
    if (!contact || !contact->onboarding_contact || contact->account != agreement.account) {
        return fail("not_an_onboarding_contact",
                    "Only an onboarding contact of this account can accept. Complete the Supplier Onboarding Contact "
                    "Nomination first.");
    }
    if (agreement.signature_type == SignatureType::auto_accepted) {
        return fail(
            "auto_accepted_only",
            "A terms change is accepted automatically after its review. If you have a question, raise a query.");
    }
    if (agreement.state == State::active && agreement.accepted_by && agreement.accepted_on) {
        // Two contacts of one account may press at the same time.
        return wrong_state(agreement.number + " is Active already: " + *agreement.accepted_by + " accepted it on " +
                           format_words(*agreement.accepted_on) + ". Nothing more is to be done.");
    }
    if (agreement.state != State::draft || agreement.substate != Substate::under_review) {
        return wrong_state(state_in_words(agreement) + ". Only a draft that is Under Review can be accepted.");
    }
    if (!read_and_understood) {
        return fail("must_confirm_reading", "Confirm that you have read and understood the terms and conditions.",
                    "read_and_understood");
    }
    for (const auto& active : workspace.book_of(agreement.account).agreements) {
        if (active->state != State::active) continue;
        if (order_of(agreement.terms_version) < order_of(active->terms_version)) {
            return fail(
                "terms_superseded",
                "The terms " + agreement.terms_version + " are older than the terms " + active->terms_version +
                    " of the Active agreement " + active->number +
                    ", so this draft can no longer be accepted. The agreement team must withdraw it and create a "
                    "new one.");
        }
    }
    return {};
}

Result<Decision> decide(const Context& context, const ask::Accept& given) {
    const Agreement* agreement = CA_TRY(look_up_agreement(context, given.number));
    CA_TRY_VOID(check_acceptance(context.workspace, context.actor, *agreement, given.read_and_understood));

    const std::string number = agreement->number;
    std::vector<std::string> replaced;  // one, but for imports
    for (const auto& each : context.workspace.book_of(agreement->account).agreements) {
        if (each->state == State::active) replaced.push_back(each->number);
    }
    Recorder record(context);
    record.record(agreement->account, number,
                  AgreementAccepted{.number = number,
                                    .on = london_date(context.now),
                                    .accepted_by = name_of(context.workspace, context.actor),
                                    .supersedes = replaced.empty() ? std::nullopt : std::optional(replaced.back())});
    for (const auto& each : replaced) expire(record, each, Ending::superseded, number);
    if (const Case* acceptance = context.workspace.find_case(agreement->acceptance_case.value_or(""));
        acceptance && acceptance->is_open()) {
        record.record(acceptance->account, acceptance->number,
                      CaseStateChanged{.number = acceptance->number, .state = CaseState::resolved});
    }
    follow_newest_uplift(record, number, agreement->terms_version);
    return std::move(record).decision();
}

// ---- Ending -----------------------------------------------------------------------------------------------

Result<Decision> decide(const Context& context, const ask::Terminate& given) {
    const Agreement* agreement = CA_TRY(look_up_agreement(context, given.number));
    if (agreement->state != State::active) {
        return wrong_state(state_in_words(*agreement) + ". Only an Active agreement can be terminated.");
    }
    const Date end_date = parse_date(given.end_date.value).value_or(Date{});  // it has been checked
    if (agreement->start_date && end_date < *agreement->start_date) {
        return fail(
            "bad_date",
            "The end date is before the Start Date, " + format_words(*agreement->start_date) + ". Choose a later one.",
            "end_date");
    }
    Recorder record(context);
    record.record(agreement->account, agreement->number,
                  AgreementTerminated{.number = agreement->number, .end_date = end_date, .reason = given.reason});
    notify_parties(record, *agreement, NotificationKind::agreement_termination);
    if (end_date <= london_date(context.now)) expire(record, agreement->number, Ending::end_date_reached);  // R48
    return std::move(record).decision();
}

Result<Decision> decide(const Context& context, const ask::Withdraw& given) {
    const Agreement* agreement = CA_TRY(look_up_agreement(context, given.number));
    if (agreement->state != State::draft)
        return wrong_state(state_in_words(*agreement) + ". Only a draft can be withdrawn.");
    Recorder record(context);
    cancel(record, agreement->number, Ending::withdrawn, given.reason);
    return std::move(record).decision();
}

// ---- Looking and downloading ------------------------------------------------------------------------------

Result<Decision> decide(const Context& context, const ask::RecordDownload& given) {
    const Agreement* agreement = CA_TRY(look_up_agreement(context, given.number));
    Recorder record(context);
    record.record(agreement->account, agreement->number,
                  DownloadRecorded{.number = agreement->number,
                                   .file_name = given.file_name,
                                   .size = given.size,
                                   .sha256 = given.sha256,
                                   .person = name_of(context.workspace, context.actor)});
    return std::move(record).decision();
}

Result<Decision> decide(const Context& context, const ask::ShowAgreement& given) {
    const Agreement* agreement = CA_TRY(look_up_agreement(context, given.number));
    Decision decision;
    decision.number = agreement->number;
    return decision;
}

}  // namespace ca::lifecycle
