// A document in, the bytes of a PDF file out.
//
//     pdf::FontSet fonts;
//     fonts.text = {.regular = bytes_of("Sans-Regular.ttf"), .bold = bytes_of("Sans-Bold.ttf")};
//
//     documents::Document document;
//     document.title = "Connection agreement CNTR0000001";
//     document.blocks.push_back(documents::Heading{.level = 1, .text = documents::plain("Connection agreement")});
//     document.blocks.push_back(documents::Paragraph{documents::plain("Between us and you.")});
//
//     Result<pdf::File> file = pdf::write(document, fonts);
//     if (file) save("agreement.pdf", file->bytes);
//
// What it makes. A tagged file that claims PDF/A-3a and PDF/UA-1 (profile `a3ua`): structure tree, language, metadata,
// bookmarks from the headings, a contents list with page numbers, links, running header and footer as artifacts,
// associated files. Profile `a1b` is PDF 1.4 for checkers that know PDF/A-1b only; it takes no attachments. Which
// of the standards' rules are checked, and with what, is in tests/pdf_check/check.h.
//
// What it refuses. It writes no file that it knows not to conform. The error's `where` is the place for programs
// ("block 12, row 3"); its message says it for people (in row 3 of the table “Prices”, under “4. Charges”):
//   no_title            the document has no title
//   bad_language        a language is not shaped as BCP 47
//   skipped_heading     a heading goes down by more than one level
//   empty_heading       a heading, a contents list or a marker without text
//   table_no_header     a table has neither header row nor header column
//   ragged_table        a row's spans do not add up to the table's columns
//   duplicate_id        two headings have one id
//   dangling_link       a link "#id" to an id that no heading has
//   bad_link            a link that is neither "#id" nor an absolute address
//   unknown_character   no font has the character, and its run refuses a stand-in (documents::NoGlyph); the message
//   names its code point font_wanted         a family of `scripts` is needed that was not given; `where` is its name:
//   give it, and write again bad_attachment      an attachment without name, media type or description, or with a
//   relationship that is none attachments_need_a3 attachments in profile a1b bad_font            a font that is not an
//   embeddable static TrueType font bad_page            a page with no room for text too_deep            blocks nested
//   deeper than 32
//
// Images. The document model has none, so no file has a picture, with or without words for those who do not see it.
//
// Fonts. The library opens no files: the caller gives the bytes and keeps the FontSet alive while writing. `text` and
// `mono` need `regular`; an empty face is replaced within its family (bold italic by bold, then regular). A character
// that the family lacks is set in the first family of `fallback` that has it, then in the first of `scripts` that is
// for it and has it, shaped by HarfBuzz; what still has no glyph is set as a stand-in that names it, "[U+1F9FF]", or
// refused. Hebrew and Arabic are ordered by the Unicode bidirectional algorithm. Of Arabic ligatures only lam with alef
// is set: programs that go by where letters stand (pdftotext) turn its two letters round, those that go by the text (a
// screen reader) do not.
//
// Same document, fonts and options: same bytes, on every machine, whichever unneeded families of `scripts` are there.
// There is no clock here; dates come in the document.
//
// In slices. `Writing` does the same work in steps of a few milliseconds, for a page that must stay responsive or a
// progress bar; to cancel, let it go.
//
//     pdf::Writing writing(document, fonts);
//     while (writing.advance()) show(writing.progress_permille());
//     Result<pdf::File> file = writing.take();
#pragma once

#include "base/result.h"
#include "documents/document.h"
#include "pdf/units.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ca::pdf {

// Goes up whenever the same document, fonts and options would give other bytes than before, so that a file can say
// which writer would make it again.
inline constexpr int writer_version = 6;

// The bytes of TrueType files.
struct Family {
    std::string regular;
    std::string italic{};
    std::string bold{};
    std::string bold_italic{};
};

struct CodeRange {
    char32_t first = 0;
    char32_t last = 0;
};

// A family that few documents need, and then only for some characters.
struct ScriptFamily {
    std::string name;
    std::span<const CodeRange> characters;  // what it is for
    std::span<const CodeRange>
        signs{};      // where one of these stands in the same text, it goes before the others: by kana, Han is Japanese
    Family family{};  // no regular face: not here yet
};

struct FontSet {
    Family text;
    Family mono{};  // for code; empty: text
    std::vector<Family> fallback{};
    std::vector<ScriptFamily> scripts{};
};

enum class Profile : std::uint8_t {
    a3ua,  // PDF 1.7, PDF/A-3a and PDF/UA-1
    a1b,   // PDF 1.4, PDF/A-1b
};

struct PageSize {
    Length width = 595276;  // A4
    Length height = 841890;
};

struct Options {
    Profile profile = Profile::a3ua;
    PageSize page{};
    bool compress = true;  // false leaves page contents readable, for tests and the curious
    std::string producer = "Connection Agreements PDF writer " + std::to_string(writer_version);
};

struct File {
    std::string bytes;
    int page_count = 0;
};

Result<File> write(const documents::Document&, const FontSet&, const Options& = {});

class Writing {
public:
    // Both are used until the last step: they must outlive this object.
    Writing(const documents::Document&, const FontSet&, Options = {});
    Writing(documents::Document&&, const FontSet&, Options = {}) = delete;
    Writing(const documents::Document&, FontSet&&, Options = {}) = delete;
    Writing(Writing&&) noexcept;
    Writing& operator=(Writing&&) noexcept;
    ~Writing();

    // Does one slice of the work. True while there is more to do.
    bool advance();
    int progress_permille() const;
    // The file, or why there is none. Call it once, after advance() returned false.
    Result<File> take();

private:
    class Work;
    std::unique_ptr<Work> work_;
};

}  // namespace ca::pdf
