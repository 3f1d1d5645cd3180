// Results and errors.
//
// Every operation that can fail returns Result<T>. An Error says, in words for the person who meets it, what is wrong
// and what to do; its code is the stable word that programs and tests compare. Nothing in the portal throws across a
// layer: libraries that throw are wrapped where they are called.
//
//     Result<Date> parse_date(std::string_view);
//     auto date = CA_TRY(parse_date(text));   // returns the error to the caller
//
// Within a codec or parser, `where` says the place: "row 12", "byte 3071", "number".
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace ca {

struct Error {
    std::string code;     // snake_case, stable, e.g. "bad_date"
    std::string message;  // plain words: what is wrong, and what to do
    std::string where{};  // the place, where there is one

    bool operator==(const Error&) const = default;
};

template<typename T = void>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(std::string code, std::string message, std::string where = {}) {
    return std::unexpected(Error{std::move(code), std::move(message), std::move(where)});
}

}  // namespace ca

// Takes the value out of a Result, or returns its error from the function around it (a GNU statement expression, which
// g++, clang and emcc all have).
#define CA_TRY(expression)                                                            \
    ({                                                                                \
        auto ca_try_result = (expression);                                            \
        if (!ca_try_result) return std::unexpected(std::move(ca_try_result.error())); \
        std::move(*ca_try_result);                                                    \
    })
// The same for a Result<void>.
#define CA_TRY_VOID(expression)                                       \
    do {                                                              \
        if (auto ca_try_result = (expression); !ca_try_result)        \
            return std::unexpected(std::move(ca_try_result.error())); \
    } while (false)
