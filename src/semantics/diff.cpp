#include "semantics/diff.h"

#include "semantics/patch.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <unordered_map>
#include <utility>

namespace ca::semantics {

namespace {

using Index = std::uint32_t;
constexpr Index none = Shown::no_parent;
using Indices = std::unordered_map<std::string_view, Index>;

Indices index_by_key(std::span<const Shown> shown) {
    Indices indices;
    indices.reserve(shown.size());
    for (Index i = 0; i < shown.size(); ++i) indices.emplace(shown[i].node->key, i);
    return indices;
}

// The children of each node in order; the root's are last.
struct Family {
    std::vector<std::vector<Index>> children;
    explicit Family(std::span<const Shown> shown) : children(shown.size() + 1) {
        for (Index i = 0; i < shown.size(); ++i)
            children[shown[i].parent == none ? shown.size() : shown[i].parent].push_back(i);
    }
};

// Of `places` (where each sibling stood before; none: it did not stand here), marks a longest rising subsequence; with
// `pinned`, one that holds it.
std::vector<bool> longest_in_order(std::span<const Index> places, std::size_t pinned) {
    const std::size_t count = places.size();
    std::vector<bool> stays(count, false);
    std::vector<std::size_t> tails;                 // tails[k]: the end of the best run of length k + 1
    std::vector<std::size_t> before(count, count);  // the one before it in its run
    for (std::size_t i = 0; i < count; ++i) {
        const Index place = places[i];
        if (place == none) continue;
        if (pinned < count && ((i < pinned && place > places[pinned]) || (i > pinned && place < places[pinned])))
            continue;
        auto tail = std::ranges::lower_bound(tails, place, {}, [&](std::size_t t) { return places[t]; });
        if (tail != tails.begin()) before[i] = *std::prev(tail);
        if (tail == tails.end()) tails.push_back(i);
        else *tail = i;
    }
    for (std::size_t i = tails.empty() ? count : tails.back(); i < count; i = before[i]) stays[i] = true;
    return stays;
}

// One run of the general case, where something came, went or moved.
class Comparison {
public:
    Comparison(std::span<const Shown> before, std::span<const Shown> after, const Indices& new_index,
               std::string_view focused)
        : before_(before), after_(after), old_index_(index_by_key(before)), new_index_(new_index) {
        match();
        match_rows(focused);
        find_focus_path(focused);
    }

    Patch patch() && {
        drop_replaced();
        if (!without_.keys.empty()) patch_.emplace_back(std::move(without_));
        std::ranges::move(becoming_, std::back_inserter(patch_));
        const Family family(after_);
        place_children(family, static_cast<Index>(after_.size()));
        drop_gone();
        return std::move(patch_);
    }

private:
    // kept_[new] = old where the element stays the same element. Inside an element that is made anew everything is made
    // anew.
    void match() {
        replaced_.assign(before_.size(), false);
        for (Index i = 0; i < before_.size(); ++i) {
            const Shown& old = before_[i];
            const auto found = new_index_.find(old.node->key);
            const bool changed_kind = found != new_index_.end() && !same_kind(*old.node, *after_[found->second].node);
            replaced_[i] = changed_kind || (old.parent != none && replaced_[old.parent]);
        }
        kept_.assign(after_.size(), none);
        for (Index i = 0; i < after_.size(); ++i)
            if (const auto found = old_index_.find(after_[i].node->key);
                found != old_index_.end() && !replaced_[found->second])
                kept_[i] = found->second;
    }

    // Rows that go become, in their order, rows that come.
    void match_rows(std::string_view focused) {
        became_.assign(before_.size(), false);
        std::unordered_map<Index, std::vector<Index>> going;  // by their row group; the first of them last
        for (Index i = static_cast<Index>(before_.size()); i-- > 0;)
            if (before_[i].node->role == Role::row && before_[i].parent != none && !replaced_[i] &&
                can_become(i, focused))
                going[before_[i].parent].push_back(i);
        for (Index i = 0; i < after_.size() && !going.empty(); ++i) {
            const Shown& row = after_[i];
            if (row.node->role != Role::row || row.parent == none || kept_[i] != none) continue;
            const auto rows = going.find(kept_[row.parent]);
            if (rows == going.end() || rows->second.empty() || end_of_row(after_, i) == none) continue;
            become(rows->second.back(), i);
            rows->second.pop_back();
        }
    }

