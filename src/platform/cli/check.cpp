#include "platform/cli/check.h"

#include "journal/folder.h"
#include "journal/segments.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace ca::cli {
namespace {

// Another program may fold files while this one, which holds no lock, reads them. What was read counts where the folder lists the
// same before and after; it says nothing, neither good nor bad, where files came or went meanwhile.
constexpr int attempts_max = 100;

Result<std::vector<std::string>> sorted_list(const journal::Folder& folder) {
    auto names = CA_TRY(folder.list());
    std::ranges::sort(names);
    return names;
}

Result<journal::Loaded> read_journal(const journal::Folder& folder) {
    for (int attempt = 1;; ++attempt) {
        journal::Loaded loaded;
        const auto before = CA_TRY(sorted_list(folder));
        const auto change = load(loaded, before, [&](std::string_view name) { return folder.read(name); });
        const bool stood_still = CA_TRY(sorted_list(folder)) == before;
        if (change && stood_still) return loaded;
        if (attempt < attempts_max) continue;
        if (!change) return std::unexpected(change.error());
        return fail("busy", "Another program keeps writing to this folder. Try again when it has finished.");
    }
}

}  // namespace

Exit check(const Call& call) {
    const auto name = call.option("--workspace");
    if (!name || !std::filesystem::is_directory(*name)) {
        std::cerr << (name ? "There is no folder " + *name + "." : "Say which workspace: --workspace DIR.") << '\n';
        return Exit::wrong_use;
    }
    const auto loaded = read_journal(journal::Folder{*name});
    if (!loaded) {
        std::cerr << loaded.error().message << '\n';
        return Exit::refused;
    }

    nlohmann::ordered_json answer{{"events", loaded->log.size()}, {"sound", !loaded->damage}};
    if (!loaded->log.unread_lines().empty()) answer["unread"] = loaded->log.unread_lines().size();
    if (!loaded->quarantine.empty()) answer["set_aside"] = loaded->quarantine.size();
    if (loaded->damage) {
        answer["first_bad"] = {{"event", loaded->first_bad},
                               {"code", loaded->damage->code},
                               {"message", loaded->damage->message}};
        std::cerr << loaded->damage->message << '\n';
    }
    std::cout << answer.dump() << std::endl;
    return loaded->damage ? Exit::refused : Exit::done;
}

}  // namespace ca::cli
