#include "app/keeping.h"

#include "app/sample_world.h"
#include "journal/bundle.h"

#include <utility>

namespace ca::app {

using pages::Outcome;

// The gravest thing first: the others are told under Data in this browser, or when this one is mended.
std::string Keeping::trouble() {
    const auto& condition = store_.condition();
    if (session_.load_error()) return session_.load_error()->message;
    for (const auto& each : {condition.reason, condition.damage})
        if (each) return each->message;
    // That another tab erased everything is news on the page on which it is read, and not on those after it.
    if (!condition.replaced) replaced_on_.reset();
    else if (!replaced_on_) replaced_on_ = session_.page();
    return replaced_on_ == session_.page() ? condition.replaced->message : std::string();
}

std::optional<journal::Parted> Keeping::parted() const { return store_.condition().parted; }

std::size_t Keeping::unsaved() const { return parted() ? 0 : store_.unsaved(); }

// What would be lost: a change that is not saved, or all that only this page still holds.
void Keeping::mark_unfinished() {
    const auto& condition = store_.condition();
    const bool only_here =
        condition.parted || (condition.keeping == journal::Keeping::memory_only && store_.log().size() > 0);
    platform_.set_unfinished(store_.unsaved() > 0 || store_.saving() || only_here);
}

pages::Storage Keeping::storage() {
    const auto report = platform_.storage();
    const auto& condition = store_.condition();
    pages::Storage storage{.where = report.where,
                           .used_bytes = report.used_bytes,
                           .quota_bytes = report.quota_bytes,
                           .persistent = report.persistent,
                           .events = store_.log().size()};
    if (condition.damage) storage.damage = condition.damage->message;
    if (condition.reason) storage.trouble = condition.reason->message;
    storage.read_only = condition.keeping == journal::Keeping::read_only;
    storage.unsaved = store_.unsaved();
    storage.asides = condition.asides;
    return storage;
}

std::string Keeping::export_backup() {
    const auto seen = session_.seen();
    return seen->sees_everything() ? store_.backup() : journal::SeenRecord(store_.log(), *seen).lines();
}

Result<pages::BackupReport> Keeping::compare_backup(std::string_view bytes) {
    auto report = journal::compare_bundle(store_.log(), bytes);
    if (!report) return std::unexpected(report.error());
    return pages::BackupReport{.added = report->added.size(), .same = report->same};
}

void Keeping::import_backup(std::string_view form, std::string bytes) {
    if (session_.refuse_in_practice(form) || session_.refuse_in_shared(form)) return;
    store_.restore(std::move(bytes), [this, asked = session_.ask(form)](Result<journal::Committed> done) {
        if (!done)
            return session_.settle(
                asked, {.state = done.error().code == "not_saved" ? Outcome::State::not_saved : Outcome::State::refused,
                        .error = done.error(),
                        .decision = {}});
        session_.settle(asked, {.state = Outcome::State::saved, .error = {}, .decision = {}});
    });
}

void Keeping::erase_workspace(std::string_view form) {
    if (session_.refuse_in_practice(form) || session_.refuse_in_shared(form)) return;
    store_.erase([this, asked = session_.ask(form)](Result<> done) {
        if (!done)
            return session_.settle(asked, {.state = Outcome::State::not_saved, .error = done.error(), .decision = {}});
        drafts_.forget_all();
        session_.settle(asked, {.state = Outcome::State::saved, .error = {}, .decision = {}});
    });
}

void Keeping::start_with_sample_data(std::string_view form) {
    session_.decide_for(form, [](const lifecycle::Workspace& workspace, Instant at) -> Result<lifecycle::Decision> {
        auto events = sample_world(workspace, at);
        if (!events) return std::unexpected(events.error());
        return lifecycle::Decision{.events = std::move(*events)};
    });
}

void Keeping::save_checked(std::string_view form, void (journal::Store::*task)(journal::Store::Done)) {
    if (session_.refuse_in_practice(form) || session_.refuse_in_shared(form)) return;
    (store_.*task)([this, asked = session_.ask(form)](Result<> done) {
        if (!done)
            return session_.settle(asked, {.state = Outcome::State::not_saved, .error = done.error(), .decision = {}});
        session_.settle(asked, {.state = Outcome::State::saved, .error = {}, .decision = {}});
    });
}

void Keeping::write_back(std::string_view form) { save_checked(form, &journal::Store::write_back); }
void Keeping::set_aside(std::string_view form) { save_checked(form, &journal::Store::set_aside); }

void Keeping::save_aside(std::string_view form, std::string_view name) {
    store_.read_aside(std::string(name), [this, asked = session_.ask(form)](Result<std::string> backup) {
        if (asked.person != session_.person()) return;
        if (!backup)
            return session_.settle(asked,
                                   {.state = Outcome::State::not_saved, .error = backup.error(), .decision = {}});
        platform_.save_file("connection-agreements-set-aside.jsonl", "application/jsonl", *backup);
        session_.settle(asked, {.state = Outcome::State::saved, .error = {}, .decision = {}});
    });
}

}  // namespace ca::app
