#include "documents/clause_tree.h"

#include "documents/clause_number.h"

#include <algorithm>
#include <optional>

namespace ca::documents {

namespace {

class Splitter {
public:
    std::vector<ClauseNode> split(const Blocks& blocks) {
        nodes_.emplace_back();
        std::vector<Open> open{Open{0, 0, std::nullopt}};
        for (const Block& block : blocks) {
            if (auto const* heading = std::get_if<Heading>(&block)) {
                while (open.size() > 1 && open.back().level >= heading->level) open.pop_back();
                std::size_t const node = add_heading(*heading, open.back().node);
                open.push_back({node, heading->level, node});
            } else {
                add_block(block, open.back());
            }
        }
        return std::move(nodes_);
    }

private:
    struct Open {
        std::size_t node;
        int level;
        std::optional<std::size_t>
            text;  // the clause that takes unnumbered text: none at the start, and after numbered items
    };

    std::size_t add(std::size_t parent) {
        ClauseNode node;
        node.parent = parent;
        node.depth = nodes_[parent].depth + 1;
        nodes_.push_back(std::move(node));
        nodes_[parent].children.push_back(nodes_.size() - 1);
        return nodes_.size() - 1;
    }

    std::string cited(std::size_t parent, const std::string& own) const {
        std::string const& above = nodes_[parent].number;
        if (own.empty() || above.empty()) return own;
        if (own.size() > above.size() && own.starts_with(above) && own[above.size()] == '.') return own;
        if (own.starts_with('(')) return above + own;
        if (own.find_first_not_of("0123456789.") != std::string::npos) return own;
        return above + (above.find(' ') == std::string::npos ? "." : ", ") + own;
    }

    std::size_t add_heading(const Heading& heading, std::size_t parent) {
        std::size_t const index = add(parent);
        ClauseNode& node = nodes_[index];
        node.heading = true;
        node.id = heading.id;
        node.title = heading.text;
        if (auto const number = heading_number(to_text(heading.text));
            number && number->length < to_text(heading.text).size()) {
            node.number = cited(parent, number->text);
            node.marker = number->marker;
            std::size_t length = number->length;
            while (length > 0) {
                std::size_t const taken = std::min(length, node.title.front().text.size());
                node.title.front().text.erase(0, taken);
                length -= taken;
                if (node.title.front().text.empty()) node.title.erase(node.title.begin());
            }
        }
        return index;
    }

    void add_block(const Block& block, Open& open) {
        if (auto const* list = std::get_if<List>(&block); list && holds_clauses(*list)) {
            add_items(*list, open.node);
            open.text.reset();
            return;
        }
        if (!open.text) open.text = add(open.node);
        nodes_[*open.text].body.push_back(block);
    }

    static bool holds_clauses(const List& list) {
        return list.kind == ListKind::decimal && !list.items.empty() && !list.items.front().marker.starts_with('(');
    }

    void add_items(const List& list, std::size_t parent) {
        for (const ListItem& item : list.items) {
            std::size_t const index = add(parent);
            auto const number = leading_number(item.marker);
            nodes_[index].marker = item.marker;
            nodes_[index].number = cited(parent, number ? number->text : item.marker);
            for (const Block& block : item.blocks) {
                auto const* nested = std::get_if<List>(&block);
                if (nested && holds_clauses(*nested)) add_items(*nested, index);
                else nodes_[index].body.push_back(block);
            }
        }
    }

    std::vector<ClauseNode> nodes_;
};

}  // namespace

std::vector<ClauseNode> clause_tree(const Blocks& blocks) { return Splitter().split(blocks); }

}  // namespace ca::documents
