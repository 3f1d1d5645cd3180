// What a page is, what it is given, and what it may ask for.
//
// A page is an object that lives while its path is shown; what is typed into it lives in it. Each frame `build` is
// called with the Sight of this person at this instant, and with widgets to say everything with. It decides nothing:
// rules are the engine's, and a page asks for a change by giving a Command and reads back what became of it:
//
//     if (ui.button("accept", "Accept agreement", ui::Tone::primary))
//         context.session.submit("accept", ask::Accept{.number = number, .read_and_understood = state.read});
//     if (const auto* outcome = context.session.outcome("accept")) …   // saving, saved, refused, not saved
//
// To add a page: a file here with a class derived from Page, a line in `pages.cpp`, its address in interface order, and
// a test in tests/pages/ that finds its heading.
#pragma once

#include "documents/paper_check.h"
#include "journal/seen_record.h"
#include "journal/store.h"
#include "lifecycle/engine.h"
#include "lifecycle/possible.h"
#include "lifecycle/recording.h"
#include "lifecycle/sight.h"
#include "lifecycle/views.h"
#include "pages/date_entry.h"
#include "pages/route.h"
#include "sharing/invitation_link.h"
#include "ui/ui.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ca::pages {

// What became of something that was asked for. Saving takes a moment: it is `saved` only when the store has said so.
struct Outcome {
    enum class State : std::uint8_t { saving, saved, refused, not_saved };
    State state = State::saving;
    Error error{};                       // where refused or not saved; `where` is the argument that is wrong
    lifecycle::Decision decision{};      // where saved: numbers made, lists
    std::vector<std::string> missing{};  // where refused for want of arguments: each of them (`error` names the first)
    std::vector<Error> wrong{};          // and what each of those that were given shows by itself to be wrong with it
    std::string link{};                  // of an invitation that was made: for this person to hand on
};

// Decides anew against what this person sees at the moment of saving (another tab may have written meanwhile).
using Decide = std::function<Result<lifecycle::Decision>(const lifecycle::Sight&, Instant now)>;
// Likewise for what is much and is recorded in steps (lifecycle/recording.h); begun anew at each attempt.
using Begin = std::function<std::unique_ptr<lifecycle::Steps>(const lifecycle::Actor&, Instant now)>;

struct Storage {
    std::string where;  // in words
    std::optional<std::uint64_t> used_bytes{}, quota_bytes{};
    std::optional<bool> persistent{};
    std::size_t events = 0;
    std::string damage{};   // words about a broken chain; empty: sound
    std::string trouble{};  // why nothing is kept, or why nothing can be changed; empty: all is well
    bool read_only = false;
    std::size_t unsaved = 0;            // changes that could not be saved yet
    std::vector<std::string> asides{};  // other histories that were set aside: names for save_aside()
};

// The machine's clock is in doubt, and something would be written by it.
struct ClockQuestion {
    Instant shows;           // the clock
    Instant believed;        // as of when everything is shown until this is settled
    std::string words;       // what speaks against the clock
    bool is_behind = false;  // else ahead
    bool was_said_wrong = false;
    std::size_t changes = 0;  // of the states of agreements, whoever sees them, by time alone if the clock is right
};

struct BackupReport {
    std::size_t added = 0, same = 0;  // events
};

// A file whose check was asked for.
struct CheckedPaper {
    std::string file_name;
    // Empty while it is being checked. An error says that it could not be: nothing is known of the file then.
    std::optional<Result<documents::PaperCheck>> check{};
};

// What this person has typed on this page before, and not sent: it is in its fields again.
struct CameBack {
    struct Text {
        std::string label, words;
    };
    Instant typed_at;
    std::vector<Text> without_place{};  // what belongs to a form that is not there now
};

// Somebody whose eyes this workspace can be seen through.
struct Person {
    std::string key, name, what;  // “Onboarding contact of …”, with the account
    lifecycle::Actor actor;
    bool has_to_accept = false;   // an agreement, and may
    std::string group{}, role{};  // whom they stand among, “NHS England” or an account, and who they are there
};

