// The terms of an agreement on a page: a contents list with links, then standard terms, Appendix 1 (its API products),
// Appendix 1A, which is to be shared with customers and can be copied, and special terms for the agreement's products
// (V7). The blocks are made from Markdown once and kept while terms and products stay the same.
#pragma once

#include "pages/page.h"

namespace ca::pages {

class AgreementTerms {
public:
    // Headings start at `top_level`. A link of the contents list sets `section` in the address; that heading is then
    // brought into view.
    void build(Context&, const lifecycle::Agreement&, int top_level);
    // The contents list apart from the text, which `build` puts after it with the same level, in the scope whose keys
    // begin with `prefix`. Nothing where there is no text.
    void build_contents(Context&, const lifecycle::Agreement&, int top_level, const std::string& prefix);

private:
    struct Part {
        std::string id, title;
        documents::Blocks blocks;
        std::string problem;  // in words, where the text could not be read
    };
    static Part products_part(const lifecycle::Sight&, const lifecycle::Agreement&);
    void read(const lifecycle::Sight&, const lifecycle::Agreement&, int top_level);

    void build_sharing(Context&, const Part&);
    void build_list(Context&, int top_level, const std::string& prefix);

    std::string made_from_;  // what the parts were made from
    std::vector<Part> parts_;
    std::string list_prefix_;               // of the keys in the contents list of this frame; empty: not built yet
    std::string copied_;                    // that the policy was copied
    std::string revealed_;                  // the section last brought into view
    std::optional<std::uint64_t> arrival_;  // when that was
};

}  // namespace ca::pages
