#include "journal/heads.h"
#include "journal/bundle.h"
#include "journal/memory_medium.h"
#include "journal/samples.h"
#include "journal/segments.h"
#include "journal/simulated_disk.h"
#include "journal/store.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

using namespace ca;
using namespace ca::journal;
using namespace ca::journal::test;

namespace {

using lifecycle::Event;

std::function<std::string()> ids_from(std::uint64_t first) {
    return [next = first]() mutable { return numbered_id(next++); };
}

Store::Decide adds(const std::string& product) {
    return [product](const lifecycle::Workspace& workspace) -> Result<std::vector<Event>> {
        if (workspace.find_product(product)) return fail("already_registered", "It is there.");
        return std::vector{product_event(product)};
    };
}

// So few that files are folded and snapshots made within a short history.
constexpr Sizes few{
    .small_segment_events_max = 3, .small_segments_max = 4, .snapshot_events_min = 4, .read_at_once_max = 0};

// A tab, and what it was told.
struct Tab {
    Tab(const std::shared_ptr<SimulatedDisk>& disk, std::uint64_t number, const Sizes& sizes = {})
        : store(disk->open(), ids_from(number * 1'000'000), sizes) {
        store.on_change([this] { ++changes; });
        store.open([this](Result<> result) { opened = std::move(result); });
    }
    void add(const std::string& product) {
        store.commit(adds(product), [this, product](Result<Committed> result) {
            if (result) {
                saved.insert(product);
            } else {
                errors.push_back(result.error().code);
            }
        });
    }
    Store store;
    std::optional<Result<>> opened;
    std::set<std::string> saved;
    std::vector<std::string> errors;
    int changes = 0;
};

// How many seeded histories: what fits into the suite, or as many as somebody asks for.
std::uint64_t histories(std::uint64_t that_fit) {
    const char* wanted = std::getenv("CA_HISTORIES");
    return wanted ? std::strtoull(wanted, nullptr, 10) : that_fit;
}

// What lies on the disk, read from nothing. With its snapshot, where there is one, that is the same.
Loaded read_disk(const SimulatedDisk& disk) {
    std::vector<std::string> names;
    for (const auto& [name, bytes] : disk.files) names.push_back(name);
    const auto read = [&](std::string_view name) -> Result<std::string> { return disk.files.find(name)->second; };
    Loaded loaded, begun;
    REQUIRE(load(begun, names, read).has_value());
    std::erase_if(names, [](const std::string& name) { return name.starts_with(snapshot_folder); });
    REQUIRE(load(loaded, names, read).has_value());
    REQUIRE(begun.log.folded() == loaded.log.folded());
    REQUIRE(begun.log.last_hash() == loaded.log.last_hash());
    REQUIRE(begun.damage == loaded.damage);
    REQUIRE(begun.segments == loaded.segments);
    return loaded;
}

std::map<std::string, int> products_on(const SimulatedDisk& disk) {
    const Loaded loaded = read_disk(disk);
    REQUIRE_FALSE(loaded.damage.has_value());
    std::map<std::string, int> counts;
    for (std::size_t number = 1; number <= loaded.log.size(); ++number) ++counts[loaded.log.entry(number).event.entity];
    return counts;
}

}  // namespace

TEST_CASE("Two and three tabs, each with 50 commits, keep 100 and 150, in one chain") {
    for (const Saving saving : {Saving::whole_tree, Saving::at_once}) {
        for (const std::size_t tabs : {2, 3}) {
            for (const std::uint64_t seed : {1, 2, 3}) {
                const auto disk = std::make_shared<SimulatedDisk>(saving, seed);
                std::vector<std::unique_ptr<Tab>> open;
                for (std::size_t i = 0; i < tabs; ++i) open.push_back(std::make_unique<Tab>(disk, i));
                for (int commit = 0; commit < 50; ++commit) {
                    for (std::size_t i = 0; i < tabs; ++i)
                        open[i]->add("p" + std::to_string(i) + "-" + std::to_string(commit));
                }
                disk->settle();
                INFO("seed " << seed);
                CHECK(products_on(*disk).size() == tabs * 50);
                for (const auto& tab : open) {
                    CHECK(tab->saved.size() == 50);
                    CHECK(tab->store.log().size() == tabs * 50);  // also what the others wrote last
                    CHECK(tab->store.log().head() == open[0]->store.log().head());
                    CHECK(tab->changes > 0);
                }
            }
        }
    }
}

