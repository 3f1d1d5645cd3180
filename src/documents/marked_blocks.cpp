#include "documents/marked_blocks.h"

#include <algorithm>
#include <map>
#include <optional>
#include <type_traits>

namespace ca::documents {

namespace {

constexpr double akin = 0.35;                   // how alike two blocks must be to be shown as one that changed
constexpr std::size_t pairings_max = 4000;      // beyond this, a gap is paired in its order without a search

// ---------------------------------------------------------------------------------------------------------------------
// Words of anything

void add_words(const Inline& text, Vocabulary& vocabulary, std::vector<WordId>& words) {
    for (const Word& word : vocabulary.read(to_text(text))) words.push_back(word.id);
}
void add_words(const Blocks& blocks, Vocabulary& vocabulary, std::vector<WordId>& words);
void add_words(const Row& row, Vocabulary& vocabulary, std::vector<WordId>& words) {
    for (const Cell& cell : row) add_words(cell.text, vocabulary, words);
}
void add_words(const ListItem& item, Vocabulary& vocabulary, std::vector<WordId>& words) { add_words(item.blocks, vocabulary, words); }
void add_words(const Field& field, Vocabulary& vocabulary, std::vector<WordId>& words) {
    for (const Word& word : vocabulary.read(field.name)) words.push_back(word.id);
    add_words(field.value, vocabulary, words);
}

void add_words(const Block& block, Vocabulary& vocabulary, std::vector<WordId>& words) {
    std::visit(
        [&](auto const& kind) {
            using Kind = std::decay_t<decltype(kind)>;
            if constexpr (std::is_same_v<Kind, Heading> || std::is_same_v<Kind, Paragraph>) {
                add_words(kind.text, vocabulary, words);
            } else if constexpr (std::is_same_v<Kind, List>) {
                for (const ListItem& item : kind.items) add_words(item, vocabulary, words);
            } else if constexpr (std::is_same_v<Kind, Table>) {
                add_words(kind.header, vocabulary, words);
                for (const Row& row : kind.rows) add_words(row, vocabulary, words);
            } else if constexpr (std::is_same_v<Kind, Fields>) {
                for (const Field& field : kind.fields) add_words(field, vocabulary, words);
            } else if constexpr (std::is_same_v<Kind, Quote> || std::is_same_v<Kind, Note>) {
                add_words(kind.blocks, vocabulary, words);
            } else if constexpr (std::is_same_v<Kind, CodeBlock>) {
                for (const Word& word : vocabulary.read(kind.text)) words.push_back(word.id);
            }
        },
        static_cast<const Block::variant&>(block));
}

void add_words(const Blocks& blocks, Vocabulary& vocabulary, std::vector<WordId>& words) {
    for (const Block& block : blocks) add_words(block, vocabulary, words);
}

// ---------------------------------------------------------------------------------------------------------------------
// Pairing

std::size_t kind_of(const Block& block) { return block.index(); }
template<typename Any>
std::size_t kind_of(const Any&) { return 0; }

struct Pairing {  // one step of the merged row: either or both sides
    std::optional<std::size_t> before, after;
};

template<typename Thing>
class Pairer {
public:
    Pairer(const std::vector<Thing>& before, const std::vector<Thing>& after, Vocabulary& vocabulary) {
        std::map<std::pair<std::size_t, std::vector<WordId>>, WordId> contents;
        auto const read = [&](const std::vector<Thing>& things, std::vector<std::vector<WordId>>& bags, std::vector<WordId>& identities) {
            for (const Thing& thing : things) {
                std::vector<WordId> words;
                add_words(thing, vocabulary, words);
                auto const entry = contents.try_emplace({kind_of(thing), words}, static_cast<WordId>(contents.size()));
                identities.push_back(entry.first->second);
                std::ranges::sort(words);
                bags.push_back(std::move(words));
                kinds_.push_back(kind_of(thing));
            }
        };
        read(before, bags_before_, identities_before_);
        after_kinds_start_ = kinds_.size();
        read(after, bags_after_, identities_after_);
    }

    std::vector<Pairing> pair() {
        for (const Stretch& stretch : difference(identities_before_, identities_after_)) {
            if (stretch.equal) {
                for (std::size_t i = 0; i < stretch.before_length; ++i) pairs_.push_back({stretch.before + i, stretch.after + i});
            } else {
                fill_gap(stretch);
            }
        }
        return std::move(pairs_);
    }

private:
    double alike(std::size_t before, std::size_t after) const {
        if (kinds_[before] != kinds_[after_kinds_start_ + after]) return 0;
        return similarity(bags_before_[before], bags_after_[after]);
    }

