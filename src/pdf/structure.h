// The structure tree: what each piece of content is, in the order of reading.
//
// Nodes are made in reading order. Content belongs to a *slot* of a node; a slot is the place among the node's kids
// where some of its text stands ("the words before the link"). Slots are numbered in reading order too, so sorting a
// page's pieces by slot is sorting them for reading. When pages are written each slot gets one marked-content id on
// each page where it shows.
//
//     Node const paragraph = tree.add(tree.root(), Role::P);
//     Slot const words = tree.add_slot(paragraph);
#pragma once

#include "pdf/objects.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ca::pdf {

// Standard structure types of ISO 32000-1, 14.8.4; nothing else is used, so no role map is needed.
enum class Role : std::uint8_t {
    Document,
    Div,
    BlockQuote,
    Caption,
    TOC,
    TOCI,
    H1,
    H2,
    H3,
    H4,
    H5,
    H6,
    P,
    L,
    LI,
    Lbl,
    LBody,
    Table,
    THead,
    TBody,
    TR,
    TH,
    TD,
    Span,
    Reference,
    Code,
    Link
};
std::string_view role_name(Role);

enum class Scope : std::uint8_t { column, row };

using Node = std::int32_t;
using Slot = std::int32_t;

class StructureTree {
public:
    StructureTree();

    Node root() const { return 0; }
    Node add(Node parent, Role);
    Slot add_slot(Node);
    Role role(Node node) const { return nodes_[static_cast<std::size_t>(node)].role; }
    Role role_of_slot(Slot slot) const { return role(slots_[static_cast<std::size_t>(slot)].node); }

    void set_language(Node, std::string);
    void set_scope(Node, Scope);
    void set_column_span(Node, int);
    void set_numbering(Node, std::string_view list_numbering);
    void set_right_to_left(Node);

    // ---- While pages are written --------------------------------------------------------------------------
    void mark(Slot, Ref page, int page_index, int marked_content_id);
    // A link's annotation on a page. Returns its number; its StructParent is the count of pages plus that.
    int add_annotation(Node link, Ref page, Ref annotation);

    // Writes every node, the parent tree and the tree root. Page i of `page_count` has StructParents i.
    Ref write(Objects&, int page_count) const;

private:
    class Writer;
    struct Annotation {
        Ref page;
        Ref object;
    };
    struct NodeIndex {
        Node node;
    };
    struct SlotIndex {
        Slot slot;
    };
    using Kid = std::variant<NodeIndex, SlotIndex, Annotation>;
    struct NodeData {
        Role role;
        Node parent;
        std::vector<Kid> kids{};
        std::string language{};
        std::string numbering{};
        std::optional<Scope> scope{};
        int column_span = 1;
        bool right_to_left = false;
    };
    struct Mark {
        Ref page;
        int page_index;
        int id;
    };
    struct SlotData {
        Node node;
        std::vector<Mark> marks{};
    };

    NodeData& at(Node node) { return nodes_[static_cast<std::size_t>(node)]; }

    std::vector<NodeData> nodes_;
    std::vector<SlotData> slots_;
    std::vector<Node> annotation_owners_;
};

}  // namespace ca::pdf
