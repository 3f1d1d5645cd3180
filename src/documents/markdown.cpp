#include "documents/markdown.h"

#include "base/text.h"
#include "documents/clause_number.h"
#include "base/letters.h"
#include "documents/numbered_clauses.h"
#include "documents/raw_html.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace ca::documents {

namespace {

constexpr std::size_t bytes_max = 2 * 1024 * 1024;
constexpr std::size_t bytes_without_blank_line_max = 256 * 1024;
constexpr std::size_t table_columns_max = 32;
constexpr std::size_t table_cells_max = 100'000;
constexpr std::size_t address_bytes_max = 2000;
// "[name]: address" is copied to every place that names it; more than this in copies is not a document but an attack.
constexpr std::size_t reference_copies_max = 256 * 1024 * 1024;
constexpr int nesting_max = 24;

std::string line_number(std::size_t line) { return "line " + std::to_string(line); }

// ---- Before the parser: is this text at all, and can it be parsed in reasonable time? ---------------------

std::unexpected<Error> control_character(std::size_t line) {
    return fail("control_character",
                "The document holds a control character that cannot be shown, itself or as a reference such as &#4;. "
                "Remove it and try again.",
                line_number(line));
}

Result<std::string> normalise(std::string_view text) {
    if (text.size() > bytes_max)
        return fail("too_long", "The document is longer than 2 MiB. Split it, or check that it is the right file.");
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    if (!is_valid_utf8(text)) {
        std::size_t line = 1;
        std::size_t start = 0;
        for (std::size_t end = text.find('\n');
             end != std::string_view::npos && is_valid_utf8(text.substr(start, end - start));
             end = text.find('\n', start)) {
            start = end + 1;
            ++line;
        }
        return fail("not_utf8", "The document is not UTF-8 text. Save it as UTF-8 and try again.", line_number(line));
    }
    std::string normal;
    normal.reserve(text.size());
    std::size_t line = 1;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        // The text is well-formed, so that its lead bytes tell how long a character is.
        std::size_t const length = byte < 0x80 ? 1 : byte < 0xc0 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
        if (length > 0 && is_forbidden(to_code_points(text.substr(i, length)).front())) return control_character(line);
        if (byte == '\r') {
            if (i + 1 < text.size() && text[i + 1] == '\n') continue;
            normal += '\n';
            ++line;
        } else if (byte == '\f' || byte == '\v') {
            normal += ' ';
        } else {
            normal += static_cast<char>(byte);
            line += byte == '\n';
        }
    }
    return normal;
}

// What the parser would take more than linear time or memory for is refused before it starts.
Result<> check_limits(std::string_view text, std::size_t first_line) {
    std::size_t line = first_line;
    std::size_t run_start = 0;
    std::size_t longest_references = 0;
    std::size_t references_since = std::string_view::npos;
    for (std::size_t start = 0; start < text.size(); ++line) {
        std::size_t const end = std::min(text.find('\n', start), text.size());
        std::string_view const current = text.substr(start, end - start);
        if (is_blank(current)) {
            run_start = end;
            references_since = std::string_view::npos;
        }
        if (references_since == std::string_view::npos && current.find("]:") != std::string_view::npos)
            references_since = run_start;
        if (references_since != std::string_view::npos)
            longest_references = std::max(longest_references, end - references_since);
        if (end - run_start > bytes_without_blank_line_max) {
            return fail(
                "too_long",
                "The document has more than 256 KiB without a blank line. Separate its paragraphs by blank lines.",
                line_number(line));
        }
        int containers = 0;
        for (std::size_t i = 0; i < current.size(); ++i) {
            char const c = current[i];
            bool const spaced = i + 1 >= current.size() || current[i + 1] == ' ' || current[i + 1] == '\t';
            if (c == '>' || ((c == '-' || c == '+' || c == '*' || c == '.' || c == ')') && spaced)) ++containers;
            else if (c != ' ' && c != '\t' && !(c >= '0' && c <= '9')) break;
        }
        // "- - - -" is a rule across the page as well as nested lists, so a little more than the nesting is let
        // through.
        if (containers > nesting_max * 4) {
            return fail("too_deep", "The document nests lists or quotations more than 24 levels deep. Make it flatter.",
                        line_number(line));
        }
        auto const bars = static_cast<std::size_t>(std::ranges::count(current, '|'));
        if (bars > table_columns_max && current.find_first_not_of("|:- \t>*+.)0123456789") == std::string_view::npos) {
            return fail("too_wide", "The document has a table of more than 32 columns. Split the table.",
                        line_number(line));
        }
        start = end + 1;
    }
    auto const uses = static_cast<std::size_t>(std::ranges::count(text, '['));
    if (longest_references > 0 && uses > reference_copies_max / longest_references) {
        return fail("too_long",
                    "The document has very long link definitions that are used very often. Write the addresses where "
                    "they are used.");
    }
    return {};
}

