#include "base/sliced.h"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

using namespace ca;

namespace {

Sliced<std::string> letters(char from, char until, std::vector<char>& said) {
    std::string all;
    for (char letter = from; letter <= until; ++letter) {
        said.push_back(letter);
        all += letter;
        co_await slice_ends;
    }
    co_return all;
}

Sliced<std::string> twice(std::vector<char>& said) {
    const std::string first = co_await letters('a', 'c', said);
    const std::string second = co_await letters('x', 'y', said);
    co_return first + second;
}

Sliced<int> none() { co_return 7; }

Sliced<int> throws_in_its_second() {
    co_await slice_ends;
    throw std::runtime_error("it does");
    co_return 0;
}

Sliced<int> waits_for_what_throws() { co_return co_await throws_in_its_second(); }

}  // namespace

TEST_CASE("sliced work does nothing before it is asked to, and then a slice each time, its parts' slices too") {
    std::vector<char> said;
    auto work = twice(said);
    CHECK(said.empty());
    int slices = 0;
    for (bool all = false; !all; ++slices) {
        all = work.go_on();
        if (!all) CHECK(said.size() == static_cast<std::size_t>(slices) + 1);
    }
    CHECK(slices == 6);
    CHECK(std::move(work).value() == "abcxy");
}

TEST_CASE("sliced work of one slice is done in it, and can be done at once") {
    auto work = none();
    CHECK(work.go_on());
    CHECK(std::move(work).value() == 7);
    std::vector<char> said;
    CHECK(at_once(twice(said)) == "abcxy");
}

TEST_CASE("sliced work can be given up, and what it throws comes out") {
    std::vector<char> said;
    {
        auto work = twice(said);
        CHECK_FALSE(work.go_on());
    }
    CHECK(said.size() == 1);
    auto failing = waits_for_what_throws();
    CHECK_FALSE(failing.go_on());
    CHECK_THROWS_AS(failing.go_on(), std::runtime_error);
}
