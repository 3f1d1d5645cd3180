// The words of a PDF of this writer, of whatever version, as a program reads them.
//
//     std::optional<std::string> words = spoken_text(stored);   // UTF-8, a line for each element of the structure, in
//     their order
//
// Two versions of the writer set the same document on other lines and other pages. What they have in common is this:
// white space is left out, and with it what depends on lines and pages (running lines, repeated headers, the page
// numbers in a contents list).
//
// Nothing where the file is not put together as this writer does it, or holds words that run from the right: in what
// order these stand depends on where lines end.
#pragma once

#include "pdf/stored_objects.h"

#include <optional>
#include <string>
#include <vector>

namespace ca::pdf {

std::optional<std::string> spoken_text(const std::vector<StoredObject>&);

}  // namespace ca::pdf
