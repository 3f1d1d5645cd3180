// The messages of the outbox, as mail: each is handed to a program that takes it as sendmail does, and marked as sent
// in the record once that has taken it. What it does not take is tried again, after growing pauses, for three days;
// what is older than that is left to people.
//
//     MailRound mail("msmtp -t", "https://portal.example/");
//     for (const auto& event : mail.go(workspace, now, tell)) CA_TRY_VOID(steward.record({event}));
//     wait until mail.next_try()
#pragma once

#include "lifecycle/event.h"
#include "lifecycle/model.h"

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ca::steward {

class MailRound {
public:
    MailRound(std::string command, std::string portal_address)
        : command_(std::move(command)), portal_address_(std::move(portal_address)) {}

    using Tell = std::function<void(std::string_view what, std::size_t notification, std::string_view words)>;
    // The marks of those that were sent now.
    std::vector<lifecycle::Event> go(const lifecycle::Workspace&, Instant now, const Tell&);
    std::optional<Instant> next_try() const;

private:
    struct Waiting {
        std::size_t place;  // in workspace.notifications
        Instant next;
        std::int64_t pause_seconds;
    };
    std::string command_, portal_address_;
    std::size_t seen_ = 0;
    std::deque<Waiting> waiting_;
};

}  // namespace ca::steward
