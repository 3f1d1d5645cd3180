// Segments: the files that a journal lies in, and how to read them whatever has happened to them.
//
// A segment is an immutable file of consecutive entries, a line each, named by what it holds:
//
//     segments/000000041-000000080-<head after its last entry>.jsonl
//
// where its first line says which head it goes on from (heads.h).
//
// A commit writes exactly one. Files may overlap: while small segments are folded into a larger one both lie there, and
// any state between is as good as before or after. Reading takes what continues the chain, from whichever file has it.
//
// A bad event is one that no file has in good order: changed bytes, a file cut short, a missing file, two files that
// disagree. All events before it are in use. The files with what comes after are moved to quarantine/ by the next
// commit (never deleted).
//
//     Loaded loaded;
//     auto change = load(loaded, names, read);              // the first time everything, then only what is new
//     if (loaded.damage) say(loaded.damage->message);       // "Event 57 …"
#pragma once

#include "journal/snapshot.h"
#include "journal/workspace_log.h"

#include <functional>
#include <optional>

namespace ca::journal {

inline constexpr std::string_view segment_folder = "segments/";
inline constexpr std::string_view quarantine_folder = "quarantine/";
inline constexpr std::string_view erased_folder = "erased/";  // marks of deliberate erasures (journal/erasure.h)
inline constexpr std::string_view aside_folder = "aside/";    // whole other histories, as backups (store.h)

// When files are folded together and snapshots made. Tests take smaller ones.
struct Sizes {
    // A file is folded while it holds fewer events than this, once there are more than so many of these.
    std::size_t small_segment_events_max = 1'024;
    std::size_t small_segments_max = 64;
    // A snapshot is made once so many events stand in long files after the last one, and a quarter of what that one
    // covers.
    std::size_t snapshot_events_min = 4'096;
    // What others added is read in one go where its files have no more bytes, else a slice at a time.
    std::size_t read_at_once_max = 512 * 1024;
};

struct Segment {
    std::size_t first = 1;  // number of its first event, from 1
    std::size_t last = 1;
    std::string hash;  // the head after its last event
    std::size_t count() const { return last - first + 1; }
    bool operator==(const Segment&) const = default;
};
std::string to_file_name(const Segment&);
std::optional<Segment> parse_file_name(std::string_view);

struct Loaded {
    WorkspaceLog log;
    std::vector<Segment> segments;             // what lies there and is in use or repeats what is in use, in order
    std::vector<std::string> bad_files;        // to be set aside, with what they hold
    std::vector<std::string> quarantine;       // names of files set aside earlier
    std::vector<std::string> erasures;         // names of the marks that lie there
    std::vector<std::string> asides;           // names of the histories that were set aside
    std::optional<Error> damage{};             // `where` is "event <n>"
    std::size_t first_bad = 0;                 // that number; 0 where there is no damage
    std::vector<std::string> snapshots;        // names of those that lie there
    std::size_t snapshot_covers = 0;           // events that the newest sound one stands for
    std::optional<SnapshotMaking> snapshot{};  // begun while reading, to be made and written
    std::optional<std::vector<std::string>> seen{};  // the names that this was made of; none: not known, look again
    std::optional<WorkspaceLog> before{};  // where load() answered `replaced`: what was known until then, whole
};

enum class Change : std::uint8_t {
    none,
    grown,     // entries were added to those known
    replaced,  // what lies there does not go on from what was known: gone, in part or whole, or exchanged; read anew
               // from nothing
};

using ReadFile = std::function<Result<std::string>(std::string_view name)>;
// Brings `loaded` up to these files. Error: a file could not be read (as `read` said); `loaded` is then unchanged.
Result<Change> load(Loaded&, std::vector<std::string> names, const ReadFile& read, const Sizes& = {});
// Likewise in slices, where much has to be read; `loaded` is as it was until the last of them. `progress` is in events;
// from a snapshot `all` of it stays 0.
struct LoadProgress {
    std::size_t done = 0, all = 0;
};
Sliced<Result<Change>> load_sliced(Loaded&, std::vector<std::string> names, ReadFile read, Sizes,
                                   LoadProgress& progress);

// What to write and move before the next event can follow. Empty where there is no damage. The files to write (where
// there are any) hold the good events of bad files; they are written first, then the moves happen, in order. None has
// the name of a bad file, which would go with it. (Where the very first event is all that is good, and its file holds
// more, no other name is free: that file stays, and is good enough to read, until the next event gives one.)
struct Repair {
    std::vector<Segment> keep{};
    std::vector<std::pair<std::string, std::string>> moves{};  // from, to
};
Repair plan_repair(const Loaded&);

// What to fold together: each run becomes one file. Empty where there are not too many small files. `redundant`: files
// whose events other segments hold as well.
struct Upkeep {
    std::vector<Segment> fold{};       // to write
    std::vector<Segment> redundant{};  // to remove once those are safe
};
Upkeep plan_upkeep(const Loaded&, const Sizes& = {});

// The files from the first on that a snapshot of all that is in the log would cover; none where one is not due, or not
// of all.
std::vector<Segment> plan_snapshot(const Loaded&, const Sizes& = {});

// The lines of a segment that is in the log, each ended by a line feed; it may reach into its unread lines.
std::string segment_text(const WorkspaceLog&, const Segment&);
// Its file: packed where it is long. And whether a file holds these lines, packed or not.
std::string segment_file(const WorkspaceLog&, const Segment&);
bool is_segment(const WorkspaceLog&, const Segment&, std::string_view file);

}  // namespace ca::journal
