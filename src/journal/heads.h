// The head of a journal: one hash that stands for all its entries up to one of them, in their order.
//
// Each stream has a chain of its own (entry.h), so what chains a journal is told beside its entries. While a journal is
// of format 1, whose entries follow one another whatever their streams, its head is the hash of the last. From then on
//
//     head(n) = SHA-256(head(n − 1) ‖ the hash of entry n), both as 32 bytes; head(0) is 32 zeros.
//
// The name of a file holds the head after its last entry (segments.h), and before its first entry of format 4 stands a
// line that says what the file goes on from: so each commit names the one before it.
//
//     {"format":4,"first":41,"previous":"<head(40)>","hash":"<64 hex>"}
//
// It is no entry, and has no number. To a program that knows format 1 only it is a sound line of a newer format.
#pragma once

#include "base/result.h"
#include "base/sha256.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace ca::journal {

Digest next_head(const Digest& head, const Digest& entry);

// Heads are given as text, 64 hex digits.
std::string head_line(std::size_t first, std::string_view head);  // without a line feed
bool is_head_line(std::string_view line);
// Errors: bad_entry (it says another event), bad_hash, broken_chain (another head).
Result<> check_head_line(std::string_view line, std::size_t first, std::string_view head);

}  // namespace ca::journal
