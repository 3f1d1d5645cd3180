// A folder that another program writes to: what goes while it is listed is not there, and no error.
#include "journal/folder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

using namespace ca::journal;

TEST_CASE("a folder can be listed while files in it come and go") {
    std::string pattern = (std::filesystem::temp_directory_path() / "portal-folder-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);  // of this run alone: two may run at once
    const std::filesystem::path root = pattern;
    std::filesystem::create_directories(root / "events");
    std::ofstream(root / "events" / "stays") << "kept";
    std::atomic<bool> stop = false;
    std::thread writer([&] {
        while (!stop) {
            for (int i = 0; i < 8; ++i) std::ofstream(root / "events" / ("goes-" + std::to_string(i))) << i;
            for (int i = 0; i < 8; ++i) std::filesystem::remove(root / "events" / ("goes-" + std::to_string(i)));
        }
    });
    std::size_t failed = 0, without = 0;
    for (int look = 0; look < 2000; ++look) {
        const auto names = Folder(root.string()).list();
        if (!names) ++failed;
        else if (std::find(names->begin(), names->end(), "events/stays") == names->end()) ++without;
    }
    stop = true;
    writer.join();
    std::filesystem::remove_all(root);
    CHECK(failed == 0);
    CHECK(without == 0);
}
