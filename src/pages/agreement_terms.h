// The terms of an agreement on a page: a contents list with links, then standard terms, special terms for the agreement's products and
// Appendix 1A (V7). The blocks are made from Markdown once and kept while terms and products stay the same.
#pragma once

#include "pages/page.h"

namespace ca::pages {

class AgreementTerms {
public:
    // Headings start at `top_level`. A link of the contents list sets `section` in the address; that heading is then brought into view.
    void build(Context&, const lifecycle::Agreement&, int top_level);

private:
    struct Part {
        std::string id, title;
        documents::Blocks blocks;
        std::string problem;  // in words, where the text could not be read
    };
    void read(const lifecycle::Workspace&, const lifecycle::Agreement&, int top_level);

    std::string made_from_;  // what the parts were made from
    std::vector<Part> parts_;
    std::string revealed_;   // the section last brought into view
    std::optional<std::uint64_t> arrival_;  // when that was
};

}  // namespace ca::pages
