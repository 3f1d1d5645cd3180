// The last day of a review as a calendar file (RFC 5545), with reminders 30, 14, 7 and 1 days before.
//
// The event is an all-day one. Its UID is the agreement's, its SEQUENCE goes up with every pause, resumption and reset,
// so a calendar that takes the file again moves the entry instead of adding a second one. Taken while the clock is
// paused, the entry is tentative, without reminders, on the day that would be the last one if the review went on on
// that very day.
//
// Error: no_last_day, where there is no review to be in time for.
#pragma once

#include "lifecycle/sight.h"

namespace ca::interop {

Result<std::string> last_day_calendar(const lifecycle::Sight&, const lifecycle::Agreement&, Instant now,
                                      std::string_view portal);
std::string calendar_file_name(const lifecycle::Agreement&);  // "CNTR0000001-last-day.ics"

// A content line folded at 75 octets, never inside a character, with its CRLF.
std::string fold_line(std::string_view line);
// A TEXT value: \ ; , and line breaks escaped, other controls by name, right-to-left words isolated.
std::string escape_text(std::string_view);

}  // namespace ca::interop
