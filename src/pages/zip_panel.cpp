// How a ZIP of many agreements is shown while it is made, and when it is done.

#include "pages/present.h"

namespace ca::pages {
namespace {

using State = ZipJob::State;

std::string pdfs_in(const ZipJob& job) { return count_of(job.all - job.missing.size(), "agreement", "agreements"); }

std::string cancelled_words(const ZipJob& job) {
    return "Cancelled: nothing was downloaded." + (job.error.message.empty() ? "" : " " + job.error.message);
}

// Said once, when the job begins and when it ends: what moves in between is the progress bar's.
std::string status_words(const ZipJob& job) {
    switch (job.state) {
        case State::making:
            return "Making a ZIP of " + count_of(job.all, "agreement", "agreements") +
                   ". You can use other pages meanwhile; keep this window open.";
        case State::recording: return "Saving the record of these downloads…";
        case State::done:
            return job.file_name + " was downloaded: " + pdfs_in(job) + ", " + size_in_words(job.size) +
                   ", with their SHA-256 hashes.";
        case State::cancelled: return cancelled_words(job);
        case State::failed: return {};  // an alert says it
        case State::not_recorded: return job.file_name + " was downloaded.";
    }
    return {};
}

std::string alert_words(const ZipJob& job) {
    if (job.state == State::failed) return "Nothing was downloaded. " + job.error.message;
    if (job.state == State::not_recorded) return "These downloads are not in the record. " + job.error.message;
    return {};
}

void build_missing(ui::Ui& ui, const ZipJob& job) {
    constexpr std::size_t shown_at_most = 10;
    if (job.missing.empty() || job.state == State::cancelled || job.state == State::failed) return;
    ui.paragraph(ui::Words{{ui::bold(count_of(job.missing.size(), "agreement is", "agreements are") + " not in it."),
                            ui::text(" manifest.csv in the ZIP says the same.")}},
                 ui::TextSize::body, "missing-words");
    auto list = ui.list("missing");
    for (std::size_t i = 0; i < job.missing.size() && i < shown_at_most; ++i) {
        const auto& missing = job.missing[i];
        auto item = ui.list_item(missing.number);
        ui.paragraph(
            ui::Words{{ui::link_to(missing.number, agreement_address(missing.number)), ui::text(": " + missing.why)}},
            ui::TextSize::body, "why");
    }
    if (job.missing.size() > shown_at_most) {
        auto item = ui.list_item("more");
        ui.paragraph("and " + grouped(job.missing.size() - shown_at_most) + " more", ui::TextSize::body, "count");
    }
}

}  // namespace

void build_zip_job(Context& context) {
    auto& ui = context.ui;
    const auto* job = context.downloads.zip_job();
    const auto zip_button = ui.full_key("choosing/zip");
    ui.status("zip-status", job ? status_words(*job) : "");
    ui.alert("zip-alert", job ? alert_words(*job) : "");
    if (!job) return;
    if (job->state == State::making) {
        auto row = ui.row("zip-making");
        const auto words = job->making.empty()
                               ? "Putting the ZIP together"
                               : "Making " + job->making + " – " + grouped(job->made + 1) + " of " + grouped(job->all);
        ui.progress("progress", words,
                    job->all == 0 ? 0 : static_cast<double>(job->made) / static_cast<double>(job->all));
        if (ui.button("cancel", "Cancel")) {
            context.downloads.cancel_zip();
            ui.focus(zip_button);  // the one that was pressed goes away
        }
    }
    build_missing(ui, *job);
}

void build_zip_line(Context& context) {
    const auto* job = context.downloads.zip_job();
    if (!job || lists_agreements(context.route)) return;
    std::string words;
    if (job->state == State::making)
        words = "A ZIP of agreements is being made: " + grouped(job->made) + " of " + grouped(job->all) + ". ";
    else if (job->state == State::cancelled) words = "The ZIP of agreements: " + cancelled_words(*job) + " ";
    else if (const auto alert = alert_words(*job); !alert.empty()) words = "The ZIP of agreements: " + alert + " ";
    else return;
    context.ui.paragraph(ui::Words{{ui::text(words), ui::link_to("My Connection Agreements", "#/agreements")}},
                         ui::TextSize::small, "zip-line");
}

}  // namespace ca::pages
