// Widgets: what pages are built from. Each call draws with ImGui and emits its node (semantics/node.h) at once.
//
//     ui.heading(1, "My cases");
//     if (auto form = ui.form("note")) {
//         ui.text_area("text", "Add a note", state.note, {.error = state.note_error});
//         if (ui.button("post", "Post note", Tone::primary)) actions.submit(…);
//     }
//
// Layout: a page is one column of blocks from top to bottom, as wide as its container; the spacing between two blocks
// is the theme's. `row` sets things side by side and wraps, `grid` makes equal columns that become one on a narrow
// window. Nothing has a fixed width: everything reflows down to 320 CSS px. Keys: a key is unique among its siblings;
// inside a scope the full key is "<scope>/<key>". Use domain ids, never positions. State: a widget holds none. What is
// typed lives in the page's own state, passed by reference; the call tells that it changed. Links: a link's address is
// opened by the router; the call returns nothing. Text: Inline (documents/document.h) wherever words may carry emphasis
// or links; a plain string converts. A debug build asserts that each interactive item has a node, that keys are unique,
// and that heading levels do not skip.
#pragma once

#include "documents/document.h"
#include "semantics/node.h"
#include "ui/field_memory.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ca::ui {

// Words, plain or rich.
struct Words {
    documents::Inline runs;
    Words(const char* text) : runs(documents::plain(text)) {}
    Words(std::string text) : runs(documents::plain(std::move(text))) {}
    Words(std::string_view text) : runs(documents::plain(std::string(text))) {}
    Words(documents::Inline inline_text) : runs(std::move(inline_text)) {}
};
// For words put together: Words{ {bold("Day 37"), text(" of 90")} }.
documents::Run text(std::string words);
documents::Run bold(std::string words);
documents::Run link_to(std::string words, std::string address);

enum class Tone : std::uint8_t { plain, primary, secondary, warning, quiet };
enum class TagKind : std::uint8_t { active, under_review, awaiting_review, expired, cancelled, paused, information };
enum class BannerKind : std::uint8_t { information, success, warning };
enum class FieldKind : std::uint8_t { text, email, search, date, number, telephone };
enum class FieldWidth : std::uint8_t {
    full,
    thirty,
    twenty,
    fifteen,
    ten,
    five
};  // characters, at most the container's
// Whose an entry of a log is: what somebody outside wrote, what the house wrote, what only the house reads, and what
// nobody wrote, a change of state.
enum class EntryKind : std::uint8_t { theirs, ours, internal, step };
enum class TextSize : std::uint8_t { small, body, lead };

struct FieldOptions {
    std::string hint{};
    std::string error{};  // message at the field; also listed by error_summary
    FieldKind kind = FieldKind::text;
    FieldWidth width = FieldWidth::full;
    std::string autocomplete{};
    bool required = false;
    bool disabled = false;
    bool hidden_label = false;  // spoken, not shown
    int rows = 4;               // of a text_area
    bool anew = false;          // to be given anew each time: never kept as a draft (a confirmation)
};

struct Choice {
    std::string value, label, hint{};
};

struct Problem {            // one line of the error summary
    std::string field_key;  // full or sibling key of the field it leads to
    std::string message;
};

