// Shapes as texts in the journal's strict form (journal/canonical.h), one shape one text, for what goes over the
// broker.
#pragma once

#include "base/result.h"
#include "journal/canonical.h"

#include <string>
#include <string_view>

namespace ca::sharing {

template<typename T>
std::string canonical_text(const T& value) {
    std::string text;
    journal::CanonicalWriter{text}.write(value);
    return text;
}

// Errors: bad_command, with the place.
template<typename T>
Result<T> read_canonical(std::string_view text) {
    journal::CanonicalReader reader{text};
    T value;
    reader.read(value);
    reader.expect_end();
    if (reader.failed())
        return fail("bad_command", "This is not in the form of a message: " + reader.error()->message,
                    reader.error()->where);
    return value;
}

}  // namespace ca::sharing
