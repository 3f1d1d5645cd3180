// Events as the lines that every party will hold: what the steward writes, one message a stream.
//
// The identity of an event is made of its place (the SHA-256 of its stream, its position and the hash before it, 32
// digits), and that of a command that somebody has signed of the command's own. So whoever decides the same commands in
// the same order writes the same bytes: two stewards, or one that starts again in the middle, write no second record.
#pragma once

#include "journal/workspace_log.h"

#include <string>
#include <vector>

namespace ca::sharing {

struct StreamLines {
    std::string stream;  // lifecycle/streams.h
    std::string lines;   // each with its line feed
};
// What is to follow this log, in its streams: `events` are as decided.
std::vector<StreamLines> to_lines(const journal::WorkspaceLog&, const std::vector<lifecycle::Event>& events);

// The id of the entry of a command; so it can be found whether one was recorded.
std::string entry_id_of_command(std::string_view command_id);

}  // namespace ca::sharing
