// Snapshots: a start from one is a start from the journal, and whatever is not just so is not taken.
#include "journal/memory_medium.h"
#include "journal/samples.h"
#include "journal/segments.h"
#include "journal/simulated_disk.h"
#include "journal/store.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::journal;
using namespace ca::journal::test;

namespace {

using Files = std::map<std::string, std::string, std::less<>>;
constexpr Sizes few{.small_segment_events_max = 50, .small_segments_max = 64, .snapshot_events_min = 100};

WorkspaceLog random_log(std::uint64_t seed, std::size_t events) {
    Random random{seed};
    const auto types = lifecycle::event_types();
    WorkspaceLog log;
    for (std::size_t i = 0; i < events; ++i)
        log.append(log.seal(std::vector{random_event(random, types[random() % types.size()])},
                            std::vector{sha256_hex(std::to_string(random())).substr(0, id_length)}));
    return log;
}

void put(Files& files, const WorkspaceLog& log, std::size_t first, std::size_t last) {
    const Segment segment{first, last, log.head_at(last)};
    files[to_file_name(segment)] = segment_file(log, segment);
}

Loaded load_from(const Files& files, const Sizes& sizes = few) {
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files) names.push_back(name);
    Loaded loaded;
    REQUIRE(load(
                loaded, names, [&](std::string_view name) -> Result<std::string> { return files.find(name)->second; },
                sizes)
                .has_value());
    return loaded;
}

// Two long files and a short one, of a log of 260 events, and the snapshot that reading them makes.
struct Made {
    WorkspaceLog log = random_log(5, 260);
    Files files;
    SnapshotFile snapshot;
    Made() {
        put(files, log, 1, 100);
        put(files, log, 101, 250);
        put(files, log, 251, 260);
        Loaded loaded = load_from(files);
        REQUIRE(loaded.snapshot.has_value());
        snapshot = to_snapshot(*std::move(loaded.snapshot));
    }
    Files with(const SnapshotFile& one) const {
        Files all = files;
        all[one.name] = one.bytes;
        return all;
    }
};

// As if it had been written so: named by its own bytes.
SnapshotFile named_anew(SnapshotFile file) {
    file.name = file.name.substr(0, file.name.find('-') + 1) + sha256_hex(file.bytes) + ".bin";
    return file;
}

}  // namespace

TEST_CASE("what a snapshot gives back is what the journal folds to, to the last index") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        CAPTURE(seed);
        const WorkspaceLog log = random_log(seed, 300);
        Files files;
        put(files, log, 1, 300);
        const auto& [name, text] = *files.begin();
        const auto snapshot = to_snapshot({log, {{name, sha256_hex(text)}}});
        CHECK(events_in_snapshot(snapshot.name) == 300);
        const auto back = at_once(restored(snapshot, files));
        REQUIRE(back.has_value());
        CHECK(back->log.folded() == log.folded());
        for (std::size_t number = 1; number <= 300; ++number) REQUIRE(back->log.line_at(number) == log.line_at(number));
    }
}

TEST_CASE("a start with a snapshot reads only what is not in it, and ends the same") {
    const Made made;
    CHECK(events_in_snapshot(made.snapshot.name) == 250);
    const Loaded plain = load_from(made.files), begun = load_from(made.with(made.snapshot));
    CHECK(plain.snapshot_covers == 0);
    CHECK(begun.snapshot_covers == 250);
    CHECK_FALSE(begun.snapshot.has_value());  // none is due
    CHECK(begun.log.folded() == plain.log.folded());
    CHECK(begun.log.head() == made.log.head());
    CHECK(begun.segments == plain.segments);
}

