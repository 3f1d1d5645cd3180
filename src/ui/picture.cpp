#include "ui/picture.h"

#include "base/shown_text.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ca::ui {

void Picture::clear() {
    drawings_.clear();
    layer_ = 0;
    pane_ = {};
}

void Picture::shift(std::size_t first, std::size_t last, float dx, float dy) {
    if (dx == 0 && dy == 0) return;
    for (std::size_t i = first; i < last; ++i) {
        Drawing& drawing = drawings_[i];
        drawing.box.x += dx;
        drawing.box.y += dy;
        if (drawing.shape == Shape::line) {
            drawing.from += dx;
            drawing.to += dy;
        }
    }
}

float baseline_in_line(float ascent, float descent, float size, float line_height) {
    const float up = std::round(ascent * size), down = std::round(descent * size);
    return std::floor((line_height - (up + down)) / 2) + up;
}

namespace {

ImU32 packed(std::uint32_t rgba) { return IM_COL32(rgba >> 24, rgba >> 16 & 0xff, rgba >> 8 & 0xff, rgba & 0xff); }

class Painter {
public:
    Painter(const Strip& strip, const PaintFonts& fonts, ImDrawList& list)
        : strip_(strip), fonts_(fonts), list_(list) {}

    void paint(const Drawing& drawing) {
        if (!is_visible(drawing)) return;
        const Box box{drawing.box.x, drawing.box.y - strip_.top, drawing.box.width, drawing.box.height};
        const ImU32 colour = ink(drawing.colour);
        const ImVec2 low(snap(box.x), snap(box.y)), high(snap(box.right()), snap(box.bottom()));
        const ImVec2 centre(box.x + box.width / 2, box.y + box.height / 2);
        switch (drawing.shape) {
            case Shape::rect: list_.AddRectFilled(low, high, colour, drawing.radius); break;
            case Shape::outline: outline(low, high, colour, drawing); break;
            case Shape::shadow: shadow(low, high, drawing); break;
            case Shape::hatch: hatch(low, high, colour); break;
            case Shape::line:
                list_.AddLine({box.x, box.y}, {drawing.from, drawing.to - strip_.top}, colour, drawing.thickness);
                break;
            case Shape::triangle:
                if (drawing.from == 0)
                    list_.AddTriangleFilled({centre.x, low.y}, {high.x, high.y}, {low.x, high.y}, colour);
                else list_.AddTriangleFilled({low.x, low.y}, {high.x, low.y}, {centre.x, high.y}, colour);
                break;
            case Shape::tick: {
                const ImVec2 points[3] = {
                    {low.x, low.y + box.height * 0.55f}, {low.x + box.width * 0.36f, high.y}, {high.x, low.y}};
                list_.AddPolyline(points, 3, colour, 0, drawing.thickness);
                break;
            }
            case Shape::chevron: {  // from 0: up, 1: down, 2: right
                if (drawing.from == 2) {
                    const ImVec2 points[3] = {{low.x, low.y}, {high.x, centre.y}, {low.x, high.y}};
                    list_.AddPolyline(points, 3, colour, 0, drawing.thickness);
                } else {
                    const float outer = drawing.from == 0 ? high.y : low.y, tip = drawing.from == 0 ? low.y : high.y;
                    const ImVec2 points[3] = {{low.x, outer}, {centre.x, tip}, {high.x, outer}};
                    list_.AddPolyline(points, 3, colour, 0, drawing.thickness);
                }
                break;
            }
            case Shape::dashes: dashes(low, high, colour, drawing.thickness); break;
            case Shape::circle: list_.AddCircleFilled(centre, drawing.radius, colour); break;
            case Shape::ring: list_.AddCircle(centre, drawing.radius, colour, 0, drawing.thickness); break;
            case Shape::arc: {
                constexpr float turn = 2 * std::numbers::pi_v<float>;
                list_.PathArcTo(centre, drawing.radius, (drawing.from - 0.25f) * turn, (drawing.to - 0.25f) * turn);
                list_.PathStroke(colour, 0, drawing.thickness);
                break;
            }
            case Shape::text:
                if (drawing.clipped) list_.PushClipRect(low, high, true);
                text(drawing, box);
                if (drawing.clipped) list_.PopClipRect();
                break;
        }
    }

private:
    struct Callback {
        Effects* effects;
        SoftBox box;
    };
    static void soft_box(const ImDrawList*, const ImDrawCmd* command) {
        const auto& callback = *static_cast<const Callback*>(command->UserCallbackData);
        callback.effects->soft_box(callback.box);
    }

