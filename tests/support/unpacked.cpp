#include "support/unpacked.h"

#include <zlib.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace ca::test {

std::string unpacked(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("There is no file " + path);
    std::string packed{std::istreambuf_iterator<char>(file), {}};

    constexpr int of_gzip = 16 + MAX_WBITS;
    z_stream stream{};
    if (inflateInit2(&stream, of_gzip) != Z_OK) throw std::runtime_error("zlib cannot start");
    stream.next_in = reinterpret_cast<unsigned char*>(packed.data());
    stream.avail_in = static_cast<unsigned>(packed.size());
    std::string bytes;
    int status = Z_OK;
    while (status == Z_OK) {
        unsigned char part[1 << 14];
        stream.next_out = part;
        stream.avail_out = sizeof part;
        status = inflate(&stream, Z_NO_FLUSH);
        bytes.append(reinterpret_cast<const char*>(part), sizeof part - stream.avail_out);
    }
    inflateEnd(&stream);
    if (status != Z_STREAM_END) throw std::runtime_error("This file is not whole: " + path);
    return bytes;
}

}  // namespace ca::test
