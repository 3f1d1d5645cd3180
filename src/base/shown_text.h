// What people gave, made safe to show: on the screen, on paper, in messages.
//
// Stored text is kept to the letter (R9), and may hold characters that turn the text around it, cut it off, or cannot
// be seen. Those are told by name where they stood, and turn nothing:
//
//     shown_text("Acme \u202Edtl")  ==  "Acme [U+202E]dtl"
//     shown_text("one\r\ntwo")      ==  "one\ntwo"
//
// Shown by name:  every bidirectional control (Bidi_Control of the Unicode standard: the marks too, because what may
// not be seen and moves
//                 a bracket or a number has no place in a name), controls (C0, C1, DEL), interlinear annotation,
//                 deprecated format controls, noncharacters, and tag characters, except those that make the flag of a
//                 part of a country.
// Line feeds:     CR LF, CR, U+2028 and U+2029.
// A space:        a tab.
// U+FFFD:         each byte that is not UTF-8.
// As they are:    all else; joiners (ZWJ, ZWNJ), variation selectors and letters of any direction among it. What is
// natural right-to-left
//                 text is for the place where it stands to isolate.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ca {

std::string shown_text(std::string_view);
// Whether it is shown to the letter; costs nothing for ASCII.
bool is_shown_as_it_is(std::string_view);
// As shown_text, on one line: for titles, file names, and lines of a list.
std::string shown_line(std::string_view);

// The code points that are shown by name, in order, each once.
std::vector<char32_t> hidden_controls(std::string_view);
std::string code_point_name(char32_t);  // "U+202E"
std::string stand_in(char32_t);         // "[U+202E]"

}  // namespace ca
