#include "journal/sealed.h"

#include "journal/heads.h"

#include <utility>

namespace ca::journal {
namespace {

std::string_view taken_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

}  // namespace

Sealed::Sealed(std::size_t after, const Digest& head, std::vector<lifecycle::Event> events)
    : after_(after), after_head_(head), head_(head), events_(std::move(events)) {
    places_.reserve(events_.size());
}

void Sealed::seal_next(std::string_view id, const Place& place, const Digest& previous) {
    const lifecycle::Event& event = events_.at(places_.size());
    const std::string canonical = canonical_bytes(id, place, event);
    const Seal seal{.id = id_bytes(id).value(), .hash = Sha256{}.update(to_hex(previous)).update(canonical).finish()};
    const bool is_chained = place.format != first_format;
    if (parts_.empty() || !parts_.back().block.deflated.empty() || parts_.back().block.format != place.format) {
        const bool begins = is_chained && (parts_.empty() || parts_.back().block.format == first_format);
        Part& part = parts_.emplace_back();
        part.block.format = place.format;
        if (begins) part.head_line = head_line(after_ + places_.size() + 1, to_hex(head_));
        if (!is_chained) part.block.after = to_hex(previous);
    }
    Part& part = parts_.back();
    if (is_chained && streams_.insert(event.account).second && place.position > 1) part.block.links.push_back(previous);
    part.bodies += body_in(canonical);
    part.bodies += '\n';
    part.block.seals.push_back(seal);
    places_.push_back(place);
    head_ = is_chained ? next_head(head_, seal.hash) : seal.hash;
    if (part.bodies.size() < block_bytes) return;
    part.block = pack_bodies(std::move(part.block), std::exchange(part.bodies, {}));
}

const Digest& Sealed::hash(std::size_t index) const {
    std::size_t part = 0;
    for (; index >= parts_.at(part).block.seals.size(); ++part) index -= parts_[part].block.seals.size();
    return parts_[part].block.seals[index].hash;
}

std::string Sealed::file() const {
    std::string text;
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

Result<> Sealed::check() const {
    std::size_t at = 0;
    const auto check = [&](const Block& block, std::string_view bodies) -> Result<> {
        for (const Seal& seal : block.seals) {
            const Place& place = places_[at];
            const lifecycle::Event& event = events_[at++];
            const auto read = from_canonical(canonical_of(block.format, seal, taken_line(bodies)));
            if (read && read->event == event && read->place == place) continue;
            return fail("unwritable",
                        "This cannot be recorded: " +
                            (read ? std::string("it would not read back as it is.") : read.error().message),
                        std::string(type_of(event.body)));
        }
        return {};
    };
    for (const Part& part : parts_) {
        const bool is_deflated = !part.block.deflated.empty();
        CA_TRY_VOID(is_deflated ? check(part.block, bodies_of(part.block)) : check(part.block, part.bodies));
    }
    return {};
}

}  // namespace ca::journal
