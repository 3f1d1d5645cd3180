// Turns ImGui's draw data into a PNG without a window or a graphics card: for looking at pages.
//
// Triangles with a bilinear texture look-up and source-over blending, as ImGui's own back ends do; draw callbacks
// (shaders) are left out. Slow (about a second a megapixel) and used by nobody but the snapshot programs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

struct ImDrawData;

namespace ca::test {

struct Image {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgba;
};

Image rasterise(const ImDrawData& data, int width, int height);
std::string to_png(const Image&);  // stored, not compressed

}  // namespace ca::test
