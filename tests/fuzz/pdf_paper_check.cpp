// Checking a paper, and the readers under it: any bytes get an answer, and none is taken for an issued agreement.
#include "app/enclosed_record.h"
#include "app/verify.h"
#include "pdf/differences.h"
#include "pdf/stored_objects.h"

#include <cstdint>
#include <cstdlib>

namespace {

// Gives back what no reader could have been given: nothing that is checked here can be exact.
class BlankPress final : public ca::app::Press {
public:
    void print(ca::documents::Document, std::function<void(ca::Result<ca::app::Printed>)> done) override { done(ca::app::Printed{.bytes = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n", .pages = 1}); }
};

void must(bool holds)
{
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string const bytes(reinterpret_cast<const char*>(data), size);
    BlankPress press;
    int answers = 0;
    ca::app::verify(press, bytes, [&](ca::documents::PaperCheck check) {
        ++answers;
        must(check.verdict != ca::documents::Verdict::exact && !check.message.empty());
    });
    must(answers == 1);
    if (auto const stored = ca::pdf::stored_objects(bytes)) {
        for (auto const& object : *stored)
            for (const char* key : {"Type", "Length", "Kids"}) (void)ca::pdf::entry_of(object.value, key);
        must(ca::pdf::differences(bytes, bytes)->empty());
        (void)ca::pdf::differences(bytes, "%PDF-1.7\n1 0 obj\n<</Type/Pages/Kids[1 0 R]>>\nendobj\nstartxref\n0\n%%EOF\n");
    }
    if (auto const record = ca::app::read_enclosed_record(bytes)) must(ca::app::to_json(*record) == bytes);
    return 0;
}
