#include "pdf/check_document.h"

#include "base/text.h"
#include "pdf/theme.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace ca::pdf {

using namespace documents;

namespace {

constexpr int max_depth = 32;

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// The shape of a BCP 47 tag: subtags of 1 to 8 letters and digits, the first of letters alone.
bool is_language(std::string_view tag) {
    bool first = true;
    for (std::string const& part : split(tag, '-')) {
        if (part.empty() || part.size() > 8 || !std::all_of(part.begin(), part.end(), is_alphanumeric)) return false;
        if (first && (part.size() < 2 || std::any_of(part.begin(), part.end(), [](char c) { return c <= '9'; })))
            return false;
        first = false;
    }
    return !first;
}

// "scheme:something" in ASCII without white space.
bool is_absolute_address(std::string_view link) {
    auto const colon = link.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == link.size()) return false;
    bool const scheme = std::all_of(link.begin(), link.begin() + static_cast<std::ptrdiff_t>(colon),
                                    [](char c) { return is_alphanumeric(c) || c == '+' || c == '-' || c == '.'; });
    bool const first = (link[0] | 0x20) >= 'a' && (link[0] | 0x20) <= 'z';
    return scheme && first && std::all_of(link.begin(), link.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

class Checker {
public:
    Result<void> check(const Document& document) {
        // Every id first: a link may point forward.
        CA_TRY_VOID(collect_ids(document.blocks, "", 0));
        return check_blocks(document.blocks, "");
    }

private:
    static std::string place(const std::string& where, std::size_t i) {
        return where + (where.empty() ? "" : ", ") + "block " + std::to_string(i + 1);
    }

    Result<void> collect_ids(const Blocks& blocks, const std::string& where, int depth) {
        if (depth > max_depth) {
            return fail(
                "too_deep",
                "The blocks are nested deeper than " + std::to_string(max_depth) + " levels. Bring some of them up.",
                where);
        }
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            std::string const here = place(where, i);
            if (auto const* heading = std::get_if<Heading>(&blocks[i])) {
                if (!heading->id.empty() && !ids_.insert(heading->id).second) {
                    return fail("duplicate_id", "Two headings have the id \"" + heading->id + "\". Give one another.",
                                here);
                }
            } else if (auto const* list = std::get_if<List>(&blocks[i])) {
                for (std::size_t k = 0; k < list->items.size(); ++k) {
                    CA_TRY_VOID(
                        collect_ids(list->items[k].blocks, here + ", item " + std::to_string(k + 1), depth + 1));
                }
            } else if (auto const* quote = std::get_if<Quote>(&blocks[i])) {
                CA_TRY_VOID(collect_ids(quote->blocks, here, depth + 1));
            } else if (auto const* note = std::get_if<Note>(&blocks[i])) {
                CA_TRY_VOID(collect_ids(note->blocks, here, depth + 1));
            }
        }
        return {};
    }

    Result<void> check_inline(const Inline& text, const std::string& where) const {
        for (Run const& run : text) {
            if (!run.language.empty() && !is_language(run.language)) {
                return fail("bad_language",
                            "\"" + run.language + "\" is not a language tag such as \"cy\" or \"en-GB\".", where);
            }
            if (!is_valid_utf8(run.text)) {
                return fail("unknown_character", "The text is not valid UTF-8. Correct it where it comes from.", where);
            }
            if (run.link.empty()) continue;
            if (run.link.front() == '#') {
                if (!ids_.contains(run.link.substr(1))) {
                    return fail("dangling_link",
                                "The link \"" + run.link +
                                    "\" leads to no heading of this document. "
                                    "Correct it, or make it plain text.",
                                where);
                }
            } else if (!is_absolute_address(run.link)) {
                return fail("bad_link",
                            "The link \"" + run.link +
                                "\" is neither an absolute address nor \"#\" and an id. "
                                "Give the whole address.",
                            where);
            }
        }
        return {};
    }

    Result<void> check_row(const Row& row, const std::string& where, int& columns) const {
        int count = 0;
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::string const here = where + ", cell " + std::to_string(i + 1);
            if (row[i].column_span < 1 || row[i].column_span > 1000) {
                return fail("ragged_table", "A cell spans " + std::to_string(row[i].column_span) + " columns.", here);
            }
            count += row[i].column_span;
            CA_TRY_VOID(check_inline(row[i].text, here));
        }
        if (columns < 0) columns = count;
        if (count != columns) {
            return fail("ragged_table",
                        "The row has " + std::to_string(count) + " columns, the table " + std::to_string(columns) +
                            ". Make them equal.",
                        where);
        }
        return {};
    }

