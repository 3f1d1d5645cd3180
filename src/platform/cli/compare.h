// portal-cli compare OLD.md NEW.md: two versions of terms clause by clause.
//
//     {"same":62,"changed":6,"moved":0,"added":1,"removed":0,"clauses":[
//       {"change":"changed","name":"R.1 Governing Law","product":null,"words_changed":true,"renumbered":false,
//        "before":{"number":"R.1","title":"Governing Law","path":"R. Miscellaneous › 1. Governing Law"},"after":{…},
//        "words":[{"text":"… California. ","change":"none"},{"text":"However, …","change":"inserted"}]}, …]}
//
// Every clause is listed, in the order of the new version, removed ones where they were. `before` is null for an added
// clause, `after` for a removed one; `words` is null for a clause that is the same. `note` says in words what else
// there is: the same words in other cells or items, or a difference that nobody sees. Where words of the texts are in
// no clause because Markdown drops them, their lines stand under `not_in_document` (lost_lines.h).
#pragma once

#include "platform/cli/cli.h"

namespace ca::cli {

Exit compare_terms(const Call&);

}  // namespace ca::cli
