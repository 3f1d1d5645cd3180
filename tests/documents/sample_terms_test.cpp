// The sample world's terms are read and compared as any others are: what is said about them in their published changes
// is what the comparison finds.
#include "documents/block_rules.h"
#include "documents/compare.h"
#include "documents/markdown.h"
#include "documents/plain_text.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace ca;
using namespace ca::documents;

namespace {

std::string sample(const std::string& name) {
    std::ifstream file(std::string(CA_SOURCE_DIR) + "/src/app/sample_terms/" + name, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), name);
    return {std::istreambuf_iterator<char>(file), {}};
}

Markdown parsed(const std::string& name) {
    auto read = parse_markdown(sample(name), {.lift_title = true});
    REQUIRE(read.has_value());
    CHECK(testing::BlockRules::broken(read->blocks) == "");
    return *read;
}

}  // namespace

TEST_CASE("every sample text is sound and has a title") {
    std::size_t texts = 0;
    for (auto const& entry :
         std::filesystem::directory_iterator(std::string(CA_SOURCE_DIR) + "/src/app/sample_terms")) {
        CAPTURE(entry.path().filename().string());
        CHECK_FALSE(parsed(entry.path().filename().string()).title.empty());
        ++texts;
    }
    CHECK(texts == 11);
}

TEST_CASE("the standard terms have clause 8.5 under Change Management, as the guide says") {
    auto const markdown = parsed("standard-terms-6.0.md");
    auto const comparison = compare(markdown.blocks, markdown.blocks);
    bool found = false;
    for (const Clause& clause : comparison.clauses)
        found = found || (clause.after->number == "8.5" && clause.after->path.starts_with("8. Change Management"));
    CHECK(found);
    CHECK(comparison.clauses.size() > 70);
}

TEST_CASE("6.0 to 6.1: changed, moved, added and removed as published") {
    auto const comparison = compare(parsed("standard-terms-6.0.md").blocks, parsed("standard-terms-6.1.md").blocks);
    std::string told;
    for (const Clause& clause : comparison.clauses) {
        if (clause.change == ClauseChange::same) continue;
        told += std::string(to_words(clause.change)) + " " + clause.name() + "\n";
    }
    CHECK(told ==
          "changed 1.1\n"
          "changed 3.2\n"
          "changed 4.1\n"
          "changed 4.2\n"
          "changed 6.1\n"
          "changed 6.2\n"
          "added 6.3\n"
          "changed 8.4\n"
          "changed 8.5\n"
          "removed 10.2\n"
          "moved 13 Suspension\n"
          "changed 15.3\n"
          "changed 15.4\n"
          "changed 16.2\n"
          "added 18 Automated decision making\n"
          "added 18.1\n"
          "added 18.2\n"
          "added 18.3\n"
          "moved 19.3\n");
}
