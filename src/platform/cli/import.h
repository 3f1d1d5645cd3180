// portal-cli import FILE… --workspace DIR: ServiceNow tables, terms documents, or a backup, into a workspace.
#pragma once

#include "platform/cli/cli.h"

namespace ca::cli {

// {"new":n,"changed":n,"same":n,"refused":[{"file","position","reason"}],"due":n}; a broken file stands there with
// position null, and nothing has changed. Exit: refused where nothing came in, because a file is broken, every record
// was refused, or the clock is in doubt (clock.h; a backup needs none). A dry run only looks at the workspace
// (kept_journal.h).
Exit import_files(const Call&);

}  // namespace ca::cli
