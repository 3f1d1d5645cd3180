#include "interop/servicenow_export.h"

#include "base/text.h"

#include <algorithm>
#include <set>

namespace ca::interop {

namespace {

using lifecycle::Workspace;

// Fields of a kept row that a rule can change here. All others go out as they came.
const std::vector<std::string>& changing_fields(Table table) {
    static const std::array<std::vector<std::string>, 4> all = {{
        {"name", "company_number", "public_healthcare", "outside_uk", "delivery_email", "address"},
        {"name", "onboarding_contact"},
        {"name", "company_registration_number", "state", "substate", "start_date", "end_date", "accepted_on",
         "accepted_by", "superseded_contract", "review_day_one", "paused_on", "pause_reason", "notified"},
        {"state", "watch_list"},
    }};
    return all[static_cast<std::size_t>(table)];
}

// Columns that are there only where they say something: they are not ServiceNow's own.
bool is_optional(Table table, std::string_view field) {
    return table == Table::agreement &&
           (field == "review_day_one" || field == "paused_on" || field == "pause_reason" || field == "notified");
}

std::string get(const Fields& fields, std::string_view field) {
    auto const found = fields.find(field);
    return found == fields.end() ? std::string() : found->second;
}

// "2025-08-01T08:15:00Z" as ServiceNow writes it.
std::string utc_words(std::string instant) {
    if (instant.size() == 20) {
        instant[10] = ' ';
        instant.pop_back();
    }
    return instant;
}

}  // namespace

void for_each_row(const lifecycle::KeptRows& rows, Table table, const Mapping& mapping,
                  const std::function<bool(const lifecycle::ServiceNowRow&)>& visit) {
    // One without a sys_id holds the white space around the others.
    rows.for_each(mapping[table].name,
                  [&](const lifecycle::ServiceNowRow& kept) { return kept.sys_id.empty() || visit(kept); });
}

RowWriter::RowWriter(const Workspace& workspace, const Mapping& mapping, const Directory& directory)
    : workspace_(workspace), mapping_(mapping), directory_(directory) {
    std::optional<RowStyle> any;
    std::array<bool, 4> has_style{};
    for (auto const table : tables) {
        auto const index = static_cast<std::size_t>(table);
        orders_[index] = mapping[table].order;
        for_each_row(workspace.servicenow_rows, table, mapping, [&](const lifecycle::ServiceNowRow& kept) {
            auto const row = read_row(kept.row);
            if (!row) return true;
            styles_[index] = RowStyle::of(*row);
            has_style[index] = true;
            if (!any) any = styles_[index];
            orders_[index].clear();
            for (auto const& column : row->columns)
                if (!is_optional(table, mapping[table].field(column.name))) orders_[index].push_back(column.name);
            return false;
        });
    }
    for (std::size_t i = 0; i < styles_.size(); ++i)
        if (!has_style[i] && any) styles_[i] = *any;

    // Links look as those that came in.
    for (auto const table : tables)
        links_[static_cast<std::size_t>(table)] = mapping.instance + "/api/now/table/" + mapping[table].name + "/";
    for (auto const from : {Table::contact, Table::agreement, Table::case_}) {
        for_each_row(workspace.servicenow_rows, from, mapping, [&](const lifecycle::ServiceNowRow& kept) {
            auto const row = read_row(kept.row);
            if (!row) return false;
            for (auto const to : {Table::account, Table::agreement}) {
                auto const* column = row->find(mapping[from].column(to_words(to)));
                if (column && !column->value.empty() && column->link.ends_with("/" + column->value))
                    links_[static_cast<std::size_t>(to)] =
                        column->link.substr(0, column->link.size() - column->value.size());
            }
            return false;
        });
    }
}

std::string RowWriter::row_of(Table table, const std::string& key) const {
    if (auto const sys_id = directory_.row_of(table, key))
        if (auto const kept = workspace_.servicenow_rows.get(mapping_[table].name, std::string(*sys_id)))
            if (auto const row = read_row(kept->row)) return rewritten(table, key, *row);
    return made(table, key);
}

Value RowWriter::reference(Table to, const std::string& key) const {
    if (key.empty()) return {};
    auto const id = directory_.sys_id_of(to, key);
    std::string display = key;
    if (to == Table::account)
        if (auto const* account = workspace_.find_account(key)) display = account->name;
    return {.value = id, .display = display, .link = links_[static_cast<std::size_t>(to)] + id};
}

Value RowWriter::value_of(Table table, std::string_view field, const Fields& fields, const std::string& key) const {
    auto same = [](std::string text) { return Value{.value = text, .display = text}; };
    auto const text = get(fields, field);
    auto word = [&](std::string_view vocabulary) {
        return same(text.empty() ? text : std::string(mapping_.theirs(vocabulary, text)));
    };
    if (field == "id") return same(directory_.sys_id_of(table, key));
    if (field == "class") return same(mapping_[table].name);
    if (field == "account") return reference(Table::account, text);
    if (table == Table::account) {
        if (field == "street") return same(get(fields, "address"));
        if (field == "number") return {};  // ServiceNow's to give
    }
    if (field == "public_healthcare" || field == "outside_uk" || field == "onboarding_contact")
        return same(std::string(mapping_.theirs("flag", text == "true" ? "yes" : "no")));
    if (table == Table::agreement) {
        if (field == "state" || field == "substate" || field == "signature_type") return word(field);
        if (field == "active")
            return same(std::string(mapping_.theirs("flag", get(fields, "state") == "Active" ? "yes" : "no")));
        if (field == "created" || field == "updated") return same(utc_words(get(fields, "created")));
    }
    if (table == Table::case_) {
        if (field == "agreement") return reference(Table::agreement, text);
        if (field == "state") return word("case_state");
        if (field == "kind") return word("kind");
        if (field == "opened") return same(utc_words(text));
        if (field == "title")
            return same((get(fields, "kind") == "acceptance" ? "Connection Agreement " : "Query on ") +
                        get(fields, "agreement"));
    }
    return same(text);
}

// What the row keeps of it: entries that are no address stay, those whose address left the list go, new ones follow.
std::string RowWriter::watch_list(std::string_view kept_list, const std::string& case_number) const {
    auto const& wanted = workspace_.cases.at(case_number).watch_list;
    auto is_wanted = [&](const std::string& address) {
        return std::any_of(wanted.begin(), wanted.end(),
                           [&](const std::string& each) { return to_ascii_lower(each) == to_ascii_lower(address); });
    };
    std::vector<std::string> entries;
    std::set<std::string> written;
    for (auto const& entry : split_list(kept_list)) {
        auto const addresses = watchers(entry, directory_, workspace_);
        if (!addresses.empty() && !is_wanted(addresses.front())) continue;
        entries.push_back(entry);
        if (!addresses.empty()) written.insert(to_ascii_lower(addresses.front()));
    }
    for (auto const& address : wanted)
        if (written.insert(to_ascii_lower(address)).second) entries.push_back(address);
    return join_list(entries);
}

// An address corrected here is one text: it stands in the street, and the other parts of the old one go.
void RowWriter::change_address(const Row& kept, const Fields& now, const std::string& key,
                               std::map<std::string, Value>& changes) const {
    auto const& mapping = mapping_[Table::account];
    for (auto const* part : {"city", "postcode", "country"})
        if (auto const column = mapping.column(part); !kept.value(column).empty()) changes[std::string(column)] = {};
    if (auto const street = mapping.column("street"); !street.empty())
        changes[std::string(street)] = value_of(Table::account, "street", now, key);
}

std::string RowWriter::rewritten(Table table, const std::string& key, const Row& kept) const {
    auto const before = read_fields(table, kept, mapping_, directory_);
    if (!before) return kept.text;  // read by another mapping than the one it came with: it goes out as it came
    auto const now = fields_of(table, workspace_, key);
    std::map<std::string, Value> changes;
    for (auto const& field : changing_fields(table)) {
        if (field == "address") {
            if (get(*before, field) != get(now, field)) change_address(kept, now, key, changes);
            continue;
        }
        auto const column = mapping_[table].column(field);
        if (column.empty()) continue;
        if (field == "watch_list") {
            auto const list = watch_list(get(*before, field), key);
            if (list != get(*before, field)) changes[std::string(column)] = {.value = list, .display = list};
            continue;
        }
        if (get(*before, field) != get(now, field)) changes[std::string(column)] = value_of(table, field, now, key);
    }
    if (auto const state = mapping_[table].column("state"); !state.empty() && changes.contains(std::string(state))) {
        if (table == Table::agreement)
            if (auto const active = mapping_[table].column("active"); kept.find(active))
                changes[std::string(active)] = value_of(table, "active", now, key);
        if (table == Table::case_)
            if (auto const notes = mapping_[table].column("close_notes");
                get(*before, "close_notes").empty() && !get(now, "close_notes").empty())
                if (!notes.empty()) changes[std::string(notes)] = value_of(table, "close_notes", now, key);
    }
    return changes.empty() ? kept.text : rewrite_row(kept, changes);
}

std::string RowWriter::made(Table table, const std::string& key) const {
    auto const fields = fields_of(table, workspace_, key);
    auto const& mapping = mapping_[table];
    std::vector<std::pair<std::string, Value>> columns;
    for (auto const& column : orders_[static_cast<std::size_t>(table)]) {
        auto const field = mapping.field(column);
        if (!field.empty()) {
            columns.emplace_back(column, value_of(table, field, fields, key));
        } else {
            auto const constant = mapping.constants.find(column);
            auto const text = constant == mapping.constants.end() ? std::string() : constant->second;
            columns.emplace_back(column, Value{.value = text, .display = text});
        }
    }
    // A kept row may lack what a record cannot do without.
    for (auto const& column : mapping.order) {
        auto const field = mapping.field(column);
        auto const is_same = [&](const auto& written) { return written.first == column; };
        if (!field.empty() && std::none_of(columns.begin(), columns.end(), is_same))
            columns.emplace_back(column, value_of(table, field, fields, key));
    }
    for (auto const& [field, column] : mapping.columns)
        if (is_optional(table, field) && !column.empty() && !get(fields, field).empty())
            columns.emplace_back(column, value_of(table, field, fields, key));
    return write_row(columns, style(table));
}

Mapping mapping_of(const Workspace& workspace) {
    auto const kept = workspace.servicenow_rows.get(mapping_row_table, {});
    if (!kept) return default_mapping();
    auto mapping = read_mapping(kept->row);
    return mapping ? *std::move(mapping) : default_mapping();
}

std::vector<File> export_servicenow(const lifecycle::Sight& workspace) {
    auto const mapping = mapping_of(workspace);
    Directory const directory(workspace, mapping);
    RowWriter const writer(workspace, mapping, directory);
    std::vector<File> files;
    for (auto const table : tables) {
        std::vector<std::string> rows;
        std::set<std::string> written;
        for_each_row(workspace.servicenow_rows, table, mapping, [&](const lifecycle::ServiceNowRow& kept) {
            auto const row = read_row(kept.row);
            auto const key = row ? key_of(table, *row, mapping) : std::string();
            if (exists(workspace, table, key) && written.insert(key).second) rows.push_back(writer.row_of(table, key));
            return true;
        });
        auto add_made_here = [&](const auto& records) {
            for (auto const& [key, _] : records)
                if (written.insert(key).second) rows.push_back(writer.row_of(table, key));
        };
        switch (table) {
            case Table::account: add_made_here(workspace.accounts); break;
            case Table::contact: {
                std::vector<const lifecycle::Contact*> contacts;
                for (auto const& [_, contact] : workspace.contacts) contacts.push_back(&contact);
                std::sort(contacts.begin(), contacts.end(), [](auto* a, auto* b) { return a->order < b->order; });
                for (auto const* contact : contacts)
                    if (auto const key = to_ascii_lower(contact->email); written.insert(key).second)
                        rows.push_back(writer.row_of(table, key));
                break;
            }
            case Table::agreement: add_made_here(workspace.agreements); break;
            case Table::case_: add_made_here(workspace.cases); break;
        }
        auto const layout_row = workspace.servicenow_rows.get(mapping[table].name, {});
        auto layout = layout_row ? Layout::from_text(layout_row->row) : std::nullopt;
        if (!layout) layout = Layout();
        files.push_back({mapping[table].name + ".json", layout->join(rows)});
    }
    return files;
}

}  // namespace ca::interop
