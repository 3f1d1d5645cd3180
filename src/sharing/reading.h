// What a browser has not got yet: asked for by its person, answered by a steward from its journal.
//
//     {"events":1234,"catalogue":14,"account":230,"answers":57}      read.<organisation>.<person>
//     {"lines":"…","answers":["…"],"answered":61,"more":false}
//
// A supplier's browser says how much it has of the catalogue and of its account's stream; the catalogue comes first, so
// that what is said of terms and products is never met before they are. The agreement team's has everything in the
// order of the record, and says how many events.
#pragma once

#include "journal/workspace_log.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ca::sharing {

struct ReadRequest {
    std::int64_t events = 0;     // of the whole record, of NHS England's people
    std::int64_t catalogue = 0;  // of the catalogue's stream,
    std::int64_t account = 0;    // of the account's, of everybody else
    std::int64_t answers = 0;    // the number of the last answer that was read
    static void describe(auto&& member, auto& self) {
        member("events", self.events);
        member("catalogue", self.catalogue);
        member("account", self.account);
        member("answers", self.answers);
    }
};
std::string to_text(const ReadRequest&);
Result<ReadRequest> read_request(std::string_view);

struct ReadAnswer {
    std::string lines;                   // each with its line feed
    std::vector<std::string> answers{};  // sharing/signed_command.h
    std::int64_t answered = 0;           // the number of the last of them, or as was asked
    bool more = false;                   // there is more than one message holds: ask again
    static void describe(auto&& member, auto& self) {
        member("lines", self.lines);
        member("answers", self.answers);
        member("answered", self.answered);
        member("more", self.more);
    }
};
std::string to_text(const ReadAnswer&);
Result<ReadAnswer> read_read_answer(std::string_view);

// The lines of it. `organisation`: an ODS code, or "nhse".
ReadAnswer lines_for(const journal::WorkspaceLog&, const std::string& organisation, const ReadRequest&);
// What a journal asks for next.
ReadRequest request_for(const journal::WorkspaceLog&, const std::string& organisation, std::int64_t answers);

}  // namespace ca::sharing
