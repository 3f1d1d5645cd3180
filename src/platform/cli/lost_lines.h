// Lines of terms whose words are not in the document (documents/lost_words.h): told to people, and part of the answer.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace ca::cli {

// [{"file":"terms.md","line":7,"words":"unless caused by fraud"}]; a list with other numbers has "numbers" in place of
// "words". Each is a line on standard error as well. Empty where nothing is lost, and where the text cannot be read:
// that is refused elsewhere.
nlohmann::ordered_json tell_lost_lines(const std::string& file, const std::string& text);

}  // namespace ca::cli
