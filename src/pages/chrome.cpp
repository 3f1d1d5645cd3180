// What stands around every page: banner with search and "Acting as", navigation, footer.

#include "pages/page.h"

#include "base/text.h"
#include "pages/present.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace ca::pages {
namespace {

struct Entry {
    std::string_view key, words, address;
};
constexpr Entry start{"start", "Start", "#/"};
constexpr std::array extras{Entry{"agreements", "My Connection Agreements", "#/agreements"}};
constexpr std::array others{
    Entry{"cases", "My cases", "#/cases"},           Entry{"notifications", "Notifications", "#/notifications"},
    Entry{"details", "Your details", "#/details"},   Entry{"team", "NHS England teams", "#/team"},
    Entry{"data", "Data in this browser", "#/data"}, Entry{"help", "Help", "#/help"}};
constexpr std::array team_pages{Entry{"queue", "Today", "#/team"},
                                Entry{"agreements", "Agreements", "#/team/agreements"},
                                Entry{"requests", "Requests", "#/team/requests"},
                                Entry{"accounts", "Accounts", "#/team/accounts"},
                                Entry{"products", "API products", "#/team/products"},
                                Entry{"terms", "Terms", "#/team/terms"},
                                Entry{"cases", "Cases", "#/team/cases"},
                                Entry{"outbox", "Outbox", "#/team/outbox"}};

// Where one is, by the pages that the menus lead to. A record has one address for everyone; who opens it decides where
// it stands: what somebody of a team opens stands under the team.
std::string place_of(const Context& context) {
    const auto& route = context.route;
    const bool is_record = route.path.size() > 1 && (route.segment(0) == "agreements" || route.segment(0) == "cases");
    return (is_record && context.sees_everything() ? "team/" : "") + route.path_text();
}

bool is_at(std::string_view place, const Entry& entry) {
    const auto path = parse_route(entry.address).path_text();
    return place == path || (!path.empty() && place.starts_with(path + "/"));
}

// On a narrow window search and the menus stand behind one button.
bool shows_menus(const Context& context, const ChromeState& state) {
    return !context.ui.is_narrow() || state.menu_open;
}

void build_search(Context& context, ChromeState& state) {
    auto& ui = context.ui;
    auto search = ui.search("search");
    auto form = ui.form("form");
    ui.text_field("text", "Search", state.search,
                  {.kind = ui::FieldKind::search, .width = ui::FieldWidth::twenty, .hidden_label = true});
    if (ui.button("go", "Search", ui::Tone::primary, {.hidden_name = "Search the portal"})) {
        Route results{.path = {"search"}, .query = {}};
        context.visit.open(results.with("q", state.search).address());
    }
}

// What everybody must know whose workspace is shared and who is cut off from it.
void build_shared(Context& context) {
    if (!context.shared || context.practising) return;
    const auto& shared = *context.shared;
    const auto all = context.sharing->waiting();
    const auto refused = static_cast<std::size_t>(
        std::ranges::count(all, Waiting::State::refused, [](const Waiting& each) { return each.state; }));
    const auto waiting = all.size() - refused;
    std::string words = shared.trouble;
    if (words.empty() && shared.is_refused)
        words = "This browser is not let into the shared workspace. What is shown is what it had last.";
    if (words.empty() && waiting > 0 && !shared.connected_since)
        words = count_of(waiting, "change waits", "changes wait") +
                " to be sent: there is no connection to NHS England now. " + (waiting == 1 ? "It is" : "They are") +
                " kept in this browser.";
    if (refused > 0)
        words += (words.empty() ? "" : " ") +
                 count_of(refused, "thing that you asked for was", "things that you asked for were") +
                 " not recorded: “Sharing” says why.";
    if (words.empty()) return;
    auto inset = context.ui.inset("shared");
    context.ui.paragraph(ui::Words{{ui::bold("Please read. "), ui::text(words)}}, ui::TextSize::body, "words");
    context.ui.link("link", "Sharing", "#/data/sharing");
}

void build_banner(Context& context, ChromeState& state) {
    auto& ui = context.ui;
    auto banner = ui.banner();
    auto row = ui.row("top");
    ui.link("home", "Connection Agreements", "#/");
    if (ui.is_narrow() && ui.button("menu", "Menu", ui::Tone::quiet,
                                    {.expanded = state.menu_open ? semantics::Toggle::on : semantics::Toggle::off,
                                     .closed_by_escape = true}))
        state.menu_open = !state.menu_open;
    // The box stands in the menu there: this opens it, and one types.
    if (!shows_menus(context, state) && ui.button("find", "", ui::Tone::quiet, {.hidden_name = "Search"})) {
        state.menu_open = true;
        ui.focus(ui.full_key("search/form/text"));
    }
    if (shows_menus(context, state)) build_search(context, state);
    if (context.shared && !context.practising) {
        ui.link("who", context.actor_name(), "#/data/sharing",
                {.quiet = true, .hidden_suffix = ", in the shared workspace"});
        return;
    }
    if (ui.button("acting-as", "Acting as " + context.actor_name(), ui::Tone::quiet,
                  {.expanded = state.choosing_actor ? semantics::Toggle::on : semantics::Toggle::off}))
        state.choosing_actor = state.actor_asked = true;
}

void build_entry(Context& context, const Entry& entry) {
    auto item = context.ui.list_item(entry.key);
    context.ui.link("link", entry.words, entry.address, {.current = is_at(place_of(context), entry), .quiet = true});
}

// The menu of the guide. It stands open from the start, so that what it holds is seen, found and pressed without it.
// Its button leads into it: the first press gives focus to its first link, the next one closes it.
void build_extras(Context& context, ChromeState& state) {
    using Extras = ChromeState::Extras;
    auto& ui = context.ui;
    auto item = ui.list_item("extras");
    // As the frame began: the button and what it opens say the same, in the frame of the press too.
    const bool is_open = state.extras != Extras::closed;
    if (ui.button("menu", "My Extras", ui::Tone::quiet,
                  {.expanded = is_open ? semantics::Toggle::on : semantics::Toggle::off}))
        state.extras = state.extras == Extras::led_into ? Extras::closed : Extras::leading_into;
    if (!is_open) return;
    auto list = ui.list("list", false, false);
    if (state.extras == Extras::leading_into) {
        state.extras = Extras::led_into;
        ui.focus(ui.full_key(std::string(extras.front().key) + "/link"));
    }
    for (const auto& entry : extras) build_entry(context, entry);
}

void build_navigation(Context& context, ChromeState& state) {
    auto& ui = context.ui;
    auto navigation = ui.navigation("main-navigation", "Main");
    auto list = ui.list("entries", false, false);
    build_entry(context, start);
    build_extras(context, state);
    for (const auto& entry : others) {
        if (entry.key == "team" && !context.sees_everything()) continue;
        if (entry.key == "details" && !context.is_contact()) continue;
        build_entry(context, entry);
    }
}

// On every page that stands under the team.
void build_team_menu(Context& context) {
    auto& ui = context.ui;
    const auto place = place_of(context);
    if (!context.sees_everything() || !is_at(place, {"", "", "#/team"})) return;
    auto menu = ui.navigation("team-menu", "Team");
    auto list = ui.list("entries", false, false);
    for (const auto& entry : team_pages) {
        auto item = ui.list_item(entry.key);
        const bool is_here = entry.key == "queue" ? place == "team" : is_at(place, entry);
        ui.link("link", entry.words, entry.address, {.current = is_here, .quiet = true});
    }
}

// One line for each, under the heading of those whom they stand among; whom one acts as now has a tick. Nobody:
// nullptr.
const Person* choose_person(Context& context, std::span<const Person* const> people) {
    auto& ui = context.ui;
    const Person* chosen = nullptr;
    for (std::size_t at = 0; at < people.size();) {
        const auto& group = people[at]->group;
        auto section = ui.section(people[at]->key + "-group", group);
        ui.heading(3, group, "heading");
        auto list = ui.list("people", false, false);
        for (; at < people.size() && people[at]->group == group; ++at) {
            const auto* person = people[at];
            const bool is_here = person->actor == context.actor;
            auto item = ui.list_item(person->key);
            if (ui.choice_line("choose", person->name, person->role, is_here)) chosen = person;
        }
    }
    return chosen;
}

std::string found_in_words(std::size_t matches, std::size_t shown_at_most) {
    const auto count = count_of(matches, "person", "people");
    if (matches == 0) return "Nobody matches. Check the spelling, or register a contact first.";
    if (matches <= shown_at_most) return count;
    return "The first " + grouped(shown_at_most) + " of " + count + ". Type to narrow the list.";
}

void build_acting_as(Context& context, ChromeState& state) {
    constexpr std::size_t shown_at_most = 24;
    auto& ui = context.ui;
    if (!state.choosing_actor) return;
    auto dialog = ui.dialog("acting-as-dialog", "Acting as");
    if (std::exchange(state.actor_asked, false)) ui.focus(ui.full_key("find"));
    ui.text_field("find", "Find a person", state.actor_filter,
                  {.hint = "Type a name, an email address or an account.", .kind = ui::FieldKind::search});
    const auto wanted = fold_for_search(trim(state.actor_filter));
    std::size_t matches = 0;
    const auto people = context.session.people();
    std::vector<const Person*> shown;
    for (const auto& person : people) {
        if (!wanted.empty() && fold_for_search(person.name + " " + person.what).find(wanted) == std::string::npos)
            continue;
        if (++matches <= shown_at_most) shown.push_back(&person);
    }
    {
        auto list = ui.dialog_list("list");
        ui.paragraph(
            "Choose whose eyes this workspace is seen through. Everything is kept in this browser, so this is not a "
            "security boundary: anyone who can use this browser can act as anyone here.",
            ui::TextSize::small, "words");
        if (const auto* chosen = choose_person(context, shown)) {
            context.session.act_as(chosen->actor);
            state.choosing_actor = false;
            state.actor_filter.clear();
            ui.focus("banner/top/acting-as");
        }
    }
    auto foot = ui.row("foot");
    if (ui.button("close", "Close", ui::Tone::secondary) || ui.dismissed("acting-as-dialog")) {
        state.choosing_actor = false;
        ui.focus("banner/top/acting-as");
    }
    ui.status("count", found_in_words(matches, shown_at_most));
}

// "CNTR0000008 of Larkfield Health Software Ltd (YGM01) was Under Review and is now Cancelled"
std::string change_in_words(const lifecycle::Sight& workspace, const lifecycle::Agreement& agreement,
                            const StateChange& change) {
    const std::string who =
        change.number + " of " + account_name(workspace, agreement.account) + " (" + agreement.account + ")";
    if (change.from.empty()) return who + " was made, and is " + change.to;
    return who + " was " + change.from + " and is now " + change.to;
}

// What moving the clock will change, told when it is moved.
std::string changes_by(const Context& context, Instant when) {
    constexpr std::size_t told_at_most = 5;
    auto copy = context.workspace;  // to look ahead in
    std::vector<std::string> seen;
    std::size_t others = 0;
    for (const auto& change : change_by_time(copy, when)) {
        const auto* agreement = copy.find_agreement(change.number);
        if (!agreement || seen.size() == told_at_most) ++others;
        else seen.push_back(change_in_words(copy, *agreement, change));
    }
    if (seen.empty() && others == 0) return "Nothing fell due.";
    std::string words = join(seen, "; ");
    if (others > 0)
        words += (seen.empty() ? "" : "; and ") + count_of(others, "other agreement", "other agreements") + " changed";
    return words + ".";
}

std::string clock_words(Instant now) {
    if (london_seconds_of_day(now) == 0) return "midnight, as " + format_words(london_date(now)) + " begins";
    return format_words(now);
}

// Says on every page, and wherever it is scrolled to, that this is practice, and leads out of it.
void build_practice_strip(Context& context) {
    if (!context.practising) return;
    auto strip = context.ui.pinned("practice", "Practice mode – nothing here is saved");
    if (context.ui.button("leave", "Leave practice mode", ui::Tone::plain)) context.session.leave_practice();
}

// Practice with time: what the clock shows, and how to move it. It only goes forward, as time does.
void build_practice(Context& context, ChromeState& state) {
    if (!context.practising) {
        state.practice_told.clear();
        state.practice_error.clear();
        return;
    }
    auto& ui = context.ui;
    auto section = ui.section("practice", "The clock of practice mode");
    auto box = ui.inset("box");
    ui.status("clock", "You are working on a copy. Its clock shows " + clock_words(context.now) +
                           ".");  // spoken when it is moved
    ui.status("told", state.practice_told);
    const auto move_to = [&](Instant when) {
        state.practice_error.clear();
        state.practice_date = {};
        state.practice_told = changes_by(context, when);
        context.session.practise_at(when);
    };
    const auto refuse = [&](std::string why) {
        state.practice_error = std::move(why);
        state.practice_told.clear();
        ui.focus(ui.full_key(first_field("date")));
    };
    auto form = ui.form("form", "Move the clock");
    ui.alert("refused", state.practice_error.empty() ? "" : "The clock was not moved.");
    build_date_entry(ui, "date", "Move to date", state.practice_date,
                     {.hint = "For example " + example_date(london_date(context.now) + 30) + ".",
                      .error = state.practice_error,
                      .required = true,
                      .anew = true});
    const auto today = london_date(context.now);
    bool moves = false;
    {
        auto row = ui.row("buttons");
        moves = ui.button("move", "Move", ui::Tone::primary);
        if (auto next = lifecycle::next_due(context.workspace, context.now)) {
            state.practice_stepped = ui.button("next", "Next due change");
            if (state.practice_stepped) move_to(*next);
        } else {
            ui.hint("Nothing more falls due by time alone.", "nothing");
            if (std::exchange(state.practice_stepped, false))
                ui.focus("practice/leave");  // the button that was pressed is gone
        }
    }
    if (!moves) return;
    if (const auto date = date_of(state.practice_date, "The date to move to"); !date) refuse(date.error().message);
    else if (*date <= today)
        refuse("The clock only goes forward. Enter a date after " + format_words(today) +
               ", or leave practice mode and start again");
    else move_to(london_midnight(*date));
}

// Changes that could not be saved. They are not shown as if they were, so this is all that is seen of them.
void build_unsaved(Context& context) {
    if (context.unsaved == 0) return;
    auto& ui = context.ui;
    auto section = ui.section("unsaved", "Not saved");
    auto box = ui.banner_box("box", ui::BannerKind::warning,
                             count_of(context.unsaved, "change is", "changes are") + " not saved");
    ui.paragraph("Only this page holds " + std::string(context.unsaved == 1 ? "it" : "them") +
                     ", until it is left or loaded again. Make room on this device, then try again.",
                 ui::TextSize::body, "words");
    if (ui.button("retry", "Try to save again", ui::Tone::primary)) context.keeping.retry_unsaved();
}

// What was typed here before, and has come back.
void build_came_back(Context& context) {
    auto& ui = context.ui;
    if (!context.draft_trouble.empty()) {
        auto inset = ui.inset("draft-trouble");
        ui.paragraph(ui::Words{{ui::bold("Please read. "), ui::text(context.draft_trouble)}}, ui::TextSize::body,
                     "words");
    }
    if (!context.came_back) return;
    auto inset = ui.inset("draft");
    ui.paragraph("What you typed here on " + date_and_time(context.came_back->typed_at) +
                     " is still here. It has not been sent.",
                 ui::TextSize::body, "words");
    if (const auto& left = context.came_back->without_place; !left.empty()) {
        ui.paragraph("The form that this was for is not open now:", ui::TextSize::body, "left-words");
        auto list = ui.list("left");
        for (std::size_t i = 0; i < left.size(); ++i) {
            auto item = ui.list_item("text-" + std::to_string(i + 1));  // in the order in which they were typed
            ui.paragraph(ui::Words{{ui::bold(left[i].label + ": "), ui::text(left[i].words)}}, ui::TextSize::body,
                         "words");
        }
    }
    if (ui.button("throw-away", "Throw away what I typed")) context.visit.throw_draft_away();
}

void build_footer(Context& context) {
    constexpr std::string_view feedback = "england.liveserviceonboarding@nhs.net";
    constexpr std::string_view support = "support.digitalservices@nhs.net";
    const auto mail = [](std::string_view address) {
        return ui::link_to(std::string(address), "mailto:" + std::string(address));
    };
    auto& ui = context.ui;
    auto footer = ui.footer();
    {
        auto row = ui.row("links");
        ui.link("accessibility", "Accessibility statement", "#/accessibility", {.quiet = true});
        ui.link("policy", "Acceptable use policy", "#/policies/acceptable-use", {.quiet = true});
        ui.link("changes", "Published changes", "#/changes", {.quiet = true});
        const bool html = context.visit.html_view();
        if (context.visit.can_choose_view() &&
            ui.button("html-view", html ? "Use the drawn view" : "Use the HTML view", ui::Tone::quiet))
            context.visit.set_html_view(!html);
        if (!context.practising && ui.button("practise", "Practice with time", ui::Tone::quiet))
            context.session.start_practice();
    }
    ui.hint({{ui::text("Issues and feedback on this service: "), mail(feedback), ui::text(". Notifications come from "),
              mail(support), ui::text(".")}},
            "feedback-words");
}

}  // namespace

