#include "pdf/font.h"

#include "base/sha256.h"
#include "base/text.h"
#include "pdf/units.h"

#include <hb-ot.h>
#include <hb-subset.h>

#include <algorithm>

namespace ca::pdf {

namespace {

template<auto destroy>
struct Destroy {
    template<typename T>
    void operator()(T* object) const {
        destroy(object);
    }
};
using Blob = std::unique_ptr<hb_blob_t, Destroy<hb_blob_destroy>>;
using SubsetInput = std::unique_ptr<hb_subset_input_t, Destroy<hb_subset_input_destroy>>;
using SubsetPlan = std::unique_ptr<hb_subset_plan_t, Destroy<hb_subset_plan_destroy>>;
using FacePointer = std::unique_ptr<hb_face_t, Destroy<hb_face_destroy>>;

std::string_view bytes_of(const Blob& blob) {
    unsigned size = 0;
    const char* data = hb_blob_get_data(blob.get(), &size);
    return {data, size};
}

// Big-endian numbers of a font table; out of range reads as 0.
struct TableReader {
    std::string_view bytes;

    std::uint16_t u16(std::size_t at) const {
        if (at + 2 > bytes.size()) return 0;
        return static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[at]) << 8 |
                                          static_cast<unsigned char>(bytes[at + 1]));
    }
    std::int16_t i16(std::size_t at) const { return static_cast<std::int16_t>(u16(at)); }
    std::int32_t i32(std::size_t at) const {
        return static_cast<std::int32_t>(static_cast<std::uint32_t>(u16(at)) << 16 | u16(at + 2));
    }
};

// The PostScript name (name id 6), reduced to the characters that may stand in a font's name.
std::string postscript_name(TableReader table) {
    std::string found;
    int const count = table.u16(2);
    std::size_t const strings = table.u16(4);
    for (int i = 0; i < count && found.empty(); ++i) {
        std::size_t const record = 6 + 12 * static_cast<std::size_t>(i);
        if (table.u16(record + 6) != 6) continue;
        bool const wide = table.u16(record) != 1;
        std::size_t const start = strings + table.u16(record + 10);
        std::size_t const size = table.u16(record + 8);
        if (start + size > table.bytes.size()) continue;
        for (std::size_t at = start + (wide ? 1 : 0); at < start + size; at += wide ? 2 : 1) {
            char const c = table.bytes[at];
            bool const ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
            if (ok) found += c;
        }
    }
    return found.empty() ? "Font" : found;
}

constexpr hb_tag_t tag(const char (&text)[5]) { return HB_TAG(text[0], text[1], text[2], text[3]); }

}  // namespace

