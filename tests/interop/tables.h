// Small ServiceNow tables written here: one account, two contacts, two agreements, two cases. A test changes one value
// and says what must become of it.
#pragma once

#include "interop/json_text.h"
#include "interop/support.h"

#include <map>
#include <utility>

namespace ca::interop::test {

using Cells = std::vector<std::pair<std::string, std::string>>;  // a value that starts with '{', '[' or a bare literal
                                                                 // in '=' is JSON

inline const std::string account_id = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1";
inline const std::string draft_id = "ccccccccccccccccccccccccccccccc1";
inline const std::string uplift_id = "ccccccccccccccccccccccccccccccc2";

inline std::string reference(const std::string& table, const std::string& id) {
    return "{\"link\": \"https://instance.example/api/now/table/" + table + "/" + id + "\", \"value\": \"" + id + "\"}";
}

inline std::string row(const Cells& cells, const Cells& changes = {}) {
    std::string text = "{";
    auto add = [&](const std::string& name, const std::string& value) {
        if (text.size() > 1) text += ", ";
        text += quote_json(name) + ": ";
        if (value.starts_with("{") || value.starts_with("[")) text += value;
        else if (value.starts_with("=")) text += value.substr(1);
        else text += quote_json(value);
    };
    for (auto const& [name, value] : cells) {
        std::string said = value;
        for (auto const& [changed, other] : changes)
            if (changed == name) said = other;
        if (said != "(none)") add(name, said);
    }
    for (auto const& [changed, value] : changes) {
        bool known = false;
        for (auto const& cell : cells) known = known || cell.first == changed;
        if (!known) add(changed, value);
    }
    return text + "}";
}

inline File file(const std::string& table, const std::vector<std::string>& rows) {
    std::string list;
    for (auto const& each : rows) list += (list.empty() ? "" : ", ") + each;
    return {table + ".json", "{\"result\": [" + list + "]}"};
}

inline std::string account_row(const Cells& changes = {}) {
    return row({{"sys_id", account_id},
                {"number", "ACCT0000001"},
                {"name", "Birch Care"},
                {"u_ods_code", "RBA11"},
                {"registration_code", "01234567"},
                {"u_public_healthcare", "false"},
                {"u_outside_uk", "false"},
                {"u_delivery_email", "agreements@birch.example"},
                {"street", "1 Elm Street"},
                {"city", "Leeds"},
                {"zip", "LS1 1AA"},
                {"country", "United Kingdom"}},
               changes);
}
inline std::string contact_row(const Cells& changes = {}) {
    return row({{"sys_id", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb1"},
                {"name", "Zoë Hughes"},
                {"email", "zoe@birch.example"},
                {"account", reference("customer_account", account_id)},
                {"u_onboarding_contact", "true"}},
               changes);
}
inline std::string draft_row(const Cells& changes = {}) {
    return row({{"sys_id", draft_id},
                {"sys_class_name", "ast_contract"},
                {"number", "CNTR0000101"},
                {"short_description", "RBA11 - Birch Care"},
                {"account", reference("customer_account", account_id)},
                {"state", "draft"},
                {"substate", "under_review"},
                {"starts", ""},
                {"ends", ""},
                {"active", "false"},
                {"u_terms_version", "6.0"},
                {"u_signature_type", "Accepted via Portal"},
                {"u_accepted_by", ""},
                {"u_accepted_on", ""},
                {"u_company_registration_number", "01234567"},
                {"u_api_products", "PDS FHIR API,MESH"},
                {"u_superseded_contract", ""},
                {"u_original_version", ""},
                {"sys_created_on", "2026-11-01 09:00:00"},
                {"u_colour", "mauve"}},
               changes);
}
inline std::string uplift_row(const Cells& changes = {}) {
    Cells all = {{"sys_id", uplift_id},
                 {"number", "CNTR0000102"},
                 {"u_signature_type", "Auto Accepted"},
                 {"u_terms_version", "6.1"},
                 {"sys_created_on", "2026-11-10 09:00:00"}};
    for (auto const& each : changes) {
        std::erase_if(all, [&](const auto& other) { return other.first == each.first; });
        all.push_back(each);
    }
    return draft_row(all);
}
inline std::string case_row(const Cells& changes = {}) {
    return row({{"sys_id", "ddddddddddddddddddddddddddddddd1"},
                {"number", "CS0000201"},
                {"short_description", "Connection Agreement CNTR0000101"},
                {"description", ""},
                {"contract", reference("ast_contract", draft_id)},
                {"account", reference("customer_account", account_id)},
                {"state", "10"},
                {"priority", "4"},
                {"opened_at", "2026-11-01 09:00:00"},
                {"watch_list", ""},
                {"auto_created_case", "true"},
                {"resolution_code", ""},
                {"close_notes", ""}},
               changes);
}
inline std::string query_row(const Cells& changes = {}) {
    Cells all = {{"sys_id", "ddddddddddddddddddddddddddddddd2"},
                 {"number", "CS0000202"},
                 {"short_description", "Query on CNTR0000102"},
                 {"description", "Please confirm clause 8.5."},
                 {"contract", reference("ast_contract", uplift_id)},
                 {"auto_created_case", "false"},
                 {"state", "1"}};
    for (auto const& each : changes) {
        std::erase_if(all, [&](const auto& other) { return other.first == each.first; });
        all.push_back(each);
    }
    return case_row(all);
}

inline std::vector<File> small_world() {
    return {file("customer_account", {account_row()}), file("customer_contact", {contact_row()}),
            file("ast_contract", {draft_row(), uplift_row()}),
            file("sn_customerservice_case", {case_row(), query_row()})};
}

}  // namespace ca::interop::test
