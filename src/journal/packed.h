// Packed: consecutive lines of a journal deflated into one, for files that are long and for what lies in memory.
//
//     {"format":5,"events":210,"bytes":131072,"seals":"…","links":"…","packed":"…","previous":"<64 zeros>","hash":"<64
//     hex>"}
//
// seals: the id and the hash of each line, 16 and 32 bytes, which no packing makes shorter. links: the hashes that some
// of these lines follow (entry.h, `previous`), where what has that hash stands neither among them nor in the packed
// lines right before, in the order in which these lines come, 32 bytes each. packed: deflated, the bodies: the lines
// without id and hashes, each ended by a line feed. All are bytes, with line feed and \ escaped as \n and \\. What
// stands there is a line with hashes of its own, like any other: a program that knows format 1 only finds it newer than
// itself, and reads no further (entry.h, Foreign). Its events are those of format 4, byte for byte; so the chains,
// backups and the names of segments know nothing of it.
//
// Lines of format 1 are packed as format 3, which has `after`, the hash of the event before the first, in the place of
// `links`; a format 2, which is read and no longer written, was a whole file in one such line.
//
// A file may hold several, each of about `block_bytes` of lines, so that a few events lie open in memory and not all.
//
//     Packer packer;                                         // a file's text, line by line
//     packer.add(line);
//     medium.write(name, std::move(packer).text());          // as it is where it is short
//
//     for (Pieces pieces{text}; auto piece = pieces.next();) …                        // and back
//
// Of a packed line that was changed after it was written the lines before the change come out, each with its hash
// beside it, so that whoever reads them finds the first bad event as in a file that was not packed.
#pragma once

#include "base/sha256.h"
#include "journal/entry.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ca::journal {

// What is shorter stays readable with any editor.
inline constexpr std::size_t packed_from = 32 * 1024;   // bytes of lines
inline constexpr std::size_t block_bytes = 128 * 1024;  // of lines, after which the next block begins

// An entry's id and hash.
struct Seal {
    std::array<std::uint8_t, 16> id{};
    Digest hash{};
    bool operator==(const Seal&) const = default;
};
std::string id_text(const Seal&);    // 32 lower-case hex digits
std::string hash_text(const Seal&);  // 64
// Back; none for any other text.
std::optional<std::array<std::uint8_t, 16>> id_bytes(std::string_view id_text);
std::optional<Digest> hash_bytes(std::string_view hash_text);

// Which entry each of some lines follows, in format 4: the one before it in its stream.
class Following {
public:
    struct Followed {
        Digest previous{};       // zeros for the first of a stream
        bool is_linked = false;  // what has that hash is not among the lines before
    };
    // The line may lack its hashes. `linked` gives the hash where it is not among them.
    Followed next(std::string_view line, const Digest& hash, const std::function<Digest()>& linked);

private:
    std::unordered_map<std::string, Digest> last_;  // the hash of the last line of each stream
};

struct Block {
    int format = format_version;  // of its lines
    std::string after{};          // in format 1: the hash of the event before the first, 64 hex digits
    std::vector<Digest> links{};  // in format 4: what some of the lines follow that is not here
    std::vector<Seal> seals{};    // of each line
    std::size_t bytes = 0;        // of the bodies
    std::string deflated{};       // the bodies
};

// A line of format 1 or 4 in its parts; none where it is not one, or not in the form that is written.
struct LineParts {
    int format = format_version;
    Seal seal;
    std::string_view body;
};
std::optional<LineParts> parted(std::string_view line);
std::string_view body_in(std::string_view canonical);                      // of an entry's canonical bytes
std::string canonical_of(int format, const Seal&, std::string_view body);  // and back
std::string joined(int format, const Seal&, std::string_view body, std::string_view previous);

// These lines, each ended by a line feed. None where they are not all of one of these formats and follow one another.
// They go on from what was packed before, where something was.
std::optional<Block> pack(std::string_view lines, Following&);
// Deflates the bodies into it.
Block pack_bodies(Block, std::string_view bodies);
std::string bodies_of(const Block&);
// The lines of these bodies, each ended by a line feed, likewise.
std::string lines_of(const Block&, std::string_view bodies, Following&);
// Without a line feed. `hash`: the line's own, where that is known already.
std::string to_line(const Block&, std::string_view hash = {});

// The next of what a file holds, taken off its text; none at its end.
struct Piece {
    std::string_view line{};       // as it stands, where it is not packed
    std::optional<Block> block{};  // else
    bool is_whole = true;          // false: the file ends within it
};
class Pieces {
public:
    explicit Pieces(std::string_view file) : rest_(file) {}
    std::optional<Piece> next();
    // The lines of the piece that came last, each with its line feed, where it has one. To be asked for each that is
    // packed, or for none.
    std::string lines(const Piece&);

private:
    std::string_view rest_;
    Following following_;
};

class Packer {
public:
    // Without a line feed. What says where a file goes on from (heads.h) is not among what is packed.
    void add(std::string_view line);
    std::string text() &&;

private:
    void close_block();
    void close_rest();
    std::string written_, open_;
    bool has_block_ = false;
    Following writing_, reading_;
};

std::string to_packed(std::string_view lines);
std::string unpacked(std::string_view text);

}  // namespace ca::journal
