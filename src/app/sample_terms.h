// The texts of the sample world: two versions of standard terms with what belongs to them, and API products with their
// special terms. Written for this project; they bind nobody. Markdown in sample_terms/, put into the program when it is
// built.
#pragma once

#include <span>
#include <string_view>
#include <utility>

namespace ca::app {

struct SampleTerms {
    std::string_view version, title;
    std::string_view standard_terms, acceptable_use_policy, changes;  // Markdown; `changes` may be empty
};
struct SampleProduct {
    std::string_view id, name;
    std::string_view special_terms;  // Markdown; empty: none
};

std::pair<SampleTerms, SampleTerms> sample_terms();  // 6.0, and 6.1 that uplifts it
// pds-fhir, eps-fhir, gp-connect, mesh, ers, nhs-login
std::span<const SampleProduct> sample_products();

}  // namespace ca::app
