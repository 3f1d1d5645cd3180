#include "app/session.h"

#include "app/actor_setting.h"
#include "app/people.h"
#include "pages/present.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ca::app {

using lifecycle::Sight;
using lifecycle::Workspace;
using pages::Outcome;

namespace {

Error clock_in_doubt(const ClockDoubt& doubt) {
    return {"clock_in_doubt",
            "This was not recorded, because the time may be wrong. " + in_words(doubt) +
                " Answer the question about it at the top of the page, then try again. What you typed is still here.",
            {}};
}

// Whether the second is the first in other words: what names the record that it is about is the same.
bool is_about_the_same(const lifecycle::Command& first, const lifecycle::Command& second) {
    const auto value = [](const lifecycle::Command& command, const std::string& name) {
        const auto found = command.arguments.find(name);
        return found == command.arguments.end() ? lifecycle::Value{} : found->second;
    };
    return first.verb == second.verb &&
           std::ranges::all_of(std::array{"number", "case", "account", "notification", "email", "id"},
                               [&](const char* name) { return value(first, name) == value(second, name); });
}

Error not_in_practice() {
    return {"practising",
            "This is not done in practice mode: it would change the workspace itself, and nothing in practice mode "
            "may. Leave practice mode first.",
            {}};
}

}  // namespace

Session::Session(Platform& platform, journal::Store& store, Drafts& drafts)
    : platform_(platform),
      store_(store),
      drafts_(drafts),
      clock_(platform),
      actor_(actor_from_setting(platform.setting("acting-as"))) {}

void Session::start() {
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

// ---- The workspace as it is now ---------------------------------------------------------------------------

Instant Session::now() {
    // Time in a workspace never goes backwards, also where this machine's clock does.
    if (practice_) return std::max(practice_->now, practice_->workspace.now);
    return clock_.now(store_.log().workspace());
}

const std::optional<pages::ClockQuestion>& Session::look_at_clock() {
    clock_question_.reset();
    if (!loaded_ || practice_) return clock_question_;
    const auto& kept = store_.log().workspace();
    clock_.look(kept);
    if (const auto doubt = clock_.question(kept)) {
        const bool is_behind = doubt->kind == ClockDoubt::Kind::behind;
        clock_question_ =
            pages::ClockQuestion{.shows = doubt->shows,
                                 .believed = doubt->believed,
                                 .words = in_words(*doubt),
                                 .is_behind = is_behind,
                                 .was_said_wrong = clock_.was_said_wrong(),
                                 .changes = is_behind || clock_.was_said_wrong() ? 0 : changes_by(doubt->shows)};
    }
    return clock_question_;
}

std::size_t Session::changes_by(Instant until) {
    // A clock goes on while it is asked about: a minute more changes nothing that matters here.
    constexpr std::int64_t goes_on_seconds = 60;
    const bool is_known = by_clock_.until && by_clock_.events == store_.log().size() && until >= *by_clock_.until &&
                          until.seconds - by_clock_.until->seconds < goes_on_seconds;
    if (!is_known) {
        auto ahead = Sight::of(store_.log().workspace(), {lifecycle::Role::system, {}});
        by_clock_ = {
            .events = store_.log().size(), .changes = pages::change_by_time(ahead, until).size(), .until = until};
    }
    return by_clock_.changes;
}

void Session::answer_clock(bool is_right) {
    if (is_right) clock_.say_right(store_.log().workspace());
    else clock_.say_wrong();
    invalidate();
    platform_.request_frame();
}

void Session::invalidate() {
    current_.reset();
    seen_.reset();
}

std::shared_ptr<const Workspace> Session::current() {
    const auto at = now();
    if (current_ && !(next_due_ && *next_due_ <= at)) return current_;
    auto made = std::make_shared<Workspace>(practice_ ? practice_->workspace : store_.log().workspace());
    for (const auto& event : lifecycle::due(*made, at)) lifecycle::apply(*made, event);
    next_due_ = lifecycle::next_due(*made, at);
    current_ = std::move(made);
    seen_.reset();
    ++revision_;
    const auto shown = current_;
    write_what_fell_due();  // may end at once, and then what is shown is made anew in the next frame
    return shown;
}

std::shared_ptr<const Sight> Session::seen() {
    const auto whole = current();
    if (!seen_ || seen_->actor() != actor_) seen_ = std::make_shared<Sight>(Sight::of(*whole, actor_));
    return seen_;
}

void Session::write_what_fell_due() {
    const auto& condition = store_.condition();
    if (writing_due_ || due_not_saved_ || !loaded_ || practice_ || condition.parted) return;
    if (condition.keeping == journal::Keeping::read_only || condition.keeping == journal::Keeping::closed) return;
    if (lifecycle::due(store_.log().workspace(), now()).empty()) return;
    writing_due_ = true;
    store_.try_commit(
        [this](const Workspace& fresh) -> Result<std::vector<lifecycle::Event>> {
            return lifecycle::due(fresh, clock_.now(fresh));
        },
        [this](Result<journal::Committed> done) {
            // Not saved: nothing is lost, for it falls due again; the next commit or start writes it.
            writing_due_ = false;
            due_not_saved_ = !done;
            invalidate();
            platform_.request_frame();
        });
}

// ---- Asking and being answered ----------------------------------------------------------------------------

void Session::begin_page() {
    outcomes_.clear();
    asked_last_.clear();
    ++page_;
}

Session::Asked Session::ask(std::string_view form) {
    outcomes_.insert_or_assign(std::string(form), Outcome{});
    around_.asked();
    platform_.request_frame();
    drafts_.acted();
    return {.form = std::string(form), .page = page_, .person = person_, .sending = drafts_.sending()};
}

void Session::settle(const Asked& asked, Outcome outcome) {
    if (outcome.state == Outcome::State::saved) drafts_.sent(asked.sending);
    // An answer that comes late is not told to another page, which may have a form of the same name, and to nobody
    // else.
    if (asked.page == page_) outcomes_.insert_or_assign(asked.form, std::move(outcome));
    invalidate();
    platform_.request_frame();
}

void Session::submit(std::string_view form, lifecycle::Command command) {
    const std::string name(form);
    if (const auto held = held_command(name)) {
        // Whoever presses again what is held as not saved wants it saved, and not twice.
        if (held->verb == command.verb && held->arguments == command.arguments) return retry();
        // What was only worded anew takes its place; what is about something else stands beside it.
        if (is_about_the_same(*held, command)) store_.withdraw(std::exchange(asked_last_[name], {}).ticket);
    }
    decide_for(
        name,
        [command, actor = actor_](const Workspace& workspace, Instant at) {
            return lifecycle::decide(workspace, command, actor, at);
        },
        lifecycle::missing_arguments(command));
    asked_last_[name].command = std::move(command);
}

// What the form asked for last, where that is held as not saved.
std::optional<lifecycle::Command> Session::held_command(std::string_view form) const {
    const auto found = asked_last_.find(form);
    return found != asked_last_.end() && store_.holds(found->second.ticket) ? found->second.command : std::nullopt;
}

void Session::retry() {
    for (const auto& [form, request] : asked_last_)
        if (store_.holds(request.ticket)) ask(form);  // it is being saved again
    store_.retry();
}

void Session::commit(std::string_view form, pages::Decide decide) {
    decide_for(form, [decide = std::move(decide), actor = actor_](const Workspace& workspace, Instant at) {
        return decide(Sight::of(workspace, actor), at);
    });
}

void Session::decide_for(std::string_view form, DecideWhole decide, std::vector<std::string> missing) {
    const std::string name(form);
    const auto ticket =
        decide_and_save(std::move(decide), [this, asked = ask(form), missing = std::move(missing)](Outcome outcome) {
            if (outcome.error.code == "missing_argument") outcome.missing = missing;
            settle(asked, std::move(outcome));
        });
    asked_last_[name] = {.ticket = ticket, .command = {}};
}

// Changes that are held are tried again when one has found room, and whoever asked for that is told.
void Session::after_saving() {
    if (store_.unsaved() > 0) return retry();
    if (!store_.saving() && std::exchange(retrying_, false)) around_.all_saved();
}

void Session::retry_unsaved() {
    retrying_ = true;
    retry();
}

journal::Store::Ticket Session::decide_and_save(DecideWhole decide, std::function<void(Outcome)> done) {
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
            if (!committed)
                return done({.state = Outcome::State::not_saved, .error = committed.error(), .decision = {}});
            due_not_saved_ = false;
            if (*answer) done({.state = Outcome::State::saved, .error = {}, .decision = std::move(**answer)});
            else done({.state = Outcome::State::refused, .error = answer->error(), .decision = {}});
            after_saving();
            if (*answer) platform_.ask_to_persist();
        });
}

