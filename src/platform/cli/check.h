// portal-cli check --workspace DIR: verifies a journal's chain. Only looks (kept_journal.h).
//
//     {"events":312,"sound":true}
//     {"events":56,"sound":false,"first_bad":{"event":57,"code":"bad_hash","message":"…"}}   exit 1
//
// `events` are those in good order from the first on. "set_aside" counts files in quarantine/, "unread" the sound
// events of a newer format; both are left out where there are none.
#pragma once

#include "platform/cli/cli.h"

namespace ca::cli {

Exit check(const Call&);

}  // namespace ca::cli
