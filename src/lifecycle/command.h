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

// ---- The table ----------------------------------------------------------------------------------------------------------------

// What an argument alone must be like. Each kind has its refusals: what its type shows (bad_argument), and what its content shows.
enum class Kind : std::uint8_t {
    text,            // any text that is not blank
    entry,           // 1 to 4,000 code points: empty_text, text_too_long (R10)
    flag,            // true or false
    products,        // product ids: no_products, duplicate_product (N7)
    date,            // bad_date (R21)
    email,           // bad_email (R19)
    ods_code,        // of a new account: bad_ods_code (L5)
    company_number,  // bad_company_number (R20)
    version,         // of new terms: one to four dotted numbers (R24)
    from_version,    // 5 (R23)
    place,           // in a list, from 1
    size,            // 0 to 2^53 - 1 (R22)
    sha256,          // 64 hex digits (R22)
    filter,          // "default" or "all"
};
enum class Need : std::uint8_t {
    required,
    optional,
    one_at_least,  // of all that are marked so: else missing_argument (R64)
};
// What "" says. Blank text that is not empty counts as absent for every argument (R9).
enum class Empty : std::uint8_t { is_absent, takes_away };

struct ArgumentRule {
    std::string_view name;
    Kind kind;
    Need need = Need::required;
    Empty empty = Empty::is_absent;
};

struct CommandRule {
    std::string_view verb;
    std::span<const Role> who;
    std::span<const ArgumentRule> arguments;
    bool permits(Role) const;
};

std::span<const CommandRule> command_table();
const CommandRule* find_command(std::string_view verb);

// Whether the verb exists and takes every argument named (else bad_command); R3.
Result<> check_shape(const Command&);

// ---- Arguments that have passed the table -------------------------------------------------------------------------------------

// Reading an argument that the verb's rule does not list, or by another kind than its own, is a mistake in the program and gives
// the empty value of that kind.
class Arguments {
public:
    explicit Arguments(std::map<std::string, Value> values) : values_(std::move(values)) {}
    bool has(std::string_view name) const;
    std::string text(std::string_view name) const;  // empty where absent, and where it takes a value away
    std::optional<std::string> optional_text(std::string_view name) const;
    bool flag(std::string_view name) const;  // false where absent
    std::int64_t number(std::string_view name) const;
    std::vector<std::string> list(std::string_view name) const;
    Date date(std::string_view name) const;

private:
    template<typename Type>
    const Type* get(std::string_view name) const;
    std::map<std::string, Value> values_;
};

// The required arguments that are absent, in the order of the table, then those of which one at least is wanted where none is
// given; none for a verb that does not exist.
std::vector<std::string> missing_arguments(const Command&);

// missing_argument, then bad_argument, then what an argument alone shows; within each, in the order of the table (R5). Values come
// out in the form in which they are kept: ODS codes and company numbers in upper case and padded, SHA-256 in lower case.
Result<Arguments> check_arguments(const Command&);

// ---- Single checks, for forms that speak while someone types ----------------------------------------------------------------

Result<std::string> check_ods_code(std::string_view);        // in upper case
Result<std::string> check_company_number(std::string_view);  // 8 characters, upper case
bool is_email(std::string_view);                             // R19

}  // namespace ca::lifecycle
