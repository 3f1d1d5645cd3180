#include "app/portal.h"

#include "app/actor_setting.h"
#include "app/agreement_pdf.h"
#include "app/sample_world.h"
#include "app/verify.h"
#include "base/sha256.h"
#include "base/shown_text.h"
#include "journal/bundle.h"
#include "pages/present.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ca::app {

using lifecycle::Workspace;
using pages::Outcome;
using pages::ZipJob;

namespace {

lifecycle::Command download_of(const std::string& number, const std::string& file_name, std::size_t size, const std::string& sha256) {
    return {"record_download", {{"number", number}, {"file_name", file_name}, {"size", static_cast<std::int64_t>(size)}, {"sha256", sha256}}};
}

Error clock_in_doubt(const ClockDoubt& doubt) {
    return {"clock_in_doubt", "This was not recorded, because the time may be wrong. " + in_words(doubt) + " Answer the question about it at the top of the page, then try again. What you typed is still here.", {}};
}

// Whether the second is the first in other words: what names the record that it is about is the same.
bool is_about_the_same(const lifecycle::Command& first, const lifecycle::Command& second) {
    const auto value = [](const lifecycle::Command& command, const std::string& name) {
        const auto found = command.arguments.find(name);
        return found == command.arguments.end() ? lifecycle::Value{} : found->second;
    };
    return first.verb == second.verb &&
           std::ranges::all_of(std::array{"number", "case", "account", "notification", "email", "id"}, [&](const char* name) { return value(first, name) == value(second, name); });
}

// Set while somebody practises: whoever finds it set at the start has loaded the portal anew meanwhile. In a browser it is the tab's.
constexpr std::string_view practising_setting = "tab.practising";

Error not_in_practice() {
    return {"practising", "This is not done in practice mode: it would change the workspace itself, and nothing in practice mode may. Leave practice mode first.", {}};
}

}  // namespace

Portal::Portal(Platform& platform, journal::Store& store, Press& press)
    : platform_(platform), store_(store), press_(press), drafts_(platform), clock_(platform) {
    actor_ = actor_from_setting(platform_.setting("acting-as"));
    show_page_anew();
}

Portal::~Portal() = default;

void Portal::start(std::string_view address) {
    route_to(pages::parse_route(address), false);
    focus_next_.clear();  // a page that has just been opened keeps the browser's own first focus
    if (!platform_.setting(practising_setting).empty()) {
        platform_.set_setting(practising_setting, "");
        done_ = Done{.banner = {.heading = "Practice mode has ended", .words = "It ends when the portal is loaded again. Nothing that you did in it was kept: what you see is the workspace itself, and today’s date."}, .is_answer = false};
    }
    store_.on_change([this] {
        due_not_saved_ = false;
        invalidate();
        platform_.request_frame();
    });
    store_.open([this](Result<> opened) {
        loaded_ = true;
        if (!opened) load_error_ = opened.error();
        invalidate();
        write_what_fell_due();
        platform_.request_frame();
    });
}

// ---- The workspace as it is now ---------------------------------------------------------------------------------------------

Instant Portal::now() {
    // Time in a workspace never goes backwards, also where this machine's clock does.
    if (practice_) return std::max(practice_->now, practice_->workspace.now);
    return clock_.now(store_.log().workspace());
}

// What a frame says of the clock. Where there is nothing to say the clock was seen, and is believed next time.
void Portal::look_at_clock() {
    clock_question_.reset();
    if (!loaded_ || practice_) return;
    const auto& kept = store_.log().workspace();
    clock_.look(kept);
    if (const auto doubt = clock_.question(kept))
        clock_question_ = pages::ClockQuestion{.shows = doubt->shows, .believed = doubt->believed, .words = in_words(*doubt), .is_behind = doubt->kind == ClockDoubt::Kind::behind, .was_said_wrong = clock_.was_said_wrong()};
}

void Portal::answer_clock(bool is_right) {
    if (is_right) clock_.say_right(store_.log().workspace());
    else clock_.say_wrong();
    invalidate();
    platform_.request_frame();
}

void Portal::invalidate() { current_.reset(); }

