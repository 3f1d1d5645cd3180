// ServiceNow records in and out (the mapping of columns is servicenow_mapping.h).
//
//     ImportRun run{files, mapping_text, now};            // steps (lifecycle/recording.h): on a rehearsal the dry run,
//     while (!CA_TRY(run.go_on(recording))) …             // on a journal's recording the import
//     auto plan = std::move(run).plan();                  // what came of it, in counts and words
//     auto files = export_servicenow(seen);               // one file a table
//
// What comes in: exports of ServiceNow's Table API ({"result":[…]}), with plain values ({"link","value"} for a
// reference) or with sysparm_display_value=all ({"display_value","value"}), of the tables account, contact, agreement
// and case, one file or several, together or one after another in any order. Which table a file holds is told by
// sys_class_name, else by its columns, else by its name.
//
//   Broken     a file that is truncated, not JSON or not of that shape, holds two lists or only display values
//              (sysparm_display_value=true). Then nothing at all changes, of the other files neither.
//   Refused    a record that is unsound: a value that is malformed or missing, a number or a column given twice, … All
//   others come in. Where
//              that is every record of a file (of three or more), and for the same reason, it is said once.
//   Waiting    a record whose account or agreement is not known yet. It is listed among the refused, and kept: it comes
//   in by itself
//              with the import that brings what it waits for. So every order of files ends in the same workspace.
//   Same       what is already here, whether as it was imported or as it became here since. Gives no events.
//   Changed    a record known by its sys_id, else by its number (account: ODS code, contact: email address), whose row
//   differs from the
//              one last imported. What differs there is taken; what does not keeps what was done here since. The same
//              number for another account, under a sys_id never seen, is refused: it is not the same record.
//
// An imported record keeps what it says, also where the rules would not have allowed it, and is marked as imported. It
// claims nothing that the row does not say: no notifications (R31), no date of issue but that of an uplift (R33), no
// instant of acceptance or ending. A product or a terms version known only by its name or number is registered with it;
// the terms version as a stub without text.
//
// Rows are kept as they came (event servicenow_row_kept, beside the record). Export writes every row back byte for
// byte, with its unknown columns, in its order, with the file's own white space; only columns whose meaning has changed
// here since are written anew. Records made here follow, with a sys_id made from their number. Export, import, export
// gives the same bytes. Kept beside the rows: the white space around a table's rows (sys_id "") and the mapping file
// last imported with (table "mapping").
//
// Not in the export, because the four tables have no place for it: notes on cases, attachments, notifications,
// requests, terms texts.
#pragma once

#include "base/time.h"
#include "interop/servicenow_mapping.h"
#include "journal/entry.h"
#include "lifecycle/recording.h"
#include "lifecycle/sight.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ca::interop {

struct File {
    std::string name;
    std::string bytes;
    bool operator==(const File&) const = default;
};

struct Refused {
    std::string file;
    int position = 0;         // of the record in its file, from 1; 0: said once, of all records of the file
    std::string number;       // the record's own number, email address or name, where it has one
    std::string reason;       // in plain words: what is wrong, what to do; what cannot be seen stands by name
    bool waiting = false;     // kept, and comes in by itself with what it waits for
    std::size_t records = 1;  // that it is said of
};

struct Broken {
    std::string file;
    std::string reason;
    std::string where;  // "line 12, character 5 (byte 3071)"; empty where it is the whole file
};

// A value that came in and holds what cannot be seen, or turns the text around it (base/shown_text.h). It is kept to
// the letter.
struct Unseen {
    std::string file;
    int position = 0;    // of the record in its file, from 1
    std::string number;  // the record's own number, email address or ODS code
    std::string column;
    std::string controls;  // "U+202E, U+200F"
    std::string shown;     // the value as it is shown, with these by name; its beginning where it is long
};
std::string in_words(const Unseen&);

// A field of a record that is here already and changes. Values are as people read them: "1 August 2025", "nothing".
struct FieldChange {
    std::string number;  // the record's own number, email address or ODS code
    std::string field;   // "Accepted on"; empty: only columns that the portal keeps and does not use
    std::string from, to;
    bool operator==(const FieldChange&) const = default;
};
std::string in_words(const FieldChange&);
// What an import has changed about an agreement that was here already, for each of these entries of its account's
// stream, oldest first; nothing for those that are no such import. `names`: of products.
std::vector<std::vector<FieldChange>> changes_by_imports(std::span<const journal::Entry> stream,
                                                         const std::string& number, const lifecycle::Sight& names);

struct TableCount {
    Table table;
    std::string name;  // ServiceNow's
    std::size_t fresh = 0, changed = 0, same = 0, refused = 0;
};

struct ImportPlan {
    std::size_t events = 0;  // recorded; none where nothing changes
    std::size_t fresh = 0, changed = 0, same = 0;
    std::vector<Refused> refused;
    std::size_t refused_records() const;
    std::vector<Broken> broken;        // not empty: nothing changes, all counts are zero
    std::vector<std::string> due;      // agreements that time changes at once when this comes in, by number
    std::vector<TableCount> by_table;  // of the tables that came, in the order account, contact, agreement, case
    std::vector<Unseen> unseen;        // in the records that are new or changed
    std::vector<FieldChange> changes;  // of the records that are changed, each of its fields
    std::vector<std::string> notes;    // what else whoever imports should read, in words
};

inline constexpr std::size_t file_size_max = 256u * 1024 * 1024;

// An import, some records in each step. Whatever is wrong with a file is found before anything is recorded. A file is
// let go as soon as its records are taken.
using Files = std::vector<std::shared_ptr<const File>>;
class ImportRun final : public lifecycle::Steps {
public:
    // `mapping_text`: a mapping file to read with from now on; none: the one kept in the workspace, else the default.
    // The workspace is taken as it is: record what fell due first.
    ImportRun(Files, std::optional<std::string> mapping_text, Instant now, std::size_t records_a_step = 200);
    ImportRun(ImportRun&&) noexcept;
    ImportRun& operator=(ImportRun&&) noexcept;
    ~ImportRun() override;

    Result<bool> go_on(lifecycle::Recording&) override;  // the same one each time
    Progress progress() const override;                  // in records; all is 0 while the files are read
    Progress reading() const;                            // in bytes
    ImportPlan plan() &&;                                // of one that is finished

private:
    struct State;
    std::unique_ptr<State> state_;
};

// Four files, <table>.json, in the order account, contact, agreement, case. The workspace is taken as it is: apply what
// fell due first.
std::vector<File> export_servicenow(const lifecycle::Sight&);

// The mapping kept in this workspace, else the default.
Mapping mapping_of(const lifecycle::Workspace&);

}  // namespace ca::interop
