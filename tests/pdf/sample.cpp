#include "pdf/sample.h"

#include <fstream>
#include <iterator>

namespace ca::pdf::sample {

using namespace documents;

std::string read_file(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

FontSet fonts(const std::string& folder) {
    auto font = [&](const std::string& name) { return read_file(folder + "/" + name + ".ttf"); };
    FontSet set;
    set.text = {font("SourceSans3-Regular"), font("SourceSans3-Italic"), font("SourceSans3-SemiBold"),
                font("SourceSans3-SemiBoldItalic")};
    set.mono = {.regular = font("SourceCodePro-Regular")};
    set.fallback = {{.regular = font("NotoSans-Regular"), .bold = font("NotoSans-Bold")},
                    {.regular = font("NotoSansHebrew-Regular"), .bold = font("NotoSansHebrew-Bold")},
                    {.regular = font("IBMPlexSansArabic-Regular"), .bold = font("IBMPlexSansArabic-Bold")}};
    return set;
}

namespace {

constexpr const char* clause_words[] = {
    "The connecting party keeps its contact details up to date and tells us within five working days when they change.",
    ("Each product is connected only for the purpose for which it was assessed, and a new purpose needs a new "
     "assessment before any message is sent for it."),
    ("Where a fault of one party harms the service of the other, the party at fault says so without delay, mends what "
     "it can at its own cost and keeps a record of what it did and when."),
    ("Messages are kept for as long as the law asks and no longer; what is no longer needed is destroyed so that it "
     "cannot be read again, and a note of its destruction is kept."),
    "Nobody gives an account to anybody else, not even for an hour, and nobody uses the account of a colleague.",
};

Paragraph paragraph(std::string text) { return Paragraph{plain(std::move(text))}; }

Blocks clauses(int count, int seed) {
    Blocks blocks;
    for (int i = 0; i < count; ++i) blocks.push_back(paragraph(clause_words[(i * 3 + seed) % 5]));
    return blocks;
}

}  // namespace

Document least() {
    Document document;
    document.title = "A short document";
    document.blocks.push_back(Heading{1, plain("A short document"), "top"});
    document.blocks.push_back(paragraph("With one sentence."));
    return document;
}

Document everything() {
    Document document;
    document.title = "Connection agreement CNTR0009999 – sample";
    document.author = "The agreement team";
    document.subject = "Every kind of block that a document can have";
    document.keywords = "sample, test & proof";
    document.created = Instant{1754035200};  // 1 August 2025
    document.running_header = "Connection agreement CNTR0009999";
    document.running_footer = "Sample Organisation Ltd (A1B)";
    document.status = "DRAFT – not yet accepted";
    Blocks& blocks = document.blocks;

    blocks.push_back(Heading{1, plain("Connection agreement CNTR0009999"), "top"});
    blocks.push_back(
        Paragraph{{{.text = "Between "},
                   {.text = "the service", .emphasis = Emphasis::bold},
                   {.text = " and "},
                   {.text = "Sample Organisation Ltd", .emphasis = Emphasis::bold_italic},
                   {.text = ", as in "},
                   {.text = "clause 2", .link = "#clause-2"},
                   {.text = " and at "},
                   {.text = "www.example.org/agreements/2025/a-long-address-that-has-to-be-broken-somewhere",
                    .link = "https://www.example.org/agreements/2025"},
                   {.text = "."}}});
    blocks.push_back(Fields{
        {{"Number", plain("CNTR0009999")},
         {"Products", {{.text = "First product", .line_break_after = true}, {.text = "Second product"}}},
         {"Contact", plain("notices-for-the-whole-organisation@sample-organisation.example.org")},
         {"Hash", {{.text = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", .code = true}}}}});
    blocks.push_back(Note{"Draft", {paragraph("This agreement binds nobody until it is accepted.")}});
    blocks.push_back(documents::PageBreak{});
    blocks.push_back(Heading{2, plain("Contents"), "contents"});
    blocks.push_back(documents::Contents{3});
    blocks.push_back(documents::PageBreak{});
    for (int part = 1; part <= 3; ++part) {
        std::string const number = std::to_string(part);
        blocks.push_back(Heading{2, plain(number + ". Duties of part " + number), "clause-" + number});
        List list{.kind = ListKind::decimal, .tight = false, .items = {}};
        for (int i = 1; i <= 4; ++i) {
            ListItem item{number + "." + std::to_string(i), clauses(1 + (i + part) % 2, i + part)};
            if (i == 2) {
                List inner{.kind = ListKind::lower_alpha, .tight = true, .items = {}};
                for (char letter = 'a'; letter <= 'c'; ++letter) {
                    inner.items.push_back({std::string("(") + letter + ")", {paragraph(clause_words[letter % 5])}});
                }
                item.blocks.push_back(inner);
            }
            list.items.push_back(item);
        }
        blocks.push_back(list);
        blocks.push_back(Heading{3, plain(number + ".9 Exceptions"), "exceptions-" + number});
        for (Block& block : clauses(3, part)) blocks.push_back(block);
        blocks.push_back(List{.kind = ListKind::bullet,
                              .tight = true,
                              .items = {{"•", {paragraph("one thing;")}}, {"•", {paragraph("another thing.")}}}});
    }
    blocks.push_back(Heading{2, plain("Schedule"), "schedule"});
    Table table{.caption = "What is paid, and when",
                .header = {{plain("Month")}, {plain("What for")}, {plain("Amount")}},
                .rows = {},
                .header_column = true,
                .align = {Align::start, Align::start, Align::end},
                .widths = {}};
    for (int month = 1; month <= 40; ++month) {
        table.rows.push_back({{plain("Month " + std::to_string(month))},
                              {plain(clause_words[month % 5])},
                              {plain("£" + std::to_string(month * 125) + ".00")}});
    }
    table.rows.push_back({{plain("All")}, {plain("Everything above"), 2}});
    blocks.push_back(table);
    blocks.push_back(Heading{2, plain("Changes"), "changes"});
    blocks.push_back(Paragraph{{{.text = "The party "},
                                {.text = "may ", .change = Change::deleted},
                                {.text = "shall ", .change = Change::inserted},
                                {.text = "tell us."}}});
    blocks.push_back(Quote{{paragraph("A sentence that somebody else has said.")}});
    blocks.push_back(CodeBlock{"{\n    \"agreement\": \"CNTR0009999\"\n}"});
    blocks.push_back(Rule{});
    blocks.push_back(
        Paragraph{{{.text = "Cytundeb", .language = "cy"}, {.text = " is Welsh; Ελληνικά, Русский, Việt, Čeština."}}});
    blocks.push_back(Paragraph{{{.text = "הסכם (גרסה 6) בין הצדדים, 2025.", .language = "he"}}});
    blocks.push_back(Paragraph{{{.text = "اتفاقية الاتصال رقم 6.", .language = "ar"}}});
    document.attachments.push_back({"CNTR0009999.json", "application/json", "The record of this agreement", "Data",
                                    "{\"number\":\"CNTR0009999\",\"bytes\":\"\\u0000\"}\n", Instant{1754035200}});
    document.attachments.push_back(
        {"zusätzlich.txt", "text/plain", "A note", "Supplement", std::string("\0\1\2", 3), {}});
    return document;
}

namespace {

std::string joined(const Inline& text) {
    std::string out;
    for (Run const& run : text) {
        out += run.text;
        if (run.line_break_after) out += ' ';
    }
    return out;
}

void add_words(const Blocks& blocks, std::vector<std::string>& out) {
    for (Block const& block : blocks) {
        if (auto const* heading = std::get_if<Heading>(&block)) out.push_back(joined(heading->text));
        else if (auto const* paragraph = std::get_if<Paragraph>(&block)) out.push_back(joined(paragraph->text));
        else if (auto const* quote = std::get_if<Quote>(&block)) add_words(quote->blocks, out);
        else if (auto const* code = std::get_if<CodeBlock>(&block)) out.push_back(code->text);
        else if (auto const* note = std::get_if<Note>(&block)) {
            out.push_back(note->label);
            add_words(note->blocks, out);
        } else if (auto const* list = std::get_if<List>(&block)) {
            for (ListItem const& item : list->items) {
                out.push_back(item.marker);
                add_words(item.blocks, out);
            }
        } else if (auto const* fields = std::get_if<Fields>(&block)) {
            for (Field const& field : fields->fields) {
                out.push_back(field.name);
                out.push_back(joined(field.value));
            }
        } else if (auto const* table = std::get_if<Table>(&block)) {
            out.push_back(table->caption);
            for (Cell const& cell : table->header) out.push_back(joined(cell.text));
            for (Row const& row : table->rows) {
                for (Cell const& cell : row) out.push_back(joined(cell.text));
            }
        }
    }
}

}  // namespace

std::vector<std::string> words(const Document& document) {
    std::vector<std::string> out;
    add_words(document.blocks, out);
    return out;
}

}  // namespace ca::pdf::sample
