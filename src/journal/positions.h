// Where each entity of each account was last spoken of: the position of its last entry in the account's stream, from 1.
//
//     const auto name = Positions::name_of("YGA12", "CNTR0000001");
//     positions.set(name, 57);
//     positions.of(name);                            // 57; 0 where nothing was said of it
//
// There is one for every record and every row of an import, so names are kept as the first 128 bits of their SHA-256:
// some forty bytes each, however long they are.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ca::journal {

class Positions {
public:
    using Name = std::array<std::uint8_t, 16>;
    static Name name_of(std::string_view account, std::string_view entity);
    std::uint32_t of(const Name&) const;
    void set(const Name&, std::uint32_t position);
    void take(Positions later);  // what was said after these
    bool operator==(const Positions&) const;

    // All of it as bytes and back, for snapshots.
    std::string to_bytes() const;
    static Positions of_bytes(std::string_view);

private:
    struct Slot {
        Name name{};
        std::uint32_t position = 0;  // 0: free
        bool operator==(const Slot&) const = default;
    };
    std::size_t slot_of(const Name&) const;
    void make_room(std::size_t entries);

    std::vector<Slot> slots_;  // open addressing; a power of two, at most seven eighths full
    std::size_t size_ = 0;
};

}  // namespace ca::journal
