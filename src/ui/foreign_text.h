// Letters that the bundled typefaces lack (张伟, العربية, বাংলা, emoji): measured and drawn by whoever has them.
//
// In a browser that is the browser (platform/web/browser_text.h), which has every typeface of the machine and shapes
// them; the line of text in which such letters stand is drawn by it whole. Where there is nobody, in the desktop window
// and in tests, the name of the code point stands in the letter's place: [U+5F20].
#pragma once

#include <cstdint>
#include <string_view>

namespace ca::ui {

enum class Face : std::uint8_t;

class ForeignText {
public:
    // A drawn line: its texture for ImGui (0: it could not be made), its size, and where its pen began in it. CSS px.
    struct Picture {
        std::uint64_t texture = 0;
        float width = 0, height = 0;
        float left = 0, up = 0;  // from the picture's left edge to the pen, from its upper edge to the baseline
    };

    virtual ~ForeignText() = default;
    virtual float width(std::string_view text, Face face, float size) = 0;  // CSS px
    // Lives through the frame; the next one asks again.
    virtual Picture draw(std::string_view text, Face face, float size, float pixel_ratio, std::uint32_t rgba) = 0;
    virtual void next_frame() = 0;
};

}  // namespace ca::ui
