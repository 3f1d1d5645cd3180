// The links of a clause, and which of them lead elsewhere in another version of it.
#pragma once

#include "documents/compare.h"

#include <functional>
#include <string>
#include <vector>

namespace ca::documents {

struct ClauseLink {
    std::string words, address;
    bool operator==(const ClauseLink&) const = default;
};
std::vector<ClauseLink> links_of(const Inline& title, const Blocks& body);  // in reading order

// Where a link leads, in words, by its side; and whether two of them lead to the same.
struct LinkEnds {
    std::function<std::string(const std::string&)> before, after;
    std::function<bool(const std::string& before, const std::string& after)> same;
};
// `same_words`: the clause's words have not changed, so a link that is on one side only has been made or taken away.
// Else it came or went with its words, which are marked.
std::vector<LinkChange> changed_links(const std::vector<ClauseLink>& before, const std::vector<ClauseLink>& after,
                                      const LinkEnds& ends, bool same_words);

}  // namespace ca::documents
