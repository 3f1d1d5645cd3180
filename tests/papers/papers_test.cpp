// Every paper that the portal makes keeps what tests/pdf shows of one sample: agreements in every state, Appendix 1A,
// published changes, comparisons and cases, from the sample world and from the real data.
//
// To look at them:  CA_KEEP_PAPERS=DIR build/cli/test_papers -tc="*nothing to find*"
#include "papers/papers.h"

#include "base/text.h"
#include "documents/plain_text.h"
#include "pdf/pdf.h"
#include "pdf_check/check.h"
#include "platform/native/press_fonts_folder.h"
#include "support/other_programs.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <functional>
#include <set>

using namespace ca;
using namespace ca::papers;
using namespace ca::test;

namespace {

const pdf::FontSet& fonts() {
    static const pdf::FontSet set = [] {
        auto read = platform::read_press_fonts(CA_FONTS_DIR);
        REQUIRE(read.has_value());
        return std::move(*read);
    }();
    return set;
}

struct Printed {
    Paper paper;
    pdf::File file;
};

std::vector<Printed> printed(std::vector<Paper> papers) {
    std::vector<Printed> all;
    for (Paper& paper : papers) {
        auto file = pdf::write(paper.document, fonts());
        REQUIRE_MESSAGE(file.has_value(),
                        paper.name << ": " << (file ? "" : file.error().message + " " + file.error().where));
        if (const char* folder = std::getenv("CA_KEEP_PAPERS")) {
            FILE* kept = std::fopen((std::string(folder) + "/" + paper.name + ".pdf").c_str(), "wb");
            REQUIRE(kept != nullptr);
            std::fwrite(file->bytes.data(), 1, file->bytes.size(), kept);
            std::fclose(kept);
        }
        all.push_back({std::move(paper), std::move(*file)});
    }
    return all;
}

const std::vector<Printed>& all_papers() {
    static const std::vector<Printed> all = [] {
        std::vector<Paper> papers = sample_papers();
        for (Paper& paper : imported_papers()) papers.push_back(std::move(paper));
        return printed(std::move(papers));
    }();
    return all;
}

std::string squeezed(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (static_cast<unsigned char>(c) > ' ') out += c;
    }
    return out;
}

const std::string contents_here = "(the list of contents, which the writer makes)";

void add_words(const documents::Inline& text, std::vector<std::string>& out) {
    for (documents::Run const& run : text) out.push_back(run.text);
}

// The words of a document run by run, as a reader should meet them.
void add_words(const documents::Blocks& blocks, std::vector<std::string>& out) {
    using namespace documents;
    for (Block const& block : blocks) {
        if (auto const* heading = std::get_if<Heading>(&block)) add_words(heading->text, out);
        else if (auto const* paragraph = std::get_if<Paragraph>(&block)) add_words(paragraph->text, out);
        else if (auto const* quote = std::get_if<Quote>(&block)) add_words(quote->blocks, out);
        else if (auto const* code = std::get_if<CodeBlock>(&block)) out.push_back(code->text);
        else if (std::holds_alternative<Contents>(block)) out.push_back(contents_here);
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
                add_words(field.value, out);
            }
        } else if (auto const* table = std::get_if<Table>(&block)) {
            out.push_back(table->caption);
            for (Cell const& cell : table->header) add_words(cell.text, out);
            for (Row const& row : table->rows) {
                for (Cell const& cell : row) add_words(cell.text, out);
            }
        }
    }
}

std::vector<std::string> pages_of(const Folder& folder, const Printed& printed) {
    Outcome const outcome = run("pdftotext -layout " + folder.save("paper.pdf", printed.file.bytes) + " -");
    REQUIRE(outcome.status == 0);
    std::vector<std::string> pages = split(outcome.output, '\f');
    if (!pages.empty() && is_blank(pages.back())) pages.pop_back();
    return pages;
}

// Words of one line may lie far apart on a page.
bool says(const std::string& page, std::string_view words) {
    return squeezed(page).find(squeezed(words)) != std::string::npos;
}

const Printed& paper_where(const std::function<bool(const documents::Document&)>& wanted, const char* what) {
    for (Printed const& one : all_papers()) {
        if (wanted(one.paper.document)) return one;
    }
    FAIL("there is no paper " << what);
    std::abort();
}

}  // namespace

