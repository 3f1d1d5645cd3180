#include "platform/web/canvas.h"

#include <GLES3/gl3.h>
#include <emscripten/html5.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

namespace ca::platform {

struct Canvas::Backend {
    EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context = 0;
    explicit Backend(EMSCRIPTEN_WEBGL_CONTEXT_HANDLE handle) : context(handle) {}
    Backend(const Backend&) = delete;
    Backend& operator=(const Backend&) = delete;
    ~Backend() {
        ImGui_ImplOpenGL3_Shutdown();
        emscripten_webgl_destroy_context(context);
    }
};

Canvas::Canvas(std::unique_ptr<Backend> backend) : backend_(std::move(backend)) {}
Canvas::Canvas(Canvas&&) noexcept = default;
Canvas::~Canvas() = default;

Result<Canvas> Canvas::create() {
    EmscriptenWebGLContextAttributes attributes;
    emscripten_webgl_init_context_attributes(&attributes);
    attributes.majorVersion = 2;
    attributes.alpha = false;
    attributes.depth = false;
    attributes.stencil = false;
    attributes.antialias = false;  // ImGui's edges are smooth by themselves
    attributes.premultipliedAlpha = false;
    attributes.powerPreference = EM_WEBGL_POWER_PREFERENCE_LOW_POWER;
    const auto context = emscripten_webgl_create_context("#canvas", &attributes);
    const auto refused = [] { return fail("no_webgl", "This browser has no WebGL 2, so the HTML view is shown."); };
    if (context <= 0) return refused();
    if (emscripten_webgl_make_context_current(context) != EMSCRIPTEN_RESULT_SUCCESS || !ImGui_ImplOpenGL3_Init("#version 300 es")) {
        emscripten_webgl_destroy_context(context);
        return refused();
    }
    return Canvas(std::make_unique<Backend>(context));
}

void Canvas::prepare() { ImGui_ImplOpenGL3_NewFrame(); }

void Canvas::render(std::uint32_t background) {
    ImDrawData* data = ImGui::GetDrawData();
    if (data == nullptr) return;
    const auto channel = [&](int shift) { return static_cast<float>(background >> shift & 0xff) / 255.0F; };
    glViewport(0, 0, static_cast<GLsizei>(data->DisplaySize.x * data->FramebufferScale.x),
               static_cast<GLsizei>(data->DisplaySize.y * data->FramebufferScale.y));
    glClearColor(channel(24), channel(16), channel(8), 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(data);
}

}  // namespace ca::platform