// ---- Front matter -----------------------------------------------------------------------------------------

std::string unquote(std::string_view value) {
    value = trim(value);
    if (value.size() < 2 || value.front() != value.back() || (value.front() != '"' && value.front() != '\''))
        return std::string(value);
    char const quote = value.front();
    std::string plain_value;
    for (std::size_t i = 1; i + 1 < value.size(); ++i) {
        bool const pair = i + 2 < value.size();
        if (quote == '\'' && value[i] == '\'' && pair && value[i + 1] == '\'') ++i;
        else if (quote == '"' && value[i] == '\\' && pair) ++i;
        plain_value += value[i];
    }
    return plain_value;
}

struct FrontMatter {
    std::string title;
    std::string_view body;
};

FrontMatter take_front_matter(std::string_view text) {
    auto const line_at = [&](std::size_t start) {
        return text.substr(start, std::min(text.find('\n', start), text.size()) - start);
    };
    auto const without_trailing_space = [](std::string_view line) {
        return line.substr(0, line.find_last_not_of(" \t") + 1);
    };
    if (without_trailing_space(line_at(0)) != "---") return {{}, text};
    FrontMatter front{{}, text};
    for (std::size_t start = line_at(0).size() + 1; start < text.size();) {
        std::string_view const line = line_at(start);
        std::string_view const bare = without_trailing_space(line);
        start += line.size() + 1;
        if (bare == "---" || bare == "...") {
            front.body = start < text.size() ? text.substr(start) : std::string_view{};
            return front;
        }
        if (line.starts_with("title:")) front.title = unquote(line.substr(6));
    }
    return {{}, text};  // never closed: it is not front matter but a rule and text
}

// ---- Inline text ------------------------------------------------------------------------------------------

struct NodeFree {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct ParserFree {
    void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct IterFree {
    void operator()(cmark_iter* iter) const { cmark_iter_free(iter); }
};

// Tables are an extension's nodes: their type is known by name only.
bool is_table(cmark_node* node) { return std::string_view(cmark_node_get_type_string(node)) == "table"; }

std::string_view view(const char* text) { return text ? std::string_view(text) : std::string_view{}; }

Emphasis emphasis_of(int italic, int bold) {
    if (italic > 0 && bold > 0) return Emphasis::bold_italic;
    if (bold > 0) return Emphasis::bold;
    return italic > 0 ? Emphasis::italic : Emphasis::none;
}

bool same_look(const Run& a, const Run& b) {
    return a.emphasis == b.emphasis && a.code == b.code && a.link == b.link && a.change == b.change &&
           a.language == b.language;
}

// Collects runs; white space between words is one space, none at either end of a line.
class InlineBuilder {
public:
    void add(std::string_view text, const Run& look) {
        std::string collapsed;
        for (char const c : text) {
            if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v') {
                space_ = true;
                continue;
            }
            if (space_ && started_) collapsed += ' ';
            space_ = false;
            started_ = true;
            collapsed += c;
        }
        append(std::move(collapsed), look);
    }
    void line_break() {
        space_ = false;
        if (!started_) return;
        started_ = false;
        runs_.back().line_break_after = true;
    }
    Inline take() {
        if (!runs_.empty()) runs_.back().line_break_after = false;
        return std::move(runs_);
    }

private:
    void append(std::string text, const Run& look) {
        if (text.empty()) return;
        // A space belongs to the run before it, so that links and emphasis begin at a word.
        if (text.front() == ' ' && !runs_.empty() && !runs_.back().line_break_after && !same_look(runs_.back(), look)) {
            bool const before_is_plain = runs_.back().link.empty() && !runs_.back().code;
            if (before_is_plain) {
                runs_.back().text += ' ';
                text.erase(0, 1);
            } else if (!look.link.empty() || look.code) {
                runs_.push_back(Run{.text = " "});
                text.erase(0, 1);
            }
        }
        if (text.empty()) return;
        if (!runs_.empty() && !runs_.back().line_break_after && same_look(runs_.back(), look)) {
            runs_.back().text += text;
            return;
        }
        Run run = look;
        run.text = std::move(text);
        runs_.push_back(std::move(run));
    }