TEST_CASE("Of two tabs that decide the same thing at once, exactly one does it") {
    for (const std::uint64_t seed : {1, 2, 3, 4, 5}) {
        const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree, seed);
        Tab one{disk, 1};
        Tab two{disk, 2};
        one.add("the product");
        two.add("the product");
        disk->settle();
        CHECK(one.saved.size() + two.saved.size() == 1);
        CHECK((one.errors.empty() ? two.errors : one.errors) == std::vector<std::string>{"already_registered"});
    }
}

TEST_CASE(
    "A tab that does not write hears of what another wrote, and finds it by itself where the announcement was lost") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    Tab writer{disk, 1};
    Tab reader{disk, 2};
    disk->settle();
    writer.add("p");
    disk->settle();
    CHECK(reader.store.log().size() == 1);
    CHECK(reader.changes == 1);
    CHECK(writer.changes == 0);

    disk->loses_announcements = true;
    writer.add("q");
    disk->settle();
    CHECK(reader.store.log().size() == 1);
    reader.store.refresh([](Result<> result) { CHECK(result.has_value()); });
    disk->settle();
    CHECK(reader.store.log().size() == 2);
    CHECK(reader.changes == 2);
}

TEST_CASE("Nothing is reported as saved, shown or announced before the save has reported") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    Tab tab{disk, 1};
    disk->settle();
    bool told = false;
    std::size_t saves_when_told = 0;
    tab.store.commit(adds("p"), [&](Result<Committed> result) {
        told = true;
        saves_when_told = disk->saves;
        REQUIRE(result.has_value());
        CHECK(result->first == 0);
        CHECK(result->count == 1);
        CHECK(tab.store.log().size() == 1);
        CHECK(disk->files.size() == 1);
    });
    CHECK(tab.store.saving());
    CHECK(tab.store.log().size() == 0);
    CHECK_FALSE(told);
    disk->settle();
    CHECK(told);
    CHECK(saves_when_told == 1);
    CHECK_FALSE(tab.store.saving());
}

TEST_CASE("A refusal, or a decision for nothing, writes nothing") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    Tab tab{disk, 1};
    tab.add("p");
    tab.add("p");
    std::optional<Result<Committed>> nothing;
    tab.store.commit([](const auto&) { return std::vector<Event>{}; }, [&](auto result) { nothing = result; });
    disk->settle();
    CHECK(tab.errors == std::vector<std::string>{"already_registered"});
    REQUIRE(nothing.has_value());
    REQUIRE(nothing->has_value());
    CHECK((*nothing)->count == 0);
    CHECK(disk->saves == 1);
    CHECK(disk->files.size() == 1);
}

TEST_CASE("What could not be read back is not written") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    Tab tab{disk, 1};
    tab.add("broken \xff");
    disk->settle();
    CHECK(tab.errors == std::vector<std::string>{"unwritable"});
    CHECK(disk->files.empty());
}

TEST_CASE("A save that fails once is tried again; one that fails twice is told, held, and saved by a retry") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    Tab tab{disk, 1};
    disk->settle();
    const std::size_t before = disk->steps;
    std::size_t push = 0;
    {
        // Which step is the push, in a commit that goes well: the last.
        tab.add("first");
        disk->settle();
        push = disk->steps - before;
    }
    std::size_t start = disk->steps;
    disk->fault = [&](std::size_t step) { return step == start + push ? std::optional(Fault::fails) : std::nullopt; };
    tab.add("second");
    disk->settle();
    CHECK(tab.saved.contains("second"));

    start = disk->steps;
    disk->fault = [&](std::size_t step) { return step > start ? std::optional(Fault::fails) : std::nullopt; };
    tab.add("third");
    disk->settle();
    CHECK(tab.errors == std::vector<std::string>{"not_saved"});
    CHECK(tab.store.unsaved() == 1);
    CHECK_FALSE(tab.store.saving());
    CHECK(tab.store.log().size() == 2);
    CHECK(products_on(*disk).size() == 2);

    disk->fault = [](std::size_t) { return std::nullopt; };
    tab.store.retry();
    disk->settle();
    CHECK(tab.saved.contains("third"));
    CHECK(tab.store.unsaved() == 0);
    CHECK(products_on(*disk)["third"] == 1);
}

