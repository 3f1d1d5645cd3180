#include "interop/icalendar.h"

#include "base/isolate.h"
#include "base/shown_text.h"
#include "interop/portal_links.h"
#include "lifecycle/views.h"

#include <algorithm>
#include <array>

namespace ca::interop {

namespace {

constexpr std::array<int, 4> reminder_days = {30, 14, 7, 1};
constexpr std::size_t line_length_max = 75;  // octets, without the line break

std::string without_marks(std::string text) {
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

// How often the last day has moved, or may have.
std::size_t revision(const lifecycle::Review& review) {
    auto count = review.pauses.size() + review.resets.size();
    for (auto const& pause : review.pauses)
        if (pause.until) ++count;
    return count;
}

}  // namespace

std::string fold_line(std::string_view line) {
    std::string folded;
    std::size_t room = line_length_max;
    while (line.size() > room) {
        std::size_t cut = room;
        while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
        if (cut == 0) cut = room;  // not UTF-8: cut anywhere
        folded += line.substr(0, cut);
        folded += "\r\n ";
        line.remove_prefix(cut);
        room = line_length_max - 1;
    }
    return folded.append(line) + "\r\n";
}

std::string escape_text(std::string_view text) {
    std::string escaped;
    for (char const c : isolate_right_to_left(shown_text(text))) {
        if (c == '\\' || c == ';' || c == ',') (escaped += '\\') += c;
        else if (c == '\n') escaped += "\\n";
        else escaped += c;
    }
    return escaped;
}

std::string calendar_file_name(const lifecycle::Agreement& agreement) { return agreement.number + "-last-day.ics"; }

Result<std::string> last_day_calendar(const lifecycle::Sight& workspace, const lifecycle::Agreement& agreement,
                                      Instant now, std::string_view portal) {
    auto const& review = agreement.review;
    if (agreement.state != lifecycle::State::draft)
        return fail("no_last_day",
                    agreement.number + " is " + std::string(to_words(agreement.state)) + ": its review is over.");
    bool const paused = review.paused();
    auto const last_day = review.last_day() + (paused ? std::max(0, london_date(now) - review.pauses.back().from) : 0);

    auto const* account = workspace.find_account(agreement.account);
    auto const whose = agreement.number + (account ? " (" + account->name + ")" : "");
    bool const by_hand = agreement.signature_type == lifecycle::SignatureType::accepted_via_portal;
    std::string summary, description;
    if (by_hand) {
        summary = "Last day to accept " + whose;
        description =
            "If it is not accepted by the end of this day, the Connection Agreement is cancelled and a new one has to "
            "be requested.";
    } else {
        summary = "Last day to review the terms change " + whose;
        description =
            "After this day the Connection Agreement becomes Active by itself. If you have questions, raise a query "
            "before.";
    }
    if (paused) {
        summary = "Paused: " + summary;
        description =
            "The review is paused, so this day is not fixed. Take the calendar file again when the review goes on. " +
            description;
    }
    auto const link = agreement_link(portal, agreement.number);
    description += "\nOpen it in the portal: " + link;

    std::string calendar;
    auto add = [&](const std::string& line) { calendar += fold_line(line); };
    add("BEGIN:VCALENDAR");
    add("VERSION:2.0");
    add("PRODID:-//NHS England//Connection Agreements portal//EN");
    add("CALSCALE:GREGORIAN");
    add("METHOD:PUBLISH");
    add("BEGIN:VEVENT");
    add("UID:" + agreement.number + "-last-day@connection-agreements.invalid");
    add("DTSTAMP:" + without_marks(format_iso(now)));
    add("SEQUENCE:" + std::to_string(revision(review)));
    add("DTSTART;VALUE=DATE:" + without_marks(format_iso(last_day)));
    add("DTEND;VALUE=DATE:" + without_marks(format_iso(last_day + 1)));
    add("SUMMARY:" + escape_text(summary));
    add("DESCRIPTION:" + escape_text(description));
    // A URI with a control character or a space in it would end the line.
    if (std::none_of(link.begin(), link.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20; }))
        add("URL:" + link);
    add("CATEGORIES:Connection Agreements");
    add("TRANSP:TRANSPARENT");
    add(paused ? "STATUS:TENTATIVE" : "STATUS:CONFIRMED");
    if (!paused)
        for (int const days : reminder_days) {
            add("BEGIN:VALARM");
            add("ACTION:DISPLAY");
            add("DESCRIPTION:" +
                escape_text(summary + (days == 1 ? " is tomorrow" : " is in " + std::to_string(days) + " days")));
            add("TRIGGER:-P" + std::to_string(days) + "D");
            add("END:VALARM");
        }
    add("END:VEVENT");
    add("END:VCALENDAR");
    return calendar;
}

}  // namespace ca::interop
