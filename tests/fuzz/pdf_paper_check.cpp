// Checking a paper, and the readers under it: any bytes get an answer, and none is taken for an issued agreement.
#include "papers/enclosed_record.h"
#include "papers/verify.h"
#include "documents/document_codec.h"
#include "pdf/differences.h"
#include "pdf/spoken_text.h"
#include "pdf/stored_objects.h"

#include <cstdint>
#include <cstdlib>

namespace {

// What no reader could have been given: nothing that is checked here can be exact.
ca::Result<ca::papers::Printed> blank(const ca::documents::Document&) {
    return ca::papers::Printed{.bytes = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n", .pages = 1};
}

void must(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string const bytes(reinterpret_cast<const char*>(data), size);
    auto const check = ca::papers::verify(bytes, blank);
    must(check.verdict != ca::documents::Verdict::exact && !check.message.empty());
    auto const told = ca::documents::decode_paper_check(ca::documents::encode(check));
    must(told && ca::documents::encode(*told) == ca::documents::encode(check));
    if (auto const stored = ca::pdf::stored_objects(bytes)) {
        for (auto const& object : *stored)
            for (const char* key : {"Type", "Length", "Kids"}) (void)ca::pdf::entry_of(object.value, key);
        (void)ca::pdf::spoken_text(*stored);
        must(ca::pdf::differences(bytes, bytes)->empty());
        (void)ca::pdf::differences(bytes,
                                   "%PDF-1.7\n1 0 obj\n<</Type/Pages/Kids[1 0 R]>>\nendobj\nstartxref\n0\n%%EOF\n");
    }
    if (auto const record = ca::papers::read_enclosed_record(bytes)) must(ca::papers::to_json(*record) == bytes);
    return 0;
}
