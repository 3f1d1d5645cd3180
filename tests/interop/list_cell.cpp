#include "interop/list_cell.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace ca;
using namespace ca::interop;

namespace {

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("a list without commas in its entries is written and read as ever") {
    CHECK(join_list(List{"PDS FHIR API", "MESH"}) == "PDS FHIR API,MESH");
    CHECK(split_list("PDS FHIR API, MESH ,,MESH,") == List{"PDS FHIR API", "MESH"});
    CHECK(split_list("").empty());
    CHECK(split_list(" , ").empty());
    CHECK(join_list(List{}).empty());
    CHECK(join_list(List{"5\" screen", "a(b"}) == "5\" screen,a(b");
}

TEST_CASE("entries keep what is in them") {
    CHECK(join_list(List{"GP Connect (Access Record, Structured)", "MESH"}) ==
          "\"GP Connect (Access Record, Structured)\",MESH");
    for (List const& list : {List{"a, b", "c"},
                             {"ends in a comma,"},
                             {",", "\"", "\",\""},
                             {"\"Smart\" API", "say \"hi\", twice"},
                             {"two\nlines"},
                             {" spaced "},
                             {"a", "a, b", "a, b, c"}})
        for (auto const* separator : {",", ", "}) CHECK(split_list(join_list(list, separator)) == list);
    CHECK(join_list(List{"a", "", "a", " "}) == "a");
}

TEST_CASE("where others wrote the list, the longest name that is known is taken whole") {
    List const known = {"GP Connect", "GP Connect (Access Record, Structured)", "Care, and more", "Care, and", "x,"};
    CHECK(split_list("GP Connect (Access Record, Structured),MESH", known) ==
          List{"GP Connect (Access Record, Structured)", "MESH"});
    CHECK(split_list("MESH , GP Connect,Care, and more", known) == List{"MESH", "GP Connect", "Care, and more"});
    CHECK(split_list("Care, and others", known) == List{"Care", "and others"});
    CHECK(split_list("Care, and, more", known) == List{"Care, and", "more"});
    CHECK(split_list("x,,y", known) == List{"x,", "y"});
    CHECK(split_list("\"Care\", and more", known) == List{"Care", "and more"});
}

TEST_CASE("quotation marks that close nowhere are characters") {
    CHECK(split_list("\"Smart\" API,MESH") == List{"\"Smart\" API", "MESH"});
    CHECK(split_list("\"open,MESH") == List{"\"open", "MESH"});
    CHECK(split_list("a\"b,c\"") == List{"a\"b", "c\""});
}

TEST_CASE("any list at all comes back") {
    std::mt19937 random(20261126);
    constexpr std::string_view letters = "ab,\" \n'";
    for (int round = 0; round < 5000; ++round) {
        List list;
        for (auto count = random() % 4; count > 0; --count) {
            std::string entry = "x";
            for (auto length = random() % 6; length > 0; --length)
                entry.insert(random() % 2 ? 0 : entry.size(), 1, letters[random() % letters.size()]);
            if (std::find(list.begin(), list.end(), entry) == list.end()) list.push_back(entry);
        }
        CAPTURE(round);
        CHECK(split_list(join_list(list)) == list);
        CHECK(split_list(join_list(list, ", ")) == list);
    }
}
