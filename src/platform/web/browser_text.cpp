#include "platform/web/browser_text.h"

#include "base/isolate.h"
#include "platform/web/bridge.h"
#include "platform/web/texture.h"
#include "ui/text_layout.h"

namespace ca::platform {

namespace {

constexpr std::size_t kept_max =
    500;  // lines; a page of 500 rows in a script of its own shows some 60 of them in its strip

GLuint texture_of(const ui::ForeignText::Picture& picture) { return static_cast<GLuint>(picture.texture); }

}  // namespace

BrowserText::~BrowserText() {
    for (const auto& [key, kept] : kept_) free_texture(texture_of(kept.picture));
}

float BrowserText::width(std::string_view text, ui::Face face, float size) {
    return bridge::text_width(isolate_right_to_left(text), static_cast<int>(face), size);
}

ui::ForeignText::Picture BrowserText::draw(std::string_view text, ui::Face face, float size, float pixel_ratio,
                                           std::uint32_t rgba) {
    const float pixels = size * pixel_ratio;
    std::string key =
        std::to_string(static_cast<int>(face)) + ' ' + std::to_string(pixels) + ' ' + std::to_string(rgba) + ' ';
    key += text;
    Kept& kept = kept_[std::move(key)];
    kept.frame = frame_;
    if (kept.picture.texture == 0) {
        const std::uint64_t texture = make_texture();
        const bridge::TextPicture drawn =
            bridge::draw_text(isolate_right_to_left(text), static_cast<int>(face), pixels, rgba);
        const auto css = [&](int device) { return static_cast<float>(device) / pixel_ratio; };
        kept.picture = {texture, css(drawn.width), css(drawn.height), css(drawn.left), css(drawn.up)};
    }
    return kept.picture;
}

// Between two frames nothing is drawn that could be let go.
void BrowserText::next_frame() {
    if (kept_.size() > kept_max)
        std::erase_if(kept_, [&](const auto& entry) {
            if (entry.second.frame == frame_) return false;
            free_texture(texture_of(entry.second.picture));
            return true;
        });
    ++frame_;
}

}  // namespace ca::platform
