#include "platform/native/desktop_platform.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

namespace fs = std::filesystem;
using namespace ca::platform;

struct Folder {
    fs::path path =
        fs::temp_directory_path() / ("portal-desktop-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)));
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }
    Folder(const Folder&) = delete;
};

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("settings are there again the next time, whatever is in them") {
    const Folder folder;
    const fs::path file = folder.path / "deep" / "settings";
    {
        Settings settings(file);
        CHECK(settings.get("actor").empty());
        REQUIRE(settings.set("actor", "priya.shah@example.nhs.uk").has_value());
        REQUIRE(settings.set("odd\tname", "two\nlines \\ and a\ttab").has_value());
        REQUIRE(settings.set("actor", "sam@example.com").has_value());
    }
    const Settings again(file);
    CHECK(again.get("actor") == "sam@example.com");
    CHECK(again.get("odd\tname") == "two\nlines \\ and a\ttab");
}

TEST_CASE("back and forward go as in a browser") {
    History history;
    CHECK_FALSE(history.back());
    history.go("#/agreements");
    history.go("#/agreements");  // the same page again is no step
    history.go("#/cases");
    CHECK(history.back());
    CHECK(history.here() == "#/agreements");
    CHECK(history.forward());
    CHECK(history.here() == "#/cases");
    CHECK_FALSE(history.forward());
    CHECK(history.back());
    history.go("#/help");  // what was ahead is gone
    CHECK_FALSE(history.forward());
    history.replace("#/data");
    CHECK(history.here() == "#/data");
    CHECK(history.back());
    CHECK(history.here() == "#/agreements");
}

TEST_CASE("a download never writes over another, nor outside its folder") {
    const Folder folder;
    const auto first = write_download(folder.path, "CNTR0000001.pdf", "one"),
               second = write_download(folder.path, "CNTR0000001.pdf", "two");
    REQUIRE(first.has_value());
    REQUIRE(second.has_value());
    CHECK(second->filename() == "CNTR0000001 (2).pdf");
    CHECK(read(*first) == "one");
    CHECK(read(*second) == "two");
    const auto sly = write_download(folder.path, "../../etc/sly.txt", "x");
    REQUIRE(sly.has_value());
    CHECK(sly->parent_path() == folder.path);
    CHECK_FALSE(write_download(folder.path / "missing", "a.txt", "x").has_value());
}
