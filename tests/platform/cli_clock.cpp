// What time it is for portal-cli on a kept workspace, and that a clock in doubt writes nothing.
#include "base/sha256.h"
#include "lifecycle/engine.h"
#include "platform/cli/clock.h"
#include "platform/cli/run.h"
#include "platform/portal_cli.h"

#include <algorithm>
#include <map>
#include <sstream>

using namespace ca;
using namespace ca::test;
using ca::cli::Use;

namespace {

lifecycle::Workspace after(const std::string& lines) {
    lifecycle::Workspace workspace;
    std::istringstream in(lines);
    std::ostringstream out;
    ca::cli::run_lines(in, out, workspace, [&](const auto& command, const auto& actor, Instant at) {
        return lifecycle::step(workspace, command, actor, at);
    });
    return workspace;
}

Instant at(std::string_view text) { return parse_instant(text).value(); }
Instant later(Instant from, std::int64_t seconds) { return {from.seconds + seconds}; }

constexpr std::int64_t day = 86'400;

// Under Review; 90 days after 1 August 2025 it is cancelled by time.
const std::string under_review{one_agreement};
// Nothing of it falls due.
const std::string withdrawn =
    under_review +
    R"({"at":"2025-08-01T08:15:00Z","as":"team:Priya Shah","do":"withdraw","number":"CNTR0000001","reason":"Made twice."}
)";

// Every file below a folder, with what it holds.
std::map<std::string, std::string> files_below(const std::string& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        files[entry.path()] = entry.is_regular_file() ? bytes_of(entry.path()) : "";
    return files;
}

}  // namespace

TEST_CASE("a clock at the bounds is believed, one beyond them is not") {
    const auto workspace = after(under_review);
    const auto last = at("2025-08-01T08:15:00Z");
    REQUIRE(workspace.now == last);
    for (const auto use : {Use::reads, Use::records}) {
        for (const std::int64_t seconds : {std::int64_t{-300}, std::int64_t{0}, 120 * day}) {
            const auto clock = later(last, seconds);
            CHECK(ca::cli::instant_for(workspace, std::nullopt, use, clock) == clock);
        }
        for (const std::int64_t seconds : {std::int64_t{-301}, 120 * day + 1, 2'000 * day}) {
            const auto refused = ca::cli::instant_for(workspace, std::nullopt, use, later(last, seconds));
            REQUIRE_FALSE(refused.has_value());
            CHECK(refused.error().code == "clock_in_doubt");
        }
    }
}

TEST_CASE("the words say what the clock shows, which time is believed, what would change, and what to do") {
    const auto refused =
        ca::cli::instant_for(after(under_review), std::nullopt, Use::reads, at("2031-05-05T09:00:00Z"));
    REQUIRE_FALSE(refused.has_value());
    const auto& words = refused.error().message;
    INFO(words);
    for (const auto* part :
         {"Nothing was written", "5 May 2031 at 10am", "1 August 2025 at 9:15am", "1 change has fallen due",
          "CNTR0000001 would be Cancelled from 30 October 2025", "(Under Review now)", "--at 2031-05-05T09:00:00Z"})
        CHECK(words.find(part) != std::string::npos);

    const auto behind =
        ca::cli::instant_for(after(under_review), std::nullopt, Use::records, at("2021-05-05T09:00:00Z"));
    REQUIRE_FALSE(behind.has_value());
    CHECK(behind.error().message.find("which is later") != std::string::npos);
    CHECK(behind.error().message.find("fallen due") == std::string::npos);
    CHECK(behind.error().message.find("--at") != std::string::npos);
}

TEST_CASE("where much would change, the first are named and the rest counted") {
    std::string lines = under_review;
    for (int i = 2; i <= 8; ++i) {
        const std::string code = "YGB0" + std::to_string(i), number = "CNTR000000" + std::to_string(i);
        lines += R"({"at":"2025-08-01T08:15:00Z","as":"team:Priya Shah","do":"register_account","ods_code":")" + code +
                 R"(","name":"Example Ltd","public_healthcare":true})"
                 "\n";
        lines += R"({"at":"2025-08-01T08:15:00Z","as":"team:Priya Shah","do":"create_agreement","account":")" + code +
                 R"(","products":["pds-fhir"],"terms":"6.0"})"
                 "\n";
        lines += R"({"at":"2025-08-01T08:15:00Z","as":"team:Priya Shah","do":"issue","number":")" + number +
                 R"("})"
                 "\n";
    }
    const auto refused = ca::cli::instant_for(after(lines), std::nullopt, Use::reads, at("2031-05-05T09:00:00Z"));
    REQUIRE_FALSE(refused.has_value());
    INFO(refused.error().message);
    CHECK(refused.error().message.find("8 changes have fallen due") != std::string::npos);
    CHECK(refused.error().message.find("CNTR0000005 would be") != std::string::npos);
    CHECK(refused.error().message.find("CNTR0000006") == std::string::npos);
    CHECK(refused.error().message.find("and 3 more") != std::string::npos);
}

