// portal-cli pdf NUMBER OUT.pdf --workspace DIR [--at INSTANT] [--profile a3ua|a1b]: an agreement as it was at an
// instant. portal-cli terms FILE.md OUT.pdf: any CommonMark document, through the same writer.
#pragma once

#include "platform/cli/cli.h"

namespace ca::cli {

// {"pages":n,"bytes":n,"sha256":"…"}. The workspace is only looked at (kept_journal.h): a download is recorded
// where a person downloads. A clock in doubt is refused (clock.h).
Exit print_agreement(const Call&);
Exit print_terms(const Call&);

}  // namespace ca::cli
