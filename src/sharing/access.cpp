#include "sharing/access.h"

#include "base/text.h"
#include "sharing/command_text.h"
#include "sharing/person.h"
#include "sharing/signature.h"

namespace ca::sharing {
namespace {

using lifecycle::Access;
using lifecycle::Actor;
using lifecycle::Event;
using lifecycle::Role;
using lifecycle::Workspace;

// Of NHS England the catalogue: everybody checks who of it may sign.
std::string account_of(const Workspace& workspace, const Actor& person) {
    return person.role == Role::contact ? organisation_of(workspace, person) : std::string();
}

Result<Actor> known_person(const Workspace& workspace, const std::string& person) {
    const auto actor = read_actor(person);
    const bool is_one = actor && actor->role != Role::visitor;
    if (!is_one || (actor->role == Role::contact && !workspace.find_contact(actor->name)))
        return fail("unknown_contact", "Nobody of that name is registered in this workspace.", "person");
    return *actor;
}

std::unexpected<Error> bad_invitation(std::string why) {
    return fail("bad_invitation", std::move(why) + " Ask NHS England for a new one.", "invitation");
}

}  // namespace

Result<Event> invite(const Workspace& workspace, const std::string& person, const std::string& invitation,
                     const Actor& by, Instant now) {
    if (by.role != Role::agreement_team && by.role != Role::system)
        return fail("not_allowed", "Only the agreement team invites people to a shared workspace.");
    const auto actor = CA_TRY(known_person(workspace, person));
    constexpr std::int64_t day_seconds = 24 * 60 * 60;
    return Event{
        .at = now,
        .by = by,
        .account = account_of(workspace, actor),
        .entity = to_ascii_lower(actor.name),
        .body = lifecycle::PersonInvited{
            .person = person, .invitation = invitation, .until = {now.seconds + invitation_days * day_seconds}}};
}

Result<Event> join(const Workspace& workspace, const Join& join, Instant now) {
    const auto* invitation = workspace.access.get(join.invitation);
    if (!invitation || !invitation->is_invitation()) return bad_invitation("There is no such invitation.");
    if (to_ascii_lower(invitation->person) != to_ascii_lower(join.person))
        return bad_invitation("This invitation is somebody else’s.");
    if (invitation->removed) return bad_invitation("This invitation has been used already: each is good once.");
    if (!invitation->is_good(now))
        return bad_invitation("This invitation was good until " + format_words(*invitation->until) + ".");
    if (!key_of_user(join.user) || workspace.access.get(join.key))
        return fail("bad_argument", "This browser’s keys cannot be admitted.", "user");
    const auto actor = CA_TRY(known_person(workspace, invitation->person));
    return Event{.at = now,
                 .by = actor,
                 .account = invitation->account,
                 .entity = to_ascii_lower(actor.name),
                 .body = lifecycle::DeviceAdmitted{.person = invitation->person,
                                                   .invitation = join.invitation,
                                                   .key = join.key,
                                                   .user = join.user,
                                                   .device = join.device}};
}

Result<Event> remove_access(const Workspace& workspace, const std::string& name, const Actor& by, Instant now) {
    const auto* access = workspace.access.get(name);
    if (!access || access->removed) return fail("unknown_access", "There is no such access any more.", "access");
    const bool own = to_ascii_lower(access->person) == to_ascii_lower(to_text(by));
    if (!own && by.role != Role::agreement_team)
        return fail("not_allowed", "Only the agreement team takes away the access of somebody else.");
    const auto actor = read_actor(access->person);
    return Event{.at = now,
                 .by = by,
                 .account = access->account,
                 .entity = to_ascii_lower(actor ? actor->name : access->person),
                 .body = lifecycle::AccessRemoved{.person = access->person, .access = name}};
}

const Access* admitted(const Workspace& workspace, std::string_view key, std::string_view person) {
    const auto* access = workspace.access.get(std::string(key));
    const bool may = access && !access->is_invitation() && !access->removed &&
                     to_ascii_lower(access->person) == to_ascii_lower(person);
    return may ? access : nullptr;
}

}  // namespace ca::sharing
