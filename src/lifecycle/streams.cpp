#include "lifecycle/streams.h"

#include "lifecycle/engine.h"
#include "lifecycle/explain.h"

#include <algorithm>
#include <map>

namespace ca::lifecycle {
namespace {

// As the customer may read it.
CaseImported without_notes(CaseImported body) {
    std::erase_if(body.record.activity, [](const CaseEntry& entry) { return !entry.visible_to_customer; });
    return body;
}

// The place of an entry that follows others which its readers do not have.
std::optional<int> place_of(const Workspace& workspace, const CaseEntryAdded& body) {
    const auto* known = workspace.find_case(body.number);
    const bool has_notes = known && !std::ranges::all_of(known->activity, &CaseEntry::visible_to_customer);
    return has_notes && body.visible_to_customer ? std::optional(static_cast<int>(known->activity.size()))
                                                 : std::nullopt;
}

}  // namespace

std::string_view account_of(std::string_view stream) {
    if (stream.ends_with(team_stream_end)) stream.remove_suffix(team_stream_end.size());
    return stream;
}

std::string team_stream_of(std::string_view account) { return std::string(account) + std::string(team_stream_end); }

std::vector<Event> in_streams(const Workspace& before, const std::vector<Event>& events) {
    Workspace workspace = before;
    std::vector<std::vector<Event>> streams;
    std::map<std::string, std::size_t> places;
    const auto add = [&](Event event) {
        const auto [at, is_new] = places.try_emplace(event.account, streams.size());
        if (is_new) streams.emplace_back();
        streams[at->second].push_back(std::move(event));
    };
    for (Event event : events) {
        apply(workspace, event);
        if (auto* entry = std::get_if<CaseEntryAdded>(&event.body)) {
            // Its own place is the last by now.
            const auto place = place_of(workspace, *entry);
            if (place) entry->place = *place - 1;
        }
        if (hidden_from_contacts(event)) {
            if (const auto* imported = std::get_if<CaseImported>(&event.body)) {
                Event seen = event;
                seen.body = without_notes(*imported);
                add(std::move(seen));
            }
            event.account = team_stream_of(event.account);
        }
        add(std::move(event));
    }
    std::vector<Event> all;
    for (auto& stream : streams) std::ranges::move(stream, std::back_inserter(all));
    return all;
}

}  // namespace ca::lifecycle
