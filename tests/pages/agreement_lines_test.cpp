#include "pages/agreement_lines.h"

#include "base/text.h"
#include "support/planned.h"
#include "lifecycle/engine.h"
#include "pages/present.h"
#include "support/made_export.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

using namespace ca;
using namespace ca::pages;

namespace {

const lifecycle::Actor team{lifecycle::Role::agreement_team, "Priya Shah"};

lifecycle::Workspace made(std::size_t agreements) {
    std::vector<interop::File> files;
    for (auto& [name, text] : test::made_export(3, agreements)) files.push_back({name, std::move(text)});
    lifecycle::Workspace workspace;
    for (const auto& event :
         interop::test::plan_import(workspace, files, std::nullopt, *parse_instant("2026-11-22T12:00:00Z")).events)
        lifecycle::apply(workspace, event);
    return workspace;
}

// As the page says it, in the simplest way.
std::vector<std::string> by_hand(const lifecycle::Workspace& workspace, const AgreementLines::Narrowing& wanted,
                                 std::string_view column, bool descending) {
    struct Row {
        std::string number, key;
    };
    const auto seen = lifecycle::Sight::of(workspace, team);
    const auto columns = agreement_columns();
    const auto sorted = std::ranges::find(columns, column, &AgreementColumn::key);
    std::vector<Row> rows;
    for (const auto& [number, agreement] : workspace.agreements) {
        bool holds = wanted.states.empty();
        for (const auto& filter : state_filters())
            holds = holds || (std::ranges::count(wanted.states, filter.name) > 0 && filter.holds(agreement));
        std::string text;
        for (const auto& each : columns) text += each.words(seen, agreement) + "\n";
        text = fold_for_search(text + agreement.account);
        for (const auto& word : split(fold_for_search(wanted.text), ' '))
            holds = holds && text.find(word) != std::string::npos;
        if (!holds) continue;
        const bool has_order = sorted != columns.end() && sorted->order;
        rows.push_back({number, has_order                 ? sorted->order(agreement)
                                : sorted != columns.end() ? fold_for_search(sorted->words(seen, agreement))
                                                          : number});
    }
    std::ranges::stable_sort(rows, [&](const Row& a, const Row& b) {
        if (a.key.empty() != b.key.empty()) return b.key.empty();
        return descending && sorted != columns.end() ? b.key < a.key : a.key < b.key;
    });
    std::vector<std::string> numbers;
    for (const auto& row : rows) numbers.push_back(row.number);
    return numbers;
}

std::vector<std::string> numbers_of(AgreementLines& lines, std::size_t from, std::size_t until) {
    std::vector<std::string> numbers;
    for (const auto line : lines.shown(from, until)) numbers.push_back(lines.agreement(line).number);
    return numbers;
}

}  // namespace

TEST_CASE("however one types, takes back, filters and sorts, the rows are those that one would find by hand") {
    constexpr unsigned seed = 17;
    CAPTURE(seed);
    std::mt19937 random{seed};
    const auto workspace = made(300);
    const std::vector<std::string> texts{
        "l",         "la",     "lar",  "larc", "larch", "larch ", "larch 1", "larch h", "birch digital",
        "cntr00100", "active", "2026", "jo",   "håkon", "hakon",  " ",       "",        "nothing that is there"};
    const std::vector<std::string> sorts{
        "", "number", "name", "created", "accepted-on", "company-registration-number", "not a column"};
    AgreementLines lines;
    AgreementLines::Narrowing wanted;
    std::string column;
    bool descending = false;
    for (int step = 0; step < 400; ++step) {
        switch (random() % 4) {
            case 0: wanted.text = texts[random() % texts.size()]; break;
            case 1: wanted.text += texts[random() % texts.size()].substr(0, 2); break;
            case 2:
                wanted.states.clear();
                for (const auto& filter : state_filters())
                    if (random() % 2 == 0) wanted.states.emplace_back(filter.name);
                break;
            default: column = sorts[random() % sorts.size()], descending = random() % 2 == 0;
        }
        CAPTURE(step);
        CAPTURE(wanted.text);
        lines.read(lifecycle::Sight::of(workspace, team), 1);
        lines.narrow(wanted);
        lines.sort(column, descending);
        const auto expected = by_hand(workspace, wanted, column, descending);
        REQUIRE(lines.matching() == expected.size());
        REQUIRE((numbers_of(lines, 0, expected.size()) == expected));
    }
    CHECK(lines.all() == 300);
    CHECK(lines.work().put_together == 300);  // once, in four hundred steps
}

