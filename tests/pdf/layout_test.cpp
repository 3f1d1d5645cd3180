// Lines and pages: what may stand where.
#include "pdf/flow.h"
#include "pdf/paginate.h"
#include "pdf/sample.h"
#include "pdf/theme.h"

#include "base/text.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace ca;
using namespace ca::documents;
using namespace ca::pdf;

namespace {

FontBook& fonts() {
    static const FontSet set = sample::fonts(CA_FONTS_DIR);
    static FontBook book = [] {
        auto opened = FontBook::open(set);
        REQUIRE(opened.has_value());
        return std::move(*opened);
    }();
    return book;
}

ShapedText shaped(const std::string& text) {
    auto const points_of_text = to_code_points(text);
    auto result =
        shape_text(fonts(), {{.text = {points_of_text.begin(), points_of_text.end()}, .style = {.size = points(10)}}},
                   "en-GB", "here");
    REQUIRE(result.has_value());
    return std::move(*result);
}

std::vector<Line> lines_of(const std::string& text, Length measure, Fit fit = Fit::text) {
    return break_lines(fonts(), shaped(text), {.measure = measure, .fit = fit});
}

std::size_t glyphs_in(const std::vector<Line>& lines) {
    std::size_t count = 0;
    for (Line const& line : lines) {
        for (Piece const& piece : line.pieces) count += piece.glyphs.size();
    }
    return count;
}

const std::string prose =
    "The connecting party keeps its contact details up to date, tells us within five working days when they change, "
    "and keeps a record of who told whom, so that a message that matters does not end in the letter box of somebody "
    "who left long ago.";

struct Laid {
    Flow flow;
    Pagination pagination;
};

Laid lay(const Document& document) {
    Options const options;
    FlowBuilder builder(fonts(), document, options);
    for (std::size_t i = 0; i < document.blocks.size(); ++i) REQUIRE(builder.add(i).has_value());
    Laid laid{builder.finish(), {}};
    laid.pagination = paginate(laid.flow, theme::text_top, options.page.height - theme::text_bottom_margin);
    return laid;
}

Paragraph paragraph(std::string text) { return Paragraph{plain(std::move(text))}; }

}  // namespace

TEST_CASE("no line is wider than its measure, and no glyph is lost") {
    for (int measure = 40; measure <= 500; measure += 23) {
        auto const lines = lines_of(prose, points(measure));
        for (Line const& line : lines) CHECK(line.width <= points(measure));
        CHECK(glyphs_in(lines) == glyphs_in(lines_of(prose, points(100000))));
    }
}

TEST_CASE("lines are chosen together: none is much shorter than its neighbours") {
    auto const lines = lines_of(prose, points(300));
    REQUIRE(lines.size() >= 3);
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) CHECK(lines[i].width > points(255));
    auto const balanced =
        lines_of("A heading that is a little too long for one line of the page", points(200), Fit::balanced);
    REQUIRE(balanced.size() == 2);
    CHECK(balanced[1].width * 2 > balanced[0].width);
}

TEST_CASE("a word that fits on no line is broken, at its punctuation first") {
    std::string const hash(64, 'f');
    auto const lines = lines_of("The hash is " + hash + " and no other.", points(120));
    for (Line const& line : lines) CHECK(line.width <= points(120));
    auto const address = lines_of("notices.of.every.kind@organisation-of-some-length.example.org", points(150));
    REQUIRE(address.size() >= 2);
    for (Line const& line : address) CHECK(line.width <= points(150));
}

TEST_CASE("a hard break ends its line, and its words do not run together") {
    auto const lines = lines_of("one \u2028two", points(300));
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].pieces[0].glyphs.size() == 4);  // with the space
}

TEST_CASE("right-to-left text begins at the right edge") {
    auto const lines = lines_of("הסכם קצר", points(300));
    REQUIRE(lines.size() == 1);
    Piece const& piece = lines[0].pieces.front();
    CHECK(piece.right_to_left);
    CHECK(piece.x + piece.width == points(300));
}

