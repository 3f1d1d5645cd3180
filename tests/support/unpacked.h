// What a file packed by gzip holds. Test data that is large lies packed.
#pragma once

#include <string>

namespace ca::test {

// Throws std::runtime_error where there is no such file or it is not whole.
std::string unpacked(const std::string& path);

}  // namespace ca::test
