#include "journal/bundle.h"
#include "journal/samples.h"
#include "journal/segments.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::journal;
using namespace ca::journal::test;

namespace {

using Files = std::map<std::string, std::string>;

WorkspaceLog log_of(std::size_t count, std::size_t first_id = 1) {
    WorkspaceLog log;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string id = numbered_id(first_id + i);
        // Three streams, and entities that come again.
        const auto event = i % 3 == 0
                               ? product_event("p" + std::to_string(i % 5))
                               : contact_event(i % 3 == 1 ? "A1" : "B2", "c" + std::to_string(i % 4) + "@x.example");
        log.append(log.seal(std::vector{event}, std::vector{id}));
    }
    return log;
}

void put(Files& files, const WorkspaceLog& log, std::size_t first, std::size_t last) {
    const Segment segment{first, last, log.head_at(last)};
    files[to_file_name(segment)] = segment_text(log, segment);
}

Files files_of(const WorkspaceLog& log, std::size_t each) {
    Files files;
    for (std::size_t first = 1; first <= log.size(); first += each)
        put(files, log, first, std::min(first + each - 1, log.size()));
    return files;
}

Change load_all(Loaded& loaded, const Files& files) {
    std::vector<std::string> names;
    for (const auto& [name, text] : files) names.push_back(name);
    const auto change =
        load(loaded, names, [&](std::string_view name) -> Result<std::string> { return files.at(std::string(name)); });
    REQUIRE(change.has_value());
    return *change;
}

void apply_repair(Files& files, Loaded& loaded) {
    const Repair repair = plan_repair(loaded);
    for (const Segment& keep : repair.keep)
        REQUIRE(files.emplace(to_file_name(keep), segment_text(loaded.log, keep)).second);
    for (const auto& [from, to] : repair.moves) {
        auto file = files.extract(from);
        REQUIRE_FALSE(file.empty());
        file.key() = to;
        REQUIRE(files.insert(std::move(file)).inserted);
    }
}

std::size_t total_bytes(const Files& files) {
    std::size_t bytes = 0;
    for (const auto& [name, text] : files) bytes += text.size();
    return bytes;
}

}  // namespace

TEST_CASE("The name of a segment says what it holds, and only such names are segments") {
    const Segment segment{7, 12, std::string(no_hash)};
    CHECK(to_file_name(segment) == "segments/000000007-000000012-" + std::string(no_hash) + ".jsonl");
    CHECK(parse_file_name(to_file_name(segment)) == segment);
    for (const std::string& name :
         {"segments/7-12-" + std::string(no_hash) + ".jsonl", std::string("segments/notes.txt"),
          "segments/000000012-000000007-" + std::string(no_hash) + ".jsonl",
          "segments/000000000-000000007-" + std::string(no_hash) + ".jsonl",
          "segments/000000007-000000012-" + std::string(hash_length, 'g') + ".jsonl",
          "segments/000000007-000000012-" + std::string(hash_length, '/') + ".jsonl",
          "quarantine/000000007-000000012-" + std::string(no_hash) + ".jsonl"}) {
        INFO(name);
        CHECK_FALSE(parse_file_name(name).has_value());
    }
}

TEST_CASE("Positions count within an account, and based_on names the last of the same entity") {
    WorkspaceLog log;
    const std::vector events{contact_event("A1", "x@x.example"),
                             contact_event("B2", "y@x.example"),
                             contact_event("A1", "z@x.example"),
                             contact_event("A1", "x@x.example"),
                             product_event("p"),
                             contact_event("B2", "x@x.example")};
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < events.size(); ++i) ids.push_back(numbered_id(i + 1));
    log.append(log.seal(events, ids));
    const std::vector<std::pair<std::int64_t, std::int64_t>> expected{{1, 0}, {1, 0}, {2, 0}, {3, 1}, {1, 0}, {2, 0}};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        INFO("event " << i + 1);
        const Place place = log.entry(i + 1).place;
        CHECK(std::pair{place.position, place.based_on} == expected[i]);
    }
}

