// What is recorded in steps: seen to move, given up, tried again, and the snapshot that is made between them.
#include "journal/memory_medium.h"
#include "journal/samples.h"
#include "journal/simulated_disk.h"
#include "journal/store.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::journal;
using namespace ca::journal::test;

namespace {

// So many products, one a step.
class Products final : public lifecycle::Steps {
public:
    Products(std::size_t all, std::size_t fails_at = SIZE_MAX) : all_(all), fails_at_(fails_at) {}
    Result<bool> go_on(lifecycle::Recording& recording) override {
        if (done_ == fails_at_) return fail("refused", "No more of these.");
        recording.record(product_event("s" + std::to_string(++done_)));
        REQUIRE(recording.workspace().find_product("s" + std::to_string(done_)) != nullptr);
        return done_ == all_;
    }
    Progress progress() const override { return {done_, all_}; }

private:
    std::size_t all_, fails_at_, done_ = 0;
};

Store::Begin products(std::size_t all, std::size_t fails_at = SIZE_MAX) {
    return [=] { return std::make_unique<Products>(all, fails_at); };
}

// A store of somebody who takes its steps one by one, and what it was told of.
struct Stepped {
    explicit Stepped(std::unique_ptr<Medium> medium, const Sizes& sizes = {})
        : store(
              std::move(medium), [next = std::uint64_t{0}]() mutable { return numbered_id(++next); }, sizes) {
        store.on_more([this] { ++asked; });
        store.open([](Result<> opened) { REQUIRE(opened.has_value()); });
    }
    Store::CommitDone told() {
        return [this](Result<Committed> result) { done = std::move(result); };
    }
    Store store;
    int asked = 0;
    std::optional<Result<Committed>> done;
};

// A disk on which so many events lie.
std::shared_ptr<SimulatedDisk> disk_with(std::size_t events, std::uint64_t first_id = 1'000'000) {
    auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    Store store{disk->open(), [first_id]() mutable { return numbered_id(++first_id); }};
    store.open([](Result<>) {});
    store.record(products(events), [](Result<Committed> done) { REQUIRE(done.has_value()); });
    disk->settle();
    return disk;
}

}  // namespace

