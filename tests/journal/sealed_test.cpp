#include "journal/sealed.h"

#include "journal/samples.h"
#include "journal/segments.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::journal;
using namespace ca::journal::test;

namespace {

struct Batch {
    std::vector<lifecycle::Event> events;
    std::vector<std::string> ids;
};

Batch random_batch(Random& random, std::size_t count) {
    const auto types = lifecycle::event_types();
    Batch batch;
    for (std::size_t i = 0; i < count; ++i) {
        batch.events.push_back(random_event(random, types[random() % types.size()]));
        batch.ids.push_back(sha256_hex(std::to_string(random())).substr(0, id_length));
    }
    return batch;
}

}  // namespace

TEST_CASE("what is sealed in batches is what is sealed one by one, in the log and in the files") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        CAPTURE(seed);
        Random random{seed};
        WorkspaceLog log, one_by_one;
        while (log.size() < 1500) {
            const auto batch = random_batch(random, 1 + random() % (random() % 3 == 0 ? 900 : 20));
            Sealed sealed = log.seal(batch.events, batch.ids);
            REQUIRE(sealed.check().has_value());
            REQUIRE(sealed.size() == batch.events.size());
            const Segment segment{log.size() + 1, log.size() + sealed.size(), sealed.head()};
            const std::string file = sealed.file();
            CHECK(sealed.file_sha256() == sha256_hex(file));
            CHECK(sealed.file() == file);
            log.append(sealed);
            for (std::size_t i = 0; i < batch.events.size(); ++i) {
                one_by_one.append(one_by_one.seal(std::vector{batch.events[i]}, std::vector{batch.ids[i]}));
                CHECK(to_hex(sealed.hash(i)) == one_by_one.hash_at(one_by_one.size()));
            }
            REQUIRE(log.folded() == one_by_one.folded());
            CHECK(is_segment(log, segment, file));
            CHECK(unpacked(file) == segment_text(one_by_one, segment));
        }
        for (std::size_t number = 1; number <= log.size(); ++number)
            REQUIRE(log.line_at(number) == one_by_one.line_at(number));
    }
}

TEST_CASE("what would not read back is found before it is written, wherever it stands") {
    Random random{1};
    for (const std::size_t at : {std::size_t{0}, std::size_t{7}, std::size_t{599}}) {
        CAPTURE(at);
        auto batch = random_batch(random, 600);
        batch.events[at] = product_event("\xff");
        const auto checked = WorkspaceLog().seal(batch.events, batch.ids).check();
        REQUIRE_FALSE(checked.has_value());
        CHECK(checked.error().code == "unwritable");
        CHECK(checked.error().where == "product_registered");
    }
}
