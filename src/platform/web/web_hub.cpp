#include "platform/web/web_hub.h"

#include "journal/canonical.h"
#include "platform/web/bridge.h"

#include <utility>

namespace ca::platform {

void WebHub::start(Hears hears) {
    hears_ = std::move(hears);
    bridge::hub_start();
}

void WebHub::kept(std::int64_t answers, bool more) { bridge::hub_kept(static_cast<double>(answers), more); }

std::vector<app::Hub::Waiting> WebHub::outbox() {
    const std::string text = bridge::hub_outbox();
    journal::CanonicalReader reader{text};
    std::vector<Waiting> waiting;
    reader.read(waiting);
    reader.expect_end();
    return reader.failed() ? std::vector<Waiting>{} : waiting;
}

void WebHub::send(std::string_view id, std::string_view text) { bridge::hub_send(std::string(id), std::string(text)); }
void WebHub::answered(std::string_view id, std::string_view answer) {
    bridge::hub_answered(std::string(id), std::string(answer));
}
void WebHub::forget(std::string_view id) { bridge::hub_forget(std::string(id)); }

void WebHub::join(std::string_view invitation, std::string_view device, std::function<void(std::string)> refused) {
    refused_ = std::move(refused);
    bridge::hub_join(std::string(invitation), std::string(device));
}
void WebHub::leave() { bridge::hub_leave(); }

void WebHub::ask(std::string_view link, std::string_view id, std::string_view text,
                 std::function<void(std::string)> done) {
    asked_ = std::move(done);
    bridge::hub_ask(std::string(link), std::string(id), std::string(text));
}
void WebHub::find_registering(std::function<void(std::string)> found) {
    found_ = std::move(found);
    bridge::hub_find_registering();
}

void WebHub::asked(std::string words) {
    if (const auto done = std::exchange(asked_, nullptr)) done(std::move(words));
}
void WebHub::registering(std::string token) {
    if (const auto found = std::exchange(found_, nullptr)) found(std::move(token));
}

void WebHub::not_joined(std::string words) {
    if (const auto refused = std::exchange(refused_, nullptr)) refused(std::move(words));
}

}  // namespace ca::platform