TEST_CASE("in every paper there is nothing to find") {
    for (Printed const& one : all_papers()) {
        CAPTURE(one.paper.name);
        auto const file = pdf_check::File::read(one.file.bytes);
        REQUIRE_MESSAGE(file.has_value(), (file ? "" : file.error()));
        for (auto const& finding : pdf_check::check(*file)) FAIL_CHECK(finding.rule << ": " << finding.message);
        CHECK(file->catalog()["Lang"].text == "en-GB");
        for (auto const& attached : one.paper.document.attachments) {
            auto const bytes = pdf_check::attachment(*file, attached.file_name);
            CHECK_MESSAGE((bytes && *bytes == attached.bytes), attached.file_name);
        }
    }
}

TEST_CASE("the papers are of every kind and every state") {
    for (const char* state : {"DRAFT – awaiting review, not issued and not accepted",
                              "DRAFT – under review, not accepted", "DRAFT – under review, review paused, not accepted",
                              "EXPIRED – no longer in force since ", "CANCELLED – never in force, cancelled on "}) {
        paper_where([&](const documents::Document& document) { return document.status.starts_with(state); }, state);
    }
    auto const says_field = [](std::string_view words) {
        return [words](const documents::Document& document) {
            return documents::to_plain_text(document).find(words) != std::string::npos &&
                   document.title.starts_with("Connection Agreement CNTR");
        };
    };
    paper_where(says_field("System Administrator (Auto Accepted)"), "that was accepted automatically");
    paper_where(says_field("Statement accepted"), "that was accepted by hand");
    paper_where(says_field("Agreements in this line, oldest first"), "with a lineage");
    std::set<std::string> names;
    for (Printed const& one : all_papers()) names.insert(one.paper.name);
    for (const char* name : {"policy-6.0", "policy-6.1", "changes-6.1", "comparison", "comparison-real"})
        CHECK_MESSAGE(names.contains(name), name);
}

TEST_CASE("every page says which agreement it is of, what state that is in, and which page of how many it is") {
    need("pdftotext");
    Folder const folder;
    for (Printed const& one : all_papers()) {
        CAPTURE(one.paper.name);
        auto const pages = pages_of(folder, one);
        REQUIRE(pages.size() == static_cast<std::size_t>(one.file.page_count));
        for (std::size_t i = 0; i < pages.size(); ++i) {
            CAPTURE(i + 1);
            CHECK(says(pages[i], "Page " + std::to_string(i + 1) + " of " + std::to_string(pages.size())));
            if (one.paper.name.starts_with("CNTR") || one.paper.name.starts_with("CS"))
                CHECK(says(pages[i], one.paper.name));
            CHECK(says(pages[i], one.paper.document.status));
            if (one.paper.document.status.empty()) {
                for (const char* state : {"DRAFT –", "EXPIRED –", "CANCELLED –"}) CHECK_FALSE(says(pages[i], state));
            }
        }
    }
}

TEST_CASE("qpdf and poppler have nothing to say about papers of any kind and state") {
    need("qpdf");
    need("pdfinfo");
    Folder const folder;
    std::set<std::string> seen;
    for (Printed const& one : all_papers()) {
        // One of each kind and state: every program is started anew for each.
        bool const is_agreement = one.paper.name.starts_with("CNTR");
        std::string const kind = is_agreement ? one.paper.document.status.substr(0, one.paper.document.status.find(' '))
                                              : one.paper.name.substr(0, 4);
        if (!seen.insert(kind).second) continue;
        CAPTURE(one.paper.name);
        std::string const path = folder.save("paper.pdf", one.file.bytes);
        Outcome const checked = run("qpdf --check " + path);
        CHECK(checked.status == 0);
        CHECK(checked.output.find("WARNING") == std::string::npos);
        CHECK(complaints("pdfinfo -struct " + path) == "");
    }
}

