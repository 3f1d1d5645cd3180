// The broker in memory, shared by any number of stewards, with faults at their steps: what is asked fails before its
// effect or after it, or the steward dies there (an exception that its test catches). Its clock is told.
#pragma once

#include "sharing/broker.h"

#include <functional>
#include <map>
#include <stdexcept>
#include <vector>

namespace ca::sharing::test {

struct Died : std::runtime_error {
    Died() : std::runtime_error("the steward died") {}
};
enum class Fault : std::uint8_t { none, fails, fails_late, dies, dies_late };

struct BrokerState {
    std::map<std::string, std::vector<Broker::Message>> streams;
    std::map<std::string, std::int64_t> ids;  // written, by id
    Instant now{1'000'000};

    static std::string stream_of(std::string_view subject) {
        if (subject.starts_with("cmd.")) return std::string(commands_stream);
        return std::string(subject.starts_with("rec.") ? record_stream : answers_stream);
    }
    Result<std::int64_t> write(const Broker::Writing& writing) {
        auto& stream = streams[stream_of(writing.subject)];
        if (!writing.id.empty())
            if (const auto known = ids.find(writing.id); known != ids.end()) return known->second;
        if (writing.after && *writing.after != static_cast<std::int64_t>(stream.size()))
            return fail("conflict", "Somebody else has written.");
        const auto number = static_cast<std::int64_t>(stream.size()) + 1;
        stream.push_back({number, now, writing.subject, writing.headers, writing.bytes});
        if (!writing.id.empty()) ids.emplace(writing.id, number);
        return number;
    }
};

class SimulatedBroker final : public Broker {
public:
    using NextFault = std::function<Fault()>;
    explicit SimulatedBroker(
        BrokerState& state, NextFault fault = [] { return Fault::none; })
        : state_(state), fault_(std::move(fault)) {}

    Result<std::optional<Message>> next(std::string_view stream, std::int64_t number, std::string_view) override {
        const Fault fault = fault_();
        if (fault == Fault::dies || fault == Fault::dies_late) throw Died();
        if (fault != Fault::none) return fail("unreachable", "No answer.");
        const auto& messages = state_.streams[std::string(stream)];
        const auto at = static_cast<std::size_t>(std::max<std::int64_t>(number, 1)) - 1;
        return at < messages.size() ? std::optional(messages[at]) : std::nullopt;
    }
    Result<std::int64_t> write(const Writing& writing) override {
        const Fault fault = fault_();
        if (fault == Fault::dies) throw Died();
        if (fault == Fault::fails) return ca::fail("unreachable", "No answer.");
        const auto written = state_.write(writing);
        if (fault == Fault::dies_late) throw Died();
        if (fault == Fault::fails_late) return ca::fail("unreachable", "No answer.");
        return written;
    }

private:
    static std::unexpected<Error> fail(std::string code, std::string words) {
        return ca::fail(std::move(code), std::move(words));
    }
    BrokerState& state_;
    NextFault fault_;
};

}  // namespace ca::sharing::test