    Inline runs_;
    bool space_ = false;
    bool started_ = false;
};

bool ends_address(char c) { return c == ' ' || c == '<' || c == '>' || c == '"' || c == '\n' || c == '\t'; }

// The bare address at the start of `text`, without the punctuation of the sentence around it.
std::string_view bare_address(std::string_view text) {
    std::size_t const start = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
    if (start == 0) return {};
    std::size_t end = start;
    int brackets = 0;
    while (end < text.size() && end <= address_bytes_max && !ends_address(text[end])) {
        brackets += text[end] == '(';
        brackets -= text[end] == ')';
        ++end;
    }
    while (end > start) {
        char const last = text[end - 1];
        if (last == ')' && brackets < 0) ++brackets;
        else if (std::string_view(".,;:!?'*_~]").find(last) == std::string_view::npos) break;
        --end;
    }
    std::string_view const host = text.substr(start, end - start);
    return host.find('.') == std::string_view::npos ? std::string_view{} : text.substr(0, end);
}

Inline link_bare_addresses(Inline runs) {
    Inline linked;
    for (Run& run : runs) {
        if (!run.link.empty() || run.code || run.text.find("://") == std::string::npos) {
            linked.push_back(std::move(run));
            continue;
        }
        std::string_view const text = run.text;
        std::size_t done = 0;
        auto const push = [&](std::size_t end, std::string link) {
            if (end == done) return;
            Run part = run;
            part.text = text.substr(done, end - done);
            part.link = std::move(link);
            part.line_break_after = run.line_break_after && end == text.size();
            linked.push_back(std::move(part));
            done = end;
        };
        for (std::size_t at = text.find("http"); at != std::string_view::npos; at = text.find("http", at + 1)) {
            bool const inside_word = at > 0 && (std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0);
            std::string_view const address = inside_word ? std::string_view{} : bare_address(text.substr(at));
            std::string link = safe_address(address);
            if (link.empty()) continue;
            push(at, {});
            at += address.size() - 1;
            push(at + 1, std::move(link));
        }
        push(text.size(), {});
    }
    return linked;
}

// ---- Blocks -----------------------------------------------------------------------------------------------

class Converter {
public:
    // `source` is what was parsed; its first line is line `first_line` of the document.
    Converter(const MarkdownOptions& options, std::string_view source, std::size_t first_line)
        : options_(options),
          lines_(split(source, '\n')),
          first_line_(first_line),
          holds_replacement_(source.find(replacement) != std::string_view::npos) {}

