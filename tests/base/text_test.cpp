#include "base/text.h"

#include <doctest/doctest.h>

using namespace ca;

TEST_CASE("UTF-8 is checked to the letter of its definition") {
    for (const char* good : {"", "plain", "é", "€", "💡", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF"})
        CHECK_MESSAGE(is_valid_utf8(good), good);
    for (const char* bad :
         {"\x80", "\xC3", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xE2\x82", "\xED\xA0\x80", "\xED\xBF\xBF",
          "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "a\xC3z"}) {
        CHECK_FALSE(is_valid_utf8(bad));
    }
}

TEST_CASE("code points are counted, not bytes; an ill-formed byte is one (R10)") {
    CHECK(count_code_points("") == 0);
    CHECK(count_code_points("aé€💡") == 4);
    CHECK(count_code_points("\xFF\xFF") == 2);
    CHECK(count_code_points("\xE2\x82") == 2);
    CHECK(to_code_points("a\xFFz") == std::vector<char32_t>{'a', 0xFFFD, 'z'});
    CHECK(to_utf8(to_code_points("aé€💡")) == "aé€💡");
    CHECK(to_utf8(char32_t{0xD800}) == "\xEF\xBF\xBD");
}

TEST_CASE("every code point survives writing and reading") {
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        const std::string text = to_utf8(c);
        REQUIRE(is_valid_utf8(text));
        REQUIRE(to_code_points(text) == std::vector<char32_t>{c});
    }
}

TEST_CASE("blank is nothing but ASCII white space (R9)") {
    CHECK(is_blank(""));
    CHECK(is_blank(" \t\r\n\v\f"));
    CHECK_FALSE(is_blank("\u00A0"));
    CHECK_FALSE(is_blank(" x "));
    CHECK(trim("  a b \n") == "a b");
    CHECK(trim(" \t ").empty());
}

TEST_CASE("case is folded in ASCII alone where identity is meant (R25)") {
    CHECK(to_ascii_upper("yga12é") == "YGA12é");
    CHECK(to_ascii_lower("JO@ACME.Éx") == "jo@acme.Éx");
}

TEST_CASE("split and join are each other's inverse") {
    CHECK(split("", ',') == std::vector<std::string>{""});
    CHECK(split("a,,b,", ',') == std::vector<std::string>{"a", "", "b", ""});
    CHECK(join(split("a,,b,", ','), ",") == "a,,b,");
}

TEST_CASE("searching finds what people type without accents and in any case") {
    CHECK(fold_for_search("Ångström ŁÓDŹ Œuvre Straße Þór") == "angstrom lodz oeuvre strasse thor");
    CHECK(fold_for_search("Ñandú Çelik Ğ ı Ş Ž ÿ") == "nandu celik g i s z y");
    CHECK(fold_for_search("e\u0301") == "e");
    CHECK(fold_for_search("ΆΛΦΑ ς") == "αλφα σ");
    CHECK(fold_for_search("\u03A2") == "\u03A2");  // no letter: folded, it would be one
    CHECK(fold_for_search("ЁЖ Ёлка") == "еж елка");
    CHECK(fold_for_search("Țară Ștefan") == "tara stefan");
    CHECK(fold_for_search("日本") == "日本");
    CHECK(fold_for_search("Nguyễn Ở Ƙano Ɓ") == "nguyen o ƙano ɓ");
    CHECK(fold_for_search("Ŵyn ẛ ẞ Ǻ Ș") == "wyn s ss a s");
    CHECK(fold_for_search("Ἀθῆναι") == "αθηναι");
    CHECK(fold_for_search("Йод Қазақ Ҫ Ӂ Їжак") == "йод қазақ ҫ ж іжак");
    CHECK(fold_for_search("שָׁלוֹם") == "שלום");
    CHECK(fold_for_search("مُحَمَّد") == "محمد");
    CHECK(fold_for_search("हिन्दी") == "हिन्दी");
    CHECK(fold_for_search("zero\u200Bwidth soft\u00ADhyphen") == "zerowidth softhyphen");
    CHECK(fold_for_search("ԱՐՄԵՆ") == "արմեն");
}