const Outcome* Session::outcome(std::string_view form) const {
    auto found = outcomes_.find(form);
    return found == outcomes_.end() ? nullptr : &found->second;
}

void Session::forget(std::string_view form) {
    if (auto found = outcomes_.find(form); found != outcomes_.end()) outcomes_.erase(found);
}

bool Session::refuse_by_clock(std::string_view form) {
    const auto doubt = practice_ ? std::nullopt : clock_.doubt(store_.log().workspace());
    if (!doubt) return false;
    clock_.ask();
    settle(ask(form), {.state = Outcome::State::refused, .error = clock_in_doubt(*doubt), .decision = {}});
    return true;
}

bool Session::refuse_in_practice(std::string_view form) {
    if (!practice_) return false;
    settle(ask(form), {.state = Outcome::State::refused, .error = not_in_practice(), .decision = {}});
    return true;
}

// ---- Who acts ---------------------------------------------------------------------------------------------

std::vector<pages::Person> Session::people() { return people_of(*current(), now()); }

void Session::act_as(lifecycle::Actor actor) {
    actor_ = std::move(actor);
    ++person_;
    platform_.set_setting("acting-as", setting_of(actor_));
    around_.another_person();
    platform_.request_frame();
}

// ---- Practice with time -----------------------------------------------------------------------------------

void Session::start_practice() {
    if (practice_) return;
    around_.practice_begins();
    practice_ = Practice{*current(), now()};
    drafts_.begin_practice();
    outcomes_.clear();
    asked_last_.clear();
    around_.practice_began();
    invalidate();
    platform_.request_frame();
}

void Session::leave_practice() {
    around_.practice_ends();
    practice_.reset();
    drafts_.end_practice();
    invalidate();
    around_.practice_ended();
    platform_.request_frame();
}

void Session::practise_at(Instant at) {
    if (!practice_) return;
    practice_->now = std::max(at, practice_->now);
    for (const auto& event : lifecycle::due(practice_->workspace, practice_->now))
        lifecycle::apply(practice_->workspace, event);
    invalidate();
    platform_.request_frame();
}

}  // namespace ca::app