TEST_CASE("A journal loads the same from any cut into files, and goes on from what is known") {
    const WorkspaceLog log = log_of(40);
    for (const std::size_t each : {1, 3, 7, 40}) {
        Files files = files_of(log, each);
        Loaded loaded;
        CHECK(load_all(loaded, files) == Change::grown);
        CHECK_FALSE(loaded.damage);
        CHECK(loaded.log.head() == log.head());
        CHECK(loaded.log.workspace() == log.workspace());
        CHECK(load_all(loaded, files) == Change::none);

        WorkspaceLog longer = log;
        longer.append(longer.seal(std::vector{product_event("new")}, std::vector{numbered_id(99)}));
        put(files, longer, 41, 41);
        CHECK(load_all(loaded, files) == Change::grown);
        CHECK(loaded.log.head() == longer.head());
    }
}

TEST_CASE("Files that overlap, as while folding, are as good as those that do not") {
    const WorkspaceLog log = log_of(30);
    Files files = files_of(log, 2);
    put(files, log, 1, 20);
    put(files, log, 5, 9);
    put(files, log, 15, 30);
    Loaded loaded;
    load_all(loaded, files);
    CHECK_FALSE(loaded.damage);
    CHECK(loaded.log.head() == log.head());
    CHECK(loaded.segments.size() == files.size());

    // Another program folded and removed what this one had read.
    Files folded;
    put(folded, log, 1, 30);
    CHECK(load_all(loaded, folded) == Change::none);
    CHECK(loaded.segments.size() == 1);
    CHECK_FALSE(loaded.damage);
}

TEST_CASE("Whatever happens to a file, all before the first bad event is in use, and nothing is lost by the repair") {
    const WorkspaceLog log = log_of(30);
    struct Case {
        std::string_view name;
        std::size_t first_bad;
        void (*harm)(Files&, const std::string& third);  // of the file that holds events 11 to 15
    };
    const Case cases[] = {
        {"a changed byte in event 13", 13,
         [](Files& files, const std::string& third) {
             std::string& text = files[third];
             std::size_t at = 0;
             for (int lines = 0; lines < 3; ++lines) at = text.find('\n', at) + 1;
             text[at + 60] = static_cast<char>(text[at + 60] ^ 1);
         }},
        {"cut short in event 15", 15,
         [](Files& files, const std::string& third) { files[third].resize(files[third].size() - 5); }},
        {"the last line missing", 15,
         [](Files& files, const std::string& third) {
             files[third].resize(files[third].rfind('\n', files[third].size() - 2) + 1);
         }},
        {"empty", 11, [](Files& files, const std::string& third) { files[third].clear(); }},
        {"filled with something else", 11,
         [](Files& files, const std::string& third) { files[third] = std::string(4096, '\0'); }},
        {"gone", 11, [](Files& files, const std::string& third) { files.erase(third); }},
        {"the first event before what its file goes on from", 11,
         [](Files& files, const std::string& third) {
             std::string& text = files[third];
             const std::size_t first = text.find('\n') + 1;
             const std::size_t second = text.find('\n', first) + 1;
             text = text.substr(first, second - first) + text.substr(0, first) + text.substr(second);
         }},
        {"one line twice", 12,
         [](Files& files, const std::string& third) {
             std::string& text = files[third];
             const std::size_t first = text.find('\n') + 1;
             text.insert(first, text.substr(first, text.find('\n', first) + 1 - first));
         }},
        {"what it goes on from said twice", 11,
         [](Files& files, const std::string& third) {
             std::string& text = files[third];
             text.insert(0, text.substr(0, text.find('\n') + 1));
         }},
        {"what it goes on from not said", 11,
         [](Files& files, const std::string& third) { files[third].erase(0, files[third].find('\n') + 1); }},
    };
    for (const Case& one : cases) {
        INFO(one.name);
        Files files = files_of(log, 5);
        const std::string third = std::next(files.begin(), 2)->first;
        one.harm(files, third);

        Loaded loaded;
        load_all(loaded, files);
        REQUIRE(loaded.damage.has_value());
        CHECK(loaded.damage->where == "event " + std::to_string(one.first_bad));
        REQUIRE(loaded.log.size() == one.first_bad - 1);
        CHECK(loaded.log.head() == log.head_at(one.first_bad - 1));

        const std::size_t bytes = total_bytes(files);
        apply_repair(files, loaded);
        CHECK(total_bytes(files) >= bytes);
        Loaded repaired;
        load_all(repaired, files);
        CHECK_FALSE(repaired.damage);
        CHECK(repaired.log.head() == loaded.log.head());
        CHECK(repaired.bad_files.empty());
        CHECK(repaired.quarantine.size() == loaded.bad_files.size());

        // A second repair of the same name does not overwrite the first.
        WorkspaceLog other = log_of(one.first_bad - 1);
        put(files, log, 21, 25);
        Loaded again;
        load_all(again, files);
        REQUIRE(again.damage.has_value());
        apply_repair(files, again);
        Loaded last;
        load_all(last, files);
        CHECK(last.quarantine.size() == loaded.bad_files.size() + 1);
    }
}

