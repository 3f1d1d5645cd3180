// Subcommands that only look: they need no right to write, change nothing, and work beside a program that folds files.
#include "platform/cli/kept_journal.h"

#include "journal/folder.h"
#include "journal/store.h"
#include "platform/native/directory_medium.h"
#include "platform/native/random_id.h"
#include "platform/portal_cli.h"

#include <map>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ca;
using namespace ca::test;

namespace fs = std::filesystem;

namespace {

constexpr auto then = " --at 2025-08-02T09:00:00Z";

lifecycle::Event product_event(Instant at, const std::string& id) {
    return {at, {lifecycle::Role::agreement_team, "Priya Shah"}, "", id, lifecycle::ProductRegistered{id, id, ""}};
}

// A journal of one agreement, so scattered that whoever may write folds it: a file for each event, and more than are
// left alone.
void scatter(const Folder& here) {
    REQUIRE(
        portal_cli("run " + here.save("lines", std::string(one_agreement)) + " --workspace " + here / "made").exit ==
        0);
    {
        journal::Store store{std::make_unique<platform::DirectoryMedium>(here / "made"), platform::random_id};
        store.commit(
            [](const lifecycle::Workspace& fresh) -> Result<std::vector<lifecycle::Event>> {
                std::vector<lifecycle::Event> events;
                for (std::size_t i = 0; i < journal::Sizes{}.small_segments_max; ++i)
                    events.push_back(product_event(fresh.now, "p" + std::to_string(i)));
                return events;
            },
            [](Result<journal::Committed> done) { REQUIRE(done.has_value()); });
    }
    const auto made = cli::read_journal(here / "made");
    REQUIRE(made.has_value());
    const journal::Folder folder{here / "w"};
    for (std::size_t number = 1; number <= made->log.size(); ++number) {
        const journal::Segment one{number, number, made->log.head_at(number)};
        REQUIRE(folder.write(to_file_name(one), segment_text(made->log, one)).has_value());
    }
    const auto scattered = cli::read_journal(here / "w");
    REQUIRE(scattered.has_value());
    REQUIRE_FALSE(scattered->damage.has_value());
    REQUIRE_FALSE(plan_upkeep(*scattered).fold.empty());
}

// What lies below a folder: names, contents, rights, and when each was changed last.
auto state_of(const std::string& folder) {
    std::map<std::string, std::tuple<std::string, fs::perms, fs::file_time_type>> state;
    const auto note = [&](const fs::directory_entry& entry) {
        state[entry.path()] = {entry.is_regular_file() ? bytes_of(entry.path()) : "", entry.status().permissions(),
                               entry.last_write_time()};
    };
    note(fs::directory_entry(folder));
    for (const auto& entry : fs::recursive_directory_iterator(folder)) note(entry);
    return state;
}

// Takes the right to write below a folder away from everybody, and gives it back at the end.
class ReadOnly {
public:
    explicit ReadOnly(std::string folder) : folder_(std::move(folder)) { change(fs::perm_options::remove); }
    ~ReadOnly() { change(fs::perm_options::add); }
    ReadOnly(const ReadOnly&) = delete;
    ReadOnly& operator=(const ReadOnly&) = delete;

private:
    void change(fs::perm_options how) {
        const auto write = how == fs::perm_options::remove
                               ? fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write
                               : fs::perms::owner_write;
        for (const auto& entry : fs::recursive_directory_iterator(folder_)) fs::permissions(entry, write, how);
        fs::permissions(folder_, write, how);
    }
    std::string folder_;
};

// Root writes where nobody may; without its capabilities it may do what an owner of files may, and no more.
std::string without_privileges() {
    if (geteuid() != 0) return "";
    need("setpriv");
    return "setpriv --bounding-set=-all";
}

std::vector<std::string> looking(const Folder& here) {
    const std::string accounts = here.save(
        "customer_account.json",
        R"({"result":[{"sys_id":"0123456789abcdef0123456789abcdef","name":"Halden Clinic","u_ods_code":"YGH33","u_public_healthcare":"true"}]})");
    const std::string workspace = " --workspace " + here / "w";
    return {"check" + workspace,
            "export --csv " + here / "out/a.csv" + " --backup " + here / "out/b.txt" + " --servicenow " +
                here / "out/tables" + workspace + then,
            "export --xlsx " + here / "out/a.xlsx" + workspace + then,
            "import --dry-run " + accounts + workspace + then,
            "import --dry-run " + here / "backup.txt" + workspace,
            "pdf CNTR0000001 " + here / "out/a.pdf" + workspace + then};
}

// Keeps adding to a workspace, which folds its files as it grows, until it is killed.
class Folding {
public:
    explicit Folding(const std::string& folder) : child_(fork()) {
        REQUIRE(child_ >= 0);
        if (child_ != 0) return;
        journal::Store store{std::make_unique<platform::DirectoryMedium>(folder), platform::random_id};
        for (int i = 0;; ++i) {
            store.commit(
                [&](const lifecycle::Workspace& fresh) -> Result<std::vector<lifecycle::Event>> {
                    return std::vector{product_event(fresh.now, "more" + std::to_string(i))};
                },
                [](Result<journal::Committed>) {});
        }
    }
    ~Folding() {
        kill(child_, SIGKILL);
        waitpid(child_, nullptr, 0);
    }
    Folding(const Folding&) = delete;
    Folding& operator=(const Folding&) = delete;

private:
    pid_t child_;
};

}  // namespace

