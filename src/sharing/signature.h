// Signatures (Ed25519, RFC 8032), by libsodium. Keys and signatures are given as lower-case hexadecimal digits: 64 for
// a key, 128 for a signature, 64 for the seed that a pair of keys is made of.
//
// The broker (NATS) knows its users by the same kind of keys, written its own way: base 32 with a letter in front for
// what it is ("U…" a user's public key, "SU…" a user's seed) and a checksum behind.
#pragma once

#include "base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace ca::sharing {

bool is_signed(std::string_view text, std::string_view key, std::string_view signature);

struct KeyPair {
    std::string seed, key;
};
// Of a seed of 64 hexadecimal digits; none where it is not one.
std::optional<KeyPair> key_pair(std::string_view seed);
std::string sign(std::string_view text, const KeyPair&);

// ---- As the broker writes them ----------------------------------------------------------------------------

std::string to_user(std::string_view key);                       // "U…"
std::string to_user_seed(std::string_view seed);                 // "SU…"
std::optional<std::string> key_of_user(std::string_view user);   // back; none where it is not one
std::optional<std::string> seed_of_user(std::string_view seed);  // likewise

}  // namespace ca::sharing
