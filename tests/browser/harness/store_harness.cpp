// The store on IDBFS, alone in a page: what tests/browser/store.test.mjs drives. The page (store_page.js) loads it and
// gives it words.
#include "journal/store.h"
#include "platform/web/idbfs_medium.h"

#include <emscripten.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <unistd.h>

// This is JavaScript.
// clang-format off
EM_JS(void, harness_tell, (int token, const char* outcome, const char* words), {
    globalThis.harness.told(token, UTF8ToString(outcome), UTF8ToString(words));
});
EM_JS(void, harness_changed, (), { globalThis.harness.changed(); });
// clang-format on

namespace {

using namespace ca;

std::string new_id() {
    unsigned char bytes[16];
    if (getentropy(bytes, sizeof bytes) != 0) std::abort();
    std::string id;
    for (const unsigned char byte : bytes) {
        char digits[3];
        std::snprintf(digits, sizeof digits, "%02x", byte);
        id += digits;
    }
    return id;
}

std::unique_ptr<journal::Store> store;
std::string text;  // what the page reads next

void tell(int token, const Result<>& result) {
    if (result) return harness_tell(token, "done", "");
    harness_tell(token, result.error().code.c_str(), result.error().message.c_str());
}

}  // namespace

extern "C" {

// `folds_soon`: files are folded, and snapshots made, within a short history.
EMSCRIPTEN_KEEPALIVE void harness_open(int token, int sync_wait_ms, int folds_soon) {
    const journal::Sizes few{.small_segment_events_max = 3, .small_segments_max = 4, .snapshot_events_min = 4};
    store = std::make_unique<journal::Store>(
        std::make_unique<platform::IdbfsMedium>(platform::IdbfsSettings{.sync_wait_ms = sync_wait_ms}), new_id,
        folds_soon != 0 ? few : journal::Sizes{});
    store->on_change([] { harness_changed(); });
    store->open([token](Result<> result) { tell(token, result); });
}

// Registers a product; refused where it is there already.
EMSCRIPTEN_KEEPALIVE void harness_commit(int token, const char* product) {
    store->commit(
        [id = std::string(product)](const lifecycle::Workspace& fresh) -> Result<std::vector<lifecycle::Event>> {
            if (fresh.find_product(id)) return fail("already_registered", "It is there.");
            return std::vector{lifecycle::Event{Instant{1'754'036'100},
                                                {lifecycle::Role::agreement_team, "Priya Shah"},
                                                "",
                                                id,
                                                lifecycle::ProductRegistered{id, id, ""}}};
        },
        [token](Result<journal::Committed> result) {
            tell(token, result ? Result<>{} : std::unexpected(result.error()));
        });
}

EMSCRIPTEN_KEEPALIVE void harness_retry() { store->retry(); }
EMSCRIPTEN_KEEPALIVE int harness_unsaved() { return static_cast<int>(store->unsaved()); }
EMSCRIPTEN_KEEPALIVE int harness_keeping() { return static_cast<int>(store->condition().keeping); }
EMSCRIPTEN_KEEPALIVE void harness_refresh(int token) {
    store->refresh([token](Result<> result) { tell(token, result); });
}
EMSCRIPTEN_KEEPALIVE void harness_erase(int token) {
    store->erase([token](Result<> result) { tell(token, result); });
}

EMSCRIPTEN_KEEPALIVE const char* harness_reason() {
    text = store->condition().reason   ? store->condition().reason->message
           : store->condition().damage ? store->condition().damage->message
                                       : "";
    return text.c_str();
}
// The products in the order of the journal, a line each.
EMSCRIPTEN_KEEPALIVE const char* harness_products() {
    text.clear();
    for (std::size_t number = 1; number <= store->log().size(); ++number)
        text += store->log().entry(number).event.entity + "\n";
    return text.c_str();
}
EMSCRIPTEN_KEEPALIVE const char* harness_head() {
    text = store->log().head();
    return text.c_str();
}

}  // extern "C"