    // The pairs, in order, that have most in common altogether.
    void fill_gap(const Stretch& gap) {
        std::size_t const n = gap.before_length;
        std::size_t const m = gap.after_length;
        std::vector<std::pair<std::size_t, std::size_t>> chosen;
        if (n * m <= pairings_max) {
            std::vector<double> best((n + 1) * (m + 1), 0);
            std::vector<double> score(n * m, 0);
            auto const cell = [&](std::size_t i, std::size_t j) -> double& { return best[i * (m + 1) + j]; };
            for (std::size_t i = n; i-- > 0;) {
                for (std::size_t j = m; j-- > 0;) {
                    double const value = alike(gap.before + i, gap.after + j);
                    score[i * m + j] = value >= akin ? value : 0;
                    cell(i, j) = std::max({cell(i + 1, j), cell(i, j + 1), cell(i + 1, j + 1) + score[i * m + j]});
                }
            }
            for (std::size_t i = 0, j = 0; i < n && j < m;) {
                double const value = score[i * m + j];
                if (value > 0 && cell(i, j) == cell(i + 1, j + 1) + value) chosen.emplace_back(i++, j++);
                else if (cell(i, j) == cell(i + 1, j)) ++i;
                else ++j;
            }
        } else {
            for (std::size_t i = 0; i < std::min(n, m); ++i) {
                if (alike(gap.before + i, gap.after + i) >= akin) chosen.emplace_back(i, i);
            }
        }
        std::size_t i = 0;
        std::size_t j = 0;
        auto const flush = [&](std::size_t i_end, std::size_t j_end) {
            for (; i < i_end; ++i) pairs_.push_back({gap.before + i, std::nullopt});
            for (; j < j_end; ++j) pairs_.push_back({std::nullopt, gap.after + j});
        };
        for (auto const& [before, after] : chosen) {
            flush(before, after);
            pairs_.push_back({gap.before + i++, gap.after + j++});
        }
        flush(n, m);
    }

