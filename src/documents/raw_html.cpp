#include "documents/raw_html.h"

#include "base/text.h"
#include "documents/markdown.h"

#include <algorithm>
#include <array>
#include <optional>

namespace ca::documents {

namespace {

constexpr std::size_t tag_length_max = 4096;

constexpr std::array<std::string_view, 20> holders = {"a",    "abbr",  "b",    "bdi",    "big",  "body", "center",
                                                      "cite", "dfn",   "em",   "font",   "html", "i",    "label",
                                                      "nobr", "small", "span", "strong", "u",    "wbr"};
constexpr std::array<std::string_view, 10> tables = {"table", "thead", "tbody",   "tfoot",    "tr",
                                                     "th",    "td",    "caption", "colgroup", "col"};
constexpr std::size_t table_columns_max = 32;
constexpr std::array<std::string_view, 14> paragraphs = {"address",    "article", "aside",   "details", "div",
                                                         "figcaption", "figure",  "footer",  "header",  "main",
                                                         "nav",        "p",       "section", "summary"};

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':' ||
           c == '_';
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::string name_of(std::string_view tag) {
    std::size_t const start = tag.starts_with("</") ? 2 : 1;
    std::size_t at = start;
    while (at < tag.size() && is_name_character(tag[at])) ++at;
    return tag.starts_with('<') ? to_ascii_lower(tag.substr(start, at - start)) : std::string();
}

std::string attribute(std::string_view tag, std::string_view wanted) {
    for (HtmlAttribute& each : html_attributes(tag)) {
        if (each.name == wanted) return std::move(each.value);
    }
    return {};
}

// A reference to a character at the start of `text`, and its length; one that stands for none stays as it is written.
std::optional<std::pair<std::string, std::size_t>> read_entity(std::string_view text) {
    std::size_t const end = text.substr(0, 40).find(';');
    if (end == std::string_view::npos) return std::nullopt;
    std::string character = referred_character(text.substr(0, end + 1));
    if (character.empty()) return std::nullopt;
    return std::pair{std::move(character), end + 1};
}

// Collects paragraphs: white space collapses to one space, a blank line or a tag of its own starts a new one.
class Paragraphs {
public:
    void add(std::string_view text) {
        for (char const c : text) {
            if (is_space(c)) {
                newlines_ += c == '\n';
                pending_space_ = true;
                continue;
            }
            if (newlines_ > 1) finish();
            if (pending_space_ && !current_.empty()) current_ += ' ';
            pending_space_ = false;
            newlines_ = 0;
            current_ += c;
        }
    }
    void finish() {
        if (!current_.empty()) done_.push_back(std::move(current_));
        current_.clear();
        pending_space_ = false;
        newlines_ = 0;
    }
    std::vector<std::string> take() {
        finish();
        return std::move(done_);
    }

private:
    std::vector<std::string> done_;
    std::string current_;
    bool pending_space_ = false;
    int newlines_ = 0;
};

// One block of raw HTML, piece by piece.
class HtmlReader {
public:
    HtmlReader(std::string_view html, std::size_t line) : html_(html), line_(line) {}

    Result<HtmlText> read() {
        while (at_ < html_.size()) {
            std::string_view const tag = next(text_);
            if (tag.empty()) continue;
            HtmlTag read = read_html_tag(tag);
            if (!read.anchor.empty()) found_.anchors.push_back(std::move(read.anchor));
            if (read.meaning == HtmlMeaning::table) {
                if (name_of(tag) != "table" || tag.starts_with("</"))
                    return refuse("A row or cell stands outside of a table.");
                end_paragraphs();
                CA_TRY_VOID(read_table());
            } else {
                add(read.meaning, tag, text_);
            }
        }
        end_paragraphs();
        return std::move(found_);
    }

private:
    std::unexpected<Error> refuse(std::string why) const {
        return html_table_refused(
            std::move(why),
            line_ + static_cast<std::size_t>(std::count(
                        html_.begin(), html_.begin() + static_cast<std::ptrdiff_t>(std::min(tag_at_, html_.size())),
                        '\n')));
    }

