#include "base/sha256.h"

#include <algorithm>
#include <bit>

namespace ca {
namespace {

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2).
constexpr std::array<std::uint32_t, 64> round_constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

using Word = std::uint32_t;

// One round (FIPS 180-4, 6.2.2): `d` and `h` take what it gives.
inline void mix(Word a, Word b, Word c, Word& d, Word e, Word f, Word g, Word& h, Word added) {
    h += (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + (g ^ (e & (f ^ g))) + added;
    d += h;
    h += (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) | (c & (a | b)));
}

}  // namespace

Sha256::Sha256()
    : state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19} {}

Sha256& Sha256::update(std::string_view bytes) {
    total_size_ += bytes.size();
    while (!bytes.empty()) {
        if (pending_size_ == 0 && bytes.size() >= pending_.size()) {
            compress(reinterpret_cast<const std::uint8_t*>(bytes.data()));
            bytes.remove_prefix(pending_.size());
            continue;
        }
        const std::size_t taken = std::min(bytes.size(), pending_.size() - pending_size_);
        std::copy_n(bytes.begin(), taken, pending_.begin() + static_cast<std::ptrdiff_t>(pending_size_));
        pending_size_ += taken;
        bytes.remove_prefix(taken);
        if (pending_size_ == pending_.size()) {
            compress(pending_.data());
            pending_size_ = 0;
        }
    }
    return *this;
}

Digest Sha256::finish() {
    const std::uint64_t bits = total_size_ * 8;
    std::string padding(1, '\x80');
    padding.append((pending_.size() + 56 - 1 - pending_size_) % pending_.size(), '\0');
    for (int shift = 56; shift >= 0; shift -= 8) padding.push_back(static_cast<char>(bits >> shift));
    update(padding);

    Digest digest{};
    for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] = static_cast<std::uint8_t>(state_[i / 4] >> (24 - i % 4 * 8));
    return digest;
}

void Sha256::compress(const std::uint8_t* block) {
    std::array<std::uint32_t, 64> schedule{};
    for (std::size_t i = 0; i < 16; ++i) {
        schedule[i] = static_cast<std::uint32_t>(block[i * 4]) << 24 |
                      static_cast<std::uint32_t>(block[i * 4 + 1]) << 16 |
                      static_cast<std::uint32_t>(block[i * 4 + 2]) << 8 | static_cast<std::uint32_t>(block[i * 4 + 3]);
    }
    for (std::size_t i = 16; i < 64; ++i) {
        const std::uint32_t early = schedule[i - 15];
        const std::uint32_t late = schedule[i - 2];
        schedule[i] = schedule[i - 16] + (std::rotr(early, 7) ^ std::rotr(early, 18) ^ early >> 3) + schedule[i - 7] +
                      (std::rotr(late, 17) ^ std::rotr(late, 19) ^ late >> 10);
    }

    // The eight words change places from round to round; written out in turn, none of them is moved.
    auto [a, b, c, d, e, f, g, h] = state_;
    for (std::size_t i = 0; i < 64; i += 8) {
        mix(a, b, c, d, e, f, g, h, round_constants[i] + schedule[i]);
        mix(h, a, b, c, d, e, f, g, round_constants[i + 1] + schedule[i + 1]);
        mix(g, h, a, b, c, d, e, f, round_constants[i + 2] + schedule[i + 2]);
        mix(f, g, h, a, b, c, d, e, round_constants[i + 3] + schedule[i + 3]);
        mix(e, f, g, h, a, b, c, d, round_constants[i + 4] + schedule[i + 4]);
        mix(d, e, f, g, h, a, b, c, round_constants[i + 5] + schedule[i + 5]);
        mix(c, d, e, f, g, h, a, b, round_constants[i + 6] + schedule[i + 6]);
        mix(b, c, d, e, f, g, h, a, round_constants[i + 7] + schedule[i + 7]);
    }
    const std::array<std::uint32_t, 8> mixed{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < state_.size(); ++i) state_[i] += mixed[i];
}

Digest sha256(std::string_view bytes) { return Sha256().update(bytes).finish(); }

std::string to_hex(const Digest& digest) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(digest.size() * 2);
    for (const std::uint8_t byte : digest) {
        hex.push_back(digits[byte >> 4]);
        hex.push_back(digits[byte & 15]);
    }
    return hex;
}

std::string sha256_hex(std::string_view bytes) { return to_hex(sha256(bytes)); }

Sliced<std::string> sha256_hex_sliced(std::string_view bytes) {
    constexpr std::size_t bytes_a_slice = 4u * 1024 * 1024;  // some 20 ms in a browser
    Sha256 hash;
    for (std::size_t at = 0; at < bytes.size(); at += bytes_a_slice) {
        hash.update(bytes.substr(at, bytes_a_slice));
        if (bytes.size() - at > bytes_a_slice) co_await slice_ends;
    }
    co_return to_hex(hash.finish());
}

}  // namespace ca
