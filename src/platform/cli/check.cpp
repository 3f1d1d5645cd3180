#include "platform/cli/check.h"

#include "platform/cli/kept_journal.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>

namespace ca::cli {
Exit check(const Call& call) {
    const auto name = call.option("--workspace");
    if (!name || !std::filesystem::is_directory(*name)) {
        std::cerr << (name ? "There is no folder " + *name + "." : "Say which workspace: --workspace DIR.") << '\n';
        return Exit::wrong_use;
    }
    const auto loaded = read_journal(*name, Reading::every_event);
    if (!loaded) {
        std::cerr << loaded.error().message << '\n';
        return Exit::refused;
    }

    nlohmann::ordered_json answer{{"events", loaded->log.size()}, {"sound", !loaded->damage}};
    if (!loaded->log.unread_lines().empty()) answer["unread"] = loaded->log.unread_lines().size();
    if (!loaded->quarantine.empty()) answer["set_aside"] = loaded->quarantine.size();
    if (loaded->damage) {
        answer["first_bad"] = {
            {"event", loaded->first_bad}, {"code", loaded->damage->code}, {"message", loaded->damage->message}};
        std::cerr << loaded->damage->message << '\n';
    }
    std::cout << answer.dump() << std::endl;
    return loaded->damage ? Exit::refused : Exit::done;
}

}  // namespace ca::cli
