// JSON with the place of every value, for files that must go out again exactly as they came in.
//
//     auto root = CA_TRY(parse_json(bytes));
//     if (const Json* list = root.find("result")) …
//     bytes.substr(value.begin, value.end - value.begin)   // the value's own text, untouched
//
// Strict RFC 8259, UTF-8 (a byte-order mark is passed over), at most `depth_max` deep. A lone surrogate escape reads as
// U+FFFD, because exports are cut in the middle of characters. A member given twice is kept twice; `find` gives the
// first. Errors: `truncated` where the text ends too early, `not_json` else; `where` is "line 12, character 5 (byte
// 3071)".
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ca::interop {

struct JsonMember;

struct Json {
    enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
    Kind kind = Kind::null;
    std::size_t begin = 0, end = 0;  // byte offsets in the text
    std::string text{};              // a string's characters; a number's, a boolean's literal; empty else
    std::vector<Json> items{};
    std::vector<JsonMember> members;  // without {}: its type is not complete yet, which clang with libstdc++ minds

    const Json* find(std::string_view name) const;
};

struct JsonMember {
    std::string name;
    std::size_t begin = 0, end = 0;  // of the name's literal, quotes included
    Json value;
};

inline constexpr int depth_max = 64;

Result<Json> parse_json(std::string_view bytes);

// Reads a text whose root is a record with a long list: the values of the lists that it has under this name are given
// one by one, and not kept, because a tree of them takes many times the room of its text, and long to read at once.
//
//     JsonListReader reader{bytes, "result"};
//     while (auto item = CA_TRY(reader.next())) …
//     reader.root()                                        // all else
class JsonListReader {
public:
    JsonListReader(std::string_view bytes, std::string_view list);
    JsonListReader(JsonListReader&&) noexcept;
    JsonListReader& operator=(JsonListReader&&) noexcept;
    ~JsonListReader();

    Result<std::optional<Json>> next();  // none at the end of the text; errors as parse_json
    const Json& root() const;            // whole once next() gave none
    std::size_t read() const;            // bytes so far

private:
    struct State;
    std::unique_ptr<State> state_;
};

// A string literal in its shortest form: only ", \ and control characters are escaped.
std::string quote_json(std::string_view text);

// "line 12, character 5 (byte 3071)", all from 1.
std::string place_in(std::string_view bytes, std::size_t offset);
// "a text", "a list", …: what a value is, in words.
std::string_view in_words(Json::Kind);

}  // namespace ca::interop
