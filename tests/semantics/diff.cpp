#include "semantics/diff.h"

#include "semantics/patch.h"
#include "semantics/roles.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <list>
#include <map>
#include <random>

using namespace ca::semantics;

namespace {

Node node(std::string key, std::string parent = {}, Role role = Role::generic, std::string name = {}) {
    Node made;
    made.key = std::move(key);
    made.parent = std::move(parent);
    made.role = role;
    made.name = std::move(name);
    return made;
}

// A page of elements that obeys a patch by the letter, as web/src/mirror.ts does; elements have an identity.
class Page {
public:
    std::map<std::string, int> identities;
    std::map<std::string, Role> roles;
    std::map<std::string, std::string> parents;
    std::map<std::string, std::list<std::string>> children;
    std::vector<std::string> moved;
    int became = 0;

    void apply(const Patch& patch) {
        moved.clear();
        for (const auto& operation : patch) {
            std::visit([this](const auto& op) { obey(op); }, operation);
        }
    }

    std::vector<std::string> in_order(const std::string& parent = {}) const {
        std::vector<std::string> keys;
        if (const auto found = children.find(parent); found != children.end())
            for (const auto& key : found->second) {
                keys.push_back(key);
                auto below = in_order(key);
                keys.insert(keys.end(), below.begin(), below.end());
            }
        return keys;
    }

private:
    void obey(const Drop& drop) {
        for (const auto& key : drop.keys) {
            REQUIRE_MESSAGE(identities.contains(key), key);
            children[parents[key]].remove(key);
            children.erase(key);
            identities.erase(key);
            roles.erase(key);
            parents.erase(key);
        }
        std::erase_if(children,
                      [&](const auto& each) { return !each.first.empty() && !identities.contains(each.first); });
    }
    void place(const std::string& key, const std::string& parent, const std::string& after) {
        REQUIRE((parent.empty() || identities.contains(parent)));
        auto& siblings = children[parent];
        auto at = siblings.begin();
        if (!after.empty()) {
            at = std::ranges::find(siblings, after);
            REQUIRE(at != siblings.end());
            ++at;
        }
        siblings.insert(at, key);
        parents[key] = parent;
    }
    void obey(const Add& add) {
        const auto& key = add.shown.node->key;
        REQUIRE_FALSE(identities.contains(key));
        identities[key] = next_identity_++;
        roles[key] = add.shown.node->role;
        place(key, std::string(add.parent), std::string(add.after));
    }
    void obey(const Move& move) {
        const std::string key(move.key);
        REQUIRE(identities.contains(key));
        children[parents[key]].remove(key);
        place(key, std::string(move.parent), std::string(move.after));
        moved.push_back(key);
    }
    void obey(const Become& become) {
        const std::string before = become.before, now(become.now);
        REQUIRE(identities.contains(before));
        REQUIRE_FALSE(identities.contains(now));
        const auto renamed = [&](const std::string& key) {
            return key == before || key.starts_with(before + "/") ? now + key.substr(before.size()) : key;
        };
        const auto rename = [&](auto& map) {
            std::remove_reference_t<decltype(map)> made;
            for (auto& [key, value] : map) made[renamed(key)] = std::move(value);
            map = std::move(made);
        };
        rename(identities);
        rename(roles);
        rename(parents);
        rename(children);
        for (auto& [key, parent] : parents) parent = renamed(parent);
        for (auto& [key, siblings] : children)
            for (auto& sibling : siblings) sibling = renamed(sibling);
        ++became;
    }
    void obey(const Set& set) { REQUIRE(identities.contains(set.shown.node->key)); }

    int next_identity_ = 1;
};

// Reading order with children below their parents.
std::vector<std::string> expected_order(const Nodes& nodes, const std::string& parent = {}) {
    std::vector<std::string> keys;
    for (const auto& n : nodes)
        if (n.parent == parent) {
            keys.push_back(n.key);
            auto below = expected_order(nodes, n.key);
            keys.insert(keys.end(), below.begin(), below.end());
        }
    return keys;
}

}  // namespace

TEST_CASE("a frame that says the same makes an empty patch") {
    Differ differ;
    const Nodes nodes{node("main", "", Role::main), node("h", "main", Role::heading, "My cases")};
    CHECK(differ.next(nodes).size() == 2);
    CHECK(differ.next(nodes).empty());
}

