// The screen: one ImGui context, the fonts, and the frame in which a page is built.
//
//     Screen screen(fonts);
//     Ui& ui = screen.begin(input);     // what happened since the last frame, and how large the window is
//     portal.build(ui);                 // widgets draw and emit
//     FrameOutput output = screen.end();  // the nodes, the height, what to focus; ImGui's draw data is ready to be rendered
//
// Coordinates: CSS px from the top left of the document. The canvas shows the strip [canvas_top, canvas_top + canvas_height) of it, so
// scrolling within the strip needs no frame. With `draw` false (HTML view, tests) nothing is drawn and only nodes are made: the same
// code, so both say the same.
// In a browser the elements own clicking, typing and focus, and tell them through the events here; `pointer` only feeds hover. On the
// desktop `native_controls` lets ImGui's own items take mouse and keys, and the same events come out of them in the next frame.
#pragma once

#include "semantics/node.h"
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

enum class Scheme : std::uint8_t { light, dark };

using Happening = std::variant<semantics::Click, semantics::Typed, semantics::Ticked, semantics::Files, semantics::Dismissed>;

struct FrameInput {
    float width = 1280;            // CSS px of the document (the window less its scrollbar)
    float window_height = 800;
    float scroll_top = 0;
    float canvas_top = 0, canvas_height = 800;
    float pixel_ratio = 1;         // device px for a CSS px
    Scheme scheme = Scheme::light;
    bool draw = true;
    bool native_controls = false;
    std::vector<Happening> happenings{};
    semantics::Focused focus{};    // where focus is now
    struct Pointer { float x = -1, y = -1; bool down = false; } pointer{};
};

struct FrameOutput {
    semantics::Nodes nodes;
    float height = 0;                         // of the document
    std::optional<std::string> focus{};       // move focus to this key, once
    std::optional<std::string> reveal{};      // scroll this key into view, once
    std::optional<Instant> redraw_at{};       // another frame is wanted then
    bool redraw_now = false;                  // another frame is wanted at once (a happening changed something already drawn)
    std::vector<std::string> opened{};        // addresses of links that were pressed (native controls)
};

class Screen {
public:
    explicit Screen(const FontFiles&);
    ~Screen();
    Screen(const Screen&) = delete;
    Ui& begin(const FrameInput&);
    FrameOutput end();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace ca::ui
