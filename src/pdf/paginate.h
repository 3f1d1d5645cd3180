// Where pages begin, and what is drawn where on each.
//
// A page takes slabs until the next would not fit, then ends at the last place that allows it: not between a
// heading and its text, not so that one line of a paragraph stands alone. A table that goes on repeats its header.
#pragma once

#include "pdf/flow.h"

#include <vector>

namespace ca::pdf {

struct PlacedSlab {
    std::size_t slab = 0;  // index of Flow::slabs
    Length top = 0;        // from the page's top
};

struct PlacedRepeat {
    int group = 0;
    std::size_t slab = 0;  // index of the group's repeated slabs
    Length top = 0;
};

struct PageLayout {
    std::vector<PlacedSlab> slabs;
    std::vector<PlacedRepeat> repeats;
    std::vector<Bar> panels;  // from the page's top left
};

struct AnchorPlace {
    int page = 0;
    Length top = 0;
};

struct Pagination {
    std::vector<PageLayout> pages;
    std::vector<AnchorPlace> anchors;  // one for each of Flow::anchors
};

Pagination paginate(const Flow&, Length top, Length bottom);

}  // namespace ca::pdf
