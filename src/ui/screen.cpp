#include "ui/screen.h"

#include "ui/builder.h"
#include "ui/faults.h"
#include "ui/native_controls.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace ca::ui {

using semantics::Node;
using semantics::Role;

namespace {

#ifdef NDEBUG
constexpr bool stops_at_faults = false;
#else
constexpr bool stops_at_faults = true;
#endif

FontFace must_read(std::string_view bytes, const char* which) {
    Result<FontFace> face = FontFace::read(bytes);
    if (!face) {
        std::fprintf(stderr, "The %s font cannot be read: %s\n", which, face.error().message.c_str());
        std::abort();
    }
    return std::move(*face);
}

Faces read_faces(const FontFiles& files) {
    return {must_read(files.regular, "regular"), must_read(files.semibold, "semibold"), must_read(files.bold, "bold"),
            must_read(files.italic, "italic"), must_read(files.monospace, "monospace")};
}

Box box_of(const semantics::Bounds& bounds) { return {bounds.x, bounds.y, bounds.width, bounds.height}; }

bool ends_with_part(std::string_view key, std::string_view part) {
    return key == part || (key.size() > part.size() && key.ends_with(part) && key[key.size() - part.size() - 1] == '/');
}

}  // namespace

struct Screen::State {
    explicit State(const FontFiles& files)
        : setter(read_faces(files)), builder(setter), context(ImGui::CreateContext()) {
        ImGui::SetCurrentContext(context);
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.LogFilename = nullptr;
        const std::string_view bytes[face_count] = {files.regular, files.semibold, files.bold, files.italic,
                                                    files.monospace};
        for (std::size_t i = 0; i < face_count; ++i) {
            ImFontConfig config;
            config.FontDataOwnedByAtlas = false;
            // ImGui only reads the bytes, though its signature does not say so.
            fonts.fonts[i] = io.Fonts->AddFontFromMemoryTTF(const_cast<char*>(bytes[i].data()),
                                                            static_cast<int>(bytes[i].size()), 18, &config);
            const FontFace& face = setter.face(static_cast<Face>(i));
            fonts.scale[i] =
                face.ascent() + face.descent();  // ImGui's size is the height of a line, CSS's that of an em
            fonts.ascent[i] = face.ascent();
            fonts.descent[i] = face.descent();
        }
        style_controls();
    }
    ~State() { ImGui::DestroyContext(context); }
    State(const State&) = delete;

    void start_imgui();
    bool is_drawn(const Strip& strip) const;
    bool draw(const semantics::Nodes& nodes);  // whether it was not there yet
    void collect_targets();
    bool scrolls_in_dialog(std::string_view key) const {
        return !dialog.empty() && key.size() > dialog_scrolls.size() && key.starts_with(dialog_scrolls) &&
               key[dialog_scrolls.size()] == '/';
    }
    bool is_in_dialog(std::string_view key) const {
        return !dialog.empty() && key.size() > dialog.size() && key.starts_with(dialog) && key[dialog.size()] == '/';
    }
    std::string key_at(float x, float y) const;
    std::string row_at(float x, float y) const;
    void follow_anchors(FrameOutput& output);
    void resolve_problems();
    bool concern(const std::string& form) const;
    void hold_focus(FrameOutput&, bool was_pressed);
    std::optional<std::string> held_focus, held_reveal;
    const Node* find_anchor(std::string_view id) const;

    TextSetter setter;
    Builder builder;
    ImGuiContext* context;
    PaintFonts fonts;
    FrameInput input;
    NativeControls native;
    Effects* effects = nullptr;
    ForeignText* foreign = nullptr;

    // What the canvas shows.
    struct Shown {
        Picture picture;
        Strip strip{};
        std::uint64_t generation = 0;  // of the layouts in it
    };
    std::optional<Shown> shown;

    // From the last frame.
    std::vector<Target> targets;
    std::vector<std::pair<std::string, Box>> rows;
    std::size_t node_count = 0;
    std::string problems, pressed_form, dialog, dialog_scrolls;
    float dialog_scroll = 0;
    Box dialog_box{}, dialog_pane{};
    std::vector<std::string> clicked;  // in this frame
};

void Screen::State::start_imgui() {
    ImGuiIO& io = ImGui::GetIO();
    if (io.BackendRendererName == nullptr)
        io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;  // tests: see draw()
    io.DisplaySize = {input.width, input.canvas_height};
    io.DisplayFramebufferScale = {input.pixel_ratio, input.pixel_ratio};
    if (!input.native_controls) io.DeltaTime = 1.0f / 60;
    ImGui::NewFrame();
}

// A picture costs most where it becomes pixels: the same one is not drawn twice.
bool Screen::State::is_drawn(const Strip& strip) const {
    return shown && !input.native_controls && shown->strip == strip && shown->generation == setter.generation() &&
           shown->picture == builder.picture && !builder.picture.has_foreign_text();
}

