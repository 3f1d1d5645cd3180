#include "platform/web/idbfs_medium.h"

#include <cassert>
#include <utility>

// The page's side: idbfs_medium.library.js. Each of lock and sync reports once, later, unless it was given up.
extern "C" {
using StoreReport = void (*)(void* medium, int outcome, const char* message);
using StoreNews = void (*)(void* medium);
int ca_store_open(const char* folder, int lock_wait_ms, int sync_wait_ms, void* medium, StoreReport, StoreNews);
void ca_store_close(int handle);
void ca_store_lock(int handle);
void ca_store_unlock(int handle);
void ca_store_sync(int handle, int populate);
void ca_store_announce(int handle);
void ca_store_reconnect(int handle);
void ca_store_let_go(int handle, const char* name);
int ca_store_has_let_go(int handle, const char* name);
}

namespace ca::platform {
namespace {

// As the library numbers them.
enum Outcome { done = 0, failed = 1, busy = 2, not_available = 3 };

void report_to(void* medium, int outcome, const char* message) {
    static_cast<IdbfsMedium*>(medium)->report(outcome, message);
}

void hear_at(void* medium) { static_cast<const IdbfsMedium*>(medium)->hear(); }

}  // namespace

IdbfsMedium::IdbfsMedium(IdbfsSettings settings)
    : folder_(settings.folder),
      handle_(ca_store_open(settings.folder.c_str(), settings.lock_wait_ms, settings.sync_wait_ms, this, report_to,
                            hear_at)) {}

IdbfsMedium::~IdbfsMedium() { ca_store_close(handle_); }

void IdbfsMedium::expect(Done done) {
    assert(!waiting_);
    waiting_ = std::move(done);
}

void IdbfsMedium::report(int outcome, std::string message) {
    const Done waiting = std::exchange(waiting_, nullptr);
    assert(waiting);
    switch (outcome) {
        case done: return waiting({});
        case busy: return waiting(fail("busy", std::move(message)));
        case not_available: return waiting(fail("not_available", std::move(message)));
        default: return waiting(fail("storage_failed", std::move(message)));
    }
}

void IdbfsMedium::hear() const {
    if (listener_) listener_();
}

void IdbfsMedium::lock(Done done) {
    pulled_ = false;
    expect(std::move(done));
    ca_store_lock(handle_);
}

void IdbfsMedium::unlock() {
    pulled_ = false;
    ca_store_unlock(handle_);
}

void IdbfsMedium::pull(Done done) {
    expect([this, done = std::move(done)](Result<> result) {
        pulled_ = result.has_value();
        done(std::move(result));
    });
    ca_store_sync(handle_, 1);
}

void IdbfsMedium::push(Done done) {
    // Saving an empty folder that nothing was read into would erase everything.
    if (!pulled_) return done(fail("storage_failed", "Nothing was saved, because nothing had been read before."));
    expect(std::move(done));
    ca_store_sync(handle_, 0);
}

Result<> IdbfsMedium::need_bytes(std::string_view name) const {
    if (ca_store_has_let_go(handle_, std::string(name).c_str()) == 0) return {};
    return fail("let_go", std::string(name) + " is not in memory.");
}

Result<std::string> IdbfsMedium::read(std::string_view name) {
    CA_TRY_VOID(need_bytes(name));
    return folder_.read(name);
}

Result<> IdbfsMedium::move(std::string_view from, std::string_view to) {
    CA_TRY_VOID(need_bytes(from));
    return folder_.move(from, to);
}

void IdbfsMedium::let_go(std::string_view name) { ca_store_let_go(handle_, std::string(name).c_str()); }

void IdbfsMedium::announce() { ca_store_announce(handle_); }

void IdbfsMedium::reconnect() { ca_store_reconnect(handle_); }

void IdbfsMedium::forget() {
    pulled_ = false;
    // The files are in this program's own memory: what cannot be taken away is only not read again.
    for (const auto& name : folder_.list().value_or(std::vector<std::string>{})) (void)folder_.remove(name);
}

}  // namespace ca::platform
