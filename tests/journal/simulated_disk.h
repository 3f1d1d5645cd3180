// A disk that fails on purpose, shared by any number of simulated tabs or programs.
//
// Fault model. What may happen, at any step of any tab:
//   - the step fails and has had no effect (`fails`): the lock is not given, reading, writing or saving does not work;
//   - the step has its effect and is reported as failed (`fails_late`): a lost acknowledgement, a time-out that was
//   wrong;
//   - the tab dies before (`dies`) or after (`dies_late`) the step's effect: it never hears or does anything again,
//   what it had
//     not saved is gone, and the system gives its lock to the next;
//   - announcements to other tabs are lost;
//   - before a step, by no tab's doing (`meddle`): the files are all gone, are those of an earlier time again, or are
//   another
//     history's. (A view of IDBFS that was read before that writes itself back whole when it is pushed, as IDBFS does.)
// Callbacks of different tabs come in any order (drawn from the seed); those of one tab in the order asked for.
// What does not happen: two holders of the lock; a save of which a part lands (IndexedDB's transactions and rename()
// are whole). Bytes that rot, files cut short or gone are the business of segments_test.cpp.
//
// Saving::whole_tree is IDBFS: writes are private until push, and push makes the disk equal to the tab's view, deleting
// what the view lacks. Saving::at_once is a directory: each write, move and removal is on the disk when it returns.
#pragma once

#include "journal/medium.h"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>

namespace ca::journal::test {

enum class Fault { fails, fails_late, dies, dies_late };
enum class Saving { whole_tree, at_once };

class SimulatedDisk : public std::enable_shared_from_this<SimulatedDisk> {
public:
    using Files = std::map<std::string, std::string, std::less<>>;
    explicit SimulatedDisk(Saving saving, std::uint64_t seed = 1) : saving_(saving), random_(seed) {}

    std::unique_ptr<Medium> open();  // one more tab
    // Which fault befalls the n-th step (counted from 1 over all tabs); none by default.
    std::function<std::optional<Fault>(std::size_t step)> fault = [](std::size_t) { return std::nullopt; };
    // What happens to the files before the n-th step; nothing by default.
    std::function<void(std::size_t step, Files&)> meddle = [](std::size_t, Files&) {};
    bool loses_announcements = false;
    bool reads_fail_too = true;  // else reading a file is no step

    // Runs what waits until nothing does.
    void settle() {
        while (!waiting_.empty()) {
            // Any tab may be next, but each tab's own callbacks keep their order.
            const std::size_t tab = waiting_[random_() % waiting_.size()].first;
            const auto next = std::ranges::find_if(waiting_, [tab](const auto& one) { return one.first == tab; });
            const auto then = std::move(next->second);
            waiting_.erase(next);
            if (!dead_.contains(tab)) then();
        }
    }

    Files files;
    std::size_t steps = 0;
    std::size_t saves = 0;
    std::size_t missed = 0;  // times that a file was asked for that had been let go of

private:
    class Tab;
    bool is_dead(std::size_t tab) const { return dead_.contains(tab); }
    void later(std::size_t tab, std::function<void()> then) { waiting_.emplace_back(tab, std::move(then)); }
    void kill(std::size_t tab) {
        dead_[tab] = true;
        if (holder_ == tab) {
            holder_.reset();
            give_lock();
        }
    }
    void give_lock() {
        while (!holder_ && !lock_queue_.empty()) {
            const auto [tab, done] = std::move(lock_queue_.front());
            lock_queue_.pop_front();
            if (dead_.contains(tab)) continue;
            holder_ = tab;
            later(tab, [done] { done({}); });
        }
    }

    Saving saving_;
    std::mt19937_64 random_;
    std::deque<std::pair<std::size_t, std::function<void()>>> waiting_;
    std::deque<std::pair<std::size_t, Medium::Done>> lock_queue_;
    std::optional<std::size_t> holder_;
    std::map<std::size_t, bool> dead_;
    std::map<std::size_t, std::function<void()>> listeners_;
    std::size_t tabs_ = 0;
};

class SimulatedDisk::Tab : public Medium {
public:
    Tab(std::shared_ptr<SimulatedDisk> disk, std::size_t number) : disk_(std::move(disk)), number_(number) {}
    ~Tab() override { disk_->kill(number_); }