TEST_CASE("a snapshot of which anything differs is not taken, and damage is found as without it") {
    const Made made;
    const auto is_left = [&](const Files& files) {
        const Loaded loaded = load_from(files);
        Files without = files;
        std::erase_if(without, [](const auto& file) { return file.first.starts_with(snapshot_folder); });
        const Loaded plain = load_from(without);
        CHECK(loaded.snapshot_covers == 0);
        CHECK(loaded.damage == plain.damage);
        CHECK(loaded.log.folded() == plain.log.folded());
        return loaded.damage.has_value();
    };
    for (std::size_t at = 0; at < made.snapshot.bytes.size(); at += 101) {
        SnapshotFile changed = made.snapshot;
        changed.bytes[at] = static_cast<char>(changed.bytes[at] ^ 4);
        CHECK_FALSE(is_left(made.with(changed)));
        changed = made.snapshot;
        changed.bytes.resize(at);
        CHECK_FALSE(is_left(made.with(changed)));
        CHECK_FALSE(is_left(made.with(named_anew(changed))));  // cut short before it was named
    }
    SUBCASE("of another program") {
        SnapshotFile other = made.snapshot;
        other.bytes.replace(other.bytes.find(program()), 8, "00000000");
        CHECK_FALSE(is_left(made.with(named_anew(other))));
    }
    SUBCASE("a changed, a shortened and a missing file of the journal") {
        for (const auto& [name, text] : made.files) {
            if (parse_file_name(name)->last > 250) continue;
            CAPTURE(name);
            Files files = made.with(made.snapshot);
            files[name][text.size() / 2] = static_cast<char>(text[text.size() / 2] ^ 1);
            CHECK(is_left(files));
            files[name] = text.substr(0, text.size() - 300);  // its own two hashes are 155
            CHECK(is_left(files));
            files.erase(name);
            CHECK(is_left(files));
        }
    }
    SUBCASE("a file beside those it stands for, within them") {
        Files files = made.with(made.snapshot);
        put(files, random_log(6, 60), 1, 60);
        CHECK(is_left(files));
    }
}

TEST_CASE("the store keeps one snapshot of its long files, makes the next when they have grown, and starts from it") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    const Sizes sizes{.small_segment_events_max = 10, .small_segments_max = 4, .snapshot_events_min = 20};
    const auto snapshots = [&] {
        std::vector<std::string> names;
        for (const auto& [name, bytes] : disk->files)
            if (name.starts_with(snapshot_folder)) names.push_back(name);
        return names;
    };
    std::uint64_t next = 1;
    const auto add = [&](Store& store, std::size_t count) {
        store.commit(
            [&, count](const lifecycle::Workspace&) -> Result<std::vector<lifecycle::Event>> {
                std::vector<lifecycle::Event> events;
                for (std::size_t i = 0; i < count; ++i) events.push_back(product_event("p" + std::to_string(next + i)));
                return events;
            },
            [](Result<Committed> result) { REQUIRE(result.has_value()); });
        disk->settle();
    };
    const auto ids = [&] { return numbered_id(next++); };
    {
        Store store{disk->open(), ids, sizes};
        store.open([](Result<> result) { REQUIRE(result.has_value()); });
        add(store, 15);
        CHECK(snapshots().empty());
        add(store, 15);
        REQUIRE(snapshots().size() == 1);
        CHECK(events_in_snapshot(snapshots().front()) == 30);
        add(store, 2);
        add(store, 12);
        CHECK(events_in_snapshot(snapshots().front()) == 30);  // short files go on from it
        CHECK_FALSE(store.condition().upkeep);
    }
    Store again{disk->open(), ids, sizes};
    again.open([](Result<> result) { REQUIRE(result.has_value()); });
    disk->settle();
    CHECK(again.log().size() == 44);
    for (int i = 0; i < 12; ++i) add(again, 4);  // folded, which makes a long file
    CHECK(again.log().size() == 92);
    Store third{disk->open(), ids, sizes};
    third.open([](Result<> result) { REQUIRE(result.has_value()); });
    disk->settle();
    REQUIRE(snapshots().size() == 1);
    CHECK(events_in_snapshot(snapshots().front()) > 30);
    CHECK(third.log().folded() == again.log().folded());

    std::optional<Result<>> erased;
    third.erase([&](Result<> result) { erased = std::move(result); });
    disk->settle();
    REQUIRE(erased.has_value());
    CHECK(snapshots().empty());
}
