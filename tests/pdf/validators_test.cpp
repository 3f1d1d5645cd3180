// What other people's programs say about the files: qpdf, poppler, MuPDF, PDFBox's preflight and pdf.js.
// `scripts/setup pdf` brings them; without them these tests fail and say so.
#include "pdf/pdf.h"
#include "pdf/sample.h"
#include "pdf_check/pdf_file.h"
#include "support/other_programs.h"

#include "base/text.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <functional>

using namespace ca;
using namespace ca::test;

namespace {

const pdf::FontSet& fonts() {
    static const pdf::FontSet set = pdf::sample::fonts(CA_FONTS_DIR);
    return set;
}

std::string written(pdf::Profile profile) {
    documents::Document document = pdf::sample::everything();
    if (profile == pdf::Profile::a1b) document.attachments.clear();
    auto const file = pdf::write(document, fonts(), {.profile = profile});
    REQUIRE(file.has_value());
    return file->bytes;
}

std::string preflight(const std::string& path) {
    std::string jars;
    for (const char* jar : {"pdfbox2", "fontbox2", "preflight", "xmpbox", "commons-logging", "commons-io",
                            "javax.activation", "jaxb-api"}) {
        std::string const file = std::string("/usr/share/java/") + jar + ".jar";
        REQUIRE_MESSAGE(std::filesystem::exists(file), file << " is not here: scripts/setup pdf brings it");
        jars += file + ":";
    }
    need("java");
    return run("java -cp " + jars + " org.apache.pdfbox.preflight.Validator_A1b " + path).output;
}

}  // namespace

TEST_CASE("qpdf checks the file without a warning") {
    need("qpdf");
    Folder const folder;
    for (pdf::Profile const profile : {pdf::Profile::a3ua, pdf::Profile::a1b}) {
        Outcome const outcome = run("qpdf --check " + folder.save("file.pdf", written(profile)));
        CHECK(outcome.status == 0);
        CHECK(outcome.output.find("WARNING") == std::string::npos);
        CHECK(outcome.output.find("No syntax or stream encoding errors found") != std::string::npos);
    }
    std::string const bytes = written(pdf::Profile::a3ua);
    CHECK(run("qpdf --check " + folder.save("broken.pdf", bytes.substr(0, bytes.size() - 200))).status != 0);
}

TEST_CASE("poppler reads the structure in silence, and the words in order") {
    need("pdfinfo");
    Folder const folder;
    std::string const path = folder.save("file.pdf", written(pdf::Profile::a3ua));
    CHECK(complaints("pdfinfo -struct " + path) == "");
    std::string const facts = run("pdfinfo " + path).output;
    CHECK(facts.find("Tagged:          yes") != std::string::npos);
    CHECK(facts.find("JavaScript:      no") != std::string::npos);
    CHECK(facts.find("Encrypted:       no") != std::string::npos);

    std::string const text = run("pdftotext " + path + " -").output;
    std::size_t at = 0;
    for (std::string const words :
         {"Between the service and Sample Organisation Ltd", "Products", "This agreement binds nobody", "Contents",
          "Duties of part 1", "2.9", "Exceptions", "What is paid, and when", "Month 1", "Month 40",
          "Ελληνικά, Русский, Việt, Čeština"}) {
        auto const found = text.find(words, at);
        CHECK_MESSAGE(found != std::string::npos, "not in its place: " << words);
        if (found != std::string::npos) at = found;
    }
    std::string const structure = run("pdfinfo -struct-text " + path).output;
    CHECK(structure.find("הסכם (גרסה 6) בין הצדדים, 2025.") != std::string::npos);
    CHECK(structure.find("/ListNumbering /Decimal") != std::string::npos);
}

TEST_CASE("every page carries its status in words and its number") {
    need("pdftotext");
    Folder const folder;
    auto const file = pdf::write(pdf::sample::everything(), fonts());
    REQUIRE(file.has_value());
    std::string const path = folder.save("file.pdf", file->bytes);
    for (int page = 1; page <= file->page_count; ++page) {
        std::string const number = std::to_string(page);
        std::string const text = run("pdftotext -f " + number + " -l " + number + " " + path + " -").output;
        CHECK(text.find("DRAFT – not yet accepted") != std::string::npos);
        CHECK(text.find("Page " + number + " of " + std::to_string(file->page_count)) != std::string::npos);
    }
}

TEST_CASE("MuPDF finds nothing to complain about") {
    need("mutool");
    Folder const folder;
    std::string const path = folder.save("file.pdf", written(pdf::Profile::a3ua));
    Outcome const drawn = run("mutool draw -F text -o /dev/null " + path);
    CHECK(drawn.status == 0);
    for (std::string const& line : split(drawn.output, '\n')) {
        // Debian builds it without colour management.
        bool const expected =
            line.empty() || line.starts_with("page ") || line.ends_with("ICC support is not available");
        CHECK_MESSAGE(expected, line);
    }
}

