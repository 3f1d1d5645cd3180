// The bridge to the page: everything that C++ asks of the browser, one function each, and nothing else in C++ speaks
// JavaScript.
//
// Module.shell is web/src/shell.ts; each function here is one call of a method there. Calls the other way are the
// exported functions of main.cpp. All calls are on the page's one thread and return at once; callbacks come on the same
// thread, after the call has returned.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace ca::platform::bridge {

void request_frame();
void wake_at(double epoch_ms);
// One patch of semantics/patch.h.
void send_patch(const std::string& json);
void set_height(float px);
void set_rows_wait(bool wait);  // for a frame in a moment of rest (ui::Rows)
void focus(const std::string& key);
void reveal(const std::string& key);
// The drawing context could not be made: the HTML view takes over.
void cannot_draw();
// What is shown is not yet what was asked for.
void set_busy(bool);

// Text with letters that the canvas's typefaces lack. `face` in the order of ui::Face.
float text_width(const std::string& text, int face, float size);  // CSS px
struct TextPicture {
    int width = 0, height = 0, left = 0, up = 0;  // device px; see ui/foreign_text.h
};
// Draws it into the texture that is bound to the current WebGL context.
TextPicture draw_text(const std::string& text, int face, float size, std::uint32_t rgba);

void set_title(const std::string&);
void set_address(const std::string&, bool replaces);
void save_file(const std::string& name, const std::string& media_type, std::string_view bytes);
void copy_text(const std::string&);
// Runs it after the browser has had its turn.
// A shared workspace (web_hub.h).
void hub_start();
void hub_kept(double answers, bool more);
std::string hub_outbox();
void hub_send(const std::string& id, const std::string& text);
void hub_answered(const std::string& id, const std::string& answer);
void hub_forget(const std::string& id);
void hub_join(const std::string& invitation, const std::string& device);
void hub_ask(const std::string& link, const std::string& id, const std::string& text);
void hub_find_registering();
void hub_leave();

void later(std::function<void()>);
double now_ms();       // since the epoch
std::string new_id();  // 32 hexadecimal digits of the browser's random source

struct Storage {
    double used_bytes = -1, quota_bytes = -1;  // below 0: not known
    int persistent = -1;                       // 1 yes, 0 no, -1 not known
};
Storage storage();
void ask_to_persist();
// Whether leaving the page now would lose something: the browser then asks, and a new version of the portal waits.
void set_unfinished(bool);

std::string portal_address();
bool can_choose_view();
bool html_view();
void set_html_view(bool);
std::string draft(const std::string& name);
bool keep_draft(const std::string& name, const std::string& text);  // false: the browser does not keep it
void forget_drafts();
bool another_writes();
std::string setting(const std::string& name);
void set_setting(const std::string& name, const std::string& value);

// What the worker is asked for (web/src/documents_worker.ts): to print an encoded document
// (documents/document_codec.h), which gives a PDF and the number of its pages, or to check a PDF, which gives an
// encoded PaperCheck.
enum class PressJob : std::uint8_t { print, check };
struct PressAnswer {
    std::string bytes;
    int pages = 0;
};
void ask_press(PressJob, std::string_view bytes, std::function<void(Result<PressAnswer>)> done);

}  // namespace ca::platform::bridge
