// The reader of command lines, and the engine behind it, on any bytes at all.
//
// The input is a script. Whatever it holds: one answer a line that is not blank, each answer one JSON object of the
// right shape on one line, time never going back, and never a crash.
#include "base/text.h"
#include "platform/cli/run.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <sstream>

namespace {

void require(bool holds, const char* what) {
    if (holds) return;
    std::cerr << what << '\n';
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string script(reinterpret_cast<const char*>(data), size);
    std::istringstream in(script);
    std::ostringstream out;
    ca::lifecycle::Workspace workspace;
    ca::cli::run_lines(in, out, workspace, [&](const auto& command, const auto& actor, ca::Instant at) {
        const ca::Instant before = workspace.now;
        auto step = ca::lifecycle::step(workspace, command, actor, at);
        require(workspace.now >= before, "time went back");
        require(ca::lifecycle::due(workspace, workspace.now).empty(), "something is still due");
        return step;
    });

    std::size_t asked = 0;
    for (const auto& line : ca::split(script, '\n')) asked += ca::is_blank(line) ? 0 : 1;
    std::size_t answered = 0;
    std::istringstream answers(out.str());
    for (std::string line; std::getline(answers, line); ++answered) {
        const auto answer = nlohmann::json::parse(line, nullptr, false);
        require(answer.is_object() && answer.contains("ok") && answer["ok"].is_boolean(), "an answer without ok");
        require(answer.contains("events") && answer["events"].is_array(), "an answer without events");
        if (!answer["ok"].get<bool>())
            require(answer["refusal"].is_string() && answer["message"].is_string(), "a refusal without words");
    }
    require(asked == answered, "not one answer a line");
    return 0;
}