    // Nothing in it is kept for itself, and focus is elsewhere.
    bool can_become(Index row, std::string_view focused) const {
        const Index end = end_of_row(before_, row);
        if (end == none) return false;
        const std::string& key = before_[row].node->key;
        if (focused.starts_with(key) && (focused.size() == key.size() || focused[key.size()] == '/')) return false;
        return std::ranges::none_of(before_.subspan(row, end - row),
                                    [&](const Shown& shown) { return new_index_.contains(shown.node->key); });
    }

    // A row's nodes follow it; none: not all of them are called after it.
    static Index end_of_row(std::span<const Shown> shown, Index row) {
        const std::string below = shown[row].node->key + "/";
        Index end = row + 1;
        for (; end < shown.size() && shown[end].parent != none && shown[end].parent >= row; ++end)
            if (!shown[end].node->key.starts_with(below)) return none;
        return end;
    }

    void become(Index old_row, Index row) {
        const std::string &before = before_[old_row].node->key, &now = after_[row].node->key;
        kept_[row] = old_row;
        std::vector<bool> stays(end_of_row(before_, old_row) - old_row, false);
        stays.front() = true;
        for (Index i = row + 1; i < end_of_row(after_, row); ++i) {
            const Shown& shown = after_[i];
            if (kept_[i] != none || kept_[shown.parent] == none) continue;
            const auto old = old_index_.find(before + shown.node->key.substr(now.size()));
            if (old == old_index_.end() || before_[old->second].parent != kept_[shown.parent] ||
                !same_kind(*before_[old->second].node, *shown.node))
                continue;
            kept_[i] = old->second;
            stays[old->second - old_row] = true;
        }
        for (Index i = 0; i < stays.size(); ++i) {
            became_[old_row + i] = true;
            if (!stays[i]) without_.keys.push_back(before_[old_row + i].node->key);
        }
        becoming_.push_back(Become{before, now});
    }

    // Focus goes with the innermost emitted node: the key itself, or for a link inside a text ("key#2") the text's.
    void find_focus_path(std::string_view focused) {
        holds_focus_.assign(after_.size(), false);
        auto found = new_index_.find(focused);
        if (found == new_index_.end()) found = new_index_.find(focused.substr(0, focused.rfind('#')));
        if (found == new_index_.end()) return;
        for (Index i = found->second; i != none; i = after_[i].parent) holds_focus_[i] = true;
    }

    void drop_replaced() {
        Drop drop;
        for (Index i = 0; i < before_.size(); ++i)
            if (replaced_[i]) drop.keys.push_back(before_[i].node->key);
        if (!drop.keys.empty()) patch_.emplace_back(std::move(drop));
    }

    void drop_gone() {
        Drop drop;
        for (Index i = 0; i < before_.size(); ++i)
            if (!replaced_[i] && !became_[i] && !new_index_.contains(before_[i].node->key))
                drop.keys.push_back(before_[i].node->key);
        if (!drop.keys.empty()) patch_.emplace_back(std::move(drop));
    }

    // Whether the element stood among the same parent's children before, in the same parent element.
    bool same_parent(Index child) const {
        const Index old = kept_[child];
        if (old == none) return false;
        const Index parent = after_[child].parent, old_parent = before_[old].parent;
        if (parent == none || old_parent == none) return parent == none && old_parent == none;
        return kept_[parent] == old_parent;
    }

