// portal-cli import and export, as they are called: answers, exit codes, files.
#include "platform/portal_cli.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace {

using ca::test::bytes_of;
using ca::test::portal_cli;
using ca::test::Folder;
namespace fs = std::filesystem;
using nlohmann::json;

const std::string data = "../shared/data/";
const std::vector<std::string> tables = {"customer_account", "customer_contact", "ast_contract",
                                         "sn_customerservice_case"};
constexpr auto noon = " --at 2026-11-22T12:00:00Z";

void write(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

std::string real(const std::string& folder = "servicenow") {
    std::string names;
    for (auto const& table : tables) names += " " + data + folder + "/" + table + ".json";
    return names;
}

}  // namespace

TEST_CASE("the real export: dry run, import, again, export, back") {
    Folder const here;
    auto const workspace = " --workspace " + here / "w";
    auto const expected = json{{"new", 1153}, {"changed", 0}, {"same", 0}, {"refused", json::array()}, {"due", 17}};
    auto answer = portal_cli("import" + real() + workspace + " --dry-run" + noon);
    CHECK(answer.exit == 0);
    CHECK(answer.value() == expected);
    CHECK(!fs::exists(here / "w"));  // a dry run leaves nothing behind

    answer = portal_cli("import" + real() + workspace + noon);
    CHECK(answer.exit == 0);
    CHECK(answer.value() == expected);
    answer = portal_cli("import" + real() + workspace + noon);
    CHECK(answer.value()["same"] == 1153);
    CHECK(answer.value()["new"] == 0);
    CHECK(portal_cli("check" + workspace).value()["sound"] == true);

    // As of a time before anything fell due the files go out as they came in.
    answer = portal_cli("export" + workspace + " --servicenow " + here / "out" + " --at 2026-02-02T00:00:00Z");
    CHECK(answer.exit == 0);
    CHECK(answer.value() == json{{"written",
                                  {{"customer_account.json", 180},
                                   {"customer_contact.json", 349},
                                   {"ast_contract.json", 340},
                                   {"sn_customerservice_case.json", 284}}}});
    for (auto const& table : tables)
        CHECK(bytes_of(here / ("out/" + table + ".json")) == bytes_of(data + "servicenow/" + table + ".json"));

    CHECK(portal_cli("export" + workspace + " --backup " + here / "b.txt" + " --csv " + here / "l.csv" + noon).exit ==
          0);
    auto const csv = bytes_of(here / "l.csv");
    CHECK(std::count(csv.begin(), csv.end(), '\n') == 341);
    CHECK(portal_cli("export" + workspace + " --xlsx " + here / "l.xlsx" + noon).value()["written"][here / "l.xlsx"] ==
          340);
    CHECK(bytes_of(here / "l.xlsx").find(">01215280<") != std::string::npos);
    answer = portal_cli("import " + here / "b.txt" + " --workspace " + here / "copy");
    CHECK(answer.exit == 0);
    CHECK(answer.value()["new"] == portal_cli("check" + workspace).value()["events"]);
    CHECK(portal_cli("import " + here / "b.txt" + " --workspace " + here / "copy").value()["new"] == 0);
    portal_cli("export --workspace " + here / "copy" + " --servicenow " + here / "out2" + noon);
    portal_cli("export" + workspace + " --servicenow " + here / "out3" + noon);
    for (auto const& table : tables)
        CHECK(bytes_of(here / ("out2/" + table + ".json")) == bytes_of(here / ("out3/" + table + ".json")));
}

TEST_CASE("one by one, in the order of their names, with display values") {
    Folder const here;
    int refused = 0, fresh = 0;
    for (auto const* table : {"ast_contract", "customer_account", "customer_contact", "sn_customerservice_case"}) {
        auto const answer =
            portal_cli("import " + data + "servicenow-display/" + table + ".json --workspace " + here / "w" + noon);
        refused += static_cast<int>(answer.value()["refused"].size());
        fresh += answer.value()["new"].get<int>();
    }
    CHECK(refused == 30);  // the agreements, which then came in with their accounts
    CHECK(fresh == 20 + 34 + 30 + 26);
    CHECK(portal_cli("import" + real("servicenow-display") + " --workspace " + here / "w" + noon).value()["same"] ==
          110);
}

TEST_CASE("a broken file changes nothing and is refused") {
    Folder const here;
    auto const workspace = " --workspace " + here / "w";
    portal_cli("import" + real() + workspace + noon);
    auto const events = portal_cli("check" + workspace).value()["events"];
    auto const whole = bytes_of(data + "servicenow/ast_contract.json");
    for (auto const& bytes :
         {whole.substr(0, whole.size() / 2), std::string("no JSON"), std::string("{\"result\": 5}"), std::string()}) {
        write(here / "ast_contract.json", bytes);
        auto const answer = portal_cli("import " + here / "ast_contract.json" + " " + data +
                                       "servicenow-display/customer_account.json" + workspace + noon);
        CHECK(answer.exit == 1);
        auto const value = answer.value();
        CHECK(value["new"] == 0);
        REQUIRE(value["refused"].size() == 1);
        CHECK(value["refused"][0]["file"] == here / "ast_contract.json");
        CHECK(value["refused"][0]["position"].is_null());
        CHECK(!value["refused"][0]["reason"].get<std::string>().empty());
    }
    CHECK(portal_cli("check" + workspace).value()["events"] == events);
}

