// Reads back what lies in a PDF file: each object, and its stream unpacked.
//
//     auto stored = CA_TRY(stored_objects(bytes));
//     for (const StoredObject& object : stored)
//         if (object.stream) …                       // "4 0 obj <</Type/EmbeddedFile …>> stream … endstream endobj"
//
// It is made for two questions: what travels inside a file, and where two files differ. So it goes through the objects
// one after another from the first byte, also those in object streams, and trusts no cross-reference table: a file that
// another program has saved again can still be read. Of an object that stands twice the later one counts, as in every
// PDF.
//
// Any bytes may be given. Errors; `where` is the byte:
//   not_a_pdf   it does not begin as a PDF does
//   cut_short   it does not end as a PDF does: the rest is missing
//   damaged     an object that does not end, a stream without its end
//   too_large   more than file_bytes_max, or unpacked more than unpacked_bytes_max
// A stream that cannot be unpacked (another filter than Flate, damage) stays as it is, with `packed`.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ca::pdf {

struct StoredObject {
    int number = 0;
    std::string value;                    // its text; of a stream its dictionary: "<</Type/Page …>>"
    std::optional<std::string> stream{};  // unpacked, unless `packed`
    bool packed = false;
};

inline constexpr std::size_t file_bytes_max = std::size_t{64} << 20;
inline constexpr std::size_t unpacked_bytes_max = std::size_t{192} << 20;

// By number, each number once.
Result<std::vector<StoredObject>> stored_objects(std::string_view pdf);

// What an object's dictionary has under a key, as it is written there ("/Page", "12 0 R", "[1 0 R 2 0 R]"); empty where
// it has none. Looks at the outermost dictionary alone.
std::string_view entry_of(std::string_view dictionary, std::string_view key);

// The object that "12 0 R" names; 0 for anything else.
int reference_in(std::string_view);
// Those that "[1 0 R 2 0 R]" names, or "1 0 R" alone.
std::vector<int> references_in(std::string_view);

}  // namespace ca::pdf