TEST_CASE("a word that grows is looked for only where its beginning was found, and nothing is looked for twice") {
    const auto workspace = made(1'000);
    AgreementLines lines;
    lines.read(lifecycle::Sight::of(workspace, team), 1);
    std::vector<std::size_t> looked_at;
    const auto type = [&](const std::string& text) {
        const auto before = lines.work().looked_at;
        lines.narrow({.text = text});
        looked_at.push_back(lines.work().looked_at - before);
        return lines.matching();
    };
    const auto m = type("m"), me = type("me"), mee = type("mee");  // of Meera, MESH and Digital Medicines
    CHECK(me < 1'000);
    CHECK(mee < me);
    CHECK((looked_at == std::vector<std::size_t>{1'000, m, me}));
    CHECK(type("mee") == mee);
    CHECK(type("me") == me);
    CHECK(type("m") == m);
    CHECK(type("") == 1'000);
    CHECK(lines.work().looked_at == 1'000 + m + me);  // taken back, it costs nothing
    lines.sort("name", true);
    lines.shown(0, 50);
    lines.narrow({.text = "x"});
    lines.shown(0, lines.matching());
    CHECK(lines.work().sorted == 1'000);
}

TEST_CASE("a row is put in words once, however often it comes and goes while somebody types") {
    const auto workspace = made(10'000);
    AgreementLines lines;
    while (!lines.read(lifecycle::Sight::of(workspace, team), 1)) {
    }
    std::set<std::uint32_t> seen;
    for (const std::string text : {"", "m", "me", "mee", "me", "m", ""}) {
        lines.narrow({.text = text});
        for (const auto line : lines.shown(0, std::min<std::size_t>(50, lines.matching()))) {
            const auto& agreement = lines.agreement(line);
            CHECK(lines.words(line)[0] == agreement.number);
            CHECK(lines.words(line)[1] == agreement.name);
            seen.insert(line);
        }
    }
    CHECK(seen.size() > 50);
    CHECK(lines.work().worded == seen.size());
    lines.narrow({});
    for (const auto line : lines.shown(0, lines.matching()))
        CHECK(lines.words(line)[0] == lines.agreement(line).number);
}

TEST_CASE("another person or another state of the workspace is read anew") {
    auto workspace = made(40);
    AgreementLines lines;
    lines.read(lifecycle::Sight::of(workspace, team), 1);
    lines.narrow({.text = "cntr"});
    CHECK(lines.matching() == 40);
    const auto& [email, contact] = *workspace.contacts.begin();
    lines.read(lifecycle::Sight::of(workspace, {lifecycle::Role::contact, contact.email}), 1);
    lines.narrow({});
    CHECK(lines.all() == 1);
    CHECK(lines.holds(lines.agreement(0).number));
    CHECK_FALSE(lines.holds("CNTR9999999"));
    lines.read(lifecycle::Sight::of(workspace, {lifecycle::Role::visitor, ""}), 1);
    lines.narrow({});
    CHECK(lines.all() == 0);
    CHECK(lines.shown(0, 0).empty());
    auto changed = workspace.agreements.begin()->second;
    changed.name = "Changed by somebody";
    workspace.put(changed);
    lines.read(lifecycle::Sight::of(workspace, team), 2);
    lines.narrow({.text = "somebody"});
    CHECK(lines.matching() == 1);
}

TEST_CASE("many rows are put together some at a time, and meanwhile the same person has those of before") {
    auto workspace = made(10'000);
    const auto seen = lifecycle::Sight::of(workspace, team);
    AgreementLines lines;
    CHECK_FALSE(lines.read(seen, 1));
    CHECK(lines.all() == 0);
    CHECK(lines.progress().all == 10'000);
    const auto done = lines.progress().done;
    CHECK(done > 0);
    CHECK_FALSE(lines.read(seen, 1));
    CHECK(lines.progress().done == 2 * done);
    CHECK(lines.read(seen, 1));
    CHECK(lines.all() == 10'000);
    CHECK(lines.work().put_together == 10'000);

    auto changed = (*workspace.agreements.begin()).second;
    changed.name = "Zebra";
    workspace.put(std::move(changed));
    const auto seen_then = lifecycle::Sight::of(workspace, team);
    CHECK_FALSE(lines.read(seen_then, 2));
    lines.narrow({.text = "zebra"});
    CHECK(lines.all() == 10'000);
    CHECK(lines.matching() == 0);
    while (!lines.read(seen_then, 2)) {
    }
    lines.narrow({.text = "zebra"});
    CHECK(lines.matching() == 1);

    CHECK_FALSE(lines.read(lifecycle::Sight::of(workspace, {lifecycle::Role::product_team, "Sam Obi"}), 2));
    CHECK(lines.all() == 0);  // what one person sees is no other's, not even meanwhile
}

TEST_CASE("names that begin alike are sorted by what follows, both ways, and those without one stand last") {
    lifecycle::Workspace workspace;
    const std::vector<std::string> names{"", "north", "northmoor", "northmoor health a", "northmoor health b", "z"};
    const std::vector<std::size_t> places{3, 0, 5, 1, 4, 2, 3, 0};
    for (std::size_t i = 0; i < places.size(); ++i) {
        lifecycle::Agreement agreement;
        agreement.number = "CNTR000000" + std::to_string(i);
        agreement.name = names[places[i]];
        agreement.account = "Y";
        workspace.put(std::move(agreement));
    }
    AgreementLines lines;
    REQUIRE(lines.read(lifecycle::Sight::of(workspace, team), 1));
    const auto sorted = [&](bool descending) {
        lines.sort("name", descending);
        lines.narrow({});
        std::string found;
        for (const auto line : lines.shown(0, lines.matching())) found += lines.agreement(line).number.back();
        return found;
    };
    CHECK(sorted(false) == "35064217");
    CHECK(sorted(true) == "24065317");
}
