#include "interop/texts.h"

#include <algorithm>
#include <functional>

namespace ca::interop {

// Where a text stands, or would.
std::size_t Texts::slot_of(std::string_view text) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = std::hash<std::string_view>{}(text)&mask;
    while (slots_[slot] != 0 && at(slots_[slot]) != text) slot = (slot + 1) & mask;
    return slot;
}

void Texts::grow() {
    slots_.assign(std::max<std::size_t>(64, slots_.size() * 2), 0);
    for (std::uint32_t number = 1; number <= size(); ++number) slots_[slot_of(at(number))] = number;
}

std::uint32_t Texts::add(std::string_view text) {
    if (4 * (size() + 1) > 3 * slots_.size()) grow();
    std::uint32_t& number = slots_[slot_of(text)];
    if (number != 0) return number;
    all_ += text;
    ends_.push_back(all_.size());
    return number = static_cast<std::uint32_t>(size());
}

std::uint32_t Texts::find(std::string_view text) const { return empty() ? 0 : slots_[slot_of(text)]; }

}  // namespace ca::interop
