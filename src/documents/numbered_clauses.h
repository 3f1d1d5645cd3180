// Paragraphs with clause numbers of their own ("8.5 …", "(a) …") to lists with these numbers as markers.
#pragma once

#include "documents/document.h"

namespace ca::documents {

Blocks gather_numbered_clauses(Blocks blocks);

}  // namespace ca::documents
