// SHA-256 (FIPS 180-4). One call for whole buffers, a small object for streams.
#pragma once

#include "base/sliced.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ca {

using Digest = std::array<std::uint8_t, 32>;

class Sha256 {
public:
    Sha256();
    Sha256& update(std::string_view bytes);
    Digest finish();

private:
    void compress(const std::uint8_t* block);
    std::array<std::uint32_t, 8> state_;
    std::array<std::uint8_t, 64> pending_{};
    std::size_t pending_size_ = 0;
    std::uint64_t total_size_ = 0;
};

Digest sha256(std::string_view bytes);
std::string to_hex(const Digest&);  // 64 lower-case hex digits
std::string sha256_hex(std::string_view bytes);
Sliced<std::string> sha256_hex_sliced(std::string_view bytes);  // of what outlives it

}  // namespace ca