// A ZIP of many agreements: on its way, or what became of the last one.
struct ZipJob {
    enum class State : std::uint8_t {
        making,
        recording,  // given to the person; its downloads are being saved
        done,
        cancelled,
        failed,        // nothing was downloaded: `error`
        not_recorded,  // given to the person, but its downloads are not in the record: `error`
    };
    struct Missing {
        std::string number, why;
    };
    State state = State::making;
    std::size_t made = 0, all = 0;   // agreements
    std::string making{};            // the file
    std::string file_name{};         // of the ZIP
    std::size_t size = 0;            // of the ZIP, in bytes
    std::vector<Missing> missing{};  // not in it, and why
    Error error{};
    bool is_under_way() const { return state == State::making || state == State::recording; }
};

// What a page may ask of the program around it, in four: a page takes those that it needs.

// Who acts, on which workspace, and what they ask of it. `form` names the place of the answer on this page.
class Session {
public:
    virtual ~Session() = default;

    virtual void submit(std::string_view form, lifecycle::Command command) = 0;
    template<lifecycle::Verb Asked>
    void submit(std::string_view form, const Asked& asked) {
        submit(form, lifecycle::to_command(asked));
    }
    // Many commands, of which none bears on another.
    virtual void submit_all(std::string_view form, std::vector<lifecycle::Command> commands) = 0;
    virtual void commit(std::string_view form, Decide decide) = 0;
    virtual void record(std::string_view form, Begin begin) = 0;
    // How far that is, while it is saving and its steps are taken; none else. It can be given up until then.
    virtual std::optional<lifecycle::Steps::Progress> progress(std::string_view form) const = 0;
    virtual void give_up(std::string_view form) = 0;
    virtual const Outcome* outcome(std::string_view form) const = 0;  // nullptr: nothing was asked, or it was forgotten
    virtual void forget(std::string_view form) = 0;

    virtual std::vector<Person> people() = 0;  // whom one can act as
    virtual void act_as(lifecycle::Actor) = 0;

    virtual void answer_clock(bool is_right) = 0;  // the answer to Context::clock

    // Practice with time: a copy in memory with a clock of its own.
    virtual void start_practice() = 0;
    virtual void leave_practice() = 0;
    virtual void practise_at(Instant) = 0;
};

// The page that is shown: where it leads, what it says, how it is seen.
class Visit {
public:
    virtual ~Visit() = default;

    // `open` makes an entry in the history, `replace` does not.
    virtual void open(std::string address) = 0;
    virtual void replace(std::string address) = 0;
    virtual void follow(std::string address) = 0;  // replaces it before a frame is built, which then shows it
    // A green banner on the next page shown (or on this one where no other follows), gone on the one after. Focus and
    // the window go to it, so it is for what ends a piece of work; what is done many times in one place is told there
    // (saving_status).
    virtual void say_done(std::string heading, ui::Words words = "") = 0;
    virtual void forget_done() = 0;            // the next piece of work begins
    virtual void throw_draft_away() = 0;       // what was typed on this page and not sent
    virtual std::string portal_address() = 0;  // for links from outside; may be empty

    virtual bool can_choose_view() = 0;
    virtual bool html_view() = 0;
    virtual void set_html_view(bool) = 0;

    // How this person likes a page to be, in this browser: a small setting, in no record. Empty: nothing was chosen.
    virtual std::string preference(std::string_view name) = 0;
    virtual void prefer(std::string_view name, std::string_view value) = 0;
};

// What is given to the person, and what of it is given back to be checked.
class Downloads {
public:
    virtual ~Downloads() = default;

    virtual void save_file(std::string_view name, std::string_view media_type, std::string_view bytes) = 0;
    virtual void copy_text(std::string_view) = 0;
    // Makes the PDF of an agreement as it is now, gives it to the person and records the download (V6).
    virtual void download_pdf(std::string_view form, std::string_view number) = 0;
    // Makes one ZIP of the PDFs of these agreements, gives it to the person and records each download (V6). It goes on
    // while other pages are looked at; one at a time, and nothing is done while one is under way.
    virtual void download_zip(std::vector<std::string> numbers) = 0;
    virtual void cancel_zip() = 0;              // drops what was made
    virtual const ZipJob* zip_job() const = 0;  // nullptr: none, or it has been told of
    // Makes a PDF of any document and gives it to the person; where there is no document, its error is the answer.
    virtual void download_document(std::string_view form, Result<documents::Document> document,
                                   std::string_view file_name) = 0;

