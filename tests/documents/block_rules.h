// What must hold of every list of blocks, whoever made it: said once, for unit tests, property tests and fuzzers.
#pragma once

#include "base/text.h"
#include "documents/document.h"

#include <set>
#include <string>
#include <string_view>

namespace ca::documents::testing {

// The first rule that is broken, in words; empty if none is.
class BlockRules {
public:
    static std::string broken(const Blocks& blocks, int top_level = 1) {
        BlockRules rules;
        rules.level_ = top_level - 1;
        rules.collect(blocks);
        rules.check(blocks, 0);
        return rules.broken_;
    }

private:
    void say(const std::string& what) {
        if (broken_.empty()) broken_ = what;
    }

    void collect(const Blocks& blocks) {
        for (const Block& block : blocks) {
            if (auto const* heading = std::get_if<Heading>(&block)) {
                if (heading->id.empty()) say("a heading without an id");
                if (!ids_.insert(heading->id).second) say("the id " + heading->id + " twice");
            } else if (auto const* list = std::get_if<List>(&block)) {
                for (const ListItem& item : list->items) collect(item.blocks);
            } else if (auto const* quote = std::get_if<Quote>(&block)) {
                collect(quote->blocks);
            } else if (auto const* note = std::get_if<Note>(&block)) {
                collect(note->blocks);
            }
        }
    }

    void check(const Inline& text) {
        for (const Run& run : text) {
            if (run.text.empty()) say("an empty run");
            if (!is_valid_utf8(run.text)) say("text that is not UTF-8");
            for (char const c : run.text) {
                if ((static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') || c == 0x7f)
                    say("a control character");
            }
            if (run.link.starts_with('#')) {
                if (!ids_.contains(run.link.substr(1))) say("a link that leads nowhere: " + run.link);
            } else if (!run.link.empty() && !run.link.starts_with("https://") && !run.link.starts_with("http://") &&
                       !run.link.starts_with("mailto:")) {
                say("an unsafe link: " + run.link);
            }
        }
    }

    void check(const Blocks& blocks, int depth) {
        if (depth > 32) say("nested too deep");
        for (const Block& block : blocks) {
            if (auto const* heading = std::get_if<Heading>(&block)) {
                if (heading->level < 1 || heading->level > 6) say("a heading level outside 1 to 6");
                if (heading->level > level_ + 1) say("a skipped heading level at " + to_text(heading->text));
                if (heading->text.empty()) say("a heading without words");
                level_ = heading->level;
                check(heading->text);
            } else if (auto const* paragraph = std::get_if<Paragraph>(&block)) {
                if (paragraph->text.empty()) say("an empty paragraph");
                check(paragraph->text);
            } else if (auto const* list = std::get_if<List>(&block)) {
                if (list->items.empty()) say("a list without items");
                for (const ListItem& item : list->items) {
                    if (item.marker.empty()) say("an item without a marker");
                    check(item.blocks, depth + 1);
                }
            } else if (auto const* quote = std::get_if<Quote>(&block)) {
                check(quote->blocks, depth + 1);
            } else if (auto const* note = std::get_if<Note>(&block)) {
                if (note->label.empty()) say("a note without a label");
                check(note->blocks, depth + 1);
            } else if (auto const* table = std::get_if<Table>(&block)) {
                if (table->header.empty() && !table->header_column) say("a table without headers");
                check_row(table->header);
                for (const Row& row : table->rows) check_row(row);
            } else if (auto const* fields = std::get_if<Fields>(&block)) {
                for (const Field& field : fields->fields) {
                    if (field.name.empty()) say("a field without a name");
                    check(field.value);
                }
            }
        }
    }
    void check_row(const Row& row) {
        for (const Cell& cell : row) check(cell.text);
    }

    std::set<std::string> ids_;
    int level_ = 0;
    std::string broken_;
};

}  // namespace ca::documents::testing