    Result<Markdown> convert(cmark_node* document) {
        Markdown markdown{{}, CA_TRY(children(document, 0))};
        if (control_line_) return control_character(*control_line_);
        if (table_line_) return html_table_refused("A tag of an HTML table stands in running text.", *table_line_);
        markdown.other_numbers = std::move(other_numbers_);
        if (options_.lift_title) markdown.title = lift_title(markdown.blocks);
        resolve_links(markdown.blocks);
        return markdown;
    }

private:
    Result<Blocks> children(cmark_node* parent, int depth) {
        if (depth > nesting_max) {
            return fail("too_deep", "The document nests lists or quotations more than 24 levels deep. Make it flatter.",
                        line_number(line_of(parent)));
        }
        Blocks blocks;
        for (cmark_node* node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
            if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK) CA_TRY_VOID(add_html(blocks, node));
            else CA_TRY_VOID(add(blocks, node, depth));
        }
        return blocks;
    }

    std::size_t line_of(cmark_node* node) const {
        return first_line_ - 1 + static_cast<std::size_t>(std::max(1, cmark_node_get_start_line(node)));
    }

    // A blank line ends a block of raw HTML, but not the table in it: what follows is taken along, and `node` moves to
    // the last one.
    Result<> add_html(Blocks& blocks, cmark_node*& node) {
        std::size_t const line = line_of(node);
        std::string html(view(cmark_node_get_literal(node)));
        auto end_line = line + static_cast<std::size_t>(std::ranges::count(html, '\n'));
        bool open = html_leaves_table_open(html, false);
        while (open) {
            cmark_node* next = cmark_node_next(node);
            if (!next || cmark_node_get_type(next) != CMARK_NODE_HTML_BLOCK) break;
            std::string_view const more = view(cmark_node_get_literal(next));
            std::size_t const gap = std::max(line_of(next), end_line) - end_line;
            html.append(gap, '\n');
            html += more;
            end_line += gap + static_cast<std::size_t>(std::ranges::count(more, '\n'));
            open = html_leaves_table_open(more, open);
            node = next;
        }
        HtmlText text = CA_TRY(read_html_block(html, line));
        pending_anchors_.insert(pending_anchors_.end(), text.anchors.begin(), text.anchors.end());
        for (Block& block : text.blocks) {
            place_anchors();
            if (auto* paragraph = std::get_if<Paragraph>(&block)) {
                paragraph->text = link_bare_addresses(std::move(paragraph->text));
            } else if (auto* table = std::get_if<Table>(&block)) {
                for (Cell& cell : table->header) cell.text = link_bare_addresses(std::move(cell.text));
                for (Row& row : table->rows) {
                    for (Cell& cell : row) cell.text = link_bare_addresses(std::move(cell.text));
                }
                CA_TRY_VOID(count_cells(table->align.size() * (table->rows.size() + 1), line));
            }
            blocks.push_back(std::move(block));
        }
        return {};
    }

    Result<> count_cells(std::size_t cells, std::size_t line) {
        cells_ += cells;
        if (cells_ > table_cells_max)
            return fail("too_long", "The document's tables have more than 100,000 cells. Split the document.",
                        line_number(line));
        return {};
    }

    Result<> add(Blocks& blocks, cmark_node* node, int depth) {
        auto const type = cmark_node_get_type(node);
        if (type == CMARK_NODE_HEADING) {
            add_heading(blocks, node);
        } else if (type == CMARK_NODE_PARAGRAPH) {
            if (Inline text = inline_text(node); !text.empty()) {
                place_anchors();
                blocks.emplace_back(Paragraph{std::move(text)});
            }
        } else if (type == CMARK_NODE_LIST) {
            blocks.emplace_back(CA_TRY(list(node, depth)));
        } else if (type == CMARK_NODE_BLOCK_QUOTE) {
            blocks.push_back(note_or_quote(CA_TRY(children(node, depth + 1))));
        } else if (type == CMARK_NODE_CODE_BLOCK) {
            std::string_view const literal = view(cmark_node_get_literal(node));
            blocks.emplace_back(CodeBlock{std::string(literal.substr(0, literal.find_last_not_of('\n') + 1))});
        } else if (type == CMARK_NODE_THEMATIC_BREAK) {
            blocks.emplace_back(Rule{});
        } else if (is_table(node)) {
            blocks.emplace_back(CA_TRY(table(node)));
        } else {
            // Nothing else is switched on; should the parser grow a block, its words are kept.
            if (Inline text = inline_text(node); !text.empty()) blocks.emplace_back(Paragraph{std::move(text)});
        }
        return {};
    }

