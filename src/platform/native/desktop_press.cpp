#include "platform/native/desktop_press.h"

#include "app/press_fonts.h"

#include <fstream>
#include <iterator>

namespace ca::platform {

void DesktopPress::print(documents::Document document, std::function<void(Result<app::Printed>)> done) { done(print_now(document)); }

Result<app::Printed> DesktopPress::print_now(const documents::Document& document) {
    if (!fonts_) {
        std::vector<std::string> files;
        for (const std::string_view name : app::press_font_files) {
            std::ifstream file(folder_ / name, std::ios::binary);
            files.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        }
        fonts_ = CA_TRY(app::press_fonts(std::move(files)));
    }
    pdf::Writing writing(document, *fonts_);
    while (writing.advance()) {}
    auto file = CA_TRY(writing.take());
    return app::Printed{.bytes = std::move(file.bytes), .pages = file.page_count};
}

}  // namespace ca::platform
