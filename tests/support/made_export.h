// An export of another system, made up: as many agreements as asked for, an account, a contact and a case each, in the
// shape of ServiceNow's Table API with plain values. The same seed gives the same bytes everywhere.
//
//     for (const auto& [name, text] : made_export(7, 340)) …      // four files, accounts first
//
// Most agreements are Active on terms 6.0; some are under review, awaiting it, ended, on older terms or accepted by
// time, and a few terms changes under review name the Active agreement that they would supersede. Accounts come in no
// order of their codes.
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace ca::test {

struct MadeFile {
    std::string name;
    std::string text;
};

namespace made {

inline std::string hex_id(std::uint64_t seed, char table, std::uint64_t row) {
    std::mt19937_64 random{seed * 1'000'003 + row * 131 + static_cast<unsigned char>(table)};
    char text[33];
    std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(random()),
                  static_cast<unsigned long long>(random()));
    return text;
}

inline std::string numbered(const char* prefix, std::uint64_t number) {
    char text[32];
    std::snprintf(text, sizeof text, "%s%07llu", prefix, static_cast<unsigned long long>(number));
    return text;
}

// Row by row, in the white space that such exports have.
class Table {
public:
    void begin_row() { text_ += rows_++ == 0 ? "\n  {" : ",\n  {", first_ = true; }
    void column(std::string_view name, std::string_view value) {
        name_of(name), text_.append("\"").append(value).append("\"");
    }
    void reference(std::string_view name, std::string_view table, std::string_view id) {
        name_of(name);
        text_.append("{\n    \"link\": \"https://instance.example/api/now/table/").append(table).append("/").append(id);
        text_.append("\",\n    \"value\": \"").append(id).append("\"\n   }");
    }
    void end_row() { text_ += "\n  }"; }
    std::string take() && { return std::move(text_) + "\n ]\n}\n"; }

private:
    void name_of(std::string_view name) {
        text_.append(first_ ? "\n   \"" : ",\n   \"").append(name).append("\": ");
        first_ = false;
    }
    std::string text_ = "{\n \"result\": [";
    std::size_t rows_ = 0;
    bool first_ = true;
};

struct Kind {
    std::string_view state, substate, terms, signature;
    bool ended = false;
};

}  // namespace made

