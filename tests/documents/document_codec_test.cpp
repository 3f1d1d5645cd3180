#include "documents/document_codec.h"

#include "documents/agreement_document.h"
#include "documents/compare.h"
#include "documents/markdown.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>
#include <set>
#include <string>

using namespace ca;
using namespace ca::documents;
using namespace std::string_literals;

namespace {

// Every kind of block, and every member other than it is by itself.
Document everything() {
    const Run run{.text = "clause",
                  .emphasis = Emphasis::bold_italic,
                  .code = true,
                  .link = "#clause-8",
                  .change = Change::deleted,
                  .language = "cy",
                  .line_break_after = true};
    const Inline words{
        run, {.text = "ordinary"}, {.text = "new", .emphasis = Emphasis::italic, .change = Change::inserted}};
    Table table{.caption = "Products",
                .header = {{plain("API"), 2}, {words, 1}},
                .rows = {{{plain("PDS FHIR"), 1}, {plain("GP Connect"), 2}}, {}},
                .header_column = true,
                .align = {Align::end, Align::centre, Align::start},
                .widths = {0.1, 3.0, -std::numeric_limits<double>::infinity()}};
    Document document{.title = "Connection agreement CNTR0000001",
                      .language = "en-GB-x-test",
                      .author = "NHS England",
                      .subject = "Subject – ü",
                      .keywords = "agreement, אבג",
                      .created = Instant{-1},
                      .running_header = "header",
                      .running_footer = "footer",
                      .status = "DRAFT",
                      .blocks = {},
                      .attachments = {{.file_name = "record.json",
                                       .media_type = "application/json",
                                       .description = "its record",
                                       .relationship = "Source",
                                       .bytes = "\0\xff\x80 any bytes"s,
                                       .modified = Instant{std::numeric_limits<std::int64_t>::max()}},
                                      {}}};
    document.blocks = {
        Heading{.level = 6, .text = words, .id = "clause-8"},
        Paragraph{words},
        List{
            .kind = ListKind::upper_roman, .tight = false, .items = {{"(a)", {Paragraph{plain("first")}, List{}}}, {}}},
        std::move(table),
        Table{},
        Fields{{{"State", words}, {}}},
        Quote{{Quote{{CodeBlock{"x = 1;\n"}}}}},
        CodeBlock{std::string(300, 'c')},
        Rule{},
        PageBreak{},
        Note{"Important", {Paragraph{words}, Note{}}},
        Contents{.depth = -2147483647 - 1}};
    return document;
}

// Quotations inside each other: `depth` lists of blocks in all.
Document nested(int depth) {
    Document document;
    Blocks inner;
    for (; depth > 1; --depth) {
        Blocks outer;
        outer.push_back(Quote{std::move(inner)});
        inner = std::move(outer);
    }
    document.blocks = std::move(inner);
    return document;
}

std::string refusal(std::string_view bytes) {
    const auto document = decode(bytes);
    if (document) return "none";
    CHECK_FALSE(document.error().message.empty());
    CHECK(document.error().where.starts_with("byte "));
    return document.error().code;
}

void check_round_trip(const Document& document) {
    const std::string bytes = encode(document);
    const auto again = decode(bytes);
    REQUIRE_MESSAGE(again.has_value(), (again ? std::string() : again.error().message + " " + again.error().where));
    CHECK((*again == document));
    CHECK((encode(*again) == bytes));
}

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// As plain as can be: what a shape's bytes are is said here a second time.
const std::string empty_document = "\2\0\5en-GB\0\0\0\0\0\0\0\0\0"s;

}  // namespace

TEST_CASE("every block and member comes back") {
    const Document document = everything();
    std::set<std::size_t> kinds;
    for (const Block& block : document.blocks) kinds.insert(block.index());
    CHECK(kinds.size() == std::variant_size_v<Block::variant>);
    check_round_trip(document);
    check_round_trip(Document{});
}

TEST_CASE("documents that differ in one thing have different bytes") {
    const Document whole = everything();
    Document other = whole;
    other.blocks[9] = Rule{};
    CHECK_FALSE((other == whole));
    CHECK_FALSE((encode(other) == encode(whole)));
    other = whole;
    other.attachments[1].modified = Instant{0};
    CHECK_FALSE((encode(other) == encode(whole)));
    other = whole;
    std::get<Table>(other.blocks[3]).widths[0] = 0.2;
    CHECK_FALSE((encode(other) == encode(whole)));
}

TEST_CASE("the form is as the header says") {
    CHECK(encode(Document{}) == empty_document);
    Document small;
    small.title = "T";
    small.created = Instant{-3};
    small.blocks = {Contents{.depth = 100}};
    CHECK(encode(small) == "\2\1T\5en-GB\0\0\0\1\5\0\0\0\1\12\310\1\0"s);
}

TEST_CASE("the sample terms and the real ones come back") {
    std::size_t texts = 0;
    for (const std::string folder : {"/src/app/sample_terms", "/../shared/data/terms"}) {
        for (const auto& entry : std::filesystem::directory_iterator(CA_SOURCE_DIR + folder)) {
            CAPTURE(entry.path().filename().string());
            auto terms = parse_markdown(read(entry.path()), {.lift_title = true});
            REQUIRE(terms.has_value());
            CHECK_FALSE(terms->blocks.empty());
            Document document;
            document.title = terms->title;
            document.blocks = terms->blocks;
            check_round_trip(document);
            ++texts;
        }
    }
    CHECK(texts == 16);
}

