// The same record, the same bytes: from run to run, in slices or at once, and on every machine.
//
// tests/pdf/expected/sample.sha256 holds the hashes of the sample document; tests/browser/pdf_bytes.test.mjs compares
// the WebAssembly writer with the same file. After a change that is meant:  CA_REGENERATE=1 build/cli/test_pdf
// -tc="*hash*"
#include "pdf/pdf.h"
#include "pdf/sample.h"

#include "base/sha256.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

using namespace ca;

namespace {

const pdf::FontSet& fonts() {
    static const pdf::FontSet set = pdf::sample::fonts(CA_FONTS_DIR);
    return set;
}

std::string bytes_of(pdf::Options const& options = {}) {
    documents::Document document = pdf::sample::everything();
    if (options.profile == pdf::Profile::a1b) document.attachments.clear();
    auto file = pdf::write(document, fonts(), options);
    REQUIRE(file.has_value());
    return std::move(file->bytes);
}

}  // namespace

TEST_CASE("the sample's hash is the expected one, here as everywhere") {
    std::string const path = std::string(CA_SOURCE_DIR) + "/tests/pdf/expected/sample.sha256";
    std::string const found =
        sha256_hex(bytes_of()) + "  a3ua\n" + sha256_hex(bytes_of({.profile = pdf::Profile::a1b})) + "  a1b\n";
    if (std::getenv("CA_REGENERATE") != nullptr) std::ofstream(path, std::ios::binary) << found;
    CHECK(pdf::sample::read_file(path) == found);
}

TEST_CASE("two runs make the same bytes, with fonts opened anew") {
    pdf::FontSet const other = pdf::sample::fonts(CA_FONTS_DIR);
    auto const file = pdf::write(pdf::sample::everything(), other);
    REQUIRE(file.has_value());
    CHECK(file->bytes == bytes_of());
}

TEST_CASE("a writing in slices makes the same bytes, and tells its progress") {
    documents::Document const document = pdf::sample::everything();
    pdf::Writing writing(document, fonts());
    int slices = 1, last = writing.progress_permille();
    CHECK(last == 0);
    while (writing.advance()) {
        ++slices;
        CHECK(writing.progress_permille() >= last);
        last = writing.progress_permille();
    }
    CHECK(writing.progress_permille() == 1000);
    CHECK(slices > 15);
    auto const file = writing.take();
    REQUIRE(file.has_value());
    CHECK(file->bytes == bytes_of());
}

TEST_CASE("another word, date or title is another file with another identifier") {
    documents::Document document = pdf::sample::least();
    auto const first = pdf::write(document, fonts());
    document.created = Instant{1};
    auto const second = pdf::write(document, fonts());
    REQUIRE((first.has_value() && second.has_value()));
    auto id = [](const std::string& bytes) {
        auto const at = bytes.rfind("/ID[");
        return bytes.substr(at, 36);
    };
    CHECK(first->bytes != second->bytes);
    CHECK(id(first->bytes) != id(second->bytes));
}

TEST_CASE("nothing of this machine is in the file") {
    std::string const bytes = bytes_of({.compress = false});
    for (const char* trace : {"/root", "/home", "/tmp", ".ttf", "202601", "202602"})
        CHECK(bytes.find(trace) == std::string::npos);
}
