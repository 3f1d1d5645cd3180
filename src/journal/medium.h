// A medium: where a journal's files lie, and how several programs take turns on them.
//
// The store (store.h) holds all the sense: when to lock, what to read, what to write, when to try again. A medium does
// what it is told and reports. Three exist: a directory (platform/native), IDBFS (platform/web), and memory with
// injected faults.
//
// Calls come in this order, one cycle at a time: lock → pull → list, read, write, move, remove → push → unlock →
// announce. A file is written once, whole, under a name that was never used before; it is never changed. Names have one
// or two parts
// ("segments/…", "quarantine/…") of letters, digits, '-' and '.'.
//
// Callbacks run on the caller's thread, perhaps before the call returns. A time-out is the medium's own: after one,
// nothing of that call reports any more. Error codes: not_available (this place can never keep anything; said in
// words), busy (the lock was not given in time), let_go (its bytes are not at hand: forget() and pull() bring them
// back), storage_failed (anything else).
#pragma once

#include "base/result.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ca::journal {

class Medium {
public:
    using Done = std::function<void(Result<>)>;
    virtual ~Medium() = default;

    // Exclusive among everybody who opened the same journal.
    virtual void lock(Done) = 0;
    virtual void unlock() = 0;
    // Makes what others have written readable here; what was written here and never pushed is gone after it.
    virtual void pull(Done) = 0;
    // Makes what was written here durable and readable by others. Never called without a pull that succeeded in the
    // same cycle.
    virtual void push(Done) = 0;

    virtual Result<std::vector<std::string>> list() = 0;
    virtual Result<std::string> read(std::string_view name) = 0;
    virtual Result<> write(std::string_view name, std::string_view bytes) = 0;
    virtual Result<> move(std::string_view from, std::string_view to) = 0;
    virtual Result<> remove(std::string_view name) = 0;

    // Tells the others that there is something new; `listener` hears theirs.
    virtual void announce() = 0;
    virtual void on_announcement(std::function<void()> listener) = 0;
    // Drops connections that may have died, so that the next cycle opens them anew.
    virtual void reconnect() = 0;
    // Forgets what is known of files here, so that the next pull reads every byte of what is kept.
    virtual void forget() = 0;
    // The bytes of this file will hardly be asked for again: a medium that has them in memory need not keep them there.
    // From then on reading or moving it fails with let_go, unless others have written it anew.
    virtual void let_go(std::string_view) {}
};

}  // namespace ca::journal
