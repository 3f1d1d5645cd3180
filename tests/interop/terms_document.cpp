#include "interop/terms_document.h"

#include "interop/tables.h"

using namespace ca;
using namespace ca::interop;
using namespace ca::interop::test;
using namespace ca::lifecycle;

namespace {
TermsDocument document(std::string_view name, std::string_view text) {
    auto const read = read_terms_document(name, text);
    REQUIRE(read.has_value());
    return *read;
}
TermsDocument real(const std::string& name) { return document(name, read_bytes(data + "terms/" + name)); }
}  // namespace

TEST_CASE("the real documents say what they are") {
    CHECK(real("standard-terms-1.md").part == TermsPart::standard_terms);
    CHECK(real("standard-terms-2.md").part == TermsPart::standard_terms);
    CHECK(real("acceptable-use-policy.md").part == TermsPart::acceptable_use_policy);
    CHECK(real("special-terms.md").part == TermsPart::special_terms);
    CHECK(!real("standard-terms-1.md").version);  // `versions:` of the front matter is another key
    CHECK(!real("standard-terms-1.md").title.empty());
    CHECK(real("standard-terms-1.md").markdown == read_bytes(data + "terms/standard-terms-1.md"));
}

TEST_CASE("front matter says version, part and title") {
    auto const said = document("x.md", "---\ntitle: \"Changes in 6.1\"\nversion: 6.1\npart: changes\n---\n# Words");
    CHECK(said.title == "Changes in 6.1");
    CHECK(said.version == "6.1");
    CHECK(said.part == TermsPart::changes);
    CHECK(document("x.md", "Words\n# Heading\n").title == "Heading");
    CHECK(document("Our terms.md", "Words").title == "Our terms");
    CHECK(document("x.md", "---\nversion: 9\n").version == std::nullopt);  // never closed
    CHECK(read_terms_document("x.md", "---\nversion: six\n---\n").error().code == "bad_version");
    CHECK(read_terms_document("x.md", " ").error().code == "not_markdown");
    CHECK(read_terms_document("x.md", "\xff").error().code == "not_markdown");
}

TEST_CASE("real terms give the imported versions their text, the oldest first") {
    auto workspace = imported(small_world());
    auto take = [&](const std::string& name) {
        auto const said = real(name);
        auto const version = suggest_version(workspace, said);
        REQUIRE(version.has_value());
        auto const plan = plan_terms(workspace, std::vector{said}, *version, "", now);
        REQUIRE(plan.has_value());
        for (auto const& event : plan->events) apply(workspace, event);
        return *version + (plan->changed ? " changed" : plan->fresh ? " fresh" : " same");
    };
    CHECK(take("standard-terms-1.md") == "6.0 changed");
    CHECK(take("standard-terms-1.md") == "6.0 same");
    CHECK(take("standard-terms-2.md") == "6.1 changed");
    CHECK(take("acceptable-use-policy.md") == "6.0 changed");
    CHECK(!workspace.find_terms("6.0")->imported_stub);
    CHECK(workspace.find_terms("6.0")->standard_terms == read_bytes(data + "terms/standard-terms-1.md"));
    CHECK(!workspace.find_terms("6.0")->acceptable_use_policy.empty());
    CHECK(workspace.terms.size() == 2);
}

TEST_CASE("which version is suggested") {
    auto const workspace = imported(small_world());
    CHECK(suggest_version(workspace, document("terms-6.1.md", "Words")) == "6.1");
    CHECK(suggest_version(workspace, document("Terms v6.1.md", "Words")) == "6.1");
    CHECK(suggest_version(workspace, document("terms.md", "Words")) == "6.0");
    CHECK(suggest_version({}, document("terms-7.2.md", "Words")) == "7.2");
    CHECK(suggest_version({}, document("terms.md", "Words")) == std::nullopt);
    CHECK(suggest_version({}, document("special-terms-1.md", "Words")) == std::nullopt);
    CHECK(suggest_version(workspace, document("README.md", "Real texts for tests")) == std::nullopt);
}

