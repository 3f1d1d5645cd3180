#include "base/time.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>

namespace ca {
namespace {

constexpr std::int64_t seconds_a_day = 86'400;
constexpr int first_year = 2000;
constexpr int last_year = 2199;

constexpr std::array<std::string_view, 12> month_names{"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> weekday_names{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                        "Friday", "Saturday", "Sunday"};

std::int64_t floor_divide(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

Date utc_date(Instant instant) { return {static_cast<std::int32_t>(floor_divide(instant.seconds, seconds_a_day))}; }

// 01:00 UTC on the last Sunday of the month: the moment at which London's clocks change.
Instant clock_change(int year, int month) {
    const Date last = to_date({year, month, 31});  // March and October both have 31 days
    const Date sunday = last - (weekday(last) + 1) % 7;
    return {sunday.days * seconds_a_day + 3'600};
}

// Exactly `count` digits at `at`, or -1.
int read_digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

// A day that exists, of the portal's years, from the first ten bytes.
std::optional<Date> read_date(std::string_view text) {
    if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const int year = read_digits(text, 0, 4);
    const int month = read_digits(text, 5, 2);
    const int day = read_digits(text, 8, 2);
    if (year < first_year || year > last_year || month < 1 || day < 1) return std::nullopt;
    const auto civil = std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)} /
                       std::chrono::day{static_cast<unsigned>(day)};
    if (!civil.ok()) return std::nullopt;
    return to_date({year, month, day});
}

template<typename... Values>
std::string print(const char* format, Values... values) {
    std::array<char, 64> buffer{};
    const int length = std::snprintf(buffer.data(), buffer.size(), format, values...);
    return std::string(buffer.data(), length < 0 ? 0 : static_cast<std::size_t>(length));
}

}  // namespace

Date to_date(CivilDate civil) {
    const auto day = std::chrono::year{civil.year} / std::chrono::month{static_cast<unsigned>(civil.month)} /
                     std::chrono::day{static_cast<unsigned>(civil.day)};
    return {static_cast<std::int32_t>(std::chrono::sys_days{day}.time_since_epoch().count())};
}

CivilDate to_civil(Date date) {
    const std::chrono::year_month_day civil{std::chrono::sys_days{std::chrono::days{date.days}}};
    return {static_cast<int>(civil.year()), static_cast<int>(static_cast<unsigned>(civil.month())),
            static_cast<int>(static_cast<unsigned>(civil.day()))};
}

int weekday(Date date) {
    return static_cast<int>(std::chrono::weekday{std::chrono::sys_days{std::chrono::days{date.days}}}.iso_encoding()) -
           1;
}

int london_offset_seconds(Instant instant) {
    const int year = to_civil(utc_date(instant)).year;
    return instant >= clock_change(year, 3) && instant < clock_change(year, 10) ? 3'600 : 0;
}

Date london_date(Instant instant) { return utc_date({instant.seconds + london_offset_seconds(instant)}); }

int london_seconds_of_day(Instant instant) {
    const std::int64_t local = instant.seconds + london_offset_seconds(instant);
    return static_cast<int>(local - floor_divide(local, seconds_a_day) * seconds_a_day);
}

Instant london_midnight(Date date) {
    const Instant utc_midnight{date.days * seconds_a_day};
    const Instant summer_midnight{utc_midnight.seconds - 3'600};
    return london_offset_seconds(summer_midnight) == 3'600 ? summer_midnight : utc_midnight;
}

Result<Date> parse_date(std::string_view text) {
    if (text.size() == 10) {
        if (const auto date = read_date(text)) return *date;
    }
    return fail("bad_date",
                "Enter a real date as year-month-day, between 2000-01-01 and 2199-12-31, for example 2025-08-01.");
}

std::string format_iso(Date date) {
    const CivilDate civil = to_civil(date);
    return print("%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

Result<Instant> parse_instant(std::string_view text) {
    const auto malformed = fail("bad_instant",
                                "Enter an instant as 2025-08-01T08:15:00Z, with Z or an offset such as +01:00, between "
                                "the years 2000 and 2199.");
    const auto date = read_date(text);
    if (!date || text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':') return malformed;
    const int hours = read_digits(text, 11, 2);
    const int minutes = read_digits(text, 14, 2);
    const int seconds = read_digits(text, 17, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) return malformed;

    std::int64_t offset = 0;
    if (text.size() == 20 && text[19] == 'Z') {
        offset = 0;
    } else if (text.size() == 25 && (text[19] == '+' || text[19] == '-') && text[22] == ':') {
        const int offset_hours = read_digits(text, 20, 2);
        const int offset_minutes = read_digits(text, 23, 2);
        if (offset_hours < 0 || offset_hours > 23 || offset_minutes < 0 || offset_minutes > 59) return malformed;
        offset = (offset_hours * 60 + offset_minutes) * 60 * (text[19] == '-' ? -1 : 1);
    } else {
        return malformed;
    }
    return Instant{date->days * seconds_a_day + (hours * 60 + minutes) * 60 + seconds - offset};
}

std::string format_iso(Instant instant) {
    const Date date = utc_date(instant);
    const int seconds = static_cast<int>(instant.seconds - date.days * seconds_a_day);
    return format_iso(date) + print("T%02d:%02d:%02dZ", seconds / 3'600, seconds / 60 % 60, seconds % 60);
}

std::string format_words(Date date) {
    const CivilDate civil = to_civil(date);
    return std::to_string(civil.day) + " " + std::string(month_names[static_cast<std::size_t>(civil.month - 1)]) + " " +
           std::to_string(civil.year);
}

std::string format_clock(Instant instant) {
    const int minutes = london_seconds_of_day(instant) / 60;
    if (minutes == 0) return "midnight";
    if (minutes == 12 * 60) return "midday";
    const int hour = minutes / 60 % 12 == 0 ? 12 : minutes / 60 % 12;
    const std::string past = minutes % 60 == 0 ? "" : print(":%02d", minutes % 60);
    return std::to_string(hour) + past + (minutes < 12 * 60 ? "am" : "pm");
}

std::string format_words(Instant instant) {
    return format_words(london_date(instant)) + " at " + format_clock(instant);
}

std::string format_weekday(Date date) { return std::string(weekday_names[static_cast<std::size_t>(weekday(date))]); }

}  // namespace ca
