#include "interop/recognise.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <span>

namespace ca::interop {

namespace {

constexpr std::string_view what_can_be_imported =
    " What can be imported: ServiceNow tables exported as JSON, a backup of this portal, or terms as a Markdown "
    "document.";

Recognised unknown(std::string_view what) {
    return {FileKind::unknown, std::string(what) + std::string(what_can_be_imported)};
}

constexpr std::array<std::string_view, 2> table_endings = {".csv", ".tsv"};
constexpr std::array<std::string_view, 3> text_endings = {".md", ".markdown", ".txt"};

bool ends_with_any(std::string_view name, std::span<const std::string_view> endings) {
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return name.ends_with(ending); });
}

// "1.", "2.1", "(a)", "b)", "-", "•": what a line of a numbered or bulleted text begins with, before a tab.
bool is_list_marker(std::string_view cell) {
    auto const text = trim(cell);
    bool const is_bullet = text == "-" || text == "*" || text == "•" || text == "–";
    bool const is_number =
        text.find_first_not_of("0123456789.") == std::string_view::npos && text.find('.') != std::string_view::npos;
    bool const is_letter = text.size() >= 2 && text.size() <= 6 && text.back() == ')';
    return text.empty() || is_bullet || is_number || is_letter;
}

// A table that a spreadsheet has saved as text: cells separated by tabs on every line. Cells in quotation marks may
// hold line breaks. A text whose every clause is "1.<tab>Words" is none.
bool is_tab_separated(std::string_view text) {
    std::vector<std::string_view> rows;
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && text[i] == '"' && (quoted || i == begin || text[i - 1] == '\t')) quoted = !quoted;
        if (i < text.size() && (quoted || text[i] != '\n')) continue;
        if (auto const row = text.substr(begin, i - begin); !is_blank(row)) rows.push_back(row);
        begin = i + 1;
    }
    auto const is_row = [](std::string_view row) { return trim(row).find('\t') != std::string_view::npos; };
    return !quoted && !rows.empty() && std::all_of(rows.begin(), rows.end(), is_row) &&
           !is_list_marker(rows.front().substr(0, rows.front().find('\t')));
}

bool is_web_page(std::string_view text) {
    constexpr std::size_t looked_at = 16;
    auto const start = to_ascii_lower(text.substr(0, looked_at));
    return start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<head") ||
           start.starts_with("<body");
}

}  // namespace

Recognised recognise(std::string_view file_name, std::string_view bytes) {
    auto const name = to_ascii_lower(file_name);
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
    if (is_blank(bytes)) return unknown("The file is empty.");
    if (bytes.find_first_not_of('\0') == std::string_view::npos)
        return unknown("The file holds nothing but zeros: it was damaged where it was kept. Export it again.");

    struct Signature {
        std::string_view start;
        std::string_view what;
    };
    static constexpr std::array<Signature, 12> others = {{
        {"%PDF-", "This is a PDF. To check a downloaded agreement, open “Check a downloaded agreement”."},
        {"PK\x03\x04", "This is a ZIP archive, a spreadsheet or a Word document."},
        {"\xd0\xcf\x11\xe0", "This is an old Excel or Word document."},
        {"\x1f\x8b", "This is a compressed file. Unpack it first."},
        {"BZh", "This is a compressed file. Unpack it first."},
        {"7z\xbc\xaf", "This is a compressed file. Unpack it first."},
        {"\xfd"
         "7zXZ",
         "This is a compressed file. Unpack it first."},
        {"\x28\xb5\x2f\xfd", "This is a compressed file. Unpack it first."},
        {"{\\rtf", "This is a document of a word processor (RTF)."},
        {"\x89PNG", "This is a picture."},
        {"\xff\xd8\xff", "This is a picture."},
        {"<?xml", "This is XML. Export from ServiceNow as JSON instead."},
    }};
    for (auto const& [start, what] : others)
        if (bytes.starts_with(start)) return unknown(what);
    bool const has_mark = bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff");
    auto const is_printed = [](char c) { return c > ' ' && c <= '~'; };
    bool const is_in_pairs =
        bytes.size() >= 2 && ((bytes[0] == '\0' && is_printed(bytes[1])) || (is_printed(bytes[0]) && bytes[1] == '\0'));
    if (has_mark || is_in_pairs) return unknown("This file is UTF-16. Save it as UTF-8.");

    auto const text = bytes.substr(bytes.find_first_not_of(" \t\r\n"));
    if (text.front() == '{') {
        // A backup starts with its header line: {"backup":"connection-agreements",…
        auto const after_brace =
            text.substr(1).substr(std::min(text.substr(1).find_first_not_of(" \t\r\n"), text.size() - 1));
        if (after_brace.starts_with("\"backup\"")) return {FileKind::backup, "a backup of this portal"};
        return {FileKind::servicenow, "a ServiceNow export"};
    }
    if (is_web_page(text))
        return unknown(
            "This is a web page, perhaps the one that asks to sign in. Sign in to ServiceNow, export again, and look "
            "that the file starts with {.");
    if (text.front() == '<' && !ends_with_any(name, text_endings))
        return unknown("This is XML. Export from ServiceNow as JSON instead.");
    if (text.front() == '[' && name.ends_with(".json"))
        return unknown("This JSON is a bare list. An export of ServiceNow's Table API has a list called “result”.");
    if (name.ends_with(".json")) return {FileKind::servicenow, "a ServiceNow export"};

    if (!is_valid_utf8(bytes) || bytes.find('\0') != std::string_view::npos)
        return unknown("This is not a text file in UTF-8.");
    bool const has_text_name = ends_with_any(name, text_endings);
    bool const has_front_matter = bytes.starts_with("---\n") || bytes.starts_with("---\r\n");
    bool const has_heading = text.starts_with("# ") || bytes.find("\n# ") != std::string_view::npos ||
                             bytes.find("\n## ") != std::string_view::npos;
    if (ends_with_any(name, table_endings))
        return unknown("This is a table of comma-separated values. Export from ServiceNow as JSON instead.");
    if (!has_front_matter && !has_heading && is_tab_separated(bytes))
        return unknown("This is a table with tabs between its cells. Export from ServiceNow as JSON instead.");
    if (has_text_name || has_front_matter || has_heading) return {FileKind::terms, "a terms document"};
    return unknown("The portal cannot tell what this file is.");
}

}  // namespace ca::interop
