// Requests of the API product onboarding team (P4, R27).
#include "lifecycle/decide.h"

namespace ca::lifecycle {

Result<const Request*> look_up_request(const Context& context, const std::string& number) {
    const auto found = context.workspace.requests.find(number);
    if (found == context.workspace.requests.end()) {
        return fail("unknown_request", "There is no request “" + number + "”. Check it and try again.", "request");
    }
    return &found->second;
}

Result<Decision> decide(const Context& context, const ask::RequestAgreement& given) {
    const Account* account = CA_TRY(look_up_account(context, given.account));
    CA_TRY_VOID(look_up_products(context, given.products));
    Recorder record(context);
    const std::string number = next_request_number(context.workspace);
    record.record(account->ods_code, number,
                  AgreementRequested{.number = number, .products = given.products, .note = given.note.or_none()});
    Decision decision = std::move(record).decision();
    decision.request = number;
    return decision;
}

Result<Decision> decide(const Context& context, const ask::DeclineRequest& given) {
    const Request* request = CA_TRY(look_up_request(context, given.request));
    if (request->state != RequestState::open)
        return wrong_state("The request " + request->number + " was answered already.");
    Recorder record(context);
    record.record(request->account, request->number,
                  RequestDeclined{.number = request->number, .reason = given.reason});
    return std::move(record).decision();
}

}  // namespace ca::lifecycle
