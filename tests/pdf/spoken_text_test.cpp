// What two versions of the writer have in common: the words.
#include "pdf/spoken_text.h"

#include "pdf/pdf.h"
#include "pdf/sample.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::documents;
using namespace ca::pdf;

namespace {

std::optional<std::string> words_of(const Document& document, const Options& options = {}) {
    static const FontSet fonts = sample::fonts(CA_FONTS_DIR);
    auto const file = write(document, fonts, options);
    REQUIRE_MESSAGE(file.has_value(), (file ? "" : file.error().message));
    auto const stored = stored_objects(file->bytes);
    REQUIRE(stored.has_value());
    return spoken_text(*stored);
}

Paragraph paragraph(std::string text) { return Paragraph{plain(std::move(text))}; }

Document long_one() {
    Document document = sample::least();
    document.running_header = "Said on every page";
    document.status = "DRAFT";
    document.blocks.emplace_back(Heading{2, plain("Contents"), "contents"});
    document.blocks.emplace_back(documents::Contents{3});
    for (int i = 1; i < 40; ++i) {
        std::string const number = std::to_string(i);
        document.blocks.emplace_back(Heading{2, plain("Clause " + number), "clause-" + number});
        document.blocks.emplace_back(Paragraph{{{.text = "See "},
                                                {.text = "17", .link = "#clause-17"},
                                                {.text = " and a sentence that is so long that it ends on another line "
                                                         "where lines have another width, as they have here."}}});
    }
    Table table{.header = {{plain("One")}, {plain("Other")}}, .rows = {}};
    for (int i = 0; i < 60; ++i)
        table.rows.push_back({{plain("A cell whose words need a second line where the page is narrow")},
                              {Cell{{{.text = "and one with a "},
                                     {.text = "link", .link = "https://example.org/"},
                                     {.text = " in the midst of its words"}}}}});
    document.blocks.emplace_back(std::move(table));
    return document;
}

}  // namespace

TEST_CASE("the same words are read from pages of any size") {
    auto const words = words_of(long_one());
    REQUIRE(words.has_value());
    CHECK(words->find("Clause39") != std::string::npos);
    CHECK(words->find("\n17\n") != std::string::npos);  // the words of a link, not a page's number
    CHECK(words->find("everypage") == std::string::npos);
    CHECK(words->find("DRAFT") == std::string::npos);
    for (PageSize const size :
         {PageSize{points(380), points(600)}, PageSize{points(900), points(500)}, PageSize{points(1200), points(1600)}})
        CHECK(words_of(long_one(), {.page = size}) == words);
}

TEST_CASE("one other letter gives other words") {
    Document changed = long_one();
    std::get<Heading>(changed.blocks[changed.blocks.size() - 3]).text = plain("Clause 38");
    CHECK(words_of(changed) != words_of(long_one()));
}

TEST_CASE("words that run from the right, and files of others, are not read") {
    Document document = sample::least();
    document.blocks.push_back(paragraph("דוד כהן"));
    CHECK_FALSE(words_of(document).has_value());
    CHECK_FALSE(spoken_text({}).has_value());
    CHECK_FALSE(spoken_text({{.number = 1, .value = "<</Type/Page/Contents 2 0 R/StructParents 0>>"},
                             {.number = 2, .value = "<<>>", .stream = "/P <</MCID 0>> BDC\nEMC"}})
                    .has_value());
    CHECK_FALSE(spoken_text({{.number = 1, .value = "<</Type/Page/Contents 2 0 R/StructParents 0>>"},
                             {.number = 2, .value = "<<>>", .stream = "/P <</MCID 7>> BDC\nEMC"},
                             {.number = 3, .value = "<</Type/StructTreeRoot/ParentTree<</Nums[0 4 0 R]>>>>"},
                             {.number = 4, .value = "[5 0 R]"}})
                    .has_value());
}
