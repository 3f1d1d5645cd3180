// The two real exports: everything comes in, and goes out as it came.
#include "interop/support.h"
#include "support/whole.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace ca;
using namespace ca::interop;
using namespace ca::interop::test;

TEST_CASE("the whole export comes in at once, nothing refused") {
    auto const plan = plan_import({}, real_files(), {}, now);
    REQUIRE(plan.broken.empty());
    for (auto const& each : plan.refused) MESSAGE(each.file, " ", each.position, " ", each.reason);
    CHECK(plan.refused.empty());
    CHECK(plan.fresh == 180 + 349 + 340 + 284);
    CHECK(plan.changed == 0);
    CHECK(plan.same == 0);
    CHECK(plan.due.size() == 17);

    auto const workspace = after({}, plan);
    CHECK(workspace.accounts.size() == 180);
    CHECK(workspace.contacts.size() == 349);
    CHECK(workspace.agreements.size() == 340);
    CHECK(workspace.cases.size() == 284);
    CHECK(workspace.last_agreement == 10340);  // L1: numbers go on above the highest imported
}

TEST_CASE("an untouched export goes out byte for byte, in both shapes") {
    for (std::string const folder : {"servicenow", "servicenow-display"}) {
        auto const files = real_files(folder);
        auto const out = export_servicenow(ca::test::whole(imported(files)));
        REQUIRE(out.size() == 4);
        for (std::size_t i = 0; i < 4; ++i) {
            CHECK(out[i].name == files[i].name);
            CHECK((out[i].bytes == files[i].bytes));
        }
    }
}

TEST_CASE("every order of files, one by one, ends in the same workspace") {
    auto files = real_files("servicenow-display");
    auto const together = without_arrival(imported(files));
    std::vector<std::size_t> order = {0, 1, 2, 3};
    do {
        lifecycle::Workspace workspace;
        for (auto const index : order) workspace = imported({files[index]}, workspace);
        CAPTURE(order[0]);
        CAPTURE(order[1]);
        CAPTURE(order[2]);
        CAPTURE(order[3]);
        CHECK((without_arrival(workspace) == together));
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("importing again changes nothing") {
    auto const files = real_files();
    auto const workspace = imported(files);
    auto const again = plan_import(workspace, files, {}, now);
    CHECK(again.events.empty());
    CHECK(again.same == 1153);
    CHECK(again.fresh + again.changed + again.refused.size() == 0);
}
