#include "pdf/flow.h"

#include "base/text.h"
#include "pdf/bidi.h"
#include "pdf/theme.h"

#include <algorithm>
#include <numeric>

namespace ca::pdf {

using namespace documents;

namespace {

constexpr char32_t line_separator = 0x2028;

// The baseline within a line of this height: capitals stand in the middle of it.
Length baseline_in(Length leading, Length size) { return leading / 2 + scale(size, 325, 1000); }

bool is_white(char32_t c) { return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r'; }

Emphasis with_bold(Emphasis emphasis) {
    return emphasis == Emphasis::italic || emphasis == Emphasis::bold_italic ? Emphasis::bold_italic : Emphasis::bold;
}

// How words of one emphasis are set among words of another.
Emphasis emphasis_within(Emphasis base, Emphasis own) {
    if (own == Emphasis::none) return base;
    if (base == Emphasis::bold || base == Emphasis::bold_italic)
        return with_bold(own == Emphasis::bold ? Emphasis::none : own);
    return base == Emphasis::italic && own == Emphasis::bold ? Emphasis::bold_italic : own;
}

Colour colour_of(Change change) { return change == Change::inserted ? theme::inserted : theme::warning; }

TextStyle changed(TextStyle style, Change change) {
    if (change == Change::none) return style;
    style.colour = colour_of(change);
    style.decoration = change == Change::inserted ? Decoration::underline : Decoration::strike;
    return style;
}

std::string words_of(const Inline& text) {
    std::string words;
    for (Run const& run : text) {
        words += run.text;
        if (run.line_break_after) words += ' ';
    }
    return words;
}

std::int64_t square_root(std::int64_t value) {
    std::int64_t root = 0;
    for (std::int64_t bit = std::int64_t{1} << 30; bit > 0; bit >>= 1) {
        if ((root | bit) * (root | bit) <= value) root |= bit;
    }
    return root;
}

std::int64_t sum(const std::vector<std::int64_t>& values) {
    return std::accumulate(values.begin(), values.end(), std::int64_t{0});
}

// An amount by these shares; equally where all of them are 0.
std::vector<Length> shared_out(std::int64_t amount, const std::vector<std::int64_t>& shares) {
    std::int64_t const total = sum(shares);
    auto const count = static_cast<std::int64_t>(shares.size());
    std::vector<Length> parts;
    for (std::int64_t const share : shares) {
        parts.push_back(static_cast<Length>(total > 0 ? amount * share / total : amount / count));
    }
    return parts;
}

// The widths of columns that need more room than there is.
std::vector<Length> squeezed(const std::vector<std::int64_t>& least, const std::vector<std::int64_t>& natural,
                             std::int64_t room) {
    auto const count = natural.size();
    std::vector<Length> widths(count, 0);
    // Columns that need no more than an equal share of what is left have all that they need, narrowest first.
    std::int64_t left = room, columns_left = static_cast<std::int64_t>(count);
    std::vector<bool> settled(count, false);
    for (bool again = true; again;) {
        again = false;
        for (std::size_t i = 0; i < count; ++i) {
            if (settled[i] || natural[i] * columns_left > left) continue;
            widths[i] = static_cast<Length>(natural[i]);
            settled[i] = again = true;
            left -= natural[i];
            --columns_left;
        }
    }
    // The others have their longest words at least, and share the rest by the square root of what they hold: twice
    // the text wants more width, but not twice as much.
    std::int64_t least_left = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (!settled[i]) least_left += least[i];
    }
    bool const cramped = least_left > left;
    std::vector<std::int64_t> shares(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
        if (settled[i]) continue;
        if (!cramped) widths[i] = static_cast<Length>(least[i]);
        shares[i] = cramped ? least[i] : square_root(natural[i]);
    }
    std::vector<Length> const parts = shared_out(cramped ? left : left - least_left, shares);
    for (std::size_t i = 0; i < count; ++i) widths[i] += parts[i];
    return widths;
}

// White space of any length is one space; none at the ends.
std::string tidy(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            if (!out.empty() && out.back() != ' ') out += ' ';
        } else {
            out += c;
        }
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::string_view list_numbering(ListKind kind) {
    switch (kind) {
        case ListKind::bullet: return "Disc";
        case ListKind::decimal: return "Decimal";
        case ListKind::lower_alpha: return "LowerAlpha";
        case ListKind::lower_roman: return "LowerRoman";
        case ListKind::upper_alpha: return "UpperAlpha";
        case ListKind::upper_roman: return "UpperRoman";
    }
    return "None";
}

// The length of a clause number at the start of a heading ("8.", "8.5", "B.", "12"), with the white space after it.
struct ClauseNumber {
    std::size_t number = 0;  // bytes
    std::size_t with_space = 0;
};
ClauseNumber clause_number(std::string_view text) {
    auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    std::size_t at = 0;
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') {
        if (text.size() < 2 || (text[1] != '.' && text[1] != ')')) return {};
        at = 1;
    } else {
        while (at < text.size() && at < 12 &&
               (is_digit(text[at]) || (text[at] == '.' && at > 0 && text[at - 1] != '.')))
            ++at;
        if (at == 0) return {};
        // A bare number may be a year or a count: a clause's is short.
        if (text.substr(0, at).find('.') == std::string_view::npos && at > 2) return {};
        if (text[at - 1] == '.') --at;
    }
    if (at < text.size() && (text[at] == '.' || text[at] == ')')) ++at;
    std::size_t const number = at;
    while (at < text.size() && text[at] == ' ') ++at;
    if (at == number || at == text.size()) return {};
    return {number, at};
}

// The words that a reader meets first.
std::string first_words(const Blocks& blocks) {
    for (Block const& block : blocks) {
        std::string words;
        if (auto const* paragraph = std::get_if<Paragraph>(&block)) words = words_of(paragraph->text);
        else if (auto const* heading = std::get_if<Heading>(&block)) words = words_of(heading->text);
        else if (auto const* quote = std::get_if<Quote>(&block)) words = first_words(quote->blocks);
        else if (auto const* note = std::get_if<Note>(&block)) words = first_words(note->blocks);
        else if (auto const* list = std::get_if<List>(&block); list != nullptr && !list->items.empty())
            words = first_words(list->items.front().blocks);
        if (!is_blank(words)) return words;
    }
    return {};
}

bool begins_right_to_left(const Blocks& blocks) {
    std::vector<char32_t> const words = to_code_points(first_words(blocks));
    return resolve_bidi(std::u32string(words.begin(), words.end())).base_level == 1;
}

const Block* next_in(const Blocks& blocks, std::size_t i) { return i + 1 < blocks.size() ? &blocks[i + 1] : nullptr; }

// Where a page break comes before any heading but the title, what stands before it is a cover. 0: there is none.
std::size_t end_of_cover(const Blocks& blocks) {
    for (std::size_t i = 1; i < blocks.size(); ++i) {
        if (std::holds_alternative<Heading>(blocks[i])) return 0;
        if (std::holds_alternative<documents::PageBreak>(blocks[i])) return i;
    }
    return 0;
}

}  // namespace