    void add_heading(Blocks& blocks, cmark_node* node) {
        Inline text = inline_text(node);
        if (text.empty()) return;
        // A heading is one line, wherever it is shown.
        for (Run& run : text) {
            if (run.line_break_after && !run.text.ends_with(' ')) run.text += ' ';
            run.line_break_after = false;
        }
        int const written = cmark_node_get_heading_level(node);
        while (!open_headings_.empty() && open_headings_.back().written >= written) open_headings_.pop_back();
        int const level = std::min(6, open_headings_.empty() ? options_.top_level : open_headings_.back().level + 1);
        open_headings_.push_back({written, level});

        std::string const slug = heading_slug(to_text(text));
        std::string name = slug.empty() ? "section" : slug;
        int& repeated = names_[name];
        while (taken_.contains(repeated == 0 ? name : name + "-" + std::to_string(repeated))) ++repeated;
        if (repeated > 0) name += "-" + std::to_string(repeated);
        taken_.insert(name);
        last_id_ = options_.id_prefix + name;
        places_.try_emplace(name, last_id_);
        place_anchors();
        blocks.emplace_back(Heading{level, std::move(text), last_id_});
    }

    // The title, where the first block is a heading without number that stands above all others. Links to it lead
    // nowhere then.
    std::string lift_title(Blocks& blocks) {
        auto const* first = blocks.empty() ? nullptr : std::get_if<Heading>(&blocks.front());
        // A document of one clause has a clause, not a title.
        if (!first || heading_number(to_text(first->text))) return {};
        int const level = first->level;
        std::size_t as_high = 0;
        each_heading(blocks, [&](Heading const& heading) { as_high += heading.level <= level; });
        if (as_high > 1) return {};
        std::string title = to_text(first->text);
        std::erase_if(places_, [&](auto const& place) { return place.second == first->id; });
        blocks.erase(blocks.begin());
        each_heading(blocks, [](Heading& heading) { --heading.level; });
        return title;
    }

    // Those in lists and quotations as well.
    template<typename Visit>
    static void each_heading(Blocks& blocks, Visit const& visit) {
        for (Block& block : blocks) {
            if (auto* heading = std::get_if<Heading>(&block)) visit(*heading);
            else if (auto* quote = std::get_if<Quote>(&block)) each_heading(quote->blocks, visit);
            else if (auto* list = std::get_if<List>(&block))
                for (ListItem& item : list->items) each_heading(item.blocks, visit);
        }
    }

    void place_anchors() {
        for (std::string const& anchor : pending_anchors_) {
            if (!last_id_.empty()) places_.try_emplace(heading_slug(anchor), last_id_);
        }
        pending_anchors_.clear();
    }

    Result<List> list(cmark_node* node, int depth) {
        bool const ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
        char const delimiter = cmark_node_get_list_delim(node) == CMARK_PAREN_DELIM ? ')' : '.';
        List list{.kind = ordered ? ListKind::decimal : ListKind::bullet,
                  .tight = cmark_node_get_list_tight(node) != 0,
                  .items = {}};
        std::int64_t number = cmark_node_get_list_start(node);
        OtherNumbers numbers;
        for (cmark_node* item = cmark_node_first_child(node); item; item = cmark_node_next(item), ++number) {
            std::string marker = ordered ? std::to_string(number) + delimiter : "\xe2\x80\xa2";
            if (ordered) {
                numbers.lines.push_back(line_of(item));
                numbers.written.push_back(written_number(item));
                numbers.shown.push_back(std::to_string(number));
            }
            list.items.push_back({std::move(marker), CA_TRY(children(item, depth + 1))});
        }
        if (numbers.written != numbers.shown) other_numbers_.push_back(std::move(numbers));
        return list;
    }

