// How many accounts' books are not the very same ones any more: what a change has cost, as a count.
#pragma once

#include "lifecycle/model.h"

namespace ca::test {

inline std::size_t books_touched(const lifecycle::Workspace& before, const lifecycle::Workspace& after) {
    std::size_t touched = 0;
    for (const auto& [account, book] : after.books) {
        if (before.books.get(account) != &book) ++touched;
    }
    return touched;
}

}  // namespace ca::test