void build_chrome(Context& context, ChromeState& state, Page& page, const std::optional<Banner>& done) {
    auto& ui = context.ui;
    build_banner(context, state);
    if (shows_menus(context, state)) {
        build_navigation(context, state);
        build_team_menu(context);
    }
    build_practice_strip(context);
    {
        auto main = ui.main();
        build_practice(context, state);
        build_parted(context, state);
        build_unsaved(context);
        build_clock_question(context, state);
        if (!context.trouble.empty()) {
            auto inset = ui.inset("trouble");
            ui.paragraph(ui::Words{{ui::bold("Please read. "), ui::text(context.trouble)}}, ui::TextSize::body,
                         "words");
        }
        build_shared(context);
        if (done) {
            auto box = ui.banner_box("done", ui::BannerKind::success, done->heading);
            if (!documents::to_text(done->words.runs).empty()) ui.paragraph(done->words, ui::TextSize::body, "words");
            if (done->takes_focus) {
                ui.focus(ui.full_key("title"));
                ui.reveal("banner");
            }
        }
        build_zip_line(context);
        if (context.loaded) build_came_back(context);
        if (context.loaded) {
            page.build(context);
        } else {
            ui.heading(1, "Connection Agreements", "h1");
            if (const auto& underway = context.underway)
                ui.progress("underway",
                            std::string(underway->what) + ": " + grouped(underway->at.done) + " of " +
                                grouped(underway->at.all) + " " + std::string(underway->counted),
                            static_cast<double>(underway->at.done) / static_cast<double>(underway->at.all));
            else
                ui.status("loading", context.shared ? "Fetching the record of the shared workspace…"
                                                    : "Reading what is kept in this browser…");
        }
    }
    build_footer(context);
    build_acting_as(context, state);
}

}  // namespace ca::pages
