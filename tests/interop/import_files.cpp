#include "interop/import_files.h"

#include "interop/tables.h"

using namespace ca;
using namespace ca::interop;
using namespace ca::interop::test;

TEST_CASE("an export and real terms in one go") {
    auto files = real_files();
    for (std::string const name : {"acceptable-use-policy.md", "standard-terms-1.md", "standard-terms-2.md"})
        files.insert(files.begin(), {name, read_bytes(data + "terms/" + name)});
    auto const plan = plan_files({}, files, {}, now);
    REQUIRE(plan.broken.empty());
    CHECK(plan.refused.empty());
    CHECK(plan.fresh == 1153);
    CHECK(plan.changed == 3);
    CHECK(plan.notes.size() == 3);
    auto const workspace = after({}, plan);
    CHECK(!workspace.find_terms("6.0")->imported_stub);
    CHECK(!workspace.find_terms("6.1")->imported_stub);
    CHECK(!workspace.find_terms("6.0")->acceptable_use_policy.empty());
    auto const again = plan_files(workspace, files, {}, now);
    CHECK(again.events.empty());
    CHECK(again.same == 1156);
}

TEST_CASE("one file that cannot be read, and nothing changes") {
    auto files = small_world();
    files.push_back({"photo.bin", std::string("\x89PNG\0\0", 6)});
    auto plan = plan_files({}, files, {}, now);
    REQUIRE(plan.broken.size() == 1);
    CHECK(plan.broken[0].file == "photo.bin");
    CHECK(plan.events.empty());
    files.back() = {"backup.json", "{\"backup\":\"connection-agreements\"}\n"};
    plan = plan_files({}, files, {}, now);
    REQUIRE(plan.broken.size() == 1);
    CHECK(plan.broken[0].reason.find("on its own") != std::string::npos);
    files.pop_back();
    CHECK(plan_files({}, files, {.mapping_text = "{"}, now).broken.size() == 1);
}

TEST_CASE("terms documents that nobody can place are refused, the rest comes in") {
    auto files = small_world();
    files.push_back({"special-terms.md", "# Special terms"});
    auto const plan = plan_files({}, files, {}, now);
    CHECK(plan.fresh == 6);
    REQUIRE(plan.refused.size() == 1);
    CHECK(plan.refused[0].file == "special-terms.md");
    CHECK(plan.refused[0].reason.find("product:") != std::string::npos);
    CHECK(plan_files({}, files, {.product = "MESH"}, now).refused.empty());

    std::vector<File> const alone = {{"terms.md", "# Terms\nWords."}};
    CHECK(plan_files({}, alone, {}, now).refused.size() == 1);
    auto const said = plan_files({}, alone, {.terms_version = "7.0", .terms_title = "Seven"}, now);
    CHECK(said.fresh == 1);
    CHECK(after({}, said).find_terms("7.0")->title == "Seven");
}
