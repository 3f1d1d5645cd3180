#version 300 es
// The shadow of a box with round corners: full under the box, falling off smoothly over `u_blur` outside it.
precision highp float;

uniform vec4 u_box;     // centre x and y, half width, half height: CSS px
uniform float u_radius;
uniform float u_blur;
uniform vec4 u_colour;  // not premultiplied

in vec2 v_position;
out vec4 colour;

float distance_to_box(vec2 at, vec2 half_size, float radius) {
    vec2 beyond = abs(at) - half_size + radius;
    return length(max(beyond, 0.0)) + min(max(beyond.x, beyond.y), 0.0) - radius;
}

void main() {
    float outside = distance_to_box(v_position - u_box.xy, u_box.zw, u_radius);
    float fall = 1.0 - smoothstep(-0.5 * u_blur, u_blur, outside);
    colour = vec4(u_colour.rgb, u_colour.a * fall * fall);
}
