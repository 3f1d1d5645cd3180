// Tables: columns measured from what they hold, or, where that is too wide, each row as a card.
#include "ui/builder.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>

namespace ca::ui {

using semantics::Role;
using semantics::Sort;

namespace {

constexpr float column_best_max = 380;  // one talkative cell must not starve the others
constexpr float short_tag_max = 72;
constexpr float column_least_max = 170;
constexpr float arrow_room = 14;
constexpr float breaking_word_min = 88;
constexpr float beside_whole_min = 52;
constexpr float action_gap = 8;
constexpr float tick_gap = 10;
constexpr float card_gap = 12;
constexpr std::size_t dense_from = 9;  // columns

Style bolder(Style style) { return {style.size, style.line, 600}; }

void add_look(semantics::Node& node, std::string_view look) {
    if (!node.look.empty()) node.look += ' ';
    node.look += look;
}

// Nodes made inside this scope are children of the given one.
class UnderParent {
public:
    UnderParent(Container& container, std::string parent)
        : container_(container), before_(std::exchange(container.parent, std::move(parent))) {}
    ~UnderParent() { container_.parent = std::move(before_); }
    UnderParent(const UnderParent&) = delete;

private:
    Container& container_;
    std::string before_;
};

}  // namespace

Builder::Measured Builder::measure_cell(const CellContent& cell, const Grid& grid) {
    Measured measured;
    if (cell.tag) {
        const TextLayout& layout = set(cell.words.runs, style(Type::tag), unbounded);
        // A tag of two short words looks broken on two lines.
        const float least = layout.width <= short_tag_max ? layout.width : layout.widest_word;
        const float around = 2 * length(grid.dense ? Length::dense_tag_padding_x : Length::tag_padding_x);
        measured = {std::ceil(least) + around, std::ceil(layout.width) + around};
    } else if (cell.monospace) {
        const Style code{grid.cell.size * code_scale, grid.cell.line, 400};
        const TextLayout& layout = set(documents::to_text(cell.words.runs), code, unbounded, true);
        measured = {std::ceil(layout.widest_word), std::ceil(layout.width)};
    } else {
        const TextLayout& layout = set(cell.words.runs, cell.header ? bolder(grid.cell) : grid.cell, unbounded);
        measured = {std::ceil(layout.widest_word), std::ceil(layout.width)};
    }
    if (cell.tick) {
        measured.least += tick_room();
        measured.best += tick_room();
    }
    float actions = 0;
    for (const CellContent::Action& action : cell.actions) {
        const float width = std::ceil(set(action.label, style(Type::button_small), unbounded).width) +
                            2 * px(Length::button_small_padding);
        measured.least = std::max(measured.least, width);
        actions += width + action_gap;
    }
    measured.best = std::max(measured.best, actions - (actions > 0 ? action_gap : 0));
    return measured;
}

std::vector<Builder::Measured> Builder::measure_columns(std::span<const TableColumn> columns,
                                                        std::span<const TableRow> rows, const Grid& grid) {
    std::vector<Measured> needs(columns.size());
    const auto widen = [&](std::size_t c, const CellContent& cell) {
        const Measured measured = measure_cell(cell, grid);
        needs[c].least = std::max(needs[c].least, std::min(measured.least, column_least_max));
        needs[c].best = std::max(needs[c].best, std::min(measured.best, column_best_max));
    };
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const TextLayout& head = set(columns[c].header, grid.head, unbounded);
        const float arrow = columns[c].sortable ? arrow_room : 0;
        const float head_word = std::ceil(head.widest_word) + arrow;
        needs[c] = {head_word, std::ceil(std::min(head.width, std::max(head.widest_word, 110.0f))) + arrow, head_word};
        for (const CellContent& cell : columns[c].widest) widen(c, cell);
        if (columns[c].whole.empty()) continue;
        // Where what is widest is known, no room is kept for what nobody sees.
        const float whole = std::ceil(set(columns[c].whole, grid.cell, unbounded).width);
        const float widest = columns[c].widest.empty() ? whole : needs[c].best;
        needs[c].least = std::max(needs[c].least, std::min(whole, widest));
    }
    for (const TableRow& row : rows) {
        std::size_t c = 0;
        for (const CellContent& cell : row.cells) {
            if (c >= columns.size()) break;
            if (cell.span <= 1 && columns[c].widest.empty()) widen(c, cell);
            c += static_cast<std::size_t>(std::max(1, cell.span));
        }
    }
    return needs;
}

