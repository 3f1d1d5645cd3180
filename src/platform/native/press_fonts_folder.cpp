#include "platform/native/press_fonts_folder.h"

#include <fstream>
#include <iterator>

namespace ca::platform {
namespace {

// Empty where it is not there.
std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

Result<pdf::FontSet> read_press_fonts(const std::filesystem::path& folder) {
    std::vector<std::string> files;
    for (const std::string_view name : papers::press_font_files) files.push_back(bytes_of(folder / name));
    return papers::press_fonts(std::move(files));
}

Result<pdf::File> write_from_folder(const std::filesystem::path& folder, pdf::FontSet& fonts,
                                    const documents::Document& document, const pdf::Options& options) {
    return papers::write_with(fonts, document, options,
                              [&](std::string_view file) -> Result<std::string> { return bytes_of(folder / file); });
}

}  // namespace ca::platform
