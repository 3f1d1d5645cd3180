// Terms as they are written (CommonMark with GitHub's tables) to blocks of the document model.
//
//     auto terms = parse_markdown(text, {.top_level = 2, .id_prefix = "standard-terms-"});
//     if (terms) show(terms->title, terms->blocks);
//
// What becomes of what:
//   - YAML front matter is taken off; its `title` is kept. HTML comments vanish.
//   - Raw HTML is only ever text. Tags without a meaning of their own (span, div, font …) are dropped and what they hold
//     stays; `<a name="x"></a>` vanishes and is remembered as a place for links; `<br>` breaks the line; anything else
//     is shown letter by letter.
//   - Links to https, http and mailto addresses are links; so is a bare address in running text. "#place" becomes a link to the heading of that
//     place (GitHub's rule for their names) where there is one. Every other link (relative, javascript:, …) keeps its
//     words and loses its address. An image is its alternative text in brackets.
//   - Headings keep their order of rank, but start at `top_level` and never skip a level. Ids are unique and stable:
//     `id_prefix` and the heading's slug, then -1, -2 … for repeated ones.
//   - Paragraphs that begin with a clause number of their heading ("8.5 …" under "8. Change Management"), and "(a)", "(i)"
//     under those, become lists with these numbers as markers, so that they can be set and spoken as clauses.
//   - A quotation that starts with [!NOTE], [!IMPORTANT], [!WARNING], [!TIP] or [!CAUTION] becomes a Note.
//   - A table whose header row is blank has its first column as headers.
//
// Limits (each has its own error, `where` names the line): 2 MiB, 24 levels of lists and quotations, 32 columns a table and
// 100,000 cells, 256 KiB without a blank line. Errors: not_utf8, control_character, too_long, too_deep, too_wide.
#pragma once

#include "base/result.h"
#include "documents/document.h"

#include <string>
#include <string_view>

namespace ca::documents {

struct MarkdownOptions {
    int top_level = 1;         // 1 to 6: the level of the outermost headings
    std::string id_prefix{};   // set in front of every id: documents put together need different ones
    bool lift_title = false;   // a first heading that stands above all others becomes the title and leaves the blocks
};

struct Markdown {
    std::string title;  // of the front matter, or the lifted heading; empty: none
    Blocks blocks;
};

Result<Markdown> parse_markdown(std::string_view text, const MarkdownOptions& options = {});

// GitHub's name for a heading: lower case, punctuation gone, spaces as hyphens.
std::string heading_slug(std::string_view text);

// The address if it is one that a document may lead to (https, http, mailto), in ASCII; empty otherwise.
std::string safe_address(std::string_view address);

}  // namespace ca::documents
