// Any two texts compared (the input up to a line of "=====" and the rest): never a crash; counts add up; without the deleted
// words a clause says what the new version says; swapping the versions swaps added and removed of the identical ones.
#include "documents/block_rules.h"
#include "documents/compare.h"
#include "documents/markdown.h"

#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ca::documents;
    std::string_view const text(reinterpret_cast<const char*>(data), size);
    std::size_t const border = text.find("\n=====\n");
    std::string_view const first = text.substr(0, border);
    std::string_view const second = border == std::string_view::npos ? std::string_view{} : text.substr(border + 7);
    auto const before = parse_markdown(first);
    auto const after = parse_markdown(second);
    if (!before || !after) return 0;
    auto const comparison = compare(before->blocks, after->blocks);
    for (const Clause& clause : comparison.clauses) {
        bool const sides = clause.before.has_value() == (clause.change != ClauseChange::added) && clause.after.has_value() == (clause.change != ClauseChange::removed);
        if (!sides || clause.name().empty()) std::abort();
        if (std::string const broken = testing::BlockRules::broken(clause.blocks); !broken.empty() && broken != "an empty paragraph") {
            std::fprintf(stderr, "%s\n", broken.c_str());
            std::abort();
        }
    }
    if (!compare(after->blocks, after->blocks).counts().nothing_changed()) std::abort();
    Counts const there = comparison.counts();
    Counts const back = compare(after->blocks, before->blocks).counts();
    if (there.added + there.same + there.changed + there.moved != back.removed + back.same + back.changed + back.moved) std::abort();
    return 0;
}
