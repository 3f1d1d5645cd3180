// The theme: every colour, size and distance that the portal is drawn with, in one table each.
//
// Two readers: the widgets (src/ui) draw the canvas with these values, and the stylesheet of the HTML view uses the
// same ones as custom properties, written by theme_css() into web/tokens.css (a test keeps that file equal to this
// one). Names: a token `text_quiet` is the property --ca-text-quiet. Lengths are CSS px. Colours are sRGB, 0xRRGGBBAA.
// Contrast: each text colour has at least 4.5:1 on the surfaces that it is used on, each control edge 3:1
// (tests/ui/theme_test.cpp). Palette and tags: interface.md; dark values are ours.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ca::ui {

enum class Scheme : std::uint8_t { light, dark };

// ---- Colours ----------------------------------------------------------------------------------------------

struct ColourToken {
    std::string_view name;
    std::uint32_t light, dark;
};

#define CA_COLOURS(X)                                                                   \
    X(page, 0xf0f4f5ff, 0x11171bff)    /* behind everything */                          \
    X(surface, 0xffffffff, 0x1a2229ff) /* cards, tables, inputs */                      \
    X(sunken, 0xe8edeeff, 0x232d35ff)  /* table heads, code, notes */                   \
    X(hover, 0xf3f7faff, 0x212c35ff)   /* the row under the pointer */                  \
    X(text, 0x212b32ff, 0xeef2f4ff)                                                     \
    X(text_quiet, 0x4c6272ff, 0xb2bfc8ff)    /* hints, captions */                      \
    X(border, 0xd8dde0ff, 0x37454fff)        /* hairlines */                            \
    X(border_strong, 0x4c6272ff, 0x8fa0acff) /* edges of inputs */                      \
    X(link, 0x005eb8ff, 0x84c1ffff)                                                     \
    X(link_hover, 0x7c2855ff, 0xffb8dcff)                                               \
    X(brand, 0x005eb8ff, 0x003d7aff)      /* the banner */                              \
    X(brand_deep, 0x004b93ff, 0x002f5eff) /* pressed and hovered parts of the banner */ \
    X(on_brand, 0xffffffff, 0xffffffff)                                                 \
    X(primary, 0x007f3bff, 0x007f3bff)                                                  \
    X(primary_hover, 0x00662fff, 0x00662fff)                                            \
    X(primary_edge, 0x004021ff, 0x00331aff)                                             \
    X(on_primary, 0xffffffff, 0xffffffff)                                               \
    X(secondary, 0xffffffff, 0x1a2229ff)                                                \
    X(secondary_hover, 0xd9e7f5ff, 0x24394bff)                                          \
    X(secondary_edge, 0x005eb8ff, 0x84c1ffff)                                           \
    X(on_secondary, 0x005eb8ff, 0x84c1ffff)                                             \
    X(warning, 0xd5281bff, 0xc5221bff)                                                  \
    X(warning_hover, 0xaa2016ff, 0xa11a14ff)                                            \
    X(warning_edge, 0x6a140eff, 0x5c100bff)                                             \
    X(on_warning, 0xffffffff, 0xffffffff)                                               \
    X(error, 0xd5281bff, 0xff9a90ff)                                                    \
    X(disabled, 0xd8dde0ff, 0x2c3740ff)                                                 \
    X(on_disabled, 0x4a5c68ff, 0x9babb6ff)                                              \
    X(focus, 0xffeb3bff, 0xffeb3bff)                                                    \
    X(focus_edge, 0x212b32ff, 0x000000ff)                                               \
    X(on_focus, 0x212b32ff, 0x16191bff)                                                 \
    X(inset_bar, 0x005eb8ff, 0x4b9fe8ff)                                                \
    X(active_ink, 0x004c23ff, 0xb5e8caff)                                               \
    X(active_fill, 0xcce5d8ff, 0x0f3f25ff)                                              \
    X(under_review_ink, 0x004281ff, 0xbfdcf8ff)                                         \
    X(under_review_fill, 0xccdff1ff, 0x0b3560ff)                                        \
    X(awaiting_review_ink, 0x354550ff, 0xd5dee4ff)                                      \
    X(awaiting_review_fill, 0xdbe0e3ff, 0x384751ff)                                     \
    X(expired_ink, 0x354550ff, 0xd5dee4ff)                                              \
    X(expired_fill, 0xdbe0e3ff, 0x384751ff)                                             \
    X(cancelled_ink, 0x6a140eff, 0xffc9c4ff)                                            \
    X(cancelled_fill, 0xf7d4d1ff, 0x5a1a15ff)                                           \
    X(paused_ink, 0x4d3708ff, 0xffe2a1ff)                                               \
    X(paused_fill, 0xffdc8eff, 0x55400fff)                                              \
    X(information_ink, 0x3d2a6bff, 0xdccff7ff)                                          \
    X(information_fill, 0xe0d9f0ff, 0x3c2f63ff)                                         \
    X(banner_information, 0xe5f0faff, 0x10283eff)                                       \
    X(banner_information_bar, 0x005eb8ff, 0x4b9fe8ff)                                   \
    X(banner_success, 0xe4f3eaff, 0x0f2f1dff)                                           \
    X(banner_success_bar, 0x007f3bff, 0x3fae6eff)                                       \
    X(banner_warning, 0xfff4d3ff, 0x3a2d0aff)                                           \
    X(banner_warning_bar, 0xffb81cff, 0xffb81cff)                                       \
    X(inserted_ink, 0x004c23ff, 0xb5e8caff)                                             \
    X(inserted_fill, 0xd6f0e0ff, 0x0f3f25ff)                                            \
    X(deleted_ink, 0x6a140eff, 0xffc9c4ff)                                              \
    X(deleted_fill, 0xfbe2e0ff, 0x4f1814ff)                                             \
    X(track, 0xd8dde0ff, 0x37454fff) /* progress not made yet */                        \
    X(progress, 0x005eb8ff, 0x4b9fe8ff)                                                 \
    X(held, 0xffb81cff, 0xe0a526ff) /* paused spans in drawings */                      \
    X(selection, 0xb4d5feff, 0x2b5b91ff)                                                \
    X(shadow, 0x212b3226, 0x00000080)                                                   \
    X(scrim, 0x212b3299, 0x000000b3)

