// Mouse and keys on the desktop (internal to the layer): what the page's elements do in a browser, done with ImGui.
//
// The nodes that a frame emitted are worked here after they were drawn: a pointer pressed and let go on a target is a
// Click, Tab moves focus in reading order, Enter and space press, and the one textbox that has focus is an ImGui text
// field over its box. What happened becomes the happenings of the next frame, so pages see no difference. A field of
// several lines is not wrapped while it is edited: ImGui's own field can do that from 1.92.3 on only.
#pragma once

#include "ui/picture.h"
#include "ui/screen.h"

#include <string>
#include <vector>

struct ImDrawList;

namespace ca::ui {

struct Target {  // where a pointer can do something
    std::string key;
    Box box{};
    semantics::Role role = semantics::Role::link;
    std::string href{};
};

struct NativeFrame {
    const semantics::Nodes& nodes;
    const std::vector<Target>& targets;
    const FrameInput& input;
    const Picture& picture;
    TextSetter& setter;
    const PaintFonts& fonts;
    const Strip& strip;
    const std::string& dialog;          // key of the modal dialog shown; empty: none
    const std::string& dialog_scrolls;  // prefix of the keys of what scrolls in it
    float dialog_scroll = 0;            // how far its contents are drawn above where their nodes say
};

class NativeControls {
public:
    void add_happenings(std::vector<Happening>& happenings);  // moves what waits to the end of them
    void work(const NativeFrame& frame, ImDrawList& list);
    void report(FrameOutput& output);

private:
    void keys(const NativeFrame& frame);
    void close_opened(const NativeFrame& frame);
    void pointer(const NativeFrame& frame);
    void edit(const NativeFrame& frame, ImDrawList& list);
    void choose(const NativeFrame& frame, ImDrawList& list);
    void press(const NativeFrame& frame, const std::string& key);
    void move_focus(std::string key, bool visible);
    const semantics::Node* node_of(const NativeFrame& frame, std::string_view key) const;

    std::vector<Happening> waiting_;
    std::vector<std::string> opened_;
    std::optional<semantics::Focused> focused_;
    std::string pressed_;           // where the pointer went down
    std::string editing_, buffer_;  // the textbox under edit and its text
    std::string choosing_;          // the select whose options are shown
    std::string drawn_choosing_;    // … and were, when the last frame was drawn
};

void style_controls();  // ImGui's own style, for the text field: no frame, no colours but the text's

}  // namespace ca::ui
