#include "pages/text_search.h"

#include "base/text.h"
#include "documents/plain_text.h"

#include <algorithm>

namespace ca::pages {
namespace {

constexpr std::size_t words_before = 8, words_after = 20;

std::size_t how_many(std::string_view line, const std::vector<std::string>& words) {
    const auto folded = fold_for_search(line);
    return static_cast<std::size_t>(
        std::ranges::count_if(words, [&](const auto& word) { return folded.find(word) != std::string::npos; }));
}

// Some words of a line around the first that is looked for.
std::string cut(std::string_view line, const std::vector<std::string>& words) {
    auto all = split(trim(line), ' ');
    std::erase_if(all, [](const auto& word) { return word.empty(); });
    const auto found = std::ranges::find_if(all, [&](const auto& word) { return how_many(word, words) > 0; });
    const auto at = found == all.end() ? std::size_t{0} : static_cast<std::size_t>(found - all.begin());
    const auto from = at > words_before ? at - words_before : 0, until = std::min(all.size(), at + words_after);
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(from),
               last = all.begin() + static_cast<std::ptrdiff_t>(until);
    return (from > 0 ? "… " : "") + join(std::vector<std::string>(first, last), " ") + (until < all.size() ? " …" : "");
}

// Of the line that holds the most of the words; the first of such lines.
std::string words_around(const std::string& text, const std::vector<std::string>& words) {
    const auto lines = split(text, '\n');
    const auto best = std::ranges::max_element(lines, {}, [&](const auto& line) { return how_many(line, words); });
    return best == lines.end() || how_many(*best, words) == 0 ? std::string() : cut(*best, words);
}

}  // namespace

std::vector<std::string> words_to_find(std::string_view typed) {
    auto words = split(fold_for_search(trim(typed)), ' ');
    std::erase_if(words, [](const auto& word) { return word.empty(); });
    return words;
}

bool holds_all(std::string_view text, const std::vector<std::string>& words) {
    return how_many(text, words) == words.size();
}

std::vector<FoundPlace> find_in_text(const documents::Blocks& blocks, const std::vector<std::string>& words) {
    std::vector<FoundPlace> found;
    FoundPlace place;
    documents::Blocks under;
    const auto close = [&] {
        const auto text = documents::to_plain_text(under);
        if (holds_all(place.heading + "\n" + text, words)) {
            place.around = words_around(text, words);
            found.push_back(place);
        }
        under.clear();
    };
    for (const auto& block : blocks) {
        const auto* heading = std::get_if<documents::Heading>(&block);
        if (heading == nullptr) {
            under.push_back(block);
            continue;
        }
        close();
        place = {.heading = documents::to_text(heading->text), .id = heading->id, .around = {}};
    }
    close();
    return found;
}

}  // namespace ca::pages