    // The digits where the item begins, without zeros in front: "01." is 1.
    std::string written_number(cmark_node* item) const {
        auto const line = static_cast<std::size_t>(cmark_node_get_start_line(item) - 1);
        auto const column = static_cast<std::size_t>(cmark_node_get_start_column(item) - 1);
        if (line >= lines_.size() || column >= lines_[line].size()) return {};
        std::size_t end = column;
        while (end < lines_[line].size() && lines_[line][end] >= '0' && lines_[line][end] <= '9') ++end;
        std::size_t start = column;
        while (start + 1 < end && lines_[line][start] == '0') ++start;
        return lines_[line].substr(start, end - start);
    }

    static Block note_or_quote(Blocks blocks) {
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> labels = {
            {{"[!NOTE]", "Note"},
             {"[!IMPORTANT]", "Important"},
             {"[!WARNING]", "Warning"},
             {"[!TIP]", "Tip"},
             {"[!CAUTION]", "Caution"}}};
        auto* first = blocks.empty() ? nullptr : std::get_if<Paragraph>(&blocks.front());
        if (first && !first->text.empty()) {
            std::string& text = first->text.front().text;
            for (auto const& [mark, label] : labels) {
                if (!text.starts_with(mark)) continue;
                text.erase(0, std::min(text.size(), text.find_first_not_of(' ', mark.size())));
                first->text.front().line_break_after = false;
                if (text.empty()) first->text.erase(first->text.begin());
                if (first->text.empty()) blocks.erase(blocks.begin());
                return Note{std::string(label), std::move(blocks)};
            }
        }
        return Quote{std::move(blocks)};
    }

    Result<Table> table(cmark_node* node) {
        Table table;
        auto const columns = static_cast<std::size_t>(cmark_gfm_extensions_get_table_columns(node));
        std::uint8_t const* alignments = cmark_gfm_extensions_get_table_alignments(node);
        for (std::size_t i = 0; i < columns; ++i) {
            std::uint8_t const letter = alignments ? alignments[i] : 0;
            table.align.push_back(letter == 'c' ? Align::centre : letter == 'r' ? Align::end : Align::start);
        }
        for (cmark_node* row = cmark_node_first_child(node); row; row = cmark_node_next(row)) {
            Row cells;
            for (cmark_node* cell = cmark_node_first_child(row); cell; cell = cmark_node_next(cell))
                cells.push_back({inline_text(cell)});
            cells.resize(columns);
            CA_TRY_VOID(count_cells(columns, line_of(row)));
            if (cmark_gfm_extensions_get_table_row_is_header(row)) table.header = std::move(cells);
            else table.rows.push_back(std::move(cells));
        }
        bool const blank_header = std::ranges::all_of(table.header, [](Cell const& cell) { return cell.text.empty(); });
        if (blank_header) {
            table.header.clear();
            table.header_column = true;
        }
        place_anchors();
        return table;
    }

