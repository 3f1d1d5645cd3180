// Checks a downloaded agreement by itself: reads the record that travels inside, computes its hashes again, folds its
// events again, makes the paper again, and compares.
//
//     documents::PaperCheck check = verify(bytes, [&](const documents::Document& paper) { … });   // how a paper is
//     printed
//
// What `exact` proves: the file is byte for byte what this portal makes of the record inside; each event in it has its
// own right hash; and what the paper says of the agreement follows from these events. What it cannot prove: that NHS
// England holds the same record, for a file carries no secret. Whoever has a journal compares `event_hashes` with it.
//
// What an earlier or later version of the portal has made cannot have the same bytes. Its record and events are judged
// all the same, and its words are compared with those that this version sets.
//
// Any bytes may be given. A large file takes its time (a second for tens of megabytes): Press::check keeps that from a
// page.
#pragma once

#include "papers/press.h"
#include "documents/paper_check.h"

#include <functional>
#include <string_view>

namespace ca::papers {

documents::PaperCheck verify(std::string_view pdf,
                             const std::function<Result<Printed>(const documents::Document&)>& print);

}  // namespace ca::papers
