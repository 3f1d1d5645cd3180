// What a workspace costs as it grows: made by importing an export of that many agreements, with an account, a contact
// and a case each.
//
// One line a size, made in processes of their own, so that their peak memory is their own; then one line of ratios
// between neighbours. Times are this machine's; the counts and the ratios travel.
//
//     {"bench":"ledger","agreements":1000,"export_mb":…,"parse_ms":…,"import_ms":…,"import_mb":…,"journal_bytes_each":…,"snapshot_bytes_each":…,"first_start_ms":…,"start_ms":…,"start_mb":…,
//      "copy_us":…,"command_us":…,"command_books":…,"publish_ms":…,"uplifts":…,"publish_books":…,"publish_events":…,
//      "due_ms":…,"due_books":…,"due_events":…,"peak_mb":…}
//
// parse: the export's files by nlohmann::json alone, beside which import stands: taken record by record, sealed, read
// back, folded and put into the form of its file. import_mb: the peak until then, of export_mb of files. books: how
// many accounts' books it touched (all commands together). first_start: the journal read, verified and folded, and a
// snapshot made of it. start: from the snapshot, alone in a process of its own. command: a query on one agreement,
// decided and applied. publish: terms as an uplift. due: all those uplifts accepted by time. A size that would take
// hours is left out by naming the sizes: bench_ledger 1000 10000
#include "interop/servicenow.h"
#include "journal/folder.h"
#include "journal/segments.h"
#include "lifecycle/engine.h"
#include "support/books_touched.h"
#include "support/made_export.h"

#include <nlohmann/json.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace ca;
using namespace ca::lifecycle;

constexpr std::uint64_t seed = 7;
constexpr std::size_t commands_count = 50;
const Actor team{Role::agreement_team, "Priya Shah"};

struct Figures {
    std::size_t agreements = 0, uplifts = 0, publish_events = 0, due_events = 0, journal_bytes = 0, snapshot_bytes = 0;
    std::size_t command_books = 0, publish_books = 0, due_books = 0;
    double export_mb = 0, parse_ms = 0, import_ms = 0, import_mb = 0, first_start_ms = 0, start_ms = 0, start_mb = 0,
           copy_us = 0, command_us = 0, publish_ms = 0, due_ms = 0;
};

