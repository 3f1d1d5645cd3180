// What stays in sight: an agreement's rail on a wide window and the row that leads through a comparison.

#include "support/portal_world.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ca;
using namespace ca::test;

namespace {

void widen(PortalWorld& world, float width) {
    world.page.input.width = width;
    world.look();
}

std::size_t count(const PortalWorld& world, Role role, std::string_view name) {
    const auto names = world.page.names(role);
    return static_cast<std::size_t>(std::ranges::count(names, name));
}

bool is_in(const PortalWorld& world, std::string_view key, std::string_view around) {
    for (const auto* node = semantics::find_key(world.page.nodes(), key); node != nullptr;
         node = semantics::find_key(world.page.nodes(), node->parent))
        if (node->key == around) return true;
    return false;
}

}  // namespace

TEST_CASE("on a wide window a rail beside the text holds how it stands, what to do and the contents, each once") {
    SampleWorld world;
    world.act_as("Amina Yusuf");
    for (const float width : {1280.0f, 1000.0f, 390.0f}) {
        CAPTURE(width);
        widen(world, width);
        world.go("#/agreements/CNTR0000015");
        const bool wide = width >= 1080;
        CHECK((semantics::find_key(world.page.nodes(), "main/rail") != nullptr) == wide);
        for (const char* button : {"Go to acceptance", "Download PDF", "Accept agreement"})
            CHECK(count(world, Role::button, button) == 1);
        CHECK(count(world, Role::tag, "Draft, Under Review") == 1);
        CHECK(count(world, Role::navigation, "Contents of the terms") == 1);
        const auto words = world.page.words();
        const auto first = words.find("Last day to accept: ");
        CHECK(first != std::string::npos);
        CHECK(words.find("Last day to accept: ", first + 1) == std::string::npos);
        for (const char* key : {"main/actions/download", "main/state", "main/last-day"})
            if (wide) CHECK(is_in(world, key, "main/rail"));
        // What is beside it has the keys that it has without one, so that drafts and answers find their fields.
        CHECK(world.page.key("main/acceptance/accept/read").role == Role::checkbox);
    }
}

TEST_CASE("the rail stands beside the text, and moves in a column as tall as it") {
    SampleWorld world;
    world.go("#/agreements/CNTR0000008");
    const auto& rail = world.page.key("main/rail").bounds;
    const auto& column = world.page.key("main/rail-column").bounds;
    CHECK(column.height > 2 * rail.height);
    for (const char* key : {"main/h1", "main/summary", "main/terms", "main/attachments"}) {
        const auto& text = world.page.key(key).bounds;
        CAPTURE(key);
        CHECK(text.x + text.width < rail.x);
        CHECK(text.y + text.height <= column.y + column.height);
    }
    for (const auto& node : world.page.nodes())
        if (node.role == Role::paragraph && node.key.starts_with("main/terms/standard-terms/text/"))
            CHECK(node.bounds.width <= 600);
}

TEST_CASE("each link of the contents names the heading that it leads to, with and without a rail") {
    SampleWorld world;
    for (const float width : {1280.0f, 800.0f}) {
        widen(world, width);
        world.go("#/agreements/CNTR0000008");
        const auto& contents = world.page.find(Role::navigation, "Contents of the terms");
        const auto links = semantics::find_all(world.page.nodes(), Role::link, {.inside = contents.key});
        CHECK(links.size() > 5);
        for (const auto* link : links) {
            CAPTURE(link->name);
            CHECK(world.page.key(link->value).name == link->name);
        }
        CHECK(is_in(world, contents.key, width > 1080 ? "main/rail" : "main/terms"));
    }
}

TEST_CASE("rarely used fields wait under More details") {
    SampleWorld world;
    world.go("#/agreements/CNTR0000008");
    // Those that the guide names are in sight.
    for (const char* name :
         {"Start Date", "Signature type", "Original Version", "Superseded Contract", "Contacts email addresses"})
        CHECK(world.page.has(Role::term, name));
    CHECK_FALSE(world.page.has(Role::term, "Issued"));
    CHECK(world.page.find(Role::button, "More details").expanded == semantics::Toggle::off);
    world.click(Role::button, "More details");
    for (const char* name : {"Issued", "Terms version"}) CHECK(world.page.has(Role::term, name));
    CHECK(world.page.find(Role::button, "More details").expanded == semantics::Toggle::on);
}

TEST_CASE("a comparison counts in one line, and leads from change to change with focus") {
    SampleWorld world;
    world.go("#/agreements/CNTR0000009/compare");
    const auto counts = world.page.words(world.page.key("main/counts"));
    CAPTURE(counts);
    CHECK(counts.starts_with("Clauses: "));
    CHECK(counts.find(" changed, ") != std::string::npos);
    const auto& row = world.page.find(Role::navigation, "Changes");
    const auto all = world.page.words(world.page.key(row.key + "/where"));
    const auto changes = all.substr(0, all.find(' '));
    CHECK(row.look.starts_with("kept"));
    world.click(Role::button, "Next change", row.key);
    CHECK(world.page.has(Role::status, "Change 1 of " + changes));
    const auto first = world.page.focused();
    CHECK(first.ends_with("/heading"));
    CHECK(world.page.output.reveal.value_or(first) == first);
    world.click(Role::button, "Next change");
    CHECK(world.page.has(Role::status, "Change 2 of " + changes));
    CHECK(world.page.focused() != first);
    world.click(Role::button, "Previous change");
    CHECK(world.page.focused() == first);
    world.click(Role::button, "Previous change");  // round to the last one
    CHECK(world.page.has(Role::status, "Change " + changes + " of " + changes));
}

TEST_CASE("both versions of a changed clause stand side by side where there is room") {
    SampleWorld world;
    world.go("#/agreements/CNTR0000009/compare");
    const auto side = [&](std::string_view which, std::size_t from = 0) -> const semantics::Node* {
        for (std::size_t i = from; i < world.page.nodes().size(); ++i)
            if (world.page.nodes()[i].key.ends_with(which)) return &world.page.nodes()[i];
        return nullptr;
    };
    const auto *before = side("/sides/before"), *after = side("/sides/after");
    REQUIRE(before != nullptr);
    REQUIRE(after != nullptr);
    CHECK(before->bounds.y == after->bounds.y);
    CHECK(before->bounds.x + before->bounds.width < after->bounds.x);
    for (const auto& node : world.page.nodes())
        for (const auto& run : node.runs) {
            if (run.inserted) CHECK(node.key.find("/sides/before/") == std::string::npos);
            if (run.deleted) CHECK(node.key.find("/sides/after/") == std::string::npos);
        }
    widen(world, 1000);
    CHECK(side("/sides/before") == nullptr);
}
