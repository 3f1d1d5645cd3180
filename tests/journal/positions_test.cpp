#include "journal/positions.h"

#include <doctest/doctest.h>

#include <map>
#include <random>

using namespace ca::journal;

TEST_CASE("the position that was set last is given back, of each entity of each account, also by way of bytes") {
    constexpr unsigned seed = 5;
    CAPTURE(seed);
    std::mt19937 random{seed};
    Positions positions;
    std::map<std::pair<std::string, std::string>, std::uint32_t> expected;
    for (std::uint32_t i = 1; i <= 5'000; ++i) {
        const std::pair key{"A" + std::to_string(random() % 40), "E" + std::to_string(random() % 60)};
        positions.set(Positions::name_of(key.first, key.second), i);
        expected[key] = i;
    }
    const Positions back = Positions::of_bytes(positions.to_bytes());
    CHECK(back == positions);
    for (const auto& [key, position] : expected) {
        REQUIRE(positions.of(Positions::name_of(key.first, key.second)) == position);
        REQUIRE(back.of(Positions::name_of(key.first, key.second)) == position);
    }
    CHECK(positions.of(Positions::name_of("A1", "E60")) == 0);
    CHECK(Positions{}.of(Positions::name_of("A1", "E1")) == 0);
}

TEST_CASE("names that run together are two, and order does not matter where positions are compared") {
    Positions one, other;
    one.set(Positions::name_of("AB", "C"), 1);
    one.set(Positions::name_of("A", "BC"), 2);
    CHECK(one.of(Positions::name_of("AB", "C")) == 1);
    other.set(Positions::name_of("A", "BC"), 2);
    CHECK_FALSE(one == other);
    CHECK_FALSE(other == one);
    other.set(Positions::name_of("AB", "C"), 1);
    CHECK(one == other);
    CHECK(Positions{} == Positions{});
    one.take(Positions{});
    CHECK(one == other);
    CHECK_FALSE(Positions{} == one);
    CHECK_FALSE(one == Positions{});
}
