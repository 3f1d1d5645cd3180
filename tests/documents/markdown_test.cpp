#include "documents/markdown.h"

#include "documents/block_rules.h"
#include "documents/plain_text.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>

using namespace ca;
using namespace ca::documents;
using ca::documents::testing::BlockRules;

namespace {

Markdown parsed(std::string_view text, const MarkdownOptions& options = {}) {
    auto result = parse_markdown(text, options);
    REQUIRE_MESSAGE(result.has_value(), (result ? std::string() : result.error().message));
    CHECK(BlockRules::broken(result->blocks, options.top_level) == "");
    return *result;
}

std::string words(std::string_view text) { return to_plain_text(parsed(text).blocks); }

template<typename Kind>
Kind at(const Blocks& blocks, std::size_t index) {
    REQUIRE(index < blocks.size());
    REQUIRE(std::holds_alternative<Kind>(blocks[index]));
    return std::get<Kind>(blocks[index]);
}

Inline first_paragraph(const Markdown& markdown) { return at<Paragraph>(markdown.blocks, 0).text; }

std::string refusal(std::string_view text) {
    auto const result = parse_markdown(text);
    return result ? "none" : result.error().code;
}

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("front matter leaves its title and nothing else") {
    auto const markdown = parsed("---\ntitle: Terms of use\nversions:\n  fpt: '*'\n---\n\nText.\n");
    CHECK(markdown.title == "Terms of use");
    CHECK(to_plain_text(markdown.blocks) == "Text.\n");
    CHECK(parsed("---\ntitle: 'It''s ours'\n---\n").title == "It's ours");
    CHECK(parsed("---\ntitle: \"A \\\"b\\\"\"\n...\n").title == "A \"b\"");
    CHECK(parsed("\xef\xbb\xbf---\r\ntitle: With a mark\r\n---\r\nText\r\n").title == "With a mark");
}

TEST_CASE("a rule at the start that is never closed is not front matter") {
    auto const markdown = parsed("---\n\ntitle: no\n");
    CHECK(markdown.title == "");
    CHECK(to_plain_text(markdown.blocks) == "----------\n\ntitle: no\n");
}

TEST_CASE("comments vanish, also in the middle of a line and around text") {
    CHECK(words("<!-- one -->\n\nText <!-- two --> goes on.\n\n<!-- three\n\nfour -->\n\nEnd.") ==
          "Text goes on.\n\nEnd.\n");
    CHECK(words("<!-- note --> Kept") == "Kept\n");
}

TEST_CASE("a comment that is never closed hides nothing") {
    CHECK(words("Before.\n\n<!-- oops\n\nClause 2 still counts.") ==
          "Before.\n\n<!-- oops\n\nClause 2 still counts.\n");
}

TEST_CASE("raw HTML is text, never markup") {
    CHECK(words("A <span class=\"x\" onclick=\"y()\">word</span> here.") == "A word here.\n");
    CHECK(words("<script>alert(1)</script>") == "<script>alert(1)</script>\n");
    CHECK(words("x <img src=x onerror=alert(1)> y") == "x <img src=x onerror=alert(1)> y\n");
    CHECK(words("10<sup>2</sup> and <del>not</del>") == "10<sup>2</sup> and <del>not</del>\n");
    CHECK(words("<div>\nOne &amp; two<br>three\n</div>") == "One & two\n\nthree\n");
    CHECK(words("One<br>two") == "One\ntwo\n");
    CHECK(words("<span style=\"display:none\">not hidden</span>") == "not hidden\n");
    CHECK(words("<div title=\"never closed") == "<div title=\"never closed\n");
}

TEST_CASE("pure anchors vanish and can be linked to") {
    auto const markdown =
        parsed("<a name=\"charges\"></a>\n\n## 9. Charges\n\nSee [charges](#charges) and [nothing](#nowhere).");
    CHECK(to_plain_text(markdown.blocks) == "9. Charges\n\nSee charges and nothing.\n");
    auto const text = at<Paragraph>(markdown.blocks, 1).text;
    REQUIRE(text.size() == 3);
    CHECK(text[1].link == "#9-charges");
    CHECK(text[2].link == "");
}

TEST_CASE("only safe addresses are links") {
    auto const link = [](std::string_view markdown) { return first_paragraph(parsed(markdown)).front().link; };
    CHECK(link("[a](https://example.org/x?y=1#z)") == "https://example.org/x?y=1#z");
    CHECK(link("[a](HTTP://example.org)") == "http://example.org");
    CHECK(link("[a](mailto:a@example.org)") == "mailto:a@example.org");
    CHECK(link("[a](<https://example.org/a b>)") == "https://example.org/a%20b");
    CHECK(link("[a](https://example.org/\xc3\xa9)") == "https://example.org/%C3%A9");
    for (std::string_view const unsafe :
         {"javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "/site-policy", "//example.org",
          "file:///etc/passwd", "vbscript:x", "https:", "https://", "https://good.example@evil.example/",
          "mailto:nobody", "../up", "ftp://example.org"}) {
        CAPTURE(unsafe);
        auto const markdown = parsed("[words](" + std::string(unsafe) + ")");
        CHECK(first_paragraph(markdown) == plain("words"));
    }
    CHECK(safe_address("https://x\ny") == "");
    CHECK(safe_address("java\tscript:x") == "");
}

TEST_CASE("an address in running text is a link without the punctuation around it") {
    auto const text = first_paragraph(parsed("See (https://example.org/a_(b)). Not xhttps://example.org nor http://."));
    REQUIRE(text.size() == 3);
    CHECK(text[1].text == "https://example.org/a_(b)");
    CHECK(text[1].link == text[1].text);
    CHECK(text[2].text == "). Not xhttps://example.org nor http://.");
}

TEST_CASE("heading levels start at the top level and never skip") {
    auto const levels = [](std::string_view text, int top) {
        std::string found;
        for (const Block& block : parsed(text, {.top_level = top}).blocks)
            found += std::to_string(std::get<Heading>(block).level);
        return found;
    };
    CHECK(levels("## A\n#### B\n### C\n## D\n", 1) == "1221");
    CHECK(levels("# A\n###### B\n", 2) == "23");
    CHECK(levels("### A\n# B\n## C\n", 1) == "112");
    CHECK(levels("# A\n## B\n### C\n#### D\n##### E\n", 4) == "45666");
}

TEST_CASE("ids are GitHub's names, unique, and the same each time") {
    auto const ids = [](std::string_view text, std::string prefix) {
        std::vector<std::string> found;
        for (const Block& block : parsed(text, {.id_prefix = std::move(prefix)}).blocks)
            found.push_back(std::get<Heading>(block).id);
        return found;
    };
    CHECK(ids("## F. Copyright & DMCA\n## Same\n## Same\n## Same-1\n## ???\n## \xc3\x89t\xc3\xa9\n", "") ==
          std::vector<std::string>{"f-copyright--dmca", "same", "same-1", "same-1-1", "section", "\xc3\xa9t\xc3\xa9"});
    CHECK(ids("# A", "terms-") == std::vector<std::string>{"terms-a"});
    CHECK(heading_slug("D. User-Generated Content") == "d-user-generated-content");
}

TEST_CASE("a link to a heading knows the prefix, also before the heading comes") {
    auto const markdown = parsed("[later](#the-end)\n\n# The end\n", {.id_prefix = "p-"});
    CHECK(first_paragraph(markdown).front().link == "#p-the-end");
}

TEST_CASE("the only top heading can become the title") {
    auto const lifted =
        parsed("# Standard terms\n\n[up](#standard-terms)\n\n## 1. One\n", {.top_level = 2, .lift_title = true});
    CHECK(lifted.title == "Standard terms");
    CHECK(first_paragraph(lifted) == plain("up"));
    CHECK(at<Heading>(lifted.blocks, 1).level == 2);
    // A heading in a list moves up with the others, and one that is as high as the title keeps it where it is.
    auto const below = parsed("# Title\n\n5. b\n   ---\n", {.lift_title = true});
    CHECK(below.title == "Title");
    REQUIRE(below.blocks.size() == 1);
    CHECK(std::get<Heading>(std::get<List>(below.blocks[0]).items[0].blocks[0]).level == 1);
    CHECK(parsed("# Title\n\n> # As high\n", {.lift_title = true}).title.empty());
    auto const kept = parsed("# One\n\n# Two\n", {.lift_title = true});
    CHECK(kept.title == "");
    CHECK(kept.blocks.size() == 2);
}

TEST_CASE("emphasis, code, breaks and entities") {
    auto const text = first_paragraph(parsed("a *b **c*** `d  e`  \nf &copy; [*g*](https://h.example)"));
    REQUIRE(text.size() == 6);
    CHECK(text[0] == Run{.text = "a "});
    CHECK(text[1] == Run{.text = "b ", .emphasis = Emphasis::italic});
    CHECK(text[2] == Run{.text = "c ", .emphasis = Emphasis::bold_italic});
    CHECK(text[3] == Run{.text = "d e", .code = true, .line_break_after = true});
    CHECK(text[4] == Run{.text = "f \xc2\xa9 "});
    CHECK(text[5] == Run{.text = "g", .emphasis = Emphasis::italic, .link = "https://h.example"});
}

TEST_CASE("images are their words") {
    CHECK(words("![A diagram](x.png) and ![](y.png)") == "[Image: A diagram] and [Image]\n");
}

TEST_CASE("tables keep headers, alignment and links; a blank header row makes the first column the header") {
    auto const table = at<Table>(parsed("| A | B |\n| :-: | --: |\n| [x](#y) `|` | 2 |\n| 3 |\n").blocks, 0);
    CHECK(to_text(table.header[0].text) == "A");
    CHECK(table.align == std::vector{Align::centre, Align::end});
    CHECK(table.rows.size() == 2);
    CHECK(table.rows[1].size() == 2);
    auto const sideways = at<Table>(parsed("| | |\n| --- | --- |\n| Term | Meaning |\n").blocks, 0);
    CHECK(sideways.header.empty());
    CHECK(sideways.header_column);
}

TEST_CASE("lists keep their numbers and their depth") {
    auto const list = at<List>(parsed("3) three\n4) four\n   - a\n     - b\n       - c\n").blocks, 0);
    CHECK(list.kind == ListKind::decimal);
    CHECK(list.items[0].marker == "3)");
    CHECK(list.items[1].marker == "4)");
    CHECK(at<List>(list.items[1].blocks, 1).items[0].marker == "\xe2\x80\xa2");
    CHECK(words("1. one\n1. two\n1. three\n") == "1. one\n2. two\n3. three\n");
}

TEST_CASE("clause numbers of the heading become markers") {
    auto const markdown = parsed(
        "## 8. Change Management\n\nIntroduction.\n\n8.1 First.\n\n8.2. Second:\n\n(a) alpha;\n\n(b) beta:\n\n(i) "
        "one;\n\n(ii) two;\n\nand so on.\n\n"
        "8.2.1 Deeper.\n\n**8.3** Third.\n\n## 9. Other\n\n8.9 is not ours, nor is 9 alone.\n\n(a) not a list here\n");
    REQUIRE(markdown.blocks.size() == 6);
    auto const& clauses = at<List>(markdown.blocks, 2);
    REQUIRE(clauses.items.size() == 3);
    CHECK(clauses.items[0].marker == "8.1");
    CHECK(clauses.items[1].marker == "8.2.");
    CHECK(clauses.items[2].marker == "8.3");
    CHECK(clauses.items[2].blocks.size() == 1);
    auto const& second = clauses.items[1].blocks;
    REQUIRE(second.size() == 4);
    auto const& letters = at<List>(second, 1);
    CHECK(letters.kind == ListKind::lower_alpha);
    CHECK(letters.items[1].marker == "(b)");
    CHECK(at<List>(letters.items[1].blocks, 1).kind == ListKind::lower_roman);
    CHECK(to_text(at<Paragraph>(second, 2).text) == "and so on.");
    CHECK(at<List>(second, 3).items[0].marker == "8.2.1");
    CHECK(to_plain_text(at<Paragraph>(markdown.blocks, 4).text).starts_with("8.9 is"));
    CHECK(to_plain_text(at<Paragraph>(markdown.blocks, 5).text).starts_with("(a) not"));
}

TEST_CASE("(i) after (h) is a letter") {
    std::string text = "## 1. One\n\n1.1 List:\n\n";
    for (char c = 'a'; c <= 'k'; ++c) text += "(" + std::string(1, c) + ") item\n\n";
    auto const item = at<List>(parsed(text).blocks, 1).items[0];
    REQUIRE(item.blocks.size() == 2);
    CHECK(at<List>(item.blocks, 1).items.size() == 11);
}

TEST_CASE("a number alone is text") { CHECK(words("## 8. A\n\n8.1\n\nText.\n") == "8. A\n\n8.1\n\nText.\n"); }

TEST_CASE("quotations, notes, rules and code") {
    auto const markdown = parsed("> said\n\n> [!NOTE]\n> mind this\n\n---\n\n```html\n<b>\n```\n");
    CHECK(to_plain_text(at<Quote>(markdown.blocks, 0).blocks) == "said\n");
    CHECK(at<Note>(markdown.blocks, 1).label == "Note");
    CHECK(to_plain_text(at<Note>(markdown.blocks, 1).blocks) == "mind this\n");
    CHECK(std::holds_alternative<Rule>(markdown.blocks[2]));
    CHECK(at<CodeBlock>(markdown.blocks, 3).text == "<b>");
}

TEST_CASE("what cannot be read is refused by name and place") {
    CHECK(refusal("a\xff") == "not_utf8");
    CHECK(parse_markdown("a\nb\nc\xc3(\n").error().where == "line 3");
    CHECK(refusal(std::string("a\0b", 3)) == "control_character");
    CHECK(refusal("a\xc2\x85") == "control_character");
    CHECK(refusal("pay \xe2\x80\xae"
                  "001") == "control_character");
    CHECK(refusal(std::string(2 * 1024 * 1024 + 1, ' ')) == "too_long");
    CHECK(refusal(std::string(300 * 1024, 'a')) == "too_long");
    CHECK(refusal(std::string(200, '>') + " deep") == "too_deep");
    std::string list;
    for (int depth = 0; depth < 30; ++depth) list += std::string(static_cast<std::size_t>(depth) * 2, ' ') + "- x\n";
    CHECK(refusal(list) == "too_deep");
    std::string wide = "|";
    for (int i = 0; i < 80; ++i) wide += "-|";
    CHECK(refusal("> " + wide) == "too_wide");
    std::string copies = "[a]: " + std::string(100'000, 'x') + "\n\n";
    for (int i = 0; i < 40'000; ++i) copies += "[a]";
    CHECK(refusal(copies) == "too_long");
    CHECK(refusal("fine \xe2\x80\x93 and\fso") == "none");
}

TEST_CASE("a reference to what no text may hold is refused like it, with its line") {
    for (std::string_view const reference :
         {"&#4;", "&#x7f;", "&#x9f;", "&#0;", "&#xD800;", "&#xFFFE;", "&#xFDD0;", "&#x202e;", "&#x1FFFF;"}) {
        CAPTURE(reference);
        auto const result = parse_markdown("fine\n\nword " + std::string(reference) + "\n");
        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().code == "control_character");
        CHECK(result.error().where == "line 3");
    }
    CHECK(words("a&#9;b&#13;c `&#4;`") == "a b c &#4;\n");
    CHECK(refusal("\xef\xbf\xbe") == "control_character");
}

TEST_CASE("a simple HTML table is a table") {
    auto const table = at<Table>(parsed("<table>\n<thead><tr><th>A</th><th>B</th></tr></thead>\n\n<tr><td>one "
                                        "&pound;5</td><td>two<br>three</td></tr>\n</table>\n")
                                     .blocks,
                                 0);
    CHECK(to_text(table.header.at(1).text) == "B");
    CHECK(to_text(table.rows.at(0).at(0).text) ==
          "one \xc2\xa3"
          "5");
    CHECK(to_text(table.rows.at(0).at(1).text) == "two\nthree");
    CHECK(to_text(
              at<Table>(parsed("<table><tr><td>A</td></tr><tr><td>b</td></tr></table>").blocks, 0).header.at(0).text) ==
          "A");
}

TEST_CASE("an HTML table that is not simple is refused with its line") {
    for (std::string_view const table :
         {"<table><tr><td colspan=\"2\">a</td></tr></table>", "<table><tr><td>a</td></tr>",
          "<table><tr><td><table></table></td></tr></table>", "<table>words<tr><td>a</td></tr></table>",
          "<table><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>", "<tr><td>a</td></tr>",
          "text <td>a</td>"}) {
        CAPTURE(table);
        auto const result = parse_markdown("One.\n\n" + std::string(table) + "\n");
        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().code == "html_table");
        CHECK(result.error().where == "line 3");
    }
}

TEST_CASE("an empty document is an empty document") {
    CHECK(parsed("").blocks.empty());
    CHECK(parsed("\n\n").blocks.empty());
    CHECK(parsed("#\n").blocks.empty());
    CHECK(parsed("---\ntitle: x\n---").blocks.empty());
}

TEST_CASE("the real terms: no markup is left, every heading is there") {
    struct Expected {
        std::string file;
        std::string title;
        std::size_t headings;
    };
    for (auto const& expected : {Expected{"standard-terms-1.md", "GitHub Terms of Service", 59},
                                 Expected{"standard-terms-2.md", "GitHub Terms of Service", 60},
                                 Expected{"special-terms.md", "GitHub Terms for Additional Products and Features", 15},
                                 Expected{"acceptable-use-policy.md", "GitHub Acceptable Use Policies", 11}}) {
        CAPTURE(expected.file);
        auto const markdown = parsed(read("../shared/data/terms/" + expected.file));
        CHECK(markdown.title == expected.title);
        std::size_t headings = 0;
        for (const Block& block : markdown.blocks) headings += std::holds_alternative<Heading>(block);
        CHECK(headings == expected.headings);
        std::string const text = to_plain_text(markdown.blocks);
        for (std::string_view const markup : {"<!--", "](", "**", "markdownlint", "redirect_from", "<https"}) {
            CAPTURE(markup);
            CHECK(text.find(markup) == std::string::npos);
        }
    }
}