Builder::Measured Builder::sum_of(std::span<const Measured> needs) {
    Measured sum;
    for (const Measured& need : needs) {
        sum.least += need.least;
        sum.best += need.best;
    }
    return sum;
}

// A limit over all columns that makes them fit, at first but for those whose words stand whole: before one of these is
// broken, the others become as narrow as may be.
bool Builder::break_longest_words(std::vector<Measured>& needs, std::span<const TableColumn> columns, float room) {
    const bool any_whole =
        std::ranges::any_of(columns, [](const TableColumn& column) { return !column.whole.empty(); });
    for (const bool keeps_whole : {true, false}) {
        const float least = keeps_whole && any_whole ? beside_whole_min : breaking_word_min;
        for (float limit = column_least_max; limit >= least;) {
            limit -= 2;
            std::vector<Measured> limited = needs;
            for (std::size_t c = 0; c < columns.size(); ++c) {
                const bool whole = keeps_whole && !columns[c].whole.empty();
                // Of a heading no word is broken for the sake of those below it.
                if (!whole) limited[c].least = std::min(needs[c].least, std::max(limit, needs[c].head));
                limited[c].best = limited[c].least;
            }
            if (sum_of(limited).least > room) continue;
            needs = std::move(limited);
            return true;
        }
    }
    return false;
}

Builder::Grid Builder::measure_table(std::span<const TableColumn> columns, std::span<const TableRow> rows,
                                     float width) {
    Grid grid;
    grid.dense = columns.size() >= dense_from;
    grid.cell = style(grid.dense ? Type::dense : Type::cell);
    grid.head = style(grid.dense ? Type::dense_head : Type::cell_head);
    grid.pad_x = length(grid.dense ? Length::dense_padding_x : Length::cell_padding_x);
    grid.pad_y = length(grid.dense ? Length::dense_padding_y : Length::cell_padding_y);
    if (narrow_ && columns.size() > 2) {
        grid.cards = true;
        return grid;
    }
    std::vector<Measured> needs = measure_columns(columns, rows, grid);
    const float room = width - 2 * grid.pad_x * static_cast<float>(columns.size());
    float weights = 0;
    for (const TableColumn& column : columns) weights += column.weight;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (columns[c].weight > 0)
            needs[c].best = std::max(needs[c].least, room * columns[c].weight / std::max(weights, 1.0f));
        needs[c].best = std::max(needs[c].best, needs[c].least);
    }
    if (sum_of(needs).least > room && !break_longest_words(needs, columns, room)) {
        grid.cards = true;
        return grid;
    }
    const auto sum = sum_of(needs);
    const float least = sum.least, best = sum.best;
    for (const Measured& need : needs) {
        float inner = 0;
        if (best <= room)
            inner =
                need.best + (room - best) * (best > 0 ? need.best / best : 1.0f / static_cast<float>(columns.size()));
        else inner = need.least + (best > least ? (room - least) * (need.best - need.least) / (best - least) : 0);
        grid.widths.push_back(std::floor(inner + 2 * grid.pad_x));
    }
    float total = 0;
    for (float column : grid.widths) total += column;
    if (!grid.widths.empty()) grid.widths.back() += width - total;
    return grid;
}

float Builder::header_height(const TableColumn& column, const Grid& grid, float width) {
    const TextLayout& layout = set(column.header, grid.head, width - (column.sortable ? arrow_room : 0));
    return static_cast<float>(layout.lines()) * grid.head.line;
}

