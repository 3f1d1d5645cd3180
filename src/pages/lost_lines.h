// Words of a terms document that would be lost: which lines of its source have words, or numbers of lists, that the
// document does not.
//
//     std::vector<NamedLostLine> lost = lost_lines_of("Standard terms", text);   // costs a reading of the text: keep
//     it, do not ask each frame build_lost_lines(ui, lost);                                                // nothing
//     where nothing is lost
#pragma once

#include "documents/lost_words.h"
#include "ui/ui.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ca::pages {

struct NamedLostLine {
    std::string document;
    documents::LostLine line;
};

// A text that is no document at all has nothing to lose here: whoever takes it in says what is wrong with it.
std::vector<NamedLostLine> lost_lines_of(std::string_view document, std::string_view text);

void build_lost_lines(ui::Ui&, std::span<const NamedLostLine>);

}  // namespace ca::pages
