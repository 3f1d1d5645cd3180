// The streams of a shared workspace: whom each event of it may reach.
//
//     account "YGA12"        what the account's contacts and NHS England read
//     account "YGA12/nhse"   what only NHS England reads of that account: work notes, requests, rows of ServiceNow
//     account ""             the catalogue, which everybody reads
//
// A stream is read whole or not at all (its chain would be broken else), so what contacts may not see must not stand in
// theirs. In a workspace of one's own, where nothing is read by anybody else, both are one.
#pragma once

#include "lifecycle/event.h"
#include "lifecycle/model.h"

#include <string>
#include <string_view>
#include <vector>

namespace ca::lifecycle {

inline constexpr std::string_view team_stream_end = "/nhse";

// The account of a stream: its ODS code, or empty.
std::string_view account_of(std::string_view stream);
std::string team_stream_of(std::string_view account);

// The same events, each in its stream, and those of one stream together: in the order of their first. Whoever reads all
// streams and whoever reads one come to the same account: an imported case with work notes comes twice, first without
// them; an entry of a case says its place where notes stand before it. `before`: the workspace that they are to follow.
std::vector<Event> in_streams(const Workspace& before, const std::vector<Event>& events);

}  // namespace ca::lifecycle
