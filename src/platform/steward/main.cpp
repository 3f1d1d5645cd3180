// portal-steward: decides the commands of a shared workspace, beside its broker (sharing/steward.h).
//
// What happens is told on standard output, a JSON object a line; words for people go to standard error. It runs until
// it is ended (SIGTERM, SIGINT); ended at any moment it goes on from there the next time.
#include "app/sample_world.h"
#include "interop/import_files.h"
#include "lifecycle/streams.h"
#include "platform/cli/cli.h"
#include "platform/cli/files.h"
#include "platform/cli/workspace.h"
#include "platform/steward/key_file.h"
#include "platform/steward/letters.h"
#include "platform/steward/mail_round.h"
#include "platform/steward/nats_broker.h"
#include "sharing/access.h"
#include "sharing/hub_config.h"
#include "sharing/invitation_link.h"
#include "sharing/person.h"
#include "sharing/reading.h"
#include "sharing/steward.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

namespace ca::steward {
namespace {

using Json = nlohmann::ordered_json;
using cli::Call;
using cli::Exit;
using std::chrono::milliseconds;

constexpr std::string_view usage =
    "Usage: portal-steward --make-key FILE\n"
    "       portal-steward --workspace FOLDER --key FILE --accounts FILE --prepare\n"
    "       portal-steward --key FILE --browser-hub ADDRESS [--portal ADDRESS] --registering\n"
    "       portal-steward --hub ADDRESS --workspace FOLDER --key FILE [--accounts FILE --reload COMMAND]\n"
    "                      [--browser-hub ADDRESS] [--portal ADDRESS] [--sendmail COMMAND] [--replicas N]\n"
    "                      [--invite PERSON | --sample | --import FILE… | --move FOLDER] [--dry-run]\n";

std::atomic<bool> is_ended = false;

Instant clock_now() {
    return {
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

void tell(const Json& line) { std::cout << line.dump() << std::endl; }

Exit refused(const Error& error) {
    std::cerr << error.message << (error.where.empty() ? "" : " (" + error.where + ")") << '\n';
    return Exit::refused;
}

// ---- Whom the broker lets in ------------------------------------------------------------------------------

Result<std::string> accounts_text(const lifecycle::Workspace& workspace, const KeyFile& keys) {
    std::vector<sharing::HubUser> users;
    for (const auto& [name, access] : workspace.access) {
        if (access.removed) continue;
        users.push_back({.organisation = access.account.empty() ? std::string(sharing::nhse) : access.account,
                         .person = sharing::person_token(access.person),
                         .key = access.user});
    }
    return sharing::accounts_config(users, sharing::to_user(keys.steward.key), sharing::to_user(keys.visitor.key));
}

Result<> write_accounts_to(const std::string& file, const lifecycle::Workspace& workspace, const KeyFile& keys) {
    return cli::write_file(file, CA_TRY(accounts_text(workspace, keys)));
}

class Program {
public:
    Program(const Call& call, KeyFile keys, cli::Workspace& kept) : call_(call), keys_(std::move(keys)), kept_(kept) {}

    Exit run() {
        if (!connect()) return Exit::done;
        steward_.emplace(*broker_, kept_.store(), keys_.house,
                         sharing::Steward::Around{
                             .access_changed = [this](const auto& workspace) { write_accounts(workspace); },
                             .kept = [this](const auto& streams) { say_news(streams); },
                             .answered = [this](const auto& organisation) { broker_->say("news." + organisation); },
                             .invited = [this](const auto& invitation) { return invite(invitation); },
                             .turned_away =
                                 [](std::string_view code, const auto& asked) {
                                     tell({{"turned_away", code},
                                           {"command", asked.number},
                                           {"from", asked.organisation + "." + asked.person},
                                           {"at", format_iso(asked.at)}});
                                 }});
        if (!again([&] { return broker_->make_streams(replicas()); })) return Exit::done;
        if (!again([&] { return steward_->read_answers(); }) || !again([&] { return steward_->catch_up(); }) ||
            !again([&] { return steward_->mend_record(); }))
            return is_ended ? Exit::done : Exit::refused;
        if (const auto exit = do_first()) return *exit;
        if (const auto command = call_.option("--sendmail"))
            mail_.emplace(*command, call_.option("--portal").value_or(""));
        tell({{"steward", "ready"}, {"workspace", keys_.house.workspace}, {"events", kept_.store().log().size()}});
        return serve();
    }

private:
    int replicas() const { return std::max(1, std::atoi(call_.option("--replicas").value_or("1").c_str())); }

    // For as long as it takes: the broker may start later. False: this program was ended meanwhile.
    bool connect() {
        for (std::string said; !is_ended;) {
            auto broker = NatsBroker::connect(*call_.option("--hub"), keys_.steward);
            if (broker) {
                broker_ = std::move(*broker);
                return true;
            }
            if (said != broker.error().message) {
                said = broker.error().message;
                tell({{"trouble", broker.error().code}, {"message", said}});
            }
            std::this_thread::sleep_for(milliseconds(250));
        }
        return false;
    }

    // Until it is done; false: this program was ended meanwhile, or must not go on.
    bool again(const std::function<Result<>()>& work) {
        for (;;) {
            if (is_ended) return false;
            const auto done = work();
            if (done) return true;
            tell({{"trouble", done.error().code}, {"message", done.error().message}, {"where", done.error().where}});
            if (done.error().code == "diverged" || done.error().code == "gap") return false;
            broker_->wait(milliseconds(250), is_ended);
        }
    }

    Exit serve() {
        constexpr milliseconds longest_wait{10'000};
        int attempt = 0;
        while (!is_ended) {
            answer_readers();
            bool more = true;
            while (more && !is_ended) {
                if (!again([&]() -> Result<> {
                        more = CA_TRY(steward_->decide_next());
                        return {};
                    }))
                    return is_ended ? Exit::done : Exit::refused;
                answer_readers();
            }
            send_mail();
            tell_figures();
            forget_settled();
            const auto due = steward_->next_due();
            const auto now = clock_now();
            if (due && *due <= now) {
                if (!again([&] { return steward_->say_time(*due, attempt); })) break;
                ++attempt;
                broker_->wait(milliseconds(attempt > 3 ? 1000 : 50), is_ended);
                continue;
            }
            attempt = 0;
            if (must_reload()) {
                --reloads_left_;
                reload();
            }
            if (reloads_left_ > 0) {
                broker_->wait(reload_pause / 3, is_ended);
                continue;
            }
            const auto until =
                due ? milliseconds(1000 * std::min<std::int64_t>(due->seconds - now.seconds, 10)) : longest_wait;
            broker_->wait(std::min(until, longest_wait), is_ended);
        }
        return Exit::done;
    }

    void send_mail() {
        if (!mail_) return;
        const auto marks = mail_->go(workspace(), clock_now(), [](auto what, auto notification, auto words) {
            tell({{"mail", what}, {"notification", notification}, {"message", words}});
        });
        // A mark that is not recorded now is news of a mail sent twice at worst.
        if (!marks.empty())
            if (const auto done = steward_->record(marks); !done)
                tell(
                    {{"trouble", done.error().code}, {"message", "Sent mail was not marked: " + done.error().message}});
    }

    // So that there is room for what is still to come of everybody.
    void forget_settled() {
        constexpr std::int64_t at_least = 500;
        if (steward_->settled_before() - forgotten_before_ < at_least) return;
        if (broker_->forget_commands(steward_->settled_before())) forgotten_before_ = steward_->settled_before();
    }

    // ---- What people read ---------------------------------------------------------------------------------

    void say_news(const std::set<std::string>& streams) {
        std::set<std::string> organisations{std::string(sharing::nhse)};
        for (const auto& stream : streams)
            if (!stream.empty() && lifecycle::account_of(stream) == stream) organisations.insert(stream);
        if (streams.contains(""))
            for (const auto& [code, account] : workspace().accounts) organisations.insert(code);
        for (const auto& each : organisations) broker_->say("news." + each);
    }

    void answer_readers() {
        for (const auto& request : broker_->take_requests())
            if (const auto answer = answer_to(request)) broker_->reply(request, *answer);
    }

    // None where the broker cannot be asked for answers now: whoever reads asks again.
    std::optional<std::string> answer_to(const NatsBroker::Request& request) {
        const std::string_view subject = request.subject;  // read.<organisation>.<person>
        const auto from = subject.find('.') + 1, to = subject.find('.', from);
        const auto wanted = sharing::read_request(request.bytes);
        if (to == std::string_view::npos || !wanted) return std::nullopt;
        const std::string organisation(subject.substr(from, to - from)), person(subject.substr(to + 1));
        auto answer = sharing::lines_for(kept_.store().log(), organisation, *wanted);
        constexpr std::size_t answers_max = 500;
        while (answer.answers.size() < answers_max) {
            auto message =
                broker_->next(sharing::answers_stream, answer.answered + 1, "ans." + organisation + "." + person);
            if (!message) return std::nullopt;
            if (!*message) return to_text(answer);
            answer.answered = (*message)->number;
            answer.answers.push_back(std::move((*message)->bytes));
        }
        answer.more = true;
        return to_text(answer);
    }

    // Where anything has changed since they were told last.
    void tell_figures() {
        const auto& figures = steward_->figures();
        const auto all = figures.recorded + figures.refused + figures.turned_away + figures.due;
        if (std::exchange(told_, all) == all) return;
        tell({{"decided", figures.decided},
              {"recorded", figures.recorded},
              {"refused", figures.refused},
              {"turned_away", figures.turned_away},
              {"due", figures.due},
              {"events", kept_.store().log().size()}});
    }

    // ---- Access -------------------------------------------------------------------------------------------

    void write_accounts(const lifecycle::Workspace& workspace) {
        const auto file = call_.option("--accounts");
        if (!file) return;
        if (const auto written = write_accounts_to(*file, workspace, keys_); !written)
            return tell({{"trouble", written.error().code}, {"message", written.error().message}});
        reload();
        reloads_left_ = 1;
    }
    void reload() {
        const auto command = call_.option("--reload");
        if (command && std::system(command->c_str()) != 0)
            tell({{"trouble", "not_reloaded"}, {"message", "The broker was not told who is let in: " + *command}});
        reloaded_ = std::chrono::steady_clock::now();
    }
    // What a new account imports holds from the second reload on (hub_config.h), once the first is over.
    bool must_reload() const {
        return reloads_left_ > 0 && std::chrono::steady_clock::now() - reloaded_ > reload_pause;
    }
    static constexpr milliseconds reload_pause{300};

    std::string link_of(const sharing::Invitation& invitation) const {
        const auto actor_account = [&]() -> std::string {
            const auto user = sharing::seed_of_user(invitation.seed);
            const auto pair = sharing::key_pair(user.value_or(""));
            const auto* access =
                pair ? kept_.store().log().workspace().access.get(sharing::to_user(pair->key)) : nullptr;
            return access && !access->account.empty() ? access->account : std::string(sharing::nhse);
        };
        return call_.option("--portal").value_or("") + "#/join/" +
               sharing::to_token({.hub = call_.option("--browser-hub").value_or(""),
                                  .workspace = keys_.house.workspace,
                                  .organisation = actor_account(),
                                  .person = invitation.person,
                                  .seed = invitation.seed,
                                  .until = invitation.until});
    }

    std::string invite(const sharing::Invitation& invitation) {
        const std::string link = link_of(invitation);
        const auto sendmail = call_.option("--sendmail");
        if (sendmail && invitation.person.find('@') != std::string::npos) {
            const auto sent = hand_over(*sendmail, invitation_letter(invitation, link));
            tell({{"mail", sent ? "sent" : "not_sent"}, {"message", sent ? "" : sent.error().message}});
        }
        return link;
    }

    // ---- What is done once, and not by a command ----------------------------------------------------------

    std::optional<Exit> do_first() {
        const bool dry = call_.has("--dry-run");
        if (const auto person = call_.option("--invite")) return invite_first(*person);
        if (call_.has("--sample")) return record_all(app::sample_world(workspace(), clock_now()), dry, true);
        if (call_.has("--import")) return record_all(imported(), dry, false);
        if (const auto folder = call_.option("--move")) return record_all(moved(*folder), dry, true);
        return std::nullopt;
    }
    const lifecycle::Workspace& workspace() const { return kept_.store().log().workspace(); }

    // In the order in which they came to pass, instant by instant; or all as of one.
    Exit record_all(Result<std::vector<lifecycle::Event>> events, bool dry, bool by_instant) {
        if (!events) return refused(events.error());
        std::cerr << (dry ? "This would be recorded: " : "Recorded: ") << events->size() << " events.\n";
        if (dry || events->empty()) return Exit::done;
        for (auto from = events->begin(); from != events->end();) {
            const auto to = by_instant ? std::ranges::find_if(from, events->end(),
                                                              [&](const auto& event) { return event.at != from->at; })
                                       : events->end();
            if (const auto done = steward_->record({from, to}); !done) return refused(done.error());
            from = to;
        }
        tell({{"recorded_events", events->size()}, {"events", kept_.store().log().size()}});
        return Exit::done;
    }

    Exit invite_first(const std::string& person) {
        const auto now = std::max(clock_now(), workspace().now);
        // Each its own, also two within a second.
        const auto keys = sharing::invitation_keys(
            keys_.house, person + " " + format_iso(now) + " " + std::to_string(kept_.store().log().size()));
        auto event = sharing::invite(workspace(), person, keys.user, {lifecycle::Role::system, {}}, now);
        if (!event) return refused(event.error());
        const auto until = std::get<lifecycle::PersonInvited>(event->body).until;
        if (const auto done = steward_->record({*event}); !done) return refused(done.error());
        std::this_thread::sleep_for(reload_pause);
        reload();
        tell({{"link", link_of({.person = person, .seed = keys.seed, .until = until})}, {"person", person}});
        return Exit::done;
    }

    Result<std::vector<lifecycle::Event>> imported() {
        interop::Files files;
        for (const auto& path : call_.operands) {
            auto bytes = cli::read_file(path);
            if (!bytes) return fail("wrong_use", "The file " + path + " cannot be read.");
            files.push_back(std::make_shared<const interop::File>(path, *std::move(bytes)));
        }
        lifecycle::Listing listing(workspace());
        interop::FilesRun run(files, {}, std::max(clock_now(), workspace().now));
        while (!CA_TRY(run.go_on(listing))) {
        }
        const auto plan = std::move(run).plan();
        for (const auto& each : plan.broken) std::cerr << each.file << ": " << each.reason << '\n';
        for (const auto& each : plan.refused)
            std::cerr << each.file << ", record " << each.position << ": " << each.reason << '\n';
        if (!plan.broken.empty()) return fail("refused", "Nothing has been changed.");
        return std::move(listing.events);
    }

    // A workspace of one's own, from its first event on.
    Result<std::vector<lifecycle::Event>> moved(const std::string& folder) {
        if (!workspace().accounts.empty())
            return fail("workspace_not_empty",
                        "This shared workspace has accounts already: a whole workspace is moved into an empty one.");
        cli::Workspace own{folder};
        CA_TRY_VOID(own.open());
        if (own.store().condition().damage) return std::unexpected(*own.store().condition().damage);
        std::vector<lifecycle::Event> events;
        for (std::size_t number = 1; number <= own.store().log().size(); ++number)
            events.push_back(own.store().log().entry(number).event);
        return events;
    }

    const Call& call_;
    KeyFile keys_;
    cli::Workspace& kept_;
    std::unique_ptr<NatsBroker> broker_;
    std::optional<sharing::Steward> steward_;
    std::optional<MailRound> mail_;
    int reloads_left_ = 1;  // what was made while no steward ran
    std::chrono::steady_clock::time_point reloaded_{};
    std::int64_t told_ = 0, forgotten_before_ = 1;
};

// The link that is everybody's: for the portal's site (web/registering.txt), and wherever suppliers look for it.
Exit tell_registering(const Call& call, const std::string& key_file) {
    const auto keys = read_key_file(key_file);
    if (!keys) return refused(keys.error());
    const std::string token = sharing::to_token({.hub = *call.option("--browser-hub"),
                                                 .workspace = keys->house.workspace,
                                                 .organisation = std::string(sharing::visitors),
                                                 .person = std::string(sharing::visitors),
                                                 .seed = sharing::to_user_seed(keys->visitor.seed)});
    tell({{"registering", token}, {"link", call.option("--portal").value_or("") + "#/join/" + token}});
    return Exit::done;
}

Exit run(const Call& call) {
    if (const auto path = call.option("--make-key")) {
        const auto made = make_key_file(*path);
        return made ? Exit::done : refused(made.error());
    }
    if (call.has("--registering") && call.option("--key") && call.option("--browser-hub"))
        return tell_registering(call, *call.option("--key"));
    const auto folder = call.option("--workspace"), key = call.option("--key");
    const bool prepares = call.has("--prepare") && call.option("--accounts");
    if (!folder || !key || (!prepares && !call.option("--hub"))) {
        std::cerr << usage;
        return Exit::wrong_use;
    }
    auto keys = read_key_file(*key);
    if (!keys) return refused(keys.error());
    cli::Workspace kept{*folder};
    if (const auto opened = kept.open(); !opened) return refused(opened.error());
    for (const auto& warning : kept.warnings()) std::cerr << warning << '\n';
    if (prepares) {
        const auto written = write_accounts_to(*call.option("--accounts"), kept.store().log().workspace(), *keys);
        return written ? Exit::done : refused(written.error());
    }
    return Program(call, *std::move(keys), kept).run();
}

}  // namespace
}  // namespace ca::steward

int main(int argc, char** argv) {
    using namespace ca;
    const auto end = [](int) { steward::is_ended = true; };
    std::signal(SIGTERM, end);
    std::signal(SIGINT, end);
    const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    cli::Call call;
    const cli::Shape shape{.operands_max = 1000,
                           .options = {"--make-key", "--hub", "--workspace", "--key", "--accounts", "--reload",
                                       "--browser-hub", "--portal", "--sendmail", "--replicas", "--invite", "--move"},
                           .flags = {"--prepare", "--sample", "--import", "--dry-run", "--registering"}};
    if (const auto wrong = cli::read_call(shape, words, call)) {
        std::cerr << *wrong << '\n' << steward::usage;
        return static_cast<int>(cli::Exit::wrong_use);
    }
    return static_cast<int>(steward::run(call));
}
