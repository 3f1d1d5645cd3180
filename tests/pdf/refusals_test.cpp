// What the writer refuses, with which word and at which place.
#include "pdf/pdf.h"
#include "pdf/sample.h"
#include "pdf_check/check.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::documents;

namespace {

const pdf::FontSet& fonts() {
    static const pdf::FontSet set = pdf::sample::fonts(CA_FONTS_DIR);
    return set;
}

Error refusal(const Document& document, const pdf::Options& options = {}) {
    auto const file = pdf::write(document, fonts(), options);
    REQUIRE_MESSAGE(!file.has_value(), "it was not refused");
    return file.error();
}

Document with(Block block) {
    Document document = pdf::sample::least();
    document.blocks.push_back(std::move(block));
    return document;
}

Inline bound(std::string text) { return {{.text = std::move(text), .no_glyph = NoGlyph::refuse}}; }
Paragraph paragraph(std::string text) { return Paragraph{bound(std::move(text))}; }

}  // namespace

TEST_CASE("the least document is written") {
    auto const file = pdf::write(pdf::sample::least(), fonts());
    REQUIRE(file.has_value());
    CHECK(file->page_count == 1);
}

TEST_CASE("a document without title") {
    Document document = pdf::sample::least();
    document.title = "  ";
    CHECK(refusal(document).code == "no_title");
}

TEST_CASE("a document without blocks is one empty page") {
    Document document;
    document.title = "Empty";
    auto const file = pdf::write(document, fonts());
    REQUIRE(file.has_value());
    CHECK(file->page_count == 1);
}

TEST_CASE("languages that are none") {
    Document document = pdf::sample::least();
    for (const char* language : {"", "e", "en_GB", "english language", "12"}) {
        document.language = language;
        CHECK(refusal(document).code == "bad_language");
    }
    CHECK(refusal(with(Paragraph{{{.text = "x", .language = "?"}}})).code == "bad_language");
}

TEST_CASE("skipped headings") {
    Error const error = refusal(with(Heading{3, plain("Too deep")}));
    CHECK(error.code == "skipped_heading");
    CHECK(error.where == "block 3");
    Document document = pdf::sample::least();
    document.blocks.front() = Heading{2, plain("Not the first level")};
    CHECK(refusal(document).code == "skipped_heading");
    CHECK(refusal(with(Heading{7, plain("No such level")})).code == "skipped_heading");
    CHECK(refusal(with(Heading{0, plain("No such level")})).code == "skipped_heading");
    CHECK(refusal(with(Note{"Note", {Heading{4, plain("Inside")}}})).where == "block 3, block 1");
}

TEST_CASE("a heading without text and an item without marker") {
    CHECK(refusal(with(Heading{2, plain(" ")})).code == "empty_heading");
    Error const error = refusal(with(List{.items = {{"1.", {paragraph("x")}}, {"", {paragraph("y")}}}}));
    CHECK(error.code == "empty_heading");
    CHECK(error.where == "block 3, item 2");
}

TEST_CASE("tables without headers, and ragged ones") {
    Table table;
    table.rows = {{{plain("a")}, {plain("b")}}};
    CHECK(refusal(with(table)).code == "table_no_header");
    table.header_column = true;
    CHECK(pdf::write(with(table), fonts()).has_value());
    table.rows.push_back({{plain("alone")}});
    Error const error = refusal(with(table));
    CHECK(error.code == "ragged_table");
    CHECK(error.where == "block 3, row 2");
    table.rows.back() = {{plain("both"), 2}};
    CHECK(pdf::write(with(table), fonts()).has_value());
    table.rows.back() = {{plain("none"), 0}, {plain("x"), 2}};
    CHECK(refusal(with(table)).code == "ragged_table");
    CHECK(refusal(with(Fields{{{"", plain("value")}}})).code == "table_no_header");
}

