// The fonts of one document: opens the faces of a FontSet, picks one for each cluster of text, and keeps what is used.
// The set must outlive it.
#pragma once

#include "pdf/font.h"
#include "pdf/pdf.h"

#include <array>
#include <optional>
#include <vector>

namespace ca::pdf {

enum class FontRole : std::uint8_t { text, code };

struct FontStyle {
    FontRole role = FontRole::text;
    documents::Emphasis emphasis = documents::Emphasis::none;
    bool operator==(const FontStyle&) const = default;
};

// Characters that steer layout and have no shape of their own (Default_Ignorable_Code_Point, without fillers).
bool is_ignorable(char32_t);

class FontBook {
public:
    static Result<FontBook> open(const FontSet&);

    // The font for a cluster: a base character and its marks. Nothing where no font has all of it. What else stands in
    // the text says for which language Han is set. Error font_wanted: a script's family must be here before that can be
    // said.
    Result<std::optional<std::size_t>> choose(FontStyle, std::u32string_view cluster, std::u32string_view text) const;
    const Face& face(std::size_t font) const { return *faces_[font]; }
    FontUse& use(std::size_t font) { return *uses_[font]; }
    bool is_used(std::size_t font) const { return uses_[font] && uses_[font]->is_used(); }
    // Of all places for fonts, those of families that are not here among them: the number of a font never depends on
    // what is here.
    std::size_t count() const { return faces_.size(); }

private:
    // Indices of faces for none, italic, bold and bold italic.
    using Faces = std::array<std::size_t, 4>;
    Faces text_{};
    Faces code_{};
    std::vector<Faces> fallback_;
    struct Script {
        const ScriptFamily* family;
        std::size_t face;
    };
    std::vector<Script> scripts_;
    std::vector<std::unique_ptr<Face>> faces_;
    std::vector<std::optional<FontUse>> uses_;
};

}  // namespace ca::pdf