namespace {

// One run of two tabs' work in which the fault strikes at one step (or several in a row), on a disk that already holds
// `files`. False where the work was over before that step.
struct Trouble {
    Saving saving;
    Fault fault;
    std::size_t step;
    std::size_t in_a_row;
    const SimulatedDisk::Files& files;
    std::size_t sound_files;            // of these, from the first on
    const std::string* torn = nullptr;  // the text of a file that must not get lost
};
bool survives(const Trouble& trouble, bool reads_fail_too) {
    const auto disk = std::make_shared<SimulatedDisk>(trouble.saving, trouble.step);
    disk->files = trouble.files;
    disk->reads_fail_too = reads_fail_too;
    disk->fault = [&](std::size_t now) {
        return now >= trouble.step && now < trouble.step + trouble.in_a_row ? std::optional(trouble.fault)
                                                                            : std::nullopt;
    };
    Tab one{disk, 1};
    Tab two{disk, 2};
    for (int i = 0; i < 3; ++i) one.add("a" + std::to_string(i)), two.add("b" + std::to_string(i));
    disk->settle();
    INFO("fault " << static_cast<int>(trouble.fault) << " x " << trouble.in_a_row << " at step " << trouble.step);
    const auto kept_all = [&] {
        auto kept = products_on(*disk);
        for (const Tab* tab : {&one, &two}) {
            for (const std::string& product : tab->saved) REQUIRE(kept[product] == 1);
        }
        for (const auto& [product, count] : kept) REQUIRE(count <= 1);
        return kept;
    };
    if (!read_disk(*disk).damage) kept_all();
    const bool reached = disk->steps >= trouble.step;

    // The trouble is over: whoever is alive retries, and a newcomer finds all of it sound.
    disk->fault = [](std::size_t) { return std::nullopt; };
    one.store.retry();
    two.store.retry();
    Tab late{disk, 3};
    late.add("late");
    disk->settle();
    REQUIRE(late.saved.size() == 1);
    auto kept = kept_all();
    REQUIRE(late.store.log().size() == kept.size());
    for (std::size_t i = 0; i < trouble.sound_files; ++i) REQUIRE(kept["e" + std::to_string(i)] == 1);
    if (trouble.fault == Fault::fails || trouble.fault == Fault::fails_late) {
        REQUIRE(one.store.unsaved() == 0);
        REQUIRE(one.saved.size() == 3);
        REQUIRE(two.saved.size() == 3);
    }
    if (trouble.torn) {
        REQUIRE(std::ranges::any_of(disk->files, [&](const auto& file) {
            return file.first.starts_with(quarantine_folder) && file.second == *trouble.torn;
        }));
    }
    return reached;
}

SimulatedDisk::Files files_of_commits(std::size_t count) {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    Tab tab{disk, 9};
    for (std::size_t i = 0; i < count; ++i) tab.add("e" + std::to_string(i));
    disk->settle();
    REQUIRE(disk->files.size() == count);
    return disk->files;
}

constexpr Saving savings[] = {Saving::whole_tree, Saving::at_once};
constexpr Fault faults[] = {Fault::fails, Fault::fails_late, Fault::dies, Fault::dies_late};

}  // namespace

TEST_CASE(
    "At whatever step it fails, fails late or dies, what was told as saved is kept, once, and the rest can be "
    "retried") {
    // The last of these files is cut short, so that setting it aside is among the steps.
    auto files = files_of_commits(3);
    std::string& torn = std::prev(files.end())->second;
    torn.resize(torn.size() - 9);
    for (const Saving saving : savings) {
        for (const Fault fault : faults) {
            for (const std::size_t in_a_row : {1, 2, 6}) {
                std::size_t step = 1;
                while (survives({saving, fault, step, in_a_row, files, 2, &torn}, true)) ++step;
                CHECK(step > 40);
            }
        }
    }
}

TEST_CASE("At whatever step folding fails, nothing is lost") {
    constexpr std::size_t small_segments_max = Sizes{}.small_segments_max;
    const auto files = files_of_commits(small_segments_max - 1);
    for (const Saving saving : savings) {
        for (const Fault fault : {Fault::fails, Fault::dies_late}) {
            std::size_t step = 1;
            while (survives({saving, fault, step, 1, files, files.size()}, false))
                step += 7;                     // every seventh, for the test's own speed
            CHECK(step > small_segments_max);  // each small file's removal is a step
        }
    }
}

