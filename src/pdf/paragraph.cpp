#include "pdf/paragraph.h"

#include "pdf/bidi.h"

#include "base/shown_text.h"
#include "base/text.h"

#include <algorithm>
#include <limits>

namespace ca::pdf {

namespace {

constexpr char32_t line_separator = 0x2028;

// What a break costs, beside the square of the white that it leaves (which is 0 to 10,000).
constexpr std::int32_t cost_space = 0;
constexpr std::int32_t cost_hyphen = 150;
constexpr std::int32_t cost_inside_long_word = 2500;
constexpr std::int32_t cost_anywhere = 60000;
constexpr std::int64_t cost_runt = 800;  // a last line of a word or so
constexpr std::int64_t cost_overfull = 100000000;

// A word of this many characters may be broken at its punctuation: addresses, paths, long compounds.
constexpr std::size_t long_word = 22;

bool is_break_space(char32_t c) {
    return c == U' ' || c == 0x1680 || (c >= 0x2000 && c <= 0x2006) || (c >= 0x2008 && c <= 0x200A) || c == 0x205F ||
           c == 0x3000;
}

bool is_mark(char32_t c) {
    if (c < 0x300) return false;
    auto const category = hb_unicode_general_category(hb_unicode_funcs_get_default(), c);
    return category == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
           category == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK ||
           category == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK;
}

bool is_letter_or_digit(char32_t c) {
    if (c < 0x80) return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
    return !is_break_space(c) &&
           hb_unicode_general_category(hb_unicode_funcs_get_default(), c) <= HB_UNICODE_GENERAL_CATEGORY_OTHER_NUMBER &&
           hb_unicode_general_category(hb_unicode_funcs_get_default(), c) >=
               HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER;
}

bool is_ideographic(char32_t c) {
    return (c >= 0x2E80 && c <= 0x2FFF) || (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// ---- Itemisation ------------------------------------------------------------------------------------------

std::vector<hb_script_t> scripts_of(std::u32string_view text) {
    auto* const unicode = hb_unicode_funcs_get_default();
    std::vector<hb_script_t> scripts(text.size(), HB_SCRIPT_COMMON);
    auto is_real = [](hb_script_t script) {
        return script != HB_SCRIPT_COMMON && script != HB_SCRIPT_INHERITED && script != HB_SCRIPT_UNKNOWN;
    };
    hb_script_t last = HB_SCRIPT_COMMON;
    for (std::size_t i = 0; i < text.size(); ++i) {
        hb_script_t const own = hb_unicode_script(unicode, text[i]);
        if (is_real(own)) {
            // What stood before the first letter takes its script.
            if (last == HB_SCRIPT_COMMON)
                std::fill(scripts.begin(), scripts.begin() + static_cast<std::ptrdiff_t>(i), own);
            last = own;
        }
        scripts[i] = last;
    }
    if (last == HB_SCRIPT_COMMON) std::fill(scripts.begin(), scripts.end(), HB_SCRIPT_LATIN);
    return scripts;
}

std::string describe(char32_t c) {
    std::string text = "U+" + hex_digits(c, c > 0xFFFF ? 6 : 4);
    if (c > 0x20 && !(c >= 0x7F && c < 0xA0) && !is_ignorable(c)) text += " (" + to_utf8(c) + ")";
    return text;
}

std::unexpected<Error> refuse_character(char32_t c, std::string_view where) {
    return fail("unknown_character",
                "No font has the character " + describe(c) +
                    ". Write it in other letters, or give a font that has it as a fallback.",
                std::string(where));
}

struct ChosenFonts {
    std::vector<std::size_t> of;  // one a code point
    std::vector<std::size_t>
        lacking{};  // places of the characters that no font has, or none that has what they belong to
};

// A cluster (a base and what combines with it) has one font; neutral characters stay in the font of the word before
// them where that has them, so that a full stop does not change face.
Result<ChosenFonts> fonts_of(const FontBook& book, std::u32string_view text, const std::vector<std::uint32_t>& span_of,
                             const std::vector<TextSpan>& spans) {
    ChosenFonts chosen{.of = std::vector<std::size_t>(text.size(), 0)};
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin + 1;
        while (end < text.size() && span_of[end] == span_of[begin] &&
               (is_mark(text[end]) || text[end] == 0x200D || (text[end - 1] == 0x200D && is_ideographic(text[end])))) {
            ++end;
        }
        if (text[begin] != line_separator) {
            FontStyle const style = spans[span_of[begin]].style.font;
            if (auto const font = CA_TRY(book.choose(style, text.substr(begin, end - begin), text))) {
                std::fill(chosen.of.begin() + static_cast<std::ptrdiff_t>(begin),
                          chosen.of.begin() + static_cast<std::ptrdiff_t>(end), *font);
            } else if (!CA_TRY(book.choose(style, text.substr(begin, 1), text))) {
                chosen.lacking.push_back(begin);
            } else {
                std::size_t const before = chosen.lacking.size();
                for (std::size_t i = begin + 1; i < end; ++i) {
                    std::u32string const pair{text[begin], text[i]};
                    if (!CA_TRY(book.choose(style, pair, text))) chosen.lacking.push_back(i);
                }
                // Each goes with the base, only not all at once.
                if (chosen.lacking.size() == before) chosen.lacking.push_back(end - 1);
            }
        }
        begin = end;
    }
    return chosen;
}

// The stretches of the text that are set in one go, each with its glyphs.
struct Runs {
    std::vector<TextRun> runs;
    std::vector<std::size_t> lacking{};  // as in ChosenFonts: what the shaper had no glyph for
};

Runs runs_of(const FontBook& book, std::u32string_view text, const std::vector<std::uint32_t>& span_of,
             const std::vector<TextSpan>& spans, const BidiParagraph& bidi, const std::vector<std::size_t>& fonts,
             std::string_view language) {
    std::vector<hb_script_t> const scripts = scripts_of(text);
    Runs made{};
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin + 1;
        TextRun run{.begin = static_cast<std::uint32_t>(begin), .span = span_of[begin], .level = bidi.levels[begin]};
        if (text[begin] != line_separator) {
            while (end < text.size() && text[end] != line_separator && span_of[end] == span_of[begin] &&
                   bidi.levels[end] == bidi.levels[begin] && fonts[end] == fonts[begin] &&
                   scripts[end] == scripts[begin]) {
                ++end;
            }
            TextSpan const& span = spans[span_of[begin]];
            run.font = fonts[begin];
            run.script = scripts[begin];
            run.glyphs = book.face(run.font).shape({
                .text = text,
                .begin = begin,
                .end = end,
                .direction = run.level % 2 == 1 ? Direction::right_to_left : Direction::left_to_right,
                .script = run.script,
                .language = span.language.empty() ? language : std::string_view(span.language),
                .plain = span.style.font.role == FontRole::code,
            });
            for (ShapedGlyph const& glyph : run.glyphs) {
                if (glyph.id == 0) made.lacking.push_back(glyph.cluster);
            }
        }
        run.end = static_cast<std::uint32_t>(end);
        made.runs.push_back(std::move(run));
        begin = end;
    }
    return made;
}

// Puts stand-ins where characters are lacking, and refuses where a span will have none.
Result<void> stand_in_for(std::vector<std::size_t> lacking, std::u32string& text, std::vector<std::uint32_t>& span_of,
                          const std::vector<TextSpan>& spans, std::string_view where) {
    std::ranges::sort(lacking);
    std::u32string shown;
    std::vector<std::uint32_t> shown_span_of;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const is_lacking = std::ranges::binary_search(lacking, i);
        // What the stand-in itself is written in must be there.
        if (is_lacking &&
            (spans[span_of[i]].no_glyph == documents::NoGlyph::refuse || (text[i] > 0x20 && text[i] < 0x7F)))
            return refuse_character(text[i], where);
        if (!is_lacking) shown += text[i];
        else
            for (char const c : stand_in(text[i])) shown += static_cast<char32_t>(c);
        shown_span_of.resize(shown.size(), span_of[i]);
    }
    text = std::move(shown);
    span_of = std::move(shown_span_of);
    return {};
}

// ---- Clusters and breaks ----------------------------------------------------------------------------------

// The sign that binds the letter after it to the one before.
bool is_virama(char32_t c) {
    constexpr unsigned virama_class = 9;
    return c >= 0x900 && hb_unicode_combining_class(hb_unicode_funcs_get_default(), c) == virama_class;
}

void add_clusters(ShapedText& shaped, std::uint32_t run_index, const FontBook& book) {
    TextRun const& run = shaped.runs[run_index];
    Length const size = shaped.spans[run.span].style.size;
    int const units_per_em = book.face(run.font).units_per_em();
    auto const first_cluster = shaped.clusters.size();
    bool const reversed = run.level % 2 == 1;
    auto const count = static_cast<std::uint32_t>(run.glyphs.size());

    for (std::uint32_t i = 0; i < count;) {
        // i counts glyphs in logical order.
        auto index = [&](std::uint32_t logical) { return reversed ? count - 1 - logical : logical; };
        std::uint32_t stop = i + 1;
        auto const goes_on = [&](std::uint32_t cluster, std::uint32_t before) {
            return cluster == before || (has_syllables(run.script) && is_virama(shaped.text[cluster - 1]) &&
                                         is_letter_or_digit(shaped.text[cluster]));
        };
        while (stop < count && goes_on(run.glyphs[index(stop)].cluster, run.glyphs[index(stop - 1)].cluster)) ++stop;
        Cluster cluster;
        cluster.run = run_index;
        cluster.text_begin = run.glyphs[index(i)].cluster;
        cluster.glyph_begin = reversed ? count - stop : i;
        cluster.glyph_end = reversed ? count - i : stop;
        std::int64_t advance = 0;
        for (std::uint32_t k = cluster.glyph_begin; k < cluster.glyph_end; ++k) advance += run.glyphs[k].advance;
        cluster.width = scale(advance, size, units_per_em);
        shaped.clusters.push_back(cluster);
        i = stop;
    }
    for (auto i = first_cluster; i < shaped.clusters.size(); ++i) {
        Cluster& cluster = shaped.clusters[i];
        cluster.text_end = i + 1 < shaped.clusters.size() ? shaped.clusters[i + 1].text_begin : run.end;
        if (i == first_cluster) cluster.text_begin = run.begin;
        cluster.is_space = true;
        for (std::uint32_t k = cluster.text_begin; k < cluster.text_end; ++k) {
            if (!is_break_space(shaped.text[k]) && shaped.text[k] != 0x200B) cluster.is_space = false;
        }
    }
}

// Sets break_cost of every cluster.
void find_breaks(ShapedText& shaped) {
    auto const& text = shaped.text;
    auto& clusters = shaped.clusters;
    for (std::size_t word = 0; word < clusters.size();) {
        std::size_t stop = word;
        while (stop < clusters.size() && !clusters[stop].is_space && !clusters[stop].is_hard_break) ++stop;
        std::size_t const letters = stop > word ? clusters[stop - 1].text_end - clusters[word].text_begin : 0;
        bool const is_long = letters >= long_word;
        for (std::size_t i = word; i + 1 < stop; ++i) {
            char32_t const last = text[clusters[i].text_end - 1];
            char32_t const next = text[clusters[i + 1].text_begin];
            char32_t const before = clusters[i].text_end >= 2 ? text[clusters[i].text_end - 2] : U' ';
            std::int32_t& cost = clusters[i].break_cost;
            cost = cost_anywhere;
            if (is_mark(next)) {
                cost = -1;
                continue;
            }
            bool const joined = next == 0xA0 || next == 0x202F || next == 0x2060 || next == 0x2011 || last == 0xA0 ||
                                last == 0x202F || last == 0x2060 || last == 0x2011;
            bool const hyphen = last == U'-' || last == 0x2010 || last == 0x2013 || last == 0x2014;
            if (joined) continue;
            if (last == 0x200B || last == 0xAD) {
                cost = cost_space;
            } else if (is_ideographic(last) || is_ideographic(next)) {
                if (is_letter_or_digit(next) || is_ideographic(next)) cost = cost_space;
            } else if (hyphen && is_letter_or_digit(before) && is_letter_or_digit(next) &&
                       !(next >= U'0' && next <= U'9')) {
                cost = cost_hyphen;
            } else if (is_long && is_letter_or_digit(next) &&
                       std::u32string_view(U"/@._-?&=#:,;~+%").find(last) != std::u32string_view::npos) {
                cost = cost_inside_long_word;
            }
        }
        if (stop < clusters.size()) {
            // The word's own end: the spaces after it stay with it.
            std::size_t space = stop;
            while (space < clusters.size() && clusters[space].is_space) ++space;
            if (space > stop) clusters[space - 1].break_cost = cost_space;
            if (space < clusters.size() && clusters[space].is_hard_break) {
                if (space > stop) clusters[space - 1].break_cost = -1;
                clusters[space].break_cost = cost_space;
                ++space;
            }
            stop = std::max(space, stop + 1);
        }
        word = stop;
    }
}

// ---- Line breaking ----------------------------------------------------------------------------------------

struct Range {
    std::size_t begin;
    std::size_t end;
};

// Total widths up to each cluster, and up to the last thing seen before it.
std::vector<std::int64_t> prefix_widths(const ShapedText& shaped) {
    std::vector<std::int64_t> sums(shaped.clusters.size() + 1, 0);
    for (std::size_t i = 0; i < shaped.clusters.size(); ++i) sums[i + 1] = sums[i] + shaped.clusters[i].width;
    return sums;
}

std::size_t trimmed_end(const ShapedText& shaped, std::size_t begin, std::size_t end) {
    while (end > begin && (shaped.clusters[end - 1].is_space || shaped.clusters[end - 1].is_hard_break)) --end;
    return end;
}

// The best breaks of clusters [begin, end), which hold no hard break but perhaps at the end.
void choose_breaks(const ShapedText& shaped, const std::vector<std::int64_t>& sums, Range whole, const Measure& measure,
                   std::vector<Range>& lines) {
    struct Point {
        std::size_t at;       // a line may end before this cluster
        std::size_t ink_end;  // without the space at its end
        std::int32_t break_cost;
        std::int64_t total = std::numeric_limits<std::int64_t>::max();
        std::size_t previous = 0;
    };
    std::int64_t const room = std::max<Length>(measure.measure, 1);
    if (sums[trimmed_end(shaped, whole.begin, whole.end)] - sums[whole.begin] <= room) {
        lines.push_back(whole);
        return;
    }
    std::vector<Point> points = {{whole.begin, whole.begin, 0, 0, 0}};
    // Anywhere-breaks are points only inside words that fit on no line: there are few, and they are many points.
    std::size_t word_begin = whole.begin;
    for (std::size_t i = whole.begin; i < whole.end; ++i) {
        bool const is_last = i + 1 == whole.end;
        std::int32_t const cost = shaped.clusters[i].break_cost;
        if (!is_last && (cost < 0 || cost >= cost_anywhere)) continue;
        std::size_t const ink_end = trimmed_end(shaped, word_begin, i + 1);
        if (sums[ink_end] - sums[word_begin] > room) {
            for (std::size_t k = word_begin; k < ink_end && k < i; ++k) {
                if (shaped.clusters[k].break_cost == cost_anywhere) points.push_back({k + 1, k + 1, cost_anywhere});
            }
        }
        points.push_back({i + 1, trimmed_end(shaped, whole.begin, i + 1), is_last ? 0 : cost});
        word_begin = i + 1;
    }

    for (std::size_t p = 1; p < points.size(); ++p) {
        Point& point = points[p];
        bool const is_last = p + 1 == points.size();
        for (std::size_t q = p; q-- > 0;) {
            std::int64_t const width = std::max<std::int64_t>(sums[point.ink_end] - sums[points[q].at], 0);
            bool const overfull = width > room;
            if (overfull && q + 1 < p) break;
            std::int64_t const white = overfull ? 0 : (room - width) * 100 / room;
            std::int64_t cost = overfull ? cost_overfull : white * white;
            if (is_last && measure.fit == Fit::text)
                cost = !overfull && width * 7 < room ? cost_runt : overfull ? cost : 0;
            cost += points[q].total + point.break_cost;
            if (cost < point.total) {
                point.total = cost;
                point.previous = q;
            }
        }
    }
    auto const first = lines.size();
    for (std::size_t p = points.size() - 1; p > 0; p = points[p].previous) {
        lines.push_back({points[points[p].previous].at, points[p].at});
    }
    std::reverse(lines.begin() + static_cast<std::ptrdiff_t>(first), lines.end());
}

// ---- From clusters to pieces ------------------------------------------------------------------------------

// What decides how a letter or a picture looks, and is copied with it: joiners, variation selectors, the tags of a
// flag.
bool is_part_of_letter(char32_t c) {
    return c == 0x200C || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0020 && c <= 0xE01EF);
}

