// Inside interop: one record as the row that it is now.
#pragma once

#include "interop/servicenow_fields.h"

#include <functional>

namespace ca::interop {

class RowWriter {
public:
    RowWriter(const lifecycle::Workspace&, const Mapping&, const Directory&);

    // The row kept of the record with what changed here since; a new one for a record made here.
    std::string row_of(Table, const std::string& key) const;
    // How new rows of a table look: as its first kept row, else as that of any other table.
    const RowStyle& style(Table table) const { return styles_[static_cast<std::size_t>(table)]; }

private:
    std::string rewritten(Table, const std::string& key, const Row& kept) const;
    void change_address(const Row& kept, const Fields& now, const std::string& key,
                        std::map<std::string, Value>& changes) const;
    std::string made(Table, const std::string& key) const;
    Value value_of(Table, std::string_view field, const Fields&, const std::string& key) const;
    Value reference(Table, const std::string& key) const;
    std::string watch_list(std::string_view kept_list, const std::string& case_number) const;

    const lifecycle::Workspace& workspace_;
    const Mapping& mapping_;
    const Directory& directory_;
    std::array<RowStyle, 4> styles_{};
    std::array<std::vector<std::string>, 4> orders_{};  // columns of a new row
    std::array<std::string, 4> links_{};                // what stands before the sys_id in a link to the table
};

// Kept rows of a table in the order in which they came, until `visit` says false.
void for_each_row(const lifecycle::KeptRows&, Table, const Mapping&,
                  const std::function<bool(const lifecycle::ServiceNowRow&)>& visit);

inline const std::string mapping_row_table = "mapping";

}  // namespace ca::interop