    void lock(Done done) override {
        step<void>(
            [&]() -> Result<> {
                disk_->lock_queue_.emplace_back(number_, std::move(done));
                disk_->give_lock();
                return {};
            },
            [&](Result<> failed, bool had_effect) {
                // There is no losing the word that a lock was given.
                if (!had_effect) disk_->later(number_, [done, failed] { done(failed); });
            });
    }
    void unlock() override {
        if (disk_->is_dead(number_)) return;
        if (disk_->holder_ != number_) throw std::logic_error("unlocked without a lock");
        disk_->holder_.reset();
        pulled_ = false;
        disk_->give_lock();
    }
    void pull(Done done) override {
        need_lock();
        report(done, step<void>([&]() -> Result<> {
                   view_ = disk_->files;
                   pulled_ = true;
                   std::erase_if(let_go_, [&](const auto& file) {  // written anew, or gone
                       const auto found = view_.find(file.first);
                       return found == view_.end() || found->second != file.second;
                   });
                   return {};
               }));
    }
    void push(Done done) override {
        need_lock();
        if (!pulled_) throw std::logic_error("saved before anything was loaded");
        report(done, step<void>([&]() -> Result<> {
                   if (disk_->saving_ == Saving::whole_tree) disk_->files = view_;
                   ++disk_->saves;
                   return {};
               }));
    }
    Result<std::vector<std::string>> list() override {
        return step<std::vector<std::string>>([&]() -> Result<std::vector<std::string>> {
            std::vector<std::string> names;
            for (const auto& [name, bytes] : seen()) names.push_back(name);
            return names;
        });
    }
    Result<std::string> read(std::string_view name) override {
        const auto effect = [&]() -> Result<std::string> {
            const auto found = seen().find(name);
            if (found == seen().end()) return ca::fail("storage_failed", "no such file");
            if (has_let_go(name)) return ca::fail("let_go", "not at hand");
            return found->second;
        };
        return disk_->reads_fail_too ? step<std::string>(effect) : effect();
    }
    Result<> write(std::string_view name, std::string_view bytes) override {
        need_lock();
        return step<void>([&]() -> Result<> {
            if (seen().contains(name) && seen().find(name)->second != bytes)
                throw std::logic_error("a file was changed");
            seen().insert_or_assign(std::string(name), std::string(bytes));
            return {};
        });
    }
    Result<> move(std::string_view from, std::string_view to) override {
        need_lock();
        return step<void>([&]() -> Result<> {
            if (!seen().contains(from)) return ca::fail("storage_failed", "no such file");
            if (has_let_go(from)) return ca::fail("let_go", "not at hand");
            auto file = seen().extract(seen().find(from));
            if (seen().contains(to)) throw std::logic_error("a file was overwritten");
            file.key() = std::string(to);
            seen().insert(std::move(file));
            return {};
        });
    }
    Result<> remove(std::string_view name) override {
        need_lock();
        return step<void>([&]() -> Result<> {
            if (!seen().contains(name)) return ca::fail("storage_failed", "no such file");
            seen().erase(seen().find(name));
            return {};
        });
    }
    void announce() override {
        if (disk_->is_dead(number_) || disk_->loses_announcements) return;
        for (const auto& [tab, listener] : disk_->listeners_) {
            if (tab != number_) disk_->later(tab, listener);
        }
    }
    void on_announcement(std::function<void()> listener) override { disk_->listeners_[number_] = std::move(listener); }
    void reconnect() override {}
    void forget() override {
        view_.clear();
        let_go_.clear();
        pulled_ = false;
    }
    void let_go(std::string_view name) override {
        if (disk_->saving_ != Saving::whole_tree || disk_->is_dead(number_)) return;
        if (const auto found = view_.find(name); found != view_.end())
            let_go_.insert_or_assign(found->first, found->second);
    }

private:
    bool has_let_go(std::string_view name) {
        if (!let_go_.contains(name)) return false;
        ++disk_->missed;
        return true;
    }
    Files& seen() { return disk_->saving_ == Saving::whole_tree ? view_ : disk_->files; }
    void need_lock() const {
        if (!disk_->is_dead(number_) && disk_->holder_ != number_) throw std::logic_error("touched without the lock");
    }
    void report(const Done& done, Result<> result) {
        disk_->later(number_, [done, result] { done(result); });
    }
    template<typename T>
    Result<T> step(const std::function<Result<T>()>& effect,
                   const std::function<void(Result<>, bool)>& failed = nullptr) {
        const auto gone = ca::fail("storage_failed", "the tab is gone");
        if (disk_->is_dead(number_)) return gone;
        const auto fault = disk_->fault(++disk_->steps);
        disk_->meddle(disk_->steps, disk_->files);
        if (fault == Fault::dies) disk_->kill(number_);
        const bool happens = !fault || fault == Fault::fails_late || fault == Fault::dies_late;
        Result<T> result = gone;
        if (happens) result = effect();
        if (fault == Fault::dies_late) disk_->kill(number_);
        if (!fault) return result;
        const auto error = ca::fail("storage_failed", "as told");
        if (failed) failed(error, happens);
        return error;
    }

    std::shared_ptr<SimulatedDisk> disk_;
    std::size_t number_;
    Files view_;
    Files let_go_;  // with what stood in them
    bool pulled_ = false;
};

inline std::unique_ptr<Medium> SimulatedDisk::open() { return std::make_unique<Tab>(shared_from_this(), ++tabs_); }

}  // namespace ca::journal::test