// Several glyphs for one stretch of text: it is a piece of its own, with its text beside it.
bool is_compound(const Cluster& cluster) { return cluster.glyph_end - cluster.glyph_begin > 1; }

// Readers that go by place take a text beside its glyphs to end where the glyph drawn last ends. Where that is a sign
// under a letter, what comes next would seem to stand apart: so a space that nobody sees ends where the piece does.
void end_at_its_end(Piece& piece, const Face& face, FontUse& use) {
    auto const space = face.glyph(U' ');
    if (piece.right_to_left || !space) return;
    PlacedGlyph const& last = piece.glyphs.back();
    std::int64_t const width = (last.width_millionths * piece.units_per_em + 500000) / 1000000;
    if (last.dx + width == last.advance) return;
    piece.glyphs.push_back(
        {use.character_id(*space, U"\u2060"), use.width_millionths(*space), 0, -face.advance(*space), 0});
}

Piece make_piece(FontBook& book, const ShapedText& shaped, Range clusters) {
    Cluster const& first = shaped.clusters[clusters.begin];
    Cluster const& last = shaped.clusters[clusters.end - 1];
    TextRun const& run = shaped.runs[first.run];
    TextSpan const& span = shaped.spans[run.span];
    bool const reversed = run.level % 2 == 1;

    Piece piece;
    piece.font = run.font;
    piece.units_per_em = book.face(run.font).units_per_em();
    piece.style = span.style;
    piece.slot = span.slot;
    piece.link = span.link;
    FontUse& use = book.use(run.font);
    piece.right_to_left = reversed;
    bool needs_actual_text = false;

    auto const glyph_begin = reversed ? last.glyph_begin : first.glyph_begin;
    auto const glyph_end = reversed ? first.glyph_end : last.glyph_end;
    piece.glyphs.resize(glyph_end - glyph_begin);
    std::int64_t advance = 0, ink_advance = 0;
    for (std::size_t c = clusters.begin; c < clusters.end; ++c) {
        Cluster const& cluster = shaped.clusters[c];
        std::u32string text;
        for (std::uint32_t k = cluster.text_begin; k < cluster.text_end; ++k) {
            if (!is_ignorable(shaped.text[k]) || is_part_of_letter(shaped.text[k])) text += shaped.text[k];
        }
        if (is_compound(cluster)) needs_actual_text = true;
        if (text.empty()) text = U"\u2060";
        for (std::uint32_t g = cluster.glyph_begin; g < cluster.glyph_end; ++g) {
            ShapedGlyph const& glyph = run.glyphs[g];
            // The first glyph of a cluster reads as all of it, the others as a joiner that is not seen.
            bool const is_first = g == (reversed ? cluster.glyph_end - 1 : cluster.glyph_begin);
            piece.glyphs[g - glyph_begin] = {use.character_id(glyph.id, is_first ? text : U"\u2060"),
                                             use.width_millionths(glyph.id), glyph.advance, glyph.dx, glyph.dy};
            advance += glyph.advance;
        }
        if (!cluster.is_space) ink_advance = advance;
    }
    if (needs_actual_text) end_at_its_end(piece, book.face(run.font), use);
    piece.width = scale(advance, span.style.size, piece.units_per_em);
    piece.ink_width = reversed ? piece.width : scale(ink_advance, span.style.size, piece.units_per_em);
    if (needs_actual_text) piece.actual_text = shaped.text.substr(first.text_begin, last.text_end - first.text_begin);
    return piece;
}

