#include "ui/native_controls.h"

#include "ui/faults.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace ca::ui {

using semantics::Node;
using semantics::Role;

namespace {

bool is_text(const Node& node) { return node.role == Role::textbox || node.role == Role::searchbox; }

ImVec4 colour_of(Colour colour, Scheme scheme) {
    const std::uint32_t value = rgba(colour, scheme);
    return {static_cast<float>(value >> 24) / 255, static_cast<float>(value >> 16 & 0xff) / 255,
            static_cast<float>(value >> 8 & 0xff) / 255, static_cast<float>(value & 0xff) / 255};
}

int keep_in_string(ImGuiInputTextCallbackData* data) {
    if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
        auto& text = *static_cast<std::string*>(data->UserData);
        text.resize(static_cast<std::size_t>(data->BufTextLen));
        data->Buf = text.data();
    }
    return 0;
}

bool is_reachable(const NativeFrame& frame, std::string_view key) {
    return frame.dialog.empty() || key.starts_with(frame.dialog + "/");
}

// Where a control is drawn.
semantics::Bounds drawn_at(const NativeFrame& frame, const Node& node) {
    semantics::Bounds bounds = node.control;
    if (!frame.dialog.empty() && node.key.starts_with(frame.dialog_scrolls + "/")) bounds.y -= frame.dialog_scroll;
    return bounds;
}

}  // namespace

void style_controls() {
    ImGuiStyle& style = ImGui::GetStyle();
    style.WindowPadding = style.FramePadding = {0, 0};
    style.WindowBorderSize = style.FrameBorderSize = style.PopupBorderSize = 0;
    style.WindowRounding = style.FrameRounding = 0;
    style.WindowMinSize = {1, 1};
    style.ScrollbarSize = 10;
    const ImVec4 nothing(0, 0, 0, 0);
    for (ImGuiCol colour : {ImGuiCol_FrameBg, ImGuiCol_FrameBgHovered, ImGuiCol_FrameBgActive, ImGuiCol_NavCursor,
                            ImGuiCol_Border, ImGuiCol_ChildBg})
        style.Colors[colour] = nothing;
}

void NativeControls::add_happenings(std::vector<Happening>& happenings) {
    happenings.insert(happenings.end(), std::make_move_iterator(waiting_.begin()),
                      std::make_move_iterator(waiting_.end()));
    waiting_.clear();
}

void NativeControls::report(FrameOutput& output) {
    output.focused = std::exchange(focused_, std::nullopt);
    output.opened = std::exchange(opened_, {});
    if (!waiting_.empty() || output.focused || choosing_ != drawn_choosing_) output.redraw_now = true;
}

const Node* NativeControls::node_of(const NativeFrame& frame, std::string_view key) const {
    const auto found =
        std::find_if(frame.nodes.begin(), frame.nodes.end(), [&](const Node& node) { return node.key == key; });
    return found == frame.nodes.end() ? nullptr : &*found;
}

void NativeControls::move_focus(std::string key, bool visible) {
    if (key != choosing_) choosing_.clear();
    focused_ = semantics::Focused{std::move(key), visible};
}

void NativeControls::press(const NativeFrame& frame, const std::string& key) {
    const auto target =
        std::find_if(frame.targets.begin(), frame.targets.end(), [&](const Target& one) { return one.key == key; });
    if (target == frame.targets.end()) return;
    const Node* node = node_of(frame, key);
    switch (target->role) {
        case Role::link:
            waiting_.push_back(semantics::Click{key});
            if (!target->href.starts_with('#') || target->href.starts_with("#/")) opened_.push_back(target->href);
            break;
        case Role::button: waiting_.push_back(semantics::Click{key}); break;
        case Role::checkbox:
            if (node) waiting_.push_back(semantics::Ticked{key, node->checked != semantics::Toggle::on});
            break;
        case Role::radio: waiting_.push_back(semantics::Ticked{key, true}); break;
        case Role::select: choosing_ = choosing_ == key ? std::string() : key; break;
        default: break;
    }
}

