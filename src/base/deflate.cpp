#include "base/deflate.h"

#include <zlib.h>

#include <algorithm>
#include <new>

namespace ca {

std::string deflated(std::string_view bytes, Packing packing) {
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    std::string out(size, '\0');
    // The buffer is as large as zlib asks; all that is left is a lack of memory.
    const int outcome =
        compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                  static_cast<uLong>(bytes.size()), packing == Packing::tight ? Z_DEFAULT_COMPRESSION : Z_BEST_SPEED);
    if (outcome != Z_OK) throw std::bad_alloc();
    out.resize(size);
    out.shrink_to_fit();
    return out;
}

std::string inflated(std::string_view packed, std::size_t size) {
    // No deflated byte stands for more, so a size that was changed takes no more room.
    constexpr std::size_t ratio_max = 1032;
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK) throw std::bad_alloc();
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string out;
    out.resize_and_overwrite(std::min(size, packed.size() * ratio_max), [&](char* bytes, std::size_t room) {
        stream.next_out = reinterpret_cast<Bytef*>(bytes);
        stream.avail_out = static_cast<uInt>(room);
        inflate(&stream, Z_FINISH);
        return room - stream.avail_out;
    });
    inflateEnd(&stream);
    return out;
}

}  // namespace ca
