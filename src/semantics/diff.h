// What changed between two frames, as the fewest operations that keep the page's elements as they are.
//
//     Differ differ;
//     Patch patch = differ.next(std::move(output.nodes), focused_key);   // empty when nothing changed
//     if (!patch.empty()) send(to_json(patch));                          // patch.h
//
// An element lives as long as its key is emitted with the same kind (kind_of): only then are values, selections and
// focus kept. Order:
//   1. drops of elements whose kind changed, with all that is inside them;
//   2. rows of a table that become other rows: where some go and others come, their elements stay and say something
//      else, which costs a page a fraction of making them. Not the row that has focus; and what is in only one of two
//      rows goes before, and comes after;
//   3. additions, moves and changes in reading order, so that a parent and the sibling before are always there already;
//   4. drops of what is gone, parents first.
// Moving an element takes its focus away, so among siblings the longest run that is already in order stays, and the one
// that holds focus always stays: the others move around it. Bounds in a patch are relative to the parent's, so that a
// block that moves carries what is inside it. Cost: linear in the nodes, plus n log n where siblings were reordered;
// frames with the same tree compare pair by pair and hash nothing.
#pragma once

#include "semantics/node.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ca::semantics {

// A node as the page sees it: with bounds relative to its parent.
struct Shown {
    const Node* node = nullptr;
    Bounds bounds{}, control{};  // relative to the parent's bounds, and to the node's
    bool leaf = true;            // no node names it as its parent
    std::uint32_t parent = no_parent;
    static constexpr std::uint32_t no_parent = UINT32_MAX;
};

// Which properties differ: bit n is the property number n of patch.h's table.
using PropertySet = std::uint64_t;

struct Drop {
    std::vector<std::string> keys;
};
struct Become {  // with all that is inside: each key that begins with "<before>/" begins with "<now>/" from here on
    std::string before;
    std::string_view now;
};
struct Add {
    Shown shown;
    std::string_view parent, after;
};  // `after`: the sibling before it, empty: it is the first
struct Move {
    std::string_view key, parent, after;
};
struct Set {
    Shown shown;
    PropertySet changed;
};
using Operation = std::variant<Drop, Become, Add, Move, Set>;
// Views and pointers in it point into the differ's newest nodes: valid until the next call.
using Patch = std::vector<Operation>;

// Two nodes of one kind can be the same element: same role, and for a heading the same level, for a list the same
// order, for a textbox the same type of input, for a row group head or body.
bool same_kind(const Node&, const Node&);

class Differ {
public:
    // `focused`: the key that has focus, empty for none. Nodes whose key was already seen in the same frame, or whose
    // parent does not stand before them, are left out: a page must not break because of one wrong node (a debug build
    // of ui asserts it).
    Patch next(Nodes nodes, std::string_view focused = {});
    const Nodes& nodes() const { return nodes_; }
    void forget();  // the next patch builds everything anew

private:
    Nodes nodes_;
    std::vector<Shown> shown_;
};

}  // namespace ca::semantics
