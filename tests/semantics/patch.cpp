#include "semantics/patch.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace ca::semantics;
using nlohmann::json;

namespace {

json properties_of(Nodes nodes, std::size_t index = 0) {
    Differ differ;
    const auto patch = json::parse(to_json(differ.next(std::move(nodes))));
    REQUIRE(patch.at(index).at(0) == "add");
    return patch.at(index).at(4);
}

json properties_of(Node node) { return properties_of(Nodes{std::move(node)}); }

}  // namespace

TEST_CASE("what is at its default is not sent") {
    Node node;
    node.key = "main";
    node.role = Role::main;
    CHECK(properties_of(node) == json{{"role", "main"}});
    node.role = Role::generic;  // the default role is still said
    CHECK(properties_of(node) == json{{"role", "generic"}});
}

TEST_CASE("a property that goes back to its default is null") {
    Differ differ;
    Node node;
    node.key = "f";
    node.role = Role::textbox;
    node.name = "Email address";
    node.error = "Enter an email address";
    node.value = "x";
    differ.next({node});
    node.error.clear();
    node.value.clear();
    CHECK(json::parse(to_json(differ.next({node}))) == json::parse(R"([["set","f",{"value":null,"error":null}]])"));
}

TEST_CASE("text roles send words, others a name") {
    Node node;
    node.key = "n";
    node.name = "Agreements";
    node.role = Role::heading;
    node.level = 2;
    CHECK(properties_of(node) == json{{"role", "heading"}, {"words", "Agreements"}, {"level", 2}});
    node.level = 0;
    node.role = Role::region;
    CHECK(properties_of(node) == json{{"role", "region"}, {"name", "Agreements"}});
    node.role = Role::button;
    CHECK(properties_of(node) == json{{"role", "button"}, {"words", "Agreements"}});
    node.hidden_name = true;
    CHECK(properties_of(node) == json{{"role", "button"}, {"name", "Agreements"}, {"hidden_name", true}});
}

TEST_CASE("a button whose words are not its name sends both") {
    Node node;
    node.key = "b";
    node.role = Role::button;
    node.name = "Remove filter: State: Active";
    node.runs = {{.text = "State: Active"}};
    const auto sent = properties_of(node);
    CHECK(sent.at("name") == "Remove filter: State: Active");
    CHECK(sent.at("words") == json::parse(R"([["State: Active"]])"));
    node.name = "State: Active";
    CHECK_FALSE(properties_of(node).contains("name"));
}

TEST_CASE("a cell says its own words only when nothing is inside it") {
    Node cell;
    cell.key = "c";
    cell.role = Role::cell;
    cell.name = "CNTR0000001";
    CHECK(properties_of(cell).at("words") == "CNTR0000001");
    Node link;
    link.key = "l";
    link.parent = "c";
    link.role = Role::link;
    link.name = "CNTR0000001";
    CHECK_FALSE(properties_of({cell, link}).contains("words"));
    CHECK_FALSE(properties_of({cell, link}).contains("name"));

    Differ differ;
    differ.next({cell});
    const auto patch = json::parse(to_json(differ.next({cell, link})));
    CHECK(patch.at(0) == json::parse(R"(["set","c",{"words":null}])"));
}

TEST_CASE("runs keep their marks and links") {
    Node node;
    node.key = "p";
    node.role = Role::paragraph;
    node.name = "Day 37 of 90, see terms";
    node.runs = {{.text = "Day 37", .bold = true, .italic = true},
                 {.text = " of 90, see ", .break_after = true},
                 {.text = "terms", .inserted = true, .href = "#/t"}};
    CHECK(properties_of(node).at("words") ==
          json::parse(R"([["Day 37","bi"],[" of 90, see ","n"],["terms","+","#/t"]])"));
}

TEST_CASE("breaks are counted as the page counts: in UTF-16") {
    Node node;
    node.key = "p";
    node.role = Role::paragraph;
    node.runs = {{.text = "é "}, {.text = "😀 x"}};  // 3 bytes, then 6
    node.text.soft_breaks = {3, 8};                 // after "é ", after "😀 "
    CHECK(properties_of(node).at("breaks") == json::parse("[2,5]"));
}

TEST_CASE("text that would end the string is escaped") {
    Node node;
    node.key = "a/\"b\"\\";
    node.role = Role::paragraph;
    node.name = std::string("line\nend\t\x01\r\"", 12);
    Differ differ;
    const auto patch = json::parse(to_json(differ.next({node})));
    CHECK(patch.at(0).at(1) == node.key);
    CHECK(patch.at(0).at(4).at("words") == node.name);
}

TEST_CASE("lengths go in steps of 1/64 px") {
    Node node;
    node.key = "a";
    node.bounds = {-0.25F, 10.5F, 100.015625F, 33.333F};
    CHECK(properties_of(node).at("box") == json::parse("[-0.25,10.5,100.015625,33.328125]"));
    node.bounds = {-1.5F, 0, 0, 0};
    CHECK(properties_of(node).at("box") == json::parse("[-1.5,0,0,0]"));
}

TEST_CASE("parts stand relative to their node") {
    Node node;
    node.key = "f";
    node.role = Role::textbox;
    node.name = "Name";
    node.bounds = {100, 200, 300, 80};
    node.control = {100, 240, 300, 40};
    node.label_part = {.bounds = {100, 200, 300, 24}, .text = {.size = 19, .line_height = 24, .weight = 600}};
    const auto sent = properties_of(node);
    CHECK(sent.at("control") == json::parse("[0,40,300,40]"));
    CHECK(sent.at("label_part") == json::parse("[[0,0,300,24],[19,24,600,0,0,0,0],[]]"));

    Differ differ;
    differ.next({node});
    for (auto* bounds : {&node.bounds, &node.control, &node.label_part.bounds}) bounds->y += 10;
    CHECK(json::parse(to_json(differ.next({node}))) == json::parse(R"([["set","f",{"box":[100,210,300,80]}]])"));
}
