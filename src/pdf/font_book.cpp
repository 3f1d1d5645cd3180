#include "pdf/font_book.h"

#include <algorithm>

namespace ca::pdf {

namespace {

bool is_sized_space(char32_t c) {
    return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

// Whether the shaper can set the character at `i` of the cluster with this face, composing or taking apart
// where Unicode says that it is the same.
bool can_set(const Face& face, std::u32string_view cluster, std::size_t i) {
    char32_t const c = cluster[i];
    if (is_control(c)) return false;
    if (is_ignorable(c) || face.covers(c)) return true;
    if (is_sized_space(c)) return face.covers(U' ');
    if (c == 0x2011) return face.covers(0x2010);
    auto* const unicode = hb_unicode_funcs_get_default();
    hb_codepoint_t first = 0, second = 0;
    if (hb_unicode_decompose(unicode, c, &first, &second)) {
        return face.covers(first) && (second == 0 || face.covers(second));
    }
    hb_codepoint_t composed = 0;
    return i > 0 && hb_unicode_compose(unicode, cluster[i - 1], c, &composed) && face.covers(composed);
}

bool can_set_all(const Face& face, std::u32string_view cluster) {
    for (std::size_t i = 0; i < cluster.size(); ++i) {
        if (!can_set(face, cluster, i)) return false;
    }
    return true;
}

bool has_one_of(std::u32string_view text, std::span<const CodeRange> ranges) {
    return std::ranges::any_of(text, [&](char32_t c) {
        return std::ranges::any_of(ranges, [&](CodeRange range) { return c >= range.first && c <= range.last; });
    });
}

}  // namespace

bool is_ignorable(char32_t c) {
    return c == 0xAD || c == 0x34F || c == 0x61C || (c >= 0x180B && c <= 0x180F) || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) ||
           c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF);
}

Result<FontBook> FontBook::open(const FontSet& set) {
    FontBook book;
    auto open_face = [&](const std::string& bytes, const std::string& where) -> Result<std::size_t> {
        book.faces_.push_back(std::make_unique<Face>(CA_TRY(Face::open(bytes, where))));
        book.uses_.emplace_back(*book.faces_.back());
        return book.faces_.size() - 1;
    };
    auto open_family = [&](const Family& family, const std::string& where) -> Result<Faces> {
        if (family.regular.empty()) return fail("bad_font", "A family has no regular face. Give its bytes.", where);
        Faces faces{};
        faces.fill(CA_TRY(open_face(family.regular, where + ".regular")));
        if (!family.italic.empty()) faces[1] = faces[3] = CA_TRY(open_face(family.italic, where + ".italic"));
        if (!family.bold.empty()) faces[2] = faces[3] = CA_TRY(open_face(family.bold, where + ".bold"));
        if (!family.bold_italic.empty()) faces[3] = CA_TRY(open_face(family.bold_italic, where + ".bold_italic"));
        return faces;
    };
    book.text_ = CA_TRY(open_family(set.text, "text"));
    book.code_ = set.mono.regular.empty() ? book.text_ : CA_TRY(open_family(set.mono, "mono"));
    for (std::size_t i = 0; i < set.fallback.size(); ++i) {
        book.fallback_.push_back(CA_TRY(open_family(set.fallback[i], "fallback " + std::to_string(i + 1))));
    }
    // One face each: a place is kept for those that are not here.
    for (ScriptFamily const& script : set.scripts) {
        book.scripts_.push_back({&script, book.faces_.size()});
        if (script.family.regular.empty()) {
            book.faces_.emplace_back();
            book.uses_.emplace_back();
        } else {
            CA_TRY(open_face(script.family.regular, script.name));
        }
    }
    return book;
}

Result<std::optional<std::size_t>> FontBook::choose(FontStyle style, std::u32string_view cluster,
                                                    std::u32string_view text) const {
    auto const emphasis = static_cast<std::size_t>(style.emphasis);
    auto try_family = [&](const Faces& faces) -> std::optional<std::size_t> {
        if (can_set_all(*faces_[faces[emphasis]], cluster)) return faces[emphasis];
        return std::nullopt;
    };
    if (style.role == FontRole::code) {
        if (auto const found = try_family(code_)) return found;
    }
    if (auto const found = try_family(text_)) return found;
    for (Faces const& faces : fallback_) {
        if (auto const found = try_family(faces)) return found;
    }
    // A face of another weight with the character is better than none.
    std::size_t const at_hand = faces_.size() - scripts_.size();
    for (std::size_t i = 0; i < at_hand; ++i) {
        if (can_set_all(*faces_[i], cluster)) return i;
    }
    for (bool const is_told_by_signs : {true, false}) {
        for (Script const& script : scripts_) {
            if (!has_one_of(cluster, script.family->characters)) continue;
            if (has_one_of(text, script.family->signs) != is_told_by_signs) continue;
            if (!faces_[script.face])
                return fail("font_wanted",
                            "The document has characters of a typeface that is not here: " + script.family->name + ".",
                            script.family->name);
            if (can_set_all(*faces_[script.face], cluster)) return script.face;
        }
    }
    return std::nullopt;
}

}  // namespace ca::pdf
