#include "journal/store.h"

#include "base/sha256.h"
#include "journal/bundle.h"
#include "journal/erasure.h"
#include "journal/memory_medium.h"
#include "journal/packed.h"
#include "journal/segments.h"

#include <algorithm>
#include <cassert>
#include <deque>
#include <iterator>

namespace ca::journal {
namespace {

constexpr int attempts_max = 2;

Error newer_format(const WorkspaceLog& log) {
    return {"read_only",
            "This workspace was written by a newer version of the portal, so it can be read here but not changed. "
            "Reload the page to get the newer version. (Event " +
                std::to_string(log.size() + 1) + ": " + log.unread_why() + ")",
            "event " + std::to_string(log.size() + 1)};
}

Error not_saved(const Error& error) {
    return {"not_saved",
            "This has not been saved. " + error.message + " It is kept on this page: try again before you leave it.",
            error.code};
}

Error erased_elsewhere() {
    return {"replaced",
            "The workspace was erased in another tab or by another program. What is shown now is what is kept now.",
            {}};
}

// Why nothing is written while this tab holds what is not kept.
Error parted_words() {
    return {"parted",
            "What was kept of this workspace is not there any more. The message at the top of the page says what can "
            "be done.",
            {}};
}

Parted compare(const WorkspaceLog& held, const WorkspaceLog& kept) {
    Parted parted{
        .held = held.total(), .kept = kept.total(), .held_until = held.last_at(), .kept_until = kept.last_at()};
    const std::size_t shorter = std::min(parted.held, parted.kept);
    while (parted.common < shorter && held.hash_of_line(parted.common + 1) == kept.hash_of_line(parted.common + 1))
        ++parted.common;
    return parted;
}

bool goes_on_from(const WorkspaceLog& log, const WorkspaceLog& earlier) {
    return log.total() >= earlier.total() && log.head_of_line(earlier.total()) == earlier.last_head();
}

std::string aside_name(const WorkspaceLog& log) {
    return std::string(aside_folder) + std::to_string(log.total()) + "-" + log.last_hash() + ".jsonl";
}

}  // namespace

// ---- Jobs -------------------------------------------------------------------------------------------------

struct Store::Work : std::enable_shared_from_this<Store::Work> {
    // One thing to be done in one cycle: lock, pull, load, act, push, unlock.
    struct Job {
        virtual ~Job() = default;
        // An attempt: with the lock held and the journal as it is kept.
        virtual void begin(Work&) {}
        // Works towards act(); false: it goes on in Store::go_on().
        virtual bool prepare(Work&) { return true; }
        // After it. Writes to the medium; whether it wrote anything. An error
        // is the medium's and is tried again; a refusal is the job's own outcome, for finish() to tell.
        virtual Result<bool> act(Work&) = 0;
        virtual void landed(Work&) {}  // what act() wrote is safe
        virtual void finish(Work&, Result<>) = 0;
        virtual bool is_write() const { return false; }
        virtual bool tells_others() const { return false; }
    };
    struct Refresh;
    struct Write;
    struct Commit;
    struct AtOnce;
    struct InSteps;
    struct Adopt;
    struct Restore;
    struct Erase;
    struct Fold;
    struct BeginSnapshot;
    struct Snapshot;
    struct Checked;
    struct WriteBack;
    struct SetAside;
    struct ReadAside;

    std::unique_ptr<Medium> medium;
    std::function<std::string()> new_id;
    Sizes sizes;
    Loaded loaded;                     // what is kept
    std::optional<WorkspaceLog> held;  // what this tab holds and shows, where what is kept does not go on from it
    Condition condition;
    std::function<void()> listener, more;
    bool is_asked = false;  // `more`, and go_on() has not come yet
    std::deque<std::shared_ptr<Job>> queue;
    std::shared_ptr<Job> running;
    std::optional<SnapshotMaking> making;                     // between two cycles
    std::map<std::string, std::string, std::less<>> written;  // the hashes of long files that this store wrote, by name
    std::optional<int> preparing;  // which attempt at it, while reading or its prepare() goes on in go_on()
    std::optional<Sliced<Result<Change>>> reading;
    LoadProgress read_so_far;
    std::vector<std::shared_ptr<Commit>> held_back;
    Ticket tickets = 0;  // given so far
    bool pumping = false;
    bool changed = false;  // since the listener was last told

