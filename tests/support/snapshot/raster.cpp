#include "support/snapshot/raster.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace ca::test {

namespace {

struct Colour4 {
    float r, g, b, a;
};

Colour4 unpack(ImU32 c) {
    return {static_cast<float>(c & 255) / 255, static_cast<float>(c >> 8 & 255) / 255,
            static_cast<float>(c >> 16 & 255) / 255, static_cast<float>(c >> 24) / 255};
}

// Only the alpha of ImGui's font texture says anything.
float coverage(const ImTextureData& texture, float u, float v) {
    const float x = u * static_cast<float>(texture.Width) - 0.5f, y = v * static_cast<float>(texture.Height) - 0.5f;
    const int x0 = static_cast<int>(std::floor(x)), y0 = static_cast<int>(std::floor(y));
    const float fx = x - static_cast<float>(x0), fy = y - static_cast<float>(y0);
    const auto at = [&](int px, int py) {
        px = std::clamp(px, 0, texture.Width - 1);
        py = std::clamp(py, 0, texture.Height - 1);
        const unsigned char* pixel = texture.Pixels + (py * texture.Width + px) * texture.BytesPerPixel;
        return static_cast<float>(texture.BytesPerPixel == 4 ? pixel[3] : pixel[0]) / 255;
    };
    return (at(x0, y0) * (1 - fx) + at(x0 + 1, y0) * fx) * (1 - fy) +
           (at(x0, y0 + 1) * (1 - fx) + at(x0 + 1, y0 + 1) * fx) * fy;
}

void triangle(Image& image, const std::array<ImDrawVert, 3>& v, const ImTextureData* texture, const ImVec4& clip) {
    const auto edge = [](const ImVec2& a, const ImVec2& b, float px, float py) {
        return (b.x - a.x) * (py - a.y) - (b.y - a.y) * (px - a.x);
    };
    const float area = edge(v[0].pos, v[1].pos, v[2].pos.x, v[2].pos.y);
    if (area == 0) return;
    const auto [low_x, high_x] = std::minmax({v[0].pos.x, v[1].pos.x, v[2].pos.x});
    const auto [low_y, high_y] = std::minmax({v[0].pos.y, v[1].pos.y, v[2].pos.y});
    const int x0 = std::max({0, static_cast<int>(std::floor(low_x)), static_cast<int>(clip.x)}),
              x1 = std::min({image.width, static_cast<int>(std::ceil(high_x)), static_cast<int>(clip.z)});
    const int y0 = std::max({0, static_cast<int>(std::floor(low_y)), static_cast<int>(clip.y)}),
              y1 = std::min({image.height, static_cast<int>(std::ceil(high_y)), static_cast<int>(clip.w)});
    const Colour4 c0 = unpack(v[0].col), c1 = unpack(v[1].col), c2 = unpack(v[2].col);
    // The top-left rule, so that two triangles of a quad never paint a pixel twice.
    const auto inside = [&](float w, const ImVec2& a, const ImVec2& b) {
        if (w != 0) return w > 0;
        const float dx = b.x - a.x, dy = b.y - a.y;
        return area > 0 ? (dy < 0 || (dy == 0 && dx > 0)) : (dy > 0 || (dy == 0 && dx < 0));
    };
    const float sign = area > 0 ? 1.0f : -1.0f;
    for (int y = y0; y < y1; ++y)
        for (int x = x0; x < x1; ++x) {
            const float px = static_cast<float>(x) + 0.5f, py = static_cast<float>(y) + 0.5f;
            float w0 = edge(v[1].pos, v[2].pos, px, py) * sign, w1 = edge(v[2].pos, v[0].pos, px, py) * sign,
                  w2 = edge(v[0].pos, v[1].pos, px, py) * sign;
            if (!inside(w0, v[1].pos, v[2].pos) || !inside(w1, v[2].pos, v[0].pos) || !inside(w2, v[0].pos, v[1].pos))
                continue;
            const float sum = w0 + w1 + w2;
            w0 /= sum;
            w1 /= sum;
            w2 /= sum;
            float alpha = c0.a * w0 + c1.a * w1 + c2.a * w2;
            if (texture != nullptr)
                alpha *= coverage(*texture, v[0].uv.x * w0 + v[1].uv.x * w1 + v[2].uv.x * w2,
                                  v[0].uv.y * w0 + v[1].uv.y * w1 + v[2].uv.y * w2);
            std::uint8_t* pixel =
                image.rgba.data() +
                (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x)) * 4;
            const float ink[3] = {c0.r * w0 + c1.r * w1 + c2.r * w2, c0.g * w0 + c1.g * w1 + c2.g * w2,
                                  c0.b * w0 + c1.b * w1 + c2.b * w2};
            for (int c = 0; c < 3; ++c)
                pixel[c] = static_cast<std::uint8_t>(
                    std::lround(ink[c] * alpha * 255 + static_cast<float>(pixel[c]) * (1 - alpha)));
        }
}

