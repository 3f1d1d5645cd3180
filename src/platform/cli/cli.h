// portal-cli: the portal without a screen. Results are JSON on standard output, words for people go to standard error.
//
// A subcommand is one function of this file's table (main.cpp) and lives in a file of its own:
//
//     Exit run_commands(const Call&);
//     {"run", "[FILE] [--workspace DIR]", "…", {.operands_max = 1, .options = {"--workspace"}}, run_commands},
//
// main() reads the call by the subcommand's shape, so a function meets only operands and options that it takes.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ca::cli {

enum class Exit : int {
    done = 0,
    refused = 1,    // refused, or not sound
    wrong_use = 2,  // the call itself: unknown options, missing files
};

// What a subcommand takes.
struct Shape {
    std::size_t operands_min = 0;
    std::size_t operands_max = 0;
    std::initializer_list<std::string_view> options{};  // with a value: --workspace DIR, or --workspace=DIR
    std::initializer_list<std::string_view> flags{};    // without: --dry-run
};

struct Call {
    std::vector<std::string> operands{};
    std::map<std::string, std::string> options{};
    std::set<std::string> flags{};
    std::optional<std::string> option(const std::string& name) const {
        const auto found = options.find(name);
        return found == options.end() ? std::nullopt : std::optional(found->second);
    }
    bool has(const std::string& flag) const { return flags.contains(flag); }
};

// What is wrong with the call, in words; nothing where it is right.
std::optional<std::string> read_call(const Shape&, const std::vector<std::string>& arguments, Call&);

struct Subcommand {
    std::string_view name;
    std::string_view arguments;
    std::string_view summary;
    Shape shape;
    Exit (*run)(const Call&);
};

}  // namespace ca::cli
