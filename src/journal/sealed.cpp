#include "journal/sealed.h"

#include "journal/heads.h"
#include "journal/workspace_log.h"
#include "lifecycle/engine.h"

#include <utility>

namespace ca::journal {

Sealed::Sealed(const WorkspaceLog& log)
    : log_(&log),
      after_(log.size()),
      after_head_(log.lines().head(log.size())),
      head_(after_head_),
      workspace_(log.workspace()) {}

Sealed::Stream& Sealed::stream_of(const std::string& account) {
    const auto [at, is_new] = streams_.try_emplace(account);
    const auto before = is_new ? log_->stream(account) : std::span<const std::uint32_t>{};
    if (!before.empty()) at->second.last = log_->lines().seal(before.back()).hash;
    return at->second;
}

void Sealed::add(std::string_view id, const lifecycle::Event& event) {
    Stream& stream = stream_of(event.account);
    const auto name = Positions::name_of(event.account, event.entity);
    const std::size_t taken = log_->stream(event.account).size() + stream.numbers.size();
    const std::uint32_t here = positions_.of(name);
    const Place place{.position = static_cast<std::int64_t>(taken) + 1,
                      .based_on = here != 0 ? here : log_->folded().positions.of(name)};
    add_at(id, event, {.place = place, .previous = stream.last, .name = name, .stream = stream});
}

void Sealed::add(std::string_view id, const lifecycle::Event& event, const Place& place, const Digest& previous) {
    add_at(id, event,
           {.place = place,
            .previous = previous,
            .name = Positions::name_of(event.account, event.entity),
            .stream = stream_of(event.account)});
}

Result<bool> Sealed::add_line(std::string_view line) {
    const auto read = CA_TRY(read_line(line));
    if (read.foreign)
        return fail("newer_format", "A newer version of the portal has written here: " + read.foreign->why +
                                        " Reload the page to get that version.");
    const auto& entry = *read.entry;
    const auto& [at, based_on, format] = entry.place;
    const std::string where =
        "event " + std::to_string(at) + " of " + (entry.event.account.empty() ? "the catalogue" : entry.event.account);
    Stream& stream = stream_of(entry.event.account);
    const auto before = log_->stream(entry.event.account);
    const auto taken = static_cast<std::int64_t>(before.size() + stream.numbers.size());
    if (at <= taken) {
        const auto index = static_cast<std::size_t>(at) - 1;
        const std::size_t number = index < before.size() ? before[index] : stream.numbers[index - before.size()];
        const Digest& known = number > after_ ? hash(number - after_ - 1) : log_->lines().seal(number).hash;
        if (to_hex(known) == entry.hash) return false;
        return fail("diverged", "What was sent and what is kept here are not the same record.", where);
    }
    if (at > taken + 1) return fail("gap", "Something before it has not come yet.", where);
    const auto name = Positions::name_of(entry.event.account, entry.event.entity);
    const std::uint32_t here = positions_.of(name);
    if (format != format_version || entry.previous != to_hex(stream.last) ||
        based_on != (here != 0 ? here : log_->folded().positions.of(name)))
        return fail("diverged", "What was sent does not go on from what is kept here.", where);
    if (log_->find(entry.id) != 0 || lines_.find(entry.id) != 0)
        return fail("diverged", "What was sent stands elsewhere in what is kept here.", where);
    add_at(entry.id, entry.event,
           {.place = entry.place, .previous = stream.last, .name = name, .stream = stream, .hash = entry.hash});
    return true;
}

// ---- The file ---------------------------------------------------------------------------------------------

void Sealed::count(std::string_view written) {
    file_bytes_ += written.size();
    file_hash_.update(written);
}

void Sealed::write(std::string_view text) {
    count(text);
    file_.push_back({.text = std::string(text)});
}

void Sealed::begin_part(int format, const Digest& previous) {
    const bool is_chained = format != first_format;
    const bool begins = is_chained && (size() == 0 || lines_.format(size()) == first_format);
    if (begins) write(head_line(after_ + size() + 1, to_hex(head_)) + "\n");
    part_.emplace().block.format = format;
    if (!is_chained) part_->block.after = to_hex(previous);
}

// Once a file holds something packed, all that comes after it is packed too.
void Sealed::close_part() {
    auto [block, bodies] = *std::exchange(part_, std::nullopt);
    has_block_ = has_block_ || bodies.size() >= packed_from;
    if (!has_block_) return write(lines_of(block, bodies, following_));
    block = pack_bodies(std::move(block), bodies);
    if (sound_ && bodies_of(block) != bodies)
        sound_ = fail("unwritable", "This cannot be recorded: packed, it would not read back as it is.");
    const std::string line = to_line(block);
    Piece piece{.first = size() - block.seals.size() + 1,
                .after = block.after,
                .links = block.links,
                .hash = std::string(hash_in(line))};
    if (!lines_.are_packed(std::move(block))) return write(line + "\n");
    count(line);
    count("\n");
    file_.push_back(std::move(piece));
}

Sliced<std::string> Sealed::file_sliced() {
    constexpr std::size_t bytes_a_slice = 1u << 20;
    if (part_) close_part();
    std::string text;
    text.reserve(file_bytes_);
    std::size_t slice_began = 0;
    for (const Piece& piece : file_) {
        text += piece.text;
        if (piece.first != 0) {
            Block block = lines_.packed_at(piece.first);
            block.after = piece.after;
            block.links = piece.links;
            text += to_line(block, piece.hash);
            text += '\n';
        }
        if (text.size() - slice_began < bytes_a_slice) continue;
        slice_began = text.size();
        co_await slice_ends;
    }
    co_return text;
}

std::string Sealed::file() { return at_once(file_sliced()); }

std::string Sealed::file_sha256() {
    if (part_) close_part();
    return to_hex(Sha256(file_hash_).finish());
}

// ---- Entries ----------------------------------------------------------------------------------------------

void Sealed::add_at(std::string_view id, const lifecycle::Event& event, const At& at) {
    const auto& [place, previous, name, stream, line_hash] = at;
    const std::string canonical = canonical_bytes(id, place, event);
    const Seal seal{.id = id_bytes(id).value(), .hash = Sha256{}.update(to_hex(previous)).update(canonical).finish()};
    if (to_hex(seal.hash) != line_hash) {
        const auto read = from_canonical(canonical);
        if (!read) doubt(read.error(), event);
        else if (read->event != event || read->place != place)
            doubt({{}, "it would not read back as it is.", {}}, event);
    }
    const bool is_chained = place.format != first_format;
    if (part_ && part_->block.format != place.format) close_part();
    if (!part_) begin_part(place.format, previous);
    const bool is_first = is_chained && !std::exchange(stream.is_chained, is_chained);
    if (is_first && place.position > 1) part_->block.links.push_back(previous);
    part_->bodies += body_in(canonical);
    part_->bodies += '\n';
    part_->block.seals.push_back(seal);
    lines_.add(place.format, seal, body_in(canonical));
    if (part_->bodies.size() >= block_bytes) close_part();

    head_ = is_chained ? next_head(head_, seal.hash) : seal.hash;
    stream.numbers.push_back(static_cast<std::uint32_t>(after_ + size()));
    stream.last = seal.hash;
    positions_.set(name, static_cast<std::uint32_t>(place.position));
    last_at_ = event.at;
    lifecycle::apply(workspace_, event);
}

void Sealed::doubt(Error error, const lifecycle::Event& event) {
    if (!sound_) return;  // the first one is told
    sound_ = fail("unwritable", "This cannot be recorded: " + error.message, std::string(type_of(event.body)));
}

}  // namespace ca::journal
