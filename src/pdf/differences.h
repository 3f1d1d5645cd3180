// Where one PDF file differs from another that this writer has made, in words for people.
//
//     for (const documents::Difference& each : differences(rendered, given)) say(each.where + ": " + each.what);
//     // "Page 3: its content is not what it should be."
//
// Streams are compared by what they hold, so that a copy that another program has saved again is told from one whose
// words were changed. Equal files give nothing, different ones at least one difference. Errors are those of
// stored_objects, of `given`.
#pragma once

#include "base/result.h"
#include "documents/paper_check.h"

#include <string>
#include <string_view>
#include <vector>

namespace ca::pdf {

Result<std::vector<documents::Difference>> differences(std::string_view rendered, std::string_view given);

}  // namespace ca::pdf