TEST_CASE("one changed word is one set of one property") {
    Differ differ;
    differ.next({node("main", "", Role::main), node("s", "main", Role::status, "12 of 340")});
    const auto patch = differ.next({node("main", "", Role::main), node("s", "main", Role::status, "3 of 340")});
    CHECK(to_json(patch) == R"([["set","s",{"words":"3 of 340"}]])");
}

TEST_CASE("a block that moves carries what is inside it") {
    Nodes nodes{node("card"), node("p", "card", Role::paragraph, "Words")};
    nodes[0].bounds = {10, 100, 300, 50};
    nodes[1].bounds = {20, 110, 280, 24};
    Differ differ;
    CHECK(to_json(differ.next(nodes)).find(R"("box":[10,10,280,24])") != std::string::npos);
    for (auto& n : nodes) n.bounds.y += 40;
    CHECK(to_json(differ.next(nodes)) == R"([["set","card",{"box":[10,140,300,50]}]])");
}

TEST_CASE("a heading that changes its level is a new element, and so is what is inside") {
    Differ differ;
    Page page;
    Nodes nodes{node("h", "", Role::heading), node("l", "h", Role::link, "There"), node("p", "", Role::paragraph, "x")};
    nodes[0].level = 2;
    page.apply(differ.next(nodes));
    const auto before = page.identities;
    nodes[0].level = 3;
    page.apply(differ.next(nodes));
    CHECK(page.identities["h"] != before.at("h"));
    CHECK(page.identities["l"] != before.at("l"));
    CHECK(page.identities["p"] == before.at("p"));
    CHECK(page.in_order() == std::vector<std::string>{"h", "l", "p"});
}

TEST_CASE("what moves out of a parent that goes away stays the same element") {
    Differ differ;
    Page page;
    page.apply(differ.next({node("column"), node("field", "column", Role::textbox, "Name")}));
    const int identity = page.identities["field"];
    page.apply(differ.next({node("field", "", Role::textbox, "Name")}));
    CHECK(page.identities["field"] == identity);
    CHECK(page.in_order() == std::vector<std::string>{"field"});
}

TEST_CASE("sorting a table moves as few rows as it can, and never the one with focus") {
    Differ differ;
    Page page;
    page.apply(differ.next({node("a"), node("b"), node("c"), node("d"), node("link", "d", Role::link, "Open")}));
    SUBCASE("the last to the front is one move") {
        page.apply(differ.next({node("d"), node("a"), node("b"), node("c"), node("link", "d", Role::link, "Open")}));
        CHECK(page.moved == std::vector<std::string>{"d"});
    }
    SUBCASE("with focus inside it, the three others move") {
        page.apply(
            differ.next({node("d"), node("a"), node("b"), node("c"), node("link", "d", Role::link, "Open")}, "link"));
        CHECK(page.moved == std::vector<std::string>{"a", "b", "c"});
    }
    SUBCASE("focus on a link inside a text counts as the text's") {
        page.apply(
            differ.next({node("d"), node("a"), node("b"), node("c"), node("link", "d", Role::link, "Open")}, "link#3"));
        CHECK(page.moved == std::vector<std::string>{"a", "b", "c"});
    }
    CHECK(page.in_order() == std::vector<std::string>{"d", "link", "a", "b", "c"});
}

namespace {

// A table's body of rows; every second row has a tag in its cell.
Nodes table_of(const std::vector<int>& rows) {
    Nodes nodes{node("t", "", Role::table), node("t/b", "t", Role::row_group)};
    for (const int row : rows) {
        const std::string key = "t/b/" + std::to_string(row);
        nodes.push_back(node(key, "t/b", Role::row));
        nodes.push_back(node(key + "/c", key, Role::cell));
        nodes.push_back(node(key + "/c/link", key + "/c", Role::link, std::to_string(row)));
        if (row % 2 == 0) nodes.push_back(node(key + "/c/tag", key + "/c", Role::tag, "Even"));
    }
    return nodes;
}

}  // namespace

