#include "lifecycle/engine.h"

#include "lifecycle/decide.h"

namespace ca::lifecycle {
namespace {

using Decide = Result<Decision> (*)(const Context&);

template<EntryKind kind>
Result<Decision> decide_entry_of(const Context& context) {
    return decide_entry(context, kind);
}

Result<Decision> nothing(const Context&) {
    return Decision{};
}

struct Verb {
    std::string_view name;
    Decide decide;
};

constexpr Verb verbs[]{
    {"register_account", decide_register_account},
    {"register_product", decide_register_product},
    {"register_contact", decide_register_contact},
    {"nominate", decide_nominate},
    {"end_nomination", decide_end_nomination},
    {"correct_account", decide_correct_account},
    {"correct_contact", decide_correct_contact},
    {"publish_terms", decide_publish_terms},
    {"request_agreement", decide_request_agreement},
    {"decline_request", decide_decline_request},
    {"create_agreement", decide_create_agreement},
    {"issue", decide_issue},
    {"accept", decide_accept},
    {"raise_query", decide_raise_query},
    {"add_note", decide_entry_of<EntryKind::note>},
    {"reply", decide_entry_of<EntryKind::reply>},
    {"work_note", decide_entry_of<EntryKind::work_note>},
    {"ask_for_info", decide_entry_of<EntryKind::question>},
    {"resolve", decide_entry_of<EntryKind::resolution>},
    {"watch", decide_watch},
    {"unwatch", decide_unwatch},
    {"pause", decide_pause},
    {"resume", decide_resume},
    {"reset", decide_reset},
    {"terminate", decide_terminate},
    {"withdraw", decide_withdraw},
    {"record_download", decide_record_download},
    {"mark_sent", decide_mark_sent},
    {"mark_to_send", decide_mark_to_send},
    {"advance", nothing},
    {"show_agreement", decide_show_agreement},
    {"list_agreements", nothing},
    {"show_case", decide_show_case},
    {"list_notifications", nothing},
};

std::string_view in_words(Role role) {
    switch (role) {
        case Role::agreement_team: return "The agreement team";
        case Role::product_team: return "The API product onboarding team";
        case Role::contact: return "A contact";
        case Role::visitor: return "A visitor who has not registered";
        case Role::system: break;
    }
    return "The system";
}

Result<> check_actor(const CommandRule& rule, const Workspace& workspace, const Actor& actor) {
    if (!rule.permits(actor.role)) {
        return fail("not_permitted", std::string(in_words(actor.role)) + " cannot do “" + std::string(rule.verb) +
                                         "”. Ask somebody whose work it is.");
    }
    if (actor.role == Role::contact && !workspace.find_contact(actor.name)) {
        return fail("unknown_contact", "Nobody is registered with the e-mail address " + actor.name + ". Register it first.");
    }
    return {};
}

}  // namespace

std::vector<Event> due(const Workspace& workspace, Instant now) {
    if (!anything_due(workspace, now)) return {};  // spares the Recorder's copy
    Recorder record(workspace, {.role = Role::system}, now);
    fall_due(record, now);
    return record.events();
}

Result<Decision> decide(const Workspace& workspace, const Command& command, const Actor& actor, Instant now) {
    CA_TRY_VOID(check_shape(command));
    const CommandRule& rule = *find_command(command.verb);
    CA_TRY_VOID(check_actor(rule, workspace, actor));
    const Arguments given = CA_TRY(check_arguments(command));
    for (const auto& verb : verbs) {
        if (verb.name == command.verb) return verb.decide({workspace, actor, now, given});
    }
    return fail("bad_command", "There is no command “" + command.verb + "”.", "do");
}

Step step(Workspace& workspace, const Command& command, const Actor& actor, Instant now) {
    if (auto shape = check_shape(command); !shape) return {.fell_due = {}, .decision = std::unexpected(shape.error())};
    if (now < workspace.now) {
        return {.fell_due = {},
                .decision = fail("time_went_backwards", "The last command was at " + format_iso(workspace.now) + ", and this one is at " +
                                                            format_iso(now) + ". Give commands in the order of time.")};
    }
    Step result{.fell_due = due(workspace, now), .decision = Decision{}};
    for (const auto& event : result.fell_due) apply(workspace, event);
    workspace.now = now;
    result.decision = decide(workspace, command, actor, now);
    if (result.decision) {
        for (const auto& event : result.decision->events) apply(workspace, event);
    }
    return result;
}

}  // namespace ca::lifecycle