    // Takes text up to the next tag, which is given back; empty where a reference, a comment or a mere "<" was taken
    // instead.
    std::string_view next(Paragraphs& text) {
        std::size_t const found = std::min(html_.find_first_of("<&", at_), html_.size());
        text.add(html_.substr(at_, found - at_));
        tag_at_ = at_ = found;
        if (at_ == html_.size()) return {};
        if (html_[at_] == '&') {
            auto const entity = read_entity(html_.substr(at_));
            text.add(entity ? entity->first : "&");
            at_ += entity ? entity->second : 1;
            return {};
        }
        if (comments_close_ && html_.substr(at_).starts_with("<!--")) {
            std::size_t const close = html_.find("-->", at_ + 4);
            if (close != std::string_view::npos) {
                at_ = close + 3;
                return {};
            }
            comments_close_ = false;  // a comment that never ends hides nothing: it is shown
        }
        bool const may_be_tag = at_ + 1 < html_.size() && html_[at_ + 1] != '!';
        std::size_t const end = may_be_tag ? end_of_html_tag(html_, at_) : 0;
        if (end == 0) {
            text.add("<");
            ++at_;
            return {};
        }
        std::string_view const tag = html_.substr(at_, end - at_);
        at_ = end;
        return tag;
    }

    static void add(HtmlMeaning meaning, std::string_view tag, Paragraphs& text) {
        switch (meaning) {
            case HtmlMeaning::nothing: break;
            case HtmlMeaning::line_break:
            case HtmlMeaning::paragraph: text.finish(); break;
            case HtmlMeaning::table:
            case HtmlMeaning::literal: text.add(tag); break;
        }
    }

    void end_paragraphs() {
        for (std::string& paragraph : text_.take()) found_.blocks.emplace_back(Paragraph{plain(std::move(paragraph))});
    }

    static Inline lines(std::vector<std::string> all) {
        Inline text;
        for (std::string& line : all) text.push_back(Run{.text = std::move(line), .line_break_after = true});
        if (!text.empty()) text.back().line_break_after = false;
        return text;
    }

    // "<table>" has been taken.
    Result<> read_table() {
        struct HtmlRow {
            Row cells;
            bool headers = true;  // every cell is a <th>
            bool in_head = false;
        };
        std::size_t const table_at = tag_at_;
        std::vector<HtmlRow> rows;
        bool first_column_headers = true;
        std::string caption;
        bool in_head = false;
        bool in_row = false;
        for (std::string in_cell;;) {  // the name of the open cell or caption; empty: none
            Paragraphs text;
            std::string_view tag;
            std::string name;
            for (;;) {
                if (at_ >= html_.size()) {
                    tag_at_ = table_at;
                    return refuse("A table is not closed.");
                }
                tag = next(text);
                if (tag.empty()) continue;
                HtmlTag read = read_html_tag(tag);
                if (!read.anchor.empty()) found_.anchors.push_back(std::move(read.anchor));
                if (read.meaning == HtmlMeaning::table) break;
                add(read.meaning, tag, text);
            }
            std::vector<std::string> words = text.take();
            if (in_cell == "caption") caption = join(words, " ");
            else if (!in_cell.empty()) rows.back().cells.back().text = lines(std::move(words));
            else if (!words.empty()) return refuse("Words stand in a table, but in none of its cells.");
            in_cell.clear();

            name = name_of(tag);
            bool const closes = tag.starts_with("</");
            if (name == "table") {
                if (!closes) return refuse("A table stands inside another one.");
                break;
            }
            if (name == "thead") in_head = !closes;
            if (name == "tbody" || name == "tfoot") in_head = false;
            if (name == "thead" || name == "tbody" || name == "tfoot") in_row = false;
            if (name == "tr") {
                in_row = !closes;
                if (in_row) rows.push_back({.cells = {}, .in_head = in_head});
            } else if (!closes && (name == "td" || name == "th")) {
                if (!in_row) return refuse("A cell stands outside of a row.");
                if (attribute(tag, "colspan") > "1" || attribute(tag, "rowspan") > "1")
                    return refuse("Cells of a table are merged.");
                rows.back().headers = rows.back().headers && name == "th";
                if (rows.back().cells.empty() && !rows.back().headers) first_column_headers = false;
                rows.back().cells.emplace_back();
                in_cell = name;
            } else if (!closes && name == "caption") {
                in_cell = name;
            }
        }
        return add_table(std::move(rows), std::move(caption), first_column_headers);
    }

