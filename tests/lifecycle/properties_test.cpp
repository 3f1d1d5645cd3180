// Thousands of seeded histories, held against the naive model and against what must be true whatever happens.
#include "base/text.h"
#include "lifecycle/engine.h"
#include "lifecycle/explain.h"
#include "lifecycle/naive_model.h"
#include "lifecycle/views.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace ca;
using namespace ca::lifecycle;

namespace {

constexpr int histories = 2'000;
constexpr int steps_a_history = 40;
constexpr std::string_view accounts[]{"AAA1", "BBB2"};

const Actor team{Role::agreement_team, "Priya Shah"};

struct Input {
    Instant at;
    Actor actor;
    Command command;
};

class Dice {
public:
    explicit Dice(std::uint32_t seed) : source_(seed) {}
    int below(int limit) { return static_cast<int>(source_() % static_cast<std::uint32_t>(limit)); }
    bool one_in(int chance) { return below(chance) == 0; }

private:
    std::mt19937 source_;
};

std::string numbered(const char* prefix, int number) {
    std::string digits = std::to_string(number);
    return prefix + std::string(7 - digits.size(), '0') + digits;
}

// Two people an account, by order of registration.
Actor contact_of(int account, int person) {
    return {Role::contact, (person == 0 ? "first@" : "second@") + std::string(account == 0 ? "a" : "b") + ".example"};
}

Instant start_of(Dice& dice) {
    // Round the clock changes and year ends of several years, at any second.
    return {1'740'000'000 + static_cast<std::int64_t>(dice.below(4 * 366)) * 86'400 + dice.below(86'400)};
}

std::vector<Input> opening(Instant at) {
    std::vector<Input> inputs;
    const auto add = [&](std::string verb, std::map<std::string, Value> arguments) {
        inputs.push_back({at, team, {std::move(verb), std::move(arguments)}});
    };
    add("register_product", {{"id", std::string("eps")}, {"name", std::string("EPS")}});
    for (int account = 0; account < 2; ++account) {
        const std::string code(accounts[account]);
        add("register_account", {{"ods_code", code}, {"name", "Account " + code}});
        for (const int person : {0, 1}) {
            add("register_contact", {{"account", code},
                                     {"name", "Person " + std::to_string(person) + " of " + code},
                                     {"email", contact_of(account, person).name}});
        }
        add("nominate", {{"account", code}, {"email", contact_of(account, 0).name}});
    }
    add("publish_terms", {{"version", std::string("1")},
                          {"title", std::string("T")},
                          {"standard_terms", std::string("T")},
                          {"uplift", false}});
    return inputs;
}

naive::Model model_of(const std::vector<Input>& opening) {
    naive::Model model;
    model.go_to(opening.back().at);
    model.publish(false);
    for (int account = 0; account < 2; ++account)
        model.correct_account(account, "Account " + std::string(accounts[account]));
    return model;
}

// Most histories begin with an Active agreement and its uplift.
void begin(naive::Model& model, std::vector<Input>& inputs) {
    const Instant at = inputs.back().at;
    const Value number = std::string("CNTR0000001");
    inputs.push_back({at,
                      team,
                      {"create_agreement",
                       {{"account", std::string(accounts[0])},
                        {"products", std::vector<std::string>{"eps"}},
                        {"terms", std::string("1")}}}});
    inputs.push_back({at, team, {"issue", {{"number", number}}}});
    inputs.push_back({at, contact_of(0, 0), {"accept", {{"number", number}, {"read_and_understood", true}}}});
    inputs.push_back({at,
                      team,
                      {"publish_terms",
                       {{"version", std::string("2")},
                        {"title", std::string("T")},
                        {"standard_terms", std::string("T")},
                        {"uplift", true}}}});
    model.create(0, 1);
    model.issue(1);
    model.accept(1, 0, true);
    model.publish(true);
}

// When the next command comes: mostly soon, often at or within a second of a midnight at which something may end.
Instant later(Dice& dice, Instant now) {
    constexpr int likely_days[]{1, 1, 2, 7, 29, 30, 31, 60, 89, 90};
    switch (dice.below(9)) {
        case 0:
        case 1:
        case 2:
        case 3: return now;
        case 4: return {now.seconds + dice.below(4 * 3'600)};
        case 5: return {now.seconds + dice.below(12 * 86'400)};
        case 6:
            return {std::max(now.seconds,
                             london_midnight(london_date(now) + likely_days[dice.below(10)]).seconds - dice.below(2))};
        default:
            return {std::max(now.seconds, london_midnight(london_date(now) + dice.below(35)).seconds - dice.below(2))};
    }
}

// An agreement for which a command is likely to be done: one that fits, three times of four where there is one.
template<typename Fits>
int choose(Dice& dice, const naive::Model& model, Fits fits) {
    const int known = static_cast<int>(model.contracts.size());
    std::vector<int> fitting;
    for (const auto& [number, each] : model.contracts) {
        if (fits(each)) fitting.push_back(number);
    }
    if (fitting.empty() || dice.one_in(4)) return 1 + dice.below(known);
    return fitting[static_cast<std::size_t>(dice.below(static_cast<int>(fitting.size())))];
}

enum class Do {
    create,
    issue,
    accept,
    publish,
    pause,
    resume,
    reset,
    terminate,
    withdraw,
    query,
    entry,
    correct,
    nominate,
    end_nomination
};

// What most rules are about comes most often.
Do random_kind(Dice& dice) {
    constexpr Do weighted[]{Do::create,   Do::create,        Do::issue, Do::issue,     Do::accept,   Do::accept,
                            Do::accept,   Do::publish,       Do::pause, Do::pause,     Do::pause,    Do::resume,
                            Do::resume,   Do::resume,        Do::reset, Do::terminate, Do::withdraw, Do::query,
                            Do::query,    Do::entry,         Do::entry, Do::entry,     Do::correct,  Do::nominate,
                            Do::nominate, Do::end_nomination};
    return weighted[dice.below(std::size(weighted))];
}

// One random command, its expected refusal by the model ("" for none). The model is moved on.
struct Move {
    Input input;
    std::string refusal;
};

Move random_move(Dice& dice, naive::Model& model, std::vector<std::string>& query_numbers, int cases_before) {
    Move move{.input = {.at = model.now, .actor = team, .command = {}}, .refusal = ""};
    const auto say = [&](std::string verb, std::map<std::string, Value> arguments, Actor actor = team) {
        move.input.actor = std::move(actor);
        move.input.command = {std::move(verb), std::move(arguments)};
    };
    const auto reason = std::pair<const std::string, Value>{"reason", std::string("because")};
    using naive::Contract;
    // Uplifts are what has most rules, so they are what most commands are for.
    const Do kind = model.contracts.empty() ? Do::create : random_kind(dice);
    const int chosen = model.contracts.empty() ? 0 : choose(dice, model, [&](const Contract& each) {
        switch (kind) {
            case Do::issue: return each.state == Contract::draft && !each.issued;
            case Do::accept: return each.state == Contract::draft && each.issued && each.portal;
            case Do::pause: return each.is_pending_uplift() && !each.paused;
            case Do::resume: return each.is_pending_uplift() && each.paused;
            case Do::terminate: return each.state == Contract::active;
            case Do::withdraw: return each.state == Contract::draft;
            default: return each.is_pending_uplift();
        }
    });
    const Value named = numbered("CNTR", std::max(chosen, 1));

    switch (kind) {
        case Do::create: {
            const int account = dice.below(2);
            const int terms = 1 + dice.below(model.newest_terms);
            say("create_agreement", {{"account", std::string(accounts[account])},
                                     {"products", std::vector<std::string>{"eps"}},
                                     {"terms", std::to_string(terms)}});
            move.refusal = model.create(account, terms);
            break;
        }
        case Do::issue:
            say("issue", {{"number", named}});
            move.refusal = model.issue(chosen);
            break;
        case Do::accept: {
            const int person = dice.one_in(6) ? 1 : 0;
            const bool confirmed = !dice.one_in(6);
            say("accept", {{"number", named}, {"read_and_understood", confirmed}},
                contact_of(model.contracts.at(chosen).account, person));
            move.refusal = model.accept(chosen, person, confirmed);
            break;
        }
        case Do::publish: {
            const bool uplift = !dice.one_in(3);
            move.refusal = model.publish(uplift);
            say("publish_terms", {{"version", std::to_string(model.newest_terms)},
                                  {"title", std::string("T")},
                                  {"standard_terms", std::string("T")},
                                  {"uplift", uplift}});
            break;
        }
        case Do::pause:
            say("pause", {{"number", named}, reason});
            move.refusal = model.pause(chosen);
            break;
        case Do::resume:
            say("resume", {{"number", named}});
            move.refusal = model.resume(chosen);
            break;
        case Do::reset:
            say("reset", {{"number", named}});
            move.refusal = model.reset(chosen);
            break;
        case Do::terminate: {
            const Date end = london_date(model.now) + (dice.below(60) - 10);
            say("terminate", {{"number", named}, {"end_date", format_iso(end)}, reason});
            move.refusal = model.terminate(chosen, end);
            break;
        }
        case Do::withdraw:
            say("withdraw", {{"number", named}, reason});
            move.refusal = model.withdraw(chosen);
            break;
        case Do::query: {
            const std::size_t before = model.queries.size();
            say("raise_query", {{"number", named}, {"description", std::string("why?")}},
                contact_of(model.contracts.at(chosen).account, dice.below(2)));
            move.refusal = model.query(chosen);
            if (model.queries.size() > before) query_numbers.push_back(numbered("CS", cases_before + 1));
            break;
        }
        case Do::entry: {
            if (model.queries.empty()) {
                say("advance", {});
                break;
            }
            const auto query = static_cast<std::size_t>(dice.below(static_cast<int>(model.queries.size())));
            const std::map<std::string, Value> entry{{"case", query_numbers.at(query)}, {"text", std::string("text")}};
            if (dice.one_in(3)) {
                const bool by_team = dice.one_in(2);
                const int account = model.contracts.at(model.queries[query].agreement).account;
                say(by_team ? "ask_for_info" : "add_note", entry, by_team ? team : contact_of(account, 0));
                move.refusal = model.reopen(query);
            } else {
                say("resolve", entry);
                move.refusal = model.resolve(query);
            }
            break;
        }
        case Do::correct: {
            const int account = dice.below(2);
            const std::string name = "Account " + std::to_string(dice.below(4));
            say("correct_account", {{"account", std::string(accounts[account])}, {"name", name}});
            move.refusal = model.correct_account(account, name);
            break;
        }
        case Do::nominate:
        case Do::end_nomination: {
            const int account = dice.below(2), person = dice.below(2);
            const bool on = kind == Do::nominate;
            say(on ? "nominate" : "end_nomination",
                {{"account", std::string(accounts[account])}, {"email", contact_of(account, person).name}},
                dice.one_in(2) ? team : contact_of(account, dice.below(2)));
            move.refusal = model.set_onboarding(account, person, on);
            break;
        }
    }
    return move;
}

// ---- What must be true whatever happens -------------------------------------------------------------------

std::string first_difference(const Workspace& workspace, const naive::Model& model) {
    if (workspace.agreements.size() != model.contracts.size()) return "number of agreements";
    for (const auto& [number, expected] : model.contracts) {
        const Agreement* agreement = workspace.find_agreement(numbered("CNTR", number));
        if (!agreement) return numbered("CNTR", number) + " is missing";
        const AgreementView shown = view(workspace, *agreement, workspace.now);
        const auto says = [&](const std::string& what) { return agreement->number + ": " + what; };
        if (static_cast<int>(agreement->state) != static_cast<int>(expected.state)) return says("state");
        if ((agreement->signature_type == SignatureType::accepted_via_portal) != expected.portal)
            return says("signature type");
        if (agreement->terms_version != std::to_string(expected.terms)) return says("terms");
        if (agreement->start_date != expected.start || agreement->accepted_on != expected.start)
            return says("start date");
        if (agreement->end_date != expected.end) return says("end date");
        const std::string code(accounts[expected.account]);
        if (const auto party = party_of(workspace, *agreement).name; party != expected.party)
            return says("the account is called " + party + ", by the model " + expected.party);
        if (agreement->name != code + " - " + expected.party) return says("name " + agreement->name);
        std::vector<std::string> told;
        for (const int person : expected.told) told.push_back(contact_of(expected.account, person).name);
        if (agreement->notified != told)
            return says("told " + join(agreement->notified, ", ") + ", by the model " + join(told, ", "));
        if (!expected.portal && agreement->supersedes != numbered("CNTR", expected.supersedes))
            return says("supersedes");
        if (shown.review.has_value() != (expected.state == naive::Contract::draft))
            return says("review outside Draft, or none in it");
        if (!shown.review) continue;
        if ((shown.substate == Substate::under_review) != expected.issued) return says("substate");
        if (shown.review->day != expected.day)
            return says("day " + std::to_string(shown.review->day) + ", by the model " + std::to_string(expected.day));
        if (shown.review->paused != expected.paused) return says("paused");
        const bool is_held = !expected.portal && expected.window_over;
        if (shown.review->held_by.empty() == is_held) return says("held");
        if (shown.review->closes_at.has_value() == (expected.paused || is_held)) return says("closes_at");
    }
    return "";
}

// What finds records says what it would say had all of them just been put.
std::string wrong_index(const Workspace& workspace) {
    Workspace fresh;
    std::vector<Contact> contacts;
    for (const auto& [email, contact] : workspace.contacts) contacts.push_back(contact);
    std::ranges::sort(contacts, {}, &Contact::order);
    for (const auto& contact : contacts) fresh.put(contact);
    for (const auto& [number, agreement] : workspace.agreements) fresh.put(agreement);
    for (const auto& [number, the_case] : workspace.cases) fresh.put(the_case);
    if (!(fresh.books == workspace.books)) return "a book";
    if (!(fresh.cases_about == workspace.cases_about)) return "the cases about an agreement";
    if (!(fresh.successors_of == workspace.successors_of)) return "the successors of an agreement";
    if (!(fresh.due_queue == workspace.due_queue)) return "the queue of what falls due";
    return "";
}

std::string broken_invariant(const Workspace& before, const Workspace& after) {
    if (auto wrong = wrong_index(after); !wrong.empty()) return wrong;
    VersionNumber newest_uplift;
    for (const auto& terms : after.terms) {
        if (terms.uplift) newest_uplift = std::max(newest_uplift, terms.order());
    }
    std::map<std::string, int> active;
    std::map<std::string, int> pending;
    for (const auto& [number, agreement] : after.agreements) {
        if (agreement.state == State::active) ++active[agreement.account];
        if (agreement.state == State::draft && agreement.signature_type == SignatureType::auto_accepted)
            ++pending[*agreement.supersedes];
        if (agreement.substate.has_value() != (agreement.state == State::draft))
            return number + ": a substate outside Draft, or none in it";
        if (agreement.accepted_by && agreement.signature_type == SignatureType::auto_accepted)
            return number + ": a name on a terms change";
        const bool was_active = agreement.state == State::active || agreement.state == State::expired;
        if (agreement.accepted_on.has_value() != was_active) return number + ": Accepted On";
        const AgreementView shown = view(after, agreement, after.now);
        if (shown.review && shown.review->days_left != shown.review->window_days - shown.review->day)
            return number + ": days left";
        const auto deadline = explain_deadline(after, agreement, after.now);
        if (deadline.has_value() != shown.review.has_value()) return number + ": deadline";
        if (deadline) {
            int running = 0;
            for (std::size_t i = 0; i < deadline->spans.size(); ++i) {
                const Span& span = deadline->spans[i];
                if (span.days() <= 0) return number + ": an empty span";
                if (i > 0 && deadline->spans[i - 1].until != span.from) return number + ": a gap between spans";
                if (span.kind == SpanKind::running) running += span.days();
            }
            if (running != deadline->window_days)
                return number + ": the clock runs " + std::to_string(running) + " days";
        }
    }
    for (const auto& [account, count] : active) {
        if (count > 1) return account + ": more than one Active agreement";
    }
    for (const auto& [number, count] : pending) {
        if (count > 1) return number + ": more than one pending uplift";
        if (after.agreements.at(number).state != State::active)
            return number + ": a pending uplift of what is not Active";
    }
    for (const auto& [number, agreement] : after.agreements) {
        if (agreement.state != State::active || order_of(agreement.terms_version) >= newest_uplift) continue;
        if (!pending.contains(number) && !agreement.uplift_withdrawn)
            return number + ": on old terms without an uplift (U7)";
    }
    // Nothing is ever deleted; what has ended stays as it ended.
    for (const auto& [number, agreement] : before.agreements) {
        const Agreement* now = after.find_agreement(number);
        if (!now) return number + ": deleted";
        if (now->signature_type != agreement.signature_type) return number + ": signature type changed";
        if (agreement.state != State::draft &&
            (now->name != agreement.name || now->accepted_by != agreement.accepted_by ||
             party_of(after, *now) != party_of(before, agreement)))
            return number + ": the words of its day changed";
        if ((agreement.state == State::expired || agreement.state == State::cancelled) && now->state != agreement.state)
            return number + ": came back";
        if (agreement.state == State::active && now->state != State::active && now->state != State::expired)
            return number + ": Active must end Expired";
    }
    for (const auto& [number, the_case] : before.cases) {
        const Case* now = after.find_case(number);
        if (!now || now->activity.size() < the_case.activity.size()) return number + ": case or entries deleted";
        if (the_case.state == CaseState::closed &&
            (now->state != CaseState::closed || now->activity != the_case.activity))
            return number + ": closed, yet changed";
    }
    if (after.notifications.size() < before.notifications.size()) return "notifications deleted";
    return "";
}

std::string broken_lineage(const Workspace& workspace) {
    for (const auto& [number, agreement] : workspace.agreements) {
        const auto chain = lineage(workspace, agreement);
        if (std::ranges::find(chain, number) == chain.end()) return number + ": not in its own lineage";
        if (std::ranges::find(chain, original_version(workspace, agreement)) == chain.end())
            return number + ": lineage without the Original Version";
        for (const auto& other : chain) {
            if (lineage(workspace, workspace.agreements.at(other)) != chain)
                return number + " and " + other + ": one chain, two lineages";
        }
    }
    return "";
}

Workspace replay(const std::vector<Input>& inputs, Dice* interruptions) {
    Workspace workspace;
    for (const auto& input : inputs) {
        while (interruptions && workspace.now.seconds > 0 && workspace.now < input.at && !interruptions->one_in(3)) {
            const auto gap =
                static_cast<int>(std::min<std::int64_t>(input.at.seconds - workspace.now.seconds, 1'000'000'000));
            step(workspace, {"advance", {}}, {Role::visitor, ""},
                 {workspace.now.seconds + interruptions->below(gap + 1)});
        }
        step(workspace, input.command, input.actor, input.at);
    }
    return workspace;
}

}  // namespace

TEST_CASE("random histories agree with the naive model, and the invariants hold after every step") {
    for (int history = 0; history < histories; ++history) {
        const auto seed = static_cast<std::uint32_t>(20'250'801 + history);
        Dice dice(seed);
        Workspace workspace;
        std::vector<Input> inputs = opening(start_of(dice));
        naive::Model model = model_of(inputs);
        if (!dice.one_in(4)) begin(model, inputs);
        for (const auto& input : inputs) {
            const Step done = step(workspace, input.command, input.actor, input.at);
            REQUIRE_MESSAGE(done.decision.has_value(), "opening, seed " << seed);
        }
        std::vector<std::string> query_numbers;
        std::set<std::string> numbers_given{"CNTR0000001", "CS0000001"};
        if (workspace.agreements.empty()) numbers_given.clear();

        for (int i = 0; i < steps_a_history; ++i) {
            const Workspace before = workspace;
            const Instant at = later(dice, before.now);
            model.go_to(at);
            const Move move = random_move(dice, model, query_numbers, static_cast<int>(before.last_case));
            inputs.push_back(move.input);

            const auto fell_due = due(before, at);
            Workspace after_due = before;
            for (const auto& event : fell_due) apply(after_due, event);
            after_due.now = at;
            REQUIRE_MESSAGE(due(after_due, at).empty(), "due twice, seed " << seed << " step " << i);
            REQUIRE_MESSAGE(std::ranges::is_sorted(fell_due, {}, &Event::at),
                            "due order, seed " << seed << " step " << i);

            const Step done = step(workspace, move.input.command, move.input.actor, at);
            const std::string refusal = done.decision ? "" : done.decision.error().code;
            REQUIRE_MESSAGE(refusal == move.refusal, "seed " << seed << " step " << i << " " << move.input.command.verb
                                                             << ": " << refusal << ", by the model " << move.refusal);
            REQUIRE(done.fell_due == fell_due);
            if (!done.decision) {
                REQUIRE_MESSAGE(workspace == after_due,
                                "a refused command changed something, seed " << seed << " step " << i);
            } else {
                for (const auto& event : done.decision->events) REQUIRE(event.at == at);
            }
            std::vector<Event> all = fell_due;
            if (done.decision) all.insert(all.end(), done.decision->events.begin(), done.decision->events.end());
            for (const auto& event : all) {
                if (const auto* created = std::get_if<AgreementCreated>(&event.body))
                    REQUIRE_MESSAGE(numbers_given.insert(created->number).second, created->number);
                if (const auto* opened = std::get_if<CaseOpened>(&event.body))
                    REQUIRE_MESSAGE(numbers_given.insert(opened->number).second, opened->number);
            }
            const std::string difference = first_difference(workspace, model);
            REQUIRE_MESSAGE(difference.empty(), "seed " << seed << " step " << i << " " << move.input.command.verb
                                                        << " at " << format_iso(at) << ": " << difference);
            const std::string broken = broken_invariant(before, workspace);
            REQUIRE_MESSAGE(broken.empty(), "seed " << seed << " step " << i << " " << move.input.command.verb << " at "
                                                    << format_iso(at) << ": " << broken);
            if (const auto next = next_due(workspace, at)) REQUIRE(*next > at);
        }
        const std::string broken = broken_lineage(workspace);
        REQUIRE_MESSAGE(broken.empty(), "seed " << seed << ": " << broken);
        // A jump in time split at any points ends in the same state.
        Dice interruptions(seed ^ 0x5bd1e995u);
        REQUIRE_MESSAGE(replay(inputs, &interruptions) == workspace, "split in time, seed " << seed);
    }
}

TEST_CASE("moving to each next due change passes no change by") {
    for (std::uint32_t seed = 1; seed <= 100; ++seed) {
        Dice dice(seed);
        Workspace workspace;
        std::vector<Input> inputs = opening(start_of(dice));
        naive::Model model = model_of(inputs);
        begin(model, inputs);
        for (const auto& input : inputs) step(workspace, input.command, input.actor, input.at);
        std::vector<std::string> query_numbers;
        for (int i = 0; i < 30; ++i) {
            const Move move = random_move(dice, model, query_numbers, static_cast<int>(workspace.last_case));
            step(workspace, move.input.command, move.input.actor, move.input.at);
        }
        Workspace jumped = workspace;
        const Instant far{workspace.now.seconds + 400LL * 86'400};
        step(jumped, {"advance", {}}, {Role::visitor, ""}, far);
        Workspace walked = workspace;
        int changes = 0;
        for (auto next = next_due(walked, walked.now); next && *next <= far; next = next_due(walked, walked.now)) {
            const Step done = step(walked, {"advance", {}}, {Role::visitor, ""}, *next);
            REQUIRE_MESSAGE(!done.fell_due.empty(), "nothing happened at the next due change, seed " << seed);
            REQUIRE(++changes < 1'000);
        }
        step(walked, {"advance", {}}, {Role::visitor, ""}, far);
        REQUIRE_MESSAGE(walked == jumped, "seed " << seed);
    }
}