TEST_CASE("two headings of one id, and links that lead nowhere") {
    CHECK(refusal(with(Heading{2, plain("Again"), "top"})).code == "duplicate_id");
    Error const error = refusal(with(Paragraph{{{.text = "there", .link = "#nowhere"}}}));
    CHECK(error.code == "dangling_link");
    CHECK(error.message.find("#nowhere") != std::string::npos);
    CHECK(pdf::write(with(Paragraph{{{.text = "up", .link = "#top"}}}), fonts()).has_value());
    for (const char* link : {"relative/path", "/rooted", "https://exa mple.org", "https://ü.example", ":x", "x:"}) {
        CHECK(refusal(with(Paragraph{{{.text = "there", .link = link}}})).code == "bad_link");
    }
}

TEST_CASE("a character that no font has is named, with its place") {
    Error const error = refusal(with(List{.items = {{"1.", {paragraph("Chess: \xE2\x99\x9E.")}}}}));
    CHECK(error.code == "unknown_character");
    CHECK(error.message.find("U+265E") != std::string::npos);
    CHECK(error.where == "block 3, item 1, block 1");
    CHECK(refusal(with(paragraph("\xF0\x9F\x98\x80"))).message.find("U+01F600") != std::string::npos);
    CHECK(refusal(with(paragraph(std::string("bell \a")))).message.find("U+0007") != std::string::npos);
    CHECK(refusal(with(paragraph("\xFF"))).code == "unknown_character");
}

TEST_CASE("every refusal in a block says its place for people") {
    auto words = [](Block block) {
        Document document = pdf::sample::least();
        document.blocks.push_back(Heading{2, plain("4. Charges"), "charges"});
        document.blocks.push_back(std::move(block));
        std::string const message = refusal(document).message;
        return message.substr(message.rfind(" It is ") + 1);
    };
    std::string const chess = "\xE2\x99\x9E";
    CHECK(words(Fields{{{"Number", plain("1")}, {"Account", bound("A " + chess)}}}) ==
          "It is in the field “Account”, under “4. Charges”.");
    CHECK(words(List{.kind = ListKind::decimal, .items = {{"4.1", {paragraph("x")}}, {"4.2", {paragraph(chess)}}}}) ==
          "It is in “4.2”, under “4. Charges”.");
    CHECK(words(List{.kind = ListKind::bullet, .items = {{"•", {paragraph(chess)}}}}) == "It is under “4. Charges”.");
    CHECK(words(Table{.caption = "Prices", .header = {{plain("a")}}, .rows = {{{plain("1")}}, {{bound(chess)}}}}) ==
          "It is in row 2 of the table “Prices”, under “4. Charges”.");
    CHECK(words(Table{.caption = "", .header = {{bound(chess)}}, .rows = {}}) ==
          "It is in the table's header, under “4. Charges”.");
    CHECK(words(Note{"Note", {Heading{3, plain("Inside"), "inside"}, paragraph(chess)}}) == "It is under “Inside”.");
    CHECK(words(Quote{{List{.kind = ListKind::decimal,
                            .items = {{"(a)", {Table{.caption = "", .header = {}, .rows = {{{plain("x")}}}}}}}}}}) ==
          "It is in “(a)”, under “4. Charges”.");
    CHECK(words(Paragraph{{{.text = "there", .link = "elsewhere"}}}) == "It is under “4. Charges”.");
    CHECK(words(Heading{4, plain("Too deep")}) == "It is under “Too deep”.");
}

TEST_CASE("characters that only steer the layout are no reason to refuse") {
    // Soft hyphen, zero-width space and joiner, word joiner, marks of direction, a byte order mark, an isolate.
    CHECK(pdf::write(with(paragraph("a\u00ADb\u200Bc\u200Dd\u2060e\u200Ef\u200Fg\uFEFFh\u2067i\u2069")), fonts())
              .has_value());
}

TEST_CASE("attachments that are not whole") {
    Document document = pdf::sample::least();
    document.attachments.push_back({"record.json", "application/json", "The record", "Data", "{}", {}});
    CHECK(pdf::write(document, fonts()).has_value());
    CHECK(refusal(document, {.profile = pdf::Profile::a1b}).code == "attachments_need_a3");
    auto broken = [&](auto change) {
        Document copy = document;
        change(copy.attachments.front());
        return refusal(copy).code;
    };
    CHECK(broken([](Attachment& a) { a.file_name.clear(); }) == "bad_attachment");
    CHECK(broken([](Attachment& a) { a.media_type = "json"; }) == "bad_attachment");
    CHECK(broken([](Attachment& a) { a.description.clear(); }) == "bad_attachment");
    CHECK(broken([](Attachment& a) { a.relationship = "Friend"; }) == "bad_attachment");
    document.attachments.push_back(document.attachments.front());
    CHECK(refusal(document).code == "bad_attachment");
}

