// portal-cli verify, as it is called.
#include "base/sha256.h"
#include "platform/portal_cli.h"

namespace {

using ca::test::bytes_of;
using ca::test::portal_cli;
using ca::test::Folder;

}  // namespace

TEST_CASE("a real agreement, downloaded, is exact; changed, cut or foreign it is not") {
    Folder const here;
    std::string const data = "../shared/data/", workspace = " --workspace " + here / "w", pdf = here / "a.pdf";
    std::string tables;
    for (const char* table : {"customer_account", "customer_contact", "ast_contract", "sn_customerservice_case"})
        tables += " " + data + "servicenow/" + table + ".json";
    REQUIRE(portal_cli("import" + tables + workspace + " --at 2026-11-22T12:00:00Z").exit == 0);
    REQUIRE(portal_cli("import " + data + "terms/standard-terms-1.md --terms-version 6.0" + workspace +
                       " --at 2026-11-22T12:00:00Z")
                .exit == 0);
    REQUIRE(portal_cli("pdf CNTR0010322 " + pdf + workspace + " --at 2026-11-22T12:00:00Z").exit == 0);

    auto const exact = portal_cli("verify " + pdf);
    CHECK(exact.exit == 0);
    CHECK(exact.value()["verdict"] == "exact");
    CHECK(exact.value()["number"] == "CNTR0010322");
    CHECK(exact.value()["sha256"] == ca::sha256_hex(bytes_of(pdf)));
    CHECK(exact.value()["pages"] > 10);
    CHECK(exact.value()["events"] > 0);
    CHECK(exact.value()["differences"].empty());

    auto const bytes = bytes_of(pdf);
    auto const longer = portal_cli("verify " + here.save("longer.pdf", bytes + "\n%%EOF\n"));
    CHECK(longer.exit == 1);
    CHECK(longer.value()["verdict"] == "differs");
    CHECK(longer.value()["differences"][0]["where"] == "After its end");

    auto const cut = portal_cli("verify " + here.save("cut.pdf", bytes.substr(0, bytes.size() / 2)));
    CHECK(cut.exit == 1);
    CHECK(cut.value()["verdict"] == "broken");

    REQUIRE(portal_cli("terms " + data + "terms/acceptable-use-policy.md " + here / "policy.pdf").exit == 0);
    CHECK(portal_cli("verify " + here / "policy.pdf").value()["verdict"] == "not_ours");
    CHECK(portal_cli("verify " + here / "policy.pdf").exit == 1);

    CHECK(portal_cli("verify " + here / "absent.pdf").exit == 2);
    CHECK(portal_cli("verify").exit == 2);
}

TEST_CASE("a copy that another program has saved again is told from one whose words were changed") {
    ca::test::need("qpdf");
    Folder const here;
    std::string const data = "../shared/data/", workspace = " --workspace " + here / "w";
    std::string tables;
    for (const char* table : {"customer_account", "customer_contact", "ast_contract"})
        tables += " " + data + "servicenow/" + table + ".json";
    REQUIRE(portal_cli("import" + tables + workspace + " --at 2026-11-22T12:00:00Z").exit == 0);
    REQUIRE(portal_cli("pdf CNTR0010322 " + here / "a.pdf" + workspace + " --at 2026-11-22T12:00:00Z").exit == 0);
    REQUIRE(ca::test::run("qpdf --linearize " + here / "a.pdf" + " " + here / "b.pdf").status == 0);

    auto const again = portal_cli("verify " + here / "b.pdf");
    CHECK(again.exit == 1);
    CHECK(again.value()["verdict"] == "differs");
    REQUIRE(again.value()["differences"].size() == 1);
    CHECK(again.value()["differences"][0]["where"] == "The whole file");
    CHECK(again.value()["differences"][0]["what"].get<std::string>().starts_with(
        "It was saved again by another program"));
}
