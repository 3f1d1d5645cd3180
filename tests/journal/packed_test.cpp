// Segments that are deflated: the same lines come out, whatever happened to the file, up to the first bad one.
#include "journal/bundle.h"
#include "journal/memory_medium.h"
#include "journal/packed.h"
#include "journal/samples.h"
#include "journal/segments.h"
#include "journal/store.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ca;
using namespace ca::journal;
using namespace ca::journal::test;

namespace {

WorkspaceLog random_log(Random& random, std::size_t events) {
    const auto types = lifecycle::event_types();
    WorkspaceLog log;
    for (std::size_t i = 0; i < events; ++i) {
        const auto event = random_event(random, types[random() % types.size()]);
        log.append(
            log.seal(std::vector{event}, std::vector{sha256_hex(std::to_string(random())).substr(0, id_length)}));
    }
    return log;
}

Segment whole(const WorkspaceLog& log) { return {1, log.size(), std::string(log.head())}; }

Loaded loaded_from(const std::string& name, const std::string& bytes) {
    Loaded loaded;
    REQUIRE(load(loaded, {name}, [&](std::string_view) -> Result<std::string> { return bytes; }).has_value());
    return loaded;
}

}  // namespace

TEST_CASE("packed lines come out as they went in, and are one line") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Random random{seed};
        const WorkspaceLog log = random_log(random, 200);
        const std::string lines = segment_text(log, whole(log));
        REQUIRE(lines.size() > packed_from);
        const std::string packed = to_packed(lines);
        CHECK(packed.size() < lines.size() / 2);
        CHECK(static_cast<std::size_t>(std::ranges::count(packed, '\n')) ==
              1 + (lines.size() + block_bytes - 1) / block_bytes);  // and what it goes on from
        CHECK(unpacked(packed) == lines);
        CHECK(loaded_from(to_file_name(whole(log)), packed).log.head() == log.head());
        // And from the middle of a journal.
        const Segment rest{50, log.size(), std::string(log.head())};
        CHECK(unpacked(to_packed(segment_text(log, rest))) == segment_text(log, rest));
    }
}

TEST_CASE("what is short, or is not all of one format, stays as it is") {
    Random random{1};
    const WorkspaceLog log = random_log(random, 200);
    const std::string lines = segment_text(log, whole(log));
    const auto stays = [](const std::string& text) { return to_packed(text) == text && unpacked(text) == text; };
    CHECK(stays(""));
    CHECK(stays(segment_text(log, {1, 1, log.head_at(1)})));
    CHECK(stays(lines.substr(0, lines.size() - 1)));  // cut short
    CHECK(unpacked(to_packed(lines + "{\"format\":3}\n")) == lines + "{\"format\":3}\n");
    const std::string no_chain = lines + lines;
    CHECK(unpacked(to_packed(no_chain)) == no_chain);
    CHECK(stays(std::string(packed_from, 'x')));
}

TEST_CASE("a program that knows format 1 only finds what a file begins with sound, and of a newer format") {
    Random random{2};
    const WorkspaceLog log = random_log(random, 200);
    std::string packed = to_packed(segment_text(log, whole(log)));
    // It reads the first line, finds it sound and next, and of another format; so it writes nothing.
    const std::string first = packed.substr(0, packed.find('\n'));
    CHECK(previous_in(first) == no_hash);
    CHECK(hash_of(previous_in(first), std::string(before_hashes(first)) + "}") == hash_in(first));
    CHECK(format_in(first) != first_format);
}

TEST_CASE(
    "of a packed file that was cut short or changed, what comes before is in use and the first bad event is named") {
    Random random{3};
    const WorkspaceLog log = random_log(random, 200);
    const std::string name = to_file_name(whole(log));
    const std::string packed = to_packed(segment_text(log, whole(log)));
    const auto holds = [&](const std::string& bytes, const char* what, std::size_t at) {
        CAPTURE(what);
        CAPTURE(at);
        const Loaded loaded = loaded_from(name, bytes);
        REQUIRE(loaded.log.size() <= log.size());
        CHECK(loaded.log.head() == log.head_at(loaded.log.size()));
        // A byte that has become a line feed may leave something behind the last event, which is told too.
        if (loaded.log.size() < log.size()) CHECK(loaded.damage.has_value());
        if (loaded.damage) CHECK(loaded.first_bad == loaded.log.size() + 1);
        return loaded.log.size();
    };
    std::size_t longest = 0;
    for (std::size_t at = 0; at < packed.size(); at += 1 + random() % 97) {
        longest = std::max(longest, holds(packed.substr(0, at), "cut", at));
        std::string changed = packed;
        changed[at] = static_cast<char>(changed[at] ^ static_cast<char>(1 + random() % 255));
        holds(changed, "changed", at);
    }
    CHECK(longest > log.size() / 2);  // not all is lost with the end
}

TEST_CASE("a commit that is long is packed, and opens again; a journal that was not is gone on from") {
    auto medium = std::make_unique<MemoryMedium>();
    auto& files = *medium;
    Random random{4};
    const WorkspaceLog before = random_log(random, 200);
    REQUIRE(files.write(to_file_name(whole(before)), segment_text(before, whole(before)))
                .has_value());  // as today's program left it
    std::uint64_t ids = 0;
    Store store{std::move(medium), [&] { return numbered_id(++ids); }};
    store.open([](Result<> opened) { CHECK(opened.has_value()); });
    const auto commit = [&](std::size_t count) {
        store.commit(
            [&](const lifecycle::Workspace&) -> Result<std::vector<lifecycle::Event>> {
                std::vector<lifecycle::Event> events;
                for (std::size_t i = 0; i < count; ++i) events.push_back(product_event("p" + std::to_string(i)));
                return events;
            },
            [](Result<Committed> done) { CHECK(done.has_value()); });
    };
    commit(500);
    commit(1);
    std::size_t packed_files = 0;
    const auto names = files.list();
    for (const std::string& name : *names) packed_files += files.read(name)->contains("\n{\"format\":5,") ? 1 : 0;
    CHECK(names->size() == 3);
    CHECK(packed_files == 1);

    Loaded again;
    REQUIRE(load(again, *names, [&](std::string_view name) { return files.read(name); }).has_value());
    CHECK_FALSE(again.damage.has_value());
    CHECK(again.log.size() == 701);
    CHECK(again.log.workspace() == store.log().workspace());
    CHECK(to_bundle(again.log) == store.backup());
}
