#include "app/actor_setting.h"

namespace ca::app {

using lifecycle::Actor;
using lifecycle::Role;

Actor actor_from_setting(std::string_view setting) {
    const auto colon = setting.find(':');
    const auto kind = setting.substr(0, colon);
    const auto name = colon == std::string_view::npos ? std::string() : std::string(setting.substr(colon + 1));
    if (kind == "visitor") return {Role::visitor, ""};
    if (kind == "contact" && !name.empty()) return {Role::contact, name};
    if (kind == "products" && !name.empty()) return {Role::product_team, name};
    if (kind == "team" && !name.empty()) return {Role::agreement_team, name};
    return {Role::agreement_team, "Agreement team"};
}

std::string setting_of(const Actor& actor) {
    switch (actor.role) {
        case Role::agreement_team: return "team:" + actor.name;
        case Role::product_team: return "products:" + actor.name;
        case Role::contact: return "contact:" + actor.name;
        case Role::visitor:
        case Role::system: break;
    }
    return "visitor";
}

}  // namespace ca::app
