// The desktop's press (app/press.h): typefaces read from a folder when the first PDF is asked for; prints at once.
#pragma once

#include "app/press.h"
#include "pdf/pdf.h"

#include <filesystem>
#include <optional>

namespace ca::platform {

class DesktopPress final : public app::Press {
public:
    explicit DesktopPress(std::filesystem::path fonts) : folder_(std::move(fonts)) {}
    void print(documents::Document, std::function<void(Result<app::Printed>)> done) override;
    void check(std::string pdf, std::function<void(Result<documents::PaperCheck>)> done) override;

    Result<app::Printed> print_now(const documents::Document&);

private:

    std::filesystem::path folder_;
    std::optional<pdf::FontSet> fonts_;
};

}  // namespace ca::platform
