// Many agreements as one ZIP: chosen on the list, made one after another, given and recorded at the end.
#include "support/portal_world.h"

#include "base/sha256.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ca;
using namespace ca::test;

namespace {

constexpr auto today = "2026-03-02T09:00:00Z";

// The names and contents of a ZIP whose entries are stored, read from their own headers.
std::vector<std::pair<std::string, std::string>> entries_of(std::string_view zip) {
    const auto number = [&](std::size_t at, std::size_t bytes) {
        std::size_t value = 0;
        for (std::size_t i = bytes; i-- > 0;) value = value << 8 | static_cast<unsigned char>(zip.at(at + i));
        return value;
    };
    std::vector<std::pair<std::string, std::string>> entries;
    for (std::size_t at = 0; zip.substr(at, 4) == "PK\x03\x04";) {
        const auto size = number(at + 18, 4), name = number(at + 26, 2), extra = number(at + 28, 2);
        entries.emplace_back(zip.substr(at + 30, name), zip.substr(at + 30 + name + extra, size));
        at += 30 + name + extra + size;
    }
    return entries;
}

std::size_t downloads_of(const PortalWorld& world) {
    std::size_t count = 0;
    for (const auto& [number, agreement] : world.kept().agreements) count += agreement.attachments.size();
    return count;
}

struct ListWorld : PortalWorld {
    void refuse(std::string_view title) {
        press.refusal = Error{"unknown_character", "No typeface has the character U+1F600.", "page 1"};
        press.refused_title = title;
    }
    explicit ListWorld(std::string_view who = "Agreement team") : PortalWorld(today) {
        start_with_sample_data();
        act_as(who);
        go("#/agreements?state=all");
        click(Role::button, "Export");
    }
    std::size_t all() const { return kept().agreements.size(); }
    void tick(std::string_view number) {
        page.tick(Role::checkbox, "Choose " + std::string(number));
        look();
    }
    // Presses the button and stops after that frame: the work is still to be done.
    void press_and_glance(std::string_view name) {
        page.click(Role::button, name);
        glance();
    }
};

}  // namespace

TEST_CASE("chosen agreements become one ZIP with their hashes and a manifest, recorded in one commit") {
    ListWorld world;
    CHECK(world.page.has(Role::status,
                         "Nothing chosen: all " + std::to_string(world.all()) + " shown will be in the ZIP"));
    world.tick("CNTR0000009");
    world.tick("CNTR0000001");
    CHECK(world.page.has(Role::status, "2 chosen"));
    CHECK(world.page.find(Role::checkbox, "Choose CNTR0000001").checked == semantics::Toggle::on);
    CHECK(world.page.find(Role::checkbox, "Choose CNTR0000002").checked == semantics::Toggle::off);
    const auto commits = world.store.log().size();
    world.click(Role::button, "Download as ZIP");

    REQUIRE(world.platform.saved.size() == 1);
    CHECK(world.platform.saved[0].name == "agreements-2026-03-02.zip");
    CHECK(world.platform.saved[0].media_type == "application/zip");
    const auto entries = entries_of(world.platform.saved[0].bytes);
    REQUIRE(entries.size() == 4);
    CHECK(entries[0].first == "CNTR0000001.pdf");
    CHECK(entries[1].first == "CNTR0000009.pdf");
    CHECK(entries[2].first == "SHA256SUMS.txt");
    CHECK(entries[3].first == "manifest.csv");
    const auto hash = sha256_hex(entries[0].second);
    CHECK(entries[2].second == hash + "  CNTR0000001.pdf\n" + hash + "  CNTR0000009.pdf\n");
    CHECK(entries[3].second.find("\"Number\",\"Name\",\"State\",\"File\",\"Pages\",\"Size in bytes\",\"SHA-256\",\"Why "
                                 "it is missing\"\r\n\"CNTR0000001\",") != std::string::npos);
    CHECK(entries[3].second.find("\"CNTR0000009.pdf\",\"1\",\"18\",\"" + hash + "\",\"\"\r\n") != std::string::npos);

    CHECK(world.store.log().size() == commits + 2);
    for (const char* number : {"CNTR0000001", "CNTR0000009"}) {
        const auto& attachments = world.kept().find_agreement(number)->attachments;
        REQUIRE_FALSE(attachments.empty());
        CHECK(attachments.back().file_name == std::string(number) + ".pdf");
        CHECK(attachments.back().sha256 == hash);
        CHECK(attachments.back().by == "Agreement team");
    }
    CHECK(world.says("agreements-2026-03-02.zip was downloaded: 2 agreements, "));
    CHECK_FALSE(world.page.has(Role::button, "Cancel"));
}

