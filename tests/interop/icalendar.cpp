#include "interop/icalendar.h"

#include "base/text.h"

#include "interop/tables.h"
#include "support/whole.h"

#include <algorithm>

using namespace ca;
using namespace ca::interop;
using namespace ca::interop::test;
using namespace ca::lifecycle;

namespace {

// Unfolded lines; the folding itself is checked on the way.
std::vector<std::string> lines_of(const std::string& calendar) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    while (at < calendar.size()) {
        auto const end = calendar.find("\r\n", at);
        REQUIRE(end != std::string::npos);
        auto const line = calendar.substr(at, end - at);
        CHECK(line.size() <= 75);
        CHECK(is_valid_utf8(line));
        if (line.starts_with(" ")) lines.back() += line.substr(1);
        else lines.push_back(line);
        at = end + 2;
    }
    return lines;
}

bool has(const std::vector<std::string>& lines, const std::string& line) {
    return std::find(lines.begin(), lines.end(), line) != lines.end();
}

std::string value(const std::vector<std::string>& lines, const std::string& name) {
    for (auto const& line : lines)
        if (line.starts_with(name + ":")) return line.substr(name.size() + 1);
    return {};
}

void must(Workspace& workspace, Command command, Instant when) {
    auto const done = step(workspace, command, {Role::agreement_team, "Priya"}, when);
    REQUIRE(done.decision.has_value());
}

}  // namespace

TEST_CASE("the last day to accept, with its reminders and its link") {
    auto const workspace = imported(small_world());
    auto const calendar = last_day_calendar(ca::test::whole(workspace), workspace.agreements.at("CNTR0000101"), now,
                                            "https://portal.example/app/#/data");
    REQUIRE(calendar.has_value());
    auto const lines = lines_of(*calendar);
    CHECK(lines.front() == "BEGIN:VCALENDAR");
    CHECK(lines.back() == "END:VCALENDAR");
    CHECK(has(lines, "VERSION:2.0"));
    CHECK(has(lines, "UID:CNTR0000101-last-day@connection-agreements.invalid"));
    CHECK(has(lines, "DTSTAMP:20261122T110000Z"));
    CHECK(has(lines, "SEQUENCE:0"));
    CHECK(has(lines, "DTSTART;VALUE=DATE:20270129"));  // created 1 November 2026 is day 1 of 90
    CHECK(has(lines, "DTEND;VALUE=DATE:20270130"));
    CHECK(has(lines, "SUMMARY:Last day to accept CNTR0000101 (Birch Care)"));
    CHECK(has(lines, "URL:https://portal.example/app/#/agreements/CNTR0000101"));
    for (auto const* trigger : {"TRIGGER:-P30D", "TRIGGER:-P14D", "TRIGGER:-P7D", "TRIGGER:-P1D"})
        CHECK(has(lines, trigger));
    CHECK(std::count(lines.begin(), lines.end(), "BEGIN:VALARM") == 4);
    CHECK(calendar_file_name(workspace.agreements.at("CNTR0000101")) == "CNTR0000101-last-day.ics");
}

TEST_CASE("taken again after a pause it moves the same entry") {
    auto workspace = imported(small_world());
    auto take = [&](Instant when) {
        return lines_of(*last_day_calendar(ca::test::whole(workspace), workspace.agreements.at("CNTR0000102"), when,
                                           "https://portal.example/"));
    };
    auto const first = take(now);
    CHECK(has(first, "DTSTART;VALUE=DATE:20261209"));

    must(workspace, {"pause", {{"number", "CNTR0000102"}, {"reason", "A query"}}}, now);
    auto const paused = take(at("2026-11-25T12:00:00Z"));
    CHECK(value(paused, "UID") == value(first, "UID"));
    CHECK(std::stoi(value(paused, "SEQUENCE")) > std::stoi(value(first, "SEQUENCE")));
    CHECK(has(paused, "STATUS:TENTATIVE"));
    CHECK(has(paused, "DTSTART;VALUE=DATE:20261212"));  // if it went on today
    CHECK(!has(paused, "BEGIN:VALARM"));

    must(workspace, {"resume", {{"number", "CNTR0000102"}}}, at("2026-11-27T12:00:00Z"));
    auto const resumed = take(at("2026-11-27T12:00:00Z"));
    CHECK(std::stoi(value(resumed, "SEQUENCE")) > std::stoi(value(paused, "SEQUENCE")));
    CHECK(has(resumed, "STATUS:CONFIRMED"));
    CHECK(has(resumed, "DTSTART;VALUE=DATE:20261214"));  // five days paused

    must(workspace, {"reset", {{"number", "CNTR0000102"}}}, at("2026-11-28T12:00:00Z"));
    auto const reset = take(at("2026-11-28T12:00:00Z"));
    CHECK(std::stoi(value(reset, "SEQUENCE")) > std::stoi(value(resumed, "SEQUENCE")));
    CHECK(has(reset, "DTSTART;VALUE=DATE:20261227"));
}

TEST_CASE("an agreement that is no draft has no last day") {
    auto workspace = imported(small_world());
    must(workspace, {"withdraw", {{"number", "CNTR0000101"}, {"reason", "Not wanted"}}}, now);
    auto const calendar =
        last_day_calendar(ca::test::whole(workspace), workspace.agreements.at("CNTR0000101"), now, "");
    REQUIRE(!calendar.has_value());
    CHECK(calendar.error().code == "no_last_day");
}

TEST_CASE("lines are folded between characters, and text cannot add lines") {
    std::string const name = "Øre; Trust, \\ " + std::string(40, 'x') + "żółć😀żółć😀żółć😀żółć😀żółć😀żółć😀";
    auto files = small_world();
    files[0] = file("customer_account", {account_row({{"name", name}})});
    auto const workspace = imported(files);
    auto agreement = workspace.agreements.at("CNTR0000101");
    auto const lines = lines_of(
        *last_day_calendar(ca::test::whole(workspace), agreement, now, "https://portal.example/\r\nATTACH:evil\r\n"));
    auto const summary = value(lines, "SUMMARY");
    CHECK(summary.find("Øre\\; Trust\\, \\\\ xxx") != std::string::npos);
    CHECK(summary.find("żółć😀żółć😀)") != std::string::npos);
    for (auto const& line : lines) CHECK(!line.starts_with("ATTACH"));
    CHECK(fold_line(std::string(75, 'a')) == std::string(75, 'a') + "\r\n");
    CHECK(fold_line(std::string(76, 'a')) == std::string(75, 'a') + "\r\n a\r\n");
    CHECK(escape_text("a\nb\r\x01;") == "a\\nb\\n[U+0001]\\;");
}

TEST_CASE("right-to-left words in a calendar are isolated, in each of its texts") {
    auto files = small_world();
    files[0] = file("customer_account", {account_row({{"name", "שירותי בריאות"}})});
    auto const workspace = imported(files);
    auto const lines = lines_of(*last_day_calendar(ca::test::whole(workspace), workspace.agreements.at("CNTR0000101"),
                                                   now, "https://portal.example/"));
    CHECK(value(lines, "SUMMARY") == "Last day to accept CNTR0000101 (\u2068שירותי בריאות\u2069)");
    for (auto const& line : lines)
        if (line.find("שירותי") != std::string::npos) CHECK(line.find("\u2068שירותי") != std::string::npos);
    CHECK(escape_text("Note by דוד, 5 May") == "Note by \u2068דוד\u2069\\, 5 May");
    CHECK(escape_text("Ltd \u202Egnp") == "Ltd [U+202E]gnp");
}
