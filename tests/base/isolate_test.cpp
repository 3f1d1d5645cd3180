#include "base/isolate.h"

#include <doctest/doctest.h>

using namespace ca;

#define FSI "\u2068"
#define PDI "\u2069"

TEST_CASE("a right-to-left name in a sentence stands by itself") {
    CHECK(isolate_right_to_left("Note by דוד, 5 May") == "Note by " FSI "דוד" PDI ", 5 May");
    CHECK(isolate_right_to_left("דוד כהן (Acme) שרה 7") == FSI "דוד כהן" PDI " (Acme) " FSI "שרה" PDI " 7");
    CHECK(isolate_right_to_left("Dear شركة 42 الأولى,") == "Dear " FSI "شركة 42 الأولى" PDI ",");
}

TEST_CASE("a line of right-to-left words alone is isolated whole, its numbers and full stop with it") {
    CHECK(isolate_right_to_left("שלום (5).\nHello.\nשלום") == FSI "שלום (5)." PDI "\nHello.\n" FSI "שלום" PDI);
}

TEST_CASE("what has no right-to-left letter comes back as it is") {
    for (const char* text : {"", "plain", "O’Brien – café", "张伟", "Ελλάδα", "👩\u200D⚕\uFE0F", "a\xFFz", "\n\n"})
        CHECK(isolate_right_to_left(text) == text);
}
