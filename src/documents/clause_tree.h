// A version of terms as a tree of clauses (compare.h says what a clause is), in reading order.
#pragma once

#include "documents/document.h"

#include <cstddef>
#include <string>
#include <vector>

namespace ca::documents {

struct ClauseNode {
    std::string number;  // as cited
    std::string marker;  // as written
    Inline title;        // of a heading, without its number
    std::string id;
    Blocks body;  // its own text, without that of the clauses in it
    std::size_t parent = 0;
    int depth = 0;
    bool heading = false;
    std::vector<std::size_t> children{};
};

// The first node is the whole; every other comes after its parent.
std::vector<ClauseNode> clause_tree(const Blocks& blocks);

}  // namespace ca::documents
