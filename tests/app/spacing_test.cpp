// One spacing scale (ui/theme.h), held over the bounds that pages emit: what stands below one another is as far apart
// as the scale has it, begins at one margin, and a heading is nearest to what it names.
#include "support/portal_world.h"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <map>
#include <set>

using namespace ca;
using ca::test::PortalWorld;
using semantics::Node;
using semantics::Role;

namespace {

bool is_seen(const Node& node) { return node.bounds.width > 1 && node.bounds.height > 1; }
float bottom_of(const Node& node) { return node.bounds.y + node.bounds.height; }
bool is_below(const Node& node, const Node& before) { return node.bounds.y >= bottom_of(before); }

// Beside the text of an agreement; it scrolls in itself, with room around it.
constexpr std::string_view rail = "main/contents";

// The parts of each container that stand below one another, in their order. (Cells of a row and what a toolbar holds
// stand beside one another, and wrap as they must; the footer stands at the window's foot.)
std::map<std::string, std::vector<const Node*>> stacks_in(const PortalWorld& world) {
    std::map<std::string, std::vector<const Node*>> stacks;
    for (const auto& node : world.page.nodes())
        if (is_seen(node) && node.key.starts_with("main/") && node.key != rail) stacks[node.parent].push_back(&node);
    std::erase_if(stacks, [](const auto& stack) {
        const auto& parts = stack.second;
        if (parts.front()->role == Role::cell || parts.front()->role == Role::row_header) return true;
        for (std::size_t i = 1; i < parts.size(); ++i)
            if (!is_below(*parts[i], *parts[i - 1])) return true;
        return parts.size() < 2;
    });
    return stacks;
}

constexpr float wide = 1280, narrow = 390;

void on_every_page(const std::function<void(const PortalWorld&, const std::string& where)>& look) {
    PortalWorld world(PortalWorld::starting_at("2026-03-02T09:00:00Z"), "#/");
    world.start_with_sample_data();
    for (const float width : {wide, narrow}) {
        world.page.input.width = width;
        for (const char* who : {"Agreement team", "Jo Field"}) {
            world.act_as(who);
            for (const char* place : {"#/",
                                      "#/agreements",
                                      "#/cases",
                                      "#/notifications",
                                      "#/nomination",
                                      "#/register",
                                      "#/data",
                                      "#/help",
                                      "#/accessibility",
                                      "#/verify",
                                      "#/changes",
                                      "#/agreements/CNTR0000008",
                                      "#/agreements/CNTR0000008/history",
                                      "#/cases/CS0000009",
                                      "#/team",
                                      "#/team/agreements/create",
                                      "#/team/requests",
                                      "#/team/accounts",
                                      "#/team/products",
                                      "#/team/terms",
                                      "#/team/outbox"}) {
                world.go(place);
                look(world, std::string(place) + " of " + who + " at " + std::to_string(static_cast<int>(width)));
            }
        }
    }
}

}  // namespace

TEST_CASE("what stands below one another is as far apart as the scale has it") {
    const std::set<long> scale{0, 2, 4, 8, 12, 16, 20, 24, 32, 40, 48, 64};
    std::size_t looked_at = 0;
    on_every_page([&](const PortalWorld& world, const std::string& where) {
        for (const auto& [parent, parts] : stacks_in(world))
            for (std::size_t i = 1; i < parts.size(); ++i) {
                const float gap = parts[i]->bounds.y - bottom_of(*parts[i - 1]);
                ++looked_at;
                CHECK_MESSAGE((std::abs(gap - std::round(gap)) < 0.51f && scale.contains(std::lround(gap))),
                              where << ": " << gap << " px from " << parts[i - 1]->key << " to " << parts[i]->key);
            }
    });
    CHECK(looked_at > 1500);
}

TEST_CASE("what stands below one another begins at one margin") {
    std::size_t looked_at = 0;
    on_every_page([&](const PortalWorld& world, const std::string& where) {
        for (const auto& [parent, parts] : stacks_in(world))
            for (const auto* part : parts) {
                ++looked_at;
                CHECK_MESSAGE(std::abs(part->bounds.x - parts.front()->bounds.x) < 0.51f,
                              where << ": " << part->key << " begins at " << part->bounds.x << ", "
                                    << parts.front()->key << " at " << parts.front()->bounds.x);
            }
    });
    CHECK(looked_at > 1500);
}

TEST_CASE("a heading is nearer to what it names than to what stands before it") {
    std::size_t looked_at = 0;
    on_every_page([&](const PortalWorld& world, const std::string& where) {
        for (const auto& [parent, parts] : stacks_in(world))
            for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
                if (parts[i]->role != Role::heading || parts[i]->level == 1) continue;
                const float above = parts[i]->bounds.y - bottom_of(*parts[i - 1]),
                            below = parts[i + 1]->bounds.y - bottom_of(*parts[i]);
                ++looked_at;
                CHECK_MESSAGE(below < above,
                              where << ": " << parts[i]->key << " has " << above << " above and " << below << " below");
            }
    });
    CHECK(looked_at > 50);
}
