// A shelf: values by key, in order of their keys, read like a std::map. Copying one costs a pointer, and a copy that is
// changed shares with the other all that was not. Only its Owner changes it; so whatever else the Owner keeps beside it
// fits.
//
//     for (const auto& [number, agreement] : workspace.agreements) …
//     if (const Agreement* found = workspace.agreements.get("CNTR0000001")) …
//
// A value stays where it is for as long as a shelf holds it: what was read by reference is good until its key is set or
// removed. Iterators, and references to keys, are good until anything is set or removed.
#pragma once

#include <immer/box.hpp>
#include <immer/flex_vector.hpp>
#include <immer/flex_vector_transient.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <stdexcept>
#include <utility>
#include <vector>

namespace ca::lifecycle {

template<typename Key, typename Value, typename Owner>
class Shelf {
    struct Slot {
        Key key;
        immer::box<Value> value;
        bool operator==(const Slot&) const = default;
    };
    using Slots = std::vector<Slot>;  // in order of keys, never empty
    // The key of the first slot lies beside them, so that a search opens no run but the one it looks for.
    struct Run {
        Key first;
        immer::box<Slots> slots;
    };
    // Copied where it is shared, with a count of each value to be raised: so few. More of them take longer to search.
    static constexpr std::size_t run_max = 16;

public:
    using key_type = Key;
    using mapped_type = Value;
    using Entry = std::pair<const Key&, const Value&>;

    class Iterator {
    public:
        // It gives entries of references, not references to entries, which is no matter to what goes through a shelf.
        // Were it called an input iterator for that, libc++'s std::prev, and so std::reverse_iterator, would stay where
        // it is.
        using iterator_category = std::bidirectional_iterator_tag;
        using value_type = Entry;
        using reference = Entry;
        using difference_type = std::ptrdiff_t;
        struct pointer {
            Entry entry;
            const Entry* operator->() const { return &entry; }
        };

        Iterator() = default;
        Entry operator*() const {
            const Slot& slot = (*slots_)[slot_];
            return {slot.key, slot.value.get()};
        }
        pointer operator->() const { return {**this}; }
        Iterator& operator++() {
            if (++slot_ == slots_->size()) *this = Iterator(*shelf_, at_ + 1, 0);
            return *this;
        }
        Iterator operator++(int) {
            const Iterator before = *this;
            ++*this;
            return before;
        }
        Iterator& operator--() {
            if (slot_ > 0) {
                --slot_;
            } else {
                *this = Iterator(*shelf_, at_ - 1, shelf_->runs_[at_ - 1].slots->size() - 1);
            }
            return *this;
        }
        Iterator operator--(int) {
            const Iterator before = *this;
            --*this;
            return before;
        }
        bool operator==(const Iterator& other) const { return at_ == other.at_ && slot_ == other.slot_; }

    private:
        friend class Shelf;
        Iterator(const Shelf& shelf, std::size_t at, std::size_t slot)
            : shelf_(&shelf),
              slots_(at < shelf.runs_.size() ? &shelf.runs_[at].slots.get() : nullptr),
              at_(at),
              slot_(slot) {}
        const Shelf* shelf_ = nullptr;
        const Slots* slots_ = nullptr;
        std::size_t at_ = 0, slot_ = 0;
    };
    using const_iterator = Iterator;

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    Iterator begin() const { return {*this, 0, 0}; }
    Iterator end() const { return {*this, runs_.size(), 0}; }
    auto rbegin() const { return std::reverse_iterator(end()); }
    auto rend() const { return std::reverse_iterator(begin()); }

    // The first whose key is not before this one.
    Iterator lower_bound(const Key& key) const {
        if (empty()) return end();
        const std::size_t at = run_of(key);
        const Slots& slots = runs_[at].slots.get();
        const auto slot = slot_of(slots, key);
        return slot == slots.size() ? Iterator(*this, at + 1, 0) : Iterator(*this, at, slot);
    }
    Iterator find(const Key& key) const {
        const Iterator found = lower_bound(key);
        return found != end() && (*found).first == key ? found : end();
    }
    const Value* get(const Key& key) const {
        const Iterator found = find(key);
        return found == end() ? nullptr : &(*found).second;
    }
    bool contains(const Key& key) const { return get(key) != nullptr; }
    const Value& at(const Key& key) const {
        const Value* found = get(key);
        if (!found) throw std::out_of_range("there is nothing of this key on the shelf");
        return *found;
    }

