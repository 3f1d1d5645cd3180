#include "journal/workspace_log.h"

#include "journal/heads.h"
#include "lifecycle/engine.h"

#include <algorithm>
#include <cassert>
#include <set>

namespace ca::journal {

Entry WorkspaceLog::entry(std::size_t number) const {
    auto entry = from_canonical(lines_.before_hashes(number) + "}");
    assert(entry);  // it was read before it was added
    entry->previous = entry->place.format == first_format
                          ? lines_.hash(number - 1)
                          : to_hex(followed(entry->event.account, entry->place.position));
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
    if (number > size()) return unread_[number - size() - 1];
    if (lines_.format(number) == first_format) return lines_.at(number, lines_.hash(number - 1));
    const std::string line = lines_.before_hashes(number);
    const auto standing = standing_in(line);
    assert(standing);
    return line + hashes_text(to_hex(followed(standing->account, standing->position)), lines_.hash(number));
}

std::string WorkspaceLog::hash_of_line(std::size_t number) const {
    assert(number <= total());
    return number <= size() ? hash_at(number) : std::string(hash_in(unread_[number - size() - 1]));
}

std::string WorkspaceLog::head_of_line(std::size_t number) const {
    assert(number <= total());
    return number <= size() ? head_at(number) : to_hex(unread_heads_[number - size() - 1]);
}

int WorkspaceLog::format_at(std::size_t number) const {
    return number <= size() ? lines_.format(number) : format_in(unread_[number - size() - 1]);
}

Place WorkspaceLog::next_place(const lifecycle::Event& event) const {
    return {static_cast<std::int64_t>(stream(event.account).size()) + 1,
            folded_.positions.of(Positions::name_of(event.account, event.entity))};
}

Digest WorkspaceLog::followed(std::string_view account, std::int64_t position) const {
    const auto numbers = stream(account);
    assert(position >= 1 && static_cast<std::size_t>(position) <= numbers.size() + 1);
    return position == 1 ? Digest{} : lines_.seal(numbers[static_cast<std::size_t>(position) - 2]).hash;
}

Result<> WorkspaceLog::check_chain(std::string_view line) const {
    if (!knows_chain_) return {};
    const int format = format_in(line);
    if (format == first_format && total() > 0 && format_at(total()) != first_format)
        return fail("bad_entry", "It is of an older format than the event before it.", "format");
    std::string expected;
    if (format == format_version) {
        const auto standing = standing_in(line);
        if (!standing) return fail("bad_entry", "It does not say where it stands.", "position");
        const auto unread = unread_last_.find(standing->account);
        const auto numbers = stream(standing->account);
        expected = unread != unread_last_.end() ? to_hex(unread->second)
                   : numbers.empty()            ? std::string(no_hash)
                                                : lines_.hash(numbers.back());
    } else {
        expected = last_head();
    }
    if (previous_in(line) == expected) return {};
    return fail("broken_chain",
                "It does not follow the event before it: something between them is missing or was exchanged.",
                "previous");
}

void WorkspaceLog::keep_unread(std::string_view line) {
    const int format = format_in(line);
    const Digest hash = hash_bytes(hash_in(line)).value();
    const Digest head = hash_bytes(last_head()).value();
    knows_chain_ = knows_chain_ && (format == first_format || format == format_version);
    unread_heads_.push_back(knows_chain_ && format == format_version ? next_head(head, hash) : hash);
    if (const auto standing = standing_in(line)) unread_last_.insert_or_assign(standing->account, hash);
    unread_.emplace_back(line);
}

Result<> WorkspaceLog::append_line(std::string_view line) {
    auto read = CA_TRY(read_line(line));
    CA_TRY_VOID(check_chain(line));
    // Once one event is not understood, neither is what it did to those after it.
    if (read.foreign || !unread_.empty()) {
        if (unread_.empty()) unread_why_ = std::move(read.foreign->why);
        keep_unread(line);
        return {};
    }
    const Entry& entry = *read.entry;
    if (find(entry.id) != 0) {
        return fail("repeated_id",
                    "Its id is that of event " + std::to_string(find(entry.id)) + ": it stands here twice.", "id");
    }
    const Place place = next_place(entry.event);
    if (entry.place.position != place.position) {
        return fail("bad_position",
                    "Its position is " + std::to_string(entry.place.position) + ", but the next of its account is " +
                        std::to_string(place.position) + ".",
                    "position");
    }
    if (entry.place.based_on != place.based_on) {
        return fail("bad_based_on",
                    "It is based on position " + std::to_string(entry.place.based_on) + ", but the last event of \"" +
                        entry.event.entity + "\" has " + std::to_string(place.based_on) + ".",
                    "based_on");
    }
    lines_.add(line);
    fold(entry.event, static_cast<std::uint32_t>(size()));
    return {};
}

Sealed WorkspaceLog::seal(const std::vector<lifecycle::Event>& events, std::span<const std::string> ids) const {
    assert(events.size() == ids.size());
    Sealed sealed{*this};
    for (std::size_t i = 0; i < events.size(); ++i) sealed.add(ids[i], events[i]);
    return sealed;
}

void WorkspaceLog::append(Sealed sealed) {
    assert(sealed.after_ == size() && sealed.after_head_ == lines_.head(size()) && unread_.empty());
    lines_.add(std::move(sealed.lines_));
    folded_.workspace = std::move(sealed.workspace_);
    for (auto& [account, stream] : sealed.streams_) {
        auto& numbers = folded_.streams[account];
        numbers.insert(numbers.end(), stream.numbers.begin(), stream.numbers.end());
    }
    folded_.positions.take(std::move(sealed.positions_));
    if (sealed.last_at_) folded_.last_at = sealed.last_at_;
}

void WorkspaceLog::fold(const lifecycle::Event& event, std::uint32_t number) {
    lifecycle::apply(folded_.workspace, event);
    auto& numbers = folded_.streams[event.account];
    numbers.push_back(number);
    folded_.positions.set(Positions::name_of(event.account, event.entity), static_cast<std::uint32_t>(numbers.size()));
    folded_.last_at = event.at;
}

}  // namespace ca::journal
