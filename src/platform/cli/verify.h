// portal-cli verify FILE.pdf: whether a downloaded agreement is what the portal issued (papers/verify.h). Needs nothing
// but the file.
//
//     {"verdict":"exact","message":"…","number":"CNTR0000001","last_event":"2025-08-01T08:15:00Z","pages":41,"events":9,
//      "sha256":"…","differences":[]}
//
// `verdict` is "exact", "differs", "not_ours" or "broken"; `differences` are {"where","what"} in words. What is not
// known is null. Exit 0 where it is exact, else 1; 2 where the file could not be read or checked at all.
#pragma once

#include "platform/cli/cli.h"

namespace ca::cli {

Exit verify_paper(const Call&);

}  // namespace ca::cli
