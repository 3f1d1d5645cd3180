// The words for roles: in patches, in dumps of the tree, as class names. One table, so that they never differ.
#pragma once

#include "semantics/node.h"

#include <optional>
#include <string_view>

namespace ca::semantics {

std::string_view to_word(Role);  // "column_header"
std::optional<Role> role_from_word(std::string_view);

// Roles whose words are text on the page (a heading, a cell), in contrast to those that are only called by their name
// (a region, a textbox).
bool bears_text(Role);
// Roles that a person can act on.
bool is_control(Role);

}  // namespace ca::semantics
