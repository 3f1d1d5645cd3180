#include "journal/entry.h"
#include "journal/samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace ca;
using namespace ca::journal;
using namespace ca::journal::test;

namespace {

Entry sealed(lifecycle::Event event) {
    Entry entry{numbered_id(7), {3, 1}, std::move(event), std::string(no_hash), {}};
    entry.hash = hash_of(entry.previous, canonical_bytes(entry));
    return entry;
}

}  // namespace

TEST_CASE("An entry is written in the form that its header states") {
    lifecycle::Event event{*parse_instant("2025-08-01T08:15:00Z"),
                           {lifecycle::Role::contact, "a@b.example"},
                           "YGA12",
                           "CNTR0000001",
                           lifecycle::AgreementIssued{}};
    const Entry entry{numbered_id(7), {3, 1}, event, {}, {}};
    CHECK(canonical_bytes(entry).starts_with(
        R"({"format":4,"id":"00000000000000000000000000000007","account":"YGA12","entity":"CNTR0000001","side":"party",)"
        R"("position":3,"based_on":1,"at":"2025-08-01T08:15:00Z","by":{"role":"contact","name":"a@b.example"},"type":"agreement_issued","body":{)"));
}

TEST_CASE("Each character has one way to be written") {
    auto event = product_event("p");
    std::get<lifecycle::ProductRegistered>(event.body).name = "\"\\/\b\f\n\r\t\x01\x1f\x7f é😀";
    CHECK(canonical_bytes(sealed(event)).find("\"name\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f é😀\"") !=
          std::string::npos);
}

TEST_CASE("Absent optional members are left out, so that one added later does not change what was written before") {
    lifecycle::Event event = product_event("A1");
    event.body = lifecycle::AccountRegistered{.ods_code = "A1", .name = "x", .address = ""};
    const std::string bytes = canonical_bytes(sealed(event));
    CHECK(bytes.find("company_number") == std::string::npos);
    std::get<lifecycle::AccountRegistered>(event.body).company_number = "01234567";
    CHECK(canonical_bytes(sealed(event)).find(R"("company_number":"01234567",)") != std::string::npos);
}

TEST_CASE("What is written reads back as it was, for every type of event") {
    for (const std::uint64_t seed : {1u, 2u, 3u}) {
        Random random{seed};
        for (const std::string_view type : lifecycle::event_types()) {
            for (int round = 0; round < 20; ++round) {
                const Entry entry = sealed(random_event(random, type));
                INFO("seed " << seed << ", type " << type << ", " << to_line(entry));
                const auto read = read_line(to_line(entry));
                REQUIRE(read.has_value());
                REQUIRE(read->entry.has_value());
                REQUIRE(*read->entry == entry);
                // And it is JSON to everybody else.
                REQUIRE(nlohmann::json::accept(to_line(entry)));
            }
        }
    }
}

TEST_CASE("A changed byte anywhere is found") {
    const Entry entry = sealed(product_event("pds-fhir"));
    const std::string line = to_line(entry);
    for (std::size_t i = 0; i < line.size(); ++i) {
        std::string changed = line;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        INFO("byte " << i);
        CHECK_FALSE(read_line(changed).has_value());
    }
    for (std::size_t length = 0; length < line.size(); ++length)
        CHECK_FALSE(read_line(line.substr(0, length)).has_value());
}

TEST_CASE("Only the canonical form is read, and the error names the member") {
    const std::string good = canonical_bytes(sealed(product_event("p")));
    REQUIRE(from_canonical(good).has_value());
    struct Case {
        std::string_view from, to, where;
    };
    const Case cases[] = {
        {"{\"format\"", "{ \"format\"", "format, byte 1"},
        {"\"position\":3", "\"position\":03", "position, byte"},
        {"\"position\":3", "\"position\":3.0", "based_on, byte"},
        {"\"position\":3", "\"position\":99999999999999999999", "position, byte"},
        {"\"based_on\":1", "\"based_on\":3", "byte"},
        {"\"based_on\":1", "\"based_on\":-0", "based_on, byte"},
        {"2025-08-01T08:15:00Z", "2025-08-01T08:15:00+00:00", "at, byte"},
        {"2025-08-01T08:15:00Z", "2025-02-30T08:15:00Z", "at, byte"},
        {"\"side\":\"nhse\"", "\"side\":\"party\"", "byte"},
        {"\"role\":\"team\"", "\"role\":\"queen\"", "by.role, byte"},
        {"\"name\":\"Product p\"", "\"name\":\"Product \\u0070\"", "body.name, byte"},
        {"\"name\":\"Product p\"", "\"name\":\"Product \\u000a\"", "body.name, byte"},
        {"\"name\":\"Product p\"", "\"name\":\"Product \\/\"", "body.name, byte"},
        {"\"name\":\"Product p\"", "\"name\":\"Product \xff\"", "body.name, byte"},
        {"\"name\":\"Product p\"", "\"name\":\"Product \n\"", "body.name, byte"},
        {"\"name\":\"Product p\"", "\"name\":null", "body.name, byte"},
        {",\"special_terms\":\"\"", "", "body.special_terms, byte"},
        {"\"special_terms\":\"\"", "\"special_terms\":\"\",\"more\":1", "body, byte"},
        {"\"body\":{\"id\":\"p\",\"name\"", "\"body\":{\"name\"", "body.id, byte"},
    };
    for (const Case& one : cases) {
        std::string changed = good;
        const std::size_t at = changed.find(one.from);
        INFO(one.to);
        REQUIRE(at != std::string::npos);
        changed.replace(at, one.from.size(), one.to);
        const auto read = from_canonical(changed);
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().code == "bad_entry");
        CHECK(read.error().where.starts_with(one.where));
    }
    CHECK_FALSE(from_canonical(good + " ").has_value());
}

TEST_CASE("A sound line of a newer format, or of an unknown type, is known as such and not as damage") {
    const std::string good = canonical_bytes(sealed(product_event("p")));
    for (const auto& [from, to] :
         {std::pair{"\"format\":4", "\"format\":6"}, std::pair{"product_registered", "product_retired"},
          std::pair{"\"special_terms\":\"\"", "\"special_terms\":\"\",\"colour\":\"blue\""}}) {
        std::string newer = good;
        newer.replace(newer.find(from), std::string_view(from).size(), to);
        const std::string hash = hash_of(no_hash, newer);
        newer.pop_back();
        newer += ",\"previous\":\"" + std::string(no_hash) + "\",\"hash\":\"" + hash + "\"}";
        INFO(newer);
        const auto read = read_line(newer);
        REQUIRE(read.has_value());
        REQUIRE(read->foreign.has_value());
        CHECK_FALSE(read->entry.has_value());
        CHECK_FALSE(read->foreign->why.empty());
    }
}
