#include "journal/erasure.h"

#include "journal/samples.h"
#include "journal/segments.h"

#include <doctest/doctest.h>

using namespace ca::journal;
using namespace ca::journal::test;

namespace {

WorkspaceLog log_of(int count) {
    WorkspaceLog log;
    for (int i = 1; i <= count; ++i)
        log.append(log.seal(std::vector{product_event("p" + std::to_string(i))},
                            std::vector{numbered_id(static_cast<std::uint64_t>(i))}));
    return log;
}

}  // namespace

TEST_CASE("A mark names the whole of the log that it was made of, and what holds that log undoes it") {
    const WorkspaceLog log = log_of(3);
    const Erasure mark = erasure_of(log);
    CHECK(names_whole(mark.text, log));
    CHECK(is_undone(mark.name, log));
    CHECK(is_undone(mark.name, log_of(5)));
    CHECK_FALSE(is_undone(mark.name, log_of(2)));
    CHECK_FALSE(names_whole(mark.text, log_of(5)));
    CHECK_FALSE(names_whole(mark.text, {}));
    std::vector<ca::lifecycle::Event> events;
    std::vector<std::string> ids;
    for (std::size_t number = 1; number <= 3; ++number) {
        events.push_back(log.entry(number).event);
        ids.push_back(log.entry(number).id);
    }
    const Sealed next = WorkspaceLog().seal(events, ids);
    CHECK(is_undone(mark.name, {}, &next));
}

TEST_CASE("A file among the marks that is none undoes nothing and stops nothing") {
    const WorkspaceLog log = log_of(3);
    const std::string hash = log.last_hash();
    for (const std::string& name : {std::string(), std::string("3"), std::string("000000003"), std::string("3-"),
                                    std::string("x"), std::string("-3"), "3x" + hash, hash,
                                    "99999999999999999999-" + hash, "0-" + hash, std::string("notes.txt")}) {
        CAPTURE(name);
        CHECK_FALSE(is_undone(std::string(erased_folder) + name, log));
    }
}