    Result<void> check_table(const Table& table, const std::string& where) const {
        if (table.header.empty() && !table.header_column) {
            return fail("table_no_header",
                        "The table has neither a header row nor a header column. Give it one, so that "
                        "its cells can be understood when they are read out.",
                        where);
        }
        if (table.header.empty() && table.rows.empty()) return fail("table_no_header", "The table is empty.", where);
        if (!is_valid_utf8(table.caption)) return fail("unknown_character", "The caption is not valid UTF-8.", where);
        int columns = -1;
        if (!table.header.empty()) CA_TRY_VOID(check_row(table.header, where + ", header", columns));
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            CA_TRY_VOID(check_row(table.rows[i], where + ", row " + std::to_string(i + 1), columns));
        }
        if (columns < 1 || columns > 40) return fail("ragged_table", "A table has from 1 to 40 columns.", where);
        if (!table.widths.empty() && table.widths.size() != static_cast<std::size_t>(columns)) {
            return fail("ragged_table",
                        "The table has " + std::to_string(columns) + " columns but " +
                            std::to_string(table.widths.size()) + " widths.",
                        where);
        }
        return {};
    }

    Result<void> check_heading(const Heading& heading, const std::string& where) {
        if (heading.level < 1 || heading.level > 6) {
            return fail("skipped_heading", "A heading's level is from 1 to 6.", where);
        }
        if (heading.level > level_ + 1) {
            return fail("skipped_heading",
                        level_ == 0
                            ? "The first heading has level " + std::to_string(heading.level) + ". It must have level 1."
                            : "A heading of level " + std::to_string(heading.level) + " follows one of level " +
                                  std::to_string(level_) + ". Do not skip a level.",
                        where);
        }
        level_ = heading.level;
        if (is_blank(to_text(heading.text))) return fail("empty_heading", "The heading has no text.", where);
        return check_inline(heading.text, where);
    }

    Result<void> check_blocks(const Blocks& blocks, const std::string& where) {
        for (std::size_t i = 0; i < blocks.size(); ++i) CA_TRY_VOID(check_block(blocks[i], place(where, i)));
        return {};
    }

    Result<void> check_block(const Block& block, const std::string& where) {
        if (auto const* heading = std::get_if<Heading>(&block)) return check_heading(*heading, where);
        if (auto const* paragraph = std::get_if<Paragraph>(&block)) return check_inline(paragraph->text, where);
        if (auto const* table = std::get_if<Table>(&block)) return check_table(*table, where);
        if (auto const* quote = std::get_if<Quote>(&block)) return check_blocks(quote->blocks, where);
        if (auto const* note = std::get_if<Note>(&block)) return check_blocks(note->blocks, where);
        if (auto const* list = std::get_if<List>(&block)) {
            for (std::size_t i = 0; i < list->items.size(); ++i) {
                std::string const here = where + ", item " + std::to_string(i + 1);
                if (is_blank(list->items[i].marker)) {
                    return fail("empty_heading", "The item has no marker. Give it \"1.\", \"(a)\" or a bullet.", here);
                }
                CA_TRY_VOID(check_blocks(list->items[i].blocks, here));
            }
        }
        if (auto const* fields = std::get_if<Fields>(&block)) {
            for (std::size_t i = 0; i < fields->fields.size(); ++i) {
                std::string const here = where + ", field " + std::to_string(i + 1);
                if (is_blank(fields->fields[i].name)) return fail("table_no_header", "The field has no name.", here);
                CA_TRY_VOID(check_inline(fields->fields[i].value, here));
            }
        }
        return {};
    }

    std::set<std::string, std::less<>> ids_;
    int level_ = 0;
};

Result<void> check_attachments(const Document& document, const Options& options) {
    if (!document.attachments.empty() && options.profile == Profile::a1b) {
        return fail("attachments_need_a3", "PDF/A-1 allows no attached files. Use profile a3ua, or attach nothing.");
    }
    std::set<std::string> names;
    for (std::size_t i = 0; i < document.attachments.size(); ++i) {
        Attachment const& attachment = document.attachments[i];
        std::string const where = "attachment " + std::to_string(i + 1);
        auto refuse = [&](std::string message) { return fail("bad_attachment", std::move(message), where); };
        if (is_blank(attachment.file_name)) return refuse("The attachment has no file name.");
        if (!names.insert(attachment.file_name).second) return refuse("Two attachments have one file name.");
        if (attachment.media_type.find('/') == std::string::npos) return refuse("The attachment has no media type.");
        if (is_blank(attachment.description)) return refuse("The attachment has no description.");
        auto const& relationship = attachment.relationship;
        if (relationship != "Source" && relationship != "Data" && relationship != "Alternative" &&
            relationship != "Supplement" && relationship != "Unspecified") {
            return refuse("\"" + relationship +
                          "\" is none of the relationships Source, Data, Alternative, Supplement, Unspecified.");
        }
    }
    return {};
}

