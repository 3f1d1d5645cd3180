// Several texts in one cell: product names, addresses, sys_ids.
//
//     join_list({"GP Connect (Access Record, Structured)", "MESH"})   // "GP Connect (Access Record, Structured)",MESH
//
// As in a line of CSV (RFC 4180): an entry stands in quotation marks, its own doubled, where it could be misread
// without them: it holds a comma or a line break, starts with a quotation mark, or has white space at an end. Any other
// list is what it always was, its entries with commas between them. split_list(join_list(entries)) is the entries.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ca::interop {

// Without blank and repeated entries.
std::string join_list(std::span<const std::string> entries, std::string_view separator = ",");

// At commas, trimmed, without blank and repeated entries. Others write lists without quotation marks: where an entry
// may begin, the longest of `known` that ends at a comma or the end of the text is taken whole, with the commas in it.
// A quotation mark that does not close before a comma or the end of the text is a character like any other.
std::vector<std::string> split_list(std::string_view, std::span<const std::string> known = {});

}  // namespace ca::interop
