// Inside interop: what a row means, as one text a field in one canonical form, and the same of a record of the
// workspace.
//
// Fields are the common ground on which a row, the row last imported and the record here are compared and merged:
// dates "YYYY-MM-DD", instants "YYYY-MM-DDTHH:MM:SSZ", flags "true" and "false", states and types in the guide's words,
// references by our own keys (an account by its ODS code, an agreement by its number), lists as list_cell.h joins them,
// absent values "".
#pragma once

#include "interop/list_cell.h"
#include "interop/servicenow_rows.h"
#include "lifecycle/model.h"

#include <functional>
#include <unordered_map>

namespace ca::interop {

// Many texts, in no order.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template<typename Value>
using ByText = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

using Fields = std::map<std::string, std::string, std::less<>>;

// Who is meant by a sys_id, and which kept row is whose. A key is an ODS code, an email address in lower case, or a
// number.
class Directory {
public:
    Directory() = default;
    Directory(const lifecycle::Workspace&, const Mapping&);

    // `kept_as`: the sys_id under which its row is kept, which is its key where it has none.
    void add(Table, const std::string& kept_as, const std::string& sys_id, const std::string& key);
    const std::string* key_of(Table, std::string_view sys_id) const;
    // The sys_id under which the row of this record is kept; nullptr: it has none.
    const std::string* row_of(Table, std::string_view key) const;
    // The sys_id that the record has in ServiceNow; for one made here a fixed one, made from its key.
    std::string sys_id_of(Table, std::string_view key) const;
    // Of API products that hold a comma: in a list of names without quotation marks, only these tell where such a name
    // ends.
    std::span<const std::string> names_with_commas() const { return names_with_commas_; }

private:
    struct PerTable {
        ByText<std::string> key_by_id, row_by_key;
        ByText<std::string> id_by_key;  // where it is another than the row is kept under
    };
    std::array<PerTable, 4> tables_;
    std::vector<std::string> names_with_commas_;
};

bool exists(const lifecycle::Workspace&, Table, const std::string& key);

// A row's own key, without looking at anything else of it; empty where it has none.
std::string key_of(Table, const Row&, const Mapping&);
std::string id_of(Table, const Row&, const Mapping&);

// Error codes: unsound; waits, where only a reference is not known yet. The message is a reason in words.
Result<Fields> read_fields(Table, const Row&, const Mapping&, const Directory&);
// The same of what is here. `key` must exist.
Fields fields_of(Table, const lifecycle::Workspace&, const std::string& key);

// Those that are another afterwards, in the order of their names.
std::vector<FieldChange> field_changes(const std::string& number, const Fields& before, const Fields& after);

// Addresses of a row's watch list; a sys_id stands for a contact's address where it is that of one, and is passed over
// otherwise.
std::vector<std::string> watchers(std::string_view list, const Directory&, const lifecycle::Workspace&);

}  // namespace ca::interop
