// A journal in a folder of this machine: the desktop portal's and portal-cli's.
//
//     <folder>/lock            held (flock) by whoever reads or writes; empty
//     <folder>/segments/…      the journal (journal/segments.h)
//     <folder>/quarantine/…    what was set aside
//
// Several programs may have one folder open; each commit sees what the others wrote. Nobody is told of news: refresh()
// when the window comes to the front. All calls report before they return; the lock is waited for, at most
// `lock_wait_ms`.
#pragma once

#include "journal/folder.h"
#include "journal/medium.h"

namespace ca::platform {

class DirectoryMedium : public journal::Medium {
public:
    explicit DirectoryMedium(std::string folder, int lock_wait_ms = 10'000);
    ~DirectoryMedium() override;
    DirectoryMedium(const DirectoryMedium&) = delete;
    DirectoryMedium& operator=(const DirectoryMedium&) = delete;

    void lock(Done) override;
    void unlock() override;
    void pull(Done done) override { done({}); }
    void push(Done done) override { done({}); }  // each write was made safe when it returned
    Result<std::vector<std::string>> list() override;
    Result<std::string> read(std::string_view name) override { return folder_.read(name); }
    Result<> write(std::string_view name, std::string_view bytes) override { return folder_.write(name, bytes); }
    Result<> move(std::string_view from, std::string_view to) override { return folder_.move(from, to); }
    Result<> remove(std::string_view name) override { return folder_.remove(name); }
    void announce() override {}
    void on_announcement(std::function<void()>) override {}
    void reconnect() override {}
    void forget() override {}

private:
    Result<> take_lock();
    journal::Folder folder_;
    int lock_wait_ms_;
    int lock_file_ = -1;
};

}  // namespace ca::platform
