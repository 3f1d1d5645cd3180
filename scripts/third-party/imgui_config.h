// Dear ImGui's compile-time configuration, installed as its imconfig.h, so that the library and every file that
// includes it agree.
#pragma once

// The whole of Unicode; names and terms are not only of the basic plane.
#define IMGUI_USE_WCHAR32
// A page of text can pass 65,536 vertices, and WebGL 2 has no base vertex to split a list with.
#define ImDrawIdx unsigned int
// Nothing of the old API, nor of the demonstration, reaches a user.
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