TEST_CASE("with nothing chosen the ZIP holds all that are shown, by number, and no others") {
    ListWorld world;
    world.go("#/agreements?state=active&sort=number&order=descending");
    std::vector<std::string> wanted;
    for (const auto& [number, agreement] : world.kept().agreements)
        if (agreement.state == lifecycle::State::active) wanted.push_back(number + ".pdf");
    world.click(Role::button, "Download as ZIP");
    REQUIRE(world.platform.saved.size() == 1);
    std::vector<std::string> names;
    for (const auto& [name, bytes] : entries_of(world.platform.saved[0].bytes))
        if (name.ends_with(".pdf")) names.push_back(name);
    CHECK(names == wanted);
}

TEST_CASE("what is done with many is there when it is asked for, or when something is chosen") {
    ListWorld world;
    const auto is_there = [&] { return world.page.has(Role::button, "Download as ZIP"); };
    CHECK(is_there());
    world.click(Role::button, "Export");
    CHECK_FALSE(is_there());
    world.tick("CNTR0000001");
    CHECK(is_there());
    CHECK(world.page.find(Role::button, "Export").expanded == semantics::Toggle::on);
    world.page.tick(Role::checkbox, "Choose CNTR0000001", false);
    world.look();
    CHECK_FALSE(is_there());
}

TEST_CASE("what is chosen stays chosen while filters change; Choose all shown adds, Choose none takes all away") {
    ListWorld world;
    world.tick("CNTR0000009");
    world.go("#/agreements?state=all&q=cntr0000001");
    CHECK(world.page.has(Role::status, "1 chosen, 1 of them not shown by these filters"));
    world.click(Role::button, "Choose all shown");
    CHECK(world.page.has(Role::status, "2 chosen, 1 of them not shown by these filters"));
    world.go("#/agreements?state=all");
    CHECK(world.page.find(Role::checkbox, "Choose CNTR0000009").checked == semantics::Toggle::on);
    CHECK(world.page.find(Role::checkbox, "Choose CNTR0000001").checked == semantics::Toggle::on);
    world.page.tick(Role::checkbox, "Choose CNTR0000001", false);
    world.look();
    CHECK(world.page.has(Role::status, "1 chosen"));
    world.click(Role::button, "Choose none");
    CHECK(world.page.find(Role::checkbox, "Choose CNTR0000009").checked == semantics::Toggle::off);
    CHECK(world.page.has(Role::status,
                         "Nothing chosen: all " + std::to_string(world.all()) + " shown will be in the ZIP"));
}

TEST_CASE("an agreement whose PDF is refused does not stop the others: page and manifest say why") {
    ListWorld world;
    world.refuse("CNTR0000001");
    world.tick("CNTR0000001");
    world.tick("CNTR0000009");
    world.click(Role::button, "Download as ZIP");
    REQUIRE(world.platform.saved.size() == 1);
    const auto entries = entries_of(world.platform.saved[0].bytes);
    REQUIRE(entries.size() == 3);
    CHECK(entries[0].first == "CNTR0000009.pdf");
    CHECK(entries[1].second == sha256_hex(entries[0].second) + "  CNTR0000009.pdf\n");
    CHECK(entries[2].second.find(",\"\",\"\",\"\",\"\",\"No typeface has the character U+1F600. (page 1)\"\r\n") !=
          std::string::npos);
    CHECK(world.says("1 agreement is not in it."));
    CHECK(world.says("CNTR0000001: No typeface has the character U+1F600. (page 1)"));
    CHECK(downloads_of(world) == 1);
}

TEST_CASE("where no PDF can be made nothing is downloaded or recorded, and the reason is told") {
    ListWorld world;
    world.refuse("CNTR");
    world.tick("CNTR0000001");
    world.click(Role::button, "Download as ZIP");
    CHECK(world.platform.saved.empty());
    CHECK(downloads_of(world) == 0);
    CHECK(world.page.has(Role::alert,
                         "Nothing was downloaded. None of the PDFs could be made. CNTR0000001: No typeface has the "
                         "character U+1F600. (page 1)"));
}

TEST_CASE("progress is shown and the list goes on working; each PDF begins in a turn of its own") {
    ListWorld world;
    world.press.waits = true;
    world.press_and_glance("Download as ZIP");
    CHECK(world.press.printed.empty());  // not in the turn of the press of a button
    world.turn();
    CHECK(world.press.printed.empty());  // nor in that in which its document is made
    world.turn();
    world.glance();
    CHECK(world.press.printed.size() == 1);
    CHECK(world.page.has(Role::progress, "Making CNTR0000001.pdf – 1 of " + std::to_string(world.all())));
    CHECK(world.page.find(Role::button, "Download as ZIP").busy);
    world.press.answer();
    CHECK(world.press.printed.size() == 1);  // nor in the turn that the press answers in
    world.type(Role::searchbox, "Filter agreements", "larkfield");
    CHECK(world.press.printed.size() == 2);
    CHECK(world.page.has(Role::progress, "Making CNTR0000002.pdf – 2 of " + std::to_string(world.all())));
    world.press_and_glance("Download as ZIP");  // one at a time
    CHECK(world.platform.tasks.empty());
    world.press.waits = false;
    world.press.answer();
    world.look();
    REQUIRE(world.platform.saved.size() == 1);
    CHECK(entries_of(world.platform.saved[0].bytes).size() ==
          world.all() + 2);  // what was asked for, not what is shown now
}

