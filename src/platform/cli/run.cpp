#include "platform/cli/run.h"

#include "base/text.h"
#include "platform/cli/answer.h"
#include "platform/cli/command_line.h"

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
    if (call.option("--workspace")) {
        std::cerr << "--workspace is not available in this build.\n";
        return Exit::wrong_use;
    }
    lifecycle::Workspace workspace;
    const auto take_step = [&](const lifecycle::Command& command, const lifecycle::Actor& actor, Instant at) {
        return lifecycle::step(workspace, command, actor, at);
    };
    if (call.operands.empty() || call.operands[0] == "-") {
        run_lines(std::cin, std::cout, workspace, take_step);
        return Exit::done;
    }
    std::ifstream file(call.operands[0], std::ios::binary);
    if (!file) {
        std::cerr << "The file " << call.operands[0] << " cannot be read.\n";
        return Exit::wrong_use;
    }
    run_lines(file, std::cout, workspace, take_step);
    return Exit::done;
}

}  // namespace ca::cli
