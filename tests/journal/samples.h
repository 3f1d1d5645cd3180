// Events for the journal's tests: small ones that any Workspace takes, and random ones of every type.
#pragma once

#include "journal/entry.h"

#include <map>
#include <random>

namespace ca::journal::test {

using Random = std::mt19937_64;

inline lifecycle::Event product_event(const std::string& id) {
    return {Instant{1'754'036'100},
            {lifecycle::Role::agreement_team, "Priya Shah"},
            "",
            id,
            lifecycle::ProductRegistered{id, "Product " + id, ""}};
}

// One of an account's: several of these share a stream, and those of one email address an entity.
inline lifecycle::Event contact_event(const std::string& account, const std::string& email) {
    return {Instant{1'754'036'100}, {lifecycle::Role::visitor, ""}, account, email, lifecycle::ContactNominated{email}};
}

inline std::string numbered_id(std::uint64_t number) {
    std::string digits = std::to_string(number);
    return std::string(id_length - digits.size(), '0') + digits;
}

// Fills any described value with what is awkward but allowed.
class Filler {
public:
    explicit Filler(Random& random) : random_(random) {}

    void fill(std::string& value) {
        static const std::vector<std::string> pieces{"a", "Z", "\"", "\\", "\n",   "\t", "\x01", "\x1f", "\x7f",
                                                     "é", "№", "😀",  "ﬀ",  "</p>", " ",  "0",    "{",    ","};
        value.clear();
        for (std::uint64_t count = below(12); count > 0; --count) value += pieces[below(pieces.size())];
    }
    void fill(bool& value) { value = below(2) == 1; }
    void fill(Date& value) { value.days = static_cast<std::int32_t>(below(80'000)); }
    void fill(Instant& value) { value.seconds = static_cast<std::int64_t>(below(7'000'000'000)); }
    template<typename T>
    void fill(std::optional<T>& value) {
        value.reset();
        if (below(2) == 1) fill(value.emplace());
    }
    template<typename T>
    void fill(std::vector<T>& values) {
        values.resize(below(4));
        for (T& value : values) fill(value);
    }
    template<typename T>
    void fill(T& value) {
        if constexpr (std::is_enum_v<T>) {
            value = static_cast<T>(below(2));  // every enum has at least two values
        } else if constexpr (std::is_integral_v<T>) {
            value = static_cast<T>(random_() >> below(64));
        } else {
            T::describe([this](std::string_view, auto& member) { fill(member); }, value);
        }
    }
    std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

private:
    Random& random_;
};

inline lifecycle::Event random_event(Random& random, std::string_view type) {
    Filler filler{random};
    lifecycle::Event event;
    filler.fill(event.at);
    filler.fill(event.by);
    filler.fill(event.account);
    filler.fill(event.entity);
    event.body = *lifecycle::empty_body(type);
    std::visit([&](auto& body) { filler.fill(body); }, event.body);
    return event;
}

}  // namespace ca::journal::test