TEST_CASE("who only reads is not kept from it by a clock far ahead by which nothing falls due; who records is") {
    const auto workspace = after(withdrawn);
    const auto clock = at("2031-05-05T09:00:00Z");
    CHECK(ca::cli::instant_for(workspace, std::nullopt, Use::reads, clock) == clock);
    const auto refused = ca::cli::instant_for(workspace, std::nullopt, Use::records, clock);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message.find("Nothing changes by time alone") != std::string::npos);
}

TEST_CASE("what --at says is not doubted, and an empty workspace gives no reason to") {
    for (const auto* text : {"2021-01-01T00:00:00Z", "2099-01-01T00:00:00Z"}) {
        const auto instant = at(text);
        CHECK(ca::cli::instant_for(after(under_review), instant, Use::records, at("2031-05-05T09:00:00Z")) == instant);
        CHECK(ca::cli::instant_for({}, std::nullopt, Use::records, instant) == instant);
    }
    CHECK(ca::cli::said_instant({}).value() == std::nullopt);
    CHECK(ca::cli::said_instant({.options = {{"--at", "2021-01-01T00:00:00Z"}}}).value() == at("2021-01-01T00:00:00Z"));
    CHECK_FALSE(ca::cli::said_instant({.options = {{"--at", "yesterday"}}}).has_value());
}

// The machine's clock stands long after 2025, and long before 2190.
TEST_CASE("no subcommand writes by a clock in doubt; each does as it is told with --at") {
    for (const std::string year : {"2025", "2190"}) {
        CAPTURE(year);
        const Folder here;
        std::string lines = under_review;
        for (std::size_t found; (found = lines.find("\"2025-")) != std::string::npos;)
            lines.replace(found, 6, "\"" + year + "+");
        std::ranges::replace(lines, '+', '-');
        const std::string workspace = " --workspace " + here / "w";
        REQUIRE(portal_cli("run " + here.save("lines", lines) + workspace).exit == 0);
        const std::string accounts = here.save(
            "customer_account.json",
            R"({"result":[{"sys_id":"0123456789abcdef0123456789abcdef","name":"Halden Clinic","u_ods_code":"YGH33","u_public_healthcare":"true"}]})");
        const std::string calls[] = {"import " + accounts + " --dry-run", "import " + accounts,
                                     "pdf CNTR0000001 " + here / "a.pdf", "export --csv " + here / "a.csv",
                                     "export --xlsx " + here / "a.xlsx",  "export --servicenow " + here / "out"};
        const auto before = files_below(here / "");
        for (const auto& call : calls) {
            CAPTURE(call);
            const auto refused = portal_cli(call + workspace);
            CHECK(refused.exit == 1);
            CHECK(refused.out.empty());
            CHECK(refused.words.find("the time may be wrong") != std::string::npos);
            CHECK(refused.words.find("--at") != std::string::npos);
        }
        CHECK(files_below(here / "") == before);
        // Where no clock decides anything, none is asked for.
        CHECK(portal_cli("check" + workspace).exit == 0);
        CHECK(portal_cli("export --backup " + here / "b.txt" + workspace).exit == 0);
        CHECK(portal_cli("import " + here / "b.txt" + " --workspace " + here / "copy").exit == 0);
        CHECK(portal_cli("import " + here / "b.txt" + " --workspace " + here / "copy").value()["same"] == 6);
        for (const auto& call : calls) {
            CAPTURE(call);
            CHECK(portal_cli(call + workspace + " --at " + year + "-08-02T09:00:00Z").exit == 0);
        }
        CHECK(bytes_of(here / "a.csv").find("Under Review") != std::string::npos);
    }
}

TEST_CASE("a clock that is right is not asked about") {
    const Folder here;
    const std::string now = format_iso(ca::cli::machine_clock());
    std::string lines = under_review;
    for (const std::string then : {"2025-08-01T08:00:00Z", "2025-08-01T08:15:00Z"})
        for (std::size_t found; (found = lines.find(then)) != std::string::npos;)
            lines.replace(found, then.size(), now);
    const std::string workspace = " --workspace " + here / "w";
    REQUIRE(portal_cli("run " + here.save("lines", lines) + workspace).exit == 0);
    CHECK(portal_cli("pdf CNTR0000001 " + here / "a.pdf" + workspace).exit == 0);
    CHECK(portal_cli("export --csv " + here / "a.csv" + workspace).exit == 0);
    CHECK(
        portal_cli(
            "import " +
            here.save(
                "customer_account.json",
                R"({"result":[{"sys_id":"0123456789abcdef0123456789abcdef","name":"Halden Clinic","u_ods_code":"YGH33","u_public_healthcare":"true"}]})") +
            workspace)
            .value()["new"] == 1);
}

TEST_CASE("run needs no clock: each line says its own time, however far from the last") {
    const Folder here;
    const std::string workspace = " --workspace " + here / "w";
    const auto lines = here.save(
        "lines",
        under_review +
            R"({"at":"2031-05-05T09:00:00Z","as":"team:Priya Shah","do":"show_agreement","number":"CNTR0000001"})"
            "\n");
    const auto kept = portal_cli("run " + lines + workspace), in_memory = portal_cli("run " + lines);
    CHECK(kept.exit == 0);
    CHECK(kept.out == in_memory.out);
    CHECK(kept.words.empty());
    CHECK(kept.out.find("Cancelled") != std::string::npos);
}
