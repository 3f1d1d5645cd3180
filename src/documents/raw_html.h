// Raw HTML inside terms, read as text (markdown.h says the rule). Never markup: no tag gains an effect but `<br>`.
//
// A table of one row of headers (the first row, where none is marked as such) and rows of no more cells, without merged
// cells or a table inside, is read as a table. Every other tag of a table is refused with its line: what stood in which
// cell would be lost.
#pragma once

#include "base/result.h"
#include "documents/document.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ca::documents {

enum class HtmlMeaning {
    nothing,     // a comment, or a tag that holds text and says nothing itself
    line_break,  // <br>
    paragraph,   // <p>, <div> …: what follows stands in a new paragraph
    table,       // <table>, <tr>, <td> …
    literal,     // shown as it is written
};

struct HtmlTag {
    HtmlMeaning meaning = HtmlMeaning::literal;
    std::string anchor{};  // id or name: a place that links may name
};

// `tag` is one whole tag or comment, from '<' to '>'.
HtmlTag read_html_tag(std::string_view tag);

struct HtmlText {
    Blocks blocks;  // paragraphs and tables
    std::vector<std::string> anchors;
};
// `line` is that of the block, for refusals.
Result<HtmlText> read_html_block(std::string_view html, std::size_t line);
// Whether a table is open at its end, where one was or was not open at its start.
bool html_leaves_table_open(std::string_view html, bool open_before);

std::unexpected<Error> html_table_refused(std::string why, std::size_t line);

// The end of the tag that starts at `start` (one past '>'), quotes respected; 0 if it is none.
std::size_t end_of_html_tag(std::string_view html, std::size_t start);

struct HtmlAttribute {
    std::string name;  // in lower case
    std::string value;
};
std::vector<HtmlAttribute> html_attributes(std::string_view tag);

}  // namespace ca::documents
