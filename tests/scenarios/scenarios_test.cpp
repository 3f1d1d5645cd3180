// Runs every scenario: <rule>-<words>.jsonl against <rule>-<words>.expected.jsonl, here and, where they are at hand,
// those shared with other teams. A scenario is named by the rule that it shows.
#include "platform/cli/run.h"
#include "scenarios/matching.h"

#include "base/text.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (auto& line : ca::split(text, '\n')) {
        if (!ca::is_blank(line)) lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<std::string> answers_to(const std::string& script) {
    std::istringstream in(script);
    std::ostringstream out;
    ca::lifecycle::Workspace workspace;
    ca::cli::run_lines(in, out, workspace, [&](const auto& command, const auto& actor, ca::Instant at) {
        return ca::lifecycle::step(workspace, command, actor, at);
    });
    return lines_of(out.str());
}

std::vector<fs::path> scenarios_in(const fs::path& folder) {
    std::vector<fs::path> scenarios;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name.ends_with(".jsonl") && !name.ends_with(".expected.jsonl")) scenarios.push_back(entry.path());
    }
    std::ranges::sort(scenarios);
    return scenarios;
}

void check_scenarios_in(const fs::path& folder) {
    for (const auto& scenario : scenarios_in(folder)) {
        const std::string name = scenario.stem().string();
        const std::string script = read(scenario);
        const auto commands = lines_of(script);
        const auto answers = answers_to(script);
        const auto expected = lines_of(read(fs::path(scenario).replace_extension(".expected.jsonl")));
        CHECK_MESSAGE(answers.size() == expected.size(),
                      name << ": " << answers.size() << " answers, expected " << expected.size());
        for (std::size_t i = 0; i < std::min(answers.size(), expected.size()); ++i) {
            const auto found =
                ca::scenarios::difference(nlohmann::json::parse(expected[i]), nlohmann::json::parse(answers[i]));
            CHECK_MESSAGE(!found, name << ", line " << i + 1 << found.value_or("") << "\n  "
                                       << (i < commands.size() ? commands[i] : "") << "\n  " << answers[i]);
        }
    }
}

}  // namespace

TEST_CASE("every scenario of this project ends as its rule says") {
    const fs::path folder = fs::path(CA_SOURCE_DIR) / "tests/scenarios";
    CHECK(scenarios_in(folder).size() > 40);
    check_scenarios_in(folder);
}

TEST_CASE("every shared scenario ends as its rule says") {
    const fs::path folder = fs::path(CA_SOURCE_DIR) / "../shared/data/scenarios";
    if (!fs::exists(folder)) {
        MESSAGE("no shared scenarios at " << folder.string());
        return;
    }
    CHECK(!scenarios_in(folder).empty());
    check_scenarios_in(folder);
}

TEST_CASE("matching finds what differs") {
    using nlohmann::json;
    const auto differs = [](const char* expected, const char* actual) {
        return ca::scenarios::difference(json::parse(expected), json::parse(actual)).has_value();
    };
    CHECK_FALSE(differs(R"({"a":1})", R"({"a":1,"b":2})"));
    CHECK(differs(R"({"_exact":true,"a":1})", R"({"a":1,"b":2})"));
    CHECK(differs(R"({"a":null})", R"({})"));
    CHECK(differs(R"([1])", R"([1,2])"));
    CHECK(differs(R"([])", R"([1])"));
    CHECK_FALSE(differs(R"({"a":"…"})", R"({"a":"x"})"));
    CHECK(differs(R"({"a":"…"})", R"({"a":null})"));
    CHECK(differs(R"({"a":"1"})", R"({"a":1})"));
}

TEST_CASE("lines: blank ones are skipped, any other is answered once (R1)") {
    const auto refusals = [](const std::string& script) {
        std::vector<std::string> codes;
        for (const auto& answer : answers_to(script))
            codes.push_back(nlohmann::json::parse(answer).value("refusal", "ok"));
        return codes;
    };
    const std::string advance = R"({"at":"2025-08-01T08:15:00Z","as":"visitor","do":"advance"})";
    using Codes = std::vector<std::string>;
    CHECK(refusals("") == Codes{});
    CHECK(refusals("\n \t \n\r\n") == Codes{});
    CHECK(refusals(advance) == Codes{"ok"});
    CHECK(refusals(advance + "\r\n" + advance) == Codes{"ok", "ok"});
    CHECK(refusals(std::string("\0", 1)) == Codes{"bad_command"});
    CHECK(refusals(advance + std::string("\0", 1)) == Codes{"bad_command"});
    CHECK(refusals("\xff\xfe") == Codes{"bad_command"});
    CHECK(refusals(advance + " x") == Codes{"bad_command"});
    CHECK(refusals(advance + advance) == Codes{"bad_command"});
    CHECK(refusals(R"({"at":"2025-08-01T08:15:00Z","as":"visitor","do":"advance","do":"advance"})") ==
          Codes{"bad_command"});
    CHECK(refusals(R"({"at":"2025-08-01T08:15:00Z","as":"visitor","\u0064o":"advance","do":"advance"})") ==
          Codes{"bad_command"});
    CHECK(refusals(std::string(100'000, '[')) == Codes{"bad_command"});
}

TEST_CASE("values of every shape are refused in their turn, not as a bad line (R5, R8)") {
    const auto refusal_of_size = [](const std::string& size) {
        const std::string line =
            R"({"at":"2025-08-01T08:15:00Z","as":"team:A","do":"record_download","number":"CNTR0000001","file_name":"a.pdf",)"
            R"("sha256":"0000000000000000000000000000000000000000000000000000000000000000","size":)" +
            size + "}";
        return nlohmann::json::parse(answers_to(line).at(0)).value("refusal", "ok");
    };
    CHECK(refusal_of_size("0") == "unknown_agreement");
    CHECK(refusal_of_size("9007199254740991") == "unknown_agreement");
    for (const char* size : {"-1", "1.5", "9007199254740992", "18446744073709551615", "99999999999999999999999",
                             "1e400", "-1e999", "true", "\"1\"", "[]", "[1]", "{}", "{\"a\":[1,{}]}", "[[[[[]]]]]"}) {
        CHECK_MESSAGE(refusal_of_size(size) == "bad_argument", size);
    }
    CHECK(refusal_of_size("null") == "missing_argument");
    CHECK(refusal_of_size("\" \"") == "missing_argument");
    CHECK(refusal_of_size("{\"a\":1,\"a\":2}") == "bad_command");
}
