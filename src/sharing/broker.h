// The broker as the steward needs it: three ordered streams that outlive everybody. One implementation speaks with NATS
// (platform/steward/nats_broker.h), one lies in memory and fails when it is told to (tests/sharing/simulated_broker.h).
//
// Calls return when the broker has answered. Error codes: `unreachable` (nothing is known of what was asked; ask
// again), `conflict` (somebody else has written meanwhile).
#pragma once

#include "base/result.h"
#include "base/time.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace ca::sharing {

inline constexpr std::string_view commands_stream = "COMMANDS", record_stream = "RECORD", answers_stream = "ANSWERS";

class Broker {
public:
    virtual ~Broker() = default;

    using Headers = std::map<std::string, std::string>;
    struct Message {
        std::int64_t number = 0;  // in its stream, from 1
        Instant at;               // when the broker took it
        std::string subject;
        Headers headers{};
        std::string bytes;
    };
    // The message of this number, or the first after it that there is (of this subject, where one is given); none where
    // that is still to come.
    virtual Result<std::optional<Message>> next(std::string_view stream, std::int64_t number,
                                                std::string_view subject = ">") = 0;

    struct Writing {
        std::string subject, bytes;
        std::string id;                       // written twice it is there once
        std::optional<std::int64_t> after{};  // the number of the last message of its stream, else `conflict`
        Headers headers{};
    };
    virtual Result<std::int64_t> write(const Writing&) = 0;  // its number
};

}  // namespace ca::sharing
