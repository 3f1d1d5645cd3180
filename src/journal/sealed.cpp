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

// The part that the next entry goes into.
Sealed::Part& Sealed::part_of(int format, const Digest& previous) {
    const bool is_chained = format != first_format;
    if (!parts_.empty() && parts_.back().block.deflated.empty() && parts_.back().block.format == format)
        return parts_.back();
    const bool begins = is_chained && (parts_.empty() || parts_.back().block.format == first_format);
    Part& part = parts_.emplace_back();
    part.block.format = format;
    if (begins) part.head_line = head_line(after_ + size_ + 1, to_hex(head_));
    if (!is_chained) part.block.after = to_hex(previous);
    return part;
}

void Sealed::add_at(std::string_view id, const lifecycle::Event& event, const At& at) {
    const auto& [place, previous, name, stream] = at;
    const std::string canonical = canonical_bytes(id, place, event);
    const auto read = from_canonical(canonical);
    if (!read) doubt(read.error(), event);
    else if (read->event != event || read->place != place) doubt({{}, "it would not read back as it is.", {}}, event);

    const Seal seal{.id = id_bytes(id).value(), .hash = Sha256{}.update(to_hex(previous)).update(canonical).finish()};
    const bool is_chained = place.format != first_format;
    Part& part = part_of(place.format, previous);
    const bool is_first = is_chained && !std::exchange(stream.is_chained, is_chained);
    if (is_first && place.position > 1) part.block.links.push_back(previous);
    part.bodies += body_in(canonical);
    part.bodies += '\n';
    part.block.seals.push_back(seal);
    if (part.bodies.size() >= block_bytes) pack(part);

    head_ = is_chained ? next_head(head_, seal.hash) : seal.hash;
    ++size_;
    stream.numbers.push_back(static_cast<std::uint32_t>(after_ + size_));
    stream.last = seal.hash;
    positions_.set(name, static_cast<std::uint32_t>(place.position));
    last_at_ = event.at;
    lifecycle::apply(workspace_, event);
}

void Sealed::pack(Part& part) {
    part.block = pack_bodies(std::move(part.block), part.bodies);
    if (sound_ && bodies_of(part.block) != part.bodies)
        sound_ = fail("unwritable", "This cannot be recorded: packed, it would not read back as it is.");
    std::string().swap(part.bodies);  // an assignment would keep the room
}

void Sealed::doubt(Error error, const lifecycle::Event& event) {
    if (!sound_) return;  // the first one is told
    sound_ = fail("unwritable", "This cannot be recorded: " + error.message, std::string(type_of(event.body)));
}

const Digest& Sealed::hash(std::size_t index) const {
    std::size_t part = 0;
    for (; index >= parts_.at(part).block.seals.size(); ++part) index -= parts_[part].block.seals.size();
    return parts_[part].block.seals[index].hash;
}

std::string Sealed::file() const {
    std::string text;
    std::size_t bytes = 0;
    for (const Part& part : parts_)
        bytes += part.block.deflated.size() + part.bodies.size() + 64 * part.block.seals.size();
    text.reserve(bytes);
    bool has_block = false;
    Following following;
    for (const Part& part : parts_) {
        if (!part.head_line.empty()) (text += part.head_line) += '\n';
        const bool is_deflated = !part.block.deflated.empty();
        has_block = has_block || is_deflated || part.bodies.size() >= packed_from;
        if (!has_block) text += lines_of(part.block, part.bodies, following);
        else (text += to_line(is_deflated ? part.block : pack_bodies(part.block, part.bodies))) += '\n';
    }
    return text;
}

}  // namespace ca::journal
