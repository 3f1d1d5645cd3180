#include "ui/builder.h"

#include "base/shown_text.h"

#include <algorithm>
#include <cmath>

namespace ca::ui {

using semantics::Role;

namespace {

void make_safe(std::string& words) {
    if (!is_shown_as_it_is(words)) words = shown_text(words);
}

// What is said is what is drawn (text_layout.h): stored text as it may be shown. Only what is in a field stays as it
// is.
void make_safe(semantics::Node& node) {
    for (std::string* words : {&node.name, &node.hint, &node.error}) make_safe(*words);
    for (semantics::TextRun& run : node.runs) make_safe(run.text);
    for (semantics::Option& option : node.options) make_safe(option.label);
}

}  // namespace

// ---- The frame --------------------------------------------------------------------------------------------

void Builder::start(const FrameInput& input, Events events, std::string hot_key, std::string hot_row,
                    std::size_t expected_nodes) {
    input_ = &input;
    events_ = std::move(events);
    hot_key_ = std::move(hot_key);
    hot_row_ = std::move(hot_row);
    narrow_ = input.width < px(Length::narrow_below);
    nodes.clear();
    nodes.reserve(expected_nodes + expected_nodes / 8 + 64);
    picture.clear();
    inline_links.clear();
    faults.clear();
    result_ = {};
    memory_ = nullptr;
    reopened_ = false;
    dialog_list_ = {};
    stack_.clear();
    Container root;
    root.place = Place::root;
    root.width = input.width;
    stack_.push_back(std::move(root));
    picture.rect({0, -2000, input.width, 1e6f}, Colour::page);
}

Builder::Finished Builder::finish() {
    if (stack_.size() != 1) faults.push_back("scope left open: " + top().key);
    while (stack_.size() > 1) leave();
    for (semantics::Node& node : nodes) make_safe(node);
    std::erase_if(unreadable_, [](const auto& entry) { return !entry.second.shown; });
    for (auto& [key, unreadable] : unreadable_) unreadable.shown = false;
    std::erase_if(long_tables_, [](const auto& entry) { return !entry.second.shown; });
    for (auto& [key, table] : long_tables_) table.shown = false;
    result_.height = std::max(top().y, input_->window_height);
    return std::move(result_);
}

void Builder::redraw_at(Instant when) {
    if (!result_.redraw_at || when < *result_.redraw_at) result_.redraw_at = when;
}

std::string Builder::full_key(std::string_view key) const {
    const std::string& prefix = top().key;
    if (prefix.empty()) return std::string(key);
    std::string full;
    full.reserve(prefix.size() + 1 + key.size());
    full += prefix;
    full += '/';
    full += key;
    return full;
}

std::string Builder::given_key(std::string_view key, std::string_view made_up) {
    if (!key.empty()) return full_key(key);
    std::string candidate(made_up);
    auto& given = top().given_keys;
    for (int again = 2; std::find(given.begin(), given.end(), candidate) != given.end(); ++again)
        candidate = std::string(made_up) + "-" + std::to_string(again);
    given.push_back(candidate);
    return full_key(candidate);
}

bool Builder::in(Place place) const {
    return std::any_of(stack_.begin(), stack_.end(),
                       [&](const Container& container) { return container.place == place; });
}

Style Builder::style(Type type) const {
    const TypeToken& token = type_token(type);
    return {narrow_ ? token.narrow_size : token.size, narrow_ ? token.narrow_line : token.line, token.weight};
}

// ---- Placing ----------------------------------------------------------------------------------------------

Slot Builder::open(float above) {
    Container& container = top();
    Slot slot{container.x, 0, container.width, nodes.size(), picture.size(), false};
    switch (container.flow) {
        case Flow::column:
            slot.y = container.first ? container.y : container.y + std::max(container.pending, above);
            break;
        case Flow::row:
            slot.y = container.line_y;
            slot.fit = true;
            break;
        case Flow::grid: {
            const int column = container.index % container.columns;
            slot.width = (container.width - container.gap * static_cast<float>(container.columns - 1)) /
                         static_cast<float>(container.columns);
            slot.x += static_cast<float>(column) * (slot.width + container.gap);
            slot.y = container.line_y;
            break;
        }
        case Flow::columns: {
            const float room = container.width - container.gap;
            slot.width = std::floor(container.index == 0 ? room * container.share : room * (1 - container.share));
            if (container.index > 0) slot.x += container.width - slot.width;
            slot.y = container.top;
            break;
        }
    }
    return slot;
}

void Builder::close(const Slot& slot, float height, float used_width, float below, int node, bool is_field,
                    bool is_container, std::vector<std::size_t> stretched) {
    Container& container = top();
    container.used_right = std::max(container.used_right, slot.x + used_width);
    switch (container.flow) {
        case Flow::column:
            // A block without height (an empty live region) leaves the distance between its neighbours as it was.
            if (height <= 0) return;
            container.y = slot.y + height;
            container.pending = below;
            container.first = false;
            break;
        case Flow::row: {
            if (height <= 0) return;
            Item item{slot.first_node, nodes.size(), slot.first_drawing, picture.size(), std::ceil(used_width),
                      height,          is_field,     is_container,       node,           std::move(stretched)};
            if (!container.line.empty() && container.cursor + item.width > container.x + container.width + 0.5f)
                finish_line(container);
            shift(item, container.cursor - slot.x, container.line_y - slot.y);
            container.cursor += item.width + container.gap;
            container.line_height = std::max(container.line_height, height);
            container.used_right = std::max(container.used_right, container.cursor - container.gap);
            container.line.push_back(std::move(item));
            container.y = container.line_y + container.line_height;
            break;
        }
        case Flow::grid:
            container.line.push_back({slot.first_node, nodes.size(), slot.first_drawing, picture.size(), used_width,
                                      height, is_field, is_container, node, std::move(stretched)});
            container.line_height = std::max(container.line_height, height);
            container.y = container.line_y + container.line_height;
            if (++container.index % container.columns == 0) finish_line(container);
            break;
        case Flow::columns:
            container.y = std::max(container.y, slot.y + height);
            ++container.index;
            break;
    }
}

void Builder::shift(const Item& item, float dx, float dy) {
    if (dx == 0 && dy == 0) return;
    const auto move = [&](semantics::Bounds& bounds) {
        bounds.x += dx;
        bounds.y += dy;
    };
    for (std::size_t i = item.first_node; i < item.last_node; ++i) {
        semantics::Node& node = nodes[i];
        move(node.bounds);
        if (node.control.width > 0) move(node.control);
        for (semantics::Part* part : {&node.label_part, &node.hint_part, &node.error_part})
            if (part->bounds.width > 0) move(part->bounds);
    }
    picture.shift(item.first_drawing, item.last_drawing, dx, dy);
}

void Builder::finish_line(Container& container) {
    if (container.line.empty()) return;
    if (container.flow == Flow::row) {
        const bool fields =
            std::any_of(container.line.begin(), container.line.end(), [](const Item& item) { return item.is_field; });
        const bool boxes = std::any_of(container.line.begin(), container.line.end(),
                                       [](const Item& item) { return item.is_container; });
        if (container.place == Place::search) container.is_field = fields;  // so it is level with what is beside it
        const float spare = container.x + container.width - (container.cursor - container.gap);
        // A button with an edge is a little taller than the box beside it, and stands on the same middle.
        constexpr float edges = 8;
        const float control = length(Length::control_height);
        float overhang = 0;
        for (const Item& item : container.line)
            if (fields && !item.is_field && item.height > control && item.height <= control + edges)
                overhang = std::max(overhang, std::floor((item.height - control) / 2));
        for (std::size_t i = 0; i < container.line.size(); ++i) {
            const Item& item = container.line[i];
            const float room = container.line_height - item.height;
            // Beside a field, a button or link stands level with the box that is typed in.
            const float beside_box = std::max(0.0f, std::floor(container.line_height - (control + item.height) / 2));
            const float dy = fields  ? (item.is_field ? room : std::min(room + overhang, beside_box))
                             : boxes ? 0
                                     : std::floor(room / 2);
            shift(item, container.push_right && i > 0 ? std::max(0.0f, std::floor(spare)) : 0, dy);
        }
        container.line_height += overhang;
    } else {
        for (const Item& item : container.line) {
            if (item.stretched.empty() || item.node < 0) continue;
            nodes[static_cast<std::size_t>(item.node)].bounds.height += container.line_height - item.height;
            for (std::size_t drawing : item.stretched)
                picture[drawing].box.height += container.line_height - item.height;
        }
    }
    container.y = container.line_y + container.line_height;
    // Ticks in a grid stand below each other as closely as in a list: each has its distance within it.
    const bool is_of_ticks = container.is_grid && std::ranges::all_of(container.line, &Item::is_field);
    container.line_y =
        container.y +
        (is_of_ticks ? 0
         : container.flow != Flow::row
             ? container.gap
             : std::min(container.gap, length(container.place == Place::banner ? Length::space_2 : Length::space_3)));
    container.cursor = container.x;
    container.line_height = 0;
    container.line.clear();
}

std::size_t Builder::emit(Role role, std::string key, const Box& bounds) {
    semantics::Node& node = nodes.emplace_back();
    node.key = std::move(key);
    node.parent = top().parent;
    node.role = role;
    node.bounds = {bounds.x, bounds.y, bounds.width, bounds.height};
    return nodes.size() - 1;
}

Container& Builder::enter(std::string key, Enter how) {
    // What a page puts beside main, banner and footer stands in the page's column too.
    if (top().place == Place::root && how.place == Place::other) {
        how.pad_x = std::max(how.pad_x, page_inset());
        how.pad_top = std::max(how.pad_top, length(Length::space_4));
    }
    const Slot slot = open(how.above);
    Container container;
    container.node = static_cast<int>(emit(how.role, key, {slot.x, slot.y, slot.width, 0}));
    semantics::Node& node = nodes.back();
    node.name = how.name;
    node.look = how.look;
    container.place = how.place;
    container.flow = how.flow;
    container.role = how.role;
    container.parent = key;
    container.key = std::move(key);
    container.slot = slot;
    container.x = slot.x + how.pad_x;
    container.width = std::max(32.0f, slot.width - 2 * how.pad_x);
    container.pad_right = how.pad_x;
    container.pad_bottom = how.pad_bottom;
    container.top = container.y = container.line_y = slot.y + how.pad_top;
    container.cursor = container.x;
    container.used_right = container.x;
    container.below = how.below;
    container.gap = how.gap;
    stack_.push_back(std::move(container));
    return top();
}

// Gives a container's node and backgrounds their height; returns it.
float Builder::finish_box(Container& container, float width) {
    const bool empty = container.y <= container.top && container.pad_bottom == 0 && container.stretched.empty();
    const float height = empty ? 0 : container.y + container.pad_bottom - container.slot.y;
    semantics::Bounds& bounds = nodes[static_cast<std::size_t>(container.node)].bounds;
    bounds.width = width;
    bounds.height = height;
    for (std::size_t drawing : container.stretched) {
        Box& box = picture[drawing].box;
        box.height = height;
        if (box.width >= container.slot.width) box.width = width;
    }
    return height;
}

void Builder::leave() {
    finish_line(top());
    if (top().place == Place::definition) return leave_definition();
    if (top().place == Place::rail) return leave_rail();
    if (top().place == Place::dialog) return leave_dialog();
    if (top().place == Place::dialog_list) leave_dialog_list();
    Container container = std::move(stack_.back());
    stack_.pop_back();
    if (container.rail_column >= 0) {
        container.y = std::max(container.y, container.rail_bottom);
        nodes[static_cast<std::size_t>(container.rail_column)].bounds.height = container.y - container.top;
    }
    const float used =
        container.slot.fit && !container.full_width
            ? std::min(container.slot.width, std::ceil(container.used_right + container.pad_right - container.slot.x))
            : container.slot.width;
    const float height = finish_box(container, used);
    if (container.place == Place::footer) {
        // A short page keeps its footer at the window's lower edge.
        const float room = input_->window_height - (container.slot.y + height);
        if (room > 0)
            shift({.first_node = container.slot.first_node,
                   .last_node = nodes.size(),
                   .first_drawing = container.slot.first_drawing,
                   .last_drawing = picture.size()},
                  0, room);
    }
    if (container.is_grid) {
        int& count = grid_counts_[container.key];
        if (count != container.index) result_.consumed = true;  // one more frame, with the right number of columns
        count = container.index;
    }
    const bool inline_container =
        container.flow == Flow::row || container.place == Place::search || container.place == Place::form;
    close(container.slot, height, used, container.below, container.node, container.is_field, !inline_container,
          std::move(container.stretched));
}

void Builder::leave_definition() {
    Container definition = std::move(stack_.back());
    stack_.pop_back();
    const float height = finish_box(definition, definition.slot.width);
    Container& pair = top();
    pair.y = std::max(pair.top + pair.term_height, definition.slot.y + height);
    pair.first = false;
    picture[pair.hairline].box.y = pair.y + pair.pad_bottom - 1;
    leave();
}

// A rail takes no room of the text beside it.
void Builder::leave_rail() {
    Container rail = std::move(stack_.back());
    stack_.pop_back();
    top().rail_bottom = rail.slot.y + finish_box(rail, rail.slot.width);
}

void Builder::leave_dialog_list() {
    const Container& list = top();
    dialog_list_ = {.key = list.key,
                    .node = list.node,
                    .top = list.slot.y,
                    .bottom = list.y + list.pad_bottom,
                    .first_node = list.slot.first_node + 1,
                    .last_node = nodes.size(),
                    .first_drawing = list.slot.first_drawing,
                    .last_drawing = picture.size()};
}

float Builder::dialog_list_cut(float too_high) const {
    constexpr float list_min = 144;  // three rows: with less room all of the dialog scrolls
    if (dialog_list_.node < 0 || too_high <= 0) return 0;
    return dialog_list_.bottom - dialog_list_.top - too_high < list_min ? 0 : too_high;
}

void Builder::leave_dialog() {
    Container dialog = std::move(stack_.back());
    stack_.pop_back();
    const float contents = finish_box(dialog, dialog.slot.width);
    const float margin = length(Length::space_3);
    const float height = std::min(contents, std::max(4 * margin, std::floor(input_->window_height - 2 * margin)));
    const float top_edge = std::max(margin, std::floor((input_->window_height - height) * 0.4f));
    result_.dialog_scroll_max = contents - height;
    result_.dialog_scroll = std::clamp(input_->dialog_scroll, 0.0f, result_.dialog_scroll_max);
    const float cut = dialog_list_cut(contents - height);
    // The elements stand where they are while nothing is scrolled: the element that scrolls moves them. What is drawn
    // follows.
    const std::size_t first_inside = dialog.frame + dialog.frame_count, end = picture.size();
    shift({.first_node = dialog.slot.first_node,
           .last_node = nodes.size(),
           .first_drawing = dialog.frame,
           .last_drawing = end},
          0, top_edge);
    semantics::Bounds& bounds = nodes[static_cast<std::size_t>(dialog.node) - 1].bounds;
    bounds.height = height;
    for (std::size_t drawing = dialog.frame; drawing < first_inside; ++drawing) picture[drawing].box.height = height;
    Box box{bounds.x, bounds.y, bounds.width, height};
    std::size_t first = first_inside, last = end;
    result_.dialog_scrolls = result_.dialog_key;
    if (cut > 0) {  // the list alone
        const DialogList& list = dialog_list_;
        shift({.first_node = list.last_node,
               .last_node = nodes.size(),
               .first_drawing = list.last_drawing,
               .last_drawing = end},
              0, -cut);
        nodes[static_cast<std::size_t>(dialog.node)].bounds.height = height;
        nodes[static_cast<std::size_t>(list.node)].bounds.height -= cut;
        box = {box.x, list.top + top_edge, box.width, list.bottom - list.top - cut};
        first = list.first_drawing;
        last = list.last_drawing;
        result_.dialog_scrolls = list.key;
    }
    result_.dialog_pane = box;
    picture.shift(first, last, 0, -result_.dialog_scroll);
    picture.set_pane({.first = first, .last = last, .box = box});
    // That there is more above or below is said by a line where it is cut.
    if (result_.dialog_scroll > 0) picture.rect({box.x, box.y, box.width, 1}, Colour::border_strong);
    if (result_.dialog_scroll < result_.dialog_scroll_max)
        picture.rect({box.x, box.bottom() - 1, box.width, 1}, Colour::border_strong);
    picture.set_layer(0);
}

void Builder::end_scope() { leave(); }

// ---- Containers -------------------------------------------------------------------------------------------

namespace {
constexpr float row_gap = 16;
constexpr float entry_indent = 36;  // of a log, for the line and the marks on it
constexpr float mark_middle = 11;
}  // namespace

float Builder::page_inset() const {
    return std::max(length(Length::gutter), std::floor((input_->width - px(Length::page_max)) / 2));
}

Scope Builder::banner() {
    const float inset = page_inset();
    Container& container = enter("banner", {.place = Place::banner,
                                            .flow = Flow::row,
                                            .role = Role::banner,
                                            .pad_x = inset,
                                            .pad_top = narrow_ ? 8.0f : 10.0f,
                                            .pad_bottom = narrow_ ? 8.0f : 10.0f,
                                            .gap = row_gap});
    container.push_right = true;
    container.full_width = true;
    container.stretched.push_back(picture.rect({0, container.slot.y, container.slot.width, 0}, Colour::brand));
    return Scope(this);
}

Scope Builder::navigation(std::string_view key, std::string_view name) {
    if (top().place == Place::rail) {
        // Of a rail that is longer than the window this list scrolls, so it has an edge of its own at both sides.
        const float edge = length(Length::space_4);
        Container& container =
            enter(full_key(key), {.role = Role::navigation, .name = std::string(name), .look = "rail-list"});
        container.slot.x -= edge;
        container.slot.width += 2 * edge;
        container.pad_right = edge;
        nodes.back().bounds.x -= edge;
        return Scope(this);
    }
    if (top().place != Place::root) {
        enter(full_key(key), {.role = Role::navigation,
                              .name = std::string(name),
                              .above = length(Length::space_4),
                              .below = length(Length::block_below)});
        return Scope(this);
    }
    // A second menu of the site, of a part of it, stands under the first on a ground of its own.
    const bool is_second = std::ranges::any_of(nodes, [](const semantics::Node& node) { return node.look == "site"; });
    const float inset = page_inset() - 12;  // the words of the first link stand above the page's edge
    Container& container = enter(full_key(key), {.place = Place::site,
                                                 .flow = Flow::row,
                                                 .role = Role::navigation,
                                                 .name = std::string(name),
                                                 .look = "site",
                                                 .pad_x = inset,
                                                 .gap = 0});
    container.full_width = true;
    container.stretched.push_back(
        picture.rect({0, container.slot.y, container.slot.width, 0}, is_second ? Colour::sunken : Colour::surface));
    return Scope(this);
}

Scope Builder::search(std::string_view key) {
    // Two of them on a page are told apart by name.
    const std::string_view name = top().place == Place::banner ? "Portal" : "This page";
    enter(full_key(key), {.place = Place::search,
                          .flow = Flow::row,
                          .role = Role::search,
                          .name = std::string(name),
                          .below = length(Length::block_below),
                          .gap = 8});
    return Scope(this);
}

Scope Builder::main() {
    const float inset = page_inset();
    Container& container = enter("main", {.place = Place::main,
                                          .role = Role::main,
                                          .pad_x = inset,
                                          .pad_top = length(Length::main_top),
                                          .pad_bottom = length(Length::main_bottom)});
    container.full_width = true;
    nodes.back().focusable = true;
    return Scope(this);
}

Scope Builder::footer() {
    const float inset = page_inset();
    Container& container = enter("footer", {.place = Place::footer,
                                            .role = Role::contentinfo,
                                            .pad_x = inset,
                                            .pad_top = length(Length::space_6),
                                            .pad_bottom = length(Length::space_6)});
    container.full_width = true;
    container.stretched.push_back(picture.rect({0, container.slot.y, container.slot.width, 0}, Colour::sunken));
    picture.rect({0, container.slot.y, container.slot.width, 4}, Colour::brand);
    return Scope(this);
}

Scope Builder::section(std::string_view key, std::string_view name) {
    enter(full_key(key), {.role = name.empty() ? Role::generic : Role::region,
                          .name = std::string(name),
                          .above = length(Length::section_above),
                          .below = length(Length::block_below)});
    return Scope(this);
}

Scope Builder::article(std::string_view key, std::string_view name) {
    enter(full_key(key), {.role = Role::article,
                          .name = std::string(name),
                          .above = length(Length::section_above),
                          .below = length(Length::block_below)});
    return Scope(this);
}

Scope Builder::form(std::string_view key, std::string_view name) {
    const bool beside = top().flow == Flow::row;
    enter(full_key(key), {.place = Place::form,
                          .flow = beside ? Flow::row : Flow::column,
                          .role = Role::form,
                          .name = std::string(name),
                          .below = length(Length::field_below),
                          .gap = beside ? 8.0f : 0.0f});
    return Scope(this);
}

Scope Builder::group(std::string_view key, std::string_view legend, std::string_view hint, std::string_view error) {
    Container& container =
        enter(full_key(key), {.role = Role::group, .name = std::string(legend), .below = length(Length::field_below)});
    const auto index = static_cast<std::size_t>(container.node);
    float y = container.y, used = 0;
    put_part(nodes[index].label_part, legend, Type::h4, Colour::text, container.x, y, container.width, used);
    if (!hint.empty()) {
        nodes[index].hint = hint;
        put_part(nodes[index].hint_part, hint, Type::hint, Colour::text_quiet, container.x, y, container.width, used);
    }
    if (!error.empty()) {
        nodes[index].error = error;
        put_part(nodes[index].error_part, error, Type::error, Colour::error, container.x, y, container.width, used);
    }
    container.y = container.line_y = y;
    container.first = false;
    container.pending = length(Length::space_3);
    container.used_right = std::max(container.used_right, container.x + used);
    return Scope(this);
}

Scope Builder::card(std::string_view key) {
    const float padding = length(Length::card_padding), radius = length(Length::card_radius);
    const bool is_item = top().is_grid && top().role == Role::list;
    Container& container = enter(full_key(key), {.role = is_item ? Role::list_item : Role::generic,
                                                 .look = "card",
                                                 .above = length(Length::block_below),
                                                 .below = length(Length::field_below),
                                                 .pad_x = padding,
                                                 .pad_top = padding,
                                                 .pad_bottom = padding});
    const Box box{container.slot.x, container.slot.y, container.slot.width, 0};
    container.stretched.push_back(
        picture.add({.shape = Shape::shadow, .colour = Colour::shadow, .box = box, .radius = radius, .thickness = 6}));
    container.stretched.push_back(picture.rect(box, Colour::surface, radius));
    container.stretched.push_back(picture.outline(box, Colour::border, 1, radius));
    return Scope(this);
}

Scope Builder::row(std::string_view key) {
    if (top().place == Place::banner) {  // the banner's own line
        Container& line =
            enter(full_key(key), {.place = Place::banner, .flow = Flow::row, .look = "row", .gap = row_gap});
        line.full_width = line.push_right = true;
        return Scope(this);
    }
    enter(full_key(key), {.place = Place::row,
                          .flow = Flow::row,
                          .look = "row",
                          .above = top().place == Place::rail ? length(Length::space_4) : 0,
                          .below = length(Length::block_below),
                          .gap = row_gap});
    return Scope(this);
}

Scope Builder::grid_of(Role role, std::string_view key, float min_column_width) {
    const int least = static_cast<int>(min_column_width);
    Container& container = enter(full_key(key), {.flow = Flow::grid,
                                                 .role = role,
                                                 .look = "grid min-" + std::to_string(least),
                                                 .below = length(Length::field_below),
                                                 .gap = length(Length::space_5)});
    const int most =
        std::max(1, static_cast<int>((container.width + container.gap) / (min_column_width + container.gap)));
    // Few cards share the whole width; how many there are is known from the last frame.
    const auto known = grid_counts_.find(container.key);
    container.columns = known == grid_counts_.end() ? most : std::clamp(known->second, 1, most);
    container.is_grid = true;
    container.full_width = true;
    return Scope(this);
}

Scope Builder::columns(std::string_view key, float share) {
    const int percent = static_cast<int>(std::lround(share * 100));
    const bool stacked = narrow_ || top().width < 640;
    Container& container = enter(full_key(key), {.flow = stacked ? Flow::column : Flow::columns,
                                                 .look = "columns share-" + std::to_string(percent),
                                                 .above = length(Length::space_5),
                                                 .below = length(Length::field_below),
                                                 .gap = length(Length::space_7)});
    container.share = std::clamp(share, 0.1f, 0.9f);
    container.full_width = true;
    return Scope(this);
}

Scope Builder::column(std::string_view key) {
    enter(full_key(key), {.look = "column", .above = length(Length::space_5), .below = length(Length::space_5)});
    return Scope(this);
}

Scope Builder::list(std::string_view key, bool ordered, bool bullets) {
    const bool marks = ordered || bullets;
    if (top().place == Place::site) {  // the menu's entries stand side by side
        const bool is_nested = top().role == Role::list_item;
        enter(full_key(key), {.place = Place::site, .flow = Flow::row, .role = Role::list, .look = "plain"});
        top().full_width = !is_nested;
        return Scope(this);
    }
    Container& container = enter(full_key(key), {.place = Place::list,
                                                 .role = Role::list,
                                                 .look = ordered   ? "numbers"
                                                         : bullets ? "bullets"
                                                                   : "plain",
                                                 .below = length(Length::block_below)});
    nodes.back().ordered = ordered;
    container.ordered = ordered;
    container.bullets = marks && !ordered;
    return Scope(this);
}

Scope Builder::list_item(std::string_view key) {
    if (top().place == Place::site) {
        enter(full_key(key), {.place = Place::site, .flow = Flow::row, .role = Role::list_item});
        return Scope(this);
    }
    Container& list = top();
    const int number = ++list.index;
    const bool ordered = list.ordered, bullets = list.bullets;
    const float indent = ordered ? 32.0f : bullets ? 24.0f : 0.0f;
    // The lines that a dialog's list is of touch each other.
    const float apart = in(Place::dialog_list) ? 0 : length(Length::item_below);
    Container& container =
        enter(full_key(key), {.place = Place::item, .role = Role::list_item, .above = apart, .below = apart});
    container.x += indent;
    container.width -= indent;
    const Style body = style(Type::body);
    if (bullets) {
        const float radius = 3, y = container.y + body.line / 2 + 1;
        picture.add({.shape = Shape::circle,
                     .colour = Colour::text,
                     .box = {container.slot.x + 6, y - radius, 2 * radius, 2 * radius},
                     .radius = radius});
    } else if (ordered) {
        const TextLayout& marker = set(std::to_string(number) + ".", body, unbounded);
        draw_text(marker, {container.slot.x, container.y, indent - 8, body.line}, body, Colour::text, 2);
    }
    return Scope(this);
}

Scope Builder::fields(std::string_view key) {
    enter(full_key(key), {.place = Place::fields,
                          .role = Role::description_list,
                          .look = "fields",
                          .below = length(Length::field_below)});
    top().full_width = true;
    return Scope(this);
}

Scope Builder::field(std::string_view key, std::string_view name) {
    const std::string field_key = full_key(key);
    const float pad = narrow_ ? 10.0f : 12.0f;
    Container& container = enter(field_key, {.role = Role::field, .pad_top = pad, .pad_bottom = pad + 1});
    container.full_width = true;
    const float x = container.x, y = container.y, width = container.width;
    const bool stacked = width < 480;
    const float name_width = stacked ? width : std::min(300.0f, std::floor(width * 0.34f));
    const Style label = style(Type::label);
    const TextLayout& words = set(name, label, name_width - (stacked ? 0 : 16));
    const float term_height = static_cast<float>(words.lines()) * label.line;
    const std::size_t drawing = draw_text(words, {x, y, name_width, term_height}, label, Colour::text);
    const std::size_t term = emit(Role::term, field_key + "/dt", {x, y, name_width, term_height});
    say(term, drawing, documents::plain(std::string(name)), words, label);
    // A hairline closes each pair.
    const std::size_t hairline = picture.rect({container.slot.x, y, width, 1}, Colour::border);
    Container& pair = top();
    pair.term_height = term_height;
    pair.hairline = hairline;
    // What the caller fills in is the definition; the pair ends with it.
    Container definition;
    definition.place = Place::definition;
    definition.role = Role::definition;
    definition.key = field_key;
    definition.parent = field_key + "/dd";
    definition.slot = {stacked ? x : x + name_width,
                       stacked ? y + term_height + 2 : y,
                       stacked ? width : width - name_width,
                       nodes.size(),
                       picture.size(),
                       false};
    definition.node = static_cast<int>(
        emit(Role::definition, definition.parent, {definition.slot.x, definition.slot.y, definition.slot.width, 0}));
    definition.x = definition.slot.x;
    definition.width = definition.slot.width;
    definition.top = definition.y = definition.line_y = definition.slot.y;
    definition.cursor = definition.used_right = definition.x;
    stack_.push_back(std::move(definition));
    return Scope(this);
}

Scope Builder::inset(std::string_view key) {
    const float bar = length(Length::inset_bar_width);
    Container& container = enter(full_key(key), {.look = "inset",
                                                 .above = length(Length::space_5),
                                                 .below = length(Length::field_below),
                                                 .pad_x = length(Length::space_5),
                                                 .pad_top = length(Length::space_3),
                                                 .pad_bottom = length(Length::space_3)});
    container.stretched.push_back(picture.rect({container.slot.x, container.slot.y, bar, 0}, Colour::inset_bar));
    return Scope(this);
}

Scope Builder::log(std::string_view key, std::string_view name) {
    Container& container =
        enter(full_key(key), {.role = Role::log, .name = std::string(name), .below = length(Length::field_below)});
    container.stretched.push_back(
        picture.rect({container.slot.x + mark_middle - 1, container.slot.y, 2, 0}, Colour::border_strong));
    container.x += entry_indent;
    container.width -= entry_indent;
    return Scope(this);
}

// On the line of the log: a disc, a square, a hollow square, a ring.
void Builder::entry_mark(EntryKind kind, float x, float y) {
    const auto disc = [&](float radius, Colour colour) {
        picture.add({.shape = Shape::circle,
                     .colour = colour,
                     .box = {x - radius, y - radius, 2 * radius, 2 * radius},
                     .radius = radius});
    };
    disc(13, Colour::page);  // the line ends before the mark, also where the mark is its end
    switch (kind) {
        case EntryKind::theirs: return disc(7, Colour::text);
        case EntryKind::ours: picture.rect({x - 7, y - 7, 14, 14}, Colour::banner_information_bar); return;
        case EntryKind::internal: picture.outline({x - 7, y - 7, 14, 14}, Colour::border_strong, 2); return;
        case EntryKind::step: disc(6, Colour::border_strong); return disc(4, Colour::page);
    }
}

Scope Builder::entry(std::string_view key, EntryKind kind) {
    static constexpr std::string_view looks[] = {"entry theirs", "entry ours", "entry internal", "entry step"};
    static constexpr Colour fills[] = {Colour::surface, Colour::banner_information, Colour::banner_warning};
    const bool boxed = kind != EntryKind::step;
    const float gap = length(Length::space_4), pad = boxed ? length(Length::space_4) : 0;
    Container& container = enter(full_key(key), {.look = std::string(looks[static_cast<std::size_t>(kind)]),
                                                 .above = gap,
                                                 .below = gap,
                                                 .pad_x = pad,
                                                 .pad_top = pad,
                                                 .pad_bottom = pad});
    const float left = container.slot.x, top_edge = container.slot.y, width = container.slot.width;
    if (boxed) {
        const float radius = length(Length::card_radius);
        const Box box{left, top_edge, width, 0};
        container.stretched.push_back(picture.rect(box, fills[static_cast<std::size_t>(kind)], radius));
        container.stretched.push_back(picture.outline(box, Colour::border, 1, radius));
        const Box bar{left, top_edge, length(Length::inset_bar_width), 0};
        if (kind == EntryKind::ours)
            container.stretched.push_back(picture.rect(bar, Colour::banner_information_bar, 3));
        if (kind == EntryKind::internal)
            container.stretched.push_back(
                picture.add({.shape = Shape::hatch, .colour = Colour::border_strong, .box = bar}));
    }
    entry_mark(kind, left - entry_indent + mark_middle, top_edge + pad + style(Type::small).line / 2);
    return Scope(this);
}

Scope Builder::banner_box(std::string_view key, BannerKind kind, std::string_view words) {
    const auto [look, fill, bar] = [&]() -> std::tuple<std::string_view, Colour, Colour> {
        switch (kind) {
            case BannerKind::success: return {"banner-box success", Colour::banner_success, Colour::banner_success_bar};
            case BannerKind::warning: return {"banner-box warning", Colour::banner_warning, Colour::banner_warning_bar};
            case BannerKind::information: break;
        }
        return {"banner-box information", Colour::banner_information, Colour::banner_information_bar};
    }();
    const float padding = length(Length::space_5);
    Container& container = enter(full_key(key), {.role = Role::region,
                                                 .name = std::string(words),
                                                 .look = std::string(look),
                                                 .below = length(Length::space_6),
                                                 .pad_x = padding,
                                                 .pad_top = length(Length::space_4),
                                                 .pad_bottom = length(Length::space_4)});
    container.full_width = true;
    container.stretched.push_back(picture.rect({container.slot.x, container.slot.y, container.slot.width, 0}, fill, 4));
    container.stretched.push_back(picture.rect({container.slot.x, container.slot.y, 6, 0}, bar, 3));
    heading_block(full_key("title"), 2, documents::plain(std::string(words)), 0, length(Length::space_2), Type::h4);
    return Scope(this);
}

// What stays in sight is drawn where it stands; in a browser its elements are seen as well (styles.css: kept), and stay
// without a frame for every scroll.
Scope Builder::pinned(std::string_view key, std::string_view words) {
    Container& container = enter(full_key(key), {.place = Place::row,
                                                 .flow = Flow::row,
                                                 .role = Role::region,
                                                 .name = std::string(words),
                                                 .look = "kept pinned",
                                                 .pad_x = page_inset(),
                                                 .pad_top = length(Length::space_3),
                                                 .pad_bottom = length(Length::space_3),
                                                 .gap = row_gap});
    container.full_width = true;
    container.stretched.push_back(picture.rect({0, container.slot.y, container.slot.width, 0}, Colour::banner_warning));
    picture.rect({0, container.slot.y, container.slot.width, 4}, Colour::banner_warning_bar);
    heading_block(full_key("title"), 2, documents::plain(std::string(words)), 0, 0, Type::h4);
    return Scope(this);
}

Scope Builder::kept_row(std::string_view key, std::string_view name) {
    const float radius = length(Length::card_radius);
    Container& container = enter(full_key(key), {.place = Place::row,
                                                 .flow = Flow::row,
                                                 .role = Role::navigation,
                                                 .name = std::string(name),
                                                 .look = "kept kept-row",
                                                 .above = length(Length::block_below),
                                                 .below = length(Length::field_below),
                                                 .pad_x = length(Length::space_4),
                                                 .pad_top = length(Length::space_3),
                                                 .pad_bottom = length(Length::space_3),
                                                 .gap = row_gap});
    container.full_width = true;
    const Box box{container.slot.x, container.slot.y, container.slot.width, 0};
    container.stretched.push_back(picture.rect(box, Colour::surface, radius));
    container.stretched.push_back(picture.outline(box, Colour::border, 1, radius));
    return Scope(this);
}

bool Builder::is_wide() const { return input_->width >= px(Length::wide_from); }

Scope Builder::with_rail(std::string_view key) {
    const std::string around = top().key;
    Container& container = enter(full_key(key), {.look = is_wide() ? "with-rail" : "without-rail"});
    container.key = around;
    container.full_width = true;
    if (!is_wide()) return Scope(this);
    container.width -= length(Length::rail) + length(Length::space_7);
    container.rail_x = container.x + container.width + length(Length::space_7);
    return Scope(this);
}

// The column is as tall as the text, and the rail moves in it.
Scope Builder::rail(std::string_view key) {
    if (!is_wide()) faults.push_back("a rail on a window that has no room for it: " + full_key(key));
    Container& around = top();
    const float padding = length(Length::space_5), radius = length(Length::card_radius);
    const std::string own = full_key(key), column = own + "-column";
    const Box box{around.rail_x, around.top, length(Length::rail), 0};
    around.rail_column = static_cast<int>(emit(Role::generic, column, box));
    nodes.back().look = "rail-column";
    Container container;
    container.place = Place::rail;
    container.slot = {box.x, box.y, box.width, nodes.size(), picture.size(), false};
    container.node = static_cast<int>(emit(Role::generic, own, box));
    nodes.back().parent = column;
    nodes.back().look = "kept rail";
    container.key = around.key;
    container.parent = own;
    container.x = container.cursor = container.used_right = box.x + padding;
    container.width = box.width - 2 * padding;
    container.top = container.y = container.line_y = box.y + padding;
    container.pad_right = container.pad_bottom = padding;
    container.stretched.push_back(picture.rect(box, Colour::surface, radius));
    container.stretched.push_back(picture.outline(box, Colour::border, 1, radius));
    stack_.push_back(std::move(container));
    return Scope(this);
}

Scope Builder::title_row(std::string_view key) {
    const std::string around = top().key;
    Container& container = enter(full_key(key), {.place = Place::row,
                                                 .flow = Flow::row,
                                                 .look = "row title-row",
                                                 .below = length(Length::h1_below),
                                                 .gap = row_gap});
    container.key = around;
    container.full_width = container.push_right = true;
    return Scope(this);
}

Scope Builder::dialog(std::string_view key, std::string_view words) {
    const float gutter = length(Length::gutter), padding = length(Length::space_6);
    const float width = std::min(px(Length::dialog_max), input_->width - 2 * gutter);
    const std::string dialog_key = full_key(key);
    picture.set_layer(1);
    picture.rect({0, input_->scroll_top - 2000, input_->width, input_->window_height + 4000}, Colour::scrim);
    Container container;
    container.place = Place::dialog;
    container.key = dialog_key;
    container.slot = {
        std::floor((input_->width - width) / 2), input_->scroll_top, width, nodes.size(), picture.size(), false};
    emit(Role::dialog, dialog_key, {container.slot.x, container.slot.y, width, 0});
    nodes.back().name = words;
    nodes.back().parent.clear();
    // What it holds is a block of its own, which may be taller than the window: the dialog scrolls it.
    container.parent = dialog_key + "/body";
    container.node =
        static_cast<int>(emit(Role::generic, container.parent, {container.slot.x, container.slot.y, width, 0}));
    nodes.back().look = "dialog-body";
    nodes.back().parent = dialog_key;
    container.x = container.slot.x + padding;
    container.width = width - 2 * padding;
    container.pad_bottom = padding;
    container.top = container.y = container.line_y = container.slot.y + padding;
    container.cursor = container.used_right = container.x;
    const Box box{container.slot.x, container.slot.y, width, 0};
    container.frame =
        picture.add({.shape = Shape::shadow, .colour = Colour::shadow, .box = box, .radius = 8, .thickness = 16});
    picture.rect(box, Colour::surface, 8);
    container.frame_count = 2;
    stack_.push_back(std::move(container));
    result_.dialog_key = dialog_key;
    heading_block(full_key("title"), 2, documents::plain(std::string(words)), 0, length(Length::space_4), Type::h2);
    return Scope(this);
}

Scope Builder::dialog_list(std::string_view key) {
    enter(full_key(key), {.place = Place::dialog_list, .look = "dialog-list", .below = length(Length::space_4)});
    return Scope(this);
}

bool Builder::dismissed(std::string_view dialog_key) {
    std::string key = full_key(dialog_key);
    if (events_.dismissed.erase(key) == 0 && events_.dismissed.erase(std::string(dialog_key)) == 0) return false;
    result_.consumed = true;
    return true;
}

}  // namespace ca::ui
