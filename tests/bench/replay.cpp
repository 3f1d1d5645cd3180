// How long a long journal takes: written as one segment, read back, verified and folded, beside the one thing that
// cannot be saved (hashing its bytes once). The ratio says more than the milliseconds, which are this machine's.
//
//     {"bench":"replay","events":10000,"bytes":4103370,"seal_ms":…,"load_ms":…,"hash_ms":…,"load_to_hash":…,"commit_us":…}
#include "base/sha256.h"
#include "journal/memory_medium.h"
#include "journal/segments.h"
#include "journal/store.h"

#include <chrono>
#include <cstdio>

namespace {

using namespace ca;
using namespace ca::journal;

constexpr std::size_t events_count = 10'000;
constexpr std::size_t accounts_count = 340;
constexpr std::size_t commits_count = 200;

template<typename F>
double milliseconds(F work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

std::string id_of(std::size_t number) {
    std::string digits = std::to_string(number);
    return std::string(id_length - digits.size(), '0') + digits;
}

// What a workspace is mostly made of: accounts, agreements and downloads of their PDF.
lifecycle::Event event_of(std::size_t number) {
    const std::string account = "A" + std::to_string(number % accounts_count);
    lifecycle::Event event{Instant{1'754'036'100 + static_cast<std::int64_t>(number)},
                           {lifecycle::Role::agreement_team, "Priya Shah"},
                           account,
                           account,
                           {}};
    if (number < accounts_count) {
        event.body = lifecycle::AccountRegistered{
            .ods_code = account, .name = "Example Care Limited " + account, .address = "1 High Street, Leeds"};
    } else {
        event.entity = "CNTR" + std::to_string(1'000'000 + number % accounts_count);
        event.body = lifecycle::ContactNominated{"someone." + account + "@example.org"};
    }
    return event;
}

}  // namespace

int main() {
    std::vector<lifecycle::Event> events;
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < events_count; ++i) events.push_back(event_of(i)), ids.push_back(id_of(i + 1));

    WorkspaceLog written;
    const double seal_ms = milliseconds([&] { written.append(written.seal(events, ids)); });
    const Segment segment{1, events_count, std::string(written.head())};
    const std::string text = segment_text(written, segment);

    Loaded loaded;
    const double load_ms = milliseconds([&] {
        const auto change =
            load(loaded, {to_file_name(segment)}, [&](std::string_view) -> Result<std::string> { return text; });
        if (!change || loaded.log.head() != written.head()) std::abort();
    });
    const double hash_ms = milliseconds([&] {
        if (sha256(text) == Digest{}) std::abort();
    });

    // A commit on a journal of that length.
    auto medium = std::make_unique<MemoryMedium>();
    if (!medium->write(to_file_name(segment), text)) std::abort();
    Store store{std::move(medium), [next = events_count]() mutable { return id_of(++next); }};
    store.open([](Result<> opened) {
        if (!opened) std::abort();
    });
    const double commits_ms = milliseconds([&] {
        for (std::size_t i = 0; i < commits_count; ++i) {
            store.commit(
                [&](const lifecycle::Workspace&) -> Result<std::vector<lifecycle::Event>> {
                    return std::vector{event_of(events_count + i)};
                },
                [](Result<Committed> done) {
                    if (!done) std::abort();
                });
        }
    });

    std::printf(
        "{\"bench\":\"replay\",\"events\":%zu,\"bytes\":%zu,\"seal_ms\":%.1f,\"load_ms\":%.1f,\"hash_ms\":%.1f,"
        "\"load_to_hash\":%.1f,\"commit_us\":%.0f}\n",
        events_count, text.size(), seal_ms, load_ms, hash_ms, load_ms / hash_ms, commits_ms * 1'000 / commits_count);
    return 0;
}