// A table. Cells are data, so that columns can be measured, sorted rows keep their keys, and narrow windows show each
// row as a card.
struct CellContent {
    Words words = "";
    std::string href{};            // the whole cell is a link
    std::optional<TagKind> tag{};  // shown as a tag
    struct Action {
        std::string key, label;
        Tone tone = Tone::secondary;
        bool chosen = false;  // of several one is (aria-pressed)
        // Spoken after the label, so that the buttons of many rows are told apart: "REQ0000001".
        std::string about{};
    };
    std::vector<Action> actions{};  // buttons in the cell; told by TableResult
    struct Tick {
        std::string label;
        bool on = false;
    };
    std::optional<Tick> tick{};  // a small checkbox in front of the words, its label spoken only; told by TableResult
    bool header = false;         // the row's header (at most one a row)
    bool monospace = false;
    int span = 1;  // columns that it covers
};
struct TableRow {
    std::string key;
    std::vector<CellContent> cells;
};
struct TableColumn {
    std::string key, header;
    bool sortable = false;
    semantics::Sort sort = semantics::Sort::none;
    bool numeric = false;  // set at the end of the cell
    float weight = 0;      // 0: by content
    std::string whole{};   // words that stand on one line: the column is at least as wide
    // Where rows come and go while somebody types: what the column is measured by, whichever rows are given, so that it
    // keeps its width. The page keeps them.
    std::span<const CellContent> widest{};
};
struct TableResult {
    std::string row{}, action{};  // action button pressed
    std::string button{};         // its full key, to give focus back to it
    struct Ticked {
        std::string row;
        bool on;
    };
    std::vector<Ticked> ticked{};
};
struct TableOptions {
    std::string caption{};  // accessible name; shown above unless hidden_caption
    bool hidden_caption = false;
    Words empty = "Nothing to show.";
    // Drawn as a table, a cell shows so many lines of its words and the beginning alone where there are more, so that
    // all rows are of one calm height: the whole shows while the mouse rests on it or the focus shows in its row. 0:
    // all lines.
    std::uint32_t lines_max = 0;
    // Of rows that become cards: whether the ways to sort, which are many lines there, are open. The page keeps it;
    // nullptr: they always are.
    bool* sorting = nullptr;
    // Of a list that is longer than what is given of it: its rows, and how many of them come before the first given. Of
    // such a table those near the window come first (screen.h: Rows). 0 rows: what is given is all.
    struct Counted {
        std::size_t rows = 0, before = 0;
    } counted{};
};

// A drawing with words. Coordinates are CSS px from its top left; colours are theme tokens by name.
class Canvas {
public:
    virtual ~Canvas() = default;
    virtual float width() const = 0;
    virtual float height() const = 0;
    virtual void line(float x1, float y1, float x2, float y2, std::string_view colour, float thickness) = 0;
    virtual void rect(float x, float y, float w, float h, std::string_view colour, float radius = 0) = 0;
    virtual void outline(float x, float y, float w, float h, std::string_view colour, float thickness,
                         float radius = 0) = 0;
    virtual void hatch(float x, float y, float w, float h,
                       std::string_view colour) = 0;  // diagonal lines: readable without colour
    virtual void circle(float x, float y, float r, std::string_view colour) = 0;
    virtual void arc(float x, float y, float r, float from_turns, float to_turns, std::string_view colour,
                     float thickness) = 0;
    virtual void text(float x, float y, std::string_view words, std::string_view colour, float size = 16,
                      int weight = 400, int align = 0) = 0;
    virtual float text_width(std::string_view words, float size = 16, int weight = 400) const = 0;
};

class Ui;
// Ends its container when it goes out of scope. Converts to true, for `if (auto s = ui.section(…))`.
class [[nodiscard]] Scope {
public:
    explicit Scope(Ui* owner) : owner_(owner) {}
    Scope(Scope&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)) {}
    Scope& operator=(Scope&&) = delete;
    ~Scope();
    explicit operator bool() const { return true; }

private:
    Ui* owner_;
};

class Ui {
public:
    virtual ~Ui() = default;

