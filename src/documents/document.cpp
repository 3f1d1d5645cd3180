#include "documents/document.h"

namespace ca::documents {

Inline plain(std::string text) {
    if (text.empty()) return {};
    return {Run{.text = std::move(text)}};
}

std::string to_text(const Inline& inline_text) {
    std::string text;
    for (const Run& run : inline_text) {
        text += run.text;
        if (run.line_break_after) text += '\n';
    }
    return text;
}

}  // namespace ca::documents
