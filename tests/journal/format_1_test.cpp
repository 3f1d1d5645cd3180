// Journals of format 1, made by the program of November 2026 (format-1/README.md): they open, they are sound, they fold
// to what they folded to then, and they go on.
#include "journal/bundle.h"
#include "journal/canonical.h"
#include "journal/loading.h"
#include "journal/memory_medium.h"
#include "journal/samples.h"
#include "journal/segments.h"
#include "journal/store.h"
#include "support/unpacked.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <map>

using namespace ca;
using namespace ca::journal;
using namespace ca::journal::test;
using ca::test::unpacked;

namespace {

const std::string folder = CA_SOURCE_DIR "/tests/journal/format-1/";

// A row of another system, as it lay in a workspace when the digests were made: by its table and sys_id.
struct KeptRow {
    std::string table, sys_id, row;
    int position = 0;
    static void describe(auto&& member, auto& self) {
        member("table", self.table);
        member("sys_id", self.sys_id);
        member("row", self.row);
        member("position", self.position);
    }
};

std::map<std::string, KeptRow> by_name(const lifecycle::KeptRows& rows) {
    std::map<std::string, KeptRow> named;
    rows.for_each([&](const lifecycle::ServiceNowRow& row) {
        named[row.table + "/" + row.sys_id] = {row.table, row.sys_id, row.row, row.position};
        return true;
    });
    return named;
}

// Of the whole workspace, written in its canonical form.
std::string digest_of(const lifecycle::Workspace& workspace) {
    std::string text;
    CanonicalWriter writer{text};
    writer.open_object();
    const auto write = [&](std::string_view name, const auto& part) {
        if (name == "access") return;  // of shared workspaces, which came later
        if constexpr (std::is_same_v<std::decay_t<decltype(part)>, lifecycle::KeptRows>)
            writer.member(name, by_name(part));
        else writer.member(name, part);
    };
    lifecycle::Workspace::describe(write, workspace);
    writer.close_object();
    return sha256_hex(text);
}

constexpr std::string_view sample_digest = "8dbc45a95dad1e2a058ea8af01b39dfaa71c91a1ad6d0320f79b0972dd780208";
constexpr std::string_view export_digest = "422e2c8ff605d2352a1fab328c7a2f2dc823eda906db8247e8bb8b542123f2f3";

std::map<std::string, std::string> sample() {
    std::map<std::string, std::string> files;
    for (const auto& each : std::filesystem::directory_iterator(folder + "sample")) {
        files[std::string(segment_folder) + each.path().stem().string()] = unpacked(each.path().string());
    }
    return files;
}

}  // namespace

TEST_CASE("a workspace of format 1 is sound and folds to what it was") {
    const Loaded loaded = loaded_from(sample());
    CHECK_FALSE(loaded.damage.has_value());
    CHECK(loaded.log.size() == 120);
    CHECK(loaded.log.unread_lines().empty());
    CHECK(digest_of(loaded.log.workspace()) == sample_digest);
}

TEST_CASE("a workspace of format 1 goes on") {
    auto medium = std::make_unique<MemoryMedium>();
    auto& files = *medium;
    for (const auto& [name, text] : sample()) REQUIRE(files.write(name, text).has_value());
    Store store{std::move(medium), [] { return numbered_id(1); }};
    store.open([](Result<> opened) { CHECK(opened.has_value()); });
    store.commit(
        [](const lifecycle::Workspace&) -> Result<std::vector<lifecycle::Event>> {
            return std::vector{product_event("one-more")};
        },
        [](Result<Committed> done) { CHECK(done.has_value()); });

    const auto names = files.list();
    REQUIRE(names.has_value());
    Loaded again;
    REQUIRE(load(again, *names, [&](std::string_view name) { return files.read(name); }).has_value());
    CHECK_FALSE(again.damage.has_value());
    CHECK(again.log.size() == 121);
    CHECK(again.log.workspace() == store.log().workspace());
    CHECK(again.log.workspace().find_product("one-more") != nullptr);
}

TEST_CASE("a damaged workspace of format 1 is used up to its first bad event, which is named") {
    SUBCASE("changed bytes") {
        auto files = sample();
        auto& text = std::next(files.begin())->second;
        text.replace(text.find("\"at\":\"20") + 6, 4, "1999");  // in its first event
        const Loaded loaded = loaded_from(files);
        CHECK(loaded.first_bad == 41);
        CHECK(loaded.log.size() == 40);
        REQUIRE(loaded.damage.has_value());
        CHECK(loaded.damage->where == "event 41");
    }
    SUBCASE("a file cut short") {
        auto files = sample();
        auto& text = std::next(files.begin())->second;
        text.resize(text.size() - 10);
        const Loaded loaded = loaded_from(files);
        CHECK(loaded.first_bad == 80);
        CHECK(loaded.log.size() == 79);
    }
    SUBCASE("a missing file") {
        auto files = sample();
        files.erase(std::next(files.begin()));
        const Loaded loaded = loaded_from(files);
        CHECK(loaded.first_bad == 41);
        CHECK(loaded.log.size() == 40);
    }
}

TEST_CASE("a backup of format 1 is read, and is given out again to the byte") {
    const std::string backup = unpacked(folder + "export.backup.gz");
    WorkspaceLog log;
    const auto report = compare_bundle(log, backup);
    REQUIRE(report.has_value());
    CHECK(report->added.size() == 2'730);
    log.append(report->added);
    CHECK(digest_of(log.workspace()) == export_digest);
    CHECK(to_bundle(log) == backup);
}