    // ---- Containers ---------------------------------------------------------------------------------------
    virtual Scope banner() = 0;
    virtual Scope navigation(std::string_view key, std::string_view name) = 0;
    virtual Scope search(std::string_view key) = 0;
    virtual Scope main() = 0;
    virtual Scope footer() = 0;
    virtual Scope section(std::string_view key, std::string_view name = {}) = 0;  // named: a region
    virtual Scope article(std::string_view key, std::string_view name = {}) = 0;
    virtual Scope form(std::string_view key,
                       std::string_view name = {}) = 0;  // Enter in a field presses its first primary button
    virtual Scope group(std::string_view key, std::string_view legend, std::string_view hint = {},
                        std::string_view error = {}) = 0;
    virtual Scope card(std::string_view key) = 0;                                // a bordered white box
    virtual Scope row(std::string_view key) = 0;                                 // side by side, wraps
    virtual Scope grid(std::string_view key, float min_column_width = 280) = 0;  // equal columns
    // A list whose items, each a `card`, stand as in a grid.
    virtual Scope card_list(std::string_view key, float min_column_width = 280) = 0;
    // Two columns: the first `share` (0..1) wide, the second the rest; one column on narrow windows. Open two `column`s
    // inside.
    virtual Scope columns(std::string_view key, float share) = 0;
    virtual Scope column(std::string_view key) = 0;
    virtual Scope list(std::string_view key, bool ordered = false, bool bullets = true) = 0;
    virtual Scope list_item(std::string_view key) = 0;
    virtual Scope fields(std::string_view key) = 0;  // description list
    virtual Scope field(std::string_view key,
                        std::string_view name) = 0;  // one pair of it: fill with text, links, tags, buttons
    virtual Scope dialog(std::string_view key, std::string_view heading) = 0;  // modal; see dismissed()
    // Of a dialog, at most once: what scrolls where the window is too low for all of it. What comes before stays at the
    // dialog's head, what comes after at its foot. (On a very low window all of the dialog scrolls.)
    virtual Scope dialog_list(std::string_view key) = 0;
    virtual Scope banner_box(std::string_view key, BannerKind kind, std::string_view heading) = 0;
    // What stays in sight while the page is scrolled, each as long as the container that it is in is in sight.
    // A strip across the window, outside of every other container: its heading, and beside it what is put in it. For
    // what holds of every page; at most one.
    virtual Scope pinned(std::string_view key, std::string_view heading) = 0;
    // A row, named as a navigation: the buttons that lead through what follows it.
    virtual Scope kept_row(std::string_view key, std::string_view name) = 0;
    // A text with a rail: on a wide window (is_wide) what is put in `rail`, once, stands at the right from the text's
    // top on, and all else in one column beside it. Both are layout alone: what is in them has the keys that it would
    // have without. On other windows there is no room for a rail, and only with_rail may be opened. A navigation in a
    // rail scrolls inside of it where the window is too low for both.
    virtual Scope with_rail(std::string_view key) = 0;
    virtual Scope rail(std::string_view key) = 0;
    // A page's heading, and at the end of its line what is done with the whole page. Layout alone: what is in it has
    // the keys that it would have without.
    virtual Scope title_row(std::string_view key) = 0;
    virtual Scope inset(std::string_view key) = 0;  // set apart by a bar at its left
    virtual Scope log(std::string_view key, std::string_view name) = 0;
    // An entry of a log, which stands along one line: its kind is seen in the shape of its mark and in its box. Say it
    // in words as well.
    virtual Scope entry(std::string_view key, EntryKind kind) = 0;
    virtual bool dismissed(std::string_view dialog_key) = 0;  // Escape was pressed

    // ---- Words --------------------------------------------------------------------------------------------
    virtual void heading(int level, std::string_view words, std::string_view key = {},
                         std::string_view caption = {}) = 0;
    virtual void paragraph(Words words, TextSize size = TextSize::body, std::string_view key = {}) = 0;
    virtual void hint(Words words, std::string_view key = {}) = 0;  // quieter text
    virtual void status(std::string_view key,
                        std::string_view words) = 0;  // live region, polite; emit it also while empty
    // Likewise, but heard alone: what one who sees the page has seen already (an order, a filter that has gone).
    virtual void announce(std::string_view key, std::string_view words) = 0;
    virtual void alert(std::string_view key, std::string_view words) = 0;  // live region, assertive
    virtual void tag(std::string_view key, std::string_view words, TagKind kind) = 0;
    virtual void separator(std::string_view key) = 0;
    virtual void document(std::string_view key, std::span<const documents::Block> blocks, int top_heading_level) = 0;
    virtual void figure(std::string_view key, std::string_view words, float height,
                        const std::function<void(Canvas&)>& draw) = 0;
    virtual void progress(std::string_view key, std::string_view label, double fraction) = 0;  // 0..1; below 0: unknown
    // "There is a problem", with links to the fields; nothing where there are no problems. Takes focus when it appears.
    virtual void error_summary(std::span<const Problem> problems) = 0;