    ImU32 ink(Colour colour) const { return packed(rgba(colour, strip_.scheme)); }
    float snap(float value) const { return std::round(value * strip_.pixel_ratio) / strip_.pixel_ratio; }

    bool is_visible(const Drawing& drawing) const {
        constexpr float spread = 24;  // shadows and rings reach past their boxes
        const float high = std::min(drawing.box.y, drawing.box.bottom()),
                    low = std::max(drawing.box.y, drawing.box.bottom());
        return low + spread >= strip_.top && high - spread <= strip_.top + strip_.height;
    }

    void outline(ImVec2 low, ImVec2 high, ImU32 colour, const Drawing& drawing) {
        // ImGui strokes along the middle of the path; CSS borders lie inside the box.
        const float half = drawing.thickness / 2;
        list_.AddRect({low.x + half, low.y + half}, {high.x - half, high.y - half}, colour,
                      std::max(0.0f, drawing.radius - half), 0, drawing.thickness);
    }

    // A soft edge outside a box: by the platform's shader, or as rings of falling strength.
    void shadow(ImVec2 low, ImVec2 high, const Drawing& drawing) {
        const std::uint32_t base = rgba(drawing.colour, strip_.scheme);
        if (strip_.effects != nullptr) {
            constexpr float drop = 2,
                            spread = 2;  // CSS px: below the box; how far the blur reaches past its nominal width
            const auto part = [&](int shift) { return static_cast<float>(base >> shift & 0xff) / 255; };
            Callback callback{
                strip_.effects,
                {low.x, low.y + drop, high.x - low.x, high.y - low.y, drawing.radius, drawing.thickness * spread,
                 part(24), part(16), part(8), part(0), strip_.width, strip_.height}};
            list_.AddCallback(soft_box, &callback, sizeof callback);  // ImGui keeps a copy
            list_.AddCallback(ImDrawCallback_ResetRenderState, nullptr);
            return;
        }
        const int rings = static_cast<int>(drawing.thickness);
        for (int ring = 0; ring < rings; ++ring) {
            const float out = static_cast<float>(rings - ring), part = 1 - out / static_cast<float>(rings + 1);
            const float strength = part * part * static_cast<float>(base & 0xff);
            const ImU32 colour = (packed(base) & ~IM_COL32_A_MASK) | static_cast<ImU32>(strength / 2)
                                                                         << IM_COL32_A_SHIFT;
            list_.AddRectFilled({low.x - out, low.y - out + 2}, {high.x + out, high.y + out + 2}, colour,
                                drawing.radius + out);
        }
    }

    void hatch(ImVec2 low, ImVec2 high, ImU32 colour) {
        list_.PushClipRect(low, high, true);
        const float height = high.y - low.y;
        constexpr float step = 6;
        for (float x = std::floor((low.x - height) / step) * step; x < high.x; x += step)
            list_.AddLine({x, high.y}, {x + height, low.y}, colour, 1.5f);
        list_.PopClipRect();
    }

