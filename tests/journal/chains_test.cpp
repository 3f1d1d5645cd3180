// A chain a stream, one head for the whole, and journals that began in format 1, where one chain ran through it all.
#include "journal/bundle.h"
#include "journal/heads.h"
#include "journal/loading.h"
#include "journal/memory_medium.h"
#include "journal/samples.h"
#include "journal/segments.h"
#include "journal/store.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace ca;
using namespace ca::journal;
using namespace ca::journal::test;

namespace {

lifecycle::Event event_of(std::size_t i) {
    return i % 3 == 0 ? product_event("p" + std::to_string(i % 5))
                      : contact_event(i % 3 == 1 ? "A1" : "B\"2", "c" + std::to_string(i % 4) + "@x.example");
}

// So many entries, the first ones of format 1.
WorkspaceLog log_of(std::size_t count, std::size_t of_format_1 = 0) {
    WorkspaceLog log;
    for (std::size_t i = 0; i < count; ++i) {
        const std::vector ids{numbered_id(i + 1)};
        Sealed sealed = log.seal(std::vector{event_of(i)}, ids);
        if (i < of_format_1) {
            Place place{static_cast<std::int64_t>(log.stream(event_of(i).account).size()) + 1, 0, first_format};
            place.based_on = log.folded().positions.of(Positions::name_of(event_of(i).account, event_of(i).entity));
            sealed = Sealed(log);
            sealed.add(ids[0], event_of(i), place, log.lines().head(i));
        }
        log.append(std::move(sealed));
    }
    return log;
}

Segment segment_of(const WorkspaceLog& log, std::size_t first, std::size_t last) {
    return {first, last, log.head_at(last)};
}

void put(Files& files, const WorkspaceLog& log, std::size_t first, std::size_t last) {
    const Segment segment = segment_of(log, first, last);
    files[to_file_name(segment)] = segment_text(log, segment);
}

}  // namespace

TEST_CASE("a stream is checked with nothing but itself and the catalogue") {
    const WorkspaceLog log = log_of(60);
    WorkspaceLog own;  // what a browser of one account holds
    for (std::size_t number = 1; number <= log.size(); ++number) {
        const std::string& account = log.entry(number).event.account;
        if (account.empty() || account == "A1") REQUIRE(own.append_line(log.line_at(number)).has_value());
    }
    CHECK(own.size() == 40);
    CHECK(own.stream("A1").size() == log.stream("A1").size());
    for (std::size_t i = 0; i < own.stream("A1").size(); ++i)
        CHECK(own.line_at(own.stream("A1")[i]) == log.line_at(log.stream("A1")[i]));
    CHECK(own.stream("B\"2").empty());
}

TEST_CASE("an entry that does not follow the last of its stream is found, whatever stands between them") {
    const WorkspaceLog log = log_of(12);
    for (const std::size_t left_out : {1u, 2u, 3u, 5u}) {
        CAPTURE(left_out);
        WorkspaceLog part;
        std::size_t found = 0;
        for (std::size_t number = 1; number <= log.size() && found == 0; ++number) {
            if (number == left_out) continue;
            const auto added = part.append_line(log.line_at(number));
            if (added) continue;
            CHECK(added.error().code == "broken_chain");
            found = number;
        }
        CHECK(found == left_out + 3);  // the next of that stream
    }
    // One of format 1 after one of format 4 would have no chain.
    WorkspaceLog mixed = log_of(3);
    const auto older = mixed.append_line(log_of(4, 4).line_at(4));
    REQUIRE_FALSE(older.has_value());
    CHECK(older.error().code == "bad_entry");
}

TEST_CASE("the head stands for all entries in their order") {
    std::mt19937 random{5};
    for (const std::size_t of_format_1 : {0u, 1u, 70u, 300u}) {
        CAPTURE(of_format_1);
        const WorkspaceLog log = log_of(300, of_format_1);
        std::vector<Digest> heads{Digest{}};
        for (std::size_t number = 1; number <= log.size(); ++number) {
            const Digest& hash = log.lines().seal(number).hash;
            heads.push_back(number <= of_format_1 ? hash : next_head(heads.back(), hash));
        }
        Lines lines = log.lines();
        for (int asked = 0; asked < 300; ++asked) {
            const std::size_t number = random() % heads.size();
            REQUIRE(lines.head(number) == heads[number]);
        }
        Lines marked;
        for (std::size_t number = 1; number <= log.size(); ++number) marked.add(log.line_at(number));
        marked.take_marks(lines.marks());
        for (const std::size_t number : {300u, 299u, 64u, 0u}) CHECK(marked.head(number) == heads[number]);
    }
}