    // Checks a downloaded agreement by itself. The answer stays for as long as this page is shown.
    virtual void check_paper(std::string file_name, std::string pdf) = 0;
    virtual const CheckedPaper* checked_paper() const = 0;  // nullptr: none was asked for
};

// This browser's copy as a whole.
class Keeping {
public:
    virtual ~Keeping() = default;

    virtual Storage storage() = 0;
    virtual std::string
    export_backup() = 0;  // the bytes of a backup file; of whoever does not see everything: the record that it sees
    virtual Result<BackupReport> compare_backup(std::string_view bytes) = 0;  // the dry run
    virtual void import_backup(std::string_view form, std::string bytes) = 0;
    virtual void erase_workspace(std::string_view form) = 0;
    virtual void start_with_sample_data(std::string_view form) = 0;
    virtual void retry_unsaved() = 0;
    // Where this tab and what is kept have parted (journal/store.h).
    virtual void write_back(std::string_view form) = 0;
    virtual void set_aside(std::string_view form) = 0;
    virtual void save_aside(std::string_view form, std::string_view name) = 0;  // as a backup file
};

// A shared workspace that this browser takes part in.
struct Shared {
    std::string hub, organisation, person;  // "nhse" or an ODS code; "contact:jo@acme.example"
    std::string key, device;                // of this browser
    Instant joined;
    std::optional<Instant> connected_since{};
    bool is_refused = false;  // the broker does not let it in: `words`
    bool is_keeping = false;  // what was asked for a moment ago is not in the outbox yet
    std::string words{};
    std::string trouble{};  // why the record cannot be taken in; empty: it can
};
// Something that this person has asked for, and that is not in the record.
struct Waiting {
    enum class State : std::uint8_t { waiting, sent, refused };
    std::string id;
    std::string command{};  // sharing/command_text.h
    State state = State::sent;
    std::string trouble{};  // why it is not sent, or not recorded
};
class Sharing {
public:
    virtual ~Sharing() = default;

    virtual std::optional<Shared> shared() const = 0;  // none: a workspace of one's own
    virtual std::vector<Waiting> waiting() const = 0;
    virtual void forget(std::string_view id) = 0;  // a refusal that was read
    virtual Result<sharing::InvitationLink> invitation(std::string_view token) const = 0;
    // The portal begins anew when it has succeeded.
    virtual void join(const sharing::InvitationLink&, std::string_view device) = 0;
    virtual const std::string& join_trouble() const = 0;
    virtual bool is_joining() const = 0;
    virtual void leave() = 0;

    // What a visitor asks NHS England for, by a link that is everybody's: to register a contact, or to nominate one.
    struct Asking {
        enum class State : std::uint8_t { none, sending, taken, failed };
        State state = State::none;
        std::string trouble{};  // why it failed
    };
    virtual void ask(const sharing::InvitationLink&, const lifecycle::Command&) = 0;
    virtual const Asking& asking() const = 0;
    virtual void forget_asking() = 0;
    // The token of the link that this site offers to visitors; empty where it offers none, or until that is known.
    virtual std::string registering() = 0;
};

class AgreementLines;

// Something that takes a while, in words: "Reading what is kept in this browser: 1,200 of 4,000 entries".
struct Underway {
    std::string_view what, counted;
    lifecycle::Steps::Progress at;
};