    // A callback for the medium that does nothing once the store is gone.
    template<typename F>
    Medium::Done back(F then) {
        return [weak = weak_from_this(), then = std::move(then)](Result<> result) {
            if (const auto self = weak.lock()) then(*self, std::move(result));
        };
    }

    void add(std::shared_ptr<Job> job) {
        queue.push_back(std::move(job));
        pump();
    }
    // A loop, not a recursion: a medium that reports before it returns would else deepen the stack with every job that
    // waits.
    void pump() {
        if (pumping) return;
        pumping = true;
        while (!running && !queue.empty()) {
            running = std::move(queue.front());
            queue.pop_front();
            attempt(1);
        }
        pumping = false;
        if (making && !running) ask_for_more();  // it gave way
    }
    void ask_for_more() {
        if (more && !std::exchange(is_asked, true)) more();
    }

    void attempt(int number) {
        medium->lock(back([number](Work& self, Result<> locked) {
            if (!locked) return self.settle(number, std::move(locked), false);
            self.medium->pull(
                self.back([number](Work& self, Result<> pulled) { self.pulled(number, std::move(pulled)); }));
        }));
    }
    void pulled(int number, Result<> pulled) {
        if (!pulled) return release(number, std::move(pulled), false);
        auto names = medium->list();
        if (!names) return release(number, std::unexpected(names.error()), false);
        reading.emplace(load_sliced(
            loaded, *std::move(names), [this](std::string_view name) { return medium->read(name); }, sizes,
            read_so_far));
        read(number);
    }
    void read(int number) {
        while (!reading->go_on()) {
            if (!more) continue;
            preparing = number;
            return ask_for_more();
        }
        const auto change = std::move(*reading).value();
        reading.reset();
        if (!change) return release(number, std::unexpected(change.error()), false);
        look_at_what_was_read(*change);
        running->begin(*this);
        act(number);
    }
    void act(int number) {
        while (!running->prepare(*this)) {
            if (!more) continue;
            preparing = number;
            return ask_for_more();
        }
        const auto wrote = running->act(*this);
        if (!wrote) return release(number, std::unexpected(wrote.error()), false);
        if (!*wrote) return release(number, {}, false);
        medium->push(back([number](Work& self, Result<> pushed) {
            if (pushed) self.running->landed(self);
            const bool news = pushed && self.running->tells_others();
            self.release(number, std::move(pushed), news);
        }));
    }
    void release(int number, Result<> result, bool news) {
        if (result) let_go();
        medium->unlock();
        settle(number, std::move(result), news);
    }
    void settle(int number, Result<> result, bool news) {
        if (news) medium->announce();
        if (!result && result.error().code == "not_available" && condition.keeping == Keeping::closed) {
            medium = std::make_unique<MemoryMedium>();
            condition.keeping = Keeping::memory_only;
            condition.reason = std::move(result.error());
            changed = true;
            return attempt(1);
        }
        if (!result && result.error().code == "let_go") {
            medium->forget();
            return attempt(number);
        }
        if (!result && result.error().code == "storage_failed" && number < attempts_max) {
            medium->reconnect();
            return attempt(number + 1);
        }
        const auto job = std::move(running);
        running = nullptr;
        tell();
        job->finish(*this, std::move(result));
        pump();
    }
    void tell() {
        if (std::exchange(changed, false) && listener) listener();
    }

    void look_at_what_was_read(Change change) {
        const Condition before = condition;
        if (condition.keeping != Keeping::memory_only) {
            const bool sound = loaded.log.unread_lines().empty();
            condition.keeping = sound ? Keeping::kept : Keeping::read_only;
            condition.reason = sound ? std::nullopt : std::optional(newer_format(loaded.log));
        }
        if (loaded.damage) condition.damage = loaded.damage;
        if (change == Change::grown) condition.replaced.reset();  // work goes on
        auto known = std::exchange(loaded.before, std::nullopt);
        if (change == Change::replaced && !held) held = std::move(known);
        if (held) {
            const bool erased = was_erased(*held);
            if (erased) condition.replaced = erased_elsewhere();
            if (erased || goes_on_from(loaded.log, *held)) held.reset();
        }
        condition.parted = held ? std::optional(compare(*held, loaded.log)) : std::nullopt;
        condition.asides = loaded.asides;
        condition.files_set_aside = loaded.quarantine.size();
        changed = changed || change != Change::none || before != condition;
    }

