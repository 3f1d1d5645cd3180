// Commands: what a person asks for, in the command language of the lifecycle contract.
//
// A Command is a verb and named arguments. The scenario runner makes it from a JSON line, a page from a form; both go
// through the same table (command.cpp) that says which arguments a verb takes, of which kind, and who may give it. So every
// way in gets the same refusals, in the same order (R5).
//
//     auto command = Command{"accept", {{"number", "CNTR0000001"}, {"read_and_understood", true}}};
//     auto decision = decide(workspace, command, actor, now);
//     if (!decision) show(decision.error());   // .code "must_confirm_reading", .message in words, .where the argument's name
#pragma once

#include "lifecycle/model.h"

#include <initializer_list>
#include <variant>

namespace ca::lifecycle {

struct Absent {  // null, or not given
    bool operator==(const Absent&) const = default;
};
struct Malformed {  // a value of a shape that no argument has (an object, a mixed array, a fraction …)
    bool operator==(const Malformed&) const = default;
};
using Value = std::variant<Absent, bool, std::int64_t, std::string, std::vector<std::string>, Malformed>;

struct Command {
    std::string verb;
    std::map<std::string, Value> arguments{};
};

// Whether the verb exists and takes every argument named (else bad_command); R3.
Result<> check_shape(const Command&);

}  // namespace ca::lifecycle
