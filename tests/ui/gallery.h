// A page with every widget on it: for looking (snapshot_test.cpp) and for tests that walk over all of them.
#pragma once

#include "ui/ui.h"

#include <string>

namespace ca::test {

struct Gallery {
    std::string filter = "", description = "", email = "not an address", state = "review", signature = "manual",
                date = "2025-08-01";
    bool read = true, wanted = false, open = true, dialog = false, problems = true;
    int pressed = 0;
    std::string sorted{}, row_action{};
    int rows = 4;
};

void build_gallery(ui::Ui& ui, Gallery& state);

}  // namespace ca::test
