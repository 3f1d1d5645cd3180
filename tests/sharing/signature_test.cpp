#include "sharing/signature.h"

#include <doctest/doctest.h>

using namespace ca::sharing;

// RFC 8032, 7.1, test 2.
const std::string seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
const std::string key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
const std::string signature =
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

TEST_CASE("Ed25519 signs as its standard says") {
    const auto keys = key_pair(seed);
    REQUIRE(keys);
    CHECK(keys->key == key);
    CHECK(sign("\x72", *keys) == signature);
    CHECK(is_signed("\x72", key, signature));
}

TEST_CASE("What is not signed is not taken for it") {
    CHECK_FALSE(is_signed("\x73", key, signature));
    CHECK_FALSE(is_signed("\x72", seed, signature));
    for (std::size_t i = 0; i < signature.size(); ++i) {
        auto changed = signature;
        changed[i] = changed[i] == '0' ? '1' : '0';
        CHECK_FALSE(is_signed("\x72", key, changed));
    }
    for (const auto* bad : {"", "00", "zz"}) {
        CHECK_FALSE(is_signed("\x72", key, bad));
        CHECK_FALSE(is_signed("\x72", bad, signature));
        CHECK_FALSE(key_pair(bad));
    }
}

TEST_CASE("Keys as the broker writes them, and back") {
    const auto user = to_user(key), seed_text = to_user_seed(seed);
    CHECK(user.starts_with("U"));
    CHECK(seed_text.starts_with("SU"));
    CHECK(key_of_user(user) == key);
    CHECK(seed_of_user(seed_text) == seed);
    CHECK_FALSE(key_of_user(seed_text));
    CHECK_FALSE(seed_of_user(user));
    for (std::size_t i = 0; i < user.size(); ++i) {
        auto changed = user;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        CHECK_FALSE(key_of_user(changed));
    }
    // The pair of this seed was made by the broker's own tool.
    const auto made = seed_of_user(to_user_seed(std::string(64, '0')));
    CHECK(made == std::string(64, '0'));
}
