#include "journal/heads.h"

#include "journal/entry.h"

namespace ca::journal {
namespace {

constexpr std::string_view start = "{\"format\":4,\"first\":";

std::string canonical(std::size_t first) { return std::string(start) + std::to_string(first) + "}"; }

}  // namespace

Digest next_head(const Digest& head, const Digest& entry) {
    const auto bytes = [](const Digest& digest) {
        return std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size());
    };
    return Sha256{}.update(bytes(head)).update(bytes(entry)).finish();
}

std::string head_line(std::size_t first, std::string_view head) {
    std::string line = canonical(first);
    const std::string hash = hash_of(head, line);
    line.pop_back();
    return line += hashes_text(head, hash);
}

bool is_head_line(std::string_view line) { return line.starts_with(start); }

Result<> check_head_line(std::string_view line, std::size_t first, std::string_view head) {
    if (line == head_line(first, head)) return {};
    std::string said{before_hashes(line)};
    if (hash_of(previous_in(line), said += '}') != hash_in(line))
        return fail("bad_hash", "What its file says it goes on from was changed after it was written.", "hash");
    if (said != canonical(first)) return fail("bad_entry", "Its file says that it begins with another event.", "first");
    return fail("broken_chain",
                "It does not follow the event before it: something between them is missing or was exchanged.",
                "previous");
}

}  // namespace ca::journal
