// The record that a paper encloses, on any bytes: what is read is written again to the letter. And in a PDF around it:
// found there, never taken for an issued agreement, and whatever is wrong with it is said in words.
#include "papers/enclosed_record.h"
#include "papers/verify.h"
#include "documents/document_codec.h"
#include "pdf/stored_objects.h"
#include "support/fuzzing.h"

#include <algorithm>

namespace {

using namespace ca;
using fuzzing::require;

// What no reader could have been given: nothing that is checked here can be exact.
Result<papers::Printed> blank(const documents::Document&) {
    return papers::Printed{.bytes = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n", .pages = 1};
}

std::string pdf_around(std::string_view record) {
    return "%PDF-1.7\n1 0 obj <</Type/EmbeddedFile/Length " + std::to_string(record.size()) + ">>\nstream\n" +
           std::string(record) + "\nendstream endobj\nstartxref\n0\n%%EOF\n";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view const json(reinterpret_cast<const char*>(data), size);
    auto const record = papers::read_enclosed_record(json);
    if (record) require(papers::to_json(*record) == json, "a record is written in another way");
    else require(!record.error().code.empty() && !record.error().message.empty(), "a refusal without words");

    auto const pdf = pdf_around(json);
    auto const check = papers::verify(pdf, blank);
    require(!check.message.empty(), "an answer without words");
    require(check.verdict != documents::Verdict::exact, "a paper that the portal did not issue");
    auto const stored = pdf::stored_objects(pdf);
    bool const is_there =
        stored && std::ranges::any_of(*stored, [&](const auto& object) { return object.stream == json; });
    if (record && is_there) {
        require(check.verdict == documents::Verdict::differs && !check.differences.empty(),
                "a sound record in another paper differs from nothing");
        require(check.number == record->agreement.number, "another agreement than that of the record");
        require(check.event_hashes.size() <= record->events.size(), "more events than there are");
    }
    auto const told = documents::decode_paper_check(documents::encode(check));
    require(told && documents::encode(*told) == documents::encode(check),
            "an answer is another on its way to the page");
    return 0;
}