TEST_CASE("Random trouble over many tabs never loses what was told as saved") {
    for (std::uint64_t seed = 1; seed <= histories(60); ++seed) {
        Random random{seed};
        const auto disk = std::make_shared<SimulatedDisk>(seed % 2 ? Saving::whole_tree : Saving::at_once, seed);
        disk->fault = [&](std::size_t) -> std::optional<Fault> {
            const auto roll = random() % 400;
            return roll < 12 ? std::optional(static_cast<Fault>(roll % 4)) : std::nullopt;
        };
        std::vector<std::unique_ptr<Tab>> tabs;
        std::set<std::string> saved;
        const Sizes sizes = seed % 4 < 2 ? Sizes{} : few;
        for (std::uint64_t i = 0; i < 6; ++i) tabs.push_back(std::make_unique<Tab>(disk, i, sizes));
        for (int round = 0; round < 40; ++round) {
            Tab& tab = *tabs[random() % tabs.size()];
            tab.add("p" + std::to_string(round));
            if (random() % 4 == 0) disk->settle();
            if (random() % 8 == 0) tab.store.retry();
            if (random() % 16 == 0) {
                for (const auto& one : tabs) saved.insert(one->saved.begin(), one->saved.end());
                tabs[random() % tabs.size()] =
                    std::make_unique<Tab>(disk, static_cast<std::uint64_t>(100 + round), sizes);
            }
        }
        disk->settle();
        for (const auto& one : tabs) saved.insert(one->saved.begin(), one->saved.end());
        INFO("seed " << seed);
        auto kept = products_on(*disk);
        for (const std::string& product : saved) REQUIRE(kept[product] == 1);
        for (const auto& [product, count] : kept) REQUIRE(count == 1);
    }
}

TEST_CASE("Many commits do not leave many files, and leave the same journal") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    Tab tab{disk, 1};
    for (int i = 0; i < 500; ++i) tab.add("p" + std::to_string(i));
    disk->settle();
    CHECK(tab.saved.size() == 500);
    CHECK(disk->files.size() <= Sizes{}.small_segments_max + 1);
    CHECK(products_on(*disk).size() == 500);
    CHECK_FALSE(tab.store.condition().upkeep);
    Tab other{disk, 2};
    disk->settle();
    CHECK(other.store.log().head() == tab.store.log().head());
    CHECK(other.store.log().workspace() == tab.store.log().workspace());
}

TEST_CASE("What a snapshot stands for is let go of, and fetched again where it is needed") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    Tab tab{disk, 1, few};
    for (int i = 0; i < 60; i += 5) {  // each is a long file, so a snapshot follows of all of them
        tab.store.commit(
            [i](const lifecycle::Workspace&) -> Result<std::vector<Event>> {
                std::vector<Event> events;
                for (int k = i; k < i + 5; ++k) events.push_back(product_event("p" + std::to_string(k)));
                return events;
            },
            [](Result<Committed> result) { CHECK(result.has_value()); });
        disk->settle();
    }
    CHECK_FALSE(tab.store.condition().upkeep);
    CHECK(disk->missed > 0);
    CHECK(products_on(*disk).size() == 60);

    // Gone from under the tab: what it let go of is no part of what it holds.
    disk->files.clear();
    bool is_written_back = false;
    tab.store.refresh(nullptr);
    disk->settle();
    REQUIRE(tab.store.condition().parted.has_value());
    tab.store.write_back([&](Result<> result) { is_written_back = result.has_value(); });
    disk->settle();
    CHECK(is_written_back);
    CHECK(products_on(*disk).size() == 60);
}