std::shared_ptr<const Workspace> Portal::current() {
    const auto at = now();
    if (current_ && !(next_due_ && *next_due_ <= at)) return current_;
    auto made = std::make_shared<Workspace>(practice_ ? practice_->workspace : store_.log().workspace());
    for (const auto& event : lifecycle::due(*made, at)) lifecycle::apply(*made, event);
    next_due_ = lifecycle::next_due(*made, at);
    current_ = std::move(made);
    ++revision_;
    const auto shown = current_;
    write_what_fell_due();  // may end at once, and then what is shown is made anew in the next frame
    return shown;
}

void Portal::write_what_fell_due() {
    const auto& condition = store_.condition();
    if (writing_due_ || due_not_saved_ || !loaded_ || practice_ || condition.parted) return;
    if (condition.keeping == journal::Keeping::read_only || condition.keeping == journal::Keeping::closed) return;
    if (lifecycle::due(store_.log().workspace(), now()).empty()) return;
    writing_due_ = true;
    store_.try_commit([this](const Workspace& fresh) -> Result<std::vector<lifecycle::Event>> { return lifecycle::due(fresh, clock_.now(fresh)); },
                      [this](Result<journal::Committed> done) {
                          // Not saved: nothing is lost, for it falls due again; the next commit or start writes it.
                          writing_due_ = false;
                          due_not_saved_ = !done;
                          invalidate();
                          platform_.request_frame();
                      });
}

// ---- Where we are -----------------------------------------------------------------------------------------------------------

void Portal::route_to(pages::Route route, bool replaced) {
    const bool same_page = route.subject() == route_.subject();
    route_ = std::move(route);
    // The search field holds the words of the results that are shown, and none on any other page.
    if (route_.path_text() == "search") chrome_.search = route_.query_value("q");
    else if (!same_page) chrome_.search.clear();
    if (same_page) return;
    if (zip_job_ && zip_told_) zip_job_.reset();
    show_page_anew();
    chrome_.choosing_actor = chrome_.menu_open = false;
    if (done_ && done_->shown) done_.reset();
    focus_next_ = replaced ? "" : "main/h1";
}

void Portal::show_page_anew() {
    page_ = pages::make_page(route_);
    outcomes_.clear();
    asked_last_.clear();
    paper_.reset();
    drafts_.open(setting_of(actor_), route_.subject());
    ++visit_;
}

void Portal::open_address(std::string_view address) {
    auto route = pages::parse_route(address);
    ++arrival_;
    platform_.request_frame();
    if (route != route_) route_to(std::move(route), false);
}

void Portal::open(std::string address) {
    platform_.set_address(address, false);
    open_address(address);
}

void Portal::replace(std::string address) {
    platform_.set_address(address, true);
    route_to(pages::parse_route(address), true);
    platform_.request_frame();
}

pages::Context Portal::context(ui::Ui& ui, const Workspace& workspace, const pages::Route& route) {
    return {.workspace = workspace,
            .actor = actor_,
            .now = now(),
            .revision = revision_,
            .log = store_.log(),
            .route = route,
            .arrival = arrival_,
            .actions = *this,
            .ui = ui,
            .practising = practice_.has_value(),
            .loaded = loaded_,
            .has_banner = done_.has_value()};
}

// The gravest thing first: the others are told under Data in this browser, or when this one is mended.
std::string Portal::trouble() const {
    const auto& condition = store_.condition();
    if (load_error_) return load_error_->message;
    for (const auto& each : {condition.reason, condition.damage, condition.replaced})
        if (each) return each->message;
    return {};
}

