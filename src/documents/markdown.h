// Terms as they are written (CommonMark with GitHub's tables) to blocks of the document model.
//
//     auto terms = parse_markdown(text, {.top_level = 2, .id_prefix = "standard-terms-"});
//     if (terms) show(terms->title, terms->blocks);
//
// What becomes of what:
//   - YAML front matter is taken off; its `title` is kept. HTML comments vanish (lost_words.h names what vanishes).
//   - Raw HTML is only ever text. Tags without a meaning of their own (span, div, font …) are dropped and what they
//   hold
//     stays; `<a name="x"></a>` vanishes and is remembered as a place for links; `<br>` breaks the line; a simple
//     <table> is a table; anything else is shown letter by letter.
//   - Links to https, http and mailto addresses are links; so is a bare address in running text. "#place" becomes a
//   link to the heading of that
//     place (GitHub's rule for their names) where there is one. Every other link (relative, javascript:, …) keeps its
//     words and loses its address. An image is its alternative text in brackets.
//   - Headings keep their order of rank, but start at `top_level` and never skip a level. Ids are unique and stable:
//     `id_prefix` and the heading's slug, then -1, -2 … for repeated ones.
//   - Paragraphs that begin with a clause number of their heading ("8.5 …" under "8. Change Management"), and "(a)",
//   "(i)"
//     under those, become lists with these numbers as markers, so that they can be set and spoken as clauses.
//   - A quotation that starts with [!NOTE], [!IMPORTANT], [!WARNING], [!TIP] or [!CAUTION] becomes a Note.
//   - A table whose header row is blank has its first column as headers.
//
// Limits (each has its own error, `where` names the line): 2 MiB, 24 levels of lists and quotations, 32 columns a table
// and 100,000 cells, 256 KiB without a blank line. Errors: not_utf8, control_character (also one that is written as a
// reference, &#4;), html_table (raw HTML that begins a table and is no simple one), too_long, too_deep, too_wide.
#pragma once

#include "base/result.h"
#include "documents/document.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ca::documents {

struct MarkdownOptions {
    int top_level = 1;        // 1 to 6: the level of the outermost headings
    std::string id_prefix{};  // set in front of every id: documents put together need different ones
    bool lift_title = false;  // a first heading that stands above all others becomes the title and leaves the blocks
};

// A list that is written with other numbers than CommonMark gives it: "1.", "1.", "1." reads as 1, 2, 3.
struct OtherNumbers {
    std::vector<std::size_t> lines;    // of its items
    std::vector<std::string> written;  // their numbers in the source, and in the document
    std::vector<std::string> shown;
};

struct Markdown {
    std::string title;  // of the front matter, or the lifted heading; empty: none
    Blocks blocks;
    std::vector<OtherNumbers> other_numbers{};
};

Result<Markdown> parse_markdown(std::string_view text, const MarkdownOptions& options = {});

// Where the text begins after its front matter; 0 where it has none.
std::size_t front_matter_size(std::string_view text);

// What a character reference ("&pound;", "&#163;") stands for; empty where it is none, or stands for nothing that a
// text may hold.
std::string referred_character(std::string_view reference);

// GitHub's name for a heading: lower case, punctuation gone, spaces as hyphens.
std::string heading_slug(std::string_view text);

// The address if it is one that a document may lead to (https, http, mailto), in ASCII; empty otherwise.
std::string safe_address(std::string_view address);

}  // namespace ca::documents
