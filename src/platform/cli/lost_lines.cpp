#include "platform/cli/lost_lines.h"

#include "documents/lost_words.h"

#include <nlohmann/json.hpp>

#include <iostream>

namespace ca::cli {

nlohmann::ordered_json tell_lost_lines(const std::string& file, const std::string& text) {
    auto told = nlohmann::ordered_json::array();
    const auto lines = documents::lost_lines(text);
    if (!lines) return told;
    for (const auto& line : *lines) {
        std::cerr << file << ", line " << line.line << ": " << line.sentence() << '\n';
        nlohmann::ordered_json one{{"file", file}, {"line", line.line}};
        if (!line.words.empty()) one["words"] = line.words;
        if (!line.numbers.empty()) one["numbers"] = line.numbers;
        told.push_back(std::move(one));
    }
    return told;
}

}  // namespace ca::cli
