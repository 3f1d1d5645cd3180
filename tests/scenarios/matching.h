// Comparing an answer with what a scenario expects of it.
//
// An expected object asks for its own keys, unless it has "_exact": true; an expected array asks for its whole length;
// the text "…" stands for any text.
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace ca::scenarios {

// The first difference, as "agreement.review.day: 31, expected 30"; nothing where the answer is as expected.
inline std::optional<std::string> difference(const nlohmann::json& expected, const nlohmann::json& actual,
                                             const std::string& path = "") {
    const auto differs = [&](const std::string& what) { return path + ": " + what; };
    if (expected == "…")
        return actual.is_string() ? std::nullopt : std::optional(differs(actual.dump() + ", expected a text"));
    if (expected.is_object()) {
        if (!actual.is_object()) return differs(actual.dump() + ", expected an object");
        for (const auto& [key, value] : expected.items()) {
            if (key == "_exact") continue;
            if (!actual.contains(key)) return differs("no key " + key);
            if (auto found = difference(value, actual[key], path + "." + key)) return found;
        }
        if (!expected.value("_exact", false)) return std::nullopt;
        for (const auto& [key, value] : actual.items()) {
            if (!expected.contains(key)) return differs("unexpected key " + key);
        }
        return std::nullopt;
    }
    if (expected.is_array()) {
        if (!actual.is_array() || actual.size() != expected.size())
            return differs(actual.dump() + ", expected " + expected.dump());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            if (auto found = difference(expected[i], actual[i], path + "[" + std::to_string(i) + "]")) return found;
        }
        return std::nullopt;
    }
    if (expected != actual) return differs(actual.dump() + ", expected " + expected.dump());
    return std::nullopt;
}

}  // namespace ca::scenarios
