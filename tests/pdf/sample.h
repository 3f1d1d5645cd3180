// Documents and fonts for the tests of the PDF writer.
#pragma once

#include "documents/document.h"
#include "pdf/pdf.h"

#include <string>

namespace ca::pdf::sample {

std::string read_file(const std::string& path);

// The project's fonts, from the folder where scripts/setup has put them.
FontSet fonts(const std::string& folder);

// One document with every kind of block, long enough for several pages, tables that break and links both ways.
documents::Document everything();

// The least document: a title and a paragraph.
documents::Document least();

// The words of a document, block by block, as a reader should meet them.
std::vector<std::string> words(const documents::Document&);

}  // namespace ca::pdf::sample