    // What a snapshot stands for is read again only where something has happened to it.
    void let_go() {
        if (held || loaded.damage || !loaded.bad_files.empty()) return;
        for (const Segment& segment : loaded.segments)
            if (segment.last <= loaded.snapshot_covers && segment.count() >= sizes.small_segment_events_max)
                medium->let_go(to_file_name(segment));
        for (const std::string& name : loaded.snapshots) medium->let_go(name);
    }

    const WorkspaceLog& shown() const { return held ? *held : loaded.log; }
    // On purpose: a mark says so. What cannot be read says nothing, and then nothing is dropped.
    bool was_erased(const WorkspaceLog& log) {
        return std::ranges::any_of(loaded.erasures, [&](const std::string& mark) {
            const auto text = medium->read(mark);
            return text && names_whole(*text, log);
        });
    }
    // A mark of what is there again would hide its next loss.
    Result<> remove_undone(const WorkspaceLog& log, const Sealed* next = nullptr) {
        for (const std::string& mark : loaded.erasures) {
            if (is_undone(mark, log, next)) CA_TRY_VOID(medium->remove(mark));
        }
        return {};
    }
    Result<> repair() {
        const Repair repair = plan_repair(loaded);
        for (const Segment& keep : repair.keep)
            CA_TRY_VOID(medium->write(to_file_name(keep), segment_file(loaded.log, keep)));
        for (const auto& [from, to] : repair.moves) CA_TRY_VOID(medium->move(from, to));
        return {};
    }
    void retry();

    bool waits(auto&& which) const {
        return std::ranges::any_of(queue, [&](const auto& job) { return which(*job); });
    }
    void refresh_soon();
    void fold_soon();
    void make_snapshot(SnapshotMaking);
    void go_on_making();
};

struct Store::Work::Refresh : Job {
    explicit Refresh(Done done, bool opens) : done(std::move(done)), opens(opens) {}
    Result<bool> act(Work& work) override {
        if (opens) work.changed = false;  // the caller is told by `done`
        return false;
    }
    void finish(Work& work, Result<> result) override {
        if (!result && opens) {
            work.condition.keeping = Keeping::closed;
            work.condition.reason = result.error();
        }
        if (done) done(std::move(result));
        work.fold_soon();
    }
    Done done;
    bool opens;
};

// What adds entries, after setting aside what is damaged.
struct Store::Work::Write : Job {
    Write(CommitDone done, Ticket ticket) : done(std::move(done)), ticket(ticket) {}
    // Seals the entries to add, or some of them, or none; true: these were all. An error is the refusal.
    virtual Result<bool> seal(Work&, Sealed&) = 0;

    void begin(Work& work) override {
        refusal = std::exchange(given_up, std::nullopt);
        place = {work.loaded.log.size(), 0};
        writing.reset();
        sealed.emplace(work.loaded.log);
    }
    bool prepare(Work& work) override {
        if (work.held || refusal) return true;
        if (writing) return go_on_writing();
        const WorkspaceLog& log = work.loaded.log;
        auto all = log.unread_lines().empty() ? seal(work, *sealed) : std::unexpected(newer_format(log));
        if (all && *all && !sealed->check()) all = std::unexpected(sealed->check().error());
        if (!all) refusal = std::move(all.error());
        if (refusal) return true;
        if (!*all) return false;
        writing.emplace(sealed->file_sliced());
        return go_on_writing();
    }
    bool go_on_writing() {
        if (!writing->go_on()) return false;
        file = std::move(*writing).value();
        writing.reset();
        return true;
    }
    Result<bool> act(Work& work) override {
        if (refusal) return false;
        if (work.held) return std::unexpected(parted_words());
        if (sealed->empty()) return false;
        CA_TRY_VOID(work.repair());
        CA_TRY_VOID(work.remove_undone(work.loaded.log, &*sealed));
        place.count = sealed->size();
        segment = {place.first + 1, place.first + place.count, sealed->head()};
        CA_TRY_VOID(work.medium->write(to_file_name(segment), std::exchange(file, {})));
        // Of a short one no snapshot is made: it is folded into others.
        if (segment.count() >= work.sizes.small_segment_events_max)
            work.written.insert_or_assign(to_file_name(segment), sealed->file_sha256());
        return true;
    }
    void landed(Work& work) override {
        Loaded& loaded = work.loaded;
        loaded.log.append(*std::exchange(sealed, std::nullopt));
        loaded.segments.push_back(segment);
        work.condition.replaced.reset();
        if (!loaded.bad_files.empty()) {
            work.condition.files_set_aside += loaded.bad_files.size();
            loaded.bad_files.clear();
            loaded.damage.reset();
            loaded.first_bad = 0;
        }
        loaded.seen.reset();  // the next load lists them all again
    }
    void finish(Work& work, Result<> result) override {
        writing.reset();
        sealed.reset();
        if (!result) {
            fail(work, not_saved(result.error()));
        } else if (refusal) {
            done(std::unexpected(*refusal));
        } else {
            done(place);
            work.fold_soon();
        }
    }
    virtual void fail(Work&, Error error) { done(std::unexpected(std::move(error))); }
    bool is_write() const override { return true; }
    bool tells_others() const override { return true; }

