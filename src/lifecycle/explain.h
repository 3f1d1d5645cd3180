// The lifecycle in words: what a deadline means today, and what an event was. Pages draw and list these; nothing here
// is kept.
#pragma once

#include "lifecycle/event.h"

namespace ca::lifecycle {

// ---- Deadlines --------------------------------------------------------------------------------------------

enum class SpanKind : std::uint8_t { running, paused, held };
std::string_view to_words(SpanKind);  // "running", "paused", "held"

struct Span {
    SpanKind kind;
    Date from;
    Date until;         // the first date that is no longer in it
    std::string words;  // "Paused from 10 August 2025 to 10 October 2025: a question (Priya Shah)."
    int days() const { return until - from; }
};

// The review of a draft as a line of dates. `spans` go without a gap from day 1 (of the last reset, where there was
// one) to the last day, or to today where that is later. While paused, what is left is laid out as if the clock were
// resumed today.
struct Deadline {
    std::string headline;  // "Day 37 of 90 – last day to accept: 29 October 2025"
    std::string next;      // "If nobody accepts it, it is Cancelled at midnight at the end of 29 October 2025."
    std::string rule;      // "N4": the rule behind `next`
    int day = 1;           // R37
    int window_days = 90;
    int days_left = 0;
    Date today;
    std::vector<Span> spans;
    std::vector<Date> resets;  // earlier windows ended on these dates
};
// Nothing outside Draft.
std::optional<Deadline> explain_deadline(const Workspace&, const Agreement&, Instant now);

// ---- Events -----------------------------------------------------------------------------------------------

struct Explanation {
    std::string what;  // "Accepted by Jo Field"
    std::string why;   // why, in words; may be empty
    std::string rule;  // "N3"; may be empty
};
Explanation explain(const Event&);
// Who did it: "Priya Shah (agreement team)", "jo@acme.example", "System".
std::string actor_words(const Actor&);
// Whether an event belongs to the story of an agreement: its own, and those of its cases, requests and notifications.
bool concerns(const Event&, std::string_view agreement);
// Whether an event puts right what is held of an account or says anew who its onboarding contacts are. Such an event
// belongs to the story of every agreement that the account had then.
bool concerns_account(const Event&, std::string_view ods_code);
// What contacts never see, on no page and in no file that is theirs: work notes (C2), the team's own tally of what it
// has sent, what the two teams ask of each other, and rows of another system.
bool hidden_from_contacts(const Event&);

}  // namespace ca::lifecycle
