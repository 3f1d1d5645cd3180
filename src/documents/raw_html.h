// Raw HTML inside terms, read as text (markdown.h says the rule). Never markup: no tag gains an effect but `<br>`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ca::documents {

enum class HtmlMeaning {
    nothing,        // a comment, or a tag that holds text and says nothing itself
    line_break,     // <br>
    paragraph,      // <p>, <div> …: what follows stands in a new paragraph
    literal,        // shown as it is written
};

struct HtmlTag {
    HtmlMeaning meaning = HtmlMeaning::literal;
    std::string anchor{};   // id or name: a place that links may name
};

// `tag` is one whole tag or comment, from '<' to '>'.
HtmlTag read_html_tag(std::string_view tag);

struct HtmlText {
    std::vector<std::string> paragraphs;
    std::vector<std::string> anchors;
};
HtmlText read_html_block(std::string_view html);

}  // namespace ca::documents
