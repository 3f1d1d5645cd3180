#include "platform/cli/kept_journal.h"

#include "journal/folder.h"

#include <algorithm>

namespace ca::cli {
namespace {

constexpr int attempts_max = 100;

Result<std::vector<std::string>> sorted_list(const journal::Folder& folder) {
    auto names = CA_TRY(folder.list());
    std::ranges::sort(names);
    return names;
}

}  // namespace

Result<journal::Loaded> read_journal(const std::string& path, Reading reading) {
    const journal::Folder folder{path};
    auto names = CA_TRY(sorted_list(folder));
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        if (auto again = CA_TRY(sorted_list(folder)); again != names) {
            names = std::move(again);
            continue;
        }
        auto files = names;
        if (reading == Reading::every_event)
            std::erase_if(files, [](const std::string& name) { return name.starts_with(journal::snapshot_folder); });
        journal::Loaded loaded;
        const auto read = load(loaded, std::move(files), [&](std::string_view name) { return folder.read(name); });
        if (read) return loaded;
        // It is still there, and cannot be read: that is no other program's doing.
        if (CA_TRY(sorted_list(folder)) == names) return std::unexpected(read.error());
    }
    return fail("busy", "Another program keeps writing to the folder " + path + ". Try again when it has finished.");
}

std::string files_set_aside(std::size_t count) {
    return "Files set aside in the folder quarantine, because they held events that are not sound: " +
           std::to_string(count) + ".";
}

std::vector<std::string> warnings(const journal::Loaded& loaded) {
    std::vector<std::string> words;
    if (loaded.damage) words.push_back(loaded.damage->message);
    if (!loaded.log.unread_lines().empty())
        words.push_back("A newer version of the portal has written here. What it wrote is left out: " +
                        std::to_string(loaded.log.unread_lines().size()) + " of the events, from event " +
                        std::to_string(loaded.log.size() + 1) + " on. (" + loaded.log.unread_why() + ")");
    if (!loaded.quarantine.empty()) words.push_back(files_set_aside(loaded.quarantine.size()));
    return words;
}

}  // namespace ca::cli