struct Context {
    const lifecycle::Sight& workspace;  // what this person sees, with everything that fell due up to `now`
    lifecycle::Actor actor;
    Instant now;
    std::uint64_t revision = 0;  // goes up whenever the workspace has changed
    const journal::SeenRecord& record;
    const Route& route;
    std::uint64_t arrival = 0;  // goes up whenever an address is opened, also the one that is shown
    Session& session;
    Visit& visit;
    Downloads& downloads;
    Keeping& keeping;
    ui::Ui& ui;
    Sharing* sharing = nullptr;      // none: this machine cannot
    std::optional<Shared> shared{};  // none: a workspace of one's own
    bool practising = false;
    AgreementLines& lines;  // of whichever page lists agreements
    bool loaded = true;     // false while something has to be done first:
    std::optional<Underway> underway{};
    bool has_banner = false;  // a green banner stands on this page already (at most one a page)
    std::optional<CameBack> came_back{};
    std::string draft_trouble{};              // why what is typed is kept on this page only; empty: it is kept
    std::string trouble{};                    // words about storage that everyone must see; empty: none
    const ClockQuestion* clock = nullptr;     // none: time goes on as the clock says
    const journal::Parted* parted = nullptr;  // none: what is shown is what is kept
    std::size_t unsaved = 0;                  // changes that only this page holds, and that can be tried again
    bool another_writes = false;              // another tab, and what is saved here waits for it

    bool is_team() const { return actor.role == lifecycle::Role::agreement_team; }
    bool is_product_team() const { return actor.role == lifecycle::Role::product_team; }
    bool is_contact() const { return actor.role == lifecycle::Role::contact; }
    bool sees_everything() const { return is_team() || is_product_team(); }
    const lifecycle::Contact* contact() const { return is_contact() ? workspace.find_contact(actor.name) : nullptr; }
    std::string actor_name() const;  // a person's name, in words
};

class Page {
public:
    virtual ~Page() = default;
    // Some of what is to be done before this can be shown as it is to be; none: all of it is done. Asked for before
    // each frame.
    struct Preparing {
        Underway at;
        bool hides_page = true;  // there is nothing to be shown meanwhile
    };
    virtual std::optional<Preparing> prepare(Context&) { return std::nullopt; }
    virtual std::string heading(const Context&) const = 0;  // its level-1 heading; also the window's title
    virtual bool has_errors() const { return false; }       // the title is then prefixed "Error: "
    // Before anything is built: takes what was typed that all of the page depends on, so that one frame answers it.
    virtual void hear(ui::Ui&, const Route&, Visit&) {}
    virtual void build(Context&) = 0;  // inside `main`; draws its own level-1 heading
};

// The lists of agreements: where a ZIP is asked for and its job is shown whole.
bool lists_agreements(const Route&);

// The page of a route; "Page not found" where there is none. Never null.
std::unique_ptr<Page> make_page(const Route&);

// Everything around the page: skip target, banner, navigation, the page in `main`, footer.
// An agreement whose state time alone changes.
struct StateChange {
    Instant at;
    std::string number, from, to;  // the states in words; `from` is empty where the agreement is made only then
};
// What a clock that is in doubt would change, made once for each state of the workspace.
struct TimeChanges {
    std::vector<StateChange> seen{};  // by this person, in the order of time
    std::uint64_t revision = 0;
    Instant until{};
    lifecycle::Actor actor{};
};
struct ChromeState {
    std::string search{};
    enum class Extras : std::uint8_t { standing_open, leading_into, led_into, closed };
    Extras extras = Extras::standing_open;             // the menu “My Extras”
    bool choosing_actor = false, actor_asked = false;  // asked for: in the frame before
    bool menu_open = false;  // on a narrow window, where all of it would push the page out of sight
    std::string actor_filter{};
    DateEntry practice_date{};
    std::string practice_error{};
    std::string practice_told{};    // what moving the clock has changed
    bool practice_stepped = false;  // to the next due change, a frame ago
    TimeChanges by_time{};          // while the clock is in doubt
    std::size_t written_back = 0;   // events that are on their way
};
struct Banner {
    std::string heading;
    ui::Words words = "";
    bool takes_focus = false;  // new, and the answer to what the person has just done: focus and the window go to it
};
void build_chrome(Context&, ChromeState&, Page&, const std::optional<Banner>& done);

// "<heading> – Connection Agreements", with "Error: " in front while a form has errors.
std::string window_title(const Context&, const Page&);

}  // namespace ca::pages
