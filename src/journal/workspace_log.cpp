#include "journal/workspace_log.h"

#include "lifecycle/engine.h"

#include <cassert>

namespace ca::journal {

std::string_view WorkspaceLog::head() const {
    return hash_at(entries_.size());
}

std::string_view WorkspaceLog::hash_at(std::size_t count) const {
    assert(count <= entries_.size());
    return count == 0 ? no_hash : std::string_view(entries_[count - 1].hash);
}

std::size_t WorkspaceLog::find(std::string_view id) const {
    const auto found = numbers_.find(id);
    return found == numbers_.end() ? 0 : found->second;
}

std::string WorkspaceLog::line_at(std::size_t number) const {
    assert(number >= 1 && number <= total());
    return number <= size() ? to_line(entries_[number - 1]) : unread_[number - size() - 1];
}

std::string WorkspaceLog::hash_of_line(std::size_t number) const {
    assert(number <= total());
    return std::string(number <= size() ? hash_at(number) : hash_in(unread_[number - size() - 1]));
}

WorkspaceLog::Place WorkspaceLog::place_after(const Streams& streams, const lifecycle::Event& event) {
    const auto stream = streams.find(event.account);
    if (stream == streams.end()) return {1, 0};
    const auto entity = stream->second.by_entity.find(event.entity);
    return {stream->second.last + 1, entity == stream->second.by_entity.end() ? 0 : entity->second};
}

void WorkspaceLog::take_place(Streams& streams, const Entry& entry) {
    Stream& stream = streams[entry.event.account];
    stream.last = entry.position;
    stream.by_entity[entry.event.entity] = entry.position;
}

Result<> WorkspaceLog::append_line(std::string_view line) {
    auto read = CA_TRY(read_line(line, last_hash()));
    // Once one event is not understood, neither is what it did to those after it.
    if (read.foreign || !unread_.empty()) {
        if (unread_.empty()) unread_why_ = std::move(read.foreign->why);
        unread_.emplace_back(line);
        return {};
    }
    Entry& entry = *read.entry;
    if (find(entry.id) != 0) {
        return fail("repeated_id", "Its id is that of event " + std::to_string(find(entry.id)) + ": it stands here twice.", "id");
    }
    const Place place = place_after(streams_, entry.event);
    if (entry.position != place.position) {
        return fail("bad_position", "Its position is " + std::to_string(entry.position) + ", but the next of its account is " +
                                        std::to_string(place.position) + ".", "position");
    }
    if (entry.based_on != place.based_on) {
        return fail("bad_based_on", "It is based on position " + std::to_string(entry.based_on) + ", but the last event of \"" +
                                        entry.event.entity + "\" has " + std::to_string(place.based_on) + ".", "based_on");
    }
    fold(std::move(entry));
    return {};
}

std::vector<Entry> WorkspaceLog::seal(std::vector<lifecycle::Event> events, std::span<const std::string> ids) const {
    assert(events.size() == ids.size());
    // Only the streams that these events belong to, so that a small commit on a long journal stays small.
    Streams streams;
    std::vector<Entry> sealed;
    sealed.reserve(events.size());
    std::string previous{head()};
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (!streams.contains(events[i].account)) {
            if (const auto known = streams_.find(events[i].account); known != streams_.end()) streams.insert(*known);
        }
        const Place place = place_after(streams, events[i]);
        Entry entry{ids[i], place.position, place.based_on, std::move(events[i]), previous, {}};
        entry.hash = hash_of(previous, canonical_bytes(entry));
        previous = entry.hash;
        take_place(streams, entry);
        sealed.push_back(std::move(entry));
    }
    return sealed;
}

void WorkspaceLog::append(std::vector<Entry> entries) {
    for (Entry& entry : entries) {
        assert(entry.previous == head() && unread_.empty());
        fold(std::move(entry));
    }
}

void WorkspaceLog::fold(Entry entry) {
    lifecycle::apply(workspace_, entry.event);
    take_place(streams_, entry);
    entries_.push_back(std::move(entry));
    numbers_[entries_.back().id] = entries_.size();
}

}  // namespace ca::journal
