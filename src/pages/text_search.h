// Looks for words in the text of a document, part by part: what stands under one heading is one place.
//
//     for (const auto& place : find_in_text(terms->blocks, words_to_find("change management")))
//         place.heading, place.id      "8. Change Management", "standard-terms-8-change-management"
//         place.around                 "… The terms and conditions may change after 30 days …"
//
// Letters are taken for the same without case and accents (fold_for_search). A place is found where each of the words
// is in its heading or in what stands under it, in any order.
#pragma once

#include "documents/document.h"

#include <string>
#include <string_view>
#include <vector>

namespace ca::pages {

std::vector<std::string> words_to_find(std::string_view typed);
bool holds_all(std::string_view text, const std::vector<std::string>& words);

struct FoundPlace {
    std::string heading, id;  // empty: before the first heading
    std::string around;       // the words where they stand
};
std::vector<FoundPlace> find_in_text(const documents::Blocks&, const std::vector<std::string>& words);

}  // namespace ca::pages
