#include "platform/web/web_platform.h"

#include "platform/web/bridge.h"

#include <cmath>
#include <utility>

namespace ca::platform {

namespace {

std::optional<std::uint64_t> known_bytes(double count) {
    if (!(count >= 0)) return std::nullopt;
    return static_cast<std::uint64_t>(count);
}

}  // namespace

Instant WebPlatform::now() { return {static_cast<std::int64_t>(std::floor(bridge::now_ms() / 1000))}; }
std::string WebPlatform::new_id() { return bridge::new_id(); }

void WebPlatform::save_file(std::string_view file_name, std::string_view media_type, std::string_view bytes) {
    bridge::save_file(std::string(file_name), std::string(media_type), bytes);
}

void WebPlatform::set_title(std::string_view title) {
    if (title_ == title) return;
    title_ = title;
    bridge::set_title(title_);
}

void WebPlatform::set_address(std::string_view address, bool replace) {
    bridge::set_address(std::string(address), replace);
}
void WebPlatform::request_frame() { bridge::request_frame(); }
void WebPlatform::request_frame_at(Instant when) { bridge::wake_at(static_cast<double>(when.seconds) * 1000); }
void WebPlatform::later(std::function<void()> task) { bridge::later(std::move(task)); }
void WebPlatform::copy_text(std::string_view text) { bridge::copy_text(std::string(text)); }

app::StorageReport WebPlatform::storage() {
    const auto measured = bridge::storage();
    app::StorageReport report;
    report.used_bytes = known_bytes(measured.used_bytes);
    report.quota_bytes = known_bytes(measured.quota_bytes);
    if (measured.persistent >= 0) report.persistent = measured.persistent == 1;
    report.where = "IndexedDB of this browser";
    return report;
}

void WebPlatform::ask_to_persist() { bridge::ask_to_persist(); }
void WebPlatform::set_unfinished(bool on) {
    if (std::exchange(unfinished_, on) != on) bridge::set_unfinished(on);
}
bool WebPlatform::can_choose_view() { return bridge::can_choose_view(); }
std::string WebPlatform::portal_address() { return bridge::portal_address(); }
bool WebPlatform::html_view() { return bridge::html_view(); }
void WebPlatform::set_html_view(bool on) { bridge::set_html_view(on); }
std::string WebPlatform::draft(std::string_view name) { return bridge::draft(std::string(name)); }
Result<> WebPlatform::keep_draft(std::string_view name, std::string_view text) {
    if (bridge::keep_draft(std::string(name), std::string(text))) return {};
    return fail("not_kept",
                "What you type is kept only until this page is left, because this browser keeps no more of it: its "
                "storage is full or switched off. Send it, or copy it, before you leave.");
}
void WebPlatform::forget_drafts() { bridge::forget_drafts(); }
bool WebPlatform::another_writes() { return bridge::another_writes(); }
std::string WebPlatform::setting(std::string_view name) { return bridge::setting(std::string(name)); }
void WebPlatform::set_setting(std::string_view name, std::string_view value) {
    bridge::set_setting(std::string(name), std::string(value));
}

}  // namespace ca::platform
