#include "platform/native/press_fonts_folder.h"

#include <fstream>
#include <iterator>

namespace ca::platform {

Result<pdf::FontSet> read_press_fonts(const std::filesystem::path& folder) {
    std::vector<std::string> files;
    for (const std::string_view name : app::press_font_files) {
        std::ifstream file(folder / name, std::ios::binary);
        files.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return app::press_fonts(std::move(files));
}

}  // namespace ca::platform
