#include "interop/texts.h"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <vector>

using namespace ca::interop;

TEST_CASE("texts are numbered in the order in which they came, each once") {
    Texts texts;
    CHECK(texts.empty());
    CHECK(texts.find("a") == 0);
    CHECK(texts.find("") == 0);
    CHECK(texts.add("a") == 1);
    CHECK(texts.add("") == 2);  // a text like any other
    CHECK(texts.add("a") == 1);
    CHECK(texts.add("ab") == 3);
    CHECK(texts.size() == 3);
    CHECK(texts.at(1) == "a");
    CHECK(texts.at(2).empty());
    CHECK(texts.at(3) == "ab");
    CHECK(texts.contains(""));
    CHECK_FALSE(texts.contains("b"));  // though its letters stand there
}

TEST_CASE("many texts are found as in a map, whatever they hold") {
    std::mt19937_64 random{1};
    const auto any_text = [&] {
        std::string text(random() % 6, '\0');
        for (char& c : text) c = static_cast<char>(random() % 5);
        return text;
    };
    Texts texts;
    ByText<std::string> by_text;
    std::vector<std::string> in_order;
    std::map<std::string, std::string> naive;
    for (int i = 0; i < 20'000; ++i) {
        const auto text = any_text(), value = std::to_string(i);
        const bool is_new = naive.try_emplace(text, value).second;
        if (is_new) in_order.push_back(text);
        const auto number = texts.add(text);
        REQUIRE(in_order[number - 1] == text);
        REQUIRE(texts.size() == in_order.size());
        const auto [known, was_new] = by_text.try_emplace(text, value);
        REQUIRE(was_new == is_new);
        REQUIRE(known == naive[text]);
        if (i % 7 == 0) *by_text.find(text) = naive[text] = value + " again";

        const auto asked = any_text();
        const auto expected = naive.find(asked);
        const auto* found = std::as_const(by_text).find(asked);
        REQUIRE(texts.contains(asked) == (expected != naive.end()));
        REQUIRE((found != nullptr) == (expected != naive.end()));
        if (found) REQUIRE(*found == expected->second);
    }
    std::vector<std::string> visited;
    by_text.for_each([&](std::string_view text, const std::string& value) {
        visited.emplace_back(text);
        CHECK(value == naive[visited.back()]);
    });
    CHECK(visited == in_order);
    for (std::size_t i = 0; i < in_order.size(); ++i) CHECK(texts.at(static_cast<std::uint32_t>(i + 1)) == in_order[i]);
}
