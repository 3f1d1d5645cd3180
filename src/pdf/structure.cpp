#include "pdf/structure.h"

#include <array>

namespace ca::pdf {

namespace {

constexpr std::array<std::string_view, 27> role_names = {
    "Document", "Div",   "BlockQuote", "Caption", "TOC", "TOCI", "H1",        "H2",    "H3",
    "H4",       "H5",    "H6",         "P",       "L",   "LI",   "Lbl",       "LBody", "Table",
    "THead",    "TBody", "TR",         "TH",      "TD",  "Span", "Reference", "Code",  "Link"};

}  // namespace

std::string_view role_name(Role role) { return role_names[static_cast<std::size_t>(role)]; }

StructureTree::StructureTree() { nodes_.push_back({.role = Role::Document, .parent = -1}); }

Node StructureTree::add(Node parent, Role role) {
    auto const node = static_cast<Node>(nodes_.size());
    nodes_.push_back({.role = role, .parent = parent});
    at(parent).kids.emplace_back(NodeIndex{node});
    return node;
}

Slot StructureTree::add_slot(Node node) {
    auto const slot = static_cast<Slot>(slots_.size());
    slots_.push_back({.node = node});
    at(node).kids.emplace_back(SlotIndex{slot});
    return slot;
}

void StructureTree::set_language(Node node, std::string language) { at(node).language = std::move(language); }
void StructureTree::set_scope(Node node, Scope scope) { at(node).scope = scope; }
void StructureTree::set_column_span(Node node, int span) { at(node).column_span = span; }
void StructureTree::set_numbering(Node node, std::string_view numbering) { at(node).numbering = numbering; }
void StructureTree::set_right_to_left(Node node) { at(node).right_to_left = true; }

void StructureTree::mark(Slot slot, Ref page, int page_index, int marked_content_id) {
    slots_[static_cast<std::size_t>(slot)].marks.push_back({page, page_index, marked_content_id});
}

int StructureTree::add_annotation(Node link, Ref page, Ref annotation) {
    at(link).kids.emplace_back(Annotation{page, annotation});
    annotation_owners_.push_back(link);
    return static_cast<int>(annotation_owners_.size()) - 1;
}

Ref StructureTree::write(Objects& objects, int page_count) {
    Ref const tree_root = objects.reserve();
    std::vector<Ref> refs;
    refs.reserve(nodes_.size());
    for (std::size_t i = 0; i < nodes_.size(); ++i) refs.push_back(objects.reserve());
    auto ref_of = [&](Node node) { return refs[static_cast<std::size_t>(node)]; };

    // Marked-content ids of a page count up in the order of slots, so visiting slots fills each page's list in order.
    std::vector<std::vector<std::string>> page_owners(static_cast<std::size_t>(page_count));
    for (SlotData const& slot : slots_) {
        for (Mark const& mark : slot.marks) {
            auto& owners = page_owners[static_cast<std::size_t>(mark.page_index)];
            if (owners.size() <= static_cast<std::size_t>(mark.id))
                owners.resize(static_cast<std::size_t>(mark.id) + 1);
            owners[static_cast<std::size_t>(mark.id)] = reference(ref_of(slot.node));
        }
    }

    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        NodeData const& node = nodes_[i];
        // Marks on the node's main page (the first that it shows on) are plain numbers; the others name their page.
        Ref main_page;
        std::vector<std::string> kids;
        for (Kid const& kid : node.kids) {
            if (auto const* child = std::get_if<NodeIndex>(&kid)) {
                kids.push_back(reference(ref_of(child->node)));
            } else if (auto const* slot = std::get_if<SlotIndex>(&kid)) {
                for (Mark const& mark : slots_[static_cast<std::size_t>(slot->slot)].marks) {
                    if (main_page == Ref{}) main_page = mark.page;
                    if (mark.page == main_page) {
                        kids.push_back(std::to_string(mark.id));
                    } else {
                        kids.push_back(Dictionary()
                                           .put("Type", "/MCR")
                                           .put("Pg", reference(mark.page))
                                           .put("MCID", std::to_string(mark.id))
                                           .text());
                    }
                }
            } else if (auto const* annotation = std::get_if<Annotation>(&kid)) {
                kids.push_back(Dictionary()
                                   .put("Type", "/OBJR")
                                   .put("Pg", reference(annotation->page))
                                   .put("Obj", reference(annotation->object))
                                   .text());
            }
        }
        Dictionary element;
        element.put("Type", "/StructElem").put("S", name(role_name(node.role)));
        element.put("P", reference(node.parent < 0 ? tree_root : ref_of(node.parent)));
        if (main_page != Ref{}) element.put("Pg", reference(main_page));
        if (kids.size() == 1) element.put("K", kids.front());
        else if (!kids.empty()) element.put("K", array(kids));
        if (!node.language.empty()) element.put("Lang", text_string(node.language));

        std::vector<std::string> attributes;
        if (node.scope || node.column_span > 1) {
            Dictionary table;
            table.put("O", "/Table");
            if (node.scope) table.put("Scope", *node.scope == Scope::column ? "/Column" : "/Row");
            if (node.column_span > 1) table.put("ColSpan", std::to_string(node.column_span));
            attributes.push_back(table.text());
        }
        if (!node.numbering.empty()) {
            attributes.push_back(Dictionary().put("O", "/List").put("ListNumbering", name(node.numbering)).text());
        }
        if (node.right_to_left)
            attributes.push_back(Dictionary().put("O", "/Layout").put("WritingMode", "/RlTb").text());
        if (attributes.size() == 1) element.put("A", attributes.front());
        else if (!attributes.empty()) element.put("A", array(attributes));
        objects.set(refs[i], element.text());
    }

    std::vector<std::string> numbers;
    for (int page = 0; page < page_count; ++page) {
        numbers.push_back(std::to_string(page));
        numbers.push_back(reference(objects.add(array(page_owners[static_cast<std::size_t>(page)]))));
    }
    for (std::size_t i = 0; i < annotation_owners_.size(); ++i) {
        numbers.push_back(std::to_string(page_count + static_cast<int>(i)));
        numbers.push_back(reference(ref_of(annotation_owners_[i])));
    }
    Ref const parents = objects.add(Dictionary().put("Nums", array(numbers)).text());
    objects.set(tree_root,
                Dictionary()
                    .put("Type", "/StructTreeRoot")
                    .put("K", array({reference(ref_of(root()))}))
                    .put("ParentTree", reference(parents))
                    .put("ParentTreeNextKey", std::to_string(page_count + static_cast<int>(annotation_owners_.size())))
                    .text());
    return tree_root;
}

}  // namespace ca::pdf
