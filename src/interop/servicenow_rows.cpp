#include "interop/servicenow_rows.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <set>

namespace ca::interop {

namespace {

// Bytes. A record whose texts are all as long as they may be, of four bytes a character and with display values, has
// under 700 KB.
constexpr std::size_t row_length_max = 1024 * 1024;
constexpr std::size_t layout_length_max = 4 * 1024;  // bytes

bool is_scalar(const Json& json) { return json.kind != Json::Kind::array && json.kind != Json::Kind::object; }

std::string in_quotes(std::string_view text) { return "“" + std::string(text) + "”"; }

// A new value in place of an old literal: a flag that was bare stays bare.
std::string literal(std::string_view text, std::string_view old) {
    bool const was_bare = old == "true" || old == "false";
    return was_bare && (text == "true" || text == "false") ? std::string(text) : quote_json(text);
}

// White space only, with one comma where `comma` says so.
bool is_plain_space(std::string_view text, bool comma) {
    int commas = 0;
    for (char const c : text) {
        if (c == ',') ++commas;
        else if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return false;
    }
    return commas == (comma ? 1 : 0);
}

// The name of a member that the record has twice: other readers of JSON take the last one, so what it says is not
// certain.
std::optional<std::string> name_given_twice(const Json& record) {
    std::set<std::string_view> names;
    for (auto const& member : record.members)
        if (!names.insert(member.name).second) return member.name;
    return std::nullopt;
}

std::unexpected<Error> only_display_values() {
    return fail("not_servicenow",
                "This export holds only what people are shown (sysparm_display_value=true): names where records are "
                "meant, and times of a time zone that it does not say. Export the table again with "
                "sysparm_display_value=all, or false.");
}

// As read_fields reads the kind of a case. Where it turns out to be another one, or does not come in, the import mends
// what it had taken from this.
bool looks_like_acceptance(const Row& row, const Mapping& mapping) {
    auto const& columns = mapping[Table::case_];
    auto const* kind = row.find(columns.column("kind"));
    if (!kind || trim(kind->value).empty())
        return to_ascii_lower(trim(row.value(columns.column("title")))).starts_with("connection agreement");
    auto const ours = mapping.ours("kind", trim(kind->value));
    return (ours.empty() ? mapping.ours("kind", kind->display) : ours) == "acceptance";
}

std::string table_names(const Mapping& mapping) {
    std::vector<std::string> names;
    for (auto const each : tables) names.push_back(mapping[each].name);
    return ca::join(names, ", ");
}

std::optional<Table> table_by_name(std::string_view file_name, const Mapping& mapping) {
    auto const name = to_ascii_lower(file_name);
    for (auto const table : tables)
        if (name.find(to_ascii_lower(mapping[table].name)) != std::string::npos) return table;
    return std::nullopt;
}

}  // namespace

bool looks_like_sys_id(std::string_view text) {
    return text.size() == 32 && std::all_of(text.begin(), text.end(),
                                            [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

const Column* Row::find(std::string_view name) const {
    if (name.empty()) return nullptr;
    for (auto const& column : columns)
        if (column.name == name) return &column;
    return nullptr;
}

std::string_view Row::value(std::string_view name) const {
    auto const* column = find(name);
    return column ? std::string_view(column->value) : std::string_view();
}

Result<Row> read_row(const Json& json, std::string_view bytes) {
    if (json.kind != Json::Kind::object)
        return fail("unsound", "This is not a record but " + std::string(in_words(json.kind)) + ".");
    if (json.end - json.begin > row_length_max)
        return fail("unsound", "The record is longer than " + std::to_string(row_length_max / 1024) + " KB.");
    Row row;
    row.text = bytes.substr(json.begin, json.end - json.begin);
    row.columns.reserve(json.members.size());
    auto span = [&](const Json& value) { return Column::Span{value.begin - json.begin, value.end - json.begin}; };
    if (auto const name = name_given_twice(json))
        return fail("unsound",
                    "The column " + in_quotes(*name) + " stands in the record twice. Which one holds is not certain.");
    for (auto const& [name, begin, end, value] : json.members) {
        Column column;
        column.name = name;
        if (is_scalar(value)) {
            column.value = value.text;
            column.at = span(value);
        } else if (value.kind == Json::Kind::array) {
            return fail("unsound", "The column " + in_quotes(name) + " holds a list, where a single value belongs.");
        } else {
            if (auto const twice = name_given_twice(value))
                return fail("unsound", "The column " + in_quotes(name) + " holds " + in_quotes(*twice) +
                                           " twice. Which one holds is not certain.");
            auto const* inner = value.find("value");
            if (!inner)
                return fail(
                    "unsound",
                    "The column " + in_quotes(name) +
                        " holds a record without “value”. Export with sysparm_display_value=false or all, not true.");
            if (!is_scalar(*inner))
                return fail("unsound", "The column " + in_quotes(name) + " holds " +
                                           std::string(in_words(inner->kind)) + ", where a single value belongs.");
            column.nested = true;
            column.value = inner->text;
            column.at = span(*inner);
            if (auto const* display = value.find("display_value"); display && is_scalar(*display)) {
                column.display = display->text;
                column.display_at = span(*display);
            }
            if (auto const* link = value.find("link"); link && link->kind == Json::Kind::string) {
                column.link = link->text;
                column.link_at = span(*link);
            }
        }
        row.columns.push_back(std::move(column));
    }
    return row;
}

Result<Row> read_row(std::string_view text) { return read_row(CA_TRY(parse_json(text)), text); }

bool same_values(const Row& one, const Row& other) {
    if (one.columns.size() != other.columns.size()) return false;
    return std::all_of(one.columns.begin(), one.columns.end(), [&](const Column& column) {
        // Not by find(): a column may have no name, which to find() is no column.
        auto const is_twin = [&](const Column& each) { return each.name == column.name; };
        auto const twin = std::find_if(other.columns.begin(), other.columns.end(), is_twin);
        return twin != other.columns.end() && twin->value == column.value;
    });
}

std::string Layout::to_text() const {
    return "{\"prefix\":" + quote_json(prefix) + ",\"separator\":" + quote_json(separator) +
           ",\"suffix\":" + quote_json(suffix) + "}";
}

std::optional<Layout> Layout::from_text(std::string_view text) {
    auto const json = parse_json(text);
    if (!json) return std::nullopt;
    auto const *prefix = json->find("prefix"), *separator = json->find("separator"), *suffix = json->find("suffix");
    if (!prefix || !separator || !suffix) return std::nullopt;
    return Layout{prefix->text, separator->text, suffix->text};
}

std::string Layout::join(const std::vector<std::string>& rows) const {
    if (rows.empty()) return "{\n \"result\": []\n}";
    return prefix + ca::join(rows, separator) + suffix;
}

// What a file shows row by row of what it is; its rows themselves are not kept.
struct TableReading::State {
    State(std::shared_ptr<const File> file, const Mapping& mapping)
        : file_(std::move(file)), mapping_(mapping), reader_(file_->bytes, "result") {}

    Result<bool> go_on(std::size_t rows) {
        if (file_->bytes.size() > file_size_max)
            return fail("too_large", "The file is larger than " + std::to_string(file_size_max / 1024 / 1024) +
                                         " MB. Export the table in parts.");
        for (; rows > 0; --rows) {
            auto const item = CA_TRY(reader_.next());
            if (!item) {
                CA_TRY_VOID(close(reader_.root()));
                return true;
            }
            look_at(*item);
        }
        return false;
    }
    std::size_t bytes_read() const { return reader_.read(); }
    TableFile table() && { return std::move(table_); }

private:
    Result<> close(const Json& root) {
        auto const* list = CA_TRY(list_in(root));
        if (shows_references_ && !shows_values_) return only_display_values();
        if (!table_.rows_.empty()) table_.layout = layout_of(*list);
        table_.table = CA_TRY(which());
        auto const& references = references_[static_cast<std::size_t>(table_.table)];
        if (references.are_names && !references.are_ids) return only_display_values();
        if (table_.table != Table::case_) table_.acceptances = {};
        table_.name = file_->name;
        table_.file_ = file_;
        return {};
    }

    struct References {
        bool are_names = false, are_ids = false;
    };

    // With sysparm_display_value=true a reference is {"display_value", "link"} without the sys_id, …
    void look_at_shape(const Json& item) {
        for (auto const& member : item.members) {
            if (member.value.kind != Json::Kind::object) continue;
            if (member.value.find("value")) shows_values_ = true;
            else if (member.value.find("display_value") && member.value.find("link")) shows_references_ = true;
        }
    }
    // … or, where links are left out as well, a bare name.
    void look_at_references(const Row& row) {
        for (auto const table : tables) {
            auto& references = references_[static_cast<std::size_t>(table)];
            if (references.are_ids) continue;
            for (auto const to : {Table::account, Table::agreement}) {
                auto const* column = to != table ? row.find(mapping_[table].column(to_words(to))) : nullptr;
                if (!column || column->value.empty()) continue;
                if (column->nested || looks_like_sys_id(column->value)) references.are_ids = true;
                else if (trim(column->value).contains(' ')) references.are_names = true;
            }
        }
    }
    void look_at(const Json& item) {
        if (!shows_values_) look_at_shape(item);
        auto const row = read_row(item, file_->bytes);
        if (row) {
            if (looks_like_acceptance(*row, mapping_))
                table_.acceptances.push_back({std::string(trim(row->value(mapping_[Table::case_].column("agreement")))),
                                              std::string(trim(row->value(mapping_[Table::case_].column("number"))))});
            for (auto const table : tables)
                ++classes_[static_cast<std::size_t>(table)]
                          [std::string(trim(row->value(mapping_[table].column("class"))))];
            for (auto const& column : row->columns) columns_.insert(column.name);
            look_at_references(*row);
        } else {
            table_.unsound_.emplace(table_.rows_.size(), row.error());
        }
        table_.rows_.push_back({item.begin, item.end});
    }

    Result<const Json*> list_in(const Json& root) const {
        if (root.kind == Json::Kind::object)
            if (auto const* error = root.find("error"); error && !root.find("result")) {
                auto const* message = error->find("message");
                return fail("not_servicenow",
                            "This is not an export but ServiceNow's answer to a request that failed" +
                                (message && !message->text.empty() ? ": " + in_quotes(message->text) : std::string()) +
                                ". Export the table again.");
            }
        if (std::ranges::count(root.members, "result", &JsonMember::name) > 1)
            return fail("not_servicenow",
                        "The file holds “result” more than once, and of these most programs read the last one only. "
                        "Export each table into a file of its own.");
        auto const* list = root.find("result");
        if (list && list->kind == Json::Kind::array) return list;
        std::string const instead = list && list->kind == Json::Kind::object ? ", but one record of that name"
                                    : root.find("records")
                                        ? ", but one called “records”, as other exports of ServiceNow have it"
                                        : "";
        return fail("not_servicenow", "This is not a ServiceNow export: it has no list called “result”" + instead +
                                          ". Export the table as JSON with the Table API.");
    }

    Layout layout_of(const Json& list) const {
        std::string_view const bytes = file_->bytes;
        Layout layout;
        layout.prefix = bytes.substr(0, table_.rows_.front().begin);
        layout.separator =
            table_.rows_.size() > 1
                ? std::string(bytes.substr(table_.rows_[0].end, table_.rows_[1].begin - table_.rows_[0].end))
                : "," + std::string(bytes.substr(list.begin + 1, table_.rows_[0].begin - list.begin - 1));
        layout.suffix = bytes.substr(table_.rows_.back().end);
        if (layout.prefix.size() + layout.separator.size() + layout.suffix.size() > layout_length_max) return {};
        return layout;
    }

    bool is_most(std::size_t count) const { return count * 2 > table_.rows_.size(); }

    // Where most records name their class: one stray record does not turn a file into another table.
    std::optional<Table> by_class() const {
        for (auto const table : tables) {
            auto const& classes = classes_[static_cast<std::size_t>(table)];
            auto const found = classes.find(mapping_[table].name);
            if (found != classes.end() && is_most(found->second)) return table;
        }
        return std::nullopt;
    }
    // The class that most records name, where it is none of the portal's tables.
    std::optional<std::string> foreign_class() const {
        auto const is_ours = [&](std::string_view name) {
            return std::ranges::any_of(tables, [&](Table each) { return mapping_[each].name == name; });
        };
        for (auto const& classes : classes_)
            for (auto const& [name, count] : classes)
                if (is_most(count) && !name.empty() && !is_ours(name)) return name;
        return std::nullopt;
    }
    // The table most of whose columns are there; none where no table has half of its own.
    std::optional<Table> by_columns() const {
        std::optional<Table> best;
        double best_share = 0.5;
        for (auto const table : tables) {
            std::size_t known = 0, found = 0;
            for (auto const& column : mapping_[table].order) {
                if (mapping_[table].field(column).empty()) continue;
                ++known;
                if (columns_.contains(column)) ++found;
            }
            if (known == 0) continue;
            double const share = static_cast<double>(found) / static_cast<double>(known);
            if (share > best_share || (share == best_share && !best)) {
                best = table;
                best_share = share;
            }
        }
        return best;
    }

    Result<Table> which() {
        auto found = by_class();
        if (auto const other = found ? std::nullopt : foreign_class())
            return fail("not_servicenow",
                        "This is an export of the table " + in_quotes(*other) + ". The portal reads " +
                            table_names(mapping_) +
                            ". Export one of those; where it has another name with you, say so in a mapping file.");
        if (!found) found = by_columns();
        if (!found) found = table_by_name(file_->name, mapping_);
        if (found) return *found;
        if (table_.rows_.empty())
            return fail("not_servicenow", "The export is empty, and its name does not say of which table it is.");
        return fail("not_servicenow", "This export is of none of the tables that the portal knows (" +
                                          table_names(mapping_) + "): its columns are others.");
    }

    std::shared_ptr<const File> file_;
    const Mapping& mapping_;
    JsonListReader reader_;
    TableFile table_;
    bool shows_references_ = false, shows_values_ = false;
    std::array<std::map<std::string, std::size_t>, tables.size()> classes_;  // how many records name each
    std::set<std::string> columns_;
    std::array<References, tables.size()> references_{};
};

Result<Row> TableFile::row(std::size_t index) const {
    if (auto const unsound = unsound_.find(index); unsound != unsound_.end()) return std::unexpected(unsound->second);
    auto const& [begin, end] = rows_.at(index);
    return read_row(std::string_view(file_->bytes).substr(begin, end - begin));
}

TableReading::TableReading(std::shared_ptr<const File> file, const Mapping& mapping)
    : state_(std::make_unique<State>(std::move(file), mapping)) {}
TableReading::TableReading(TableReading&&) noexcept = default;
TableReading& TableReading::operator=(TableReading&&) noexcept = default;
TableReading::~TableReading() = default;

Result<bool> TableReading::go_on(std::size_t rows) { return state_->go_on(rows); }
std::size_t TableReading::bytes_read() const { return state_->bytes_read(); }
TableFile TableReading::table() && { return std::move(*state_).table(); }

RowStyle RowStyle::of(const Row& row) {
    RowStyle style;
    auto const json = parse_json(row.text);
    if (!json || json->members.empty()) return style;
    std::string_view const text = row.text;
    auto const& members = json->members;
    auto take = [&](std::string& into, std::size_t begin, std::size_t end, bool comma) {
        auto const space = text.substr(begin, end - begin);
        if (is_plain_space(space, comma)) into = space;
    };
    take(style.open, 1, members[0].begin, false);
    take(style.close, members.back().value.end, text.size() - 1, false);
    if (auto const colon = text.substr(members[0].end, members[0].value.begin - members[0].end); colon.size() <= 8)
        style.colon = colon;
    if (members.size() > 1) take(style.between, members[0].value.end, members[1].begin, true);
    else style.between = "," + style.open;
    for (auto const& member : members) {
        auto const& inner = member.value;
        if (inner.kind != Json::Kind::object || inner.members.size() < 2) continue;
        take(style.nested_open, inner.begin + 1, inner.members[0].begin, false);
        take(style.nested_between, inner.members[0].value.end, inner.members[1].begin, true);
        take(style.nested_close, inner.members.back().value.end, inner.end - 1, false);
        break;
    }
    // Only with sysparm_display_value=all does a column that is no reference have a display value.
    style.display_all = std::any_of(row.columns.begin(), row.columns.end(),
                                    [](const Column& column) { return column.display_at && !column.link_at; });
    return style;
}

namespace {

std::string write_value(const Value& value, const RowStyle& style) {
    auto nested = [&](std::string_view first_name, std::string_view first) {
        return "{" + style.nested_open + quote_json(first_name) + style.colon + quote_json(first) +
               style.nested_between + quote_json("value") + style.colon + quote_json(value.value) + style.nested_close +
               "}";
    };
    if (style.display_all) return nested("display_value", value.display);
    if (!value.link.empty()) return nested("link", value.link);
    return quote_json(value.value);
}

}  // namespace

std::string write_row(const std::vector<std::pair<std::string, Value>>& columns, const RowStyle& style) {
    std::vector<std::string> members;
    for (auto const& [name, value] : columns)
        members.push_back(quote_json(name) + style.colon + write_value(value, style));
    return "{" + style.open + ca::join(members, style.between) + style.close + "}";
}

std::string rewrite_row(const Row& row, const std::map<std::string, Value>& changes) {
    struct Edit {
        std::size_t begin, end;
        std::string text;
    };
    std::vector<Edit> edits;
    std::vector<std::pair<std::string, Value>> added;
    for (auto const& [name, value] : changes) {
        auto const* column = row.find(name);
        if (!column) {
            added.emplace_back(name, value);
            continue;
        }
        auto edit = [&](Column::Span at, const std::string& text) {
            edits.push_back(
                {at.begin, at.end, literal(text, std::string_view(row.text).substr(at.begin, at.end - at.begin))});
        };
        edit(column->at, value.value);
        if (column->display_at) edit(*column->display_at, value.display);
        if (column->link_at) edit(*column->link_at, value.link);
    }
    if (auto const json = parse_json(row.text); !added.empty() && json && !json->members.empty()) {
        auto const style = RowStyle::of(row);
        std::string tail;
        for (auto const& [name, value] : added)
            tail += style.between + quote_json(name) + style.colon + write_value(value, style);
        std::size_t const end = json->members.back().value.end;
        edits.push_back({end, end, tail});
    }
    std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.begin > b.begin; });
    std::string text = row.text;
    for (auto const& edit : edits) text.replace(edit.begin, edit.end - edit.begin, edit.text);
    return text;
}

}  // namespace ca::interop
