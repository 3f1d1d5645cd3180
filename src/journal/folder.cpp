#include "journal/folder.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace ca::journal {
namespace {

std::unexpected<Error> failed(std::string_view doing, std::string_view path) {
    return fail("storage_failed", "The file system could not " + std::string(doing) + " " + std::string(path) + ": " +
                                      std::strerror(errno) + ".");
}

class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    explicit operator bool() const { return value_ >= 0; }
    int get() const { return value_; }
    bool close() { return ::close(std::exchange(value_, -1)) == 0; }

private:
    int value_;
};

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

Result<> make_folders(const std::string& path) {
    struct stat known {};
    if (stat(path.c_str(), &known) == 0) {
        if (S_ISDIR(known.st_mode)) return {};
        errno = ENOTDIR;
        return failed("use as a folder", path);
    }
    if (const std::string above = folder_of(path); above != path) CA_TRY_VOID(make_folders(above));
    if (mkdir(path.c_str(), 0777) != 0 && errno != EEXIST) return failed("make the folder", path);
    return {};
}

// A new name in a folder is safe only once the folder itself is. (IDBFS keeps files elsewhere, and cannot.)
Result<> make_names_safe([[maybe_unused]] const std::string& folder) {
#ifndef __EMSCRIPTEN__
    const Descriptor open_folder{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!open_folder || fsync(open_folder.get()) != 0) return failed("make safe", folder);
#endif
    return {};
}

Result<> list_into(std::vector<std::string>& names, const std::string& folder, const std::string& prefix) {
    const std::unique_ptr<DIR, int (*)(DIR*)> open_folder{opendir(folder.c_str()), closedir};
    if (!open_folder) {
        if (errno == ENOENT) return {};
        return failed("list", folder);
    }
    while (const dirent* entry = readdir(open_folder.get())) {
        const std::string name = entry->d_name;
        if (name.starts_with(".")) continue;
        struct stat known {};
        if (stat((folder + "/" + name).c_str(), &known) != 0) {
            if (errno == ENOENT) continue;  // taken away since the folder was opened: another program folds files
            return failed("look at", folder + "/" + name);
        }
        if (S_ISREG(known.st_mode)) names.push_back(prefix + name);
        if (S_ISDIR(known.st_mode) && prefix.empty()) CA_TRY_VOID(list_into(names, folder + "/" + name, name + "/"));
    }
    return {};
}

}  // namespace

Result<> Folder::make() const { return make_folders(root_); }

Result<std::vector<std::string>> Folder::list() const {
    std::vector<std::string> names;
    CA_TRY_VOID(list_into(names, root_, ""));
    return names;
}

Result<std::string> Folder::read(std::string_view name) const {
    const std::string from = path(name);
    const Descriptor file{::open(from.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file) return failed("read", from);
    std::string bytes;
    struct stat about {};
    if (::fstat(file.get(), &about) == 0 && about.st_size > 0)
        bytes.reserve(
            static_cast<std::size_t>(about.st_size));  // grown step by step, a long one is copied over and over
    std::array<char, 65'536> part{};
    while (true) {
        const ssize_t count = ::read(file.get(), part.data(), part.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failed("read", from);
        if (count == 0) return bytes;
        bytes.append(part.data(), static_cast<std::size_t>(count));
    }
}

Result<> Folder::write(std::string_view name, std::string_view bytes) const {
    const std::string to = path(name);
    const std::string folder = folder_of(to);
    CA_TRY_VOID(make_folders(folder));
    const std::string beside = folder + "/.new";
    Descriptor file{::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)};
    if (!file) return failed("write", beside);
    while (!bytes.empty()) {
        const ssize_t count = ::write(file.get(), bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) {
            const auto why = failed("write", beside);
            (void)::unlink(beside.c_str());  // or it would keep the room that is missing
            return why;
        }
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    if (fsync(file.get()) != 0 || !file.close()) return failed("make safe", beside);
    if (std::rename(beside.c_str(), to.c_str()) != 0) return failed("write", to);
    CA_TRY_VOID(make_names_safe(folder));
    return make_names_safe(root_);
}

Result<> Folder::move(std::string_view from, std::string_view to) const {
    const std::string target = path(to);
    CA_TRY_VOID(make_folders(folder_of(target)));
    if (std::rename(path(from).c_str(), target.c_str()) != 0) return failed("move", path(from));
    CA_TRY_VOID(make_names_safe(folder_of(target)));
    return make_names_safe(folder_of(path(from)));
}

Result<> Folder::remove(std::string_view name) const {
    const std::string gone = path(name);
    if (unlink(gone.c_str()) != 0) return failed("remove", gone);
    return make_names_safe(folder_of(gone));
}

}  // namespace ca::journal
