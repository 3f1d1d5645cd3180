#include "platform/cli/compare.h"

#include "documents/compare.h"
#include "documents/markdown.h"
#include "platform/cli/lost_lines.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <iostream>
#include <iterator>

namespace ca::cli {
namespace {

using Json = nlohmann::ordered_json;
using namespace ca::documents;

Json place(const std::optional<ClausePlace>& found) {
    if (!found) return nullptr;
    return {{"number", found->number}, {"title", found->title}, {"path", found->path}};
}

std::string_view word_of(Change change) {
    switch (change) {
        case Change::none: return "none";
        case Change::inserted: return "inserted";
        case Change::deleted: return "deleted";
    }
    return {};
}

// The clause's words in order, as one row: neighbours with the same mark are one piece, and a line ends where a block
// does.
class Words {
public:
    void add(const Inline& text) {
        for (const Run& run : text) add(run.text + (run.line_break_after ? "\n" : ""), run.change);
        end_line();
    }
    void add(const Blocks& blocks) {
        for (const Block& block : blocks) add(block);
    }
    Json take() { return std::move(pieces_); }

private:
    void add(const Block& block) {
        if (const auto* heading = std::get_if<Heading>(&block)) add(heading->text);
        else if (const auto* paragraph = std::get_if<Paragraph>(&block)) add(paragraph->text);
        else if (const auto* code = std::get_if<CodeBlock>(&block)) add(plain(code->text));
        else if (const auto* quote = std::get_if<Quote>(&block)) add(quote->blocks);
        else if (const auto* note = std::get_if<Note>(&block)) add(note->blocks);
        else if (const auto* list = std::get_if<List>(&block)) {
            for (const ListItem& item : list->items) {
                add(item.marker + " ", Change::none);
                add(item.blocks);
            }
        } else if (const auto* table = std::get_if<Table>(&block)) {
            add(table->header);
            for (const Row& row : table->rows) add(row);
        }
    }
    void add(const Row& row) {
        for (const Cell& cell : row) add(cell.text);
    }
    void add(const std::string& text, Change change) {
        if (text.empty()) return;
        if (!pieces_.empty() && pieces_.back()["change"] == word_of(change)) {
            pieces_.back()["text"].get_ref<std::string&>() += text;
            return;
        }
        pieces_.push_back({{"text", text}, {"change", word_of(change)}});
    }
    void end_line() {
        if (!pieces_.empty()) add("\n", Change::none);
    }

    Json pieces_ = Json::array();
};

Json told(const Clause& clause) {
    Json words = nullptr;
    if (clause.change != ClauseChange::same) {
        Words all;
        all.add(clause.title);
        all.add(clause.blocks);
        words = all.take();
    }
    Json links = Json::array();
    for (const LinkChange& link : clause.links)
        links.push_back({{"words", link.words},
                         {"before", link.before.empty() ? Json(nullptr) : Json(link.before)},
                         {"after", link.after.empty() ? Json(nullptr) : Json(link.after)}});
    return {{"change", to_words(clause.change)},
            {"name", clause.name()},
            {"product", clause.product.empty() ? Json(nullptr) : Json(clause.product)},
            {"words_changed", clause.words_changed},
            {"links", std::move(links)},
            {"note", clause.note.empty() ? Json(nullptr) : Json(clause.note)},
            {"renumbered", clause.renumbered},
            {"before", place(clause.before)},
            {"after", place(clause.after)},
            {"words", std::move(words)}};
}

}  // namespace

Exit compare_terms(const Call& call) {
    std::vector<Part> versions;
    Json lost = Json::array();
    for (const std::string& name : call.operands) {
        std::ifstream file(name, std::ios::binary);
        if (!file) {
            std::cerr << "The file " << name << " cannot be read.\n";
            return Exit::wrong_use;
        }
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        auto terms = parse_markdown(text, {.lift_title = true});
        if (!terms) {
            const Error& error = terms.error();
            std::cerr << name << ": " << error.message << (error.where.empty() ? "" : " (" + error.where + ")") << '\n';
            std::cout << Json{{"refusal", error.code}, {"file", name}, {"message", error.message}}.dump() << '\n';
            return Exit::refused;
        }
        for (Json& line : tell_lost_lines(name, text)) lost.push_back(std::move(line));
        versions.push_back({.blocks = std::move(terms->blocks), .own_title = std::move(terms->title)});
    }
    const Comparison comparison = compare_parts({versions[0]}, {versions[1]});
    const Counts counts = comparison.counts();
    Json clauses = Json::array();
    for (const Clause& clause : comparison.clauses) clauses.push_back(told(clause));
    Json answer{{"same", counts.same},   {"changed", counts.changed}, {"moved", counts.moved},
                {"added", counts.added}, {"removed", counts.removed}, {"clauses", std::move(clauses)}};
    if (!lost.empty()) answer["not_in_document"] = std::move(lost);
    std::cout << answer.dump() << '\n';
    return Exit::done;
}

}  // namespace ca::cli