TEST_CASE("kerning moves letters together") {
    CHECK(shaped("AVAVAV").natural_width() <
          6 * std::max(shaped("A").natural_width(), shaped("V").natural_width()) - points(1));
}

TEST_CASE("no paragraph leaves one line alone at the foot or the head of a page") {
    for (int lead = 0; lead < 12; ++lead) {
        Document document = sample::least();
        for (int i = 0; i < lead; ++i) document.blocks.push_back(paragraph("One line."));
        for (int i = 0; i < 25; ++i) document.blocks.push_back(paragraph(prose));  // of three lines or so
        for (int i = 0; i < 6; ++i) document.blocks.push_back(paragraph(prose + " " + prose + " " + prose));
        Laid const laid = lay(document);
        REQUIRE(laid.pagination.pages.size() > 2);
        for (PageLayout const& page : laid.pagination.pages) {
            std::size_t const first = page.slabs.front().slab;
            CHECK(laid.flow.slabs[first].break_before != pdf::PageBreak::forbidden);
            Length bottom = page.slabs.back().top + laid.flow.slabs[page.slabs.back().slab].height;
            CHECK(bottom <= Options{}.page.height - theme::text_bottom_margin);
        }
    }
}

TEST_CASE("a heading is never the last on its page") {
    for (int lead = 20; lead < 45; ++lead) {
        Document document = sample::least();
        for (int i = 0; i < lead; ++i) document.blocks.push_back(paragraph("One line."));
        document.blocks.push_back(Heading{2, plain("A heading"), "heading"});
        document.blocks.push_back(Heading{3, plain("And one below it"), "below"});
        document.blocks.push_back(paragraph(prose));
        Laid const laid = lay(document);
        int const page = laid.pagination.anchors[1].page;
        CHECK(laid.pagination.anchors[2].page == page);
        // The first lines of the text are there as well.
        auto const& slabs = laid.pagination.pages[static_cast<std::size_t>(page)].slabs;
        CHECK(slabs.back().top > laid.pagination.anchors[2].top);
    }
}

TEST_CASE("what only leads in stands on the page of what it leads to") {
    auto const page_of = [](const Laid& laid, std::size_t slab) {
        std::size_t page = 0;
        while (laid.pagination.pages[page].slabs.back().slab < slab) ++page;
        return page;
    };
    List list;
    list.items = {{"(a)", {paragraph(prose)}}, {"(b)", {paragraph(prose)}}};
    for (int lead = 20; lead < 45; ++lead) {
        for (bool const to_a_list : {false, true}) {
            CAPTURE(lead);
            CAPTURE(to_a_list);
            Document document = sample::least();
            for (int i = 0; i < lead; ++i) document.blocks.push_back(paragraph("One line."));
            document.blocks.push_back(Heading{2, plain("A heading"), "heading"});
            if (to_a_list) document.blocks.push_back(paragraph(prose));
            document.blocks.push_back(paragraph(to_a_list ? "It shall:" : "Changed."));
            std::size_t const leads_in = lay(document).flow.slabs.size() - 1;
            if (to_a_list) document.blocks.emplace_back(list);
            else document.blocks.push_back(paragraph(prose));
            Laid const laid = lay(document);
            CHECK(page_of(laid, leads_in) == page_of(laid, leads_in + 2));
        }
    }
    Document document = sample::least();
    document.blocks.push_back(Heading{2, plain("Moved"), "moved"});
    document.blocks.push_back(paragraph("Moved. Before: 14. Now: 13."));
    document.blocks.push_back(Heading{2, plain("The next"), "next"});
    document.blocks.push_back(paragraph("Changed."));
    document.blocks.push_back(paragraph(prose));
    Flow const flow = lay(document).flow;
    auto const slab_of = [&](int anchor) {
        return static_cast<std::size_t>(std::ranges::find_if(flow.slabs,
                                                             [&](Slab const& slab) {
                                                                 return std::ranges::find(slab.anchors, anchor) !=
                                                                        slab.anchors.end();
                                                             }) -
                                        flow.slabs.begin());
    };
    CHECK(flow.slabs[slab_of(2)].break_before == pdf::PageBreak::allowed);  // nothing was led to
    CHECK(flow.slabs[slab_of(2) + 1].break_before == pdf::PageBreak::forbidden);
    CHECK(flow.slabs[slab_of(2) + 2].break_before == pdf::PageBreak::forbidden);
}

