// A journal in this browser: files of IDBFS, kept in IndexedDB, shared by all tabs of the site.
//
// IDBFS mirrors a whole tree: reading makes the files here equal to those kept, saving makes those kept equal to the
// files here and deletes what is not here. Hence the protocol, which the store drives and this medium carries out (its
// JavaScript is idbfs_medium.library.js):
//
//     lock      one exclusive Web Lock of the site
//     pull      IDBFS.syncfs(populate) into the folder
//     push      IDBFS.syncfs(save), refused unless a pull succeeded under the same lock; done when IndexedDB's
//     transaction is complete,
//               written with strict durability
//     announce  a message on a BroadcastChannel
//     forget    takes away the files here (never those kept: without a pull nothing is saved)
//     let go    empties a file here, which keeps its time, so that it counts as the same as the one kept; and it is
//               never saved, whatever its time
//
// Never mounted with autoPersist. A pull or push that takes too long is given up; reconnect() drops the cached
// connection, which dies in some browsers while a tab is in the background.
//
// Where there is no IndexedDB or are no Web Locks (some private windows, pages not served securely) lock() fails with
// `not_available`, in words: the store then works in memory and says so.
#pragma once

#include "journal/folder.h"
#include "journal/medium.h"

namespace ca::platform {

struct IdbfsSettings {
    std::string folder = "/workspace";  // also the database's, the lock's and the channel's name
    int lock_wait_ms = 30'000;
    int sync_wait_ms = 15'000;
};

class IdbfsMedium : public journal::Medium {
public:
    explicit IdbfsMedium(IdbfsSettings settings = {});
    ~IdbfsMedium() override;
    IdbfsMedium(const IdbfsMedium&) = delete;
    IdbfsMedium& operator=(const IdbfsMedium&) = delete;

    void lock(Done) override;
    void unlock() override;
    void pull(Done) override;
    void push(Done) override;
    Result<std::vector<std::string>> list() override { return folder_.list(); }
    Result<std::string> read(std::string_view name) override;
    Result<> write(std::string_view name, std::string_view bytes) override { return folder_.write(name, bytes); }
    Result<> move(std::string_view from, std::string_view to) override;
    Result<> remove(std::string_view name) override { return folder_.remove(name); }
    void announce() override;
    void on_announcement(std::function<void()> listener) override { listener_ = std::move(listener); }
    void reconnect() override;
    void forget() override;
    void let_go(std::string_view name) override;

    // Called by the page.
    void report(int outcome, std::string message);
    void hear() const;

private:
    void expect(Done);
    Result<> need_bytes(std::string_view name) const;
    journal::Folder folder_;
    int handle_;  // the page's side of this medium
    Done waiting_;
    std::function<void()> listener_;
    bool pulled_ = false;
};

}  // namespace ca::platform