TEST_CASE("PDFBox's preflight accepts the PDF/A-1b variant and no tampered one") {
    Folder const folder;
    std::string const bytes = written(pdf::Profile::a1b);
    CHECK(preflight(folder.save("good.pdf", bytes)).find("is a valid PDF/A-1b file") != std::string::npos);

    auto tampered = [&](std::string_view from, std::string_view to) {
        REQUIRE(from.size() == to.size());
        std::string copy = bytes;
        for (auto at = copy.find(from); at != std::string::npos; at = copy.find(from, at))
            copy.replace(at, from.size(), to);
        REQUIRE(copy != bytes);
        return preflight(folder.save("tampered.pdf", copy));
    };
    CHECK(tampered("/CIDSet", "/CIDXet").find("is not a valid PDF/A-1b file") != std::string::npos);
    CHECK(tampered("<pdfaid:part>1", "<pdfaid:part>2").find("is not a valid PDF/A-1b file") != std::string::npos);
    CHECK(tampered("/OutputIntents", "/OutputXntents").find("is not a valid PDF/A-1b file") != std::string::npos);
}

TEST_CASE("pdf.js reads the structure tree in the order of the source") {
    need("node");
    std::string const source = CA_SOURCE_DIR;
    if (!std::filesystem::exists(source + "/web/node_modules/pdfjs-dist")) {
        FAIL("web/node_modules is not here: scripts/setup node brings it");
    }
    Folder const folder;
    std::string const path = folder.save("file.pdf", written(pdf::Profile::a3ua));
    Outcome const outcome = run("node " + source + "/tests/pdf/structure_by_pdfjs.mjs " + path);
    REQUIRE_MESSAGE(outcome.status == 0, outcome.output);
    std::size_t at = 0;
    for (std::string const words :
         {"H1\tConnection agreement CNTR0009999", "P\tBetween the service", "Link\tclause 2", "TH\tNumber",
          "TD\tCNTR0009999", "TD\tFirst product Second product", "H2\tContents", "Link\t1. Duties of part 1",
          "H2\t1. Duties of part 1", "Lbl\t1.1", "H3\t1.9 Exceptions", "Caption\tWhat is paid, and when", "TH\tMonth",
          "TH\tMonth 40", "Code\t{"}) {
        auto const found = outcome.output.find(words, at);
        CHECK_MESSAGE(found != std::string::npos, "not in its place: " << words);
        if (found != std::string::npos) at = found;
    }
}

namespace {

// The sample, read and written again with one change.
std::string changed(const std::function<void(pdf_check::File&)>& change) {
    auto file = pdf_check::File::read(written(pdf::Profile::a3ua));
    REQUIRE(file.has_value());
    change(*file);
    return file->written();
}

pdf_check::Value& element(pdf_check::File& file, std::string_view role) {
    for (auto& [number, object] : file.objects) {
        if (object.value["Type"].is_name("StructElem") && object.value["S"].is_name(role)) return object.value;
    }
    FAIL("there is no such element");
    std::abort();
}

void swap_blocks(pdf_check::File& file) {
    auto& kids = element(file, "Document").entries["K"].items;
    REQUIRE(kids.size() > 4);
    std::swap(kids[1], kids[3]);
}

}  // namespace

TEST_CASE(
    "poppler is not silent about a structure that is broken, and reads one that is in another order in that order") {
    need("pdfinfo");
    Folder const folder;
    auto const said = [&](const std::string& bytes) {
        return complaints("pdfinfo -struct " + folder.save("file.pdf", bytes));
    };
    CHECK(said(changed([](pdf_check::File&) {})) == "");
    CHECK(said(changed([](pdf_check::File& file) { element(file, "Code").entries.erase("S"); })) != "");
    auto const read = [&](const std::string& bytes) {
        return run("pdfinfo -struct-text " + folder.save("file.pdf", bytes)).output;
    };
    CHECK(read(changed([](pdf_check::File&) {})) != read(changed(swap_blocks)));
}

TEST_CASE("poppler takes the attached files out byte for byte") {
    need("pdfdetach");
    Folder const folder;
    std::string const path = folder.save("file.pdf", written(pdf::Profile::a3ua));
    auto const attachments = pdf::sample::everything().attachments;
    REQUIRE(attachments.size() == 2);
    for (std::size_t i = 0; i < attachments.size(); ++i) {
        std::string const out = folder / std::to_string(i);
        CHECK(run("pdfdetach -save " + std::to_string(i + 1) + " -o " + out + " " + path).status == 0);
        CHECK(pdf::sample::read_file(out) == attachments[i].bytes);
    }
}

TEST_CASE("pdf.js reads elements that changed places in their new order") {
    need("node");
    Folder const folder;
    auto const read = [&](const std::string& bytes) {
        Outcome const outcome = run("node " + std::string(CA_SOURCE_DIR) + "/tests/pdf/structure_by_pdfjs.mjs " +
                                    folder.save("file.pdf", bytes));
        REQUIRE_MESSAGE(outcome.status == 0, outcome.output);
        return outcome.output;
    };
    CHECK(read(changed([](pdf_check::File&) {})) != read(changed(swap_blocks)));
}

TEST_CASE("MuPDF complains about a font program that is cut off") {
    need("mutool");
    Folder const folder;
    std::string const path =
        folder.save("file.pdf", changed([](pdf_check::File& file) {
                        for (auto& [number, object] : file.objects) {
                            if (!object.value["Type"].is_name("FontDescriptor")) continue;
                            int const program = object.value["FontFile2"].reference;
                            return file.replace_stream(program, file.decoded(file.objects[program])->substr(0, 300));
                        }
                    }));
    std::string const said = run("mutool draw -F png -o /dev/null " + path).output;
    CHECK((said.find("error") != std::string::npos || said.find("warning: ") != std::string::npos));
}
