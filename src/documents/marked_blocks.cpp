#include "documents/marked_blocks.h"

#include "base/text.h"

#include <algorithm>
#include <map>
#include <optional>
#include <type_traits>

namespace ca::documents {

namespace {

constexpr double akin = 0.35;               // how alike two blocks must be to be shown as one that changed
constexpr std::size_t pairings_max = 4000;  // beyond this, a gap is paired in its order without a search

// ---- Words and arrangement of anything --------------------------------------------------------------------

class Reader {
public:
    explicit Reader(Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

    void read(const Blocks& blocks) {
        auto const is_rule = [](const Block& block) { return std::holds_alternative<Rule>(block); };
        auto const first = std::ranges::find_if_not(blocks, is_rule);
        auto const last = std::find_if_not(blocks.rbegin(), std::make_reverse_iterator(first), is_rule).base();
        for (auto block = first; block != last; ++block) read(*block);
    }
    void read(const Block& block) {
        std::visit([&](auto const& kind) { read(kind); }, static_cast<const Block::variant&>(block));
    }
    void read(const ListItem& item) { read(item.blocks); }
    void read(const Row& row) {
        for (const Cell& cell : row) {
            mark(Structure::cell, cell.column_span == 1 ? "" : std::to_string(cell.column_span));
            read(cell.text);
        }
    }
    void read(const Field& field) {
        mark(Structure::field);
        add(field.name);
        mark(Structure::field, "value");
        read(field.value);
    }
    void read(const Inline& text) {
        std::string const words = to_text(text);
        std::size_t start = 0;
        for (std::size_t end = words.find('\n'); end != std::string::npos; end = words.find('\n', start)) {
            add(std::string_view(words).substr(start, end - start));
            mark(Structure::line_break);
            start = end + 1;
        }
        add(std::string_view(words).substr(start));
    }
    Content take() { return std::move(content_); }
    std::string take_spelling() { return std::move(spelling_); }

private:
    void mark(Structure structure, std::string detail = {}) {
        content_.marks.push_back({structure, content_.words.size(), std::move(detail)});
    }
    void add(std::string_view text) {
        for (const Word& word : vocabulary_.read(text)) content_.words.push_back(word.id);
        spelling_ += spelling_of(text);
    }

    void read(const Heading& heading) {
        mark(Structure::heading, std::to_string(heading.level));
        read(heading.text);
    }
    void read(const Paragraph& paragraph) {
        mark(Structure::paragraph);
        read(paragraph.text);
    }
    void read(const List& list) {
        mark(Structure::list, std::to_string(static_cast<int>(list.kind)));
        for (const ListItem& item : list.items) {
            mark(Structure::item);
            mark(Structure::number, item.marker);
            read(item);
        }
        mark(Structure::list, "end");
    }
    void read(const Table& table) {
        mark(Structure::table, table.header_column ? "header column" : "");
        if (!table.caption.empty()) {
            add(table.caption);
            mark(Structure::table, "caption");
        }
        if (!table.header.empty()) {
            mark(Structure::row, "header");
            read(table.header);
        }
        for (const Row& row : table.rows) {
            mark(Structure::row);
            read(row);
        }
        mark(Structure::table, "end");
    }
    void read(const Fields& fields) {
        for (const Field& field : fields.fields) read(field);
    }
    void read(const Quote& quote) {
        mark(Structure::quotation);
        read(quote.blocks);
        mark(Structure::quotation, "end");
    }
    void read(const Note& note) {
        mark(Structure::note, note.label);
        read(note.blocks);
        mark(Structure::note, "end");
    }
    void read(const CodeBlock& code) {
        for (const std::string& line : split(code.text, '\n')) {
            mark(Structure::code, line);
            add(line);
        }
        mark(Structure::code, "end");
    }
    void read(const Rule&) { mark(Structure::rule); }
    void read(const PageBreak&) {}
    void read(const Contents&) {}

    Vocabulary& vocabulary_;
    Content content_;
    std::string spelling_;
};

template<typename Thing>
Content content(const Thing& thing, Vocabulary& vocabulary) {
    Reader reader(vocabulary);
    reader.read(thing);
    return reader.take();
}

std::string_view to_words(Structure structure) {
    switch (structure) {
        case Structure::paragraph: return "paragraphs";
        case Structure::line_break: return "line breaks";
        case Structure::heading: return "headings";
        case Structure::list: return "lists";
        case Structure::item: return "list items";
        case Structure::number: return "numbers of list items";
        case Structure::table: return "tables";
        case Structure::row: return "table rows";
        case Structure::cell: return "table cells";
        case Structure::field: return "fields";
        case Structure::quotation: return "quotations";
        case Structure::note: return "notes";
        case Structure::code: return "lines of code";
        case Structure::rule: return "rules across the page";
    }
    return {};
}

// ---- Pairing ----------------------------------------------------------------------------------------------

std::size_t kind_of(const Block& block) { return block.index(); }
template<typename Any>
std::size_t kind_of(const Any&) {
    return 0;
}

struct Pairing {  // one step of the merged row: either or both sides
    std::optional<std::size_t> before, after;
};

template<typename Thing>
class Pairer {
public:
    Pairer(const std::vector<Thing>& before, const std::vector<Thing>& after, Vocabulary& vocabulary) {
        std::map<std::pair<std::size_t, Content>, WordId> contents;
        auto const read = [&](const std::vector<Thing>& things, std::vector<std::vector<WordId>>& bags,
                              std::vector<WordId>& identities) {
            for (const Thing& thing : things) {
                Content read = content(thing, vocabulary);
                auto const entry = contents.try_emplace({kind_of(thing), read}, static_cast<WordId>(contents.size()));
                identities.push_back(entry.first->second);
                std::ranges::sort(read.words);
                bags.push_back(std::move(read.words));
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
                for (std::size_t i = 0; i < stretch.before_length; ++i)
                    pairs_.push_back({stretch.before + i, stretch.after + i});
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
auto merge(const std::vector<Thing>& before, const std::vector<Thing>& after, Vocabulary& vocabulary, Both both,
           Single single) {
    for (Pairing const& pair : Pairer<Thing>(before, after, vocabulary).pair()) {
        if (pair.before && pair.after) both(before[*pair.before], after[*pair.after]);
        else if (pair.before) single(before[*pair.before], Change::deleted);
        else single(after[*pair.after], Change::inserted);
    }
}

// ---- Marking whole things ---------------------------------------------------------------------------------

Row marked_row(Row row, Change change) {
    for (Cell& cell : row) cell.text = marked(std::move(cell.text), change);
    return row;
}

ListItem marked_item(const ListItem& item, Change change) { return {item.marker, marked(item.blocks, change)}; }

Inline bold(Inline text) {
    for (Run& run : text)
        run.emphasis = run.emphasis == Emphasis::italic || run.emphasis == Emphasis::bold_italic ? Emphasis::bold_italic
                                                                                                 : Emphasis::bold;
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

// ---- Merging two things that belong together --------------------------------------------------------------

// Where only the line breaks differ, both ways to break the lines are shown: a break alone cannot be marked.
Inline merged_text(const Inline& before, const Inline& after, Vocabulary& vocabulary) {
    Content const old_content = content(before, vocabulary);
    Content const new_content = content(after, vocabulary);
    if (old_content.words != new_content.words || old_content.marks == new_content.marks)
        return mark_changes(before, after, vocabulary);
    Inline both = marked(before, Change::deleted);
    both.back().line_break_after = true;
    for (Run& run : marked(after, Change::inserted)) both.push_back(std::move(run));
    return both;
}

List merged(const List& before, const List& after, Vocabulary& vocabulary) {
    List list{.kind = after.kind, .tight = after.tight && before.tight, .items = {}};
    merge(
        before.items, after.items, vocabulary,
        [&](const ListItem& old_item, const ListItem& new_item) {
            list.items.push_back({new_item.marker, mark_changes(old_item.blocks, new_item.blocks, vocabulary)});
        },
        [&](const ListItem& item, Change change) { list.items.push_back(marked_item(item, change)); });
    return list;
}

Row merged_row(const Row& before, const Row& after, Vocabulary& vocabulary) {
    Row row;
    for (std::size_t i = 0; i < after.size(); ++i)
        row.push_back({merged_text(before[i].text, after[i].text, vocabulary), after[i].column_span});
    return row;
}

bool same_columns(const Table& before, const Table& after) {
    auto const columns = [](const Table& table) {
        return table.header.empty() && !table.rows.empty() ? table.rows.front().size() : table.header.size();
    };
    auto const even = [&](const Table& table) {
        return std::ranges::all_of(table.rows, [&](const Row& row) { return row.size() == columns(table); });
    };
    return columns(before) == columns(after) && before.header.size() == after.header.size() && even(before) &&
           even(after);
}

Table merged(const Table& before, const Table& after, Vocabulary& vocabulary) {
    Table table = after;
    table.rows.clear();
    table.header = merged_row(before.header, after.header, vocabulary);
    merge(
        before.rows, after.rows, vocabulary,
        [&](const Row& old_row, const Row& new_row) { table.rows.push_back(merged_row(old_row, new_row, vocabulary)); },
        [&](const Row& row, Change change) { table.rows.push_back(marked_row(row, change)); });
    return table;
}

Fields merged(const Fields& before, const Fields& after, Vocabulary& vocabulary) {
    Fields fields;
    merge(
        before.fields, after.fields, vocabulary,
        [&](const Field& old_field, const Field& new_field) {
            fields.fields.push_back({new_field.name, mark_changes(old_field.value, new_field.value, vocabulary)});
        },
        [&](const Field& field, Change change) {
            fields.fields.push_back({field.name, marked(field.value, change)});
        });
    return fields;
}

// Line by line: where a line of code ends says something, and so does the space before it.
Paragraph merged(const CodeBlock& before, const CodeBlock& after) {
    std::map<std::string, WordId> ids;
    auto const read = [&](const std::vector<std::string>& lines) {
        std::vector<WordId> row;
        for (const std::string& line : lines)
            row.push_back(ids.try_emplace(line, static_cast<WordId>(ids.size())).first->second);
        return row;
    };
    std::vector<std::string> const old_lines = split(before.text, '\n');
    std::vector<std::string> const new_lines = split(after.text, '\n');
    Paragraph paragraph;
    auto const add = [&](const std::vector<std::string>& lines, std::size_t first, std::size_t count, Change change) {
        for (std::size_t i = first; i < first + count; ++i) {
            if (lines[i].empty()) continue;
            Run run{.text = lines[i], .code = true, .change = change, .line_break_after = true};
            paragraph.text.push_back(std::move(run));
        }
    };
    for (const Stretch& stretch : difference(read(old_lines), read(new_lines))) {
        if (!stretch.equal) add(old_lines, stretch.before, stretch.before_length, Change::deleted);
        add(new_lines, stretch.after, stretch.after_length, stretch.equal ? Change::none : Change::inserted);
    }
    if (!paragraph.text.empty()) paragraph.text.back().line_break_after = false;
    return paragraph;
}

// Another kind of list, or a note of another kind, is marked as a whole: nothing in it can show that.
bool mergeable(const Block& before, const Block& after) {
    if (before.index() != after.index()) return false;
    if (auto const* list = std::get_if<List>(&before)) return list->kind == std::get<List>(after).kind;
    if (auto const* note = std::get_if<Note>(&before)) return note->label == std::get<Note>(after).label;
    if (auto const* table = std::get_if<Table>(&before)) return same_columns(*table, std::get<Table>(after));
    return true;
}

void add_merged(Blocks& blocks, const Block& before, const Block& after, Vocabulary& vocabulary) {
    if (content_of(before, vocabulary) == content_of(after, vocabulary)) {
        blocks.push_back(marked_block(after, Change::none));
        return;
    }
    if (!mergeable(before, after)) {
        blocks.push_back(marked_block(before, Change::deleted));
        blocks.push_back(marked_block(after, Change::inserted));
        return;
    }
    std::visit(
        [&](auto const& kind) {
            using Kind = std::decay_t<decltype(kind)>;
            auto const& old = std::get<Kind>(before);
            if constexpr (std::is_same_v<Kind, Paragraph>)
                blocks.emplace_back(Paragraph{merged_text(old.text, kind.text, vocabulary)});
            else if constexpr (std::is_same_v<Kind, Heading>)
                blocks.emplace_back(Paragraph{bold(mark_changes(old.text, kind.text, vocabulary))});
            else if constexpr (std::is_same_v<Kind, List> || std::is_same_v<Kind, Fields> ||
                               std::is_same_v<Kind, Table>)
                blocks.emplace_back(merged(old, kind, vocabulary));
            else if constexpr (std::is_same_v<Kind, Quote>)
                blocks.emplace_back(Quote{mark_changes(old.blocks, kind.blocks, vocabulary)});
            else if constexpr (std::is_same_v<Kind, Note>)
                blocks.emplace_back(Note{kind.label, mark_changes(old.blocks, kind.blocks, vocabulary)});
            else if constexpr (std::is_same_v<Kind, CodeBlock>) blocks.emplace_back(merged(old, kind));
            else
                static_assert(std::is_same_v<Kind, Rule> || std::is_same_v<Kind, PageBreak> ||
                              std::is_same_v<Kind, Contents>);
        },
        static_cast<const Block::variant&>(after));
}

}  // namespace

Blocks mark_changes(const Blocks& before, const Blocks& after, Vocabulary& vocabulary) {
    Blocks blocks;
    merge(
        before, after, vocabulary,
        [&](const Block& old_block, const Block& new_block) { add_merged(blocks, old_block, new_block, vocabulary); },
        [&](const Block& block, Change change) { blocks.push_back(marked_block(block, change)); });
    return blocks;
}

Blocks marked(const Blocks& blocks, Change change) {
    Blocks result;
    result.reserve(blocks.size());
    for (const Block& block : blocks) result.push_back(marked_block(block, change));
    return result;
}

Content content_of(const Blocks& blocks, Vocabulary& vocabulary) { return content(blocks, vocabulary); }
Content content_of(const Block& block, Vocabulary& vocabulary) { return content(block, vocabulary); }

std::vector<std::string> rearranged(const Content& before, const Content& after) {
    std::vector<std::string> names;
    auto const of = [](const Content& content, Structure structure) {
        std::vector<StructureMark> marks;
        std::ranges::copy_if(content.marks, std::back_inserter(marks),
                             [&](const StructureMark& mark) { return mark.structure == structure; });
        return marks;
    };
    for (int i = 0; i <= static_cast<int>(Structure::rule); ++i) {
        auto const structure = static_cast<Structure>(i);
        if (of(before, structure) != of(after, structure)) names.emplace_back(to_words(structure));
    }
    // The same words may also only have taken another place among empty cells or items.
    if (names.empty() && before.marks != after.marks) names.emplace_back("the order of its parts");
    return names;
}

std::string spelling_of(const Blocks& blocks, Vocabulary& vocabulary) {
    Reader reader(vocabulary);
    reader.read(blocks);
    return reader.take_spelling();
}

}  // namespace ca::documents
