#include "journal/workspace_log.h"

#include "lifecycle/engine.h"

#include <algorithm>
#include <cassert>
#include <set>
#include <unordered_map>

namespace ca::journal {

Entry WorkspaceLog::entry(std::size_t number) const {
    const std::string line = lines_.at(number);
    std::string canonical{before_hashes(line)};
    canonical += '}';
    auto entry = from_canonical(canonical);
    assert(entry);  // it was read before it was added
    entry->previous = lines_.hash(number - 1);
    entry->hash = lines_.hash(number);
    return *std::move(entry);
}

std::span<const std::uint32_t> WorkspaceLog::stream(std::string_view account) const {
    const auto found = folded_.streams.find(account);
    return found == folded_.streams.end() ? std::span<const std::uint32_t>{} : std::span(found->second);
}

std::size_t WorkspaceLog::count_known(std::span<const std::string> hashes) const {
    std::set<std::array<std::uint8_t, 32>> wanted, known;
    for (const auto& hash : hashes)
        if (const auto bytes = hash_bytes(hash)) wanted.insert(*bytes);
    for (std::size_t number = 1; number <= size(); ++number)
        if (wanted.contains(lines_.seal(number).hash)) known.insert(lines_.seal(number).hash);
    return static_cast<std::size_t>(std::ranges::count_if(hashes, [&](const std::string& hash) {
        const auto bytes = hash_bytes(hash);
        return bytes && known.contains(*bytes);
    }));
}

std::string WorkspaceLog::line_at(std::size_t number) const {
    assert(number >= 1 && number <= total());
    return number <= size() ? lines_.at(number) : unread_[number - size() - 1];
}

std::string WorkspaceLog::hash_of_line(std::size_t number) const {
    assert(number <= total());
    return number <= size() ? hash_at(number) : std::string(hash_in(unread_[number - size() - 1]));
}

Sealed::Place WorkspaceLog::next_place(const lifecycle::Event& event) const {
    return {static_cast<std::int64_t>(stream(event.account).size()) + 1,
            folded_.positions.of(event.account, event.entity)};
}

Result<> WorkspaceLog::append_line(std::string_view line) {
    auto read = CA_TRY(read_line(line, last_hash()));
    // Once one event is not understood, neither is what it did to those after it.
    if (read.foreign || !unread_.empty()) {
        if (unread_.empty()) unread_why_ = std::move(read.foreign->why);
        unread_.emplace_back(line);
        return {};
    }
    const Entry& entry = *read.entry;
    if (find(entry.id) != 0) {
        return fail("repeated_id",
                    "Its id is that of event " + std::to_string(find(entry.id)) + ": it stands here twice.", "id");
    }
    const Sealed::Place place = next_place(entry.event);
    if (entry.position != place.position) {
        return fail("bad_position",
                    "Its position is " + std::to_string(entry.position) + ", but the next of its account is " +
                        std::to_string(place.position) + ".",
                    "position");
    }
    if (entry.based_on != place.based_on) {
        return fail("bad_based_on",
                    "It is based on position " + std::to_string(entry.based_on) + ", but the last event of \"" +
                        entry.event.entity + "\" has " + std::to_string(place.based_on) + ".",
                    "based_on");
    }
    lines_.add(line);
    fold(entry.event, static_cast<std::uint32_t>(size()));
    return {};
}

Sealed WorkspaceLog::seal(std::vector<lifecycle::Event> events, std::span<const std::string> ids) const {
    assert(events.size() == ids.size());
    // Where what is not appended yet will stand.
    std::unordered_map<std::string, std::int64_t> taken;  // positions of each account
    std::unordered_map<std::string, std::int64_t> last;   // the position of each account's entity
    last.reserve(events.size());
    Sealed sealed{head(), std::move(events)};
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        const lifecycle::Event& event = sealed.event(i);
        Sealed::Place place = next_place(event);
        place.position += taken[event.account]++;
        std::string name = event.account;
        (name += '\0') += event.entity;  // no account has such a letter in its name
        const auto [known, is_first] = last.try_emplace(std::move(name), place.position);
        if (!is_first) place.based_on = std::exchange(known->second, place.position);
        sealed.seal_next(ids[i], place);
    }
    return sealed;
}

void WorkspaceLog::append(Sealed sealed) {
    assert(sealed.after_ == head() && sealed.places_.size() == sealed.size() && unread_.empty());
    auto number = static_cast<std::uint32_t>(size());
    for (lifecycle::Event& event : sealed.events_) {
        fold(event, ++number);
        event = {};  // there may be many, and the lines hold them now
    }
    for (Block& block : sealed.blocks_) lines_.add(std::move(block));
    std::string_view bodies = sealed.bodies_;
    for (const Seal& seal : sealed.open_.seals) {
        const std::size_t end = bodies.find('\n');
        lines_.add(seal, bodies.substr(0, end));
        bodies.remove_prefix(end + 1);
    }
}

void WorkspaceLog::fold(const lifecycle::Event& event, std::uint32_t number) {
    lifecycle::apply(folded_.workspace, event);
    auto& numbers = folded_.streams[event.account];
    numbers.push_back(number);
    folded_.positions.set(event.account, event.entity, static_cast<std::uint32_t>(numbers.size()));
    folded_.last_at = event.at;
}

}  // namespace ca::journal