TEST_CASE("Damage is named, what is before it is in use, and work goes on after it") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    {
        Tab tab{disk, 1};
        for (int i = 0; i < 5; ++i) tab.add("p" + std::to_string(i));
        disk->settle();
    }
    auto& third = std::next(disk->files.begin(), 2)->second;
    third[60] = static_cast<char>(third[60] ^ 1);
    const auto before = disk->files;
    Tab tab{disk, 2};
    disk->settle();
    REQUIRE(tab.opened.has_value());
    CHECK(tab.opened->has_value());
    REQUIRE(tab.store.condition().damage.has_value());
    CHECK(tab.store.condition().damage->where == "event 3");
    CHECK(tab.store.condition().keeping == Keeping::kept);
    CHECK(tab.store.log().size() == 2);
    CHECK(disk->files == before);  // looking changes nothing

    tab.add("new");
    disk->settle();
    CHECK(tab.saved.size() == 1);
    CHECK(tab.store.condition().files_set_aside == 3);
    CHECK(tab.store.condition().damage.has_value());  // still told to this tab
    CHECK(products_on(*disk).size() == 3);

    // A later start says that something was set aside; it is all there.
    Tab later{disk, 3};
    disk->settle();
    CHECK_FALSE(later.store.condition().damage.has_value());
    CHECK(later.store.condition().files_set_aside == 3);
}

TEST_CASE("A backup brings back what damage took") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    std::string backup;
    {
        Tab tab{disk, 1};
        for (int i = 0; i < 5; ++i) tab.add("p" + std::to_string(i));
        disk->settle();
        backup = tab.store.backup();
    }
    disk->files.erase(std::next(disk->files.begin(), 2));
    Tab tab{disk, 2};
    std::optional<Result<Committed>> restored;
    for (const std::size_t added : {3, 0}) {  // idempotent
        tab.store.restore(backup, [&](auto result) { restored = result; });
        disk->settle();
        REQUIRE(restored.has_value());
        REQUIRE(restored->has_value());
        CHECK((*restored)->count == added);
        CHECK(products_on(*disk).size() == 5);
        CHECK(tab.store.backup() == backup);
    }
}

TEST_CASE("A workspace of a newer version can be read and not changed") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    {
        Tab tab{disk, 1};
        tab.add("p");
        disk->settle();
        const WorkspaceLog& log = tab.store.log();
        const std::string next = log.seal(std::vector{product_event("q")}, std::vector{numbered_id(5)}).file();
        const std::size_t begin = next.find('\n') + 1;
        std::string canonical{before_hashes(std::string_view(next).substr(begin, next.size() - 1 - begin))};
        canonical += '}';
        canonical.replace(canonical.find("product_registered"), 18, "product_reconsidered");
        const std::string previous = log.hash_at(1), hash = hash_of(previous, canonical);
        const std::string head = to_hex(next_head(log.lines().head(1), *hash_bytes(hash)));
        canonical.pop_back();
        disk->files[to_file_name({2, 2, head})] =
            next.substr(0, begin) + canonical + hashes_text(previous, hash) + "\n";

        // The tab that is open learns it at its next commit.
        tab.add("r");
        disk->settle();
        CHECK(tab.errors == std::vector<std::string>{"read_only"});
        CHECK(tab.store.condition().keeping == Keeping::read_only);
    }
    const auto files = disk->files;
    Tab tab{disk, 2};
    tab.add("r");
    disk->settle();
    CHECK(tab.store.condition().keeping == Keeping::read_only);
    REQUIRE(tab.store.condition().reason.has_value());
    CHECK(tab.store.condition().reason->message.find("Reload") != std::string::npos);
    CHECK(tab.store.log().size() == 1);
    CHECK(tab.errors == std::vector<std::string>{"read_only"});
    CHECK(disk->files == files);
    CHECK(tab.store.backup().find("product_reconsidered") != std::string::npos);
}

TEST_CASE("Where nothing can be kept the portal works, and says so") {
    class Nowhere : public MemoryMedium {
        void lock(Done done) override { done(fail("not_available", "This browser window keeps nothing.")); }
    };
    Store store{std::make_unique<Nowhere>(), ids_from(1)};
    std::optional<Result<>> opened;
    store.open([&](Result<> result) { opened = result; });
    REQUIRE(opened.has_value());
    CHECK(opened->has_value());
    CHECK(store.condition().keeping == Keeping::memory_only);
    CHECK(store.condition().reason->message == "This browser window keeps nothing.");
    std::optional<Result<Committed>> committed;
    store.commit(adds("p"), [&](auto result) { committed = result; });
    CHECK(committed->has_value());
    CHECK(store.log().size() == 1);
    CHECK(store.condition().keeping == Keeping::memory_only);
}