void Portal::build(ui::Ui& ui) {
    // The page may navigate, act and change the workspace while it is built: it, its route and its workspace are kept until it has finished.
    const auto route = route_;
    look_at_clock();
    const auto workspace = current();
    auto now_shown = context(ui, *workspace, route);
    const auto page = page_;
    std::optional<pages::Banner> banner;
    if (done_) {
        banner = done_->banner;
        banner->takes_focus = done_->is_answer && !done_->shown;
        done_->shown = true;
    }
    now_shown.trouble = trouble();
    if (const auto typed_at = drafts_.came_back()) {
        now_shown.came_back = pages::CameBack{.typed_at = *typed_at};
        for (auto& field : drafts_.without_place()) now_shown.came_back->without_place.push_back({std::move(field.label), std::move(field.value)});
    }
    if (drafts_.trouble()) now_shown.draft_trouble = drafts_.trouble()->message;
    const auto visit = visit_;
    if (loaded_) {
        drafts_.begin_frame(now_shown.now);
        ui.remember_fields(drafts_);
    }
    now_shown.clock = clock_question_ ? &*clock_question_ : nullptr;
    const auto parted = store_.condition().parted;
    now_shown.parted = parted ? &*parted : nullptr;
    now_shown.unsaved = parted ? 0 : store_.unsaved();
    // What opens while this frame is built is there in the next one only.
    const auto focus = loaded_ ? std::exchange(focus_next_, {}) : std::string();
    if (!focus.empty()) {  // unless the page wants to show something else of itself
        ui.focus(focus);
        ui.reveal("banner");
    }
    pages::build_chrome(now_shown, chrome_, *page, banner);
    if (loaded_ && visit == visit_) drafts_.end_frame();
    if (auto title = pages::window_title(now_shown, *page); title != title_) {
        title_ = std::move(title);
        platform_.set_title(title_);
    }
    zip_told_ = zip_job_ && !zip_job_->is_under_way();
    mark_unfinished();
    if (next_due_) ui.redraw_at(*next_due_);
}

// ---- What pages ask for -------------------------------------------------------------------------------------------------------

Portal::Asked Portal::ask(std::string_view form) {
    outcomes_.insert_or_assign(std::string(form), Outcome{});
    platform_.request_frame();
    drafts_.acted();
    return {.form = std::string(form), .visit = visit_, .person = person_, .sending = drafts_.sending()};
}

void Portal::settle(const Asked& asked, Outcome outcome) {
    if (outcome.state == Outcome::State::saved) drafts_.sent(asked.sending);
    // An answer that comes late is not told to another page, which may have a form of the same name, and to nobody else.
    if (asked.visit == visit_) outcomes_.insert_or_assign(asked.form, std::move(outcome));
    invalidate();
    platform_.request_frame();
}

void Portal::submit(std::string_view form, lifecycle::Command command) {
    const std::string name(form);
    if (const auto held = held_command(name)) {
        // Whoever presses again what is held as not saved wants it saved, and not twice.
        if (held->verb == command.verb && held->arguments == command.arguments) return retry();
        // What was only worded anew takes its place; what is about something else stands beside it.
        if (is_about_the_same(*held, command)) store_.withdraw(std::exchange(asked_last_[name], {}).ticket);
    }
    decide_for(name, [command, actor = actor_](const Workspace& workspace, Instant at) { return lifecycle::decide(workspace, command, actor, at); }, lifecycle::missing_arguments(command));
    asked_last_[name].command = std::move(command);
}

// What the form asked for last, where that is held as not saved.
std::optional<lifecycle::Command> Portal::held_command(std::string_view form) const {
    const auto found = asked_last_.find(form);
    return found != asked_last_.end() && store_.holds(found->second.ticket) ? found->second.command : std::nullopt;
}

void Portal::retry() {
    for (const auto& [form, request] : asked_last_)
        if (store_.holds(request.ticket)) ask(form);  // it is being saved again
    store_.retry();
}

void Portal::commit(std::string_view form, pages::Decide decide) { decide_for(form, std::move(decide), {}); }

void Portal::decide_for(std::string_view form, pages::Decide decide, std::vector<std::string> missing) {
    const std::string name(form);
    const auto ticket = decide_and_save(std::move(decide), [this, asked = ask(form), missing = std::move(missing)](Outcome outcome) {
        if (outcome.error.code == "missing_argument") outcome.missing = missing;
        settle(asked, std::move(outcome));
    });
    asked_last_[name] = {.ticket = ticket, .command = {}};
}

// Changes that are held are tried again when one has found room, and whoever asked for that is told.
void Portal::after_saving() {
    if (store_.unsaved() > 0) return retry();
    if (!store_.saving() && std::exchange(retrying_, false)) say_done("Everything is saved", {});
}

