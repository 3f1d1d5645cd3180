// Instants, dates and the London calendar (rules T1, T2, V4, R4, R21).
//
// Instant: whole seconds since 1970-01-01T00:00:00Z, UTC, without leap seconds. Every stored time is one.
// Date:    a calendar day without a time zone; counting days is done on dates, never in multiples of 86,400 s.
// London:  Europe/London under the rule in force since 1996: summer time from 01:00 UTC on the last Sunday of March to
//          01:00 UTC on the last Sunday of October. The portal's years are 2000 to 2199.
//
// Nothing here reads a clock: time is always an argument.
#pragma once

#include "base/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace ca {

struct Instant {
    std::int64_t seconds = 0;  // since the Unix epoch, UTC
    auto operator<=>(const Instant&) const = default;
};

struct Date {
    std::int32_t days = 0;  // since 1970-01-01
    auto operator<=>(const Date&) const = default;
    Date operator+(int count) const { return {days + count}; }
    Date operator-(int count) const { return {days - count}; }
    int operator-(Date earlier) const { return days - earlier.days; }
};

struct CivilDate {
    int year = 1970;
    int month = 1;  // 1 to 12
    int day = 1;    // 1 to 31
};

Date to_date(CivilDate);
CivilDate to_civil(Date);
int weekday(Date);  // 0 Monday … 6 Sunday

// The London date on which an instant falls, and its seconds past London midnight as the clock on the wall shows them.
Date london_date(Instant);
int london_seconds_of_day(Instant);
// 0 or 3,600: what London's clock is ahead of UTC.
int london_offset_seconds(Instant);
// 00:00 London time of the day (always unambiguous: the clocks change at 01:00 UTC).
Instant london_midnight(Date);

// "YYYY-MM-DD"; error bad_date for anything else, for days that do not exist, for years outside 2000 to 2199.
Result<Date> parse_date(std::string_view);
std::string format_iso(Date);
// "YYYY-MM-DDTHH:MM:SS" with "Z" or "±HH:MM", capital letters, whole seconds; error bad_instant. R4.
Result<Instant> parse_instant(std::string_view);
std::string format_iso(Instant);  // always with Z

// For people: "1 August 2025"; "5:30pm", "midnight", "midday"; "1 August 2025 at 5:30pm" (London).
std::string format_words(Date);
std::string format_clock(Instant);
std::string format_words(Instant);
std::string format_weekday(Date);  // "Monday"

}  // namespace ca
