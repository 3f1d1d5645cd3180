// The checker reads damaged and hostile files without a crash.
#include "pdf_check/check.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto const file = pdf_check::File::read({reinterpret_cast<const char*>(data), size});
    if (file) {
        (void)pdf_check::check(*file);
        (void)pdf_check::reading_order(*file);
        (void)pdf_check::File::read(file->written());
    }
    return 0;
}
