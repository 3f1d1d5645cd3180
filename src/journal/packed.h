// Packed: the lines of a segment deflated into one, for files that are long.
//
//     {"format":2,"after":"<64 hex>","events":8010,"bytes":7279429,"seals":"…","packed":"…","previous":"<64 hex>","hash":"<64 hex>"}
//
// after: the hash of the event before the first. seals: the id and the hash of each line, 16 and 32 bytes, which no packing makes shorter. packed: deflated, the lines without
// them. Both are bytes, with line feed and \ escaped as \n and \\. What stands there is a line of the chain like any other, with
// hashes of its own: a program that knows format 1 only finds it sound, does not know what it says, and reads no further (entry.h,
// Foreign). Its events are those of format 1, byte for byte; so the chain, backups and the names of segments know nothing of it.
//
//     medium.write(name, to_packed(text));                   // as it is where it is short, or not all of format 1
//     auto text = unpacked(CA_TRY(medium.read(name)));       // as it is where it is not packed
//
// Of a packed line that was changed after it was written the lines before the change come out, each with its hash beside it, so that
// whoever reads them finds the first bad event as in a file that was not packed.
#pragma once

#include <string>
#include <string_view>

namespace ca::journal {

// What is shorter stays readable with any editor.
inline constexpr std::size_t packed_from = 32 * 1024;  // bytes

std::string to_packed(std::string_view lines);
std::string unpacked(std::string text);

}  // namespace ca::journal