TEST_CASE("no word of a document is lost, none is out of its place, and none is added") {
    for (Printed const& one : all_papers()) {
        CAPTURE(one.paper.name);
        auto const file = pdf_check::File::read(one.file.bytes);
        REQUIRE(file.has_value());
        std::string spoken;
        for (auto const& said : pdf_check::reading_order(*file)) spoken += squeezed(said.text);
        std::vector<std::string> words;
        add_words(one.paper.document.blocks, words);
        std::size_t at = 0;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (words[i] == contents_here) {
                // Its entries are followed by page numbers, so two texts in a row stand only where the document goes
                // on.
                REQUIRE(i + 2 < words.size());
                at = spoken.find(squeezed(words[i + 1] + words[i + 2]), at);
                REQUIRE_MESSAGE(at != std::string::npos, "not after the contents: " << words[i + 1]);
                continue;
            }
            // In between there is nothing but the brackets of a change: "][inserted:".
            auto const found = spoken.find(squeezed(words[i]), at);
            bool const in_place = found != std::string::npos && found - at <= std::string_view("][inserted:").size();
            CHECK_MESSAGE(in_place, "not in its place: " << words[i]);
            if (!in_place) break;
            at = found + squeezed(words[i]).size();
        }
        CHECK(spoken.size() - at <= 1);
    }
}

TEST_CASE(
    "the acceptance record, the notified contacts, the lineage, the Original Version and the Superseded Contract are "
    "told") {
    auto const& uplift = paper_where(
        [](const documents::Document& document) {
            std::string const text = documents::to_plain_text(document);
            return document.status.empty() && text.find("This agreement supersedes CNTR") != std::string::npos;
        },
        "of an uplift in force");
    auto const file = pdf_check::File::read(uplift.file.bytes);
    REQUIRE(file.has_value());
    std::string spoken;
    for (auto const& said : pdf_check::reading_order(*file)) spoken += said.role + " " + said.text + "\n";
    for (const char* words : {"H1 Acceptance record\n", "TH Accepted On\n", "TH SHA-256 of the standard terms\n",
                              "H1 Notified contacts\n", "H1 Lineage\n", "TH Original Version\n",
                              "TH Superseded Contract\nTD CNTR", "TH Contacts email addresses\n"}) {
        CHECK_MESSAGE(spoken.find(words) != std::string::npos, words);
    }
}

TEST_CASE("the program on the command line writes the same papers, and any terms") {
    need("qpdf");
    Folder const folder;
    std::string const cli = CA_PORTAL_CLI, workspace = " --workspace " + folder / "w" + " --at 2026-05-01T12:00:00Z";
    std::string const tables =
        " ../shared/data/servicenow/customer_account.json ../shared/data/servicenow/customer_contact.json "
        "../shared/data/servicenow/ast_contract.json"
        " ../shared/data/servicenow/sn_customerservice_case.json";
    REQUIRE(run(cli + " import" + tables + workspace).status == 0);
    for (const char* terms : {"standard-terms-1.md --terms-version 6.0", "standard-terms-2.md --terms-version 6.1"}) {
        REQUIRE(run(cli + " import ../shared/data/terms/" + terms + workspace).status == 0);
    }
    for (const char* number : {"CNTR0010001", "CNTR0010120", "CNTR0010182", "CNTR0010340"}) {
        std::string const path = folder / (std::string(number) + ".pdf");
        Outcome const outcome = run(cli + " pdf " + number + " " + path + workspace);
        CHECK_MESSAGE(outcome.status == 0, outcome.output);
        auto const file = pdf_check::File::read(read_file(path));
        REQUIRE(file.has_value());
        CHECK(pdf_check::check(*file).empty());
    }
    for (const char* name :
         {"standard-terms-1", "standard-terms-2", "special-terms", "acceptable-use-policy", "README"}) {
        std::string const path = folder / (std::string(name) + ".pdf");
        Outcome const outcome = run(cli + " terms ../shared/data/terms/" + name + ".md " + path);
        CHECK_MESSAGE(outcome.status == 0, outcome.output);
        auto const file = pdf_check::File::read(read_file(path));
        REQUIRE(file.has_value());
        for (auto const& finding : pdf_check::check(*file))
            FAIL_CHECK(name << ": " << finding.rule << ": " << finding.message);
    }
}

