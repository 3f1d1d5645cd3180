// Any bytes as Markdown: never a crash, and what comes out keeps the rules of blocks.
#include "documents/block_rules.h"
#include "documents/markdown.h"
#include "documents/plain_text.h"

#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ca::documents;
    std::string_view const text(reinterpret_cast<const char*>(data), size);
    for (bool const lift : {false, true}) {
        auto const markdown =
            parse_markdown(text, {.top_level = lift ? 2 : 1, .id_prefix = lift ? "p-" : "", .lift_title = lift});
        if (!markdown) {
            if (markdown.error().code.empty() || markdown.error().message.empty()) std::abort();
            continue;
        }
        std::string const broken = testing::BlockRules::broken(markdown->blocks, lift ? 2 : 1);
        if (!broken.empty()) {
            std::fprintf(stderr, "%s\n", broken.c_str());
            std::abort();
        }
        if (!ca::is_valid_utf8(to_plain_text(markdown->blocks))) std::abort();
    }
    return 0;
}
