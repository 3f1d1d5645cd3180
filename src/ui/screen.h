// The screen: one ImGui context, the fonts, and the frame in which a page is built.
//
//     Screen screen(fonts);
//     Ui& ui = screen.begin(input);     // what happened since the last frame, and how large the window is
//     portal.build(ui);                 // widgets draw and emit
//     FrameOutput output = screen.end();  // the nodes, the height, what to focus; ImGui's draw data is ready to be
//     rendered
//
// Coordinates: CSS px from the top left of the document. The canvas shows the strip [canvas_top, canvas_top +
// canvas_height) of it, so scrolling within the strip needs no frame. With `draw` false (HTML view, tests) nothing is
// drawn and only nodes are made: the same code, so both say the same. The pointer and the bounds of nodes are in
// document coordinates. In a browser the elements own clicking, typing and focus, and tell them through the events
// here, and style sheets show what the pointer is on, so that a hand at rest on a mouse builds no page; `pointer` is
// the desktop's, and only feeds hover. There `native_controls` lets ImGui's own items take mouse and keys, and the same
// events come out of them in the next frame.
#pragma once

#include "semantics/node.h"
#include "ui/effects.h"
#include "ui/foreign_text.h"
#include "ui/theme.h"
#include "ui/ui.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace ca::ui {

struct FontFiles {  // bytes of TrueType files; they must outlive the Screen
    std::string_view regular, semibold, bold, italic, monospace;
};

// Which rows of a long table are emitted (TableOptions::counted). A table is as high as all of them from the first
// frame on, and each is drawn where it stands.
enum class Rows : std::uint8_t {
    all,
    near,  // once a table's rows have changed: those from its top to below the window, and what was emitted already
    more,  // nobody has done anything for a moment: some of those that wait come as well
};

using Happening =
    std::variant<semantics::Click, semantics::Typed, semantics::Ticked, semantics::Files, semantics::Dismissed>;

struct FrameInput {
    float width = 1280;  // CSS px of the document (the window less its scrollbar)
    float window_height = 800;
    float scroll_top = 0;
    float canvas_top = 0, canvas_height = 800;
    float dialog_scroll = 0;  // how far the contents of the modal dialog are scrolled up inside of it
    float pixel_ratio = 1;    // device px for a CSS px
    Scheme scheme = Scheme::light;
    bool draw = true;
    Rows rows = Rows::all;
    bool native_controls = false;
    std::vector<Happening> happenings{};
    semantics::Focused focus{};  // where focus is now
    struct Pointer {
        float x = -1, y = -1;
        bool down = false;
    } pointer{};
    bool collect_faults =
        false;  // look for faults in any build and put them in FrameOutput::faults instead of stopping
};

struct FrameOutput {
    semantics::Nodes nodes;
    float height = 0;                     // of the document
    bool drawn = false;                   // there is a new draw list; else the canvas shows what it must already
    std::optional<std::string> focus{};   // move focus to this key, once
    std::optional<std::string> reveal{};  // scroll this key into view, once
    std::optional<Instant> redraw_at{};   // another frame is wanted then
    bool rows_wait = false;               // for a frame with Rows::more
    bool redraw_now = false;  // another frame is wanted at once (a happening changed something already drawn)
    // The modal dialog that is shown. What it holds may be taller than it: then the platform scrolls inside of it, by
    // at most `scroll_max`.
    struct Dialog {
        std::string key;
        float scroll = 0, scroll_max = 0;
    };
    std::optional<Dialog> dialog{};
    std::vector<std::string> opened{};            // addresses of links that were pressed (native controls)
    std::optional<semantics::Focused> focused{};  // native controls moved focus: give it back as FrameInput::focus
    // What is wrong with the frame itself: keys used twice, controls without a name, skipped heading levels. Empty in
    // release builds.
    std::vector<std::string> faults{};
};

class Screen {
public:
    explicit Screen(const FontFiles&);  // stops the program where a font cannot be read: nothing can be shown without
    ~Screen();
    Screen(const Screen&) = delete;
    Ui& begin(const FrameInput&);
    FrameOutput end();
    // Makes the screen's ImGui context the current one (begin does it as well); needed by what sets up a renderer.
    void make_current();
    // Shadows by the platform's shaders from now on; null: by triangles. It must outlive its last frame.
    void use_effects(Effects* effects);
    // Who draws letters that the fonts lack (foreign_text.h), from before the first frame; null: their names stand in.
    // It must outlive its last frame.
    void use_foreign_text(ForeignText* foreign);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace ca::ui