journal::Store::Ticket Portal::decide_and_save(pages::Decide decide, std::function<void(Outcome)> done) {
    if (practice_) {
        auto& workspace = practice_->workspace;
        const auto at = now();
        for (const auto& event : lifecycle::due(workspace, at)) lifecycle::apply(workspace, event);
        auto decision = decide(workspace, at);
        if (!decision) {
            done({.state = Outcome::State::refused, .error = decision.error(), .decision = {}});
            return 0;
        }
        for (const auto& event : decision->events) lifecycle::apply(workspace, event);
        done({.state = Outcome::State::saved, .error = {}, .decision = std::move(*decision)});
        return 0;
    }
    auto answer = std::make_shared<Result<lifecycle::Decision>>();
    return store_.commit(
        [this, answer, decide = std::move(decide)](const Workspace& fresh) -> Result<std::vector<lifecycle::Event>> {
            if (const auto doubt = clock_.doubt(fresh)) {
                clock_.ask();
                *answer = std::unexpected(clock_in_doubt(*doubt));
                return std::vector<lifecycle::Event>{};
            }
            const auto at = std::max(clock_.shows(), fresh.now);
            auto workspace = fresh;
            auto events = lifecycle::due(workspace, at);
            for (const auto& event : events) lifecycle::apply(workspace, event);
            *answer = decide(workspace, at);
            // What fell due is written also where the command is refused (R2).
            if (*answer) events.insert(events.end(), (*answer)->events.begin(), (*answer)->events.end());
            return events;
        },
        [this, answer, done = std::move(done)](Result<journal::Committed> committed) {
            if (!committed) return done({.state = Outcome::State::not_saved, .error = committed.error(), .decision = {}});
            due_not_saved_ = false;
            if (*answer) done({.state = Outcome::State::saved, .error = {}, .decision = std::move(**answer)});
            else done({.state = Outcome::State::refused, .error = answer->error(), .decision = {}});
            after_saving();
            if (*answer) platform_.ask_to_persist();
        });
}

const Outcome* Portal::outcome(std::string_view form) const {
    auto found = outcomes_.find(form);
    return found == outcomes_.end() ? nullptr : &found->second;
}

void Portal::forget(std::string_view form) {
    if (auto found = outcomes_.find(form); found != outcomes_.end()) outcomes_.erase(found);
}

void Portal::say_done(std::string heading, std::string words) {
    done_ = Done{.banner = {.heading = std::move(heading), .words = std::move(words)}};
    platform_.request_frame();
}

void Portal::act_as(lifecycle::Actor actor) {
    // What one person asked for, was told, looked for or typed is not given to another; that a ZIP was stopped is all that is said.
    const bool stopped = zip_job_ && zip_job_->is_under_way();
    archive_.reset();
    zip_job_.reset();
    zip_told_ = false;
    if (stopped) zip_job_ = ZipJob{.state = ZipJob::State::cancelled, .error = {.code = "cancelled", .message = "You now act as somebody else."}};
    actor_ = std::move(actor);
    ++person_;
    platform_.set_setting("acting-as", setting_of(actor_));
    done_.reset();
    chrome_ = {};
    route_.query.clear();
    platform_.set_address(route_.address(), true);
    show_page_anew();
    platform_.request_frame();
}

void Portal::save_file(std::string_view name, std::string_view media_type, std::string_view bytes) {
    drafts_.acted();
    platform_.save_file(shown_line(name), media_type, bytes);
}
void Portal::copy_text(std::string_view text) {
    drafts_.acted();
    platform_.copy_text(text);
}

void Portal::throw_draft_away() {
    drafts_.throw_away();
    show_page_anew();
    focus_next_ = "main/h1";
    platform_.request_frame();
}

// A download is recorded: where that will be refused nothing is made. True: it was.
bool Portal::refuse_by_clock(std::string_view form) {
    const auto doubt = practice_ ? std::nullopt : clock_.doubt(store_.log().workspace());
    if (!doubt) return false;
    clock_.ask();
    settle(ask(form), {.state = Outcome::State::refused, .error = clock_in_doubt(*doubt), .decision = {}});
    return true;
}

