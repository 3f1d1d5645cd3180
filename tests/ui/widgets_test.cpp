#include "base/shown_text.h"
#include "support/page_harness.h"
#include "ui/gallery.h"

#include <doctest/doctest.h>
#include <imgui.h>

#include <algorithm>
#include <map>

namespace {

using namespace ca;
using namespace ca::test;
using namespace ca::ui;
using namespace std::string_literals;

PageHarness gallery(Gallery& state, float width = 1280) {
    return PageHarness([&state](Ui& ui) { build_gallery(ui, state); }, width);
}

// Builds one frame and gives its faults.
std::vector<std::string> faults_of(const PageHarness::Build& build) {
    Screen screen(fonts().files());
    FrameInput input;
    input.collect_faults = true;
    build(screen.begin(input));
    return screen.end().faults;
}

}  // namespace

TEST_CASE("a button tells of a press once") {
    Gallery state;
    auto page = gallery(state);
    page.click(Role::button, "Accept agreement", "main/form");
    CHECK(state.pressed == 1);
    page.settle();
    CHECK(state.pressed == 1);
}

TEST_CASE("fields take what is typed, ticked, chosen and given") {
    Gallery state;
    auto page = gallery(state);
    page.type(Role::textbox, "Email address", "priya.shah@example.nhs.uk");
    CHECK(state.email == "priya.shah@example.nhs.uk");
    CHECK(page.find(Role::textbox, "Email address").value == "priya.shah@example.nhs.uk");
    CHECK(page.find(Role::textbox, "Email address").input_type == "email");
    CHECK(page.find(Role::textbox, "Email address").autocomplete == "email");
    page.type(Role::textbox, "Description", "Two\nlines");
    CHECK(state.description == "Two\nlines");
    CHECK(page.find(Role::textbox, "Description").multiline);
    page.tick(Role::checkbox, "Send me a copy");
    CHECK(state.wanted);
    CHECK(page.find(Role::checkbox, "Send me a copy").checked == semantics::Toggle::on);
    page.tick(Role::radio, "Auto Accepted");
    CHECK(state.signature == "auto");
    CHECK(page.find(Role::radio, "Accepted via Portal").checked == semantics::Toggle::off);
    page.choose("State", "Active");
    CHECK(state.state == "active");
}

TEST_CASE("of several values typed in a frame the last counts") {
    std::string value;
    PageHarness page([&](Ui& ui) {
        const auto main = ui.main();
        ui.heading(1, "Typing");
        ui.text_field("name", "Name", value);
    });
    page.input.happenings = {semantics::Typed{"main/name", "a"}, semantics::Typed{"main/name", "ab"}};
    page.settle();
    CHECK(value == "ab");
}

TEST_CASE("a disclosure opens and closes") {
    Gallery state;
    auto page = gallery(state);
    CHECK(page.words().contains("answers within five working days"));
    page.click(Role::button, "What happens next?");
    CHECK_FALSE(state.open);
    CHECK_FALSE(page.words().contains("answers within five working days"));
    CHECK(page.find(Role::button, "What happens next?").expanded == semantics::Toggle::off);
}

TEST_CASE("errors are listed first, take focus when they appear, and lead to their fields") {
    Gallery state;
    state.problems = false;
    auto page = gallery(state);
    CHECK(page.focus_moves.empty());
    state.problems = true;
    page.settle();
    CHECK(page.focus_moves == std::vector<std::string>{"main/error-summary"});
    CHECK(page.has(Role::heading, "There is a problem"));
    page.click(Role::link, "Say that you have read the terms");
    CHECK(page.focused() == "main/form/read");
    CHECK(page.opened.empty());  // it stays on the page
    CHECK(page.find(Role::checkbox, "I have read and understood the terms and conditions").error ==
          "Say that you have read the terms");
}

