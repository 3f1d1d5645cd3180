#include "platform/cli/answer.h"

#include "lifecycle/sight.h"
#include "lifecycle/views.h"

#include <nlohmann/json.hpp>

namespace ca::cli {
namespace {

using Json = nlohmann::ordered_json;

// ---- Values: every shape tells its members in `describe` --------------------------------------------------

template<typename T>
constexpr bool is_optional = false;
template<typename T>
constexpr bool is_optional<std::optional<T>> = true;
template<typename T>
constexpr bool is_list = false;
template<typename T>
constexpr bool is_list<std::vector<T>> = true;

template<typename T>
Json to_json(const T& value);

template<typename T>
void add_members(Json& object, const T& value) {
    T::describe([&](std::string_view name, const auto& member) { object[std::string(name)] = to_json(member); }, value);
}

template<typename T>
Json to_json(const T& value) {
    if constexpr (is_optional<T>) {
        return value ? to_json(*value) : Json();
    } else if constexpr (is_list<T>) {
        Json list = Json::array();
        for (const auto& element : value) list.push_back(to_json(element));
        return list;
    } else if constexpr (std::is_same_v<T, Date> || std::is_same_v<T, Instant>) {
        return format_iso(value);
    } else if constexpr (std::is_enum_v<T>) {
        return std::string(to_words(value));
    } else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
        return value;
    } else {
        Json object = Json::object();
        add_members(object, value);
        return object;
    }
}

// ---- Parts of an answer -----------------------------------------------------------------------------------

std::string in_words(const lifecycle::Actor& actor) {
    const std::string role(to_words(actor.role));
    return actor.name.empty() ? role : role + ":" + actor.name;
}

void add_events(Json& list, const std::vector<lifecycle::Event>& events) {
    for (const auto& event : events) {
        Json object{{"type", type_of(event.body)},
                    {"at", format_iso(event.at)},
                    {"by", in_words(event.by)},
                    {"account", event.account.empty() ? Json() : Json(event.account)},
                    {"entity", event.entity}};
        std::visit([&](const auto& body) { add_members(object, body); }, event.body);
        list.push_back(std::move(object));
    }
}

Json case_to_json(const lifecycle::Case& the_case) {
    Json activity = Json::array();
    for (const auto& entry : the_case.activity) activity.push_back(to_json(entry));
    return {{"number", the_case.number},
            {"kind", to_words(the_case.kind)},
            {"state", to_words(the_case.state)},
            {"agreement", the_case.agreement},
            {"opened", format_iso(london_date(the_case.opened))},  // V4: every date but Created is a date
            {"watch_list", the_case.watch_list},
            {"activity", std::move(activity)}};
}

Json notification_to_json(const lifecycle::Notification& notification) {
    return {{"at", format_iso(notification.at)},
            {"kind", to_words(notification.kind)},
            {"agreement", notification.agreement},
            {"case", to_json(notification.case_number)},
            {"to", notification.to}};
}

// What a decision carries besides its events, by the table of commands.
void add_results(Json& result, const lifecycle::Workspace& workspace, const CommandLine& line,
                 const lifecycle::Decision& decision) {
    const std::string& verb = line.command.verb;
    const auto seen = [&] { return lifecycle::Sight::of(workspace, line.actor); };
    if (verb == "create_agreement") {
        result["number"] = to_json(decision.number);
        result["case"] = to_json(decision.case_number);
    } else if (verb == "raise_query") {
        result["case"] = to_json(decision.case_number);
    } else if (verb == "request_agreement") {
        result["request"] = to_json(decision.request);
    } else if (verb == "publish_terms") {
        result["created"] = decision.created;
        result["skipped"] = decision.skipped;
    } else if (verb == "show_agreement") {
        const auto sight = seen();
        const auto* agreement = sight.find_agreement(decision.number.value_or(""));
        result["agreement"] = agreement ? to_json(view(sight, *agreement, line.at)) : Json();
    } else if (verb == "list_agreements") {
        const auto given = line.command.arguments.find("filter");
        const bool all = given != line.command.arguments.end() && given->second == lifecycle::Value(std::string("all"));
        const auto sight = seen();
        Json list = Json::array();
        for (const auto& [number, agreement] : sight.agreements) {
            if (all || in_default_filter(agreement)) list.push_back(to_json(view(sight, agreement, line.at)));
        }
        result["agreements"] = std::move(list);
    } else if (verb == "show_case") {
        const auto sight = seen();
        const auto* the_case = sight.find_case(decision.case_number.value_or(""));
        result["case"] = the_case ? case_to_json(*the_case) : Json();
    } else if (verb == "list_notifications") {
        Json list = Json::array();
        for (const auto& notification : seen().notifications) list.push_back(notification_to_json(notification));
        result["notifications"] = std::move(list);
    }
}

std::string to_line(const Json& answer) { return answer.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json refusal(const Error& error) { return {{"ok", false}, {"refusal", error.code}, {"message", error.message}}; }

}  // namespace

std::string answer(const lifecycle::Workspace& workspace, const CommandLine& line, const lifecycle::Step& step) {
    Json events = Json::array();
    add_events(events, step.fell_due);
    Json result;
    if (step.decision) {
        result["ok"] = true;
        add_results(result, workspace, line, *step.decision);
        add_events(events, step.decision->events);
    } else {
        result = refusal(step.decision.error());
    }
    result["events"] = std::move(events);
    return to_line(result);
}

std::string answer(const Error& error) {
    Json result = refusal(error);
    result["events"] = Json::array();
    return to_line(result);
}

}  // namespace ca::cli