TEST_CASE("a text that is kept does not change") {
    auto workspace = imported(small_world());
    auto const first = plan_terms(workspace, std::vector{document("a.md", "One")}, "6.0", "Sixth", now);
    for (auto const& event : first->events) apply(workspace, event);
    CHECK(workspace.find_terms("6.0")->title == "Sixth");
    CHECK(plan_terms(workspace, std::vector{document("a.md", "Two")}, "6.0", "", now).error().code == "text_differs");
    CHECK(plan_terms(workspace, std::vector{document("a.md", "One")}, "6.0", "Other", now).error().code ==
          "title_differs");
    CHECK(plan_terms(workspace, std::vector{document("a.md", "One")}, "6.0", "Sixth", now)->same == 1);
    CHECK(plan_terms(workspace, std::vector{document("a.md", "One")}, "6.0", "", now)->same == 1);
    for (const char* again : {"6", "6.00", "06.0", "6.0.0"}) {
        CAPTURE(again);
        auto const plan = plan_terms(workspace, std::vector{document("a.md", "Two")}, again, "", now);
        REQUIRE_FALSE(plan.has_value());
        CHECK(plan.error().code == "same_version");
    }
    CHECK(plan_terms(workspace, std::vector{document("a.md", "Two"), document("b.md", "Three")}, "7.0", "", now)
              .error()
              .code == "part_twice");
    CHECK(plan_terms(workspace, std::vector{document("aup.md", "---\npart: acceptable-use-policy\n---\nBe nice")},
                     "7.0", "", now)
              .error()
              .code == "no_standard_terms");
    CHECK(plan_terms(workspace, std::vector{document("a.md", "Two")}, "seven", "", now).error().code == "bad_version");
    CHECK(plan_terms(workspace, std::vector{document("a.md", "Two")}, "7.0", "", now)->fresh == 1);
    CHECK(!std::get<TermsImported>(
               plan_terms(workspace, std::vector{document("a.md", "Two")}, "7.0", "", now)->events.at(0).body)
               .record.uplift);
}

TEST_CASE("a text whose lines only end otherwise is the same text, and is kept as it was") {
    auto workspace = imported(small_world());
    std::string const unix_ends = "# Terms\n\n1.1 One.\n\n1.2 Two.\n",
                      dos_ends = "# Terms\r\n\r\n1.1 One.\r\n\r\n1.2 Two.\r\n";
    auto const first = plan_terms(workspace, std::vector{document("a.md", unix_ends)}, "7.0", "", now);
    for (auto const& event : first->events) apply(workspace, event);
    CHECK(plan_terms(workspace, std::vector{document("a.md", dos_ends)}, "7.0", "", now)->same == 1);
    CHECK(suggest_version(workspace, document("again.md", dos_ends)) == "7.0");
    CHECK(plan_terms(workspace, std::vector{document("a.md", dos_ends + "\r\n")}, "7.0", "", now).error().code ==
          "text_differs");
    CHECK(workspace.find_terms("7.0")->standard_terms == unix_ends);
}

TEST_CASE("special terms belong to a product") {
    auto workspace = imported(small_world());
    auto const plan = plan_special_terms(workspace, real("special-terms.md"), "pds fhir api", now);
    REQUIRE(plan.has_value());
    CHECK(plan->changed == 1);
    for (auto const& event : plan->events) apply(workspace, event);
    CHECK(workspace.products.at("pds-fhir-api").special_terms == read_bytes(data + "terms/special-terms.md"));
    CHECK(plan_special_terms(workspace, real("special-terms.md"), "pds-fhir-api", now)->same == 1);
    CHECK(plan_special_terms(workspace, real("special-terms.md"), "nothing", now).error().code == "unknown_product");
    CHECK(plan_terms(workspace, std::vector{real("special-terms.md")}, "6.0", "", now).error().code == "special_terms");
    CHECK(document("x.md", "---\npart: special\nproduct: MESH\n---\n").product == "MESH");
}