TEST_CASE("a table keeps its structure, sorts by its headers and tells of the buttons in its rows") {
    Gallery state;
    auto page = gallery(state);
    const Node& table = page.find(Role::table, "Agreements");
    CHECK(page.names(Role::column_header, table.key) ==
          std::vector<std::string>{"Number", "Name", "Company Registration Number", "Account",
                                   "API Products Applicable", "Case", "State", "Substate", "Accepted On", "Accepted By",
                                   "Start Date", "Created"});
    CHECK(page.find(Role::column_header, "Number").sort == semantics::Sort::descending);
    CHECK(page.find(Role::column_header, "Name").sort == semantics::Sort::unsorted);
    CHECK(page.names(Role::row_header, table.key) ==
          std::vector<std::string>{"CNTR1000001", "CNTR1000008", "CNTR1000015", "CNTR1000022"});
    page.click(Role::button, "Name", table.key);
    CHECK(state.sorted == "name");
    page.click(Role::link, "CNTR1000008");
    CHECK(page.opened == std::vector<std::string>{"#/agreements/CNTR1000008"});
    page.click(Role::button, "Remove", "main/watch/body/b");
    CHECK(state.row_action == "b/remove");
}

TEST_CASE("a tick in a cell is a checkbox of its own beside the row's name, a finger wide where there is no mouse") {
    for (const float width : {1280.0f, 360.0f}) {
        CAPTURE(width);
        std::map<std::string, bool> chosen;
        PageHarness page(
            [&](Ui& ui) {
                const auto main = ui.main();
                ui.heading(1, "Ticks");
                const std::vector<TableColumn> columns{{.key = "number", .header = "Number"},
                                                       {.key = "name", .header = "Name"},
                                                       {.key = "state", .header = "State"}};
                std::vector<TableRow> rows;
                for (const std::string number : {"A1", "A2"})
                    rows.push_back({.key = number,
                                    .cells = {{.words = number,
                                               .href = "#/" + number,
                                               .tick = CellContent::Tick{"Choose " + number, chosen[number]},
                                               .header = true},
                                              {.words = "Name"},
                                              {.words = "State"}}});
                for (const auto& [row, on] : ui.table("things", columns, rows, {.caption = "Things"}).ticked)
                    chosen[row] = on;
            },
            width);
        CHECK(page.names(Role::row_header) == std::vector<std::string>{"A1", "A2"});
        CHECK(page.names(Role::checkbox) == std::vector<std::string>{"Choose A1", "Choose A2"});
        page.tick(Role::checkbox, "Choose A2");
        CHECK(chosen == std::map<std::string, bool>{{"A1", false}, {"A2", true}});
        const Node& box = page.find(Role::checkbox, "Choose A2");
        CHECK(box.checked == semantics::Toggle::on);
        CHECK(box.bounds.width >= (width < 660 ? 44 : 24));
        CHECK(box.bounds.height >= (width < 660 ? 44 : 24));
        page.tick(Role::checkbox, "Choose A2", false);
        CHECK_FALSE(chosen["A2"]);
    }
}

TEST_CASE("a table that asks for it draws two lines of a cell at most, and holds all words") {
    std::string words;
    for (int i = 0; i < 80; ++i) words += "word" + std::to_string(i) + " ";
    words.pop_back();
    const std::vector<TableColumn> columns{{.key = "number", .header = "Number"}, {.key = "name", .header = "Name"}};
    const std::vector<TableRow> rows{
        {.key = "long", .cells = {{.words = "1", .href = "#/1", .header = true}, {.words = words}}},
        {.key = "short", .cells = {{.words = "2", .href = "#/2", .header = true}, {.words = "word"}}}};
    std::uint32_t lines_max = 2;
    PageHarness page([&](Ui& ui) { ui.table("table", columns, rows, {.caption = "Table", .lines_max = lines_max}); },
                     800);
    const auto height = [&](std::string_view row) { return page.key("table/body/" + std::string(row)).bounds.height; };
    const auto is_shortened = [&] { return page.key("table/body/long/name").look.contains("shortened"); };
    CHECK(height("long") == height("short"));  // rows of one height
    const float calm = height("short");
    CHECK(is_shortened());
    CHECK(page.key("table/body/long/name").name == words);
    page.input.focus = {"table/body/long/number/link", false};  // by the mouse: what it presses next stays where it is
    page.settle();
    CHECK(is_shortened());
    page.input.focus = {"table/body/long/number/link", true};
    page.settle();
    CHECK_FALSE(is_shortened());
    CHECK(height("long") > 2 * calm);
    page.input.focus = {};
    page.settle();
    CHECK(is_shortened());
    lines_max = 0;
    page.settle();
    CHECK_FALSE(is_shortened());
    CHECK(height("long") > 2 * calm);
    CHECK(height("short") < calm);
}

