// What is given to the person: files, papers, ZIPs of many; and a downloaded agreement that is given back to be
// checked.
#pragma once

#include "app/visit.h"
#include "papers/archive.h"
#include "papers/press.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ca::app {

class Downloads final : public pages::Downloads {
public:
    Downloads(Platform&, Session&, Drafts&, Visit&, papers::Press&);

    void begin_page() { paper_.reset(); }
    void forget_what_was_told();  // how the last ZIP ended, once a page has shown it
    void frame_has_told();        // a frame was built, and has shown it
    void another_person();  // one person's files are not given to another; that a ZIP was stopped is all that is said
    void stop_zip(std::string why);

    // ---- pages::Downloads ---------------------------------------------------------------------------------
    void save_file(std::string_view name, std::string_view media_type, std::string_view bytes) override;
    void copy_text(std::string_view) override;
    void download_pdf(std::string_view form, std::string_view number) override;
    void download_zip(std::vector<std::string> numbers) override;
    void cancel_zip() override { stop_zip({}); }
    const pages::ZipJob* zip_job() const override { return zip_job_ ? &*zip_job_ : nullptr; }
    void download_document(std::string_view form, Result<documents::Document> document,
                           std::string_view file_name) override;
    void check_paper(std::string file_name, std::string pdf) override;
    const pages::CheckedPaper* checked_paper() const override { return paper_.get(); }

private:
    Result<documents::Document> paper_of(std::string_view number);
    // What was made in practice says so in its file's name.
    std::string file_ending(std::string_view type) const {
        return (session_.practising() ? "-practice" : "") + std::string(type);
    }
    papers::Archive::Sheet sheet_of(const std::string& number);
    void zip_moved_on();
    void give_zip(papers::Archive::Made);
    void record_downloads(std::vector<papers::Archive::Entry>);
    void end_zip(pages::ZipJob::State, Error = {});

    Platform& platform_;
    Session& session_;
    Drafts& drafts_;
    Visit& visit_;
    papers::Press& press_;
    std::shared_ptr<papers::Archive> archive_;  // while PDFs are made for a ZIP
    std::optional<pages::ZipJob> zip_job_;
    bool zip_told_ = false;                       // a page has shown how it ended: the next page says no more of it
    std::shared_ptr<pages::CheckedPaper> paper_;  // of the page that is shown
};

}  // namespace ca::app
