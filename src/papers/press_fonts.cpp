#include "papers/press_fonts.h"

#include <algorithm>
#include <span>

namespace ca::papers {
namespace {

using Ranges = std::span<const pdf::CodeRange>;

// Blocks of Unicode, as they are laid out.
constexpr pdf::CodeRange kana[]{{0x3040, 0x30FF}, {0x31F0, 0x31FF}, {0xFF65, 0xFF9F}, {0x1B000, 0x1B16F}};
constexpr pdf::CodeRange hangul[]{
    {0x1100, 0x11FF}, {0x3130, 0x318F}, {0xA960, 0xA97F}, {0xAC00, 0xD7FF}, {0xFFA0, 0xFFDC}};
// Ideographs, kana, Bopomofo, and the punctuation, forms and enclosed letters that are used with them.
constexpr pdf::CodeRange chinese[]{{0x2E80, 0x312F},   {0x3190, 0x33FF},   {0x3400, 0x4DBF},  {0x4E00, 0x9FFF},
                                   {0xF900, 0xFAFF},   {0xFE30, 0xFE4F},   {0xFF00, 0xFF9F},  {0xFFE0, 0xFFEF},
                                   {0x1B000, 0x1B16F}, {0x1F200, 0x1F2FF}, {0x20000, 0x3FFFF}};
constexpr pdf::CodeRange korean[]{{0x1100, 0x11FF}, {0x2E80, 0x312F},  {0x3130, 0x33FF}, {0x3400, 0x4DBF},
                                  {0x4E00, 0x9FFF}, {0xA960, 0xA97F},  {0xAC00, 0xD7FF}, {0xF900, 0xFAFF},
                                  {0xFF00, 0xFFEF}, {0x20000, 0x3FFFF}};
constexpr pdf::CodeRange devanagari[]{
    {0x900, 0x97F}, {0x1CD0, 0x1CFF}, {0xA830, 0xA83F}, {0xA8E0, 0xA8FF}, {0x11B00, 0x11B5F}};
constexpr pdf::CodeRange bengali[]{{0x980, 0x9FF}};
constexpr pdf::CodeRange gurmukhi[]{{0xA00, 0xA7F}};
constexpr pdf::CodeRange gujarati[]{{0xA80, 0xAFF}};
constexpr pdf::CodeRange oriya[]{{0xB00, 0xB7F}};
constexpr pdf::CodeRange tamil[]{{0xB80, 0xBFF}, {0x11300, 0x1133F}};
constexpr pdf::CodeRange telugu[]{{0xC00, 0xC7F}};
constexpr pdf::CodeRange kannada[]{{0xC80, 0xCFF}};
constexpr pdf::CodeRange malayalam[]{{0xD00, 0xD7F}};
constexpr pdf::CodeRange sinhala[]{{0xD80, 0xDFF}, {0x111E0, 0x111FF}};
constexpr pdf::CodeRange thai[]{{0xE00, 0xE7F}};
constexpr pdf::CodeRange lao[]{{0xE80, 0xEFF}};
constexpr pdf::CodeRange khmer[]{{0x1780, 0x17FF}, {0x19E0, 0x19FF}};
constexpr pdf::CodeRange myanmar[]{{0x1000, 0x109F}, {0xA9E0, 0xA9FF}, {0xAA60, 0xAA7F}};
constexpr pdf::CodeRange georgian[]{{0x10A0, 0x10FF}, {0x1C90, 0x1CBF}, {0x2D00, 0x2D2F}};
constexpr pdf::CodeRange armenian[]{{0x530, 0x58F}, {0xFB13, 0xFB17}};
constexpr pdf::CodeRange ethiopic[]{{0x1200, 0x139F}, {0x2D80, 0x2DDF}, {0xAB00, 0xAB2F}, {0x1E7E0, 0x1E7FF}};
constexpr pdf::CodeRange pictures[]{{0x20D0, 0x20FF}, {0x2190, 0x21FF},  {0x2300, 0x27BF}, {0x2900, 0x297F},
                                    {0x2B00, 0x2BFF}, {0x3030, 0x3030},  {0x303D, 0x303D}, {0x3297, 0x3297},
                                    {0x3299, 0x3299}, {0x1F000, 0x1FAFF}};
constexpr pdf::CodeRange symbols[]{{0x20D0, 0x20FF}, {0x2190, 0x2BFF}, {0x4DC0, 0x4DFF}, {0x1F000, 0x1FBFF}};

// In the order in which they are asked for. Han is Japanese beside kana, Korean beside Hangul, and Chinese else.
struct Script {
    std::string_view file;
    Ranges characters;
    Ranges signs{};
};
constexpr Script scripts[]{
    {"scripts/NotoSansSC.ttf", chinese},        {"scripts/NotoSansJP.ttf", chinese, kana},
    {"scripts/NotoSansKR.ttf", korean, hangul}, {"scripts/NotoSansDevanagari.ttf", devanagari},
    {"scripts/NotoSansBengali.ttf", bengali},   {"scripts/NotoSansGurmukhi.ttf", gurmukhi},
    {"scripts/NotoSansGujarati.ttf", gujarati}, {"scripts/NotoSansOriya.ttf", oriya},
    {"scripts/NotoSansTamil.ttf", tamil},       {"scripts/NotoSansTelugu.ttf", telugu},
    {"scripts/NotoSansKannada.ttf", kannada},   {"scripts/NotoSansMalayalam.ttf", malayalam},
    {"scripts/NotoSansSinhala.ttf", sinhala},   {"scripts/NotoSansThai.ttf", thai},
    {"scripts/NotoSansLao.ttf", lao},           {"scripts/NotoSansKhmer.ttf", khmer},
    {"scripts/NotoSansMyanmar.ttf", myanmar},   {"scripts/NotoSansGeorgian.ttf", georgian},
    {"scripts/NotoSansArmenian.ttf", armenian}, {"scripts/NotoSansEthiopic.ttf", ethiopic},
    {"scripts/NotoEmoji.ttf", pictures},        {"scripts/NotoSansSymbols2.ttf", symbols},
};

}  // namespace

Result<pdf::FontSet> press_fonts(std::vector<std::string> bytes) {
    for (std::size_t i = 0; i < press_font_files.size(); ++i)
        if (i >= bytes.size() || bytes[i].empty())
            return fail("missing_font", "A typeface that PDFs are set in could not be read.",
                        std::string(press_font_files[i]));
    pdf::FontSet fonts;
    fonts.text = {.regular = std::move(bytes[0]),
                  .italic = std::move(bytes[1]),
                  .bold = std::move(bytes[2]),
                  .bold_italic = std::move(bytes[3])};
    fonts.mono = {.regular = std::move(bytes[4])};
    fonts.fallback.push_back({.regular = std::move(bytes[5]), .bold = std::move(bytes[6])});
    fonts.fallback.push_back({.regular = std::move(bytes[7]), .bold = std::move(bytes[8])});
    fonts.fallback.push_back({.regular = std::move(bytes[9]), .bold = std::move(bytes[10])});
    for (const Script& script : scripts)
        fonts.scripts.push_back(
            {.name = std::string(script.file), .characters = script.characters, .signs = script.signs});
    return fonts;
}

bool lend_face(pdf::FontSet& fonts, std::string_view file, std::string bytes) {
    const auto found = std::ranges::find(fonts.scripts, file, &pdf::ScriptFamily::name);
    if (found == fonts.scripts.end()) return false;
    found->family.regular = std::move(bytes);
    return true;
}

Result<pdf::File> write_with(pdf::FontSet& fonts, const documents::Document& document, const pdf::Options& options,
                             const std::function<Result<std::string>(std::string_view file)>& read) {
    for (;;) {
        auto file = pdf::write(document, fonts, options);
        if (file || file.error().code != "font_wanted") return file;
        const std::string wanted = file.error().where;
        auto bytes = CA_TRY(read(wanted));
        if (bytes.empty() || !lend_face(fonts, wanted, std::move(bytes)))
            return fail("missing_font", "A typeface that PDFs are set in could not be read.", wanted);
    }
}

}  // namespace ca::papers
