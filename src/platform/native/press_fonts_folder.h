// The typefaces of PDFs (app/press_fonts.h), read from a folder.
#pragma once

#include "app/press_fonts.h"

#include <filesystem>

namespace ca::platform {

// Error missing_font: a file is not there, or empty.
Result<pdf::FontSet> read_press_fonts(const std::filesystem::path& folder);

}  // namespace ca::platform