void NativeControls::pointer(const NativeFrame& frame) {
    const ImGuiIO& io = ImGui::GetIO();
    if (!choosing_.empty()) return;  // the list of options has the pointer
    const float x = frame.input.pointer.x, y = frame.input.pointer.y;
    const Target* under = nullptr;
    for (auto target = frame.targets.rbegin(); target != frame.targets.rend() && under == nullptr; ++target)
        if (target->box.contains(x, y) && is_reachable(frame, target->key)) under = &*target;
    if (under != nullptr) {
        const bool text = under->role == Role::textbox || under->role == Role::searchbox;
        ImGui::SetMouseCursor(text ? ImGuiMouseCursor_TextInput : ImGuiMouseCursor_Hand);
    }
    if (io.MouseClicked[0]) {
        pressed_ = under != nullptr ? under->key : std::string();
        const bool text = under != nullptr && (under->role == Role::textbox || under->role == Role::searchbox);
        if (pressed_ != frame.input.focus.key) move_focus(pressed_, text);
    }
    if (io.MouseReleased[0]) {
        if (under != nullptr && under->key == pressed_) press(frame, pressed_);
        pressed_.clear();
    }
}

// As happenings.ts has it.
void NativeControls::close_opened(const NativeFrame& frame) {
    for (const Target& target : frame.targets) {
        const Node* node = node_of(frame, target.key);
        if (node == nullptr || node->expanded != semantics::Toggle::on ||
            node->look.find("closed-by-escape") == std::string::npos)
            continue;
        move_focus(target.key, true);
        press(frame, target.key);
        return;
    }
}

void NativeControls::keys(const NativeFrame& frame) {
    const std::string& focus = frame.input.focus.key;
    const Node* node = node_of(frame, focus);
    if (ImGui::IsKeyPressed(ImGuiKey_Tab, true)) {
        std::vector<const std::string*> stops;
        for (const Target& target : frame.targets)
            if (is_reachable(frame, target.key) && (stops.empty() || *stops.back() != target.key))
                stops.push_back(&target.key);
        if (stops.empty()) return;
        const bool back = ImGui::GetIO().KeyShift;
        const auto here =
            std::find_if(stops.begin(), stops.end(), [&](const std::string* key) { return *key == focus; });
        std::size_t next = back ? stops.size() - 1 : 0;
        if (here != stops.end()) {
            const auto at = static_cast<std::size_t>(here - stops.begin());
            next = back ? (at + stops.size() - 1) % stops.size() : (at + 1) % stops.size();
        }
        move_focus(*stops[next], true);
        return;
    }
    if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
        if (!choosing_.empty()) choosing_.clear();
        else if (!frame.dialog.empty()) waiting_.push_back(semantics::Dismissed{frame.dialog});
        else close_opened(frame);
        return;
    }
    if (focus.empty()) return;
    const bool enter = ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false);
    if (node != nullptr && is_text(*node)) {
        if (!enter || node->multiline) return;
        // Enter in a field presses the first primary button of its form.
        std::string form = node->parent;
        while (!form.empty()) {
            const Node* parent = node_of(frame, form);
            if (parent == nullptr || parent->role == Role::form) break;
            form = parent->parent;
        }
        if (form.empty()) return;
        for (const Node& button : frame.nodes)
            if (button.role == Role::button && button.look.starts_with("primary") && !button.disabled &&
                button.key.starts_with(form + "/")) {
                waiting_.push_back(semantics::Click{button.key});
                return;
            }
        return;
    }
    if (node != nullptr && node->role == Role::select) {
        const int step = ImGui::IsKeyPressed(ImGuiKey_DownArrow) ? 1 : ImGui::IsKeyPressed(ImGuiKey_UpArrow) ? -1 : 0;
        if (step != 0 && !node->options.empty()) {
            const auto here = std::find_if(node->options.begin(), node->options.end(),
                                           [&](const auto& option) { return option.value == node->value; });
            const auto count = static_cast<int>(node->options.size());
            const int at =
                here == node->options.end() ? (step > 0 ? -1 : count) : static_cast<int>(here - node->options.begin());
            waiting_.push_back(semantics::Typed{
                focus, node->options[static_cast<std::size_t>(std::clamp(at + step, 0, count - 1))].value});
            return;
        }
    }
    const bool is_link = node == nullptr || node->role == Role::link;
    if (enter || (!is_link && ImGui::IsKeyPressed(ImGuiKey_Space, false))) press(frame, focus);
}

