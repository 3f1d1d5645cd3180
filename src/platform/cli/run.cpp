#include "platform/cli/run.h"

#include "base/text.h"
#include "platform/cli/answer.h"
#include "platform/cli/command_line.h"
#include "platform/cli/workspace.h"

#include <fstream>
#include <iostream>

namespace ca::cli {

void run_lines(std::istream& in, std::ostream& out, const lifecycle::Workspace& workspace, const TakeStep& take_step) {
    for (std::string text; std::getline(in, text);) {
        if (is_blank(text)) continue;  // R1
        if (const auto line = read_command_line(text); !line) {
            out << answer(line.error());
        } else {
            const auto step = take_step(line->command, line->actor, line->at);
            out << answer(workspace, *line, step);
        }
        out << std::endl;  // whoever writes the next line may wait for this answer
    }
}

Exit run_commands(const Call& call) {
    std::ifstream file;
    const bool from_file = !call.operands.empty() && call.operands[0] != "-";
    if (from_file) {
        file.open(call.operands[0], std::ios::binary);
        if (!file) {
            std::cerr << "The file " << call.operands[0] << " cannot be read.\n";
            return Exit::wrong_use;
        }
    }
    std::istream& in = from_file ? file : std::cin;

    if (const auto folder = call.option("--workspace")) {
        Workspace kept{*folder};
        if (const auto opened = kept.open(); !opened) {
            std::cerr << opened.error().message << '\n';
            return Exit::refused;
        }
        for (const auto& warning : kept.warnings()) std::cerr << warning << '\n';
        run_lines(in, std::cout, kept.state(),
                  [&](const auto& command, const auto& actor, Instant at) { return kept.step(command, actor, at); });
        return Exit::done;
    }
    lifecycle::Workspace workspace;
    run_lines(in, std::cout, workspace, [&](const auto& command, const auto& actor, Instant at) {
        return lifecycle::step(workspace, command, actor, at);
    });
    return Exit::done;
}

}  // namespace ca::cli
