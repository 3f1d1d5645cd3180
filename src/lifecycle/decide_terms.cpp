// Publishing terms, and the uplifts that follow (U1, U6, R46).
#include "lifecycle/decide.h"

#include <algorithm>

namespace ca::lifecycle {

Result<Publication> Publication::begin(const Context& context, Recorder& record, const ask::PublishTerms& given) {
    Publication publication;
    const std::string& version = publication.version_ = given.version;
    const VersionNumber order = order_of(version);
    for (const auto& published : context.workspace.terms) {
        if (!published.imported_stub && order <= published.order()) {
            return fail("version_not_newer",
                        "Version " + version + " is not newer than " + published.version +
                            ", which is published. Choose a higher number.",
                        "version");
        }
    }
    record.record("", version,
                  TermsPublished{.version = version,
                                 .title = given.title,
                                 .standard_terms = given.standard_terms,
                                 .acceptable_use_policy = given.acceptable_use_policy.or_none(),
                                 .changes = given.changes.or_none(),
                                 .uplift = given.uplift});
    if (!given.uplift) return publication;
    auto& skipped = publication.decision_.skipped;
    for (const auto& [account, book] : context.workspace.books) {
        for (const auto& agreement : book.agreements) {
            if (agreement->state == State::active && order_of(agreement->terms_version) < order)
                publication.older_.push_back(agreement->number);
            if (agreement->state == State::draft && agreement->signature_type == SignatureType::accepted_via_portal)
                skipped.push_back(agreement->number);
        }
    }
    std::ranges::sort(publication.older_);
    std::ranges::sort(skipped);
    return publication;
}

bool Publication::go_on(Recorder& record, std::size_t agreements) {
    if (older_.empty()) return true;
    const TermsVersion terms = *record.workspace().find_terms(version_);
    for (; agreements > 0 && done_ < older_.size(); --agreements, ++done_) {
        const std::string& number = older_[done_];
        const std::string uplift = next_agreement_number(record.workspace());
        for (const auto& pending : pending_uplifts(record.workspace(), number)) {
            cancel(record, pending, Ending::replaced,
                   "Replaced by " + uplift + ", on the newer terms " + version_ + ".", uplift);
        }
        decision_.created.push_back(create_uplift(record, number, terms));
    }
    return done_ == older_.size();
}

Result<Decision> decide(const Context& context, const ask::PublishTerms& given) {
    Recorder record(context);
    auto publication = CA_TRY(Publication::begin(context, record, given));
    publication.go_on(record, publication.all());
    Decision decision = std::move(publication).decision();
    decision.events = record.events();
    return decision;
}

}  // namespace ca::lifecycle
