// What the portal asks of the machine where a workspace is shared (sharing/): to keep the keys of this browser, to sign
// and keep what its person asks for until it is sent, and to speak with the broker. One implementation
// (web/src/sharing.ts, by the bridge), and one for tests that has a steward of its own
// (tests/app/shared_workspace_test.cpp).
//
// All calls return at once. Calls back come later, on the same thread.
#pragma once

#include "base/result.h"
#include "base/time.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ca::app {

// Which shared workspace this browser takes part in, and as whom. The setting "shared" is one, in canonical JSON.
struct Membership {
    std::string hub, workspace, organisation, person;  // as in sharing/invitation_link.h
    std::string key;                                   // of this browser, which it signs with
    std::string device;                                // in the person's own words
    Instant since;
    static void describe(auto&& member, auto& self) {
        member("hub", self.hub);
        member("workspace", self.workspace);
        member("organisation", self.organisation);
        member("person", self.person);
        member("key", self.key);
        member("device", self.device);
        member("since", self.since);
    }
};
// None where the setting is empty, or is none.
std::optional<Membership> membership_of(std::string_view setting);

class Hub {
public:
    virtual ~Hub() = default;

    enum class State : std::uint8_t { connecting, connected, refused };
    struct Hears {
        std::function<void(State, std::string words)> state;
        std::function<void(std::string read_answer)> heard;  // sharing/reading.h; answered by kept()
        std::function<void()> outbox;                        // it has changed
        std::function<std::string(std::int64_t answers)> request;
    };
    virtual void start(Hears) = 0;
    // What was heard is in the journal; `more`: there is more to be read, or it must be read again.
    virtual void kept(std::int64_t answers, bool more) = 0;

    struct Waiting {
        std::string id;
        std::string text;     // sharing/signed_command.h, CommandText
        std::string state;    // "waiting", "sent", "answered"
        std::string answer;   // Answer, where it is answered
        std::string trouble;  // why it is not sent yet, where that is known
        static void describe(auto&& member, auto& self) {
            member("id", self.id);
            member("text", self.text);
            member("state", self.state);
            member("answer", self.answer);
            member("trouble", self.trouble);
        }
    };
    virtual std::vector<Waiting> outbox() = 0;
    virtual void send(std::string_view id, std::string_view text) = 0;  // kept, signed and sent as soon as can be
    virtual void answered(std::string_view id, std::string_view answer) = 0;
    virtual void forget(std::string_view id) = 0;

    // By the canonical JSON of an invitation. Where it succeeds the portal begins anew; else `refused` has words.
    virtual void join(std::string_view invitation, std::string_view device,
                      std::function<void(std::string words)> refused) = 0;
    virtual void leave() = 0;

    // What a visitor asks for, by the canonical JSON of the visitors' link; signed with a key that is made for it alone
    // and kept nowhere. Without words: the broker has taken it.
    virtual void ask(std::string_view link, std::string_view id, std::string_view text,
                     std::function<void(std::string words)> done) = 0;
    // The token of the link that the site offers to visitors; empty where it offers none, or cannot be asked.
    virtual void find_registering(std::function<void(std::string token)> found) = 0;
};

}  // namespace ca::app
