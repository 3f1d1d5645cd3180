// Inside interop: the rows of a ServiceNow file as text and as columns, without what the columns mean.
//
// A Row is its own JSON text and where in it each column's value stands, so that one value can be written anew and
// every other byte stays. A Layout is what stands around the rows of a file.
#pragma once

#include "interop/json_text.h"
#include "interop/servicenow.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ca::interop {

bool looks_like_sys_id(std::string_view);

struct Column {
    struct Span {
        std::size_t begin = 0, end = 0;
    };
    std::string name;
    std::string value;                 // null is empty; a number or a flag is its literal
    std::string display;               // display_value, where there is one
    bool nested = false;               // {"value", …}
    Span at{};                         // of the value's literal in Row::text
    std::optional<Span> display_at{};  // of the display_value's literal
    std::optional<Span> link_at{};     // of the link's literal
    std::string link{};
};

struct Row {
    std::string text;
    std::vector<Column> columns;

    const Column* find(std::string_view name) const;      // nullptr also for ""
    std::string_view value(std::string_view name) const;  // empty where there is no such column
};

// The error's message is a reason in words.
Result<Row> read_row(const Json&, std::string_view bytes);
Result<Row> read_row(std::string_view text);

// The same values in the same columns, whatever the shape and the order.
bool same_values(const Row&, const Row&);

struct Layout {
    std::string prefix = "{\n \"result\": [\n  ";
    std::string separator = ",\n  ";
    std::string suffix = "\n ]\n}";
    bool operator==(const Layout&) const = default;

    std::string to_text() const;  // as JSON
    static std::optional<Layout> from_text(std::string_view);
    std::string join(const std::vector<std::string>& rows) const;
};

// A case that looks like that of an acceptance, and the sys_id of its agreement.
struct AcceptanceRow {
    std::string agreement, number;
};

// A file that was read through and found to be of a table. Its rows are read again when they are asked for: as values
// they take many times the room of their text.
class TableFile {
public:
    Table table{};
    std::string name;
    std::optional<Layout> layout;            // none for an empty list
    std::vector<AcceptanceRow> acceptances;  // of a table of cases

    std::size_t size() const { return rows_.size(); }
    Result<Row> row(std::size_t index) const;  // record 1 is row(0)
    // Its rows have all been taken: its bytes are no longer held.
    void let_go() { file_.reset(); }

private:
    friend class TableReading;
    std::shared_ptr<const File> file_;
    std::vector<Column::Span> rows_;
    std::map<std::size_t, Error> unsound_;  // of which the file itself shows it
};

// Reads a file as a table, some rows at a time.
class TableReading {
public:
    TableReading(std::shared_ptr<const File>, const Mapping&);  // which outlives it
    TableReading(TableReading&&) noexcept;
    TableReading& operator=(TableReading&&) noexcept;
    ~TableReading();

    // True: it was read through. Errors, for the whole file: too_large, truncated, not_json, not_servicenow.
    Result<bool> go_on(std::size_t rows);
    std::size_t bytes_read() const;
    TableFile table() &&;

private:
    struct State;
    std::unique_ptr<State> state_;
};

// One value in a row: what it becomes, its display value, and the sys_id link of a reference.
struct Value {
    std::string value;
    std::string display;
    std::string link{};  // not empty for a reference
};

// How rows are written: white space and shape, copied from a row that came in, so that a new row looks like its
// neighbours.
struct RowStyle {
    bool display_all = false;
    std::string open = "\n   ", between = ",\n   ", colon = ": ", close = "\n  ";
    std::string nested_open = "\n    ", nested_between = ",\n    ", nested_close = "\n   ";

    static RowStyle of(const Row&);
};

std::string write_row(const std::vector<std::pair<std::string, Value>>& columns, const RowStyle&);
// The row with these columns changed; a column that it does not have is added at its end.
std::string rewrite_row(const Row&, const std::map<std::string, Value>& changes);

}  // namespace ca::interop
