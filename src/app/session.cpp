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

// A refusal for what the arguments alone show names the first of it; a form tells all of it.
void tell_of_all_arguments(Outcome& outcome, const lifecycle::Command& command) {
    if (outcome.state != Outcome::State::refused) return;
    auto wrong = lifecycle::wrong_arguments(command);
    const auto is_it = [&](const Error& each) {
        return each.code == outcome.error.code && each.where == outcome.error.where;
    };
    if (outcome.error.code != "missing_argument" && std::ranges::none_of(wrong, is_it)) return;
    outcome.missing = lifecycle::missing_arguments(command);
    outcome.wrong = std::move(wrong);
}

Error not_in_practice() {
    return {"practising",
            "This is not done in practice mode: it would change the workspace itself, and nothing in practice mode "
            "may. Leave practice mode first.",
            {}};
}

Error not_in_shared() {
    return {"shared",
            "This is not done in a shared workspace: it would change everybody’s record at once. Whoever runs it for "
            "NHS England imports and moves records with portal-steward.",
            {}};
}

// More agreements than that fall due in steps: at once they would hold a browser up.
constexpr std::size_t due_at_once_max = 250;

using Start = std::function<std::unique_ptr<lifecycle::Steps>(Instant)>;
using Answer = std::shared_ptr<Result<>>;

// A command; what its decision says beside the events is put into `made`.
class Commanded final : public lifecycle::Steps {
public:
    Commanded(lifecycle::Command command, lifecycle::Actor actor, Instant at, std::shared_ptr<lifecycle::Decision> made)
        : deciding_(std::move(command), std::move(actor), at), made_(std::move(made)) {}
    Result<bool> go_on(lifecycle::Recording& recording) override {
        const bool all = CA_TRY(deciding_.go_on(recording));
        if (all) *made_ = std::move(deciding_).decision();
        return all;
    }
    Progress progress() const override { return deciding_.progress(); }

private:
    lifecycle::Deciding deciding_;
    std::shared_ptr<lifecycle::Decision> made_;
};

// What is decided by other means, in one step.
class AtOnce final : public lifecycle::Steps {
public:
    AtOnce(Session::DecideWhole decide, Instant at, std::shared_ptr<lifecycle::Decision> made)
        : decide_(std::move(decide)), at_(at), made_(std::move(made)) {}
    Result<bool> go_on(lifecycle::Recording& recording) override {
        *made_ = CA_TRY(decide_(recording.workspace(), at_));
        for (const auto& event : made_->events) recording.record(event);
        return true;
    }

private:
    Session::DecideWhole decide_;
    Instant at_;
    std::shared_ptr<lifecycle::Decision> made_;
};

// What somebody asks for at an instant, with what fell due before it. That is recorded also where what was asked for is
// refused (R2): the refusal is the answer.
class Acting final : public lifecycle::Steps {
public:
    Acting(Start start, Instant at, Answer answer)
        : start_(std::move(start)), at_(at), answer_(std::move(answer)), falling_due_(at) {}
    Result<bool> go_on(lifecycle::Recording& recording) override {
        if (!steps_) {
            if (!CA_TRY(falling_due_.go_on(recording))) return false;
            steps_ = start_(at_);
        }
        const auto all = steps_->go_on(recording);
        if (all) return *all;
        *answer_ = std::unexpected(all.error());
        return true;
    }
    Progress progress() const override { return steps_ ? steps_->progress() : Progress{}; }

private:
    Start start_;
    Instant at_;
    Answer answer_;
    lifecycle::FallingDue falling_due_;
    std::unique_ptr<lifecycle::Steps> steps_;
};

