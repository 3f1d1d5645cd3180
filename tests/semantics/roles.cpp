#include "semantics/roles.h"

#include <doctest/doctest.h>

using namespace ca::semantics;

TEST_CASE("every role has a word of its own that leads back to it") {
    for (int i = 0; i <= static_cast<int>(Role::note); ++i) {
        const auto role = static_cast<Role>(i);
        CHECK_FALSE(to_word(role).empty());
        CHECK(role_from_word(to_word(role)) == role);
    }
    CHECK(to_word(Role::column_header) == "column_header");
    CHECK_FALSE(role_from_word("slider").has_value());
}