// Of the processor, so that whoever shares the machine is not measured.
template<typename F>
double milliseconds(F work) {
    const auto now = [] {
        timespec time{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    };
    const double start = now();
    work();
    return now() - start;
}

void require(bool holds, const char* words) {
    if (holds) return;
    std::fprintf(stderr, "bench_ledger: %s\n", words);
    std::exit(1);
}

// As random as those that are really given, so that they pack no better.
std::string id_of(std::size_t number) { return sha256_hex(std::to_string(number)).substr(0, journal::id_length); }

Instant instant(const char* text) { return *parse_instant(text); }

double peak_mb(const rusage& used) { return static_cast<double>(used.ru_maxrss) / 1024; }

// As the store records it.
class Sealing final : public Recording {
public:
    explicit Sealing(journal::Sealed& sealed) : sealed_(sealed) {}
    const Workspace& workspace() const override { return sealed_.workspace(); }
    void record(const Event& event) override { sealed_.add(id_of(sealed_.size() + 1), event); }

private:
    journal::Sealed& sealed_;
};

interop::Files made_files(std::size_t agreements, double& megabytes) {
    interop::Files files;
    for (auto& [name, text] : test::made_export(seed, agreements)) {
        megabytes += static_cast<double>(text.size()) / 1e6;
        files.push_back(std::make_shared<const interop::File>(name, std::move(text)));
    }
    return files;
}

// The journal of an import, as its one file; everything else is gone when this returns.
std::string imported(std::size_t agreements, Figures& figures, std::string& name) {
    auto files = made_files(agreements, figures.export_mb);
    journal::WorkspaceLog log;
    std::string text;
    figures.import_ms = milliseconds([&] {
        journal::Sealed sealed{log};
        Sealing recording{sealed};
        interop::ImportRun run{std::exchange(files, {}), std::nullopt, instant("2026-11-22T12:00:00Z")};
        while (!run.go_on(recording).value()) {
        }
        const auto plan = std::move(run).plan();
        require(plan.broken.empty() && plan.refused.empty(), "the export that was made up is not sound");
        require(sealed.check().has_value(), "what is sealed does not read back");
        text = sealed.file();
        log.append(std::move(sealed));
    });
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    figures.import_mb = peak_mb(used);
    name = journal::to_file_name({1, log.size(), std::string(log.head())});
    return text;
}

Figures measure(std::size_t agreements, const journal::Folder& folder) {
    Figures figures{.agreements = agreements};
    journal::Loaded loaded;
    {
        std::string name;
        const std::string text = imported(agreements, figures, name);
        figures.journal_bytes = text.size();
        require(folder.write(name, text).has_value(), "the folder cannot be written");
        const journal::Sizes always{.small_segment_events_max = 1, .snapshot_events_min = 1};
        journal::SnapshotFile snapshot;
        figures.first_start_ms = milliseconds([&] {
            const auto change = load(
                loaded, {name}, [&](std::string_view) -> Result<std::string> { return text; }, always);
            require(change.has_value() && !loaded.damage && loaded.snapshot,
                    "the journal does not read as it was written");
            snapshot = to_snapshot(*std::exchange(loaded.snapshot, std::nullopt));
        });
        figures.snapshot_bytes = snapshot.bytes.size();
        require(folder.write(snapshot.name, snapshot.bytes).has_value(), "the folder cannot be written");
    }
    Workspace workspace = loaded.log.workspace();
    require(workspace.agreements.size() == agreements, "not every agreement came in");

    constexpr int copies = 20;
    figures.copy_us = milliseconds([&] {
                          for (int i = 0; i < copies; ++i) {
                              const Workspace copy = workspace;
                              require(copy.agreements.size() == agreements, "a copy is not whole");
                          }
                      }) *
                      1'000 / copies;

    // What the import left to time first, so that it is in no later figure.
    Instant now = instant("2026-11-22T12:00:00Z");
    require(step(workspace, {"advance"}, team, now).decision.has_value(), "time does not go on");

    std::vector<std::string> active;
    for (const auto& [number, agreement] : workspace.agreements) {
        if (agreement.state == State::active) active.push_back(number);
    }
    const Workspace before_commands = workspace;
    figures.command_us =
        milliseconds([&] {
            for (std::size_t i = 0; i < commands_count; ++i) {
                const std::string& number = active[i * active.size() / commands_count];
                const Actor contact{Role::contact, "contact@" + workspace.find_agreement(number)->account + ".example"};
                require(step(workspace, {"raise_query", {{"number", number}, {"description", "When?"}}}, contact, now)
                            .decision.has_value(),
                        "a query is refused");
            }
        }) *
        1'000 / commands_count;

    figures.command_books = test::books_touched(before_commands, workspace);

    const Workspace before_publishing = workspace;
    figures.publish_ms = milliseconds([&] {
        const auto published = step(workspace,
                                    {"publish_terms",
                                     {{"version", "9.0"},
                                      {"title", "Ninth"},
                                      {"standard_terms", "# Terms"},
                                      {"acceptable_use_policy", ""},
                                      {"changes", ""},
                                      {"uplift", true}}},
                                    team, now);
        require(published.decision.has_value(), "publishing is refused");
        figures.uplifts = published.decision->created.size();
        figures.publish_events = published.decision->events.size();
    });
    require(figures.uplifts > 0, "nothing was uplifted");
    figures.publish_books = test::books_touched(before_publishing, workspace);
    const Workspace before_due = workspace;

    now = instant("2027-02-01T12:00:00Z");
    figures.due_ms =
        milliseconds([&] { figures.due_events = step(workspace, {"advance"}, team, now).fell_due.size(); });
    require(figures.due_events >= 2 * figures.uplifts, "the uplifts were not accepted");
    figures.due_books = test::books_touched(before_due, workspace);
    return figures;
}

// In a process of its own: what it takes is in no other peak.
double milliseconds_of_parsing(std::size_t agreements) {
    double megabytes = 0;
    const auto files = made_files(agreements, megabytes);
    return milliseconds([&] {
        for (const auto& file : files) require(!nlohmann::json::parse(file->bytes).empty(), "a file is empty");
    });
}

double milliseconds_of_start(const journal::Folder& folder) {
    journal::Loaded loaded;
    return milliseconds([&] {
        auto names = folder.list();
        require(names.has_value(), "the folder cannot be read");
        require(load(loaded, *std::move(names), [&](std::string_view name) { return folder.read(name); }).has_value() &&
                    loaded.snapshot_covers > 0,
                "the snapshot is not taken");
    });
}

// What a child finds, and its peak in MB.
template<typename Find>
auto in_child(Find find) {
    using Found = decltype(find());
    int ends[2];
    require(pipe(ends) == 0, "no pipe");
    const pid_t child = fork();
    require(child >= 0, "no child");
    if (child == 0) {
        const Found found = find();
        require(write(ends[1], &found, sizeof found) == static_cast<ssize_t>(sizeof found), "nobody listens");
        _exit(0);
    }
    Found found;
    close(ends[1]);
    const bool whole = read(ends[0], &found, sizeof found) == static_cast<ssize_t>(sizeof found);
    close(ends[0]);
    int status = 0;
    rusage used{};
    require(wait4(child, &status, 0, &used) == child && whole && status == 0, "a size could not be measured");
    return std::pair{found, peak_mb(used)};
}

Figures measure_apart(std::size_t agreements) {
    const std::string path = std::filesystem::temp_directory_path() / ("bench_ledger-" + std::to_string(getpid()));
    const journal::Folder folder{path};
    require(folder.make().has_value(), "no folder");
    const double parse_ms = in_child([&] { return milliseconds_of_parsing(agreements); }).first;
    auto [figures, peak_mb] = in_child([&] { return measure(agreements, folder); });
    figures.parse_ms = parse_ms;
    const auto [start_ms, start_mb] = in_child([&] { return milliseconds_of_start(folder); });
    figures.start_ms = start_ms;
    figures.start_mb = start_mb;
    std::filesystem::remove_all(path);
    const auto each = static_cast<double>(figures.journal_bytes) / static_cast<double>(agreements);
    std::printf(
        "{\"bench\":\"ledger\",\"agreements\":%zu,\"export_mb\":%.0f,\"parse_ms\":%.0f,\"import_ms\":%.0f,\"import_"
        "mb\":%.0f,\"journal_bytes_each\":%.0f,"
        "\"snapshot_bytes_"
        "each\":%.0f,"
        "\"first_start_ms\":%.0f,\"start_ms\":%.0f,\"start_mb\":%.0f,\"copy_us\":%.1f,"
        "\"command_us\":%.0f,\"command_books\":%zu,\"publish_ms\":%.0f,\"uplifts\":%zu,\"publish_books\":%zu,\"publish_"
        "events\":%zu,\"due_ms\":%.0f,"
        "\"due_books\":%zu,\"due_events\":%zu,\"peak_mb\":%.0f}\n",
        figures.agreements, figures.export_mb, figures.parse_ms, figures.import_ms, figures.import_mb, each,
        static_cast<double>(figures.snapshot_bytes) / static_cast<double>(agreements), figures.first_start_ms,
        figures.start_ms, figures.start_mb, figures.copy_us, figures.command_us, figures.command_books,
        figures.publish_ms, figures.uplifts, figures.publish_books, figures.publish_events, figures.due_ms,
        figures.due_books, figures.due_events, peak_mb);
    std::fflush(stdout);
    return figures;
}

}  // namespace

int main(int count, char** words) {
    std::vector<std::size_t> sizes;
    for (int i = 1; i < count; ++i) sizes.push_back(std::strtoull(words[i], nullptr, 10));
    if (sizes.empty()) sizes = {1'000, 10'000, 100'000};
    std::vector<Figures> all;
    for (const std::size_t size : sizes) all.push_back(measure_apart(size));
    for (std::size_t i = 1; i < all.size(); ++i) {
        std::printf(
            "{\"bench\":\"ledger_ratios\",\"from\":%zu,\"to\":%zu,\"import\":%.1f,\"start\":%.1f,\"copy\":%.1f,"
            "\"command\":%.1f,\"publish\":%.1f,\"due\":%.1f}\n",
            all[i - 1].agreements, all[i].agreements, all[i].import_ms / all[i - 1].import_ms,
            all[i].start_ms / all[i - 1].start_ms, all[i].copy_us / all[i - 1].copy_us,
            all[i].command_us / all[i - 1].command_us, all[i].publish_ms / all[i - 1].publish_ms,
            all[i].due_ms / all[i - 1].due_ms);
    }
    return 0;
}
