// The bidirectional algorithm, rule by rule of UAX #9. In the samples upper-case letters stand for Hebrew ones.
#include "pdf/bidi.h"

#include <doctest/doctest.h>

#include <string>

using namespace ca::pdf;

namespace {

// Upper case to Hebrew; < > to embeddings, [ ] stay brackets, { } to isolates, ^ ends an embedding, ~ to Arabic.
std::u32string text_of(std::string_view sample) {
    std::u32string out;
    for (char const c : sample) {
        if (c >= 'A' && c <= 'Z') out += static_cast<char32_t>(0x5D0 + (c - 'A'));
        else if (c == '~') out += U'\u0627';
        else if (c == '<') out += U'\u202A';  // LRE
        else if (c == '>') out += U'\u202B';  // RLE
        else if (c == '^') out += U'\u202C';  // PDF
        else if (c == '{') out += U'\u2067';  // RLI
        else if (c == '|') out += U'\u2068';  // FSI
        else if (c == '}') out += U'\u2069';  // PDI
        else out += static_cast<char32_t>(c);
    }
    return out;
}

std::string levels(std::string_view sample) {
    std::string out;
    for (auto const level : resolve_bidi(text_of(sample)).levels) out += static_cast<char>('0' + level);
    return out;
}

// The sample's characters in the order in which they are drawn.
std::string drawn(std::string_view sample) {
    std::string out;
    for (std::size_t const i : visual_order(resolve_bidi(text_of(sample)).levels)) out += sample[i];
    return out;
}

}  // namespace

TEST_CASE("classes of characters") {
    CHECK(bidi_class(U'a') == BidiClass::L);
    CHECK(bidi_class(U'5') == BidiClass::EN);
    CHECK(bidi_class(U' ') == BidiClass::WS);
    CHECK(bidi_class(0x5D0) == BidiClass::R);
    CHECK(bidi_class(0x627) == BidiClass::AL);
    CHECK(bidi_class(0x661) == BidiClass::AN);
    CHECK(bidi_class(0x5B0) == BidiClass::NSM);
    CHECK(bidi_class(0x2067) == BidiClass::RLI);
    CHECK(bidi_class(0x4E00) == BidiClass::L);
    CHECK(bidi_class(0x10FFFF) == BidiClass::BN);
}

TEST_CASE("text of one direction stays as it is") {
    CHECK(levels("plain text, 12") == "00000000000000");
    CHECK(drawn("plain text, 12") == "plain text, 12");
    CHECK(resolve_bidi(U"").levels.empty());
}

TEST_CASE("the first strong character gives the paragraph its direction (P2, P3)") {
    CHECK(resolve_bidi(text_of("12 ABC def")).base_level == 1);
    CHECK(resolve_bidi(text_of("abc DEF")).base_level == 0);
    CHECK(resolve_bidi(text_of("{A} abc")).base_level == 0);  // what is isolated does not count
    CHECK(resolve_bidi(text_of("12")).base_level == 0);
}

TEST_CASE("words of the other direction are turned round (I1, I2, L2)") {
    CHECK(drawn("abc DEF ghi") == "abc FED ghi");
    CHECK(drawn("ABC def GHI") == "IHG def CBA");
    CHECK(drawn("abc DEF GHI jkl") == "abc IHG FED jkl");
}

TEST_CASE("numbers keep their order (W1 to W7)") {
    CHECK(drawn("ABC 123 DEF") == "FED 123 CBA");
    CHECK(drawn("ABC 1,234.50 DEF") == "FED 1,234.50 CBA");
    CHECK(drawn("ABC 10% DEF") == "FED 10% CBA");
    CHECK(levels("A 1-2") == "11222");  // W4: one hyphen between two numbers is part of them
    CHECK(levels("~ 1+2") == "11212");  // W2: after an Arabic letter numbers are Arabic, and a plus is none
    CHECK(levels("a 1") == "000");      // W7
}

TEST_CASE("brackets go with what they hold (N0)") {
    CHECK(drawn("ABC (def) GHI") == "IHG )def( CBA");  // the shaper mirrors their glyphs
    CHECK(levels("a (B) c") == "0001000");
    CHECK(levels("A (b) C") == "1112111");
    CHECK(levels("A (b") == "1112");  // not a pair: a neutral
}

TEST_CASE("neutrals between equals take their direction, others the paragraph's (N1, N2)") {
    CHECK(levels("a B C d") == "0011100");
    CHECK(levels("a B c") == "00100");
    CHECK(levels("A b!") == "1121");
}

TEST_CASE("embeddings and isolates (X1 to X8)") {
    CHECK(levels("a>b^c").substr(1, 3) == "022");  // the controls themselves go with what stands before them
    CHECK(levels("a{b}c") == "00200");
    CHECK(levels("a|B}c") == "00100");
    CHECK(levels("a}c^") == "0000");  // ends of nothing
    std::string deep = "a";
    for (int i = 0; i < 200; ++i) deep += '>';
    deep += "B";
    auto const found = resolve_bidi(text_of(deep)).levels;  // BD2: no deeper than 125
    CHECK(static_cast<int>(found.back()) == 125);
}
