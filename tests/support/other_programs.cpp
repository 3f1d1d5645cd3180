#include "support/other_programs.h"

#include <doctest/doctest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace ca::test {

Outcome run(const std::string& command) {
    Outcome outcome;
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> buffer{};
    while (std::size_t const count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        if (outcome.output.size() < 1000000) outcome.output.append(buffer.data(), count);
    }
    int const status = pclose(pipe);
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return outcome;
}

std::string complaints(const std::string& command) { return run("{ " + command + " 2>&1 1>/dev/null; }").output; }

void need(const std::string& program) {
    REQUIRE_MESSAGE(run("command -v " + program).status == 0, program << " is not here: scripts/setup pdf brings it");
}

Folder::Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "portal-test-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
}

Folder::~Folder() { std::filesystem::remove_all(path_); }

std::string Folder::save(const std::string& name, const std::string& bytes) const {
    std::string const path = *this / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
}

}  // namespace ca::test
