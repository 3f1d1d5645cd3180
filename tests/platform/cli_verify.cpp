// portal-cli verify, as it is called.
#include "base/sha256.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class Folder {
public:
    Folder() {
        auto pattern = (fs::temp_directory_path() / "portal-verify-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

struct Answer {
    int exit = -1;
    json value;
};

Answer cli(const std::string& arguments) {
    FILE* pipe = popen((std::string(CA_PORTAL_CLI) + " " + arguments + " 2>/dev/null").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string out;
    char buffer[4096];
    for (std::size_t got; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, got);
    int const status = pclose(pipe);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, out.empty() ? json() : json::parse(out)};
}

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("a real agreement, downloaded, is exact; changed, cut or foreign it is not") {
    Folder const here;
    std::string const data = "../shared/data/", workspace = " --workspace " + here / "w", pdf = here / "a.pdf";
    std::string tables;
    for (const char* table : {"customer_account", "customer_contact", "ast_contract", "sn_customerservice_case"}) tables += " " + data + "servicenow/" + table + ".json";
    REQUIRE(cli("import" + tables + workspace + " --at 2026-11-22T12:00:00Z").exit == 0);
    REQUIRE(cli("import " + data + "terms/standard-terms-1.md --terms-version 6.0" + workspace + " --at 2026-11-22T12:00:00Z").exit == 0);
    REQUIRE(cli("pdf CNTR0010322 " + pdf + workspace + " --at 2026-11-22T12:00:00Z").exit == 0);

    auto const exact = cli("verify " + pdf);
    CHECK(exact.exit == 0);
    CHECK(exact.value["verdict"] == "exact");
    CHECK(exact.value["number"] == "CNTR0010322");
    CHECK(exact.value["sha256"] == ca::sha256_hex(read(pdf)));
    CHECK(exact.value["pages"] > 10);
    CHECK(exact.value["events"] > 0);
    CHECK(exact.value["differences"].empty());

    auto const bytes = read(pdf);
    std::ofstream(here / "longer.pdf", std::ios::binary) << bytes << "\n%%EOF\n";
    auto const longer = cli("verify " + here / "longer.pdf");
    CHECK(longer.exit == 1);
    CHECK(longer.value["verdict"] == "differs");
    CHECK(longer.value["differences"][0]["where"] == "After its end");

    std::ofstream(here / "cut.pdf", std::ios::binary) << bytes.substr(0, bytes.size() / 2);
    CHECK(cli("verify " + here / "cut.pdf").exit == 1);
    CHECK(cli("verify " + here / "cut.pdf").value["verdict"] == "broken");

    REQUIRE(cli("terms " + data + "terms/acceptable-use-policy.md " + here / "policy.pdf").exit == 0);
    CHECK(cli("verify " + here / "policy.pdf").value["verdict"] == "not_ours");
    CHECK(cli("verify " + here / "policy.pdf").exit == 1);

    CHECK(cli("verify " + here / "absent.pdf").exit == 2);
    CHECK(cli("verify").exit == 2);
}

TEST_CASE("a copy that another program has saved again is told from one whose words were changed") {
    REQUIRE_MESSAGE(std::system("qpdf --version >/dev/null 2>&1") == 0, "qpdf is not here: scripts/setup pdf brings it");
    Folder const here;
    std::string const data = "../shared/data/", workspace = " --workspace " + here / "w";
    std::string tables;
    for (const char* table : {"customer_account", "customer_contact", "ast_contract"}) tables += " " + data + "servicenow/" + table + ".json";
    REQUIRE(cli("import" + tables + workspace + " --at 2026-11-22T12:00:00Z").exit == 0);
    REQUIRE(cli("pdf CNTR0010322 " + here / "a.pdf" + workspace + " --at 2026-11-22T12:00:00Z").exit == 0);
    REQUIRE(std::system(("qpdf --linearize " + here / "a.pdf" + " " + here / "b.pdf").c_str()) == 0);

    auto const again = cli("verify " + here / "b.pdf");
    CHECK(again.exit == 1);
    CHECK(again.value["verdict"] == "differs");
    REQUIRE(again.value["differences"].size() == 1);
    CHECK(again.value["differences"][0]["where"] == "The whole file");
    CHECK(again.value["differences"][0]["what"].get<std::string>().starts_with("It was saved again by another program"));
}
