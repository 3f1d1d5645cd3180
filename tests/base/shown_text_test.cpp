#include "base/shown_text.h"
#include "base/text.h"

#include <doctest/doctest.h>

#include <string>

using namespace ca;
using namespace std::string_literals;

TEST_CASE("what turns text round is told by name where it stood") {
    CHECK(shown_text("Acme \u202Edtl") == "Acme [U+202E]dtl");
    for (const char32_t c :
         {0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069}) {
        CHECK(shown_text("a" + to_utf8(c) + "z") == "a" + stand_in(c) + "z");
        CHECK(hidden_controls("a" + to_utf8(c) + "z") == std::vector<char32_t>{c});
    }
}

TEST_CASE("controls are told by name, and cut nothing off") {
    CHECK(shown_text("a\0z"s) == "a[U+0000]z");
    for (char32_t c = 0; c <= 0x9F; ++c) {
        if (c == '\n' || c == '\r' || c == '\t' || (c >= 0x20 && c < 0x7F)) continue;
        CHECK(shown_text("a" + to_utf8(c) + "z") == "a" + stand_in(c) + "z");
    }
    CHECK(shown_text("\uFFF9a\uFFFAb\uFFFB") == "[U+FFF9]a[U+FFFA]b[U+FFFB]");
    CHECK(shown_text("\u206A\uFFFE\U0001FFFF\uFDD0") == "[U+206A][U+FFFE][U+1FFFF][U+FDD0]");
    CHECK(shown_text("a\U000E0041\U000E007F") == "a[U+E0041][U+E007F]");
}

TEST_CASE("line ends of every kind are line feeds, and a tab is a space") {
    CHECK(shown_text("one\r\ntwo\rthree\nfour\u2028five\u2029six\tseven") == "one\ntwo\nthree\nfour\nfive\nsix seven");
    CHECK(shown_text("\r\n\r\n\r\r") == "\n\n\n\n");
    CHECK(shown_line("one\r\ntwo\tthree") == "one two three");
    CHECK(hidden_controls("one\r\ntwo\tthree\u2028").empty());
}

TEST_CASE("a byte that is not UTF-8 is shown as one") {
    CHECK(shown_text("a\xFFz\xE2\x82") == "a\uFFFDz\uFFFD\uFFFD");
    CHECK(shown_text("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");
}

TEST_CASE("letters of every script, joiners, variation selectors and flags stay as they are") {
    const std::string flag_of_england = "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F";
    for (const std::string& text : {"O’Brien & Søn"s, "张伟"s, "العربية"s, "עברית"s, "বাংলা"s, "می\u200Cخواهم"s,
                                    "क्\u200Dष"s, "👩\u200D⚕\uFE0F"s, "e\u0301"s, "ก\u200Bข"s, flag_of_england + "!"}) {
        CHECK_MESSAGE(shown_text(text) == text, text);
        CHECK(is_shown_as_it_is(text));
    }
    // A flag without its end, or without its code, is no flag.
    CHECK(shown_text("\U0001F3F4\U000E0067") == "\U0001F3F4[U+E0067]");
    CHECK(shown_text("\U0001F3F4\U000E007F") == "\U0001F3F4[U+E007F]");
}

TEST_CASE("what is shown is shown as it is, whatever it was") {
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        const std::string shown = shown_text(to_utf8(c));
        REQUIRE_MESSAGE(shown_text(shown) == shown, code_point_name(c));
        REQUIRE_MESSAGE(hidden_controls(shown).empty(), code_point_name(c));
    }
    CHECK_FALSE(is_shown_as_it_is("a\rz"));
    CHECK_FALSE(is_shown_as_it_is("a\u202Ez"));
    CHECK_FALSE(is_shown_as_it_is("a\xFFz"));
    CHECK(is_shown_as_it_is(""));
}
