#include "platform/steward/nats_broker.h"

#include "base/json.h"

#include <nats/nats.h>
#include <nlohmann/json.hpp>

#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <sstream>

namespace ca::steward {
namespace {

using Json = nlohmann::json;
using sharing::KeyPair;

constexpr std::int64_t request_timeout_ms = 5000;
// More than that waits nowhere: whoever is not answered asks again.
constexpr std::size_t requests_max = 10'000;

template<auto destroy>
struct Destroy {
    template<typename T>
    void operator()(T* value) const {
        destroy(value);
    }
};
using Options = std::unique_ptr<natsOptions, Destroy<natsOptions_Destroy>>;
using Connection = std::unique_ptr<natsConnection, Destroy<natsConnection_Destroy>>;
using Subscription = std::unique_ptr<natsSubscription, Destroy<natsSubscription_Destroy>>;
using Msg = std::unique_ptr<natsMsg, Destroy<natsMsg_Destroy>>;

std::unexpected<Error> unreachable(natsStatus status) {
    return fail("unreachable", std::string("The broker does not answer: ") + natsStatus_GetText(status) + ".");
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, separator);) parts.push_back(part);
    return parts;
}

std::string header(natsMsg* message, const char* name) {
    const char* value = nullptr;
    return natsMsgHeader_Get(message, name, &value) == NATS_OK && value ? std::string(value) : std::string();
}

std::string body(natsMsg* message) {
    return {natsMsg_GetData(message), static_cast<std::size_t>(natsMsg_GetDataLength(message))};
}

// "2026-11-28T09:30:00.123456789Z": of whole seconds the instant.
std::optional<Instant> instant_of(const std::string& text) {
    constexpr std::size_t seconds_end = 19;
    if (text.size() < seconds_end) return std::nullopt;
    const auto instant = parse_instant(text.substr(0, seconds_end) + "Z");
    return instant ? std::optional(*instant) : std::nullopt;
}

// What JetStream says is wrong; none where it says nothing.
std::optional<Error> error_in(const std::string& answer) {
    const auto json = Json::parse(answer, nullptr, false);
    if (!json.is_object()) return Error{"unreachable", "The broker’s answer cannot be read.", {}};
    if (!json.contains("error")) return std::nullopt;
    const auto& error = json["error"];
    constexpr int wrong_last_sequence = 10071;
    const bool is_conflict = error.value("err_code", 0) == wrong_last_sequence;
    return Error{is_conflict ? "conflict" : "refused_by_broker",
                 "The broker refused: " + error.value("description", std::string("no reason")) + ".",
                 std::to_string(error.value("err_code", 0))};
}

natsStatus sign_nonce(char** error, unsigned char** signature, int* size, const char* nonce, void* keys) {
    const std::string digits = sharing::sign(nonce, *static_cast<const KeyPair*>(keys));
    *size = static_cast<int>(digits.size() / 2);
    *signature = static_cast<unsigned char*>(std::malloc(digits.size() / 2));  // the library frees it
    if (!*signature) return *error = nullptr, NATS_NO_MEMORY;
    for (int i = 0; i < *size; ++i)
        (*signature)[i] =
            static_cast<unsigned char>(std::stoi(digits.substr(static_cast<std::size_t>(2 * i), 2), nullptr, 16));
    return NATS_OK;
}

