#include "journal/memory_medium.h"

namespace ca::journal {
namespace {

std::unexpected<Error> no_such_file(std::string_view name) {
    return fail("storage_failed", "There is no file " + std::string(name) + ".");
}

}  // namespace

Result<std::vector<std::string>> MemoryMedium::list() {
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files_) names.push_back(name);
    return names;
}

Result<std::string> MemoryMedium::read(std::string_view name) {
    const auto found = files_.find(name);
    if (found == files_.end()) return no_such_file(name);
    return found->second;
}

Result<> MemoryMedium::write(std::string_view name, std::string_view bytes) {
    files_.insert_or_assign(std::string(name), std::string(bytes));
    return {};
}

Result<> MemoryMedium::move(std::string_view from, std::string_view to) {
    auto file = files_.extract(files_.find(from));
    if (!file) return no_such_file(from);
    file.key() = std::string(to);
    files_.insert(std::move(file));
    return {};
}

Result<> MemoryMedium::remove(std::string_view name) {
    const auto found = files_.find(name);
    if (found == files_.end()) return no_such_file(name);
    files_.erase(found);
    return {};
}

}  // namespace ca::journal