    Inline inline_text(cmark_node* block) {
        InlineBuilder builder;
        std::unique_ptr<cmark_iter, IterFree> const iter(cmark_iter_new(block));
        int italic = 0;
        int bold = 0;
        std::string link;
        for (cmark_event_type event = cmark_iter_next(iter.get()); event != CMARK_EVENT_DONE;
             event = cmark_iter_next(iter.get())) {
            cmark_node* node = cmark_iter_get_node(iter.get());
            if (node == block) continue;
            int const step = event == CMARK_EVENT_ENTER ? 1 : -1;
            Run const look{.text = {}, .emphasis = emphasis_of(italic, bold), .link = link};
            auto const type = cmark_node_get_type(node);
            if (type == CMARK_NODE_EMPH) {
                italic += step;
            } else if (type == CMARK_NODE_STRONG) {
                bold += step;
            } else if (type == CMARK_NODE_LINK) {
                link = step > 0 ? address_of(view(cmark_node_get_url(node))) : std::string{};
            } else if (type == CMARK_NODE_IMAGE) {
                // Terms have no pictures of their own: what an image says in words stands in its place.
                if (step > 0) builder.add(cmark_node_first_child(node) ? "[Image: " : "[Image", look);
                else builder.add("]", look);
            } else if (type == CMARK_NODE_TEXT) {
                check_references(view(cmark_node_get_literal(node)),
                                 cmark_node_get_start_line(node) > 0 ? node : block);
                builder.add(view(cmark_node_get_literal(node)), look);
            } else if (type == CMARK_NODE_CODE) {
                Run code = look;
                code.code = true;
                builder.add(view(cmark_node_get_literal(node)), code);
            } else if (type == CMARK_NODE_SOFTBREAK) {
                builder.add(" ", look);
            } else if (type == CMARK_NODE_LINEBREAK) {
                builder.line_break();
            } else if (type == CMARK_NODE_HTML_INLINE) {
                std::string_view const literal = view(cmark_node_get_literal(node));
                HtmlTag tag = read_html_tag(literal);
                if (tag.meaning == HtmlMeaning::table && !table_line_) table_line_ = line_of(block);
                if (!tag.anchor.empty()) pending_anchors_.push_back(std::move(tag.anchor));
                if (tag.meaning == HtmlMeaning::line_break || tag.meaning == HtmlMeaning::paragraph)
                    builder.line_break();
                else if (tag.meaning == HtmlMeaning::literal || tag.meaning == HtmlMeaning::table)
                    builder.add(literal, look);
            }
        }
        return link_bare_addresses(builder.take());
    }

    // The source has no forbidden character of its own; what a reference stands for is known only here. References to
    // no character at all (&#0;, halves of surrogate pairs) come as U+FFFD.
    void check_references(std::string_view text, cmark_node* where) {
        if (control_line_ || std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f; })) return;
        // (The parser makes a lone byte of &#xFFFE; and &#xFFFF;.)
        if (!is_valid_utf8(text) || std::ranges::any_of(to_code_points(text), is_forbidden) ||
            (!holds_replacement_ && text.find(replacement) != std::string_view::npos))
            control_line_ = line_of(where);
    }

    // "#place" stays as it is until all headings are known.
    static std::string address_of(std::string_view url) {
        return url.starts_with('#') ? std::string(url) : safe_address(url);
    }

    void resolve(Inline& text) const {
        for (Run& run : text) {
            if (!run.link.starts_with('#')) continue;
            auto const place = places_.find(heading_slug(percent_decoded(std::string_view(run.link).substr(1))));
            run.link = place == places_.end() ? std::string{} : "#" + place->second;
        }
        // Two runs that differed only in a link that led nowhere are one.
        Inline merged;
        for (Run& run : text) {
            if (!merged.empty() && !merged.back().line_break_after && same_look(merged.back(), run)) {
                merged.back().text += run.text;
                merged.back().line_break_after = run.line_break_after;
            } else {
                merged.push_back(std::move(run));
            }
        }
        text = std::move(merged);
    }

    void resolve_links(Blocks& blocks) const {
        for (Block& block : blocks) {
            if (auto* heading = std::get_if<Heading>(&block)) resolve(heading->text);
            else if (auto* paragraph = std::get_if<Paragraph>(&block)) resolve(paragraph->text);
            else if (auto* quote = std::get_if<Quote>(&block)) resolve_links(quote->blocks);
            else if (auto* note = std::get_if<Note>(&block)) resolve_links(note->blocks);
            else if (auto* list = std::get_if<List>(&block)) {
                for (ListItem& item : list->items) resolve_links(item.blocks);
            } else if (auto* table = std::get_if<Table>(&block)) {
                for (Cell& cell : table->header) resolve(cell.text);
                for (Row& row : table->rows) {
                    for (Cell& cell : row) resolve(cell.text);
                }
            }
        }
    }

    static std::string percent_decoded(std::string_view text) {
        auto const digit = [](char c) {
            if (c >= '0' && c <= '9') return c - '0';
            if (c >= 'a' && c <= 'f') return c - 'a' + 10;
            if (c >= 'A' && c <= 'F') return c - 'A' + 10;
            return -1;
        };
        std::string decoded;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
                decoded += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
                i += 2;
            } else {
                decoded += text[i];
            }
        }
        return decoded;
    }

    struct OpenHeading {
        int written;
        int level;
    };

    static constexpr std::string_view replacement = "\xef\xbf\xbd";

    MarkdownOptions const& options_;
    std::vector<std::string> lines_;
    std::size_t first_line_;
    bool holds_replacement_;
    std::optional<std::size_t> control_line_;  // the first place of what may not be, known while inline text is read
    std::optional<std::size_t> table_line_;
    std::vector<OtherNumbers> other_numbers_;
    std::vector<OpenHeading> open_headings_;
    std::unordered_map<std::string, int> names_;
    std::unordered_set<std::string> taken_;
    std::unordered_map<std::string, std::string> places_;  // what a link may name -> id of the heading there
    std::vector<std::string> pending_anchors_;
    std::string last_id_;
    std::size_t cells_ = 0;
};

}  // namespace

