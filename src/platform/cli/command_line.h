// One line of the command language, read (R3, R4, R7).
//
//     {"at":"2025-08-01T08:15:00Z","as":"team:Priya Shah","do":"issue","number":"CNTR0000001"}
//
// Refused as bad_command: not a JSON object; a key given twice, at any depth; `at`, `as` or `do` absent or not text;
// `at` or `as` malformed. Whether the verb exists and takes these arguments is the engine's to say
// (lifecycle::check_shape). Values of a shape that no argument has are kept as lifecycle::Malformed, so that they are
// refused in their turn (R5).
#pragma once

#include "sharing/command_text.h"

namespace ca::cli {

struct CommandLine {
    Instant at;
    lifecycle::Actor actor;
    lifecycle::Command command;
};

Result<CommandLine> read_command_line(std::string_view line);

}  // namespace ca::cli
