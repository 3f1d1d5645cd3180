// What the tests of this layer share: the real files, workspaces made from them, and small tables written here.
#pragma once

#include "interop/servicenow.h"
#include "lifecycle/engine.h"
#include "support/planned.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace ca::interop::test {

inline const std::string data = "../shared/data/";
inline const std::vector<std::string> table_names = {"customer_account", "customer_contact", "ast_contract",
                                                     "sn_customerservice_case"};

inline std::string read_bytes(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    REQUIRE_MESSAGE(stream.good(), path);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    return bytes.str();
}

inline File real_file(const std::string& table, const std::string& folder = "servicenow") {
    return {table + ".json", read_bytes(data + folder + "/" + table + ".json")};
}

inline std::vector<File> real_files(const std::string& folder = "servicenow") {
    std::vector<File> files;
    for (auto const& table : table_names) files.push_back(real_file(table, folder));
    return files;
}

inline Instant at(std::string_view text) { return *parse_instant(text); }
inline const Instant now = at("2026-11-22T11:00:00Z");

inline lifecycle::Workspace after(lifecycle::Workspace workspace, const Planned& plan) {
    for (auto const& event : plan.events) lifecycle::apply(workspace, event);
    return workspace;
}

inline lifecycle::Workspace imported(const std::vector<File>& files, lifecycle::Workspace workspace = {}) {
    return after(workspace, plan_import(workspace, files, {}, now));
}

inline void fall_due(lifecycle::Workspace& workspace, Instant until) {
    for (auto const& event : lifecycle::due(workspace, until)) lifecycle::apply(workspace, event);
}

// The same but for the order in which rows of different tables arrived.
inline lifecycle::Workspace without_arrival(lifecycle::Workspace workspace) {
    std::vector<lifecycle::ServiceNowRow> rows;
    workspace.servicenow_rows.for_each([&](const lifecycle::ServiceNowRow& row) { return rows.push_back(row), true; });
    std::ranges::sort(rows, {}, [](const lifecycle::ServiceNowRow& row) { return std::pair(row.table, row.sys_id); });
    workspace.servicenow_rows = {};
    for (auto& row : rows) workspace.put(std::move(row));
    return workspace;
}

}  // namespace ca::interop::test
