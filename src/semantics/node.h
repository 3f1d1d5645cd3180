// What is on the screen, as a flat list of nodes.
//
// Each widget emits its node in the call that draws it. In the browser the list becomes real DOM elements over the
// canvas (and, with the canvas off, the HTML view); in tests it is how a page is read and worked: find by role and
// name, act, look again (find.h).
//
// Order: parents stand before their children, siblings in reading order. Keys are made of domain ids
// ("agreements/CNTR0000001/number"), never of positions in a list, and are unique in a frame. Bounds are CSS pixels
// from the top left of the document (not of the window). Source of truth: the program for what is shown, the page's
// elements for focus and for text being typed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ca::semantics {

// Each role names one HTML element (in brackets) whose native semantics it has; no ARIA role is set where the element
// says it.
enum class Role : std::uint8_t {
    generic,           // div: layout only (look says how)
    banner,            // header
    navigation,        // nav
    search,            // search / div role=search
    main,              // main
    contentinfo,       // footer
    region,            // section, named
    article,           // article
    form,              // form
    group,             // fieldset with legend = name
    heading,           // h1–h6 by level
    paragraph,         // p
    text,              // span: a piece of text inside something else
    quote,             // blockquote
    code,              // pre
    separator,         // hr
    list,              // ul, or ol where ordered
    list_item,         // li
    description_list,  // dl
    field,             // div in a dl
    term,              // dt
    definition,        // dd
    table,             // table; name = caption
    row_group,         // thead / tbody: value "head" or "body"
    row,               // tr
    column_header,     // th scope=col
    row_header,        // th scope=row
    cell,              // td
    link,              // a href
    button,            // button
    checkbox,          // input type=checkbox with its label
    radio,             // input type=radio with its label
    textbox,           // input or textarea (multiline) with its label
    searchbox,         // input type=search with its label
    select,            // select with its label; options in `options`
    file_input,        // input type=file with its label
    dialog,            // dialog, modal
    alert,             // div role=alert
    status,            // div role=status
    log,               // div role=log
    progress,          // progress
    image,             // div role=img: a drawing with its words as name
    tag,               // strong: a status in words
    note,              // div role=note: an aside inside main would be a landmark
};

struct Bounds {
    float x = 0, y = 0, width = 0, height = 0;  // CSS pixels, from the document's top left
    bool operator==(const Bounds&) const = default;
};

enum class Toggle : std::uint8_t { none, off, on };
enum class Sort : std::uint8_t { none, unsorted, ascending, descending };

// A run of text inside a paragraph, heading, cell …: what the element's inline children are.
struct TextRun {
    std::string text;
    bool bold = false, italic = false, code = false, inserted = false, deleted = false;
    std::string href{};        // a link inside the text; its key is the node's key + "#" + index of the run
    bool break_after = false;  // a hard break that belongs to the text
    bool operator==(const TextRun&) const = default;
};

// How the canvas set the text, so that the element over it stands at the same place.
struct TextStyle {
    float size = 16;         // CSS px of font-size (not ImGui's size)
    float line_height = 24;  // CSS px
    std::uint16_t weight = 400;
    bool monospace = false;
    std::uint8_t align = 0;                    // 0 start, 1 centre, 2 end
    std::vector<std::uint32_t> soft_breaks{};  // byte offsets in the joined text after which a line of the canvas ends
    float inset_x = 0, inset_y = 0;            // of the first line's box from the node's bounds
    bool operator==(const TextStyle&) const = default;
};

// Where the canvas put words that belong to a node besides its own: label, hint, message.
struct Part {
    Bounds bounds{};  // from the document's top left, like the node's
    TextStyle text{};
    bool operator==(const Part&) const = default;
};

struct Option {
    std::string value, label;
    bool operator==(const Option&) const = default;
};

struct Node {
    std::string key;
    std::string parent{};  // empty: the root
    Role role = Role::generic;
    std::string name{};           // accessible name; for text-bearing roles the text itself when `runs` is empty
    std::vector<TextRun> runs{};  // rich text; name is then its plain words
    std::string value{};          // of inputs, progress ("0.4"), row groups; of a link to a place on this page, its key
    std::string look{};   // class names for the HTML view and for the styles of controls: "primary", "card", "row" …
    std::string href{};   // of links
    std::string hint{};   // description in words (aria-describedby)
    std::string error{};  // message at the field (aria-describedby, aria-invalid)
    std::string input_type{};  // "email", "date", "number" … of textboxes
    std::string autocomplete{};
    std::string accept{};              // of file inputs
    std::string language{};            // where it differs from the page's
    std::vector<Option> options{};     // of selects
    int level = 0;                     // of headings
    int row_count = 0, row_index = 0;  // of tables and rows where not all are emitted; 0: not said
    int column_span = 1;
    Toggle checked = Toggle::none, expanded = Toggle::none, pressed = Toggle::none;
    Sort sort = Sort::none;
    bool disabled = false, required = false, multiline = false, multiple = false, ordered = false, busy = false;
    bool current = false;      // aria-current=page
    bool hidden_name = false;  // the name is spoken, not shown (aria-label)
    bool new_window = false;   // of links
    bool focusable = false;    // headings and regions that focus may be moved to (tabindex -1)
    Bounds bounds{};           // of a field: all of it, label and messages too
    Bounds control{};          // of a field: the box that is typed in, ticked or chosen from; zero: `bounds`
    TextStyle text{};          // of the words, and of what is typed into a control (inset from `control`)
    Part label_part{};         // where `name` is drawn: a field's label, a group's legend, a table's caption
    Part hint_part{}, error_part{};
    bool operator==(const Node&) const = default;
};

using Nodes = std::vector<Node>;

// What a person did, told by key. In one frame the last value of a key counts, and every click.
struct Click {
    std::string key;
};
struct Typed {
    std::string key;
    std::string text;
};  // whole new value of a textbox, searchbox or select
struct Ticked {
    std::string key;
    bool on;
};  // checkbox or radio
struct Focused {
    std::string key;
    bool visible;
};  // empty key: focus left the program; visible: show a ring
struct ChosenFile {
    std::string name;
    std::string bytes;
    bool is_readable = true;
};
struct Files {
    std::string key;
    std::vector<ChosenFile> files;
};
struct Dismissed {
    std::string key;
};  // a dialog closed by Escape

}  // namespace ca::semantics
