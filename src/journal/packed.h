// Packed: consecutive lines of a journal deflated into one, for files that are long and for what lies in memory.
//
//     {"format":3,"after":"<64 hex>","events":210,"bytes":131072,"seals":"…","packed":"…","previous":"<64
//     hex>","hash":"<64 hex>"}
//
// after: the hash of the event before the first. seals: the id and the hash of each line, 16 and 32 bytes, which no
// packing makes shorter. packed: deflated, the bodies: the lines without them, each ended by a line feed. Both are
// bytes, with line feed and \ escaped as \n and \\. What stands there is a line of the chain like any other, with
// hashes of its own: a program that knows format 1 only finds it sound, does not know what it says, and reads no
// further (entry.h, Foreign). Its events are those of format 1, byte for byte; so the chain, backups and the names of
// segments know nothing of it.
//
// A file may hold several, each of about `block_bytes` of lines, so that a few events can be read without the rest. In
// format 2, which is read and no longer written, a file was one such line.
//
//     Packer packer;                                         // a file's text, line by line
//     packer.add(line);
//     medium.write(name, std::move(packer).text());          // as it is where it is short, or not all of format 1
//
//     for (auto rest = std::string_view(text); auto piece = take_piece(rest);) …      // and back
//
// Of a packed line that was changed after it was written the lines before the change come out, each with its hash
// beside it, so that whoever reads them finds the first bad event as in a file that was not packed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ca::journal {

// What is shorter stays readable with any editor.
inline constexpr std::size_t packed_from = 32 * 1024;   // bytes of lines
inline constexpr std::size_t block_bytes = 128 * 1024;  // of lines, after which the next block begins

// An entry's id and hash.
struct Seal {
    std::array<std::uint8_t, 16> id{};
    std::array<std::uint8_t, 32> hash{};
    bool operator==(const Seal&) const = default;
};
std::string id_text(const Seal&);    // 32 lower-case hex digits
std::string hash_text(const Seal&);  // 64
// Back; none for any other text.
std::optional<std::array<std::uint8_t, 16>> id_bytes(std::string_view id_text);
std::optional<std::array<std::uint8_t, 32>> hash_bytes(std::string_view hash_text);

struct Block {
    std::string after;        // hash of the event before the first, 64 hex digits
    std::vector<Seal> seals;  // of each line
    std::size_t bytes = 0;    // of the bodies
    std::string deflated;     // the bodies
};

// A line of format 1 in its two parts; none where it is not one, or not in the form that is written.
struct LineParts {
    Seal seal;
    std::string_view body;
};
std::optional<LineParts> parted(std::string_view line);
std::string_view body_in(std::string_view canonical);          // of an entry's canonical bytes
std::string canonical_of(const Seal&, std::string_view body);  // and back
std::string joined(const Seal&, std::string_view body, std::string_view previous);

// These lines, each ended by a line feed. None where they are not all of format 1 and follow one another.
std::optional<Block> pack(std::string_view lines);
Block pack_bodies(std::string after, std::vector<Seal> seals, std::string_view bodies);
std::string bodies_of(const Block&);
std::string lines_of(const Block&);
std::string to_line(const Block&);  // without a line feed

// The next of what a file holds, taken off its text; none at its end.
struct Piece {
    std::string_view line{};       // as it stands, where it is not packed
    std::optional<Block> block{};  // else
    bool is_whole = true;          // false: the file ends within it
};
std::optional<Piece> take_piece(std::string_view& text);

class Packer {
public:
    void add(std::string_view line);  // without a line feed
    std::string text() &&;

private:
    void close_block();
    std::string written_, open_;
};

std::string to_packed(std::string_view lines);
std::string unpacked(std::string_view text);

}  // namespace ca::journal
