#include "lifecycle/kept_rows.h"

#include <doctest/doctest.h>

#include <map>
#include <random>

using namespace ca::lifecycle;

namespace {

std::vector<ServiceNowRow> all_of(const KeptRows& rows) {
    std::vector<ServiceNowRow> all;
    rows.for_each([&](const ServiceNowRow& row) { return all.push_back(row), true; });
    return all;
}

}  // namespace

TEST_CASE("rows come back as they were kept, in the order in which they first came, whatever was kept over them") {
    constexpr unsigned seed = 11;
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    const std::vector<std::string> tables{"ast_contract", "customer_account", "mapping"};
    KeptRows rows;
    std::map<std::string, std::vector<ServiceNowRow>> expected;
    int arrived = 0;
    for (int i = 0; i < 30'000; ++i) {
        const std::string& table = tables[random() % 2];
        ServiceNowRow row{
            .table = table, .sys_id = std::to_string(random() % 8'000), .row = "{\"n\":" + std::to_string(i) + "}"};
        auto& known = expected[table];
        const auto at = std::ranges::find(known, row.sys_id, &ServiceNowRow::sys_id);
        row.position = at == known.end() ? arrived++ : at->position;
        if (at == known.end()) known.push_back(row);
        else *at = row;
        rows.keep({.table = row.table, .sys_id = row.sys_id, .row = row.row});
    }
    std::vector<ServiceNowRow> in_order;
    for (const auto& [_, of_table] : expected) in_order.insert(in_order.end(), of_table.begin(), of_table.end());
    CHECK(rows.size() == in_order.size());
    CHECK((all_of(rows) == in_order));
    for (std::size_t i = 0; i < in_order.size(); i += 97)
        CHECK((rows.get(in_order[i].table, in_order[i].sys_id) == in_order[i]));
    CHECK_FALSE(rows.contains("ast_contract", "8000"));
    CHECK_FALSE(rows.contains("mapping", ""));
}

TEST_CASE("a copy of rows is not changed with them; what they hold is compared, not how it lies") {
    KeptRows rows;
    for (int i = 0; i < 1'000; ++i) rows.keep({.table = "t", .sys_id = std::to_string(i), .row = "{}"});
    const KeptRows copy = rows;
    CHECK(rows == copy);
    rows.keep({.table = "t", .sys_id = "3", .row = "{\"new\":1}"});
    CHECK_FALSE(rows == copy);
    CHECK(copy.get("t", "3")->row == "{}");
    CHECK(rows.get("t", "3")->row == "{\"new\":1}");
    rows.keep({.table = "t", .sys_id = "3", .row = "{}"});  // lies beside its block now
    CHECK(rows == copy);
    rows.keep({.table = "t", .sys_id = "more", .row = ""});
    CHECK_FALSE(rows == copy);
    CHECK(rows.get("t", "more")->position == 1'000);
}

TEST_CASE("whoever reads rows in order may stop, and may keep others meanwhile") {
    KeptRows rows;
    for (int i = 0; i < 600; ++i) rows.keep({.table = "t", .sys_id = std::to_string(i), .row = std::to_string(i)});
    int seen = 0;
    rows.for_each("t", [&](const ServiceNowRow& row) {
        rows.keep({.table = "t", .sys_id = "x" + row.sys_id, .row = ""});
        return ++seen < 500;
    });
    CHECK(seen == 500);
    CHECK(rows.size() == 1'100);
    rows.for_each("none", [&](const ServiceNowRow&) { return seen = 0, true; });
    CHECK(seen == 500);
}
