// The steward's key file: what it proves itself with, and what must never be seen by anybody else. Every steward of a
// workspace has the same.
//
//     {"workspace":"<32 hex>","steward":"<seed, 64 hex>","visitor":"<seed>","secret":"<64 hex>"}
#pragma once

#include "base/result.h"
#include "sharing/deciding.h"
#include "sharing/signature.h"

#include <string>

namespace ca::steward {

struct KeyFile {
    sharing::House house;
    sharing::KeyPair steward;  // the broker knows it by
    sharing::KeyPair visitor;  // whom everybody may be who has no invitation
};

Result<KeyFile> read_key_file(const std::string& path);
// With new keys, readable by its owner alone. Errors: exists (it is never written over), storage_failed.
Result<> make_key_file(const std::string& path);

}  // namespace ca::steward
