// One version's text out of blocks in which the changes between two are marked.

#include "documents/compare.h"

#include <algorithm>

namespace ca::documents {
namespace {

Inline without(const Inline& marked, Change other) {
    Inline left;
    for (const Run& run : marked)
        if (run.change != other) left.push_back(run);
    return left;
}

bool is_gone(const Inline& before, const Inline& after) { return after.empty() && !before.empty(); }

// Whether anything of it is left; what is left stands in the block.
struct Keep {
    Change other;

    bool operator()(Heading& heading) const { return keep(heading.text); }
    bool operator()(Paragraph& paragraph) const { return keep(paragraph.text); }
    bool operator()(List& list) const {
        std::erase_if(list.items, [&](ListItem& item) { return !keep(item.blocks); });
        return !list.items.empty();
    }
    bool operator()(Table& table) const {
        std::erase_if(table.rows, [&](Row& row) {
            bool any = false;
            for (Cell& cell : row) any = keep(cell.text) || any;
            return !any;
        });
        for (Cell& cell : table.header) keep(cell.text);
        return !table.rows.empty();
    }
    bool operator()(Fields& fields) const {
        std::erase_if(fields.fields, [&](Field& field) { return !keep(field.value); });
        return !fields.fields.empty();
    }
    bool operator()(Quote& quote) const { return keep(quote.blocks); }
    bool operator()(Note& note) const { return keep(note.blocks); }
    bool operator()(const auto&) const { return true; }

private:
    bool keep(Inline& text) const {
        auto left = without(text, other);
        const bool stays = !is_gone(text, left);
        text = std::move(left);
        return stays;
    }
    bool keep(Blocks& blocks) const {
        const bool had_any = !blocks.empty();
        blocks = documents::without(blocks, other);
        return !blocks.empty() || !had_any;
    }
};

}  // namespace

Blocks without(const Blocks& marked, Change other) {
    Blocks left = marked;
    std::erase_if(left, [&](Block& block) { return !std::visit(Keep{other}, static_cast<Block::variant&>(block)); });
    return left;
}

}  // namespace ca::documents