FlowBuilder::FlowBuilder(FontBook& fonts, const Document& document, const Options& options)
    : fonts_(&fonts), document_(&document) {
    top_.left = theme::margin_left + theme::gutter;
    top_.width = options.page.width - top_.left - theme::margin_right;
    top_.gutter = theme::gutter;
    page_room_ = options.page.height - theme::text_top - theme::text_bottom_margin;
    top_.parent = flow_.tree.root();
    top_.paragraph_gap = theme::paragraph_gap;
    top_.colour = theme::ink;
    if (!document.language.empty()) flow_.tree.set_language(flow_.tree.root(), document.language);
    bool after_contents = false;
    collect_anchors(document.blocks, after_contents);

    const auto* first = document.blocks.empty() ? nullptr : std::get_if<Heading>(&document.blocks.front());
    flow_.has_cover = first != nullptr && first->level == 1;
    if (flow_.has_cover) cover_end_ = end_of_cover(document.blocks);
}

void FlowBuilder::collect_anchors(const Blocks& blocks, bool& after_contents) {
    for (Block const& block : blocks) {
        if (auto const* heading = std::get_if<Heading>(&block)) {
            if (!heading->id.empty()) anchor_of_id_[heading->id] = static_cast<int>(flow_.anchors.size());
            flow_.anchors.push_back({heading->id, tidy(words_of(heading->text)), heading->level, after_contents});
        } else if (std::holds_alternative<documents::Contents>(block)) {
            after_contents = true;
        } else if (auto const* list = std::get_if<List>(&block)) {
            for (ListItem const& item : list->items) collect_anchors(item.blocks, after_contents);
        } else if (auto const* quote = std::get_if<Quote>(&block)) {
            collect_anchors(quote->blocks, after_contents);
        } else if (auto const* note = std::get_if<Note>(&block)) {
            collect_anchors(note->blocks, after_contents);
        }
    }
}

Result<void> FlowBuilder::add(std::size_t block) {
    std::string const where = "block " + std::to_string(block + 1);
    Block const* const next = next_in(document_->blocks, block);
    if (block >= cover_end_) return add_block(document_->blocks[block], next, top_, where);
    // On the cover all stands at the title's edge.
    Context context = top_;
    context.on_cover = true;
    context.left -= context.gutter;
    context.width += context.gutter;
    context.gutter = 0;
    return add_block(document_->blocks[block], next, context, where);
}

Flow FlowBuilder::finish() {
    // A page without content is no page of a document: the least is one empty slab.
    if (flow_.slabs.empty()) flow_.slabs.emplace_back();
    return std::move(flow_);
}

Result<void> FlowBuilder::add_blocks(const Blocks& blocks, const Context& context, const std::string& where) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        CA_TRY_VOID(add_block(blocks[i], next_in(blocks, i), context, where + ", block " + std::to_string(i + 1)));
    }
    return {};
}

void FlowBuilder::narrow(Context& context, Length inset) {
    // However deep the nesting, there stays room for words.
    Length const taken = std::clamp<Length>(context.width - theme::least_measure, 0, inset);
    context.left += taken;
    context.width -= taken;
}

Result<void> FlowBuilder::add_block(const Block& block, const Block* next, const Context& context,
                                    const std::string& where) {
    if (auto const* heading = std::get_if<Heading>(&block)) return add_heading(*heading, context, where);
    if (auto const* list = std::get_if<List>(&block)) return add_list(*list, context, where);
    if (auto const* table = std::get_if<Table>(&block)) return add_table(*table, context, where);
    if (auto const* fields = std::get_if<Fields>(&block)) return add_fields(*fields, context, where);
    if (auto const* quote = std::get_if<Quote>(&block)) return add_quote(*quote, context, where);
    if (auto const* code = std::get_if<CodeBlock>(&block)) return add_code(*code, context, where);
    if (auto const* note = std::get_if<Note>(&block)) return add_note(*note, context, where);
    if (auto const* contents = std::get_if<documents::Contents>(&block)) return add_contents(*contents, context, where);
    if (std::holds_alternative<Rule>(block)) {
        add_rule(context);
        return {};
    }
    if (std::holds_alternative<documents::PageBreak>(block)) {
        force_break_ = !flow_.slabs.empty();
        return {};
    }
    auto const& paragraph = std::get<Paragraph>(block);
    std::string const words = tidy(words_of(paragraph.text));
    if (words.empty()) return {};
    bool const after_heading = after_heading_;
    theme::Type const type = context.on_cover ? theme::cover_text : theme::body;
    Style const style{{.size = type.size, .colour = context.colour}, type.leading};
    Node const node = flow_.tree.add(context.parent, Role::P);
    ShapedText const text = CA_TRY(shape(spans_of(paragraph.text, node, style.text), where));
    if (text.right_to_left()) flow_.tree.set_right_to_left(node);
    std::vector<Line> lines = break_lines(*fonts_, text, {.measure = context.width});
    // What only leads in ("The Connecting Party shall:", one line below a heading) stands on the page of what it leads
    // to.
    bool const leads_in = words.ends_with(':') || (after_heading && lines.size() == 1);
    add_lines(std::move(lines), style, context.left, context.group, context.paragraph_gap);
    close_gap(context.paragraph_gap);
    keep_with_previous_ = leads_in && next != nullptr && !std::holds_alternative<Heading>(*next);
    return {};
}

