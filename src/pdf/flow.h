// A document as one endless column: blocks become slabs, from top to bottom.
//
// A slab is what no page break may cut: one line of text, one line of a table's row. It knows its height, the gap above
// it (at the top of a page its lead instead), and whether a page may begin with it. What spans slabs and pages (the
// panel behind a note, the header that a table repeats) is a group. Pages are made from the flow by paginate.h.
//
//     FlowBuilder builder(fonts, document, options);
//     for (each block) CA_TRY_VOID(builder.add(i));
//     Flow flow = builder.finish();
#pragma once

#include "pdf/paragraph.h"
#include "pdf/pdf.h"
#include "pdf/structure.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ca::pdf {

enum class PageBreak : std::uint8_t {
    allowed,
    avoided,  // only where there is no better one on the page
    forbidden,
    forced,
};

struct Bar {  // a filled rectangle: rules, panels, underlines; always an artifact
    Length x = 0;
    Length y = 0;  // down from the top of what it belongs to
    Length width = 0;
    Length height = 0;
    Colour colour{};
};

struct SetLine {
    Length x = 0;
    Length baseline = 0;  // down from the slab's top
    Line line;
};

// Where the page number of a contents entry goes once it is known.
struct ContentsEntry {
    int anchor = 0;
    Slot slot = no_slot;
    int link = no_link;
    TextStyle style;
    Length baseline = 0;
    Length leader_begin = 0;
    Length right = 0;
};

struct Slab {
    Length height = 0;
    Length gap = 0;
    Length lead = 0;  // white above it where it is the first on its page
    PageBreak break_before = PageBreak::allowed;
    int group = -1;
    std::vector<SetLine> lines{};
    std::vector<Bar> bars{};
    std::vector<int> anchors{};
    std::optional<ContentsEntry> contents_entry{};
};

struct Panel {
    Length x = 0;
    Length width = 0;
    std::optional<Colour> background{};
    Length bar_width = 0;
    Colour bar_colour{};
};

struct Group {
    int parent = -1;
    std::optional<Panel> panel{};
    std::vector<Slab> repeated{};  // drawn again, as an artifact, on each further page
};

struct Anchor {  // a heading
    std::string id;
    std::string title;
    int level = 1;
    bool in_contents_after = true;
};

struct LinkTarget {
    Node node = 0;
    std::string address;  // empty: anchor
    int anchor = -1;
    std::string description;
};

struct Flow {
    std::vector<Slab> slabs;
    std::vector<Group> groups;
    std::vector<Anchor> anchors;  // in the order of the document
    std::vector<LinkTarget> links;
    StructureTree tree;
    bool has_cover = false;  // the document begins with its title
};

class FlowBuilder {
public:
    // `document` has passed check_document.
    FlowBuilder(FontBook&, const documents::Document&, const Options&);

    Result<void> add(std::size_t block);
    Flow finish();

private:
    struct Context {
        Length left = 0;
        Length width = 0;
        Length gutter = 0;  // room to the left for hung numbers
        Node parent = 0;
        int group = -1;
        Length paragraph_gap = 0;
        Colour colour{};
        bool on_cover = false;
    };
    struct Style {
        TextStyle text;
        Length leading = 0;
        Fit fit = Fit::text;
        documents::Align align = documents::Align::start;
    };
    struct Place;
    class SpanMaker;

    void collect_anchors(const documents::Blocks&, bool& after_contents);

    Result<void> add_blocks(const documents::Blocks&, const Context&, const std::string& where);
    // `next`: what follows it among its siblings; null: nothing.
    Result<void> add_block(const documents::Block&, const documents::Block* next, const Context&,
                           const std::string& where);
    Result<void> add_heading(const documents::Heading&, const Context&, const std::string& where);
    Result<void> add_list(const documents::List&, const Context&, const std::string& where);
    Result<void> add_table(const documents::Table&, const Context&, const std::string& where);
    Result<void> add_fields(const documents::Fields&, const Context&, const std::string& where);
    Result<void> add_quote(const documents::Quote&, const Context&, const std::string& where);
    Result<void> add_code(const documents::CodeBlock&, const Context&, const std::string& where);
    Result<void> add_note(const documents::Note&, const Context&, const std::string& where);
    Result<void> add_contents(const documents::Contents&, const Context&, const std::string& where);
    void tighten_to_page(std::size_t first);
    void add_rule(const Context&);
    static void narrow(Context&, Length inset);

    struct RowCell {
        std::vector<Line> lines;
        Length x = 0;
    };
    struct GridCell {
        ShapedText text;
        int column = 0;
        int span = 1;
        documents::Align align = documents::Align::start;
    };
    struct GridRow {
        std::vector<GridCell> cells;
        int columns = 0;
        bool is_header = false;
    };
    Result<void> add_caption(const std::string& caption, Node table, const Context&, const std::string& where);
    Result<GridCell> make_cell(Node row, const documents::Cell&, int column, Role, std::optional<Scope>, Style,
                               documents::Align, const std::string& where);
    // `colour`: of what stands in the table's body.
    Result<GridRow> make_row(const documents::Table&, const documents::Row&, Node parent, bool is_header, Colour colour,
                             const std::string& where);
    std::vector<Length> column_widths(const std::vector<GridRow>&, int columns, Length room,
                                      const std::vector<double>& wanted) const;
    void add_grid(const std::vector<GridRow>&, const std::vector<Length>& widths, const Context&);
    // `first`: the first slab of the table that this group is.
    void repeat_header(int group, std::size_t first);

    // The spans of an inline text, with the nodes and slots that it needs under `owner`.
    std::vector<TextSpan> spans_of(const documents::Inline&, Node owner, const TextStyle&, bool keep_space = false);
    // `from_right`: read from the right, whatever its own letters say (a clause number).
    Result<ShapedText> shape(std::vector<TextSpan>, const std::string& where, bool from_right = false);
    Result<Line> shape_line(const std::string& text, Slot, const TextStyle&, const std::string& where, bool from_right);

    // One slab a line; widows and orphans are kept from standing alone.
    void add_lines(std::vector<Line>, const Style&, Length x, int group, Length gap);
    Slab& add_slab(Slab, Length gap_before);
    void close_gap(Length gap_after) { pending_gap_ = std::max(pending_gap_, gap_after); }
    int add_group(Group);

    FontBook* fonts_;
    const documents::Document* document_;
    Context top_;
    std::size_t cover_end_ = 0;  // blocks before this one stand on a cover of their own
    Flow flow_;
    std::map<std::string, int, std::less<>> anchor_of_id_;
    std::size_t next_anchor_ = 0;
    Length pending_gap_ = 0;
    bool force_break_ = false;
    bool keep_with_previous_ = false;
    bool after_heading_ = false;  // nothing stands below it yet
    Length page_room_ = 0;        // a page's height for text
};

}  // namespace ca::pdf