enum class Colour : std::uint8_t {
#define CA_ONE(name, light, dark) name,
    CA_COLOURS(CA_ONE)
#undef CA_ONE
};

inline constexpr std::array colour_tokens{
#define CA_ONE(name, light, dark) ColourToken{#name, light, dark},
    CA_COLOURS(CA_ONE)
#undef CA_ONE
};

constexpr std::uint32_t rgba(Colour colour, Scheme scheme) {
    const ColourToken& token = colour_tokens[static_cast<std::size_t>(colour)];
    return scheme == Scheme::dark ? token.dark : token.light;
}
std::optional<Colour> colour_named(std::string_view name);  // "text_quiet"

// ---- Type -------------------------------------------------------------------------------------------------

// A style of text: size and line height in CSS px on a wide window, and on a narrow one; weight 400, 600 or 700.
struct TypeToken {
    std::string_view name;
    float size, line, narrow_size, narrow_line;
    std::uint16_t weight;
};

#define CA_TYPES(X)                      \
    X(h1, 40, 48, 32, 38, 700)           \
    X(h2, 28, 36, 24, 30, 700)           \
    X(h3, 22, 28, 20, 26, 700)           \
    X(h4, 19, 26, 18, 26, 700)           \
    X(h5, 17, 24, 17, 24, 700)           \
    X(caption, 20, 28, 18, 26, 400)      \
    X(lead, 22, 32, 20, 30, 400)         \
    X(body, 18, 28, 17, 26, 400)         \
    X(small, 16, 24, 15, 22, 400)        \
    X(label, 18, 28, 17, 26, 600)        \
    X(hint, 16, 24, 16, 24, 400)         \
    X(error, 17, 24, 17, 24, 600)        \
    X(input, 18, 28, 18, 28, 400)        \
    X(button, 18, 24, 17, 24, 600)       \
    X(button_small, 16, 22, 16, 22, 600) \
    X(tag, 15, 18, 15, 18, 600)          \
    X(cell, 16, 24, 16, 24, 400)         \
    X(cell_head, 16, 22, 16, 22, 600)    \
    X(dense, 15, 19, 16, 24, 400)        \
    X(dense_head, 14, 16, 16, 22, 600)   \
    X(brand, 22, 28, 20, 26, 700)        \
    X(menu, 17, 24, 17, 24, 400)         \
    X(code, 15, 22, 15, 22, 400)

enum class Type : std::uint8_t {
#define CA_ONE(name, size, line, narrow_size, narrow_line, weight) name,
    CA_TYPES(CA_ONE)
#undef CA_ONE
};

