#include "app/sharing.h"

#include "journal/canonical.h"
#include "sharing/command_text.h"
#include "sharing/person.h"
#include "sharing/reading.h"
#include "sharing/record_lines.h"

#include <algorithm>
#include <utility>

namespace ca::app {

using pages::Outcome;

namespace {

// What a command has caused: it stands behind it.
std::vector<lifecycle::Event> caused_by(const journal::WorkspaceLog& log, std::string_view id) {
    std::vector<lifecycle::Event> events;
    const auto at = log.find(sharing::entry_id_of_command(id));
    if (at == 0) return events;
    const auto by = log.entry(at).event.by;
    for (std::size_t number = at + 1; number <= log.size(); ++number) {
        auto event = log.entry(number).event;
        if (event.by != by || std::holds_alternative<lifecycle::CommandSigned>(event.body)) break;
        events.push_back(std::move(event));
    }
    return events;
}

Outcome outcome_of(const sharing::Answer& answer, const journal::WorkspaceLog& log) {
    if (!answer.is_recorded())
        return {.state = Outcome::State::refused, .error = {answer.code, answer.message, answer.where}};
    lifecycle::Decision decision{.events = caused_by(log, answer.id),
                                 .number = answer.number,
                                 .case_number = answer.case_number,
                                 .request = answer.request};
    for (const auto& event : decision.events)
        if (const auto* created = std::get_if<lifecycle::AgreementCreated>(&event.body); created && created->supersedes)
            decision.created.push_back(*created->supersedes);
    return {.state = Outcome::State::saved, .decision = std::move(decision), .link = answer.link.value_or("")};
}

}  // namespace

std::optional<Membership> membership_of(std::string_view setting) {
    journal::CanonicalReader reader{setting};
    Membership membership;
    reader.read(membership);
    reader.expect_end();
    if (reader.failed() || !sharing::read_actor(membership.person)) return std::nullopt;
    return membership;
}

Sharing::Sharing(Platform& platform, journal::Store& store, Hub& hub, std::optional<Membership> membership)
    : platform_(platform), store_(store), hub_(hub), membership_(std::move(membership)) {}

lifecycle::Actor Sharing::actor() const { return *sharing::read_actor(membership_->person); }

void Sharing::start() {
    if (!membership_) return;
    hub_.start({.state =
                    [this](Hub::State state, std::string words) {
                        if (state == Hub::State::connected && state_ != state) since_ = platform_.now();
                        state_ = state;
                        words_ = std::move(words);
                        platform_.request_frame();
                    },
                .heard = [this](const std::string& text) { hear(text); },
                .outbox = [this] { look_at_outbox(); },
                .request =
                    [this](std::int64_t answers) {
                        return to_text(sharing::request_for(store_.log(), membership_->organisation, answers));
                    }});
}

// ---- What others have recorded ----------------------------------------------------------------------------

void Sharing::hear(const std::string& text) {
    const auto read = sharing::read_read_answer(text);
    if (!read) {
        trouble_ = "What the steward sent cannot be read: " + read.error().message +
                   " Reload the page to get the newest version.";
        return hub_.kept(0, false);
    }
    for (const auto& each : read->answers)
        if (const auto answer = sharing::read_answer(each)) hub_.answered(answer->id, each);
    store_.adopt(read->lines, [this, answered = read->answered, more = read->more](Result<journal::Committed> done) {
        trouble_ = done ? std::string() : done.error().message;
        const bool again = !done && done.error().code == "not_saved";
        hub_.kept(done ? answered : 0, done ? more : again);
        around_.changed();
        look_at_outbox();
    });
}

bool Sharing::is_in_record(std::string_view id) const {
    return store_.log().find(sharing::entry_id_of_command(id)) != 0;
}

// ---- What this person asks for ----------------------------------------------------------------------------

void Sharing::give(const lifecycle::Command& command, std::function<void(Outcome)> done) {
    const auto& log = store_.log();
    const bool is_nhse = membership_->organisation == sharing::nhse;
    const std::string account = is_nhse ? std::string() : membership_->organisation;
    const sharing::CommandText text{.id = platform_.new_id(),
                                    .workspace = membership_->workspace,
                                    .account = account,
                                    .person = membership_->person,
                                    .based_on = static_cast<std::int64_t>(log.stream(account).size()),
                                    .command = sharing::to_text(command)};
    const sharing::SignedCommand sent{
        .text = to_text(text), .key = membership_->key, .signature = std::string(2 * membership_->key.size(), '0')};
    if (to_text(sent).size() > sharing::command_bytes_max)
        return done(
            {.state = Outcome::State::refused,
             .error = {"too_large",
                       "This is more than 1 MB, which is more than a shared workspace takes at once. Nothing was "
                       "sent, and what you typed is still here: shorten it.",
                       {}}});
    asked_.emplace(text.id, std::move(done));
    hub_.send(text.id, to_text(text));
}

void Sharing::give_all(const std::vector<lifecycle::Command>& commands, std::function<void(Outcome)> done) {
    struct All {
        std::size_t left;
        Outcome outcome;
        std::function<void(Outcome)> done;
    };
    if (commands.empty()) return done({.state = Outcome::State::saved});
    auto all = std::make_shared<All>(
        All{.left = commands.size(), .outcome = {.state = Outcome::State::saved}, .done = std::move(done)});
    for (const auto& command : commands)
        give(command, [all](Outcome outcome) {
            if (all->outcome.state == Outcome::State::saved && outcome.state != Outcome::State::saved)
                all->outcome = std::move(outcome);
            else if (outcome.state == Outcome::State::saved)
                std::ranges::move(outcome.decision.events, std::back_inserter(all->outcome.decision.events));
            if (--all->left == 0) all->done(std::move(all->outcome));
        });
}

// Whoever waits is told, once what was recorded has come.
void Sharing::look_at_outbox() {
    outbox_ = hub_.outbox();
    for (const auto& each : outbox_) {
        if (each.state != "answered") continue;
        const auto answer = sharing::read_answer(each.answer);
        if (!answer || (answer->is_recorded() && !is_in_record(each.id))) continue;
        const auto asked = asked_.extract(each.id);
        if (asked.empty() && !answer->is_recorded()) continue;  // stays in the outbox, until its person has read it
        hub_.forget(each.id);
        if (!asked.empty()) asked.mapped()(outcome_of(*answer, store_.log()));
        else around_.ended(*answer, each.text);
    }
    platform_.request_frame();
}

// ---- Pages ------------------------------------------------------------------------------------------------

std::optional<pages::Shared> Sharing::shared() const {
    if (!membership_) return std::nullopt;
    return pages::Shared{.hub = membership_->hub,
                         .organisation = membership_->organisation,
                         .person = membership_->person,
                         .key = membership_->key,
                         .device = membership_->device,
                         .joined = membership_->since,
                         .connected_since = state_ == Hub::State::connected ? since_ : std::nullopt,
                         .is_refused = state_ == Hub::State::refused,
                         .is_keeping = is_keeping(),
                         .words = words_,
                         .trouble = trouble_};
}

// What is asked for is said to wait, or to be sent, only once it would survive this browser's end.
bool Sharing::is_keeping() const {
    return std::ranges::any_of(asked_, [&](const auto& asked) {
        return std::ranges::none_of(outbox_, [&](const auto& kept) { return kept.id == asked.first; });
    });
}

std::vector<pages::Waiting> Sharing::waiting() const {
    std::vector<pages::Waiting> waiting;
    for (const auto& each : outbox_) {
        const auto text = sharing::read_command_text(each.text);
        pages::Waiting item{.id = each.id, .trouble = each.trouble};
        if (text) item.command = text->command;
        const auto answer = each.state == "answered" ? sharing::read_answer(each.answer) : fail("", "");
        if (each.state == "waiting") item.state = pages::Waiting::State::waiting;
        else if (answer && !answer->is_recorded()) {
            item.state = pages::Waiting::State::refused;
            item.trouble = answer->message;
        }
        waiting.push_back(std::move(item));
    }
    return waiting;
}

Result<sharing::InvitationLink> Sharing::invitation(std::string_view token) const {
    return sharing::read_invitation(token);
}

void Sharing::join(const sharing::InvitationLink& invitation, std::string_view device) {
    std::string text;
    journal::CanonicalWriter{text}.write(invitation);
    joining_ = true;
    join_trouble_.clear();
    hub_.join(text, device, [this](std::string words) {
        joining_ = false;
        join_trouble_ = std::move(words);
        platform_.request_frame();
    });
}

void Sharing::leave() { hub_.leave(); }

// ---- Visitors ---------------------------------------------------------------------------------------------

void Sharing::ask(const sharing::InvitationLink& link, const lifecycle::Command& command) {
    const sharing::CommandText text{.id = platform_.new_id(),
                                    .workspace = link.workspace,
                                    .account = {},
                                    .person = std::string(sharing::visitors),
                                    .command = sharing::to_text(command)};
    std::string link_text;
    journal::CanonicalWriter{link_text}.write(link);
    asking_ = {.state = Asking::State::sending};
    hub_.ask(link_text, text.id, to_text(text), [this](std::string words) {
        asking_ = words.empty() ? Asking{.state = Asking::State::taken}
                                : Asking{.state = Asking::State::failed, .trouble = std::move(words)};
        platform_.request_frame();
    });
}

std::string Sharing::registering() {
    if (!registering_) {
        registering_.emplace();
        hub_.find_registering([this](std::string token) {
            registering_ = std::move(token);
            platform_.request_frame();
        });
    }
    return *registering_;
}

}  // namespace ca::app