TEST_CASE("A file that goes on after what its name says is set aside, and what it held in good order stays") {
    for (const std::size_t count : {1, 2, 5, 12}) {
        for (const std::size_t each : {1, 3, 12}) {
            for (const bool all : {false, true}) {
                CAPTURE(count);
                CAPTURE(each);
                CAPTURE(all);
                const WorkspaceLog log = log_of(count);
                Files files = files_of(log, each);
                for (auto& [name, text] : files)
                    if (all || name == files.rbegin()->first) text += text;
                Loaded loaded;
                load_all(loaded, files);
                REQUIRE(loaded.log.head() == log.head());
                REQUIRE_FALSE(loaded.bad_files.empty());
                const std::size_t bytes = total_bytes(files);
                apply_repair(files, loaded);
                CHECK(total_bytes(files) >= bytes);
                Loaded repaired;
                load_all(repaired, files);
                CHECK(repaired.log.head() == log.head());
                if (count == 1) {  // its file has the only name there is, until the next event
                    WorkspaceLog longer = log;
                    longer.append(longer.seal(std::vector{product_event("next")}, std::vector{numbered_id(99)}));
                    put(files, longer, 2, 2);
                    load_all(repaired, files);
                    CHECK(repaired.log.head() == longer.head());
                    apply_repair(files, repaired);
                    load_all(repaired, files);
                    CHECK(repaired.log.head() == longer.head());
                }
                CHECK_FALSE(repaired.damage);
                CHECK(repaired.bad_files.empty());
                CHECK(repaired.quarantine.size() == loaded.bad_files.size());
            }
        }
    }
}

TEST_CASE("A file under the hash of another event is found out at once, not only when the files beside it have gone") {
    const WorkspaceLog log = log_of(6);
    Files files = files_of(log, 2);
    put(files, log, 1, 5);
    auto misnamed = files.extract(std::next(files.begin(), 2));  // events 3 and 4
    Segment name = *parse_file_name(misnamed.key());
    name.hash = log.head_at(1);
    misnamed.key() = to_file_name(name);
    files.insert(std::move(misnamed));
    Loaded loaded;
    load_all(loaded, files);
    CHECK(loaded.log.head() == log.head());
    REQUIRE(loaded.damage.has_value());
    CHECK(loaded.damage->where == "event 4");
    apply_repair(files, loaded);
    Loaded repaired;
    load_all(repaired, files);
    CHECK_FALSE(repaired.damage);
    CHECK(repaired.log.head() == log.head());
}

TEST_CASE("Damage that another file makes good is none") {
    const WorkspaceLog log = log_of(30);
    Files files = files_of(log, 5);
    const std::string third = std::next(files.begin(), 2)->first;
    files[third][files[third].size() - 80] = 'x';  // in event 15
    put(files, log, 13, 22);
    Loaded loaded;
    load_all(loaded, files);
    CHECK_FALSE(loaded.damage.has_value());
    CHECK(loaded.log.head() == log.head());
    CHECK(loaded.bad_files == std::vector{third});
}

