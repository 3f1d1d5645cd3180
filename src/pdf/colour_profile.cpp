#include "pdf/colour_profile.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ca::pdf {

namespace {

std::string u16(std::uint32_t value) {
    return {static_cast<char>((value >> 8) & 0xFF), static_cast<char>(value & 0xFF)};
}

std::string u32(std::uint32_t value) { return u16(value >> 16) + u16(value & 0xFFFF); }

// s15Fixed16Number from hundred-thousandths.
std::string fixed(std::int64_t hundred_thousandths) {
    return u32(static_cast<std::uint32_t>((hundred_thousandths * 65536 + 50000) / 100000));
}

std::string xyz(std::int64_t x, std::int64_t y, std::int64_t z) {
    return "XYZ " + u32(0) + fixed(x) + fixed(y) + fixed(z);
}

double power(double base, int exponent) {
    double result = 1;
    for (int i = 0; i < exponent; ++i) result *= base;
    return result;
}

// The sRGB transfer function at c, as a 16-bit value. The power 2.4 is 12/5, so the value is the y with
// y^5 = ((c + 0.055) / 1.055)^12, found by halving: multiplication alone, which is the same on every machine.
std::uint32_t linear(double c) {
    if (c <= 0.04045) return static_cast<std::uint32_t>(c / 12.92 * 65535 + 0.5);
    double const target = power((c + 0.055) / 1.055, 12);
    std::uint32_t low = 0, high = 65535;
    while (low < high) {
        std::uint32_t const middle = (low + high) / 2;
        if (power((middle + 0.5) / 65535, 5) < target) low = middle + 1;
        else high = middle;
    }
    return low;
}

std::string transfer_curve() {
    constexpr std::uint32_t count = 1024;
    std::string curve = "curv" + u32(0) + u32(count);
    for (std::uint32_t i = 0; i < count; ++i) curve += u16(linear(i / static_cast<double>(count - 1)));
    return curve;
}

// textDescriptionType: the ASCII text, then empty Unicode and Macintosh ones.
std::string description(std::string_view text) {
    return "desc" + u32(0) + u32(static_cast<std::uint32_t>(text.size() + 1)) + std::string(text) + '\0' + u32(0) +
           u32(0) + u16(0) + std::string(1, '\0') + std::string(67, '\0');
}

}  // namespace

std::string srgb_profile() {
    // Colorants of sRGB adapted to the profile's white, D50 (Bradford), in hundred-thousandths.
    struct Tag {
        std::string_view name;
        std::size_t content;
    };
    std::vector<std::string> const contents = {
        description("sRGB IEC61966-2.1"),
        "text" + u32(0) + "No copyright; numbers of IEC 61966-2-1" + std::string(1, '\0'),
        xyz(96420, 100000, 82491),
        xyz(43607, 22249, 1392),
        xyz(38515, 71687, 9708),
        xyz(14307, 6061, 71410),
        transfer_curve(),
    };
    constexpr std::array<Tag, 9> tags = {{{"desc", 0},
                                          {"cprt", 1},
                                          {"wtpt", 2},
                                          {"rXYZ", 3},
                                          {"gXYZ", 4},
                                          {"bXYZ", 5},
                                          {"rTRC", 6},
                                          {"gTRC", 6},
                                          {"bTRC", 6}}};

    constexpr std::size_t header_size = 128;
    std::size_t const data_start = header_size + 4 + 12 * tags.size();
    std::vector<std::size_t> offsets;
    std::string data;
    for (std::string const& content : contents) {
        offsets.push_back(data_start + data.size());
        data += content;
        data.append((4 - data.size() % 4) % 4, '\0');
    }

    std::string table = u32(tags.size());
    for (Tag const& tag : tags) {
        table += std::string(tag.name) + u32(static_cast<std::uint32_t>(offsets[tag.content])) +
                 u32(static_cast<std::uint32_t>(contents[tag.content].size()));
    }

    std::string header = u32(static_cast<std::uint32_t>(data_start + data.size()));
    header += u32(0) + u32(0x02100000) + "mntrRGB XYZ ";
    header += u16(2025) + u16(1) + u16(1) + u16(0) + u16(0) + u16(0);  // a date is required; it never changes
    header += "acsp" + u32(0) + u32(0) + u32(0) + u32(0) + u32(0) + u32(0) + u32(0);
    header += fixed(96420) + fixed(100000) + fixed(82491);
    header.resize(header_size, '\0');
    return header + table + data;
}

}  // namespace ca::pdf
