#include "journal/lines.h"

#include "journal/samples.h"
#include "journal/segments.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::journal;
using namespace ca::journal::test;

TEST_CASE("lines come back as they were added, one at a time or packed, in whatever order they are asked for") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        CAPTURE(seed);
        Random random{seed};
        const auto types = lifecycle::event_types();
        WorkspaceLog log;
        std::vector<std::string> given;
        for (std::size_t i = 0; i < 400; ++i) {
            const auto event = random_event(random, types[random() % types.size()]);
            log.append(
                log.seal(std::vector{event}, std::vector{sha256_hex(std::to_string(random())).substr(0, id_length)}));
            given.push_back(log.line_at(i + 1));
        }
        Lines lines;
        for (std::size_t at = 0; at < given.size();) {
            const std::size_t end = std::min(given.size(), at + 1 + random() % 90);
            std::string text;
            for (std::size_t i = at; i < end; ++i) text += given[i] + "\n";
            Following following;
            const auto block = pack(text, following);
            REQUIRE(block.has_value());
            const auto way = random() % 3;
            if (way == 0) lines.add(*block);
            for (std::size_t i = at; i < end && way != 0; ++i) lines.add(given[i]);
            if (way == 1) lines.are_packed(*block);
            at = end;
        }
        REQUIRE(lines.size() == given.size());
        for (int asked = 0; asked < 600; ++asked) {
            const std::size_t number = 1 + random() % given.size();
            CHECK(lines.at(number, previous_in(given[number - 1])) == given[number - 1]);
            CHECK(lines.hash(number) == hash_in(given[number - 1]));
            CHECK(lines.find(id_text(lines.seal(number))) == number);
        }
        CHECK(lines.find(std::string(id_length, '0')) == 0);
        CHECK(lines.find("") == 0);
        CHECK(lines.find(std::string(id_length, 'G')) == 0);
    }
}

TEST_CASE("what are not the last lines is not taken for them") {
    Random random{1};
    WorkspaceLog log;
    for (std::size_t i = 0; i < 6; ++i)
        log.append(log.seal(std::vector{product_event("p" + std::to_string(i))}, std::vector{numbered_id(i + 1)}));
    const auto packed_of = [&](std::size_t first, std::size_t last) {
        std::string text;
        for (std::size_t i = first; i <= last; ++i) text += log.line_at(i) + "\n";
        Following following;
        return *pack(text, following);
    };
    Lines lines;
    for (std::size_t i = 1; i <= 4; ++i) lines.add(log.line_at(i));
    lines.are_packed(packed_of(1, 3));
    lines.are_packed(packed_of(3, 5));
    lines.are_packed(packed_of(3, 4));
    lines.are_packed(packed_of(1, 4));  // two of them lie packed already
    for (std::size_t i = 5; i <= 6; ++i) lines.add(log.line_at(i));
    for (std::size_t i = 1; i <= 6; ++i) CHECK(lines.at(i, previous_in(log.line_at(i))) == log.line_at(i));
}