inline constexpr std::array type_tokens{
#define CA_ONE(name, size, line, narrow_size, narrow_line, weight) \
    TypeToken{#name, size, line, narrow_size, narrow_line, weight},
    CA_TYPES(CA_ONE)
#undef CA_ONE
};

constexpr const TypeToken& type_token(Type type) { return type_tokens[static_cast<std::size_t>(type)]; }

// Code inside a sentence is set this much smaller than the words around it.
inline constexpr float code_scale = 0.9f;
// Where the underline of a link stands below the baseline, and how thick it is, as a part of the size.
inline constexpr float underline_offset = 0.14f;
inline constexpr float underline_thickness = 0.06f;

// ---- Distances --------------------------------------------------------------------------------------------

struct LengthToken {
    std::string_view name;
    float wide, narrow;
};

#define CA_LENGTHS(X)                                                                       \
    /* the scale of distances */                                                            \
    X(space_1, 4, 4)                                                                        \
    X(space_2, 8, 8)                                                                        \
    X(space_3, 12, 12)                                                                      \
    X(space_4, 16, 16)                                                                      \
    X(space_5, 24, 20)                                                                      \
    X(space_6, 32, 24)                                                                      \
    X(space_7, 48, 32)                                                                      \
    X(space_8, 64, 40)                                                                      \
    /* the page */                                                                          \
    X(page_max, 1240, 1240) /* of the content, without gutters */                           \
    X(measure, 720, 720)    /* of a page's own words */                                     \
    X(reading, 600, 600)    /* of long text: some 70 characters */                          \
    X(rail, 340, 340)       /* what stays in sight beside a text */                         \
    X(dialog_max, 720, 720)                                                                 \
    X(gutter, 32, 16)                                                                       \
    X(main_top, 24, 20)                                                                     \
    X(main_bottom, 64, 48)                                                                  \
    X(narrow_below, 660, 660) /* windows under this are narrow, 1280 at 200 % too */        \
    X(wide_from, 1080, 1080)  /* 1,100 less a scrollbar: two texts side by side */          \
    /* distances between blocks: above and below; the larger of two counts */               \
    X(h1_below, 20, 16)                                                                     \
    X(h2_above, 40, 32)                                                                     \
    X(h2_below, 16, 12)                                                                     \
    X(h3_above, 32, 24)                                                                     \
    X(h3_below, 12, 8)                                                                      \
    X(h4_above, 24, 20)                                                                     \
    X(h4_below, 8, 8)                                                                       \
    X(block_below, 16, 16) /* paragraphs, lists, rows */                                    \
    X(field_below, 24, 20) /* fields, buttons, cards, tables */                             \
    X(item_below, 8, 8)    /* list items */                                                 \
    X(section_above, 32, 24)                                                                \
    /* boxes */                                                                             \
    X(card_padding, 24, 16)                                                                 \
    X(card_radius, 8, 8)                                                                    \
    X(hairline, 1, 1)                                                                       \
    X(inset_bar_width, 6, 6)                                                                \
    X(banner_height, 64, 56)                                                                \
    /* controls */                                                                          \
    X(control_height, 44, 44) /* inputs, selects, buttons without edge */                   \
    X(control_border, 2, 2)                                                                 \
    X(control_padding, 12, 12)                                                              \
    X(control_radius, 4, 4)                                                                 \
    X(button_padding, 18, 18)                                                               \
    X(button_edge, 4, 4) /* the darker bottom edge */                                       \
    X(button_small_height, 32, 40)                                                          \
    X(button_small_padding, 12, 12)                                                         \
    X(choice_line_height, 48, 48)                                                           \
    X(tick_size, 32, 32) /* checkboxes and radios */                                        \
    X(tick_row, 44, 44)                                                                     \
    X(small_tick_size, 18, 22) /* in a table's cell: drawn, and answering */                \
    X(target_min, 24, 24)      /* of anything that is pressed */                            \
    X(small_tick_target, 26, 44)                                                            \
    X(tag_padding_x, 10, 10)                                                                \
    X(tag_padding_y, 3, 3)                                                                  \
    X(tag_radius, 4, 4)                                                                     \
    X(cell_padding_x, 12, 12)                                                               \
    X(cell_padding_y, 12, 8)                                                                \
    X(dense_tag_padding_x, 6, 10)                                                           \
    X(dense_tag_padding_y, 1, 3) /* so that two lines of it are as high as two of a cell */ \
    X(dense_padding_x, 6, 12)                                                               \
    X(dense_padding_y, 4, 8)                                                                \
    X(focus_width, 4, 4)

enum class Length : std::uint8_t {
#define CA_ONE(name, wide, narrow) name,
    CA_LENGTHS(CA_ONE)
#undef CA_ONE
};

inline constexpr std::array length_tokens{
#define CA_ONE(name, wide, narrow) LengthToken{#name, wide, narrow},
    CA_LENGTHS(CA_ONE)
#undef CA_ONE
};

constexpr float px(Length length, bool narrow = false) {
    const LengthToken& token = length_tokens[static_cast<std::size_t>(length)];
    return narrow ? token.narrow : token.wide;
}

// The tokens as a stylesheet: custom properties of :root, of a dark scheme, and of narrow windows.
std::string theme_css();

}  // namespace ca::ui
