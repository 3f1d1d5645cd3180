// What a document must have before a conforming file can be made of it. The codes are listed in pdf.h.
#pragma once

#include "base/result.h"
#include "pdf/pdf.h"

namespace ca::pdf {

Result<void> check_document(const documents::Document&, const Options&);

}  // namespace ca::pdf
