// Natural right-to-left words (Hebrew, Arabic and their kin) in plain text, kept from turning what stands beside them.
//
// In "Note by <name>, 5 May" a Hebrew name draws the number to its left. Between the isolates U+2068 and U+2069 it
// stands as one word whatever it holds. For text that nothing else can isolate: messages, calendars, drawn lines.
// Elements have <bdi> (web/src/words.ts).
#pragma once

#include <string>
#include <string_view>

namespace ca {

// A line with no left-to-right letter is isolated whole; else each stretch from one right-to-left letter to the last
// before a left-to-right one. Text without any comes back as it is.
std::string isolate_right_to_left(std::string_view);

}  // namespace ca