TEST_CASE(
    "names and terms in Greek, Cyrillic, Hebrew, Arabic, Vietnamese and Polish are set, read and looked at alike") {
    need("pdfinfo");
    Paper paper{
        "scripts", changed_paper("CNTR0000001", [](lifecycle::Workspace& workspace) {
            auto const agreement = workspace.agreements.at("CNTR0000001");
            auto account = workspace.accounts.at(agreement.account);
            auto product = workspace.products.at(agreement.products.front());
            auto terms = workspace.terms.front();
            account.name = "Ελένη Παπαδοπούλου, Дмитрий Шостакович, محمد العلي & דוד כהן";
            product.name = "Nguyễn Thị Ánh – Zażółć gęślą jaźń";
            terms.standard_terms =
                "# Terms\n\n## 1. Names\n\n1.1 Signed by Ελένη Παπαδοπούλου, Дмитрий Шостакович, محمد العلي (born "
                "1970) and דוד כהן, then by Nguyễn Thị Ánh.\n\n"
                "1.2 Combining marks: e\u0301, n\u0303, z\u0307, A\u030A; vowel signs: שָׁלוֹם and مُحَمَّد.\n\n"
                "| Name | Rôle |\n|---|---|\n| محمد العلي | مدير 25% (A1B) |\n| דוד כהן | מנהל, clause 8.5 |\n\n"
                "## 2. הסכם\n\n1. הצדדים מסכימים על סעיף 8.5 (גרסה 6) של ה-API.\n2. השירות ניתן 24 שעות ביממה.\n\n"
                "## 3. اتفاقية\n\n1. يلتزم الطرفان بالبند 8.5 من الاتفاقية (الإصدار 6.1).\n2. لا إله إلا هو؛ الخدمة "
                "متاحة ٢٤ ساعة.\n\n- نقطة أولى\n- نقطة ثانية\n";
            workspace.put(account);
            workspace.put(product);
            workspace.put(terms);
        })};
    auto const all = printed({std::move(paper)});
    auto const file = pdf_check::File::read(all[0].file.bytes);
    REQUIRE(file.has_value());
    for (auto const& finding : pdf_check::check(*file)) FAIL_CHECK(finding.rule << ": " << finding.message);
    std::string spoken;
    for (auto const& said : pdf_check::reading_order(*file)) spoken += said.role + " " + said.text + "\n";
    for (const char* words :
         {"P between NHS England and ", "Ελένη Παπαδοπούλου, Дмитрий Шостакович, محمد العلي & דוד כהן",
          "Nguyễn Thị Ánh – Zażółć gęślą jaźń", "(born 1970)", "שָׁלוֹם and مُحَمَّد", "TD מנהל, clause 8.5\n",
          "הצדדים מסכימים על סעיף 8.5 (גרסה 6) של ה-API.", "يلتزم الطرفان بالبند 8.5 من الاتفاقية (الإصدار 6.1).",
          "لا إله إلا هو؛ الخدمة متاحة ٢٤ ساعة."}) {
        CHECK_MESSAGE(spoken.find(words) != std::string::npos, words);
    }
    // Another program reads the same words.
    Folder const folder;
    std::string read = run("pdfinfo -struct-text " + folder.save("paper.pdf", all[0].file.bytes)).output;
    // It sets each stretch of an element into quotation marks of its own.
    std::erase(read, '"');
    read = squeezed(read);
    for (const char* words :
         {"محمد العلي", "דוד כהן", "Ελένη Παπαδοπούλου", "Nguyễn Thị Ánh", "يلتزم الطرفان بالبند 8.5"})
        CHECK_MESSAGE(read.find(squeezed(words)) != std::string::npos, words);
    // And one that goes by where the letters stand takes no word for two.
    need("pdftotext");
    std::string const by_place = run("pdftotext " + folder.save("paper.pdf", all[0].file.bytes) + " -").output;
    for (const char* words : {"محمد", "يلتزم الطرفان بالبند", "الخدمة متاحة", "הצדדים מסכימים על סעיף"})
        CHECK_MESSAGE(by_place.find(words) != std::string::npos, words);
}

