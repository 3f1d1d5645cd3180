#include "support/page_harness.h"
#include "ui/text_layout.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace ca;
using namespace ca::ui;

Faces faces() {
    const auto read = [](const std::string& bytes) {
        auto face = FontFace::read(bytes);
        REQUIRE(face.has_value());
        return std::move(*face);
    };
    const test::Fonts& files = test::fonts();
    return {read(files.regular), read(files.semibold), read(files.bold), read(files.italic), read(files.monospace)};
}

std::vector<std::string> lines_of(const TextLayout& layout) {
    std::vector<std::string> lines(layout.lines());
    for (const Segment& segment : layout.segments)
        lines[segment.line] += layout.text.substr(segment.begin, segment.end - segment.begin);
    return lines;
}

using Lines = std::vector<std::string>;

const TextLayout& set(TextSetter& setter, std::string_view text, float width) {
    const Piece piece{text, Face::regular, 16, {}, false};
    return setter.set({&piece, 1}, width);
}

// Letter by letter: of text that the face has.
float width_of(const TextSetter& setter, std::string_view ascii, float size) {
    float width = 0;
    for (const char c : ascii) width += setter.face(Face::regular).advance(static_cast<unsigned char>(c));
    return width * size;
}

}  // namespace

TEST_CASE("a typeface tells its measures, and what is not one is refused") {
    const auto face = FontFace::read(test::fonts().regular);
    REQUIRE(face.has_value());
    CHECK(face->ascent() == doctest::Approx(1.024));
    CHECK(face->descent() == doctest::Approx(0.4));
    CHECK(face->advance(U' ') == doctest::Approx(0.2));
    CHECK(face->has(U'Ж'));
    CHECK_FALSE(face->has(U'中'));
    CHECK(face->advance(U'中') == face->advance(U'?'));
    CHECK(FontFace::read("not a font").error().code == "bad_font");
    for (std::size_t length : {std::size_t{4}, std::size_t{100}, std::size_t{1000},
                               std::size_t{20'000}})  // cut short anywhere: an answer, never a crash
        (void)FontFace::read(std::string_view(test::fonts().regular).substr(0, length));
}

TEST_CASE("lines end between words, and the spaces hang") {
    TextSetter setter(faces());
    const Piece piece{"The last day to accept is 29 October 2025", Face::regular, 16, {}, false};
    const TextLayout& layout = setter.set({&piece, 1}, 120);
    CHECK(lines_of(layout) == Lines{"The last day to ", "accept is 29 ", "October 2025"});
    CHECK(layout.soft_breaks == std::vector<std::uint32_t>{16, 29});
    for (float width : layout.line_widths) CHECK(width <= 120);
    CHECK(layout.line_widths[0] == doctest::Approx(width_of(setter, "The last day to", 16)));
}

TEST_CASE("a word that is too long for any line breaks inside; nothing is lost") {
    TextSetter setter(faces());
    const std::string word(80, 'w');
    const Piece piece{word, Face::monospace, 16, {}, false};
    const TextLayout& layout = setter.set({&piece, 1}, 100);
    CHECK(layout.lines() > 5);
    std::string joined;
    for (const std::string& line : lines_of(layout)) joined += line;
    CHECK(joined == word);
    CHECK(layout.widest_word > 100);
}

TEST_CASE("hyphens, dashes and slashes let a line end; numbers and dates do not") {
    TextSetter setter(faces());
    const auto first_line = [&](std::string_view words, float width) {
        const Piece piece{words, Face::regular, 16, {}, false};
        return lines_of(setter.set({&piece, 1}, width))[0];
    };
    CHECK(first_line("Onboarding-contact", 90) == "Onboarding-");
    CHECK(first_line("a clause 2025-08-01", 100) == "a clause ");
    CHECK(first_line("ends at 24/7", 70) == "ends at ");
    CHECK(first_line("for the e-RS", 60) == "for the ");
}

TEST_CASE("a hard break belongs to the text and is no soft break; pieces keep their faces") {
    TextSetter setter(faces());
    const Piece pieces[] = {{"First", Face::bold, 16, {}, true}, {"second", Face::regular, 16, {}, false}};
    const TextLayout& layout = setter.set(pieces, 500);
    CHECK(lines_of(layout) == Lines{"First", "second"});
    CHECK(layout.soft_breaks.empty());
    REQUIRE(layout.segments.size() == 2);
    CHECK(layout.segments[0].face == Face::bold);
    CHECK(layout.segments[1].x == 0);
}

TEST_CASE("a word in two faces stays whole, and the gap between pieces is the space's") {
    TextSetter setter(faces());
    const Piece pieces[] = {{"the ", Face::regular, 20, {}, false},
                            {"API", Face::semibold, 20, {}, false},
                            {"s here", Face::regular, 20, {}, false}};
    const TextLayout& wide = setter.set(pieces, 500);
    CHECK(wide.segments[1].x == doctest::Approx(width_of(setter, "the ", 20)));
    const TextLayout& narrow = setter.set(pieces, 60);
    CHECK(lines_of(narrow) == Lines{"the ", "APIs ", "here"});
}

TEST_CASE("a line feed in the text ends a line, also in a row and at the end, and leaves no break to be made") {
    TextSetter setter(faces());
    const TextLayout& layout = set(setter, "First\nsecond\r\n\r\nfourth\n", 500);
    CHECK(lines_of(layout) == Lines{"First", "second", "", "fourth"});
    CHECK(layout.text == "First\nsecond\n\nfourth\n");
    CHECK(layout.soft_breaks.empty());
    CHECK(set(setter, "one\ntwo", unbounded).width ==
          doctest::Approx(std::max(width_of(setter, "one", 16), width_of(setter, "two", 16))));
    CHECK(lines_of(set(setter, "The last\nday", width_of(setter, "The", 16) + 1)) == Lines{"The ", "last", "day"});
}

TEST_CASE("controls are set by name, and turn nothing") {
    TextSetter setter(faces());
    const TextLayout& layout = set(setter, "Acme \u202Edtl", 500);
    CHECK(layout.text == "Acme [U+202E]dtl");
    CHECK(layout.width == doctest::Approx(width_of(setter, "Acme [U+202E]dtl", 16)));
    CHECK_FALSE(layout.segments.front().foreign);
}

TEST_CASE("letters that the typefaces lack have the room of their names, where nobody measures them") {
    TextSetter setter(faces());
    CHECK_FALSE(set(setter, "Zoë Łukasz Ελένη", 500).segments.front().foreign);
    const TextLayout& han = set(setter, "张 Wei", 500);
    CHECK(han.text == "张 Wei");
    CHECK(han.segments.front().foreign);
    CHECK(han.width == doctest::Approx(width_of(setter, "[U+5F20] Wei", 16)));
    CHECK(set(setter, "\xff\xc3", 500).lines() == 1);
}

TEST_CASE("letters that the typefaces lack are measured together by whoever has them") {
    struct Measurer final : ForeignText {
        std::vector<std::string> asked;
        float width(std::string_view text, Face, float size) override {
            asked.emplace_back(text);
            return 3 * size;
        }
        Picture draw(std::string_view, Face, float, float, std::uint32_t) override { return {}; }
        void next_frame() override {}
    } measurer;
    TextSetter setter(faces());
    setter.use_foreign_text(&measurer);
    const TextLayout& layout = set(setter, "By العربية على, 5", 500);
    CHECK(measurer.asked == std::vector<std::string>{"العربية", "على"});
    CHECK(layout.width == doctest::Approx(width_of(setter, "By  , 5", 16) + 6 * 16));
    measurer.asked.clear();
    // Ideographs part where a line ends.
    CHECK(lines_of(set(setter, "张张张张张张", 24)) == Lines{"张张张", "张张张"});
}

TEST_CASE("what was set is kept, and only so much of it") {
    TextSetter setter(faces());
    const Piece piece{"Kept", Face::regular, 16, {}, false};
    const TextLayout* first = &setter.set({&piece, 1}, 100);
    setter.next_frame();
    CHECK(&setter.set({&piece, 1}, 100) == first);
    for (int i = 0; i < 50'000; ++i) {
        const std::string words = std::to_string(i);
        const Piece other{words, Face::regular, 16, {}, false};
        setter.set({&other, 1}, 100);
        if (i % 1000 == 0) setter.next_frame();
    }
    CHECK(setter.held() < 45'000);
}