// With the journal and what fell due, as they are now.
Result<documents::Document> Portal::paper_of(std::string_view number) {
    const auto* agreement = current()->find_agreement(number);
    if (agreement && !lifecycle::may_see(*current(), actor_, *agreement)) return fail("not_found", "There is no connection agreement “" + std::string(number) + "” that you can see.");
    return practice_ ? practice_pdf_document(*current(), number) : agreement_pdf_document(*current(), store_.log(), number);
}

void Portal::download_pdf(std::string_view form, std::string_view number) {
    if (refuse_by_clock(form)) return;
    const std::string wanted(number);
    auto document = paper_of(number);
    const auto asked = ask(form);
    if (!document) return settle(asked, {.state = Outcome::State::refused, .error = document.error(), .decision = {}});
    press_.print(std::move(*document), [this, asked, wanted, ending = file_ending(".pdf")](Result<Printed> printed) {
        if (asked.person != person_) return;
        if (!printed) return settle(asked, {.state = Outcome::State::refused, .error = printed.error(), .decision = {}});
        const auto file_name = wanted + ending;
        platform_.save_file(file_name, "application/pdf", printed->bytes);
        const auto download = download_of(wanted, file_name, printed->bytes.size(), sha256_hex(printed->bytes));
        decide_and_save([download, actor = actor_](const Workspace& workspace, Instant at) { return lifecycle::decide(workspace, download, actor, at); },
                        [this, asked](Outcome outcome) { settle(asked, std::move(outcome)); });
    });
}

// ---- Many agreements as one ZIP -------------------------------------------------------------------------------------------------

// As the agreement is when its turn comes.
Archive::Sheet Portal::sheet_of(const std::string& number) {
    const auto workspace = current();
    Archive::Sheet sheet{.name = {}, .state = {}, .document = paper_of(number)};
    if (const auto* agreement = workspace->find_agreement(number)) {
        sheet.name = agreement->name;
        sheet.state = pages::mark_of(*agreement).words;
    }
    return sheet;
}

void Portal::download_zip(std::vector<std::string> numbers) {
    if ((zip_job_ && zip_job_->is_under_way()) || refuse_by_clock("zip")) return;
    drafts_.acted();
    const auto at = now();
    zip_job_ = ZipJob{.all = numbers.size(), .file_name = "agreements-" + format_iso(london_date(at)) + file_ending(".zip")};
    archive_ = Archive::start(std::move(numbers), at,
                              {.ending = file_ending(".pdf"),
                               .sheet = [this](const std::string& number) { return sheet_of(number); },
                               .press = press_,
                               .later = [this](std::function<void()> task) { platform_.later(std::move(task)); },
                               .moved_on =
                                   [this] {
                                       if (!archive_) return;
                                       const auto progress = archive_->progress();
                                       zip_job_->made = progress.made;
                                       zip_job_->making = progress.making;
                                       // A frame of a long list costs more than an agreement: so many steps are enough to see it move.
                                       constexpr std::size_t steps = 25;
                                       if (progress.made % std::max<std::size_t>(1, progress.all / steps) == 0) platform_.request_frame();
                                   }},
                              [this](Result<Archive::Made> made) {
                                  archive_.reset();
                                  if (!made) return end_zip(ZipJob::State::failed, made.error());
                                  give_zip(std::move(*made));
                              });
    zip_job_->making = archive_->progress().making;
    platform_.request_frame();
}

void Portal::give_zip(Archive::Made made) {
    auto& job = *zip_job_;
    job.size = made.bytes.size();
    for (const auto& entry : made.entries)
        if (entry.file_name.empty()) job.missing.push_back({entry.number, entry.missing});
    platform_.save_file(job.file_name, "application/zip", made.bytes);
    record_downloads(std::move(made.entries));
}

