// Words of terms that would be lost are named where terms come in, and publishing asks.
#include "support/portal_world.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::test;

namespace {

constexpr const char* text =
    "# Nine\n\n## 1. Limits\n\n| Head | Cap |\n| --- | --- |\n| Delay | 5 pounds | unlimited |\n";

}  // namespace

TEST_CASE("publishing terms asks where words of the source would be lost, and names their lines") {
    SampleWorld world;
    world.go("#/team/terms");
    world.type(Role::textbox, "Version", "9.9");
    world.type(Role::textbox, "Title", "Nine");
    world.type(Role::textbox, "Standard terms", text);
    world.click(Role::button, "See what will change");
    CHECK(world.page.has(Role::table, "Words that would be lost"));
    CHECK(world.says("unlimited"));
    world.click(Role::button, "Publish terms");
    CHECK(world.page.has(Role::heading, "There is a problem"));
    CHECK_FALSE(world.page.has(Role::heading, "Terms published"));
    world.page.tick(Role::checkbox, "Publish without these words");
    world.look();
    world.click(Role::button, "Publish terms");
    CHECK(world.page.has(Role::heading, "Terms published"));
}

TEST_CASE("terms that cannot be read are refused before anything is published, with what is wrong with them") {
    const std::string merged =
        "<table><tr><th>A</th><th>B</th></tr><tr><td>x</td><td rowspan=\"2\">y</td></tr><tr><td>z</td></tr></table>\n";
    for (const auto& [field, broken] :
         std::vector<std::pair<std::string, std::string>>{{"Standard terms", "# Nine\n\n" + merged},
                                                          {"Acceptable use policy", "text &#x1; end"},
                                                          {"Published changes", merged}}) {
        CAPTURE(field);
        SampleWorld world;
        world.go("#/team/terms");
        world.type(Role::textbox, "Version", "9.9");
        world.type(Role::textbox, "Title", "Nine");
        world.type(Role::textbox, "Standard terms", "# Nine\n\n1.1 Five pounds.\n");
        world.type(Role::textbox, field, broken);
        world.click(Role::button, "See what will change");
        CHECK(world.page.has(Role::heading, "There is a problem"));
        CHECK(world.page.find(Role::textbox, field).error.starts_with("This text cannot be read. "));
        CHECK_FALSE(world.page.has(Role::button, "Publish terms"));
        world.type(Role::textbox, field, "# Mended\n\nWords.\n");
        world.click(Role::button, "See what will change");
        CHECK_FALSE(world.page.has(Role::heading, "There is a problem"));
        CHECK(world.page.has(Role::button, "Publish terms"));
    }
    SampleWorld world;
    world.go("#/team/products");
    world.type(Role::textbox, "Id", "nine");
    world.type(Role::textbox, "Name", "Nine");
    world.type(Role::textbox, "Special terms", merged);
    world.click(Role::button, "Register API product");
    CHECK(world.page.find(Role::textbox, "Special terms").error.starts_with("This text cannot be read. "));
    CHECK_FALSE(world.kept().find_product("nine"));
    world.go("#/data");
    world.page.give_files("Import file", {{.name = "standard-terms-9.9.md", .bytes = "text &#x1; end"}});
    world.look();
    CHECK(world.page.has(Role::heading, "There is a problem"));
    CHECK(world.says("standard-terms-9.9.md: This text cannot be read. "));
}

TEST_CASE("publishing sound terms asks nothing more") {
    SampleWorld world;
    world.go("#/team/terms");
    world.type(Role::textbox, "Version", "9.9");
    world.type(Role::textbox, "Title", "Nine");
    world.type(Role::textbox, "Standard terms", "# Nine\n\n## 1. Limits\n\n1.1 Five pounds.\n");
    world.click(Role::button, "See what will change");
    CHECK_FALSE(world.page.has(Role::checkbox, "Publish without these words"));
    world.click(Role::button, "Publish terms");
    CHECK(world.page.has(Role::heading, "Terms published"));
}

TEST_CASE("the dry run of an import names lines whose words would be lost") {
    SampleWorld world;
    world.go("#/data");
    world.page.give_files("Import file", {{.name = "standard-terms-9.9.md", .bytes = text}});
    world.look();
    CHECK(world.page.has(Role::table, "Words that would be lost"));
    CHECK(world.says("unlimited"));
}

TEST_CASE("the dry run of an import names characters that cannot be seen, and its lists turn nothing") {
    SampleWorld world;
    world.go("#/data");
    world.page.give_files("Import file",
                          {{.name = "customer_account.json",
                            .bytes = "{\"result\":[{\"sys_id\":\"00000000000000000000000000000001\",\"name\":\"Ltd "
                                     "\u202Egnp.exe\",\"u_ods_code\":\"YZ001\",\"u_public_healthcare\":\"true\"},"
                                     "{\"sys_id\":\"00000000000000000000000000000002\",\"name\":\"Other\",\"u_ods_"
                                     "code\":\"Y\u202EZ\",\"u_public_healthcare\":\"true\"}]}"}});
    world.look();
    const auto table = world.page.find(Role::table, "Characters that cannot be seen").key;
    CHECK(world.page.names(Role::row, table).size() >= 1);
    CHECK(world.says("U+202E"));
    CHECK(world.says("Ltd [U+202E]gnp.exe"));
    world.click(Role::button, "Save the list of refused records");
    REQUIRE(world.platform.saved.size() == 1);
    CHECK(world.platform.saved[0].bytes.find("[U+202E]") != std::string::npos);
    CHECK(world.platform.saved[0].bytes.find("\u202E") == std::string::npos);
}

TEST_CASE("an import again says which fields change, from what to what, and so does the history afterwards") {
    SampleWorld world;
    const auto give = [&](std::string name, std::string row) {
        world.go("#/data");
        world.page.give_files("Import file", {{.name = std::move(name), .bytes = "{\"result\":[" + row + "]}"}});
        world.look();
    };
    const auto agreement = [](const std::string& state) {
        return R"({"sys_id":"00000000000000000000000000000002","number":"CNTR0000900","short_description":"Other’s","account":)"
               R"("00000000000000000000000000000001","state":")" +
               state +
               R"(","u_signature_type":"Accepted via Portal","u_terms_version":"5.0",)"
               R"("sys_created_on":"2025-01-02 10:00:00","starts":"2025-01-02"})";
    };
    give(
        "customer_account.json",
        R"({"sys_id":"00000000000000000000000000000001","name":"Other","u_ods_code":"YZ1","u_public_healthcare":"true"})");
    world.click(Role::button, "Import 1 record");
    give("ast_contract.json", agreement("active"));
    CHECK_FALSE(world.says("one by one"));
    world.click(Role::button, "Import 1 record");
    give("ast_contract.json", agreement("expired"));
    world.click(Role::button, "1 field changes, one by one");
    const auto table = world.page.words(world.page.find(Role::table, "What changes"));
    CHECK(table.find("CNTR0000900") != std::string::npos);
    CHECK(table.find("Active") < table.find("Expired"));
    world.click(Role::button, "Import 1 record");
    world.go("#/agreements/CNTR0000900/history");
    CHECK(world.says("State was “Active” and became “Expired”."));
}
