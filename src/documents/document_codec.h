// A document as bytes, and back: how one reaches the worker that makes its PDF. And the answer about a paper, which
// comes from there.
//
//     std::string bytes = encode(document);
//     Result<Document> same = decode(bytes);   // *same == document
//
// The form. A version byte, then every member in the order of document.h (paper_check.h):
//   number    7 bits a byte, the lowest first; the high bit says that another byte follows; no needless bytes
//   signed    a number: 0, -1, 1, -2, 2 … are 0, 1, 2, 3, 4 …
//   double    its 8 bytes (IEEE 754), the lowest first
//   bool      0 or 1; an enumeration its number
//   text      its length, then its bytes as they are
//   list      its count, then its items; an optional is a list of at most one
//   block     its place in Block's list of kinds, then its members
// A document has one form, and a form one document: bytes that decode are those that encode gives for the result.
//
// It is no format for files: nothing older is ever read. Bytes from anywhere are safe to decode. Errors, `where` names
// the byte:
//   other_version  written by another version of the portal
//   bad_document   cut off, not in this form, or more after the end
//   too_deep       blocks nested deeper than 64
//   too_long       more than 2,000,000 items of lists in all
#pragma once

#include "base/result.h"
#include "documents/document.h"
#include "documents/paper_check.h"

#include <string>
#include <string_view>

namespace ca::documents {

std::string encode(const Document&);
Result<Document> decode(std::string_view bytes);

std::string encode(const PaperCheck&);
Result<PaperCheck> decode_paper_check(std::string_view bytes);

}  // namespace ca::documents
