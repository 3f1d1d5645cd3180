#include "lifecycle/engine.h"

#include "lifecycle/decide.h"

namespace ca::lifecycle {
namespace {

Result<Decision> decide(const Context&, const ask::Advance&) { return Decision{}; }
Result<Decision> decide(const Context&, const ask::ListAgreements&) { return Decision{}; }
Result<Decision> decide(const Context&, const ask::ListNotifications&) { return Decision{}; }

// The verb's own `decide`, found by its struct.
template<typename... Asked>
Result<Decision> decide_by_verb(std::string_view verb, const Context& context, const Values& values,
                                const std::variant<Asked...>*) {
    Result<Decision> decision = fail("bad_command", "There is no command “" + std::string(verb) + "”.", "do");
    const auto is_it = [&]<Verb One>(const One*) {
        if (One::verb != verb) return false;
        decision = decide(context, asked<One>(values));
        return true;
    };
    (is_it(static_cast<const Asked*>(nullptr)) || ...);
    return decision;
}

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
        return fail("unknown_contact",
                    "Nobody is registered with the email address " + actor.name + ". Register it first.");
    }
    return {};
}

}  // namespace

std::vector<Event> due(const Workspace& workspace, Instant now, std::size_t agreements_max) {
    if (!anything_due(workspace, now)) return {};  // spares the Recorder's copy
    Recorder record(workspace, {.role = Role::system}, now);
    fall_due(record, now, agreements_max);
    return record.events();
}

Result<Values> check_command(const Workspace& workspace, const Command& command, const Actor& actor) {
    CA_TRY_VOID(check_shape(command));
    const CommandRule& rule = *find_command(command.verb);
    CA_TRY_VOID(check_actor(rule, workspace, actor));
    return check_arguments(command);
}

Result<Decision> decide(const Workspace& workspace, const Command& command, const Actor& actor, Instant now) {
    const Values values = CA_TRY(check_command(workspace, command, actor));
    return decide_by_verb(command.verb, {workspace, actor, now}, values, static_cast<const ask::All*>(nullptr));
}

Step step(Workspace& workspace, const Command& command, const Actor& actor, Instant now) {
    if (auto shape = check_shape(command); !shape) return {.fell_due = {}, .decision = std::unexpected(shape.error())};
    if (now < workspace.now) {
        return {.fell_due = {},
                .decision = fail("time_went_backwards", "The last command was at " + format_iso(workspace.now) +
                                                            ", and this one is at " + format_iso(now) +
                                                            ". Give commands in the order of time.")};
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
