// Publishing terms, and the uplifts that follow (U1, U6, R46).
#include "lifecycle/decide.h"

#include <algorithm>

namespace ca::lifecycle {

Result<Decision> decide(const Context& context, const ask::PublishTerms& given) {
    const std::string version = given.version;
    const VersionNumber order = order_of(version);
    for (const auto& published : context.workspace.terms) {
        if (!published.imported_stub && order <= published.order()) {
            return fail("version_not_newer",
                        "Version " + version + " is not newer than " + published.version +
                            ", which is published. Choose a higher number.",
                        "version");
        }
    }

    Recorder record(context);
    record.record("", version,
                  TermsPublished{.version = version,
                                 .title = given.title,
                                 .standard_terms = given.standard_terms,
                                 .acceptable_use_policy = given.acceptable_use_policy.or_none(),
                                 .changes = given.changes.or_none(),
                                 .uplift = given.uplift});
    Decision decision;
    if (given.uplift) {
        const TermsVersion terms = *record.workspace().find_terms(version);
        std::vector<std::string> older;
        for (const auto& [account, book] : context.workspace.books) {
            for (const auto& agreement : book.agreements) {
                if (agreement->state == State::active && order_of(agreement->terms_version) < order)
                    older.push_back(agreement->number);
                if (agreement->state == State::draft &&
                    agreement->signature_type == SignatureType::accepted_via_portal) {
                    decision.skipped.push_back(agreement->number);
                }
            }
        }
        std::ranges::sort(older);
        std::ranges::sort(decision.skipped);
        for (const auto& number : older) {
            const std::string uplift = next_agreement_number(record.workspace());
            for (const auto& pending : pending_uplifts(record.workspace(), number)) {
                cancel(record, pending, Ending::replaced,
                       "Replaced by " + uplift + ", on the newer terms " + version + ".", uplift);
            }
            decision.created.push_back(create_uplift(record, number, terms));
        }
    }
    decision.events = record.events();
    return decision;
}

}  // namespace ca::lifecycle
