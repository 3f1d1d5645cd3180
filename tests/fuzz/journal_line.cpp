// Whatever line lies in a journal's file: it is an entry, or sound and of a newer kind, or an error; and an entry is
// written again as it was read. Hashes are put right first, so that the reader of the form is reached.
#include "journal/entry.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ca::journal;
    const std::string canonical(reinterpret_cast<const char*>(data), size);
    if (const auto read = read_line(canonical); read && read->entry && to_line(*read->entry) != canonical) std::abort();

    auto entry = from_canonical(canonical);
    if (!entry) return 0;
    if (canonical_bytes(*entry) != canonical) std::abort();
    entry->previous = no_hash;
    entry->hash = hash_of(no_hash, canonical);
    const auto read = read_line(to_line(*entry));
    if (!read || read->entry != *entry) std::abort();
    return 0;
}