    std::vector<std::vector<WordId>> bags_before_, bags_after_;
    std::vector<WordId> identities_before_, identities_after_;
    std::vector<std::size_t> kinds_;
    std::size_t after_kinds_start_ = 0;
    std::vector<Pairing> pairs_;
};

template<typename Thing, typename Both, typename Single>
auto merge(const std::vector<Thing>& before, const std::vector<Thing>& after, Vocabulary& vocabulary, Both both, Single single) {
    for (Pairing const& pair : Pairer<Thing>(before, after, vocabulary).pair()) {
        if (pair.before && pair.after) both(before[*pair.before], after[*pair.after]);
        else if (pair.before) single(before[*pair.before], Change::deleted);
        else single(after[*pair.after], Change::inserted);
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Marking whole things

Row marked_row(Row row, Change change) {
    for (Cell& cell : row) cell.text = marked(std::move(cell.text), change);
    return row;
}

ListItem marked_item(const ListItem& item, Change change) { return {item.marker, marked(item.blocks, change)}; }

Inline bold(Inline text) {
    for (Run& run : text) run.emphasis = run.emphasis == Emphasis::italic || run.emphasis == Emphasis::bold_italic ? Emphasis::bold_italic : Emphasis::bold;
    return text;
}

Block marked_block(const Block& block, Change change) {
    return std::visit(
        [&](auto kind) -> Block {
            using Kind = decltype(kind);
            if constexpr (std::is_same_v<Kind, Heading>) {
                return Paragraph{marked(bold(std::move(kind.text)), change)};
            } else if constexpr (std::is_same_v<Kind, Paragraph>) {
                return Paragraph{marked(std::move(kind.text), change)};
            } else if constexpr (std::is_same_v<Kind, List>) {
                for (ListItem& item : kind.items) item = marked_item(item, change);
                return kind;
            } else if constexpr (std::is_same_v<Kind, Table>) {
                kind.header = marked_row(std::move(kind.header), change);
                for (Row& row : kind.rows) row = marked_row(std::move(row), change);
                return kind;
            } else if constexpr (std::is_same_v<Kind, Fields>) {
                for (Field& field : kind.fields) field.value = marked(std::move(field.value), change);
                return kind;
            } else if constexpr (std::is_same_v<Kind, Quote> || std::is_same_v<Kind, Note>) {
                kind.blocks = marked(kind.blocks, change);
                return kind;
            } else if constexpr (std::is_same_v<Kind, CodeBlock>) {
                if (change == Change::none) return kind;
                Run run;
                run.text = std::move(kind.text);
                run.code = true;
                run.change = change;
                return Paragraph{run.text.empty() ? Inline{} : Inline{run}};
            } else {
                return kind;
            }
        },
        static_cast<const Block::variant&>(block));
}

// ---------------------------------------------------------------------------------------------------------------------
// Merging two things that belong together

List merged(const List& before, const List& after, Vocabulary& vocabulary) {
    List list{.kind = after.kind, .tight = after.tight && before.tight, .items = {}};
    merge(
        before.items, after.items, vocabulary,
        [&](const ListItem& old_item, const ListItem& new_item) { list.items.push_back({new_item.marker, mark_changes(old_item.blocks, new_item.blocks, vocabulary)}); },
        [&](const ListItem& item, Change change) { list.items.push_back(marked_item(item, change)); });
    return list;
}

Row merged_row(const Row& before, const Row& after, Vocabulary& vocabulary) {
    Row row;
    for (std::size_t i = 0; i < after.size(); ++i) row.push_back({mark_changes(before[i].text, after[i].text, vocabulary), after[i].column_span});
    return row;
}

bool same_columns(const Table& before, const Table& after) {
    auto const columns = [](const Table& table) { return table.header.empty() && !table.rows.empty() ? table.rows.front().size() : table.header.size(); };
    auto const even = [&](const Table& table) { return std::ranges::all_of(table.rows, [&](const Row& row) { return row.size() == columns(table); }); };
    return columns(before) == columns(after) && before.header.size() == after.header.size() && even(before) && even(after);
}

Table merged(const Table& before, const Table& after, Vocabulary& vocabulary) {
    Table table = after;
    table.rows.clear();
    table.header = merged_row(before.header, after.header, vocabulary);
    merge(
        before.rows, after.rows, vocabulary, [&](const Row& old_row, const Row& new_row) { table.rows.push_back(merged_row(old_row, new_row, vocabulary)); },
        [&](const Row& row, Change change) { table.rows.push_back(marked_row(row, change)); });
    return table;
}

Fields merged(const Fields& before, const Fields& after, Vocabulary& vocabulary) {
    Fields fields;
    merge(
        before.fields, after.fields, vocabulary,
        [&](const Field& old_field, const Field& new_field) { fields.fields.push_back({new_field.name, mark_changes(old_field.value, new_field.value, vocabulary)}); },
        [&](const Field& field, Change change) { fields.fields.push_back({field.name, marked(field.value, change)}); });
    return fields;
}

void add_merged(Blocks& blocks, const Block& before, const Block& after, Vocabulary& vocabulary) {
    auto const both = [&]<typename Kind>(const Kind* old_block, const Kind* new_block, auto&& add) {
        if (!old_block || !new_block) return false;
        add(*old_block, *new_block);
        return true;
    };
    auto const as = [&]<typename Kind>(std::type_identity<Kind>, auto&& add) { return both(std::get_if<Kind>(&before), std::get_if<Kind>(&after), add); };
    bool const done =
        as(std::type_identity<Paragraph>{}, [&](auto const& b, auto const& a) { blocks.emplace_back(Paragraph{mark_changes(b.text, a.text, vocabulary)}); }) ||
        as(std::type_identity<Heading>{}, [&](auto const& b, auto const& a) { blocks.emplace_back(Paragraph{bold(mark_changes(b.text, a.text, vocabulary))}); }) ||
        as(std::type_identity<List>{}, [&](auto const& b, auto const& a) { blocks.emplace_back(merged(b, a, vocabulary)); }) ||
        as(std::type_identity<Fields>{}, [&](auto const& b, auto const& a) { blocks.emplace_back(merged(b, a, vocabulary)); }) ||
        as(std::type_identity<Quote>{}, [&](auto const& b, auto const& a) { blocks.emplace_back(Quote{mark_changes(b.blocks, a.blocks, vocabulary)}); }) ||
        as(std::type_identity<Note>{}, [&](auto const& b, auto const& a) { blocks.emplace_back(Note{a.label, mark_changes(b.blocks, a.blocks, vocabulary)}); });
    if (done) return;
    if (auto const* old_table = std::get_if<Table>(&before)) {
        auto const* new_table = std::get_if<Table>(&after);
        if (new_table && same_columns(*old_table, *new_table)) {
            blocks.emplace_back(merged(*old_table, *new_table, vocabulary));
            return;
        }
    }
    std::vector<WordId> old_words;
    std::vector<WordId> new_words;
    add_words(before, vocabulary, old_words);
    add_words(after, vocabulary, new_words);
    if (before.index() == after.index() && old_words == new_words) {
        blocks.push_back(marked_block(after, Change::none));
        return;
    }
    blocks.push_back(marked_block(before, Change::deleted));
    blocks.push_back(marked_block(after, Change::inserted));
}

}  // namespace

Blocks mark_changes(const Blocks& before, const Blocks& after, Vocabulary& vocabulary) {
    Blocks blocks;
    merge(
        before, after, vocabulary, [&](const Block& old_block, const Block& new_block) { add_merged(blocks, old_block, new_block, vocabulary); },
        [&](const Block& block, Change change) { blocks.push_back(marked_block(block, change)); });
    return blocks;
}

Blocks marked(const Blocks& blocks, Change change) {
    Blocks result;
    result.reserve(blocks.size());
    for (const Block& block : blocks) result.push_back(marked_block(block, change));
    return result;
}

std::vector<WordId> words_of(const Blocks& blocks, Vocabulary& vocabulary) {
    std::vector<WordId> words;
    add_words(blocks, vocabulary, words);
    return words;
}

}  // namespace ca::documents