std::string stream_config(std::string_view name, int replicas) {
    constexpr std::int64_t day_ns = 86'400'000'000'000;
    Json config{{"name", name},         {"retention", "limits"},
                {"storage", "file"},    {"num_replicas", replicas},
                {"allow_direct", true}, {"allow_rollup_hdrs", false},
                {"max_consumers", -1},  {"max_msgs", -1},
                {"max_bytes", -1},      {"max_age", 0},
                {"discard", "old"},     {"duplicate_window", 120'000'000'000}};
    if (name == sharing::record_stream) {
        config["subjects"] = {"rec.>"};
        config["deny_delete"] = true;
        config["deny_purge"] = true;
    } else if (name == sharing::answers_stream) {
        config["subjects"] = {"ans.>"};
        config["max_age"] = 30 * day_ns;
        config["max_msgs_per_subject"] = 10'000;
    } else {
        // So much may wait of one person; what is beyond it the broker refuses.
        config["subjects"] = {"cmd.>"};
        config["discard"] = "new";
        config["discard_new_per_subject"] = true;
        config["max_msgs_per_subject"] = 2000;
        config["max_msg_size"] = 1'200'000;
    }
    return config.dump();
}

// Where a broker has lost its streams, numbers go on beyond those of the lost ones: browsers remember the number of the
// answer that they read last, and the record that of the command decided last. (Of the record itself nobody remembers
// any.)
std::string config_of_new_stream(std::string_view name, int replicas) {
    auto config = Json::parse(stream_config(name, replicas));
    if (name != sharing::record_stream)
        config["first_seq"] =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count();
    return config.dump();
}

}  // namespace

struct NatsBroker::Work {
    explicit Work(const KeyPair& keys) : keys(keys) {}
    KeyPair keys;
    Connection connection;
    std::vector<Subscription> subscriptions;
    std::mutex mutex;
    std::condition_variable news;
    bool has_news = false;
    std::vector<Request> requests;  // under the mutex, as has_news is

    void tell() {
        const std::scoped_lock lock(mutex);
        has_news = true;
        news.notify_all();
    }
    Result<Msg> request(const std::string& subject, std::string_view bytes) {
        natsMsg* answer = nullptr;
        const auto status = natsConnection_Request(&answer, connection.get(), subject.c_str(), bytes.data(),
                                                   static_cast<int>(bytes.size()), request_timeout_ms);
        if (status != NATS_OK) return unreachable(status);
        return Msg(answer);
    }
    Result<std::string> ask(const std::string& subject, std::string_view bytes) {
        const auto answer = CA_TRY(request(subject, bytes));
        std::string text = body(answer.get());
        if (auto error = error_in(text)) return std::unexpected(std::move(*error));
        return text;
    }
};

NatsBroker::NatsBroker(std::unique_ptr<Work> work) : work_(std::move(work)) {}
NatsBroker::~NatsBroker() = default;

Result<std::unique_ptr<NatsBroker>> NatsBroker::connect(const std::string& url, const KeyPair& keys) {
    auto work = std::make_unique<Work>(keys);
    natsOptions* made = nullptr;
    if (const auto status = natsOptions_Create(&made); status != NATS_OK) return unreachable(status);
    const Options options(made);
    const std::string user = sharing::to_user(keys.key);
    auto servers = split(url, ',');
    std::vector<const char*> names;
    for (const auto& each : servers) names.push_back(each.c_str());
    natsStatus status = natsOptions_SetServers(made, names.data(), static_cast<int>(names.size()));
    if (status == NATS_OK) status = natsOptions_SetNKey(made, user.c_str(), sign_nonce, &work->keys);
    if (status == NATS_OK) status = natsOptions_SetMaxReconnect(made, -1);
    if (status == NATS_OK) status = natsOptions_SetReconnectWait(made, 250);
    if (status == NATS_OK)
        status = natsOptions_SetReconnectedCB(
            made, [](natsConnection*, void* closure) { static_cast<Work*>(closure)->tell(); }, work.get());
    natsConnection* connection = nullptr;
    if (status == NATS_OK) status = natsConnection_Connect(&connection, made);
    if (status != NATS_OK)
        return fail("not_available", "The broker at " + url + " cannot be used: " + natsStatus_GetText(status) + ".");
    work->connection.reset(connection);
    for (const char* subject : {"cmd.>", "rec.>"}) {
        natsSubscription* subscription = nullptr;
        status = natsConnection_Subscribe(
            &subscription, connection, subject,
            [](natsConnection*, natsSubscription*, natsMsg* message, void* closure) {
                natsMsg_Destroy(message);
                static_cast<Work*>(closure)->tell();
            },
            work.get());
        if (status != NATS_OK) return unreachable(status);
        work->subscriptions.emplace_back(subscription);
    }
    natsSubscription* subscription = nullptr;
    status = natsConnection_QueueSubscribe(
        &subscription, connection, "read.>", "stewards",
        [](natsConnection*, natsSubscription*, natsMsg* message, void* closure) {
            const Msg taken(message);
            auto& work = *static_cast<Work*>(closure);
            const char* reply = natsMsg_GetReply(message);
            {
                const std::scoped_lock lock(work.mutex);
                if (reply && work.requests.size() < requests_max)
                    work.requests.push_back({natsMsg_GetSubject(message), body(message), reply});
            }
            work.tell();
        },
        work.get());
    if (status != NATS_OK) return unreachable(status);
    work->subscriptions.emplace_back(subscription);
    return std::unique_ptr<NatsBroker>(new NatsBroker(std::move(work)));
}

Result<> NatsBroker::make_streams(int replicas) {
    constexpr std::string_view name_in_use = "10058";
    for (const auto name : {sharing::commands_stream, sharing::record_stream, sharing::answers_stream}) {
        auto made = work_->ask("$JS.API.STREAM.CREATE." + std::string(name), config_of_new_stream(name, replicas));
        if (!made && made.error().where == name_in_use)
            made = work_->ask("$JS.API.STREAM.UPDATE." + std::string(name), stream_config(name, replicas));
        if (!made) return std::unexpected(made.error());
    }
    return {};
}

Result<std::optional<sharing::Broker::Message>> NatsBroker::next(std::string_view stream, std::int64_t number,
                                                                 std::string_view subject) {
    const Json wanted{{"seq", std::max<std::int64_t>(number, 1)}, {"next_by_subj", std::string(subject)}};
    const auto answer = CA_TRY(work_->request("$JS.API.DIRECT.GET." + std::string(stream), wanted.dump()));
    const std::string status = header(answer.get(), "Status");
    if (status == "404") return std::nullopt;
    const auto at = instant_of(header(answer.get(), "Nats-Time-Stamp"));
    if (!status.empty() || !at)
        return fail("unreachable",
                    "The broker’s answer cannot be read: " + status + " " + header(answer.get(), "Description"));
    Message message{.number = std::atoll(header(answer.get(), "Nats-Sequence").c_str()),
                    .at = *at,
                    .subject = header(answer.get(), "Nats-Subject"),
                    .bytes = body(answer.get())};
    for (const char* name : {"Ca-Command", "Ca-Part"})
        if (auto value = header(answer.get(), name); !value.empty()) message.headers.emplace(name, std::move(value));
    return message;
}

Result<std::int64_t> NatsBroker::write(const Writing& writing) {
    natsMsg* made = nullptr;
    auto status = natsMsg_Create(&made, writing.subject.c_str(), nullptr, writing.bytes.data(),
                                 static_cast<int>(writing.bytes.size()));
    if (status != NATS_OK) return unreachable(status);
    const Msg message(made);
    auto headers = writing.headers;
    if (!writing.id.empty()) headers.emplace("Nats-Msg-Id", writing.id);
    if (writing.after) headers.emplace("Nats-Expected-Last-Sequence", std::to_string(*writing.after));
    for (const auto& [name, value] : headers)
        if (status == NATS_OK) status = natsMsgHeader_Set(made, name.c_str(), value.c_str());
    natsMsg* answer = nullptr;
    if (status == NATS_OK)
        status = natsConnection_RequestMsg(&answer, work_->connection.get(), made, request_timeout_ms);
    if (status != NATS_OK) return unreachable(status);
    const Msg acknowledged(answer);
    const std::string text = body(answer);
    if (auto error = error_in(text)) return std::unexpected(std::move(*error));
    const auto json = Json::parse(text, nullptr, false);
    if (!json.contains("seq")) return fail("unreachable", "The broker’s answer has no number.");
    return json["seq"].get<std::int64_t>();
}

Result<> NatsBroker::forget_commands(std::int64_t before) {
    const Json wanted{{"seq", before}};
    CA_TRY(work_->ask("$JS.API.STREAM.PURGE." + std::string(sharing::commands_stream), wanted.dump()));
    return {};
}

std::vector<NatsBroker::Request> NatsBroker::take_requests() {
    const std::scoped_lock lock(work_->mutex);
    return std::exchange(work_->requests, {});
}

// Whoever is not reached asks again.
void NatsBroker::reply(const Request& request, const std::string& bytes) {
    natsConnection_Publish(work_->connection.get(), request.reply.c_str(), bytes.data(),
                           static_cast<int>(bytes.size()));
}

void NatsBroker::say(const std::string& subject) {
    natsConnection_PublishString(work_->connection.get(), subject.c_str(), "");
}

void NatsBroker::wait(std::chrono::milliseconds time, const std::atomic<bool>& ended) {
    constexpr std::chrono::milliseconds slice{100};
    const auto until = std::chrono::steady_clock::now() + time;
    std::unique_lock lock(work_->mutex);
    while (!work_->has_news && !ended && std::chrono::steady_clock::now() < until)
        work_->news.wait_until(lock, std::min(until, std::chrono::steady_clock::now() + slice));
    work_->has_news = false;
}

}  // namespace ca::steward