// ---- Headings ---------------------------------------------------------------------------------------------

Result<void> FlowBuilder::add_heading(const Heading& heading, const Context& context, const std::string& where) {
    auto const level = static_cast<std::size_t>(heading.level - 1);
    bool const is_title = flow_.slabs.empty() && flow_.has_cover;
    theme::Type const type = !is_title ? theme::headings[level] : context.on_cover ? theme::cover_title : theme::title;
    Style style{{.font = {.emphasis = level == 5 ? Emphasis::italic : Emphasis::bold},
                 .size = type.size,
                 .colour = level < 3 ? theme::heading : theme::ink},
                type.leading,
                Fit::balanced};

    Node const node = flow_.tree.add(context.parent, static_cast<Role>(static_cast<int>(Role::H1) + heading.level - 1));
    std::vector<TextSpan> spans = spans_of(heading.text, node, style.text);

    bool const from_right = begins_right_to_left({heading});

    // A clause number hangs in the gutter, if it has the room; its words then begin at the text's edge.
    std::optional<SetLine> hung;
    Length left = context.left;
    if (is_title) left -= context.gutter;
    if (!is_title && context.gutter > 0 && !spans.empty()) {
        std::string const words = to_utf8(std::vector<char32_t>(spans[0].text.begin(), spans[0].text.end()));
        ClauseNumber const found = clause_number(words);  // ASCII: bytes are code points
        if (found.number > 0) {
            TextSpan number = spans[0];
            number.text = spans[0].text.substr(0, found.with_space);
            ShapedText const shaped = CA_TRY(shape({number}, where, from_right));
            std::vector<Line> lines = break_lines(*fonts_, shaped, {.measure = context.gutter * 8});
            Length const room = context.gutter - theme::hang_gap;
            if (lines.size() == 1 && lines[0].width <= room) {
                hung = SetLine{context.left - theme::hang_gap - lines[0].width, 0, std::move(lines[0])};
                spans[0].text.erase(0, found.with_space);
            }
        }
    }
    ShapedText const text = CA_TRY(shape(std::move(spans), where));
    if (from_right) flow_.tree.set_right_to_left(node);
    // Words that are read from the right have their number to the right of them.
    if (hung && from_right) hung->x = context.left + context.width + theme::hang_gap;
    Length const width = context.left + context.width - left;
    std::vector<Line> lines = break_lines(*fonts_, text, {.measure = width, .fit = Fit::balanced});

    if (is_title) {
        Slab drop;
        Length const above = context.on_cover ? theme::cover_drop : theme::title_drop;
        drop.height = above + theme::title_bar_height;
        drop.bars.push_back({left, above - points(8), theme::title_bar_width, theme::title_bar_height, theme::accent});
        add_slab(std::move(drop), 0);
        keep_with_previous_ = true;
    }
    auto const first = flow_.slabs.size();
    add_lines(std::move(lines), style, left, context.group, is_title ? points(6) : theme::heading_gap_before[level]);
    for (auto i = first + 1; i < flow_.slabs.size(); ++i) flow_.slabs[i].break_before = PageBreak::forbidden;
    if (hung) {
        hung->baseline = flow_.slabs[first].lines.front().baseline;
        flow_.slabs[first].lines.insert(flow_.slabs[first].lines.begin(), std::move(*hung));
    }
    flow_.slabs[first].anchors.push_back(static_cast<int>(next_anchor_++));
    close_gap(is_title ? points(20) : theme::heading_gap_after[level]);
    keep_with_previous_ = true;
    after_heading_ = !is_title;
    return {};
}

// ---- Lists ------------------------------------------------------------------------------------------------

