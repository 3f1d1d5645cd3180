// Deflate (RFC 1951) in zlib's form (RFC 1950), for what lies packed in files and in memory.
//
//     std::string packed = deflated(bytes);
//     std::string bytes = inflated(packed, size);      // its size is kept beside it
//
// The same bytes give the same packed ones. Errors: none but a lack of memory (std::bad_alloc). Of packed bytes that
// were cut short or changed comes out what stands before the change.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>

struct z_stream_s;

namespace ca {

// quick: a third of the time for a tenth more room, for what is made anew again and again.
enum class Packing : unsigned char { tight, quick };
std::string deflated(std::string_view bytes, Packing = Packing::tight);
// The same bytes bit by bit, for what is much.
class Deflater {
public:
    explicit Deflater(Packing = Packing::tight);
    void add(std::string_view bytes);
    std::string packed() &&;

private:
    void go_on(bool is_last);
    struct End {
        void operator()(z_stream_s*) const;
    };
    std::unique_ptr<z_stream_s, End> stream_;
    std::string out_;
};
// Up to `size` bytes.
std::string inflated(std::string_view packed, std::size_t size);
// Likewise bit by bit. The packed bytes come in pieces, each of which is let go of once it was read.
class Inflater {
public:
    explicit Inflater(std::deque<std::string> packed);
    std::string next(std::size_t bytes);  // up to so many more; empty: no more are to come

private:
    struct End {
        void operator()(z_stream_s*) const;
    };
    std::unique_ptr<z_stream_s, End> stream_;
    std::deque<std::string> packed_;
    bool has_ended_ = false;
};

}  // namespace ca
