#include "pdf/paginate.h"

#include <algorithm>

namespace ca::pdf {

namespace {

// The groups that hold a slab, outermost first.
std::vector<int> ancestry(const Flow& flow, int group) {
    std::vector<int> chain;
    for (; group >= 0; group = flow.groups[static_cast<std::size_t>(group)].parent) chain.push_back(group);
    std::reverse(chain.begin(), chain.end());
    return chain;
}

bool contains(const std::vector<int>& chain, int group) {
    return std::find(chain.begin(), chain.end(), group) != chain.end();
}

class Paginator {
public:
    Paginator(const Flow& flow, Length top, Length bottom) : flow_(flow), top_(top), bottom_(bottom) {}

    Pagination run() {
        result_.anchors.resize(flow_.anchors.size());
        for (std::size_t begin = 0; begin < flow_.slabs.size();) {
            std::size_t const end = page_end(begin);
            place(begin, end);
            begin = end;
        }
        return std::move(result_);
    }

private:
    // Headers that the page must repeat when it begins with this slab: those of the groups that it continues.
    std::vector<int> repeats_before(std::size_t begin) const {
        std::vector<int> groups;
        if (begin == 0) return groups;
        std::vector<int> const before = ancestry(flow_, flow_.slabs[begin - 1].group);
        for (int const group : ancestry(flow_, flow_.slabs[begin].group)) {
            Group const& data = flow_.groups[static_cast<std::size_t>(group)];
            if (contains(before, group) && !data.repeated.empty() && repeat_height(data) * 3 < bottom_ - top_) {
                groups.push_back(group);
            }
        }
        return groups;
    }

    static Length repeat_height(const Group& group) {
        Length height = 0;
        for (Slab const& slab : group.repeated) height += slab.height;
        return height;
    }

    std::size_t page_end(std::size_t begin) const {
        Length y = top_;
        for (int const group : repeats_before(begin)) y += repeat_height(flow_.groups[static_cast<std::size_t>(group)]);
        y += flow_.slabs[begin].lead;
        Length const start = y;
        std::size_t good = begin, fair = begin;
        Length good_y = start;
        std::size_t i = begin;
        for (; i < flow_.slabs.size(); ++i) {
            Slab const& slab = flow_.slabs[i];
            if (i > begin) {
                if (slab.break_before == PageBreak::forced) return i;
                if (slab.break_before == PageBreak::allowed) {
                    good = i;
                    good_y = y;
                }
                if (slab.break_before == PageBreak::avoided) fair = i;
            }
            Length const bottom = y + (i > begin ? slab.gap : 0) + slab.height;
            if (bottom > bottom_ && i > begin) break;
            y = bottom;
        }
        if (i == flow_.slabs.size()) return i;
        // A page that would be left less than three fifths full ends at a fair place instead, and where there is
        // none at all, wherever it is full.
        bool const good_is_full = good > begin && (good_y - top_) * 5 >= (bottom_ - top_) * 3;
        if (good_is_full || (good > begin && fair <= good)) return good;
        if (fair > begin) return fair;
        return good > begin ? good : i;
    }

    void place(std::size_t begin, std::size_t end) {
        PageLayout page;
        auto const page_index = static_cast<int>(result_.pages.size());
        Length y = top_;
        for (int const group : repeats_before(begin)) {
            auto const& repeated = flow_.groups[static_cast<std::size_t>(group)].repeated;
            for (std::size_t i = 0; i < repeated.size(); ++i) {
                page.repeats.push_back({group, i, y});
                y += repeated[i].height;
            }
        }
        y += flow_.slabs[begin].lead;
        // A panel's part on this page: from its first slab here to its last.
        struct Extent {
            int group;
            Length top;
            Length bottom;
        };
        std::vector<Extent> extents;
        for (std::size_t i = begin; i < end; ++i) {
            Slab const& slab = flow_.slabs[i];
            if (i > begin) y += slab.gap;
            page.slabs.push_back({i, y});
            for (int const anchor : slab.anchors) result_.anchors[static_cast<std::size_t>(anchor)] = {page_index, y};
            for (int const group : ancestry(flow_, slab.group)) {
                if (!flow_.groups[static_cast<std::size_t>(group)].panel) continue;
                auto const known = std::find_if(extents.begin(), extents.end(),
                                                [&](Extent const& extent) { return extent.group == group; });
                if (known == extents.end()) extents.push_back({group, y, y + slab.height});
                else known->bottom = y + slab.height;
            }
            y += slab.height;
        }
        for (Extent const& extent : extents) {
            Panel const& panel = *flow_.groups[static_cast<std::size_t>(extent.group)].panel;
            Length const height = extent.bottom - extent.top;
            if (panel.background) page.panels.push_back({panel.x, extent.top, panel.width, height, *panel.background});
            if (panel.bar_width > 0)
                page.panels.push_back({panel.x, extent.top, panel.bar_width, height, panel.bar_colour});
        }
        result_.pages.push_back(std::move(page));
    }

    const Flow& flow_;
    Length top_;
    Length bottom_;
    Pagination result_;
};

}  // namespace

Pagination paginate(const Flow& flow, Length top, Length bottom) { return Paginator(flow, top, bottom).run(); }

}  // namespace ca::pdf
