#include "platform/web/canvas.h"

#include "platform/web/texture.h"

#include <emscripten/html5.h>
#include <imgui.h>
#include <shaders.h>

#include <cstddef>
#include <string_view>

namespace ca::platform {

namespace {

enum Attribute : GLuint { position, texel, colour };

constexpr GLenum index_type = sizeof(ImDrawIdx) == 4 ? GL_UNSIGNED_INT : GL_UNSIGNED_SHORT;

GLuint texture_of(ImTextureID id) { return static_cast<GLuint>(id); }

void compile_into(GLuint program, GLenum kind, std::string_view source) {
    const GLuint shader = glCreateShader(kind);
    const GLchar* text = source.data();
    const auto size = static_cast<GLint>(source.size());
    glShaderSource(shader, 1, &text, &size);
    glCompileShader(shader);
    glAttachShader(program, shader);
    glDeleteShader(shader);  // lives as long as the program
}

// 0: the driver does not take it.
GLuint make_program() {
    const GLuint program = glCreateProgram();
    compile_into(program, GL_VERTEX_SHADER, shaders::picture_vert);
    compile_into(program, GL_FRAGMENT_SHADER, shaders::picture_frag);
    glBindAttribLocation(program, position, "a_position");
    glBindAttribLocation(program, texel, "a_texel");
    glBindAttribLocation(program, colour, "a_colour");
    glLinkProgram(program);
    GLint linked = 0;
    glGetProgramiv(program, GL_LINK_STATUS, &linked);
    if (linked != 0) return program;
    glDeleteProgram(program);
    return 0;
}

const void* offset(std::size_t bytes) { return reinterpret_cast<const void*>(bytes); }

}  // namespace

struct Canvas::Context {
    EMSCRIPTEN_WEBGL_CONTEXT_HANDLE handle = 0;
    GLuint program = 0, vertices = 0, indices = 0, layout = 0;
    GLint map = -1;

    Context() = default;
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context() {
        if (handle > 0) emscripten_webgl_destroy_context(handle);  // and with it all that it holds
    }

    bool prepare() {
        program = make_program();
        if (program == 0) return false;
        map = glGetUniformLocation(program, "u_map");
        glGenBuffers(1, &vertices);
        glGenBuffers(1, &indices);
        glGenVertexArrays(1, &layout);
        glBindVertexArray(layout);
        glBindBuffer(GL_ARRAY_BUFFER, vertices);
        glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices);
        for (const Attribute attribute : {position, texel, colour}) glEnableVertexAttribArray(attribute);
        constexpr GLsizei stride = sizeof(ImDrawVert);
        glVertexAttribPointer(position, 2, GL_FLOAT, GL_FALSE, stride, offset(offsetof(ImDrawVert, pos)));
        glVertexAttribPointer(texel, 2, GL_FLOAT, GL_FALSE, stride, offset(offsetof(ImDrawVert, uv)));
        glVertexAttribPointer(colour, 4, GL_UNSIGNED_BYTE, GL_TRUE, stride, offset(offsetof(ImDrawVert, col)));
        // Nobody changes this.
        glEnable(GL_BLEND);
        glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
        glActiveTexture(GL_TEXTURE0);
        return true;
    }

    // What effects (platform/gl/effects.h) may have changed.
    void take_back() const {
        glUseProgram(program);
        glBindVertexArray(layout);
        glBindBuffer(GL_ARRAY_BUFFER, vertices);
        glEnable(GL_SCISSOR_TEST);
    }
};

Canvas::Canvas(std::unique_ptr<Context> context) : context_(std::move(context)) {}
Canvas::Canvas(Canvas&&) noexcept = default;
Canvas::~Canvas() = default;

Result<Canvas> Canvas::create() {
    const auto refused = [] { return fail("no_webgl", "This browser has no WebGL 2, so the HTML view is shown."); };
    EmscriptenWebGLContextAttributes attributes;
    emscripten_webgl_init_context_attributes(&attributes);
    attributes.majorVersion = 2;
    attributes.alpha = false;
    attributes.depth = false;
    attributes.stencil = false;
    attributes.antialias = false;  // ImGui's edges are smooth by themselves
    attributes.premultipliedAlpha = false;
    attributes.powerPreference = EM_WEBGL_POWER_PREFERENCE_LOW_POWER;
    attributes.enableExtensionsByDefault = false;  // none is needed, and each asks the driver and waits
    auto context = std::make_unique<Context>();
    context->handle = emscripten_webgl_create_context("#canvas", &attributes);
    if (context->handle <= 0) return refused();
    if (emscripten_webgl_make_context_current(context->handle) != EMSCRIPTEN_RESULT_SUCCESS || !context->prepare())
        return refused();
    Canvas canvas(std::move(context));
    canvas.take_up();
    return canvas;
}

