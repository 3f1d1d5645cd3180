#version 300 es
// What ImGui has drawn: triangles in CSS px, each with a colour and a place in a texture of glyphs.
uniform vec4 u_map;  // CSS px to clip space: scale, then offset

in vec2 a_position;
in vec2 a_texel;
in vec4 a_colour;

out vec2 v_texel;
out vec4 v_colour;

void main() {
    v_texel = a_texel;
    v_colour = a_colour;
    gl_Position = vec4(a_position * u_map.xy + u_map.zw, 0.0, 1.0);
}
