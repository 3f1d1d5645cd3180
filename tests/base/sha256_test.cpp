#include "base/sha256.h"

#include <doctest/doctest.h>

using namespace ca;

TEST_CASE("the examples of FIPS 180-4") {
    CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256_hex(std::string(1'000'000, 'a')) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("however a text is cut, its hash is the same") {
    std::string text;
    for (int i = 0; i < 300; ++i) text.push_back(static_cast<char>(i * 7));
    const std::string whole = sha256_hex(text);
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        Sha256 stream;
        stream.update(std::string_view(text).substr(0, cut)).update(std::string_view(text).substr(cut));
        REQUIRE(to_hex(stream.finish()) == whole);
    }
}

TEST_CASE("padding at every length round a block") {
    // The hash of n bytes of 0x61, folded over all n: one number that changes if any length is padded wrongly.
    Sha256 all;
    for (std::size_t n = 0; n < 200; ++n) all.update(sha256_hex(std::string(n, 'a')));
    CHECK(to_hex(all.finish()) == "019f2b9f1af27a53a1f046da7e98af2c179f431e4b5bebb000e74040917a4123");
}
