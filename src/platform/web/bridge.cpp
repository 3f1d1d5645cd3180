// All of the portal's JavaScript in C++ is in this file.
#include "platform/web/bridge.h"

#include <emscripten.h>

#include <cstdlib>
#include <memory>

using Step = std::function<void()>;
using Asking = std::function<void(ca::Result<ca::platform::bridge::PressAnswer>)>;

// A reference in EM_JS text reads "u8 *"/"u8&" as code: only plain pointers and numbers cross.
// This is JavaScript.
// clang-format off
EM_JS(void, ca_request_frame, (), { Module.shell.requestFrame(); })
EM_JS(void, ca_wake_at, (double epoch_ms), { Module.shell.wakeAt(epoch_ms); })
EM_JS(void, ca_patch, (const char* json), { Module.shell.patch(UTF8ToString(json)); })
EM_JS(void, ca_set_height, (double px), { Module.shell.setHeight(px); })
EM_JS(void, ca_set_rows_wait, (int wait), { Module.shell.setRowsWait(wait !== 0); })
EM_JS(void, ca_focus, (const char* key), { Module.shell.focus(UTF8ToString(key)); })
EM_JS(void, ca_reveal, (const char* key), { Module.shell.reveal(UTF8ToString(key)); })
EM_JS(void, ca_cannot_draw, (), { Module.shell.cannotDraw(); })
EM_JS(void, ca_set_busy, (int busy), { Module.shell.setBusy(busy !== 0); })
EM_JS(double, ca_text_width, (const char* text, int face, double size),
      { return Module.shell.foreignText.width(UTF8ToString(text), face, size); })
EM_JS(void, ca_draw_text, (const char* text, int face, double size, double rgba, int* made), {
    const drawn = Module.shell.foreignText.draw(UTF8ToString(text), face, size, rgba);
    GLctx.texImage2D(GLctx.TEXTURE_2D, 0, GLctx.RGBA, GLctx.RGBA, GLctx.UNSIGNED_BYTE, drawn.canvas);
    HEAP32.set([drawn.canvas.width, drawn.canvas.height, drawn.left, drawn.up], made >> 2);
})
EM_JS(void, ca_set_title, (const char* title), { Module.shell.setTitle(UTF8ToString(title)); })
EM_JS(void, ca_set_address, (const char* address, int replaces),
      { Module.shell.setAddress(UTF8ToString(address), replaces !== 0); })
EM_JS(void, ca_save_file, (const char* name, const char* type, const char* bytes, int size), {
    Module.shell.saveFile(UTF8ToString(name), UTF8ToString(type), HEAPU8.subarray(bytes, bytes + size));
})
EM_JS(void, ca_copy_text, (const char* text), { Module.shell.copyText(UTF8ToString(text)); })
EM_JS(double, ca_now_ms, (), { return Date.now(); })
EM_JS(char*, ca_new_id, (), { return stringToNewUTF8(Module.shell.newId()); })
EM_JS(double, ca_storage, (int which), {
    const now = Module.shell.storage();
    return which === 0 ? now.used : which === 1 ? now.quota : now.persistent;
})
EM_JS(void, ca_ask_to_persist, (), { Module.shell.askToPersist(); })
EM_JS(void, ca_set_unfinished, (int on), { Module.shell.setUnfinished(on !== 0); })
EM_JS(int, ca_can_choose_view, (), { return Module.shell.canChooseView() ? 1 : 0; })
EM_JS(char*, ca_portal_address, (), { return stringToNewUTF8(Module.shell.portalAddress()); })
EM_JS(int, ca_html_view, (), { return Module.shell.isHtmlView() ? 1 : 0; })
EM_JS(void, ca_set_html_view, (int on), { Module.shell.setHtmlView(on !== 0); })
EM_JS(int, ca_another_writes, (), { return Module.shell.anotherWrites() ? 1 : 0; })
EM_JS(char*, ca_setting, (const char* name), { return stringToNewUTF8(Module.shell.setting(UTF8ToString(name))); })
EM_JS(void, ca_set_setting, (const char* name, const char* value),
      { Module.shell.setSetting(UTF8ToString(name), UTF8ToString(value)); })
