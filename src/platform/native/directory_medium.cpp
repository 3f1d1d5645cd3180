#include "platform/native/directory_medium.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace ca::platform {
namespace {

constexpr std::string_view lock_name = "lock";
constexpr std::chrono::milliseconds lock_pause{5};

}  // namespace

DirectoryMedium::DirectoryMedium(std::string folder, int lock_wait_ms)
    : folder_(std::move(folder)), lock_wait_ms_(lock_wait_ms) {}

DirectoryMedium::~DirectoryMedium() { unlock(); }

Result<> DirectoryMedium::take_lock() {
    CA_TRY_VOID(folder_.make());
    const std::string path = folder_.root() + "/" + std::string(lock_name);
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0)
        return fail("storage_failed", "The file " + path + " cannot be opened: " + std::strerror(errno) + ".");
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(lock_wait_ms_);
    while (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        const bool is_held = errno == EWOULDBLOCK || errno == EINTR;
        if (!is_held || std::chrono::steady_clock::now() >= until) {
            const std::string why = std::strerror(errno);
            ::close(file);
            if (!is_held)
                return fail("storage_failed", "The folder " + folder_.root() + " cannot be locked: " + why + ".");
            return fail("busy",
                        "Another program is using the workspace in " + folder_.root() + " and has not let go of it.");
        }
        std::this_thread::sleep_for(lock_pause);
    }
    lock_file_ = file;
    return {};
}

void DirectoryMedium::lock(Done done) { done(take_lock()); }

void DirectoryMedium::unlock() {
    if (lock_file_ >= 0) ::close(lock_file_);  // which lets go of the lock
    lock_file_ = -1;
}

Result<std::vector<std::string>> DirectoryMedium::list() {
    auto names = CA_TRY(folder_.list());
    std::erase(names, lock_name);
    return names;
}

}  // namespace ca::platform
