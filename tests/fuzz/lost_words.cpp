// Terms made of words that each stand once, between markup as the input says: every word is in the document, or the
// line that it stands on is named with it. Not named is what is no word of the terms: where a link leads.
//
// Any bytes as well: a line that is named is there, and so are its words on it.
#include "base/text.h"
#include "documents/lost_words.h"
#include "documents/markdown.h"
#include "documents/plain_text.h"
#include "support/fuzzing.h"

#include <algorithm>
#include <array>

namespace {

using namespace ca;
using fuzzing::require;

// Each stands for one byte of the input; "@" becomes a word.
constexpr auto markup =
    std::to_array<std::string_view>({"@",
                                     "@ ",
                                     " @",
                                     "\n",
                                     "\n\n",
                                     " ",
                                     "    ",
                                     "# @\n",
                                     "\n## @\n",
                                     "\n* @",
                                     "\n- @",
                                     "\n1. @",
                                     "\n7) @",
                                     "\n   ",
                                     "\n> @",
                                     "> ",
                                     "*",
                                     "**",
                                     "_",
                                     "~~",
                                     "`",
                                     "``",
                                     "\n```\n",
                                     "\n``` @\n",
                                     "\n~~~\n",
                                     "[",
                                     "]",
                                     "(",
                                     ")",
                                     "[@](@)",
                                     "[@](#@)",
                                     "[@](https://example.org/@)",
                                     "[@](https://example.org \"@\")",
                                     "![@](@)",
                                     "[@]",
                                     "\n[@]: @",
                                     "\n[@]: https://example.org '@'\n",
                                     "[one]",
                                     "\n[one]: https://example.org/@\n",
                                     "[one]: @ \"@\"",
                                     "<https://example.org/@>",
                                     "<@>",
                                     "<",
                                     ">",
                                     "<!-- @ -->",
                                     "<!--",
                                     "-->",
                                     "<b>",
                                     "</b>",
                                     "<br>",
                                     "<p title=\"@\">",
                                     "<span @>",
                                     "<div>\n",
                                     "\n</div>\n",
                                     "<img alt=\"@\" src=\"@\">",
                                     "<td>",
                                     "<?@?>",
                                     "<![CDATA[@]]>",
                                     "<!X @>",
                                     "|",
                                     " | @",
                                     "\n| @ | @ |\n|---|---|\n",
                                     "\n|@|",
                                     "---",
                                     "\n---\n",
                                     "===",
                                     "\n===\n",
                                     "\\",
                                     "\\[",
                                     "&amp;",
                                     "&#65;",
                                     "&@;",
                                     "&",
                                     ";",
                                     ":",
                                     "!",
                                     "\"",
                                     "'",
                                     "=",
                                     "\t",
                                     "\r\n",
                                     "\n\n    @\n",
                                     "(a) @",
                                     "\n\n8.1 @",
                                     "8. ",
                                     "[!NOTE]\n> @",
                                     "[^@]",
                                     "\n[^@]: @",
                                     "- [ ] @",
                                     "<table><tr><td>@</td></tr></table>",
                                     "\n\n<table>\n<tr><th>@</th></tr>\n<tr><td>@</td></tr>\n</table>\n\n",
                                     "title: @\n",
                                     "---\nfee: @\n---\n"});

// "qaaa", "qaab", …: of one length, so none is part of another, and no name of a tag or a key.
std::string word(std::size_t number) {
    std::string letters = "qaaaq";
    for (std::size_t at = 3; at > 0; --at, number /= 26) letters[at] = static_cast<char>('a' + number % 26);
    return letters;
}

struct Source {
    std::string text;
    std::vector<std::pair<std::string, std::size_t>> words;  // with the line of each
};

Source made_of(std::string_view input) {
    Source source;
    std::size_t line = 1;
    for (char const c : input) {
        for (char const sign : markup[static_cast<unsigned char>(c) % markup.size()]) {
            if (sign == '@') {
                source.words.emplace_back(word(source.words.size()), line);
                source.text += source.words.back().first;
            } else {
                source.text += sign;
                line += sign == '\n';
            }
        }
    }
    return source;
}

// What the header of lost_words.h says is not named: an address that is a path or a place of the web.
bool may_be_passed_over(const Source& source, std::string_view word) {
    auto const at = source.text.find(word);
    auto const before = std::string_view(source.text).substr(0, at);
    auto const start = before.find_last_of(" \t\r\n(<>[\"'");
    auto const address = before.substr(start == std::string_view::npos ? 0 : start + 1);
    return address.starts_with('#') || address.starts_with('/') || address.starts_with('?') ||
           address.starts_with("./") || address.starts_with("../") || address.starts_with("https:");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto const [which, rest] = fuzzing::choose(data, size);
    bool const any_bytes = which == 'b';
    if (rest.size() > 2'000) return 0;
    Source source = any_bytes ? Source{std::string(rest), {}} : made_of(rest);
    auto const markdown = documents::parse_markdown(source.text);
    auto const lost = documents::lost_lines(source.text);
    require(markdown.has_value() == lost.has_value(), "lines of what cannot be read");
    if (!lost) {
        require(lost.error() == markdown.error(), "another error than the text's own");
        return 0;
    }
    auto const lines = split(source.text, '\n');
    std::size_t last = 0;
    for (auto const& each : *lost) {
        require(each.line > last, "lines out of order, or one twice");
        last = each.line;
        require(!each.words.empty() || !each.numbers.empty(), "a line without a word on it");
        require(!each.sentence().empty() && is_valid_utf8(each.sentence()), "a sentence that is no text");
        // A lone carriage return ends a line as well.
        if (source.text.find('\r') == std::string::npos) {
            require(each.line <= lines.size(), "a line that is not there");
            for (auto const& part : split(each.words, ' '))
                if (part != "\xe2\x80\xa6")
                    require(lines[each.line - 1].contains(part), "a word that is not on its line");
        }
    }
    auto const shown = documents::to_plain_text(markdown->blocks) + markdown->title;
    for (auto const& [word, line] : source.words) {
        if (shown.contains(word)) continue;
        auto const told = std::ranges::find(*lost, line, &documents::LostLine::line);
        if (told != lost->end() && told->words.contains(word)) continue;
        if (may_be_passed_over(source, word)) continue;
        std::cerr << source.text << "\n==== " << word << ", line " << line << '\n';
        require(false, "a word that is nowhere");
    }
    return 0;
}
