// The steward: the one who decides. It takes the commands of a shared workspace in the broker's order, and writes what
// follows, for everybody who may read it.
//
//     Steward steward{broker, store, house, around};
//     CA_TRY_VOID(steward.read_answers());                   // what was refused before
//     CA_TRY_VOID(steward.catch_up());                       // the record, into its own journal
//     CA_TRY_VOID(steward.mend_record());                    // and back, where the broker has lost something
//     while (CA_TRY(steward.decide_next())) {}               // every command that waits
//     wait(for the broker, or until steward.next_due());
//     if (something is due) CA_TRY_VOID(steward.say_time());
//
// The broker's stream RECORD is the truth, and follows from COMMANDS alone: a command is decided at the broker's time
// of its message, and what time causes is caused by a command too (cmd.steward.tick, which only stewards may write). So
// a steward that starts again, or a second one beside the first, comes to the same bytes.
//
// What one command causes is one message for each stream, in a row, each with the command's number and its place among
// them (Ca-Command: 812, Ca-Part: 2/5). They are written one after the other, each only after the one that the steward
// has seen last: of two stewards one is first, and the other reads what it was about to write. Where one has died in
// the middle, the next one decides that command again and writes the rest. Only what is whole is taken into the
// journal, as one commit.
//
// Errors: those of the broker and the store, after which the same call can be made again, and `diverged`: the record is
// not what this program makes of the commands. Then it must not go on.
#pragma once

#include "journal/store.h"
#include "sharing/broker.h"
#include "sharing/deciding.h"

#include <deque>
#include <functional>
#include <set>
#include <unordered_map>

namespace ca::sharing {

class Steward {
public:
    struct Around {
        std::function<void(const lifecycle::Workspace&)> access_changed;  // whom the broker is to let in
        std::function<void(const std::set<std::string>& streams)> kept;   // something new of these is in the journal
        std::function<void(const std::string& organisation)> answered;    // somebody of it
        std::function<std::string(const Invitation&)> invited;            // makes the link, and sends it where it can
        std::function<void(std::string_view code, const Arrived&)> turned_away;
    };
    Steward(Broker&, journal::Store&, House, Around);  // all outlive it; the store is open

    Result<> read_answers();
    Result<> catch_up();
    // False: none waits.
    Result<bool> decide_next();
    std::optional<Instant> next_due() const;
    // That this instant has come. Where the broker's clock is behind it must be said again, as another attempt.
    Result<> say_time(Instant due, int attempt);
    // Where the broker has lost the end of the record, or all of it (an older backup was put back, or none), writes
    // what this journal has beyond it.
    Result<> mend_record();
    // What is recorded without a command: an import, the first invitation. An error of the broker may leave it written
    // in part.
    Result<> record(const std::vector<lifecycle::Event>&);

    struct Figures {
        std::int64_t decided = 0;  // the number of the last command that caused something, or that was looked at
        std::int64_t recorded = 0, refused = 0, turned_away = 0, due = 0;
    };
    const Figures& figures() const { return figures_; }
    // Commands before this number are settled: nobody needs them any more.
    std::int64_t settled_before() const { return begun_.empty() ? command_next_ : begun_.front().command; }

private:
    struct Part {
        std::int64_t command = 0;
        std::size_t part = 0, parts = 0;
        std::string lines;
    };
    Result<> take(const Broker::Message&);
    Result<> keep(const std::string& lines);
    Result<bool> write_all(std::int64_t command, const std::vector<Broker::Writing>&);
    std::vector<Broker::Writing> messages_of(const std::vector<lifecycle::Event>&, std::int64_t command) const;
    Result<> answer(Decided, const Arrived&);
    Result<> answer_for_others();
    bool is_too_many(const Arrived&);
    Result<Decided> decided_now(const Arrived&);

    Broker& broker_;
    journal::Store& store_;
    House house_;
    Around around_;
    Figures figures_;
    std::int64_t command_next_ = 1, record_last_ = 0;
    std::size_t record_events_ = 0;                 // in what was read or written of the record
    std::int64_t wrote_ = 0;                        // the last command whose events this one wrote
    std::int64_t answers_last_ = 0, answered_ = 0;  // of ANSWERS; the last command that was answered
    std::deque<std::int64_t> unanswered_;           // commands that another steward recorded, and may not have answered
    std::unordered_map<std::string, std::int64_t> refused_;        // by id: the number of the command that was
    std::vector<Part> begun_;                                      // of a command whose messages are not all there yet
    std::unordered_map<std::string, std::deque<Instant>> lately_;  // by who: when they asked for something
};

}  // namespace ca::sharing
