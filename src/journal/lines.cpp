#include "journal/lines.h"

#include "base/deflate.h"
#include "journal/entry.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace ca::journal {

// ---- Ids --------------------------------------------------------------------------------------------------

// Where an id stands, or would.
std::size_t Lines::slot_of(const std::array<std::uint8_t, 16>& id) const {
    std::array<std::uint64_t, 2> halves{};
    std::memcpy(halves.data(), id.data(), id.size());
    const std::uint64_t hash =
        (halves[0] ^ halves[1]) * 0x9e3779b97f4a7c15;  // of the golden ratio: it spreads what differs in few bits
    const std::size_t mask = ids_.size() - 1;
    std::size_t slot = static_cast<std::size_t>(hash >> 32) & mask;
    while (ids_[slot] != 0 && seals_[ids_[slot] - 1].id != id) slot = (slot + 1) & mask;
    return slot;
}

void Lines::grow_ids() {
    ids_.assign(std::max<std::size_t>(1024, ids_.size() * 2), 0);
    for (std::size_t i = 0; i < seals_.size(); ++i) ids_[slot_of(seals_[i].id)] = static_cast<std::uint32_t>(i + 1);
}

void Lines::add_seal(const Seal& seal) {
    if (2 * (seals_.size() + 1) > ids_.size()) grow_ids();
    const std::size_t slot = slot_of(seal.id);
    seals_.push_back(seal);
    ids_[slot] = static_cast<std::uint32_t>(seals_.size());
}

std::size_t Lines::find(std::string_view id) const {
    const auto bytes = id_bytes(id);
    return bytes && !ids_.empty() ? ids_[slot_of(*bytes)] : 0;
}

// ---- Adding -----------------------------------------------------------------------------------------------

void Lines::add(std::string_view line) {
    const auto parts = parted(line);
    assert(parts);
    add(parts->seal, parts->body);
}

void Lines::add(const Seal& seal, std::string_view body) {
    // Longer than a block of a file can be, so that one is never packed before are_packed() says that it is packed
    // already.
    if (open_.size() >= 2 * block_bytes) close_open();
    add_seal(seal);
    open_ += body;
    open_ += '\n';
    ends_.push_back(open_.size());
}

void Lines::add(Block block) {
    close_open();
    chunks_.push_back({open_first_, block.bytes, std::move(block.deflated)});
    for (const Seal& seal : block.seals) add_seal(seal);
    open_first_ = size() + 1;
}

void Lines::are_packed(Block block) {
    const std::size_t count = block.seals.size();
    if (count > ends_.size() || count == 0) return;
    const std::size_t before = ends_.size() - count, begin = before == 0 ? 0 : ends_[before - 1];
    if (open_.size() - begin != block.bytes ||
        !std::equal(block.seals.begin(), block.seals.end(), seals_.end() - static_cast<std::ptrdiff_t>(count)))
        return;
    ends_.resize(before);
    open_.resize(begin);
    close_open();
    chunks_.push_back({open_first_, block.bytes, std::move(block.deflated)});
    open_first_ = size() + 1;
}

void Lines::close_open() {
    if (ends_.empty()) return;
    Block block = pack_bodies({}, {}, open_);
    chunks_.push_back({open_first_, block.bytes, std::move(block.deflated)});
    open_first_ += ends_.size();
    open_.clear();
    ends_.clear();
}

// ---- Reading ----------------------------------------------------------------------------------------------

std::string_view Lines::body(std::size_t number) const {
    assert(number >= 1 && number <= size());
    const auto cut = [number](const std::string& bodies, const std::vector<std::size_t>& ends, std::size_t first) {
        const std::size_t at = number - first, begin = at == 0 ? 0 : ends[at - 1];
        return std::string_view(bodies).substr(begin, ends[at] - begin - 1);
    };
    if (number >= open_first_) return cut(open_, ends_, open_first_);
    const auto chunk = std::prev(std::ranges::upper_bound(chunks_, number, {}, &Chunk::first));
    if (opened_.first != chunk->first) {
        opened_ = {chunk->first, inflated(chunk->text, chunk->bytes), {}};
        for (std::size_t end = opened_.bodies.find('\n'); end != std::string::npos;
             end = opened_.bodies.find('\n', end + 1))
            opened_.ends.push_back(end + 1);
    }
    return cut(opened_.bodies, opened_.ends, opened_.first);
}

std::string Lines::at(std::size_t number) const { return joined(seals_[number - 1], body(number), hash(number - 1)); }

std::string Lines::hash(std::size_t number) const {
    assert(number <= size());
    return number == 0 ? std::string(no_hash) : hash_text(seals_[number - 1]);
}

}  // namespace ca::journal
