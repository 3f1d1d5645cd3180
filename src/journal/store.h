// The store: the journal of one workspace, shared by every tab or program that opened it.
//
//     Store store{std::move(medium), new_id};
//     store.on_change([&] { redraw(); });                       // another tab wrote, or condition() changed
//     store.open([&](Result<> opened) { … });                   // error: nothing could be read; open again to retry
//     store.commit(
//         [&](const lifecycle::Workspace& fresh) -> Result<std::vector<lifecycle::Event>> {
//             auto copy = fresh;
//             auto step = lifecycle::step(copy, command, actor, now);   // decides anew against what is kept by now
//             …                                                          // events, or the refusal
//         },
//         [&](Result<Committed> done) { … });                    // only now may anyone say "saved"
//
// What is much is recorded piece by piece, so that whoever waits can see it move and give it up:
//
//     const auto ticket = store.record(begin, [&](Result<Committed> done) { … });   // begin() makes the steps
//     store.on_more([&] { later([&] { store.go_on(); }); });   // there is a next step to be taken
//     show(store.recording(ticket));                           // how far it is
//     store.give_up(ticket);                                   // as long as nothing of it was written
//
// One commit is one cycle: exclusive lock → read what others wrote → decide → write one new file → save → release →
// tell the others. So `decide` runs later than the call, against a Workspace that may be newer than log() was, and may
// run twice (after a failed attempt); it must be a pure function of what it is given and what it captured. It can
// return no events (nothing is then written), or those that time has caused although the command itself was refused (it
// then keeps the refusal aside).
//
// `done` is called once an attempt, with
//   - the place of the entries written (also where there were none),
//   - the error that `decide` returned,
//   - `not_saved`: the medium failed twice. The commit is held: unsaved() counts it, retry() tries again and calls
//   `done` again,
//     withdraw() gives it up, and discard_unsaved() all that are held. If it had been saved after all, the retry finds
//     it by its ids and reports success.
//   - `given_up`: nothing of it was written, as was asked for.
//   - `read_only`: condition().reason says why in words.
//   - `unwritable`: an event holds what cannot be written and read back (a text that is not UTF-8); a fault of the
//   program.
// log() never shows what is not saved. Commits run one after another, in the order asked for; those asked for while the
// store opens wait. Callbacks run on the caller's thread, perhaps before the call returns.
//
// Fault model. What may happen at any step of any tab, and what holds then (tests/journal/simulated_disk.h makes it
// happen):
//   - a step fails, or has its effect and is reported as failed; a tab dies before or after a step; announcements are
//   lost:
//     what was told as saved is kept, once, and the rest can be tried again;
//   - bytes rot, files are cut short or vanish: what comes before the first bad event is in use, the rest is set aside;
//   - what is kept is taken from under an open tab: all of it (the browser cleared its storage when the disk was full,
//   “clear site
//     data”, a folder deleted by hand), the end of it (an older state came back), or all of it exchanged for another
//     history. A tab never drops what it holds for what it finds then. It goes on showing what it holds,
//     condition().parted says how the two part, nothing is written, and commits are held as `not_saved`, until
//       write_back()  has written what is missing there and read it all again, byte by byte (where what is kept is a
//       beginning of
//                     what is held), or another tab has; the commits held are then tried again;
//       set_aside()   has kept what this tab holds as a backup in the folder aside/, and shows what is kept (where
//       neither goes on
//                     from the other).
//     A deliberate erasure is told from a loss by the mark that it leaves (erasure.h): then condition().replaced says
//     so.
// What is not in the model: two holders of the lock; a save of which a part lands; a history that no open tab holds any
// more.
#pragma once

#include "journal/medium.h"
#include "journal/segments.h"
#include "lifecycle/recording.h"

#include <memory>

