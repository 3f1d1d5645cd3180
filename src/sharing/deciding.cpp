#include "sharing/deciding.h"

#include "base/sha256.h"
#include "base/text.h"
#include "lifecycle/engine.h"
#include "lifecycle/explain.h"
#include "lifecycle/streams.h"
#include "sharing/access.h"
#include "sharing/command_text.h"
#include "sharing/person.h"
#include "sharing/record_lines.h"
#include "sharing/signature.h"

#include <algorithm>

namespace ca::sharing {
namespace {

using lifecycle::Actor;
using lifecycle::Command;
using lifecycle::Event;
using lifecycle::Role;

// A command that is its person's own.
struct Asked {
    SignedCommand given;
    CommandText text;
    Actor actor;
    Command command;
};

Result<Asked> read(const Arrived& arrived) {
    if (arrived.bytes.size() > command_bytes_max) return fail("too_large", "A command of more than 1 MB is not taken.");
    Asked asked;
    asked.given = CA_TRY(read_signed_command(arrived.bytes));
    asked.text = CA_TRY(read_command_text(asked.given.text));
    return asked;
}

// Whether it is what the person of this subject has signed, for this workspace.
Result<> check(const journal::WorkspaceLog& log, const Arrived& arrived, const House& house, Asked& asked) {
    const auto& [given, text, actor, command] = asked;
    if (text.workspace != house.workspace)
        return fail("other_workspace", "This was meant for another workspace. Nothing was recorded here.");
    const auto person = read_actor(text.person);
    const bool is_own = person && person_token(text.person) == arrived.person &&
                        organisation_of(log.workspace(), *person) == arrived.organisation;
    const bool is_visitor = person && person->role == Role::visitor && arrived.organisation == visitors;
    if (!is_own && !is_visitor) return fail("another_person", "This was not sent by the person whom it names.");
    if (!is_signed(given.text, given.key, given.signature))
        return fail("bad_signature", "The signature is not right for what was sent, so it was not recorded.");
    asked.actor = *person;
    asked.command = CA_TRY(read_command(text.command));
    if (is_visitor || asked.command.verb == "join") return {};  // with a key that nobody knows yet
    if (!admitted(log.workspace(), given.key, text.person))
        return fail("unknown_key",
                    "This browser has no access to the workspace any more. Ask NHS England for a new invitation.");
    return {};
}

Result<std::string> text_of(const Command& command, const std::string& name) {
    const auto found = command.arguments.find(name);
    const auto* text = found == command.arguments.end() ? nullptr : std::get_if<std::string>(&found->second);
    if (!text || is_blank(*text)) return fail("missing_argument", "“" + name + "” is missing.", name);
    return *text;
}

Result<std::vector<Event>> decide_access(const lifecycle::Workspace& workspace, const Asked& asked, const House& house,
                                         Instant now, Decided& decided) {
    const auto& [given, text, actor, command] = asked;
    if (command.verb == "invite") {
        const auto keys = invitation_keys(house, text.id);
        auto event = CA_TRY(invite(workspace, CA_TRY(text_of(command, "person")), keys.user, actor, now));
        const auto& invited = std::get<lifecycle::PersonInvited>(event.body);
        decided.invitation = Invitation{.person = invited.person, .seed = keys.seed, .until = invited.until};
        return std::vector{std::move(event)};
    }
    if (command.verb == "join") {
        const Join wanted{.invitation = CA_TRY(text_of(command, "invitation")),
                          .user = CA_TRY(text_of(command, "user")),
                          .device = CA_TRY(text_of(command, "device")),
                          .person = text.person,
                          .key = given.key};
        const auto key = key_of_user(wanted.invitation);
        if (!key || !is_signed(given.text, *key, given.proof.value_or("")))
            return fail("bad_invitation",
                        "This is not from whoever holds the invitation. Ask NHS England for a new one.", "invitation");
        return std::vector{CA_TRY(join(workspace, wanted, now))};
    }
    return std::vector{CA_TRY(remove_access(workspace, CA_TRY(text_of(command, "access")), actor, now))};
}

bool is_about_access(const Command& command) {
    return command.verb == "invite" || command.verb == "join" || command.verb == "remove_access";
}

// Of the command language, what only asks: pages read for themselves. (`advance` moves a clock, and there is one here.)
bool only_asks(const Command& command) {
    return command.verb == "advance" || command.verb.starts_with("show_") || command.verb.starts_with("list_");
}

// The command itself stands before what it caused, where everybody finds it who may read that.
Event signed_before(const Asked& asked, const Event& first) {
    const auto& [given, text, actor, command] = asked;
    const bool is_hidden = lifecycle::hidden_from_contacts(first);
    return {.at = first.at,
            .by = actor,
            .account = is_hidden ? lifecycle::team_stream_of(first.account) : first.account,
            .entity = first.entity,
            .body = lifecycle::CommandSigned{
                .id = text.id, .text = given.text, .key = given.key, .signature = given.signature}};
}

Answer answer_to(const Asked& asked, const Arrived& arrived) {
    return {.id = asked.text.id, .command = arrived.number, .state = "recorded"};
}

void refuse(Answer& answer, const Error& error) {
    answer.state = "refused";
    answer.code = error.code;
    answer.message = error.message;
    answer.where = error.where;
}

Decided turned_away(const Error& error, std::optional<Answer> answer = {}) {
    if (answer) {
        refuse(*answer, error);
        answer->state = "turned_away";
    }
    return {.answer = std::move(answer), .turned_away = error.code};
}

// So that nobody’s mailbox can be filled by whoever knows its address.
bool was_invited_lately(const lifecycle::Workspace& workspace, const std::string& person, Instant now) {
    constexpr std::int64_t lately_seconds = 15 * 60;
    return std::ranges::any_of(workspace.access, [&](const auto& each) {
        const lifecycle::Access& access = each.second;
        return access.is_invitation() && to_ascii_lower(access.person) == to_ascii_lower(person) &&
               access.since.seconds > now.seconds - lately_seconds;
    });
}

// Whoever asks without an invitation gets one, at the address given: so that it proves itself. Also whoever is
// registered already, in that account: their first message may be lost.
Result<> invite_visitor(lifecycle::Workspace workspace, const Asked& asked, const House& house, Instant at,
                        Decided& decided, std::vector<Event>& events) {
    for (const auto& event : events) lifecycle::apply(workspace, event);
    const auto email = CA_TRY(text_of(asked.command, "email")), account = CA_TRY(text_of(asked.command, "account"));
    const auto* contact = workspace.find_contact(email);
    if (!contact || to_ascii_lower(contact->account) != to_ascii_lower(account))
        return fail("unknown_contact", "Nobody is registered so.");
    const std::string person = "contact:" + email;
    if (was_invited_lately(workspace, person, at)) return {};
    const auto keys = invitation_keys(house, asked.text.id);
    auto event = CA_TRY(invite(workspace, person, keys.user, {Role::system, {}}, at));
    const auto& invited = std::get<lifecycle::PersonInvited>(event.body);
    decided.invitation = Invitation{.person = invited.person, .seed = keys.seed, .until = invited.until};
    events.push_back(std::move(event));
    return {};
}

// Of a visitor: what the rules say, and an invitation where there is somebody to invite.
Result<std::vector<Event>> decide_visitor(const lifecycle::Workspace& workspace, const Asked& asked, const House& house,
                                          Instant at, Decided& decided) {
    auto decision = lifecycle::decide(workspace, asked.command, asked.actor, at);
    const bool is_known = !decision && decision.error().code == "already_registered";
    if (!decision && !is_known) return std::unexpected(decision.error());
    auto events = decision ? std::move(decision->events) : std::vector<Event>{};
    CA_TRY_VOID(invite_visitor(workspace, asked, house, at, decided, events));
    return events;
}

// What was asked for by then, after what fell due.
void decide_asked(lifecycle::Workspace workspace, const Asked& asked, const House& house, Instant at,
                  Decided& decided) {
    Result<std::vector<Event>> events;
    if (only_asks(asked.command)) {
        events = fail("bad_command", "“" + asked.command.verb + "” changes nothing, so there is nothing to record.");
    } else if (is_about_access(asked.command)) {
        events = decide_access(workspace, asked, house, at, decided);
    } else if (asked.actor.role == Role::visitor) {
        events = decide_visitor(workspace, asked, house, at, decided);
    } else {
        auto decision = lifecycle::decide(workspace, asked.command, asked.actor, at);
        if (decision) {
            decided.answer->number = decision->number;
            decided.answer->case_number = decision->case_number;
            decided.answer->request = decision->request;
            events = std::move(decision->events);
        } else {
            events = std::unexpected(decision.error());
        }
    }
    if (!events) return refuse(*decided.answer, events.error());
    if (!events->empty()) decided.events.push_back(signed_before(asked, events->front()));
    std::ranges::move(*events, std::back_inserter(decided.events));
}

// What a command has made, by the events that stand behind it in the record.
void tell_made(const journal::WorkspaceLog& log, std::size_t signed_at, const Asked& asked, const House& house,
               Decided& decided) {
    const auto command = log.entry(signed_at).event;
    const auto given = read_command(asked.text.command);
    const bool asks = given && given->verb == "raise_query";  // in a case that is open already
    for (std::size_t number = signed_at + 1; number <= log.size(); ++number) {
        const auto event = log.entry(number).event;
        if (event.by != command.by || std::holds_alternative<lifecycle::CommandSigned>(event.body)) return;
        auto& answer = *decided.answer;
        if (const auto* agreement = std::get_if<lifecycle::AgreementCreated>(&event.body)) {
            if (!answer.number) answer.number = agreement->number;
        } else if (const auto* opened = std::get_if<lifecycle::CaseOpened>(&event.body)) {
            if (!answer.case_number) answer.case_number = opened->number;
        } else if (const auto* entry = std::get_if<lifecycle::CaseEntryAdded>(&event.body)) {
            if (asks && !answer.case_number) answer.case_number = entry->number;
        } else if (const auto* request = std::get_if<lifecycle::AgreementRequested>(&event.body)) {
            answer.request = request->number;
        } else if (const auto* invited = std::get_if<lifecycle::PersonInvited>(&event.body)) {
            decided.invitation = Invitation{
                .person = invited->person, .seed = invitation_keys(house, asked.text.id).seed, .until = invited->until};
        }
    }
}

}  // namespace

Decided decide(const journal::WorkspaceLog& log, const Arrived& arrived, const House& house) {
    const Instant at = std::max(arrived.at, log.workspace().now);
    if (arrived.organisation == steward_organisation) return {.events = lifecycle::due(log.workspace(), at)};
    auto asked = read(arrived);
    if (!asked) return turned_away(asked.error());
    if (const auto recorded = log.find(entry_id_of_command(asked->text.id)); recorded != 0) {
        Decided decided{.answer = answer_to(*asked, arrived)};
        tell_made(log, recorded, *asked, house, decided);
        decided.invitation.reset();  // it has gone out
        return decided;
    }
    if (const auto sound = check(log, arrived, house, *asked); !sound)
        return turned_away(sound.error(), answer_to(*asked, arrived));

    Decided decided{.events = lifecycle::due(log.workspace(), at), .answer = answer_to(*asked, arrived)};
    auto workspace = log.workspace();
    for (const auto& event : decided.events) lifecycle::apply(workspace, event);
    decide_asked(std::move(workspace), *asked, house, at, decided);
    return decided;
}

Decided answer_again(const journal::WorkspaceLog& log, const Arrived& arrived, const House& house) {
    const auto asked = read(arrived);
    if (!asked) return turned_away(asked.error());
    const auto recorded = log.find(entry_id_of_command(asked->text.id));
    if (recorded != 0) {
        Decided decided{.answer = answer_to(*asked, arrived)};
        tell_made(log, recorded, *asked, house, decided);
        return decided;
    }
    // What fell due with it is recorded; itself was refused, and is again.
    auto decided = decide(log, arrived, house);
    decided.events.clear();
    return decided;
}

Decided turn_away(const Arrived& arrived, const Error& error) {
    const auto asked = read(arrived);
    return asked ? turned_away(error, answer_to(*asked, arrived)) : turned_away(error);
}

InvitationKeys invitation_keys(const House& house, std::string_view name) {
    const auto keys = key_pair(sha256_hex("invitation " + house.secret + " " + std::string(name)));
    return {.seed = to_user_seed(keys->seed), .user = to_user(keys->key)};
}

}  // namespace ca::sharing
