// The drawing surface: a WebGL 2 context on the page's canvas, and ImGui's draw data on it.
//
// Made without SDL, which the browser does not need: the page's elements give the events (web/src/happenings.ts), and a context is one
// call. The page sizes and places the canvas; a lost context is the page's business too (web/src/view.ts).
#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>

namespace ca::platform {

class Canvas {
public:
    // Error no_webgl: this browser has no WebGL 2 to give. An ImGui context must be current.
    static Result<Canvas> create();
    Canvas(Canvas&&) noexcept;
    ~Canvas();

    void prepare();  // before the frame's widgets
    // Renders what ImGui has, over a background (0xRRGGBBAA).
    void render(std::uint32_t background);

private:
    struct Backend;  // ImGui's renderer
    explicit Canvas(std::unique_ptr<Backend>);
    std::unique_ptr<Backend> backend_;
};

}  // namespace ca::platform
