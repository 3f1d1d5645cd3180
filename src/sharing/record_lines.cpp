#include "sharing/record_lines.h"

#include "lifecycle/streams.h"

namespace ca::sharing {
namespace {

// The end of a stream, while lines are added to it.
struct End {
    std::int64_t position = 0;
    std::string hash;
    std::map<std::string, std::int64_t> entities{};  // where each of those added stood last
};

End end_of(const journal::WorkspaceLog& log, const std::string& stream) {
    const auto numbers = log.stream(stream);
    return {.position = static_cast<std::int64_t>(numbers.size()),
            .hash = numbers.empty() ? std::string(journal::no_hash) : log.hash_at(numbers.back())};
}

std::string id_of(const lifecycle::Event& event, const End& end) {
    if (const auto* command = std::get_if<lifecycle::CommandSigned>(&event.body))
        return entry_id_of_command(command->id);
    return sha256_hex(event.account + "\n" + std::to_string(end.position + 1) + "\n" + end.hash)
        .substr(0, journal::id_length);
}

}  // namespace

std::vector<StreamLines> to_lines(const journal::WorkspaceLog& log, const std::vector<lifecycle::Event>& events) {
    std::vector<StreamLines> streams;
    End end;
    for (const auto& event : lifecycle::in_streams(log.workspace(), events)) {
        if (streams.empty() || streams.back().stream != event.account) {
            streams.push_back({.stream = event.account, .lines = {}});
            end = end_of(log, event.account);
        }
        const auto known = end.entities.find(event.entity);
        const auto kept = log.folded().positions.of(journal::Positions::name_of(event.account, event.entity));
        journal::Entry entry{
            .id = id_of(event, end),
            .place = {.position = end.position + 1, .based_on = known != end.entities.end() ? known->second : kept},
            .event = event,
            .previous = end.hash,
            .hash = {}};
        entry.hash = journal::hash_of(entry.previous, journal::canonical_bytes(entry));
        streams.back().lines += journal::to_line(entry) + "\n";
        end.position = entry.place.position;
        end.hash = std::move(entry.hash);
        end.entities.insert_or_assign(event.entity, end.position);
    }
    return streams;
}

std::string entry_id_of_command(std::string_view command_id) {
    return sha256_hex("command " + std::string(command_id)).substr(0, journal::id_length);
}

}  // namespace ca::sharing
