#include "base/time.h"

#include <doctest/doctest.h>

#include <ctime>

using namespace ca;

namespace {

Date date(const char* text) {
    const auto parsed = parse_date(text);
    REQUIRE_MESSAGE(parsed.has_value(), text);
    return *parsed;
}

Instant instant(const char* text) {
    const auto parsed = parse_instant(text);
    REQUIRE_MESSAGE(parsed.has_value(), text);
    return *parsed;
}

}  // namespace

TEST_CASE("a naive count of days gives every date of two centuries") {
    // Independent of the implementation: month lengths and leap years as taught at school.
    const int lengths[]{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    std::int32_t days = 10'957;  // 1 January 2000
    int weekday_expected = 5;    // a Saturday
    for (int year = 2000; year <= 2199; ++year) {
        const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int month = 1; month <= 12; ++month) {
            const int length = lengths[month - 1] + (leap && month == 2 ? 1 : 0);
            for (int day = 1; day <= length; ++day, ++days, weekday_expected = (weekday_expected + 1) % 7) {
                REQUIRE(to_date({year, month, day}).days == days);
                const CivilDate civil = to_civil({days});
                REQUIRE((civil.year == year && civil.month == month && civil.day == day));
                REQUIRE(weekday({days}) == weekday_expected);
                REQUIRE(parse_date(format_iso(Date{days})) == Date{days});
            }
        }
    }
    CHECK(days == 84'006);  // 1 January 2200
}

TEST_CASE("London's clocks change when the published tables say (T1)") {
    // Last Sundays of March and October, as published by the government for these years.
    const struct {
        const char* forward;
        const char* back;
    } table[]{{"2000-03-26", "2000-10-29"}, {"2019-03-31", "2019-10-27"}, {"2020-03-29", "2020-10-25"},
              {"2021-03-28", "2021-10-31"}, {"2022-03-27", "2022-10-30"}, {"2023-03-26", "2023-10-29"},
              {"2024-03-31", "2024-10-27"}, {"2025-03-30", "2025-10-26"}, {"2026-03-29", "2026-10-25"},
              {"2027-03-28", "2027-10-31"}, {"2100-03-28", "2100-10-31"}};
    for (const auto& [forward, back] : table) {
        const Instant spring = instant((std::string(forward) + "T01:00:00Z").c_str());
        const Instant autumn = instant((std::string(back) + "T01:00:00Z").c_str());
        CHECK(london_offset_seconds({spring.seconds - 1}) == 0);
        CHECK(london_offset_seconds(spring) == 3'600);
        CHECK(london_offset_seconds({autumn.seconds - 1}) == 3'600);
        CHECK(london_offset_seconds(autumn) == 0);
    }
}

TEST_CASE("the machine's own time zone data agrees, where it has some") {
    setenv("TZ", "Europe/London", 1);
    tzset();
    const std::time_t summer = instant("2025-07-01T00:00:00Z").seconds;
    std::tm probe{};
    localtime_r(&summer, &probe);
    if (probe.tm_isdst != 1) {
        MESSAGE("no time zone data here");
        return;
    }
    // Every six hours to 2037, where 32-bit tables end.
    for (std::int64_t seconds = instant("2000-01-01T00:00:00Z").seconds;
         seconds < instant("2037-12-31T00:00:00Z").seconds; seconds += 6 * 3'600 - 7) {
        const std::time_t time = seconds;
        std::tm local{};
        localtime_r(&time, &local);
        const CivilDate civil = to_civil(london_date({seconds}));
        REQUIRE_MESSAGE(
            (civil.year == local.tm_year + 1900 && civil.month == local.tm_mon + 1 && civil.day == local.tm_mday),
            seconds);
        REQUIRE(london_seconds_of_day({seconds}) == local.tm_hour * 3'600 + local.tm_min * 60 + local.tm_sec);
    }
}

TEST_CASE("midnight in London begins its date, and the second before belongs to the day before") {
    for (Date day = date("2000-01-01"); day < date("2199-12-31"); day = day + 1) {
        const Instant midnight = london_midnight(day);
        REQUIRE(london_date(midnight) == day);
        REQUIRE(london_seconds_of_day(midnight) == 0);
        REQUIRE(london_date({midnight.seconds - 1}) == day - 1);
    }
    CHECK(format_iso(london_midnight(date("2025-08-31"))) == "2025-08-30T23:00:00Z");
    CHECK(format_iso(london_midnight(date("2025-10-30"))) == "2025-10-30T00:00:00Z");
    CHECK(format_iso(london_midnight(date("2025-10-26"))) == "2025-10-25T23:00:00Z");
    CHECK(format_iso(london_midnight(date("2025-10-27"))) == "2025-10-27T00:00:00Z");
    CHECK(format_iso(london_midnight(date("2025-03-30"))) == "2025-03-30T00:00:00Z");
    CHECK(format_iso(london_midnight(date("2025-03-31"))) == "2025-03-30T23:00:00Z");
}

TEST_CASE("dates: only real ones, in one form (R21)") {
    for (const char* bad : {"", "2025-2-01", "2025-02-29", "2025-02-1", "2025/02/01", "2025-02-01 ", " 2025-02-01",
                            "1999-12-31", "2200-01-01", "2025-13-01", "2025-00-10", "2025-01-00", "2025-04-31",
                            "2100-02-29", "20250201", "2025-02-01T00:00:00Z", "２025-02-01"}) {
        CHECK_MESSAGE(!parse_date(bad), bad);
    }
    CHECK(parse_date("2024-02-29").has_value());
    CHECK(parse_date("2000-02-29").has_value());
    CHECK(parse_date("1999-01-01").error().code == "bad_date");
}

TEST_CASE("instants: UTC or an offset, converted (R4)") {
    CHECK(instant("2000-01-01T00:00:00Z").seconds == 946'684'800);
    CHECK(instant("2025-08-01T09:15:00+01:00") == instant("2025-08-01T08:15:00Z"));
    CHECK(instant("2025-07-31T22:45:00-09:30") == instant("2025-08-01T08:15:00Z"));
    CHECK(format_iso(instant("2000-01-01T00:30:00+01:00")) == "1999-12-31T23:30:00Z");
    CHECK(format_iso(instant("2199-12-31T23:59:59Z")) == "2199-12-31T23:59:59Z");
    for (const char* bad :
         {"2025-08-01T08:15:00", "2025-08-01T08:15:00z", "2025-08-01t08:15:00Z", "2025-08-01T08:15:00.5Z",
          "2025-08-01T24:00:00Z", "2025-08-01T08:15:60Z", "2025-08-01T08:15:00+0100", "2025-08-01T08:15:00+24:00",
          "2025-08-01T08:15:00Zx", "2025-08-01T8:15:00Z"}) {
        CHECK_MESSAGE(!parse_instant(bad), bad);
    }
}

TEST_CASE("words for people, in London's time (V4)") {
    CHECK(format_words(date("2025-08-01")) == "1 August 2025");
    CHECK(format_weekday(date("2025-08-01")) == "Friday");
    CHECK(format_clock(instant("2025-08-01T16:30:00Z")) == "5:30pm");
    CHECK(format_clock(instant("2025-12-01T17:30:00Z")) == "5:30pm");
    CHECK(format_clock(instant("2025-12-01T09:00:00Z")) == "9am");
    CHECK(format_clock(instant("2025-12-01T00:00:59Z")) == "midnight");
    CHECK(format_clock(instant("2025-12-01T12:00:00Z")) == "midday");
    CHECK(format_clock(instant("2025-12-01T12:05:00Z")) == "12:05pm");
    CHECK(format_clock(instant("2025-12-01T00:05:00Z")) == "12:05am");
    CHECK(format_words(instant("2025-08-01T23:30:00Z")) == "2 August 2025 at 12:30am");
}