TEST_CASE("Two versions of one event are damage, told, and one of them is set aside") {
    const WorkspaceLog log = log_of(12);
    WorkspaceLog other = log_of(10);
    other.append(other.seal(std::vector{product_event("x"), product_event("y")},
                            std::vector{numbered_id(901), numbered_id(902)}));
    Files files = files_of(log, 5);
    put(files, other, 11, 12);
    Loaded loaded;
    load_all(loaded, files);
    REQUIRE(loaded.damage.has_value());
    CHECK(loaded.damage->code == "two_versions");
    CHECK(loaded.damage->where == "event 11");
    CHECK(loaded.log.size() == 12);
    apply_repair(files, loaded);
    Loaded repaired;
    load_all(repaired, files);
    CHECK_FALSE(repaired.damage);
    CHECK(repaired.log.size() == 12);
    CHECK(repaired.quarantine.size() == 1);
}

TEST_CASE("A journal that was exchanged or erased is read anew") {
    const WorkspaceLog log = log_of(10);
    const WorkspaceLog other = log_of(25, 500);
    Loaded loaded;
    load_all(loaded, files_of(log, 5));
    CHECK(load_all(loaded, files_of(other, 10)) == Change::replaced);
    CHECK(loaded.log.head() == other.head());
    CHECK_FALSE(loaded.damage);
    // One long file whose name alone does not show it.
    CHECK(load_all(loaded, files_of(log_of(40, 700), 40)) == Change::replaced);
    CHECK_FALSE(loaded.damage);
    CHECK(load_all(loaded, {}) == Change::replaced);
    CHECK(loaded.log.size() == 0);
}

TEST_CASE("A file that cannot be read leaves what is known as it was") {
    const WorkspaceLog log = log_of(10);
    Files files = files_of(log_of(5), 5);
    Loaded loaded;
    load_all(loaded, files);
    put(files, log, 6, 10);
    std::vector<std::string> names;
    for (const auto& [name, text] : files) names.push_back(name);
    const auto change =
        load(loaded, names, [](std::string_view) -> Result<std::string> { return fail("storage_failed", "no"); });
    REQUIRE_FALSE(change.has_value());
    CHECK(loaded.log.size() == 5);
    CHECK(load_all(loaded, files) == Change::grown);
    CHECK(loaded.log.size() == 10);
}

TEST_CASE("Events of a newer version end what is understood, and are kept") {
    const WorkspaceLog log = log_of(6);
    Files files = files_of(log_of(4), 4);
    // Event 5 says something new; event 6 is ordinary, but follows it.
    std::string text;
    std::string previous{log.head_at(4)};
    for (std::size_t number = 5; number <= 6; ++number) {
        Entry entry = log.entry(number);
        std::string canonical = canonical_bytes(entry);
        if (number == 5) canonical.replace(canonical.find("\"format\":4"), 10, "\"format\":6");
        const std::string hash = hash_of(previous, canonical);
        canonical.pop_back();
        text += canonical + ",\"previous\":\"" + previous + "\",\"hash\":\"" + hash + "\"}\n";
        previous = hash;
    }
    files[to_file_name({5, 6, previous})] = text;
    Loaded loaded;
    load_all(loaded, files);
    CHECK_FALSE(loaded.damage);
    CHECK(loaded.log.size() == 4);
    CHECK(loaded.log.unread_lines().size() == 2);
    CHECK(loaded.log.unread_why().find("format is 6") != std::string::npos);
    CHECK(plan_upkeep(loaded).fold.empty());
    CHECK(to_bundle(loaded.log).ends_with(text));
    CHECK(load_all(loaded, files) == Change::none);
}

