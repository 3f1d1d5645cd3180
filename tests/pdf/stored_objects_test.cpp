// Reading a file back: what lies in it, whatever wrote it, and a clear answer where it cannot be read.
#include "pdf/stored_objects.h"

#include "base/deflate.h"
#include "pdf/differences.h"
#include "pdf/objects.h"
#include "pdf/pdf.h"
#include "pdf/sample.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ca;

namespace {

std::string file_of(const std::string& objects) { return "%PDF-1.7\n" + objects + "startxref\n0\n%%EOF\n"; }

std::vector<pdf::StoredObject> read(const std::string& objects) {
    auto stored = pdf::stored_objects(file_of(objects));
    REQUIRE_MESSAGE(stored.has_value(), (stored ? "" : stored.error().message));
    return std::move(*stored);
}

std::string refusal(const std::string& bytes) {
    auto const stored = pdf::stored_objects(bytes);
    return stored ? "" : stored.error().code;
}

}  // namespace

TEST_CASE("objects are found one after another, by number, the later of two counts") {
    auto const all = read("3 0 obj\n<</A 1>>\nendobj\n1 0 obj[1 2]endobj 3 0 obj <</A 2>> endobj\n");
    REQUIRE(all.size() == 2);
    CHECK(all[0].number == 1);
    CHECK(all[0].value == "[1 2]");
    CHECK(all[1].value == "<</A 2>>");
    CHECK_FALSE(all[1].stream);
}

TEST_CASE("words inside strings and comments end nothing") {
    auto const all = read("1 0 obj <</T (endobj \\) (stream) x)/H <656E646F626A> % endobj\n/B 2>> endobj\n");
    REQUIRE(all.size() == 1);
    CHECK(pdf::entry_of(all[0].value, "B") == "2");
    CHECK(pdf::entry_of(all[0].value, "T") == "(endobj \\) (stream) x)");
}

TEST_CASE("a stream's length counts where it is right, and its end where it is not") {
    std::string const inside = "a\nendstream\nb";
    auto all =
        read("1 0 obj <</Length " + std::to_string(inside.size()) + ">>\nstream\n" + inside + "\nendstream\nendobj\n");
    REQUIRE(all.size() == 1);
    CHECK(all[0].stream == inside);
    all = read(
        "1 0 obj <</Length 4000>>\nstream\r\nabc\nendstream\nendobj\n2 0 obj <</Length 9 0 R>> stream\nde\nendstream "
        "endobj\n");
    REQUIRE(all.size() == 2);
    CHECK(all[0].stream == "abc\n");
    CHECK(all[1].stream == "de\n");
}

TEST_CASE("streams are unpacked, and those that cannot be are kept as they are") {
    std::string const packed = deflated("hello hello hello");
    auto const length = std::to_string(packed.size());
    auto const all =
        read("1 0 obj <</Filter/FlateDecode/Length " + length + ">>\nstream\n" + packed + "\nendstream endobj\n" +
             "2 0 obj <</Filter[/FlateDecode]/Length " + length + ">>\nstream\n" + packed + "\nendstream endobj\n" +
             "3 0 obj <</Filter/FlateDecode/Length 3>>\nstream\nabc\nendstream endobj\n" +
             "4 0 obj <</Filter/DCTDecode/Length 3>>\nstream\nabc\nendstream endobj\n");
    REQUIRE(all.size() == 4);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(all[i].stream == "hello hello hello");
        CHECK_FALSE(all[i].packed);
    }
    for (std::size_t i = 2; i < 4; ++i) {
        CHECK(all[i].stream == "abc");
        CHECK(all[i].packed);
    }
}

TEST_CASE("objects inside object streams are found as well, and one in the open comes before them") {
    std::string const inside = "5 0 6 4 <<>>[1 0 R]";
    auto const all = read("7 0 obj <</Type/ObjStm/N 2/First 8/Length " + std::to_string(inside.size()) +
                          ">>\nstream\n" + inside + "\nendstream endobj\n6 0 obj 12 endobj\n");
    REQUIRE(all.size() == 3);
    CHECK(all[0].number == 5);
    CHECK(all[0].value == "<<>>");
    CHECK(all[1].value == "12");
}

TEST_CASE("what cannot be read is refused with a word for it") {
    CHECK(refusal("") == "not_a_pdf");
    CHECK(refusal("PK\x03\x04") == "not_a_pdf");
    CHECK(refusal("%PDF-1.7\n1 0 obj <<>> endobj\n") == "cut_short");
    CHECK(refusal(file_of("1 0 obj <</A 1>>\n")) == "damaged");
    CHECK(refusal(file_of("1 0 obj <</Length 10>>\nstream\nabc\n")) == "damaged");
    CHECK(refusal(file_of("1 0 obj <</Type/ObjStm/N 9/First 2>>\nstream\n1 endstream endobj\n")) == "damaged");
    // Small on disk, large unpacked.
    std::string const bomb = deflated(std::string(pdf::unpacked_bytes_max + 1, 'a'));
    CHECK(refusal(file_of("1 0 obj <</Filter/FlateDecode/Length " + std::to_string(bomb.size()) + ">>\nstream\n" +
                          bomb + "\nendstream endobj\n")) == "too_large");
}

TEST_CASE("an entry is that of the outermost dictionary") {
    std::string const dictionary = "<</A<</Type/Inner>>/Kids[1 0 R <</B 1>>]/Type /Outer/Parent 12 0 R/N null>>";
    CHECK(pdf::entry_of(dictionary, "Type") == "/Outer");
    CHECK(pdf::entry_of(dictionary, "Kids") == "[1 0 R <</B 1>>]");
    CHECK(pdf::entry_of(dictionary, "Parent") == "12 0 R");
    CHECK(pdf::entry_of(dictionary, "B").empty());
    CHECK(pdf::entry_of("[1 2]", "Type").empty());
}

TEST_CASE("two papers of this writer differ where they were made to differ") {
    auto const fonts = pdf::sample::fonts(CA_FONTS_DIR);
    documents::Document document;
    document.title = "A paper";
    document.blocks.push_back(documents::Heading{1, documents::plain("A paper"), "a"});
    document.blocks.push_back(documents::Paragraph{documents::plain("The quick brown fox jumps over the lazy dog.")});
    document.blocks.push_back(documents::PageBreak{});
    document.blocks.push_back(documents::Paragraph{documents::plain("The lazy dog.")});
    auto const bytes = [&](const documents::Document& of) {
        auto file = pdf::write(of, fonts);
        REQUIRE(file.has_value());
        return file->bytes;
    };
    auto const rendered = bytes(document);
    auto const places = [&](const std::string& given) {
        std::string found;
        auto const all = pdf::differences(rendered, given);
        REQUIRE_MESSAGE(all.has_value(), (all ? "" : all.error().message));
        for (auto const& each : *all) found += each.where + "; ";
        return found;
    };
    CHECK(places(rendered).empty());
    auto changed = document;
    changed.blocks.back() = documents::Paragraph{documents::plain("The lazy fox.")};
    CHECK(places(bytes(changed)) == "Page 2; ");
    changed = document;
    changed.keywords = "other";
    CHECK(places(bytes(changed)) == "The document's properties; ");
    CHECK(places(rendered + "\n%%EOF\n").starts_with("After its end; "));
    CHECK(pdf::differences(rendered, "hello").error().code == "not_a_pdf");
}
