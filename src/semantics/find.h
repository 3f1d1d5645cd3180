// Reading a page by what it says: how tests find things, and how a person at a terminal can look at a page.
//
//     auto button = find(nodes, Role::button, "Accept agreement");   // Result<const Node*>
//     happenings.push_back(Click{(*button)->key});
//     find(nodes, Role::cell, "Draft", {.inside = "main/agreements"});
//     std::cout << outline(nodes);
//
// Names are compared whole. A name that a node does not carry itself (a cell that holds a link) is what is inside it,
// as the browser computes it. An error lists what there is of that role, so that a failed test says what the page
// looked like.
#pragma once

#include "base/result.h"
#include "semantics/node.h"

#include <string>
#include <string_view>
#include <vector>

namespace ca::semantics {

struct Search {
    std::string_view inside{};  // key of a node: only what is below it
};

// Exactly one: error not_found or ambiguous.
Result<const Node*> find(const Nodes&, Role, std::string_view name, Search = {});
// In reading order.
std::vector<const Node*> find_all(const Nodes&, Role, Search = {});
const Node* find_key(const Nodes&, std::string_view key);  // null: none

// The node's accessible name: its own or, without one, the words inside it, joined by single spaces.
std::string name_of(const Nodes&, const Node&);
// All words at and below a node, blocks on lines of their own, cells of a row joined by " | ".
std::string words_of(const Nodes&, const Node&);
// All words of the page.
std::string words_of(const Nodes&);

// The tree, one node a line, indented: role, level, name, states, value.
//     main
//       heading 1 "My cases"
//       textbox "Filter" value="x" required error="…"
std::string outline(const Nodes&);

}  // namespace ca::semantics
