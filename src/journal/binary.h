// Binary: records by their `describe` (lifecycle/model.h) in few bytes, for snapshots. It is read by the program that
// wrote it and by no other (snapshot.h), so it has no names, no versions and no words about errors: whatever does not
// fit makes the reader fail.
//
// The form: whole numbers as LEB128, signed ones zigzag; bools and enums one byte; an optional a byte that says whether
// it is there; a list its count and its values; a shelf or map its count, then key and value in order. A text is 0, its
// length and its bytes; it then has a place among the texts that came last, round and round, and the same text is that
// place, counted from 1, for as long as it is there. So neither side remembers more than those few.
#pragma once

#include "base/time.h"
#include "lifecycle/model.h"

#include <immer/vector_transient.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ca::journal {

inline constexpr std::size_t texts_remembered = 64 * 1024;

// The values must stay where they are for as long as the writer lives.
class BinaryWriter {
public:
    explicit BinaryWriter(std::string& out) : out_(out) {}

    template<typename T>
    void member(std::string_view, const T& value) {
        write(value);
    }
    void count(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) out_ += static_cast<char>((value & 0x7f) | 0x80);
        out_ += static_cast<char>(value);
    }
    void write(const std::string& text) {
        const auto [known, is_new] = places_.try_emplace(text, next_);
        if (!is_new) return count(known->second + 1);
        count(0);
        count(text.size());
        out_ += text;
        if (texts_.size() == next_) {
            texts_.push_back(text);
        } else {
            places_.erase(std::exchange(texts_[next_], text));
        }
        next_ = (next_ + 1) % texts_remembered;
    }
    void write(bool value) { out_ += value ? '\1' : '\0'; }
    void write(Date value) { number(value.days); }
    void write(Instant value) { number(value.seconds); }
    template<typename T>
    void write(const std::optional<T>& value) {
        write(value.has_value());
        if (value) write(*value);
    }
    template<typename T>
    void write(const std::vector<T>& values) {
        list(values);
    }
    template<typename T>
    void write(const immer::vector<T>& values) {
        list(values);
    }
    template<typename T>
    void write(const immer::box<T>& value) {
        write(*value);
    }
    template<typename Key, typename T, typename Owner>
    void write(const lifecycle::Shelf<Key, T, Owner>& values) {
        pairs(values);
    }
    template<typename T, typename Less>
    void write(const std::map<std::string, T, Less>& values) {
        pairs(values);
    }
    template<typename T>
    void write(const T& value) {
        if constexpr (std::is_enum_v<T>) {
            static_assert(sizeof value == 1);
            out_ += static_cast<char>(value);
        } else if constexpr (std::is_integral_v<T>) {
            number(static_cast<std::int64_t>(value));
        } else {
            T::describe([this](std::string_view name, const auto& part) { this->member(name, part); }, value);
        }
    }