// Follows a place such as "block 3, item 2, block 1, row 4" through the document and remembers what it meets.
class Signpost {
public:
    std::string words(const Blocks& blocks, std::string_view where) {
        blocks_ = &blocks;
        for (std::string const& step : split(where, ',')) follow(trim(step));
        std::string said;
        for (std::string const& name : names_) said += (said.empty() ? "in " : ", ") + name;
        if (!heading_.empty()) said += (said.empty() ? "under " : ", under ") + in_quotes(heading_);
        return said;
    }

private:
    static std::string in_quotes(const std::string& text) { return "\xe2\x80\x9c" + text + "\xe2\x80\x9d"; }

    void follow(std::string_view step) {
        auto const space = step.find(' ');
        std::string_view const kind = step.substr(0, space);
        std::size_t number = 0;
        if (space != std::string_view::npos) {
            for (char const c : step.substr(space + 1))
                number =
                    c >= '0' && c <= '9' && number < 1'000'000 ? number * 10 + static_cast<std::size_t>(c - '0') : 0;
        }
        if (kind == "block") enter(number);
        else if (kind == "item") enter_item(number);
        else if (kind == "field") name_field(number);
        else if (kind == "row") name_row(number);
        else if (kind == "header" || kind == "caption") names_.push_back("the table's " + std::string(kind));
    }

    void enter(std::size_t number) {
        block_ = nullptr;
        if (blocks_ == nullptr || number == 0 || number > blocks_->size()) return;
        for (std::size_t i = 0; i < number; ++i) {
            auto const* heading = std::get_if<Heading>(&(*blocks_)[i]);
            // Nested headings do not end the clause that they stand in.
            if (heading != nullptr && !is_blank(to_text(heading->text))) heading_ = to_text(heading->text);
        }
        block_ = &(*blocks_)[number - 1];
        if (auto const* quote = std::get_if<Quote>(block_)) blocks_ = &quote->blocks;
        else if (auto const* note = std::get_if<Note>(block_)) blocks_ = &note->blocks;
        else blocks_ = nullptr;
    }

    void enter_item(std::size_t number) {
        auto const* list = block_ != nullptr ? std::get_if<List>(block_) : nullptr;
        if (list == nullptr || number == 0 || number > list->items.size()) return;
        ListItem const& item = list->items[number - 1];
        if (list->kind != ListKind::bullet && !is_blank(item.marker)) names_.push_back(in_quotes(item.marker));
        blocks_ = &item.blocks;
    }

    void name_field(std::size_t number) {
        auto const* fields = block_ != nullptr ? std::get_if<Fields>(block_) : nullptr;
        if (fields == nullptr || number == 0 || number > fields->fields.size()) return;
        names_.push_back("the field " + in_quotes(fields->fields[number - 1].name));
    }

    void name_row(std::size_t number) {
        auto const* table = block_ != nullptr ? std::get_if<Table>(block_) : nullptr;
        if (table == nullptr) return;
        names_.push_back("row " + std::to_string(number) + " of the table" +
                         (is_blank(table->caption) ? "" : " " + in_quotes(table->caption)));
    }

    const Blocks* blocks_ = nullptr;
    const Block* block_ = nullptr;
    std::string heading_;
    std::vector<std::string> names_;
};

}  // namespace

Error with_place_in_words(const Document& document, Error error) {
    if (!error.where.starts_with("block ")) return error;
    std::string const words = Signpost().words(document.blocks, error.where);
    if (!words.empty()) error.message += " It is " + words + ".";
    return error;
}

Result<void> check_document(const Document& document, const Options& options) {
    if (is_blank(document.title)) return fail("no_title", "The document has no title. Give it one.", "title");
    for (const std::string* text :
         {&document.title, &document.author, &document.subject, &document.keywords, &document.running_header,
          &document.running_footer, &document.status, &options.producer}) {
        if (!is_valid_utf8(*text))
            return fail("unknown_character", "A text is not valid UTF-8.", "title and running lines");
    }
    if (!is_language(document.language)) {
        return fail("bad_language", "\"" + document.language + "\" is not a language tag such as \"en-GB\".",
                    "language");
    }
    Length const room = options.page.width - theme::margin_left - theme::gutter - theme::margin_right;
    Length const height = options.page.height - theme::text_top - theme::text_bottom_margin;
    // 14,400 pt is the largest page that viewers promise to show.
    if (room < points(150) || height < points(150) || options.page.width > points(14400) ||
        options.page.height > points(14400)) {
        return fail("bad_page", "The page is too small or too large for text.", "page");
    }
    CA_TRY_VOID(check_attachments(document, options));
    return Checker().check(document);
}

}  // namespace ca::pdf