Result<void> FlowBuilder::add_list(const List& list, const Context& context, const std::string& where) {
    if (list.items.empty()) return {};
    bool const numbered = list.kind != ListKind::bullet;
    bool const from_right = begins_right_to_left(list.items.front().blocks);
    Node const node = flow_.tree.add(context.parent, Role::L);
    flow_.tree.set_numbering(node, list_numbering(list.kind));
    TextStyle const marker_style{
        .font = {}, .size = theme::body.size, .colour = numbered ? context.colour : theme::accent};

    // Lines of the markers, without their slots yet: their widths decide the indent of the whole list.
    Length widest = 0;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        std::string const item_where = where + ", item " + std::to_string(i + 1);
        Line const line = CA_TRY(shape_line(list.items[i].marker, no_slot, marker_style, item_where, from_right));
        widest = std::max(widest, line.width);
    }
    bool const hangs = numbered && context.gutter > 0 && widest <= context.gutter - theme::hang_gap;
    Length indent = 0;
    if (!hangs) {
        indent = numbered ? std::max(theme::minimum_number_indent, widest + theme::hang_gap)
                          : std::max(theme::bullet_indent, widest + theme::hang_gap);
    }
    Length const item_gap = list.tight ? theme::tight_item_gap : theme::paragraph_gap;

    close_gap(std::min(context.paragraph_gap, theme::list_gap));
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        ListItem const& item = list.items[i];
        std::string const item_where = where + ", item " + std::to_string(i + 1);
        Node const item_node = flow_.tree.add(node, Role::LI);
        SetLine marker;
        if (!tidy(item.marker).empty()) {
            Slot const slot = flow_.tree.add_slot(flow_.tree.add(item_node, Role::Lbl));
            marker.line = CA_TRY(shape_line(tidy(item.marker), slot, marker_style, item_where, from_right));
        }
        Length const inset = numbered ? 0 : points(3);
        Length const end = context.left + context.width;
        if (from_right) marker.x = hangs ? end + theme::hang_gap : end - inset - marker.line.width;
        else marker.x = hangs ? context.left - theme::hang_gap - marker.line.width : context.left + inset;

        Context inner = context;
        narrow(inner, indent);
        if (from_right) inner.left = context.left;
        inner.gutter = 0;
        inner.parent = flow_.tree.add(item_node, Role::LBody);
        inner.paragraph_gap = list.tight ? theme::tight_item_gap : theme::paragraph_gap;
        if (i > 0) close_gap(item_gap);

        auto const first = flow_.slabs.size();
        CA_TRY_VOID(add_blocks(item.blocks, inner, item_where));
        // The marker stands on the item's first line of text; where there is none it has a line of its own.
        auto slab = std::find_if(flow_.slabs.begin() + static_cast<std::ptrdiff_t>(first), flow_.slabs.end(),
                                 [](Slab const& candidate) { return !candidate.lines.empty(); });
        if (slab == flow_.slabs.end()) {
            Slab own;
            own.height = theme::body.leading;
            own.group = context.group;
            add_slab(std::move(own), item_gap);
            slab = std::prev(flow_.slabs.end());
            marker.baseline = baseline_in(theme::body.leading, theme::body.size);
        } else {
            marker.baseline = slab->lines.front().baseline;
        }
        slab->lines.insert(slab->lines.begin(), std::move(marker));
        pending_gap_ = 0;
        close_gap(item_gap);
    }
    pending_gap_ = 0;
    close_gap(std::min(context.paragraph_gap, theme::list_gap));
    return {};
}

// ---- Tables and fields ------------------------------------------------------------------------------------

Result<FlowBuilder::GridCell> FlowBuilder::make_cell(Node row, const Cell& cell, int column, Role role,
                                                     std::optional<Scope> scope, Style style, Align align,
                                                     const std::string& where) {
    Node const node = flow_.tree.add(row, role);
    if (scope) flow_.tree.set_scope(node, *scope);
    if (cell.column_span > 1) flow_.tree.set_column_span(node, cell.column_span);
    GridCell made;
    made.text = CA_TRY(shape(spans_of(cell.text, node, style.text), where));
    made.column = column;
    made.span = cell.column_span;
    made.align = align;
    return made;
}

std::vector<Length> FlowBuilder::column_widths(const std::vector<GridRow>& rows, int columns, Length room,
                                               const std::vector<double>& wanted) const {
    auto const count = static_cast<std::size_t>(columns);
    room -= theme::column_gap * (columns - 1);
    if (wanted.size() == count) {
        std::vector<std::int64_t> shares;
        for (double const share : wanted) {
            shares.push_back(share > 0 && share < 1e6 ? static_cast<std::int64_t>(share * 1000 + 0.5) : 0);
        }
        return shared_out(room, shares);
    }

    std::vector<std::int64_t> least(count, points(12)), natural(count, points(12));
    for (GridRow const& row : rows) {
        for (GridCell const& cell : row.cells) {
            auto const column = static_cast<std::size_t>(cell.column);
            if (cell.span == 1) {
                least[column] = std::max<std::int64_t>(least[column], cell.text.minimum_width());
                natural[column] = std::max<std::int64_t>(natural[column], cell.text.natural_width());
            }
        }
    }
    // No column may starve the others for the sake of one long word.
    for (std::size_t i = 0; i < count; ++i) {
        least[i] = std::min<std::int64_t>(least[i], room * 6 / (5 * columns));
        natural[i] = std::max(natural[i], least[i]);
    }
    // Where all fits, the white is shared by what each column holds, so that the table fills the measure.
    bool const fits = sum(natural) <= room;
    return fits ? shared_out(room, natural) : squeezed(least, natural, room);
}

void FlowBuilder::add_grid(const std::vector<GridRow>& rows, const std::vector<Length>& widths,
                           const Context& context) {
    int const group = context.group;
    theme::Type const type = theme::cell;
    Length const baseline = baseline_in(type.leading, type.size);
    std::vector<Length> lefts(widths.size(), context.left);
    for (std::size_t i = 1; i < widths.size(); ++i) lefts[i] = lefts[i - 1] + widths[i - 1] + theme::column_gap;

    auto const body_rows = static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [](GridRow const& row) { return !row.is_header; }));
    std::size_t body_row = 0;
    for (GridRow const& row : rows) {
        std::vector<RowCell> cells;
        std::size_t line_count = 1;
        for (GridCell const& cell : row.cells) {
            auto const column = static_cast<std::size_t>(cell.column);
            Length width = widths[column];
            for (int i = 1; i < cell.span; ++i)
                width += theme::column_gap + widths[column + static_cast<std::size_t>(i)];
            cells.push_back(
                {break_lines(*fonts_, cell.text, {.measure = width, .align = cell.align, .start_at_left = true}),
                 lefts[column]});
            line_count = std::max(line_count, cells.back().lines.size());
        }
        bool const may_split = line_count > 12;
        for (std::size_t line = 0; line < line_count; ++line) {
            bool const is_first = line == 0, is_last = line + 1 == line_count;
            Slab slab;
            slab.group = group;
            Length const top = is_first ? theme::cell_padding : 0;
            slab.height = top + type.leading + (is_last ? theme::cell_padding : 0);
            for (RowCell& cell : cells) {
                if (line < cell.lines.size())
                    slab.lines.push_back({cell.x, top + baseline, std::move(cell.lines[line])});
            }
            if (is_last) {
                Length const thickness = row.is_header ? theme::firm_line : theme::hairline;
                slab.bars.push_back({context.left, slab.height - thickness, context.width, thickness,
                                     row.is_header ? theme::heading : theme::hair});
            }
            if (!is_first) {
                slab.lead = theme::cell_padding;  // as its row began
                bool const inner = line == 1 || is_last;
                slab.break_before = may_split && !inner ? PageBreak::allowed : PageBreak::forbidden;
            } else if (body_row > 0 && (body_row == 1 || body_row + 1 == body_rows)) {
                slab.break_before = PageBreak::avoided;
            }
            add_slab(std::move(slab), 0);
        }
        if (row.is_header) keep_with_previous_ = true;
        else ++body_row;
    }
}