TEST_CASE("What is much is read in slices, says how far that is, and is there when all of it is") {
    const auto disk = disk_with(2'000);
    Store store{disk->open(), [] { return numbered_id(1); }};
    int asked = 0;
    std::optional<Result<>> opened;
    store.on_more([&] { ++asked; });
    store.open([&](Result<> result) { opened = std::move(result); });
    disk->settle();
    REQUIRE(asked == 1);
    std::size_t done = 0, slices = 0;
    for (bool more = true; more; ++slices) {
        CHECK_FALSE(opened.has_value());
        CHECK(store.log().size() == 0);
        REQUIRE(store.reading().has_value());
        CHECK(store.reading()->all == 2'000);
        CHECK(store.reading()->done >= done);
        done = store.reading()->done;
        more = store.go_on();
        disk->settle();
    }
    CHECK(slices > 2);
    CHECK(done > 1'000);
    CHECK_FALSE(store.reading().has_value());
    REQUIRE(opened.has_value());
    CHECK(opened->has_value());
    CHECK(store.log().size() == 2'000);
}

TEST_CASE("What is given up while another history is read is not recorded") {
    const auto disk = disk_with(3), other = disk_with(1'000, 2'000'000);
    Stepped tab{disk->open()};
    disk->settle();
    while (tab.store.go_on()) {
    }
    disk->settle();
    REQUIRE(tab.store.log().size() == 3);
    disk->files = other->files;
    const auto ticket = tab.store.record(products(3), tab.told());
    disk->settle();
    REQUIRE(tab.store.reading().has_value());
    CHECK(tab.store.log().size() == 3);
    tab.store.give_up(ticket);
    CHECK_FALSE(tab.done);
    while (tab.store.go_on()) disk->settle();
    disk->settle();
    REQUIRE(tab.done);
    CHECK(tab.done->error().code == "given_up");
    CHECK(tab.store.unsaved() == 0);
    CHECK(disk->files == other->files);
}

TEST_CASE("What is recorded in steps shows how far it is, and nothing of it is there before the last") {
    Stepped tab{std::make_unique<MemoryMedium>()};
    const auto ticket = tab.store.record(products(4), tab.told());
    CHECK(tab.asked == 1);
    CHECK(tab.store.saving());
    for (std::size_t step = 1; step < 4; ++step) {
        CHECK(tab.store.recording(ticket) == lifecycle::Steps::Progress{step, 4});
        CHECK_FALSE(tab.store.recording(ticket + 1));
        CHECK(tab.store.log().size() == 0);
        CHECK_FALSE(tab.done);
        CHECK(tab.store.go_on() == (step < 3));
    }
    REQUIRE(tab.done);
    REQUIRE(tab.done->has_value());
    CHECK((*tab.done)->count == 4);
    CHECK(tab.store.log().size() == 4);
    CHECK_FALSE(tab.store.recording(ticket));
    CHECK_FALSE(tab.store.go_on());
}

TEST_CASE("Where nobody takes steps all are taken at once") {
    Store store{std::make_unique<MemoryMedium>(), [] { return numbered_id(1); }};
    store.open([](Result<>) {});
    std::size_t count = 0;
    store.record(products(1), [&](Result<Committed> done) { count = done.value().count; });
    CHECK(count == 1);
}

TEST_CASE(
    "What is given up leaves nothing, whether it was begun or waited for its turn, and what comes after goes on") {
    Stepped tab{std::make_unique<MemoryMedium>()};
    const auto first = tab.store.record(products(3), tab.told());
    std::optional<Result<Committed>> second_done, third_done;
    const auto second = tab.store.record(products(3), [&](Result<Committed> done) { second_done = std::move(done); });
    tab.store.commit(
        [](const lifecycle::Workspace&) -> Result<std::vector<lifecycle::Event>> {
            return std::vector{product_event("after")};
        },
        [&](Result<Committed> done) { third_done = std::move(done); });

    tab.store.give_up(second);
    REQUIRE(second_done);
    CHECK(second_done->error().code == "given_up");
    CHECK_FALSE(tab.done);

    CHECK(tab.store.go_on());
    tab.store.give_up(first);
    REQUIRE(tab.done);
    CHECK(tab.done->error().code == "given_up");
    REQUIRE(third_done);
    REQUIRE(third_done->has_value());
    CHECK(tab.store.log().size() == 1);
    CHECK(tab.store.log().workspace().find_product("after") != nullptr);
    CHECK(tab.store.unsaved() == 0);
}

TEST_CASE("A refusal in a later step refuses all of it") {
    Stepped tab{std::make_unique<MemoryMedium>()};
    tab.store.record(products(4, 2), tab.told());
    while (tab.store.go_on()) {
    }
    REQUIRE(tab.done);
    CHECK(tab.done->error().code == "refused");
    CHECK(tab.store.log().size() == 0);
}

TEST_CASE("Whatever step of it fails, what is recorded in steps is kept once, by itself or by a retry") {
    for (const Fault fault : {Fault::fails, Fault::fails_late}) {
        for (std::size_t at = 1; at <= 12; ++at) {
            for (const bool twice : {false, true}) {
                CAPTURE(at);
                CAPTURE(twice);
                auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
                Stepped tab{disk->open()};
                disk->settle();
                const std::size_t before = disk->steps;
                int left = twice ? 2 : 1;
                disk->fault = [&](std::size_t step) -> std::optional<Fault> {
                    if (step < before + at || left == 0) return std::nullopt;
                    --left;
                    return fault;
                };
                const auto run = [&] {
                    for (int turn = 0; turn < 40; ++turn) {
                        disk->settle();
                        tab.store.go_on();
                    }
                };
                const auto ticket = tab.store.record(products(3), tab.told());
                run();
                REQUIRE(tab.done);
                if (!tab.done->has_value()) {
                    CHECK(tab.done->error().code == "not_saved");
                    CHECK(tab.store.holds(ticket));
                    tab.store.retry();
                    run();
                }
                REQUIRE(tab.done->has_value());
                CHECK((*tab.done)->count == 3);
                CHECK(tab.store.log().size() == 3);
                CHECK_FALSE(tab.store.holds(ticket));
            }
        }
    }
}

TEST_CASE("A snapshot is made in steps while commits go on, and stands for the journal as it was in the beginning") {
    auto medium = std::make_unique<MemoryMedium>();
    auto* kept = medium.get();
    Stepped tab{std::move(medium), {.small_segment_events_max = 1, .snapshot_events_min = 4}};
    tab.store.record(products(3'000), tab.told());
    int steps = 0;
    while (tab.store.saving()) REQUIRE(tab.store.go_on());
    REQUIRE(tab.done->has_value());
    std::size_t further = 0;
    for (; tab.store.go_on(); ++steps)
        if (steps % 2 == 0)
            tab.store.commit(
                [&](const lifecycle::Workspace&) -> Result<std::vector<lifecycle::Event>> {
                    return std::vector{product_event("later " + std::to_string(++further))};
                },
                [](Result<Committed> done) { REQUIRE(done.has_value()); });
    CHECK(steps > 3);
    const auto names = kept->list().value();
    REQUIRE_FALSE(tab.store.condition().upkeep);
    const auto snapshot =
        std::ranges::find_if(names, [](const std::string& name) { return name.starts_with(snapshot_folder); });
    REQUIRE(snapshot != names.end());
    CHECK(events_in_snapshot(*snapshot) == 3'000);
    Loaded again;
    REQUIRE(load(again, names, [&](std::string_view name) { return kept->read(name); }).has_value());
    CHECK(again.snapshot_covers == 3'000);
    CHECK(again.log.folded() == tab.store.log().folded());
    CHECK(again.log.size() == 3'000 + further);
}
