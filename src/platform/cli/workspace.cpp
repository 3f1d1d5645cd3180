#include "platform/cli/workspace.h"

#include "platform/cli/kept_journal.h"
#include "platform/native/directory_medium.h"
#include "platform/native/random_id.h"

#include <algorithm>

namespace ca::cli {

// The store's callbacks come before its calls return: a directory medium waits for nothing but its lock.

Workspace::Workspace(std::string folder)
    : store_(std::make_unique<platform::DirectoryMedium>(std::move(folder)), platform::random_id) {}

Result<> Workspace::open() {
    Result<> opened;
    store_.open([&](Result<> result) { opened = std::move(result); });
    state_ = store_.log().workspace();
    return opened;
}

std::vector<std::string> Workspace::warnings() const {
    const journal::Condition& condition = store_.condition();
    std::vector<std::string> words;
    if (condition.damage) words.push_back(condition.damage->message);
    if (condition.reason) words.push_back(condition.reason->message);
    if (condition.files_set_aside > 0) words.push_back(files_set_aside(condition.files_set_aside));
    return words;
}

lifecycle::Step Workspace::step(const lifecycle::Command& command, const lifecycle::Actor& actor, Instant at) {
    lifecycle::Step step;
    lifecycle::Workspace after;
    Result<> kept;
    store_.commit(
        [&](const lifecycle::Workspace& fresh) -> Result<std::vector<lifecycle::Event>> {
            after = fresh;
            // Lines without events move the clock as well, for as long as this program runs.
            after.now = std::max(after.now, state_.now);
            step = lifecycle::step(after, command, actor, at);
            std::vector<lifecycle::Event> events = step.fell_due;
            if (step.decision) events.insert(events.end(), step.decision->events.begin(), step.decision->events.end());
            return events;
        },
        [&](Result<journal::Committed> committed) {
            if (!committed) kept = std::unexpected(committed.error());
        });
    if (!kept) {
        // Whoever speaks to this program has the answer, and asks again if need be; nothing may happen behind it.
        store_.discard_unsaved();
        return {{}, std::unexpected(kept.error())};
    }
    state_ = std::move(after);
    return step;
}

}  // namespace ca::cli
