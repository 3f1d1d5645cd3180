// Inside the engine: how decisions are made and recorded. Only the files of this layer include it.
//
// A decision function looks at a Context, refuses with an Error, or records events one after another. The Recorder
// shows the workspace as it is after what was recorded, so that every later consequence is worked out from what has
// already happened.
#pragma once

#include "lifecycle/engine.h"
#include "lifecycle/views.h"

namespace ca::lifecycle {

constexpr int acceptance_window_days = 90;
constexpr int terms_change_window_days = 30;

struct Context {
    const Workspace& workspace;
    const Actor& actor;
    Instant now;
};

// What a command says, where this actor may give it and it says all that it must. Every decision begins with it.
Result<Values> check_command(const Workspace&, const Command&, const Actor&);

class Recorder {
public:
    // A contact is recorded by the address as first given, however it was typed this time (R19).
    explicit Recorder(const Context& context);
    // The workspace must outlive the Recorder.
    Recorder(const Workspace& before, Actor by, Instant at) : before_(before), by_(std::move(by)), at_(at) {}

    // After what was recorded so far. A copy is made when it is first looked at after an event, so decisions that need
    // no second look cost none. For what no decision changes (contacts, accounts) look at before().
    const Workspace& workspace() const;
    const Workspace& before() const { return before_; }
    Instant at() const { return at_; }
    const Actor& by() const { return by_; }
    std::string by_name() const;  // a person's name, or "System"
    const std::vector<Event>& events() const { return events_; }

    void record(std::string account, std::string entity, EventBody body);
    // What follows is caused by time, at this instant.
    void go_on_by_time(Instant at) {
        by_ = {.role = Role::system};
        at_ = at;
    }
    // Nobody can be told of anything before the record that causes it was known: an imported draft whose window ended
    // long ago takes effect at its due instant, but what it gives people to read starts now.
    void not_before_known() { at_ = std::max(at_, before_.now); }

