// Writes the sample document as a PDF:  pdf_sample FONTS-FOLDER FILE [a1b]
// Built for this machine and, run by Node.js, for WebAssembly: both must write the same bytes.
#include "pdf/pdf.h"
#include "pdf/sample.h"

#include <cstdio>
#include <fstream>
#include <string_view>

int main(int count, char** arguments) {
    using namespace ca;
    if (count < 3) {
        std::fputs("pdf_sample FONTS-FOLDER FILE [a1b]\n", stderr);
        return 2;
    }
    documents::Document document = pdf::sample::everything();
    pdf::Options options;
    if (count > 3 && std::string_view(arguments[3]) == "a1b") {
        options.profile = pdf::Profile::a1b;
        document.attachments.clear();
    }
    pdf::FontSet const fonts = pdf::sample::fonts(arguments[1]);
    auto const file = pdf::write(document, fonts, options);
    if (!file) {
        std::fprintf(stderr, "%s: %s (%s)\n", file.error().code.c_str(), file.error().message.c_str(),
                     file.error().where.c_str());
        return 1;
    }
    std::ofstream stream(arguments[2], std::ios::binary);
    stream.write(file->bytes.data(), static_cast<std::streamsize>(file->bytes.size()));
    return stream.good() ? 0 : 1;
}