// The key of the button that sorts by a column is made of the table's and the column's.
constexpr std::string_view head_row = "/head/row", sort_button = "/sort";

std::optional<std::string> Builder::hear_sort(const std::string& full_key) {
    const std::string begin = full_key + std::string(head_row) + "/";
    const auto is_it = [&](const auto& click) {
        return click.first.starts_with(begin) && click.first.ends_with(sort_button);
    };
    const auto found = std::ranges::find_if(events_.clicks, is_it);
    if (found == events_.clicks.end()) return std::nullopt;
    const auto click = events_.clicks.extract(found);
    return click.key().substr(begin.size(), click.key().size() - begin.size() - sort_button.size());
}

void Builder::header_cell(const std::string& row_key, const TableColumn& column, const Grid& grid, const Box& area) {
    const std::string key = row_key + "/" + column.key;
    const std::size_t cell = emit(Role::column_header, key, area);
    nodes[cell].name = column.header;
    if (column.numeric) nodes[cell].look = "numeric";
    if (!grid.cards && !column.widest.empty())
        add_look(nodes[cell], "width-" + std::to_string(static_cast<int>(area.width)));
    const float arrow = column.sortable ? arrow_room : 0, width = area.width - 2 * grid.pad_x;
    const TextLayout& layout = set(column.header, grid.head, width - arrow);
    const float height = static_cast<float>(layout.lines()) * grid.head.line;
    const float inset_y = std::floor(area.height - height - grid.pad_y);
    const std::uint8_t align = column.numeric ? 2 : 0;
    const Box words{area.x + grid.pad_x, area.y + inset_y, width - arrow, height};
    if (!column.sortable) {
        draw_text(layout, words, grid.head, Colour::text, align);
        nodes[cell].text = text_style(layout, grid.head, grid.pad_x, inset_y, align);
        return;
    }
    nodes[cell].sort = column.sort == Sort::none ? Sort::unsorted : column.sort;
    const UnderParent under(top(), key);
    const std::string button_key = key + std::string(sort_button);
    const bool focused = shows_focus(button_key), hot = is_hot(button_key);
    if (focused) {
        picture.rect({area.x, area.y, area.width, area.height}, Colour::focus);
        picture.rect({area.x, area.bottom() - 4, area.width, 4}, Colour::focus_edge);
    }
    const Colour ink = focused ? Colour::on_focus : Colour::link;
    const std::size_t drawing = draw_text(layout, words, grid.head, hot && !focused ? Colour::link_hover : ink, align);
    picture[drawing].underlined = hot && !focused;
    const float last = layout.line_widths.empty() ? 0 : layout.line_widths.back();
    const float arrow_x = column.numeric ? words.right() + 4 : words.x + last + 5;
    const float arrow_y = words.bottom() - grid.head.line / 2;
    if (column.sort == Sort::ascending || column.sort == Sort::descending) {
        picture.add({.shape = Shape::triangle,
                     .colour = ink,
                     .box = {arrow_x, arrow_y - 3, 9, 7},
                     .from = column.sort == Sort::ascending ? 0.0f : 1.0f});
    } else {
        picture.add({.shape = Shape::triangle, .colour = ink, .box = {arrow_x, arrow_y - 5, 8, 5}, .from = 0});
        picture.add({.shape = Shape::triangle, .colour = ink, .box = {arrow_x, arrow_y + 2, 8, 5}, .from = 1});
    }
    const std::size_t button = emit(Role::button, button_key, area);
    nodes[button].name = column.header;
    nodes[button].look = "sort";
    nodes[button].text = text_style(layout, grid.head, grid.pad_x, inset_y, align);
    if (column.numeric) nodes[button].text.inset_x += arrow / 2;  // the words end before the arrow
}