namespace ca::journal {

enum class Keeping : std::uint8_t {
    closed,       // not open yet, or opening failed
    kept,         // commits are saved
    memory_only,  // this browser keeps nothing: works until the page is left (private mode, no IndexedDB, no Web Locks)
    read_only,    // written by a newer version of the portal: reload to get that version
};

// What this tab holds, and what is kept where it should be kept too.
struct Parted {
    std::size_t held = 0, kept = 0;  // events
    std::size_t common = 0;          // of these the same, from the first on; always fewer than `held`
    std::optional<Instant> held_until{}, kept_until{};  // the last event's instant
    bool can_write_back() const { return kept == common; }
    bool operator==(const Parted&) const = default;
};

struct Condition {
    Keeping keeping = Keeping::closed;
    std::optional<Error> reason{};  // why closed, memory_only or read_only, in words for people
    std::optional<Error> damage{};  // the first bad event found since the store was made; all before it are in use, the
                                    // rest stays where it is, from the next change on in quarantine/
    std::size_t files_set_aside = 0;  // in quarantine/, by this or an earlier repair
    std::optional<Error>
        upkeep{};  // folding small files together, or a snapshot, failed last time; nothing is lost by it
    std::optional<Error> replaced{};    // what this page had read was erased elsewhere, on purpose
    std::optional<Parted> parted{};     // what is kept does not go on from what this tab holds, and log() shows
    std::vector<std::string> asides{};  // histories that were set aside: names for read_aside()
    bool operator==(const Condition&) const = default;
};

struct Committed {
    std::size_t first = 0;  // how many events stood before the first entry written
    std::size_t count = 0;
};

class Store {
public:
    using Decide = std::function<Result<std::vector<lifecycle::Event>>(const lifecycle::Workspace&)>;
    using Done = std::function<void(Result<>)>;
    using CommitDone = std::function<void(Result<Committed>)>;

    // `new_id` gives a random 128-bit id as 32 lower-case hex digits each time it is called.
    Store(std::unique_ptr<Medium>, std::function<std::string()> new_id, const Sizes& = {});
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    void open(Done);
    // How far it is with what is kept, where that is read now. Much is read in go_on(), from the first event on.
    std::optional<LoadProgress> reading() const;
    using Ticket = std::uint64_t;  // names a commit; never 0
    Ticket commit(Decide, CommitDone);
    // Likewise in steps, which are begun anew at each attempt. They go on in go_on(), while the lock is held.
    using Begin = std::function<std::unique_ptr<lifecycle::Steps>()>;
    Ticket record(Begin, CommitDone);
    // Likewise, but what could not be saved is not held: for what will be asked for again by itself.
    void try_record(Begin, CommitDone);
    // Takes the next step of what is recorded in steps, if anything is; true: there is more to be done.
    bool go_on();
    // Called whenever there is: whoever listens lets others have their turn, and then calls go_on(). Where nobody
    // listens all steps are taken at once.
    void on_more(std::function<void()>);
    // How far that is: none where its steps are not being taken now.
    std::optional<lifecycle::Steps::Progress> recording(Ticket) const;
    // What waits for its turn or is on its way is dropped; what is written already is not.
    void give_up(Ticket);
    // Reads what others wrote, without waiting for their announcement (the window came back to the front).
    void refresh(Done);

    const WorkspaceLog& log() const;
    const Condition& condition() const;
    bool saving() const;  // a commit, restore or erasure was asked for and has not reported yet
    // Called after log() or condition() changed for another reason than one's own commit.
    void on_change(std::function<void()>);

    std::size_t unsaved() const;
    void retry();
    bool holds(Ticket) const;  // as not saved
    void withdraw(Ticket);     // where it is held; nothing otherwise
    void discard_unsaved();

    // The whole journal as one file, and such a file back in (bundle.h): adds what it has beyond this journal,
    // verbatim; adds nothing where this journal already has it all; refuses (`diverged`, `bad_backup`) otherwise.
    std::string backup() const;
    void restore(std::string backup, CommitDone);
    // Lines of streams that somebody else writes, each with its line feed: what is known already is left, the rest is
    // added as it is (sealed.h, add_line, has the errors).
    void adopt(std::string lines, CommitDone);
    // Takes every file away, quarantine too, and leaves a mark that names what was erased. Other tabs see an empty
    // workspace.
    void erase(Done);

    // While condition().parted, see above. Errors: storage_failed and busy (nothing is lost: ask again), diverged.
    void write_back(Done);
    void set_aside(Done);
    // The backup that set_aside() kept.
    void read_aside(std::string name, std::function<void(Result<std::string>)>);

private:
    struct Work;
    std::shared_ptr<Work> work_;  // shared with the callbacks that the medium holds, weakly
};

}  // namespace ca::journal