    Decision decision() && { return {.events = std::move(events_)}; }

private:
    const Workspace& before_;
    mutable std::optional<Workspace> after_{};
    mutable std::size_t applied_ = 0;  // how many of events_ are in after_
    Actor by_;
    Instant at_;
    std::vector<Event> events_{};
};

// ---- Look-ups, refused in the words that the actor may hear (R12) -----------------------------------------

Result<const Account*> look_up_account(const Context&, const std::string& ods_code);
// Somebody registered for this account, else unknown_contact (R28).
Result<const Contact*> look_up_contact(const Context&, const Account&, const std::string& email);
Result<const Agreement*> look_up_agreement(const Context&, const std::string& number);
Result<const Case*> look_up_case(const Context&, const std::string& number);
Result<> look_up_products(const Context&, const std::vector<std::string>& ids);
Result<const Request*> look_up_request(const Context&, const std::string& number);
std::unexpected<Error> wrong_state(std::string message);
// "is Draft, Under Review": for messages.
std::string state_in_words(const Agreement&);
// R15 from `not_an_onboarding_contact` on; nothing where the contact may accept.
Result<> check_acceptance(const Workspace&, const Actor&, const Agreement&, bool read_and_understood);
std::string name_of(const Workspace&, const Actor&);  // R58: a person's name

// ---- Consequences -----------------------------------------------------------------------------------------

// When time alone changes this agreement next; none where it does not, or where it is paused or held (T2, E1, U4, U5).
std::optional<Instant> due_instant(const Workspace&, const Agreement&);
bool anything_due(const Workspace&, Instant now);
// Everything that is due up to and including `now`, in due order, ties by number (T3, R54), to the fixed point; or what
// comes first of it, for so many agreements.
void fall_due(Recorder&, Instant now, std::size_t agreements_max = SIZE_MAX);

std::string next_agreement_number(const Workspace&);
std::string next_case_number(const Workspace&);
std::string next_request_number(const Workspace&);

// To every onboarding contact of the account in order of registration, then the delivery notice address (N2, R31).
void notify_parties(Recorder&, const Agreement&, NotificationKind);
void cancel(Recorder&, const std::string& number, Ending, const std::string& reason,
            std::optional<std::string> replaced_by = {});
// Expires it, and cancels its pending uplift (E2, U7).
void expire(Recorder&, const std::string& number, Ending, std::optional<std::string> superseded_by = {});
// The uplift of an Active agreement to these terms (U1); its number.
std::string create_uplift(Recorder&, const std::string& active, const TermsVersion&);
std::vector<std::string> pending_uplifts(const Workspace&, const std::string& superseded);
// The uplift that U7 asks for, where the agreement is on terms older than the newest published uplift.
void follow_newest_uplift(Recorder&, const std::string& number, const std::string& terms_version);

// ---- Cases ------------------------------------------------------------------------------------------------

enum class EntryKind : std::uint8_t { note, reply, work_note, question, resolution };
// Adds the entry, moves the case's state (R56), and copies it to the watchers (C3).
void write_entry(Recorder&, const std::string& case_number, EntryKind, const std::string& author,
                 const std::string& text);
void close_case(Recorder&, const std::string& case_number, const std::string& author, const std::string& text);
// At most one in a decision.
std::string open_case(Recorder&, const std::string& account, const std::string& agreement, CaseKind,
                      const std::string& opened_by);

// ---- Publishing -------------------------------------------------------------------------------------------

// A publication of terms, agreement by agreement.
class Publication {
public:
    // Records that the terms are published, and looks for whom they concern.
    static Result<Publication> begin(const Context&, Recorder&, const ask::PublishTerms&);
    // Goes on with so many agreements that take the terms as an uplift (U1, U6); true: these were the last.
    bool go_on(Recorder&, std::size_t agreements);
    std::size_t done() const { return done_; }
    std::size_t all() const { return older_.size(); }
    Decision decision() && { return std::move(decision_); }  // without the events

private:
    std::string version_;
    std::vector<std::string> older_;  // Active agreements on older terms, by number
    std::size_t done_ = 0;            // of these
    Decision decision_;
};

// ---- What each verb does ----------------------------------------------------------------------------------

Result<Decision> decide(const Context&, const ask::RegisterAccount&);
Result<Decision> decide(const Context&, const ask::RegisterProduct&);
Result<Decision> decide(const Context&, const ask::RegisterContact&);
Result<Decision> decide(const Context&, const ask::Nominate&);
Result<Decision> decide(const Context&, const ask::EndNomination&);
Result<Decision> decide(const Context&, const ask::CorrectAccount&);
Result<Decision> decide(const Context&, const ask::CorrectContact&);
Result<Decision> decide(const Context&, const ask::PublishTerms&);
Result<Decision> decide(const Context&, const ask::RequestAgreement&);
Result<Decision> decide(const Context&, const ask::DeclineRequest&);
Result<Decision> decide(const Context&, const ask::CreateAgreement&);
Result<Decision> decide(const Context&, const ask::Issue&);
Result<Decision> decide(const Context&, const ask::Accept&);
Result<Decision> decide(const Context&, const ask::RaiseQuery&);
Result<Decision> decide(const Context&, const ask::AddNote&);
Result<Decision> decide(const Context&, const ask::Reply&);
Result<Decision> decide(const Context&, const ask::WorkNote&);
Result<Decision> decide(const Context&, const ask::AskForInfo&);
Result<Decision> decide(const Context&, const ask::Resolve&);
Result<Decision> decide(const Context&, const ask::Watch&);
Result<Decision> decide(const Context&, const ask::Unwatch&);
Result<Decision> decide(const Context&, const ask::Pause&);
Result<Decision> decide(const Context&, const ask::Resume&);
Result<Decision> decide(const Context&, const ask::Reset&);
Result<Decision> decide(const Context&, const ask::Terminate&);
Result<Decision> decide(const Context&, const ask::Withdraw&);
Result<Decision> decide(const Context&, const ask::RecordDownload&);
Result<Decision> decide(const Context&, const ask::MarkSent&);
Result<Decision> decide(const Context&, const ask::MarkToSend&);
Result<Decision> decide(const Context&, const ask::ShowAgreement&);
Result<Decision> decide(const Context&, const ask::ShowCase&);

}  // namespace ca::lifecycle