void Builder::table_head(const TablePlace& place, const Grid& grid, bool is_counted, float& y) {
    const auto& [own, columns, x, width] = place;
    const std::string head_key = own + "/head", row_key = own + std::string(head_row);
    const UnderParent under_table(top(), own);
    const float start = y;
    const std::size_t head = emit(Role::row_group, head_key, {x, y, width, 0});
    nodes[head].value = "head";
    const UnderParent under_head(top(), head_key);
    const std::size_t row = emit(Role::row, row_key, {x, y, width, 0});
    if (is_counted) nodes[row].row_index = 1;
    const UnderParent under_row(top(), row_key);
    const bool sorts = std::ranges::any_of(columns, &TableColumn::sortable) && grid.shows_sorting;
    if (!grid.cards) {
        float height = 0;
        for (std::size_t c = 0; c < columns.size(); ++c)
            height =
                std::max(height, header_height(columns[c], grid, grid.widths[c] - 2 * grid.pad_x) + 2 * grid.pad_y);
        float column_x = x;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            header_cell(row_key, columns[c], grid, {column_x, y, grid.widths[c], height});
            column_x += grid.widths[c];
        }
        y += height;
        picture.rect({x, y - 2, width, 2}, Colour::border_strong);
    } else if (sorts) {
        // Nothing stands below these headers: they are the ways to sort, set as a wrapping row.
        const TextLayout& say_sort = set("Sort by", grid.cell, unbounded);
        draw_text(say_sort, {x, y + 6, say_sort.width, grid.cell.line}, grid.cell, Colour::text_quiet);
        float cell_x = x + std::ceil(say_sort.width) + 8;
        const float height = 36;
        Grid tight = grid;
        tight.pad_x = 8;
        tight.pad_y = std::floor((height - grid.head.line) / 2);
        for (const TableColumn& column : columns) {
            if (!column.sortable) {
                const std::size_t hidden = emit(Role::column_header, row_key + "/" + column.key, {x, y, 1, 1});
                nodes[hidden].name = column.header;
                nodes[hidden].look = "hidden";
                continue;
            }
            const float cell_width =
                std::ceil(set(column.header, grid.head, unbounded).width) + arrow_room + 2 * tight.pad_x;
            if (cell_x + cell_width > x + width && cell_x > x) {
                cell_x = x;
                y += height;
            }
            header_cell(row_key, column, tight, {cell_x, y, std::min(cell_width, width), height});
            cell_x += cell_width;
        }
        y += height + 8;
    } else {
        for (const TableColumn& column : columns) {
            const std::size_t hidden = emit(Role::column_header, row_key + "/" + column.key, {x, y, 1, 1});
            nodes[hidden].name = column.header;
            nodes[hidden].look = "hidden";
        }
    }
    nodes[head].bounds.height = nodes[row].bounds.height = y - start;
}

float Builder::tick_room() { return length(Length::small_tick_size) + tick_gap; }

// The target is larger than what is drawn: as tall as a finger where there is no mouse.
void Builder::cell_tick(const std::string& key, std::string_view row, const CellContent::Tick& tick, float x, float y,
                        float line, TableResult& result) {
    bool on = tick.on;
    if (const auto ticked = take_ticked(key); ticked && *ticked != on) {
        on = *ticked;
        result.ticked.push_back({std::string(row), on});
        result_.consumed = true;
    }
    const float size = length(Length::small_tick_size), target = length(Length::small_tick_target);
    const Box box{x, y + std::floor((line - size) / 2), size, size};
    tick_box(box, key, shows_focus(key) ? Colour::focus_edge : Colour::border_strong, on);
    const Box around{box.x - (target - size) / 2, box.y - (target - size) / 2, target, target};
    semantics::Node& node = nodes[emit(Role::checkbox, key, around)];
    node.name = tick.label;
    node.hidden_name = true;
    node.look = "cell";
    node.checked = on ? semantics::Toggle::on : semantics::Toggle::off;
    node.control = {around.x, around.y, around.width, around.height};
}

