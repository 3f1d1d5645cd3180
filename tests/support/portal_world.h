// A whole portal without a browser: memory in place of IndexedDB, a clock that the test sets, a person who clicks by
// role and name.
//
//     PortalWorld world{"2026-03-02T09:00:00Z"};
//     world.act_as("Jo Field");
//     world.go("#/agreements");
//     world.click(Role::button, "Clear All");
//     CHECK(world.says("Larkfield"));
#pragma once

#include "app/portal.h"
#include "papers/verify.h"
#include "journal/memory_medium.h"
#include "support/page_harness.h"

#include <deque>
#include <map>

namespace ca::test {

struct SavedFile {
    std::string name, media_type, bytes;
};

class TestPlatform final : public app::Platform {
public:
    Instant clock{};
    std::vector<SavedFile> saved;
    std::string title, address;
    std::map<std::string, std::string, std::less<>> settings;
    std::deque<std::function<void()>> tasks;
    bool frame_wanted = false, html = false, two_views = true, asked_to_persist = false, unfinished = false;

    Instant now() override { return clock; }
    std::string new_id() override {
        static constexpr char digits[] = "0123456789abcdef";
        std::string id(32, '0');
        auto value = ++last_id_;
        for (std::size_t i = 32; i-- > 0 && value > 0; value /= 16) id[i] = digits[value % 16];
        return id;
    }
    void save_file(std::string_view name, std::string_view media_type, std::string_view bytes) override {
        saved.push_back({std::string(name), std::string(media_type), std::string(bytes)});
    }
    void set_title(std::string_view words) override { title = words; }
    // As a browser's: a new entry takes the place of what Back left.
    void set_address(std::string_view words, bool replace) override {
        if (!replace) history.push_back(address);
        address = words;
    }
    std::vector<std::string> history;  // what Back leads to, the last first
    void request_frame() override { frame_wanted = true; }
    void request_frame_at(Instant) override {}
    void later(std::function<void()> task) override { tasks.push_back(std::move(task)); }
    std::vector<std::string> copied;
    void copy_text(std::string_view text) override { copied.emplace_back(text); }
    app::StorageReport storage() override { return {.where = "Memory of a test"}; }
    void ask_to_persist() override { asked_to_persist = true; }
    void set_unfinished(bool on) override { unfinished = on; }
    bool can_choose_view() override { return two_views; }
    bool html_view() override { return html; }
    void set_html_view(bool on) override { html = on; }
    std::map<std::string, std::string, std::less<>> drafts;
    std::optional<Error> drafts_refused;
    std::string draft(std::string_view name) override {
        auto found = drafts.find(name);
        return found == drafts.end() ? "" : found->second;
    }
    Result<> keep_draft(std::string_view name, std::string_view text) override {
        if (drafts_refused) return std::unexpected(*drafts_refused);
        if (text.empty()) drafts.erase(std::string(name));
        else drafts[std::string(name)] = text;
        return {};
    }
    void forget_drafts() override { drafts.clear(); }
    bool another_has_lock = false;
    bool another_writes() override { return another_has_lock; }
    std::string setting(std::string_view name) override {
        auto found = settings.find(name);
        return found == settings.end() ? "" : found->second;
    }
    void set_setting(std::string_view name, std::string_view value) override { settings[std::string(name)] = value; }
    app::Hub* shared_hub = nullptr;  // where a workspace can be shared
    app::Hub* hub() override { return shared_hub; }

private:
    std::uint64_t last_id_ = 0;
};

// Memory that can be full: then nothing is saved, and what was there stays.
class TestMedium final : public journal::MemoryMedium {
public:
    bool is_full = false;
    void pull(Done done) override {
        kept_ = *this;
        done({});
    }
    void push(Done done) override {
        if (!is_full) return done({});
        static_cast<MemoryMedium&>(*this) = kept_;
        done(fail("storage_failed", "There is no room left."));
    }

private:
    journal::MemoryMedium kept_;
};

// Prints nothing: remembers what was to be printed. Answers at once, or, where it waits, when it is told to.
class TestPress final : public papers::Press {
public:
    std::vector<documents::Document> printed;
    std::optional<Error> refusal;  // what it answers from now on
    std::string refused_title;     // only to documents with this in their title
    bool waits = false;
    void print(documents::Document document, std::function<void(Result<papers::Printed>)> done) override {
        const bool refused = refusal && document.title.find(refused_title) != std::string::npos;
        printed.push_back(std::move(document));
        waiting_.push_back([this, done = std::move(done), refused] {
            if (refused) return done(std::unexpected(*refusal));
            done(papers::Printed{"%PDF-1.7 of a test", 1});
        });
        if (!waits) answer();
    }
    void check(std::string pdf, std::function<void(Result<documents::PaperCheck>)> done) override {
        waiting_.push_back([this, pdf = std::move(pdf), done = std::move(done)] {
            if (refusal) return done(std::unexpected(*refusal));
            done(papers::verify(pdf, [](const documents::Document&) {
                return papers::Printed{"%PDF-1.7 of a test", 1};
            }));
        });
        if (!waits) answer();
    }
    void answer() {
        for (const auto& one : std::exchange(waiting_, {})) one();
    }

private:
    std::vector<std::function<void()>> waiting_;
};

class PortalWorld {
public:
    explicit PortalWorld(std::string_view now, std::string_view address = "#/", float width = 1280)
        : PortalWorld(starting_at(now), address, width) {}
    PortalWorld(TestPlatform made, std::string_view address, float width = 1280)
        : platform(std::move(made)),
          store(make_medium(), [this] { return platform.new_id(); }),
          portal(platform, store, press),
          page((portal.start(address), [this](ui::Ui& ui) { portal.build(ui); }), width) {}

