#include "journal/packed.h"

#include "journal/entry.h"

#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace ca::journal {
namespace {

constexpr std::size_t id_bytes = id_length / 2, seal_bytes = id_bytes + hash_length / 2;
constexpr std::string_view line_start = "{\"format\":1,\"id\":\"";
constexpr std::string_view packed_start = "{\"format\":2,\"after\":\"";
constexpr std::string_view events_key = "\",\"events\":", bytes_key = ",\"bytes\":", seals_key = ",\"seals\":\"", packed_key = "\",\"packed\":\"", packed_end = "\"}";

// ---- Bytes in a line, and hexadecimal digits as bytes ---------------------------------------------------------------------------

std::string escaped(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 64);
    for (const char c : bytes) {
        if (c == '\n' || c == '\\') text += '\\';
        text += c == '\n' ? 'n' : c;
    }
    return text;
}

// So many bytes, or all that are there, taken off the text that they are escaped in.
std::string take_raw(std::string_view& text, std::size_t count) {
    std::string bytes;
    std::size_t at = 0;
    for (; at < text.size() && bytes.size() < count; ++at) {
        const bool is_escape = text[at] == '\\' && at + 1 < text.size();
        bytes += !is_escape ? text[at] : text[++at] == 'n' ? '\n' : text[at];
    }
    text.remove_prefix(at);
    return bytes;
}

int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

// False where these are not digits as they are written here.
bool add_bytes(std::string& to, std::string_view hex) {
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        const int high = digit(hex[i]), low = digit(hex[i + 1]);
        if (high < 0 || low < 0) return false;
        to += static_cast<char>(high * 16 + low);
    }
    return true;
}

std::string in_hex(std::string_view bytes) {
    std::string hex;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        hex += "0123456789abcdef"[byte >> 4];
        hex += "0123456789abcdef"[byte & 15];
    }
    return hex;
}

// ---- zlib -----------------------------------------------------------------------------------------------------------------------

std::optional<std::string> deflated(std::string_view bytes) {
    uLongf size = compressBound(bytes.size());
    std::string out(size, '\0');
    const int outcome = compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), Z_DEFAULT_COMPRESSION);
    if (outcome != Z_OK) return std::nullopt;
    out.resize(size);
    return out;
}

// Up to so many bytes; fewer where what is there is cut short or was changed.
std::string inflated(std::string_view bytes, std::size_t size) {
    std::string out;
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK) return out;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    constexpr std::size_t step = 1 << 20;
    for (int outcome = Z_OK; outcome == Z_OK && out.size() < size;) {
        const std::size_t before = out.size();
        out.resize(before + std::min(step, size - before));
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
        stream.avail_out = static_cast<uInt>(out.size() - before);
        outcome = inflate(&stream, Z_NO_FLUSH);
        out.resize(out.size() - stream.avail_out);
        if (out.size() == before) break;
    }
    inflateEnd(&stream);
    return out;
}

// ---- Lines ----------------------------------------------------------------------------------------------------------------------

// Takes what stands before the first `until` off; none where it does not come.
std::optional<std::string_view> take_until(std::string_view& text, std::string_view until) {
    const std::size_t end = text.find(until);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view taken = text.substr(0, end);
    text.remove_prefix(end + until.size());
    return taken;
}

std::size_t number(std::string_view digits) {
    std::size_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

}  // namespace

std::string to_packed(std::string_view lines) {
    if (lines.size() < packed_from) return std::string(lines);
    std::string seals, rest;
    std::size_t events = 0;
    std::string_view after, last;  // the hash before the first line, and that of the last one
    for (std::string_view text = lines; !text.empty(); ++events) {
        const std::string_view line = take_until(text, "\n").value_or("");
        const std::string_view hash = hash_in(line), id = line.substr(std::min(line.size(), line_start.size()), id_length);
        const bool is_known = !hash.empty() && line.starts_with(line_start) && (events == 0 || previous_in(line) == last);
        if (!is_known || !add_bytes(seals, id) || !add_bytes(seals, hash)) return std::string(lines);
        if (events == 0) after = previous_in(line);
        last = hash;
        rest += before_hashes(line).substr(line_start.size() + id_length);
        rest += '\n';
    }
    const auto bodies = deflated(rest);
    if (!bodies) return std::string(lines);
    std::string packed{packed_start};
    packed += after;
    packed += events_key;
    packed += std::to_string(events);
    packed += bytes_key;
    packed += std::to_string(rest.size());
    packed += seals_key;
    packed += escaped(seals);
    packed += packed_key;
    packed += escaped(*bodies);
    packed += packed_end;
    const std::string hash = hash_of(after, packed);
    packed.pop_back();
    packed += hashes_text(after, hash);
    packed += '\n';
    if (unpacked(packed) != lines) return std::string(lines);  // what is written must be what will be read
    return packed;
}

std::string unpacked(std::string text) {
    std::string_view packed = text;
    if (!packed.starts_with(packed_start)) return text;
    packed.remove_prefix(packed_start.size());
    const auto after = take_until(packed, events_key), events = take_until(packed, bytes_key), size = take_until(packed, seals_key);
    if (!after || !events || !size) return text;
    const std::string seals = take_raw(packed, number(*events) * seal_bytes);
    if (!packed.starts_with(packed_key)) return text;
    packed.remove_prefix(packed_key.size());
    const std::string rest = inflated(take_raw(packed, packed.size()), number(*size));

    std::string lines, previous{*after};
    std::string_view bodies = rest;
    for (std::size_t at = 0; at + seal_bytes <= seals.size(); at += seal_bytes) {
        const auto body = take_until(bodies, "\n");
        if (!body) break;
        const std::string id = in_hex(std::string_view(seals).substr(at, id_bytes)), hash = in_hex(std::string_view(seals).substr(at + id_bytes, seal_bytes - id_bytes));
        lines += line_start;
        lines += id;
        lines += *body;
        lines += hashes_text(previous, hash);
        lines += '\n';
        previous = hash;
    }
    return lines;
}

}  // namespace ca::journal