TEST_CASE("a comparison and an agreement come back") {
    const auto text = [](const std::string& name) { return read(CA_SOURCE_DIR + ("/src/app/sample_terms/" + name)); };
    AgreementRecord record{.number = "CNTR0000001",
                           .name = "Vale",
                           .account_name = "Vale Ltd",
                           .ods_code = "V1",
                           .created = Instant{1'700'000'000},
                           .terms_version = "6.1"};
    record.standard_terms = text("standard-terms-6.1.md");
    record.acceptable_use_policy = text("acceptable-use-policy-6.1.md");
    record.products = {{"PDS", "PDS FHIR", text("special-pds-fhir.md")}};
    const auto paper = agreement_document(record, {{.file_name = "CNTR0000001.json",
                                                    .media_type = "application/json",
                                                    .description = "its record",
                                                    .bytes = "{}"}});
    REQUIRE(paper.has_value());
    CHECK(paper->blocks.size() > 50);
    check_round_trip(*paper);

    const auto before = parse_markdown(text("standard-terms-6.0.md")),
               after = parse_markdown(text("standard-terms-6.1.md"));
    REQUIRE((before.has_value() && after.has_value()));
    check_round_trip(comparison_document({}, compare(before->blocks, after->blocks)));
}

TEST_CASE("an answer about a paper comes back") {
    const PaperCheck check{.verdict = Verdict::differs,
                           .message = "This file is not what the portal issued.",
                           .sha256 = std::string(64, 'a'),
                           .number = "CNTR0000001",
                           .record_of = Instant{1'764'000'000},
                           .pages = 18,
                           .event_hashes = {"one", "two"},
                           .differences = {{"Page 3", "It shows “£2”."}, {}},
                           .made_by = MadeBy::another_version_same_words};
    const auto bytes = encode(check);
    const auto back = decode_paper_check(bytes);
    REQUIRE(back.has_value());
    CHECK(back->verdict == check.verdict);
    CHECK(back->message == check.message);
    CHECK(back->sha256 == check.sha256);
    CHECK(back->number == check.number);
    CHECK(back->record_of == check.record_of);
    CHECK(back->pages == check.pages);
    CHECK(back->event_hashes == check.event_hashes);
    REQUIRE(back->differences.size() == 2);
    CHECK(back->differences[0].where == "Page 3");
    CHECK(back->differences[0].what == "It shows “£2”.");
    CHECK(back->differences[1].what.empty());
    CHECK(back->made_by == MadeBy::another_version_same_words);
    CHECK_FALSE(decode_paper_check(bytes.substr(0, bytes.size() - 1)).has_value());
    CHECK_FALSE(decode_paper_check(encode(Document{})).has_value());
}

TEST_CASE("what is cut off anywhere is refused") {
    const std::string whole = encode(everything());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CAPTURE(size);
        CHECK(refusal(std::string_view(whole).substr(0, size)) == "bad_document");
    }
}

TEST_CASE("what goes on after its end is refused") { CHECK(refusal(empty_document + '\0') == "bad_document"); }

TEST_CASE("another version is refused by name") {
    std::string bytes = empty_document;
    bytes[0] = 3;
    CHECK(refusal(bytes) == "other_version");
}

TEST_CASE("a second way to write the same is refused") {
    const auto with_title_size = [](const std::string& number) {
        return empty_document.substr(0, 1) + number + empty_document.substr(2);
    };
    CHECK(refusal(with_title_size(std::string(1, '\0'))) == "none");
    CHECK(refusal(with_title_size("\x80\0"s)) == "bad_document");
    CHECK(refusal(with_title_size(std::string(9, '\x80') + '\2')) == "bad_document");   // beyond 64 bits
    CHECK(refusal(with_title_size(std::string(10, '\x80') + '\1')) == "bad_document");  // longer than any
}

TEST_CASE("a flag, a choice, a kind or a number that is none is refused") {
    const auto with_block = [](const std::string& block) { return empty_document.substr(0, 15) + '\1' + block + '\0'; };
    CHECK(refusal(with_block("\7"s)) == "none");                      // a rule
    CHECK(refusal(with_block("\13"s)) == "bad_document");             // there are eleven kinds
    CHECK(refusal(with_block("\2\5\1\0"s)) == "none");                // a list
    CHECK(refusal(with_block("\2\6\1\0"s)) == "bad_document");        // there are six kinds of lists
    CHECK(refusal(with_block("\2\5\2\0"s)) == "bad_document");        // neither tight nor not
    CHECK(refusal(with_block("\12\377\377\377\377\17"s)) == "none");  // a depth of -2,147,483,648
    CHECK(refusal(with_block("\12\200\200\200\200\20"s)) == "bad_document");
}

TEST_CASE("a count beyond what is left is refused before anything is made") {
    const std::string many = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\1";
    CHECK(refusal(empty_document.substr(0, 15) + many + '\0') == "bad_document");
    CHECK(refusal(empty_document.substr(0, 1) + many + "T") == "bad_document");
}

TEST_CASE("blocks may be nested as deep as the header says, and no deeper") {
    check_round_trip(nested(64));
    CHECK(refusal(encode(nested(65))) == "too_deep");
}

TEST_CASE("more items than the header says are refused") {
    const auto rules = [](std::size_t count) {
        Document document;
        document.blocks.assign(count, Rule{});
        return encode(document);
    };
    CHECK(refusal(rules(2'000'000)) == "none");
    CHECK(refusal(rules(2'000'001)) == "too_long");
}

TEST_CASE("any byte changed gives a refusal or another document, never a crash") {
    const std::string whole = encode(everything());
    std::mt19937 random(1);
    for (int turn = 0; turn < 20'000; ++turn) {
        std::string bytes = whole;
        for (int changes = 1 + static_cast<int>(random() % 3); changes > 0; --changes)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        const auto document = decode(bytes);
        if (document) CHECK((encode(*document) == bytes));
    }
}
