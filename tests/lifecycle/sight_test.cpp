// What an actor is given of a workspace, and that what was cut out still fits together.
#include "lifecycle/sight.h"

#include "world.h"

using namespace ca;
using namespace ca::lifecycle;

namespace {

// Two accounts: YGA12 of world.h, and another with a contact and an agreement of its own.
struct TwoAccounts : World {
    Actor lee{Role::contact, "Lee@birch.example"};
    std::string own, other, own_case;

    TwoAccounts() {
        must("register_account", {{"ods_code", text("YGB34")}, {"name", text("Birch Care")}});
        must("register_contact",
             {{"account", text("YGB34")}, {"name", text("Lee Ash")}, {"email", text("Lee@birch.example")}});
        must("nominate", {{"account", text("YGB34")}, {"email", text("lee@birch.example")}});
        other =
            *must("create_agreement",
                  {{"account", text("YGB34")}, {"products", std::vector<std::string>{"eps"}}, {"terms", text("6.0")}})
                 .number;
        issue(other);
        own = create();
        issue(own);
        own_case = *must(jo, "raise_query", {{"number", own}, {"description", text("When?")}}).case_number;
    }
};

}  // namespace

TEST_CASE("the teams see everything, a contact its account, a visitor the names of accounts") {
    const TwoAccounts world;
    CHECK(Sight::of(world.workspace, world.team) == world.workspace);
    CHECK(Sight::of(world.workspace, {Role::product_team, "Products"}) == world.workspace);

    const auto jo = Sight::of(world.workspace, world.jo);
    CHECK(jo.accounts.size() == 1);
    CHECK(jo.contacts.size() == 1);
    CHECK(jo.agreements.size() == 1);
    CHECK(jo.find_agreement(world.own));
    CHECK_FALSE(jo.find_agreement(world.other));
    CHECK(jo.terms.size() == world.workspace.terms.size());
    REQUIRE(jo.accounts_to_choose().size() == 1);  // and is not told of the others
    CHECK(jo.accounts_to_choose().front().name == "Acme Health");

    const auto visitor = Sight::of(world.workspace, {});
    CHECK(visitor.accounts.empty());
    CHECK(visitor.agreements.empty());
    CHECK(visitor.notifications.empty());
    CHECK(visitor.accounts_to_choose().size() == 2);
    CHECK_FALSE(visitor.is_of_nobody());
    CHECK(Sight::of({}, {}).is_of_nobody());
}

TEST_CASE(
    "a notification is found by its place in the whole, and carries the entry that it carried there, whatever else is "
    "cut out") {
    TwoAccounts world;
    const auto text = World::text;
    world.must("watch", {{"case", world.own_case}, {"email", text("jo@acme.example")}});
    world.must("watch", {{"case", world.own_case}, {"email", text("lee@birch.example")}});
    world.must("work_note", {{"case", world.own_case}, {"text", text("Between us")}});
    world.must("reply", {{"case", world.own_case}, {"text", text("On Tuesday")}});
    world.must("work_note", {{"case", world.own_case}, {"text", text("Between us too")}});
    world.must("ask_for_info", {{"case", world.own_case}, {"text", text("Which one?")}});
    const auto& whole = world.workspace;
    const auto everything = Sight::of(whole, world.team);
    for (const auto& actor : {world.jo, world.lee, world.team}) {
        CAPTURE(actor.name);
        const auto seen = Sight::of(whole, actor);
        std::vector<std::string> carried;
        for (std::size_t i = 0; i < seen.notifications.size(); ++i) {
            const auto place = seen.place_of_notification(i);
            REQUIRE(place < whole.notifications.size());
            CHECK(seen.notification_at(place) == i);
            CHECK(seen.notifications[i].to == whole.notifications[place].to);
            const auto* here = seen.entry_carried_by(i);
            const auto* there = everything.entry_carried_by(place);
            REQUIRE((here == nullptr) == (there == nullptr));
            if (here) CHECK(*here == *there);
            if (here) carried.push_back(here->text);
        }
        if (actor.role == Role::contact) CHECK((carried == std::vector<std::string>{"On Tuesday", "Which one?"}));
        CHECK_FALSE(seen.notification_at(whole.notifications.size()));
    }
    // Lee watches a case of another account: it gets the copies that it was sent, and no more of the case.
    const auto lee = Sight::of(whole, world.lee);
    CHECK_FALSE(lee.find_case(world.own_case));
    const auto jo = Sight::of(whole, world.jo);
    const auto& activity = jo.find_case(world.own_case)->activity;
    CHECK(std::ranges::all_of(activity, &CaseEntry::visible_to_customer));
    CHECK(activity.size() + 2 == whole.find_case(world.own_case)->activity.size());
}

TEST_CASE("what is looked ahead to has the numbers that it will have") {
    TwoAccounts world;
    world.accept(world.own);
    world.publish("6.1", true);
    const auto seen = Sight::of(world.workspace, world.jo);
    const Instant later{world.now.seconds + 40 * 86'400};
    const auto of_own = [&](const std::vector<Event>& events) {
        std::vector<std::string> told;
        for (const auto& event : events)
            if (event.account == "YGA12") told.push_back(event.entity);
        return told;
    };
    CHECK_FALSE(due(seen, later).empty());
    CHECK(of_own(due(seen, later)) == of_own(due(world.workspace, later)));
}