    void place_children(const Family& family, Index parent) {
        const auto& children = family.children[parent];
        std::vector<Index> places(children.size(), none);
        std::size_t pinned = children.size();
        for (std::size_t i = 0; i < children.size(); ++i) {
            if (!same_parent(children[i])) continue;
            places[i] = kept_[children[i]];  // old positions rise with old order
            if (holds_focus_[children[i]]) pinned = i;
        }
        const auto stays = longest_in_order(places, pinned);

        const std::string_view parent_key = parent == after_.size() ? std::string_view{} : after_[parent].node->key;
        std::string_view after{};
        for (std::size_t i = 0; i < children.size(); ++i) {
            const Index child = children[i];
            const Shown& shown = after_[child];
            if (kept_[child] == none) {
                patch_.emplace_back(Add{shown, parent_key, after});
            } else {
                if (!stays[i]) patch_.emplace_back(Move{shown.node->key, parent_key, after});
                if (const auto changed = differing(before_[kept_[child]], shown))
                    patch_.emplace_back(Set{shown, changed});
            }
            place_children(family, child);
            after = shown.node->key;
        }
    }

    std::span<const Shown> before_, after_;
    Indices old_index_;
    const Indices& new_index_;
    std::vector<bool> replaced_, holds_focus_;
    std::vector<bool> became_;  // it, or the row that it is in, became another
    Drop without_;              // what such rows had and have no longer
    std::vector<Become> becoming_;
    std::vector<Index> kept_;
    Patch patch_;
};

}  // namespace

bool same_kind(const Node& a, const Node& b) {
    if (a.role != b.role) return false;
    switch (a.role) {
        case Role::heading: return a.level == b.level;
        case Role::list: return a.ordered == b.ordered;
        case Role::row_group: return a.value == b.value;
        case Role::textbox: return a.multiline == b.multiline && a.input_type == b.input_type;
        default: return true;
    }
}

namespace {

// With bounds relative to the parent's, which stands before it in `shown`.
Shown shown_in(std::vector<Shown>& shown, const Node& node, Index parent) {
    Shown one{.node = &node, .bounds = node.bounds, .control = node.control, .parent = parent};
    if (parent != none) {
        shown[parent].leaf = false;
        one.bounds.x -= shown[parent].node->bounds.x;
        one.bounds.y -= shown[parent].node->bounds.y;
    }
    if (one.control != Bounds{}) {
        one.control.x -= node.bounds.x;
        one.control.y -= node.bounds.y;
    }
    return one;
}

// Of a tree that is not the last frame's: `index` is filled with what is shown.
std::vector<Shown> show(const Nodes& nodes, Indices& index) {
    std::vector<Shown> shown;
    shown.reserve(nodes.size());
    index.reserve(nodes.size());
    for (const Node& node : nodes) {
        Index parent = none;
        if (!node.parent.empty()) {
            const auto found = index.find(node.parent);
            if (found == index.end()) continue;
            parent = found->second;
        }
        if (!index.emplace(node.key, static_cast<Index>(shown.size())).second) continue;
        shown.push_back(shown_in(shown, node, parent));
    }
    return shown;
}

// Of a tree that is.
std::vector<Shown> show_again(const Nodes& nodes, std::span<const Shown> before) {
    std::vector<Shown> shown;
    shown.reserve(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) shown.push_back(shown_in(shown, nodes[i], before[i].parent));
    return shown;
}

bool same_tree(std::span<const Shown> before, const Nodes& after) {
    return std::ranges::equal(before, after, [](const Shown& a, const Node& b) {
        return a.node->key == b.key && a.node->parent == b.parent && same_kind(*a.node, b);
    });
}

}  // namespace

Patch Differ::next(Nodes nodes, std::string_view focused) {
    Patch patch;
    std::vector<Shown> shown;
    if (same_tree(shown_, nodes)) {
        shown = show_again(nodes, shown_);
        for (std::size_t i = 0; i < shown.size(); ++i)
            if (const auto changed = differing(shown_[i], shown[i])) patch.emplace_back(Set{shown[i], changed});
    } else {
        Indices index;
        shown = show(nodes, index);
        patch = Comparison(shown_, shown, index, focused).patch();
    }
    // The vector's own storage moves along, so what points into it stays valid.
    nodes_ = std::move(nodes);
    shown_ = std::move(shown);
    return patch;
}

void Differ::forget() {
    nodes_.clear();
    shown_.clear();
}

}  // namespace ca::semantics
