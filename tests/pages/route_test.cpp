#include "pages/route.h"

#include "base/text.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::pages;

TEST_CASE("an address and its route are the same, whatever is in it") {
    for (const std::string_view address :
         {std::string_view("#/"), std::string_view("#/agreements/CNTR0000001/compare?with=6.0"),
          std::string_view("#/a%2Fb?q=leeds%20%26%20york&q=&=x&%00=%C3%A9"), std::string_view("a//b/?"),
          std::string_view("#/100%?a=%zz+b"), std::string_view("#/\0\x7f", 4)}) {
        CAPTURE(address);
        const Route route = parse_route(address);
        CHECK(parse_route(route.address()) == route);
    }
    CHECK(parse_route("#/agreements?q=two+words%21").query_value("q") == "two words!");
    CHECK(parse_route("agreements").address() == "#/agreements");
}

TEST_CASE("an address that is no text reaches the screen as one") {
    for (const std::string_view address : {"#/\xff", "#/a\xe2\x82?q=\xc3", "#/%FF", "#/%E2%82?%C3=\xed\xa0\x80"}) {
        CAPTURE(address);
        const Route route = parse_route(address);
        for (const auto& segment : route.path) CHECK(is_valid_utf8(segment));
        for (const auto& [name, value] : route.query) CHECK((is_valid_utf8(name) && is_valid_utf8(value)));
        CHECK(parse_route(route.address()) == route);
    }
    CHECK(parse_route("#/%FF").segment(0) == "%FF");
    CHECK(parse_route("#/\xff").segment(0) == "\uFFFD");
}
