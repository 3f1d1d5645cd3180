#include "interop/zip.h"

#include "base/text.h"

#include <zlib.h>

#include <algorithm>

namespace ca::interop {
namespace {

constexpr std::uint64_t size_max = 0xFFFFFFFF, entries_max = 0xFFFF, name_max = 0xFFFF;
constexpr std::uint16_t version_needed = 20, made_on_unix = 3 << 8 | 20, names_are_utf8 = 1 << 11, stored = 0;
constexpr std::uint32_t plain_file = 0100644u << 16;  // what Unix makes of it: a file that everybody may read

void put16(std::string& out, std::uint32_t value) {
    out += static_cast<char>(value & 0xFF);
    out += static_cast<char>(value >> 8 & 0xFF);
}

void put32(std::string& out, std::uint32_t value) {
    put16(out, value & 0xFFFF);
    put16(out, value >> 16);
}

// The 26 bytes that an entry's own header and its line in the directory share.
std::string entry_header(std::string_view name, std::string_view bytes, Instant at) {
    const auto day = to_civil(london_date(at));
    const auto second = static_cast<std::uint32_t>(london_seconds_of_day(at));
    const auto size = static_cast<std::uint32_t>(bytes.size());
    std::string header;
    put16(header, version_needed);
    put16(header, names_are_utf8);
    put16(header, stored);
    put16(header, second / 3600 << 11 | second / 60 % 60 << 5 | second % 60 / 2);
    put16(header, static_cast<std::uint32_t>(day.year - 1980) << 9 | static_cast<std::uint32_t>(day.month) << 5 |
                      static_cast<std::uint32_t>(day.day));
    put32(header, static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size())));
    put32(header, size);  // compressed
    put32(header, size);
    put16(header, static_cast<std::uint32_t>(name.size()));
    put16(header, 0);  // extra field
    return header;
}

Result<> check_name(std::string_view name) {
    const auto refuse = [&](std::string why) {
        return fail("bad_name",
                    "A file in a ZIP cannot be called “" + std::string(name) + "”: " + std::move(why) + ".");
    };
    if (name.empty()) return fail("bad_name", "A file in a ZIP needs a name.");
    if (!is_valid_utf8(name)) return fail("bad_name", "The name of a file in a ZIP is not UTF-8.");
    if (std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }))
        return fail("bad_name", "The name of a file in a ZIP holds a control character.");
    if (name.size() > name_max) return fail("bad_name", "The name of a file in a ZIP is longer than 65,535 bytes.");
    if (name.find_first_of("\\:") != std::string_view::npos) return refuse("it holds a backslash or a colon");
    for (const auto& part : split(name, '/')) {
        if (part.empty()) return refuse("it starts or ends with a slash, or holds two in a row");
        if (part == "." || part == "..") return refuse("it leads out of its folder");
    }
    return {};
}

}  // namespace

Result<> ZipWriter::add(std::string_view name, std::string_view bytes, Instant at) {
    CA_TRY_VOID(check_name(name));
    if (names_.contains(to_ascii_lower(name)))
        return fail("bad_name", "There are two files called “" + std::string(name) + "” for one ZIP.");
    const int year = to_civil(london_date(at)).year;
    if (year < 1980 || year > 2107)
        return fail("bad_time", "A ZIP can date a file from 1980 to 2107 only.", std::string(name));
    constexpr std::uint64_t own_header = 30, directory_line = 46;
    if (names_.size() == entries_max ||
        size() + own_header + directory_line + 2 * name.size() + std::uint64_t{bytes.size()} > size_max)
        return fail("too_large", "This is more than a ZIP can hold: 4 GiB, or 65,535 files. Choose fewer.",
                    std::string(name));

    const auto header = entry_header(name, bytes, at);
    const auto offset = static_cast<std::uint32_t>(archive_.size());
    archive_.append("PK\x03\x04").append(header).append(name).append(bytes);
    directory_ += "PK\x01\x02";
    put16(directory_, made_on_unix);
    directory_ += header;
    put16(directory_, 0);  // comment
    put16(directory_, 0);  // disk
    put16(directory_, 0);  // internal attributes: not known to be text
    put32(directory_, plain_file);
    put32(directory_, offset);
    directory_ += name;
    names_.insert(to_ascii_lower(name));
    return {};
}

std::string ZipWriter::finish() && {
    const auto directory_at = static_cast<std::uint32_t>(archive_.size());
    const auto count = static_cast<std::uint32_t>(names_.size());
    archive_ += directory_;
    archive_ += "PK\x05\x06";
    put32(archive_, 0);  // disks
    put16(archive_, count);
    put16(archive_, count);
    put32(archive_, static_cast<std::uint32_t>(directory_.size()));
    put32(archive_, directory_at);
    put16(archive_, 0);  // comment
    return std::move(archive_);
}

}  // namespace ca::interop
