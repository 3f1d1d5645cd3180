// The module documents.wasm: makes and checks PDFs in a worker (web/src/documents_worker.ts), so that the page answers
// meanwhile. The page's half is platform/web/web_press.h; what passes between them is documents/document_codec.h.
//
// The worker makes one desk, gives it the typefaces, then asks for one thing after the other and takes away what came
// of each. Where that wants a further typeface (documents_wanted_face), it is fetched and given, and the same is asked
// for again.
#include "papers/press_fonts.h"
#include "papers/verify.h"
#include "documents/document_codec.h"
#include "pdf/pdf.h"

#include <emscripten.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace ca;

struct Desk {
    std::vector<std::string> font_bytes = std::vector<std::string>(papers::press_font_files.size());
    std::optional<pdf::FontSet> fonts;  // from the first document, when all have come
    std::string wanted;                 // a file, without which the last thing could not be done
    Result<papers::Printed> answer;     // the last one; of a check the bytes are an encoded PaperCheck
};

Result<papers::Printed> print(Desk& desk, const documents::Document& document) {
    if (!desk.fonts) desk.fonts = CA_TRY(papers::press_fonts(std::move(desk.font_bytes)));
    auto file =
        CA_TRY(papers::write_with(*desk.fonts, document, {}, [&](std::string_view wanted) -> Result<std::string> {
            desk.wanted = wanted;
            return fail("font_wanted", "A typeface is to be fetched.", desk.wanted);
        }));
    return papers::Printed{.bytes = std::move(file.bytes), .pages = file.page_count};
}

void begin(Desk& desk) {
    desk.wanted.clear();
    desk.answer = papers::Printed{};  // the one before makes room
}

// 1 where there are bytes now, 0 where it was refused.
int keep(Desk& desk, Result<papers::Printed> answer) {
    desk.answer = std::move(answer);
    return desk.answer ? 1 : 0;
}

}  // namespace

// What the worker calls. Bytes that come in stay the worker's; what goes out stays the desk's until it is asked for the
// next.
extern "C" {

EMSCRIPTEN_KEEPALIVE int documents_font_count() { return static_cast<int>(papers::press_font_files.size()); }
// Ended by a zero, as literals are.
EMSCRIPTEN_KEEPALIVE const char* documents_font_file(int font) {
    return papers::press_font_files.at(static_cast<std::size_t>(font)).data();
}

EMSCRIPTEN_KEEPALIVE Desk* documents_desk() { return std::make_unique<Desk>().release(); }

EMSCRIPTEN_KEEPALIVE void documents_font(Desk* desk, int font, const char* bytes, int size) {
    desk->font_bytes.at(static_cast<std::size_t>(font)).assign(bytes, static_cast<std::size_t>(size));
}

// The file that the last thing wanted, relative to fonts/; empty: none.
EMSCRIPTEN_KEEPALIVE const char* documents_wanted_face(const Desk* desk) { return desk->wanted.c_str(); }
EMSCRIPTEN_KEEPALIVE void documents_lend_face(Desk* desk, const char* bytes, int size) {
    papers::lend_face(*desk->fonts, desk->wanted, {bytes, static_cast<std::size_t>(size)});
}

EMSCRIPTEN_KEEPALIVE int documents_print(Desk* desk, const char* document, int size) {
    begin(*desk);
    const auto decoded = documents::decode({document, static_cast<std::size_t>(size)});
    return keep(*desk, decoded ? print(*desk, *decoded) : std::unexpected(decoded.error()));
}

EMSCRIPTEN_KEEPALIVE int documents_check(Desk* desk, const char* pdf, int size) {
    begin(*desk);
    const auto check = papers::verify({pdf, static_cast<std::size_t>(size)},
                                      [&](const documents::Document& paper) { return print(*desk, paper); });
    return keep(*desk, papers::Printed{.bytes = documents::encode(check)});
}

EMSCRIPTEN_KEEPALIVE const char* documents_answer_bytes(const Desk* desk) { return desk->answer->bytes.data(); }
EMSCRIPTEN_KEEPALIVE int documents_answer_size(const Desk* desk) {
    return static_cast<int>(desk->answer->bytes.size());
}
EMSCRIPTEN_KEEPALIVE int documents_answer_pages(const Desk* desk) { return desk->answer->pages; }

EMSCRIPTEN_KEEPALIVE const char* documents_error_code(const Desk* desk) { return desk->answer.error().code.c_str(); }
EMSCRIPTEN_KEEPALIVE const char* documents_error_message(const Desk* desk) {
    return desk->answer.error().message.c_str();
}
EMSCRIPTEN_KEEPALIVE const char* documents_error_where(const Desk* desk) { return desk->answer.error().where.c_str(); }

}  // extern "C"
