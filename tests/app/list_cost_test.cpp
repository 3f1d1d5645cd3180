// What a key in the filter of a long list costs, as counts that are the same on every machine: frames, nodes, changes,
// pictures. (tests/bench/list.mjs has the times.)
#include "semantics/diff.h"
#include "support/made_export.h"
#include "support/portal_world.h"

#include <doctest/doctest.h>

using namespace ca;
using namespace ca::test;

namespace {

// The list of all, with every agreement in it.
struct LongList : PortalWorld {
    explicit LongList(std::size_t agreements = 10'000) : PortalWorld("2026-11-20T09:00:00Z") {
        go("#/data");
        page.frames_max = 5'000;
        std::vector<semantics::ChosenFile> files;
        for (auto& [name, text] : made_export(7, agreements)) files.push_back({.name = name, .bytes = std::move(text)});
        page.give_files("Import file", std::move(files));
        look();
        for (const auto& button : page.names(Role::button))
            if (button.starts_with("Import ") && button.ends_with(" records")) {
                click(Role::button, button);
                break;
            }
        REQUIRE(kept().agreements.size() >= agreements);
        page.frames_max = 20;
        act_as("Agreement team");
        go("#/team/agreements?state=all");
        differ.next(page.nodes());
    }
    // Types, and says how many changes that gives the elements of the page.
    std::size_t changes_by(const std::string& text) {
        page.type(Role::searchbox, "Filter agreements", text);
        return differ.next(page.nodes(), page.focused()).size();
    }
    semantics::Differ differ;
};

}  // namespace

TEST_CASE("a key in the filter of 10,000 agreements builds one frame, whose rows are one page's") {
    LongList list;
    constexpr std::size_t rows = 50, columns = 12;
    constexpr std::size_t nodes_max = rows * (1 + columns + 5) + 150;  // link, tick, tags; and the page around them
    for (const std::string text : {"l", "la", "lar", "larc", "larch", "larc", "lar", "la", "l", ""}) {
        CAPTURE(text);
        const auto frames = list.page.frames;
        list.platform.frame_wanted = false;
        const auto changes = list.changes_by(text);
        CHECK(list.page.frames == frames + 1);
        CHECK_FALSE(list.platform.frame_wanted);
        CHECK(list.page.nodes().size() < nodes_max);
        CHECK(changes < 2 * nodes_max);
        CHECK(list.platform.address.ends_with(text.empty() ? "state=all" : "q=" + text));
    }
    const auto changes = list.changes_by("larch");
    const auto rows_of_it = list.page.names(Role::row_header);
    CHECK(rows_of_it.size() == rows);
    CHECK(list.changes_by("larch ") < 40);  // leaves the same rows: none of them is touched
    CHECK(list.page.names(Role::row_header) == rows_of_it);
    CHECK(changes > 40);
}

TEST_CASE("a key in the filter brings the rows near the window, and those far from it come in a moment of rest") {
    LongList list;
    auto& page = list.page;
    const auto rows = [&] { return page.names(Role::row_header).size(); };
    page.input.rows = ui::Rows::near;
    page.settle();
    CHECK(rows() == 50);  // what comes with its page comes whole
    const auto columns = [&] {
        std::vector<float> widths;
        for (const auto& node : page.nodes())
            if (node.role == Role::column_header) widths.push_back(node.bounds.width);
        return widths;
    };
    const auto widths = columns();
    const auto changes = list.changes_by("larch");
    CHECK(columns() == widths);
    const auto near = rows();
    CHECK(near > 10);
    CHECK(near < 30);
    CHECK(page.output.rows_wait);
    CHECK(page.nodes().size() < near * 18 + 150);
    CHECK(changes < 2 * page.nodes().size());
    const auto table = page.find(Role::table, "Agreements");
    CHECK(table.row_count > 1'000);         // of all that match, and the head
    CHECK(list.changes_by("larch ") < 40);  // the same rows: neither fewer nor more
    CHECK(rows() == near);

    page.input.scroll_top = table.bounds.y + table.bounds.height;
    page.settle();
    CHECK(rows() == 50);  // there the window is near all of them
    page.input.scroll_top = 0;
    page.settle();
    CHECK(rows() == 50);  // what has come stays

    list.changes_by("hazel");
    CHECK(rows() < 30);
    const auto height = page.output.height;  // the page is as high as it will be
    page.input.rows = ui::Rows::more;
    for (auto before = rows(); page.output.rows_wait; before = rows()) {
        list.differ.next(page.nodes());
        page.settle();
        CHECK(rows() > before);
        CHECK(rows() <= before + 10);
        CHECK(list.differ.next(page.nodes(), page.focused()).size() <= 10 * 18 + 1);  // nothing else changes
    }
    CHECK(rows() == 50);
    CHECK(page.output.height == height);
    page.input.rows = ui::Rows::all;
    page.settle();
    CHECK(list.differ.next(page.nodes(), page.focused()).empty());
}

TEST_CASE("a page that is drawn already is not drawn again, and what is drawn otherwise is") {
    PortalWorld world{"2026-03-02T09:00:00Z"};
    world.start_with_sample_data();
    world.go("#/agreements");
    world.page.settle();  // focus has moved to the heading
    world.page.settle();
    CHECK_FALSE(world.page.output.drawn);
    const auto& link = world.page.find(Role::link, "Help");
    world.page.input.pointer = {.x = link.bounds.x + 2, .y = link.bounds.y + 2};
    world.page.settle();
    CHECK(world.page.output.drawn);  // the link shows that it is under the pointer
    world.page.settle();
    CHECK_FALSE(world.page.output.drawn);
    world.page.input.canvas_top += 10;
    world.page.settle();
    CHECK(world.page.output.drawn);
    world.page.input.draw = false;  // the HTML view, and back
    world.page.settle();
    CHECK_FALSE(world.page.output.drawn);
    world.page.input.draw = true;
    world.page.settle();
    CHECK(world.page.output.drawn);
}

TEST_CASE("a long list is put together once, in words while it takes more than a moment") {
    LongList list{4'500};
    auto& page = list.page;
    // Each address in one frame, as it takes no more.
    const auto open = [&](std::string_view address) {
        list.platform.set_address(address, false);
        list.portal.open_address(address);
        list.platform.frame_wanted = false;
        page.settle();
    };
    open("#/help");
    open("#/team/agreements?state=all");
    CHECK(page.names(Role::row_header).size() == 50);
    CHECK_FALSE(list.platform.frame_wanted);
    open("#/agreements?state=active");
    CHECK(page.names(Role::row_header).size() == 50);

    list.go("#/help");
    list.act_as("API product team");
    open("#/agreements");
    REQUIRE(page.names(Role::progress).size() == 1);
    CHECK(page.names(Role::progress)[0].starts_with("Putting the list together: "));
    CHECK(page.names(Role::row_header).empty());
    CHECK(list.portal.is_reading());
    CHECK(list.platform.frame_wanted);
    list.look();
    CHECK(page.names(Role::progress).empty());
    CHECK(page.names(Role::row_header).size() == 50);
    CHECK_FALSE(list.portal.is_reading());
}
