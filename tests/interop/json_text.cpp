#include "interop/json_text.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::interop;

TEST_CASE("every value knows its place") {
    std::string const text =
        "\xef\xbb\xbf {\"a\": [1, -2.5e3, true, null], \"b\": \"x\\u00e9\\ud83d\\ude00\\n\", \"c\": {}}\n";
    auto const root = parse_json(text);
    REQUIRE(root.has_value());
    auto own = [&](const Json& value) { return text.substr(value.begin, value.end - value.begin); };
    auto const* list = root->find("a");
    REQUIRE(list != nullptr);
    REQUIRE(list->items.size() == 4);
    CHECK(own(list->items[1]) == "-2.5e3");
    CHECK(list->items[1].text == "-2.5e3");
    CHECK(own(*list) == "[1, -2.5e3, true, null]");
    CHECK(root->find("b")->text == "xé😀\n");
    CHECK(own(*root->find("b")) == "\"x\\u00e9\\ud83d\\ude00\\n\"");
    CHECK(root->find("d") == nullptr);
    CHECK(root->members[2].name == "c");
    CHECK(text.substr(root->members[2].begin, 3) == "\"c\"");
}

TEST_CASE("a lone surrogate reads as the replacement character") {
    CHECK(parse_json("\"\\ud83d\"")->text == "\xef\xbf\xbd");
    CHECK(parse_json("\"\\ude00x\"")->text == "\xef\xbf\xbdx");
    CHECK(parse_json("\"\\ud83d\\u0041\"")->text ==
          "\xef\xbf\xbd"
          "A");
}

TEST_CASE("what is not JSON is refused at its place") {
    auto code = [](std::string_view text) {
        return parse_json(text) ? std::string("sound") : parse_json(text).error().code;
    };
    for (auto const* text : {"", " ", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "[1,", "\"abc", "\"abc\\", "\"\\u00", "tru",
                             "-", "1e", "1."}) {
        CAPTURE(text);
        CHECK(code(text) == "truncated");
    }
    for (auto const* text : {"x", "{a:1}", "{\"a\" 1}", "[1 2]", "[1,]", "{\"a\":1,}", "01", "+1", ".5", "1.e3", "truE",
                             "\"\\x\"", "\"\\u12g4\"", "\"a\nb\"", "\"\xff\"", "{} {}", "nan"}) {
        CAPTURE(text);
        CHECK(code(text) == "not_json");
    }
    CHECK(parse_json("{\n  \"é\": x}").error().where == "line 2, character 8 (byte 11)");
    CHECK(code(std::string(70, '[') + std::string(70, ']')) == "not_json");
    CHECK(code(std::string(60, '[') + std::string(60, ']')) == "sound");
}

TEST_CASE("a quoted text reads back as it was") {
    std::string all;
    for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
    all += "é“😀";
    CHECK(parse_json(quote_json(all))->text == all);
    CHECK(quote_json("a\"\\\n\x01/é") == "\"a\\\"\\\\\\n\\u0001/é\"");
}

TEST_CASE("a list that is read item by item holds what it holds as a whole, and what is wrong is wrong in both") {
    for (std::string const text :
         {R"({"a": [9], "result": [{"n": 1, "x": ["y"]}, 2, "3", [4, {"result": [5]}]], "b": {}})", R"({"result": []})",
          R"({"result": {"result": [1]}})", R"([{"result": [1]}])", R"({"result": [1], "result": [2]})",
          R"({"result": [1, 2)", R"({"result": [1,]})", R"({"result" : )", "{\"result\": [\"\xff\"]}"}) {
        CAPTURE(text);
        std::vector<std::string> shown, whole;
        auto own = [&](const Json& item) { return text.substr(item.begin, item.end - item.begin); };
        JsonListReader reader(text, "result");
        auto item = reader.next();
        for (; item && *item; item = reader.next()) shown.push_back(own(**item));
        auto const kept = parse_json(text);
        REQUIRE(item.has_value() == kept.has_value());
        if (!item) {
            CHECK(item.error() == kept.error());
            continue;
        }
        CHECK(reader.read() == text.size());
        auto const* root = &reader.root();
        for (auto const& member : kept->members)
            if (member.name == "result")
                for (auto const& item : member.value.items) whole.push_back(own(item));
        CHECK(shown == whole);
        CHECK(root->end == kept->end);
        CHECK(root->members.size() == kept->members.size());
        for (auto const& member : root->members)
            if (member.name == "result") CHECK(member.value.items.empty());
    }
}
