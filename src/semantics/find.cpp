#include "semantics/find.h"

#include "semantics/roles.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace ca::semantics {

namespace {

using Children = std::unordered_map<std::string_view, std::vector<const Node*>>;

Children children_by_parent(const Nodes& nodes) {
    Children children;
    for (const Node& node : nodes) children[node.parent].push_back(&node);
    return children;
}

std::string own_words(const Node& node) {
    if (node.runs.empty()) return bears_text(node.role) && !node.hidden_name ? node.name : std::string{};
    std::string words;
    for (const auto& run : node.runs) {
        words += run.text;
        if (run.break_after) words += '\n';
    }
    return words;
}

// Roles that take their name from what is inside them.
bool named_by_content(Role role) {
    return bears_text(role) && role != Role::generic && role != Role::alert && role != Role::status &&
           role != Role::note;
}

std::string name_within(const Children& children, const Node& node) {
    if (!node.name.empty()) return node.name;
    std::string name = own_words(node);
    if (const auto found = children.find(node.key); found != children.end() && named_by_content(node.role)) {
        for (const Node* child : found->second) {
            const auto part = name_within(children, *child);
            if (!name.empty() && !part.empty()) name += ' ';
            name += part;
        }
    }
    return name;
}

bool is_cell(Role role) { return role == Role::cell || role == Role::column_header || role == Role::row_header; }
bool is_inside_line(Role role) {
    return role == Role::text || role == Role::tag || role == Role::link || role == Role::button;
}

void add_words(const Children& children, const Node& node, std::string& words, Role parent_role) {
    const auto found = children.find(node.key);
    std::string own = own_words(node);
    // A cell's or an item's name is said by what it holds.
    if (found != children.end() && node.runs.empty()) own.clear();
    const bool same_line =
        is_cell(node.role) || (is_inside_line(node.role) && parent_role != Role::generic && parent_role != Role::main);
    if (!own.empty()) {
        if (!words.empty() && words.back() != '\n') words += is_cell(node.role) ? " | " : (same_line ? " " : "\n");
        words += own;
    }
    if (found != children.end())
        for (const Node* child : found->second) add_words(children, *child, words, node.role);
    if (!same_line && !words.empty() && words.back() != '\n') words += '\n';
}

std::string in_quotes(std::string_view words) { return '"' + std::string(words) + '"'; }

void add_line(const Children& children, const Node& node, int depth, std::string& lines) {
    lines.append(static_cast<std::size_t>(depth) * 2, ' ');
    lines += to_word(node.role);
    if (node.level > 0) lines += ' ' + std::to_string(node.level);
    if (const auto name = node.name.empty() ? own_words(node) : node.name; !name.empty())
        lines += ' ' + in_quotes(name);
    if (!node.href.empty()) lines += " href=" + in_quotes(node.href);
    if (!node.value.empty()) lines += " value=" + in_quotes(node.value);
    if (!node.hint.empty()) lines += " hint=" + in_quotes(node.hint);
    if (!node.error.empty()) lines += " error=" + in_quotes(node.error);
    if (node.checked != Toggle::none) lines += node.checked == Toggle::on ? " checked" : " unchecked";
    if (node.expanded != Toggle::none) lines += node.expanded == Toggle::on ? " expanded" : " collapsed";
    if (node.pressed != Toggle::none) lines += node.pressed == Toggle::on ? " pressed" : " unpressed";
    if (node.sort == Sort::ascending) lines += " ascending";
    if (node.sort == Sort::descending) lines += " descending";
    if (node.required) lines += " required";
    if (node.disabled) lines += " disabled";
    if (node.busy) lines += " busy";
    if (node.current) lines += " current";
    lines += '\n';
    if (const auto found = children.find(node.key); found != children.end())
        for (const Node* child : found->second)
            if (child > &node)
                add_line(children, *child, depth + 1, lines);  // a key used twice must not lead round in a circle
}

}  // namespace

std::vector<const Node*> find_all(const Nodes& nodes, Role role, Search search) {
    std::unordered_set<std::string_view> inside;
    std::vector<const Node*> found;
    for (const Node& node : nodes) {
        const bool is_inside = search.inside.empty() || node.parent == search.inside || inside.contains(node.parent);
        if (!is_inside) continue;
        if (!search.inside.empty()) inside.insert(node.key);
        if (node.role == role) found.push_back(&node);
    }
    return found;
}

Result<const Node*> find(const Nodes& nodes, Role role, std::string_view name, Search search) {
    const auto children = children_by_parent(nodes);
    const Node* match = nullptr;
    std::string others;
    for (const Node* node : find_all(nodes, role, search)) {
        const auto its_name = name_within(children, *node);
        if (its_name != name) {
            others += (others.empty() ? "" : ", ") + in_quotes(its_name);
            continue;
        }
        if (match != nullptr)
            return fail("ambiguous",
                        "More than one " + std::string(to_word(role)) + " is called " + in_quotes(name) + ".",
                        node->key);
        match = node;
    }
    if (match == nullptr)
        return fail("not_found",
                    "No " + std::string(to_word(role)) + " is called " + in_quotes(name) +
                        "; there are: " + (others.empty() ? "none" : others) + ".",
                    std::string(search.inside));
    return match;
}

const Node* find_key(const Nodes& nodes, std::string_view key) {
    const auto found = std::ranges::find(nodes, key, &Node::key);
    return found == nodes.end() ? nullptr : &*found;
}

std::string name_of(const Nodes& nodes, const Node& node) { return name_within(children_by_parent(nodes), node); }

std::string words_of(const Nodes& nodes, const Node& node) {
    std::string words;
    add_words(children_by_parent(nodes), node, words, Role::generic);
    while (words.ends_with('\n')) words.pop_back();
    return words;
}

std::string words_of(const Nodes& nodes) {
    const auto children = children_by_parent(nodes);
    std::string words;
    if (const auto roots = children.find(std::string_view{}); roots != children.end())
        for (const Node* node : roots->second) add_words(children, *node, words, Role::generic);
    while (words.ends_with('\n')) words.pop_back();
    return words;
}

std::string outline(const Nodes& nodes) {
    const auto children = children_by_parent(nodes);
    std::string lines;
    if (const auto roots = children.find(std::string_view{}); roots != children.end())
        for (const Node* node : roots->second) add_line(children, *node, 0, lines);
    return lines;
}

}  // namespace ca::semantics
