// The link by which somebody joins a shared workspace:
//
//     https://portal.example/#/join/<this, in base64url>
//     {"hub":"wss://hub.example","workspace":"<32 hex>","organisation":"YGA12","person":"contact:jo@acme.example",
//      "seed":"SU…","until":"2026-12-12T09:00:00Z"}
//
// Whoever has the link can join as this person, so it goes to the person alone. One link is everybody’s: with the
// visitor’s key one may ask to be registered or nominated, any number of times, and nothing else.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "sharing/person.h"

#include <optional>
#include <string>
#include <string_view>

namespace ca::sharing {

struct InvitationLink {
    std::string hub;           // where a browser finds the broker: ws://… or wss://…
    std::string workspace;     // its id
    std::string organisation;  // ODS code, "nhse", or "visitor"
    std::string person;
    std::string seed;
    std::optional<Instant> until{};  // none: of the visitor’s
    bool is_for_visitors() const { return organisation == visitors; }
    static void describe(auto&& member, auto& self) {
        member("hub", self.hub);
        member("workspace", self.workspace);
        member("organisation", self.organisation);
        member("person", self.person);
        member("seed", self.seed);
        member("until", self.until);
    }
    bool operator==(const InvitationLink&) const = default;
};
std::string to_token(const InvitationLink&);
// Errors: bad_invitation, in words for whoever opened the link.
Result<InvitationLink> read_invitation(std::string_view token);

}  // namespace ca::sharing
