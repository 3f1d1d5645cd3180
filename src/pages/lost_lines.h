// A terms document before it is taken in: whether it can be read at all, and which lines of its source have words, or
// numbers of lists, that the document would not.
//
//     if (const auto why = why_unreadable(text)) return refuse(*why);
//     const auto lost = lost_lines_of("Standard terms", text);
//     build_lost_lines(ui, lost);                                       // nothing where nothing is lost
//
// Both cost a reading of the text: keep what they say, and do not ask in each frame.
#pragma once

#include "documents/lost_words.h"
#include "ui/ui.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ca::pages {

struct NamedLostLine {
    std::string document;
    documents::LostLine line;
};

// Why a text that is not blank cannot be read as a document, and where: nobody could read, print or compare it. None
// where it can.
std::optional<std::string> why_unreadable(std::string_view text);

// Of a text that can be read.
std::vector<NamedLostLine> lost_lines_of(std::string_view document, std::string_view text);

void build_lost_lines(ui::Ui&, std::span<const NamedLostLine>);

}  // namespace ca::pages
