// What triangles draw badly and a shader draws well: soft shadows. The platform's graphics code does it where there is
// one.
//
//     GlEffects effects;              // platform/gl/effects.h, once a context is current
//     screen.use_effects(&effects);   // until then, and in tests, shadows are rings of triangles
//
// The calls come while ImGui's draw data is rendered (draw callbacks), with ImGui's blending on. The shaders are GLSL
// ES 3.00 from shaders/, embedded when the program is built.
#pragma once

#include <string_view>

namespace ca::ui {

struct SoftBox {  // CSS px of the canvas, colours 0..1
    float x = 0, y = 0, width = 0, height = 0;
    float radius = 0, blur = 0;
    float red = 0, green = 0, blue = 0, alpha = 0;
    float canvas_width = 0, canvas_height = 0;
};

class Effects {
public:
    virtual ~Effects() = default;
    virtual void soft_box(const SoftBox&) = 0;
};

std::string_view soft_box_vertex_shader();  // both begin with "#version 300 es"
std::string_view soft_box_fragment_shader();

}  // namespace ca::ui