TEST_CASE("fonts that are none") {
    Document const document = pdf::sample::least();
    auto refused = [&](const pdf::FontSet& set) {
        auto const file = pdf::write(document, set);
        return file ? std::string("written") : file.error().code + " " + file.error().where;
    };
    CHECK(refused({}) == "bad_font text");
    CHECK(refused({.text = {.regular = "not a font"}}) == "bad_font text.regular");
    pdf::FontSet cut = fonts();
    cut.text.bold.resize(100);
    CHECK(refused(cut) == "bad_font text.bold");
    pdf::FontSet plain_only;
    plain_only.text.regular = fonts().text.regular;
    CHECK(refused(plain_only) == "written");
}

TEST_CASE("a page without room, and blocks nested without end") {
    CHECK(refusal(pdf::sample::least(), {.page = {.width = pdf::points(200), .height = pdf::points(800)}}).code ==
          "bad_page");
    Block block = paragraph("deep inside");
    for (int i = 0; i < 31; ++i) block = Quote{{block}};
    CHECK(pdf::write(with(block), fonts()).has_value());
    for (int i = 0; i < 3; ++i) block = Quote{{block}};
    CHECK(refusal(with(block)).code == "too_deep");
}

TEST_CASE("what a record holds is never refused: a stand-in names what has no glyph") {
    Document document = pdf::sample::least();
    std::string const lacking = "A\uE000\u0378\U0001F9FF";
    document.title = document.status = document.running_header = document.running_footer = lacking;
    document.blocks.push_back(Heading{2, plain(lacking)});
    document.blocks.push_back(Fields{{{lacking, plain(lacking + "e\u0301" + std::string("\a"))}}});
    document.blocks.push_back(Table{.caption = lacking, .header = {{plain(lacking)}}, .rows = {{{plain(lacking)}}}});
    auto const written = pdf::write(document, fonts());
    REQUIRE_MESSAGE(written.has_value(), (written ? "" : written.error().message));
    auto const file = pdf_check::File::read(written->bytes);
    REQUIRE(file.has_value());
    for (auto const& finding : pdf_check::check(*file)) FAIL_CHECK(finding.rule << ": " << finding.message);
    int told = 0;
    for (auto const& said : pdf_check::reading_order(*file))
        told += said.text.find("A[U+E000][U+0378][U+1F9FF]") != std::string::npos ? 1 : 0;
    CHECK(told == 6);
    CHECK(refusal(with(paragraph(lacking))).message.find("U+E000") != std::string::npos);
}

TEST_CASE("a typeface for a script is asked for by name, and those that are not needed change nothing") {
    static constexpr pdf::CodeRange hebrew[]{{0x590, 0x5FF}}, chess[]{{0x2654, 0x265F}};
    Document document = pdf::sample::least();
    document.blocks.push_back(Paragraph{plain("\u05D0\u05D1 and \u265E")});
    pdf::FontSet some = fonts();
    some.fallback.clear();
    some.scripts = {{.name = "chess", .characters = chess}, {.name = "hebrew", .characters = hebrew}};
    auto const first = pdf::write(document, some);
    REQUIRE_FALSE(first.has_value());
    CHECK(first.error().code == "font_wanted");
    CHECK(first.error().where == "hebrew");
    some.scripts[1].family.regular = pdf::sample::read_file(std::string(CA_FONTS_DIR) + "/NotoSansHebrew-Regular.ttf");
    CHECK(pdf::write(document, some).error().where == "chess");
    document.blocks.back() = Paragraph{plain("\u05D0\u05D1")};
    auto const without = pdf::write(document, some);
    some.scripts[0].family.regular =
        pdf::sample::read_file(std::string(CA_FONTS_DIR) + "/scripts/NotoSansSymbols2.ttf");
    auto const with_both = pdf::write(document, some);
    REQUIRE((without && with_both));
    CHECK(without->bytes == with_both->bytes);
}
