// Shelves, and that what finds records says the same as looking at all of them.
#include "lifecycle/world.h"

#include <doctest/doctest.h>

#include <map>
#include <random>

namespace ca::lifecycle {

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

// The accounts whose books are not the same ones any more.
std::size_t books_touched(const Workspace& before, const Workspace& after) {
    std::size_t touched = 0;
    for (const auto& [account, book] : after.books) {
        if (before.books.get(account) != &book) ++touched;
    }
    return touched;
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

TEST_CASE("a command on one account touches no other's book; publishing touches those concerned") {
    World world;
    for (int i = 0; i < 40; ++i) {
        const std::string code = "Z" + std::to_string(100 + i);
        world.must("register_account", {{"ods_code", code}, {"name", "Account " + code}});
        world.must("register_contact", {{"account", code}, {"name", std::string("Contact")}, {"email", "c@" + code + ".example"}});
        world.must("nominate", {{"account", code}, {"email", "c@" + code + ".example"}});
        const auto created = world.must("create_agreement", {{"account", code}, {"products", std::vector<std::string>{"eps"}}, {"terms", std::string("6.0")}});
        world.must("issue", {{"number", *created.number}});
    }
    const Workspace before = world.workspace;
    const Actor contact{Role::contact, "c@z100.example"};
    const auto first = before.books.at("Z100").agreements.front()->number;
    REQUIRE(world.take(contact, "accept", {{"number", first}, {"read_and_understood", true}}).decision.has_value());
    CHECK(books_touched(before, world.workspace) == 1);

    const Workspace accepted = world.workspace;
    world.publish("7.0", true);
    CHECK(books_touched(accepted, world.workspace) == 1);  // only one is Active

    const Workspace published = world.workspace;
    world.now.seconds += 40 * 86'400;
    world.must("advance", {});
    CHECK(books_touched(published, world.workspace) == 1);
}

}  // namespace ca::lifecycle
