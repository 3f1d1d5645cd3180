#include "platform/native/desktop_press.h"

#include "papers/verify.h"
#include "platform/native/press_fonts_folder.h"

namespace ca::platform {

void DesktopPress::print(documents::Document document, std::function<void(Result<papers::Printed>)> done) {
    done(print_now(document));
}

void DesktopPress::check(std::string pdf, std::function<void(Result<documents::PaperCheck>)> done) {
    // Not while it is checked: what is missing here would be held against the file.
    if (auto opened = open_fonts(); !opened) return done(std::unexpected(std::move(opened.error())));
    done(papers::verify(pdf, [this](const documents::Document& paper) { return print_now(paper); }));
}

Result<> DesktopPress::open_fonts() {
    if (!fonts_) fonts_ = CA_TRY(read_press_fonts(folder_));
    return {};
}

Result<papers::Printed> DesktopPress::print_now(const documents::Document& document) {
    CA_TRY_VOID(open_fonts());
    auto file = CA_TRY(write_from_folder(folder_, *fonts_, document));
    return papers::Printed{.bytes = std::move(file.bytes), .pages = file.page_count};
}

}  // namespace ca::platform
