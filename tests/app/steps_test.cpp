// What is much goes on in steps: an import that can be cancelled until it is written, a publication, and a day on which
// much falls due.
#include "interop/servicenow.h"
#include "support/made_export.h"
#include "support/portal_world.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::test;
using semantics::Role;

namespace {

constexpr std::size_t agreements = 400;

struct ImportWorld : PortalWorld {
    ImportWorld() : PortalWorld("2026-11-22T12:00:00Z", "#/data") {
        look();
        page.frames_max = 500;
        std::vector<semantics::ChosenFile> files;
        for (auto& [name, text] : made_export(7, agreements)) files.push_back({.name = name, .bytes = std::move(text)});
        page.give_files("Import file", std::move(files));
        look();
    }
    // Presses, and takes so many steps of what follows.
    void begin(std::string_view button, int steps) {
        page.click(Role::button, button);
        for (glance(); steps > 0 && !platform.tasks.empty(); --steps) {
            turn();
            glance();
        }
    }
    std::string import_button() const {
        for (const auto& name : page.names(Role::button))
            if (name.starts_with("Import ")) return name;
        return {};
    }
};

}  // namespace

TEST_CASE("An import shows how far it is, and is cancelled as long as nothing of it is written") {
    ImportWorld world;
    REQUIRE(world.import_button() == "Import 1,600 records");
    world.begin("Import 1,600 records", 6);
    REQUIRE(world.page.names(Role::progress).size() == 1);
    CHECK(world.page.names(Role::progress)[0].starts_with("Importing"));
    CHECK(world.kept().agreements.empty());

    world.click(Role::button, "Cancel the import");
    CHECK(world.kept().agreements.empty());
    CHECK(world.says("The import was cancelled. Nothing was imported."));
    CHECK_FALSE(world.page.has(Role::heading, "Importing"));

    world.click(Role::button, "Import 1,600 records");
    CHECK(world.kept().agreements.size() == agreements);
    CHECK(world.says("Imported 1,600 records"));
}

TEST_CASE("What others recorded meanwhile is not lost by an import, nor it by them") {
    ImportWorld world;
    world.begin("Import 1,600 records", 4);
    bool is_kept = false;
    world.store.commit(
        [](const lifecycle::Workspace&) -> Result<std::vector<lifecycle::Event>> {
            return std::vector{lifecycle::Event{.at = *parse_instant("2026-11-22T12:00:00Z"),
                                                .by = {lifecycle::Role::agreement_team, "Priya"},
                                                .account = "",
                                                .entity = "beside",
                                                .body = lifecycle::ProductRegistered{"beside", "Beside", ""}}};
        },
        [&](Result<journal::Committed> done) { is_kept = done.has_value(); });
    CHECK_FALSE(is_kept);  // it waits for its turn
    world.look();
    CHECK(is_kept);
    CHECK(world.kept().find_product("beside") != nullptr);
    CHECK(world.kept().agreements.size() == agreements);
}

TEST_CASE("On a day on which much falls due nothing is shown until everything is as of now, and that is told") {
    ImportWorld world;
    world.click(Role::button, "Import 1,600 records");
    const lifecycle::ask::PublishTerms terms{
        .version = "9.0", .title = "Ninth", .standard_terms = "# Terms", .uplift = true};
    world.store.commit(
        [&](const lifecycle::Workspace& fresh) -> Result<std::vector<lifecycle::Event>> {
            return CA_TRY(lifecycle::decide(fresh, terms, {lifecycle::Role::agreement_team, "Priya"}, fresh.now))
                .events;
        },
        [](Result<journal::Committed> done) { REQUIRE(done.has_value()); });
    world.go("#/team/agreements");
    const auto due_by = [&](std::string_view day) { return lifecycle::due_count(world.kept(), *parse_instant(day)); };
    REQUIRE(due_by("2027-02-01T12:00:00Z") > 250);
    const std::size_t before = world.store.log().size();

    world.platform.clock = *parse_instant("2027-02-01T12:00:00Z");
    world.platform.frame_wanted = true;
    world.glance();
    REQUIRE(world.page.names(Role::progress).size() == 1);
    CHECK(world.page.names(Role::progress)[0].starts_with("Bringing agreements up to date: 0 of "));
    CHECK_FALSE(world.page.has(Role::heading, "Connection Agreements of all accounts"));
    world.look();
    CHECK(world.page.has(Role::heading, "Connection Agreements of all accounts"));
    CHECK(due_by("2027-02-01T12:00:00Z") == 0);
    CHECK(world.store.log().size() > before);
}

TEST_CASE("An import goes on while another page is shown, is found again where it was begun, and its end is told") {
    ImportWorld world;
    world.begin("Import 1,600 records", 4);
    world.platform.set_address("#/help", false);
    world.portal.open_address("#/help");
    world.glance();
    world.platform.set_address("#/data", false);
    world.portal.open_address("#/data");
    world.glance();
    REQUIRE(world.page.names(Role::progress).size() == 1);
    CHECK(world.page.has(Role::button, "Cancel the import"));
    world.look();
    CHECK(world.kept().agreements.size() == agreements);
    CHECK(world.says("The import has ended"));
    CHECK(world.page.names(Role::progress).empty());
}
