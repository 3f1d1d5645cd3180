// Lines of terms whose words are not in the document.
//
//     for (const LostLine& line : lost_lines(text)) say("line " + std::to_string(line.line) + ": " + line.sentence());
//
// Markdown drops words without a sound: a third cell under two headers, "[Liability]: unlimited", comments, titles of
// links, attributes of raw HTML. Here the words of every source line are held against the words of the document that is
// made of it, in order, so that a word is found missing whatever dropped it. A list whose numbers in the source are not
// those of the document is named as well.
//
// What is no word of the terms is not named: front matter with keys that are known to be about the file (title,
// version, redirect_from …), markup, names of tags and their attributes for looks and anchors, labels of links, and
// where links lead. (Addresses on the web are kept; paths such as /policy or #place lead to the site that the text came
// from.) An address of an image is named, and so is one that does not look like any: "[Fee](unlimited)".
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ca::documents {

struct LostLine {
    std::size_t line = 0;   // from 1
    std::string words{};    // that stand in the line and not in the document; empty: its numbers differ
    std::string numbers{};  // "1, 1, 1 here and 1, 2, 3 in the document"
    std::string sentence() const;
};

// Errors: those of parse_markdown.
Result<std::vector<LostLine>> lost_lines(std::string_view text);

}  // namespace ca::documents