// The textbox that has focus, as ImGui's own field over its box.
void NativeControls::edit(const NativeFrame& frame, ImDrawList&) {
    const Node* node = node_of(frame, frame.input.focus.key);
    if (node == nullptr || !is_text(*node) || node->disabled) {
        editing_.clear();
        return;
    }
    const bool starts = editing_ != node->key;
    if (starts || (buffer_ != node->value && !ImGui::IsAnyItemActive())) {
        editing_ = node->key;
        buffer_ = node->value;
    }
    const semantics::Bounds control = drawn_at(frame, *node);
    const semantics::TextStyle& text = node->text;
    const float size = text.size * frame.fonts.scale[0];
    ImGui::PushFont(frame.fonts.fonts[0], size);
    ImGui::PushStyleColor(ImGuiCol_Text, colour_of(Colour::text, frame.strip.scheme));
    ImGui::PushStyleColor(ImGuiCol_InputTextCursor, colour_of(Colour::text, frame.strip.scheme));
    ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, colour_of(Colour::selection, frame.strip.scheme));
    const float y = control.y - frame.strip.top + text.inset_y + std::floor((text.line_height - size) / 2);
    ImGui::SetCursorScreenPos({control.x + text.inset_x, y});
    ImGui::PushID(node->key.c_str());
    if (starts) ImGui::SetKeyboardFocusHere();
    const float width = control.width - 2 * text.inset_x;
    bool changed = false;
    if (node->multiline)
        changed = ImGui::InputTextMultiline("##text", buffer_.data(), buffer_.capacity() + 1,
                                            {width, control.height - 2 * text.inset_y},
                                            ImGuiInputTextFlags_CallbackResize, keep_in_string, &buffer_);
    else {
        ImGui::SetNextItemWidth(width);
        changed = ImGui::InputText("##text", buffer_.data(), buffer_.capacity() + 1, ImGuiInputTextFlags_CallbackResize,
                                   keep_in_string, &buffer_);
    }
    if (changed) waiting_.push_back(semantics::Typed{node->key, buffer_});
    ImGui::PopID();
    ImGui::PopStyleColor(3);
    ImGui::PopFont();
}

// The options of the select that was opened, as a list below it.
void NativeControls::choose(const NativeFrame& frame, ImDrawList& list) {
    if (choosing_.empty()) return;
    const Node* node = node_of(frame, choosing_);
    if (node == nullptr) {
        choosing_.clear();
        return;
    }
    const float row = 36, pad = px(Length::control_padding);
    const TypeToken& style = type_token(Type::input);
    const semantics::Bounds control = drawn_at(frame, *node);
    float width = control.width;
    const auto set = [&](const semantics::Option& option) -> const TextLayout& {
        const Piece piece{option.label, Face::regular, style.size, {}, false};
        return frame.setter.set({&piece, 1}, unbounded);
    };
    for (const semantics::Option& option : node->options)
        width = std::max(width, std::ceil(set(option).width) + 2 * pad + 2);
    const Box box{control.x, control.y + control.height + 2, width, row * static_cast<float>(node->options.size()) + 8};
    Picture picture;
    picture.add({.shape = Shape::shadow, .colour = Colour::shadow, .box = box, .radius = 4, .thickness = 10});
    picture.rect(box, Colour::surface, 4);
    picture.outline(box, Colour::border_strong, 1, 4);
    const ImGuiIO& io = ImGui::GetIO();
    bool chosen = false;
    for (std::size_t i = 0; i < node->options.size(); ++i) {
        const Box line{box.x + 1, box.y + 4 + row * static_cast<float>(i), box.width - 2, row};
        const bool hot = line.contains(frame.input.pointer.x, frame.input.pointer.y);
        if (hot || node->options[i].value == node->value)
            picture.rect(line, hot ? Colour::secondary_hover : Colour::sunken);
        Drawing words{.shape = Shape::text,
                      .colour = Colour::text,
                      .box = {line.x + pad, line.y + (row - style.line) / 2, line.width - 2 * pad, style.line}};
        words.layout = &set(node->options[i]);
        words.line_height = style.line;
        picture.add(words);
        if (hot && io.MouseClicked[0]) {
            waiting_.push_back(semantics::Typed{node->key, node->options[i].value});
            chosen = true;
        }
    }
    paint(picture, frame.strip, frame.fonts, list);
    if (chosen || io.MouseClicked[0]) choosing_.clear();
}

void NativeControls::work(const NativeFrame& frame, ImDrawList& list) {
    edit(frame, list);
    drawn_choosing_ = choosing_;
    choose(frame, list);
    if (drawn_choosing_.empty()) pointer(frame);
    keys(frame);
}

}  // namespace ca::ui
