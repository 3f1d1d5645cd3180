// portal-cli export --workspace DIR --servicenow OUTDIR | --backup FILE | --csv FILE | --xlsx FILE: what a workspace
// holds, as files.
#pragma once

#include "platform/cli/cli.h"

namespace ca::cli {

// {"written":{"<file>":n,…}}, n being the records in it (events, in a backup). ServiceNow tables, CSV and XLSX are as
// of now (or
// --at): with everything that fell due by then; a clock in doubt is refused (clock.h). The workspace is only looked at
// (kept_journal.h).
Exit export_files(const Call&);

}  // namespace ca::cli
