#include "journal/store.h"

#include "journal/bundle.h"
#include "journal/memory_medium.h"
#include "journal/segments.h"

#include <algorithm>
#include <cassert>
#include <deque>

namespace ca::journal {
namespace {

constexpr int attempts_max = 2;

Error newer_format(const WorkspaceLog& log) {
    return {"read_only",
            "This workspace was written by a newer version of the portal, so it can be read here but not changed. Reload the page to get "
            "the newer version. (Event " + std::to_string(log.size() + 1) + ": " + log.unread_why() + ")",
            "event " + std::to_string(log.size() + 1)};
}

Error not_saved(const Error& error) {
    return {"not_saved", "This has not been saved. " + error.message + " It is kept on this page: try again before you leave it.",
            error.code};
}

// Both sides of the border: what is written must be what will be read.
Result<> check_readable(const Entry& entry) {
    const auto read = read_line(to_line(entry), entry.previous);
    if (read && read->entry == entry) return {};
    return fail("unwritable", "This cannot be recorded: " +
                                  (!read            ? read.error().message
                                   : read->foreign ? read->foreign->why
                                                   : std::string("it would not read back as it is.")),
                std::string(type_of(entry.event.body)));
}

}  // namespace

// ---- Jobs -----------------------------------------------------------------------------------------------------------------

struct Store::Work : std::enable_shared_from_this<Store::Work> {
    // One thing to be done in one cycle: lock, pull, load, act, push, unlock.
    struct Job {
        virtual ~Job() = default;
        // With the lock held and the journal as it is kept. Writes to the medium; whether it wrote anything. An error is the
        // medium's and is tried again; a refusal is the job's own outcome, for finish() to tell.
        virtual Result<bool> act(Work&) = 0;
        virtual void landed(Work&) {}  // what act() wrote is safe
        virtual void finish(Work&, Result<>) = 0;
        virtual bool is_write() const { return false; }
        virtual bool tells_others() const { return false; }
    };
    struct Refresh;
    struct Write;
    struct Commit;
    struct Restore;
    struct Erase;
    struct Fold;

    std::unique_ptr<Medium> medium;
    std::function<std::string()> new_id;
    Loaded loaded;
    Condition condition;
    std::function<void()> listener;
    std::deque<std::shared_ptr<Job>> queue;
    std::shared_ptr<Job> running;
    std::vector<std::shared_ptr<Job>> held;
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
    // A loop, not a recursion: a medium that reports before it returns would else deepen the stack with every job that waits.
    void pump() {
        if (pumping) return;
        pumping = true;
        while (!running && !queue.empty()) {
            running = std::move(queue.front());
            queue.pop_front();
            attempt(1);
        }
        pumping = false;
    }

