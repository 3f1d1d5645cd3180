// Commands: what a person asks for, in the command language of the lifecycle contract.
//
// A Command is a verb and named arguments. The scenario runner makes it from a JSON line, a page from a form by way of
// the verb's struct; both go through the same table (verbs.h) that says which arguments a verb takes, of which kind,
// and who may give it. So every way in gets the same refusals, in the same order (R5).
//
//     auto command = to_command(ask::Accept{.number = "CNTR0000001", .read_and_understood = true});
//     auto decision = decide(workspace, command, actor, now);
//     if (!decision) show(decision.error());   // .code "must_confirm_reading", .message in words, .where the
//     argument's name
#pragma once

#include "lifecycle/verbs.h"

#include <map>
#include <span>
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

// ---- The table --------------------------------------------------------------------------------------------

struct ArgumentRule {
    std::string_view name;
    Kind kind;
    Need need = Need::required;
    Empty empty = Empty::is_absent;
};

struct CommandRule {
    std::string_view verb;
    std::span<const Role> who;
    std::vector<ArgumentRule> arguments;
    bool permits(Role) const;
};

std::span<const CommandRule> command_table();
const CommandRule* find_command(std::string_view verb);

// Whether the verb exists and takes every argument named (else bad_command); R3.
Result<> check_shape(const Command&);

// ---- Between a verb's struct and a command ----------------------------------------------------------------

using Values = std::map<std::string, Value>;

template<Verb Asked>
Command to_command(const Asked& asked) {
    Command command{.verb = std::string(Asked::verb)};
    Asked::describe(
        [&]<typename Given>(std::string_view name, const Given& given) {
            if constexpr (Given::kind == Kind::products) {
                if (!given.value.empty()) command.arguments.emplace(name, given.value);  // none chosen is none given
            } else if constexpr (Given::need == Need::required) {
                command.arguments.emplace(name, given.value);
            } else if (given.value) {
                command.arguments.emplace(name, *given.value);
            }
        },
        asked);
    return command;
}

// Of values that have passed check_arguments.
template<Verb Asked>
Asked asked(const Values& values) {
    Asked read;
    Asked::describe(
        [&]<typename Given>(std::string_view name, Given& given) {
            const auto found = values.find(std::string(name));
            if (found != values.end()) given.value = std::get<typename Given::Inner>(found->second);
        },
        read);
    return read;
}

// ---- Checking ---------------------------------------------------------------------------------------------

// The required arguments that are absent, in the order of the table, then those of which one at least is wanted where
// none is given; none for a verb that does not exist.
std::vector<std::string> missing_arguments(const Command&);
// What each of the given ones shows by itself to be wrong with it, in the order of the table: for a form that tells
// everything at once.
std::vector<Error> wrong_arguments(const Command&);

// missing_argument, then bad_argument, then what an argument alone shows; within each, in the order of the table (R5).
// Values come out in the form in which they are kept: ODS codes and company numbers in upper case and padded, SHA-256
// in lower case.
Result<Values> check_arguments(const Command&);

// ---- Single checks, for forms that speak while someone types ----------------------------------------------

Result<std::string> check_ods_code(std::string_view);        // in upper case
Result<std::string> check_company_number(std::string_view);  // 8 characters, upper case
bool is_email(std::string_view);                             // R19

}  // namespace ca::lifecycle
