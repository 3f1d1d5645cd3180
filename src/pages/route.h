// Addresses: "#/agreements/CNTR0000001/compare?with=6.0" as a path and a query, and back.
//
//     auto route = parse_route("#/agreements?state=active&q=leeds");
//     route.path          {"agreements"}
//     route.query_value("q")   "leeds"
//     route.address()     the same address, in one normal form
//
// Anything can be parsed: what no page answers to gives the "Page not found" page. Names and values are percent-encoded
// UTF-8.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ca::pages {

struct Route {
    std::vector<std::string> path{};
    std::vector<std::pair<std::string, std::string>> query{};

    std::string_view segment(std::size_t index) const;          // empty where there is none
    std::string_view query_value(std::string_view name) const;  // the first; empty where there is none
    bool has(std::string_view name) const;
    // A copy with the value set; an empty value takes the name away.
    Route with(std::string_view name, std::string_view value) const;
    std::string address() const;
    std::string path_text() const;  // "agreements/CNTR0000001"
    // What a page was opened for: its path and the record named in the query, without how a list is narrowed, sorted
    // and paged.
    std::string subject() const;
    bool operator==(const Route&) const = default;
};

Route parse_route(std::string_view address);
std::string percent_encode(std::string_view);

// Addresses of records, so that no page spells them by hand.
std::string agreement_address(std::string_view number, std::string_view part = {});
std::string case_address(std::string_view number);

}  // namespace ca::pages
