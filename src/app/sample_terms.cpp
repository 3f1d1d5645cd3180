#include "app/sample_terms.h"

#include <sample_terms_text.h>

#include <array>

namespace ca::app {

namespace text = sample_terms_text;

std::pair<SampleTerms, SampleTerms> sample_terms() {
    return {{.version = "6.0",
             .title = "Connection Agreement version 6.0",
             .standard_terms = text::standard_terms_6_0,
             .acceptable_use_policy = text::acceptable_use_policy_6_0,
             .changes = text::changes_6_0},
            {.version = "6.1",
             .title = "Connection Agreement version 6.1",
             .standard_terms = text::standard_terms_6_1,
             .acceptable_use_policy = text::acceptable_use_policy_6_1,
             .changes = text::changes_6_1}};
}

std::span<const SampleProduct> sample_products() {
    // NHS login has no special terms of its own: the standard terms are enough for some products.
    static constexpr std::array<SampleProduct, 6> products = {{
        {"pds-fhir", "Personal Demographics Service FHIR API", text::special_pds_fhir},
        {"eps-fhir", "Electronic Prescription Service FHIR API", text::special_eps_fhir},
        {"gp-connect", "GP Connect", text::special_gp_connect},
        {"mesh", "Message Exchange for Social Care and Health (MESH)", text::special_mesh},
        {"ers", "e-Referral Service API", text::special_ers},
        {"nhs-login", "NHS login", {}},
    }};
    return products;
}

}  // namespace ca::app
