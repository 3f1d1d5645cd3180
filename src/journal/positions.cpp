#include "journal/positions.h"

#include "base/sha256.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace ca::journal {
namespace {

constexpr std::size_t position_size = 4;

}  // namespace

Positions::Name Positions::name_of(std::string_view account, std::string_view entity) {
    Sha256 hash;
    hash.update(std::to_string(account.size()) + ":");  // so that no two pairs are one text
    hash.update(account);
    hash.update(entity);
    const auto digest = hash.finish();
    Name name;
    std::copy_n(digest.begin(), name.size(), name.begin());
    return name;
}

// Where a name stands, or would. Its bits are as good as random.
std::size_t Positions::slot_of(const Name& name) const {
    std::uint64_t bits = 0;
    std::memcpy(&bits, name.data(), sizeof bits);
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = static_cast<std::size_t>(bits) & mask;
    while (slots_[slot].position != 0 && slots_[slot].name != name) slot = (slot + 1) & mask;
    return slot;
}

void Positions::make_room(std::size_t entries) {
    const std::size_t wanted = std::bit_ceil(std::max<std::size_t>(64, entries + entries / 7));
    if (wanted <= slots_.size()) return;
    const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(wanted));
    for (const Slot& slot : before)
        if (slot.position != 0) slots_[slot_of(slot.name)] = slot;
}

std::uint32_t Positions::of(const Name& name) const { return slots_.empty() ? 0 : slots_[slot_of(name)].position; }

void Positions::set(const Name& name, std::uint32_t position) {
    make_room(size_ + 1);
    Slot& slot = slots_[slot_of(name)];
    if (slot.position == 0) ++size_;
    slot = {name, position};
}

void Positions::take(Positions later) {
    if (size_ == 0) return std::swap(*this, later);
    make_room(size_ + later.size_);
    for (const Slot& slot : later.slots_)
        if (slot.position != 0) set(slot.name, slot.position);
}

bool Positions::operator==(const Positions& other) const {
    return size_ == other.size_ && std::ranges::all_of(slots_, [&](const Slot& slot) {
               return slot.position == 0 || other.slots_[other.slot_of(slot.name)] == slot;
           });
}

std::string Positions::to_bytes() const {
    std::string bytes;
    bytes.reserve(size_ * (sizeof(Name) + position_size));
    for (const Slot& slot : slots_) {
        if (slot.position == 0) continue;
        bytes.append(slot.name.begin(), slot.name.end());
        for (std::size_t i = 0; i < position_size; ++i) bytes += static_cast<char>(slot.position >> (8 * i) & 0xff);
    }
    return bytes;
}

Positions Positions::of_bytes(std::string_view bytes) {
    Positions positions;
    positions.make_room(bytes.size() / (sizeof(Name) + position_size));
    for (; bytes.size() >= sizeof(Name) + position_size; bytes.remove_prefix(sizeof(Name) + position_size)) {
        Name name;
        std::ranges::copy(bytes.substr(0, sizeof(Name)), name.begin());
        std::uint32_t position = 0;
        for (std::size_t i = 0; i < position_size; ++i)
            position |= std::uint32_t{static_cast<unsigned char>(bytes[sizeof(Name) + i])} << (8 * i);
        if (position != 0) positions.set(name, position);
    }
    return positions;
}

}  // namespace ca::journal
