// How a document looks on paper: one type scale, one set of distances, a few colours that keep their contrast.
//
// Lengths are thousandths of a point, from the top left of the page. Clause numbers hang in the gutter, the strip
// between the left margin and the text column, so that the eye finds them down one edge.
#pragma once

#include "pdf/units.h"

#include <array>
#include <cstddef>

namespace ca::pdf::theme {

// ---- Page -------------------------------------------------------------------------------------------------
inline constexpr Length margin_left = points(60);
inline constexpr Length gutter = points(36);
inline constexpr Length margin_right = points(66);
inline constexpr Length text_top = points(84);
inline constexpr Length text_bottom_margin = points(82);
inline constexpr Length header_baseline = points(46);
inline constexpr Length footer_rule_margin = points(52);      // from the page's foot
inline constexpr Length footer_baseline_margin = points(37);  // likewise
inline constexpr Length hang_gap = points(8);                 // between a hung number and its text

// ---- Type: size and the distance between baselines --------------------------------------------------------
struct Type {
    Length size;
    Length leading;
};
inline constexpr Type body = {tenths(108), tenths(158)};
inline constexpr Type cell = {tenths(98), tenths(138)};
inline constexpr Type code = {tenths(90), tenths(132)};
inline constexpr Type running = {tenths(86), tenths(120)};
inline constexpr Type title = {tenths(290), tenths(340)};
inline constexpr Type cover_title = {tenths(380), tenths(440)};
inline constexpr Type cover_text = {tenths(140), tenths(210)};
inline constexpr std::array<Type, 6> headings = {{{tenths(230), tenths(280)},
                                                  {tenths(164), tenths(212)},
                                                  {tenths(128), tenths(172)},
                                                  {tenths(114), tenths(162)},
                                                  {tenths(108), tenths(158)},
                                                  {tenths(108), tenths(158)}}};
inline constexpr std::array<Length, 6> heading_gap_before = {points(30), points(27), points(18),
                                                             points(13), points(11), points(11)};
inline constexpr std::array<Length, 6> heading_gap_after = {points(10), points(7), points(4),
                                                            points(3),  points(2), points(2)};
// Code beside text of one size looks larger than it.
inline constexpr int code_size_permille = 910;

// ---- Distances --------------------------------------------------------------------------------------------
inline constexpr Length paragraph_gap = tenths(78);
inline constexpr Length tight_item_gap = tenths(32);
inline constexpr Length list_gap = tenths(60);
inline constexpr Length bullet_indent = points(16);
inline constexpr Length minimum_number_indent = points(22);
inline constexpr Length table_gap = points(13);
inline constexpr Length cell_padding = tenths(48);
inline constexpr Length column_gap = points(16);
inline constexpr Length panel_gap = points(13);
inline constexpr Length panel_padding = points(10);
inline constexpr Length panel_inset = points(16);
inline constexpr Length panel_bar = tenths(35);
inline constexpr Length quote_inset = points(18);
inline constexpr Length contents_number_room = points(38);
inline constexpr Length contents_indent = points(18);
inline constexpr Length contents_closer_max = tenths(28);  // its lines may be set so much closer to stay on a page
inline constexpr Length least_measure = points(110);
inline constexpr Length title_drop = points(38);
inline constexpr Length cover_drop = points(128);
inline constexpr Length cover_gap = points(30);
inline constexpr Length title_bar_width = points(54);
inline constexpr Length title_bar_height = tenths(48);

inline constexpr std::size_t status_lines = 3;  // above the running header

// ---- Lines ------------------------------------------------------------------------------------------------
inline constexpr Length hairline = tenths(5);
inline constexpr Length firm_line = tenths(11);

// ---- Colours; contrast on white in brackets ---------------------------------------------------------------
inline constexpr Colour ink = {0x1D, 0x27, 0x33};       // text (15:1)
inline constexpr Colour heading = {0x00, 0x30, 0x87};   // headings (12:1)
inline constexpr Colour accent = {0x00, 0x5E, 0xB8};    // bars, links (6.3:1)
inline constexpr Colour quiet = {0x42, 0x55, 0x63};     // labels, running lines (7.6:1)
inline constexpr Colour warning = {0x8A, 0x15, 0x38};   // status, deleted text (9:1)
inline constexpr Colour inserted = {0x00, 0x5A, 0x30};  // inserted text (8:1)
inline constexpr Colour hair = {0xC3, 0xCC, 0xD4};      // thin rules, no text
inline constexpr Colour panel = {0xEE, 0xF3, 0xF8};     // backgrounds; ink on it 13:1

}  // namespace ca::pdf::theme
