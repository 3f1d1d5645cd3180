#include "app/press_fonts.h"

namespace ca::app {

Result<pdf::FontSet> press_fonts(std::vector<std::string> bytes) {
    for (std::size_t i = 0; i < press_font_files.size(); ++i)
        if (i >= bytes.size() || bytes[i].empty())
            return fail("missing_font", "A typeface that PDFs are set in could not be read.", std::string(press_font_files[i]));
    pdf::FontSet fonts;
    fonts.text = {.regular = std::move(bytes[0]), .italic = std::move(bytes[1]), .bold = std::move(bytes[2]), .bold_italic = std::move(bytes[3])};
    fonts.mono = {.regular = std::move(bytes[4])};
    fonts.fallback.push_back({.regular = std::move(bytes[5]), .bold = std::move(bytes[6])});
    fonts.fallback.push_back({.regular = std::move(bytes[7]), .bold = std::move(bytes[8])});
    fonts.fallback.push_back({.regular = std::move(bytes[9]), .bold = std::move(bytes[10])});
    return fonts;
}

}  // namespace ca::app
