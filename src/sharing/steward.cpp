#include "sharing/steward.h"

#include "lifecycle/streams.h"
#include "sharing/person.h"
#include "sharing/record_lines.h"

#include <algorithm>
#include <charconv>

namespace ca::sharing {
namespace {

constexpr std::string_view command_header = "Ca-Command", part_header = "Ca-Part";
constexpr std::size_t message_bytes_max = 4 * 1024 * 1024;
// More than that in a minute no person does, not even by a ZIP of many agreements, of which each is a download of its
// own.
constexpr std::size_t commands_a_minute_max = 1'000, visitors_a_minute_max = 60;  // of all visitors together

std::int64_t number_in(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string header(const Broker::Message& message, std::string_view name) {
    const auto found = message.headers.find(std::string(name));
    return found == message.headers.end() ? std::string() : found->second;
}

std::optional<Arrived> arrived(const Broker::Message& message) {
    constexpr std::string_view begin = "cmd.";
    const std::string_view subject = message.subject;
    const auto end = subject.find('.', begin.size());
    if (!subject.starts_with(begin) || end == std::string_view::npos) return std::nullopt;
    return Arrived{.number = message.number,
                   .at = message.at,
                   .organisation = std::string(subject.substr(begin.size(), end - begin.size())),
                   .person = std::string(subject.substr(end + 1)),
                   .bytes = message.bytes};
}

bool is_about_access(const lifecycle::Event& event) {
    const auto is = [&]<typename... Body>() { return (std::holds_alternative<Body>(event.body) || ...); };
    return is.operator()<lifecycle::PersonInvited, lifecycle::DeviceAdmitted, lifecycle::AccessRemoved>();
}

// Lines in pieces that a message holds.
std::vector<std::string> in_messages(std::string_view lines) {
    std::vector<std::string> pieces;
    while (!lines.empty()) {
        std::size_t end = lines.size();
        if (end > message_bytes_max) {
            end = lines.rfind('\n', message_bytes_max);
            if (end == std::string_view::npos) end = lines.find('\n');
            ++end;
        }
        pieces.emplace_back(lines.substr(0, end));
        lines.remove_prefix(end);
    }
    return pieces;
}

}  // namespace

Steward::Steward(Broker& broker, journal::Store& store, House house, Around around)
    : broker_(broker), store_(store), house_(std::move(house)), around_(std::move(around)) {}

// ---- The record -------------------------------------------------------------------------------------------

Result<> Steward::keep(const std::string& lines) {
    const std::size_t before = store_.log().size();
    Result<> kept;
    store_.adopt(lines, [&](Result<journal::Committed> done) {
        if (!done) kept = std::unexpected(done.error());
    });
    if (!kept) {
        // What the record holds beyond the journal is read again, from where nothing is missing.
        begun_.clear();
        record_last_ = 0;
        record_events_ = 0;
        return kept;
    }
    const auto& log = store_.log();
    bool has_changed = false;
    std::set<std::string> streams;
    for (std::size_t number = before + 1; number <= log.size(); ++number) {
        const auto event = log.entry(number).event;
        has_changed = has_changed || is_about_access(event);
        streams.insert(event.account);
    }
    if (has_changed) around_.access_changed(log.workspace());
    if (!streams.empty()) around_.kept(streams);
    return {};
}

// A message of the record; what belongs together is kept together.
Result<> Steward::take(const Broker::Message& message) {
    const std::string part = header(message, part_header);
    const auto slash = part.find('/');
    Part here{.command = number_in(header(message, command_header)),
              .part = static_cast<std::size_t>(number_in(std::string_view(part).substr(0, slash))),
              .parts = slash == std::string::npos ? 1 : static_cast<std::size_t>(number_in(part.substr(slash + 1))),
              .lines = message.bytes};
    record_events_ += static_cast<std::size_t>(std::ranges::count(here.lines, '\n'));
    if (!begun_.empty() && begun_.front().command != here.command)
        return fail("diverged", "In the record the messages of a command are not all there, and others follow.");
    begun_.push_back(std::move(here));
    if (begun_.size() < begun_.back().parts) return {};
    std::string lines;
    for (const Part& each : begun_) lines += each.lines;
    CA_TRY_VOID(keep(lines));
    if (begun_.front().command > 0) {
        figures_.decided = begun_.front().command;
        unanswered_.push_back(figures_.decided);
        command_next_ = std::max(command_next_, figures_.decided + 1);
    }
    begun_.clear();
    return {};
}

Result<> Steward::catch_up() {
    for (;;) {
        const auto message = CA_TRY(broker_.next(record_stream, record_last_ + 1));
        if (!message) return {};
        CA_TRY_VOID(take(*message));
        record_last_ = message->number;
    }
}

std::vector<Broker::Writing> Steward::messages_of(const std::vector<lifecycle::Event>& events,
                                                  std::int64_t command) const {
    std::vector<Broker::Writing> messages;
    for (const auto& [stream, lines] : to_lines(store_.log(), events))
        for (auto& piece : in_messages(lines))
            messages.push_back({.subject = record_subject(stream), .bytes = std::move(piece), .id = {}});
    for (std::size_t i = 0; i < messages.size(); ++i) {
        auto& message = messages[i];
        const std::string part = command == 0 ? "1/1" : std::to_string(i + 1) + "/" + std::to_string(messages.size());
        message.headers.emplace(command_header, std::to_string(command));
        message.headers.emplace(part_header, part);
    }
    return messages;
}

// Writes what is not there yet. False: somebody else has written; what that was is to be read first.
Result<bool> Steward::write_all(std::int64_t command, const std::vector<Broker::Writing>& messages) {
    for (std::size_t i = 0; i < begun_.size(); ++i)
        if (i >= messages.size() || begun_[i].lines != messages[i].bytes || begun_[i].command != command)
            return fail("diverged", "The record says something else of command " + std::to_string(command) +
                                        " than this program decides.");
    const bool is_whole = command == 0;  // each message by itself
    Result<bool> all = true;
    for (std::size_t i = begun_.size(); all && *all && i < messages.size(); ++i) {
        auto writing = messages[i];
        writing.after = record_last_;
        const auto number = broker_.write(writing);
        if (number) {
            record_last_ = *number;
            record_events_ += static_cast<std::size_t>(std::ranges::count(writing.bytes, '\n'));
            begun_.push_back(
                {.command = command, .part = i + 1, .parts = messages.size(), .lines = std::move(writing.bytes)});
        } else if (number.error().code == "conflict") {
            all = false;
        } else {
            all = std::unexpected(number.error());
        }
    }
    if (!is_whole && !(all && *all)) return all;
    std::string lines;
    for (const Part& each : begun_) lines += each.lines;
    if (!lines.empty()) CA_TRY_VOID(keep(lines));
    begun_.clear();
    if (all && *all && !messages.empty()) wrote_ = command;
    return all;
}

Result<> Steward::record(const std::vector<lifecycle::Event>& events) {
    CA_TRY_VOID(catch_up());
    if (!begun_.empty()) return fail("busy", "A command is half written; let a steward finish it first.");
    if (!CA_TRY(write_all(0, messages_of(events, 0))))
        return fail("conflict", "Something else was recorded meanwhile. Try again.");
    return {};
}

Result<> Steward::mend_record() {
    const auto& log = store_.log();
    while (begun_.empty() && record_events_ < log.size()) {
        Broker::Writing writing{.subject = {}, .bytes = {}, .id = {}, .headers = {{std::string(part_header), "1/1"}}};
        std::size_t next = record_events_ + 1;
        const std::string stream = log.entry(next).event.account;
        for (;
             next <= log.size() && writing.bytes.size() < message_bytes_max && log.entry(next).event.account == stream;
             ++next)
            writing.bytes += log.line_at(next) + "\n";
        writing.subject = record_subject(stream);
        if (!CA_TRY(write_all(0, {writing}))) return fail("conflict", "Something else was recorded meanwhile.");
    }
    return {};
}

// ---- Commands ---------------------------------------------------------------------------------------------

bool Steward::is_too_many(const Arrived& asked) {
    constexpr std::int64_t minute = 60;
    const bool is_visitor = asked.organisation == visitors;
    auto& times = lately_[asked.organisation + "." + (is_visitor ? "" : asked.person)];
    while (!times.empty() && times.front().seconds <= asked.at.seconds - minute) times.pop_front();
    if (times.size() >= (is_visitor ? visitors_a_minute_max : commands_a_minute_max)) return true;
    times.push_back(asked.at);
    return false;
}

Result<Decided> Steward::decided_now(const Arrived& asked) {
    if (asked.organisation == steward_organisation) return decide(store_.log(), asked, house_);
    if (asked.number == wrote_) return answer_again(store_.log(), asked, house_);  // the answer did not get out
    if (is_too_many(asked))
        return turn_away(asked,
                         {"too_many",
                          "More than " + std::to_string(commands_a_minute_max) +
                              " commands came from you within a minute, so this one was not taken. Try again in a "
                              "minute.",
                          {}});
    auto decided = decide(store_.log(), asked, house_);
    // What was refused once stays so: sent again later it might be taken, and its person does not expect that.
    const auto before = decided.answer ? refused_.find(decided.answer->id) : refused_.end();
    if (before != refused_.end() && before->second != asked.number) return Decided{.turned_away = "replayed"};
    return decided;
}

Result<> Steward::read_answers() {
    for (;;) {
        const auto message = CA_TRY(broker_.next(answers_stream, answers_last_ + 1));
        if (!message) return {};
        answers_last_ = message->number;
        const auto answer = read_answer(message->bytes);
        if (answer) answered_ = std::max(answered_, answer->command);
        if (answer && answer->is_refused()) refused_.try_emplace(answer->id, answer->command);
    }
}

Result<> Steward::answer(Decided decided, const Arrived& asked) {
    if (decided.invitation) {
        const std::string link = around_.invited(*decided.invitation);
        if (decided.answer && asked.organisation == nhse) decided.answer->link = link;
    }
    if (!decided.answer || asked.organisation == visitors) return {};
    const auto number = broker_.write({.subject = "ans." + asked.organisation + "." + asked.person,
                                       .bytes = to_text(*decided.answer),
                                       .id = "ans-" + std::to_string(asked.number)});
    if (!number) return std::unexpected(number.error());
    around_.answered(asked.organisation);
    return {};
}

// Written twice an answer is there once, by its id.
Result<> Steward::answer_for_others() {
    for (; !unanswered_.empty(); unanswered_.pop_front()) {
        const auto number = unanswered_.front();
        if (number <= answered_) continue;
        const auto message = CA_TRY(broker_.next(commands_stream, number));
        const auto asked = message && message->number == number ? arrived(*message) : std::nullopt;
        if (asked && asked->organisation != steward_organisation)
            CA_TRY_VOID(answer(answer_again(store_.log(), *asked, house_), *asked));
    }
    return {};
}

Result<bool> Steward::decide_next() {
    CA_TRY_VOID(catch_up());
    CA_TRY_VOID(answer_for_others());
    const auto number = begun_.empty() ? command_next_ : begun_.front().command;
    const auto message = CA_TRY(broker_.next(commands_stream, number));
    if (!message) return false;
    const auto asked = arrived(*message);
    if (!asked) {
        command_next_ = message->number + 1;
        return true;
    }
    auto decided = CA_TRY(decided_now(*asked));
    if (!CA_TRY(write_all(asked->number, messages_of(decided.events, asked->number)))) return true;  // once more
    CA_TRY_VOID(answer(decided, *asked));
    if (decided.answer && decided.answer->is_refused()) refused_.try_emplace(decided.answer->id, asked->number);
    command_next_ = asked->number + 1;
    figures_.decided = asked->number;
    if (!decided.turned_away.empty()) {
        ++figures_.turned_away;
        around_.turned_away(decided.turned_away, *asked);
    } else if (asked->organisation == steward_organisation) {
        figures_.due += static_cast<std::int64_t>(decided.events.size());
    } else {
        ++(decided.answer->is_recorded() ? figures_.recorded : figures_.refused);
    }
    return true;
}

// ---- Time -------------------------------------------------------------------------------------------------

std::optional<Instant> Steward::next_due() const {
    const auto& queue = store_.log().workspace().due_queue;
    return queue.empty() ? std::nullopt : std::optional((*queue.begin()).first.first);
}

Result<> Steward::say_time(Instant due, int attempt) {
    const auto written = broker_.write({.subject = "cmd." + std::string(steward_organisation) + ".tick",
                                        .bytes = format_iso(due),
                                        .id = "tick-" + std::to_string(due.seconds) + "-" + std::to_string(attempt)});
    if (!written) return std::unexpected(written.error());
    return {};
}

}  // namespace ca::sharing
