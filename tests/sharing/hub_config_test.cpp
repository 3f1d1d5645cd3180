#include "sharing/hub_config.h"

#include "sharing/person.h"
#include "sharing/signature.h"

#include <doctest/doctest.h>

using namespace ca::sharing;

namespace {

std::string user(char digit) { return to_user(std::string(64, digit)); }
const std::string jo = person_token("contact:jo@acme.example");

}  // namespace

TEST_CASE("Each person is an account of their own, with three things of the hub's and no more") {
    const auto text = accounts_config({{"YGA12", jo, user('1')}, {"nhse", person_token("team:Priya"), user('2')}},
                                      user('8'), user('9'));
    REQUIRE(text);
    CHECK(text->find("  YGA12_" + jo + ": {") != std::string::npos);
    CHECK(text->find("publish: [\"cmd.YGA12." + jo + "\", \"read.YGA12." + jo + "\"]") != std::string::npos);
    CHECK(text->find("subscribe: [\"_INBOX_" + jo + ".>\", \"news.YGA12\"]") != std::string::npos);
    CHECK(text->find("$JS") == std::string::npos);
    CHECK(text->find("rec.") == std::string::npos);
    CHECK(text->find("ans.") == std::string::npos);
}

TEST_CASE("What is not of its form is written nowhere") {
    const auto refused = [](const HubUser& each) { return !accounts_config({each}, user('8'), user('9')).has_value(); };
    CHECK_FALSE(refused({"YGA12", jo, user('1')}));
    CHECK(refused({"", jo, user('1')}));
    CHECK(refused({"yga12", jo, user('1')}));
    CHECK(refused({"YGA12.>", jo, user('1')}));
    CHECK(refused({"A\"}]", jo, user('1')}));
    CHECK(refused({"YGA12", "", user('1')}));
    CHECK(refused({"YGA12", "*", user('1')}));
    CHECK(refused({"YGA12", "ab cd", user('1')}));
    CHECK(refused({"YGA12", jo, "U123"}));
    CHECK(refused({"YGA12", jo, user('1') + " }"}));
    CHECK_FALSE(accounts_config({}, "", user('9')));
    CHECK_FALSE(accounts_config({}, user('8'), "x"));
}

TEST_CASE("A stream has one subject, and a subject one stream") {
    for (const std::string stream : {"", "YGA12", "YGA12/nhse", "/nhse"})
        CHECK(stream_of_subject(record_subject(stream)) == stream);
    CHECK(record_subject("YGA12/nhse") == "rec.nhse.YGA12");
    CHECK(record_subject("") == "rec.catalogue");
    CHECK_FALSE(stream_of_subject("cmd.YGA12.x"));
}
