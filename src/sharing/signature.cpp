#include "sharing/signature.h"

#include <sodium.h>

#include <array>
#include <cassert>
#include <cstdint>
#include <vector>

namespace ca::sharing {
namespace {

using Bytes = std::vector<std::uint8_t>;

std::optional<Bytes> from_hex(std::string_view digits, std::size_t size) {
    Bytes bytes(size);
    std::size_t read = 0;
    const char* end = nullptr;
    if (digits.size() != 2 * size) return std::nullopt;
    if (sodium_hex2bin(bytes.data(), size, digits.data(), digits.size(), nullptr, &read, &end) != 0 || read != size)
        return std::nullopt;
    return bytes;
}

std::string hex(const std::uint8_t* bytes, std::size_t size) {
    std::string text(2 * size + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, size);
    text.pop_back();
    return text;
}

const std::uint8_t* bytes_of(std::string_view text) { return reinterpret_cast<const std::uint8_t*>(text.data()); }

// ---- The broker's text ------------------------------------------------------------------------------------

constexpr std::string_view base32_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::uint8_t user_prefix = 20 << 3, seed_prefix = 18 << 3;  // "U", "S"

std::string base32(const Bytes& bytes) {
    std::string text;
    std::uint32_t held = 0;
    int bits = 0;
    for (const std::uint8_t byte : bytes) {
        held = (held << 8) | byte;
        for (bits += 8; bits >= 5; bits -= 5) text += base32_letters[(held >> (bits - 5)) & 31];
    }
    if (bits > 0) text += base32_letters[(held << (5 - bits)) & 31];
    return text;
}

std::optional<Bytes> from_base32(std::string_view text) {
    Bytes bytes;
    std::uint32_t held = 0;
    int bits = 0;
    for (const char letter : text) {
        const auto value = base32_letters.find(letter);
        if (value == std::string_view::npos) return std::nullopt;
        held = (held << 5) | static_cast<std::uint32_t>(value);
        if ((bits += 5) < 8) continue;
        bits -= 8;
        bytes.push_back(static_cast<std::uint8_t>(held >> bits));
    }
    return bytes;
}

// CRC-16/XMODEM, low byte first.
void add_checksum(Bytes& bytes) {
    std::uint16_t sum = 0;
    for (const std::uint8_t byte : bytes) {
        sum = static_cast<std::uint16_t>(sum ^ (byte << 8));
        for (int i = 0; i < 8; ++i)
            sum = static_cast<std::uint16_t>((sum & 0x8000) != 0 ? (sum << 1) ^ 0x1021 : sum << 1);
    }
    bytes.push_back(static_cast<std::uint8_t>(sum & 0xff));
    bytes.push_back(static_cast<std::uint8_t>(sum >> 8));
}

std::string with_prefix(Bytes bytes, std::string_view digits) {
    const auto key = from_hex(digits, crypto_sign_PUBLICKEYBYTES);
    assert(key);
    bytes.insert(bytes.end(), key->begin(), key->end());
    add_checksum(bytes);
    return base32(bytes);
}

// The 32 bytes behind a prefix, where the text is exactly what is written of them.
std::optional<std::string> behind(const Bytes& prefix, std::string_view text) {
    const auto bytes = from_base32(text);
    if (!bytes || bytes->size() != prefix.size() + crypto_sign_PUBLICKEYBYTES + 2) return std::nullopt;
    std::string digits = hex(bytes->data() + prefix.size(), crypto_sign_PUBLICKEYBYTES);
    return with_prefix(prefix, digits) == text ? std::optional(std::move(digits)) : std::nullopt;
}

const Bytes user_bytes{user_prefix};
// A seed has two prefixes in 16 bits: that it is a seed, and whose.
const Bytes user_seed_bytes{static_cast<std::uint8_t>(seed_prefix | (user_prefix >> 5)),
                            static_cast<std::uint8_t>((user_prefix & 31) << 3)};

}  // namespace

bool is_signed(std::string_view text, std::string_view key, std::string_view signature) {
    const auto public_key = from_hex(key, crypto_sign_PUBLICKEYBYTES);
    const auto signed_with = from_hex(signature, crypto_sign_BYTES);
    return public_key && signed_with &&
           crypto_sign_verify_detached(signed_with->data(), bytes_of(text), text.size(), public_key->data()) == 0;
}

std::optional<KeyPair> key_pair(std::string_view seed) {
    const auto bytes = from_hex(seed, crypto_sign_SEEDBYTES);
    if (!bytes) return std::nullopt;
    std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> key{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
    crypto_sign_seed_keypair(key.data(), secret.data(), bytes->data());
    return KeyPair{.seed = std::string(seed), .key = hex(key.data(), key.size())};
}

std::string sign(std::string_view text, const KeyPair& keys) {
    const auto seed = from_hex(keys.seed, crypto_sign_SEEDBYTES);
    assert(seed);
    std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> key{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
    crypto_sign_seed_keypair(key.data(), secret.data(), seed->data());
    std::array<std::uint8_t, crypto_sign_BYTES> signature{};
    crypto_sign_detached(signature.data(), nullptr, bytes_of(text), text.size(), secret.data());
    return hex(signature.data(), signature.size());
}

std::string to_user(std::string_view key) { return with_prefix(user_bytes, key); }
std::string to_user_seed(std::string_view seed) { return with_prefix(user_seed_bytes, seed); }
std::optional<std::string> key_of_user(std::string_view user) { return behind(user_bytes, user); }
std::optional<std::string> seed_of_user(std::string_view seed) { return behind(user_seed_bytes, seed); }

}  // namespace ca::sharing