TEST_CASE("an unsound record is told by file, position and reason; the rest comes in") {
    Folder const here;
    auto table = json::parse(bytes_of(data + "servicenow/customer_account.json"));
    table["result"][4]["u_ods_code"] = "not a code";
    write(here / "a.json", table.dump());
    auto const answer = portal_cli("import " + here / "a.json" + " --workspace " + here / "w" + noon);
    CHECK(answer.exit == 0);
    auto const value = answer.value();
    CHECK(value["new"] == 179);
    REQUIRE(value["refused"].size() == 1);
    CHECK(value["refused"][0].size() == 3);
    CHECK(value["refused"][0]["position"] == 5);
    CHECK(value["refused"][0]["reason"].get<std::string>().find("not a code") != std::string::npos);
}

TEST_CASE("a mapping file, sound and not") {
    Folder const here;
    auto text = bytes_of(data + "servicenow/customer_account.json");
    for (std::size_t at; (at = text.find("u_ods_code")) != std::string::npos;) text.replace(at, 10, "u_code");
    write(here / "a.json", text);
    write(here / "map.json", R"({"tables": {"account": {"columns": {"ods_code": "u_code"}}}})");
    auto const call = "import " + here / "a.json" + " --workspace " + here / "w" + noon;
    CHECK(portal_cli(call + " --mapping " + here / "map.json").value()["new"] == 180);
    portal_cli("export --workspace " + here / "w" + " --servicenow " + here / "out" + noon);
    CHECK(bytes_of(here / "out/customer_account.json") == text);

    write(here / "map.json", R"({"tables": {"account": {"columns": {"odd": "u_code"}}}})");
    auto const bad = portal_cli(call + " --mapping " + here / "map.json");
    CHECK(bad.exit == 1);
    CHECK(bad.value()["refused"][0]["reason"].get<std::string>().find("no field “odd”") != std::string::npos);
}

TEST_CASE("real terms give imported versions their text") {
    Folder const here;
    auto const workspace = " --workspace " + here / "w";
    portal_cli("import" + real() + workspace + noon);
    auto const terms =
        "import " + data + "terms/standard-terms-1.md " + data + "terms/standard-terms-2.md" + workspace + noon;
    CHECK(portal_cli(terms).value()["changed"] == 2);
    CHECK(portal_cli(terms).value()["same"] == 2);
    auto const refused =
        portal_cli("import " + data + "terms/standard-terms-2.md --terms-version 6.0" + workspace + noon);
    CHECK(refused.exit == 1);
    CHECK(refused.value()["refused"][0]["position"] == 1);
}

TEST_CASE("wrong use") {
    Folder const here;
    auto const workspace = " --workspace " + here / "w";
    CHECK(portal_cli("import").exit == 2);
    CHECK(portal_cli("import" + real()).exit == 2);
    CHECK(portal_cli("import" + workspace).exit == 2);
    CHECK(portal_cli("import nowhere.json" + workspace).exit == 2);
    CHECK(portal_cli("import" + real() + workspace + " --wet-run").exit == 2);
    CHECK(portal_cli("import" + real() + workspace + " --mapping nowhere.json").exit == 2);
    CHECK(portal_cli("import" + real() + workspace + " --at yesterday").exit == 2);
    CHECK(portal_cli("export --servicenow " + here / "out").exit == 2);
    CHECK(portal_cli("export" + workspace + " --servicenow " + here / "out").exit == 2);
    fs::create_directory(here / "w");
    CHECK(portal_cli("export" + workspace).exit == 2);
    CHECK(!fs::exists(here / "out"));
}

TEST_CASE("a dry run names what cannot be seen in a value; the answer has the same keys as ever") {
    Folder const here;
    auto const workspace = " --workspace " + here / "w";
    auto const file = data + "faults/import-bidi-name.json";
    for (std::string const how : {" --dry-run", ""}) {
        auto const answer = portal_cli("import " + file + workspace + how + noon);
        CHECK(answer.exit == 0);
        CHECK(answer.value() == json{{"new", 1}, {"changed", 0}, {"same", 0}, {"refused", json::array()}, {"due", 0}});
        CHECK(answer.words.find("record 1 (YZ001): name holds U+202E") != std::string::npos);
        CHECK(answer.words.find("Ltd [U+202E]gnp.exe") != std::string::npos);
        CHECK(answer.words.find("\u202E") == std::string::npos);
    }
    portal_cli("export" + workspace + " --servicenow " + here / "out" + noon);
    CHECK(bytes_of(here / "out/customer_account.json") == bytes_of(file));
}

TEST_CASE("the PDF of an imported agreement says that who was notified is not known here") {
    ca::test::need("pdftotext");
    Folder const here;
    auto const workspace = " --workspace " + here / "w";
    portal_cli("import" + real() + workspace + noon);
    REQUIRE(portal_cli("pdf CNTR0010322 " + here / "a.pdf" + workspace + noon).exit == 0);
    auto const words = ca::test::run("pdftotext " + here / "a.pdf" + " - | tr -s '[:space:]' ' '").output;
    CHECK(words.find("Who was notified about this agreement is not known here") != std::string::npos);
    CHECK(words.find("Nobody has been notified") == std::string::npos);
}
