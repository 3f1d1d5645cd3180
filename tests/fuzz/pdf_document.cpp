// Any document is either written as a file in which the checker finds nothing, or refused: never a crash, never a bad
// file.
//
// The bytes of the input are choices: which block comes next, how deep, and pieces of text taken from them as they are.
#include "pdf/pdf.h"
#include "pdf_check/check.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

using namespace ca;
using namespace ca::documents;

namespace {

class Choices {
public:
    Choices(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
    bool empty() const { return at_ >= size_; }
    int next(int below) { return empty() ? 0 : data_[at_++] % below; }
    std::string text() {
        std::string out;
        for (int count = next(40); count > 0 && !empty(); --count) out += static_cast<char>(data_[at_++]);
        // Mostly words that the fonts have: the rest of the writer is to be reached.
        static const char* const words[] = {
            "clause",  "אבג",  "اتفاقية", "(6)",
            "e\u0301", "12.5", "\u200B",  "long-word-without-end-of-many-letters/and/slashes",
            "№"};
        for (int count = next(5); count > 0; --count) out += std::string(" ") + words[next(9)];
        return out;
    }

private:
    const std::uint8_t* data_;
    std::size_t size_;
    std::size_t at_ = 0;
};

Inline inline_text(Choices& choices) {
    Inline text;
    for (int count = choices.next(4) + 1; count > 0; --count) {
        Run run{.text = choices.text()};
        run.emphasis = static_cast<Emphasis>(choices.next(4));
        run.code = choices.next(5) == 1;
        run.line_break_after = choices.next(6) == 1;
        run.change = static_cast<Change>(choices.next(8) % 3);
        if (choices.next(4) == 1)
            run.link = choices.next(2) == 0 ? "#a" : "https://example.org/" + std::to_string(choices.next(9));
        if (choices.next(6) == 1) run.language = choices.next(2) == 0 ? "cy" : "he";
        text.push_back(std::move(run));
    }
    return text;
}

Blocks blocks(Choices& choices, int depth, int& level) {
    Blocks out;
    for (int count = choices.next(6) + 1; count > 0 && !choices.empty(); --count) {
        switch (choices.next(12)) {
            case 0: {
                Heading heading{level == 0 ? 1 : std::min(6, choices.next(level + 1) + 1), inline_text(choices),
                                choices.next(3) == 0 ? "a" : ""};
                level = heading.level;
                out.push_back(std::move(heading));
                break;
            }
            case 1: {
                Table table;
                int const columns = choices.next(4) + 1;
                table.header_column = choices.next(2) == 0;
                for (int row = choices.next(20); row >= 0; --row) {
                    Row cells;
                    for (int i = 0; i < columns; ++i) cells.push_back({inline_text(choices), 1});
                    if (row == 0 && choices.next(3) != 0) table.header = cells;
                    else table.rows.push_back(cells);
                }
                out.push_back(std::move(table));
                break;
            }
            case 2:
                out.push_back(Fields{{{choices.text() + "x", inline_text(choices)}, {"Name", inline_text(choices)}}});
                break;
            case 3:
                if (depth < 6) out.push_back(Quote{blocks(choices, depth + 1, level)});
                break;
            case 4:
                if (depth < 6) out.push_back(Note{choices.text(), blocks(choices, depth + 1, level)});
                break;
            case 5: out.push_back(CodeBlock{choices.text() + "\n\t" + choices.text()}); break;
            case 6: out.push_back(Rule{}); break;
            case 7: out.push_back(PageBreak{}); break;
            case 8: out.push_back(Contents{choices.next(7)}); break;
            case 9:
                if (depth < 6) {
                    List list{
                        .kind = static_cast<ListKind>(choices.next(6)), .tight = choices.next(2) == 0, .items = {}};
                    for (int items = choices.next(4); items >= 0; --items)
                        list.items.push_back(
                            {choices.next(2) == 0 ? "1." : "(iii)", blocks(choices, depth + 1, level)});
                    out.push_back(std::move(list));
                }
                break;
            default: out.push_back(Paragraph{inline_text(choices)});
        }
    }
    return out;
}

std::string font(const char* name) {
    std::ifstream stream(std::string(CA_FONTS_DIR) + "/" + name + ".ttf", std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

const pdf::FontSet& fonts() {
    static const pdf::FontSet set = {
        .text = {.regular = font("SourceSans3-Regular"), .bold = font("SourceSans3-SemiBold")},
        .mono = {.regular = font("SourceCodePro-Regular")},
        .fallback = {{.regular = font("NotoSansHebrew-Regular")}, {.regular = font("IBMPlexSansArabic-Regular")}}};
    return set;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Choices choices(data, size);
    Document document;
    document.title = "Fuzzed";
    document.status = choices.next(2) == 0 ? "DRAFT" : "";
    if (choices.next(2) == 0) document.blocks.push_back(Heading{1, plain("Fuzzed"), "a"});
    int level = document.blocks.empty() ? 0 : 1;
    for (Block& block : blocks(choices, 0, level)) document.blocks.push_back(std::move(block));
    pdf::Options options;
    if (choices.next(4) == 1) options.profile = pdf::Profile::a1b;

    auto const written = pdf::write(document, fonts(), options);
    if (!written) return 0;
    auto const file = pdf_check::File::read(written->bytes);
    if (!file) {
        std::fprintf(stderr, "unreadable: %s\n", file.error().c_str());
        std::abort();
    }
    for (auto const& finding : pdf_check::check(*file)) {
        std::fprintf(stderr, "%s: %s\n", finding.rule.c_str(), finding.message.c_str());
        std::abort();
    }
    return 0;
}
