// The document model: what a page of terms, an agreement, a case or a comparison is, before anything draws it.
//
// A Document is a title, a language and a list of blocks. The same blocks become widgets on the screen (pages), a
// tagged PDF (pdf) and plain text. A block says what a thing IS (heading, clause, table with headers); how it looks is
// decided by whoever renders it.
//
// Shapes: all text is UTF-8. Inline text is a list of Runs; a run with a `link` is a link ("#id" points to the block
// of that id in the same document, anything else is an absolute address). Heading levels go from 1 to 6 and never skip
// one downwards (2 then 4 is an error in the PDF writer). A Table has at least one header row or a header column.
//
// Source: `documents/markdown.h` makes blocks from CommonMark, `documents/agreement_document.h` from an agreement.
#pragma once

#include "base/time.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace ca::documents {

enum class Emphasis : std::uint8_t { none = 0, italic = 1, bold = 2, bold_italic = 3 };

// How a run stands in a comparison: said in words by whoever renders it, never by colour alone.
enum class Change : std::uint8_t { none, inserted, deleted };

// What becomes of a character that no typeface has. In what a record holds (a name, a note) a stand-in names it,
// "[U+1F9FF]": no paper is refused for it. Words that people are bound by are set as they are, or refused.
enum class NoGlyph : std::uint8_t { stand_in, refuse };

struct Run {
    std::string text;
    Emphasis emphasis = Emphasis::none;
    bool code = false;
    std::string link{};  // empty: no link
    Change change = Change::none;
    std::string language{};         // BCP 47, empty: the document's
    bool line_break_after = false;  // a hard line break follows
    NoGlyph no_glyph = NoGlyph::stand_in;

    bool operator==(const Run&) const = default;
};
using Inline = std::vector<Run>;

Inline plain(std::string text);      // one run, nothing special
std::string to_text(const Inline&);  // the words alone; hard breaks become '\n'

struct Block;
using Blocks = std::vector<Block>;

struct Heading {
    int level = 1;  // 1 to 6
    Inline text;
    std::string id{};  // anchor, unique in its document
    bool operator==(const Heading&) const = default;
};

struct Paragraph {
    Inline text;
    bool operator==(const Paragraph&) const = default;
};

// A numbered or bulleted list. `marker` is what is shown before an item ("1.", "(a)", "8.5", "•"); legal clause numbers
// keep the text that they have in the source.
struct ListItem {
    std::string marker;
    Blocks blocks;
    bool operator==(const ListItem&) const;
};
enum class ListKind : std::uint8_t { bullet, decimal, lower_alpha, lower_roman, upper_alpha, upper_roman };
struct List {
    ListKind kind = ListKind::bullet;
    bool tight = true;
    std::vector<ListItem> items;
    bool operator==(const List&) const = default;
};

enum class Align : std::uint8_t { start, centre, end };
struct Cell {
    Inline text;
    int column_span = 1;
    bool operator==(const Cell&) const = default;
};
using Row = std::vector<Cell>;
struct Table {
    std::string caption{};  // shown above, and the table's name
    Row header;             // column headers; may be empty where header_column is true
    std::vector<Row> rows;
    bool header_column = false;    // the first cell of each row is its header
    std::vector<Align> align{};    // per column; missing ones are start
    std::vector<double> widths{};  // relative column widths; empty: decided by content
    bool operator==(const Table&) const = default;
};

// Pairs of field and value: the summary of an agreement, the acceptance record. (A description list.)
struct Field {
    std::string name;
    Inline value;
    bool operator==(const Field&) const = default;
};
struct Fields {
    std::vector<Field> fields;
    bool operator==(const Fields&) const = default;
};

struct Quote {
    Blocks blocks;
    bool operator==(const Quote&) const;
};
struct CodeBlock {
    std::string text;
    bool operator==(const CodeBlock&) const = default;
};
struct Rule {  // a thematic break
    bool operator==(const Rule&) const = default;
};
struct PageBreak {  // the next block starts on a new page where there are pages
    bool operator==(const PageBreak&) const = default;
};

// A remark set apart: the state of a draft, a short version, a warning. `label` is its word ("Draft", "Important").
struct Note {
    std::string label;
    Blocks blocks;
    bool operator==(const Note&) const;
};

// The contents list of the document is put here by the renderer (headings of levels 1..depth, with page numbers in
// PDF).
struct Contents {
    int depth = 2;
    bool operator==(const Contents&) const = default;
};

struct Block
    : std::variant<Heading, Paragraph, List, Table, Fields, Quote, CodeBlock, Rule, PageBreak, Note, Contents> {
    using variant::variant;
};
// Here, because what they hold is known only now.
inline bool ListItem::operator==(const ListItem&) const = default;
inline bool Quote::operator==(const Quote&) const = default;
inline bool Note::operator==(const Note&) const = default;

// A file that travels inside the document (PDF/A-3: associated file).
struct Attachment {
    std::string file_name;   // "CNTR0000001.json"
    std::string media_type;  // "application/json"
    std::string description;
    std::string relationship = "Data";  // Source, Data, Alternative, Supplement, Unspecified
    std::string bytes;
    std::optional<Instant> modified{};
    bool operator==(const Attachment&) const = default;
};

struct Document {
    std::string title;
    std::string language = "en-GB";
    std::string author{};
    std::string subject{};
    std::string keywords{};
    std::optional<Instant> created{};  // the record's own instant, never the clock's: same record, same bytes
    std::string running_header{};      // on each page, as an artifact in PDF
    std::string running_footer{};      // likewise; "Page n of m" is added by the renderer
    std::string status{};              // "DRAFT – not yet accepted": said on every page; empty: none
    Blocks blocks;
    std::vector<Attachment> attachments;
    bool operator==(const Document&) const = default;
};

}  // namespace ca::documents
