// The sRGB colour space as an ICC profile (version 2.1, display class), made here from the numbers of IEC 61966-2-1, so
// that the file says what its colours mean without a profile of anybody else's.
#pragma once

#include <string>

namespace ca::pdf {

std::string srgb_profile();

}  // namespace ca::pdf