const TextLayout& Builder::cut_short(const TextLayout& whole, Style style, float width, std::uint32_t lines_max) {
    std::size_t end = 0;
    for (const Segment& segment : whole.segments)
        if (segment.line < lines_max) end = std::max<std::size_t>(end, segment.end);
    std::string_view begin = std::string_view(whole.text).substr(0, end);
    for (;;) {
        const TextLayout& cut = set(std::string(trim(begin)) + "…", style, width);
        if (cut.lines() <= lines_max || begin.empty()) return cut;
        // Room for the ellipsis: one letter less, however many bytes it has.
        do begin.remove_suffix(1);
        while (!begin.empty() && (static_cast<unsigned char>(whole.text[begin.size()]) & 0xC0) == 0x80);
    }
}

float Builder::cell_words(const BegunCell& begun, const Grid& grid) {
    const auto& [column, cell, row_key, row, x, y, width, pad_x, pad_y] = begun.place;
    documents::Inline linked;
    const documents::Inline* runs = &cell.words.runs;
    if (!cell.href.empty() || cell.monospace) {
        linked = cell.words.runs;
        for (documents::Run& run : linked) {
            if (!cell.href.empty()) run.link = cell.href;
            if (cell.monospace) run.code = true;
        }
        runs = &linked;
    }
    const TextLayout& layout = set(*runs, begun.set_in, width);
    const bool alone = cell.href.empty() && !cell.tag && cell.actions.empty() && !cell.tick;
    if (!grid.cards && !column.whole.empty() && layout.lines() == 1) add_look(nodes[begun.node], "whole");
    // Only for a focus that shows: under a press of the mouse rows would else move away.
    const bool has_focus = input_->focus.visible && input_->focus.key.starts_with(row_key + "/");
    const bool is_short = grid.lines_max > 0 && alone && layout.lines() > grid.lines_max && !has_focus;
    const TextLayout& drawn = is_short ? cut_short(layout, begun.set_in, width, grid.lines_max) : layout;
    if (is_short) add_look(nodes[begun.node], "shortened");
    const float height = static_cast<float>(drawn.lines()) * begun.set_in.line;
    const std::size_t drawing = draw_text(drawn, {x, y, width, height}, begun.set_in, Colour::text, begun.align);
    picture[drawing].plain_code = true;
    if (!cell.href.empty()) {
        const UnderParent under(top(), begun.key);
        const std::string link_key = begun.key + "/link";
        const float link_width = std::min(width, std::ceil(layout.width));
        const std::size_t link =
            emit(Role::link, link_key, {x + (begun.align == 2 ? width - link_width : 0), y, link_width, height});
        nodes[link].name = layout.text;
        nodes[link].href = cell.href;
        nodes[link].look = "cell";
        nodes[link].text = text_style(layout, begun.set_in, 0, 0, begun.align);
        if (is_hot(link_key)) picture[drawing].hot_piece = 0;
        if (shows_focus(link_key)) picture[drawing].focused_piece = 0;
        nodes[begun.node].name = layout.text;
    } else if (alone) {
        say(begun.node, drawing, cell.words.runs, layout, begun.set_in, pad_x, pad_y, begun.align);
        nodes[begun.node].text.monospace = cell.monospace;
    } else {
        const UnderParent under(top(), begun.key);
        const std::size_t words = emit(Role::text, begun.key + "/words", {x, y, width, height});
        say(words, drawing, cell.words.runs, layout, begun.set_in, 0, 0, begun.align);
    }
    return height;
}

