// The review clock of a terms change: pause, resume, reset (U4, R40–R42, R45).
#include "lifecycle/decide.h"

namespace ca::lifecycle {
namespace {

Result<const Agreement*> look_up_terms_change(const Context& context, const std::string& number) {
    const Agreement* agreement = CA_TRY(look_up_agreement(context, number));
    if (agreement->state != State::draft || agreement->signature_type != SignatureType::auto_accepted) {
        return wrong_state(
            state_in_words(*agreement) + ", " + std::string(to_words(agreement->signature_type)) +
            ". Only the review of an Auto Accepted draft has a clock that can be paused, resumed or reset.");
    }
    return agreement;
}

}  // namespace

Result<Decision> decide(const Context& context, const ask::Pause& given) {
    const Agreement* agreement = CA_TRY(look_up_terms_change(context, given.number));
    if (agreement->review.paused())
        return fail("already_paused", "The review of " + agreement->number + " is paused already.");
    if (context.now >= agreement->review.closes_at()) {
        return wrong_state("The review of " + agreement->number + " ended on " +
                           format_words(agreement->review.last_day()) +
                           ". Resolve the open query, or reset the review.");
    }
    Recorder record(context);
    record.record(agreement->account, agreement->number,
                  ReviewPaused{.number = agreement->number, .on = london_date(context.now), .reason = given.reason});
    return std::move(record).decision();
}

Result<Decision> decide(const Context& context, const ask::Resume& given) {
    const Agreement* agreement = CA_TRY(look_up_terms_change(context, given.number));
    if (!agreement->review.paused())
        return fail("not_paused", "The review of " + agreement->number + " is not paused.");
    Recorder record(context);
    record.record(agreement->account, agreement->number,
                  ReviewResumed{.number = agreement->number, .on = london_date(context.now)});
    return std::move(record).decision();
}

Result<Decision> decide(const Context& context, const ask::Reset& given) {
    const Agreement* agreement = CA_TRY(look_up_terms_change(context, given.number));
    Recorder record(context);
    record.record(agreement->account, agreement->number,
                  ReviewReset{.number = agreement->number, .on = london_date(context.now), .reason = given.reason});
    return std::move(record).decision();
}

}  // namespace ca::lifecycle