Result<void> FlowBuilder::add_caption(const std::string& caption, Node table, const Context& context,
                                      const std::string& where) {
    if (tidy(caption).empty()) return {};
    Style const style{{.font = {.emphasis = Emphasis::bold}, .size = theme::cell.size, .colour = theme::ink},
                      theme::cell.leading};
    Node const node = flow_.tree.add(table, Role::Caption);
    ShapedText const text = CA_TRY(shape(spans_of(plain(caption), node, style.text), where + ", caption"));
    add_lines(break_lines(*fonts_, text, {.measure = context.width}), style, context.left, context.group,
              theme::table_gap);
    keep_with_previous_ = true;
    close_gap(points(2));
    return {};
}

Result<FlowBuilder::GridRow> FlowBuilder::make_row(const Table& table, const Row& cells, Node parent, bool is_header,
                                                   Colour colour, const std::string& where) {
    Node const node = flow_.tree.add(parent, Role::TR);
    GridRow row;
    row.is_header = is_header;
    int column = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        bool const is_side = !is_header && table.header_column && i == 0;
        std::optional<Scope> scope;
        if (is_header) scope = Scope::column;
        else if (is_side) scope = Scope::row;
        Style style{{.size = theme::cell.size, .colour = is_header ? theme::heading : colour}, theme::cell.leading};
        if (scope) style.text.font.emphasis = Emphasis::bold;
        auto const at = static_cast<std::size_t>(column);
        row.cells.push_back(CA_TRY(make_cell(node, cells[i], column, scope ? Role::TH : Role::TD, scope, style,
                                             at < table.align.size() ? table.align[at] : Align::start,
                                             where + ", cell " + std::to_string(i + 1))));
        column += cells[i].column_span;
    }
    row.columns = column;
    return row;
}

// Copies of the header's slabs, as artifacts, for the pages after the first.
void FlowBuilder::repeat_header(int group, std::size_t first) {
    auto& repeated = flow_.groups[static_cast<std::size_t>(group)].repeated;
    for (auto i = first; i < flow_.slabs.size(); ++i) {
        repeated.push_back(flow_.slabs[i]);
        repeated.back().anchors.clear();
        for (SetLine& line : repeated.back().lines) {
            for (Piece& piece : line.line.pieces) {
                piece.slot = no_slot;
                piece.link = no_link;
            }
        }
        // The header ends with its firm rule.
        if (!flow_.slabs[i].bars.empty()) break;
    }
}

Result<void> FlowBuilder::add_table(const Table& table, const Context& context, const std::string& where) {
    Node const node = flow_.tree.add(context.parent, Role::Table);
    close_gap(theme::table_gap);
    CA_TRY_VOID(add_caption(table.caption, node, context, where));

    std::vector<GridRow> rows;
    if (!table.header.empty()) {
        Node const head = flow_.tree.add(node, Role::THead);
        rows.push_back(CA_TRY(make_row(table, table.header, head, true, context.colour, where + ", header")));
    }
    if (!table.rows.empty()) {
        Node const body = flow_.tree.add(node, Role::TBody);
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            std::string const row_where = where + ", row " + std::to_string(i + 1);
            rows.push_back(CA_TRY(make_row(table, table.rows[i], body, false, context.colour, row_where)));
        }
    }
    int columns = 0;
    for (GridRow const& row : rows) columns = std::max(columns, row.columns);

    Context inner = context;
    inner.group = add_group({.parent = context.group});
    auto const first = flow_.slabs.size();
    add_grid(rows, column_widths(rows, columns, context.width, table.widths), inner);
    if (!table.header.empty() && !table.rows.empty()) repeat_header(inner.group, first);
    close_gap(theme::table_gap);
    return {};
}

Result<void> FlowBuilder::add_fields(const Fields& fields, const Context& context, const std::string& where) {
    if (fields.fields.empty()) return {};
    Node const node = flow_.tree.add(context.parent, Role::Table);
    Node const body_node = flow_.tree.add(node, Role::TBody);
    Style const name{{.font = {.emphasis = Emphasis::bold}, .size = theme::cell.size, .colour = theme::quiet},
                     theme::cell.leading};
    Style const value{{.size = theme::cell.size, .colour = context.colour}, theme::cell.leading};

    std::vector<GridRow> rows;
    Length widest = 0;
    for (std::size_t i = 0; i < fields.fields.size(); ++i) {
        Field const& field = fields.fields[i];
        std::string const field_where = where + ", field " + std::to_string(i + 1);
        Node const row_node = flow_.tree.add(body_node, Role::TR);
        GridRow row;
        row.cells.push_back(CA_TRY(make_cell(row_node, {.text = plain(field.name)}, 0, Role::TH, Scope::row, name,
                                             Align::start, field_where)));
        widest = std::max(widest, row.cells.back().text.natural_width());
        row.cells.push_back(CA_TRY(
            make_cell(row_node, {.text = field.value}, 1, Role::TD, std::nullopt, value, Align::start, field_where)));
        rows.push_back(std::move(row));
    }
    close_gap(context.on_cover ? theme::cover_gap : theme::list_gap);
    // All lists of fields in a document share one edge, unless the names need more.
    Length const names = std::clamp(widest, context.width * 30 / 100, context.width * 42 / 100);
    Context inner = context;
    inner.group = add_group({.parent = context.group});
    Slab rule;
    rule.height = theme::hairline;
    rule.group = inner.group;
    rule.bars.push_back({context.left, 0, context.width, theme::hairline, theme::hair});
    add_slab(std::move(rule), 0);
    keep_with_previous_ = true;
    add_grid(rows, {names, context.width - names - theme::column_gap}, inner);
    close_gap(theme::table_gap);
    return {};
}

