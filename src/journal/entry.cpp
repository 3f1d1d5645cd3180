#include "journal/entry.h"

#include "journal/canonical.h"

#include <algorithm>
#include <charconv>

namespace ca::journal {
namespace {

constexpr std::string_view previous_key = ",\"previous\":\"";
constexpr std::string_view hash_key = "\",\"hash\":\"";
constexpr std::string_view line_end = "\"}";
constexpr std::size_t tail_length = previous_key.size() + hash_length + hash_key.size() + hash_length + line_end.size();

bool is_hex(std::string_view text, std::size_t length) {
    return text.size() == length &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// The last part of a line, which has a fixed length: it can be taken off without reading what is before it, and so also
// from lines of formats that are not known here.
struct Tail {
    std::string_view previous, hash;
};
std::optional<Tail> tail_of(std::string_view line) {
    if (line.size() <= tail_length) return std::nullopt;
    std::string_view rest = line.substr(line.size() - tail_length);
    const auto take = [&rest](std::size_t count) {
        const std::string_view taken = rest.substr(0, count);
        rest.remove_prefix(count);
        return taken;
    };
    const bool opens = take(previous_key.size()) == previous_key;
    const std::string_view previous = take(hash_length);
    const bool goes_on = take(hash_key.size()) == hash_key;
    const std::string_view hash = take(hash_length);
    if (!opens || !goes_on || rest != line_end || !is_hex(previous, hash_length) || !is_hex(hash, hash_length))
        return std::nullopt;
    return Tail{previous, hash};
}

void write_body(CanonicalWriter& writer, const lifecycle::EventBody& body) {
    std::visit([&writer](const auto& one) { writer.write(one); }, body);
}

}  // namespace

std::string_view to_words(Side side) { return side == Side::nhse ? "nhse" : "party"; }

Side side_of(const lifecycle::Actor& actor) {
    using lifecycle::Role;
    return actor.role == Role::contact || actor.role == Role::visitor ? Side::party : Side::nhse;
}

// ---- Writing ----------------------------------------------------------------------------------------------

std::string canonical_bytes(std::string_view id, const Place& place, const lifecycle::Event& event) {
    std::string out;
    out.reserve(512);
    CanonicalWriter writer{out};
    writer.open_object();
    writer.member("format", place.format);
    writer.member("id", std::string(id));
    writer.member("account", event.account);
    writer.member("entity", event.entity);
    writer.member("side", side_of(event.by));
    writer.member("position", place.position);
    writer.member("based_on", place.based_on);
    writer.member("at", event.at);
    writer.member("by", event.by);
    writer.member("type", std::string(type_of(event.body)));
    writer.key("body");
    write_body(writer, event.body);
    writer.close_object();
    return out;
}

std::string canonical_bytes(const Entry& entry) { return canonical_bytes(entry.id, entry.place, entry.event); }

std::string hash_of(std::string_view previous, std::string_view canonical) {
    return to_hex(Sha256{}.update(previous).update(canonical).finish());
}

std::string to_line(const Entry& entry) {
    std::string line = canonical_bytes(entry);
    line.pop_back();
    return line += hashes_text(entry.previous, entry.hash);
}

std::string hashes_text(std::string_view previous, std::string_view hash) {
    std::string text{previous_key};
    text += previous;
    text += hash_key;
    text += hash;
    return text += line_end;
}

// ---- Reading ----------------------------------------------------------------------------------------------

Result<Entry> from_canonical(std::string_view bytes) {
    CanonicalReader reader{bytes};
    Entry entry;
    int& format = entry.place.format;
    std::string side;
    std::string type;
    reader.open_object();
    reader.member("format", format);
    if (!reader.failed() && format != format_version && format != first_format) {
        return fail("newer_format", "Its format is " + std::to_string(format) +
                                        "; this version of the portal knows formats " + std::to_string(first_format) +
                                        " and " + std::to_string(format_version) + ".");
    }
    reader.member("id", entry.id);
    if (!reader.failed() && !is_hex(entry.id, id_length)) reader.fail("The id should be 32 hexadecimal digits.");
    reader.member("account", entry.event.account);
    reader.member("entity", entry.event.entity);
    reader.member("side", side);
    reader.member("position", entry.place.position);
    reader.member("based_on", entry.place.based_on);
    if (!reader.failed() &&
        (entry.place.position < 1 || entry.place.based_on < 0 || entry.place.based_on >= entry.place.position)) {
        reader.fail("The position should be above what it is based on.");
    }
    reader.member("at", entry.event.at);
    reader.member("by", entry.event.by);
    if (!reader.failed() && side != to_words(side_of(entry.event.by)))
        reader.fail("The side is not that of who acted.");
    reader.member("type", type);
    if (reader.failed()) return std::unexpected(*reader.error());

    auto body = lifecycle::empty_body(type);
    if (!body)
        return fail("unknown_type", "Its type is \"" + type + "\", which this version of the portal does not know.",
                    "type");
    std::visit([&reader](auto& one) { reader.member("body", one); }, *body);
    reader.close_object();
    reader.expect_end();
    if (reader.failed()) return std::unexpected(*reader.error());
    entry.event.body = std::move(*body);
    return entry;
}

std::string_view hash_in(std::string_view line) {
    const auto tail = tail_of(line);
    return tail ? tail->hash : std::string_view{};
}

std::string_view previous_in(std::string_view line) {
    const auto tail = tail_of(line);
    return tail ? tail->previous : std::string_view{};
}

std::string_view before_hashes(std::string_view line) {
    return tail_of(line) ? line.substr(0, line.size() - tail_length) : line;
}

int format_in(std::string_view line) {
    constexpr std::string_view start = "{\"format\":";
    int format = 0;
    if (line.starts_with(start)) std::from_chars(line.data() + start.size(), line.data() + line.size(), format);
    return format;
}

std::optional<Standing> standing_in(std::string_view line) {
    Standing standing;
    int format = 0;
    std::string id, entity, side;
    CanonicalReader reader{line};
    reader.open_object();
    reader.member("format", format);
    reader.member("id", id);
    reader.member("account", standing.account);
    reader.member("entity", entity);
    reader.member("side", side);
    reader.member("position", standing.position);
    if (reader.failed() || format != format_version || standing.position < 1) return std::nullopt;
    return standing;
}

Result<ReadLine> read_line(std::string_view line) {
    const auto tail = tail_of(line);
    if (!tail)
        return fail("bad_entry", "The line is not an entry of a journal: it does not end with its two hashes.", "hash");
    std::string canonical{before_hashes(line)};
    canonical += '}';
    if (hash_of(tail->previous, canonical) != tail->hash) {
        return fail("bad_hash", "What it says does not agree with its hash: it was changed after it was written.",
                    "hash");
    }
    auto entry = from_canonical(canonical);
    if (!entry) {
        // Right by its hash, so it was written like this: by a version of the portal that knows more.
        std::string why = std::move(entry.error().message);
        if (!entry.error().where.empty()) why += " (" + entry.error().where + ")";
        return ReadLine{.foreign = Foreign{std::move(why)}};
    }
    entry->previous = tail->previous;
    entry->hash = tail->hash;
    return ReadLine{.entry = std::move(*entry)};
}

}  // namespace ca::journal
