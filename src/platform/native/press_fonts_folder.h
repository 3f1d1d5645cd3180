// The typefaces of PDFs (papers/press_fonts.h), read from a folder.
#pragma once

#include "papers/press_fonts.h"

#include <filesystem>

namespace ca::platform {

// Error missing_font: a file is not there, or empty.
Result<pdf::FontSet> read_press_fonts(const std::filesystem::path& folder);

// pdf::write, with the faces for further scripts read from the folder as the document wants them. They stay in the set.
Result<pdf::File> write_from_folder(const std::filesystem::path& folder, pdf::FontSet&, const documents::Document&,
                                    const pdf::Options& = {});

}  // namespace ca::platform
