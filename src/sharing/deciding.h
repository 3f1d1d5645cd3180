// What the steward decides: one message of the broker against the record so far. Pure: the same record, message and
// house give the same events, so it does not matter which steward decides, or how often.
//
//     const auto decided = decide(log, message, house);
//     auto lines = to_lines(log, decided.events);              // record_lines.h
//
// The instant is the broker's of that message. What fell due by then comes first (R2), also where the command is
// refused. Not even that comes of what is not a command of the person whose subject it came by: what cannot be read,
// is for another workspace, or is not signed with a key of theirs is turned away.
#pragma once

#include "journal/workspace_log.h"
#include "sharing/signed_command.h"

#include <optional>
#include <string>
#include <vector>

namespace ca::sharing {

struct Arrived {
    std::int64_t number = 0;  // in the broker's stream COMMANDS
    Instant at;
    std::string organisation, person;  // as its subject says, and the broker has seen to: cmd.<organisation>.<person>
    std::string bytes;
};

// The steward's own subject, by which it says that time has passed: cmd.steward.tick.
inline constexpr std::string_view steward_organisation = "steward";

struct House {
    std::string workspace;  // its id, which commands name
    std::string secret;     // 64 hexadecimal digits, of which invitations are made
};

// A seed goes to the person alone, and never into the record.
struct Invitation {
    std::string person;  // "contact:jo@acme.example"
    std::string seed;    // "SU…"
    Instant until;
};

struct Decided {
    std::vector<lifecycle::Event> events{};
    std::optional<Answer> answer{};  // none: there is nobody to be answered
    std::string turned_away{};       // the code of why, for the steward's log; empty: it was decided
    std::optional<Invitation> invitation{};
};

Decided decide(const journal::WorkspaceLog&, const Arrived&, const House&);

// The answer to a command that was decided before, whose steward may have died before it gave it. No events come of it.
Decided answer_again(const journal::WorkspaceLog&, const Arrived&, const House&);
// Not looked at, for a reason that lies outside of the record.
Decided turn_away(const Arrived&, const Error&);

// The seed ("SU…") and the public key ("U…") of an invitation: of what names it, whoever works it out.
struct InvitationKeys {
    std::string seed, user;
};
InvitationKeys invitation_keys(const House&, std::string_view name);

}  // namespace ca::sharing
