#include "pdf_check/fonts.h"

namespace pdf_check {

namespace {

unsigned big(std::string_view bytes, std::size_t at, std::size_t count) {
    unsigned value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    return value;
}

void add_utf8(std::string& out, unsigned c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        out += static_cast<char>(0x80 | (c & 63));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | c >> 12);
        out += static_cast<char>(0x80 | (c >> 6 & 63));
        out += static_cast<char>(0x80 | (c & 63));
    } else {
        out += static_cast<char>(0xF0 | c >> 18);
        out += static_cast<char>(0x80 | (c >> 12 & 63));
        out += static_cast<char>(0x80 | (c >> 6 & 63));
        out += static_cast<char>(0x80 | (c & 63));
    }
}

void read_to_unicode(std::string_view map, Font& font) {
    auto const tokens = tokens_of(map);
    if (!tokens) {
        font.problems.push_back("font.unicode: the ToUnicode map cannot be read");
        return;
    }
    bool in_characters = false;
    std::vector<std::string> pending;
    for (Value const& token : *tokens) {
        if (token.is(Value::Kind::op)) {
            if (token.text == "beginbfchar") in_characters = true;
            if (token.text == "endbfchar") in_characters = false;
            if (token.text == "beginbfrange") font.problems.push_back("font.unicode: ranges are not read here");
            pending.clear();
        } else if (in_characters && token.is(Value::Kind::string)) {
            pending.push_back(token.text);
            if (pending.size() == 2) {
                font.unicode[static_cast<int>(big(pending[0], 0, 2))] = utf16_to_utf8(pending[1]);
                pending.clear();
            }
        }
    }
}

}  // namespace

std::string utf16_to_utf8(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        unsigned c = big(text, i, 2);
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < text.size()) {
            c = 0x10000 + ((c - 0xD800) << 10) + (big(text, i + 2, 2) - 0xDC00);
            i += 2;
        }
        add_utf8(out, c);
    }
    return out;
}

std::string text_of(const Value& value) {
    if (value.text.substr(0, 2) == "\xFE\xFF") return utf16_to_utf8(std::string_view(value.text).substr(2));
    return value.text;
}

std::expected<TrueType, std::string> TrueType::read(std::string_view program) {
    std::map<std::string, std::string_view, std::less<>> tables;
    unsigned const count = big(program, 4, 2);
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t const record = 12 + 16 * i;
        std::size_t const offset = big(program, record + 8, 4), size = big(program, record + 12, 4);
        if (record + 16 > program.size() || offset > program.size() || size > program.size() - offset) {
            return std::unexpected("a table lies outside of the font program");
        }
        tables[std::string(program.substr(record, 4))] = program.substr(offset, size);
    }
    for (const char* needed : {"head", "hhea", "hmtx", "maxp", "loca", "glyf"}) {
        if (!tables.contains(needed)) return std::unexpected("the font program has no table " + std::string(needed));
    }
    TrueType font;
    font.units_per_em = static_cast<int>(big(tables["head"], 18, 2));
    font.glyph_count = static_cast<int>(big(tables["maxp"], 4, 2));
    int const long_metrics = static_cast<int>(big(tables["hhea"], 34, 2));
    if (font.units_per_em == 0 || long_metrics == 0) return std::unexpected("the font program has no metrics");
    for (int glyph = 0; glyph < font.glyph_count; ++glyph) {
        int const record = glyph < long_metrics ? glyph : long_metrics - 1;
        font.advances.push_back(static_cast<int>(big(tables["hmtx"], static_cast<std::size_t>(record) * 4, 2)));
    }
    return font;
}

int Font::glyph(int cid) const {
    if (glyph_of.empty()) return cid;
    return cid >= 0 && static_cast<std::size_t>(cid) < glyph_of.size() ? glyph_of[static_cast<std::size_t>(cid)] : 0;
}

Font read_font(const File& file, const Value& reference) {
    Font font;
    Value const& top = file.resolve(reference);
    font.name = top["BaseFont"].text;
    auto problem = [&](const std::string& text) { font.problems.push_back(text); };
    if (!top["Subtype"].is_name("Type0") || !top["Encoding"].is_name("Identity-H"))
        problem("font.embedded: not a composite font with Identity-H");

    if (const Object* map = file.object(top["ToUnicode"]); map != nullptr && map->is_stream) {
        if (auto const bytes = file.decoded(*map)) read_to_unicode(*bytes, font);
    } else {
        problem("font.unicode: no ToUnicode map");
    }
    Value const& descendants = file.resolve(top["DescendantFonts"]);
    Value const& cid_font = descendants.items.empty() ? descendants : file.resolve(descendants.items.front());
    Value const& descriptor = file.resolve(cid_font["FontDescriptor"]);
    if (!cid_font["Subtype"].is_name("CIDFontType2")) problem("font.embedded: the descendant is no TrueType font");
    bool const tagged =
        font.name.size() > 7 && font.name[6] == '+' && font.name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 6;
    if (!tagged || cid_font["BaseFont"].text != font.name || descriptor["FontName"].text != font.name) {
        problem("font.subset: the name is no subset's, or differs between the font's parts");
    }
    if (const Object* program = file.object(descriptor["FontFile2"]); program != nullptr && program->is_stream) {
        auto const bytes = file.decoded(*program);
        auto parsed = bytes ? TrueType::read(*bytes) : std::unexpected(bytes.error());
        if (parsed) font.program = std::move(*parsed);
        else problem("font.embedded: " + parsed.error());
    } else {
        problem("font.embedded: no font program");
    }
    if (const Object* map = file.object(cid_font["CIDToGIDMap"]); map != nullptr && map->is_stream) {
        if (auto const bytes = file.decoded(*map)) {
            for (std::size_t i = 0; i + 1 < bytes->size(); i += 2)
                font.glyph_of.push_back(static_cast<int>(big(*bytes, i, 2)));
        }
    } else if (!cid_font["CIDToGIDMap"].is_name("Identity")) {
        problem("font.embedded: no CIDToGIDMap");
    }
    Value const& widths = file.resolve(cid_font["W"]);
    for (std::size_t i = 0; i + 1 < widths.items.size();) {
        int const first = widths.items[i].integer();
        Value const& next = widths.items[i + 1];
        if (next.is(Value::Kind::array)) {
            for (std::size_t k = 0; k < next.items.size(); ++k)
                font.widths[first + static_cast<int>(k)] = next.items[k].number;
            i += 2;
        } else if (i + 2 < widths.items.size()) {
            for (int cid = first; cid <= next.integer() && cid < first + 65536; ++cid)
                font.widths[cid] = widths.items[i + 2].number;
            i += 3;
        } else {
            break;
        }
    }
    return font;
}

}  // namespace pdf_check