private:
    void number(std::int64_t value) {
        count((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
    }
    void list(const auto& values) {
        count(values.size());
        for (const auto& value : values) write(value);
    }
    void pairs(const auto& values) {
        count(values.size());
        for (const auto& [key, value] : values) {
            write(key);
            write(value);
        }
    }
    std::string& out_;
    std::vector<std::string_view> texts_;  // that came last, by place
    std::unordered_map<std::string_view, std::size_t> places_;
    std::size_t next_ = 0;  // place
};

class BinaryReader {
public:
    // `more` gives what comes next, and nothing once there is no more; `size` bytes in all.
    BinaryReader(std::uint64_t size, std::function<std::string()> more) : left_(size), more_(std::move(more)) {}
    // All of it was read, and nothing else was missing.
    bool is_done() const { return !failed_ && left_ == 0; }
    std::uint64_t left() const { return left_; }  // bytes
    bool failed() const { return failed_; }

    template<typename T>
    void member(std::string_view, T& value) {
        read(value);
    }
    std::uint64_t count() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const std::string_view taken = take(1);
            const auto byte = static_cast<unsigned char>(taken.empty() ? '\0' : taken.front());
            value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80) return value;
        }
        failed_ = true;
        return 0;
    }
    void read(std::string& text) {
        const std::uint64_t place = count();
        if (place > texts_.size()) failed_ = true;
        if (failed_) return;
        if (place > 0) {
            text = texts_[place - 1];
            return;
        }
        const std::uint64_t size = count();
        text = take(size);
        if (texts_.size() == next_) texts_.push_back(text);
        else texts_[next_] = text;
        next_ = (next_ + 1) % texts_remembered;
    }
    void read(bool& value) { value = count() != 0; }
    void read(Date& value) { value.days = static_cast<decltype(value.days)>(number()); }
    void read(Instant& value) { value.seconds = number(); }
    template<typename T>
    void read(std::optional<T>& value) {
        bool is_there = false;
        read(is_there);
        if (is_there && !failed_) read(value.emplace());
    }
    template<typename T>
    void read(std::vector<T>& values) {
        const std::uint64_t size = length();
        values.reserve(std::min<std::uint64_t>(size, 64 * 1024));  // what it says may be wrong
        for (std::uint64_t i = 0; i < size && !failed_; ++i) read(values.emplace_back());
    }
    template<typename T>
    void read(immer::vector<T>& values) {
        auto filled = immer::vector<T>{}.transient();
        const std::uint64_t size = length();
        for (std::uint64_t i = 0; i < size && !failed_; ++i) {
            T value;
            read(value);
            filled.push_back(std::move(value));
        }
        values = filled.persistent();
    }
    template<typename T>
    void read(immer::box<T>& value) {
        T read_here;
        read(read_here);
        value = std::move(read_here);
    }
    template<typename Key, typename T, typename Owner>
    void read(lifecycle::Shelf<Key, T, Owner>& values) {
        typename lifecycle::Shelf<Key, T, Owner>::Filler filler;
        const std::uint64_t size = length();
        for (std::uint64_t i = 0; i < size && !failed_; ++i) {
            Key key{};
            T value;
            read(key);
            read(value);
            filler.add(std::move(key), std::move(value));
        }
        values = std::move(filler).shelf();
    }
    template<typename T, typename Less>
    void read(std::map<std::string, T, Less>& values) {
        const std::uint64_t size = length();
        for (std::uint64_t i = 0; i < size && !failed_; ++i) {
            std::string key;
            read(key);
            read(values.emplace_hint(values.end(), std::move(key), T{})->second);
        }
    }
    template<typename T>
    void read(T& value) {
        if constexpr (std::is_enum_v<T>) {
            const std::string_view byte = take(1);
            if (!failed_) value = static_cast<T>(byte.front());
        } else if constexpr (std::is_integral_v<T>) {
            value = static_cast<T>(number());
        } else {
            T::describe([this](std::string_view name, auto& part) { this->member(name, part); }, value);
        }
    }

    // Of a list: no more values than there are bytes.
    std::uint64_t length() {
        const std::uint64_t size = count();
        if (size > left_) failed_ = true;
        return failed_ ? 0 : size;
    }

private:
    // Good until the next call.
    std::string_view take(std::uint64_t size) {
        if (failed_ || size > left_) failed_ = true;
        while (!failed_ && bytes_.size() - at_ < size) {
            bytes_.erase(0, std::exchange(at_, 0));
            const std::string more = more_();
            bytes_ += more;
            failed_ = more.empty();
        }
        if (failed_) return {};
        at_ += size;
        left_ -= size;
        return std::string_view(bytes_).substr(at_ - size, size);
    }
    std::int64_t number() {
        const std::uint64_t value = count();
        return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
    }
    std::uint64_t left_;
    std::function<std::string()> more_;
    std::string bytes_;   // some of them
    std::size_t at_ = 0;  // the next of these
    bool failed_ = false;
    std::vector<std::string> texts_;  // that came last, by place
    std::size_t next_ = 0;            // place
};

}  // namespace ca::journal
