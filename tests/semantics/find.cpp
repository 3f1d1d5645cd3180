#include "semantics/find.h"

#include <doctest/doctest.h>

using namespace ca::semantics;

namespace {

Node node(std::string key, std::string parent, Role role, std::string name = {}) {
    Node made;
    made.key = std::move(key);
    made.parent = std::move(parent);
    made.role = role;
    made.name = std::move(name);
    return made;
}

Nodes page() {
    Nodes nodes{
        node("main", "", Role::main),
        node("main/h", "main", Role::heading, "My cases"),
        node("main/f", "main", Role::textbox, "Filter"),
        node("main/t", "main", Role::table, "Cases"),
        node("main/t/body", "main/t", Role::row_group),
        node("main/t/r1", "main/t/body", Role::row),
        node("main/t/r1/n", "main/t/r1", Role::row_header),
        node("main/t/r1/n/l", "main/t/r1/n", Role::link, "CS0000001"),
        node("main/t/r1/s", "main/t/r1", Role::cell),
        node("main/t/r1/s/t", "main/t/r1/s", Role::tag, "New"),
        node("main/t/r1/b", "main/t/r1", Role::cell, "Open"),
        node("main/b", "main", Role::button, "Open"),
        node("foot", "", Role::contentinfo),
        node("foot/b", "foot", Role::button, "Open"),
    };
    nodes[1].level = 1;
    nodes[2].value = "cs";
    nodes[2].required = true;
    return nodes;
}

}  // namespace

TEST_CASE("a node is found by role and name, and by what is inside it") {
    const auto nodes = page();
    CHECK(find(nodes, Role::heading, "My cases").value()->key == "main/h");
    CHECK(find(nodes, Role::row_header, "CS0000001").value()->key == "main/t/r1/n");
    CHECK(find(nodes, Role::cell, "New").value()->key == "main/t/r1/s");
}

TEST_CASE("what is not there, or there twice, is an error that says what is there") {
    const auto nodes = page();
    const auto missing = find(nodes, Role::heading, "Cases");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == "not_found");
    CHECK(missing.error().message.find("\"My cases\"") != std::string::npos);
    CHECK(find(nodes, Role::button, "Open").error().code == "ambiguous");
    CHECK(find(nodes, Role::button, "Open", {.inside = "foot"}).value()->key == "foot/b");
    CHECK(find(nodes, Role::button, "Open", {.inside = "main"}).value()->key == "main/b");
}

TEST_CASE("find_all keeps reading order, find_key takes any") {
    const auto nodes = page();
    const auto buttons = find_all(nodes, Role::button);
    REQUIRE(buttons.size() == 2);
    CHECK(buttons[0]->key == "main/b");
    CHECK(find_all(nodes, Role::button, {.inside = "main/t"}).empty());
    CHECK(find_key(nodes, "main/t")->name == "Cases");
    CHECK(find_key(nodes, "nowhere") == nullptr);
}

TEST_CASE("words read as on the page") {
    const auto nodes = page();
    CHECK(words_of(nodes, *find_key(nodes, "main/t/r1")) == "CS0000001 New | Open");
    CHECK(words_of(nodes) == "My cases\nCS0000001 New | Open\nOpen\nOpen");
}

TEST_CASE("the outline shows role, level, name, value and states") {
    auto nodes = page();
    nodes.resize(3);
    CHECK(outline(nodes) ==
          "main\n"
          "  heading 1 \"My cases\"\n"
          "  textbox \"Filter\" value=\"cs\" required\n");
}