TEST_CASE("names in the scripts of the world are set, read back, and conform; what has no glyph is named") {
    need("pdftotext");
    need("qpdf");
    Folder const folder;
    auto set = fonts();
    auto const paper_of = [](const std::string& name) {
        return changed_paper("CNTR0000001", [&](lifecycle::Workspace& workspace) {
            const auto& agreement = workspace.agreements.at("CNTR0000001");
            auto account = workspace.accounts.at(agreement.account);
            auto product = workspace.products.at(agreement.products.front());
            account.name = product.name = name;
            workspace.put(account);
            workspace.put(product);
        });
    };
    struct Case {
        std::string name, read;
    };
    for (auto const& [name, read] :
         std::vector<Case>{{"张伟", ""},
                           {"陳大文", ""},
                           {"山田さくら", ""},
                           {"홍길동 金", ""},
                           {"রহিম উদ্দিন", ""},
                           {"শ্রী কৃষ্ণ", ""},
                           {"স্ত্রী প্রিয়াঙ্কা", ""},
                           {"ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", ""},
                           {"प्रिया क्षत्रिय", ""},
                           {"முருகன்", ""},
                           {"สมชาย น้ำ", ""},
                           {"გიორგი", ""},
                           {"አበበ በቂላ", ""},
                           {"Արամ", ""},
                           {"રાજેશ કૃષ્ણ", ""},
                           {"ରାମ ପ୍ରିୟା", ""},
                           {"రాము", ""},
                           {"ಕೃಷ್ಣ", ""},
                           {"രാമൻ", ""},
                           {"නිමල්", ""},
                           {"ສົມຊາຍ", ""},
                           {"ស្រី", ""},
                           {"မောင်မောင်", ""},
                           {"Jo 👩‍👩‍👧‍👦 ❤️ 👍🏽 🇬🇧 1️⃣", ""},
                           {"张伟 & Иван", ""},
                           {"♞ ☃", ""},
                           {"A\uE000B", "A[U+E000]B"},
                           {"A\u0378", "A[U+0378]"},
                           {"A\uFFFF", "A[U+FFFF]"},
                           {"ᏣᎳᎩ", "[U+13E3][U+13B3][U+13A9]"},
                           {"Acme \u202EHealth", "Acme [U+202E]Health"},
                           {"a\u0001\u0085b", "a[U+0001][U+0085]b"},
                           {"a\u2028b", "a b"},
                           {"\xFF", "\uFFFD"}}) {
        CAPTURE(name);
        auto const written = platform::write_from_folder(CA_FONTS_DIR, set, paper_of(name));
        REQUIRE_MESSAGE(written.has_value(), (written ? "" : written.error().message));
        auto const file = pdf_check::File::read(written->bytes);
        REQUIRE(file.has_value());
        for (auto const& finding : pdf_check::check(*file)) FAIL_CHECK(finding.rule << ": " << finding.message);
        std::string spoken;
        for (auto const& said : pdf_check::reading_order(*file)) spoken += said.text + "\n";
        std::string const& wanted = read.empty() ? name : read;
        CHECK_MESSAGE(spoken.find(wanted) != std::string::npos, wanted);
        std::string const path = folder.save("paper.pdf", written->bytes);
        CHECK(run("qpdf --check " + path).status == 0);
        CHECK_MESSAGE(run("pdftotext " + path + " -").output.find(wanted) != std::string::npos, wanted);
    }
}

TEST_CASE("a name that runs from the right stands alone: the code beside it stays where it was") {
    auto const document = changed_paper("CNTR0000001", [](lifecycle::Workspace& workspace) {
        auto account = workspace.accounts.at(workspace.agreements.at("CNTR0000001").account);
        account.name = "דוד 25";
        workspace.put(account);
    });
    std::string text = documents::to_plain_text(document);
    CHECK(text.find("\u2068דוד 25\u2069 (") != std::string::npos);
}

TEST_CASE("terms in letters that no font has are refused, with the code point and the place") {
    auto set = fonts();
    auto const in_clause = changed_paper("CNTR0000001", [](lifecycle::Workspace& workspace) {
        auto terms = workspace.terms.front();
        terms.standard_terms = "# Terms\n\n## 8. Change\n\n8.1 Fine.\n\n8.2 Private: \uE000.\n";
        workspace.put(terms);
    });
    auto const refused = platform::write_from_folder(CA_FONTS_DIR, set, in_clause);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == "unknown_character");
    CHECK(refused.error().message.find("U+E000") != std::string::npos);
    CHECK(refused.error().message.ends_with("It is in “8.2”, under “8. Change”."));
}
