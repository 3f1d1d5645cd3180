// The desktop's press (papers/press.h): typefaces read from a folder when it is first asked for something; answers at
// once.
//
// Error, besides those of pdf/pdf.h: missing_font, where a typeface cannot be read; of a file nothing is said then.
#pragma once

#include "papers/press.h"
#include "pdf/pdf.h"

#include <filesystem>
#include <optional>

namespace ca::platform {

class DesktopPress final : public papers::Press {
public:
    explicit DesktopPress(std::filesystem::path fonts) : folder_(std::move(fonts)) {}
    void print(documents::Document, std::function<void(Result<papers::Printed>)> done) override;
    void check(std::string pdf, std::function<void(Result<documents::PaperCheck>)> done) override;

private:
    Result<> open_fonts();
    Result<papers::Printed> print_now(const documents::Document&);

    std::filesystem::path folder_;
    std::optional<pdf::FontSet> fonts_;
};

}  // namespace ca::platform