void Canvas::take_up() {
    ImGuiIO& io = ImGui::GetIO();
    io.BackendRendererName = "portal";
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
}

void Canvas::let_go() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
        if (texture->TexID != ImTextureID_Invalid) free_texture(texture_of(texture->TexID));
}

// ImGui asks for its textures (of glyphs) to be made, written to and let go.
void Canvas::update(ImTextureData& texture) {
    switch (texture.Status) {
        case ImTextureStatus_WantCreate: {
            const GLuint made = make_texture();
            glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, texture.Width, texture.Height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                         texture.GetPixels());
            texture.SetTexID(made);
            texture.SetStatus(ImTextureStatus_OK);
            break;
        }
        case ImTextureStatus_WantUpdates:
            glBindTexture(GL_TEXTURE_2D, texture_of(texture.TexID));
            glPixelStorei(GL_UNPACK_ROW_LENGTH, texture.Width);
            for (const ImTextureRect& rect : texture.Updates)
                glTexSubImage2D(GL_TEXTURE_2D, 0, rect.x, rect.y, rect.w, rect.h, GL_RGBA, GL_UNSIGNED_BYTE,
                                texture.GetPixelsAt(rect.x, rect.y));
            glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
            texture.SetStatus(ImTextureStatus_OK);
            break;
        case ImTextureStatus_WantDestroy: {
            if (texture.UnusedFrames == 0) break;  // drawn in this frame
            free_texture(texture_of(texture.TexID));
            texture.SetTexID(ImTextureID_Invalid);
            texture.SetStatus(ImTextureStatus_Destroyed);
            break;
        }
        default: break;
    }
}

void Canvas::render(std::uint32_t background) {
    const ImDrawData* data = ImGui::GetDrawData();
    if (data == nullptr) return;
    if (data->Textures != nullptr)
        for (ImTextureData* texture : *data->Textures)
            if (texture->Status != ImTextureStatus_OK) update(*texture);
    const auto channel = [&](int shift) { return static_cast<float>(background >> shift & 0xff) / 255.0F; };
    glDisable(GL_SCISSOR_TEST);
    glClearColor(channel(24), channel(16), channel(8), 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
    draw(*data);
}

void Canvas::draw(const ImDrawData& data) {
    const float width = data.DisplaySize.x * data.FramebufferScale.x,
                height = data.DisplaySize.y * data.FramebufferScale.y;
    if (width <= 0 || height <= 0) return;
    glViewport(0, 0, static_cast<GLsizei>(width), static_cast<GLsizei>(height));
    context_->take_back();
    const float scale_x = 2 / data.DisplaySize.x, scale_y = -2 / data.DisplaySize.y;
    glUniform4f(context_->map, scale_x, scale_y, -1 - data.DisplayPos.x * scale_x, 1 - data.DisplayPos.y * scale_y);
    for (const ImDrawList* list : data.CmdLists) {
        glBufferData(GL_ARRAY_BUFFER, list->VtxBuffer.size_in_bytes(), list->VtxBuffer.Data, GL_STREAM_DRAW);
        glBufferData(GL_ELEMENT_ARRAY_BUFFER, list->IdxBuffer.size_in_bytes(), list->IdxBuffer.Data, GL_STREAM_DRAW);
        for (const ImDrawCmd& command : list->CmdBuffer) {
            if (command.UserCallback != nullptr) {
                if (command.UserCallback == ImDrawCallback_ResetRenderState) context_->take_back();
                else command.UserCallback(list, &command);
                continue;
            }
            const float left = (command.ClipRect.x - data.DisplayPos.x) * data.FramebufferScale.x;
            const float top = (command.ClipRect.y - data.DisplayPos.y) * data.FramebufferScale.y;
            const float right = (command.ClipRect.z - data.DisplayPos.x) * data.FramebufferScale.x;
            const float bottom = (command.ClipRect.w - data.DisplayPos.y) * data.FramebufferScale.y;
            if (right <= left || bottom <= top) continue;
            glScissor(static_cast<GLint>(left), static_cast<GLint>(height - bottom), static_cast<GLsizei>(right - left),
                      static_cast<GLsizei>(bottom - top));
            glBindTexture(GL_TEXTURE_2D, texture_of(command.GetTexID()));
            glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(command.ElemCount), index_type,
                           offset(command.IdxOffset * sizeof(ImDrawIdx)));
        }
    }
}

}  // namespace ca::platform
