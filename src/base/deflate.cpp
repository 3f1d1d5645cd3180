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

Inflater::Inflater(std::deque<std::string> packed) : stream_(new z_stream_s{}), packed_(std::move(packed)) {
    if (inflateInit(stream_.get()) != Z_OK) throw std::bad_alloc();
}

std::string Inflater::next(std::size_t bytes) {
    std::string out;
    out.resize_and_overwrite(bytes, [&](char* begin, std::size_t) {
        stream_->next_out = reinterpret_cast<Bytef*>(begin);
        stream_->avail_out = static_cast<uInt>(bytes);
        while (!has_ended_ && stream_->avail_out > 0) {
            if (stream_->avail_in == 0 && !packed_.empty()) {
                stream_->next_in = reinterpret_cast<Bytef*>(packed_.front().data());
                stream_->avail_in = static_cast<uInt>(packed_.front().size());
            }
            // Not “ok” is its end, or a change, or that it was cut short.
            has_ended_ = inflate(stream_.get(), Z_NO_FLUSH) != Z_OK;
            if (stream_->avail_in == 0 && !packed_.empty()) packed_.pop_front();
        }
        return bytes - stream_->avail_out;
    });
    return out;
}

std::string inflated(std::string_view packed, std::size_t size) {
    // No deflated byte stands for more, so a size that was changed takes no more room.
    constexpr std::size_t ratio_max = 1032;
    std::string out;
    int outcome = Z_OK;
    out.resize_and_overwrite(std::min(size, packed.size() * ratio_max), [&](char* begin, std::size_t room) {
        uLongf length = static_cast<uLongf>(room);
        outcome = uncompress(reinterpret_cast<Bytef*>(begin), &length, reinterpret_cast<const Bytef*>(packed.data()),
                             static_cast<uLong>(packed.size()));
        return static_cast<std::size_t>(length);
    });
    if (outcome == Z_MEM_ERROR) throw std::bad_alloc();
    return out;
}

}  // namespace ca
