// The number of an event as names of files have it: nine digits at least, so that names in order are events in order.
#pragma once

#include <cstddef>
#include <string>

namespace ca::journal {

inline constexpr std::size_t event_number_width = 9;

inline std::string to_file_digits(std::size_t number) {
    std::string digits = std::to_string(number);
    if (digits.size() < event_number_width) digits.insert(0, event_number_width - digits.size(), '0');
    return digits;
}

}  // namespace ca::journal