void Builder::cell_actions(const BegunCell& begun, float& y, TableResult& result) {
    const CellPlace& place = begun.place;
    const UnderParent under(top(), begun.key);
    if (y > place.y) y += action_gap;
    float x = place.x, line = 0;
    for (const CellContent::Action& action : place.cell.actions) {
        const float width = std::ceil(set(action.label, style(Type::button_small), unbounded).width) +
                            2 * px(Length::button_small_padding);
        if (x > place.x && x + width > place.x + place.width + 0.5f) {
            x = place.x;
            y += line + action_gap;
        }
        const std::string key = begun.key + "/" + action.key;
        const std::string name = action.about.empty() ? std::string() : action.label + " " + action.about;
        const Drawn drawn = button_at(
            key, x, y, place.width, action.label, action.tone, true,
            {.pressed = action.chosen ? semantics::Toggle::on : semantics::Toggle::none, .hidden_name = name});
        if (drawn.pressed) {
            result.row = place.row;
            result.action = action.key;
            result.button = key;
        }
        x += drawn.box.width + action_gap;
        line = drawn.box.height;
    }
    y += line;
}

float Builder::table_cell(const CellPlace& given, const Grid& grid, TableResult& result) {
    const CellContent& cell = given.cell;
    BegunCell begun{.place = given,
                    .key = given.row_key + "/" + given.column.key,
                    .set_in = cell.header ? bolder(grid.cell) : grid.cell,
                    .align = static_cast<std::uint8_t>(given.column.numeric && !grid.cards ? 2 : 0)};
    begun.node = emit(cell.header ? Role::row_header : Role::cell, begun.key,
                      {given.x - given.pad_x, given.y - given.pad_y, given.width + 2 * given.pad_x, 0});
    if (cell.tick) {
        const UnderParent under(top(), begun.key);
        cell_tick(begun.key + "/tick", given.row, *cell.tick, given.x, given.y, begun.set_in.line, result);
        begun.place.x += tick_room();
        begun.place.width -= tick_room();
    }
    nodes[begun.node].column_span = std::max(1, cell.span);
    if (begun.align == 2) add_look(nodes[begun.node], "numeric");
    if (cell.monospace) add_look(nodes[begun.node], "monospace");
    float y = given.y;
    const bool wordless = cell.words.runs.empty() || (cell.words.runs.size() == 1 && cell.words.runs[0].text.empty());
    if (cell.tag && !wordless) {
        const UnderParent under(top(), begun.key);
        y += tag_at(begun.key + "/tag", begun.place.x, y, begun.place.width, documents::to_text(cell.words.runs),
                    *cell.tag, grid.dense)
                 .height;
    } else if (!wordless) {
        y += cell_words(begun, grid);
    }
    if (!cell.actions.empty()) cell_actions(begun, y, result);
    const float height = y - given.y;
    nodes[begun.node].bounds.height = height + 2 * given.pad_y;
    return height;
}

void Builder::table_row(const RowPlace& row, const Grid& grid, float& y, TableResult& result) {
    const std::size_t first_cell = nodes.size();
    std::size_t hover = 0;
    const bool hot = row.key == hot_row_;
    if (hot) hover = picture.rect({row.x, y, row.width, 0}, Colour::hover);
    float cell_x = row.x, tallest = 0;
    std::size_t c = 0;
    for (const CellContent& cell : row.data.cells) {
        if (c >= row.columns.size()) break;
        float cell_width = 0;
        const std::size_t span = std::min(static_cast<std::size_t>(std::max(1, cell.span)), row.columns.size() - c);
        for (std::size_t s = 0; s < span; ++s) cell_width += grid.widths[c + s];
        tallest = std::max(tallest, table_cell({row.columns[c], cell, row.key, row.data.key, cell_x + grid.pad_x,
                                                y + grid.pad_y, cell_width - 2 * grid.pad_x, grid.pad_x, grid.pad_y},
                                               grid, result));
        cell_x += cell_width;
        c += span;
    }
    const float least = grid.cell.line * static_cast<float>(std::max(grid.lines_max, 1u));  // rows of one calm height
    const float height = std::max(tallest, least) + 2 * grid.pad_y + 1;
    for (std::size_t i = first_cell; i < nodes.size(); ++i)
        if (nodes[i].role == Role::cell || nodes[i].role == Role::row_header) nodes[i].bounds.height = height;
    y += height;
    if (hot) picture[hover].box.height = height - 1;
    picture.rect({row.x, y - 1, row.width, 1}, Colour::border);
}

