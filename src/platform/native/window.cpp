#include "platform/native/window.h"

#include "app/portal.h"
#include "journal/store.h"
#include "platform/gl/effects.h"
#include "platform/native/directory_medium.h"
#include "platform/native/desktop_platform.h"
#include "platform/native/desktop_press.h"
#include "semantics/find.h"
#include "ui/screen.h"

#include <SDL.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>
#include <imgui_impl_sdl2.h>

#if defined(__APPLE__)
#include <OpenGL/gl3.h>
#else
#include <GL/gl.h>
#endif

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>

namespace ca::platform {

namespace {

constexpr float wheel_step = 80, line_step = 48, bar_width = 12;  // CSS px
constexpr int caret_blink_ms = 500;

// Files of the folder, kept as long as the Screen that reads them.
struct ScreenFonts {
    std::array<std::string, 5> bytes;

    static Result<ScreenFonts> read(const std::filesystem::path& folder) {
        constexpr std::array names{"SourceSans3-Regular.ttf", "SourceSans3-SemiBold.ttf", "SourceSans3-Bold.ttf",
                                   "SourceSans3-Italic.ttf", "SourceCodePro-Regular.ttf"};
        ScreenFonts fonts;
        for (std::size_t i = 0; i < names.size(); ++i) {
            std::ifstream file(folder / names[i], std::ios::binary);
            fonts.bytes[i].assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
            if (fonts.bytes[i].empty())
                return fail("missing_font", "A typeface of the screen is missing. Run scripts/setup.",
                            (folder / names[i]).string());
        }
        return fonts;
    }
    ui::FontFiles files() const { return {bytes[0], bytes[1], bytes[2], bytes[3], bytes[4]}; }
};

struct WindowEnd {
    void operator()(SDL_Window* window) const { SDL_DestroyWindow(window); }
};
struct ContextEnd {
    void operator()(void* context) const { SDL_GL_DeleteContext(context); }
};

class Window {
public:
    Window(const WindowOptions& options, ScreenFonts fonts)
        : options_(options),
          fonts_(std::move(fonts)),
          platform_(options.workspace, downloads_folder()),
          press_(options.fonts),
          store_(std::make_unique<DirectoryMedium>(options.workspace.string()), [this] { return platform_.new_id(); }),
          portal_(platform_, store_, press_),
          screen_(fonts_.files()) {
        input_.native_controls = true;
        input_.scheme = options.scheme;
    }
    ~Window() {
        screen_.make_current();
        effects_.reset();
        if (gl_ready_) ImGui_ImplOpenGL3_Shutdown();
        if (sdl_ready_) ImGui_ImplSDL2_Shutdown();
    }
    Window(const Window&) = delete;

    bool open() {
        SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
        SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 3);
        SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
        SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
        // A window that is larger than the screen would be centred with its top out of sight.
        if (SDL_Rect screen{}; SDL_GetDisplayUsableBounds(0, &screen) == 0) {
            options_.width = std::min(options_.width, screen.w);
            options_.height = std::min(options_.height, screen.h);
        }
        window_.reset(SDL_CreateWindow("Connection Agreements", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                       options_.width, options_.height,
                                       SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI));
        if (!window_) return false;
        SDL_SetWindowMinimumSize(window_.get(), 320, 240);
        gl_.reset(SDL_GL_CreateContext(window_.get()));
        if (!gl_) return false;
        SDL_GL_SetSwapInterval(1);
        screen_.make_current();
        sdl_ready_ = ImGui_ImplSDL2_InitForOpenGL(window_.get(), gl_.get());
        gl_ready_ = sdl_ready_ && ImGui_ImplOpenGL3_Init("#version 330 core");
        if (!gl_ready_) return false;
        if (auto effects = GlEffects::create(Dialect::core_330)) {
            effects_ = std::move(*effects);
            screen_.use_effects(effects_.get());
        } else {
            std::fprintf(stderr, "Drawing without shaders: %s\n", effects.error().message.c_str());
        }
        return true;
    }