    bool operator==(const Shelf& other) const {
        return size_ == other.size_ && std::equal(begin(), end(), other.begin(), [](const Entry& a, const Entry& b) {
                   return a.first == b.first && (&a.second == &b.second || a.second == b.second);
               });
    }

    // A whole shelf at once, from slots in order of their keys: for what reads one back. Its Owner then makes anew what
    // it keeps beside it.
    class Filler {
    public:
        void add(Key key, immer::box<Value> value) {
            open_.push_back({std::move(key), std::move(value)});
            ++size_;
            if (open_.size() == run_max) close();
        }
        Shelf shelf() && {
            if (!open_.empty()) close();
            Shelf filled;
            filled.runs_ = runs_.persistent();
            filled.size_ = size_;
            return filled;
        }

    private:
        void close() { runs_.push_back(to_run(std::exchange(open_, {}))); }
        typename immer::flex_vector<Run>::transient_type runs_ = immer::flex_vector<Run>{}.transient();
        Slots open_;
        std::size_t size_ = 0;
    };

private:
    friend Owner;

    // Each value as it lies here, to be shared.
    void for_each_box(auto visit) const {
        for (const auto& run : runs_) {
            for (const Slot& slot : *run.slots) visit(slot.value);
        }
    }

    void set(Key key, immer::box<Value> value) {
        if (empty()) {
            runs_ = std::move(runs_).push_back(to_run({{std::move(key), std::move(value)}}));
            size_ = 1;
            return;
        }
        const std::size_t at = run_of(key);
        Slots rest;  // what a run that became too long gives away
        change(at, [&](Slots& run) {
            const auto slot = slot_of(run, key);
            if (slot < run.size() && run[slot].key == key) {
                run[slot].value = std::move(value);
                return;
            }
            run.insert(run.begin() + static_cast<std::ptrdiff_t>(slot), Slot{std::move(key), std::move(value)});
            ++size_;
            if (run.size() <= run_max) return;
            // At the end of the last one keys mostly arrive in order, and then full runs are left behind.
            const bool at_end = at + 1 == runs_.size() && slot + 1 == run.size();
            const auto middle = run.begin() + static_cast<std::ptrdiff_t>(at_end ? run_max : run.size() / 2);
            rest.assign(std::make_move_iterator(middle), std::make_move_iterator(run.end()));
            run.erase(middle, run.end());
        });
        if (rest.empty()) return;
        Run next = to_run(std::move(rest));
        runs_ = at + 1 == runs_.size() ? std::move(runs_).push_back(std::move(next))
                                       : runs_.insert(at + 1, std::move(next));
    }

    void remove(const Key& key) {
        if (!contains(key)) return;
        const std::size_t at = run_of(key);
        if (runs_[at].slots->size() == 1) {
            runs_ = runs_.erase(at);
        } else {
            change(at, [&](Slots& run) { run.erase(run.begin() + static_cast<std::ptrdiff_t>(slot_of(run, key))); });
        }
        --size_;
    }

    // In place where no other shelf shares the run, on a copy of it where one does.
    template<typename Edit>
    void change(std::size_t at, Edit edit) {
        runs_ = std::move(runs_).update(at, [&](Run run) {
            run.slots = std::move(run.slots).update([&](Slots slots) {
                edit(slots);
                return slots;
            });
            if (run.first != run.slots->front().key) run.first = run.slots->front().key;
            return run;
        });
    }

    // The last run that begins at or before this key; the first, where all begin after it.
    std::size_t run_of(const Key& key) const {
        std::size_t low = 0, high = runs_.size();
        while (high - low > 1) {
            const std::size_t middle = low + (high - low) / 2;
            (key < runs_[middle].first ? high : low) = middle;
        }
        return low;
    }
    static std::size_t slot_of(const Slots& run, const Key& key) {
        return static_cast<std::size_t>(std::ranges::lower_bound(run, key, {}, &Slot::key) - run.begin());
    }

    static Run to_run(Slots slots) {
        Key first = slots.front().key;
        return {std::move(first), immer::box<Slots>(std::move(slots))};
    }

    immer::flex_vector<Run> runs_;
    std::size_t size_ = 0;
};

}  // namespace ca::lifecycle
