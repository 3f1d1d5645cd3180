// A document on the page: the blocks of documents/document.h as headings, paragraphs, lists with hanging markers,
// tables and notes.
#include "ui/builder.h"

#include <algorithm>
#include <cmath>

namespace ca::ui {

using semantics::Role;

namespace {

template<typename... Cases>
struct Match : Cases... {
    using Cases::operator()...;
};
template<typename... Cases>
Match(Cases...) -> Match<Cases...>;

int lowest_level(std::span<const documents::Block> blocks) {
    int level = 6;
    for (const documents::Block& block : blocks)
        if (const auto* heading = std::get_if<documents::Heading>(&block)) level = std::min(level, heading->level);
    return level;
}

std::size_t cells_of(const documents::Row& row) {  // each counted by the columns that it spans
    std::size_t count = 0;
    for (const documents::Cell& cell : row) count += static_cast<std::size_t>(std::max(1, cell.column_span));
    return count;
}

std::vector<TableColumn> columns_of(const documents::Table& data) {
    std::size_t width = cells_of(data.header);
    for (const documents::Row& row : data.rows) width = std::max(width, cells_of(row));
    std::vector<TableColumn> columns;
    for (std::size_t c = 0; c < width; ++c) {
        TableColumn column{.key = "c" + std::to_string(c + 1), .header = {}};
        if (c < data.header.size()) column.header = documents::to_text(data.header[c].text);
        if (c < data.align.size()) column.numeric = data.align[c] == documents::Align::end;
        if (c < data.widths.size()) column.weight = static_cast<float>(data.widths[c]);
        columns.push_back(std::move(column));
    }
    return columns;
}

std::vector<TableRow> rows_of(const documents::Table& data) {
    std::vector<TableRow> rows;
    for (const documents::Row& row : data.rows) {
        TableRow& made = rows.emplace_back();
        made.key = "r" + std::to_string(rows.size());
        for (std::size_t c = 0; c < row.size(); ++c)
            made.cells.push_back(
                {.words = row[c].text, .header = data.header_column && c == 0, .span = row[c].column_span});
    }
    return rows;
}

// What a table without a caption is called by those who hear it: by the heads of its columns.
std::string spoken_caption(std::span<const TableColumn> columns) {
    std::string heads;
    for (const TableColumn& column : columns)
        if (!column.header.empty()) heads += (heads.empty() ? "" : ", ") + column.header;
    return heads.empty() ? "Table" : heads;
}

// Lines of code; an empty one is a space, or it would have no height.
documents::Inline lines_of(std::string_view code) {
    while (!code.empty() && code.back() == '\n') code.remove_suffix(1);
    documents::Inline lines;
    for (;;) {
        const std::size_t end = code.find('\n');
        lines.push_back({.text = std::string(code.substr(0, end)), .line_break_after = end != std::string_view::npos});
        if (lines.back().text.empty()) lines.back().text = " ";
        if (end == std::string_view::npos) return lines;
        code.remove_prefix(end + 1);
    }
}

}  // namespace

void Builder::document(std::string_view key, std::span<const documents::Block> blocks, int top_heading_level) {
    enter(full_key(key),
          {.look = "document", .above = length(Length::block_below), .below = length(Length::field_below)});
    DocumentView view{.last_level = top_heading_level - 1,
                      .whole = blocks,
                      .root = top().key,
                      .top_heading_level = top_heading_level};
    place_blocks(view, blocks);
    leave();
}

void Builder::place_blocks(DocumentView& view, std::span<const documents::Block> blocks) {
    std::size_t position = 0;
    for (const documents::Block& block : blocks) place_block(view, block, std::to_string(++position));
}

void Builder::place_block(DocumentView& view, const documents::Block& block, const std::string& own) {
    std::visit(
        Match{
            [&](const documents::Heading& heading) { place_heading(view, heading, own); },
            [&](const documents::Paragraph& paragraph) {
                text_block(full_key(own), paragraph.text,
                           {.below = length(top().place == Place::item ? Length::space_2 : Length::block_below),
                            .measure = length(Length::reading)});
            },
            [&](const documents::List& list) { place_list(view, list, own); },
            [&](const documents::Table& data) {
                const std::vector<TableColumn> columns = columns_of(data);
                table(own, columns, rows_of(data),
                      {.caption = data.caption.empty() ? spoken_caption(columns) : data.caption,
                       .hidden_caption = data.caption.empty(),
                       .empty = ""});
            },
            [&](const documents::Fields& pairs) { place_fields(pairs, own); },
            [&](const documents::Quote& quote) { place_quote(view, quote, own); },
            [&](const documents::CodeBlock& code) { place_code(code, own); },
            [&](const documents::Rule&) { separator(own); },
            [&](const documents::PageBreak&) {},
            [&](const documents::Note& note) { place_note(view, note, own); },
            [&](const documents::Contents& contents) { place_contents(view, contents.depth, own); },
        },
        static_cast<const std::variant<documents::Heading, documents::Paragraph, documents::List, documents::Table,
                                       documents::Fields, documents::Quote, documents::CodeBlock, documents::Rule,
                                       documents::PageBreak, documents::Note, documents::Contents>&>(block));
}

void Builder::place_heading(DocumentView& view, const documents::Heading& heading, const std::string& own) {
    const int wanted = view.top_heading_level + heading.level - lowest_level(view.whole);
    const int level = std::clamp(std::min(wanted, view.last_level + 1), 1, 6);
    view.last_level = level;
    static constexpr Type types[] = {Type::h2, Type::h2, Type::h3, Type::h4, Type::h5, Type::h5};
    static constexpr Length above[] = {Length::h2_above, Length::h2_above, Length::h3_above,
                                       Length::h4_above, Length::h4_above, Length::h4_above};
    static constexpr Length below[] = {Length::h2_below, Length::h2_below, Length::h3_below,
                                       Length::h4_below, Length::h4_below, Length::h4_below};
    heading_block(full_key(heading.id.empty() ? own : heading.id), level, heading.text, length(above[level - 1]),
                  length(below[level - 1]), types[level - 1]);
}

void Builder::place_fields(const documents::Fields& pairs, const std::string& own) {
    const auto scope = fields(own);
    std::size_t position = 0;
    for (const documents::Field& pair : pairs.fields) {
        const auto one = field(std::to_string(++position), pair.name);
        text_block(full_key("text"), pair.value, {});
    }
}

void Builder::place_quote(DocumentView& view, const documents::Quote& quote, const std::string& own) {
    const float padding = length(Length::space_5);
    Container& container =
        enter(full_key(own), {.role = Role::quote, .below = length(Length::block_below), .pad_x = padding});
    container.stretched.push_back(picture.rect({container.slot.x, container.slot.y, 4, 0}, Colour::border_strong));
    place_blocks(view, quote.blocks);
    leave();
}

void Builder::place_code(const documents::CodeBlock& code, const std::string& own) {
    const Slot slot = open(0);
    const Style set_in = style(Type::code);
    const float padding = length(Length::space_4);
    const documents::Inline lines = lines_of(code.text);
    pieces_.clear();
    for (const documents::Run& line : lines)
        pieces_.push_back({line.text, Face::monospace, set_in.size, {}, line.line_break_after});
    const TextLayout& layout = setter_.set(pieces_, slot.width - 2 * padding);
    const Box box{slot.x, slot.y, slot.width, static_cast<float>(layout.lines()) * set_in.line + 2 * padding};
    picture.rect(box, Colour::sunken, 4);
    draw_text(layout, {box.x + padding, box.y + padding, box.width - 2 * padding, box.height - 2 * padding}, set_in,
              Colour::text);
    const std::size_t node = emit(Role::code, full_key(own), box);
    nodes[node].name = documents::to_text(lines);
    for (const documents::Run& line : lines)
        nodes[node].runs.push_back({.text = line.text, .break_after = line.line_break_after});
    nodes[node].text = text_style(layout, set_in, padding, padding);
    nodes[node].text.monospace = true;
    close(slot, box.height, box.width, length(Length::block_below));
}

void Builder::place_note(DocumentView& view, const documents::Note& note, const std::string& own) {
    const float padding = length(Length::space_4);
    Container& container = enter(full_key(own), {.role = Role::note,
                                                 .name = note.label,
                                                 .look = "note",
                                                 .above = length(Length::block_below),
                                                 .below = length(Length::block_below),
                                                 .pad_x = padding,
                                                 .pad_top = padding,
                                                 .pad_bottom = padding});
    container.stretched.push_back(
        picture.rect({container.slot.x, container.slot.y, container.slot.width, 0}, Colour::sunken, 4));
    if (!note.label.empty()) text_block(full_key("label"), {bold(note.label)}, {.below = length(Length::space_1)});
    place_blocks(view, note.blocks);
    leave();
}

// The marker hangs to the left of the item. A clause number is words of the text and is emitted as such; a bullet is
// drawn.
void Builder::place_list(DocumentView& view, const documents::List& list, const std::string& own) {
    const bool bullets = list.kind == documents::ListKind::bullet;
    const Style body = style(Type::body);
    float indent = bullets ? 24 : 32;
    for (const documents::ListItem& item : list.items)
        if (!bullets) indent = std::max(indent, std::ceil(set(item.marker, body, unbounded).width) + 12);
    indent = std::min(indent, std::floor(top().width * 0.3f));
    const bool nested = top().place == Place::item;
    Container& container = enter(full_key(own), {.place = Place::list,
                                                 .role = Role::list,
                                                 .look = bullets ? "bullets" : "marked",
                                                 .above = nested ? length(Length::space_1) : 0,
                                                 .below = length(nested ? Length::space_2 : Length::block_below)});
    nodes[static_cast<std::size_t>(container.node)].ordered = !bullets;
    container.width = std::min(container.width, length(Length::reading));
    std::size_t position = 0;
    for (const documents::ListItem& item : list.items) {
        const float between = list.tight ? length(Length::space_2) : length(Length::space_3);
        Container& li = enter(full_key(std::to_string(++position)),
                              {.place = Place::item, .role = Role::list_item, .above = between, .below = between});
        li.x += indent;
        li.width -= indent;
        const Slot at = li.slot;
        if (bullets) {
            constexpr float radius = 3;
            picture.add({.shape = Shape::circle,
                         .colour = Colour::text,
                         .box = {at.x + 7, at.y + body.line / 2 + 1 - radius, 2 * radius, 2 * radius},
                         .radius = radius});
        } else {
            const TextLayout& marker = set(item.marker, body, indent);
            const Box box{at.x, at.y, indent, static_cast<float>(marker.lines()) * body.line};
            draw_text(marker, box, body, Colour::text);
            const std::size_t node = emit(Role::text, full_key("marker"), box);
            nodes[node].name = item.marker;
            nodes[node].look = "marker";
            nodes[node].text = text_style(marker, body);
        }
        place_blocks(view, item.blocks);
        leave();
    }
    leave();
}

void Builder::place_contents(DocumentView& view, int depth, const std::string& own) {
    const int lowest = lowest_level(view.whole);
    enter(full_key(own),
          {.role = Role::navigation, .name = "Contents", .look = "contents", .below = length(Length::space_6)});
    text_block(full_key("title"), documents::plain("Contents"),
               {.type = Type::h4, .look = "contents-title", .below = length(Length::space_2)});
    {
        const auto items = list("list", false, false);
        for (const documents::Block& block : view.whole) {
            const auto* heading = std::get_if<documents::Heading>(&block);
            if (heading == nullptr || heading->id.empty() || heading->level >= lowest + depth) continue;
            const auto item = list_item(heading->id);
            const float indent = static_cast<float>(heading->level - lowest) * 20;
            top().x += indent;
            top().width -= indent;
            link_block("link", documents::to_text(heading->text), "#" + heading->id, Colour::text, style(Type::small),
                       "contents-link");
        }
    }
    leave();
}

}  // namespace ca::ui