inline std::vector<MadeFile> made_export(std::uint64_t seed, std::size_t agreements) {
    constexpr std::array<std::string_view, 8> towns{"Leeds", "York",  "Derby", "Truro",
                                                    "Hull",  "Ripon", "Wells", "Exeter"};
    constexpr std::array<std::string_view, 8> first{"Ash", "Birch", "Cedar", "Elm", "Hazel", "Larch", "Maple", "Rowan"};
    constexpr std::array<std::string_view, 4> second{"Community Care", "Pharmacy Services", "Health Systems",
                                                     "Digital"};
    constexpr std::array<std::string_view, 5> people{"Aoife Hughes", "Jo Field", "Meera Nair", "H\u00e5kon Lie",
                                                     "Seun Bello"};
    constexpr std::array<std::string_view, 4> products{"PDS FHIR API", "MESH", "GP Connect", "Digital Medicines"};
    constexpr std::array<made::Kind, 16> kinds{{{"active", "", "6.0", "Accepted via Portal"},
                                                {"active", "", "6.0", "Accepted via Portal"},
                                                {"draft", "under_review", "6.0", "Accepted via Portal"},
                                                {"active", "", "5.0", "Accepted via Portal"},
                                                {"active", "", "6.0", "Auto Accepted"},
                                                {"expired", "", "5.0", "Accepted via Portal", true},
                                                {"active", "", "6.0", "Accepted via Portal"},
                                                {"active", "", "6.0", "Accepted via Portal"},
                                                {"draft", "awaiting_review", "6.0", "Accepted via Portal"},
                                                {"active", "", "6.0", "Accepted via Portal"},
                                                {"active", "", "6.0", "Accepted via Portal"},
                                                {"cancelled", "", "6.0", "Accepted via Portal", true},
                                                {"active", "", "5.0", "Accepted via Portal"},
                                                {"active", "", "6.0", "Accepted via Portal"},
                                                {"active", "", "6.0", "Accepted via Portal"},
                                                {"active", "", "6.0", "Accepted via Portal"}}};
    std::mt19937_64 random{seed};
    const auto pick = [&](const auto& list) { return list[random() % list.size()]; };
    const auto date = [&](int year) {
        char text[32];
        std::snprintf(text, sizeof text, "%04d-%02u-%02u", year, 1 + static_cast<unsigned>(random() % 12),
                      1 + static_cast<unsigned>(random() % 28));
        return std::string(text);
    };
    made::Table accounts, contacts, contracts, cases;
    for (std::size_t row = 0; row < agreements; ++row) {
        const std::string account_id = made::hex_id(seed, 'a', row), contract_id = made::hex_id(seed, 'g', row);
        // 7 does not divide a power of ten, so this gives each row its own code, in no order.
        const std::string code = made::numbered("Y", (row * 7'368'787) % 10'000'000);
        const std::string name = std::string(pick(first)) + " " + std::string(pick(second)) + " " + std::to_string(row);
        const std::string person{pick(people)};
        const bool healthcare = random() % 3 == 0;
        const std::string company = healthcare ? "" : made::numbered("0", row);

        accounts.begin_row();
        accounts.column("sys_id", account_id);
        accounts.column("number", made::numbered("ACCT", row + 1));
        accounts.column("name", name);
        accounts.column("u_ods_code", code);
        accounts.column("registration_code", company);
        accounts.column("u_public_healthcare", healthcare ? "true" : "false");
        accounts.column("u_outside_uk", "false");
        accounts.column("u_delivery_email", random() % 4 == 0 ? "agreements@" + code + ".example" : "");
        accounts.column("street", std::to_string(1 + random() % 200) + " High Street");
        accounts.column("city", pick(towns));
        accounts.column("zip", "LS2 4AA");
        accounts.column("country", "United Kingdom");
        accounts.end_row();

        contacts.begin_row();
        contacts.column("sys_id", made::hex_id(seed, 'c', row));
        contacts.column("name", person);
        contacts.column("email", "contact@" + code + ".example");
        contacts.reference("account", "customer_account", account_id);
        contacts.column("u_onboarding_contact", random() % 4 != 0 ? "true" : "false");
        contacts.end_row();

        const made::Kind kind = pick(kinds);
        const bool accepted = kind.state == "active" || kind.state == "expired";
        const bool by_hand = kind.signature == "Accepted via Portal";
        const std::string created = date(kind.state == "draft" ? 2026 : 2025) + " 10:59:00";
        const std::string accepted_on = accepted ? date(2026) : "";
        contracts.begin_row();
        contracts.column("sys_id", contract_id);
        contracts.column("sys_class_name", "ast_contract");
        contracts.column("number", made::numbered("CNTR", 10'001 + row));
        contracts.column("short_description", code + " - " + name);
        contracts.reference("account", "customer_account", account_id);
        contracts.column("state", kind.state);
        contracts.column("substate", kind.substate);
        contracts.column("starts", accepted_on);
        contracts.column("ends", kind.ended && accepted ? "2026-11-01" : "");
        contracts.column("active", kind.state == "active" ? "true" : "false");
        contracts.column("terms_and_conditions", "");
        contracts.column("u_terms_version", kind.terms);
        contracts.column("u_signature_type", kind.signature);
        contracts.column("u_accepted_by", accepted && by_hand ? person : "");
        contracts.column("u_accepted_on", accepted_on);
        contracts.column("u_company_registration_number", healthcare ? code : company);
        contracts.column("u_api_products", std::string(pick(products)));
        contracts.column("u_superseded_contract", "");
        contracts.column("u_original_version", "");
        contracts.column("sys_created_on", created);
        contracts.column("sys_updated_on", created);
        contracts.column("sys_mod_count", std::to_string(random() % 9));
        contracts.end_row();

        cases.begin_row();
        cases.column("sys_id", made::hex_id(seed, 's', row));
        cases.column("number", made::numbered("CS", 20'001 + row));
        cases.column("short_description", "Connection Agreement " + made::numbered("CNTR", 10'001 + row));
        cases.column("description", "");
        cases.reference("contract", "ast_contract", contract_id);
        cases.reference("account", "customer_account", account_id);
        cases.column("state", kind.state == "draft" ? "10" : "6");
        cases.column("priority", "4");
        cases.column("opened_at", created);
        cases.column("watch_list", "");
        cases.column("auto_created_case", "true");
        cases.column("resolution_code", "");
        cases.column("close_notes", "");
        cases.end_row();
    }
    return {{"customer_account.json", std::move(accounts).take()},
            {"customer_contact.json", std::move(contacts).take()},
            {"ast_contract.json", std::move(contracts).take()},
            {"sn_customerservice_case.json", std::move(cases).take()}};
}

}  // namespace ca::test