    void go(std::string_view address) {
        platform.set_address(address, false);
        portal.open_address(address);
        look();
    }
    void back() {
        platform.address = platform.history.back();
        platform.history.pop_back();
        portal.open_address(platform.address);
        look();
    }
    // Builds frames, and does what was put off, until the portal asks for no more.
    void look() {
        do {
            glance();
            if (!platform.tasks.empty()) turn();
        } while (platform.frame_wanted || !platform.tasks.empty());
    }
    // Builds frames, and leaves what was put off.
    void glance() {
        do {
            platform.frame_wanted = false;
            page.settle();
            for (const auto& opened : std::exchange(page.opened, {})) {
                portal.open_address(opened);
                platform.frame_wanted = true;
            }
        } while (platform.frame_wanted);
    }
    // One thing that was put off.
    void turn() {
        const auto task = std::move(platform.tasks.front());
        platform.tasks.pop_front();
        task();
    }
    void click(Role role, std::string_view name, std::string_view inside = {}) {
        page.click(role, name, inside);
        look();
    }
    void type(Role role, std::string_view name, std::string text, std::string_view inside = {}) {
        page.type(role, name, std::move(text), inside);
        look();
    }
    void act_as(std::string_view name) {
        for (const auto& button : page.names(Role::button))
            if (button.starts_with("Acting as ")) {
                click(Role::button, button);
                break;
            }
        type(Role::searchbox, "Find a person", std::string(name));
        click(Role::button, name);
    }
    void start_with_sample_data() {
        go("#/");
        click(Role::button, "Start with sample data");
    }
    void move_to(std::string_view instant) {
        platform.clock = parse_instant(instant).value();
        platform.frame_wanted = true;
        look();
    }
    // On the page as it is read; `shows` looks at what fields hold and buttons are called as well.
    bool says(std::string_view words) const { return page.words().find(words) != std::string::npos; }
    bool shows(std::string_view text) const { return page.dump().find(text) != std::string::npos; }
    const lifecycle::Workspace& kept() const { return store.log().workspace(); }

    static TestPlatform starting_at(std::string_view now) {
        TestPlatform made;
        made.clock = parse_instant(now).value();
        return made;
    }

    std::unique_ptr<TestMedium> make_medium() {
        auto made = std::make_unique<TestMedium>();
        medium = made.get();
        return made;
    }

    TestPlatform platform;
    TestPress press;
    TestMedium* medium = nullptr;  // the store's own: what another program would write to
    journal::Store store;
    app::Portal portal;
    PageHarness page;
};

// A portal that holds the sample data, on one fixed day.
struct SampleWorld : PortalWorld {
    static constexpr auto today = "2026-03-02T09:00:00Z";
    SampleWorld() : PortalWorld(today) { start_with_sample_data(); }
};

}  // namespace ca::test
