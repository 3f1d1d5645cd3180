#include "platform/cli/cli.h"
#include "platform/cli/run.h"

#include <iostream>

namespace {

using namespace ca::cli;

// To add a subcommand: a file of its own with its function, and a line here.
const Subcommand subcommands[]{
    {"run", "[FILE] [--workspace DIR]", "speaks the command language: one JSON object a line in, one a line out",
     {.operands_max = 1, .options = {"--workspace"}}, run_commands},
};

void print_usage(std::ostream& out) {
    out << "Usage: portal-cli <subcommand> …\n\n";
    for (const auto& each : subcommands) out << "  portal-cli " << each.name << ' ' << each.arguments << "\n      " << each.summary << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    if (words.size() == 1 && (words[0] == "--help" || words[0] == "help")) {
        print_usage(std::cout);
        return static_cast<int>(Exit::done);
    }
    for (const auto& each : subcommands) {
        if (words.empty() || words[0] != each.name) continue;
        Call call;
        if (const auto wrong = read_call(each.shape, {words.begin() + 1, words.end()}, call)) {
            std::cerr << *wrong << "\nUsage: portal-cli " << each.name << ' ' << each.arguments << '\n';
            return static_cast<int>(Exit::wrong_use);
        }
        return static_cast<int>(each.run(call));
    }
    if (!words.empty()) std::cerr << "There is no subcommand “" << words[0] << "”.\n";
    print_usage(std::cerr);
    return static_cast<int>(Exit::wrong_use);
}
