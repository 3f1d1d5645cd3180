#include "journal/packed.h"

#include "base/deflate.h"
#include "journal/entry.h"
#include "journal/heads.h"

#include <algorithm>
#include <charconv>

namespace ca::journal {
namespace {

constexpr std::size_t id_size = id_length / 2, seal_bytes = id_size + hash_length / 2;
constexpr std::string_view line_start_1 = "{\"format\":1,\"id\":\"", line_start_4 = "{\"format\":4,\"id\":\"";
constexpr std::string_view packed_start_2 = "{\"format\":2,\"after\":\"", packed_start_3 = "{\"format\":3,\"after\":\"",
                           packed_start_5 = "{\"format\":5,\"events\":";
constexpr std::string_view events_key = "\",\"events\":", bytes_key = ",\"bytes\":", seals_key = ",\"seals\":\"",
                           links_key = "\",\"links\":\"", packed_key = "\",\"packed\":\"", packed_end = "\"}";
constexpr std::size_t line_start_size = line_start_4.size();

std::string_view line_start(int format) { return format == first_format ? line_start_1 : line_start_4; }

// ---- Bytes in a line, and hexadecimal digits as bytes -----------------------------------------------------

void add_escaped(std::string& to, std::string_view bytes) {
    const std::size_t before = to.size();
    to.resize_and_overwrite(before + 2 * bytes.size(), [&](char* text, std::size_t) {
        char* at = text + before;
        for (const char c : bytes) {
            *at = '\\';
            at += c == '\n' || c == '\\';
            *at++ = c == '\n' ? 'n' : c;
        }
        return static_cast<std::size_t>(at - text);
    });
}

// So many bytes, or all that are there, taken off the text that they are escaped in.
std::string take_raw(std::string_view& text, std::size_t count) {
    std::string bytes;
    bytes.reserve(std::min(count, text.size()));
    while (!text.empty() && bytes.size() < count) {
        const std::string_view plain = text.substr(0, std::min(text.find('\\'), count - bytes.size()));
        bytes += plain;
        text.remove_prefix(plain.size());
        if (text.empty() || bytes.size() == count) break;
        const bool is_escape = text.size() > 1;
        bytes += !is_escape ? text[0] : text[1] == 'n' ? '\n' : text[1];
        text.remove_prefix(is_escape ? 2 : 1);
    }
    return bytes;
}

int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

// False where these are not as many digits, as they are written here.
template<std::size_t Size>
bool from_hex(std::string_view hex, std::array<std::uint8_t, Size>& bytes) {
    if (hex.size() != 2 * Size) return false;
    for (std::size_t i = 0; i < Size; ++i) {
        const int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return true;
}

template<std::size_t Size>
std::string in_hex(const std::array<std::uint8_t, Size>& bytes) {
    std::string hex;
    hex.reserve(2 * Size);
    for (const std::uint8_t byte : bytes) {
        hex += "0123456789abcdef"[byte >> 4];
        hex += "0123456789abcdef"[byte & 15];
    }
    return hex;
}

void add_seal(std::string& to, const Seal& seal) {
    to.append(seal.id.begin(), seal.id.end());
    to.append(seal.hash.begin(), seal.hash.end());
}

Seal seal_of(std::string_view bytes) {
    Seal seal;
    std::ranges::copy(bytes.substr(0, id_size), seal.id.begin());
    std::ranges::copy(bytes.substr(id_size, seal_bytes - id_size), seal.hash.begin());
    return seal;
}

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

std::string_view as_text(const Digest& bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

// The block that a line says it is; what is missing of a changed one stays empty.
std::optional<Block> block_in(std::string_view packed) {
    const bool has_links = packed.starts_with(packed_start_5);
    if (!has_links && !packed.starts_with(packed_start_2) && !packed.starts_with(packed_start_3)) return std::nullopt;
    packed.remove_prefix(has_links ? packed_start_5.size() : packed_start_3.size());
    Block block{.format = has_links ? format_version : first_format};
    if (!has_links) {
        const auto after = take_until(packed, events_key);
        if (!after) return std::nullopt;
        block.after = *after;
    }
    const auto events = take_until(packed, bytes_key), bytes = take_until(packed, seals_key);
    if (!events || !bytes) return std::nullopt;
    block.bytes = number(*bytes);
    const std::string seals = take_raw(packed, number(*events) * seal_bytes);
    for (std::size_t at = 0; at + seal_bytes <= seals.size(); at += seal_bytes)
        block.seals.push_back(seal_of(std::string_view(seals).substr(at, seal_bytes)));
    if (has_links) {
        if (!packed.starts_with(links_key)) return block;
        packed.remove_prefix(links_key.size());
        // No hash begins as the next member does, but for a chance of one in 2^88.
        while (!packed.empty() && !packed.starts_with(packed_key)) {
            const std::string link = take_raw(packed, hash_length / 2);
            if (link.size() != hash_length / 2) return block;
            std::ranges::copy(link, block.links.emplace_back().begin());
        }
    }
    if (!packed.starts_with(packed_key)) return block;
    packed.remove_prefix(packed_key.size());
    const std::string_view bodies = before_hashes(packed);  // ends in `"`
    packed = bodies.substr(0, bodies.size() - (bodies.ends_with('"') ? 1 : 0));
    block.deflated = take_raw(packed, packed.size());
    return block;
}

}  // namespace

std::string id_text(const Seal& seal) { return in_hex(seal.id); }
std::string hash_text(const Seal& seal) { return in_hex(seal.hash); }

std::optional<std::array<std::uint8_t, 16>> id_bytes(std::string_view id_text) {
    std::array<std::uint8_t, 16> bytes;
    return from_hex(id_text, bytes) ? std::optional(bytes) : std::nullopt;
}

std::optional<Digest> hash_bytes(std::string_view hash_text) {
    Digest bytes;
    return from_hex(hash_text, bytes) ? std::optional(bytes) : std::nullopt;
}

// ---- Lines ------------------------------------------------------------------------------------------------

std::optional<LineParts> parted(std::string_view line) {
    LineParts parts;
    const std::string_view hash = hash_in(line);
    if (!line.starts_with(line_start_4)) parts.format = first_format;
    if (!line.starts_with(line_start(parts.format)) || !from_hex(hash, parts.seal.hash)) return std::nullopt;
    if (!from_hex(line.substr(line_start_size, id_length), parts.seal.id)) return std::nullopt;
    parts.body = before_hashes(line).substr(line_start_size + id_length);
    return parts;
}

std::string_view body_in(std::string_view canonical) {
    canonical.remove_prefix(line_start_size + id_length);
    canonical.remove_suffix(1);  // "}"
    return canonical;
}

std::string canonical_of(int format, const Seal& seal, std::string_view body) {
    std::string canonical{line_start(format)};
    canonical.reserve(line_start_size + id_length + body.size() + 1);
    canonical += id_text(seal);
    canonical += body;
    return canonical += '}';
}

std::string joined(int format, const Seal& seal, std::string_view body, std::string_view previous) {
    std::string line{line_start(format)};
    line.reserve(line_start_size + id_length + body.size() + 4 * hash_length);
    line += id_text(seal);
    line += body;
    return line += hashes_text(previous, hash_text(seal));
}

Following::Followed Following::next(std::string_view line, const Digest& hash, const std::function<Digest()>& linked) {
    auto standing = standing_in(line);
    if (!standing) return {};
    const auto [at, is_new] = last_.try_emplace(std::move(standing->account));
    Followed followed{.previous = at->second, .is_linked = is_new && standing->position > 1};
    if (followed.is_linked) followed.previous = linked();
    at->second = hash;
    return followed;
}

std::optional<Block> pack(std::string_view lines, Following& following) {
    Block block;
    std::string bodies;
    std::string_view last;  // hash
    while (!lines.empty()) {
        const std::string_view line = take_until(lines, "\n").value_or("");
        const auto parts = parted(line);
        if (!parts || (!block.seals.empty() && parts->format != block.format)) return std::nullopt;
        const std::string_view previous = previous_in(line);
        if (block.seals.empty()) block.format = parts->format;
        if (block.format == first_format) {
            if (!block.seals.empty() && previous != last) return std::nullopt;
            if (block.seals.empty()) block.after = previous;
        } else {
            const auto linked = [&] { return hash_bytes(previous).value_or(Digest{}); };
            const auto followed = following.next(line, parts->seal.hash, linked);
            if (to_hex(followed.previous) != previous) return std::nullopt;
            if (followed.is_linked) block.links.push_back(followed.previous);
        }
        last = hash_in(line);
        block.seals.push_back(parts->seal);
        bodies += parts->body;
        bodies += '\n';
    }
    if (block.seals.empty()) return std::nullopt;
    return pack_bodies(std::move(block), bodies);
}

Block pack_bodies(Block block, std::string_view bodies) {
    block.bytes = bodies.size();
    block.deflated = deflated(bodies);
    return block;
}

std::string bodies_of(const Block& block) { return inflated(block.deflated, block.bytes); }

std::string lines_of(const Block& block, std::string_view bodies, Following& following) {
    std::string lines, previous = block.after;
    std::size_t linked = 0;
    for (const Seal& seal : block.seals) {
        const auto body = take_until(bodies, "\n");
        if (!body) break;
        if (block.format != first_format) {
            const auto next_link = [&] { return linked < block.links.size() ? block.links[linked++] : Digest{}; };
            previous = to_hex(following.next(canonical_of(block.format, seal, *body), seal.hash, next_link).previous);
        }
        lines += joined(block.format, seal, *body, previous);
        lines += '\n';
        if (block.format == first_format) previous = hash_text(seal);
    }
    return lines;
}

std::string to_line(const Block& block, std::string_view hash) {
    const bool has_links = block.format != first_format;
    std::string seals, links;
    for (const Seal& seal : block.seals) add_seal(seals, seal);
    for (const Digest& link : block.links) links += as_text(link);
    std::string line{has_links ? packed_start_5 : packed_start_3};
    line.reserve(1024 + 2 * (seals.size() + links.size() + block.deflated.size()));
    if (!has_links) (line += block.after) += events_key;
    line += std::to_string(block.seals.size());
    line += bytes_key;
    line += std::to_string(block.bytes);
    line += seals_key;
    add_escaped(line, seals);
    if (has_links) add_escaped(line += links_key, links);
    line += packed_key;
    add_escaped(line, block.deflated);
    line += packed_end;
    const std::string_view previous = has_links ? no_hash : std::string_view(block.after);
    const std::string its_hash = hash.empty() ? hash_of(previous, line) : std::string(hash);
    line.pop_back();
    return line += hashes_text(previous, its_hash);
}

// ---- Files ------------------------------------------------------------------------------------------------

std::optional<Piece> Pieces::next() {
    if (rest_.empty()) return std::nullopt;
    const std::size_t end = rest_.find('\n');
    Piece piece{.line = rest_.substr(0, end), .block = {}, .is_whole = end != std::string_view::npos};
    rest_.remove_prefix(piece.is_whole ? end + 1 : rest_.size());
    piece.block = block_in(piece.line);
    if (!piece.block) following_ = {};
    return piece;
}

std::string Pieces::lines(const Piece& piece) {
    if (piece.block) return lines_of(*piece.block, bodies_of(*piece.block), following_);
    return std::string(piece.line) + (piece.is_whole ? "\n" : "");
}

void Packer::add(std::string_view line) {
    const bool is_apart = is_head_line(line);
    if (is_apart) close_rest();
    open_ += line;
    open_ += '\n';
    if (is_apart) {
        written_ += std::exchange(open_, {});
        writing_ = reading_ = {};
    }
    if (open_.size() >= block_bytes) close_block();
}

void Packer::close_block() {
    const auto block = pack(open_, writing_);
    // What is written must be what will be read.
    if (block && lines_of(*block, bodies_of(*block), reading_) == open_) {
        written_ += to_line(*block);
        written_ += '\n';
        has_block_ = true;
    } else {
        written_ += open_;
        writing_ = reading_ = {};
    }
    open_.clear();
}

void Packer::close_rest() {
    if ((has_block_ && !open_.empty()) || open_.size() >= packed_from) close_block();
    if (open_.empty()) return;
    written_ += std::exchange(open_, {});
    writing_ = reading_ = {};
}

std::string Packer::text() && {
    close_rest();
    return std::move(written_);
}

std::string to_packed(std::string_view lines) {
    if (!lines.ends_with('\n')) return std::string(lines);
    Packer packer;
    while (!lines.empty()) packer.add(take_until(lines, "\n").value_or(""));
    return std::move(packer).text();
}

std::string unpacked(std::string_view text) {
    std::string lines;
    for (Pieces pieces{text}; const auto piece = pieces.next();) lines += pieces.lines(*piece);
    return lines;
}

}  // namespace ca::journal