TEST_CASE("Cancel drops everything, and another ZIP can be made") {
    ListWorld world;
    world.press.waits = true;
    world.press_and_glance("Download as ZIP");
    world.turn();
    world.turn();
    world.press.answer();
    world.turn();
    world.turn();
    world.glance();
    world.click(Role::button, "Cancel");
    CHECK(world.page.has(Role::status, "Cancelled: nothing was downloaded."));
    CHECK(world.page.focused() == world.page.find(Role::button, "Download as ZIP").key);
    world.press.answer();  // the one that was under way comes too late
    world.look();
    CHECK(world.press.printed.size() == 2);
    CHECK(world.platform.saved.empty());
    CHECK(downloads_of(world) == 0);
    world.press.waits = false;
    world.click(Role::button, "Download as ZIP");
    CHECK(world.platform.saved.size() == 1);
}

TEST_CASE("a ZIP goes on while another page is shown, which says so and tells of its end") {
    ListWorld world;
    world.press.waits = true;
    world.press_and_glance("Download as ZIP");
    world.turn();
    world.go("#/cases");
    const auto all = std::to_string(world.all());
    CHECK(world.says("A ZIP of agreements is being made: 0 of " + all + "."));
    world.press.answer();
    world.look();
    CHECK(world.says("A ZIP of agreements is being made: 1 of " + all + "."));
    world.go("#/agreements");
    CHECK(world.page.has(Role::progress, "Making CNTR0000002.pdf – 2 of " + all));
    world.go("#/cases");
    world.press.waits = false;
    world.press.answer();
    world.look();
    CHECK(world.platform.saved.size() == 1);
    CHECK(world.page.has(Role::heading, "agreements-2026-03-02.zip was downloaded"));
    CHECK(world.says("It holds " + all + " agreements."));
    CHECK(world.page.focused() !=
          world.page.find(Role::heading, "agreements-2026-03-02.zip was downloaded").key);  // news takes nobody away
    world.go("#/agreements");
    CHECK_FALSE(world.says("was downloaded:"));
}

TEST_CASE("how a ZIP ended is told once: the next page says no more of it") {
    ListWorld world;
    world.tick("CNTR0000001");
    world.click(Role::button, "Download as ZIP");
    CHECK(world.says("agreements-2026-03-02.zip was downloaded"));
    world.go("#/agreements?state=all&q=larkfield");
    CHECK(world.says("agreements-2026-03-02.zip was downloaded"));  // the same page, filtered
    world.go("#/cases");
    CHECK_FALSE(world.says("agreements-2026-03-02.zip"));
    world.go("#/agreements");
    CHECK_FALSE(world.says("agreements-2026-03-02.zip"));
}

TEST_CASE("acting as somebody else drops a ZIP on its way, and says so on whatever page") {
    ListWorld world;
    world.press.waits = true;
    world.press_and_glance("Download as ZIP");
    world.turn();
    world.go("#/cases");
    world.act_as("Grace Whitlock");
    CHECK(world.says("Cancelled: nothing was downloaded. You now act as somebody else."));
    world.press.answer();
    world.look();
    CHECK(world.platform.saved.empty());
    CHECK(downloads_of(world) == 0);
}

TEST_CASE("a contact's ZIP holds what the account has; who downloads nothing chooses nothing") {
    ListWorld world("Grace Whitlock");
    world.click(Role::button, "Download as ZIP");
    REQUIRE(world.platform.saved.size() == 1);
    for (const auto& [name, bytes] : entries_of(world.platform.saved[0].bytes))
        if (name.ends_with(".pdf"))
            CHECK(world.kept().find_agreement(name.substr(0, 11))->account ==
                  world.kept().find_agreement("CNTR0000008")->account);
    ListWorld product_team("API product team");
    CHECK_FALSE(product_team.page.has(Role::button, "Download as ZIP"));
    CHECK(product_team.page.names(Role::checkbox).empty());
}

TEST_CASE("a ZIP made in practice says so in each name and leaves no record") {
    ListWorld world;
    const auto before = world.store.log().size();
    world.click(Role::button, "Practice with time");
    world.go("#/agreements?state=all");
    world.tick("CNTR0000001");
    world.click(Role::button, "Download as ZIP");
    REQUIRE(world.platform.saved.size() == 1);
    CHECK(world.platform.saved[0].name == "agreements-2026-03-02-practice.zip");
    const auto entries = entries_of(world.platform.saved[0].bytes);
    REQUIRE(entries.size() == 3);
    CHECK(entries[0].first == "CNTR0000001-practice.pdf");
    CHECK(world.press.printed.back().status.starts_with("PRACTICE"));
    CHECK(world.store.log().size() == before);
}
