#include "journal/seen_record.h"

#include "lifecycle/engine.h"
#include "lifecycle/streams.h"

#include <algorithm>
#include <iterator>

namespace ca::journal {

std::vector<Entry> SeenRecord::stream(std::string_view account) const {
    std::vector<Entry> entries;
    std::vector<std::uint32_t> numbers;
    std::ranges::merge(log_.stream(account), log_.stream(lifecycle::team_stream_of(account)),
                       std::back_inserter(numbers));
    for (const std::size_t number : numbers)
        if (auto entry = log_.entry(number); lifecycle::may_see(seen_, entry.event))
            entries.push_back(std::move(entry));
    return entries;
}

std::string SeenRecord::lines() const {
    std::string lines;
    for (std::size_t number = 1; number <= log_.size(); ++number)
        if (lifecycle::may_see(seen_, log_.entry(number).event)) lines += log_.line_at(number) + "\n";
    return lines;
}

std::vector<lifecycle::Event> SeenRecord::due(Instant until) const {
    auto events = lifecycle::due(log_.workspace(), until);
    std::erase_if(events, [&](const lifecycle::Event& event) { return !lifecycle::may_see(seen_, event); });
    return events;
}

}  // namespace ca::journal
