// portal-cli, as it is called: its answer on standard output, its words on standard error, how it ended.
//
//     const Folder here;
//     const Answer answer = portal_cli("check --workspace " + here / "w");
//     CHECK(answer.exit == 0);
//     CHECK(answer.value()["sound"] == true);
#pragma once

#include "support/other_programs.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <string>

namespace ca::test {

inline std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

struct Answer {
    int exit = -1;
    std::string out, words;
    nlohmann::json value() const { return out.empty() ? nlohmann::json() : nlohmann::json::parse(out); }
};

// `as` comes before it: another program that starts it ("setpriv …").
inline Answer portal_cli(const std::string& arguments, const std::string& as = {}) {
    const Folder apart;
    const auto outcome = run("(" + as + " " + CA_PORTAL_CLI + " " + arguments + " 2>" + apart / "words" + ")");
    return {outcome.status, outcome.output, bytes_of(apart / "words")};
}

// The agreements team's first steps in the command language, to put commands of one's own behind.
inline constexpr std::string_view one_agreement =
    R"({"at":"2025-08-01T08:00:00Z","as":"team:Priya Shah","do":"register_account","ods_code":"YGA12","name":"Example Ltd","company_number":"1234567"}
{"at":"2025-08-01T08:00:00Z","as":"team:Priya Shah","do":"register_product","id":"pds-fhir","name":"PDS"}
{"at":"2025-08-01T08:00:00Z","as":"team:Priya Shah","do":"publish_terms","version":"6.0","title":"Terms","standard_terms":"# Terms\n\n1. One.\n","uplift":false}
{"at":"2025-08-01T08:15:00Z","as":"team:Priya Shah","do":"create_agreement","account":"YGA12","products":["pds-fhir"],"terms":"6.0"}
{"at":"2025-08-01T08:15:00Z","as":"team:Priya Shah","do":"issue","number":"CNTR0000001"}
)";

}  // namespace ca::test
