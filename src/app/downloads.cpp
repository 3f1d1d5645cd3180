#include "app/downloads.h"

#include "base/sha256.h"
#include "base/shown_text.h"
#include "pages/present.h"
#include "papers/agreement_pdf.h"

#include <algorithm>
#include <utility>

namespace ca::app {

using lifecycle::Workspace;
using pages::Outcome;
using pages::ZipJob;
using papers::Archive;

namespace {

lifecycle::Command download_of(const std::string& number, const std::string& file_name, std::size_t size,
                               const std::string& sha256) {
    const auto bytes = static_cast<std::int64_t>(size);
    return lifecycle::to_command(
        lifecycle::ask::RecordDownload{.number = number, .file_name = file_name, .size = bytes, .sha256 = sha256});
}

}  // namespace

Downloads::Downloads(Platform& platform, Session& session, Drafts& drafts, Visit& visit, papers::Press& press)
    : platform_(platform), session_(session), drafts_(drafts), visit_(visit), press_(press) {}

void Downloads::forget_what_was_told() {
    if (zip_job_ && zip_told_) zip_job_.reset();
}

void Downloads::frame_has_told() { zip_told_ = zip_job_ && !zip_job_->is_under_way(); }

void Downloads::another_person() {
    const bool stopped = zip_job_ && zip_job_->is_under_way();
    archive_.reset();
    zip_job_.reset();
    zip_told_ = false;
    if (stopped)
        zip_job_ = ZipJob{.state = ZipJob::State::cancelled,
                          .error = {.code = "cancelled", .message = "You now act as somebody else."}};
}

void Downloads::save_file(std::string_view name, std::string_view media_type, std::string_view bytes) {
    drafts_.acted();
    platform_.save_file(shown_line(name), media_type, bytes);
}
void Downloads::copy_text(std::string_view text) {
    drafts_.acted();
    platform_.copy_text(text);
}

// With the journal and what fell due, as they are now.
Result<documents::Document> Downloads::paper_of(std::string_view number) {
    const auto seen = session_.seen();
    return session_.practising() ? papers::practice_pdf_document(*seen, number)
                                 : papers::agreement_pdf_document(*seen, {session_.log(), *seen}, number);
}

void Downloads::download_pdf(std::string_view form, std::string_view number) {
    if (session_.refuse_by_clock(form)) return;
    const std::string wanted(number);
    auto document = paper_of(number);
    const auto asked = session_.ask(form);
    if (!document)
        return session_.settle(asked, {.state = Outcome::State::refused, .error = document.error(), .decision = {}});
    press_.print(std::move(*document), [this, asked, wanted,
                                        ending = file_ending(".pdf")](Result<papers::Printed> printed) {
        if (asked.person != session_.person()) return;
        if (!printed)
            return session_.settle(asked, {.state = Outcome::State::refused, .error = printed.error(), .decision = {}});
        const auto file_name = wanted + ending;
        platform_.save_file(file_name, "application/pdf", printed->bytes);
        const auto download = download_of(wanted, file_name, printed->bytes.size(), sha256_hex(printed->bytes));
        session_.save_all({download}, [this, asked](Outcome outcome) { session_.settle(asked, std::move(outcome)); });
    });
}

// ---- Many agreements as one ZIP ---------------------------------------------------------------------------

// As the agreement is when its turn comes.
Archive::Sheet Downloads::sheet_of(const std::string& number) {
    const auto workspace = session_.seen();
    Archive::Sheet sheet{.name = {}, .state = {}, .document = paper_of(number)};
    if (const auto* agreement = workspace->find_agreement(number)) {
        sheet.name = agreement->name;
        sheet.state = pages::mark_of(*agreement).words;
    }
    return sheet;
}

void Downloads::download_zip(std::vector<std::string> numbers) {
    if ((zip_job_ && zip_job_->is_under_way()) || session_.refuse_by_clock("zip")) return;
    drafts_.acted();
    const auto at = session_.now();
    zip_job_ =
        ZipJob{.all = numbers.size(), .file_name = "agreements-" + format_iso(london_date(at)) + file_ending(".zip")};
    archive_ = Archive::start(std::move(numbers), at,
                              {.ending = file_ending(".pdf"),
                               .sheet = [this](const std::string& number) { return sheet_of(number); },
                               .press = press_,
                               .later = [this](std::function<void()> task) { platform_.later(std::move(task)); },
                               .moved_on = [this] { zip_moved_on(); }},
                              [this](Result<Archive::Made> made) {
                                  archive_.reset();
                                  if (!made) return end_zip(ZipJob::State::failed, made.error());
                                  give_zip(std::move(*made));
                              });
    zip_job_->making = archive_->progress().making;
    platform_.request_frame();
}

void Downloads::zip_moved_on() {
    if (!archive_) return;
    const auto progress = archive_->progress();
    zip_job_->made = progress.made;
    zip_job_->making = progress.making;
    // A frame of a long list costs more than an agreement: so many steps are enough to see it move.
    constexpr std::size_t steps = 25;
    if (progress.made % std::max<std::size_t>(1, progress.all / steps) == 0) platform_.request_frame();
}

void Downloads::give_zip(Archive::Made made) {
    auto& job = *zip_job_;
    job.size = made.bytes.size();
    for (const auto& entry : made.entries)
        if (entry.file_name.empty()) job.missing.push_back({entry.number, entry.missing});
    platform_.save_file(job.file_name, "application/zip", made.bytes);
    record_downloads(std::move(made.entries));
}

// All in one commit, once the ZIP is the person's (V6).
void Downloads::record_downloads(std::vector<Archive::Entry> entries) {
    zip_job_->state = pages::ZipJob::State::recording;
    std::vector<lifecycle::Command> commands;
    for (const auto& entry : entries)
        if (!entry.file_name.empty())
            commands.push_back(download_of(entry.number, entry.file_name, entry.size, entry.sha256));
    session_.save_all(std::move(commands), [this, person = session_.person()](Outcome outcome) {
        if (person != session_.person()) return;
        const bool saved = outcome.state == Outcome::State::saved;
        end_zip(saved ? ZipJob::State::done : ZipJob::State::not_recorded, std::move(outcome.error));
    });
}

void Downloads::end_zip(ZipJob::State state, Error error) {
    archive_.reset();
    zip_job_->state = state;
    zip_job_->error = std::move(error);
    zip_told_ = false;
    session_.invalidate();
    platform_.request_frame();
    if (state != ZipJob::State::done || pages::lists_agreements(visit_.route())) return;
    // The person has gone on to another page, and is told there.
    const auto missing = zip_job_->missing.size();
    visit_.say_news({.heading = zip_job_->file_name + " was downloaded",
                     .words = "It holds " + pages::count_of(zip_job_->all - missing, "agreement", "agreements") + "." +
                              (missing == 0 ? ""
                                            : " " + pages::count_of(missing, "agreement is", "agreements are") +
                                                  " not in it: manifest.csv in the ZIP says why.")});
    zip_job_.reset();
}

void Downloads::stop_zip(std::string why) {
    if (archive_) end_zip(ZipJob::State::cancelled, {.code = "cancelled", .message = std::move(why)});
}

void Downloads::download_document(std::string_view form, Result<documents::Document> document,
                                  std::string_view file_name) {
    const auto asked = session_.ask(form);
    if (!document)
        return session_.settle(asked, {.state = Outcome::State::refused, .error = document.error(), .decision = {}});
    press_.print(std::move(*document), [this, asked, file = std::string(file_name)](Result<papers::Printed> printed) {
        if (asked.person != session_.person()) return;
        if (!printed)
            return session_.settle(asked, {.state = Outcome::State::refused, .error = printed.error(), .decision = {}});
        platform_.save_file(file, "application/pdf", printed->bytes);
        session_.settle(asked, {.state = Outcome::State::saved, .error = {}, .decision = {}});
    });
}

void Downloads::check_paper(std::string file_name, std::string pdf) {
    paper_ = std::make_shared<pages::CheckedPaper>(pages::CheckedPaper{.file_name = std::move(file_name)});
    press_.check(std::move(pdf), [this, asked = std::weak_ptr(paper_)](Result<documents::PaperCheck> check) {
        // Another file, or another page, may have taken its place meanwhile.
        if (auto paper = asked.lock()) paper->check = std::move(check);
        platform_.request_frame();
    });
    platform_.request_frame();
}

}  // namespace ca::app
