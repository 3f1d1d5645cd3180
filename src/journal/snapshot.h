// A snapshot: what a journal's files were folded to, so that a start need not fold them again.
//
//     snapshot/000012345-<sha256 of this file>.bin
//     {"snapshot":"connection-agreements","program":"<64 hex>","events":12345,"head":"<64 hex>",
//      "files":[{"name":"segments/…","sha256":"<64 hex>"},…],"bytes":…}      one line, canonical (canonical.h)
//     <deflated: what the lines say (workspace_log.h, Folded), as binary.h writes it>
//
// It cannot disagree with the journal. It stands for just those files, byte for byte, and they were verified and folded
// when it was made; so it is taken only where every one of them still has these bytes, it has its own, and the program
// that reads it is the one that made it (`program`: a hash of the sources that fold). Else nothing is lost by leaving
// it: the journal is read from its beginning, with all that is said of damage then, and a new snapshot is made. It
// covers the long files from the first on, because short ones are folded into others.
#pragma once

#include "base/sliced.h"
#include "journal/workspace_log.h"

#include <map>
#include <memory>
#include <optional>

namespace ca::journal {

inline constexpr std::string_view snapshot_folder = "snapshot/";

struct SnapshotFile {
    std::string name, bytes;
};
struct Covered {  // a file of the journal
    std::string name, sha256;
    bool operator==(const Covered&) const = default;
    static void describe(auto&& member, auto& self) {
        member("name", self.name);
        member("sha256", self.sha256);
    }
};
// Makes one in steps, of a log that was read from just these files: as it was in the beginning, whatever becomes of it
// meanwhile.
class SnapshotMaking {
public:
    SnapshotMaking(const WorkspaceLog&, std::vector<Covered>);
    SnapshotMaking(SnapshotMaking&&) noexcept;
    SnapshotMaking& operator=(SnapshotMaking&&) noexcept;
    ~SnapshotMaking();
    bool go_on();  // some of it; true: it is made
    SnapshotFile file() &&;
    std::size_t events() const;  // that it stands for
    const std::string& head() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};
SnapshotFile to_snapshot(SnapshotMaking);  // all at once
// How many events it stands for, by its name; 0 for a name that is none.
std::size_t events_in_snapshot(std::string_view name);

struct Restored {
    WorkspaceLog log;
    std::vector<Covered> files;  // that it was made of
};
// None where it does not stand for these files (by name), or is not of this program, or was changed. The files that it
// is made of are taken out of `files`, which would lie in memory twice else; of one that is not sound some may be gone.
Sliced<std::optional<Restored>> restored(SnapshotFile, std::map<std::string, std::string, std::less<>>& files);

// The hash of the sources that read and fold a journal, written when the program is built.
std::string_view program();

}  // namespace ca::journal
