#include "platform/native/directory_medium.h"

#include "journal/segments.h"
#include "journal/store.h"
#include "platform/native/random_id.h"
#include "platform/portal_cli.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ca;
using namespace ca::journal;
using ca::platform::DirectoryMedium;
using ca::test::Answer;
using ca::test::portal_cli;

namespace {

// A folder that is gone when the test is over.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "journal-test-XXXXXX").string();
        path_ = mkdtemp(pattern.data());
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::string path() const { return path_ + "/workspace"; }

private:
    std::string path_;
};

Store open_store(const std::string& folder, int lock_wait_ms = 10'000) {
    return Store{std::make_unique<DirectoryMedium>(folder, lock_wait_ms), platform::random_id};
}

Result<Committed> add(Store& store, const std::string& product) {
    // A commit that is held outlives this call, so it keeps what it needs.
    auto outcome = std::make_shared<Result<Committed>>();
    store.commit(
        [product](const lifecycle::Workspace&) -> Result<std::vector<lifecycle::Event>> {
            return std::vector{lifecycle::Event{Instant{1'754'036'100},
                                                {lifecycle::Role::agreement_team, "Priya Shah"},
                                                "",
                                                product,
                                                lifecycle::ProductRegistered{product, product, ""}}};
        },
        [outcome](Result<Committed> result) { *outcome = std::move(result); });
    return *outcome;
}

Loaded read_folder(const std::string& path) {
    const Folder folder{path};
    Loaded loaded;
    REQUIRE(load(loaded, *folder.list(), [&](std::string_view name) { return folder.read(name); }).has_value());
    return loaded;
}

// Runs `work` in a process of its own.
pid_t start(const auto& work) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) _exit(work() ? 0 : 1);
    return child;
}

}  // namespace

TEST_CASE("What was committed is there when the folder is opened again") {
    const TemporaryFolder folder;
    {
        Store store = open_store(folder.path());
        REQUIRE(add(store, "a").has_value());
        REQUIRE(add(store, "b").has_value());
    }
    Store store = open_store(folder.path());
    store.open([](Result<> result) { CHECK(result.has_value()); });
    CHECK(store.log().size() == 2);
    CHECK(store.condition().keeping == Keeping::kept);
}

TEST_CASE("Three programs that write at once keep all of it") {
    const TemporaryFolder folder;
    std::vector<pid_t> programs;
    for (int program = 0; program < 3; ++program) {
        programs.push_back(start([&] {
            Store store = open_store(folder.path());
            for (int i = 0; i < 40; ++i) {
                if (!add(store, "p" + std::to_string(program) + "-" + std::to_string(i))) return false;
            }
            return true;
        }));
    }
    for (const pid_t program : programs) {
        int status = 1;
        waitpid(program, &status, 0);
        CHECK(status == 0);
    }
    const Loaded loaded = read_folder(folder.path());
    CHECK_FALSE(loaded.damage.has_value());
    CHECK(loaded.log.size() == 120);
    CHECK(loaded.log.workspace().products.size() == 120);
}