TEST_CASE(
    "rows that go become rows that come, but for the one with focus, and what only one of two has is dropped or "
    "added") {
    Differ differ;
    Page page;
    page.apply(differ.next(table_of({1, 2, 3, 4})));
    const auto before = page.identities;
    SUBCASE("in their order") {
        page.apply(differ.next(table_of({5, 2, 6, 7})));
        CHECK(page.identities["t/b/5/c/link"] == before.at("t/b/1/c/link"));
        CHECK(page.identities["t/b/2"] == before.at("t/b/2"));
        CHECK(page.identities["t/b/6/c"] == before.at("t/b/3/c"));
        CHECK(page.identities["t/b/6/c/tag"] > before.at("t/b/4/c/tag"));  // new
        CHECK(page.identities["t/b/7"] == before.at("t/b/4"));
        CHECK(page.moved.empty());
    }
    SUBCASE("not where focus is") {
        page.apply(differ.next(table_of({5, 6}), "t/b/1/c/link"));
        CHECK(page.identities["t/b/5"] == before.at("t/b/2"));
        CHECK(page.identities["t/b/6"] == before.at("t/b/3"));
    }
    SUBCASE("as text") {
        const auto text = to_json(differ.next(table_of({2, 3, 4, 5})));
        CHECK(text.starts_with(R"([["become","t/b/1","t/b/5"],)"));
        CHECK(text.find(R"(["set","t/b/5/c/link",{"words":"5"}])") != std::string::npos);
        CHECK(text.find("drop") == std::string::npos);
    }
}

TEST_CASE("random rows: the patch always leads from one to the next") {
    std::mt19937 random(7);
    Differ differ;
    Page page;
    for (int frame = 0; frame < 400; ++frame) {
        std::vector<int> rows(12);
        for (int i = 0; i < 12; ++i) rows[static_cast<std::size_t>(i)] = i;
        std::ranges::shuffle(rows, random);
        rows.resize(random() % 9);
        const auto nodes = table_of(rows);
        const std::string focused = "t/b/" + std::to_string(random() % 12) + "/c/link";
        const auto identity = page.identities.contains(focused) ? page.identities.at(focused) : 0;
        page.apply(differ.next(nodes, focused));
        REQUIRE(page.in_order() == expected_order(nodes));
        for (const auto& n : nodes) REQUIRE(page.roles[n.key] == n.role);
        for (const auto& [key, one] : page.identities) REQUIRE((identity == 0 || one != identity || key == focused));
        REQUIRE(differ.next(nodes, focused).empty());
    }
    CHECK(page.became > 400);
}

TEST_CASE("a key that comes twice, or a parent that is not there, does not break the page") {
    Differ differ;
    Page page;
    page.apply(differ.next({node("a"), node("a"), node("x", "nowhere"), node("y", "x"), node("b")}));
    CHECK(page.in_order() == std::vector<std::string>{"a", "b"});
    page.apply(differ.next({node("b"), node("b"), node("a")}));
    CHECK(page.in_order() == std::vector<std::string>{"b", "a"});
}

TEST_CASE("after forget the page is built anew") {
    Differ differ;
    const Nodes nodes{node("a"), node("b")};
    differ.next(nodes);
    differ.forget();
    CHECK(differ.next(nodes).size() == 2);
}

TEST_CASE("random pages: the patch always leads from one to the next, and what has focus is not moved or replaced") {
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        const auto below = [&](std::uint32_t limit) { return static_cast<std::uint32_t>(random() % limit); };
        Differ differ;
        Page page;
        std::string focused;
        for (int frame = 0; frame < 12; ++frame) {
            Nodes nodes;
            std::vector<std::uint32_t> keys(14);
            for (std::uint32_t i = 0; i < keys.size(); ++i) keys[i] = i;
            std::ranges::shuffle(keys, random);
            keys.resize(below(15));
            for (auto key : keys) {
                // The same key keeps its parent most of the time and its role nearly always.
                std::string parent;
                if (!nodes.empty() && below(3) > 0) parent = nodes[below(static_cast<std::uint32_t>(nodes.size()))].key;
                nodes.push_back(node("k" + std::to_string(key), parent, below(12) == 0 ? Role::region : Role::article));
            }
            const auto before = page.identities;
            const auto parents = page.parents;
            page.apply(differ.next(nodes, focused));
            REQUIRE(page.in_order() == expected_order(nodes));
            for (const auto& n : nodes) {
                REQUIRE(page.roles[n.key] == n.role);
            }
            if (!focused.empty() && before.contains(focused) && page.identities.contains(focused) &&
                page.identities[focused] == before.at(focused) && page.parents[focused] == parents.at(focused))
                REQUIRE(std::ranges::find(page.moved, focused) == page.moved.end());
            focused = nodes.empty() ? "" : nodes[below(static_cast<std::uint32_t>(nodes.size()))].key;
            REQUIRE(differ.next(nodes, focused).empty());
        }
    }
}
