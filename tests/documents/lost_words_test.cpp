#include "documents/lost_words.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace ca;
using namespace ca::documents;

namespace {

// "7: unless caused by fraud", one a line.
std::string lost(std::string_view text) {
    auto const lines = lost_lines(text);
    REQUIRE(lines.has_value());
    std::string told;
    for (const LostLine& line : *lines)
        told += std::to_string(line.line) + ": " + (line.words.empty() ? line.numbers : line.words) + "\n";
    return told;
}

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("words that Markdown drops are named with their line") {
    CHECK(lost("| a | b |\n|---|---|\n| c | d | unless caused by fraud |\n") == "3: unless caused by fraud\n");
    CHECK(lost("Text.\n\n[Liability]: unlimited \"as agreed\"\n") == "3: Liability]: unlimited \"as agreed\n");
    CHECK(lost("[1]: \xc2\xa3"
               "500\n\nText 1.\n") ==
          "1: 1]: \xc2\xa3"
          "500\n");
    CHECK(lost("One <!-- not --> two.\n") == "1: not\n");
    CHECK(lost("[words](https://a.example \"but not on Sundays\")\n") == "1: but not on Sundays\n");
    CHECK(lost("[Fee](unlimited)\n") == "1: unlimited\n");
    CHECK(lost("R&D[Fee](unlimited); and so on\n") == "1: unlimited\n");  // no character reference
    CHECK(lost("```except fraud\ncode\n```\n") == "1: except fraud\n");
    CHECK(lost("<span title=\"never\">words</span>\n") == "1: never\n");
    CHECK(lost("<span Unlimited>Fee</span>\n") == "1: Unlimited\n");
    CHECK(lost("<span hidden>words</span>\n") == "");
    CHECK(lost("---\nFee: 500\n---\n\nText.\n") == "2: Fee: 500\n");
}

TEST_CASE("a list with other numbers than it is written with is named once") {
    CHECK(lost("1. a\n1. b\n1. c\n") == "2: 1, 1, 1 here and 1, 2, 3 in the document\n");
    CHECK(lost("3. a\n7. b\n") == "2: 3, 7 here and 3, 4 in the document\n");
    CHECK(lost("3. a\n4. b\n").empty());
}

TEST_CASE("a sound text loses nothing") {
    for (std::string_view const text :
         {"---\ntitle: Terms\nversion: 6.0\n---\n\n# Terms\n\n## 8. A\n\n8.1 One:\n\n(a) x;\n\n(b) y.\n",
          "**a**_b_ `c  d` &pound;5 caf&eacute; \\*e\\*\n",
          "[w](https://a.example/b), [x](/policy/y), [z](#a) and [q][r], [s].\n\n[r]: https://r.example\n[s]: "
          "https://s.example\n",
          "> [!NOTE]\n> mind this\n", "<https://a.example> and a@b.example\n",
          "<a name=\"x\"></a>\n\n<div class=\"y\">words<br>here</div>\n", "| a | b |\n|:-:|--:|\n| `c` | 5% |\n",
          "Title\n=====\n\nText\r\nmore\r\n", "- a\n  - b\n    1. c\n"}) {
        CAPTURE(text);
        CHECK(lost(text) == "");
    }
    for (auto const& entry :
         std::filesystem::directory_iterator(std::string(CA_SOURCE_DIR) + "/src/app/sample_terms")) {
        CAPTURE(entry.path().filename().string());
        std::string const told = lost(read(entry.path().string()));
        CHECK((told.empty() || told == "4: Written for the sample data of this portal. It binds nobody\n"));
    }
}
