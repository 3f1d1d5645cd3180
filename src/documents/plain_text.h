// A document or some of its blocks as plain text: for copying, for email, for search, for tests.
//
// UTF-8, lines ended by '\n', no line breaks within a paragraph. Headings stand alone between blank lines; list items
// carry their markers and are indented by two spaces a level; a table is one line a row, cells separated by " | ";
// fields are "Name: value"; words of a comparison are "[added: …]" and "[removed: …]". Nothing is left out but the
// looks.
#pragma once

#include "documents/document.h"

#include <string>

namespace ca::documents {

std::string to_plain_text(const Document& document);
std::string to_plain_text(const Blocks& blocks);
std::string to_plain_text(const Inline& text);

}  // namespace ca::documents
