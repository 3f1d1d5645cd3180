// portal: the Connection Agreements portal as a desktop window, on a journal in a folder of this machine.
#include "platform/native/window.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace {

constexpr const char* usage =
    "portal [--workspace FOLDER] [--address ADDRESS] [--dark]\n"
    "\n"
    "  --workspace FOLDER   the journal to open (default: connection-agreements in the user's data folder)\n"
    "  --address ADDRESS    the page to open first, such as '#/agreements'\n"
    "  --dark               light words on a dark ground\n"
    "  --frames N           close after N frames\n";

std::filesystem::path default_workspace() {
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0')
        return std::filesystem::path(data) / "connection-agreements";
    if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0')
        return std::filesystem::path(home) / ".local/share/connection-agreements";
    return "connection-agreements";
}

}  // namespace

int main(int count, char** words) {
    ca::platform::WindowOptions options{.workspace = default_workspace(), .fonts = CA_FONTS_DIR};
    for (int i = 1; i < count; ++i) {
        const std::string_view word = words[i];
        const bool has_value = i + 1 < count;
        if (word == "--dark") {
            options.scheme = ca::ui::Scheme::dark;
        } else if (word == "--workspace" && has_value) {
            options.workspace = words[++i];
        } else if (word == "--address" && has_value) {
            options.address = words[++i];
        } else if (word == "--frames" && has_value) {
            options.frames_max = std::atoi(words[++i]);
        } else if (word == "--help") {
            std::fputs(usage, stdout);
            return 0;
        } else {
            std::fprintf(stderr, "Not understood: %s\n\n%s", words[i], usage);
            return 2;
        }
    }
    std::error_code error;
    std::filesystem::create_directories(options.workspace, error);
    if (error) {
        std::fprintf(stderr, "%s cannot be made: %s\n", options.workspace.c_str(), error.message().c_str());
        return 1;
    }
    return ca::platform::run_window(options);
}