    void dashes(ImVec2 low, ImVec2 high, ImU32 colour, float thickness) {
        constexpr float dash = 8, step = 14;
        for (float x = low.x; x < high.x; x += step) {
            const float end = std::min(x + dash, high.x);
            list_.AddRectFilled({x, low.y}, {end, low.y + thickness}, colour);
            list_.AddRectFilled({x, high.y - thickness}, {end, high.y}, colour);
        }
        for (float y = low.y; y < high.y; y += step) {
            const float end = std::min(y + dash, high.y);
            list_.AddRectFilled({low.x, y}, {low.x + thickness, end}, colour);
            list_.AddRectFilled({high.x - thickness, y}, {high.x, end}, colour);
        }
    }

    void text(const Drawing& drawing, const Box& box) {
        const TextLayout& layout = *drawing.layout;
        const float top = 0, bottom = strip_.height;
        for (const Segment& segment : layout.segments) {
            const float line_top = box.y + static_cast<float>(segment.line) * drawing.line_height;
            if (line_top + drawing.line_height < top || line_top > bottom || segment.begin == segment.end) continue;
            const float spare = box.width - layout.line_widths[segment.line];
            const float x = box.x + segment.x + (drawing.align == 1 ? spare / 2 : drawing.align == 2 ? spare : 0);
            const auto face = static_cast<std::size_t>(segment.face);
            const float baseline =
                snap(line_top + baseline_in_line(fonts_.ascent[0], fonts_.descent[0],
                                                 segment.marks.code ? segment.size / code_scale : segment.size,
                                                 drawing.line_height));

            Colour colour = drawing.colour;
            const bool hot = segment.marks.link && segment.piece == drawing.hot_piece;
            const bool focused = segment.marks.link && segment.piece == drawing.focused_piece;
            if (segment.marks.inserted) colour = Colour::inserted_ink;
            if (segment.marks.deleted) colour = Colour::deleted_ink;
            if (segment.marks.link && !drawing.quiet_links)
                colour = hot ? Colour::link_hover : colour == Colour::text ? Colour::link : colour;
            const float band_top = baseline - segment.size * 0.92f, band_bottom = baseline + segment.size * 0.3f;
            const float right = x + segment.width;
            if (focused) {
                colour = Colour::on_focus;
                list_.AddRectFilled({snap(x - 2), snap(band_top)}, {snap(right + 2), snap(band_bottom)},
                                    ink(Colour::focus));
                list_.AddRectFilled({snap(x - 2), snap(band_bottom)}, {snap(right + 2), snap(band_bottom + 4)},
                                    ink(Colour::focus_edge));
            } else if (segment.marks.inserted || segment.marks.deleted) {
                list_.AddRectFilled({snap(x), snap(band_top)}, {snap(right), snap(band_bottom)},
                                    ink(segment.marks.inserted ? Colour::inserted_fill : Colour::deleted_fill));
            } else if (segment.marks.code && !drawing.plain_code) {
                list_.AddRectFilled({snap(x), snap(band_top)}, {snap(right), snap(band_bottom)}, ink(Colour::sunken),
                                    3);
            }
            if (!segment.foreign || !foreign(layout, segment, x, baseline, colour))
                glyphs(layout, segment, face, x, baseline, ink(colour));

            const float hair = 1 / strip_.pixel_ratio;
            const float thin = std::max(
                hair, std::round(segment.size * underline_thickness * strip_.pixel_ratio) / strip_.pixel_ratio);
            const auto rule = [&](float y, float thickness) {
                list_.AddRectFilled({x, snap(y)}, {right, snap(y) + thickness}, ink(colour));
            };
            const bool link_line = segment.marks.link && !focused && (!drawing.quiet_links || hot);
            if (link_line || drawing.underlined)
                rule(baseline + segment.size * underline_offset, hot ? thin + 1 : thin);
            if (segment.marks.inserted) rule(baseline + segment.size * underline_offset, thin + hair);
            if (segment.marks.deleted) rule(baseline - segment.size * 0.26f, thin + hair);
        }
    }