// Likewise at the instant that the clock shows by then, where it can be believed.
class ByTheClock final : public lifecycle::Steps {
public:
    ByTheClock(TrustedClock& clock, Start start, Answer answer)
        : clock_(clock), start_(std::move(start)), answer_(std::move(answer)) {}
    Result<bool> go_on(lifecycle::Recording& recording) override {
        if (!acting_) {
            const auto& kept = recording.workspace();
            if (const auto doubt = clock_.doubt(kept)) {
                clock_.ask();
                *answer_ = std::unexpected(clock_in_doubt(*doubt));
                return true;
            }
            acting_.emplace(start_, std::max(clock_.shows(), kept.now), answer_);
        }
        return acting_->go_on(recording);
    }
    Progress progress() const override { return acting_ ? acting_->progress() : Progress{}; }

private:
    TrustedClock& clock_;
    Start start_;
    Answer answer_;
    std::optional<Acting> acting_;
};

}  // namespace

Session::Recorded Session::at_once(DecideWhole decide) {
    const auto made = std::make_shared<lifecycle::Decision>();
    return {
        .start = [decide = std::move(decide), made](Instant at) { return std::make_unique<AtOnce>(decide, at, made); },
        .made = made};
}

Session::Session(Platform& platform, journal::Store& store, Drafts& drafts, Sharing* sharing)
    : platform_(platform),
      store_(store),
      drafts_(drafts),
      sharing_(sharing),
      clock_(platform),
      actor_(is_shared() ? sharing->actor() : actor_from_setting(platform.setting("acting-as"))) {}

