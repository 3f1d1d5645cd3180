#version 300 es
// A rectangle in pixels of the canvas, without buffers: the corners come from the vertex's number.
precision highp float;

uniform vec4 u_area;    // left, top, right, bottom: CSS px of the canvas
uniform vec2 u_canvas;  // its size in CSS px

out vec2 v_position;

void main() {
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    v_position = mix(u_area.xy, u_area.zw, corner);
    vec2 clip = v_position / u_canvas * 2.0 - 1.0;
    gl_Position = vec4(clip.x, -clip.y, 0.0, 1.0);
}
