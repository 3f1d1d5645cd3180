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
#include "interop/texts.h"
#include "lifecycle/model.h"

namespace ca::interop {

using Fields = std::map<std::string, std::string, std::less<>>;

// Who is meant by a sys_id, and which kept row is whose. A key is an ODS code, an email address in lower case, or a
// number. What it answers with is good until the next add().
class Directory {
public:
    Directory() = default;
    Directory(const lifecycle::Workspace&, const Mapping&);

    // `kept_as`: the sys_id under which its row is kept, which is its key where it has none.
    void add(Table, const std::string& kept_as, const std::string& sys_id, const std::string& key);
    std::optional<std::string_view> key_of(Table, std::string_view sys_id) const;
    // The sys_id under which the row of this record is kept, where it has one.
    std::optional<std::string_view> row_of(Table, std::string_view key) const;
    // The sys_id that the record has in ServiceNow; for one made here a fixed one, made from its key.
    std::string sys_id_of(Table, std::string_view key) const;
    // Of API products that hold a comma: in a list of names without quotation marks, only these tell where such a name
    // ends.
    std::span<const std::string> names_with_commas() const { return names_with_commas_; }

private:
    // By the number of a text the number of another; 0: none.
    class Links {
    public:
        std::uint32_t of(std::uint32_t from) const { return from < to_.size() ? to_[from] : 0; }
        void set(std::uint32_t from, std::uint32_t to) {
            if (from >= to_.size()) to_.resize(from + 1);
            to_[from] = to;
        }

    private:
        std::vector<std::uint32_t> to_;
    };
    struct PerTable {
        Texts texts;  // sys_ids and keys
        Links key_of_id, row_of_key;
        Links id_of_key;  // where it is another than the row is kept under

        std::optional<std::string_view> linked(const Links&, std::string_view from) const;
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
