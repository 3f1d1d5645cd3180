// Shelves, and that what finds records says the same as looking at all of them.
#include "lifecycle/world.h"
#include "support/books_touched.h"

#include <doctest/doctest.h>

#include <map>
#include <random>

namespace ca::lifecycle {

using test::books_touched;

struct Librarian {
    Shelf<int, int, Librarian> shelf;
    void set(int key, int value) { shelf.set(key, value); }
    void remove(int key) { shelf.remove(key); }
};

namespace {

std::vector<std::pair<int, int>> listed(const Shelf<int, int, Librarian>& shelf) {
    std::vector<std::pair<int, int>> all;
    for (const auto& [key, value] : shelf) all.emplace_back(key, value);
    return all;
}

}  // namespace

TEST_CASE("a shelf holds what a map holds, in its order, and a copy keeps what it had") {
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        std::mt19937 random{seed};
        Librarian librarian;
        std::map<int, int> expected;
        Librarian copy;
        std::map<int, int> of_copy;
        for (int i = 0; i < 3'000; ++i) {
            const int key = static_cast<int>(random() % (seed * 100)), value = static_cast<int>(random());
            if (random() % 3 == 0) {
                librarian.remove(key);
                expected.erase(key);
            } else {
                librarian.set(key, value);
                expected[key] = value;
            }
            if (i == 1'500) copy = librarian, of_copy = expected;
        }
        const auto& shelf = librarian.shelf;
        CHECK(shelf.size() == expected.size());
        CHECK(listed(shelf) == std::vector<std::pair<int, int>>(expected.begin(), expected.end()));
        CHECK(listed(copy.shelf) == std::vector<std::pair<int, int>>(of_copy.begin(), of_copy.end()));
        std::vector<int> back;
        for (auto at = shelf.rbegin(); at != shelf.rend(); ++at) back.push_back((*at).first);
        CHECK(std::ranges::is_sorted(back, std::ranges::greater{}));
        CHECK(back.size() == expected.size());
        for (int key = -1; key <= static_cast<int>(seed * 100); ++key) {
            const auto found = expected.lower_bound(key);
            const auto at = shelf.lower_bound(key);
            REQUIRE((at == shelf.end()) == (found == expected.end()));
            if (found != expected.end()) REQUIRE(at->first == found->first);
            REQUIRE(shelf.contains(key) == expected.contains(key));
        }
    }
}

TEST_CASE("a command on one account touches no other's book; publishing and time touch those concerned, once") {
    constexpr std::size_t accounts = 40, active = 30;
    World world;
    std::vector<std::string> numbers;
    for (std::size_t i = 0; i < accounts; ++i) {
        const std::string code = "Z" + std::to_string(100 + i);
        world.must("register_account", {{"ods_code", code}, {"name", "Account " + code}});
        world.must("register_contact",
                   {{"account", code}, {"name", std::string("Contact")}, {"email", "c@" + code + ".example"}});
        world.must("nominate", {{"account", code}, {"email", "c@" + code + ".example"}});
        const auto created = world.must(
            "create_agreement",
            {{"account", code}, {"products", std::vector<std::string>{"eps"}}, {"terms", std::string("6.0")}});
        world.must("issue", {{"number", *created.number}});
        numbers.push_back(*created.number);
    }
    for (std::size_t i = 0; i < active; ++i) {
        const Workspace before = world.workspace;
        world.must({Role::contact, "c@Z" + std::to_string(100 + i) + ".example"}, "accept",
                   {{"number", numbers[i]}, {"read_and_understood", true}});
        CHECK(books_touched(before, world.workspace) == 1);
    }

    const Workspace accepted = world.workspace;
    const auto published = world.must("publish_terms", {{"version", std::string("7.0")},
                                                        {"title", std::string("Terms")},
                                                        {"standard_terms", std::string("# Terms")},
                                                        {"uplift", true}});
    CHECK(books_touched(accepted, world.workspace) == active);
    CHECK(published.created.size() == active);
    CHECK(published.skipped.size() == accounts - active);
    CHECK(std::ranges::is_sorted(published.skipped));
    CHECK(published.events.size() == 1 + 3 * active);  // created, issued, who is told of it

    const Workspace pending = world.workspace;
    world.now.seconds += 40 * 86'400;
    const auto fell_due = world.take(world.team, "advance", {}).fell_due;
    CHECK(books_touched(pending, world.workspace) == active);
    CHECK(fell_due.size() == 2 * active);  // accepted by time, and the one before it expired
}

}  // namespace ca::lifecycle