    int run() {
        portal_.start(options_.address);
        platform_.history.replace(options_.address);
        for (int frames = 0; !closing_ && (options_.frames_max == 0 || frames < options_.frames_max); ++frames) {
            wait();
            if (closing_) break;
            frame();
            platform_.run_task();
        }
        return 0;
    }

private:
    // Sleeps until something happened, a frame is due, or there is something to do.
    void wait() {
        SDL_Event event;
        if (!std::exchange(platform_.frame_wanted, false) && !platform_.has_tasks()) {
            int sleep_ms = editing_ ? caret_blink_ms : -1;
            if (platform_.frame_at) {
                const auto due_ms =
                    std::clamp<std::int64_t>((platform_.frame_at->seconds - platform_.now().seconds) * 1000, 0, 60'000);
                sleep_ms = sleep_ms < 0 ? static_cast<int>(due_ms) : std::min(sleep_ms, static_cast<int>(due_ms));
            }
            const int came = sleep_ms < 0 ? SDL_WaitEvent(&event) : SDL_WaitEventTimeout(&event, sleep_ms);
            if (came != 0) take(event);
        }
        while (SDL_PollEvent(&event) != 0) take(event);
        if (platform_.frame_at && *platform_.frame_at <= platform_.now()) platform_.frame_at.reset();
    }

    void take(const SDL_Event& event) {
        ImGui_ImplSDL2_ProcessEvent(&event);
        switch (event.type) {
            case SDL_QUIT: close(); break;
            case SDL_WINDOWEVENT:
                if (event.window.event == SDL_WINDOWEVENT_CLOSE) close();
                if (event.window.event == SDL_WINDOWEVENT_FOCUS_GAINED)
                    store_.refresh([this](Result<>) { platform_.request_frame(); });
                break;
            case SDL_MOUSEWHEEL: scroll_by(-event.wheel.preciseY * wheel_step); break;
            case SDL_MOUSEBUTTONDOWN:
                by_keyboard_ = false;
                if (event.button.button == SDL_BUTTON_X1) step_history(platform_.history.back());
                if (event.button.button == SDL_BUTTON_X2) step_history(platform_.history.forward());
                break;
            case SDL_KEYDOWN: key(event.key.keysym); break;
            case SDL_DROPFILE: {
                const std::unique_ptr<char, void (*)(void*)> path(event.drop.file, SDL_free);
                drop(path.get());
                break;
            }
            case SDL_DROPCOMPLETE: finish_drop(); break;
            default: break;
        }
    }

    // Asks first where something would be lost.
    void close() {
        constexpr int stay = 0, leave = 1;
        int answer = leave;
        if (platform_.unfinished) {
            const SDL_MessageBoxButtonData buttons[]{
                {SDL_MESSAGEBOX_BUTTON_RETURNKEY_DEFAULT | SDL_MESSAGEBOX_BUTTON_ESCAPEKEY_DEFAULT, stay, "Stay"},
                {0, leave, "Close and lose it"}};
            const SDL_MessageBoxData box{
                SDL_MESSAGEBOX_WARNING,
                window_.get(),
                "A change has not been saved",
                "This window holds a change that is kept nowhere else. It is lost when the window is closed.",
                2,
                buttons,
                nullptr};
            if (SDL_ShowMessageBox(&box, &answer) != 0)
                answer = leave;  // it cannot be asked, and whoever closes a window twice means it
        }
        closing_ = answer == leave;
    }

    void key(const SDL_Keysym& key) {
        by_keyboard_ = true;
        const bool alt = (key.mod & KMOD_ALT) != 0, control = (key.mod & KMOD_CTRL) != 0;
        const float page = input_.window_height * 0.9f;
        if (alt && key.sym == SDLK_LEFT) return step_history(platform_.history.back());
        if (alt && key.sym == SDLK_RIGHT) return step_history(platform_.history.forward());
        if (control && (key.sym == SDLK_q || key.sym == SDLK_w)) return close();
        if (editing_) return;
        switch (key.sym) {
            case SDLK_PAGEDOWN: scroll_by(page); break;
            case SDLK_PAGEUP: scroll_by(-page); break;
            case SDLK_HOME: scroll_to(0); break;
            case SDLK_END: scroll_to(document_height_); break;
            case SDLK_DOWN:
                if (!choosing_) scroll_by(line_step);
                break;
            case SDLK_UP:
                if (!choosing_) scroll_by(-line_step);
                break;
            case SDLK_SPACE:
                if (input_.focus.key.empty()) scroll_by((key.mod & KMOD_SHIFT) != 0 ? -page : page);
                break;
            default: break;
        }
    }

    void step_history(bool moved) {
        if (!moved) return;
        portal_.open_address(platform_.history.here());
        scroll_to(0);
        platform_.request_frame();
    }

    void open_link(const std::string& address) {
        if (address.starts_with("#/")) {
            platform_.history.go(address);
            portal_.open_address(address);
            scroll_to(0);
        } else {
            SDL_OpenURL(address.c_str());
        }
    }

    // Files dropped anywhere go to the page's file input.
    void drop(const char* path) {
        std::ifstream file(path, std::ios::binary);
        if (!file) {
            std::fprintf(stderr, "%s cannot be read.\n", path);
            return;
        }
        dropped_.push_back({std::filesystem::path(path).filename().string(),
                            {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()}});
    }
    void finish_drop() {
        const auto inputs = semantics::find_all(output_.nodes, semantics::Role::file_input);
        if (!inputs.empty() && !dropped_.empty())
            input_.happenings.push_back(semantics::Files{inputs.front()->key, std::move(dropped_)});
        dropped_.clear();
        platform_.request_frame();
    }

    void scroll_to(float top) {
        input_.scroll_top = std::clamp(top, 0.0f, std::max(0.0f, document_height_ - input_.window_height));
        platform_.request_frame();
    }
    // Under a dialog the page stands still.
    void scroll_by(float distance) {
        if (output_.dialog) scroll_dialog_to(input_.dialog_scroll + distance);
        else scroll_to(input_.scroll_top + distance);
    }
    void scroll_dialog_to(float top) {
        input_.dialog_scroll = std::clamp(top, 0.0f, output_.dialog ? output_.dialog->scroll_max : 0.0f);
        platform_.request_frame();
    }
    void scroll_into_view(const std::string& key) {
        const semantics::Node* node = semantics::find_key(output_.nodes, key);
        if (node == nullptr) return;
        constexpr float margin = 24;
        if (output_.dialog && key.starts_with(output_.dialog->key + "/")) {
            const semantics::Node* dialog = semantics::find_key(output_.nodes, output_.dialog->key);
            if (dialog == nullptr) return;
            const float from = node->bounds.y - dialog->bounds.y - margin,
                        until = from + node->bounds.height + 2 * margin;
            if (from < input_.dialog_scroll) scroll_dialog_to(from);
            else if (until > input_.dialog_scroll + dialog->bounds.height)
                scroll_dialog_to(until - dialog->bounds.height);
            return;
        }
        const float top = node->bounds.y - margin, bottom = node->bounds.y + node->bounds.height + margin;
        if (top < input_.scroll_top || bottom - top > input_.window_height) scroll_to(top);
        else if (bottom > input_.scroll_top + input_.window_height) scroll_to(bottom - input_.window_height);
    }

    void frame() {
        int width = 0, height = 0, device_width = 0, device_height = 0;
        SDL_GetWindowSize(window_.get(), &width, &height);
        SDL_GL_GetDrawableSize(window_.get(), &device_width, &device_height);
        if (width <= 0 || height <= 0) return;
        input_.width = static_cast<float>(width);
        input_.window_height = input_.canvas_height = static_cast<float>(height);
        input_.pixel_ratio = static_cast<float>(device_width) / static_cast<float>(width);
        input_.scroll_top =
            std::clamp(input_.scroll_top, 0.0f, std::max(0.0f, document_height_ - input_.window_height));
        input_.canvas_top = input_.scroll_top;
        int x = 0, y = 0;
        const bool down = (SDL_GetMouseState(&x, &y) & SDL_BUTTON_LMASK) != 0;
        const bool inside = (SDL_GetWindowFlags(window_.get()) & SDL_WINDOW_MOUSE_FOCUS) != 0;
        input_.pointer =
            inside ? ui::FrameInput::Pointer{static_cast<float>(x), static_cast<float>(y) + input_.scroll_top, down}
                   : ui::FrameInput::Pointer{};

        screen_.make_current();
        ImGui_ImplOpenGL3_NewFrame();
        ImGui_ImplSDL2_NewFrame();
        ui::Ui& ui = screen_.begin(input_);
        input_.happenings.clear();
        portal_.build(ui);
        draw_scroll_bar();
        output_ = screen_.end();

        const std::uint32_t page = ui::rgba(ui::Colour::page, input_.scheme);
        glViewport(0, 0, device_width, device_height);
        glClearColor(static_cast<float>(page >> 24) / 255, static_cast<float>(page >> 16 & 255) / 255,
                     static_cast<float>(page >> 8 & 255) / 255, 1);
        glClear(GL_COLOR_BUFFER_BIT);
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
        SDL_GL_SwapWindow(window_.get());
        follow();
    }

    // Does what the frame asked for.
    void follow() {
        document_height_ = output_.height;
        input_.dialog_scroll = output_.dialog ? output_.dialog->scroll : 0;
        for (const std::string& address : std::exchange(output_.opened, {})) open_link(address);
        if (output_.focused) {
            input_.focus = *output_.focused;
            if (by_keyboard_) scroll_into_view(input_.focus.key);
            platform_.request_frame();
        }
        if (output_.focus) {
            input_.focus = {*output_.focus, by_keyboard_};
            scroll_into_view(*output_.focus);
            platform_.request_frame();
        }
        if (output_.reveal) scroll_into_view(*output_.reveal);
        if (output_.redraw_now) platform_.request_frame();
        if (output_.redraw_at) platform_.request_frame_at(*output_.redraw_at);
        const semantics::Node* focused = semantics::find_key(output_.nodes, input_.focus.key);
        editing_ = focused != nullptr &&
                   (focused->role == semantics::Role::textbox || focused->role == semantics::Role::searchbox);
        choosing_ = focused != nullptr && focused->role == semantics::Role::select;
        if (std::exchange(title_, portal_.title()) != portal_.title() || title_.empty())
            SDL_SetWindowTitle(window_.get(), title_.c_str());
        if (platform_.copied) SDL_SetClipboardText(std::exchange(platform_.copied, std::nullopt)->c_str());
    }

    void draw_scroll_bar() {
        const float seen = input_.window_height;
        if (document_height_ <= seen + 1) return;
        const float length = std::max(40.0f, seen * seen / document_height_);
        const float top = (seen - length) * input_.scroll_top / (document_height_ - seen);
        const ImGuiIO& io = ImGui::GetIO();
        const bool over = io.MousePos.x >= input_.width - bar_width && io.MousePos.x < input_.width;
        if (over && io.MouseClicked[0]) dragging_ = true;
        if (!io.MouseDown[0]) dragging_ = false;
        if (dragging_) scroll_to((io.MousePos.y - length / 2) / (seen - length) * (document_height_ - seen));
        const std::uint32_t colour =
            ui::rgba(over || dragging_ ? ui::Colour::text_quiet : ui::Colour::border_strong, input_.scheme);
        ImGui::GetForegroundDrawList()->AddRectFilled(
            {input_.width - bar_width + 3, top + 2}, {input_.width - 3, top + length - 2},
            IM_COL32(colour >> 24, colour >> 16 & 255, colour >> 8 & 255, 160), 3);
    }

    WindowOptions options_;
    ScreenFonts fonts_;
    std::unique_ptr<SDL_Window, WindowEnd> window_;
    std::unique_ptr<void, ContextEnd> gl_;
    DesktopPlatform platform_;
    DesktopPress press_;
    journal::Store store_;
    app::Portal portal_;
    ui::Screen screen_;
    std::unique_ptr<GlEffects> effects_;
    bool sdl_ready_ = false, gl_ready_ = false;

    ui::FrameInput input_;
    ui::FrameOutput output_;
    float document_height_ = 0;
    std::string title_;
    std::vector<semantics::ChosenFile> dropped_;
    bool closing_ = false, by_keyboard_ = false, editing_ = false, choosing_ = false, dragging_ = false;
};

}  // namespace

int run_window(const WindowOptions& options) {
    auto fonts = ScreenFonts::read(options.fonts);
    if (!fonts) {
        std::fprintf(stderr, "%s (%s)\n", fonts.error().message.c_str(), fonts.error().where.c_str());
        return 1;
    }
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    if (SDL_Init(SDL_INIT_VIDEO) != 0) {
        std::fprintf(stderr, "There is no screen to open a window on: %s\n", SDL_GetError());
        return 1;
    }
    int code = 1;
    {
        Window window(options, std::move(*fonts));
        if (window.open()) code = window.run();
        else std::fprintf(stderr, "The window could not be opened: %s\n", SDL_GetError());
    }
    SDL_Quit();
    return code;
}

}  // namespace ca::platform
