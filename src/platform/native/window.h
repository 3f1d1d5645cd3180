// The desktop window: SDL and OpenGL around one Screen and one Portal.
//
// It scrolls the document itself (wheel, keys, the bar at the right), keeps focus, opens links, and takes files dropped
// on it. A frame is drawn when an event came or something asked for one; otherwise it sleeps.
//
//     return run_window({.workspace = folder, .fonts = fonts_folder, .address = "#/"});   // the program's exit code
#pragma once

#include "ui/theme.h"

#include <filesystem>
#include <string>

namespace ca::platform {

struct WindowOptions {
    std::filesystem::path workspace, fonts;
    std::string address = "#/";
    ui::Scheme scheme = ui::Scheme::light;
    int width = 1280, height = 900;  // CSS px
    int frames_max = 0;              // close after so many frames, for tests; 0: run until closed
};

int run_window(const WindowOptions&);

}  // namespace ca::platform
