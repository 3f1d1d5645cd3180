// The command language as text, one JSON object a command (R3, R4, R7): read for the command line and for what a
// browser sends.
//
//     {"do":"issue","number":"CNTR0000001"}
//
// Refused as bad_command: not a JSON object; a key given twice, at any depth; no verb. Whether the verb exists and
// takes these arguments is the engine's to say (lifecycle::check_shape). Values of a shape that no argument has are
// kept as lifecycle::Malformed, so that they are refused in their turn (R5).
#pragma once

#include "lifecycle/command.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace ca::sharing {

// "team:<name>", "products:<name>", "contact:<email>", "visitor"; the part after the colon not blank. And back.
std::optional<lifecycle::Actor> read_actor(std::string_view);
std::string to_text(const lifecycle::Actor&);

Result<lifecycle::Command> read_command(std::string_view);
std::string to_text(const lifecycle::Command&);  // members in the order of their names

// The members of one object, and one of them taken out as text.
using Members = std::map<std::string, lifecycle::Value>;
Result<Members> read_members(std::string line);
Result<std::string> take_text(Members&, const std::string& name);

}  // namespace ca::sharing