void Builder::card_line(const RowPlace& row, const TableColumn& column, const CellContent& cell, const Grid& grid,
                        float& y, TableResult& result) {
    const bool wordless =
        cell.actions.empty() && (cell.words.runs.empty() || documents::to_text(cell.words.runs).empty());
    if (wordless) {  // an empty line on a card says nothing
        const std::size_t hidden = emit(Role::cell, row.key + "/" + column.key, {row.x, y, 1, 1});
        nodes[hidden].look = "hidden";
        return;
    }
    const float card_pad = length(Length::card_padding);
    const float inner = row.width - 2 * card_pad;
    const bool stacked = inner < 260;
    const float label_width = stacked ? inner : std::floor(inner * 0.42f);
    const Style label = bolder(grid.cell);
    const TextLayout& name = set(column.header, label, label_width - (stacked ? 0 : 12));
    const float name_height = column.header.empty() ? 0 : static_cast<float>(name.lines()) * label.line;
    if (name_height > 0)
        draw_text(name, {row.x + card_pad, y + 6, label_width, name_height}, label, Colour::text_quiet);
    const bool whole = column.header.empty();
    const float value_x = row.x + card_pad + (stacked || whole ? 0 : label_width);
    const float value_y = y + 6 + (stacked ? name_height : 0);
    const float value_width = stacked || whole ? inner : inner - label_width;
    const float value =
        table_cell({column, cell, row.key, row.data.key, value_x, value_y, value_width, 0, 0}, grid, result);
    y += 12 + (stacked ? name_height + value : std::max(name_height, value));
}

void Builder::table_card(const RowPlace& row, const Grid& grid, float& y, TableResult& result) {
    const float card_pad = length(Length::card_padding);
    const std::size_t card = picture.rect({row.x, y, row.width, 0}, Colour::surface, 6);
    const std::size_t edge = picture.outline({row.x, y, row.width, 0}, Colour::border, 1, 6);
    float cell_y = y + card_pad - 6;
    std::size_t c = 0;
    for (const CellContent& cell : row.data.cells) {
        if (c >= row.columns.size()) break;
        card_line(row, row.columns[c], cell, grid, cell_y, result);
        c += static_cast<std::size_t>(std::max(1, cell.span));
    }
    const float height = cell_y + card_pad - 6 - y;
    picture[card].box.height = picture[edge].box.height = height;
    y += height + card_gap;
}

// What was emitted stays, as long as the rows are the same ones in the same order; up to a row with focus always.
std::size_t Builder::rows_due(const std::string& table, const std::string& body, std::span<const TableRow> rows) {
    constexpr std::size_t more_rows = 10;  // in one frame: a key that comes meanwhile must not wait for all of them
    const auto [place, is_new] = long_tables_.try_emplace(table);
    LongTable& known = place->second;
    known.shown = true;
    if (std::ranges::equal(known.rows, rows, {}, {}, &TableRow::key))
        return std::min(rows.size(), known.emitted + (input_->rows == Rows::more ? more_rows : 0));
    // A table that was not there before comes whole: nobody waits for a key.
    std::size_t due = is_new ? rows.size() : 0;
    known.rows.clear();
    for (const TableRow& row : rows) {
        known.rows.push_back(row.key);
        if (input_->focus.key.starts_with(body + "/" + row.key + "/")) due = std::max(due, known.rows.size());
    }
    return due;
}

bool Builder::is_near_window(float y) const {
    constexpr float reach = 300;  // as far as a browser's canvas goes beyond its window (strip.ts)
    return y < std::max(input_->scroll_top + input_->window_height + reach, input_->canvas_top + input_->canvas_height);
}

