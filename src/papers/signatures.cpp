#include "papers/signatures.h"

#include "base/text.h"
#include "lifecycle/explain.h"
#include "sharing/command_text.h"
#include "sharing/signature.h"
#include "sharing/signed_command.h"

#include <algorithm>

namespace ca::papers {
namespace {

using lifecycle::CommandSigned;

bool is_admitted(const std::vector<journal::Entry>& events, const std::string& key, const std::string& person) {
    return std::ranges::any_of(events, [&](const journal::Entry& entry) {
        const auto* device = std::get_if<lifecycle::DeviceAdmitted>(&entry.event.body);
        return device && device->key == key && to_ascii_lower(device->person) == to_ascii_lower(person);
    });
}

// What is wrong; empty: nothing.
std::string problem_of(const std::vector<journal::Entry>& events, std::size_t index) {
    const auto& entry = events[index];
    const auto& command = std::get<CommandSigned>(entry.event.body);
    if (!sharing::is_signed(command.text, command.key, command.signature))
        return "The signature is not right for the command that it stands by.";
    const auto text = sharing::read_command_text(command.text);
    if (!text) return "The command that was signed cannot be read.";
    if (to_ascii_lower(text->person) != to_ascii_lower(sharing::to_text(entry.event.by)))
        return "It was signed by somebody else than its event says.";
    if (!is_admitted(events, command.key, text->person)) return "Nothing says that its key is that person’s.";
    const auto* next = index + 1 < events.size() ? &events[index + 1] : nullptr;
    const bool follows = next && next->event.account == entry.event.account &&
                         next->place.position == entry.place.position + 1 && next->event.by == entry.event.by;
    return follows ? "" : "What was signed does not stand behind it.";
}

}  // namespace

CheckedSignatures check_signatures(const std::vector<journal::Entry>& events) {
    CheckedSignatures checked;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto& event = events[i].event;
        const auto* command = std::get_if<CommandSigned>(&event.body);
        if (!command) continue;
        const std::string problem = problem_of(events, i);
        if (!problem.empty()) {
            checked.wrong.push_back({"The signatures in it", "Of " + lifecycle::actor_words(event.by) + ", " +
                                                                 format_words(event.at) + ": " + problem});
            continue;
        }
        checked.good.push_back({.person = sharing::to_text(event.by),
                                .what = lifecycle::explain(events[i + 1].event).what,
                                .key = command->key,
                                .at = event.at});
    }
    return checked;
}

}  // namespace ca::papers