TEST_CASE("Where nothing could be read the store stays closed, and can be opened again") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    disk->fault = [](std::size_t) { return Fault::fails; };
    Tab tab{disk, 1};
    disk->settle();
    REQUIRE(tab.opened.has_value());
    CHECK_FALSE(tab.opened->has_value());
    CHECK(tab.store.condition().keeping == Keeping::closed);
    CHECK(disk->saves == 0);
    disk->fault = [](std::size_t) { return std::nullopt; };
    tab.store.open([&](Result<> result) { tab.opened = result; });
    disk->settle();
    CHECK(tab.opened->has_value());
    CHECK(tab.store.condition().keeping == Keeping::kept);
    CHECK_FALSE(tab.store.condition().reason);
}

TEST_CASE("Erasing leaves nothing, other tabs see it, and work begins anew") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    Tab tab{disk, 1};
    Tab other{disk, 2};
    tab.add("p");
    disk->settle();
    bool erased = false;
    tab.store.erase([&](Result<> result) { erased = result.has_value(); });
    disk->settle();
    CHECK(erased);
    REQUIRE(disk->files.size() == 1);  // the mark
    CHECK(disk->files.begin()->first.starts_with(erased_folder));
    CHECK(disk->files.begin()->second.find("the product") == std::string::npos);
    CHECK(tab.store.log().size() == 0);
    CHECK(other.store.log().size() == 0);
    CHECK(other.store.condition().replaced.has_value());
    CHECK_FALSE(other.store.condition().parted.has_value());
    CHECK_FALSE(tab.store.condition().replaced.has_value());
    other.add("p");
    disk->settle();
    CHECK(other.saved.size() == 1);
    CHECK(tab.store.log().size() == 1);
}

// ---- What is kept is taken from under an open tab ---------------------------------------------------------

namespace {

enum class Loss { wiped, older, another };
constexpr Loss losses[] = {Loss::wiped, Loss::older, Loss::another};

// A history that no tab of the test wrote.
const SimulatedDisk::Files& another_history() {
    static const auto files = [] {
        const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
        Tab tab{disk, 8};
        for (int i = 0; i < 2; ++i) tab.add("x" + std::to_string(i));
        disk->settle();
        return disk->files;
    }();
    return files;
}

// The products of every history that lies on the disk: the one in use, and those set aside.
std::set<std::string> found_on(const SimulatedDisk& disk) {
    std::set<std::string> found;
    for (const auto& [product, count] : products_on(disk)) found.insert(product);
    for (const auto& [name, text] : disk.files) {
        if (!name.starts_with(aside_folder)) continue;
        const WorkspaceLog empty;
        const auto report = compare_bundle(empty, text);
        REQUIRE(report.has_value());
        for (const auto& [product, _] : report->added.workspace().products) found.insert(product);
    }
    return found;
}

// Nothing that a living tab was told as saved is gone without words; and when every tab has done what the words offer,
// all of it is kept, once, in the history in use or in one set aside.
void comes_back(SimulatedDisk& disk, const std::vector<Tab*>& tabs) {
    for (Tab* tab : tabs) tab->store.refresh([](Result<> result) { REQUIRE(result.has_value()); });
    disk.settle();
    const auto kept = read_disk(disk).log.workspace().products;
    for (Tab* tab : tabs) {
        for (const std::string& product : tab->saved) {
            REQUIRE(tab->store.log().workspace().products.contains(product));
            REQUIRE((kept.contains(product) || tab->store.condition().parted.has_value()));
        }
    }
    for (Tab* tab : tabs) {
        for (int turn = 0; turn < 2; ++turn) {
            tab->store.refresh([](Result<> result) { REQUIRE(result.has_value()); });
            disk.settle();
            const auto parted = tab->store.condition().parted;
            if (!parted) break;
            std::optional<Result<>> done;
            const auto told = [&](Result<> result) { done = std::move(result); };
            parted->can_write_back() ? tab->store.write_back(told) : tab->store.set_aside(told);
            disk.settle();
            REQUIRE(done.has_value());
            REQUIRE(done->has_value());
        }
        REQUIRE_FALSE(tab->store.condition().parted.has_value());
        tab->store.retry();
        disk.settle();
        REQUIRE(tab->store.unsaved() == 0);
    }
    // What was written onto another history is named as damage, and set aside by the next change.
    tabs.front()->add("last");
    disk.settle();
    REQUIRE(tabs.front()->saved.contains("last"));
    const auto found = found_on(disk);
    for (Tab* tab : tabs)
        for (const std::string& product : tab->saved) REQUIRE(found.contains(product));
    for (const auto& [product, count] : products_on(disk)) REQUIRE(count == 1);
}

// The loss happens before one step of two tabs' work. False where the work was over before that step.
bool survives_loss(Saving saving, Loss loss, std::size_t step) {
    const auto disk = std::make_shared<SimulatedDisk>(saving, step);
    Tab one{disk, 1};
    Tab two{disk, 2};
    one.add("first");
    disk->settle();
    const auto older = disk->files;
    one.add("second");
    disk->settle();
    const std::size_t begin = disk->steps;
    disk->meddle = [&](std::size_t now, SimulatedDisk::Files& files) {
        if (now != begin + step) return;
        files = loss == Loss::wiped ? SimulatedDisk::Files{} : loss == Loss::older ? older : another_history();
    };
    for (int i = 0; i < 2; ++i) one.add("a" + std::to_string(i)), two.add("b" + std::to_string(i));
    disk->settle();
    const bool reached = disk->steps >= begin + step;
    INFO("loss " << static_cast<int>(loss) << " at step " << step);
    comes_back(*disk, {&one, &two});
    return reached;
}

}  // namespace

