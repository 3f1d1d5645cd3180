// Which typefaces a PDF is set in. One list for every platform, so that the same record gives the same bytes
// everywhere.
//
//     std::vector<std::string> bytes;                       // of each file of press_font_files, in that order
//     pdf::FontSet fonts = press_fonts(std::move(bytes));   // error missing_font where one is empty
//
// Names and notes may be in any script. Faces for the others are large and seldom needed, so they are not at hand: the
// writer asks for the file that a document needs (error font_wanted), and is asked again when it is there.
//
//     auto file = write_with(fonts, document, {}, [&](std::string_view wanted) { return bytes_of(wanted); });   //
//     Result<std::string>
//
// Which it asks for follows from the document alone, never from what came before. Where the files lie is the
// platform's: a folder, or fonts/ beside the page.
#pragma once

#include "base/result.h"
#include "pdf/pdf.h"

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ca::papers {

inline constexpr std::array<std::string_view, 11> press_font_files{
    "SourceSans3-Regular.ttf",    "SourceSans3-Italic.ttf",
    "SourceSans3-Bold.ttf",       "SourceSans3-BoldItalic.ttf",
    "SourceCodePro-Regular.ttf",  "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",          "NotoSansHebrew-Regular.ttf",
    "NotoSansHebrew-Bold.ttf",    "IBMPlexSansArabic-Regular.ttf",
    "IBMPlexSansArabic-Bold.ttf",
};

Result<pdf::FontSet> press_fonts(std::vector<std::string> bytes);

// The bytes of a file that was wanted take their place. False: none of that name is known.
bool lend_face(pdf::FontSet&, std::string_view file, std::string bytes);

// Errors are those of pdf::write, but for font_wanted, and those of `read`.
Result<pdf::File> write_with(pdf::FontSet&, const documents::Document&, const pdf::Options&,
                             const std::function<Result<std::string>(std::string_view file)>& read);

}  // namespace ca::papers
