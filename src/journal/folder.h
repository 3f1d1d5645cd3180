// The files of a journal under one folder of a POSIX file system: what the directory medium and IDBFS (whose files are
// POSIX files of the program's own memory) have in common.
//
// A file appears whole or not at all: it is written beside its place, made safe (fsync) and renamed into it. Names are
// as in medium.h; files and folders whose names begin with a dot are none of ours.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace ca::journal {

class Folder {
public:
    explicit Folder(std::string root) : root_(std::move(root)) {}
    const std::string& root() const { return root_; }

    // Error code of all: storage_failed; the message has the system's own words.
    Result<> make() const;                          // the root, and the folders above it
    Result<std::vector<std::string>> list() const;  // empty where the root does not exist
    Result<std::string> read(std::string_view name) const;
    Result<> write(std::string_view name, std::string_view bytes) const;
    Result<> move(std::string_view from, std::string_view to) const;
    Result<> remove(std::string_view name) const;

private:
    std::string path(std::string_view name) const { return root_ + "/" + std::string(name); }
    std::string root_;
};

}  // namespace ca::journal
