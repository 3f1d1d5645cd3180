#include "journal/lines.h"

#include "base/deflate.h"
#include "journal/entry.h"
#include "journal/heads.h"

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

void Lines::add_seal(int format, const Seal& seal) {
    assert(format == format_version || first_chained_ == SIZE_MAX);
    if (format == format_version) first_chained_ = std::min(first_chained_, seals_.size() + 1);
    if (5 * (seals_.size() + 1) > 4 * ids_.size()) grow_ids();
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
    add(parts->format, parts->seal, parts->body);
}

void Lines::add(int format, const Seal& seal, std::string_view body) {
    // Longer than a block of a file can be, so that one is never packed before are_packed() says that it is packed
    // already.
    if (open_.size() >= 2 * block_bytes) close_open();
    add_seal(format, seal);
    open_ += body;
    open_ += '\n';
    ends_.push_back(open_.size());
}

void Lines::add(Block block) {
    close_open();
    chunks_.push_back({open_first_, block.bytes, std::move(block.deflated)});
    for (const Seal& seal : block.seals) add_seal(block.format, seal);
    open_first_ = size() + 1;
}

bool Lines::are_packed(Block block) {
    const std::size_t count = block.seals.size();
    if (count > ends_.size() || count == 0) return false;
    const std::size_t before = ends_.size() - count, begin = before == 0 ? 0 : ends_[before - 1];
    if (open_.size() - begin != block.bytes ||
        !std::equal(block.seals.begin(), block.seals.end(), seals_.end() - static_cast<std::ptrdiff_t>(count)))
        return false;
    ends_.resize(before);
    open_.resize(begin);
    close_open();
    chunks_.push_back({open_first_, block.bytes, std::move(block.deflated)});
    open_first_ = size() + 1;
    return true;
}

void Lines::add(Lines later) {
    if (size() == 0) return std::swap(*this, later);
    close_open();
    const std::size_t before = size();
    for (Chunk& chunk : later.chunks_) chunks_.push_back({before + chunk.first, chunk.bytes, std::move(chunk.text)});
    for (std::size_t number = 1; number <= later.size(); ++number) add_seal(later.format(number), later.seal(number));
    open_first_ = before + later.open_first_;
    open_ = std::move(later.open_);
    ends_ = std::move(later.ends_);
}

void Lines::close_open() {
    if (ends_.empty()) return;
    Block block = pack_bodies({}, open_);
    chunks_.push_back({open_first_, block.bytes, std::move(block.deflated)});
    open_first_ += ends_.size();
    open_.clear();
    ends_.clear();
}

// ---- Reading ----------------------------------------------------------------------------------------------

Block Lines::packed_at(std::size_t number) const {
    const auto chunk = std::ranges::lower_bound(chunks_, number, {}, &Chunk::first);
    assert(chunk != chunks_.end() && chunk->first == number);
    const std::size_t end = std::next(chunk) == chunks_.end() ? open_first_ : std::next(chunk)->first;
    const auto seal_at = [this](std::size_t at) { return seals_.begin() + static_cast<std::ptrdiff_t>(at - 1); };
    return {.format = format(number),
            .seals = {seal_at(number), seal_at(end)},
            .bytes = chunk->bytes,
            .deflated = chunk->text};
}

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

std::string Lines::before_hashes(std::size_t number) const {
    std::string canonical = canonical_of(format(number), seals_[number - 1], body(number));
    canonical.pop_back();
    return canonical;
}

std::string Lines::at(std::size_t number, std::string_view previous) const {
    return before_hashes(number) + hashes_text(previous, hash(number));
}

std::string Lines::hash(std::size_t number) const {
    assert(number <= size());
    return number == 0 ? std::string(no_hash) : hash_text(seals_[number - 1]);
}

// ---- Heads ------------------------------------------------------------------------------------------------

namespace {

constexpr std::size_t lines_a_mark = 64;

}  // namespace

Digest Lines::head(std::size_t number) const {
    assert(number <= size());
    if (number == 0) return {};
    if (number < first_chained_) return seals_[number - 1].hash;
    // From the nearest head that is known already.
    const std::size_t before = first_chained_ - 1;
    const std::size_t marks = std::min(marks_.size(), (number - before) / lines_a_mark);
    Head at = marks > 0 ? Head{before + marks * lines_a_mark, marks_[marks - 1]}
                        : Head{before, before == 0 ? Digest{} : seals_[before - 1].hash};
    if (last_head_.number > at.number && last_head_.number <= number) at = last_head_;
    while (at.number < number) {
        at = {at.number + 1, next_head(at.head, seals_[at.number].hash)};
        const std::size_t chained = at.number - before;
        if (chained % lines_a_mark == 0 && chained / lines_a_mark == marks_.size() + 1) marks_.push_back(at.head);
    }
    last_head_ = at;
    return at.head;
}

std::string Lines::marks() const {
    std::string bytes;
    for (const Digest& mark : marks_) bytes.append(reinterpret_cast<const char*>(mark.data()), mark.size());
    return bytes;
}

void Lines::take_marks(std::string_view bytes) {
    marks_.clear();
    for (; bytes.size() >= sizeof(Digest); bytes.remove_prefix(sizeof(Digest)))
        std::copy_n(bytes.begin(), sizeof(Digest), marks_.emplace_back().begin());
}

}  // namespace ca::journal
