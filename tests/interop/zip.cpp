#include "interop/zip.h"

#include "support/other_programs.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

using namespace ca;
using namespace ca::interop;

namespace {

Instant at(std::string_view text) { return parse_instant(text).value(); }
const Instant summer = at("2026-07-31T23:30:06Z");  // half past midnight of 1 August in London

std::string hex(std::string_view bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[static_cast<unsigned char>(c) & 15];
    }
    return out;
}

}  // namespace

TEST_CASE("a ZIP of one small file, byte for byte") {
    ZipWriter zip;
    REQUIRE(zip.add("a.txt", "hello", summer));
    const auto size = zip.size();
    const auto bytes = std::move(zip).finish();
    CHECK(bytes.size() == size);
    // 00:30:06 is 0 << 11 | 30 << 5 | 3, 1 August 2026 is 46 << 9 | 8 << 5 | 1; 0x3610a686 is the CRC-32 of "hello".
    const std::string shared =
        "1400"
        "0008"
        "0000"
        "c303"
        "015d"
        "86a61036"
        "05000000"
        "05000000"
        "0500"
        "0000";
    CHECK(hex(bytes) == "504b0304" + shared + "612e747874" + "68656c6c6f" +
                            "504b0102"
                            "1403" +
                            shared +
                            "0000"
                            "0000"
                            "0000"
                            "0000a481"
                            "00000000"
                            "612e747874" +
                            "504b0506"
                            "00000000"
                            "0100"
                            "0100"
                            "33000000"
                            "28000000"
                            "0000");
}

TEST_CASE("a ZIP without files is a ZIP all the same") {
    CHECK(hex(ZipWriter{}.finish()) == "504b0506" + std::string(36, '0'));
}

TEST_CASE("names that would leave the folder, or meet another file, are refused and nothing is added") {
    ZipWriter zip;
    REQUIRE(zip.add("CNTR0000001.pdf", "x", summer));
    const auto size = zip.size();
    for (const std::string name : {"", "/etc/passwd", "../a", "a/../b", "a/..", "..", ".", "./a", "a//b", "a/", "C:a",
                                   "C:\\a", "a\\b", "a\nb", "a\x7F", "\xff", "CNTR0000001.pdf", "cntr0000001.PDF"}) {
        CAPTURE(name);
        const auto added = zip.add(name, "y", summer);
        REQUIRE_FALSE(added);
        CHECK(added.error().code == "bad_name");
    }
    const auto nul = zip.add(std::string_view("a\0b", 3), "y", summer);
    REQUIRE_FALSE(nul);
    CHECK(nul.error().code == "bad_name");
    const auto endless = zip.add(std::string(65536, 'n'), "y", summer);
    REQUIRE_FALSE(endless);
    CHECK(endless.error().code == "bad_name");
    for (const Instant unknown : {Instant{0}, at("2108-01-01T00:00:00Z")}) {
        const auto added = zip.add("undated", "y", unknown);
        REQUIRE_FALSE(added);
        CHECK(added.error().code == "bad_time");
    }
    CHECK(zip.entries() == 1);
    CHECK(zip.size() == size);
    CHECK(zip.add("..a", "y", summer));
    CHECK(zip.add("a..b/c..", "y", summer));
}

TEST_CASE("more files than a ZIP can count are refused") {
    ZipWriter zip;
    for (int i = 0; i < 65535; ++i) REQUIRE(zip.add(std::to_string(i), "", summer));
    const auto one_more = zip.add("one more", "", summer);
    REQUIRE_FALSE(one_more);
    CHECK(one_more.error().code == "too_large");
}

TEST_CASE("the same files give the same ZIP") {
    const auto make = [] {
        ZipWriter zip;
        REQUIRE(zip.add("a", "one", summer));
        REQUIRE(zip.add("b", "two", summer));
        return std::move(zip).finish();
    };
    CHECK(make() == make());
}

TEST_CASE("unzip reads it: sound, names in UTF-8, contents and London time") {
    ca::test::need("unzip");
    const ca::test::Folder folder;
    std::string long_bytes;
    for (int i = 0; i < 100'000; ++i) long_bytes += static_cast<char>(i * 7 % 251);
    ZipWriter zip;
    REQUIRE(zip.add("CNTR0000001.pdf", long_bytes, summer));
    REQUIRE(zip.add("folder/Żółw – care.txt", "inside", at("2026-01-02T03:04:05Z")));
    REQUIRE(zip.add("empty", "", summer));
    const auto file = folder.save("test.zip", std::move(zip).finish());

    const auto tested = ca::test::run("unzip -t " + file);
    CAPTURE(tested.output);
    CHECK(tested.status == 0);
    CHECK(tested.output.find("No errors detected") != std::string::npos);
    const auto listed = ca::test::run("LC_ALL=C.UTF-8 TZ=UTC unzip -l " + file);
    CAPTURE(listed.output);
    CHECK(listed.output.find("100000  2026-08-01 00:30   CNTR0000001.pdf") != std::string::npos);
    CHECK(listed.output.find("2026-01-02 03:04   folder/Żółw – care.txt") != std::string::npos);
    REQUIRE(ca::test::run("unzip -p " + file + " CNTR0000001.pdf > " + folder / "out").status == 0);
    std::ifstream out(folder / "out", std::ios::binary);
    CHECK(std::string(std::istreambuf_iterator<char>(out), {}) == long_bytes);
}
