// The desktop's press: what is missing on this side is no verdict about a file.
#include "platform/native/desktop_press.h"

#include <doctest/doctest.h>

#include <optional>

using namespace ca;

TEST_CASE("without typefaces a file is not judged, and nothing is printed") {
    platform::DesktopPress press("no/such/folder");
    std::optional<Result<documents::PaperCheck>> checked;
    press.check("%PDF-1.7\n%%EOF\n", [&](Result<documents::PaperCheck> given) { checked = std::move(given); });
    REQUIRE(checked.has_value());
    REQUIRE_FALSE(checked->has_value());
    CHECK(checked->error().code == "missing_font");
    std::optional<Result<papers::Printed>> printed;
    press.print({}, [&](Result<papers::Printed> given) { printed = std::move(given); });
    REQUIRE(printed.has_value());
    REQUIRE_FALSE(printed->has_value());
    CHECK(printed->error().code == "missing_font");
}
