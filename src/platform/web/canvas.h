// The drawing surface: a WebGL 2 context on the page's canvas, and ImGui's draw data on it.
//
// Made without SDL, which the browser does not need: the page's elements give the events (web/src/happenings.ts), and a
// context is one call. Drawn by a renderer of its own instead of ImGui's: nobody else uses the context, so no state has
// to be read back and put right again, and each such reading would make the page wait for the graphics process. The
// page sizes and places the canvas; a lost context is the page's business too (web/src/view.ts).
#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>

struct ImDrawData;
struct ImTextureData;

namespace ca::platform {

class Canvas {
public:
    // Error no_webgl: this browser has no WebGL 2 to give. An ImGui context must be current; it is told that textures
    // can be made.
    static Result<Canvas> create();
    Canvas(Canvas&&) noexcept;
    ~Canvas();

    // Another ImGui context has become current, and draws on this from now on; before the one before it ends, what it
    // had made here is let go.
    void let_go();
    void take_up();

    // Renders what ImGui has, over a background (0xRRGGBBAA).
    void render(std::uint32_t background);

private:
    struct Context;  // what the graphics process holds for us
    explicit Canvas(std::unique_ptr<Context>);
    static void update(ImTextureData&);
    void draw(const ImDrawData&);

    std::unique_ptr<Context> context_;
};

}  // namespace ca::platform
