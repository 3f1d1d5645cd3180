#include "platform/web/web_press.h"

#include "app/press_fonts.h"
#include "pdf/pdf.h"
#include "platform/web/bridge.h"

#include <array>
#include <deque>
#include <optional>

namespace ca::platform {

namespace {

// A slice ends when so much time has gone, so that typing and scrolling are not held up.
constexpr double slice_ms_max = 12;

struct Job {
    documents::Document document;
    std::function<void(Result<app::Printed>)> done;
};

}  // namespace

struct WebPress::Work : std::enable_shared_from_this<Work> {
    std::deque<Job> jobs;  // the first is being printed
    std::optional<pdf::FontSet> fonts;
    std::vector<std::string> font_bytes;
    std::size_t fonts_coming = 0;
    std::optional<Error> font_error;
    std::optional<pdf::Writing> writing;

    void begin() {
        if (!fonts) return fetch_fonts();
        writing.emplace(jobs.front().document, *fonts);
        later([](Work& work) { work.advance(); });
    }

    void fetch_fonts() {
        font_bytes.assign(app::press_font_files.size(), {});
        fonts_coming = font_bytes.size();
        font_error.reset();
        for (std::size_t i = 0; i < font_bytes.size(); ++i)
            bridge::fetch("fonts/" + std::string(app::press_font_files[i]), [weak = weak_from_this(), i](Result<std::string> bytes) {
                if (auto work = weak.lock()) work->font_came(i, std::move(bytes));
            });
    }

    void font_came(std::size_t index, Result<std::string> bytes) {
        if (bytes)
            font_bytes[index] = std::move(*bytes);
        else
            font_error = std::move(bytes.error());
        if (--fonts_coming > 0) return;
        // A failure is not kept: the next print fetches again.
        if (font_error) return finish(std::unexpected(*font_error));
        auto set = app::press_fonts(std::move(font_bytes));
        if (!set) return finish(std::unexpected(set.error()));
        fonts = std::move(*set);
        begin();
    }

    void advance() {
        const double end_ms = bridge::now_ms() + slice_ms_max;
        while (writing->advance())
            if (bridge::now_ms() >= end_ms) return later([](Work& work) { work.advance(); });
        auto file = writing->take();
        writing.reset();
        if (!file) return finish(std::unexpected(file.error()));
        finish(app::Printed{.bytes = std::move(file->bytes), .pages = file->page_count});
    }

    void finish(Result<app::Printed> printed) {
        const auto done = std::move(jobs.front().done);
        jobs.pop_front();
        done(std::move(printed));
        if (!jobs.empty() && !writing) begin();
    }

    void later(void (*step)(Work&)) {
        bridge::later([weak = weak_from_this(), step] {
            if (auto work = weak.lock()) step(*work);
        });
    }
};

WebPress::WebPress() : work_(std::make_shared<Work>()) {}
WebPress::~WebPress() = default;

void WebPress::print(documents::Document document, std::function<void(Result<app::Printed>)> done) {
    work_->jobs.push_back({std::move(document), std::move(done)});
    if (work_->jobs.size() == 1) work_->begin();
}

}  // namespace ca::platform
