// Files in and out for the subcommands. What cannot be read or written is an error in words that names the file.
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace ca::cli {

Result<std::string> read_file(const std::filesystem::path&);
// Whole or not at all: a file that was there before stays until the new one is complete.
Result<> write_file(const std::filesystem::path&, std::string_view bytes);

}  // namespace ca::cli
