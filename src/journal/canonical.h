// Canonical JSON: one value, one text. Written and read by walking `describe` (lifecycle/model.h), so that there is no
// code for any single event.
//
// The form: no white space; members in the order of `describe`, absent optional ones left out; integers in decimal
// without leading zeros; instants "YYYY-MM-DDTHH:MM:SSZ", dates "YYYY-MM-DD"; enums by their words; strings as valid
// UTF-8 in which only
// ", \ and U+0000–U+001F are escaped, each in its shortest escape (\n rather than \u000a, hexadecimal digits in lower
// case); keys of maps in ascending byte order.
//
// The reader takes nothing else. It needs no tree and cannot recurse deeper than the types do. After the first error it
// does nothing more, so callers check failed() once, at the end.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "lifecycle/model.h"

#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace ca::journal {

template<typename T>
inline constexpr bool is_optional = false;
template<typename T>
inline constexpr bool is_optional<std::optional<T>> = true;

class CanonicalWriter {
public:
    explicit CanonicalWriter(std::string& out) : out_(out) {}

    template<typename T>
    void member(std::string_view name, const T& value) {
        if constexpr (is_optional<T>) {
            if (value) member(name, *value);
        } else {
            key(name);
            write(value);
        }
    }
    void key(std::string_view name);
    void open_object() { out_ += '{'; }
    void close_object() { out_ += '}'; }

    void write(const std::string& value) { text(value); }
    void write(bool value) { out_ += value ? "true" : "false"; }
    void write(Date value);
    void write(Instant value);
    template<typename T>
    void write(const T& value) {
        if constexpr (std::is_enum_v<T>) {
            text(to_words(value));
        } else if constexpr (std::is_integral_v<T>) {
            integer(static_cast<std::int64_t>(value));
        } else {
            open_object();
            T::describe([this](std::string_view name, const auto& part) { this->member(name, part); }, value);
            close_object();
        }
    }
    template<typename T>
    void write(const std::vector<T>& values) {
        out_ += '[';
        for (const T& value : values) {
            if (out_.back() != '[') out_ += ',';
            write(value);
        }
        out_ += ']';
    }
    template<typename T>
    void write(const immer::vector<T>& values) {
        out_ += '[';
        for (const T& value : values) {
            if (out_.back() != '[') out_ += ',';
            write(value);
        }
        out_ += ']';
    }
    template<typename T, typename Owner>
    void write(const lifecycle::Shelf<std::string, T, Owner>& values) {
        open_object();
        for (const auto& [name, value] : values) member(name, value);
        close_object();
    }
    template<typename T>
    void write(const std::map<std::string, T>& values) {
        open_object();
        for (const auto& [name, value] : values) member(name, value);
        close_object();
    }

private:
    void text(std::string_view);
    void integer(std::int64_t);
    std::string& out_;
};

class CanonicalReader {
public:
    explicit CanonicalReader(std::string_view bytes) : bytes_(bytes) {}

    bool failed() const { return error_.has_value(); }
    // The first error; `where` is the path of the member and the byte: "body.record.products, byte 311".
    const std::optional<Error>& error() const { return error_; }
    std::size_t at() const { return at_; }
    void fail(std::string_view message);
    void expect(std::string_view literal);
    void expect_end();

    template<typename T>
    void member(std::string_view name, T& value) {
        if (failed()) return;
        if constexpr (is_optional<T>) {
            if (!next_key_is(name)) return;
            member(name, value.emplace());
        } else {
            path_.push_back(name);
            expect_key(name);
            read(value);
            if (!failed()) path_.pop_back();
        }
    }
    void open_object();
    void close_object();

    void read(std::string&);
    void read(bool&);
    void read(Date&);
    void read(Instant&);
    template<typename T>
    void read(T& value) {
        if (failed()) return;
        if constexpr (std::is_enum_v<T>) {
            std::string words;
            read(words);
            if (failed()) return;
            const auto known = lifecycle::from_words<T>(words);
            if (!known) return fail("This is none of the words that may stand here.");
            value = *known;
        } else if constexpr (std::is_integral_v<T>) {
            integer(value);
        } else {
            open_object();
            T::describe([this](std::string_view name, auto& part) { this->member(name, part); }, value);
            close_object();
        }
    }
    template<typename T>
    void read(std::vector<T>& values) {
        values.clear();
        expect("[");
        if (take(']')) return;
        while (!failed()) {
            read(values.emplace_back());
            if (take(']')) return;
            expect(",");
        }
    }
    template<typename T>
    void read(std::map<std::string, T>& values) {
        values.clear();
        open_object();
        while (!failed() && !at_close()) {
            if (!values.empty()) expect(",");
            std::string name;
            read(name);
            expect(":");
            if (failed()) return;
            if (!values.empty() && name <= values.rbegin()->first)
                return fail("The keys here are not in ascending order.");
            read(values[name]);
        }
        close_object();
    }

private:
    template<typename T>
    void integer(T& value) {
        const std::string_view digits = integer_text();
        if (failed()) return;
        const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (problem != std::errc{} || end != digits.data() + digits.size()) fail("This number is out of range here.");
    }
    std::string_view integer_text();
    std::string_view short_text();  // a string without escapes
    bool take(char);
    bool at_close() const { return at_ < bytes_.size() && bytes_[at_] == '}'; }
    bool next_key_is(std::string_view name) const;
    void expect_key(std::string_view name);

    std::string_view bytes_;
    std::size_t at_ = 0;
    std::vector<std::string_view> path_;
    std::optional<Error> error_;
};

}  // namespace ca::journal
