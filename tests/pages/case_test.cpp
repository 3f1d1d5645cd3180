// A case as a history: who wrote what, who reads it, and how its state changed.

#include "support/portal_world.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::test;

namespace {

// Entries and steps in the order in which they are read, each as its look and its words.
std::vector<std::string> history(const PortalWorld& world) {
    std::vector<std::string> all;
    for (const auto& node : world.page.nodes())
        if (node.look.starts_with("entry ")) all.push_back(node.look + ": " + world.page.words(node));
    return all;
}

}  // namespace

TEST_CASE(
    "customer, NHS England and work note are told apart in look and in words, with the changes of state between") {
    SampleWorld world;
    world.go("#/cases/CS0000010");
    world.type(Role::textbox, "Message", "It covers them.");
    world.click(Role::button, "Reply");
    bool theirs = false, ours = false, internal = false;
    for (const auto& entry : history(world)) {
        CAPTURE(entry);
        if (entry.starts_with("entry theirs")) {
            theirs = true;
            CHECK(entry.find("Customer") != std::string::npos);
        } else if (entry.starts_with("entry ours")) {
            ours = true;
            CHECK(entry.find("NHS England") != std::string::npos);
        } else if (entry.starts_with("entry internal")) {
            internal = true;
            CHECK(entry.find("Work note, not visible to the customer") != std::string::npos);
        }
    }
    CHECK(theirs);
    CHECK(ours);
    CHECK(internal);
    CHECK(history(world).front().starts_with("entry step: Opened"));
    world.act_as("Siân Powell");
    world.go("#/cases/CS0000010");
    for (const auto& entry : history(world)) CHECK_FALSE(entry.starts_with("entry internal"));
}

TEST_CASE("what each kind of entry does to the state is said before it is written, and told where it happened") {
    SampleWorld world;
    world.go("#/cases/CS0000010");
    const auto words = world.page.words(world.page.key("main/note/kinds"));
    CHECK(words.find("The case becomes Awaiting Info.") != std::string::npos);
    CHECK(words.find("The case becomes Resolved.") != std::string::npos);
    CHECK(words.find("The customer never sees it. The case stays ") != std::string::npos);
    world.type(Role::textbox, "Message", "Which environment is it?");
    world.click(Role::button, "Ask for information");
    CHECK(history(world).back().starts_with("entry step: The case became Awaiting Info, 2 March 2026"));
    world.act_as("Siân Powell");
    world.go("#/cases/CS0000010");
    CHECK(world.page.find(Role::textbox, "Add a note").hint.find("The case becomes Open.") != std::string::npos);
}