    // ---- Controls -----------------------------------------------------------------------------------------
    struct LinkOptions {
        bool current = false;
        bool new_window = false;
        bool quiet = false;
        std::string_view hidden_suffix = {};
        std::string_view place = {};  // full key of what it leads to on this page: it is marked while one is there
    };
    virtual void link(std::string_view key, std::string_view words, std::string_view address, LinkOptions options) = 0;
    void link(std::string_view key, std::string_view words, std::string_view address) { link(key, words, address, {}); }
    struct ButtonOptions {
        bool disabled = false;
        semantics::Toggle expanded = semantics::Toggle::none, pressed = semantics::Toggle::none;
        bool busy = false;
        std::string_view hidden_name = {};
        bool closed_by_escape = false;  // for what it opens, where closing it loses nothing
    };
    // Without a label it is a magnifying glass, called by its hidden_name.
    virtual bool button(std::string_view key, std::string_view label, Tone tone, ButtonOptions options) = 0;
    bool button(std::string_view key, std::string_view label, Tone tone = Tone::secondary) {
        return button(key, label, tone, {});
    }
    virtual bool checkbox(std::string_view key, std::string_view label, bool& on, const FieldOptions& = {}) = 0;
    virtual bool radios(std::string_view key, std::string_view legend, std::span<const Choice> choices,
                        std::string& value, const FieldOptions& = {}) = 0;
    virtual bool text_field(std::string_view key, std::string_view label, std::string& value,
                            const FieldOptions& = {}) = 0;
    virtual bool text_area(std::string_view key, std::string_view label, std::string& value,
                           const FieldOptions& = {}) = 0;
    virtual bool select(std::string_view key, std::string_view label, std::span<const Choice> choices,
                        std::string& value, const FieldOptions& = {}) = 0;
    // Files chosen or dropped since the last frame; empty: none. It says itself of one that cannot be read, and does
    // not give it.
    virtual std::vector<semantics::ChosenFile> file_input(std::string_view key, std::string_view label,
                                                          std::string_view accept, bool multiple,
                                                          const FieldOptions& = {}) = 0;
    // A line of a list that one is chosen from, pressed anywhere from edge to edge: its name, which is the button's,
    // and in quieter words what it is, beside it or, on a narrow window, below. `chosen`: the one that holds now, with
    // a tick at its end.
    virtual bool choice_line(std::string_view key, std::string_view name, std::string_view what, bool chosen) = 0;
    // A heading-like button that shows or hides what follows; returns whether it is open. Its state is `open`.
    virtual bool disclosure(std::string_view key, std::string_view label, bool& open) = 0;
    virtual TableResult table(std::string_view key, std::span<const TableColumn> columns,
                              std::span<const TableRow> rows, const TableOptions& options) = 0;

    // Whoever keeps what is typed into forms is asked and told by every field from here to the end of the frame.
    virtual void remember_fields(FieldMemory&) = 0;

    // ---- The frame ----------------------------------------------------------------------------------------
    virtual void focus(std::string_view full_key) = 0;   // once, after this frame
    virtual void reveal(std::string_view full_key) = 0;  // scroll to it, once
    virtual void redraw_at(Instant when) = 0;            // a frame is wanted then (a deadline on the screen)
    virtual void go_on() = 0;                            // a frame is wanted at once: work goes on, piece by piece
    virtual float width() const = 0;                     // CSS px inside the current container
    virtual bool is_narrow() const = 0;                  // phone layout
    virtual bool is_wide() const = 0;                    // room for two texts side by side: from 1,100 px on
    virtual std::string full_key(std::string_view key) const = 0;
    // Takes what was typed into a field since the last frame, before anything of this one is built; nothing: nothing.
    virtual std::optional<std::string> hear_typed(const std::string& full_key) = 0;
    // Likewise the key of the column that a table is to be sorted by, whose header was pressed; nothing: none was.
    virtual std::optional<std::string> hear_sort(const std::string& full_key) = 0;

protected:
    friend class Scope;
    virtual void end_scope() = 0;
};

inline Scope::~Scope() {
    if (owner_) owner_->end_scope();
}

}  // namespace ca::ui
