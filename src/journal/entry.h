// An entry: one event as it is kept, with its identity, its place in its account's stream, and its link in the chain of
// that stream.
//
// One entry is one line of JSON in one fixed form, its canonical bytes:
//
//     {"format":4,"id":"<32 hex>","account":"YGA12","entity":"CNTR0000001","side":"nhse","position":7,"based_on":3,
//      "at":"2025-08-01T08:15:00Z","by":{"role":"team","name":"Priya Shah"},"type":"agreement_issued","body":{…},
//      "previous":"<64 hex>","hash":"<64 hex>"}
//
// without white space; members in this order; absent optional members left out; integers only; instants and dates as
// ISO 8601; text as UTF-8 with only ", \ and control characters escaped, each in its shortest escape.
// previous: the hash of the entry before it in its stream, 64 zeros for the first. hash = SHA-256(previous ‖ the line
// up to `,"previous"` ‖ "}"), previous in its 64 hex digits. So a stream can be checked with nothing beside it. What
// chains the streams of a journal together is its head (heads.h), which the files of commits name (segments.h).
//
// Until December 2026 entries were of format 1: the same but for the number, and for `previous`, which was the hash of
// the entry before in the whole journal. They are read, and a journal that begins with them goes on in format 4. (2, 3
// and 5 are packed lines: packed.h.)
//
// A stream is an account's own sequence of events; what belongs to no account (products, terms versions) is the stream
// "". position: 1, 2, 3 … within its stream. based_on: the position of the last event before it of the same entity in
// that stream, 0 where there is none. With these two the same journal can be shared through a broker, one ordered
// stream an account: of two sides that act on one agreement at once exactly one is next after the position that both
// saw.
//
// Decoding is strict: whatever is not exactly the canonical form is an error that names the member, and decode ∘ encode
// is the identity in both directions. A member added to a body in a later format must be optional; older entries then
// read unchanged.
#pragma once

#include "base/result.h"
#include "base/sha256.h"
#include "lifecycle/event.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ca::journal {

inline constexpr int format_version = 4, first_format = 1;
inline constexpr std::size_t id_length = 32;    // hex digits
inline constexpr std::size_t hash_length = 64;  // hex digits
inline constexpr std::string_view no_hash = "0000000000000000000000000000000000000000000000000000000000000000";

// Whose act it is. Time's own changes and imports are NHS England's.
enum class Side : std::uint8_t { nhse, party };
std::string_view to_words(Side);  // "nhse", "party"
Side side_of(const lifecycle::Actor&);

struct Place {
    std::int64_t position = 1;  // in its account's stream
    std::int64_t based_on = 0;  // 0: the first of its entity
    int format = format_version;
    bool operator==(const Place&) const = default;
};

struct Entry {
    std::string id;  // unique over all journals
    Place place;
    lifecycle::Event event;  // carries account, entity, actor, instant and body
    std::string previous;    // hash of the entry before it: in its stream; in format 1, in its journal
    std::string hash;

    bool operator==(const Entry&) const = default;
};

// The canonical bytes, without `previous` and `hash`: what the hash covers.
std::string canonical_bytes(const Entry&);
std::string canonical_bytes(std::string_view id, const Place&, const lifecycle::Event&);
std::string hash_of(std::string_view previous, std::string_view canonical);
// The whole line, without a line feed.
std::string to_line(const Entry&);

// Strictly back. Error codes: bad_entry (not the canonical form), newer_format, unknown_type; `where` names the member
// and byte. `previous` and `hash` stay empty.
Result<Entry> from_canonical(std::string_view);

// The hash that a line says it has; empty where it is no entry's line.
std::string_view hash_in(std::string_view line);
// Likewise the hash of the entry that it says it follows.
std::string_view previous_in(std::string_view line);
// The line without its two hashes, which end it: its canonical bytes but the last "}".
std::string_view before_hashes(std::string_view line);
// What ends a line: `,"previous":"…","hash":"…"}`.
std::string hashes_text(std::string_view previous, std::string_view hash);

// The format that a line says it has; 0 where it says none.
int format_in(std::string_view line);
// Where a line of format 4 stands, by its first members alone; none where it does not begin as one. It is not read any
// further, so this is also so of one whose type is not known here.
struct Standing {
    std::string account;
    std::int64_t position = 0;
};
std::optional<Standing> standing_in(std::string_view line);

// What a line turned out to be. Only a line whose hash is right for its bytes can be `foreign`: it is sound, but this
// program does not know what it says.
struct Foreign {
    std::string why;  // in words: "its format is 6", "its type is \"agreement_archived\""
};
struct ReadLine {
    std::optional<Entry> entry{};
    std::optional<Foreign> foreign{};  // exactly one of the two
};
// Whether it follows the right one is for whoever knows that one (workspace_log.h). Error codes: bad_entry (not the
// canonical form; `where` names the member), bad_hash (bytes and hash disagree).
Result<ReadLine> read_line(std::string_view line);

}  // namespace ca::journal
