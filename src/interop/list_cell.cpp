#include "interop/list_cell.h"

#include "base/text.h"

#include <algorithm>
#include <optional>

namespace ca::interop {

namespace {

constexpr std::string_view white_space = " \t\r\n\f\v";

bool needs_quotes(std::string_view entry) {
    return entry.starts_with('"') || entry.find_first_of(",\r\n") != std::string_view::npos ||
           trim(entry).size() != entry.size();
}

// An entry at the beginning of `text`, and how many of its bytes it takes, up to the comma or the end.
struct Entry {
    std::string words;
    std::size_t length = 0;
};

// Where `text` goes on with a comma or ends, after white space.
std::optional<std::size_t> end_after(std::string_view text, std::size_t at) {
    at = std::min(text.find_first_not_of(white_space, at), text.size());
    return at == text.size() || text[at] == ',' ? std::optional(at) : std::nullopt;
}

std::optional<Entry> quoted_entry(std::string_view text) {
    if (!text.starts_with('"')) return std::nullopt;
    std::string words;
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (text[at] != '"') {
            words += text[at];
        } else if (at + 1 < text.size() && text[at + 1] == '"') {
            words += text[at++];
        } else if (auto const end = end_after(text, at + 1)) {
            return Entry{std::move(words), *end};
        } else {
            break;
        }
    }
    return std::nullopt;
}

std::optional<Entry> known_entry(std::string_view text, std::span<const std::string> known) {
    std::optional<Entry> longest;
    for (auto const& name : known) {
        if (is_blank(name) || !text.starts_with(name) || (longest && longest->words.size() >= name.size())) continue;
        if (auto const end = end_after(text, name.size())) longest = Entry{name, *end};
    }
    return longest;
}

Entry plain_entry(std::string_view text) {
    auto const end = std::min(text.find(','), text.size());
    return {std::string(trim(text.substr(0, end))), end};
}

void add_new(std::vector<std::string>& entries, std::string entry) {
    if (!is_blank(entry) && std::ranges::find(entries, entry) == entries.end()) entries.push_back(std::move(entry));
}

}  // namespace

std::string join_list(std::span<const std::string> entries, std::string_view separator) {
    std::vector<std::string> all, written;
    for (auto const& entry : entries) add_new(all, entry);
    for (auto const& entry : all) {
        if (!needs_quotes(entry)) {
            written.push_back(entry);
            continue;
        }
        std::string quoted = "\"";
        for (char const c : entry) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
        written.push_back(quoted + "\"");
    }
    return join(written, separator);
}

std::vector<std::string> split_list(std::string_view list, std::span<const std::string> known) {
    std::vector<std::string> entries;
    for (;;) {
        list.remove_prefix(std::min(list.find_first_not_of(white_space), list.size()));
        auto entry = quoted_entry(list);
        if (!entry) entry = known_entry(list, known);
        if (!entry) entry = plain_entry(list);
        add_new(entries, std::move(entry->words));
        if (entry->length >= list.size()) return entries;
        list.remove_prefix(entry->length + 1);
    }
}

}  // namespace ca::interop
