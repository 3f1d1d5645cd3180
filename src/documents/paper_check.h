// What came of checking a downloaded agreement: whether the file is what its own record gives, and where it is not.
#pragma once

#include "base/result.h"
#include "base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ca::documents {

enum class Verdict : std::uint8_t {
    exact,     // byte for byte what the portal makes of the record inside, and the record follows from its events
    differs,   // it has a record of an agreement, and something is not as the record says
    not_ours,  // no PDF, or one without such a record
    broken,    // a part is missing or cannot be read
};

constexpr std::string_view to_words(Verdict verdict) {
    switch (verdict) {
        case Verdict::exact: return "exact";
        case Verdict::differs: return "differs";
        case Verdict::not_ours: return "not_ours";
        case Verdict::broken: return "broken";
    }
    return {};
}

struct Difference {
    std::string where;  // "Page 3", "The events in it", "The whole file"
    std::string what;   // a sentence
};

// Which version of the portal's PDF writer made a file whose record is sound. What another one made cannot have the
// same bytes.
enum class MadeBy : std::uint8_t {
    this_version,  // or nobody knows
    another_version,
    another_version_same_words,  // the words on its pages are those that this one sets
};

// A signature among the events of a shared workspace (sharing/signed_command.h), which is right.
struct Signature {
    std::string person;  // "contact:jo@acme.example"
    std::string what;    // what it stands for, in words: "Accepted by Jo Field"
    std::string key;     // 64 hexadecimal digits
    Instant at;
};

struct PaperCheck {
    Verdict verdict = Verdict::broken;
    std::string message;                      // the answer in plain words
    std::string sha256;                       // of the file that was checked
    std::string number{};                     // of the agreement; empty where there is no record of one
    std::optional<Instant> record_of{};       // the last event in it
    int pages = 0;                            // of the paper that the record gives
    std::vector<std::string> event_hashes{};  // of the events in it, oldest first
    std::vector<Difference> differences{};
    MadeBy made_by = MadeBy::this_version;
    std::vector<Signature> signatures{};
};

}  // namespace ca::documents
