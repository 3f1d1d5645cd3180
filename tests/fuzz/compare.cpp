// Any two texts compared (the input up to a line of "=====" and the rest): never a crash; every word of the new version
// is in some clause, as often as it was written, when what is marked as deleted is left out, and every word of the old
// one when what is marked as inserted is; a text compared with itself has not changed.
#include "documents/block_rules.h"
#include "documents/compare.h"
#include "documents/markdown.h"
#include "support/fuzzing.h"

#include <map>
#include <set>

namespace {

using namespace ca::documents;
using ca::fuzzing::require;

// How often each word stands in blocks, without what is marked so. Of lower-case letters, and long enough to be no
// number of a clause or an item: those are told beside the words.
class Words {
public:
    explicit Words(Change without) : without_(without) {}

    void add(const Inline& text) {
        std::string words;
        // The space between two words goes with the words that come or go there.
        for (const Run& run : text)
            words += run.change == without_ ? " " : run.text + (run.line_break_after ? "\n" : "");
        add(words);
    }
    void add(const Blocks& blocks) {
        for (const Block& block : blocks)
            std::visit([&](auto const& kind) { add(kind); }, static_cast<const Block::variant&>(block));
    }
    const std::map<std::string, int>& counts() const { return counts_; }

private:
    void add(const std::string& text) {
        static const std::set<std::string, std::less<>> of_numbers = {"appendix", "appendices", "annex",   "annexe",
                                                                      "schedule", "clause",     "section", "part",
                                                                      "exhibit",  "article",    "chapter", "paragraph"};
        std::string word;
        for (char const c : text + " ") {
            if (c >= 'a' && c <= 'z') {
                word += c;
                continue;
            }
            if (word.size() >= 4 && word.find_first_not_of("ivxlcdm") != std::string::npos &&
                !of_numbers.contains(word))
                ++counts_[word];
            word.clear();
        }
    }
    void add(const Heading& heading) { add(heading.text); }
    void add(const Paragraph& paragraph) { add(paragraph.text); }
    void add(const List& list) {
        for (const ListItem& item : list.items) add(item.blocks);
    }
    void add(const Row& row) {
        for (const Cell& cell : row) add(cell.text);
    }
    void add(const Table& table) {
        add(table.caption);
        add(table.header);
        for (const Row& row : table.rows) add(row);
    }
    void add(const Fields& fields) {
        for (const Field& field : fields.fields) {
            add(field.name);
            add(field.value);
        }
    }
    void add(const Quote& quote) { add(quote.blocks); }
    void add(const CodeBlock& code) { add(code.text); }
    void add(const Note& note) {
        add(note.label);
        add(note.blocks);
    }
    void add(const Rule&) {}
    void add(const PageBreak&) {}
    void add(const Contents&) {}

    Change without_;
    std::map<std::string, int> counts_;
};

void require_words(const Comparison& comparison, const Blocks& version, bool is_new) {
    Change const others = is_new ? Change::deleted : Change::inserted;
    Words told(others), plain(others);
    plain.add(version);
    for (const Clause& clause : comparison.clauses) {
        if (clause.change == (is_new ? ClauseChange::removed : ClauseChange::added)) continue;
        told.add(clause.title);
        told.add(clause.blocks);
    }
    if (told.counts() == plain.counts()) return;
    for (auto const& [word, count] : plain.counts())
        if (auto const found = told.counts().find(word); found == told.counts().end() || found->second != count)
            std::cerr << word << ": " << count << " in the text, " << (found == told.counts().end() ? 0 : found->second)
                      << " in the comparison\n";
    for (auto const& [word, count] : told.counts())
        if (!plain.counts().contains(word)) std::cerr << word << ": not in the text\n";
    require(false, is_new ? "words of the new version are others" : "words of the old version are others");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<const char*>(data), size);
    std::size_t const border = text.find("\n=====\n");
    std::string_view const first = text.substr(0, border);
    std::string_view const second = border == std::string_view::npos ? std::string_view{} : text.substr(border + 7);
    auto const before = parse_markdown(first);
    auto const after = parse_markdown(second);
    if (!before || !after) return 0;
    auto const comparison = compare(before->blocks, after->blocks);
    for (const Clause& clause : comparison.clauses) {
        require(clause.before.has_value() == (clause.change != ClauseChange::added) &&
                    clause.after.has_value() == (clause.change != ClauseChange::removed),
                "a clause without a side that it has");
        require(!clause.name().empty(), "a clause without a name");
        std::string const broken = testing::BlockRules::broken(clause.blocks);
        require(broken.empty() || broken == "an empty paragraph", broken);
    }
    require(compare(after->blocks, after->blocks).counts().nothing_changed(), "a text differs from itself");
    require_words(comparison, after->blocks, true);
    require_words(comparison, before->blocks, false);
    return 0;
}
