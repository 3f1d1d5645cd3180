// An imported agreement claims nothing that its record does not say: who was notified is not known here, on its page
// and on its paper.
#include "papers/agreement_pdf.h"
#include "documents/plain_text.h"
#include "support/portal_world.h"
#include "support/whole.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::test;

namespace {

constexpr std::string_view page_words =
    "Not known here: the agreement was imported, and its record does not say who was notified";
constexpr std::string_view paper_words = "Who was notified about this agreement is not known here";

std::string contract(int id, std::string_view state, std::string_view substate, std::string_view signature) {
    const std::string digit = std::to_string(id), account = "00000000000000000000000000000001";
    return R"({"sys_id":"0000000000000000000000000000010)" + digit +
           R"(","sys_class_name":"ast_contract","number":"CNTR000090)" + digit +
           R"(","short_description":"YZ001 - Birch Care","account":{"link":"https://i.example/)" + account +
           R"(","value":")" + account + R"("},"state":")" + std::string(state) + R"(","substate":")" +
           std::string(substate) + R"(","starts":"","ends":"","u_terms_version":"6.0","u_signature_type":")" +
           std::string(signature) + R"(","u_api_products":"PDS FHIR API","sys_created_on":"2026-02-01 09:00:00"})";
}

// Three that have gone out, and one that nobody was ever told of.
struct ImportedWorld : PortalWorld {
    ImportedWorld() : PortalWorld("2026-03-02T09:00:00Z") {
        go("#/data");
        page.give_files(
            "Import file",
            {{.name = "customer_account.json",
              .bytes =
                  R"({"result":[{"sys_id":"00000000000000000000000000000001","name":"Birch Care","u_ods_code":"YZ001","u_public_healthcare":"true"}]})"},
             {.name = "ast_contract.json",
              .bytes = "{\"result\":[" + contract(1, "draft", "under_review", "Accepted via Portal") + "," +
                       contract(2, "draft", "awaiting_review", "Accepted via Portal") + "," +
                       contract(3, "cancelled", "", "Auto Accepted") + "," +
                       contract(4, "cancelled", "", "Accepted via Portal") + "]}"}});
        look();
        click(Role::button, "Import 5 records");
        REQUIRE(kept().agreements.size() == 4);
        act_as("Agreement team");
    }
    std::string paper(const std::string& number) {
        const auto seen = whole(kept());
        return documents::to_plain_text(papers::agreement_pdf_document(seen, {store.log(), seen}, number).value());
    }
};

}  // namespace

TEST_CASE(
    "who was notified of an imported agreement that had gone out is not known here, on its page and on its paper") {
    ImportedWorld world;
    for (const std::string number : {"CNTR0000901", "CNTR0000903", "CNTR0000904"}) {
        CAPTURE(number);
        world.go("#/agreements/" + number);
        CHECK(world.says(page_words));
        CHECK_FALSE(world.says("Nobody has been notified"));
        const auto paper = world.paper(number);
        CHECK(paper.find(paper_words) != std::string::npos);
        CHECK(paper.find("Not known here") != std::string::npos);
        CHECK(paper.find("Nobody has been notified") == std::string::npos);
        CHECK(paper.find("Not yet issued") == std::string::npos);
    }
}

TEST_CASE("of one that is Awaiting Review it is known: nobody; and of those made here it is never unknown") {
    ImportedWorld world;
    world.go("#/agreements/CNTR0000902");
    CHECK(world.says("Nobody has been notified"));
    CHECK_FALSE(world.says(page_words));
    CHECK(world.paper("CNTR0000902").find("Nobody has been notified about this agreement yet.") != std::string::npos);
    CHECK(world.paper("CNTR0000902").find(paper_words) == std::string::npos);

    SampleWorld sample;
    for (const auto& [number, agreement] : sample.kept().agreements) {
        CAPTURE(number);
        sample.go("#/agreements/" + number);
        CHECK_FALSE(sample.says(page_words));
    }
}