Result<Face> Face::open(std::string_view bytes, std::string where) {
    auto refuse = [&](std::string message) { return fail("bad_font", std::move(message), std::move(where)); };

    Blob const blob(
        hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
    Face face;
    face.face_.reset(hb_face_create(blob.get(), 0));
    auto table = [&](const char(&name)[5]) { return Blob(hb_face_reference_table(face.face_.get(), tag(name))); };
    Blob const head = table("head"), hhea = table("hhea"), os2 = table("OS/2"), post = table("post"),
               names = table("name");

    if (hb_face_get_glyph_count(face.face_.get()) == 0 || bytes_of(head).size() < 54 || bytes_of(hhea).size() < 36) {
        return refuse("The font cannot be read. Give the bytes of a TrueType file.");
    }
    if (bytes_of(table("glyf")).empty()) return refuse("The font has no TrueType outlines. Give its TrueType version.");
    if (!bytes_of(table("fvar")).empty()) return refuse("The font is a variable font. Give one static face of it.");
    constexpr unsigned restricted = 0x0002, bitmap_only = 0x0200, no_subset = 0x0100;
    if (TableReader{bytes_of(os2)}.u16(8) & (restricted | bitmap_only | no_subset)) {
        return refuse("The font's licence bits forbid embedding a subset of it. Choose another font.");
    }

    face.units_per_em_ = TableReader{bytes_of(head)}.u16(18);
    if (face.units_per_em_ < 16 || face.units_per_em_ > 16384)
        return refuse("The font's units per em are out of range.");
    for (std::size_t i = 0; i < 4; ++i) face.box_[i] = TableReader{bytes_of(head)}.i16(36 + 2 * i);
    face.ascent_ = TableReader{bytes_of(hhea)}.i16(4);
    face.descent_ = TableReader{bytes_of(hhea)}.i16(6);
    TableReader const os2_table{bytes_of(os2)};
    if (os2_table.u16(4) > 0) face.weight_ = os2_table.u16(4);
    face.cap_height_ = os2_table.u16(0) >= 2 ? os2_table.i16(88) : face.ascent_ * 7 / 10;
    face.italic_angle_thousandths_ = static_cast<int>(std::int64_t{TableReader{bytes_of(post)}.i32(4)} * 1000 / 65536);
    face.fixed_pitch_ = TableReader{bytes_of(post)}.i32(12) != 0;
    face.name_ = postscript_name({bytes_of(names)});

    face.font_.reset(hb_font_create(face.face_.get()));
    hb_font_set_scale(face.font_.get(), face.units_per_em_, face.units_per_em_);
    face.buffer_.reset(hb_buffer_create());
    return face;
}

std::optional<std::uint32_t> Face::glyph(char32_t c) const {
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(font_.get(), c, &glyph) && glyph != 0 ? std::optional<std::uint32_t>(glyph)
                                                                           : std::nullopt;
}

int Face::advance(std::uint32_t glyph) const { return hb_font_get_glyph_h_advance(font_.get(), glyph); }

bool has_syllables(hb_script_t script) {
    switch (script) {
        case HB_SCRIPT_BENGALI:
        case HB_SCRIPT_DEVANAGARI:
        case HB_SCRIPT_GUJARATI:
        case HB_SCRIPT_GURMUKHI:
        case HB_SCRIPT_KANNADA:
        case HB_SCRIPT_MALAYALAM:
        case HB_SCRIPT_ORIYA:
        case HB_SCRIPT_SINHALA:
        case HB_SCRIPT_TAMIL:
        case HB_SCRIPT_TELUGU: return true;
        default: return false;
    }
}

namespace {

std::vector<hb_feature_t> features_of(const ShapeRequest& request) {
    std::vector<hb_feature_t> features;
    auto off = [&](const char(&name)[5]) {
        features.push_back({tag(name), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END});
    };
    if (request.plain) {
        off("liga");
        off("clig");
        off("calt");
    }
    if (request.script == HB_SCRIPT_ARABIC) {
        // Some readers take letters that are pushed under each other for two words, and turn round the letters of a
        // ligature. Of these there is only the one that no reader of Arabic would do without: lam with alef.
        off("kern");
        off("liga");
        off("rlig");
        constexpr char32_t lam = 0x644;
        constexpr std::u32string_view alefs = U"\u0622\u0623\u0625\u0627";
        for (std::size_t i = request.begin; i + 1 < request.end; ++i) {
            if (request.text[i] == lam && alefs.contains(request.text[i + 1]))
                features.push_back({tag("rlig"), 1, static_cast<unsigned>(i), static_cast<unsigned>(i) + 2});
        }
    }
    return features;
}

}  // namespace

std::vector<ShapedGlyph> Face::shape(const ShapeRequest& request) const {
    hb_buffer_t* buffer = buffer_.get();
    hb_buffer_reset(buffer);
    hb_buffer_set_cluster_level(buffer, has_syllables(request.script) ? HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES
                                                                      : HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_buffer_set_direction(buffer,
                            request.direction == Direction::right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, request.script);
    hb_buffer_set_language(buffer,
                           hb_language_from_string(request.language.data(), static_cast<int>(request.language.size())));
    hb_buffer_add_utf32(buffer, reinterpret_cast<const std::uint32_t*>(request.text.data()),
                        static_cast<int>(request.text.size()), static_cast<unsigned>(request.begin),
                        static_cast<int>(request.end - request.begin));

    auto const features = features_of(request);
    hb_shape(font_.get(), buffer, features.data(), static_cast<unsigned>(features.size()));

    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer, nullptr);
    std::vector<ShapedGlyph> glyphs;
    glyphs.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        glyphs.push_back({infos[i].codepoint, infos[i].cluster, positions[i].x_advance, positions[i].x_offset,
                          positions[i].y_offset});
    }
    return glyphs;
}