TEST_CASE(
    "At whatever step what is kept is wiped, set back or exchanged, what a tab holds is never dropped and comes back") {
    for (const Saving saving : savings) {
        for (const Loss loss : losses) {
            std::size_t step = 1;
            while (survives_loss(saving, loss, step)) ++step;
            CHECK(step > 15);
        }
    }
}

TEST_CASE("Random losses among random failures leave nothing unsaid and nothing lost") {
    for (std::uint64_t seed = 1; seed <= histories(2'000); ++seed) {
        INFO("seed " << seed);
        Random random{seed};
        const auto disk = std::make_shared<SimulatedDisk>(seed % 2 ? Saving::whole_tree : Saving::at_once, seed);
        std::vector<SimulatedDisk::Files> earlier{{}};
        disk->fault = [&](std::size_t) -> std::optional<Fault> {
            return random() % 50 == 0 ? std::optional(random() % 2 ? Fault::fails : Fault::fails_late) : std::nullopt;
        };
        disk->meddle = [&](std::size_t, SimulatedDisk::Files& files) {
            const auto roll = random() % 150;
            if (roll == 0) files.clear();
            if (roll == 1) files = earlier[random() % earlier.size()];
            if (roll == 2) files = another_history();
        };
        std::vector<std::unique_ptr<Tab>> tabs;
        const bool is_long = seed % 8 == 0;  // long enough to fold files and to make snapshots
        for (std::uint64_t i = 0; i < 3; ++i)
            tabs.push_back(std::make_unique<Tab>(disk, i + 1, is_long ? few : Sizes{}));
        for (int round = 0; round < (is_long ? 20 : 6); ++round) {
            Tab& tab = *tabs[random() % tabs.size()];
            tab.add("p" + std::to_string(round));
            if (random() % 3 != 0) disk->settle();
            if (random() % 4 == 0) earlier.push_back(disk->files);
            if (random() % 6 == 0) tab.store.write_back([](Result<>) {});
        }
        disk->settle();
        disk->fault = [](std::size_t) { return std::nullopt; };
        disk->meddle = [](std::size_t, SimulatedDisk::Files&) {};
        std::vector<Tab*> all;
        for (const auto& tab : tabs) {
            if (!tab->opened->has_value()) tab->store.open([](Result<> result) { REQUIRE(result.has_value()); });
            all.push_back(tab.get());
        }
        disk->settle();
        comes_back(*disk, all);
    }
}

TEST_CASE("What is written back is read again, and a tab that reads something else goes on holding it") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    Tab tab{disk, 1};
    for (int i = 0; i < 3; ++i) tab.add("p" + std::to_string(i));
    disk->settle();
    disk->files.clear();
    tab.add("q");
    disk->settle();
    CHECK(tab.errors == std::vector<std::string>{"not_saved"});
    REQUIRE(tab.store.condition().parted.has_value());
    CHECK(*tab.store.condition().parted ==
          Parted{.held = 3, .kept = 0, .common = 0, .held_until = tab.store.log().last_at(), .kept_until = {}});
    CHECK(disk->files.empty());  // “Try to save again” neither adopts the empty store nor writes to it
    tab.store.retry();
    disk->settle();
    CHECK(tab.store.log().size() == 3);
    CHECK(disk->files.empty());

    // The disk gives back other bytes than it was given.
    const std::size_t saves = disk->saves;
    disk->meddle = [&](std::size_t, SimulatedDisk::Files& files) {
        if (disk->saves > saves && !files.empty()) files.begin()->second[70] = '?';
    };
    std::optional<Result<>> done;
    tab.store.write_back([&](Result<> result) { done = std::move(result); });
    disk->settle();
    REQUIRE(done.has_value());
    CHECK_FALSE(done->has_value());
    CHECK(tab.store.log().size() == 3);
    REQUIRE(tab.store.condition().parted.has_value());

    disk->meddle = [](std::size_t, SimulatedDisk::Files&) {};
    tab.store.write_back([&](Result<> result) { done = std::move(result); });
    disk->settle();
    REQUIRE(done->has_value());
    CHECK_FALSE(tab.store.condition().parted.has_value());
    CHECK(tab.saved.contains("q"));  // what could not be saved meanwhile was tried again
    CHECK(products_on(*disk).size() == 4);
}

