#include "ui/effects.h"

#include <shaders.h>

namespace ca::ui {

std::string_view soft_box_vertex_shader() { return shaders::soft_box_vert; }
std::string_view soft_box_fragment_shader() { return shaders::soft_box_frag; }

}  // namespace ca::ui
