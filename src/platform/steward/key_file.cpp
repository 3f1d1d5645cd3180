#include "platform/steward/key_file.h"

#include "journal/canonical.h"
#include "platform/native/random_id.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace ca::steward {
namespace {

struct Text {
    std::string workspace, steward, visitor, secret;
    static void describe(auto&& member, auto& self) {
        member("workspace", self.workspace);
        member("steward", self.steward);
        member("visitor", self.visitor);
        member("secret", self.secret);
    }
};

std::string random_seed() { return platform::random_id() + platform::random_id(); }

}  // namespace

Result<KeyFile> read_key_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail("wrong_use", "The key file " + path + " cannot be read. --make-key FILE makes one.");
    std::ostringstream bytes;
    bytes << file.rdbuf();
    std::string line = std::move(bytes).str();
    while (line.ends_with('\n')) line.pop_back();
    journal::CanonicalReader reader{line};
    Text text;
    reader.read(text);
    reader.expect_end();
    const auto steward = sharing::key_pair(text.steward), visitor = sharing::key_pair(text.visitor);
    if (reader.failed() || !steward || !visitor || text.secret.size() != 64 || text.workspace.size() != 32)
        return fail("wrong_use", "The file " + path + " is not a steward’s key file.");
    return KeyFile{
        .house = {.workspace = text.workspace, .secret = text.secret}, .steward = *steward, .visitor = *visitor};
}

Result<> make_key_file(const std::string& path) {
    std::string line;
    journal::CanonicalWriter{line}.write(Text{.workspace = platform::random_id(),
                                              .steward = random_seed(),
                                              .visitor = random_seed(),
                                              .secret = random_seed()});
    line += '\n';
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0 && errno == EEXIST)
        return fail("exists", "There is a key file at " + path + " already; it stays as it is.");
    if (file < 0)
        return fail("storage_failed", "The key file cannot be made: " + std::string(std::strerror(errno)) + ".");
    const bool is_written =
        ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && ::fsync(file) == 0;
    ::close(file);
    if (!is_written)
        return fail("storage_failed", "The key file cannot be written: " + std::string(std::strerror(errno)) + ".");
    return {};
}

}  // namespace ca::steward
