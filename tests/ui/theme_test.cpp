#include "ui/theme.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

namespace {

using namespace ca::ui;

double luminance(std::uint32_t rgba) {
    const auto part = [&](int shift) {
        const double value = (rgba >> shift & 0xff) / 255.0;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(24) + 0.7152 * part(16) + 0.0722 * part(8);
}

double contrast(Colour a, Colour b, Scheme scheme) {
    const double x = luminance(rgba(a, scheme)), y = luminance(rgba(b, scheme));
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

}  // namespace

TEST_CASE("words can be read on every surface that they stand on (WCAG 1.4.3)") {
    using enum Colour;
    const std::pair<Colour, Colour> pairs[] = {{text, page},
                                               {text, surface},
                                               {text, sunken},
                                               {text, hover},
                                               {text_quiet, page},
                                               {text_quiet, surface},
                                               {text_quiet, sunken},
                                               {link, page},
                                               {link, surface},
                                               {link, sunken},
                                               {link, hover},
                                               {link_hover, page},
                                               {link_hover, surface},
                                               {link_hover, sunken},
                                               {on_brand, brand},
                                               {on_brand, brand_deep},
                                               {on_primary, primary},
                                               {on_primary, primary_hover},
                                               {on_secondary, secondary},
                                               {on_secondary, secondary_hover},
                                               {on_warning, warning},
                                               {on_warning, warning_hover},
                                               {error, page},
                                               {error, surface},
                                               {on_disabled, disabled},
                                               {on_focus, focus},
                                               {active_ink, active_fill},
                                               {under_review_ink, under_review_fill},
                                               {awaiting_review_ink, awaiting_review_fill},
                                               {expired_ink, expired_fill},
                                               {cancelled_ink, cancelled_fill},
                                               {paused_ink, paused_fill},
                                               {information_ink, information_fill},
                                               {text, banner_information},
                                               {text, banner_success},
                                               {text, banner_warning},
                                               {link, banner_information},
                                               {link, banner_success},
                                               {link, banner_warning},
                                               {inserted_ink, inserted_fill},
                                               {deleted_ink, deleted_fill}};
    for (const Scheme scheme : {Scheme::light, Scheme::dark})
        for (const auto& [ink, ground] : pairs) {
            CAPTURE(colour_tokens[static_cast<std::size_t>(ink)].name);
            CAPTURE(colour_tokens[static_cast<std::size_t>(ground)].name);
            CAPTURE(scheme == Scheme::dark);
            CHECK(contrast(ink, ground, scheme) >= 4.5);
        }
}

TEST_CASE("edges of controls and the focus ring stand out (WCAG 1.4.11, 2.4.11)") {
    using enum Colour;
    for (const Scheme scheme : {Scheme::light, Scheme::dark}) {
        for (const Colour ground : {page, surface}) {
            CHECK(contrast(border_strong, ground, scheme) >= 3);
            CHECK(contrast(secondary_edge, ground, scheme) >= 3);
            CHECK(contrast(inset_bar, ground, scheme) >= 3);
        }
        CHECK(contrast(progress, track, scheme) >= 3);
        CHECK(contrast(focus, focus_edge, scheme) >= 4.5);
    }
}

TEST_CASE("colours have names") {
    CHECK(colour_named("text_quiet") == Colour::text_quiet);
    CHECK_FALSE(colour_named("text-quiet").has_value());
}

TEST_CASE("web/tokens.css is what the theme says (CA_REGENERATE=1 writes it)") {
    const std::string path = std::string(CA_SOURCE_DIR) + "/web/tokens.css";
    if (std::getenv("CA_REGENERATE") != nullptr) std::ofstream(path, std::ios::binary) << theme_css();
    std::ifstream file(path, std::ios::binary);
    const std::string found{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    CHECK(found == theme_css());
}