std::uint16_t FontUse::character_id(std::uint32_t glyph, std::u32string_view text) {
    std::pair<std::uint32_t, std::u32string> key(glyph, text);
    auto const [entry, is_new] = ids_.try_emplace(std::move(key), static_cast<std::uint16_t>(characters_.size() + 1));
    if (is_new) characters_.push_back({glyph, std::u32string(text)});
    return entry->second;
}

std::int64_t FontUse::width_millionths(std::uint32_t glyph) const {
    return (std::int64_t{face_->advance(glyph)} * 1000000 + face_->units_per_em_ / 2) / face_->units_per_em_;
}

// ---- The font in the file ---------------------------------------------------------------------------------

namespace {

// A font's program with some of its glyphs alone.
struct Subset {
    SubsetPlan plan;
    Blob program;

    std::string_view bytes() const { return bytes_of(program); }
    // What a glyph of the whole font is called in this one.
    std::uint32_t glyph(std::uint32_t whole) const {
        return hb_map_get(hb_subset_plan_old_to_new_glyph_mapping(plan.get()), whole);
    }
};

// Nothing where it cannot be had.
std::optional<Subset> subset_of(hb_face_t* face, const std::vector<std::uint32_t>& glyphs) {
    SubsetInput const input(hb_subset_input_create_or_fail());
    hb_set_t* wanted = hb_subset_input_glyph_set(input.get());
    for (std::uint32_t const glyph : glyphs) hb_set_add(wanted, glyph);
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING);
    hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (hb_tag_t const unwanted :
         {tag("GSUB"), tag("GPOS"), tag("GDEF"), tag("BASE"), tag("JSTF"), tag("STAT"), tag("cmap"),
          tag("name"), tag("OS/2"), tag("post"), tag("gasp"), tag("DSIG"), tag("kern"), tag("meta"),
          tag("MATH"), tag("COLR"), tag("CPAL"), tag("SVG "), tag("vhea"), tag("vmtx"), tag("VORG"),
          tag("VDMX"), tag("hdmx"), tag("LTSH"), tag("PCLT"), tag("cvt "), tag("fpgm"), tag("prep")}) {
        hb_set_add(dropped, unwanted);
    }
    SubsetPlan plan(hb_subset_plan_create_or_fail(face, input.get()));
    FacePointer const subset(plan ? hb_subset_plan_execute_or_fail(plan.get()) : nullptr);
    if (!subset) return std::nullopt;
    return Subset{std::move(plan), Blob(hb_face_reference_blob(subset.get()))};
}

// The six letters before the name tell subsets of one font apart: letters of the subset's hash.
std::string subset_name(std::string_view program, const std::string& name) {
    Digest const digest = sha256(program);
    std::string letters;
    for (std::size_t i = 0; i < 6; ++i) letters += static_cast<char>('A' + digest[i] % 26);
    return letters + '+' + name;
}

// One bit a CID, the highest bit first, 0 (.notdef) included.
std::string cid_set(std::size_t characters) {
    std::string bits((characters + 1 + 7) / 8, '\0');
    for (std::size_t cid = 0; cid <= characters; ++cid) bits[cid / 8] |= static_cast<char>(0x80 >> (cid % 8));
    return bits;
}

}  // namespace

// The W entry of the font.
std::string FontUse::widths() const {
    std::string widths = "[1 [";
    for (std::size_t i = 0; i < characters_.size(); ++i) {
        if (i > 0) widths += ' ';
        widths += format_thousandths(width_millionths(characters_[i].glyph));
    }
    return widths + "]]";
}

