// The words of the help page and of the accessibility statement, as documents: drawn by their pages, and found by
// search.
//
//     ui.document("text", help_text(), 2);     // headings from level 2, each with an id; "#/…" links lead to pages of
//     the portal
#pragma once

#include "documents/document.h"

namespace ca::pages {

documents::Blocks help_text();
documents::Blocks accessibility_text();

}  // namespace ca::pages
