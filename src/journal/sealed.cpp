#include "journal/sealed.h"

#include <utility>

namespace ca::journal {
namespace {

std::string_view taken_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

std::string lines_of(const Block& open, std::string_view bodies) {
    std::string lines, previous = open.after;
    for (const Seal& seal : open.seals) {
        lines += joined(seal, taken_line(bodies), previous);
        lines += '\n';
        previous = hash_text(seal);
    }
    return lines;
}

}  // namespace

Sealed::Sealed(std::string after, std::vector<lifecycle::Event> events)
    : after_(after), head_(std::move(after)), events_(std::move(events)) {
    places_.reserve(events_.size());
}

void Sealed::seal_next(std::string_view id, Place place) {
    const std::string canonical = canonical_bytes(id, place.position, place.based_on, events_.at(places_.size()));
    const Seal seal{.id = id_bytes(id).value(), .hash = Sha256{}.update(head_).update(canonical).finish()};
    if (open_.seals.empty()) open_.after = head_;
    head_ = hash_text(seal);
    bodies_ += body_in(canonical);
    bodies_ += '\n';
    open_.seals.push_back(seal);
    places_.push_back(place);
    if (bodies_.size() < block_bytes) return;
    Block open = std::exchange(open_, {});
    blocks_.push_back(pack_bodies(std::move(open.after), std::move(open.seals), std::exchange(bodies_, {})));
}

std::string Sealed::hash(std::size_t index) const {
    for (const Block& block : blocks_) {
        if (index < block.seals.size()) return hash_text(block.seals[index]);
        index -= block.seals.size();
    }
    return hash_text(open_.seals.at(index));
}

std::string Sealed::file() const {
    std::string text;
    const auto add = [&text](const Block& block) { (text += to_line(block)) += '\n'; };
    for (const Block& block : blocks_) add(block);
    if (open_.seals.empty()) return text;
    if (blocks_.empty() && bodies_.size() < packed_from) return lines_of(open_, bodies_);
    add(pack_bodies(open_.after, open_.seals, bodies_));
    return text;
}

Result<> Sealed::check() const {
    std::size_t at = 0;
    const auto check = [&](const std::vector<Seal>& seals, std::string_view bodies) -> Result<> {
        for (const Seal& seal : seals) {
            const Place place = places_[at];
            const lifecycle::Event& event = events_[at++];
            const auto read = from_canonical(canonical_of(seal, taken_line(bodies)));
            if (read && read->event == event && read->position == place.position && read->based_on == place.based_on)
                continue;
            return fail("unwritable",
                        "This cannot be recorded: " +
                            (read ? std::string("it would not read back as it is.") : read.error().message),
                        std::string(type_of(event.body)));
        }
        return {};
    };
    for (const Block& block : blocks_) CA_TRY_VOID(check(block.seals, bodies_of(block)));
    CA_TRY_VOID(check(open_.seals, bodies_));
    return {};
}

}  // namespace ca::journal