TEST_CASE("two streams that stand in another order, or a file exchanged for another, are found by the head") {
    const WorkspaceLog log = log_of(9);
    Files files;
    for (const std::size_t first : {1u, 4u, 7u}) put(files, log, first, first + 2);
    const std::string second = std::next(files.begin())->first;
    SUBCASE("two lines in another order, each of which follows the last of its stream") {
        std::string& text = files[second];
        const std::string five = log.line_at(5) + "\n", six = log.line_at(6) + "\n";
        text.replace(text.find(five), five.size() + six.size(), six + five);
        const Loaded loaded = loaded_from(files);
        REQUIRE(loaded.damage.has_value());
        CHECK(loaded.damage->code == "two_versions");
        CHECK(loaded.damage->where == "event 4");
        CHECK(loaded.log.size() == 3);  // which of the two came first cannot be said, so neither is taken
    }
    SUBCASE("an event that nothing in its stream follows, changed and given the hash for it") {
        std::string& text = files[second];
        const std::string line = log.line_at(6);
        Entry forged = log.entry(6);
        forged.event.at.seconds -= 1;
        forged.hash = hash_of(forged.previous, canonical_bytes(forged));
        text.replace(text.find(line), line.size(), to_line(forged));
        const Loaded loaded = loaded_from(files);
        REQUIRE(loaded.damage.has_value());
        CHECK(loaded.damage->where == "event 4");
        CHECK(loaded.log.size() == 3);
    }
    SUBCASE("a file of the same numbers from another journal, under its own name") {
        WorkspaceLog other = log_of(3);
        for (std::size_t i = 0; i < 3; ++i)
            other.append(other.seal(std::vector{contact_event("C3", std::to_string(i) + "@x.example")},
                                    std::vector{numbered_id(90 + i)}));
        files.erase(second);
        put(files, other, 4, 6);
        const Loaded loaded = loaded_from(files);
        REQUIRE(loaded.damage.has_value());
        CHECK(loaded.damage->code == "broken_chain");
        CHECK(loaded.damage->where == "event 7");
        CHECK(loaded.log.size() == 6);
    }
    SUBCASE("what a file goes on from was changed") {
        std::string& text = files[second];
        text[12] = text[12] == '4' ? '5' : '4';
        const Loaded loaded = loaded_from(files);
        REQUIRE(loaded.damage.has_value());
        CHECK(loaded.damage->where == "event 4");
    }
}

TEST_CASE("a journal of format 1 goes on in format 4: in files, folded, packed, in a snapshot, and as a backup") {
    for (const std::size_t of_format_1 : {1u, 7u, 40u, 399u, 400u}) {
        CAPTURE(of_format_1);
        const WorkspaceLog log = log_of(400, of_format_1);
        for (const std::size_t each : {1u, 9u, 400u}) {
            Files files;
            for (std::size_t first = 1; first <= log.size(); first += each)
                put(files, log, first, std::min<std::size_t>(first + each - 1, log.size()));
            const Loaded loaded = loaded_from(files);
            REQUIRE_FALSE(loaded.damage.has_value());
            CHECK(loaded.log.head() == log.head());
        }
        const Segment all = segment_of(log, 1, log.size());
        const std::string packed = segment_file(log, all);
        CHECK(packed.size() < segment_text(log, all).size());
        CHECK(unpacked(packed) == segment_text(log, all));
        CHECK(is_segment(log, all, packed));
        const Loaded loaded = loaded_from({{to_file_name(all), packed}});
        REQUIRE_FALSE(loaded.damage.has_value());

        const SnapshotFile snapshot = to_snapshot({loaded.log, {{to_file_name(all), sha256_hex(packed)}}});
        std::map<std::string, std::string, std::less<>> held{{to_file_name(all), packed}};
        const auto restored = at_once(journal::restored(snapshot, held));
        REQUIRE(restored.has_value());
        CHECK(restored->log.head() == log.head());

        for (const std::size_t known : {0u, 1u, 20u, 399u}) {
            WorkspaceLog here = log_of(known, of_format_1);
            auto report = compare_bundle(here, to_bundle(log));
            REQUIRE(report.has_value());
            REQUIRE(report->added.check().has_value());
            const Segment added = segment_of(log, known + 1, log.size());
            CHECK(is_segment(log, added, report->added.file()));
            here.append(std::move(report->added));
            CHECK(to_bundle(here) == to_bundle(log));
        }
        for (std::size_t number = 1; number <= log.size(); ++number)
            REQUIRE(restored->log.line_at(number) == log.line_at(number));
    }
}