// Each row is placed and drawn, so all stand where they will; the nodes of those that wait are let go of again.
float Builder::table_body(const TablePlace& place, std::span<const TableRow> rows, const Grid& grid,
                          const TableOptions& options, float& y, TableResult& result) {
    const auto& [own, columns, x, width] = place;
    const std::string body_key = own + "/body";
    const UnderParent under_table(top(), own);
    const float start = y;
    const std::size_t body = emit(Role::row_group, body_key, {x, y, width, 0});
    nodes[body].value = "body";
    const UnderParent under_body(top(), body_key);
    const bool is_long = options.counted.rows > 0 && input_->rows != Rows::all;
    std::size_t due = is_long ? rows_due(own, body_key, rows) : rows.size();
    float waiting_from = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i == due && is_near_window(y)) ++due;
        if (i == due) waiting_from = y;
        const std::string row_key = body_key + "/" + rows[i].key;
        const std::size_t links = inline_links.size();
        const std::size_t node = emit(Role::row, row_key, {x, y, width, 0});
        if (options.counted.rows > 0) nodes[node].row_index = static_cast<int>(options.counted.before + i + 2);
        const UnderParent under_row(top(), row_key);
        const float row_top = y;
        const RowPlace row{columns, rows[i], row_key, x, width};
        if (grid.cards) table_card(row, grid, y, result);
        else table_row(row, grid, y, result);
        nodes[node].bounds.height = y - row_top - (grid.cards ? card_gap : 0);
        if (i < due) continue;
        nodes.resize(node);
        inline_links.resize(links);
    }
    if (grid.cards && !rows.empty()) y -= card_gap;
    nodes[body].bounds.height = y - start;
    if (!is_long) return 0;
    long_tables_[own].emitted = due;
    if (due == rows.size()) return 0;
    result_.rows_wait = true;
    return y - waiting_from;
}

TableResult Builder::table(std::string_view key, std::span<const TableColumn> columns, std::span<const TableRow> rows,
                           const TableOptions& options) {
    TableResult result;
    const std::string own = full_key(key);
    const bool may_hide_sorting = options.sorting && narrow_ && columns.size() > 2;  // cards, as measure_table has it
    if (may_hide_sorting) disclosure(std::string(key) + "-sort", "Sort", *options.sorting);
    const Slot slot = open(0);
    const float x = slot.x, width = slot.width;
    const std::size_t table = emit(Role::table, own, {x, slot.y, width, 0});
    nodes[table].name = options.caption;
    nodes[table].hidden_name = options.hidden_caption;
    float y = slot.y, used = 0;
    if (!options.hidden_caption && !options.caption.empty()) {
        put_part(nodes[table].label_part, options.caption, Type::h4, Colour::text, x, y, width, used);
        y += 8;
    }
    Grid grid = measure_table(columns, rows, width);
    if (!grid.cards) grid.lines_max = options.lines_max;
    grid.shows_sorting = !may_hide_sorting || *options.sorting;
    if (grid.dense) add_look(nodes[table], "dense");
    if (grid.cards) add_look(nodes[table], "cards");
    if (options.lines_max > 0) add_look(nodes[table], "calm");
    const std::size_t backdrop = picture.rect({x, y, width, 0}, Colour::surface);
    const float head_top = y;
    const TablePlace place{own, columns, x, width};
    table_head(place, grid, options.counted.rows > 0, y);
    const float waiting = table_body(place, rows, grid, options, y, result);
    if (options.counted.rows > 0) nodes[table].row_count = static_cast<int>(options.counted.rows + 1);
    // In the HTML view nothing else keeps the room of rows that wait.
    if (waiting > 0) add_look(nodes[table], "waiting-" + std::to_string(static_cast<int>(waiting)));
    if (!grid.cards) picture[backdrop].box.height = y - head_top;
    nodes[table].bounds.height = y - slot.y;
    close(slot, y - slot.y, width, rows.empty() ? length(Length::space_4) : length(Length::field_below));
    if (rows.empty() && !documents::to_text(options.empty.runs).empty())
        paragraph(options.empty, TextSize::body, std::string(key) + "-empty");
    return result;
}

}  // namespace ca::ui