TEST_CASE("on a narrow window a table's rows are cards, and say the same") {
    Gallery state;
    auto wide = gallery(state, 1280), narrow = gallery(state, 360);
    const auto wide_table = wide.find(Role::table, "Agreements").key;
    CHECK(narrow.find(Role::table, "Agreements").look.contains("cards"));
    CHECK(narrow.names(Role::cell, wide_table) == wide.names(Role::cell, wide_table));
    CHECK(narrow.names(Role::column_header, wide_table) == wide.names(Role::column_header, wide_table));
}

TEST_CASE("nothing is wider than the window, at any width from 320 px") {
    for (const float width : {320.0f, 360.0f, 480.0f, 659.0f, 660.0f, 800.0f, 1024.0f, 1280.0f, 1920.0f}) {
        Gallery state;
        state.dialog = true;
        auto page = gallery(state, width);
        for (const Node& node : page.nodes()) {
            CAPTURE(width);
            CAPTURE(node.key);
            CHECK(node.bounds.x >= -0.01f);
            CHECK(node.bounds.x + node.bounds.width <= width + 0.51f);
            CHECK(node.control.x + node.control.width <= width + 0.51f);
        }
    }
}

TEST_CASE("what can be pressed is at least 24 by 24 px, or stands in a line of text (WCAG 2.5.8)") {
    for (const float width : {320.0f, 1280.0f}) {
        Gallery state;
        auto page = gallery(state, width);
        for (const Node& node : page.nodes()) {
            if (node.role != Role::button && node.role != Role::checkbox && node.role != Role::radio &&
                node.role != Role::select)
                continue;
            CAPTURE(node.key);
            CHECK(node.bounds.height >= 24);
            CHECK(node.bounds.width >= 24);
        }
    }
}

TEST_CASE("drawing or not, the page says the same") {
    Gallery state;
    auto drawn = gallery(state), silent = gallery(state);
    silent.input.draw = false;
    silent.settle();
    CHECK(drawn.nodes() == silent.nodes());
}

TEST_CASE("a page that did not change has the same nodes") {
    Gallery state;
    auto page = gallery(state);
    const semantics::Nodes before = page.nodes();
    page.settle();
    CHECK(page.nodes() == before);
}

TEST_CASE("a modal dialog that is taller than the window stands in it all the same, and scrolls inside of itself") {
    const auto shift_of = [](float dialog_scroll) {
        float drawn = 0;
        PageHarness page([&](Ui& ui) {
            const auto dialog = ui.dialog("tall", "Many people");
            for (int i = 1; i <= 30; ++i) ui.button("choose-" + std::to_string(i), "Person " + std::to_string(i));
            drawn = 0;
        });
        for (const auto& [width, height] : {std::pair{1280.0f, 600.0f}, {390.0f, 844.0f}, {320.0f, 480.0f}}) {
            page.input.width = width;
            page.input.window_height = page.input.canvas_height = height;
            page.input.scroll_top = 0;
            page.input.dialog_scroll = dialog_scroll;
            page.settle();
            const Node& dialog = page.find(Role::dialog, "Many people");
            CHECK(dialog.bounds.y >= 0);
            CHECK(dialog.bounds.y + dialog.bounds.height <= height);
            REQUIRE(page.output.dialog);
            CHECK(page.output.dialog->key == dialog.key);
            CHECK(page.output.dialog->scroll == std::min(dialog_scroll, page.output.dialog->scroll_max));
            // Scrolled to its end, the last button is within the dialog.
            const Node& last = page.find(Role::button, "Person 30");
            CHECK(last.bounds.y + last.bounds.height - page.output.dialog->scroll_max <
                  dialog.bounds.y + dialog.bounds.height);
            // What is under the pointer is what is drawn there: the elements stay, the drawing has moved.
            const Node& shown = page.find(Role::button, "Person 20");
            drawn = shown.bounds.y - page.output.dialog->scroll;
        }
        return drawn;
    };
    CHECK(shift_of(0) - shift_of(100) == 100);
    CHECK(shift_of(1e6f) < shift_of(100));
}

