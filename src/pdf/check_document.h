// What a document must have before a conforming file can be made of it. The codes are listed in pdf.h.
#pragma once

#include "base/result.h"
#include "pdf/pdf.h"

namespace ca::pdf {

Result<void> check_document(const documents::Document&, const Options&);

// The error with its place said for people as well: "block 7, field 4" is in the field “Account”, under “Agreement
// details”. What is not in a block (the title, a running line) is named by `where` alone.
Error with_place_in_words(const documents::Document&, Error);

}  // namespace ca::pdf
