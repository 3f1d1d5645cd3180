#include "platform/native/random_id.h"

#include <random>

namespace ca::platform {

std::string random_id() {
    constexpr std::string_view digits = "0123456789abcdef";
    std::random_device device;  // getrandom() or its like; never seeded
    std::string id;
    while (id.size() < 32) {
        for (unsigned bits = device(), count = 0; count < 8; ++count, bits >>= 4) id += digits[bits & 15];
    }
    return id;
}

}  // namespace ca::platform