// ---- What is set apart ------------------------------------------------------------------------------------

Result<void> FlowBuilder::add_quote(const Quote& quote, const Context& context, const std::string& where) {
    Context inner = context;
    inner.parent = flow_.tree.add(context.parent, Role::BlockQuote);
    narrow(inner, theme::quote_inset);
    inner.gutter = 0;
    inner.colour = theme::quiet;
    inner.group = add_group(
        {.parent = context.group,
         .panel = Panel{
             .x = context.left + points(4), .width = points(1), .bar_width = tenths(15), .bar_colour = theme::hair}});
    close_gap(theme::paragraph_gap);
    CA_TRY_VOID(add_blocks(quote.blocks, inner, where));
    close_gap(theme::paragraph_gap);
    return {};
}

Result<void> FlowBuilder::add_note(const Note& note, const Context& context, const std::string& where) {
    Context inner = context;
    inner.parent = flow_.tree.add(context.parent, Role::Div);
    inner.left += theme::panel_inset;
    inner.width -= 2 * theme::panel_inset;
    inner.gutter = 0;
    inner.on_cover = false;
    inner.paragraph_gap = tenths(50);
    inner.group = add_group({.parent = context.group,
                             .panel = Panel{.x = context.left,
                                            .width = context.width,
                                            .background = theme::panel,
                                            .bar_width = theme::panel_bar,
                                            .bar_colour = theme::accent}});
    Slab top;
    top.height = theme::panel_padding;
    top.group = inner.group;
    add_slab(std::move(top), theme::panel_gap);
    keep_with_previous_ = true;
    if (!tidy(note.label).empty()) {
        Style const style{{.font = {.emphasis = Emphasis::bold}, .size = theme::body.size, .colour = theme::heading},
                          theme::body.leading};
        Node const node = flow_.tree.add(inner.parent, Role::P);
        ShapedText const text = CA_TRY(shape(spans_of(plain(note.label), node, style.text), where + ", label"));
        add_lines(break_lines(*fonts_, text, {.measure = inner.width}), style, inner.left, inner.group, 0);
        keep_with_previous_ = true;
        close_gap(points(1));
        if (!note.blocks.empty()) inner.paragraph_gap = tenths(50);
    }
    // The first block follows the label closely.
    for (std::size_t i = 0; i < note.blocks.size(); ++i) {
        auto const first = flow_.slabs.size();
        CA_TRY_VOID(
            add_block(note.blocks[i], next_in(note.blocks, i), inner, where + ", block " + std::to_string(i + 1)));
        if (i == 0 && first < flow_.slabs.size()) flow_.slabs[first].gap = std::min(flow_.slabs[first].gap, points(2));
    }
    pending_gap_ = 0;
    Slab bottom;
    bottom.height = theme::panel_padding;
    bottom.group = inner.group;
    bottom.break_before = PageBreak::forbidden;
    keep_with_previous_ = true;
    add_slab(std::move(bottom), 0);
    keep_with_previous_ = false;
    close_gap(theme::panel_gap);
    return {};
}

Result<void> FlowBuilder::add_code(const CodeBlock& code, const Context& context, const std::string& where) {
    Style const style{{.font = {.role = FontRole::code}, .size = theme::code.size, .colour = theme::ink},
                      theme::code.leading};
    std::u32string text;
    for (char32_t const c : to_code_points(code.text)) {
        if (c == U'\n') text += U" \u2028";
        else if (c == U'\t') text += U"    ";
        else if (c != U'\r') text += c;
    }
    while (!text.empty() && (text.back() == line_separator || text.back() == U' ')) text.pop_back();
    if (text.empty()) return {};

    Node const paragraph = flow_.tree.add(context.parent, Role::P);
    Slot const slot = flow_.tree.add_slot(flow_.tree.add(paragraph, Role::Code));
    int const group =
        add_group({.parent = context.group,
                   .panel = Panel{.x = context.left, .width = context.width, .background = theme::panel}});
    Slab edge;
    edge.height = points(7);
    edge.group = group;
    add_slab(edge, theme::panel_gap);
    keep_with_previous_ = true;
    // Only terms have blocks of code.
    ShapedText const shaped = CA_TRY(
        shape({{.text = std::move(text), .style = style.text, .slot = slot, .no_glyph = NoGlyph::refuse}}, where));
    add_lines(break_lines(*fonts_, shaped, {.measure = context.width - points(24)}), style, context.left + points(12),
              group, 0);
    keep_with_previous_ = true;
    add_slab(edge, 0);
    keep_with_previous_ = false;
    close_gap(theme::panel_gap);
    return {};
}

void FlowBuilder::add_rule(const Context& context) {
    Slab rule;
    rule.height = theme::hairline;
    rule.group = context.group;
    rule.bars.push_back({context.left, 0, context.width, theme::hairline, theme::hair});
    add_slab(std::move(rule), points(14));
    close_gap(points(14));
}

// ---- Contents ---------------------------------------------------------------------------------------------

