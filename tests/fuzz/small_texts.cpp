// The readers of small texts, one chosen by the first byte (a letter): addresses of pages, dates, instants, email
// addresses and numbers, clause numbers, what is shown of a text. Each gives back what it was given, keeps the order,
// or answers the same when asked again.
#include "base/isolate.h"
#include "base/shown_text.h"
#include "base/text.h"
#include "base/time.h"
#include "documents/clause_number.h"
#include "documents/markdown.h"
#include "lifecycle/command.h"
#include "lifecycle/model.h"
#include "pages/route.h"
#include "support/fuzzing.h"

#include <algorithm>

namespace {

using namespace ca;
using fuzzing::require;

void address(std::string_view text) {
    auto const route = pages::parse_route(text);
    auto const written = route.address();
    require(pages::parse_route(written) == route, "an address is not that of its route");
    require(std::ranges::all_of(written, [](char c) { return c > ' ' && c <= '~'; }),
            "an address of other than printable ASCII");
    for (auto const& segment : route.path)
        require(!segment.empty() && is_valid_utf8(segment), "a segment is empty or not UTF-8");
    for (auto const& [name, value] : route.query) {
        require(is_valid_utf8(name) && is_valid_utf8(value), "a query that is not UTF-8");
        require(route.has(name), "a name that is not found");
        require(!route.with(name, {}).has(name), "a name that was taken away is there");
        require(route.with(name, "x").query_value(name) == "x", "a value that was set is another");
    }
    auto const subject = route.subject();
    require(pages::parse_route(subject).subject() == subject, "the subject of a subject is another");
}

void date(std::string_view text) {
    auto const read = parse_date(text);
    if (!read)
        return require(read.error().code == "bad_date" && !read.error().message.empty(), "a refusal without words");
    Date const day = *read;
    require(format_iso(day) == text, "a date is written in another way");
    require(to_date(to_civil(day)) == day, "a date is not that of its year, month and day");
    require(weekday(day + 1) == (weekday(day) + 1) % 7, "the weekdays are not in order");
    require(format_iso(day) < format_iso(day + 1), "dates do not sort as texts");
    Instant const midnight = london_midnight(day);
    require(london_date(midnight) == day && london_seconds_of_day(midnight) == 0,
            "midnight is not the start of its day");
    require(london_date({midnight.seconds - 1}) == day - 1, "the second before midnight is not of the day before");
    require(format_words(midnight) == format_words(day) + " at midnight", "midnight has other words");
}

void instant(std::string_view text) {
    auto const read = parse_instant(text);
    if (!read)
        return require(read.error().code == "bad_instant" && !read.error().message.empty(), "a refusal without words");
    auto const written = format_iso(*read);
    // Of the years 2000 to 2199 are the texts; an offset may lead over either end.
    if (written >= "2000" && written < "2200")
        require(parse_instant(written) == *read, "an instant does not read back: " + written);
    else require(text.size() > written.size(), "an instant of another year without an offset");
    if (text.ends_with('Z')) require(written == text, "an instant is written in another way");
    require(format_iso(*read) < format_iso(Instant{read->seconds + 1}), "instants do not sort as texts");
    Date const day = london_date(*read);
    require(london_midnight(day) <= *read && *read < london_midnight(day + 1),
            "an instant is not within its London day");
}

void name(std::string_view text) {
    if (lifecycle::is_email(text)) {
        require(std::ranges::count(text, '@') == 1, "not one @");
        require(std::ranges::all_of(
                    text, [](char c) { return c > ' ' && c <= '~' && !std::string_view("<>()[]\\,;:\"").contains(c); }),
                "an address with a sign that ends it");
        require(lifecycle::is_email(to_ascii_lower(text)) && lifecycle::is_email(to_ascii_upper(text)),
                "an address only in these letters");
    }
    if (auto const code = lifecycle::check_ods_code(text))
        require(lifecycle::check_ods_code(*code) == *code && code->size() == text.size(),
                "another ODS code when asked again");
    if (auto const number = lifecycle::check_company_number(text))
        require(lifecycle::check_company_number(*number) == *number && number->size() == 8,
                "another company number when asked again");
    if (auto const version = lifecycle::parse_version(text)) {
        std::vector<std::string> parts;
        for (auto const part : version->parts) parts.push_back(std::to_string(part));
        require(lifecycle::parse_version(join(parts, ".")) == version, "a version is not that of its numbers");
    }
    auto const link = documents::safe_address(text);
    require(documents::safe_address(link) == link, "an address is another when it is made safe again");
    require(std::ranges::all_of(link, [](char c) { return c > ' ' && c <= '~'; }),
            "a link of other than printable ASCII");
    require(link.empty() || link.starts_with("https://") || link.starts_with("http://") || link.starts_with("mailto:"),
            "a link that leads elsewhere");
    require(is_valid_utf8(documents::referred_character(text)), "a reference to what is not UTF-8");
}

void clause(std::string_view text) {
    for (bool const heading : {false, true}) {
        auto const number = heading ? documents::heading_number(text) : documents::leading_number(text);
        if (!number) continue;
        require(number->length > 0 && number->length <= text.size(), "a number that is longer than its text");
        require(!number->text.empty() && !number->marker.empty(), "a number without words");
        require((number->kind == documents::NumberKind::decimal) == !number->parts.empty(), "a number's parts");
    }
    auto const slug = documents::heading_slug(text);
    if (is_valid_utf8(text)) require(documents::heading_slug(slug) == slug, "the name of a heading's name is another");
}

std::string without_isolates(std::string_view text) {
    auto points = to_code_points(text);
    std::erase_if(points, [](char32_t c) { return c == 0x2068 || c == 0x2069; });
    return to_utf8(points);
}

void shown(std::string_view text) {
    auto const points = to_code_points(text);
    require(is_valid_utf8(text) == (to_utf8(points) == text) || points.empty(),
            "what is UTF-8 does not come back from its code points");
    require(points.size() == count_code_points(text), "two counts of one text");

    auto const safe = shown_text(text);
    require(is_valid_utf8(safe), "what is shown is not UTF-8");
    require(hidden_controls(safe).empty() && is_shown_as_it_is(safe) && shown_text(safe) == safe,
            "what is shown holds what is not to be shown");
    require(safe.find_first_of(std::string_view("\0\r\t", 3)) == std::string::npos, "what is shown holds a control");
    require(hidden_controls(text).empty() || safe != text, "a control was passed over");
    require(shown_line(text).find('\n') == std::string::npos, "a line of two lines");
    for (char32_t const c : hidden_controls(text)) require(safe.contains(stand_in(c)), "a control is not named");

    auto const isolated = isolate_right_to_left(safe);
    require(without_isolates(isolated) == safe, "isolating changed the text");
    bool open = false;
    for (char32_t const c : to_code_points(isolated)) {
        require(!(c == 0x2068 && open) && !(c == 0x2069 && !open) && !(c == '\n' && open),
                "isolates that are not balanced within their line");
        open = c == 0x2068 || (open && c != 0x2069);
    }
    require(!open, "an isolate that is left open");

    auto const folded = fold_for_search(text);
    require(fold_for_search(folded) == folded, "a folded text folds again");
    require(join(split(text, ','), ",") == text, "what was split does not join");
    require(is_blank(text) == trim(text).empty(), "blank is not what trims to nothing");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto const [which, rest] = fuzzing::choose(data, size);
    switch (which) {
        case 'a': address(rest); break;
        case 'd': date(rest); break;
        case 'i': instant(rest); break;
        case 'n': name(rest); break;
        case 'c': clause(rest); break;
        default: shown(rest);
    }
    return 0;
}
