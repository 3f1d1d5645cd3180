// The portal in a browser: one Window owns everything; the page (web/src/shell.ts) makes it, gives it fonts, and calls
// the exported functions below with what happens. Nothing runs by itself: a frame is a call of portal_frame, and the
// page makes one only when something asked for it.
#include "app/portal.h"
#include "platform/gl/effects.h"
#include "platform/web/bridge.h"
#include "platform/web/browser_text.h"
#include "platform/web/canvas.h"
#include "platform/web/idbfs_medium.h"
#include "platform/web/web_platform.h"
#include "platform/web/web_press.h"
#include "semantics/diff.h"
#include "semantics/patch.h"
#include "ui/screen.h"
#include "ui/theme.h"

#include <emscripten.h>
#include <imgui.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>

namespace ca::platform {

namespace {

// Bytes that the page has put into the program's memory, and left to it.
struct FontBytes {
    struct Free {
        void operator()(char* bytes) const { std::free(bytes); }
    };
    std::unique_ptr<char, Free> bytes;
    std::size_t size = 0;
    std::string_view view() const { return {bytes.get(), size}; }
};

class Window {
public:
    Window()
        : store_(std::make_unique<IdbfsMedium>(settings_of(platform_)), [this] { return platform_.new_id(); }),
          portal_(platform_, store_, press_) {}

    // In the order of ui::FontFiles.
    void set_font(std::size_t face, FontBytes font) { fonts_.at(face) = std::move(font); }

    void start(std::string_view address) {
        make_screen();
        portal_.start(address);
    }
    // Fonts that came after the start are drawn with from now on.
    void use_fonts() {
        if (canvas_) canvas_->let_go();
        make_screen();
        if (canvas_) {
            canvas_->take_up();
            screen_->use_effects(effects_.get());
        }
    }
    void open(std::string_view address) {
        // What was clicked or typed belongs to the page that is still shown: it must hear of it before another takes
        // its place.
        if (!input_.happenings.empty()) frame();
        portal_.open_address(address);
    }

    WebHub& hub() { return platform_.web_hub(); }

    void happen(ui::Happening happening) { input_.happenings.push_back(std::move(happening)); }
    void set_focus(semantics::Focused focus) { input_.focus = std::move(focus); }
    // Where the bytes of a file are to be put before anything else is said of files.
    char* make_room(std::string name, std::size_t size, bool is_readable) {
        auto& file = files_.files.emplace_back(std::move(name), std::string(), is_readable);
        file.bytes.resize_and_overwrite(size, [](char*, std::size_t room) { return room; });
        return file.bytes.data();
    }
    void files_given(std::string key) {
        files_.key = std::move(key);
        happen(std::exchange(files_, {}));
    }

    ui::FrameInput& input() { return input_; }

    void frame() {
        if (!screen_) return;
        if (input_.draw && !canvas_) make_canvas();
        ui::Ui& ui = screen_->begin(input_);
        input_.happenings.clear();
        portal_.build(ui);
        ui::FrameOutput output = screen_->end();
        if (output.drawn) canvas_->render(ui::rgba(ui::Colour::page, input_.scheme));
        show(std::move(output));
    }

private:
    // A shared workspace lies beside one's own.
    static IdbfsSettings settings_of(WebPlatform& platform) {
        IdbfsSettings settings;
        if (const auto membership = app::membership_of(platform.setting("shared")))
            settings.folder = "/shared-" + membership->workspace;
        return settings;
    }
    // For a font that has not come yet the regular one stands.
    void make_screen() {
        const auto file = [&](std::size_t face) { return fonts_[fonts_[face].bytes ? face : 0].view(); };
        screen_.emplace(ui::FontFiles{
            .regular = file(0), .semibold = file(1), .bold = file(2), .italic = file(3), .monospace = file(4)});
        screen_->use_foreign_text(&browser_text_);
    }
    void make_canvas() {
        if (auto canvas = Canvas::create()) {
            canvas_.emplace(std::move(*canvas));
            // Without shaders shadows are made of triangles: nothing that anybody must be told.
            if (auto effects = GlEffects::create(Dialect::es_300)) {
                effects_ = std::move(*effects);
                screen_->use_effects(effects_.get());
            }
        } else {
            input_.draw = false;
            bridge::cannot_draw();
        }
    }

    void show(ui::FrameOutput output) {
        bridge::set_height(output.height);
        bridge::set_rows_wait(output.rows_wait);
        if (output.focus) bridge::focus(*output.focus);
        if (output.reveal) bridge::reveal(*output.reveal);
        const auto patch = differ_.next(std::move(output.nodes), input_.focus.key);
        if (!patch.empty()) bridge::send_patch(semantics::to_json(patch));
        if (const bool busy = portal_.is_reading(); std::exchange(busy_, busy) != busy) bridge::set_busy(busy);
        if (output.redraw_now) bridge::request_frame();
        if (output.redraw_at) platform_.request_frame_at(*output.redraw_at);
    }

