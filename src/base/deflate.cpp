#include "base/deflate.h"

#include <zlib.h>

#include <algorithm>
#include <new>

namespace ca {
namespace {

int level_of(Packing packing) { return packing == Packing::tight ? Z_DEFAULT_COMPRESSION : Z_BEST_SPEED; }

}  // namespace

std::string deflated(std::string_view bytes, Packing packing) {
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    std::string out(size, '\0');
    // The buffer is as large as zlib asks; all that is left is a lack of memory.
    const int outcome =
        compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                  static_cast<uLong>(bytes.size()), level_of(packing));
    if (outcome != Z_OK) throw std::bad_alloc();
    out.resize(size);
    out.shrink_to_fit();
    return out;
}

void Deflater::End::operator()(z_stream_s* stream) const {
    deflateEnd(stream);
    delete stream;
}

Deflater::Deflater(Packing packing) : stream_(new z_stream_s{}) {
    if (deflateInit(stream_.get(), level_of(packing)) != Z_OK) throw std::bad_alloc();
}

void Deflater::add(std::string_view bytes) {
    stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_->avail_in = static_cast<uInt>(bytes.size());
    go_on(false);
}

void Deflater::go_on(bool is_last) {
    constexpr std::size_t step = 64 * 1024;
    std::size_t left = 0;
    do {
        const std::size_t before = out_.size();
        out_.resize_and_overwrite(before + step, [&](char* out, std::size_t) {
            stream_->next_out = reinterpret_cast<Bytef*>(out + before);
            stream_->avail_out = static_cast<uInt>(step);
            deflate(stream_.get(), is_last ? Z_FINISH : Z_NO_FLUSH);
            left = stream_->avail_out;
            return before + step - left;
        });
    } while (left == 0);
}

std::string Deflater::packed() && {
    go_on(true);
    return std::move(out_);
}

void Inflater::End::operator()(z_stream_s* stream) const {
    inflateEnd(stream);
    delete stream;
}

// No deflated byte stands for more, so a size that was changed takes no more room.
constexpr std::size_t ratio_max = 1032;

Inflater::Inflater(std::string_view packed, std::size_t size)
    : stream_(new z_stream_s{}), left_(std::min(size, packed.size() * ratio_max)) {
    if (inflateInit(stream_.get()) != Z_OK) throw std::bad_alloc();
    stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_->avail_in = static_cast<uInt>(packed.size());
    out_.reserve(left_);
}

bool Inflater::go_on(std::size_t bytes) {
    const std::size_t before = out_.size(), room = std::min(bytes, left_);
    int outcome = Z_OK;
    out_.resize_and_overwrite(before + room, [&](char* out, std::size_t) {
        stream_->next_out = reinterpret_cast<Bytef*>(out + before);
        stream_->avail_out = static_cast<uInt>(room);
        outcome = inflate(stream_.get(), room == left_ ? Z_FINISH : Z_NO_FLUSH);
        return before + room - stream_->avail_out;
    });
    left_ -= out_.size() - before;
    return outcome != Z_OK || left_ == 0;
}

std::string Inflater::bytes() && { return std::move(out_); }

std::string inflated(std::string_view packed, std::size_t size) {
    Inflater inflater{packed, size};
    while (!inflater.go_on(size)) {
    }
    return std::move(inflater).bytes();
}

}  // namespace ca
