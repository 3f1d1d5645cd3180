// The Ui of one frame (internal to the layer): places blocks, records what is drawn, emits nodes.
//
// Blocks are placed in one pass, from top to bottom. Each call opens a Slot in the container it stands in, sets its
// words at the slot's width, and closes the slot with the height it needed; a container does the same around its
// contents. Containers differ in their Flow: `column` stacks, `row` wraps (contents are placed at the line's start,
// then moved), `grid` and `columns` give equal or shared widths. Backgrounds are recorded before their contents and
// stretched when the container ends.
#pragma once

#include "ui/picture.h"
#include "ui/screen.h"
#include "ui/text_layout.h"
#include "ui/theme.h"
#include "ui/ui.h"

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace ca::ui {

enum class Flow : std::uint8_t { column, row, grid, columns };

// What kind of container: decides paddings and how some widgets look inside it.
enum class Place : std::uint8_t {
    root,
    banner,
    site,
    main,
    footer,
    dialog,
    dialog_list,
    form,
    search,
    list,
    item,
    fields,
    definition,
    row,
    rail,
    other
};

struct Slot {
    float x = 0, y = 0, width = 0;
    std::size_t first_node = 0, first_drawing = 0;
    bool fit = false;  // take only the width that the contents need
};

struct Item {  // of a row's line or a grid's row
    std::size_t first_node = 0, last_node = 0, first_drawing = 0, last_drawing = 0;
    float width = 0, height = 0;
    bool is_field = false, is_container = false;
    int node = -1;                         // grid: the card to be made as tall as its row
    std::vector<std::size_t> stretched{};  // its backgrounds
};

struct Container {
    Place place = Place::other;
    Flow flow = Flow::column;
    std::string key{};     // prefix of the keys inside
    std::string parent{};  // key of the node that children name as parent
    int node = -1;
    Slot slot{};
    float x = 0, width = 0;  // of the contents
    float top = 0, y = 0;    // of the contents: first line, and where the last block ended
    float pending = 0;       // margin below the last block
    bool first = true;
    float used_right = 0;  // how far right the contents reach
    float pad_right = 0, pad_bottom = 0;
    float below = 0;          // margin below the container
    bool full_width = false;  // not made narrower by `fit`
    bool is_field = false;
    std::vector<std::size_t> stretched{};  // drawings made as tall (and wide) as the container
    // row and grid
    float gap = 0, line_y = 0, cursor = 0, line_height = 0;
    bool push_right = false;  // all but the first item stand at the end of the line
    std::vector<Item> line{};
    int columns = 1, index = 0;
    bool is_grid = false;
    float share = 0.5f;
    // a pair of a description list: its term, and the hairline below it
    float term_height = 0;
    std::size_t hairline = 0;
    // a text with a rail: where the rail stands, the node of the column it moves in, and where it ends
    float rail_x = 0, rail_bottom = 0;
    int rail_column = -1;
    // a dialog: the drawings of its frame, and how many
    std::size_t frame = 0, frame_count = 0;
    // lists
    semantics::Role role = semantics::Role::generic;
    bool bullets = false, ordered = false;
    std::vector<std::string> given_keys{};  // keys made up for blocks without one
};

struct Style {  // a type token on this window
    float size = 16, line = 24;
    std::uint16_t weight = 400;
};

// Things that a frame's input said, and what outlives the frame.
struct Events {
    std::unordered_map<std::string, int> clicks;
    std::unordered_map<std::string, std::string> typed;
    std::unordered_map<std::string, bool> ticked;
    std::unordered_map<std::string, std::vector<semantics::ChosenFile>> files;
    std::unordered_set<std::string> dismissed;
};

struct InlineLinks {  // a drawn text with links in it
    std::size_t node = 0, drawing = 0;
};

class Builder final : public Ui {
public:
    explicit Builder(TextSetter& setter) : setter_(setter) {}

    void start(const FrameInput& input, Events events, std::string hot_key, std::string hot_row,
               std::size_t expected_nodes);
    struct Finished {
        float height = 0;
        std::optional<std::string> focus, reveal;
        std::optional<Instant> redraw_at;
        bool rows_wait = false;
        bool consumed = false;  // a happening was taken by a widget
        bool pressed = false;   // a button or a link: so the next frame comes at once
        std::string problems;   // what the error summary said; empty: there was none
        std::string problems_key;
        std::string pressed_form;  // the key of the form that a button was pressed in
        std::string dialog_key;    // the modal dialog shown; empty: none
        float dialog_scroll = 0, dialog_scroll_max = 0;
        // What of it scrolls: the prefix of the keys in it, and through what it is seen.
        std::string dialog_scrolls;
        Box dialog_pane{};
    };
    Finished finish();

    semantics::Nodes nodes;
    Picture picture;
    std::vector<InlineLinks> inline_links;
    std::vector<std::string> faults;

    Scope banner() override;
    Scope navigation(std::string_view key, std::string_view name) override;
    Scope search(std::string_view key) override;
    Scope main() override;
    Scope footer() override;
    Scope section(std::string_view key, std::string_view name) override;
    Scope article(std::string_view key, std::string_view name) override;
    Scope form(std::string_view key, std::string_view name) override;
    Scope group(std::string_view key, std::string_view legend, std::string_view hint, std::string_view error) override;
    Scope card(std::string_view key) override;
    Scope row(std::string_view key) override;
    Scope grid(std::string_view key, float min_column_width) override {
        return grid_of(semantics::Role::generic, key, min_column_width);
    }
    Scope card_list(std::string_view key, float min_column_width) override {
        return grid_of(semantics::Role::list, key, min_column_width);
    }
    Scope columns(std::string_view key, float share) override;
    Scope column(std::string_view key) override;
    Scope list(std::string_view key, bool ordered, bool bullets) override;
    Scope list_item(std::string_view key) override;
    Scope fields(std::string_view key) override;
    Scope field(std::string_view key, std::string_view name) override;
    Scope dialog(std::string_view key, std::string_view heading) override;
    Scope dialog_list(std::string_view key) override;
    Scope banner_box(std::string_view key, BannerKind kind, std::string_view heading) override;
    Scope pinned(std::string_view key, std::string_view heading) override;
    Scope kept_row(std::string_view key, std::string_view name) override;
    Scope with_rail(std::string_view key) override;
    Scope rail(std::string_view key) override;
    Scope title_row(std::string_view key) override;
    Scope inset(std::string_view key) override;
    Scope log(std::string_view key, std::string_view name) override;
    Scope entry(std::string_view key, EntryKind kind) override;
    bool dismissed(std::string_view dialog_key) override;

    void heading(int level, std::string_view words, std::string_view key, std::string_view caption) override;
    void paragraph(Words words, TextSize size, std::string_view key) override;
    void hint(Words words, std::string_view key) override;
    void status(std::string_view key, std::string_view words) override;
    void announce(std::string_view key, std::string_view words) override;
    void alert(std::string_view key, std::string_view words) override;
    void tag(std::string_view key, std::string_view words, TagKind kind) override;
    void separator(std::string_view key) override;
    void document(std::string_view key, std::span<const documents::Block> blocks, int top_heading_level) override;
    void figure(std::string_view key, std::string_view words, float height,
                const std::function<void(Canvas&)>& draw) override;
    void progress(std::string_view key, std::string_view label, double fraction) override;
    void error_summary(std::span<const Problem> problems) override;

    void link(std::string_view key, std::string_view words, std::string_view address, LinkOptions options) override;
    bool button(std::string_view key, std::string_view label, Tone tone, ButtonOptions options) override;
    bool checkbox(std::string_view key, std::string_view label, bool& on, const FieldOptions& options) override;
    bool radios(std::string_view key, std::string_view legend, std::span<const Choice> choices, std::string& value,
                const FieldOptions& options) override;
    bool text_field(std::string_view key, std::string_view label, std::string& value,
                    const FieldOptions& options) override;
    bool text_area(std::string_view key, std::string_view label, std::string& value,
                   const FieldOptions& options) override;
    bool select(std::string_view key, std::string_view label, std::span<const Choice> choices, std::string& value,
                const FieldOptions& options) override;
    std::vector<semantics::ChosenFile> file_input(std::string_view key, std::string_view label, std::string_view accept,
                                                  bool multiple, const FieldOptions& options) override;
    bool choice_line(std::string_view key, std::string_view name, std::string_view what, bool chosen) override;
    bool disclosure(std::string_view key, std::string_view label, bool& open) override;
    TableResult table(std::string_view key, std::span<const TableColumn> columns, std::span<const TableRow> rows,
                      const TableOptions& options) override;

    void remember_fields(FieldMemory& memory) override { memory_ = &memory; }
    // A form that is opened again for its text does not draw anybody to it.
    void focus(std::string_view full_key) override {
        if (!reopened_) result_.focus = full_key;
    }
    void reveal(std::string_view full_key) override { result_.reveal = full_key; }
    void redraw_at(Instant when) override;
    void go_on() override { result_.consumed = true; }
    float width() const override { return top().width; }
    bool is_narrow() const override { return narrow_; }
    std::optional<std::string> hear_typed(const std::string& full_key) override;
    std::optional<std::string> hear_sort(const std::string& full_key) override;
    bool is_wide() const override;
    std::string full_key(std::string_view key) const override;

protected:
    void end_scope() override;

private:
    // ---- Placing (builder.cpp) ----------------------------------------------------------------------------
    Container& top() { return stack_.back(); }
    const Container& top() const { return stack_.back(); }
    float length(Length token) const { return px(token, narrow_); }
    Style style(Type type) const;
    Slot open(float above);
    void close(const Slot& slot, float height, float used_width, float below, int node = -1, bool is_field = false,
               bool is_container = false, std::vector<std::size_t> stretched = {});
    void finish_line(Container& container);
    void shift(const Item& item, float dx, float dy);
    std::size_t emit(semantics::Role role, std::string key, const Box& bounds);
    struct Enter {  // how a container is entered
        Place place = Place::other;
        Flow flow = Flow::column;
        semantics::Role role = semantics::Role::generic;
        std::string name{}, look{};
        float above = 0, below = 0;
        float pad_x = 0, pad_top = 0, pad_bottom = 0;
        float gap = 0;
    };
    Container& enter(std::string key, Enter how);
    Scope grid_of(semantics::Role role, std::string_view key, float min_column_width);
    float page_inset() const;
    void leave();
    void leave_definition();
    void leave_rail();
    void entry_mark(EntryKind kind, float x, float y);
    void leave_dialog();
    void leave_dialog_list();
    struct DialogList {
        std::string key;  // full
        int node = -1;
        float top = 0, bottom = 0;  // before the dialog has its place in the window
        std::size_t first_node = 0, last_node = 0, first_drawing = 0, last_drawing = 0;
    };
    // How much lower than its contents the list of a dialog is seen; 0: as high as they are, or none.
    float dialog_list_cut(float too_high) const;
    float finish_box(Container& container, float width);
    std::string given_key(std::string_view key, std::string_view made_up);
    bool in(Place place) const;

    // ---- Text (words.cpp) ---------------------------------------------------------------------------------
    const TextLayout& set(const documents::Inline& runs, Style style, float width);
    const TextLayout& set(std::string_view words, Style style, float width, bool monospace = false);
    std::size_t draw_text(const TextLayout& layout, const Box& box, Style style, Colour colour, std::uint8_t align = 0);
    static semantics::TextStyle text_style(const TextLayout& layout, Style style, float inset_x = 0, float inset_y = 0,
                                           std::uint8_t align = 0);
    // Fills words, runs and style of a text-bearing node, and makes its links live.
    void say(std::size_t node, std::size_t drawing, const documents::Inline& runs, const TextLayout& layout,
             Style style, float inset_x = 0, float inset_y = 0, std::uint8_t align = 0);
    struct TextBlock {
        semantics::Role role = semantics::Role::paragraph;
        Type type = Type::body;
        Colour colour = Colour::text;
        std::string look{};
        float above = 0, below = 0;
        float measure = 0;  // at most this wide; 0: the theme's
        std::uint8_t align = 0;
    };
    std::size_t text_block(std::string full_key, const documents::Inline& runs, const TextBlock& how);
    void heading_block(std::string full_key, int level, const documents::Inline& words, float above, float below,
                       Type type);
    Box tag_at(std::string full_key, float x, float y, float width, std::string_view words, TagKind kind,
               bool is_dense = false);
    void link_block(std::string_view key, std::string_view words, std::string_view address, Colour colour, Style style,
                    std::string_view look);
    // ---- Documents (document_blocks.cpp) ------------------------------------------------------------------
    struct DocumentView {
        int last_level = 0;                       // so that no level is skipped
        std::span<const documents::Block> whole;  // for its contents list
        std::string root;                         // key of the document
        int top_heading_level = 2;
    };
    void place_blocks(DocumentView& view, std::span<const documents::Block> blocks);
    void place_block(DocumentView& view, const documents::Block& block, const std::string& own);
    void place_heading(DocumentView& view, const documents::Heading& heading, const std::string& own);
    void place_fields(const documents::Fields& pairs, const std::string& own);
    void place_quote(DocumentView& view, const documents::Quote& quote, const std::string& own);
    void place_code(const documents::CodeBlock& code, const std::string& own);
    void place_note(DocumentView& view, const documents::Note& note, const std::string& own);
    void place_list(DocumentView& view, const documents::List& list, const std::string& own);
    void place_contents(DocumentView& view, int depth, const std::string& own);

    // ---- Controls (controls.cpp) --------------------------------------------------------------------------
    bool take_click(const std::string& key);
    bool is_hot(std::string_view key) const { return !key.empty() && key == hot_key_; }
    bool is_pressed(std::string_view key) const { return is_hot(key) && input_->pointer.down; }
    bool shows_focus(std::string_view key) const {
        return input_->focus.visible && input_->focus.key == key && !key.empty();
    }
    struct ButtonLook {
        Type type = Type::button;
        float height = 44, padding = 18, edge = 4;
        Colour fill = Colour::secondary, hover = Colour::secondary_hover, ink = Colour::on_secondary,
               rim = Colour::secondary_edge;
        bool outlined = false, bare = false;
    };
    ButtonLook button_look(Tone tone, bool small) const;
    // With the colours of the state that it is in.
    static ButtonLook in_state(ButtonLook look, bool disabled, bool focused, bool hot);
    // What is drawn behind a button's words. `sunk`: how far it is pressed down into its edge.
    struct FaceState {
        bool framed = false, focused = false, chosen = false;
    };
    void button_face(const ButtonLook& look, const Box& face, float sunk, FaceState state);
    // Draws a button at a place and emits its node; returns whether it was pressed.
    struct Drawn {
        bool pressed = false;
        Box box{};
    };
    Drawn button_at(std::string full_key, float x, float y, float width_max, std::string_view label, Tone tone,
                    bool small, const ButtonOptions& options);
    struct FieldFrame {  // label, hint and error of a field, drawn above its control
        Slot slot{};
        std::size_t node = 0;
        float x = 0, width = 0, y = 0;  // of the control
        float used = 0;
        std::size_t bar = 0;
        bool has_error = false;
    };
    FieldFrame open_field(semantics::Role role, std::string full_key, std::string_view label,
                          const FieldOptions& options, bool label_above);
    void close_field(FieldFrame& frame, float control_height, float control_width);
    void put_part(semantics::Part& part, std::string_view words, Type type, Colour colour, float x, float& y,
                  float width, float& used);
    void control_box(const Box& box, std::string_view key, bool error, bool disabled);
    void value_text(const Box& box, std::string_view value, std::string_view key, bool multiline);
    bool take_typed(const std::string& key, std::string& value);
    // What a field of a form was given, by the person or from what is remembered; `take` takes what happened to it.
    // True: it changed.
    bool take_value(const std::string& key, std::string_view label, std::string& value, const FieldOptions& options,
                    const std::function<bool()>& take);
    bool take_press(const std::string& key);
    struct FormPlace {
        std::string_view key, name;
    };
    std::optional<FormPlace> form_around() const;
    std::optional<bool> take_ticked(const std::string& key);
    bool text_control(std::string_view key, std::string_view label, std::string& value, const FieldOptions& options,
                      bool multiline);
    float tick_row(FieldFrame& frame, std::string_view label, const FieldOptions& options, bool round, bool on);
    void tick_box(const Box& box, std::string_view key, Colour edge, bool on);
    float field_width(FieldWidth width, float available) const;

    // ---- Tables (table.cpp) -------------------------------------------------------------------------------
    struct Measured {
        float least = 0, best = 0;  // a cell's narrowest and one-line widths
        float head = 0;             // of a column: its heading's widest word
    };
    struct Grid {  // how a table is set
        Style cell, head;
        float pad_x = 0, pad_y = 0;
        std::vector<float> widths;  // of columns, paddings counted
        bool cards = false, dense = false;
        std::uint32_t lines_max = 0;  // of a cell's words; 0: all
        bool shows_sorting = true;    // on cards
    };
    Measured measure_cell(const CellContent& cell, const Grid& grid);
    std::vector<Measured> measure_columns(std::span<const TableColumn> columns, std::span<const TableRow> rows,
                                          const Grid& grid);
    static Measured sum_of(std::span<const Measured> needs);
    // Lets the longest words break, if only they have to; false: that is not enough.
    static bool break_longest_words(std::vector<Measured>& needs, std::span<const TableColumn> columns, float room);
    Grid measure_table(std::span<const TableColumn> columns, std::span<const TableRow> rows, float width);
    struct TablePlace {
        const std::string& key;  // full
        std::span<const TableColumn> columns;
        float x, width;
    };
    // Each goes on from `y`, and leaves in it where it ends.
    void table_head(const TablePlace& place, const Grid& grid, bool is_counted, float& y);
    // Returns how much of its height is that of rows that wait.
    float table_body(const TablePlace& place, std::span<const TableRow> rows, const Grid& grid,
                     const TableOptions& options, float& y, TableResult& result);
    // How many of its rows come in this frame, wherever the window is.
    std::size_t rows_due(const std::string& table, const std::string& body, std::span<const TableRow> rows);
    bool is_near_window(float y) const;
    void header_cell(const std::string& row_key, const TableColumn& column, const Grid& grid, const Box& area);
    float header_height(const TableColumn& column, const Grid& grid, float width);
    // The beginning of words that take more lines, with an ellipsis.
    const TextLayout& cut_short(const TextLayout& whole, Style style, float width, std::uint32_t lines_max);
    // What a tick takes of its cell's width, and how it is drawn there; `line` is that of the words beside it.
    float tick_room();
    void cell_tick(const std::string& key, std::string_view row, const CellContent::Tick& tick, float x, float y,
                   float line, TableResult& result);
    // Draws a cell's contents at a place and emits its node; returns the height that they need.
    struct CellPlace {
        const TableColumn& column;
        const CellContent& cell;
        const std::string& row_key;  // full
        std::string_view row;        // the caller's key
        float x, y, width;           // of the contents
        float pad_x, pad_y;          // around them: the node's bounds
    };
    float table_cell(const CellPlace& place, const Grid& grid, TableResult& result);
    struct BegunCell {  // its node is emitted
        CellPlace place;
        std::string key;
        std::size_t node = 0;
        Style set_in;
        std::uint8_t align = 0;
    };
    float cell_words(const BegunCell& cell, const Grid& grid);  // returns their height
    void cell_actions(const BegunCell& cell, float& y, TableResult& result);
    // A row, in columns or as a card.
    struct RowPlace {
        std::span<const TableColumn> columns;
        const TableRow& data;
        const std::string& key;  // full
        float x, width;
    };
    void table_row(const RowPlace& row, const Grid& grid, float& y, TableResult& result);
    void table_card(const RowPlace& row, const Grid& grid, float& y, TableResult& result);
    void card_line(const RowPlace& row, const TableColumn& column, const CellContent& cell, const Grid& grid, float& y,
                   TableResult& result);
    friend class Recorder;

    TextSetter& setter_;
    const FrameInput* input_ = nullptr;
    Events events_;
    std::string hot_key_, hot_row_;
    // By the key of a file input, what the last choice had that cannot be read; kept while the input is shown.
    struct Unreadable {
        std::string words;
        bool shown = true;
    };
    std::map<std::string, Unreadable> unreadable_;
    std::unordered_map<std::string, int> grid_counts_;  // by key, from frame to frame
    // By the key of a table of which not all rows need to be there at once, what of it was there in the last frame.
    struct LongTable {
        std::vector<std::string> rows;  // their keys, in order
        std::size_t emitted = 0;
        bool shown = true;
    };
    std::map<std::string, LongTable> long_tables_;
    bool narrow_ = false;
    FieldMemory* memory_ = nullptr;  // of this frame
    bool reopened_ = false;
    std::vector<Container> stack_;
    DialogList dialog_list_;  // of this frame
    std::vector<Piece> pieces_;
    Finished result_;
};

std::string slug(std::string_view words);  // "My cases" -> "my-cases"
std::string_view look_of(TagKind kind);
Colour ink_of(TagKind kind);
Colour fill_of(TagKind kind);

}  // namespace ca::ui