Line make_line(FontBook& book, const ShapedText& shaped, Range clusters, const Measure& measure) {
    Line line;
    std::size_t const ink_end = trimmed_end(shaped, clusters.begin, clusters.end);
    // L1: the space at the end of a line has the paragraph's level.
    auto level_of = [&](std::size_t c) {
        return c >= ink_end ? shaped.base_level : shaped.runs[shaped.clusters[c].run].level;
    };
    std::vector<std::uint8_t> levels;
    Length trailing = 0;
    for (std::size_t c = clusters.begin; c < clusters.end;) {
        std::size_t stop = c + 1;
        while (stop < clusters.end && shaped.clusters[stop].run == shaped.clusters[c].run &&
               level_of(stop) == level_of(c) && !is_compound(shaped.clusters[c]) &&
               !is_compound(shaped.clusters[stop])) {
            ++stop;
        }
        if (!shaped.clusters[c].is_hard_break && shaped.clusters[c].glyph_end > shaped.clusters[c].glyph_begin) {
            line.pieces.push_back(make_piece(book, shaped, {c, stop}));
            levels.push_back(level_of(c));
        }
        c = stop;
    }
    for (std::size_t c = ink_end; c < clusters.end; ++c) trailing += shaped.clusters[c].width;

    Length total = 0;
    for (Piece const& piece : line.pieces) total += piece.width;
    line.width = total - trailing;

    bool const rtl = shaped.right_to_left();
    bool const to_right = (measure.align == documents::Align::end) != (rtl && !measure.start_at_left);
    Length const white = measure.measure - line.width;
    Length x = measure.align == documents::Align::centre ? white / 2 : to_right ? white : 0;
    // The unseen space stands outside, at the paragraph's end side.
    if (rtl) x -= trailing;
    for (std::size_t const i : visual_order(levels)) {
        line.pieces[i].x = x;
        x += line.pieces[i].width;
    }
    return line;
}

}  // namespace