Result<Markdown> parse_markdown(std::string_view text, const MarkdownOptions& options) {
    std::string const normal = CA_TRY(normalise(text));
    FrontMatter const front = take_front_matter(normal);
    auto const first_line =
        1 + static_cast<std::size_t>(
                std::count(normal.begin(), normal.end() - static_cast<std::ptrdiff_t>(front.body.size()), '\n'));
    CA_TRY_VOID(check_limits(front.body, first_line));

    cmark_gfm_core_extensions_ensure_registered();
    std::unique_ptr<cmark_parser, ParserFree> const parser(cmark_parser_new(CMARK_OPT_DEFAULT));
    if (auto* tables = cmark_find_syntax_extension("table")) cmark_parser_attach_syntax_extension(parser.get(), tables);
    cmark_parser_feed(parser.get(), front.body.data(), front.body.size());
    std::unique_ptr<cmark_node, NodeFree> const tree(cmark_parser_finish(parser.get()));
    if (!tree) return fail("not_markdown", "The document could not be read as Markdown.");

    Markdown markdown = CA_TRY(Converter(options, front.body, first_line).convert(tree.get()));
    if (markdown.title.empty()) markdown.title = front.title;
    markdown.blocks = gather_numbered_clauses(std::move(markdown.blocks));
    return markdown;
}

std::size_t front_matter_size(std::string_view text) { return text.size() - take_front_matter(text).body.size(); }

std::string referred_character(std::string_view reference) {
    if (reference.size() < 3 || reference.size() > 40 || !reference.starts_with('&') || !reference.ends_with(';'))
        return {};
    // Anything else in between is markup to the parser, and words are lost in it: "R&D[Fee](unlimited);".
    auto const is_of_a_name = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '#';
    };
    if (!std::ranges::all_of(reference.substr(1, reference.size() - 2), is_of_a_name)) return {};
    // The parser knows all two thousand names.
    std::unique_ptr<cmark_node, NodeFree> const tree(
        cmark_parse_document(reference.data(), reference.size(), CMARK_OPT_DEFAULT));
    std::string character;
    for (cmark_node* node = tree ? cmark_node_first_child(cmark_node_first_child(tree.get())) : nullptr; node;
         node = cmark_node_next(node))
        character += view(cmark_node_get_literal(node));
    return character == reference || !is_valid_utf8(character) ||
                   std::ranges::any_of(to_code_points(character), is_forbidden) || character == "\xef\xbf\xbd"
               ? std::string{}
               : character;
}

}  // namespace ca::documents