TEST_CASE("a modal dialog is named by its heading, stands in the window and hears Escape") {
    Gallery state;
    state.dialog = true;
    bool dismissed = false;
    PageHarness page([&](Ui& ui) {
        build_gallery(ui, state);
        if (ui.dismissed("main/erase")) dismissed = true;
    });
    const Node& dialog = page.find(Role::dialog, "Erase this workspace?");
    CHECK(dialog.bounds.y >= 0);
    CHECK(dialog.bounds.y + dialog.bounds.height < page.input.window_height);
    CHECK(page.has(Role::heading, "Erase this workspace?", dialog.key));
    page.escape("Erase this workspace?");
    CHECK(dismissed);
    page.click(Role::button, "Erase", "main/erase");
    CHECK_FALSE(page.has(Role::dialog, "Erase this workspace?"));
}

TEST_CASE("a document keeps its markers, changes and anchors") {
    Gallery state;
    auto page = gallery(state);
    CHECK(page.words().contains("1.10"));
    const Node& changed = page.find(
        Role::paragraph, "Notice is given in writingthrough the portal and takes effect on the next working day.");
    REQUIRE(changed.runs.size() == 4);
    CHECK(changed.runs[1].deleted);
    CHECK(changed.runs[2].inserted);
    page.click(Role::link, "Schedule");
    CHECK(page.focused() == "main/terms/schedule");
    const std::string clause = page.find(Role::heading, "Use of the service").key;
    CHECK(clause == "main/terms/use");
    CHECK(page.find(Role::heading, "Use of the service").level == 3);
}

TEST_CASE("a link inside text is worked by the run's own key") {
    PageHarness page([](Ui& ui) {
        const auto main = ui.main();
        ui.heading(1, "Top");
        ui.heading(2, "Below", "below");
        ui.paragraph(Words{documents::Inline{text("Go "), link_to("below", "#below")}}, TextSize::body, "words");
    });
    CHECK(page.key("main/words").runs.at(1).href == "#below");
    page.click_key("main/words#1");
    CHECK(page.focused() == "main/below");
}

TEST_CASE("soft breaks are where the canvas ends its lines") {
    PageHarness page(
        [](Ui& ui) {
            const auto main = ui.main();
            ui.heading(1, "Lines");
            ui.paragraph("One two three four five six seven eight nine ten eleven twelve thirteen fourteen.",
                         TextSize::body, "words");
        },
        320);
    const Node& words = page.key("main/words");
    REQUIRE_FALSE(words.text.soft_breaks.empty());
    CHECK(words.bounds.height == words.text.line_height * static_cast<float>(words.text.soft_breaks.size() + 1));
    for (const std::uint32_t at : words.text.soft_breaks) CHECK(words.name[at - 1] == ' ');
}

TEST_CASE("the footer of a short page stands at the window's lower edge") {
    PageHarness page([](Ui& ui) {
        {
            const auto main = ui.main();
            ui.heading(1, "Short");
        }
        const auto footer = ui.footer();
        ui.link("help", "Help", "#/help");
    });
    const Node& footer = page.key("footer");
    CHECK(footer.bounds.y + footer.bounds.height == doctest::Approx(page.input.window_height));
    CHECK(page.key("footer/help").bounds.y > footer.bounds.y);
}

