// Who may take part in a shared workspace: inviting, joining, removing. Decided by the steward like every other
// command, and recorded in the stream of the account (of NHS England: in the catalogue).
//
//     {"do":"invite","person":"contact:jo@acme.example"}        by the agreement team
//     {"do":"join","invitation":"U…","user":"U…","device":"…"}  by whoever holds the invitation, signed with a key of
//                                                               their own that is admitted by it
//     {"do":"remove_access","access":"<its name>"}              by the agreement team, or by the person it is of
//
// An invitation is a key pair of the broker's (signature.h): its public half is in the record, its seed in the link
// that goes to the person. It is good once, and for 14 days.
#pragma once

#include "lifecycle/command.h"
#include "lifecycle/engine.h"

#include <string>

namespace ca::sharing {

inline constexpr std::int64_t invitation_days = 14;

// An invitation of a person whose public half is known; `event.by` is who invites.
Result<lifecycle::Event> invite(const lifecycle::Workspace&, const std::string& person, const std::string& invitation,
                                const lifecycle::Actor& by, Instant now);

struct Join {
    std::string invitation, user, device;
    std::string person;  // who says that they join
    std::string key;     // that signed it
};
Result<lifecycle::Event> join(const lifecycle::Workspace&, const Join&, Instant now);

Result<lifecycle::Event> remove_access(const lifecycle::Workspace&, const std::string& access,
                                       const lifecycle::Actor& by, Instant now);

// The device that signs with this key, where it may; nullptr else.
const lifecycle::Access* admitted(const lifecycle::Workspace&, std::string_view key, std::string_view person);

}  // namespace ca::sharing