TEST_CASE("a contents list does not spill a few lines on to a further page") {
    bool fitted = false, spilled = false;
    for (int entries = 30; entries < 60; ++entries) {
        CAPTURE(entries);
        Document document = sample::least();
        document.blocks.emplace_back(documents::PageBreak{});
        document.blocks.emplace_back(Heading{2, plain("Contents"), "contents"});
        document.blocks.emplace_back(Contents{3});
        document.blocks.emplace_back(documents::PageBreak{});
        document.blocks.emplace_back(Heading{2, plain("All"), "all"});
        for (int i = 0; i < entries; ++i) {
            document.blocks.emplace_back(Heading{3, plain("Heading " + std::to_string(i)), "h" + std::to_string(i)});
            document.blocks.push_back(paragraph(prose));
        }
        Laid const laid = lay(document);
        int const pages = laid.pagination.anchors[2].page - laid.pagination.anchors[1].page;
        REQUIRE(pages >= 1);
        fitted = fitted || pages == 1;
        if (pages == 1) continue;
        spilled = true;
        CHECK(laid.pagination.pages[static_cast<std::size_t>(laid.pagination.anchors[1].page) + 1].slabs.size() >= 4);
    }
    CHECK(fitted);
    CHECK(spilled);
}

TEST_CASE("a table of two rows is not parted where it need not be") {
    for (int lead = 20; lead < 45; ++lead) {
        CAPTURE(lead);
        Document document = sample::least();
        for (int i = 0; i < lead; ++i) document.blocks.push_back(paragraph("One line."));
        document.blocks.push_back(Heading{2, plain("Lineage"), "lineage"});
        Table table;
        table.header = {{plain("Number")}, {plain("State")}};
        table.rows = {{{plain("One")}, {plain("Expired")}}, {{plain("Two")}, {plain("Active")}}};
        document.blocks.emplace_back(table);
        Laid const laid = lay(document);
        CHECK(laid.pagination.anchors[1].page + 1 == static_cast<int>(laid.pagination.pages.size()));
    }
}

TEST_CASE("a table that goes on repeats its header, as an artifact") {
    Document document = sample::least();
    Table table;
    table.header = {{plain("Name")}, {plain("Value")}};
    for (int i = 0; i < 90; ++i) table.rows.push_back({{plain("Row " + std::to_string(i))}, {plain("Something")}});
    document.blocks.push_back(table);
    Laid const laid = lay(document);
    REQUIRE(laid.pagination.pages.size() >= 3);
    CHECK(laid.pagination.pages[0].repeats.empty());
    for (std::size_t i = 1; i < laid.pagination.pages.size(); ++i) {
        REQUIRE(laid.pagination.pages[i].repeats.size() == 1);
        PlacedRepeat const& repeat = laid.pagination.pages[i].repeats.front();
        for (SetLine const& line :
             laid.flow.groups[static_cast<std::size_t>(repeat.group)].repeated[repeat.slab].lines) {
            for (Piece const& piece : line.line.pieces) CHECK(piece.slot == no_slot);
        }
        CHECK(repeat.top < laid.pagination.pages[i].slabs.front().top);
    }
}

TEST_CASE("a row taller than a page is cut between its lines") {
    Document document = sample::least();
    std::string text;
    for (int i = 0; i < 60; ++i) text += prose + " ";
    Table table;
    table.header = {{plain("Name")}, {plain("Value")}};
    table.rows.push_back({{plain("Long")}, {plain(text)}});
    document.blocks.push_back(table);
    Laid const laid = lay(document);
    CHECK(laid.pagination.pages.size() >= 2);
    for (std::size_t i = 1; i < laid.pagination.pages.size(); ++i) {
        PageLayout const& page = laid.pagination.pages[i];
        REQUIRE(page.repeats.size() == 1);
        PlacedRepeat const& repeat = page.repeats.front();
        // As far below the header as a row's first line.
        CHECK(page.slabs.front().top ==
              repeat.top + laid.flow.groups[static_cast<std::size_t>(repeat.group)].repeated[repeat.slab].height +
                  theme::cell_padding);
    }
    for (PageLayout const& page : laid.pagination.pages) {
        CHECK(page.slabs.back().top + laid.flow.slabs[page.slabs.back().slab].height <=
              Options{}.page.height - theme::text_bottom_margin);
    }
}

