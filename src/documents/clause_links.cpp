#include "documents/clause_links.h"

#include "base/text.h"

#include <algorithm>
#include <type_traits>

namespace ca::documents {

namespace {

void add_links(const Inline& text, std::vector<ClauseLink>& links) {
    bool goes_on = false;  // a link with emphasis in it is several runs, with white space of no link between them
    std::string space;
    for (const Run& run : text) {
        if (run.link.empty()) {
            space += run.text;
            goes_on = goes_on && is_blank(run.text);
        } else if (goes_on && links.back().address == run.link) {
            links.back().words += space + run.text;
            space.clear();
        } else {
            links.push_back({run.text, run.link});
            goes_on = true;
            space.clear();
        }
    }
}

// An address that can be clicked, and one that can only be read, say the same.
bool says_its_address(const ClauseLink& link) {
    return link.address == link.words || link.address == "mailto:" + link.words;
}

void add_links(const Blocks& blocks, std::vector<ClauseLink>& links);
void add_links(const Row& row, std::vector<ClauseLink>& links) {
    for (const Cell& cell : row) add_links(cell.text, links);
}

void add_links(const Blocks& blocks, std::vector<ClauseLink>& links) {
    for (const Block& block : blocks) {
        std::visit(
            [&](auto const& kind) {
                using Kind = std::decay_t<decltype(kind)>;
                if constexpr (std::is_same_v<Kind, Heading> || std::is_same_v<Kind, Paragraph>) {
                    add_links(kind.text, links);
                } else if constexpr (std::is_same_v<Kind, List>) {
                    for (const ListItem& item : kind.items) add_links(item.blocks, links);
                } else if constexpr (std::is_same_v<Kind, Table>) {
                    add_links(kind.header, links);
                    for (const Row& row : kind.rows) add_links(row, links);
                } else if constexpr (std::is_same_v<Kind, Fields>) {
                    for (const Field& field : kind.fields) add_links(field.value, links);
                } else if constexpr (std::is_same_v<Kind, Quote> || std::is_same_v<Kind, Note>) {
                    add_links(kind.blocks, links);
                } else {
                    static_assert(std::is_same_v<Kind, CodeBlock> || std::is_same_v<Kind, Rule> ||
                                  std::is_same_v<Kind, PageBreak> || std::is_same_v<Kind, Contents>);
                }
            },
            static_cast<const Block::variant&>(block));
    }
}

}  // namespace

std::vector<ClauseLink> links_of(const Inline& title, const Blocks& body) {
    std::vector<ClauseLink> links;
    add_links(title, links);
    add_links(body, links);
    return links;
}

std::vector<LinkChange> changed_links(const std::vector<ClauseLink>& before, const std::vector<ClauseLink>& after,
                                      const LinkEnds& ends, bool same_words) {
    std::vector<LinkChange> changes;
    const auto compare = [&](const ClauseLink& old_link, const ClauseLink& new_link) {
        if (!ends.same(old_link.address, new_link.address))
            changes.push_back({new_link.words, ends.before(old_link.address), ends.after(new_link.address)});
    };
    if (same_words && std::ranges::equal(before, after, {}, &ClauseLink::words, &ClauseLink::words)) {
        for (std::size_t i = 0; i < after.size(); ++i) compare(before[i], after[i]);
        return changes;
    }
    // What leads to the same place is done with; what is left is paired by its words, in order.
    std::vector<ClauseLink> old_links = before, new_links;
    for (const ClauseLink& link : after) {
        const auto partner = std::ranges::find_if(old_links, [&](const ClauseLink& old_link) {
            return old_link.words == link.words && ends.same(old_link.address, link.address);
        });
        if (partner == old_links.end()) new_links.push_back(link);
        else old_links.erase(partner);
    }
    for (const ClauseLink& link : new_links) {
        const auto partner = std::ranges::find(old_links, link.words, &ClauseLink::words);
        if (partner != old_links.end()) {
            compare(*partner, link);
            old_links.erase(partner);
        } else if (same_words && !says_its_address(link)) {
            changes.push_back({link.words, {}, ends.after(link.address)});
        }
    }
    if (same_words) {
        for (const ClauseLink& link : old_links) {
            if (!says_its_address(link)) changes.push_back({link.words, ends.before(link.address), {}});
        }
    }
    return changes;
}

Inline link_sentence(const LinkChange& change) {
    const std::string words = "\xe2\x80\x9c" + change.words + "\xe2\x80\x9d";
    const Run before{.text = change.before, .change = Change::deleted};
    const Run after{.text = change.after, .change = Change::inserted};
    if (change.before.empty()) return {Run{.text = words + " is now a link. It leads to "}, after, Run{.text = "."}};
    if (change.after.empty()) return {Run{.text = words + " is a link no more. It led to "}, before, Run{.text = "."}};
    return {Run{.text = "The link " + words + " leads elsewhere. Before: "}, before, Run{.text = ". Now: "}, after,
            Run{.text = "."}};
}

}  // namespace ca::documents
