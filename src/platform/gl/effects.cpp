#include "platform/gl/effects.h"

#if defined(__EMSCRIPTEN__)
#include <GLES3/gl3.h>
#else
#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>
#endif

#include <string>

namespace ca::platform {

namespace {

std::string in_dialect(std::string_view source, Dialect dialect) {
    constexpr std::string_view first_line = "#version 300 es";
    if (dialect == Dialect::es_300 || !source.starts_with(first_line)) return std::string(source);
    return "#version 330 core" + std::string(source.substr(first_line.size()));
}

Result<GLuint> compile(GLenum kind, std::string_view source, Dialect dialect) {
    const std::string words = in_dialect(source, dialect);
    const GLchar* text = words.c_str();
    const GLuint shader = glCreateShader(kind);
    glShaderSource(shader, 1, &text, nullptr);
    glCompileShader(shader);
    GLint done = 0;
    glGetShaderiv(shader, GL_COMPILE_STATUS, &done);
    if (done != 0) return shader;
    char why[512] = {};
    glGetShaderInfoLog(shader, sizeof why, nullptr, why);
    glDeleteShader(shader);
    return fail("no_shader", why);
}

}  // namespace

Result<std::unique_ptr<GlEffects>> GlEffects::create(Dialect dialect) {
    const GLuint vertex = CA_TRY(compile(GL_VERTEX_SHADER, ui::soft_box_vertex_shader(), dialect));
    const auto fragment = compile(GL_FRAGMENT_SHADER, ui::soft_box_fragment_shader(), dialect);
    if (!fragment) {
        glDeleteShader(vertex);
        return std::unexpected(fragment.error());
    }
    std::unique_ptr<GlEffects> effects(new GlEffects);  // the constructor is private
    effects->program_ = glCreateProgram();
    glAttachShader(effects->program_, vertex);
    glAttachShader(effects->program_, *fragment);
    glLinkProgram(effects->program_);
    glDeleteShader(vertex);
    glDeleteShader(*fragment);
    GLint done = 0;
    glGetProgramiv(effects->program_, GL_LINK_STATUS, &done);
    if (done == 0) return fail("no_shader", "The driver did not link the program.");
    const auto place = [&](const char* name) { return glGetUniformLocation(effects->program_, name); };
    effects->places_ = {place("u_area"),   place("u_canvas"), place("u_box"),
                        place("u_radius"), place("u_blur"),   place("u_colour")};
    glGenVertexArrays(1, &effects->corners_);
    return effects;
}

GlEffects::~GlEffects() {
    glDeleteVertexArrays(1, &corners_);
    glDeleteProgram(program_);
}

void GlEffects::soft_box(const ui::SoftBox& box) {
    const float reach = box.blur;
    glUseProgram(program_);
    glBindVertexArray(corners_);
    glDisable(GL_SCISSOR_TEST);  // ImGui's own state comes back after this call
    glUniform4f(places_.area, box.x - reach, box.y - reach, box.x + box.width + reach, box.y + box.height + reach);
    glUniform2f(places_.canvas, box.canvas_width, box.canvas_height);
    glUniform4f(places_.box, box.x + box.width / 2, box.y + box.height / 2, box.width / 2, box.height / 2);
    glUniform1f(places_.radius, box.radius);
    glUniform1f(places_.blur, box.blur);
    glUniform4f(places_.colour, box.red, box.green, box.blue, box.alpha);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

}  // namespace ca::platform
