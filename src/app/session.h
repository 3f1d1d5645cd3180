// Who acts, on which workspace, and what they ask of it.
//
// What is shown is the journal's workspace with everything that has fallen due up to now applied (T3), as its actor
// sees it. Whatever fell due is also written to the journal, at its own instant, as soon as the journal can be written:
// it needs no server and no open window to come true. Where the machine's clock is not plausible (trusted_clock.h)
// nothing is shown or written by it until a person has said that it is right. In practice mode a copy in memory, with a
// clock of its own, takes the place of the journal.
#pragma once

#include "app/drafts.h"
#include "app/platform.h"
#include "app/sharing.h"
#include "app/trusted_clock.h"
#include "journal/seen_record.h"
#include "journal/store.h"
#include "pages/page.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace ca::app {

class Session final : public pages::Session {
public:
    // What else must happen when this does; the portal wires it.
    struct Around {
        std::function<void()> another_person;                   // acts from now on
        std::function<void()> practice_begins, practice_began;  // before, and after
        std::function<void()> practice_ends, practice_ended;
        std::function<void()> asked;      // something: what was told before is over
        std::function<void()> all_saved;  // what somebody waited to hear
        // What was asked for on a page that is no longer shown.
        std::function<void(std::string_view form, const pages::Outcome&)> ended_elsewhere;
    };
    Session(Platform&, journal::Store&, Drafts&, Sharing*);  // none: this machine cannot share a workspace
    void wire(Around around) { around_ = std::move(around); }

    void start();  // reads the journal
    bool is_reading() const { return !loaded_ || catching_up_; }
    // How far it is with that, where there is much: with reading, or with what has fallen due.
    std::optional<pages::Underway> underway() const;
    const std::optional<Error>& load_error() const { return load_error_; }

    Instant now();
    const lifecycle::Actor& actor() const { return actor_; }
    std::uint64_t person() const { return person_; }  // goes up when somebody else acts
    bool practising() const { return practice_.has_value(); }
    // The workspace is shared, and what is asked for goes to its steward (practice mode stays here).
    bool is_shared() const { return sharing_ && sharing_->is_joined() && !practice_; }
    std::shared_ptr<const lifecycle::Sight> seen();  // by the actor, as it is now
    std::uint64_t revision() const { return revision_; }
    const std::optional<Instant>& next_due() const { return next_due_; }
    const journal::WorkspaceLog& log() const { return store_.log(); }
    // What a frame says of the clock. Where there is nothing to say the clock was seen, and is believed next time.
    const std::optional<pages::ClockQuestion>& look_at_clock();

    // ---- Asking and being answered: for what pages ask of the portal by way of others, too ----------------

    struct Asked {  // what an answer belongs to
        std::string form;
        std::uint64_t page, person;
        Drafts::Sending sending;
    };
    void begin_page();  // another page is shown: it has asked for nothing yet
    std::uint64_t page() const { return page_; }
    Asked ask(std::string_view form);
    void settle(const Asked&, pages::Outcome);
    // Either refuses what was asked, and then it is true. A download is recorded: where that will be refused nothing is
    // made.
    bool refuse_by_clock(std::string_view form);
    bool refuse_in_practice(std::string_view form);  // what would change the journal as a whole
    bool refuse_in_shared(std::string_view form);    // likewise, and every browser's with it

    using DecideWhole = std::function<Result<lifecycle::Decision>(const lifecycle::Workspace&, Instant now)>;
    void decide_for(std::string_view form, DecideWhole decide) { record_for(form, at_once(std::move(decide))); }
    // Commands of which none bears on another, in one commit.
    void save_all(std::vector<lifecycle::Command>, std::function<void(pages::Outcome)> done);
    void retry_unsaved();  // and tells when everything is saved
    void invalidate();     // what is shown is made anew in the next frame

    // ---- pages::Session -----------------------------------------------------------------------------------
    void submit(std::string_view form, lifecycle::Command command) override;
    void submit_all(std::string_view form, std::vector<lifecycle::Command>) override;
    void commit(std::string_view form, pages::Decide decide) override;
    void record(std::string_view form, pages::Begin begin) override;
    std::optional<lifecycle::Steps::Progress> progress(std::string_view form) const override;
    void give_up(std::string_view form) override;
    const pages::Outcome* outcome(std::string_view form) const override;
    void forget(std::string_view form) override;
    std::vector<pages::Person> people() override;
    void act_as(lifecycle::Actor) override;
    void answer_clock(bool is_right) override;
    void start_practice() override;
    void leave_practice() override;
    void practise_at(Instant) override;

private:
    struct Practice {
        lifecycle::Workspace workspace;
        Instant now;
    };
    // What is recorded, begun at an instant; and what it makes beside events, once that is done.
    struct Recorded {
        std::function<std::unique_ptr<lifecycle::Steps>(Instant)> start;
        std::shared_ptr<lifecycle::Decision> made;
    };
    static Recorded at_once(DecideWhole);
    static DecideWhole each_of(std::vector<lifecycle::Command>, lifecycle::Actor);
    void give(std::string_view form, const lifecycle::Command&);
    void record_for(std::string_view form, Recorded, std::optional<lifecycle::Command> command = {});
    journal::Store::Ticket record_and_save(Recorded, std::function<void(pages::Outcome)> done);

    struct Request {
        journal::Store::Ticket ticket = 0;
        std::optional<lifecycle::Command> command{};  // where it is one
    };

    std::shared_ptr<const lifecycle::Workspace> current();
    std::shared_ptr<const lifecycle::Workspace> show(std::shared_ptr<const lifecycle::Workspace>, Instant at);
    bool must_catch_up(Instant at) const;
    void catch_up();
    void go_on_catching_up();
    void write_what_fell_due();
    std::size_t changes_by(Instant until);
    std::optional<lifecycle::Command> held_command(std::string_view form) const;
    void retry();
    void after_saving();

    Platform& platform_;
    journal::Store& store_;
    Drafts& drafts_;
    Sharing* sharing_;
    TrustedClock clock_;
    Around around_;
    std::optional<pages::ClockQuestion> clock_question_;  // of this frame
    struct {
        std::size_t events = 0, changes = 0;
        std::optional<Instant> until{};
    } by_clock_;  // what the clock would change, of so many events kept

    bool loaded_ = false;
    std::optional<Error> load_error_;
    std::shared_ptr<const lifecycle::Workspace>
        current_;  // the journal's workspace with what fell due; empty: to be made anew
    std::shared_ptr<const lifecycle::Sight> seen_;  // of it; empty: to be made anew
    std::uint64_t revision_ = 0;
    std::optional<Instant> next_due_;
    // What fell due is applied in steps, where it is much; until then nothing of the workspace is shown.
    struct CatchingUp {
        lifecycle::Rehearsal ahead;
        Instant until;
        std::size_t done = 0, all = 0;  // agreements
    };
    std::optional<CatchingUp> catching_up_;
    Instant told_at_{};  // when a frame last said how far it is with reading
    bool writing_due_ = false;
    bool due_not_saved_ = false;  // asked for again when something else was saved, or is news
    std::optional<Practice> practice_;

    lifecycle::Actor actor_;
    std::uint64_t person_ = 0, page_ = 0;
    std::map<std::string, pages::Outcome, std::less<>> outcomes_;
    std::map<std::string, Request, std::less<>> asked_last_;                // by form of the page that is shown
    std::map<std::string, journal::Store::Ticket, std::less<>> under_way_;  // by form, whatever page is shown
    bool retrying_ = false;  // somebody waits to hear that what was held is saved
};

}  // namespace ca::app
