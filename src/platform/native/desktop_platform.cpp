#include "platform/native/desktop_platform.h"

#include "platform/native/random_id.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>

namespace ca::platform {

namespace {

namespace fs = std::filesystem;

std::string escaped(std::string_view text) {
    std::string line;
    for (char c : text) switch (c) {
            case '\n': line += "\\n"; break;
            case '\t': line += "\\t"; break;
            case '\\': line += "\\\\"; break;
            default: line += c;
        }
    return line;
}

std::string unescaped(std::string_view line) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] != '\\' || i + 1 == line.size()) {
            text += line[i];
            continue;
        }
        const char next = line[++i];
        text += next == 'n' ? '\n' : next == 't' ? '\t' : next;
    }
    return text;
}

Result<> write_whole(const fs::path& path, std::string_view bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.flush();
    if (!file)
        return fail("not_written",
                    "The file could not be written. Check that the folder exists and that the disk is not full.",
                    path.string());
    return {};
}

}  // namespace

Settings::Settings(fs::path file) : file_(std::move(file)) {
    std::ifstream input(file_, std::ios::binary);
    for (std::string line; std::getline(input, line);) {
        const std::size_t tab = line.find('\t');
        if (tab != std::string::npos)
            values_[unescaped(std::string_view(line).substr(0, tab))] =
                unescaped(std::string_view(line).substr(tab + 1));
    }
}

std::string Settings::get(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::string() : found->second;
}

Result<> Settings::set(std::string_view name, std::string_view value) {
    values_.insert_or_assign(std::string(name), std::string(value));
    std::string text;
    for (const auto& [key, kept] : values_) text += escaped(key) + '\t' + escaped(kept) + '\n';
    std::error_code error;
    fs::create_directories(file_.parent_path(), error);
    const fs::path beside = file_.string() + ".new";
    CA_TRY_VOID(write_whole(beside, text));
    fs::rename(beside, file_, error);
    if (error) return fail("not_written", "The settings could not be kept: " + error.message() + ".", file_.string());
    return {};
}

void History::go(std::string address) {
    if (address == here()) return;
    addresses_.resize(at_ + 1);
    addresses_.push_back(std::move(address));
    ++at_;
}

bool History::back() {
    if (at_ == 0) return false;
    --at_;
    return true;
}

bool History::forward() {
    if (at_ + 1 == addresses_.size()) return false;
    ++at_;
    return true;
}

fs::path downloads_folder() {
    const char* named = std::getenv("XDG_DOWNLOAD_DIR");
    const char* home = std::getenv("HOME");
    std::error_code error;
    if (named != nullptr && fs::is_directory(named, error)) return named;
    if (home == nullptr) return fs::current_path(error);
    const fs::path usual = fs::path(home) / "Downloads";
    return fs::is_directory(usual, error) ? usual : fs::path(home);
}

Result<fs::path> write_download(const fs::path& folder, std::string_view file_name, std::string_view bytes) {
    const fs::path wanted = fs::path(file_name).filename();  // a name, never a way out of the folder
    if (wanted.empty()) return fail("bad_name", "The file has no name.");
    constexpr int tries_max = 1000;
    for (int again = 1; again <= tries_max; ++again) {
        const std::string number = again == 1 ? "" : " (" + std::to_string(again) + ")";
        const fs::path path = folder / (wanted.stem().string() + number + wanted.extension().string());
        std::error_code error;
        if (fs::exists(path, error)) continue;
        CA_TRY_VOID(write_whole(path, bytes));
        return path;
    }
    return fail("not_written", "There are too many files of this name in the downloads folder.", folder.string());
}

DesktopPlatform::DesktopPlatform(fs::path workspace, fs::path downloads)
    : workspace_(std::move(workspace)), downloads_(std::move(downloads)), settings_(workspace_ / "settings") {}

Instant DesktopPlatform::now() {
    return {
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

std::string DesktopPlatform::new_id() { return random_id(); }

void DesktopPlatform::save_file(std::string_view file_name, std::string_view, std::string_view bytes) {
    const auto written = write_download(downloads_, file_name, bytes);
    if (written) std::fprintf(stderr, "Saved %s\n", written->c_str());
    else std::fprintf(stderr, "Not saved: %s (%s)\n", written.error().message.c_str(), written.error().where.c_str());
}

void DesktopPlatform::set_title(std::string_view words) { title = words; }

void DesktopPlatform::set_address(std::string_view address, bool replace) {
    if (replace) history.replace(std::string(address));
    else history.go(std::string(address));
}

void DesktopPlatform::request_frame_at(Instant when) {
    if (!frame_at || when < *frame_at) frame_at = when;
}

void DesktopPlatform::run_task() {
    if (tasks_.empty()) return;
    const auto task = std::move(tasks_.front());
    tasks_.pop_front();
    task();
}

void DesktopPlatform::copy_text(std::string_view text) { copied = std::string(text); }

app::StorageReport DesktopPlatform::storage() {
    app::StorageReport report{.persistent = true, .where = workspace_.string()};
    std::uint64_t used = 0;
    std::error_code error;
    for (auto entry = fs::recursive_directory_iterator(workspace_, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        std::error_code of_file;
        const auto size = entry->is_regular_file(of_file) ? entry->file_size(of_file) : 0;
        if (!of_file) used += size;
    }
    report.used_bytes = used;
    const fs::space_info space = fs::space(workspace_, error);
    if (!error) report.quota_bytes = used + space.available;
    return report;
}

std::string DesktopPlatform::draft(std::string_view name) {
    std::ifstream file(drafts() / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Result<> DesktopPlatform::keep_draft(std::string_view name, std::string_view text) {
    std::error_code error;
    if (text.empty()) {
        fs::remove(drafts() / name, error);
        return {};
    }
    fs::create_directories(drafts(), error);
    const auto beside = drafts() / (std::string(name) + ".new");
    auto kept = write_whole(beside, text);
    if (kept) fs::rename(beside, drafts() / name, error);
    if (kept && !error) return {};
    return fail("not_written",
                "What you type is kept only until this window is closed, because it could not be written to the "
                "workspace's folder. Check that the disk is not full.",
                drafts().string());
}

void DesktopPlatform::forget_drafts() {
    std::error_code error;
    fs::remove_all(drafts(), error);
    if (error) std::fprintf(stderr, "The drafts could not be erased: %s\n", error.message().c_str());
}

void DesktopPlatform::set_setting(std::string_view name, std::string_view value) {
    if (const auto kept = settings_.set(name, value); !kept) std::fprintf(stderr, "%s\n", kept.error().message.c_str());
}

}  // namespace ca::platform
