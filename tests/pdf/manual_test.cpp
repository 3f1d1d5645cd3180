// The examples of pdf.h, as they stand there: the first test compiles and runs them, the second holds the header to it.
#include "pdf/pdf.h"
#include "pdf/sample.h"

#include "base/text.h"

#include <doctest/doctest.h>

using namespace ca;

namespace {

std::string bytes_of(const std::string& name) {
    bool const bold = name.find("Bold") != std::string::npos;
    return pdf::sample::read_file(std::string(CA_FONTS_DIR) +
                                  (bold ? "/SourceSans3-Bold.ttf" : "/SourceSans3-Regular.ttf"));
}

std::string saved;  // what the example saves
void save(const std::string&, const std::string& bytes) { saved = bytes; }

int shown = 0;
void show(int permille) { shown = permille; }

// clang-format off
void example()
{
    // begin
    pdf::FontSet fonts;
    fonts.text = {.regular = bytes_of("Sans-Regular.ttf"), .bold = bytes_of("Sans-Bold.ttf")};

    documents::Document document;
    document.title = "Connection agreement CNTR0000001";
    document.blocks.push_back(documents::Heading{.level = 1, .text = documents::plain("Connection agreement")});
    document.blocks.push_back(documents::Paragraph{documents::plain("Between us and you.")});

    Result<pdf::File> file = pdf::write(document, fonts);
    if (file) save("agreement.pdf", file->bytes);
    // end
    CHECK(file->page_count == 1);
}

Result<pdf::File> example_in_slices(const documents::Document& document, const pdf::FontSet& fonts)
{
    // begin
    pdf::Writing writing(document, fonts);
    while (writing.advance()) show(writing.progress_permille());
    Result<pdf::File> file = writing.take();
    // end
    return file;
}
// clang-format on

}  // namespace

TEST_CASE("the manual's examples write files") {
    saved.clear();
    example();
    CHECK(saved.starts_with("%PDF-1.7"));
    auto const file = example_in_slices(pdf::sample::least(), pdf::sample::fonts(CA_FONTS_DIR));
    CHECK(file.has_value());
    CHECK(shown > 0);
}

TEST_CASE("the manual has these very examples") {
    std::string const root = CA_SOURCE_DIR;
    std::string manual;
    for (std::string const& line : split(pdf::sample::read_file(root + "/src/pdf/pdf.h"), '\n')) {
        if (line.starts_with("//")) manual += std::string(trim(line.substr(2))) + "\n";
    }
    bool inside = false;
    int examples = 0;
    std::string text;
    for (std::string const& line : split(pdf::sample::read_file(root + "/tests/pdf/manual_test.cpp"), '\n')) {
        std::string const words(trim(line));
        if (words == "// end") {
            CHECK_MESSAGE(manual.find("\n" + text) != std::string::npos, text);
            inside = false;
            ++examples;
        }
        if (inside) text += words + "\n";
        if (words == "// begin") {
            inside = true;
            text.clear();
        }
    }
    CHECK(examples == 2);
}