TEST_CASE("Where the browser keeps another history both are kept: the tab's is set aside, whole, and can be read") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    Tab tab{disk, 1};
    for (int i = 0; i < 3; ++i) tab.add("p" + std::to_string(i));
    disk->settle();
    const std::string backup = tab.store.backup();
    disk->files = another_history();
    tab.store.refresh([](Result<>) {});
    disk->settle();
    REQUIRE(tab.store.condition().parted.has_value());
    CHECK_FALSE(tab.store.condition().parted->can_write_back());
    CHECK(tab.store.condition().parted->kept == 2);
    CHECK(tab.store.log().size() == 3);
    CHECK(tab.store.backup() == backup);
    std::optional<Result<>> done;
    tab.store.write_back([&](Result<> result) { done = std::move(result); });
    disk->settle();
    REQUIRE(done.has_value());
    CHECK(done->error().code == "diverged");
    tab.store.set_aside([&](Result<> result) { done = std::move(result); });
    disk->settle();
    CHECK(done->has_value());
    CHECK(tab.store.log().size() == 2);
    REQUIRE(tab.store.condition().asides.size() == 1);
    std::string aside;
    tab.store.read_aside(tab.store.condition().asides[0], [&](Result<std::string> text) { aside = text.value_or(""); });
    disk->settle();
    CHECK(aside == backup);
}

TEST_CASE("A restored workspace that is then wiped is a loss again, whatever was erased before") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    Tab tab{disk, 1};
    tab.add("p");
    disk->settle();
    const std::string backup = tab.store.backup();
    tab.store.erase([](Result<> result) { CHECK(result.has_value()); });
    disk->settle();
    const auto after_erasure = disk->files;
    tab.store.restore(backup, [](Result<Committed> result) { CHECK(result.has_value()); });
    disk->settle();
    CHECK(std::ranges::none_of(disk->files, [](const auto& file) { return file.first.starts_with(erased_folder); }));
    disk->files.clear();
    tab.store.refresh([](Result<>) {});
    disk->settle();
    CHECK(tab.store.condition().parted.has_value());
}

TEST_CASE("An erasure right after one's own write is seen") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    Tab tab{disk, 1};
    Tab other{disk, 2};
    tab.add("p");
    disk->settle();
    REQUIRE(tab.store.log().size() == 1);
    other.store.erase([](Result<> result) { CHECK(result.has_value()); });
    disk->settle();
    CHECK(tab.store.log().size() == 0);
    CHECK(tab.store.condition().replaced.has_value());
}

TEST_CASE("A store that is gone hears nothing of what was under way") {
    const auto disk = std::make_shared<SimulatedDisk>(Saving::whole_tree);
    auto tab = std::make_unique<Tab>(disk, 1);
    tab->add("p");
    tab.reset();
    disk->settle();
    CHECK(disk->files.empty());
}