Length ShapedText::natural_width() const {
    Length longest = 0, width = 0, with_space = 0;
    for (Cluster const& cluster : clusters) {
        if (cluster.is_hard_break) {
            width = with_space = 0;
            continue;
        }
        with_space += cluster.width;
        if (!cluster.is_space) width = with_space;
        longest = std::max(longest, width);
    }
    return longest;
}

Length ShapedText::minimum_width() const {
    Length longest = 0, width = 0;
    for (Cluster const& cluster : clusters) {
        if (!cluster.is_space && !cluster.is_hard_break) width += cluster.width;
        longest = std::max(longest, width);
        if (cluster.break_cost >= 0 && cluster.break_cost < cost_anywhere) width = 0;
    }
    return longest;
}

Result<ShapedText> shape_text(FontBook& book, std::vector<TextSpan> spans, std::string_view language,
                              std::string_view where, std::optional<std::uint8_t> base_level) {
    ShapedText shaped;
    std::vector<std::uint32_t> span_of;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        shaped.text += spans[i].text;
        span_of.resize(shaped.text.size(), static_cast<std::uint32_t>(i));
        spans[i].text.clear();
    }
    shaped.spans = std::move(spans);

    // A stand-in is other text, so all is told anew; it lacks nothing itself.
    for (;;) {
        BidiParagraph const bidi = resolve_bidi(shaped.text, base_level);
        auto fonts = CA_TRY(fonts_of(book, shaped.text, span_of, shaped.spans));
        Runs made;
        if (fonts.lacking.empty()) made = runs_of(book, shaped.text, span_of, shaped.spans, bidi, fonts.of, language);
        auto& lacking = fonts.lacking.empty() ? made.lacking : fonts.lacking;
        if (!lacking.empty()) {
            CA_TRY_VOID(stand_in_for(std::move(lacking), shaped.text, span_of, shaped.spans, where));
            continue;
        }
        shaped.base_level = bidi.base_level;
        shaped.runs = std::move(made.runs);
        break;
    }
    for (std::uint32_t i = 0; i < shaped.runs.size(); ++i) {
        TextRun const& run = shaped.runs[i];
        if (shaped.text[run.begin] == line_separator) {
            Cluster hard;
            hard.text_begin = run.begin;
            hard.text_end = run.end;
            hard.run = i;
            hard.is_hard_break = true;
            shaped.clusters.push_back(hard);
        } else {
            add_clusters(shaped, i, book);
        }
    }
    find_breaks(shaped);
    return shaped;
}

std::vector<Line> break_lines(FontBook& book, const ShapedText& shaped, const Measure& measure) {
    std::vector<std::int64_t> const sums = prefix_widths(shaped);
    std::vector<Range> ranges;
    for (std::size_t begin = 0; begin < shaped.clusters.size();) {
        std::size_t end = begin;
        while (end < shaped.clusters.size() && !shaped.clusters[end].is_hard_break) ++end;
        if (end < shaped.clusters.size()) ++end;
        choose_breaks(shaped, sums, {begin, end}, measure, ranges);
        begin = end;
    }
    std::vector<Line> lines;
    lines.reserve(ranges.size());
    for (Range const& range : ranges) lines.push_back(make_line(book, shaped, range, measure));
    if (lines.empty()) lines.emplace_back();
    return lines;
}

}  // namespace ca::pdf