TEST_CASE("a frame that is wrong is said to be, with the key") {
    const auto twice = faults_of([](Ui& ui) {
        const auto main = ui.main();
        ui.heading(1, "A");
        ui.button("go", "Go");
        ui.button("go", "Go again");
    });
    CHECK(twice == std::vector<std::string>{"key used twice: main/go"});
    const auto skipped = faults_of([](Ui& ui) {
        const auto main = ui.main();
        ui.heading(1, "A");
        ui.heading(3, "C", "c");
    });
    CHECK(skipped == std::vector<std::string>{"heading level skipped before: main/c"});
    const auto nameless = faults_of([](Ui& ui) {
        const auto main = ui.main();
        ui.button("go", "");
    });
    CHECK(nameless == std::vector<std::string>{"control without a name: main/go"});
    const auto colourless = faults_of([](Ui& ui) {
        const auto main = ui.main();
        ui.figure("dial", "A dial", 10, [](Canvas& canvas) { canvas.rect(0, 0, 5, 5, "no-such"); });
    });
    CHECK(colourless == std::vector<std::string>{"no such colour: no-such"});
}

TEST_CASE("what a page shows cannot turn or cut its words: every role says controls by name, and keeps lines") {
    const std::string given = "Acme \u202Edtl\r\nNext\0end"s, shown = "Acme [U+202E]dtl\nNext[U+0000]end";
    const std::string as_typed = given;
    std::string typed = given;
    bool on = false;
    PageHarness page([&](Ui& ui) {
        const auto main = ui.main();
        ui.heading(1, given, "title");
        ui.paragraph(given);
        ui.paragraph(Words{{bold("Note: "), text(given)}}, TextSize::body, "rich");
        ui.hint(given);
        ui.status("status", given);
        ui.tag("tag", given, TagKind::active);
        ui.link("link", given, "#/");
        ui.button("button", given);
        ui.checkbox("tick", given, on, {.hint = given, .error = given});
        ui.text_field("field", given, typed, {.hint = given});
        std::string chosen;
        const Choice choices[] = {{"", given}};
        ui.select("select", "Select", choices, chosen);
        ui.figure("figure", given, 20, [&](Canvas& canvas) { canvas.text(0, 0, given, "text"); });
        if (auto section = ui.section("section", given)) ui.separator("line");
        const TableColumn columns[] = {{.key = "name", .header = given}};
        const TableRow rows[] = {{.key = "row", .cells = {{.words = given}}}};
        ui.table("table", columns, rows, {.caption = given});
    });
    for (const Node& node : page.nodes()) {
        for (const std::string& words : {node.name, node.hint, node.error})
            CHECK_MESSAGE(is_shown_as_it_is(words), node.key);
        for (const auto& run : node.runs) CHECK_MESSAGE(is_shown_as_it_is(run.text), node.key);
    }
    for (const Role role : {Role::heading, Role::link, Role::button, Role::checkbox, Role::textbox, Role::image,
                            Role::region, Role::table})
        CHECK(page.has(role, shown));
    CHECK(page.key("main/rich").runs.at(1).text == shown);
    CHECK(page.find(Role::select, "Select").options.at(0).label == shown);
    // What is in a field is what was given: it can be put right there.
    CHECK(page.key("main/field").value == as_typed);
    // Two lines stand one below the other.
    CHECK(page.key("main/title").bounds.height == 2 * page.key("main/title").text.line_height);
}

TEST_CASE("a line with letters that the typefaces lack is drawn whole by whoever has them") {
    struct Drawer final : ForeignText {
        std::vector<std::string> drawn;
        float width(std::string_view, Face, float size) override { return 2 * size; }
        Picture draw(std::string_view text, Face, float, float, std::uint32_t) override {
            drawn.emplace_back(text);
            return {.texture = 77, .width = 40, .height = 20, .left = 1, .up = 15};
        }
        void next_frame() override { drawn.clear(); }
    } drawer;
    Screen screen(fonts().files());
    screen.use_foreign_text(&drawer);
    FrameInput input;
    const auto build = [](Ui& ui) {
        const auto main = ui.main();
        ui.paragraph("Plain");
        ui.paragraph("Note by 张伟, today\nPlain too");
    };
    build(screen.begin(input));
    const FrameOutput output = screen.end();
    CHECK(drawer.drawn == std::vector<std::string>{"Note by 张伟, today"});
    int pictures = 0;
    for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists)
        for (const ImDrawCmd& command : list->CmdBuffer)
            pictures += command.UserCallback == nullptr && command.GetTexID() == 77;
    CHECK(pictures == 1);
    CHECK(semantics::words_of(output.nodes).contains("Note by 张伟, today"));
}