// All in one commit, once the ZIP is the person's (V6).
void Portal::record_downloads(std::vector<Archive::Entry> entries) {
    zip_job_->state = pages::ZipJob::State::recording;
    decide_and_save(
        [entries = std::move(entries), actor = actor_](const Workspace& workspace, Instant at) -> Result<lifecycle::Decision> {
            lifecycle::Decision all;
            for (const auto& entry : entries) {
                if (entry.file_name.empty()) continue;
                // A download bears on no other, so all are decided on the same workspace.
                auto one = CA_TRY(lifecycle::decide(workspace, download_of(entry.number, entry.file_name, entry.size, entry.sha256), actor, at));
                std::ranges::move(one.events, std::back_inserter(all.events));
            }
            return all;
        },
        [this, person = person_](Outcome outcome) {
            if (person != person_) return;
            const bool saved = outcome.state == Outcome::State::saved;
            end_zip(saved ? ZipJob::State::done : ZipJob::State::not_recorded, std::move(outcome.error));
        });
}

void Portal::end_zip(ZipJob::State state, Error error) {
    archive_.reset();
    zip_job_->state = state;
    zip_job_->error = std::move(error);
    zip_told_ = false;
    invalidate();
    platform_.request_frame();
    if (state != ZipJob::State::done || pages::lists_agreements(route_)) return;
    // The person has gone on to another page, and is told there.
    const auto missing = zip_job_->missing.size();
    done_ = Done{.banner = {.heading = zip_job_->file_name + " was downloaded",
                            .words = "It holds " + pages::count_of(zip_job_->all - missing, "agreement", "agreements") + "." +
                                     (missing == 0 ? "" : " " + pages::count_of(missing, "agreement is", "agreements are") + " not in it: manifest.csv in the ZIP says why.")},
                 .is_answer = false};
    zip_job_.reset();
}

void Portal::stop_zip(std::string why) {
    if (archive_) end_zip(ZipJob::State::cancelled, {.code = "cancelled", .message = std::move(why)});
}

void Portal::download_document(std::string_view form, Result<documents::Document> document, std::string_view file_name) {
    const auto asked = ask(form);
    if (!document) return settle(asked, {.state = Outcome::State::refused, .error = document.error(), .decision = {}});
    press_.print(std::move(*document), [this, asked, file = std::string(file_name)](Result<Printed> printed) {
        if (asked.person != person_) return;
        if (!printed) return settle(asked, {.state = Outcome::State::refused, .error = printed.error(), .decision = {}});
        platform_.save_file(file, "application/pdf", printed->bytes);
        settle(asked, {.state = Outcome::State::saved, .error = {}, .decision = {}});
    });
}

void Portal::check_paper(std::string file_name, std::string pdf) {
    paper_ = std::make_shared<pages::CheckedPaper>(pages::CheckedPaper{.file_name = std::move(file_name)});
    press_.check(std::move(pdf), [this, asked = std::weak_ptr(paper_)](Result<documents::PaperCheck> check) {
        // Another file, or another page, may have taken its place meanwhile.
        if (auto paper = asked.lock()) paper->check = std::move(check);
        platform_.request_frame();
    });
    platform_.request_frame();
}

// ---- This browser's copy ------------------------------------------------------------------------------------------------------

pages::Storage Portal::storage() {
    const auto report = platform_.storage();
    const auto& condition = store_.condition();
    pages::Storage storage{.where = report.where, .used_bytes = report.used_bytes, .quota_bytes = report.quota_bytes, .persistent = report.persistent, .events = store_.log().size()};
    if (condition.damage) storage.damage = condition.damage->message;
    if (condition.reason) storage.trouble = condition.reason->message;
    storage.read_only = condition.keeping == journal::Keeping::read_only;
    storage.unsaved = store_.unsaved();
    storage.asides = condition.asides;
    return storage;
}

std::string Portal::export_backup() { return store_.backup(); }

Result<pages::BackupReport> Portal::compare_backup(std::string_view bytes) {
    auto report = journal::compare_bundle(store_.log(), bytes);
    if (!report) return std::unexpected(report.error());
    return pages::BackupReport{.added = report->added.size(), .same = report->same};
}

// What would change the journal as a whole. True: it was refused.
bool Portal::refuse_in_practice(std::string_view form) {
    if (!practice_) return false;
    settle(ask(form), {.state = Outcome::State::refused, .error = not_in_practice(), .decision = {}});
    return true;
}

