// This machine as the desktop portal's platform (app/platform.h): its clock, a downloads folder, a file of settings,
// and a history of addresses, as a browser has one.
//
// Nothing here draws: the window (window.h) reads what was asked for and does it between frames.
#pragma once

#include "app/platform.h"

#include <deque>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace ca::platform {

// Name and value pairs in one small file, a line each: "name<tab>value", with \n, \t and \\ escaped. Written whole,
// beside and moved over.
class Settings {
public:
    explicit Settings(std::filesystem::path file);
    std::string get(std::string_view name) const;
    Result<> set(std::string_view name, std::string_view value);

private:
    std::filesystem::path file_;
    std::map<std::string, std::string, std::less<>> values_;
};

// Where the person was, and Back and Forward through it.
class History {
public:
    const std::string& here() const { return addresses_[at_]; }
    void go(std::string address);
    void replace(std::string address) { addresses_[at_] = std::move(address); }
    bool back();  // false: there is nowhere to go
    bool forward();

private:
    std::vector<std::string> addresses_{"#/"};
    std::size_t at_ = 0;
};

// The folder that downloads go to: $XDG_DOWNLOAD_DIR, ~/Downloads, or the home folder, the first that exists.
std::filesystem::path downloads_folder();
// Writes a new file, never over another: "name.pdf", then "name (2).pdf". Returns its path.
Result<std::filesystem::path> write_download(const std::filesystem::path& folder, std::string_view file_name,
                                             std::string_view bytes);

class DesktopPlatform final : public app::Platform {
public:
    DesktopPlatform(std::filesystem::path workspace, std::filesystem::path downloads);

    Instant now() override;
    std::string new_id() override;
    void save_file(std::string_view file_name, std::string_view media_type, std::string_view bytes) override;
    void set_title(std::string_view) override;
    void set_address(std::string_view, bool replace) override;
    void request_frame() override { frame_wanted = true; }
    void request_frame_at(Instant when) override;
    void later(std::function<void()> task) override { tasks_.push_back(std::move(task)); }
    void copy_text(std::string_view) override;
    app::StorageReport storage() override;
    void ask_to_persist() override {}  // a folder keeps what it has
    void set_unfinished(bool on) override { unfinished = on; }
    bool can_choose_view() override { return false; }  // it has the drawn view only
    bool html_view() override { return false; }
    void set_html_view(bool) override {}
    std::string draft(std::string_view name) override;
    Result<> keep_draft(std::string_view name, std::string_view text) override;
    void forget_drafts() override;
    std::string setting(std::string_view name) override { return settings_.get(name); }
    void set_setting(std::string_view name, std::string_view value) override;

    // For the window.
    bool has_tasks() const { return !tasks_.empty(); }
    void run_task();  // one, the oldest: between two frames
    History history;
    bool frame_wanted = true;
    bool unfinished = false;  // closing now would lose something
    std::optional<Instant> frame_at;
    std::string title = "Connection Agreements";
    std::optional<std::string> copied;  // to be put on the clipboard

private:
    std::filesystem::path workspace_, downloads_;
    // A name that begins with a dot is none of the journal's (journal/folder.h).
    std::filesystem::path drafts() const { return workspace_ / ".drafts"; }
    Settings settings_;
    std::deque<std::function<void()>> tasks_;
};

}  // namespace ca::platform