    void attempt(int number) {
        medium->lock(back([number](Work& self, Result<> locked) {
            if (!locked) return self.settle(number, std::move(locked), false);
            self.medium->pull(self.back([number](Work& self, Result<> pulled) { self.pulled(number, std::move(pulled)); }));
        }));
    }
    void pulled(int number, Result<> pulled) {
        if (pulled) pulled = load_files();
        if (!pulled) return release(number, std::move(pulled), false);
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

    Result<> load_files() {
        auto names = CA_TRY(medium->list());
        const auto change = CA_TRY(load(loaded, std::move(names), [this](std::string_view name) { return medium->read(name); }));
        const Condition before = condition;
        if (condition.keeping != Keeping::memory_only) {
            const bool sound = loaded.log.unread_lines().empty();
            condition.keeping = sound ? Keeping::kept : Keeping::read_only;
            condition.reason = sound ? std::nullopt : std::optional(newer_format(loaded.log));
        }
        if (loaded.damage) condition.damage = loaded.damage;
        if (change == Change::replaced) {
            condition.replaced = Error{"replaced",
                                       "The workspace was erased or replaced in another tab, in another program, or by the browser. What "
                                       "is shown now is what is kept now.",
                                       {}};
        }
        condition.files_set_aside = loaded.quarantine.size();
        changed = changed || change != Change::none || before != condition;
        return {};
    }

    bool waits(auto&& which) const { return std::ranges::any_of(queue, [&](const auto& job) { return which(*job); }); }
    void refresh_soon();
    void fold_soon();
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
    explicit Write(CommitDone done) : done(std::move(done)) {}
    // The entries to add, or the refusal. An empty list: nothing to write.
    virtual Result<std::vector<Entry>> entries(Work&) = 0;

    Result<bool> act(Work& work) override {
        refusal.reset();
        sealed.clear();
        const WorkspaceLog& log = work.loaded.log;
        place = {log.size(), 0};
        auto next = log.unread_lines().empty() ? entries(work) : std::unexpected(newer_format(log));
        for (std::size_t i = 0; next && i < next->size(); ++i) {
            if (auto readable = check_readable((*next)[i]); !readable) next = std::unexpected(std::move(readable.error()));
        }
        if (!next) {
            refusal = std::move(next.error());
            return false;
        }
        if (next->empty()) return false;

        const Repair repair = plan_repair(work.loaded);
        if (repair.keep) CA_TRY_VOID(work.medium->write(to_file_name(*repair.keep), segment_text(log, *repair.keep)));
        for (const auto& [from, to] : repair.moves) CA_TRY_VOID(work.medium->move(from, to));

        sealed = std::move(*next);
        place.count = sealed.size();
        segment = {log.size() + 1, log.size() + sealed.size(), sealed.back().hash};
        std::string text;
        for (const Entry& entry : sealed) {
            text += to_line(entry);
            text += '\n';
        }
        CA_TRY_VOID(work.medium->write(to_file_name(segment), text));
        return true;
    }
    void landed(Work& work) override {
        Loaded& loaded = work.loaded;
        loaded.log.append(sealed);
        loaded.segments.push_back(segment);
        if (!loaded.bad_files.empty()) {
            work.condition.files_set_aside += loaded.bad_files.size();
            loaded.bad_files.clear();
            loaded.damage.reset();
            loaded.first_bad = 0;
        }
        loaded.seen.reset();  // the next load lists them all again
    }
    void finish(Work& work, Result<> result) override {
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
    std::optional<Error> refusal;
    std::vector<Entry> sealed;
    Segment segment;
    Committed place;
};

struct Store::Work::Commit : Write, std::enable_shared_from_this<Store::Work::Commit> {
    Commit(Decide decide, CommitDone done) : Write(std::move(done)), decide(std::move(decide)) {}
    Result<std::vector<Entry>> entries(Work& work) override {
        const WorkspaceLog& log = work.loaded.log;
        // An attempt that was reported as failed may have been saved all the same.
        if (!ids.empty() && log.find(ids.front()) != 0) {
            place = {log.find(ids.front()) - 1, ids.size()};
            return std::vector<Entry>{};
        }
        const auto events = CA_TRY(decide(log.workspace()));
        ids.clear();
        for (std::size_t i = 0; i < events.size(); ++i) ids.push_back(work.new_id());
        return log.seal(events, ids);
    }
    void fail(Work& work, Error error) override {
        work.held.push_back(shared_from_this());
        done(std::unexpected(std::move(error)));
    }
    Decide decide;
    std::vector<std::string> ids;  // of the last attempt
};

struct Store::Work::Restore : Write {
    Restore(std::string backup, CommitDone done) : Write(std::move(done)), backup(std::move(backup)) {}
    Result<std::vector<Entry>> entries(Work& work) override { return CA_TRY(compare_bundle(work.loaded.log, backup)).added; }
    std::string backup;
};

struct Store::Work::Erase : Job {
    explicit Erase(Done done) : done(std::move(done)) {}
    Result<bool> act(Work& work) override {
        const auto names = CA_TRY(work.medium->list());
        for (const std::string& name : names) CA_TRY_VOID(work.medium->remove(name));
        return !names.empty();
    }
    void landed(Work& work) override {
        work.loaded = {};
        work.condition.damage.reset();
        work.condition.files_set_aside = 0;
        if (work.condition.keeping == Keeping::read_only) work.condition = {.keeping = Keeping::kept};
    }
    void finish(Work& work, Result<> result) override {
        if (result) {
            work.held.clear();
        } else {
            result.error().message = "The workspace has not been erased. " + result.error().message;
        }
        done(std::move(result));
    }
    bool is_write() const override { return true; }
    bool tells_others() const override { return true; }
    Done done;
};

// Folds small files into one, or, where that was done, removes what they hold twice. Two cycles, so that nothing is removed
// before what replaces it is safe and was read back.
struct Store::Work::Fold : Job {
    Result<bool> act(Work& work) override {
        const Loaded& loaded = work.loaded;
        const Upkeep plan = plan_upkeep(loaded);
        if (!plan.fold.empty()) {
            for (const Segment& segment : plan.fold) {
                CA_TRY_VOID(work.medium->write(to_file_name(segment), segment_text(loaded.log, segment)));
            }
            return true;
        }
        for (const Segment& segment : loaded.segments) {
            if (plan.redundant.empty() || std::ranges::find(plan.redundant, segment) != plan.redundant.end()) continue;
            if (CA_TRY(work.medium->read(to_file_name(segment))) != segment_text(loaded.log, segment)) {
                return ca::fail("storage_failed", "The file " + to_file_name(segment) + " does not read as it was written.");
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

void Store::Work::refresh_soon() {
    // Whatever waits will read what is new before it does anything else.
    if (queue.empty()) add(std::make_shared<Refresh>(nullptr, false));
}

void Store::Work::fold_soon() {
    if (!queue.empty() || condition.keeping != Keeping::kept) return;
    const Upkeep plan = plan_upkeep(loaded);
    if (!plan.fold.empty() || !plan.redundant.empty()) add(std::make_shared<Fold>());
}

// ---- The store --------------------------------------------------------------------------------------------------------------

Store::Store(std::unique_ptr<Medium> medium, std::function<std::string()> new_id) : work_(std::make_shared<Work>()) {
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

void Store::commit(Decide decide, CommitDone done) {
    work_->add(std::make_shared<Work::Commit>(std::move(decide), std::move(done)));
}

void Store::refresh(Done done) {
    work_->add(std::make_shared<Work::Refresh>(std::move(done), false));
}

const WorkspaceLog& Store::log() const { return work_->loaded.log; }

const Condition& Store::condition() const { return work_->condition; }

bool Store::saving() const {
    return (work_->running && work_->running->is_write()) || work_->waits([](const Work::Job& job) { return job.is_write(); });
}

void Store::on_change(std::function<void()> listener) { work_->listener = std::move(listener); }

std::size_t Store::unsaved() const { return work_->held.size(); }

void Store::retry() {
    for (auto& job : std::exchange(work_->held, {})) work_->queue.push_back(std::move(job));
    work_->pump();
}

void Store::discard_unsaved() { work_->held.clear(); }

std::string Store::backup() const { return to_bundle(work_->loaded.log); }

void Store::restore(std::string backup, CommitDone done) {
    work_->add(std::make_shared<Work::Restore>(std::move(backup), std::move(done)));
}

void Store::erase(Done done) { work_->add(std::make_shared<Work::Erase>(std::move(done))); }

}  // namespace ca::journal