void Portal::import_backup(std::string_view form, std::string bytes) {
    if (refuse_in_practice(form)) return;
    store_.restore(std::move(bytes), [this, asked = ask(form)](Result<journal::Committed> done) {
        if (!done) return settle(asked, {.state = done.error().code == "not_saved" ? Outcome::State::not_saved : Outcome::State::refused, .error = done.error(), .decision = {}});
        settle(asked, {.state = Outcome::State::saved, .error = {}, .decision = {}});
    });
}

void Portal::erase_workspace(std::string_view form) {
    if (refuse_in_practice(form)) return;
    store_.erase([this, asked = ask(form)](Result<> done) {
        if (!done) return settle(asked, {.state = Outcome::State::not_saved, .error = done.error(), .decision = {}});
        drafts_.forget_all();
        settle(asked, {.state = Outcome::State::saved, .error = {}, .decision = {}});
    });
}

void Portal::start_with_sample_data(std::string_view form) {
    commit(form, [](const Workspace& workspace, Instant at) -> Result<lifecycle::Decision> {
        auto events = sample_world(workspace, at);
        if (!events) return std::unexpected(events.error());
        return lifecycle::Decision{.events = std::move(*events)};
    });
}

void Portal::retry_unsaved() {
    retrying_ = true;
    retry();
}

void Portal::save_checked(std::string_view form, void (journal::Store::*task)(journal::Store::Done)) {
    if (refuse_in_practice(form)) return;
    (store_.*task)([this, asked = ask(form)](Result<> done) {
        if (!done) return settle(asked, {.state = Outcome::State::not_saved, .error = done.error(), .decision = {}});
        settle(asked, {.state = Outcome::State::saved, .error = {}, .decision = {}});
    });
}

void Portal::save_aside(std::string_view form, std::string_view name) {
    store_.read_aside(std::string(name), [this, asked = ask(form)](Result<std::string> backup) {
        if (asked.person != person_) return;
        if (!backup) return settle(asked, {.state = Outcome::State::not_saved, .error = backup.error(), .decision = {}});
        platform_.save_file("connection-agreements-set-aside.jsonl", "application/jsonl", *backup);
        settle(asked, {.state = Outcome::State::saved, .error = {}, .decision = {}});
    });
}

// Whoever leaves now would lose something: a change that is not saved, or all that only this page still holds.
void Portal::mark_unfinished() {
    const auto& condition = store_.condition();
    const bool only_here = condition.parted || (condition.keeping == journal::Keeping::memory_only && store_.log().size() > 0);
    platform_.set_unfinished(store_.unsaved() > 0 || store_.saving() || only_here);
}

std::string Portal::portal_address() { return platform_.portal_address(); }

// ---- Practice with time ---------------------------------------------------------------------------------------------------------

void Portal::start_practice() {
    if (practice_) return;
    stop_zip("Practice mode has begun.");
    practice_ = Practice{*current(), now()};
    drafts_.begin_practice();
    focus_next_ = "practice/title";
    platform_.set_setting(practising_setting, "yes");
    outcomes_.clear();
    asked_last_.clear();
    invalidate();
    platform_.request_frame();
}

void Portal::leave_practice() {
    stop_zip("Practice mode has ended.");
    practice_.reset();
    platform_.set_setting(practising_setting, "");
    drafts_.end_practice();
    invalidate();
    show_page_anew();
    focus_next_ = "main/h1";
    platform_.request_frame();
}

void Portal::practise_at(Instant at) {
    if (!practice_) return;
    practice_->now = std::max(at, practice_->now);
    for (const auto& event : lifecycle::due(practice_->workspace, practice_->now)) lifecycle::apply(practice_->workspace, event);
    invalidate();
    platform_.request_frame();
}

bool Portal::can_choose_view() { return platform_.can_choose_view(); }
bool Portal::html_view() { return platform_.html_view(); }
void Portal::set_html_view(bool on) {
    platform_.set_html_view(on);
    platform_.request_frame();
}

}  // namespace ca::app
