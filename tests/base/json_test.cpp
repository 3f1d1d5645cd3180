#include "base/boxed.h"
#include "base/json.h"

#include <doctest/doctest.h>

using namespace ca;

namespace {

std::string said(std::string_view text) {
    std::string out = "[";
    append_json(out, text);
    return out;
}

}  // namespace

TEST_CASE("a text is written with the short escapes, the other controls by number, and all else as it is") {
    CHECK(said("") == "[\"\"");
    CHECK(said("Zażółć „x” 😀") == "[\"Zażółć „x” 😀\"");
    CHECK(said("a\"b\\c/d") == "[\"a\\\"b\\\\c/d\"");
    CHECK(said("\b\f\n\r\t") == "[\"\\b\\f\\n\\r\\t\"");
    CHECK(said(std::string_view("\0\x01\x1f\x7f", 4)) == "[\"\\u0000\\u0001\\u001f\x7f\"");
}

TEST_CASE("what lies apart is copied, compared and changed as if it did not") {
    Boxed<std::string> one("a");
    Boxed<std::string> other = one;
    CHECK(one == other);
    *other += "b";
    CHECK(*one == "a");
    CHECK_FALSE(one == other);
    one = other;
    CHECK(one->size() == 2);
    const Boxed<std::string> moved = std::move(other);
    CHECK(*moved == "ab");
    CHECK(Boxed<std::string>()->empty());
}
