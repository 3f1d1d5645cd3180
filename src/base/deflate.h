// Deflate (RFC 1951) in zlib's form (RFC 1950), for what lies packed in files and in memory.
//
//     std::string packed = deflated(bytes);
//     std::string bytes = inflated(packed, size);      // its size is kept beside it
//
// The same bytes give the same packed ones. Errors: none but a lack of memory (std::bad_alloc). Of packed bytes that
// were cut short or changed comes out what stands before the change.
#pragma once

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
// Likewise bit by bit, of packed bytes that outlive it.
class Inflater {
public:
    Inflater(std::string_view packed, std::size_t size);
    bool go_on(std::size_t bytes);  // so many more; true: no more are to come
    std::string bytes() &&;

private:
    struct End {
        void operator()(z_stream_s*) const;
    };
    std::unique_ptr<z_stream_s, End> stream_;
    std::size_t left_ = 0;
    std::string out_;
};

}  // namespace ca