TEST_CASE("Many small files are folded into one; large ones are left alone") {
    constexpr std::size_t small_segments_max = Sizes{}.small_segments_max;
    const WorkspaceLog log = log_of(3'000);
    Files files;
    put(files, log, 1, 2'000);
    for (std::size_t number = 2'001; number <= 2'000 + small_segments_max; ++number) put(files, log, number, number);
    Loaded loaded;
    load_all(loaded, files);
    CHECK(plan_upkeep(loaded).fold.empty());

    put(files, log, 2'001 + small_segments_max, 2'001 + small_segments_max);
    load_all(loaded, files);
    const Upkeep plan = plan_upkeep(loaded);
    REQUIRE(plan.fold.size() == 1);
    CHECK(plan.fold[0].first == 2'001);
    CHECK(plan.fold[0].last == 2'001 + small_segments_max);
    CHECK(plan.redundant.size() == small_segments_max + 1);

    // After the first step: nothing more to fold, the small ones to remove.
    put(files, log, plan.fold[0].first, plan.fold[0].last);
    load_all(loaded, files);
    CHECK(plan_upkeep(loaded).fold.empty());
    CHECK(plan_upkeep(loaded).redundant.size() == small_segments_max + 1);
    for (const Segment& segment : plan_upkeep(loaded).redundant) files.erase(to_file_name(segment));
    CHECK(load_all(loaded, files) == Change::none);
    CHECK(loaded.segments.size() == 2);
    CHECK_FALSE(loaded.damage);
}

TEST_CASE(
    "Any damage to any bytes keeps a prefix of the journal, names the next event, and repairs to a sound journal") {
    const WorkspaceLog log = log_of(24);
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Random random{seed};
        Files files = files_of(log, 1 + random() % 9);
        if (random() % 2) put(files, log, 1 + random() % 6, 10 + random() % 10);
        for (std::uint64_t harms = random() % 4; harms > 0; --harms) {
            auto file = std::next(files.begin(), static_cast<std::ptrdiff_t>(random() % files.size()));
            switch (random() % 3) {
                case 0: file->second[random() % file->second.size()] = static_cast<char>(random()); break;
                case 1: file->second.resize(random() % file->second.size() + 1); break;
                default:
                    if (files.size() > 1) files.erase(file);
            }
        }
        INFO("seed " << seed);
        Loaded loaded;
        load_all(loaded, files);
        const std::size_t kept = loaded.log.size();
        REQUIRE(loaded.log.head() == log.head_at(kept));
        if (loaded.damage && loaded.damage->code != "two_versions")
            REQUIRE(loaded.damage->where == "event " + std::to_string(kept + 1));
        apply_repair(files, loaded);
        Loaded repaired;
        load_all(repaired, files);
        REQUIRE_FALSE(repaired.damage);
        REQUIRE(repaired.bad_files.empty());
        REQUIRE(repaired.log.head() == loaded.log.head());
    }
}

// ---- Backups ----------------------------------------------------------------------------------------------

TEST_CASE("A backup adds what is missing, once, and nothing where all is there") {
    const WorkspaceLog log = log_of(20);
    const std::string backup = to_bundle(log);
    for (const std::size_t known : {0, 1, 12, 20}) {
        WorkspaceLog local = log_of(known);
        const auto report = compare_bundle(local, backup);
        REQUIRE(report.has_value());
        CHECK(report->same == known);
        CHECK(report->added.size() == 20 - known);
        local.append(report->added);
        CHECK(local.head() == log.head());
        CHECK(compare_bundle(local, backup)->added.empty());
        CHECK(to_bundle(local) == backup);
    }
    const auto older = compare_bundle(log_of(25), backup);
    REQUIRE(older.has_value());
    CHECK(older->added.empty());
    CHECK(older->same == 20);
}

TEST_CASE("A backup of other records is refused, naming where they part") {
    WorkspaceLog here = log_of(10);
    WorkspaceLog there = here;
    here.append(here.seal(std::vector{product_event("here")}, std::vector{numbered_id(100)}));
    there.append(there.seal(std::vector{product_event("there")}, std::vector{numbered_id(101)}));
    const auto report = compare_bundle(here, to_bundle(there));
    REQUIRE_FALSE(report.has_value());
    CHECK(report.error().code == "diverged");
    CHECK(report.error().where == "event 11");
}

TEST_CASE("A backup that is cut short or changed anywhere is refused") {
    const std::string backup = to_bundle(log_of(5));
    const WorkspaceLog empty;
    for (std::size_t length = 0; length < backup.size(); length += 7)
        CHECK_FALSE(compare_bundle(empty, backup.substr(0, length)).has_value());
    for (std::size_t at = 0; at < backup.size(); at += 3) {
        std::string changed = backup;
        changed[at] = static_cast<char>(changed[at] ^ 2);
        INFO("byte " << at);
        CHECK_FALSE(compare_bundle(empty, changed).has_value());
    }
    // Whole lines taken off the end are found by the count.
    const auto cut = compare_bundle(empty, backup.substr(0, backup.rfind('\n', backup.size() - 2) + 1));
    REQUIRE_FALSE(cut.has_value());
    CHECK(cut.error().code == "bad_backup");
}
