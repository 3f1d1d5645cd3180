// Any bytes as an encoded document: refused in words, or a document whose bytes they are.
#include "documents/document_codec.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ca::documents;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto document = decode(bytes);
    if (!document) {
        if (document.error().code.empty() || document.error().message.empty() ||
            !document.error().where.starts_with("byte "))
            std::abort();
        return 0;
    }
    if (encode(*document) != bytes) std::abort();
    return 0;
}
