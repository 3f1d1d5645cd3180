// Checks a downloaded agreement by itself: reads the record that travels inside, computes its hashes again, folds its events again,
// makes the paper again, and compares.
//
//     verify(press, bytes, [](documents::PaperCheck check) { … });   // answers as the press does, perhaps before it returns
//
// What `exact` proves: the file is byte for byte what this portal makes of the record inside; each event in it has its own right
// hash; and what the paper says of the agreement follows from these events. What it cannot prove: that NHS England holds the same
// record, for a file carries no secret. Whoever has a journal compares `event_hashes` with it.
//
// Any bytes may be given.
#pragma once

#include "app/press.h"
#include "documents/paper_check.h"

#include <functional>
#include <string>

namespace ca::app {

void verify(Press&, std::string pdf, std::function<void(documents::PaperCheck)> done);

}  // namespace ca::app