Result<void> FlowBuilder::add_contents(const documents::Contents& contents, const Context& context,
                                       const std::string& where) {
    int top_level = 7;
    for (Anchor const& anchor : flow_.anchors) {
        if (anchor.in_contents_after && anchor.level <= contents.depth) top_level = std::min(top_level, anchor.level);
    }
    if (top_level == 7) return {};

    // Deeper entries stand in a TOC of their own inside the entry above them.
    std::vector<Node> lists = {flow_.tree.add(context.parent, Role::TOC)};
    std::vector<int> levels = {top_level};
    Node last_item = -1;
    close_gap(theme::paragraph_gap);
    auto const first = flow_.slabs.size();
    for (std::size_t i = 0; i < flow_.anchors.size(); ++i) {
        // By value: links are added below, anchors are not.
        Anchor const& anchor = flow_.anchors[i];
        if (!anchor.in_contents_after || anchor.level > contents.depth) continue;
        while (levels.size() > 1 && anchor.level < levels.back()) {
            levels.pop_back();
            lists.pop_back();
        }
        if (anchor.level > levels.back() && last_item >= 0) {
            lists.push_back(flow_.tree.add(last_item, Role::TOC));
            levels.push_back(anchor.level);
        }
        Node const item = flow_.tree.add(lists.back(), Role::TOCI);
        last_item = item;
        Node const link_node = flow_.tree.add(flow_.tree.add(item, Role::Reference), Role::Link);
        flow_.links.push_back(
            {.node = link_node, .address = {}, .anchor = static_cast<int>(i), .description = anchor.title});
        int const link = static_cast<int>(flow_.links.size()) - 1;

        bool const is_top = anchor.level == top_level;
        Style const style{{.font = {.emphasis = is_top ? Emphasis::bold : Emphasis::none},
                           .size = theme::body.size,
                           .colour = is_top ? theme::heading : theme::ink},
                          theme::body.leading};
        Length const indent = theme::contents_indent * (anchor.level - top_level);
        std::vector<char32_t> const points_of_title = to_code_points(anchor.title);
        TextSpan span{.text = std::u32string(points_of_title.begin(), points_of_title.end()) + U' ',
                      .style = style.text,
                      .slot = flow_.tree.add_slot(link_node),
                      .link = link};
        ShapedText const text = CA_TRY(shape({std::move(span)}, where));
        std::vector<Line> lines = break_lines(
            *fonts_, text, {.measure = context.width - indent - theme::contents_number_room, .fit = Fit::balanced});
        Length const end = lines.back().width;
        add_lines(std::move(lines), style, context.left + indent, context.group, is_top ? tenths(55) : tenths(12));
        Slab& last = flow_.slabs.back();
        TextStyle number_style = style.text;
        number_style.font.emphasis = Emphasis::none;
        last.contents_entry = ContentsEntry{
            static_cast<int>(i),         flow_.tree.add_slot(link_node), link, number_style, last.lines.back().baseline,
            context.left + indent + end, context.left + context.width};
    }
    tighten_to_page(first);
    close_gap(theme::paragraph_gap);
    return {};
}

// A list that would spill a few lines on to a further page is set so much closer that it does not.
void FlowBuilder::tighten_to_page(std::size_t first) {
    auto const end = flow_.slabs.size();
    if (end < first + 2) return;
    std::size_t begin = first;  // of its page
    while (begin > 0 && flow_.slabs[begin].break_before != PageBreak::forced) --begin;
    Length height = -flow_.slabs[begin].gap;
    for (auto i = begin; i < end; ++i) height += flow_.slabs[i].gap + flow_.slabs[i].height;
    auto const gaps = static_cast<Length>(end - first - 1);
    Length const closer = (height - page_room_ + gaps - 1) / gaps;
    if (height <= page_room_ || closer > theme::contents_closer_max) return;
    for (auto i = first + 1; i < end; ++i) flow_.slabs[i].gap -= closer;
}

// ---- Text -------------------------------------------------------------------------------------------------

// Goes through an inline text run by run. The node that the last span belongs to, and what made it, are held: the next
// run stays in it if it is the same.
class FlowBuilder::SpanMaker {
public:
    SpanMaker(FlowBuilder& builder, Node owner, const TextStyle& base, bool keep_space)
        : builder_(builder), owner_(owner), base_(base), keep_space_(keep_space) {}

    void add(const Run& run) {
        std::u32string words = take_space(run.text);
        bool const only_space = words.find_first_not_of(U' ') == std::u32string::npos;
        go_on_to(run.change, only_space);
        if (!words.empty()) add_words(run, std::move(words), only_space);
        if (run.line_break_after) add_line_break();
    }

    std::vector<TextSpan> take() {
        if (holder_) close_change();
        // No space and no break at the very end.
        while (!spans_.empty()) {
            std::u32string& last = spans_.back().text;
            while (!last.empty() && ((last.back() == U' ' && !keep_space_) || last.back() == line_separator))
                last.pop_back();
            if (!last.empty()) break;
            spans_.pop_back();
        }
        return std::move(spans_);
    }

private:
    struct Holder {
        Node node;
        std::string link;
        std::string language;
        bool code;
        Slot slot;
        int link_index;
    };

    // White space of any length is one space, also across runs.
    std::u32string take_space(std::string_view text) {
        std::u32string words;
        for (char32_t const c : to_code_points(text)) {
            if (!keep_space_ && is_white(c)) {
                if (!at_space_) words += U' ';
                at_space_ = true;
            } else {
                words += c;
                at_space_ = false;
            }
        }
        return words;
    }

    void push(std::u32string words, const TextStyle& style, NoGlyph no_glyph = NoGlyph::stand_in) {
        if (words.empty()) return;
        spans_.push_back({.text = std::move(words),
                          .style = style,
                          .slot = holder_->slot,
                          .link = holder_->link_index,
                          .language = holder_->language,
                          .no_glyph = no_glyph});
    }

    void add_words(const Run& run, std::u32string words, bool only_space) {
        // A space at a link's edge is not worth a link of its own.
        if (only_space) hold({}, {}, false);
        else hold(run.link, run.language, run.code);
        TextStyle style = base_;
        style.font.emphasis = emphasis_within(base_.font.emphasis, run.emphasis);
        if (run.code) {
            style.font.role = FontRole::code;
            style.size = scale(style.size, theme::code_size_permille, 1000);
        }
        if (holder_->link_index != no_link) {
            style.colour = theme::accent;
            style.decoration = Decoration::underline;
            builder_.flow_.links[static_cast<std::size_t>(holder_->link_index)].description += run.text;
        }
        push(std::move(words), changed(style, run.change), run.no_glyph);
    }