    template<typename Rows>
    Result<> add_table(Rows rows, std::string caption, bool first_column_headers) {
        std::erase_if(rows, [](auto const& row) { return row.cells.empty(); });
        if (rows.empty()) {
            if (caption.empty()) return {};
            return refuse("A table has a caption, but no cells.");
        }
        std::size_t columns = 0;
        for (auto const& row : rows) columns = std::max(columns, row.cells.size());
        if (columns > table_columns_max) return refuse("A table has more than 32 columns.");
        for (std::size_t i = 1; i < rows.size(); ++i) {
            if (rows[i].in_head) return refuse("A table has more than one row of headers.");
        }
        Table table{.caption = std::move(caption), .header = {}, .rows = {}};
        table.align.resize(columns, Align::start);
        // Where every row begins with a header and the first row has other cells, the first column names the rows.
        table.header_column = first_column_headers && !rows.front().headers && !rows.front().in_head;
        if (!table.header_column && rows.front().cells.size() < columns)
            return refuse("A row of a table has more cells than the table has headers.");
        for (auto& row : rows) {
            row.cells.resize(columns);
            if (&row == &rows.front() && !table.header_column) table.header = std::move(row.cells);
            else table.rows.push_back(std::move(row.cells));
        }
        found_.blocks.emplace_back(std::move(table));
        return {};
    }

    std::string_view html_;
    std::size_t line_;
    std::size_t at_ = 0;
    std::size_t tag_at_ = 0;
    bool comments_close_ = true;
    Paragraphs text_;
    HtmlText found_;
};

}  // namespace

HtmlTag read_html_tag(std::string_view tag) {
    if (tag.starts_with("<!--") && tag.ends_with("-->")) return {HtmlMeaning::nothing};
    std::string const name = name_of(tag);
    HtmlTag read;
    if (name == "br") read.meaning = HtmlMeaning::line_break;
    else if (std::ranges::find(holders, name) != holders.end()) read.meaning = HtmlMeaning::nothing;
    else if (std::ranges::find(paragraphs, name) != paragraphs.end()) read.meaning = HtmlMeaning::paragraph;
    else if (std::ranges::find(tables, name) != tables.end()) read.meaning = HtmlMeaning::table;
    if (read.meaning != HtmlMeaning::literal && !tag.starts_with("</")) {
        read.anchor = attribute(tag, "id");
        if (read.anchor.empty() && name == "a") read.anchor = attribute(tag, "name");
    }
    return read;
}

std::size_t end_of_html_tag(std::string_view html, std::size_t start) {
    std::size_t at = start + 1;
    if (at < html.size() && html[at] == '/') ++at;
    if (at >= html.size() || !((html[at] >= 'a' && html[at] <= 'z') || (html[at] >= 'A' && html[at] <= 'Z'))) return 0;
    char quote = 0;
    std::size_t const limit = std::min(html.size(), start + tag_length_max);
    for (; at < limit; ++at) {
        char const c = html[at];
        if (quote) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            return at + 1;
        } else if (c == '<') {
            return 0;
        }
    }
    return 0;
}

Result<HtmlText> read_html_block(std::string_view html, std::size_t line) { return HtmlReader(html, line).read(); }

bool html_leaves_table_open(std::string_view html, bool open_before) {
    std::string const lower = to_ascii_lower(html);
    std::size_t const opened = lower.rfind("<table");
    return lower.find("</table", opened == std::string::npos ? 0 : opened) == std::string::npos &&
           (open_before || opened != std::string::npos);
}

std::unexpected<Error> html_table_refused(std::string why, std::size_t line) {
    return fail(
        "html_table",
        std::move(why) +
            " Write it as a Markdown table, or as a simple HTML one: one row of headers, then rows of as many cells.",
        "line " + std::to_string(line));
}

std::vector<HtmlAttribute> html_attributes(std::string_view tag) {
    std::vector<HtmlAttribute> found;
    std::size_t at = 1;
    while (at < tag.size() && !is_space(tag[at])) ++at;
    while (at < tag.size()) {
        while (at < tag.size() && !is_name_character(tag[at])) ++at;
        std::size_t const name_start = at;
        while (at < tag.size() && is_name_character(tag[at])) ++at;
        if (at == name_start) break;
        HtmlAttribute& attribute =
            found.emplace_back(to_ascii_lower(tag.substr(name_start, at - name_start)), std::string());
        std::size_t equals = at;
        while (equals < tag.size() && is_space(tag[equals])) ++equals;
        if (equals >= tag.size() || tag[equals] != '=') continue;
        at = equals + 1;
        while (at < tag.size() && is_space(tag[at])) ++at;
        if (at < tag.size() && (tag[at] == '"' || tag[at] == '\'')) {
            std::size_t const close = tag.find(tag[at], at + 1);
            std::size_t const end = close == std::string_view::npos ? tag.size() : close;
            attribute.value = tag.substr(at + 1, end - at - 1);
            at = std::min(end + 1, tag.size());
        } else {
            std::size_t const value_start = at;
            while (at < tag.size() && !is_space(tag[at]) && tag[at] != '>') ++at;
            attribute.value = tag.substr(value_start, at - value_start);
        }
    }
    return found;
}

}  // namespace ca::documents
