// Works a page as a person would, without a window: by role and name, never by pixel.
//
//     PageHarness page([&](ui::Ui& ui) { pages::cases(ui, state); });
//     CHECK(page.has(Role::heading, "My cases"));
//     page.type(Role::textbox, "Add a note", "We are ready");
//     page.click(Role::button, "Post note");
//     CHECK(page.words().contains("We are ready"));
//
// Each act is given to the next frame; frames are built until nothing asks for another one. A fault of a frame (a key
// used twice, a control without a name, a skipped heading level) and a thing that is not there throw, with what the
// page looked like, so that the test that met them fails. The frame is drawn as well, into ImGui's lists that nobody
// renders. Header only, so that a test of any layer from ui upwards can include it. Needs CA_FONTS_DIR.
#pragma once

#include "semantics/find.h"
#include "ui/screen.h"

#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ca::test {

using semantics::Node;
using semantics::Role;

struct Fonts {
    std::string regular, semibold, bold, italic, monospace;
    ui::FontFiles files() const { return {regular, semibold, bold, italic, monospace}; }
};

inline std::string read_whole_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline const Fonts& fonts() {
    static const Fonts loaded = [] {
        const std::string folder = std::string(CA_FONTS_DIR) + "/";
        return Fonts{
            read_whole_file(folder + "SourceSans3-Regular.ttf"), read_whole_file(folder + "SourceSans3-SemiBold.ttf"),
            read_whole_file(folder + "SourceSans3-Bold.ttf"), read_whole_file(folder + "SourceSans3-Italic.ttf"),
            read_whole_file(folder + "SourceCodePro-Regular.ttf")};
    }();
    return loaded;
}

class PageHarness {
public:
    using Build = std::function<void(ui::Ui&)>;

    explicit PageHarness(Build build, float width = 1280) : build_(std::move(build)), screen_(fonts().files()) {
        input.width = width;
        input.collect_faults = true;
        settle();
    }

    // What the next frames are told: width, scheme, draw … Call settle() after a change.
    ui::FrameInput input;
    ui::FrameOutput output;
    std::size_t frames = 0;                // that were built so far
    int frames_max = 20;                   // of one act; a long import takes more
    std::vector<std::string> opened;       // addresses of links that were clicked
    std::vector<std::string> focus_moves;  // keys that the page moved focus to

    // ---- Looking ------------------------------------------------------------------------------------------
    const semantics::Nodes& nodes() const { return output.nodes; }
    const Node& find(Role role, std::string_view name, std::string_view inside = {}) const {
        auto found = semantics::find(output.nodes, role, name, {.inside = inside});
        if (!found) throw std::runtime_error(found.error().message + "\n" + dump());
        return **found;
    }
    bool has(Role role, std::string_view name, std::string_view inside = {}) const {
        for (const Node* node : semantics::find_all(output.nodes, role, {.inside = inside}))
            if (semantics::name_of(output.nodes, *node) == name) return true;
        return false;
    }
    std::vector<std::string> names(Role role, std::string_view inside = {}) const {
        std::vector<std::string> all;
        for (const Node* node : semantics::find_all(output.nodes, role, {.inside = inside}))
            all.push_back(semantics::name_of(output.nodes, *node));
        return all;
    }
    const Node& key(std::string_view full_key) const {
        const Node* node = semantics::find_key(output.nodes, full_key);
        if (node == nullptr) throw std::runtime_error("no node " + std::string(full_key) + "\n" + dump());
        return *node;
    }
    std::string words() const { return semantics::words_of(output.nodes); }
    std::string words(const Node& node) const { return semantics::words_of(output.nodes, node); }
    std::string dump() const { return semantics::outline(output.nodes); }
    const std::string& focused() const { return input.focus.key; }

    // ---- Acting -------------------------------------------------------------------------------------------
    void click(Role role, std::string_view name, std::string_view inside = {}) {
        const Node& node = find(role, name, inside);
        if (node.disabled) throw std::runtime_error("disabled: " + std::string(name) + "\n" + dump());
        const std::string target = node.key, href = node.href;
        input.focus = {target, false};
        if (role == Role::link && (!href.starts_with('#') || href.starts_with("#/"))) opened.push_back(href);
        act(semantics::Click{target});
    }
    void click_key(std::string_view full_key) { act(semantics::Click{std::string(full_key)}); }
    void type(Role role, std::string_view name, std::string text, std::string_view inside = {}) {
        const std::string target = find(role, name, inside).key;
        input.focus = {target, true};
        act(semantics::Typed{target, std::move(text)});
    }
    // A checkbox, or a radio by its label.
    void tick(Role role, std::string_view name, bool on = true, std::string_view inside = {}) {
        act(semantics::Ticked{find(role, name, inside).key, on});
    }
    void choose(std::string_view select, std::string_view label) {
        const Node& node = find(Role::select, select);
        for (const semantics::Option& option : node.options)
            if (option.label == label) return act(semantics::Typed{node.key, option.value});
        throw std::runtime_error("no option " + std::string(label) + "\n" + dump());
    }
    void give_files(std::string_view name, std::vector<semantics::ChosenFile> files) {
        act(semantics::Files{find(Role::file_input, name).key, std::move(files)});
    }
    void escape(std::string_view dialog) { act(semantics::Dismissed{find(Role::dialog, dialog).key}); }

    void act(ui::Happening happening) {
        input.happenings.push_back(std::move(happening));
        settle();
    }
    // Builds frames until nothing asks for another one.
    void settle() {
        for (int frame = 0; frame < frames_max; ++frame) {
            build_(screen_.begin(input));
            output = screen_.end();
            ++frames;
            input.happenings.clear();
            for (const std::string& fault : output.faults) throw std::runtime_error(fault + "\n" + dump());
            if (output.focus) {
                focus_moves.push_back(*output.focus);
                input.focus = {*output.focus, true};
            }
            if (!output.redraw_now) return;
        }
        throw std::runtime_error("the page asks for frames without end\n" + dump());
    }

private:
    Build build_;
    ui::Screen screen_;
};

}  // namespace ca::test
