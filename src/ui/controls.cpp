// What can be worked: links, buttons and fields. They draw, emit their node, and take what happened to it since the
// last frame.
#include "ui/builder.h"

#include <algorithm>
#include <cmath>

namespace ca::ui {

using semantics::Role;
using semantics::Toggle;

bool Builder::take_click(const std::string& key) {
    const auto found = events_.clicks.find(key);
    if (found == events_.clicks.end()) return false;
    events_.clicks.erase(found);
    result_.consumed = result_.pressed = true;
    return true;
}

bool Builder::take_typed(const std::string& key, std::string& value) {
    const auto found = events_.typed.find(key);
    if (found == events_.typed.end()) return false;
    const bool changed = found->second != value;
    value = std::move(found->second);
    events_.typed.erase(found);
    result_.consumed = result_.consumed || changed;
    return changed;
}

std::optional<std::string> Builder::hear_typed(const std::string& full_key) {
    auto typed = events_.typed.extract(full_key);
    if (typed.empty()) return std::nullopt;
    return std::move(typed.mapped());
}

std::optional<bool> Builder::take_ticked(const std::string& key) {
    const auto found = events_.ticked.find(key);
    if (found == events_.ticked.end()) return std::nullopt;
    const bool on = found->second;
    events_.ticked.erase(found);
    return on;
}

std::optional<Builder::FormPlace> Builder::form_around() const {
    for (auto container = stack_.rbegin(); container != stack_.rend(); ++container)
        if (container->role == Role::form)
            return FormPlace{container->parent, nodes[static_cast<std::size_t>(container->node)].name};
    return std::nullopt;
}

bool Builder::take_value(const std::string& key, std::string_view label, std::string& value,
                         const FieldOptions& options, const std::function<bool()>& take) {
    const auto form = form_around();
    if (!memory_ || !form || options.anew || options.kind == FieldKind::search) return take();
    const FieldMemory::Field field{.key = key, .form = form->key, .form_name = form->name, .label = label};
    auto earlier = memory_->recall(field, value);
    const bool recalled = earlier && *earlier != value;
    if (recalled) value = std::move(*earlier);
    const bool typed = take();
    memory_->tell(field, value, typed);
    result_.consumed = result_.consumed || recalled;
    return typed || recalled;
}

// A press by the person, or one that opens again what they had open.
bool Builder::take_press(const std::string& key) {
    if (!memory_) return take_click(key);
    if (take_click(key)) {
        const auto form = form_around().value_or(FormPlace{});
        memory_->pressed(key, form.key, form.name);
        return true;
    }
    if (!memory_->presses(key)) return false;
    reopened_ = result_.consumed = true;
    return true;
}

// ---- Links ------------------------------------------------------------------------------------------------

void Builder::link_block(std::string_view key, std::string_view words, std::string_view address, Colour colour,
                         Style set_in, std::string_view look) {
    const std::string own = full_key(key);
    const Slot slot = open(0);
    const documents::Inline runs{{.text = std::string(words), .link = std::string(address)}};
    const TextLayout& layout = set(runs, set_in, slot.width);
    const float text_height = static_cast<float>(layout.lines()) * set_in.line;
    const float inset = std::ceil(std::max(0.0f, px(Length::target_min) - text_height) / 2);
    const Box box{slot.x, slot.y, std::ceil(layout.width), text_height + 2 * inset};
    const std::size_t drawing = draw_text(layout, {box.x, box.y + inset, box.width, text_height}, set_in, colour);
    picture[drawing].hot_piece = is_hot(own) ? 0 : -1;
    picture[drawing].focused_piece = shows_focus(own) ? 0 : -1;
    const std::size_t node = emit(Role::link, own, box);
    nodes[node].href = address;
    nodes[node].look = look;
    say(node, drawing, documents::plain(std::string(words)), layout, set_in, 0, inset);
    close(slot, box.height, box.width, length(Length::space_3));
}

void Builder::link(std::string_view key, std::string_view words, std::string_view address, LinkOptions options) {
    const Place place = top().place;
    const bool in_banner = place == Place::banner, in_menu = place == Place::site, is_skip = place == Place::root;
    const std::size_t node = nodes.size();
    if (in_banner || in_menu || is_skip) {
        const bool is_brand = in_banner && top().index++ == 0;
        const std::string own = full_key(key);
        const Slot slot = open(0);
        const Style set_in = style(is_brand ? Type::brand : Type::menu);
        const float pad_x = in_menu ? 12.0f : is_skip ? 16.0f : is_brand ? 0.0f : 4.0f, pad_y = in_menu ? 12.0f : 8.0f;
        const TextLayout& layout =
            set(words, {set_in.size, set_in.line, options.current ? std::uint16_t{600} : set_in.weight},
                slot.width - 2 * pad_x);
        Box box{slot.x, slot.y, std::ceil(layout.width) + 2 * pad_x,
                static_cast<float>(layout.lines()) * set_in.line + 2 * pad_y};
        const bool focused = shows_focus(own), hot = is_hot(own);
        Colour ink = in_menu ? Colour::link : Colour::on_brand;
        if (focused) {
            ink = Colour::on_focus;
            picture.rect(box, Colour::focus);
            picture.rect({box.x, box.bottom() - 4, box.width, 4}, Colour::focus_edge);
        } else if (in_menu && options.current) {
            picture.rect({box.x, box.bottom() - 4, box.width, 4}, Colour::link);
        }
        if (!is_skip || focused) {
            const std::size_t drawing = draw_text(
                layout, {box.x + pad_x, box.y + pad_y, box.width - 2 * pad_x, box.height - 2 * pad_y}, set_in, ink);
            picture[drawing].underlined = hot || (in_banner && !is_brand);
        }
        emit(Role::link, own, box);
        nodes[node].href = address;
        nodes[node].look = is_brand ? "brand" : in_menu ? "menu" : is_skip ? "skip" : "header";
        nodes[node].name = words;
        nodes[node].text = text_style(
            layout, {set_in.size, set_in.line, options.current ? std::uint16_t{600} : set_in.weight}, pad_x, pad_y);
        if (!is_skip) close(slot, box.height, box.width, 0);
    } else {
        Style set_in = style(options.quiet ? Type::small : Type::body);
        if (options.current) set_in.weight = 600;
        link_block(key, words, address, Colour::text, set_in, options.quiet ? "quiet" : "action");
        // As the page draws them while the rail is above it (html-view.css): contents are links without a line each.
        if (in(Place::rail) && !options.place.empty()) {
            Drawing& drawing = picture[picture.size() - 1];
            drawing.quiet_links = true;
            drawing.colour = Colour::link;
        }
    }
    nodes[node].current = options.current;
    nodes[node].new_window = options.new_window;
    nodes[node].value = options.place;
    if (!options.hidden_suffix.empty()) {
        nodes[node].runs = {{.text = std::string(words)}};
        nodes[node].name = std::string(words) + " " + std::string(options.hidden_suffix);
    }
}

// ---- Buttons ----------------------------------------------------------------------------------------------

Builder::ButtonLook Builder::button_look(Tone tone, bool small) const {
    ButtonLook look;
    if (small) {
        look.type = Type::button_small;
        look.height = length(Length::button_small_height);
        look.padding = length(Length::button_small_padding);
        look.edge = 2;
    } else {
        look.height = length(Length::control_height);
        look.padding = length(Length::button_padding);
        look.edge = length(Length::button_edge);
    }
    switch (tone) {
        case Tone::primary:
            look.fill = Colour::primary;
            look.hover = Colour::primary_hover;
            look.ink = Colour::on_primary;
            look.rim = Colour::primary_edge;
            break;
        case Tone::warning:
            look.fill = Colour::warning;
            look.hover = Colour::warning_hover;
            look.ink = Colour::on_warning;
            look.rim = Colour::warning_edge;
            break;
        case Tone::secondary:
            look.outlined = true;
            if (!small) {  // as tall as the others, with a thinner edge
                look.height += 2;
                look.edge = 2;
            }
            break;
        case Tone::plain:
            look.type = Type::button_small;
            look.height = narrow_ ? 40.0f : 36.0f;
            look.padding = 14;
            look.edge = 0;
            look.fill = Colour::sunken;
            look.hover = Colour::secondary_hover;
            look.ink = Colour::text;
            look.rim = Colour::border_strong;
            break;
        case Tone::quiet:
            if (in(Place::footer)) look.type = Type::button_small;
            look.bare = true;
            look.padding = 0;
            look.edge = 0;
            look.ink = Colour::link;
            break;
    }
    if (top().place == Place::site) {  // a menu's button stands as its links do
        look.type = Type::menu;
        look.height = style(Type::menu).line + 24;
        look.padding = 12;
    }
    if (in(Place::banner)) {
        look.type = Type::button_small;
        look.height = length(Length::control_height);
        look.padding = 14;
        look.edge = 0;
        look.outlined = look.bare = false;
        look.fill = Colour::brand_deep;
        look.hover = Colour::brand;
        look.ink = Colour::on_brand;
        look.rim = Colour::on_brand;
    }
    return look;
}

Builder::ButtonLook Builder::in_state(ButtonLook look, bool disabled, bool focused, bool hot) {
    if (hot) look.fill = look.hover;
    if (disabled) {
        look.ink = Colour::on_disabled;
        look.fill = Colour::disabled;
        look.rim = Colour::disabled;
    } else if (focused) {
        look.ink = Colour::on_focus;
        look.fill = Colour::focus;
        look.rim = Colour::focus_edge;
    }
    return look;
}

void Builder::button_face(const ButtonLook& look, const Box& face, float sunk, FaceState state) {
    const auto [x, y, width, height] = face;
    const float radius = px(Length::control_radius);
    if (look.bare) {
        if (!state.focused) return;
        const float inside = top().place == Place::site ? 0 : 4;
        picture.rect({x, y + inside, width, height - 2 * inside}, Colour::focus);
        picture.rect({x, y + height - inside - 4, width, 4}, Colour::focus_edge);
    } else if (state.framed) {
        picture.rect(face, look.fill, radius);
        picture.outline(face, state.focused ? Colour::focus_edge : look.rim, state.focused ? 2 : 1, radius);
        if (state.chosen) picture.outline(face, Colour::link, 2, radius);
    } else {
        if (look.edge > 0) picture.rect({x, y, width, height + look.edge - sunk}, look.rim, radius);
        if (look.outlined && !state.focused) picture.rect({x + 2, y + 2, width - 4, height - 3}, look.fill, radius - 1);
        else picture.rect(face, look.fill, radius);
    }
}

Builder::Drawn Builder::button_at(std::string key, float x, float y, float width_max, std::string_view label, Tone tone,
                                  bool small, const ButtonOptions& options) {
    const bool focused = shows_focus(key), hot = is_hot(key) && !options.disabled,
               pressed = is_pressed(key) && !options.disabled;
    const ButtonLook look = in_state(button_look(tone, small), options.disabled, focused, hot);
    const bool in_banner = in(Place::banner);
    const bool chevron = options.expanded != Toggle::none;
    const Style set_in = style(look.type);
    const float chevron_room = chevron ? 20.0f : 0.0f;
    const TextLayout& layout = set(label, set_in, std::max(40.0f, width_max - 2 * look.padding - chevron_room));
    const float text_height = static_cast<float>(layout.lines()) * set_in.line;
    const bool in_menu = top().place == Place::site;
    const float height = std::max(look.height, text_height + (small ? 8 : 16));
    const bool is_glass = label.empty();  // a magnifying glass says what its name says
    const float width = is_glass ? height : std::ceil(layout.width) + 2 * look.padding + chevron_room;
    const Box box{x, y, width, height + look.edge};
    const float sunk = pressed && look.edge > 0 ? std::min(look.edge, 2.0f) : 0;
    const Box face{x, y + sunk, width, height};
    const bool framed = tone == Tone::plain || in_banner;
    button_face(look, face, sunk, {.framed = framed, .focused = focused, .chosen = options.pressed == Toggle::on});
    const float text_x = x + look.padding, text_y = std::floor(face.y + (height - text_height) / 2);
    const std::uint8_t align = look.bare || chevron ? 0 : 1;  // one without a frame of its own stands as a text does
    const std::size_t drawing = draw_text(
        layout, {text_x, text_y, width - 2 * look.padding - chevron_room, text_height}, set_in, look.ink, align);
    if (look.bare && !focused) picture[drawing].underlined = !in_menu || hot;
    if (look.bare && hot && !focused) picture[drawing].colour = Colour::link_hover;
    if (is_glass) {
        const float middle_x = x + width / 2, middle_y = face.y + height / 2;
        picture.add({.shape = Shape::ring,
                     .colour = look.ink,
                     .box = {middle_x - 9, middle_y - 9, 14, 14},
                     .radius = 6.5f,
                     .thickness = 2});
        picture.add({.shape = Shape::line,
                     .colour = look.ink,
                     .box = {middle_x + 3, middle_y + 3, 0, 0},
                     .thickness = 2.5f,
                     .from = middle_x + 9,
                     .to = middle_y + 9});
    }
    if (chevron)
        picture.add({.shape = Shape::chevron,
                     .colour = look.ink,
                     .box = {x + width - look.padding - 10, face.y + height / 2 - 3, 10, 6},
                     .thickness = 2,
                     .from = options.expanded == Toggle::on ? 0.0f : 1.0f});

    static constexpr std::string_view looks[] = {"plain", "primary", "secondary", "warning", "quiet"};
    const std::size_t index = emit(Role::button, key, box);
    semantics::Node& node = nodes[index];
    node.look = looks[static_cast<std::size_t>(tone)];
    if (small) node.look += " small";
    if (in_banner) node.look += " header";
    if (is_glass) node.look += " glass";
    if (options.closed_by_escape) node.look += " closed-by-escape";
    node.name = options.hidden_name.empty() ? std::string(label) : std::string(options.hidden_name);
    if (!options.hidden_name.empty()) node.runs = {{.text = std::string(label)}};
    node.text = text_style(layout, set_in, look.padding, std::floor((height - text_height) / 2), align);
    node.disabled = options.disabled;
    node.expanded = options.expanded;
    node.pressed = options.pressed;
    node.busy = options.busy;
    return {!options.disabled && take_press(key), box};
}

bool Builder::button(std::string_view key, std::string_view label, Tone tone, ButtonOptions options) {
    const Slot slot = open(0);
    const Drawn drawn = button_at(full_key(key), slot.x, slot.y, slot.width, label, tone, false, options);
    // A quiet button of a form leads out of it; the others send it.
    if (drawn.pressed && tone != Tone::quiet && options.expanded == Toggle::none)
        if (auto form = form_around()) result_.pressed_form = std::move(form->key);
    close(slot, drawn.box.height, drawn.box.width, length(Length::field_below));
    return drawn.pressed;
}

bool Builder::choice_line(std::string_view key, std::string_view name, std::string_view what, bool chosen) {
    const std::string own = full_key(key);
    const Slot slot = open(0);
    const Style strong = style(Type::label), quiet = style(Type::hint);
    const float tick_room = 36, gap = length(Length::space_4), room = slot.width - tick_room;
    const bool stacked = narrow_;
    const float name_room = stacked ? room : std::floor(room * 0.36f);
    const TextLayout& name_set = set(name, strong, name_room);
    const TextLayout& what_set = set(what, quiet, stacked ? room : room - name_room - gap);
    const float name_height = static_cast<float>(name_set.lines()) * strong.line;
    const float what_height = static_cast<float>(what_set.lines()) * quiet.line;
    const float words = stacked ? name_height + what_height : std::max(name_height, what_height);
    const Box box{slot.x, slot.y, slot.width, std::max(length(Length::choice_line_height), words + 16)};
    const bool focused = shows_focus(own), hot = is_hot(own);
    const Colour ink = focused ? Colour::on_focus : hot ? Colour::link_hover : Colour::link;
    if (focused) {
        picture.rect(box, Colour::focus);
        picture.rect({box.x, box.bottom() - 4, box.width, 4}, Colour::focus_edge);
    } else {
        picture.rect({box.x, box.bottom() - 1, box.width, 1}, Colour::border);
    }
    const float x = box.x, y = box.y + std::floor((box.height - words) / 2);
    // On one line the two stand on one middle.
    const float name_y = stacked ? y : y + std::floor((words - name_height) / 2);
    const float what_y = stacked ? y + name_height : y + std::floor((words - what_height) / 2);
    const float what_x = stacked ? x : x + name_room + gap;
    picture[draw_text(name_set, {x, name_y, name_room, name_height}, strong, ink)].underlined = hot && !focused;
    if (chosen)
        picture.add({.shape = Shape::tick,
                     .colour = focused ? Colour::on_focus : Colour::primary,
                     .box = {box.right() - 20, box.y + std::floor(box.height / 2) - 7, 18, 14},
                     .thickness = 3});
    semantics::Node& node = nodes[emit(Role::button, own, box)];
    node.name = name;
    node.look = "choice-line";
    node.pressed = chosen ? Toggle::on : Toggle::none;
    node.text = text_style(name_set, strong, 0, name_y - box.y);
    const Box what_box{what_x, what_y, std::ceil(what_set.width), what_height};
    const std::size_t drawing = draw_text(what_set, what_box, quiet, focused ? Colour::on_focus : Colour::text_quiet);
    const std::size_t beside = emit(Role::paragraph, own + "-what", what_box);
    nodes[beside].look = "hint what";
    say(beside, drawing, documents::plain(std::string(what)), what_set, quiet);
    close(slot, box.height, box.width, 0);
    return take_press(own);
}

bool Builder::disclosure(std::string_view key, std::string_view label, bool& is_open) {
    const std::string own = full_key(key);
    const bool pressed = take_press(own);
    if (pressed) is_open = !is_open;
    const Slot slot = open(0);
    const Style set_in = style(Type::body);
    const float indent = 22, pad_y = narrow_ ? 9.0f : 6.0f;
    const documents::Inline runs{
        {.text = std::string(label), .link = "#"}};  // set as a link, so that it is drawn as one
    const TextLayout& layout = set(runs, set_in, slot.width - indent);
    const Box box{slot.x, slot.y, std::ceil(layout.width) + indent + 4,
                  static_cast<float>(layout.lines()) * set_in.line + 2 * pad_y};
    const bool focused = shows_focus(own);
    const Colour mark = focused ? Colour::on_focus : is_hot(own) ? Colour::link_hover : Colour::link;
    if (focused) {
        picture.rect({box.x, box.y + 2, box.width, box.height - 4}, Colour::focus);
        picture.rect({box.x, box.bottom() - 6, box.width, 4}, Colour::focus_edge);
    }
    const float middle = box.y + pad_y + set_in.line / 2;
    if (is_open)
        picture.add({.shape = Shape::chevron,
                     .colour = mark,
                     .box = {box.x + 2, middle - 3, 12, 7},
                     .thickness = 2.5f,
                     .from = 1});
    else
        picture.add({.shape = Shape::chevron,
                     .colour = mark,
                     .box = {box.x + 4, middle - 6, 7, 12},
                     .thickness = 2.5f,
                     .from = 2});
    const std::size_t drawing =
        draw_text(layout, {box.x + indent, box.y + pad_y, layout.width, box.height - 2 * pad_y}, set_in, Colour::text);
    picture[drawing].hot_piece = is_hot(own) ? 0 : -1;
    picture[drawing].focused_piece = focused ? 0 : -1;
    const std::size_t node = emit(Role::button, own, box);
    nodes[node].name = label;
    nodes[node].look = "disclosure";
    nodes[node].expanded = is_open ? Toggle::on : Toggle::off;
    nodes[node].text = text_style(layout, set_in, indent, pad_y);
    close(slot, box.height, box.width, length(Length::block_below));
    return is_open;
}

// ---- Fields -----------------------------------------------------------------------------------------------

void Builder::put_part(semantics::Part& part, std::string_view words, Type type, Colour colour, float x, float& y,
                       float width, float& used) {
    const Style set_in = style(type);
    const TextLayout& layout = set(words, set_in, std::min(width, px(Length::measure)));
    const Box box{x, y, std::ceil(layout.width), static_cast<float>(layout.lines()) * set_in.line};
    draw_text(layout, box, set_in, colour);
    part.bounds = {box.x, box.y, box.width, box.height};
    part.text = text_style(layout, set_in);
    y += box.height;
    used = std::max(used, box.width);
}

Builder::FieldFrame Builder::open_field(Role role, std::string key, std::string_view label, const FieldOptions& options,
                                        bool label_above) {
    FieldFrame frame;
    frame.slot = open(0);
    frame.has_error = !options.error.empty();
    const float indent = frame.has_error ? 18.0f : 0.0f;
    frame.x = frame.slot.x + indent;
    frame.width = frame.slot.width - indent;
    frame.y = frame.slot.y;
    if (frame.has_error) frame.bar = picture.rect({frame.slot.x, frame.slot.y, 4, 0}, Colour::error);
    frame.node = emit(role, std::move(key), {frame.slot.x, frame.slot.y, frame.slot.width, 0});
    semantics::Node& node = nodes[frame.node];
    node.name = label;
    node.hint = options.hint;
    node.error = options.error;
    node.required = options.required;
    node.disabled = options.disabled;
    node.autocomplete = options.autocomplete;
    node.hidden_name = options.hidden_label;
    if (options.hidden_label) node.look = "hidden-label";
    if (label_above) {
        if (!options.hidden_label)
            put_part(node.label_part, label, Type::label, Colour::text, frame.x, frame.y, frame.width, frame.used);
        if (!options.hint.empty())
            put_part(node.hint_part, options.hint, Type::hint, Colour::text_quiet, frame.x, frame.y, frame.width,
                     frame.used);
    }
    if (frame.has_error) {
        if (frame.y > frame.slot.y) frame.y += 4;
        put_part(node.error_part, options.error, Type::error, Colour::error, frame.x, frame.y, frame.width, frame.used);
    }
    if (frame.y > frame.slot.y) frame.y += 6;
    return frame;
}

void Builder::close_field(FieldFrame& frame, float control_height, float control_width) {
    const float height = frame.y + control_height - frame.slot.y;
    const float used = std::max(frame.used, control_width) + (frame.x - frame.slot.x);
    if (frame.has_error) picture[frame.bar].box.height = height;
    semantics::Bounds& bounds = nodes[frame.node].bounds;
    bounds.height = height;
    bounds.width = frame.slot.fit ? used : frame.slot.width;
    close(frame.slot, height, used, length(Length::field_below), -1, true);
}

void Builder::control_box(const Box& box, std::string_view key, bool error, bool disabled) {
    const float radius = px(Length::control_radius), border = px(Length::control_border);
    const bool focused = shows_focus(key);
    if (focused) picture.outline({box.x - 4, box.y - 4, box.width + 8, box.height + 8}, Colour::focus, 4, radius + 4);
    picture.rect(box, disabled ? Colour::sunken : Colour::surface, radius);
    picture.outline(box,
                    focused ? (input_->scheme == Scheme::dark ? Colour::focus : Colour::focus_edge)
                    : error ? Colour::error
                            : Colour::border_strong,
                    focused || error ? border + 1 : border, radius);
}

// On the desktop the canvas shows what is typed; in a browser the input over it does.
void Builder::value_text(const Box& box, std::string_view value, std::string_view key, bool multiline) {
    const Style set_in = style(Type::input);
    const float pad = px(Length::control_padding);
    semantics::Node& node = nodes.back();
    node.text = {.size = set_in.size,
                 .line_height = set_in.line,
                 .weight = set_in.weight,
                 .inset_x = pad,
                 .inset_y = multiline ? 8.0f : std::floor((box.height - set_in.line) / 2)};
    if (!input_->native_controls || value.empty() || (input_->focus.key == key && node.role != Role::select)) return;
    const TextLayout& layout = set(value, set_in, multiline ? box.width - 2 * pad : unbounded);
    const float room = box.width - 2 * pad - (node.role == Role::select ? 20 : 0);
    const std::size_t drawing =
        draw_text(layout, {box.x + pad, box.y + node.text.inset_y, room, set_in.line}, set_in, Colour::text);
    picture[drawing].clipped = true;
    picture[drawing].box.height = box.height - 2 * node.text.inset_y;
}

float Builder::field_width(FieldWidth width, float available) const {
    const auto of_characters = [&](float count) {
        return std::min(available, std::ceil(count * 10) + 2 * px(Length::control_padding) + 4);
    };
    switch (width) {
        case FieldWidth::thirty: return of_characters(30);
        case FieldWidth::twenty: return of_characters(20);
        case FieldWidth::fifteen: return of_characters(15);
        case FieldWidth::ten: return of_characters(10);
        case FieldWidth::five: return of_characters(5);
        case FieldWidth::full: break;
    }
    if (in(Place::search)) return std::min(available, 260.0f);
    if (top().flow == Flow::row) return std::min(available, 340.0f);
    return std::min(available, px(Length::measure));
}

namespace {

std::string_view look_of(FieldWidth width) {
    switch (width) {
        case FieldWidth::thirty: return "w-30";
        case FieldWidth::twenty: return "w-20";
        case FieldWidth::fifteen: return "w-15";
        case FieldWidth::ten: return "w-10";
        case FieldWidth::five: return "w-5";
        case FieldWidth::full: break;
    }
    return "";
}

std::string_view type_of(FieldKind kind) {
    switch (kind) {
        case FieldKind::email: return "email";
        case FieldKind::search: return "search";
        case FieldKind::date: return "date";
        case FieldKind::number: return "number";
        case FieldKind::telephone: return "tel";
        case FieldKind::text: break;
    }
    return "text";
}

void add_look(semantics::Node& node, std::string_view look) {
    if (look.empty()) return;
    if (!node.look.empty()) node.look += ' ';
    node.look += look;
}

}  // namespace

bool Builder::text_control(std::string_view key, std::string_view label, std::string& value,
                           const FieldOptions& options, bool multiline) {
    const std::string own = full_key(key);
    const bool changed = take_value(own, label, value, options, [&] { return take_typed(own, value); });
    const Role role = options.kind == FieldKind::search ? Role::searchbox : Role::textbox;
    FieldFrame frame = open_field(role, own, label, options, true);
    constexpr float date_width_min = 200;  // the browser's own parts of a date, and its calendar button
    const float width = options.kind == FieldKind::date
                            ? std::min(frame.width, std::max(date_width_min, field_width(options.width, frame.width)))
                            : field_width(options.width, frame.width);
    const float height = multiline ? static_cast<float>(std::max(2, options.rows)) * style(Type::input).line + 16
                                   : length(Length::control_height);
    const Box box{frame.x, frame.y, width, height};
    control_box(box, own, frame.has_error, options.disabled);
    semantics::Node& node = nodes[frame.node];
    node.value = value;
    node.control = {box.x, box.y, box.width, box.height};
    node.multiline = multiline;
    if (!multiline && role == Role::textbox) node.input_type = type_of(options.kind);
    add_look(node, look_of(options.width));
    value_text(box, value, own, multiline);
    close_field(frame, height, width);
    return changed;
}

bool Builder::text_field(std::string_view key, std::string_view label, std::string& value,
                         const FieldOptions& options) {
    return text_control(key, label, value, options, false);
}

bool Builder::text_area(std::string_view key, std::string_view label, std::string& value, const FieldOptions& options) {
    return text_control(key, label, value, options, true);
}

bool Builder::select(std::string_view key, std::string_view label, std::span<const Choice> choices, std::string& value,
                     const FieldOptions& options) {
    const std::string own = full_key(key);
    const bool changed = take_value(own, label, value, options, [&] { return take_typed(own, value); });
    FieldFrame frame = open_field(Role::select, own, label, options, true);
    const Style set_in = style(Type::input);
    const float pad = px(Length::control_padding);
    float width = options.width == FieldWidth::full ? 0 : field_width(options.width, frame.width);
    std::string_view shown;
    for (const Choice& choice : choices) {
        if (options.width == FieldWidth::full)
            width = std::max(width, set(choice.label, set_in, unbounded).width + 2 * pad + 32);
        if (choice.value == value) shown = choice.label;
        nodes[frame.node].options.push_back({choice.value, choice.label});
    }
    width = std::clamp(std::ceil(width), std::min(frame.width, 160.0f),
                       std::max(160.0f, std::min(frame.width, px(Length::measure))));
    const Box box{frame.x, frame.y, width, length(Length::control_height)};
    control_box(box, own, frame.has_error, options.disabled);
    picture.add({.shape = Shape::chevron,
                 .colour = Colour::text,
                 .box = {box.right() - pad - 12, box.y + box.height / 2 - 3, 12, 7},
                 .thickness = 2.5f,
                 .from = 1});
    nodes[frame.node].value = value;
    nodes[frame.node].control = {box.x, box.y, box.width, box.height};
    add_look(nodes[frame.node], look_of(options.width));
    value_text(box, shown, own, false);
    close_field(frame, box.height, width);
    return changed;
}

bool Builder::checkbox(std::string_view key, std::string_view label, bool& on, const FieldOptions& options) {
    const std::string own = full_key(key);
    std::string value = on ? "on" : "";
    const bool changed = take_value(own, label, value, options, [&] {
        const auto ticked = take_ticked(own);
        if (!ticked || *ticked == !value.empty()) return false;
        value = *ticked ? "on" : "";
        result_.consumed = true;
        return true;
    });
    on = !value.empty();
    FieldFrame frame = open_field(Role::checkbox, own, label, options, false);
    const float height = tick_row(frame, label, options, false, on);
    nodes[frame.node].checked = on ? Toggle::on : Toggle::off;
    close_field(frame, height, frame.used);
    return changed;
}

// A square box of any size, and its tick.
void Builder::tick_box(const Box& box, std::string_view key, Colour edge, bool on) {
    const float size = box.width;
    const bool focused = shows_focus(key);
    if (focused) picture.rect({box.x - 4, box.y - 4, size + 8, size + 8}, Colour::focus, 6);
    picture.rect(box, is_hot(key) ? Colour::hover : Colour::surface, 3);
    picture.outline(box, edge, focused ? 3 : 2, 3);
    if (on)
        picture.add({.shape = Shape::tick,
                     .colour = Colour::text,
                     .box = {box.x + size / 4, box.y + size * 9 / 32, size / 2, size * 14 / 32},
                     .thickness = size / 8});
}

// A box or a circle, with its label and hint to the right.
float Builder::tick_row(FieldFrame& frame, std::string_view label, const FieldOptions& options, bool round, bool on) {
    const float size = px(Length::tick_size), row = px(Length::tick_row), gap = 12;
    const std::string& own = nodes[frame.node].key;
    const bool focused = shows_focus(own);
    const Box box{frame.x, frame.y + (row - size) / 2, size, size};
    const Colour edge = focused            ? Colour::focus_edge
                        : options.disabled ? Colour::disabled
                        : frame.has_error  ? Colour::error
                                           : Colour::border_strong;
    if (round) {
        const Box at = box;
        const float radius = size / 2;
        if (focused) picture.add({.shape = Shape::circle, .colour = Colour::focus, .box = at, .radius = radius + 4});
        picture.add({.shape = Shape::circle, .colour = Colour::surface, .box = at, .radius = radius});
        picture.add({.shape = Shape::ring,
                     .colour = edge,
                     .box = at,
                     .radius = radius - 1,
                     .thickness = focused ? 3.0f : 2.0f});
        if (on) picture.add({.shape = Shape::circle, .colour = Colour::text, .box = at, .radius = radius * 0.5f});
    } else {
        tick_box(box, own, edge, on);
    }
    const float text_x = box.right() + gap, room = frame.width - size - gap;
    const Style set_in = style(Type::body);
    float y = frame.y + std::max(0.0f, std::floor((row - set_in.line) / 2)), used = 0;
    semantics::Node& node = nodes[frame.node];
    put_part(node.label_part, label, Type::body, options.disabled ? Colour::on_disabled : Colour::text, text_x, y, room,
             used);
    if (!options.hint.empty())
        put_part(node.hint_part, options.hint, Type::hint, Colour::text_quiet, text_x, y, room, used);
    node.control = {box.x, box.y, size, size};
    frame.used = std::max(frame.used, size + gap + used);
    return std::max(row, y + 4 - frame.y);
}

bool Builder::radios(std::string_view key, std::string_view legend, std::span<const Choice> choices, std::string& value,
                     const FieldOptions& options) {
    const std::string own = full_key(key);
    const bool changed = take_value(own, legend, value, options, [&] {
        bool chosen = false;
        for (const Choice& choice : choices) {
            const auto ticked = take_ticked(own + "/" + choice.value);
            if (!ticked || !*ticked || value == choice.value) continue;
            value = choice.value;
            chosen = result_.consumed = true;
        }
        return chosen;
    });
    const auto scope = group(key, options.hidden_label ? std::string_view{} : legend, options.hint, options.error);
    nodes[static_cast<std::size_t>(top().node)].name = legend;
    top().is_field = true;
    for (const Choice& choice : choices) {
        const FieldOptions one{.hint = choice.hint, .disabled = options.disabled};
        FieldFrame frame = open_field(Role::radio, full_key(choice.value), choice.label, one, false);
        const bool on = choice.value == value;
        const float height = tick_row(frame, choice.label, one, true, on);
        nodes[frame.node].checked = on ? Toggle::on : Toggle::off;
        nodes[frame.node].value = choice.value;
        nodes[frame.node].bounds.height = height;
        nodes[frame.node].bounds.width = frame.slot.fit ? frame.used : frame.slot.width;
        close(frame.slot, height, frame.used, 4, -1, true);
    }
    return changed;
}

namespace {

// Empty: each was read.
std::string unreadable_words(std::span<const semantics::ChosenFile> files) {
    std::string names;
    int count = 0;
    for (const semantics::ChosenFile& file : files) {
        if (file.is_readable) continue;
        names += (names.empty() ? "“" : ", “") + file.name + "”";
        ++count;
    }
    if (count == 0) return {};
    return names + " cannot be read. " + (count == 1 ? "Is it" : "Are they") +
           " a folder, in use by another program, or kept online and not on this device? Choose files, not folders; "
           "close what is open in another program and "
           "download what is kept online, then choose again.";
}

}  // namespace

std::vector<semantics::ChosenFile> Builder::file_input(std::string_view key, std::string_view label,
                                                       std::string_view accept, bool multiple,
                                                       const FieldOptions& options) {
    const std::string own = full_key(key);
    std::vector<semantics::ChosenFile> chosen;
    if (const auto found = events_.files.find(own); found != events_.files.end()) {
        chosen = std::move(found->second);
        events_.files.erase(found);
        result_.consumed = result_.consumed || !chosen.empty();
        unreadable_.erase(own);
        if (std::string words = unreadable_words(chosen); !words.empty()) unreadable_[own].words = std::move(words);
        std::erase_if(chosen, [](const semantics::ChosenFile& file) { return !file.is_readable; });
    }
    FieldFrame frame = open_field(Role::file_input, own, label, options, true);
    const Style name = style(Type::button_small), rest = style(Type::small);
    const float width = std::min(frame.width, 560.0f), pad = 16;
    const TextLayout& choose = set(multiple ? "Choose files" : "Choose file", name, unbounded);
    const float pill = std::ceil(choose.width) + 28, pill_height = 40;
    const TextLayout& drop = set(multiple ? "or drop them here" : "or drop it here", rest, unbounded);
    const bool beside = pill + drop.width + 12 + 2 * pad <= width;
    const float height = beside ? pill_height + 2 * pad : pill_height + rest.line + 8 + 2 * pad;
    const Box box{frame.x, frame.y, width, height};
    const bool focused = shows_focus(own), hot = is_hot(own);
    if (focused) picture.outline({box.x - 4, box.y - 4, box.width + 8, box.height + 8}, Colour::focus, 4, 8);
    picture.rect(box, hot ? Colour::hover : Colour::surface, 4);
    picture.add({.shape = Shape::dashes,
                 .colour = focused           ? Colour::focus_edge
                           : frame.has_error ? Colour::error
                                             : Colour::border_strong,
                 .box = box,
                 .thickness = 2});
    const Box button{box.x + pad, box.y + pad, pill, pill_height};
    picture.rect(button, hot ? Colour::secondary_hover : Colour::secondary, 4);
    picture.outline(button, Colour::secondary_edge, 2, 4);
    draw_text(choose, {button.x + 14, button.y + std::floor((pill_height - name.line) / 2), choose.width, name.line},
              name, Colour::on_secondary);
    const float drop_x = beside ? button.right() + 12 : button.x;
    const float drop_y = beside ? button.y + std::floor((pill_height - rest.line) / 2) : button.bottom() + 8;
    draw_text(drop, {drop_x, drop_y, drop.width, rest.line}, rest, Colour::text_quiet);
    semantics::Node& node = nodes[frame.node];
    node.accept = accept;
    node.multiple = multiple;
    node.control = {box.x, box.y, box.width, box.height};
    close_field(frame, height, width);
    const auto unreadable = unreadable_.find(own);
    if (unreadable != unreadable_.end()) unreadable->second.shown = true;
    alert(std::string(key) + "-unreadable",
          unreadable == unreadable_.end() ? std::string_view{} : unreadable->second.words);
    return chosen;
}

}  // namespace ca::ui
