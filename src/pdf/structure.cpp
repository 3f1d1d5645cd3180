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

// One writing of the tree, under numbers that it reserves.
class StructureTree::Writer {
public:
    Writer(const StructureTree& tree, Objects& objects) : tree_(tree), objects_(objects), root_(objects.reserve()) {
        refs_.reserve(tree.nodes_.size());
        for (std::size_t i = 0; i < tree.nodes_.size(); ++i) refs_.push_back(objects.reserve());
    }

    Ref write(int page_count) {
        for (std::size_t i = 0; i < tree_.nodes_.size(); ++i) objects_.set(refs_[i], element(tree_.nodes_[i]).text());
        Ref const parents = add_parents(page_count);
        int const next_key = page_count + static_cast<int>(tree_.annotation_owners_.size());
        objects_.set(root_, Dictionary()
                                .put("Type", "/StructTreeRoot")
                                .put("K", array({reference(ref_of(tree_.root()))}))
                                .put("ParentTree", reference(parents))
                                .put("ParentTreeNextKey", std::to_string(next_key))
                                .text());
        return root_;
    }

private:
    Ref ref_of(Node node) const { return refs_[static_cast<std::size_t>(node)]; }

    // One stands by itself, several in an array, none not at all.
    static void put_all(Dictionary& dictionary, std::string_view key, const std::vector<std::string>& values) {
        if (values.size() == 1) dictionary.put(key, values.front());
        else if (!values.empty()) dictionary.put(key, array(values));
    }

    Dictionary element(const NodeData& node) const {
        Ref const main_page = main_page_of(node);
        Dictionary element;
        element.put("Type", "/StructElem").put("S", name(role_name(node.role)));
        element.put("P", reference(node.parent < 0 ? root_ : ref_of(node.parent)));
        if (main_page != Ref{}) element.put("Pg", reference(main_page));
        put_all(element, "K", kids_of(node, main_page));
        if (!node.language.empty()) element.put("Lang", text_string(node.language));
        put_all(element, "A", attributes_of(node));
        return element;
    }

    const std::vector<Mark>& marks_of(SlotIndex slot) const {
        return tree_.slots_[static_cast<std::size_t>(slot.slot)].marks;
    }

    // The first that it shows on.
    Ref main_page_of(const NodeData& node) const {
        for (Kid const& kid : node.kids) {
            auto const* slot = std::get_if<SlotIndex>(&kid);
            if (slot != nullptr && !marks_of(*slot).empty()) return marks_of(*slot).front().page;
        }
        return {};
    }

    // Marks on the main page are plain numbers; the others name their page.
    std::vector<std::string> kids_of(const NodeData& node, Ref main_page) const {
        std::vector<std::string> kids;
        for (Kid const& kid : node.kids) {
            if (auto const* child = std::get_if<NodeIndex>(&kid)) {
                kids.push_back(reference(ref_of(child->node)));
            } else if (auto const* slot = std::get_if<SlotIndex>(&kid)) {
                for (Mark const& mark : marks_of(*slot)) {
                    kids.push_back(mark.page == main_page ? std::to_string(mark.id) : elsewhere(mark));
                }
            } else if (auto const* annotation = std::get_if<Annotation>(&kid)) {
                kids.push_back(Dictionary()
                                   .put("Type", "/OBJR")
                                   .put("Pg", reference(annotation->page))
                                   .put("Obj", reference(annotation->object))
                                   .text());
            }
        }
        return kids;
    }

    static std::string elsewhere(const Mark& mark) {
        return Dictionary()
            .put("Type", "/MCR")
            .put("Pg", reference(mark.page))
            .put("MCID", std::to_string(mark.id))
            .text();
    }

    static std::vector<std::string> attributes_of(const NodeData& node) {
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
        return attributes;
    }

    // The parent tree: from each page's marks, and from each annotation, to the node that they belong to.
    Ref add_parents(int page_count) {
        std::vector<std::string> numbers;
        int key = 0;
        for (std::vector<std::string> const& owners : owners_by_page(page_count)) {
            numbers.push_back(std::to_string(key++));
            numbers.push_back(reference(objects_.add(array(owners))));
        }
        for (Node const owner : tree_.annotation_owners_) {
            numbers.push_back(std::to_string(key++));
            numbers.push_back(reference(ref_of(owner)));
        }
        return objects_.add(Dictionary().put("Nums", array(numbers)).text());
    }

    // Marked-content ids of a page count up in the order of slots, so visiting slots fills each page's list in order.
    std::vector<std::vector<std::string>> owners_by_page(int page_count) const {
        std::vector<std::vector<std::string>> pages(static_cast<std::size_t>(page_count));
        for (SlotData const& slot : tree_.slots_) {
            for (Mark const& mark : slot.marks) {
                auto& owners = pages[static_cast<std::size_t>(mark.page_index)];
                if (owners.size() <= static_cast<std::size_t>(mark.id))
                    owners.resize(static_cast<std::size_t>(mark.id) + 1);
                owners[static_cast<std::size_t>(mark.id)] = reference(ref_of(slot.node));
            }
        }
        return pages;
    }

    const StructureTree& tree_;
    Objects& objects_;
    Ref root_;
    std::vector<Ref> refs_;  // by node
};

Ref StructureTree::write(Objects& objects, int page_count) const { return Writer(*this, objects).write(page_count); }

}  // namespace ca::pdf