TEST_CASE("a page break is one, and none stands at the beginning") {
    Document document = sample::least();
    document.blocks.push_back(documents::PageBreak{});
    document.blocks.push_back(paragraph("On the second page."));
    document.blocks.insert(document.blocks.begin(), documents::PageBreak{});
    document.blocks.push_back(documents::PageBreak{});
    CHECK(lay(document).pagination.pages.size() == 2);
}

TEST_CASE("numbers of clauses hang to the left of the text") {
    Document document = sample::least();
    document.blocks.push_back(Heading{2, plain("8. Change management"), "clause"});
    document.blocks.push_back(List{.kind = ListKind::decimal, .items = {{"8.5", {paragraph(prose)}}}});
    Laid const laid = lay(document);
    Length const column = theme::margin_left + theme::gutter;
    int hung = 0;
    for (Slab const& slab : laid.flow.slabs) {
        if (slab.lines.size() < 2) continue;
        ++hung;
        CHECK(slab.lines[0].x + slab.lines[0].line.width <= column - theme::hang_gap + 1);
        CHECK(slab.lines[1].x == column);
        CHECK(slab.lines[0].baseline == slab.lines[1].baseline);
    }
    CHECK(hung == 2);
}

TEST_CASE("clauses that are read from the right have their numbers and bullets to the right of them") {
    Document document = sample::least();
    document.blocks.push_back(Heading{2, plain("2. הסכם"), "clause"});
    document.blocks.push_back(List{.kind = ListKind::decimal, .items = {{"2.1", {paragraph("הצדדים מסכימים.")}}}});
    document.blocks.push_back(List{.kind = ListKind::bullet, .items = {{"•", {paragraph("דבר אחד.")}}}});
    Laid const laid = lay(document);
    Length const right = Options{}.page.width - theme::margin_right;
    int marked = 0;
    for (Slab const& slab : laid.flow.slabs) {
        if (slab.lines.size() < 2) continue;
        ++marked;
        SetLine const& marker = slab.lines[0];
        SetLine const& text = slab.lines[1];
        Piece const& last = text.line.pieces.back();
        CHECK(marker.x >=
              text.x + std::max(last.x + last.width, text.line.pieces.front().x + text.line.pieces.front().width) +
                  theme::hang_gap - 1);
        CHECK((marked == 3 ? marker.x + marker.line.width <= right : marker.x == right + theme::hang_gap));
    }
    CHECK(marked == 3);
}

TEST_CASE("the cells of a table keep its edges, whichever way they are read") {
    Document document = sample::least();
    document.blocks.push_back(Table{
        .caption = "", .header = {{plain("Name")}, {plain("Role")}}, .rows = {{{plain("דוד כהן")}, {plain("x")}}}});
    Laid const laid = lay(document);
    Slab const& row = laid.flow.slabs.back();
    Length first = points(100);
    for (Piece const& piece : row.lines.front().line.pieces) first = std::min(first, piece.x);
    CHECK(first == 0);
    CHECK(row.lines.front().line.pieces.front().right_to_left);
}

TEST_CASE("running lines that are too long end in an ellipsis or break, and never leave the page") {
    Document document = sample::least();
    document.running_header = prose;
    document.running_footer = prose;
    document.status = "EXPIRED – " + prose;
    auto const file = write(document, sample::fonts(CA_FONTS_DIR));
    REQUIRE(file.has_value());
    document.status += prose + prose;
    CHECK(write(document, sample::fonts(CA_FONTS_DIR)).has_value());
}
