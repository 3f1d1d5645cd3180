// What a record holds (names, notes, addresses, reasons), made ready for a paper.
//
//     show_texts(record);                          // "Acme \u202EHealth" is "Acme [U+202E]Health" (base/shown_text.h)
//     isolated(record.account_name) + " (YGA12)"   // the code stands to the right of the name, whichever way that runs
//
// On paper nobody can ask what stands there: what cannot be seen is named, and no text changes the place of the words
// around it.
#pragma once

#include "base/shown_text.h"

#include <algorithm>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace ca::documents {

// A text beside others in one line: where it has letters that run from the right, in an isolate of its own (FSI … PDI,
// UAX #9).
std::string isolated(std::string_view);

template<typename T>
concept Described = requires(T& value) {
    T::describe([](std::string_view, auto&) {}, value);
};

// Every text in a record, as it is shown: in what its `describe` names, in lists, and in what these are made of.
template<typename T>
void show_texts(T& value) {
    if constexpr (std::same_as<T, std::string>) value = shown_text(value);
    else if constexpr (std::same_as<T, std::optional<std::string>>)
        value = value.transform([](const std::string& text) { return shown_text(text); });
    else if constexpr (requires {
                           typename T::value_type;
                           value.begin();
                       })
        std::ranges::for_each(value, [](auto& item) { show_texts(item); });
    else if constexpr (Described<T>) T::describe([](std::string_view, auto& member) { show_texts(member); }, value);
}

}  // namespace ca::documents
