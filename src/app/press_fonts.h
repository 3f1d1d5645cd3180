// Which typefaces a PDF is set in. One list for every platform, so that the same record gives the same bytes everywhere.
//
//     std::vector<std::string> bytes;                       // of each file of press_font_files, in that order
//     pdf::FontSet fonts = press_fonts(std::move(bytes));   // error missing_font where one is empty
//
// Where the files lie is the platform's: a folder, or fonts/ beside the page.
#pragma once

#include "base/result.h"
#include "pdf/pdf.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace ca::app {

inline constexpr std::array<std::string_view, 11> press_font_files{
    "SourceSans3-Regular.ttf", "SourceSans3-Italic.ttf",   "SourceSans3-Bold.ttf",       "SourceSans3-BoldItalic.ttf",
    "SourceCodePro-Regular.ttf", "NotoSans-Regular.ttf",   "NotoSans-Bold.ttf",          "NotoSansHebrew-Regular.ttf",
    "NotoSansHebrew-Bold.ttf", "IBMPlexSansArabic-Regular.ttf", "IBMPlexSansArabic-Bold.ttf",
};

Result<pdf::FontSet> press_fonts(std::vector<std::string> bytes);

}  // namespace ca::app
