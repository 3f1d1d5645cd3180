// Search: in every text that can be read here, each result with the place that it leads to.

#include "pages/text_search.h"
#include "support/portal_world.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::test;

namespace {

// The results under a heading of the results page: what each is called, and where it leads.
std::vector<std::pair<std::string, std::string>> found(const PortalWorld& world, const std::string& section) {
    std::vector<std::pair<std::string, std::string>> results;
    for (const Node* node : semantics::find_all(world.page.nodes(), Role::link, {.inside = "main/" + section}))
        results.emplace_back(semantics::name_of(world.page.nodes(), *node), node->href);
    return results;
}

// Follows the first result of a section and returns the heading that focus was led to.
std::string follow(PortalWorld& world, const std::string& search, const std::string& section) {
    world.go("#/search?q=" + pages::percent_encode(search));
    const auto results = found(world, section);
    if (results.empty()) throw std::runtime_error("nothing was found\n" + world.page.dump());
    world.go(results.front().second);
    const auto& place = world.page.key(world.page.focused());
    CHECK(place.role == Role::heading);
    return semantics::name_of(world.page.nodes(), place);
}

}  // namespace

TEST_CASE("search finds clauses of the terms and leads to them") {
    SampleWorld world;
    world.act_as("Jo Field");
    world.go("#/search?q=change%20management");
    const auto results = found(world, "terms");
    REQUIRE_FALSE(results.empty());
    for (const auto& [words, address] : results) {
        CHECK(words.find("Standard terms, version ") != std::string::npos);
        CHECK(address.find("/terms?section=standard-terms-") != std::string::npos);
    }
    CHECK(follow(world, "change management", "terms").find("Change") != std::string::npos);
}

TEST_CASE(
    "search finds words of the policy, the published changes, help and the accessibility statement, and leads to "
    "them") {
    SampleWorld world;
    world.act_as("Jo Field");
    CHECK(follow(world, "automated means", "policy") != "End User Organisation Acceptable Use Policy");
    CHECK(follow(world, "clause", "changes") != "Connection Agreement Published Changes");
    CHECK(follow(world, "awaiting review preparing", "information") == "Substate");
    CHECK(follow(world, "equality advisory", "information") == "Enforcement procedure");
    world.go("#/search?q=substate");
    CHECK(world.says("Substate, Help"));
    CHECK(world.says("“"));  // the words where they stand
}

TEST_CASE("search finds the pages of the teams for the teams alone") {
    SampleWorld world;
    world.act_as("Agreement team");
    world.go("#/search?q=outbox");
    CHECK(found(world, "pages").front().second == "#/team/outbox");
    world.act_as("Jo Field");
    world.go("#/search?q=outbox");
    CHECK(world.page.words().find("Outbox") == std::string::npos);
}

TEST_CASE("search forgets its words when its results are left, and has them again on coming back") {
    SampleWorld world;
    const auto field = [&] { return world.page.find(Role::searchbox, "Search").value; };
    world.type(Role::searchbox, "Search", "nomination");
    world.click(Role::button, "Search the portal");
    CHECK(world.platform.address == "#/search?q=nomination");
    CHECK(field() == "nomination");
    world.go("#/help");
    CHECK(field().empty());
    world.go("#/search?q=terms");
    CHECK(field() == "terms");
}

TEST_CASE("words of a text are found part by part, in any order, without case and accents") {
    using namespace documents;
    Blocks blocks{Heading{.level = 2, .text = plain("Café rules"), .id = "cafe"},
                  Paragraph{plain("Nobody brings a dog. Cats may come in.")},
                  Heading{.level = 2, .text = plain("Hours"), .id = "hours"}, Paragraph{plain("Open from nine.")}};
    const auto places = pages::find_in_text(blocks, pages::words_to_find("  CATS cafe"));
    REQUIRE(places.size() == 1);
    CHECK(places[0].heading == "Café rules");
    CHECK(places[0].id == "cafe");
    CHECK(places[0].around == "Nobody brings a dog. Cats may come in.");
    CHECK(pages::find_in_text(blocks, pages::words_to_find("cats nine")).empty());
}