bool Screen::State::draw(const semantics::Nodes& nodes) {
    const Strip strip{input.width, input.canvas_top, input.canvas_height, input.pixel_ratio, input.scheme,
                      effects,     foreign};
    if (is_drawn(strip)) return false;
    if (!input.native_controls) start_imgui();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({input.width, input.canvas_height});
    ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                             ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoScrollWithMouse |
                             ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav;
    if (!input.native_controls) flags |= ImGuiWindowFlags_NoInputs;
    ImGui::Begin("page", nullptr, flags);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.PushClipRect({0, 0}, {input.width, input.canvas_height});
    paint(builder.picture, strip, fonts, list);
    if (input.native_controls)
        native.work(
            {nodes, targets, input, builder.picture, setter, fonts, strip, dialog, dialog_scrolls, dialog_scroll},
            list);
    list.PopClipRect();
    ImGui::End();
    ImGui::Render();
    if (!shown) shown.emplace();
    std::swap(shown->picture, builder.picture);  // whose own is made anew in the next frame
    shown->strip = strip;
    shown->generation = setter.generation();
    if (ImGui::GetIO().BackendRendererName != nullptr) return true;
    for (ImTextureData* texture : *ImGui::GetDrawData()->Textures) {  // nobody uploads them: they are as good as made
        if (texture->Status == ImTextureStatus_WantCreate || texture->Status == ImTextureStatus_WantUpdates) {
            texture->SetTexID(1);
            texture->SetStatus(ImTextureStatus_OK);
        } else if (texture->Status == ImTextureStatus_WantDestroy) {
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        }
    }
    return true;
}

// Where a pointer can do something, for the next frame's hover.
void Screen::State::collect_targets() {
    targets.clear();
    rows.clear();
    for (const Node& node : builder.nodes) {
        if (node.key == dialog && node.role == Role::dialog) dialog_box = box_of(node.bounds);
        if (node.role == Role::row) rows.emplace_back(node.key, box_of(node.bounds));
        if (!is_control(node) || node.disabled) continue;
        const bool ticks = node.role == Role::checkbox || node.role == Role::radio;
        Box box = box_of(ticks || node.control.width <= 0 ? node.bounds : node.control);
        if (scrolls_in_dialog(node.key)) {
            box.y -= dialog_scroll;
            if (box.y >= dialog_pane.bottom() || box.bottom() <= dialog_pane.y) continue;  // behind its head or foot
        }
        targets.push_back({node.key, box, node.role, node.href});
    }
    for (const InlineLinks& links : builder.inline_links) {
        const Node& node = builder.nodes[links.node];
        const Drawing& drawing = builder.picture[links.drawing];
        for (const Segment& segment : drawing.layout->segments) {
            if (segment.piece >= node.runs.size() || node.runs[segment.piece].href.empty()) continue;
            targets.push_back(
                {node.key + "#" + std::to_string(segment.piece),
                 {drawing.box.x + segment.x, drawing.box.y + static_cast<float>(segment.line) * drawing.line_height,
                  segment.width, drawing.line_height},
                 Role::link,
                 node.runs[segment.piece].href});
        }
    }
}

std::string Screen::State::key_at(float x, float y) const {
    if (!dialog.empty() && !dialog_box.contains(x, y)) return {};
    for (auto target = targets.rbegin(); target != targets.rend(); ++target)
        if (target->box.contains(x, y) && (dialog.empty() || is_in_dialog(target->key))) return target->key;
    return {};
}

std::string Screen::State::row_at(float x, float y) const {
    if (!dialog.empty()) return {};
    for (const auto& [key, box] : rows)
        if (box.contains(x, y)) return key;
    return {};
}

const Node* Screen::State::find_anchor(std::string_view id) const {
    const auto first = [&](auto wanted) -> const Node* {
        const auto found = std::find_if(builder.nodes.begin(), builder.nodes.end(), wanted);
        return found == builder.nodes.end() ? nullptr : &*found;
    };
    if (const Node* exact = first([&](const Node& node) { return node.key == id; })) return exact;
    if (const Node* place = first([&](const Node& node) {
            return (is_control(node) || node.role == Role::heading || node.role == Role::group) &&
                   node.role != Role::link && ends_with_part(node.key, id);
        }))
        return place;
    return first([&](const Node& node) { return ends_with_part(node.key, id) && node.role != Role::list_item; });
}

// A link to "#id" leads to a place on this page.
void Screen::State::follow_anchors(FrameOutput& output) {
    for (const std::string& key : clicked) {
        const auto found =
            std::find_if(targets.begin(), targets.end(), [&](const Target& target) { return target.key == key; });
        if (found == targets.end() || found->role != Role::link || !found->href.starts_with('#') ||
            found->href.starts_with("#/"))
            continue;
        if (const Node* place = find_anchor(std::string_view(found->href).substr(1)))
            output.focus = output.reveal = place->key;
    }
    clicked.clear();
}

// The lines of an error summary name their fields by the keys that the page gave them; the fields come later in the
// frame.
void Screen::State::resolve_problems() {
    for (Node& node : builder.nodes)
        if (node.role == Role::link && node.look == "problem")
            if (const Node* field = find_anchor(std::string_view(node.href).substr(1))) node.href = "#" + field->key;
}