void Session::start() {
    store_.on_more([this] {
        platform_.later([this] { store_.go_on(); });
        const auto at = platform_.now();
        const bool tells = underway() && std::exchange(told_at_, at) != at;  // each second; frames take time as well
        if (tells || store_.saving()) platform_.request_frame();
    });
    store_.on_change([this] {
        due_not_saved_ = false;
        invalidate();
        platform_.request_frame();
    });
    store_.open([this](Result<> opened) {
        loaded_ = true;
        if (!opened) load_error_ = opened.error();
        invalidate();
        if (opened && sharing_) sharing_->start();
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
    if (!loaded_ || practice_ || is_shared()) return clock_question_;  // a steward goes by the broker's clock
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
    catching_up_.reset();  // begun anew, where it is still much
    current_.reset();
    seen_.reset();
}

std::shared_ptr<const Workspace> Session::current() {
    const auto at = now();
    if (current_ && !(next_due_ && *next_due_ <= at)) return current_;
    if (!catching_up_ && must_catch_up(at)) catch_up();
    const auto& kept = practice_ ? practice_->workspace : store_.log().workspace();
    auto made = std::make_shared<Workspace>(kept);
    if (!catching_up_)
        for (const auto& event : lifecycle::due(*made, at)) lifecycle::apply(*made, event);
    return show(std::move(made), at);
}

std::shared_ptr<const Workspace> Session::show(std::shared_ptr<const Workspace> made, Instant at) {
    next_due_ = lifecycle::next_due(*made, at);
    current_ = std::move(made);
    seen_.reset();
    ++revision_;
    const auto shown = current_;
    write_what_fell_due();  // may end at once, and then what is shown is made anew in the next frame
    return shown;
}

bool Session::must_catch_up(Instant at) const {
    return loaded_ && !practice_ && lifecycle::due_count(store_.log().workspace(), at) > due_at_once_max;
}

void Session::catch_up() {
    const auto& kept = store_.log().workspace();
    catching_up_.emplace(lifecycle::Rehearsal(kept), now(), 0, lifecycle::due_count(kept, now()));
    platform_.later([this] { go_on_catching_up(); });
}

void Session::go_on_catching_up() {
    if (!catching_up_) return;
    auto& [ahead, until, done, all] = *catching_up_;
    platform_.request_frame();
    if (!lifecycle::FallingDue(until).go_on(ahead).value()) {
        done = all - std::min(all, lifecycle::due_count(ahead.workspace(), until));
        return platform_.later([this] { go_on_catching_up(); });
    }
    auto made = std::make_shared<Workspace>(ahead.workspace());
    const auto at = until;
    catching_up_.reset();
    show(std::move(made), at);
}

std::optional<pages::Underway> Session::underway() const {
    if (catching_up_)
        return pages::Underway{.what = "Bringing agreements up to date",
                               .counted = "whose date has passed",
                               .at = {catching_up_->done, catching_up_->all}};
    const auto read = loaded_ ? std::nullopt : store_.reading();
    if (!read || read->all == 0) return std::nullopt;
    return pages::Underway{
        .what = "Reading what is kept in this browser", .counted = "entries", .at = {read->done, read->all}};
}

std::shared_ptr<const Sight> Session::seen() {
    const auto whole = current();
    if (!seen_ || seen_->actor() != actor_) seen_ = std::make_shared<Sight>(Sight::of(*whole, actor_));
    return seen_;
}

void Session::write_what_fell_due() {
    const auto& condition = store_.condition();
    if (writing_due_ || due_not_saved_ || !loaded_ || practice_ || condition.parted || is_shared()) return;
    if (condition.keeping == journal::Keeping::read_only || condition.keeping == journal::Keeping::closed) return;
    if (lifecycle::due_count(store_.log().workspace(), now()) == 0) return;
    writing_due_ = true;
    store_.try_record([this] { return std::make_unique<lifecycle::FallingDue>(clock_.now(store_.log().workspace())); },
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

// Given to the steward, and answered when it has come back as a part of the record. What was typed is in the outbox
// from now on.
void Session::give(std::string_view form, const lifecycle::Command& command) {
    const auto asked = ask(form);
    // What its arguments alone show need not travel.
    const auto* rule = lifecycle::find_command(command.verb);
    if (const auto checked = rule ? lifecycle::check_arguments(command) : lifecycle::Values{}; !checked)
        return settle(asked, {.state = Outcome::State::refused,
                              .error = checked.error(),
                              .decision = {},
                              .missing = lifecycle::missing_arguments(command),
                              .wrong = lifecycle::wrong_arguments(command)});
    // Nor an acceptance without its tick: that nobody but who asks can mend, whatever others do meanwhile.
    if (command.verb == lifecycle::ask::Accept::verb) {
        const auto tried = lifecycle::decide(store_.log().workspace(), command, actor_, now());
        if (!tried && tried.error().code == "must_confirm_reading")
            return settle(asked, {.state = Outcome::State::refused, .error = tried.error(), .decision = {}});
    }
    drafts_.sent(asked.sending);
    sharing_->give(command, [this, asked, command](Outcome outcome) {
        tell_of_all_arguments(outcome, command);
        if (asked.page != page_) around_.ended_elsewhere(asked.form, outcome);
        settle(asked, std::move(outcome));
    });
}

void Session::submit_all(std::string_view form, std::vector<lifecycle::Command> commands) {
    save_all(std::move(commands), [this, asked = ask(form)](Outcome outcome) { settle(asked, std::move(outcome)); });
}

Session::DecideWhole Session::each_of(std::vector<lifecycle::Command> commands, lifecycle::Actor actor) {
    return [commands = std::move(commands), actor = std::move(actor)](const Workspace& workspace,
                                                                      Instant at) -> Result<lifecycle::Decision> {
        lifecycle::Decision all;
        for (const auto& command : commands) {
            auto one = CA_TRY(lifecycle::decide(workspace, command, actor, at));
            std::ranges::move(one.events, std::back_inserter(all.events));
        }
        return all;
    };
}

void Session::save_all(std::vector<lifecycle::Command> commands, std::function<void(Outcome)> done) {
    if (is_shared()) return sharing_->give_all(commands, std::move(done));
    record_and_save(at_once(each_of(std::move(commands), actor_)), std::move(done));
}

void Session::submit(std::string_view form, lifecycle::Command command) {
    if (is_shared()) return give(form, command);
    const std::string name(form);
    if (const auto held = held_command(name)) {
        // Whoever presses again what is held as not saved wants it saved, and not twice.
        if (held->verb == command.verb && held->arguments == command.arguments) return retry();
        // What was only worded anew takes its place; what is about something else stands beside it.
        if (is_about_the_same(*held, command)) store_.withdraw(std::exchange(asked_last_[name], {}).ticket);
    }
    const auto made = std::make_shared<lifecycle::Decision>();
    record_for(name,
               {.start = [command, made,
                          actor = actor_](Instant at) { return std::make_unique<Commanded>(command, actor, at, made); },
                .made = made},
               command);
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
    if (refuse_in_shared(form)) return;
    record_for(form, at_once([decide = std::move(decide), actor = actor_](const Workspace& workspace, Instant at) {
                   return decide(Sight::of(workspace, actor), at);
               }));
}

void Session::record(std::string_view form, pages::Begin begin) {
    if (refuse_in_shared(form)) return;
    record_for(form, {.start = [begin = std::move(begin), actor = actor_](Instant at) { return begin(actor, at); },
                      .made = std::make_shared<lifecycle::Decision>()});
}

std::optional<lifecycle::Steps::Progress> Session::progress(std::string_view form) const {
    const auto found = under_way_.find(form);
    return found != under_way_.end() ? store_.recording(found->second) : std::nullopt;
}

void Session::give_up(std::string_view form) {
    const auto found = under_way_.find(form);
    if (found != under_way_.end()) store_.give_up(found->second);
}

void Session::record_for(std::string_view form, Recorded what, std::optional<lifecycle::Command> command) {
    const std::string name(form);
    const auto is_over = std::make_shared<bool>(false);
    const auto ticket = record_and_save(
        std::move(what), [this, is_over, asked = ask(form), command = std::move(command)](Outcome outcome) {
            *is_over = true;
            under_way_.erase(asked.form);
            if (outcome.error.code == "given_up") return forget(asked.form);
            if (command) tell_of_all_arguments(outcome, *command);
            if (asked.page != page_) around_.ended_elsewhere(asked.form, outcome);
            settle(asked, std::move(outcome));
        });
    asked_last_[name] = {.ticket = ticket, .command = {}};
    if (!*is_over) under_way_[name] = ticket;
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

journal::Store::Ticket Session::record_and_save(Recorded what, std::function<void(Outcome)> done) {
    const auto answer = std::make_shared<Result<>>();
    const auto outcome = [answer, made = what.made]() -> Outcome {
        if (*answer) return {.state = Outcome::State::saved, .error = {}, .decision = std::move(*made)};
        return {.state = Outcome::State::refused, .error = answer->error(), .decision = {}};
    };
    if (practice_) {
        lifecycle::Rehearsal trial(practice_->workspace);
        Acting acting(what.start, now(), answer);
        for (bool all = false; !all;) all = acting.go_on(trial).value();
        practice_->workspace = trial.workspace();
        done(outcome());
        return 0;
    }
    return store_.record(
        [this, answer, start = std::move(what.start)]() -> std::unique_ptr<lifecycle::Steps> {
            *answer = {};
            return std::make_unique<ByTheClock>(clock_, start, answer);
        },
        [this, answer, outcome, done = std::move(done)](Result<journal::Committed> committed) {
            if (!committed)
                return done({.state = Outcome::State::not_saved, .error = committed.error(), .decision = {}});
            due_not_saved_ = false;
            done(outcome());
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

bool Session::refuse_in_shared(std::string_view form) {
    if (!is_shared()) return false;
    settle(ask(form), {.state = Outcome::State::refused, .error = not_in_shared(), .decision = {}});
    return true;
}

// ---- Who acts ---------------------------------------------------------------------------------------------

std::vector<pages::Person> Session::people() { return people_of(*current(), now()); }

void Session::act_as(lifecycle::Actor actor) {
    if (is_shared()) return;  // one is who one is
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