    // ImFont::GetFontBaked would round the size to whole pixels, and the letters would not stand where they were
    // measured.
    ImFontBaked* glyphs_at(ImFont& font, float size) {
        ImFontBaked* baked = ImFontAtlasBakedGetOrAdd(font.ContainerAtlas, &font, size, strip_.pixel_ratio);
        baked->LastUsedFrame = font.ContainerAtlas->Builder->FrameCount;
        return baked;
    }

    void glyphs(const TextLayout& layout, const Segment& segment, std::size_t face, float x, float baseline,
                ImU32 colour) {
        ImFontBaked* baked = glyphs_at(*fonts_.fonts[face], segment.size * fonts_.scale[face]);
        const float origin = baseline - std::round(baked->Ascent);
        const char* const begin = layout.text.data() + segment.begin;
        const char* const end = layout.text.data() + segment.end;
        // Loading a glyph may replace the texture, which would lose a reservation made before it.
        int visible = 0;
        each_glyph(*baked, begin, end, [&](const ImFontGlyph& glyph) { visible += glyph.Visible; });
        if (visible == 0) return;
        list_.PrimReserve(visible * 6, visible * 4);
        each_glyph(*baked, begin, end, [&](const ImFontGlyph& glyph) {
            if (glyph.Visible)
                list_.PrimRectUV({x + glyph.X0, origin + glyph.Y0}, {x + glyph.X1, origin + glyph.Y1},
                                 {glyph.U0, glyph.V0}, {glyph.U1, glyph.V1}, colour);
            x += glyph.AdvanceX;
        });
    }

    // What the font lacks is named, letter by letter.
    template<typename Each>
    static void each_glyph(ImFontBaked& baked, const char* at, const char* end, Each each) {
        while (at < end) {
            unsigned int c = 0;
            at += ImTextCharFromUtf8(&c, at, end);
            if (const ImFontGlyph* glyph = baked.FindGlyphNoFallback(static_cast<ImWchar>(c))) {
                each(*glyph);
            } else {
                for (const char letter : stand_in(c)) each(*baked.FindGlyph(static_cast<ImWchar>(letter)));
            }
        }
    }

    // Whether somebody who has the letters has drawn the line.
    bool foreign(const TextLayout& layout, const Segment& segment, float x, float baseline, Colour colour) {
        if (strip_.foreign == nullptr) return false;
        const std::string_view words = std::string_view(layout.text).substr(segment.begin, segment.end - segment.begin);
        const ForeignText::Picture drawn =
            strip_.foreign->draw(words, segment.face, segment.size, strip_.pixel_ratio, rgba(colour, strip_.scheme));
        if (drawn.texture == 0) return false;
        const float left = snap(x) - drawn.left, top = baseline - drawn.up;  // on whole pixels, or it would blur
        list_.AddImage(static_cast<ImTextureID>(drawn.texture), {left, top}, {left + drawn.width, top + drawn.height});
        return true;
    }

    const Strip& strip_;
    const PaintFonts& fonts_;
    ImDrawList& list_;
};

}  // namespace

bool Picture::has_foreign_text() const {
    return std::ranges::any_of(drawings_, [](const Drawing& d) { return d.layout != nullptr && d.layout->foreign; });
}

void paint(const Picture& picture, const Strip& strip, const PaintFonts& fonts, ImDrawList& list) {
    Painter painter(strip, fonts, list);
    const Picture::Pane& pane = picture.pane();
    const float pane_top = pane.box.y - strip.top;
    for (std::uint8_t layer = 0; layer < 2; ++layer)
        for (std::size_t i = 0; i < picture.size(); ++i) {
            if (picture[i].layer != layer) continue;
            const bool through_pane = i >= pane.first && i < pane.last;
            if (through_pane)
                list.PushClipRect({pane.box.x, pane_top}, {pane.box.right(), pane_top + pane.box.height}, true);
            painter.paint(picture[i]);
            if (through_pane) list.PopClipRect();
        }
}

}  // namespace ca::ui