TEST_CASE("check, export, pdf and a dry run work on a folder that may only be read, and leave it as it was") {
    const Folder here;
    scatter(here);
    fs::create_directory(here / "out");
    REQUIRE(portal_cli("export --backup " + here / "backup.txt" + " --workspace " + here / "w").exit == 0);
    const std::string as = without_privileges();
    const ReadOnly read_only{here / "w"};
    REQUIRE(run(as + " touch " + here / "w/lock").status != 0);  // it really is denied
    const auto before = state_of(here / "w");
    for (const auto& call : looking(here)) {
        CAPTURE(call);
        const auto answer = portal_cli(call, as);
        CHECK_MESSAGE(answer.exit == 0, answer.words);
        CHECK(answer.words.find("cannot") == std::string::npos);
    }
    CHECK(state_of(here / "w") == before);
    CHECK(bytes_of(here / "out/a.csv").find("Under Review") != std::string::npos);
    // What records is refused, and says why.
    const auto refused = portal_cli("run " + here / "lines" + " --workspace " + here / "w", as);
    CHECK(refused.exit == 1);
    CHECK(refused.words.find("cannot be opened") != std::string::npos);
}

TEST_CASE("who may write does not write by looking: no lock, no folding") {
    const Folder here;
    scatter(here);
    fs::create_directory(here / "out");
    REQUIRE(portal_cli("export --backup " + here / "backup.txt" + " --workspace " + here / "w").exit == 0);
    const auto before = state_of(here / "w");
    for (const auto& call : looking(here)) {
        CAPTURE(call);
        CHECK(portal_cli(call).exit == 0);
    }
    CHECK(state_of(here / "w") == before);
}

TEST_CASE("a journal is read whole beside a program that goes on writing and folding") {
    const Folder here;
    scatter(here);
    const Folding other{here / "w"};
    std::size_t events = 0;
    for (int i = 0; i < 96; ++i) {
        const auto loaded = cli::read_journal(here / "w");
        REQUIRE_MESSAGE(loaded.has_value(), loaded.error().message);
        REQUIRE_FALSE(loaded->damage.has_value());
        REQUIRE(loaded->log.size() >= events);  // what was seen once is not missing later
        events = loaded->log.size();
    }
}

TEST_CASE("each subcommand that looks works beside such a program") {
    const Folder here;
    scatter(here);
    fs::create_directory(here / "out");
    REQUIRE(portal_cli("export --backup " + here / "backup.txt" + " --workspace " + here / "w").exit == 0);
    const Folding other{here / "w"};
    for (const auto& call : looking(here)) {
        CAPTURE(call);
        for (int i = 0; i < 6; ++i) {
            const auto answer = portal_cli(call);
            REQUIRE_MESSAGE(answer.exit == 0, answer.words);
        }
    }
}

TEST_CASE("a folder that may not even be read is told, at once") {
    const Folder here;
    scatter(here);
    const std::string as = without_privileges();
    for (const auto& entry : fs::directory_iterator(here / "w/segments")) fs::permissions(entry, fs::perms::none);
    const auto answer = portal_cli("check --workspace " + here / "w", as);
    CHECK(answer.exit == 1);
    CHECK(answer.words.find("Permission denied") != std::string::npos);
}