EM_JS(char*, ca_draft, (const char* name), { return stringToNewUTF8(Module.shell.draft(UTF8ToString(name))); })
EM_JS(int, ca_keep_draft, (const char* name, const char* text),
      { return Module.shell.keepDraft(UTF8ToString(name), UTF8ToString(text)) ? 1 : 0; })
EM_JS(void, ca_forget_drafts, (), { Module.shell.forgetDrafts(); })
EM_JS(void, ca_hub_start, (), { Module.shell.startHub(); })
EM_JS(void, ca_hub_kept, (double answers, int more), { Module.shell.hub.kept(answers, more !== 0); })
EM_JS(char*, ca_hub_outbox, (), { return stringToNewUTF8(Module.shell.hub.outbox()); })
EM_JS(void, ca_hub_send, (const char* id, const char* text),
      { Module.shell.hub.send(UTF8ToString(id), UTF8ToString(text)); })
EM_JS(void, ca_hub_answered, (const char* id, const char* answer),
      { Module.shell.hub.answered(UTF8ToString(id), UTF8ToString(answer)); })
EM_JS(void, ca_hub_forget, (const char* id), { Module.shell.hub.forget(UTF8ToString(id)); })
EM_JS(void, ca_hub_join, (const char* invitation, const char* device),
      { Module.shell.joinHub(UTF8ToString(invitation), UTF8ToString(device)); })
EM_JS(void, ca_hub_ask, (const char* link, const char* id, const char* text),
      { Module.shell.askHub(UTF8ToString(link), UTF8ToString(id), UTF8ToString(text)); })
EM_JS(void, ca_hub_find_registering, (), { Module.shell.findRegistering(); })
EM_JS(void, ca_hub_leave, (), { Module.shell.leaveHub(); })
EM_JS(void, ca_later, (void* task), { Module.shell.later(task); })
EM_JS(void, ca_ask_press, (int checks, const char* bytes, int size, void* task), {
    Module.shell.askPress(checks !== 0 ? "check" : "print", HEAPU8.slice(bytes, bytes + size), task);
})

EM_JS_DEPS(ca_bridge, "$UTF8ToString,$stringToNewUTF8")
// clang-format on

