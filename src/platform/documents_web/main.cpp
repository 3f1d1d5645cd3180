// The module documents.wasm: makes PDFs in a worker (web/src/documents_worker.ts), so that the page answers meanwhile. The page's half
// is platform/web/web_press.h; what passes between them is documents/document_codec.h.
//
// The worker makes one desk, gives it the typefaces, then asks for one document after the other and takes away what came of each.
#include "app/press_fonts.h"
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
    std::vector<std::string> font_bytes = std::vector<std::string>(app::press_font_files.size());
    std::optional<pdf::FontSet> fonts;  // from the first document, when all have come
    Result<pdf::File> printed;          // the last one
};

Result<pdf::File> print(Desk& desk, std::string_view encoded) {
    if (!desk.fonts) desk.fonts = CA_TRY(app::press_fonts(std::move(desk.font_bytes)));
    const auto document = CA_TRY(documents::decode(encoded));
    return pdf::write(document, *desk.fonts);
}

}  // namespace

// What the worker calls. Bytes that come in stay the worker's; what goes out stays the desk's until the next document.
extern "C" {

EMSCRIPTEN_KEEPALIVE int documents_font_count() { return static_cast<int>(app::press_font_files.size()); }
// Ended by a zero, as literals are.
EMSCRIPTEN_KEEPALIVE const char* documents_font_file(int font) { return app::press_font_files.at(static_cast<std::size_t>(font)).data(); }

EMSCRIPTEN_KEEPALIVE Desk* documents_desk() { return std::make_unique<Desk>().release(); }

EMSCRIPTEN_KEEPALIVE void documents_font(Desk* desk, int font, const char* bytes, int size) {
    desk->font_bytes.at(static_cast<std::size_t>(font)).assign(bytes, static_cast<std::size_t>(size));
}

// 1 where there is a file now, 0 where the document was refused.
EMSCRIPTEN_KEEPALIVE int documents_print(Desk* desk, const char* document, int size) {
    desk->printed = pdf::File{};  // the one before makes room
    desk->printed = print(*desk, {document, static_cast<std::size_t>(size)});
    return desk->printed ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE const char* documents_file_bytes(const Desk* desk) { return desk->printed->bytes.data(); }
EMSCRIPTEN_KEEPALIVE int documents_file_size(const Desk* desk) { return static_cast<int>(desk->printed->bytes.size()); }
EMSCRIPTEN_KEEPALIVE int documents_file_pages(const Desk* desk) { return desk->printed->page_count; }

EMSCRIPTEN_KEEPALIVE const char* documents_error_code(const Desk* desk) { return desk->printed.error().code.c_str(); }
EMSCRIPTEN_KEEPALIVE const char* documents_error_message(const Desk* desk) { return desk->printed.error().message.c_str(); }
EMSCRIPTEN_KEEPALIVE const char* documents_error_where(const Desk* desk) { return desk->printed.error().where.c_str(); }

}  // extern "C"
