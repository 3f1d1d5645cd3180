// Terms documents: Markdown that becomes the text of a terms version.
//
//     auto document = CA_TRY(read_terms_document(name, bytes));
//     auto version = given_by_the_person or suggest_version(workspace, document);
//     auto plan = CA_TRY(plan_terms(workspace, documents_of_one_version, *version, title, now));   // pure; the dry run
//
// Which part of the terms a document is: front matter `part: standard | special | acceptable-use-policy | changes`,
// else its title or file name ("special terms", "additional products", "acceptable use", "changes" at its start or
// end), else the standard terms. Its version: front matter `version: 6.1`. Special terms belong to an API product, not
// to a version: front matter `product: <id or name>`.
//
// suggest_version, for documents that do not say: the number in the file name where it is that of a version here
// without this part
// ("terms-6.1.md"); else the oldest version that an import knows by its number alone and that has no standard terms
// yet; else the number in the file name. None for a document that does not call itself terms. It is a suggestion:
// whoever imports sees it before anything is kept, and can say another.
//
// A text that is kept never changes: the same again is "same", another for the same version is refused
// (`text_differs`). A version that is not here yet is made, not as an uplift: uplifts are published (`publish_terms`),
// never imported.
#pragma once

#include "lifecycle/event.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ca::interop {

enum class TermsPart : std::uint8_t { standard_terms, acceptable_use_policy, changes, special_terms };
std::string_view to_words(
    TermsPart);  // "standard terms", "acceptable use policy", "published changes", "special terms"

struct TermsDocument {
    std::string file_name;
    TermsPart part = TermsPart::standard_terms;
    std::string title;                     // front matter, else the first level-1 heading, else the file name
    std::optional<std::string> version{};  // front matter only
    std::optional<std::string> product{};  // front matter only
    std::string markdown;                  // whole, front matter included, without a byte-order mark
};

// Errors: not_markdown (not UTF-8, binary, empty), too_large, bad_version.
Result<TermsDocument> read_terms_document(std::string_view file_name, std::string_view bytes);

std::optional<std::string> suggest_version(const lifecycle::Workspace&, const TermsDocument&);

struct TermsPlan {
    std::vector<lifecycle::Event> events{};
    std::size_t fresh = 0, changed = 0, same = 0;  // versions: made, given a text, as they are
};
// Documents of one version, each part at most once, none of them special terms. `title` empty: that of the standard
// terms. Texts whose lines only end otherwise are the same. Errors: bad_version, same_version (another way to write one
// that is here), text_differs and title_differs (of a version that has a text), part_twice, special_terms,
// no_standard_terms (of a version that has none and gets none).
Result<TermsPlan> plan_terms(const lifecycle::Workspace&, std::span<const TermsDocument>, const std::string& version,
                             std::string_view title, Instant now);

// Special terms of a product, by its id or name; the same again changes nothing, others replace them (what agreements
// rest on is the version that was published with them). Errors: unknown_product.
Result<TermsPlan> plan_special_terms(const lifecycle::Workspace&, const TermsDocument&, std::string_view product,
                                     Instant now);

}  // namespace ca::interop