TEST_CASE("A program that is killed takes nothing with it that was committed") {
    const TemporaryFolder folder;
    std::size_t told_in_all = 0;
    for (int trial = 0; trial < 8; ++trial) {
        std::array<int, 2> pipe_ends{};
        REQUIRE(pipe(pipe_ends.data()) == 0);
        const pid_t program = start([&] {
            Store store = open_store(folder.path());
            for (int i = 0;; ++i) {
                const std::string product = std::to_string(trial) + "-" + std::to_string(i);
                if (!add(store, product)) return false;
                const std::string line = product + "\n";
                if (write(pipe_ends[1], line.data(), line.size()) < 0) return false;
            }
        });
        close(pipe_ends[1]);
        // It has begun, however busy the machine is, and is killed somewhere in the midst.
        std::array<char, 4096> part{};
        std::string told(part.data(),
                         static_cast<std::size_t>(std::max<ssize_t>(0, read(pipe_ends[0], part.data(), part.size()))));
        usleep(static_cast<useconds_t>(trial * 7'000));
        kill(program, SIGKILL);
        waitpid(program, nullptr, 0);
        for (ssize_t count = 0; (count = read(pipe_ends[0], part.data(), part.size())) > 0;)
            told.append(part.data(), static_cast<std::size_t>(count));
        close(pipe_ends[0]);

        const Loaded loaded = read_folder(folder.path());
        REQUIRE_FALSE(loaded.damage.has_value());
        std::istringstream lines(told);
        for (std::string product; std::getline(lines, product); ++told_in_all) {
            INFO(product);
            REQUIRE(loaded.log.workspace().products.contains(product));
        }
    }
    CHECK(told_in_all >= 8);
}

TEST_CASE("While another program holds the folder nothing is read or written, and words say so") {
    const TemporaryFolder folder;
    DirectoryMedium holder{folder.path()};
    bool locked = false;
    holder.lock([&](Result<> result) { locked = result.has_value(); });
    REQUIRE(locked);
    Store store = open_store(folder.path(), 30);
    const auto outcome = add(store, "a");
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == "not_saved");
    CHECK(outcome.error().where == "busy");
    CHECK(store.unsaved() == 1);
    holder.unlock();
    store.retry();
    CHECK(store.unsaved() == 0);
    CHECK(store.log().size() == 1);
}

TEST_CASE("A folder that cannot be made is told, not passed over") {
    const TemporaryFolder folder;
    std::ofstream(folder.path()) << "a file, not a folder";
    Store store = open_store(folder.path());
    Result<> opened;
    store.open([&](Result<> result) { opened = std::move(result); });
    CHECK_FALSE(opened.has_value());
    CHECK(store.condition().keeping == Keeping::closed);
    CHECK(std::filesystem::is_regular_file(folder.path()));
}

TEST_CASE("An unfinished file of an earlier crash is none") {
    const TemporaryFolder folder;
    Store store = open_store(folder.path());
    REQUIRE(add(store, "a").has_value());
    std::ofstream(folder.path() + "/segments/.new") << "{\"format\":1,";
    REQUIRE(add(store, "b").has_value());
    CHECK(read_folder(folder.path()).log.size() == 2);
}

// ---- portal-cli -------------------------------------------------------------------------------------------

TEST_CASE("portal-cli check tells a sound journal from one that is not, and names the first bad event") {
    const TemporaryFolder folder;
    {
        Store store = open_store(folder.path());
        for (const char* product : {"a", "b", "c", "d"}) REQUIRE(add(store, product).has_value());
    }
    const Answer sound = portal_cli("check --workspace " + folder.path());
    CHECK(sound.exit == 0);
    CHECK(sound.value() == nlohmann::json{{"events", 4}, {"sound", true}});

    const Loaded loaded = read_folder(folder.path());
    const std::string third = folder.path() + "/" + to_file_name(loaded.segments[2]);
    std::fstream(third, std::ios::in | std::ios::out).seekp(70) << 'X';
    const Answer harmed = portal_cli("check --workspace " + folder.path());
    CHECK(harmed.exit == 1);
    const auto answer = harmed.value();
    CHECK(answer["sound"] == false);
    CHECK(answer["events"] == 2);
    CHECK(answer["first_bad"]["event"] == 3);

    CHECK(portal_cli("check --workspace " + folder.path() + "-elsewhere").exit == 2);
    CHECK(portal_cli("check").exit == 2);
}

TEST_CASE("portal-cli run on a workspace goes on where the last run ended") {
    const TemporaryFolder folder;
    const std::string lines = folder.path() + ".jsonl";
    const auto run = [&](const std::string& text) {
        std::ofstream(lines) << text;
        const Answer answer = portal_cli("run " + lines + " --workspace " + folder.path());
        CHECK(answer.exit == 0);
        std::vector<nlohmann::json> answers;
        std::istringstream out(answer.out);
        for (std::string line; std::getline(out, line);) answers.push_back(nlohmann::json::parse(line));
        return answers;
    };
    const auto first = run(
        R"({"at":"2025-08-01T08:00:00Z","as":"team:Priya Shah","do":"register_account","ods_code":"YGA12","name":"Example Ltd","company_number":"1234567"}
{"at":"2025-08-01T08:00:00Z","as":"team:Priya Shah","do":"register_product","id":"pds-fhir","name":"PDS"}
{"at":"2025-08-01T08:00:00Z","as":"team:Priya Shah","do":"publish_terms","version":"6.0","title":"Terms","standard_terms":"# Terms","uplift":false}
{"at":"2025-08-01T08:15:00Z","as":"team:Priya Shah","do":"create_agreement","account":"YGA12","products":["pds-fhir"],"terms":"6.0"}
)");
    REQUIRE(first.size() == 4);
    CHECK(first[3]["number"] == "CNTR0000001");

    const auto second = run(R"({"at":"2025-07-01T08:00:00Z","as":"team:Priya Shah","do":"advance"}
{"at":"2025-08-02T08:00:00Z","as":"team:Priya Shah","do":"issue","number":"CNTR0000001"}
{"at":"2025-12-01T08:00:00Z","as":"team:Priya Shah","do":"issue","number":"CNTR0000001"}
)");
    REQUIRE(second.size() == 3);
    CHECK(second[0]["refusal"] == "time_went_backwards");
    CHECK(second[1]["ok"] == true);
    // Refused; but what fell due before it is told, and kept.
    CHECK(second[2]["refusal"] == "wrong_state");
    CHECK(second[2]["events"].size() > 0);

    const auto third =
        run(R"({"at":"2025-12-02T08:00:00Z","as":"team:Priya Shah","do":"show_agreement","number":"CNTR0000001"}
)");
    CHECK(third[0]["agreement"]["state"] == "Cancelled");
    CHECK(third[0]["events"].empty());
    const auto checked = portal_cli("check --workspace " + folder.path()).value();
    CHECK(checked["sound"] == true);
}
