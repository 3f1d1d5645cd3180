// What an agreement says of its state at its top: by the state, and not by who reads it.

#include "support/portal_world.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::test;

TEST_CASE("a Cancelled agreement says when, why and what to do, the same to everybody") {
    SampleWorld world;
    for (const char* person : {"Agreement team", "API product team", "Grace Whitlock"}) {
        CAPTURE(person);
        world.act_as(person);
        world.go("#/agreements/CNTR0000007");
        const auto words = world.page.words(world.page.key("main/ended"));
        CHECK(words.starts_with(
            "Cancelled at midnight at the end of 22 September 2025. Nobody accepted it in its 90 days."));
        CHECK(words.find("ask the NHS England API product onboarding team to arrange a new one") != std::string::npos);
        CHECK(world.page.words(world.page.key("main/acceptance")).find("Only an onboarding contact") ==
              std::string::npos);
        CHECK(world.page.words(world.page.key("main/acceptance"))
                  .find("It is Cancelled and cannot be accepted. Nobody accepted it in its 90 days.") !=
              std::string::npos);
    }
}

TEST_CASE("an Expired agreement names the one that took its place, or how it was ended") {
    SampleWorld world;
    world.go("#/agreements/CNTR0000001");
    CHECK(world.page.words(world.page.key("main/ended")).find("CNTR0000009 took its place.") != std::string::npos);
    CHECK(world.page.words(world.page.key("main/ended")).find("The agreement in force is CNTR0000009.") !=
          std::string::npos);
    world.go("#/agreements/CNTR0000004");
    CHECK(world.page.words(world.page.key("main/ended")).find("Harrow Vale no longer uses any API product.") !=
          std::string::npos);
}

TEST_CASE("whoever cannot accept reads so at the top, with who can") {
    SampleWorld world;
    for (const char* person : {"Agreement team", "Grace Whitlock"}) {
        CAPTURE(person);
        world.act_as(person);
        world.go("#/agreements/CNTR0000008");
        const auto words = world.page.words(world.page.key("main/who-accepts"));
        CHECK(words.find("You cannot accept this agreement.") != std::string::npos);
        CHECK(words.find("Pennine Care Records Ltd has no onboarding contact") != std::string::npos);
    }
    CHECK(world.page.words(world.page.key("main/who-accepts"))
              .find("To become one, complete the Supplier Onboarding Contact Nomination.") != std::string::npos);
    world.act_as("Agreement team");
    world.go("#/agreements/CNTR0000015");
    CHECK(world.page.words(world.page.key("main/who-accepts")).find("can: Amina Yusuf.") != std::string::npos);
    world.act_as("Amina Yusuf");
    world.go("#/agreements/CNTR0000015");
    CHECK_FALSE(world.shows("You cannot accept this agreement."));
}

TEST_CASE("a termination is told at the top while the agreement is still Active") {
    SampleWorld world;
    world.go("#/agreements/CNTR0000013");
    world.click(Role::button, "Terminate");
    CHECK(world.says("Who is told"));
    CHECK(world.page.words(world.page.key("main/team-actions/form")).find("Oluwaseun Bello") != std::string::npos);
    world.type(Role::textbox, "Day", "31");
    world.type(Role::textbox, "Month", "3");
    world.type(Role::textbox, "Year", "2026");
    world.type(Role::textbox, "Reason", "Kestrel closes.");
    world.click(Role::button, "Terminate agreement");
    world.act_as("Oluwaseun Bello");
    world.go("#/agreements/CNTR0000013");
    const auto words = world.page.words(world.page.key("main/ending"));
    CHECK(words.find("This agreement ends at midnight at the end of 31 March 2026.") != std::string::npos);
    CHECK(words.find("The reason given: Kestrel closes.") != std::string::npos);
}

TEST_CASE("a reset and days that the clock stood still are explained to the supplier") {
    SampleWorld world;
    world.act_as("Håkon Lie");
    world.go("#/agreements/CNTR0000012");
    CHECK(
        world.says("The agreement team reset the review on 18 February 2026: that day became day 1, and all 30 days "
                   "ran anew from it."));
    world.act_as("Agreement team");
    world.go("#/agreements/CNTR0000010");
    world.click(Role::button, "Resume review");
    world.act_as("Meera Nair");
    world.go("#/agreements/CNTR0000010");
    CHECK(world.says("The clock stood still for 22 days. They do not count: the last day moved from"));
    CHECK_FALSE(world.says("(Rule"));
}

TEST_CASE("a terms change names clause 8.5 and leads to the published changes, the comparison and the full terms") {
    SampleWorld world;
    world.act_as("Meera Nair");
    world.go("#/agreements/CNTR0000010");
    const auto key = world.page.key("main/terms-change").key;
    CHECK(world.page.words(world.page.key(key)).find("clause 8.5") != std::string::npos);
    for (const char* name : {"Connection Agreement Published Changes", "what changed clause by clause", "full terms"}) {
        CAPTURE(name);
        CHECK(world.page.words(world.page.key(key)).find(name) != std::string::npos);
    }
    world.go("#/agreements/CNTR0000010/compare");
    CHECK(world.says("clause 8.5"));
}
