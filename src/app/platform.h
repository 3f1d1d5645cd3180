// What the portal asks of the machine that it runs on. One implementation a platform (platform/web, platform/native),
// and one for tests that records what was asked.
//
// All calls return at once. What takes time (saving to the store) is the store's (journal/store.h), with callbacks on
// the same thread.
#pragma once

#include "base/result.h"
#include "base/time.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace ca::app {

class Hub;  // hub.h

struct StorageReport {
    std::optional<std::uint64_t> used_bytes{}, quota_bytes{};
    std::optional<bool> persistent{};  // the browser promised to keep it; empty: not known
    std::string where;                 // in words: "IndexedDB of this browser", a folder
};

class Platform {
public:
    virtual ~Platform() = default;
    virtual Instant now() = 0;
    // A random 128-bit id, 32 hex digits: the identity of an event.
    virtual std::string new_id() = 0;
    // Gives a file to the person (a download; on the desktop a file in the downloads folder).
    virtual void save_file(std::string_view file_name, std::string_view media_type, std::string_view bytes) = 0;
    virtual void set_title(std::string_view) = 0;
    // Changes the address ("#/agreements?state=active") without building the page anew: `replace` leaves no entry in
    // the history.
    virtual void set_address(std::string_view, bool replace) = 0;
    virtual void request_frame() = 0;
    virtual void request_frame_at(Instant) = 0;
    // Runs it soon, in a turn of its own: what happened meanwhile, and a frame that is wanted, may come first.
    virtual void later(std::function<void()>) = 0;
    virtual void copy_text(std::string_view) = 0;
    virtual StorageReport storage() = 0;
    virtual void ask_to_persist() = 0;
    // Whether leaving now would lose something: a person is asked first, and an update waits.
    virtual void set_unfinished(bool) = 0;
    // Whether there are two views to choose from now: the desktop has no HTML view, and where a browser cannot draw (no
    // WebGL 2, forced colours) it has no other.
    virtual bool can_choose_view() = 0;
    // HTML view on or off, kept for the next visit.
    virtual bool html_view() = 0;
    virtual void set_html_view(bool) = 0;
    // Where this portal was opened, for links from outside of it ("https://portal.example/"); empty: it has no such
    // address.
    virtual std::string portal_address() { return {}; }
    // What was typed and not sent (drafts.h), each a short text under a name of hexadecimal digits. They are kept
    // beside the journal, not in it, and at once: the call has kept it when it returns. (In a browser that is
    // localStorage, of the same site as the journal: a page that is being left gets no more turns, so what waits for
    // IndexedDB's lock, reading and writing would be lost with it.)
    virtual std::string draft(std::string_view name) = 0;  // empty: there is none
    virtual Result<> keep_draft(
        std::string_view name,
        std::string_view text) = 0;  // an empty text takes it away; the error says why it is not kept
    virtual void forget_drafts() = 0;
    // What a shared workspace needs; nullptr: this machine cannot take part in one.
    virtual Hub* hub() { return nullptr; }
    // Whether another tab holds what this one waits for to save; a frame is asked for when that changes.
    virtual bool another_writes() { return false; }
    // Small settings of this browser, not part of the journal (who one acts as).
    virtual std::string setting(std::string_view name) = 0;
    virtual void set_setting(std::string_view name, std::string_view value) = 0;
};

}  // namespace ca::app