// What is pressed may change what stands above: focus goes to its place in the next frame, when that is known.
void Screen::State::hold_focus(FrameOutput& output, bool was_pressed) {
    auto focus = std::exchange(held_focus, std::nullopt), reveal = std::exchange(held_reveal, std::nullopt);
    if (!output.focus) output.focus = std::move(focus);
    if (!output.reveal) output.reveal = std::move(reveal);
    if (!was_pressed) return;
    held_focus = std::exchange(output.focus, std::nullopt);
    held_reveal = std::exchange(output.reveal, std::nullopt);
}

// Whether problems that are told are about this form: whoever sends it once more, and is told the same, is led to it
// once more.
bool Screen::State::concern(const std::string& form) const {
    return !form.empty() && std::ranges::any_of(builder.nodes, [&](const Node& node) {
        return node.role == Role::link && node.look == "problem" && node.href.starts_with("#" + form + "/");
    });
}

Screen::Screen(const FontFiles& files) : state_(std::make_unique<State>(files)) {}
Screen::~Screen() = default;

void Screen::use_effects(Effects* effects) { state_->effects = effects; }

void Screen::use_foreign_text(ForeignText* foreign) {
    state_->foreign = foreign;
    state_->setter.use_foreign_text(foreign);
}

void Screen::make_current() { ImGui::SetCurrentContext(state_->context); }

Ui& Screen::begin(const FrameInput& given) {
    State& state = *state_;
    make_current();
    state.input = given;
    FrameInput& input = state.input;
    if (input.native_controls) state.native.add_happenings(input.happenings);
    Events events;
    state.clicked.clear();
    for (Happening& happening : input.happenings) {
        std::visit(
            [&](auto& what) {
                using What = std::decay_t<decltype(what)>;
                if constexpr (std::is_same_v<What, semantics::Click>) {
                    ++events.clicks[what.key];
                    state.clicked.push_back(what.key);
                } else if constexpr (std::is_same_v<What, semantics::Typed>) {
                    events.typed[what.key] = std::move(what.text);
                } else if constexpr (std::is_same_v<What, semantics::Ticked>) {
                    events.ticked[what.key] = what.on;
                } else if constexpr (std::is_same_v<What, semantics::Files>) {
                    events.files[what.key] = std::move(what.files);
                } else {
                    events.dismissed.insert(what.key);
                }
            },
            happening);
    }
    // A desktop's window draws beside the page while it is built; elsewhere ImGui waits until there is something to
    // draw.
    if (input.draw && input.native_controls) state.start_imgui();
    state.setter.next_frame();
    if (state.foreign != nullptr) state.foreign->next_frame();
    state.builder.start(input, std::move(events), state.key_at(input.pointer.x, input.pointer.y),
                        state.row_at(input.pointer.x, input.pointer.y), state.node_count);
    return state.builder;
}

FrameOutput Screen::end() {
    State& state = *state_;
    Builder::Finished finished = state.builder.finish();
    FrameOutput output;
    output.height = finished.height;
    output.focus = std::move(finished.focus);
    output.reveal = std::move(finished.reveal);
    output.redraw_at = finished.redraw_at;
    output.rows_wait = finished.rows_wait;
    output.redraw_now = finished.consumed;
    state.dialog = std::move(finished.dialog_key);
    state.dialog_scroll = finished.dialog_scroll;
    state.dialog_scrolls = std::move(finished.dialog_scrolls);
    state.dialog_pane = finished.dialog_pane;
    if (!state.dialog.empty())
        output.dialog = FrameOutput::Dialog{state.dialog, finished.dialog_scroll, finished.dialog_scroll_max};

    state.resolve_problems();
    const bool is_news = finished.problems != state.problems || state.concern(state.pressed_form);
    if (!finished.problems.empty() && is_news && !output.focus) output.focus = output.reveal = finished.problems_key;
    state.problems = std::move(finished.problems);
    state.pressed_form = std::move(finished.pressed_form);
    state.collect_targets();
    state.follow_anchors(output);
    state.hold_focus(output, finished.pressed);
    if (stops_at_faults || state.input.collect_faults) {
        output.faults = std::move(state.builder.faults);
        find_faults(state.builder.nodes, output.faults);
        if (output.focus &&
            std::ranges::find(state.builder.nodes, *output.focus, &Node::key) == state.builder.nodes.end())
            output.faults.push_back("focus is moved to what is not there: " + *output.focus);
        if (!output.faults.empty() && !state.input.collect_faults) {
            for (const std::string& fault : output.faults)
                std::fprintf(stderr, "This frame is wrong: %s\n", fault.c_str());
            std::abort();
        }
    }
    if (state.input.draw) output.drawn = state.draw(state.builder.nodes);
    else state.shown.reset();
    if (state.input.native_controls) state.native.report(output);
    state.node_count = state.builder.nodes.size();
    output.nodes = std::move(state.builder.nodes);
    return output;
}

}  // namespace ca::ui
