// The portal: one workspace, one person acting, one page shown. Platforms own the loop and call in:
//
//     Portal portal(platform, store, press);
//     portal.start("#/agreements");             // reads the journal; frames may be drawn at once and say that it is being read
//     portal.open("#/cases");                   // the address changed (link, Back, typed)
//     portal.build(screen.begin(input));        // a frame
//
// What is shown is the journal's workspace with everything that has fallen due up to now applied (T3). Whatever fell due is also
// written to the journal, at its own instant, as soon as the journal can be written: it needs no server and no open window to come true.
// Where the machine's clock is not plausible (trusted_clock.h) nothing is shown or written by it until a person has said that it is right.
// In practice mode a copy in memory, with a clock of its own, takes the place of the journal.
#pragma once

#include "app/archive.h"
#include "app/drafts.h"
#include "app/platform.h"
#include "app/press.h"
#include "app/trusted_clock.h"
#include "journal/store.h"
#include "pages/page.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace ca::app {

class Portal : private pages::Actions {
public:
    Portal(Platform&, journal::Store&, Press&);
    ~Portal() override;

    void start(std::string_view address);
    void open_address(std::string_view address);  // the platform's address changed
    void build(ui::Ui&);
    std::string title() const { return title_; }
    bool is_reading() const { return !loaded_; }  // the journal: what is shown until then says so

private:
    struct Practice {
        lifecycle::Workspace workspace;
        Instant now;
    };
    struct Done {
        pages::Banner banner;
        bool shown = false;
        bool is_answer = true;  // to what the person has just done; otherwise it is news that must not disturb
    };

    struct Asked {  // what an answer belongs to
        std::string form;
        std::uint64_t visit, person;
        Drafts::Sending sending;
    };

    Instant now();
    void look_at_clock();
    std::shared_ptr<const lifecycle::Workspace> current();
    void invalidate();
    bool refuse_by_clock(std::string_view form);
    bool refuse_in_practice(std::string_view form);
    void save_checked(std::string_view form, void (journal::Store::*task)(journal::Store::Done));
    void mark_unfinished();
    std::string trouble() const;  // words about storage that everyone must see; empty: none
    void write_what_fell_due();
    void route_to(pages::Route, bool replaced);
    void show_page_anew();
    Asked ask(std::string_view form);
    void decide_for(std::string_view form, pages::Decide decide, std::vector<std::string> missing);
    journal::Store::Ticket decide_and_save(pages::Decide decide, std::function<void(pages::Outcome)> done);
    std::optional<lifecycle::Command> held_command(std::string_view form) const;
    void retry();
    void after_saving();
    void settle(const Asked&, pages::Outcome outcome);
    Result<documents::Document> paper_of(std::string_view number);
    // What was made in practice says so in its file's name.
    std::string file_ending(std::string_view type) const { return (practice_ ? "-practice" : "") + std::string(type); }
    Archive::Sheet sheet_of(const std::string& number);
    void give_zip(Archive::Made);
    void record_downloads(std::vector<Archive::Entry>);
    void end_zip(pages::ZipJob::State, Error = {});
    void stop_zip(std::string why);
    pages::Context context(ui::Ui&, const lifecycle::Workspace&, const pages::Route&);

    // pages::Actions
    void submit(std::string_view form, lifecycle::Command command) override;
    void commit(std::string_view form, pages::Decide decide) override;
    const pages::Outcome* outcome(std::string_view form) const override;
    void forget(std::string_view form) override;
    void open(std::string address) override;
    void replace(std::string address) override;
    void say_done(std::string heading, std::string words) override;
    void act_as(lifecycle::Actor) override;
    void save_file(std::string_view name, std::string_view media_type, std::string_view bytes) override;
    void copy_text(std::string_view) override;
    void download_pdf(std::string_view form, std::string_view number) override;
    void download_zip(std::vector<std::string> numbers) override;
    void cancel_zip() override { stop_zip({}); }
    const pages::ZipJob* zip_job() const override { return zip_job_ ? &*zip_job_ : nullptr; }
    void download_document(std::string_view form, Result<documents::Document> document, std::string_view file_name) override;
    void check_paper(std::string file_name, std::string pdf) override;
    const pages::CheckedPaper* checked_paper() const override { return paper_.get(); }
    void throw_draft_away() override;
    pages::Storage storage() override;
    std::string export_backup() override;
    Result<pages::BackupReport> compare_backup(std::string_view bytes) override;
    void import_backup(std::string_view form, std::string bytes) override;
    void erase_workspace(std::string_view form) override;
    void start_with_sample_data(std::string_view form) override;
    void retry_unsaved() override;
    void write_back(std::string_view form) override { save_checked(form, &journal::Store::write_back); }
    void set_aside(std::string_view form) override { save_checked(form, &journal::Store::set_aside); }
    void save_aside(std::string_view form, std::string_view name) override;
    void answer_clock(bool is_right) override;
    std::string portal_address() override;
    void start_practice() override;
    void leave_practice() override;
    void practise_at(Instant) override;
    bool can_choose_view() override;
    bool html_view() override;
    void set_html_view(bool) override;

    Platform& platform_;
    journal::Store& store_;
    Press& press_;
    Drafts drafts_;
    TrustedClock clock_;
    std::optional<pages::ClockQuestion> clock_question_;  // of this frame

    bool loaded_ = false;
    std::optional<Error> load_error_;
    std::shared_ptr<const lifecycle::Workspace> current_;  // the journal's workspace with what fell due; empty: to be made anew
    std::uint64_t revision_ = 0;
    std::optional<Instant> next_due_;
    bool writing_due_ = false;
    bool due_not_saved_ = false;  // asked for again when something else was saved, or is news
    std::optional<Practice> practice_;

    std::shared_ptr<Archive> archive_;  // while PDFs are made for a ZIP
    std::optional<pages::ZipJob> zip_job_;
    bool zip_told_ = false;  // a page has shown how it ended: the next page says no more of it

    lifecycle::Actor actor_;
    std::uint64_t person_ = 0, visit_ = 0;  // go up when somebody else acts, and when a page is shown anew
    std::uint64_t arrival_ = 0;             // goes up whenever an address is opened
    pages::Route route_;
    std::shared_ptr<pages::Page> page_;  // shared with `build`, in which a page may open another
    pages::ChromeState chrome_;
    std::map<std::string, pages::Outcome, std::less<>> outcomes_;
    struct Request {
        journal::Store::Ticket ticket = 0;
        std::optional<lifecycle::Command> command{};  // where it is one
    };
    std::map<std::string, Request, std::less<>> asked_last_;  // by form of the page that is shown
    bool retrying_ = false;  // somebody waits to hear that what was held is saved
    std::shared_ptr<pages::CheckedPaper> paper_;  // of the page that is shown
    std::optional<Done> done_;
    std::string title_;
    std::string focus_next_;  // the heading of what has just opened: a page, or practice mode; empty: focus stays
};

}  // namespace ca::app