    CommitDone done;
    Ticket ticket;  // 0: what was not saved is not held for a retry
    std::optional<Error> refusal;
    std::optional<Error> given_up;               // before it began
    std::optional<Sealed> sealed;                // while it is under way
    std::optional<Sliced<std::string>> writing;  // its file
    std::string file;
    Segment segment;
    Committed place;
};

// What gives its entries ids of its own, and is held where it could not be saved.
struct Store::Work::Commit : Write, std::enable_shared_from_this<Store::Work::Commit> {
    using Write::Write;
    // What is to be recorded, or some of it; true: that was all.
    virtual Result<bool> go_on(lifecycle::Recording&) = 0;

    void begin(Work& work) override {
        Write::begin(work);
        recording.emplace(work.new_id, *sealed);
    }
    Result<bool> seal(Work& work, Sealed& into) override {
        // An attempt that was reported as failed may have been saved all the same.
        if (into.empty() && !last_try.first_id.empty()) {
            if (const auto first = work.loaded.log.find(last_try.first_id); first != 0) {
                place = {first - 1, last_try.count};
                return true;
            }
        }
        const auto all = go_on(*recording);
        if (!into.empty()) last_try = {recording->first_id, into.size()};
        return all;
    }
    void fail(Work& work, Error error) override {
        if (ticket != 0) work.held_back.push_back(shared_from_this());
        done(std::unexpected(std::move(error)));
    }

private:
    struct Recording final : lifecycle::Recording {
        Recording(const std::function<std::string()>& new_id, Sealed& into) : new_id(new_id), into(into) {}
        const lifecycle::Workspace& workspace() const override { return into.workspace(); }
        void record(const lifecycle::Event& event) override {
            const std::string id = new_id();
            if (into.empty()) first_id = id;
            into.add(id, event);
        }
        const std::function<std::string()>& new_id;
        Sealed& into;
        std::string first_id;
    };
    std::optional<Recording> recording;
    struct {
        std::string first_id;
        std::size_t count = 0;
    } last_try;
};

struct Store::Work::AtOnce : Commit {
    AtOnce(Decide decide, CommitDone done, Ticket ticket)
        : Commit(std::move(done), ticket), decide(std::move(decide)) {}
    Result<bool> go_on(lifecycle::Recording& recording) override {
        for (const auto& event : CA_TRY(decide(recording.workspace()))) recording.record(event);
        return true;
    }
    Decide decide;
};

struct Store::Work::InSteps : Commit {
    InSteps(Begin start, CommitDone done, Ticket ticket) : Commit(std::move(done), ticket), start(std::move(start)) {}
    void begin(Work& work) override {
        Commit::begin(work);
        steps = start();
    }
    Result<bool> go_on(lifecycle::Recording& recording) override { return steps->go_on(recording); }
    void finish(Work& work, Result<> result) override {
        steps.reset();
        Commit::finish(work, std::move(result));
    }
    Begin start;
    std::unique_ptr<lifecycle::Steps> steps;  // while it is under way
};

struct Store::Work::Adopt : Write {
    Adopt(std::string lines, CommitDone done) : Write(std::move(done), 0), lines(std::move(lines)) {}
    Result<bool> seal(Work&, Sealed& into) override {
        for (std::string_view left = lines; !left.empty();) {
            const auto line = left.substr(0, left.find('\n'));
            CA_TRY(into.add_line(line));
            left.remove_prefix(std::min(left.size(), line.size() + 1));
        }
        return true;
    }
    std::string lines;
};

struct Store::Work::Restore : Write {
    Restore(std::string backup, CommitDone done) : Write(std::move(done), 0), backup(std::move(backup)) {}
    Result<bool> seal(Work& work, Sealed& into) override {
        into = CA_TRY(compare_bundle(work.loaded.log, backup)).added;
        return true;
    }
    std::string backup;
};

struct Store::Work::Erase : Job {
    explicit Erase(Done done) : done(std::move(done)) {}
    Result<bool> act(Work& work) override {
        auto names = CA_TRY(work.medium->list());
        std::erase_if(names, [](const std::string& name) { return name.starts_with(erased_folder); });
        for (const WorkspaceLog* log : {&work.loaded.log, work.held ? &*work.held : nullptr}) {
            if (log == nullptr || log->total() == 0) continue;
            const Erasure mark = erasure_of(*log);
            CA_TRY_VOID(work.medium->write(mark.name, mark.text));
        }
        for (const std::string& name : names) CA_TRY_VOID(work.medium->remove(name));
        return !names.empty() || work.held.has_value();
    }
    void landed(Work& work) override {
        work.loaded = {};
        work.held.reset();
        work.condition.parted.reset();
        work.condition.asides.clear();
        work.condition.damage.reset();
        work.condition.files_set_aside = 0;
        if (work.condition.keeping == Keeping::read_only) work.condition = {.keeping = Keeping::kept};
    }
    void finish(Work& work, Result<> result) override {
        if (result) {
            work.held_back.clear();
        } else {
            result.error().message = "The workspace has not been erased. " + result.error().message;
        }
        done(std::move(result));
    }
    bool is_write() const override { return true; }
    bool tells_others() const override { return true; }
    Done done;
};

// Folds small files into one, or, where that was done, removes what they hold twice. Two cycles, so that nothing is
// removed before what replaces it is safe and was read back.
struct Store::Work::Fold : Job {
    Result<bool> act(Work& work) override {
        const Loaded& loaded = work.loaded;
        const Upkeep plan = plan_upkeep(loaded, work.sizes);
        if (!plan.fold.empty()) {
            for (const Segment& segment : plan.fold) {
                CA_TRY_VOID(work.medium->write(to_file_name(segment), segment_file(loaded.log, segment)));
            }
            return true;
        }
        for (const Segment& segment : loaded.segments) {
            const auto stands_for = [&](const Segment& each) {
                return each.first <= segment.last && segment.first <= each.last;
            };
            if (std::ranges::find(plan.redundant, segment) != plan.redundant.end() ||
                std::ranges::none_of(plan.redundant, stands_for))
                continue;
            if (!is_segment(loaded.log, segment, CA_TRY(work.medium->read(to_file_name(segment))))) {
                return ca::fail("storage_failed",
                                "The file " + to_file_name(segment) + " does not read as it was written.");
            }
        }
        for (const Segment& segment : plan.redundant) CA_TRY_VOID(work.medium->remove(to_file_name(segment)));
        return !plan.redundant.empty();
    }
    void landed(Work& work) override {
        work.loaded.seen.reset();
        wrote = true;
    }
    void finish(Work& work, Result<> result) override {
        work.condition.upkeep = result ? std::nullopt : std::optional(result.error());
        if (wrote && result) work.add(std::make_shared<Fold>());
    }
    bool wrote = false;
};

// Reads the files that a snapshot is due of; it is made after that, while others have their turn.
struct Store::Work::BeginSnapshot : Job {
    void begin(Work& work) override {
        files = plan_snapshot(work.loaded, work.sizes);
        covered.clear();
        text.reset();
    }
    bool prepare(Work& work) override {
        if (covered.size() == files.size()) return true;
        const std::string name = to_file_name(files[covered.size()]);
        if (!text) {
            auto read = work.medium->read(name);
            if (!read) trouble = read.error();
            if (!read) return true;
            text = *std::move(read);
            hash = {};
            hashed = 0;
        }
        constexpr std::size_t bytes_a_step = 4u * 1024 * 1024;
        const std::string_view piece = std::string_view(*text).substr(hashed, bytes_a_step);
        hash.update(piece);
        hashed += piece.size();
        if (hashed < text->size()) return false;
        const std::string sha256 = to_hex(hash.finish());
        const auto written = work.written.find(name);
        const bool is_sound = written != work.written.end() ? written->second == sha256
                                                            : is_segment(work.loaded.log, files[covered.size()], *text);
        if (!is_sound) trouble = Error{"storage_failed", "The file " + name + " does not read as it was written.", {}};
        text.reset();
        covered.push_back({name, sha256});
        return trouble.has_value() || covered.size() == files.size();
    }
    Result<bool> act(Work&) override {
        if (trouble) return std::unexpected(*std::exchange(trouble, std::nullopt));
        return false;
    }
    void finish(Work& work, Result<> result) override {
        work.condition.upkeep = result ? std::nullopt : std::optional(result.error());
        if (!result) work.loaded.snapshot_covers = work.loaded.log.size();  // not again and again in this tab
        if (result && !covered.empty()) work.make_snapshot({work.loaded.log, std::move(covered)});
    }
    std::vector<Segment> files;
    std::vector<Covered> covered;
    std::optional<std::string> text;  // of the next
    Sha256 hash;
    std::size_t hashed = 0;
    std::optional<Error> trouble;
};

// Writes the snapshot that was made, and takes earlier ones away. Nothing depends on it.
struct Store::Work::Snapshot : Job {
    explicit Snapshot(SnapshotFile file) : file(std::move(file)) {}
    Result<bool> act(Work& work) override {
        CA_TRY_VOID(work.medium->write(file.name, file.bytes));
        for (const std::string& earlier : work.loaded.snapshots)
            if (earlier != file.name) CA_TRY_VOID(work.medium->remove(earlier));
        return true;
    }
    void landed(Work& work) override {
        Loaded& loaded = work.loaded;
        loaded.snapshot_covers = events_in_snapshot(file.name);
        loaded.snapshots = {file.name};
        loaded.seen.reset();
    }
    void finish(Work& work, Result<> result) override {
        work.condition.upkeep = result ? std::nullopt : std::optional(result.error());
        if (!result) work.loaded.snapshot_covers = work.loaded.log.size();  // not again and again in this tab
    }
    SnapshotFile file;
};

// What is written, and then read again from what is kept, every byte of it, before anybody is told.
struct Store::Work::Checked : Job, std::enable_shared_from_this<Store::Work::Checked> {
    explicit Checked(Done done) : done(std::move(done)) {}
    virtual Result<bool> write(Work&) = 0;  // as act()
    virtual Result<> check(Work&) = 0;      // in a cycle of its own, with everything read anew
    virtual void tell(Work&, Result<> result) { done(std::move(result)); }