std::uint32_t crc(const std::string& bytes) {
    std::uint32_t value = ~0u;
    for (unsigned char byte : bytes) {
        value ^= byte;
        for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ (value & 1 ? 0xedb88320u : 0);
    }
    return ~value;
}

std::string big_endian(std::uint32_t value) {
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
            static_cast<char>(value)};
}

std::string chunk(const std::string& type, const std::string& body) {
    return big_endian(static_cast<std::uint32_t>(body.size())) + type + body + big_endian(crc(type + body));
}

}  // namespace

Image rasterise(const ImDrawData& data, int width, int height) {
    Image image{width, height,
                std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4, 255)};
    const ImVec2 scale = data.FramebufferScale;
    for (const ImDrawList* list : data.CmdLists)
        for (const ImDrawCmd& command : list->CmdBuffer) {
            if (command.UserCallback != nullptr) continue;
            const ImTextureData* texture = command.TexRef._TexData;
            const ImVec4 clip(command.ClipRect.x * scale.x, command.ClipRect.y * scale.y, command.ClipRect.z * scale.x,
                              command.ClipRect.w * scale.y);
            for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
                std::array<ImDrawVert, 3> corners;
                for (unsigned c = 0; c < 3; ++c) {
                    corners[c] = list->VtxBuffer[static_cast<int>(
                        list->IdxBuffer[static_cast<int>(command.IdxOffset + i + c)] + command.VtxOffset)];
                    corners[c].pos.x *= scale.x;
                    corners[c].pos.y *= scale.y;
                }
                triangle(image, corners, texture, clip);
            }
        }
    return image;
}

std::string to_png(const Image& image) {
    std::string raw;
    for (int y = 0; y < image.height; ++y) {
        raw += '\0';
        raw.append(reinterpret_cast<const char*>(image.rgba.data()) +
                       static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) * 4,
                   static_cast<std::size_t>(image.width) * 4);
    }
    std::uint32_t a = 1, b = 0;
    for (unsigned char byte : raw) {
        a = (a + byte) % 65521;
        b = (b + a) % 65521;
    }
    std::string stream = "\x78\x01";
    for (std::size_t at = 0; at < raw.size();) {
        const std::size_t length = std::min<std::size_t>(65535, raw.size() - at);
        stream += static_cast<char>(at + length == raw.size());
        stream += static_cast<char>(length & 255);
        stream += static_cast<char>(length >> 8);
        stream += static_cast<char>(~length & 255);
        stream += static_cast<char>(~length >> 8 & 255);
        stream += raw.substr(at, length);
        at += length;
    }
    stream += big_endian(b << 16 | a);
    const std::string header = big_endian(static_cast<std::uint32_t>(image.width)) +
                               big_endian(static_cast<std::uint32_t>(image.height)) + std::string("\x08\x06\0\0\0", 5);
    return std::string("\x89PNG\r\n\x1a\n", 8) + chunk("IHDR", header) + chunk("IDAT", stream) + chunk("IEND", "");
}

}  // namespace ca::test