    WebPlatform platform_;
    journal::Store store_;
    WebPress press_;
    app::Portal portal_;
    std::array<FontBytes, 5> fonts_;
    std::optional<ui::Screen> screen_;
    std::optional<Canvas> canvas_;        // from the first frame that draws
    std::unique_ptr<GlEffects> effects_;  // ends before the canvas
    BrowserText browser_text_;            // and so does this
    semantics::Differ differ_;
    ui::FrameInput input_;
    bool busy_ = true;        // as the page is until the program says otherwise
    semantics::Files files_;  // of one choice, until its last has come
};

}  // namespace

}  // namespace ca::platform

using ca::platform::Window;

namespace {

std::string text(const char* bytes, int size) { return {bytes, static_cast<std::size_t>(size)}; }

}  // namespace

// What the page calls. Texts are UTF-8 with their length, and the page's; a font's bytes become the window's.
extern "C" {

EMSCRIPTEN_KEEPALIVE Window* portal_make() { return std::make_unique<Window>().release(); }

EMSCRIPTEN_KEEPALIVE void portal_font(Window* window, int face, char* bytes, int size) {
    ca::platform::FontBytes font;
    font.bytes.reset(bytes);
    font.size = static_cast<std::size_t>(size);
    window->set_font(static_cast<std::size_t>(face), std::move(font));
}

EMSCRIPTEN_KEEPALIVE void portal_use_fonts(Window* window) { window->use_fonts(); }

EMSCRIPTEN_KEEPALIVE void portal_start(Window* window, const char* address, int size) {
    window->start(text(address, size));
}
EMSCRIPTEN_KEEPALIVE void portal_open(Window* window, const char* address, int size) {
    window->open(text(address, size));
}

EMSCRIPTEN_KEEPALIVE void portal_clicked(Window* window, const char* key, int key_size) {
    window->happen(ca::semantics::Click{text(key, key_size)});
}
EMSCRIPTEN_KEEPALIVE void portal_typed(Window* window, const char* key, int key_size, const char* typed,
                                       int typed_size) {
    window->happen(ca::semantics::Typed{text(key, key_size), text(typed, typed_size)});
}
EMSCRIPTEN_KEEPALIVE void portal_ticked(Window* window, const char* key, int key_size, int on) {
    window->happen(ca::semantics::Ticked{text(key, key_size), on != 0});
}
EMSCRIPTEN_KEEPALIVE void portal_dismissed(Window* window, const char* key, int key_size) {
    window->happen(ca::semantics::Dismissed{text(key, key_size)});
}
EMSCRIPTEN_KEEPALIVE void portal_focused(Window* window, const char* key, int key_size, int visible) {
    window->set_focus({.key = text(key, key_size), .visible = visible != 0});
}
EMSCRIPTEN_KEEPALIVE char* portal_file_room(Window* window, const char* name, int name_size, int size,
                                            int is_readable) {
    return window->make_room(text(name, name_size), static_cast<std::size_t>(size), is_readable != 0);
}
EMSCRIPTEN_KEEPALIVE void portal_files_given(Window* window, const char* key, int key_size) {
    window->files_given(text(key, key_size));
}

EMSCRIPTEN_KEEPALIVE void portal_hub_state(Window* window, int state, const char* words, int size) {
    if (const auto& tell = window->hub().hears().state)
        tell(static_cast<ca::app::Hub::State>(state), text(words, size));
}
EMSCRIPTEN_KEEPALIVE void portal_hub_heard(Window* window, const char* answer, int size) {
    window->hub().hears().heard(text(answer, size));
}
EMSCRIPTEN_KEEPALIVE void portal_hub_outbox(Window* window) {
    if (const auto& tell = window->hub().hears().outbox) tell();
}
// The page frees it.
EMSCRIPTEN_KEEPALIVE char* portal_hub_request(Window* window, double answers) {
    return strdup(window->hub().hears().request(static_cast<std::int64_t>(answers)).c_str());
}
EMSCRIPTEN_KEEPALIVE void portal_hub_not_joined(Window* window, const char* words, int size) {
    window->hub().not_joined(text(words, size));
}
EMSCRIPTEN_KEEPALIVE void portal_hub_asked(Window* window, const char* words, int size) {
    window->hub().asked(text(words, size));
}
EMSCRIPTEN_KEEPALIVE void portal_hub_registering(Window* window, const char* token, int size) {
    window->hub().registering(text(token, size));
}

EMSCRIPTEN_KEEPALIVE void portal_frame(Window* window, float width, float window_height, float scroll_top,
                                       float canvas_top, float canvas_height, float dialog_scroll, float pixel_ratio,
                                       int is_dark, int draws, int rests) {
    auto& input = window->input();
    input.width = width;
    input.window_height = window_height;
    input.scroll_top = scroll_top;
    input.canvas_top = canvas_top;
    input.canvas_height = canvas_height;
    input.dialog_scroll = dialog_scroll;
    input.pixel_ratio = pixel_ratio;
    input.scheme = is_dark != 0 ? ca::ui::Scheme::dark : ca::ui::Scheme::light;
    input.draw = draws != 0;
    input.rows = rests != 0 ? ca::ui::Rows::more : ca::ui::Rows::near;
    window->frame();
}

}  // extern "C"

// The page calls portal_make when it is ready.
int main() { return 0; }
