// Letters that the bundled typefaces lack, drawn by the browser (ui/foreign_text.h): a line of text on a 2D canvas of
// the page's (web/src/foreign_text.ts), taken over as a texture without being read back, which some browsers forbid or
// falsify.
//
// What was drawn in the last frames is kept, so that an unchanged page costs a look-up a line.
#pragma once

#include "ui/foreign_text.h"

#include <cstdint>
#include <string>
#include <unordered_map>

namespace ca::platform {

// The context of platform/web/canvas.h must be the current one while it draws, and end after it.
class BrowserText final : public ui::ForeignText {
public:
    BrowserText() = default;
    BrowserText(const BrowserText&) = delete;
    ~BrowserText() override;

    float width(std::string_view text, ui::Face face, float size) override;
    Picture draw(std::string_view text, ui::Face face, float size, float pixel_ratio, std::uint32_t rgba) override;
    void next_frame() override;

private:
    struct Kept {
        Picture picture;
        std::uint64_t frame = 0;  // in which it was last drawn
    };
    std::unordered_map<std::string, Kept> kept_;
    std::uint64_t frame_ = 0;
};

}  // namespace ca::platform
