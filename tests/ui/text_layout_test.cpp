#include "support/page_harness.h"
#include "ui/text_layout.h"

#include <doctest/doctest.h>

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
    for (const Segment& segment : layout.segments) lines[segment.line] += layout.text.substr(segment.begin, segment.end - segment.begin);
    return lines;
}

using Lines = std::vector<std::string>;

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
    for (std::size_t length : {std::size_t{4}, std::size_t{100}, std::size_t{1000}, std::size_t{20'000}})  // cut short anywhere: an answer, never a crash
        (void)FontFace::read(std::string_view(test::fonts().regular).substr(0, length));
}

TEST_CASE("lines end between words, and the spaces hang") {
    TextSetter setter(faces());
    const Piece piece{"The last day to accept is 29 October 2025", Face::regular, 16, {}, false};
    const TextLayout& layout = setter.set({&piece, 1}, 120);
    CHECK(lines_of(layout) == Lines{"The last day to ", "accept is 29 ", "October 2025"});
    CHECK(layout.soft_breaks == std::vector<std::uint32_t>{16, 29});
    for (float width : layout.line_widths) CHECK(width <= 120);
    CHECK(layout.line_widths[0] == doctest::Approx(setter.width_of("The last day to", Face::regular, 16)));
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
    const Piece pieces[] = {{"the ", Face::regular, 20, {}, false}, {"API", Face::semibold, 20, {}, false}, {"s here", Face::regular, 20, {}, false}};
    const TextLayout& wide = setter.set(pieces, 500);
    CHECK(wide.segments[1].x == doctest::Approx(setter.width_of("the ", Face::regular, 20)));
    const TextLayout& narrow = setter.set(pieces, 60);
    CHECK(lines_of(narrow) == Lines{"the ", "APIs ", "here"});
}

TEST_CASE("text beyond the typefaces is known as such") {
    TextSetter setter(faces());
    const Piece latin{"Zoë Łukasz Ελένη", Face::regular, 16, {}, false}, han{"中文", Face::regular, 16, {}, false};
    CHECK(setter.set({&latin, 1}, 500).complete);
    CHECK_FALSE(setter.set({&han, 1}, 500).complete);
    const Piece broken{"\xff\xc3", Face::regular, 16, {}, false};
    CHECK(setter.set({&broken, 1}, 500).lines() == 1);
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
