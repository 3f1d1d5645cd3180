// The broker that is NATS with JetStream (sharing/broker.h), by libnats. Requests of JetStream's own interface are made
// by their subjects ($JS.API.…), as its reference has them.
#pragma once

#include "sharing/broker.h"
#include "sharing/signature.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <vector>

namespace ca::steward {

class NatsBroker final : public sharing::Broker {
public:
    // `url`: "nats://127.0.0.1:4222", several with commas between. Once connected, it connects again by itself whenever
    // the connection is lost. Error: not_available (in words): none of them answers, or lets this key in.
    static Result<std::unique_ptr<NatsBroker>> connect(const std::string& url, const sharing::KeyPair&);
    ~NatsBroker() override;

    // Makes the three streams, or brings them to what this program needs.
    Result<> make_streams(int replicas);

    Result<std::optional<Message>> next(std::string_view stream, std::int64_t number,
                                        std::string_view subject) override;
    Result<std::int64_t> write(const Writing&) override;
    // Commands before this number are not wanted any more.
    Result<> forget_commands(std::int64_t before);

    // What people want to read: asked by `read.<organisation>.<person>`, taken once by one steward of all.
    struct Request {
        std::string subject, bytes, reply;
    };
    std::vector<Request> take_requests();
    void reply(const Request&, const std::string& bytes);
    // Says something that is not kept.
    void say(const std::string& subject);

    // Returns when something was written to a stream, or asked, or the connection came back, or the time is over, or
    // `ended` is set (by a signal, which can wake nobody: so it is looked at now and then).
    void wait(std::chrono::milliseconds, const std::atomic<bool>& ended);

private:
    struct Work;
    explicit NatsBroker(std::unique_ptr<Work>);
    std::unique_ptr<Work> work_;
};

}  // namespace ca::steward
