// What the file says about itself, twice: in the information dictionary and, equal to it, as XMP.
#pragma once

#include "pdf/objects.h"
#include "pdf/pdf.h"

namespace ca::pdf {

Dictionary information(const documents::Document&, const Options&);
std::string xmp_packet(const documents::Document&, const Options&);
// "D:20250801163000Z", as dates of a PDF file are written.
std::string pdf_date(Instant);

}  // namespace ca::pdf