// The CMap that says what each CID reads as.
std::string FontUse::to_unicode() const {
    std::string mappings;
    for (std::size_t i = 0; i < characters_.size(); ++i) {
        if (i % 100 == 0) {
            if (i > 0) mappings += "endbfchar\n";
            mappings += std::to_string(std::min<std::size_t>(100, characters_.size() - i)) + " beginbfchar\n";
        }
        mappings += '<' + hex_digits(static_cast<std::uint32_t>(i + 1), 4) + "> <";
        std::vector<char32_t> const text(characters_[i].text.begin(), characters_[i].text.end());
        for (char16_t const unit : to_utf16(to_utf8(text))) mappings += hex_digits(unit, 4);
        mappings += ">\n";
    }
    if (!characters_.empty()) mappings += "endbfchar\n";
    return "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
           "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
           "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
           "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n" +
           mappings + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

Dictionary Face::descriptor(std::string_view base_name) const {
    auto per_mille = [&](std::int64_t units) { return std::to_string(units * 1000 / units_per_em_); };
    constexpr int fixed_pitch = 1, symbolic = 4, italic = 64;
    int flags = symbolic;
    if (fixed_pitch_) flags |= fixed_pitch;
    if (italic_angle_thousandths_ != 0) flags |= italic;
    Dictionary descriptor;
    descriptor.put("Type", "/FontDescriptor")
        .put("FontName", name(base_name))
        .put("Flags", std::to_string(flags))
        .put("FontBBox", array({per_mille(box_[0]), per_mille(box_[1]), per_mille(box_[2]), per_mille(box_[3])}))
        .put("ItalicAngle", format_thousandths(italic_angle_thousandths_))
        .put("Ascent", per_mille(ascent_))
        .put("Descent", per_mille(descent_))
        .put("CapHeight", per_mille(cap_height_))
        .put("StemV", std::to_string(50 + weight_ * weight_ / 4225));
    return descriptor;
}

Result<void> FontUse::write(Objects& objects, Ref ref, bool with_cid_set) const {
    std::vector<std::uint32_t> glyphs;
    for (Character const& character : characters_) glyphs.push_back(character.glyph);
    std::optional<Subset> const subset = subset_of(face_->face_.get(), glyphs);
    if (!subset) return fail("bad_font", "The font cannot be subset. Choose another file of it.", face_->name_);
    std::string const base_name = subset_name(subset->bytes(), face_->name_);

    std::string glyph_map(2, '\0');
    for (std::uint32_t const whole : glyphs) {
        std::uint32_t const glyph = subset->glyph(whole);
        glyph_map += static_cast<char>((glyph >> 8) & 0xFF);
        glyph_map += static_cast<char>(glyph & 0xFF);
    }

    Ref const font_file = objects.add_stream(Dictionary().put("Length1", std::to_string(subset->bytes().size())),
                                             subset->bytes(), Packing::deflate);
    Dictionary descriptor = face_->descriptor(base_name);
    descriptor.put("FontFile2", reference(font_file));
    if (with_cid_set)
        descriptor.put("CIDSet", reference(objects.add_stream({}, cid_set(characters_.size()), Packing::deflate)));

    Ref const descendant = objects.add(
        Dictionary()
            .put("Type", "/Font")
            .put("Subtype", "/CIDFontType2")
            .put("BaseFont", name(base_name))
            .put("CIDSystemInfo",
                 Dictionary().put("Registry", "(Adobe)").put("Ordering", "(Identity)").put("Supplement", "0").text())
            .put("FontDescriptor", reference(objects.add(descriptor.text())))
            .put("DW", "0")
            .put("W", widths())
            .put("CIDToGIDMap", reference(objects.add_stream({}, glyph_map, Packing::deflate)))
            .text());
    objects.set(ref, Dictionary()
                         .put("Type", "/Font")
                         .put("Subtype", "/Type0")
                         .put("BaseFont", name(base_name))
                         .put("Encoding", "/Identity-H")
                         .put("DescendantFonts", array({reference(descendant)}))
                         .put("ToUnicode", reference(objects.add_stream({}, to_unicode(), Packing::deflate)))
                         .text());
    return {};
}

}  // namespace ca::pdf