    void add_line_break() {
        if (!holder_) hold({}, {}, false);
        // The unseen space keeps the words of both lines apart when they are read out or copied.
        push(at_space_ ? U"\u2028" : U" \u2028", base_);
        at_space_ = true;
    }

    void hold(const std::string& link, const std::string& language, bool code) {
        if (holder_ && holder_->link == link && holder_->language == language && holder_->code == code) return;
        bool const same_link = holder_ && !link.empty() && holder_->link == link;
        StructureTree& tree = builder_.flow_.tree;
        Holder next{owner_, link, language, code, no_slot, no_link};
        if (!link.empty()) {
            next.link_index = same_link ? holder_->link_index : add_link(link);
            next.node = builder_.flow_.links[static_cast<std::size_t>(next.link_index)].node;
        }
        if (!language.empty() && language != builder_.document_->language) {
            next.node = tree.add(next.node, Role::Span);
            tree.set_language(next.node, language);
        }
        if (code) next.node = tree.add(next.node, Role::Code);
        next.slot = tree.add_slot(next.node);
        holder_ = std::move(next);
    }

    int add_link(const std::string& link) {
        LinkTarget target{
            .node = builder_.flow_.tree.add(owner_, Role::Link), .address = {}, .anchor = -1, .description = {}};
        if (link.front() == '#') {
            auto const found = builder_.anchor_of_id_.find(std::string_view(link).substr(1));
            if (found != builder_.anchor_of_id_.end()) target.anchor = found->second;
        } else {
            target.address = link;
        }
        builder_.flow_.links.push_back(std::move(target));
        return static_cast<int>(builder_.flow_.links.size()) - 1;
    }

    // Closes the change that is open, and opens the next, where they are not the same. Space between two changed words
    // is not worth closing one.
    void go_on_to(Change change, bool only_space) {
        if (change == open_change_ || (only_space && change == Change::none)) return;
        bool const follows_change = open_change_ != Change::none;
        if (holder_) close_change();
        if (change == Change::none || only_space) return;
        hold({}, {}, false);
        if (follows_change && spans_.back().text.back() == U']') push(U" ", base_);
        push(change == Change::inserted ? U"[inserted: " : U"[deleted: ", label_style(change));
        open_change_ = change;
    }

    void close_change() {
        if (open_change_ == Change::none) return;
        // The space after a changed word stands outside of the bracket.
        std::u32string& last = spans_.back().text;
        bool const spaced = last.back() == U' ';
        if (spaced) last.pop_back();
        push(U"]", label_style(open_change_));
        if (spaced) push(U" ", base_);
        open_change_ = Change::none;
    }

    TextStyle label_style(Change change) const {
        TextStyle style = base_;
        style.colour = colour_of(change);
        style.font.emphasis = with_bold(style.font.emphasis);
        return style;
    }

    FlowBuilder& builder_;
    Node owner_;
    const TextStyle& base_;
    bool keep_space_;
    std::vector<TextSpan> spans_;
    std::optional<Holder> holder_;
    bool at_space_ = true;
    Change open_change_ = Change::none;
};

std::vector<TextSpan> FlowBuilder::spans_of(const Inline& text, Node owner, const TextStyle& base, bool keep_space) {
    SpanMaker maker(*this, owner, base, keep_space);
    for (Run const& run : text) maker.add(run);
    return maker.take();
}

Result<ShapedText> FlowBuilder::shape(std::vector<TextSpan> spans, const std::string& where, bool from_right) {
    return shape_text(*fonts_, std::move(spans), document_->language, where,
                      from_right ? std::optional<std::uint8_t>(1) : std::nullopt);
}

Result<Line> FlowBuilder::shape_line(const std::string& text, Slot slot, const TextStyle& style,
                                     const std::string& where, bool from_right) {
    std::vector<char32_t> const characters = to_code_points(text);
    ShapedText const shaped =
        CA_TRY(shape({{.text = std::u32string(characters.begin(), characters.end()), .style = style, .slot = slot}},
                     where, from_right));
    std::vector<Line> lines = break_lines(*fonts_, shaped, {.measure = std::max<Length>(shaped.natural_width(), 1)});
    return std::move(lines.front());
}

// ---- Slabs ------------------------------------------------------------------------------------------------

Slab& FlowBuilder::add_slab(Slab slab, Length gap_before) {
    slab.gap = std::max(pending_gap_, gap_before);
    pending_gap_ = 0;
    if (keep_with_previous_ && !flow_.slabs.empty()) slab.break_before = PageBreak::forbidden;
    keep_with_previous_ = after_heading_ = false;
    if (force_break_) slab.break_before = PageBreak::forced;
    force_break_ = false;
    flow_.slabs.push_back(std::move(slab));
    return flow_.slabs.back();
}

void FlowBuilder::add_lines(std::vector<Line> lines, const Style& style, Length x, int group, Length gap) {
    auto const count = lines.size();
    for (std::size_t i = 0; i < count; ++i) {
        Slab slab;
        slab.height = style.leading;
        slab.group = group;
        slab.lines.push_back({x, baseline_in(style.leading, style.text.size), std::move(lines[i])});
        // Two lines at least stay together at the foot of a page and at the head of the next.
        bool const strands = i == 1 || i + 1 == count;
        if (i > 0 && strands) keep_with_previous_ = true;
        add_slab(std::move(slab), i == 0 ? gap : 0);
    }
}

int FlowBuilder::add_group(Group group) {
    flow_.groups.push_back(std::move(group));
    return static_cast<int>(flow_.groups.size()) - 1;
}

}  // namespace ca::pdf