    Result<bool> act(Work& work) override {
        if (!wrote) return write(work);
        CA_TRY_VOID(check(work));
        return false;
    }
    void landed(Work& work) override {
        work.loaded.seen.reset();
        wrote = true;
    }
    void finish(Work& work, Result<> result) override {
        if (!result || !wrote || std::exchange(check_is_asked_for, true)) return tell(work, std::move(result));
        work.medium->forget();
        work.queue.push_front(shared_from_this());
    }
    bool is_write() const override { return true; }
    bool tells_others() const override { return true; }
    Done done;
    bool wrote = false, check_is_asked_for = false;
};

struct Store::Work::WriteBack : Checked {
    using Checked::Checked;
    Result<bool> write(Work& work) override {
        if (!work.held) {
            wrote = count > 0;  // so it came to be saved after all; else another tab has done it
            return false;
        }
        const WorkspaceLog& held = *work.held;
        if (!work.condition.parted->can_write_back())
            return ca::fail("diverged", "What is kept now is another history, so nothing can be added to it.");
        count = held.total();
        head = held.last_head();
        CA_TRY_VOID(work.repair());
        CA_TRY_VOID(work.remove_undone(held));
        const Segment missing{work.loaded.log.total() + 1, count, head};
        CA_TRY_VOID(work.medium->write(to_file_name(missing), segment_file(held, missing)));
        return true;
    }
    Result<> check(Work& work) override {
        // From nothing: what this tab knows of it says nothing of what is kept.
        Loaded found;
        auto names = CA_TRY(work.medium->list());
        std::erase_if(names, [](const std::string& name) { return name.starts_with(snapshot_folder); });
        CA_TRY_VOID(load(found, std::move(names), [&](std::string_view name) { return work.medium->read(name); }));
        if (found.log.total() >= count && found.log.head_of_line(count) == head) return {};
        if (!work.held) work.held = std::move(work.loaded.log);
        work.loaded = std::move(found);
        work.condition.parted = compare(*work.held, work.loaded.log);
        work.changed = true;
        return ca::fail("storage_failed",
                        "What was written back does not read as it was written. This tab still holds it all.");
    }
    void tell(Work& work, Result<> result) override {
        if (result) work.retry();
        Checked::tell(work, std::move(result));
    }
    std::size_t count = 0;  // events that were to be there
    std::string head;       // after the last
};

// What this tab holds goes into a file of its own, and what is kept is shown.
struct Store::Work::SetAside : Checked {
    using Checked::Checked;
    Result<bool> write(Work& work) override {
        if (!work.held) return false;
        name = aside_name(*work.held);
        text = to_bundle(*work.held);
        CA_TRY_VOID(work.medium->write(name, text));
        return true;
    }
    Result<> check(Work& work) override {
        if (CA_TRY(work.medium->read(name)) != text)
            return ca::fail("storage_failed",
                            "What was set aside does not read as it was written. This tab still holds it all.");
        work.held.reset();
        work.condition.parted.reset();
        work.changed = true;
        return {};
    }
    void tell(Work& work, Result<> result) override {
        if (result) work.retry();
        Checked::tell(work, std::move(result));
    }
    std::string name, text;
};

struct Store::Work::ReadAside : Job {
    ReadAside(std::string name, std::function<void(Result<std::string>)> done)
        : name(std::move(name)), done(std::move(done)) {}
    Result<bool> act(Work& work) override {
        text = CA_TRY(work.medium->read(name));
        return false;
    }
    void finish(Work&, Result<> result) override {
        if (!result) return done(std::unexpected(std::move(result.error())));
        done(std::move(text));
    }
    std::string name, text;
    std::function<void(Result<std::string>)> done;
};

void Store::Work::retry() { std::ranges::move(std::exchange(held_back, {}), std::back_inserter(queue)); }

void Store::Work::refresh_soon() {
    // Whatever waits will read what is new before it does anything else.
    if (queue.empty()) add(std::make_shared<Refresh>(nullptr, false));
}

void Store::Work::fold_soon() {
    if (!queue.empty() || held || making || condition.keeping != Keeping::kept) return;
    const Upkeep plan = plan_upkeep(loaded, sizes);
    if (!plan.fold.empty() || !plan.redundant.empty()) return add(std::make_shared<Fold>());
    if (loaded.snapshot) make_snapshot(*std::exchange(loaded.snapshot, std::nullopt));
    else if (!plan_snapshot(loaded, sizes).empty()) add(std::make_shared<BeginSnapshot>());
}

void Store::Work::make_snapshot(SnapshotMaking begun) {
    making.emplace(std::move(begun));
    if (more) ask_for_more();
    else go_on_making();
}

void Store::Work::go_on_making() {
    while (!making->go_on())
        if (more) return ask_for_more();
    // Of a journal that was exchanged meanwhile it is of no use.
    const bool is_of_this =
        making->events() <= loaded.log.size() && loaded.log.head_at(making->events()) == making->head();
    std::optional<SnapshotFile> made;
    if (is_of_this) made = std::move(*making).file();
    making.reset();
    if (made) add(std::make_shared<Snapshot>(*std::move(made)));
}

// ---- The store --------------------------------------------------------------------------------------------

Store::Store(std::unique_ptr<Medium> medium, std::function<std::string()> new_id, const Sizes& sizes)
    : work_(std::make_shared<Work>()) {
    work_->sizes = sizes;
    work_->medium = std::move(medium);
    work_->new_id = std::move(new_id);
}

Store::~Store() = default;

void Store::open(Done done) {
    work_->medium->on_announcement([weak = std::weak_ptr(work_)] {
        if (const auto work = weak.lock()) work->refresh_soon();
    });
    work_->add(std::make_shared<Work::Refresh>(std::move(done), true));
}

Store::Ticket Store::commit(Decide decide, CommitDone done) {
    const auto ticket = ++work_->tickets;
    work_->add(std::make_shared<Work::AtOnce>(std::move(decide), std::move(done), ticket));
    return ticket;
}

Store::Ticket Store::record(Begin begin, CommitDone done) {
    const auto ticket = ++work_->tickets;
    work_->add(std::make_shared<Work::InSteps>(std::move(begin), std::move(done), ticket));
    return ticket;
}

void Store::try_record(Begin begin, CommitDone done) {
    work_->add(std::make_shared<Work::InSteps>(std::move(begin), std::move(done), 0));
}

bool Store::go_on() {
    const auto work = work_;  // whoever hears that it is done may take the store away
    work->is_asked = false;
    if (const auto attempt = std::exchange(work->preparing, std::nullopt)) {
        if (work->reading) work->read(*attempt);
        else work->act(*attempt);
        work->pump();
    } else if (work->making && !work->running) {
        work->go_on_making();
    }
    return work->preparing.has_value() || work->making.has_value();
}

std::optional<lifecycle::Steps::Progress> Store::recording(Ticket ticket) const {
    const auto* steps = dynamic_cast<const Work::InSteps*>(work_->running.get());
    return steps && steps->ticket == ticket && work_->preparing && !work_->reading && steps->steps
               ? std::optional(steps->steps->progress())
               : std::nullopt;
}

void Store::give_up(Ticket ticket) {
    const auto work = work_;
    const auto is_it = [ticket](const std::shared_ptr<Work::Job>& job) {
        const auto* commit = dynamic_cast<const Work::Commit*>(job.get());
        return commit && commit->ticket == ticket;
    };
    const Error given_up{"given_up", "It was given up: nothing of it was recorded.", {}};
    if (const auto waits = std::ranges::find_if(work->queue, is_it); waits != work->queue.end()) {
        const auto job = std::dynamic_pointer_cast<Work::Commit>(*waits);
        work->queue.erase(waits);
        job->done(std::unexpected(given_up));
    } else if (work->preparing && is_it(work->running)) {
        auto& commit = dynamic_cast<Work::Commit&>(*work->running);
        if (work->reading) {
            commit.given_up = given_up;
        } else {
            commit.refusal = given_up;
            go_on();
        }
    } else {
        withdraw(ticket);
    }
}

void Store::refresh(Done done) { work_->add(std::make_shared<Work::Refresh>(std::move(done), false)); }

const WorkspaceLog& Store::log() const { return work_->shown(); }

const Condition& Store::condition() const { return work_->condition; }

std::optional<LoadProgress> Store::reading() const {
    return work_->reading ? std::optional(work_->read_so_far) : std::nullopt;
}

bool Store::saving() const {
    return (work_->running && work_->running->is_write()) ||
           work_->waits([](const Work::Job& job) { return job.is_write(); });
}

void Store::on_more(std::function<void()> listener) { work_->more = std::move(listener); }

void Store::on_change(std::function<void()> listener) { work_->listener = std::move(listener); }

std::size_t Store::unsaved() const { return work_->held_back.size(); }

void Store::retry() {
    work_->retry();
    work_->pump();
}

bool Store::holds(Ticket ticket) const {
    return std::ranges::any_of(work_->held_back, [&](const auto& commit) { return commit->ticket == ticket; });
}

void Store::withdraw(Ticket ticket) {
    std::erase_if(work_->held_back, [&](const auto& commit) { return commit->ticket == ticket; });
}

void Store::discard_unsaved() { work_->held_back.clear(); }

std::string Store::backup() const { return to_bundle(work_->shown()); }

void Store::restore(std::string backup, CommitDone done) {
    work_->add(std::make_shared<Work::Restore>(std::move(backup), std::move(done)));
}

void Store::adopt(std::string lines, CommitDone done) {
    work_->add(std::make_shared<Work::Adopt>(std::move(lines), std::move(done)));
}

void Store::erase(Done done) { work_->add(std::make_shared<Work::Erase>(std::move(done))); }

void Store::write_back(Done done) { work_->add(std::make_shared<Work::WriteBack>(std::move(done))); }

void Store::set_aside(Done done) { work_->add(std::make_shared<Work::SetAside>(std::move(done))); }

void Store::read_aside(std::string name, std::function<void(Result<std::string>)> done) {
    work_->add(std::make_shared<Work::ReadAside>(std::move(name), std::move(done)));
}

}  // namespace ca::journal