namespace ca::platform::bridge {

namespace {

std::string take(char* text) {
    std::string taken(text);
    std::free(text);
    return taken;
}

}  // namespace

void request_frame() { ca_request_frame(); }
void wake_at(double epoch_ms) { ca_wake_at(epoch_ms); }
void send_patch(const std::string& json) { ca_patch(json.c_str()); }
void set_height(float px) { ca_set_height(static_cast<double>(px)); }
void set_rows_wait(bool wait) { ca_set_rows_wait(wait); }
void focus(const std::string& key) { ca_focus(key.c_str()); }
void reveal(const std::string& key) { ca_reveal(key.c_str()); }
void cannot_draw() { ca_cannot_draw(); }
void set_busy(bool busy) { ca_set_busy(busy ? 1 : 0); }

float text_width(const std::string& text, int face, float size) {
    return static_cast<float>(ca_text_width(text.c_str(), face, static_cast<double>(size)));
}
TextPicture draw_text(const std::string& text, int face, float size, std::uint32_t rgba) {
    int made[4] = {};
    ca_draw_text(text.c_str(), face, static_cast<double>(size), static_cast<double>(rgba), made);
    return {made[0], made[1], made[2], made[3]};
}

void set_title(const std::string& title) { ca_set_title(title.c_str()); }
void set_address(const std::string& address, bool replaces) { ca_set_address(address.c_str(), replaces ? 1 : 0); }
void save_file(const std::string& name, const std::string& media_type, std::string_view bytes) {
    ca_save_file(name.c_str(), media_type.c_str(), bytes.data(), static_cast<int>(bytes.size()));
}
void copy_text(const std::string& text) { ca_copy_text(text.c_str()); }
double now_ms() { return ca_now_ms(); }
std::string new_id() { return take(ca_new_id()); }

Storage storage() {
    return {.used_bytes = ca_storage(0), .quota_bytes = ca_storage(1), .persistent = static_cast<int>(ca_storage(2))};
}
void ask_to_persist() { ca_ask_to_persist(); }
void set_unfinished(bool on) { ca_set_unfinished(on ? 1 : 0); }

bool can_choose_view() { return ca_can_choose_view() != 0; }
std::string portal_address() { return take(ca_portal_address()); }
bool html_view() { return ca_html_view() != 0; }
void set_html_view(bool on) { ca_set_html_view(on ? 1 : 0); }
bool another_writes() { return ca_another_writes() != 0; }
std::string setting(const std::string& name) { return take(ca_setting(name.c_str())); }
void set_setting(const std::string& name, const std::string& value) { ca_set_setting(name.c_str(), value.c_str()); }

std::string draft(const std::string& name) { return take(ca_draft(name.c_str())); }
bool keep_draft(const std::string& name, const std::string& text) {
    return ca_keep_draft(name.c_str(), text.c_str()) != 0;
}
void forget_drafts() { ca_forget_drafts(); }

void hub_start() { ca_hub_start(); }
void hub_kept(double answers, bool more) { ca_hub_kept(answers, more ? 1 : 0); }
std::string hub_outbox() { return take(ca_hub_outbox()); }
void hub_send(const std::string& id, const std::string& text) { ca_hub_send(id.c_str(), text.c_str()); }
void hub_answered(const std::string& id, const std::string& answer) { ca_hub_answered(id.c_str(), answer.c_str()); }
void hub_forget(const std::string& id) { ca_hub_forget(id.c_str()); }
void hub_join(const std::string& invitation, const std::string& device) {
    ca_hub_join(invitation.c_str(), device.c_str());
}
void hub_ask(const std::string& link, const std::string& id, const std::string& text) {
    ca_hub_ask(link.c_str(), id.c_str(), text.c_str());
}
void hub_find_registering() { ca_hub_find_registering(); }
void hub_leave() { ca_hub_leave(); }

void later(std::function<void()> step) { ca_later(std::make_unique<Step>(std::move(step)).release()); }
void ask_press(PressJob job, std::string_view bytes, std::function<void(Result<PressAnswer>)> done) {
    ca_ask_press(job == PressJob::check ? 1 : 0, bytes.data(), static_cast<int>(bytes.size()),
                 std::make_unique<Asking>(std::move(done)).release());
}

}  // namespace ca::platform::bridge

// The page's answers. A task is used once; bytes and texts stay the page's.
extern "C" {

EMSCRIPTEN_KEEPALIVE void portal_press_answered(Asking* task, const char* bytes, int size, int pages) {
    const std::unique_ptr<Asking> done(task);
    (*done)(
        ca::platform::bridge::PressAnswer{.bytes = std::string(bytes, static_cast<std::size_t>(size)), .pages = pages});
}

EMSCRIPTEN_KEEPALIVE void portal_press_refused(Asking* task, const char* code, int code_size, const char* message,
                                               int message_size, const char* where, int where_size) {
    const std::unique_ptr<Asking> done(task);
    const auto text = [](const char* bytes, int size) { return std::string(bytes, static_cast<std::size_t>(size)); };
    (*done)(ca::fail(text(code, code_size), text(message, message_size), text(where, where_size)));
}

EMSCRIPTEN_KEEPALIVE void portal_later(Step* task) {
    const std::unique_ptr<Step> step(task);
    (*step)();
}

}  // extern "C"
