// A composite font of a file: what its codes read as, how wide the file says they are, and what its program says.
#pragma once

#include "pdf_check/pdf_file.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pdf_check {

struct TrueType {
    int units_per_em = 0;
    int glyph_count = 0;
    std::vector<int> advances;  // one a glyph

    static std::expected<TrueType, std::string> read(std::string_view program);
};

struct Font {
    std::string name;
    std::map<int, std::string> unicode;  // code -> UTF-8
    std::map<int, double> widths;
    std::vector<int> glyph_of;  // by CID; empty: the same
    std::optional<TrueType> program;
    std::vector<std::string> problems;  // "font.embedded …": what is wrong with the font as such

    int glyph(int cid) const;
};

Font read_font(const File&, const Value& reference);

std::string utf16_to_utf8(std::string_view big_endian);
// A text string: UTF-16 with its mark, or PDFDocEncoding (here: ASCII).
std::string text_of(const Value&);

}  // namespace pdf_check
