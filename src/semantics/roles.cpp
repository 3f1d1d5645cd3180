#include "semantics/roles.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace ca::semantics {

namespace {

struct Entry {
    Role role;
    std::string_view word;
    bool text = false, control = false;
};

constexpr auto table = std::to_array<Entry>({
    {Role::generic, "generic", true},
    {Role::banner, "banner"},
    {Role::navigation, "navigation"},
    {Role::search, "search"},
    {Role::main, "main"},
    {Role::contentinfo, "contentinfo"},
    {Role::region, "region"},
    {Role::article, "article"},
    {Role::form, "form"},
    {Role::group, "group"},
    {Role::heading, "heading", true},
    {Role::paragraph, "paragraph", true},
    {Role::text, "text", true},
    {Role::quote, "quote", true},
    {Role::code, "code", true},
    {Role::separator, "separator"},
    {Role::list, "list"},
    {Role::list_item, "list_item", true},
    {Role::description_list, "description_list"},
    {Role::field, "field"},
    {Role::term, "term", true},
    {Role::definition, "definition", true},
    {Role::table, "table"},
    {Role::row_group, "row_group"},
    {Role::row, "row"},
    {Role::column_header, "column_header", true},
    {Role::row_header, "row_header", true},
    {Role::cell, "cell", true},
    {Role::link, "link", true, true},
    {Role::button, "button", true, true},
    {Role::checkbox, "checkbox", false, true},
    {Role::radio, "radio", false, true},
    {Role::textbox, "textbox", false, true},
    {Role::searchbox, "searchbox", false, true},
    {Role::select, "select", false, true},
    {Role::file_input, "file_input", false, true},
    {Role::dialog, "dialog"},
    {Role::alert, "alert", true},
    {Role::status, "status", true},
    {Role::log, "log"},
    {Role::progress, "progress"},
    {Role::image, "image"},
    {Role::tag, "tag", true},
    {Role::note, "note", true},
});

constexpr bool in_order() {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (static_cast<std::size_t>(table[i].role) != i) return false;
    return true;
}
static_assert(in_order(), "the table stands in the order of Role, so that a role is its index");

const Entry& entry(Role role) { return table.at(static_cast<std::size_t>(role)); }

}  // namespace

std::string_view to_word(Role role) { return entry(role).word; }
bool bears_text(Role role) { return entry(role).text; }
bool is_control(Role role) { return entry(role).control; }

std::optional<Role> role_from_word(std::string_view word) {
    const auto* found = std::ranges::find(table, word, &Entry::word);
    if (found == table.end()) return std::nullopt;
    return found->role;
}

}  // namespace ca::semantics
