#include "app/actor_setting.h"

#include "sharing/command_text.h"

namespace ca::app {

lifecycle::Actor actor_from_setting(std::string_view setting) {
    return sharing::read_actor(setting).value_or(lifecycle::Actor{lifecycle::Role::agreement_team, "Agreement team"});
}

std::string setting_of(const lifecycle::Actor& actor) { return sharing::to_text(actor); }

}  // namespace ca::app
