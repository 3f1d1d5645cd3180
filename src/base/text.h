// Text: UTF-8 and the few ASCII operations that the rules speak of.
//
// All text in the portal is UTF-8. "Blank" means nothing but ASCII white space (R9). Folding of case is ASCII where a
// rule says so (ODS codes, email addresses), and simple Unicode folding for people's searches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ca {

bool is_valid_utf8(std::string_view);
// One code point from the front of a text that is not empty. Overlong forms, surrogates and values beyond U+10FFFF are
// ill-formed: then one byte is taken, and reads as U+FFFD.
struct CodePoint {
    char32_t value = 0;
    std::size_t size = 1;  // bytes
    bool is_sound = true;
};
CodePoint first_code_point(std::string_view);
// Code points of valid UTF-8; an ill-formed byte counts as one and reads as U+FFFD.
std::size_t count_code_points(std::string_view);
std::vector<char32_t> to_code_points(std::string_view);
std::string to_utf8(char32_t);
std::string to_utf8(const std::vector<char32_t>&);

bool is_blank(std::string_view);
std::string_view trim(std::string_view);  // ASCII white space at both ends
std::string to_ascii_lower(std::string_view);
std::string to_ascii_upper(std::string_view);
std::vector<std::string> split(std::string_view, char separator);
std::string join(const std::vector<std::string>&, std::string_view separator);

// For searching and sorting as people expect: in lower case, without what is drawn as nothing, and without accents and
// points in the scripts that are also written without them (Latin, Greek, Cyrillic, Hebrew, Arabic). Not for identity.
std::string fold_for_search(std::string_view);

}  // namespace ca
