#include "pages/present.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace ca::pages {

using lifecycle::State;
using lifecycle::Substate;

StateMark mark_of(const lifecycle::Agreement& agreement) {
    switch (agreement.state) {
        case State::active: return {"Active", ui::TagKind::active};
        case State::expired: return {"Expired", ui::TagKind::expired};
        case State::cancelled: return {"Cancelled", ui::TagKind::cancelled};
        case State::draft: break;
    }
    if (agreement.substate == Substate::awaiting_review) return {"Awaiting Review", ui::TagKind::awaiting_review};
    if (agreement.review.paused()) return {"Under Review, paused", ui::TagKind::paused};
    return {"Under Review", ui::TagKind::under_review};
}

StateMark mark_of(const lifecycle::Case& item) {
    using lifecycle::CaseState;
    std::string words(lifecycle::to_words(item.state));
    switch (item.state) {
        case CaseState::fresh: return {words, ui::TagKind::information};
        case CaseState::open: return {words, ui::TagKind::under_review};
        case CaseState::awaiting_info: return {words, ui::TagKind::paused};
        case CaseState::resolved: return {words, ui::TagKind::active};
        case CaseState::closed: return {words, ui::TagKind::expired};
    }
    return {words, ui::TagKind::information};
}

std::vector<StateChange> change_by_time(lifecycle::Sight& copy, Instant until) {
    std::vector<StateChange> changes;
    for (const auto& event : lifecycle::due(copy, until)) {
        const auto* agreement = copy.find_agreement(event.entity);
        const std::string from = agreement ? mark_of(*agreement).words : "";
        lifecycle::apply(copy, event);
        agreement = copy.find_agreement(event.entity);
        if (agreement != nullptr && mark_of(*agreement).words != from)
            changes.push_back({event.at, agreement->number, from, mark_of(*agreement).words});
    }
    return changes;
}

std::string product_names(const lifecycle::Sight& workspace, const std::vector<std::string>& ids) {
    return join(lifecycle::product_names(workspace, ids), ", ");
}

std::string account_name(const lifecycle::Sight& workspace, std::string_view ods_code) {
    const auto* account = workspace.find_account(ods_code);
    return account ? account->name : std::string(ods_code);
}

std::vector<const lifecycle::TermsVersion*> versions_newest_first(const lifecycle::Sight& workspace) {
    std::vector<const lifecycle::TermsVersion*> versions;
    for (const auto& version : workspace.terms) versions.push_back(&version);
    std::ranges::stable_sort(versions, [](const auto* a, const auto* b) { return b->order() < a->order(); });
    return versions;
}

std::vector<ui::Choice> account_choices(const lifecycle::Sight& workspace) {
    std::vector<ui::Choice> choices{{.value = "", .label = "Choose an account"}};
    for (const auto& account : workspace.accounts_to_choose())
        choices.push_back({.value = account.ods_code, .label = account.name + " (" + account.ods_code + ")"});
    std::ranges::sort(choices.begin() + 1, choices.end(), {}, &ui::Choice::label);
    return choices;
}

std::string words_or(const std::optional<std::string>& words, std::string_view otherwise) {
    return words ? *words : std::string(otherwise);
}
std::string words_or(const std::optional<Date>& date, std::string_view otherwise) {
    return date ? format_words(*date) : std::string(otherwise);
}

std::string date_and_time(Instant at) { return format_words(at); }

std::string moment_in_words(Instant at) {
    if (london_seconds_of_day(at) == 0) return "midnight at the end of " + format_words(london_date(at) - 1);
    return format_words(at);
}

std::string when_in_words(Instant at) { return (london_seconds_of_day(at) == 0 ? "at " : "on ") + moment_in_words(at); }

std::string grouped(std::size_t count) {
    auto digits = std::to_string(count);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

std::string count_of(std::size_t count, std::string_view one, std::string_view many) {
    return grouped(count) + " " + std::string(count == 1 ? one : many);
}

std::string days_left_in_words(const lifecycle::ReviewView& review, Instant now) {
    if (review.last_day && *review.last_day < london_date(now))
        return review.held_by.empty() ? "The review is over" : "The review is over; held by an open query";
    if (review.days_left == 0) return "Today is the last day";
    return count_of(static_cast<std::size_t>(review.days_left), "day", "days") + " left";
}

std::string size_in_words(std::uint64_t bytes) {
    if (bytes < 1000) return std::to_string(bytes) + " bytes";
    static constexpr const char* units[] = {"kB", "MB", "GB"};
    double value = static_cast<double>(bytes);
    int unit = -1;
    do {
        value /= 1000;
        ++unit;
    } while (value >= 999.5 && unit < 2);
    char text[32];
    std::snprintf(text, sizeof text, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    return text;
}

std::vector<const lifecycle::Agreement*> visible_agreements(const Context& context) {
    std::vector<const lifecycle::Agreement*> seen;
    for (const auto& [number, agreement] : context.workspace.agreements) seen.push_back(&agreement);
    return seen;
}

std::vector<const lifecycle::Case*> visible_cases(const Context& context) {
    std::vector<const lifecycle::Case*> seen;
    for (const auto& [number, item] : context.workspace.cases) seen.push_back(&item);
    return seen;
}

Paging paging_of(const Route& route, std::size_t all, std::size_t rows, std::string_view query) {
    std::size_t from = 0;
    const auto text = route.query_value(query);
    std::from_chars(text.data(), text.data() + text.size(), from);
    from = std::min(from, all);
    return {.from = from, .until = from + std::min(rows, all - from), .all = all, .rows = rows, .query = query};
}

void FilterText::build(Context& context, std::string_view key, std::string_view label, std::string hint,
                       ui::FieldWidth width) {
    if (context.route.query_value("q") != address_text_)
        typed_ = address_text_ = context.route.query_value("q");  // the first frame, and Back and Forward
    full_key_ = context.ui.full_key(key);
    context.ui.text_field(key, label, typed_, {.hint = std::move(hint), .kind = ui::FieldKind::search, .width = width});
}

void FilterText::hear(ui::Ui& ui, const Route& route, Visit& visit) {
    auto typed = ui.hear_typed(full_key_);
    if (!typed || *typed == typed_) return;
    typed_ = address_text_ = *std::move(typed);
    visit.follow(route.with("q", typed_).with("from", "").with("contacts-from", "").address());
}

void build_paging(Context& context, const Paging& paging, std::string_view many) {
    if (paging.all <= paging.rows) return;
    auto& ui = context.ui;
    auto pages = ui.navigation("pages-" + std::string(paging.query), "Pages of " + std::string(many));
    auto row = ui.row("links");
    if (paging.from > 0)
        ui.link(
            "previous", "Previous page",
            context.route.with(paging.query, paging.from > paging.rows ? std::to_string(paging.from - paging.rows) : "")
                .address());
    std::string name(many);
    name.front() = to_ascii_upper(name).front();
    ui.hint(name + " " + grouped(paging.from + 1) + " to " + grouped(paging.until) + " of " + grouped(paging.all),
            "here");
    if (paging.until < paging.all)
        ui.link("next", "Next page", context.route.with(paging.query, std::to_string(paging.until)).address());
}

std::string FormErrors::at(std::string_view field_key) const {
    for (const auto& problem : problems)
        if (problem.field_key == field_key) return problem.message;
    return {};
}

FormErrors errors_of(const Outcome* outcome, std::initializer_list<FieldOfArgument> fields) {
    FormErrors errors;
    if (!outcome || (outcome->state != Outcome::State::refused && outcome->state != Outcome::State::not_saved))
        return errors;
    for (const auto& field : fields) {
        const auto wrong = std::ranges::find(outcome->wrong, field.argument, &Error::where);
        if (!field.enter.empty() && std::ranges::find(outcome->missing, field.argument) != outcome->missing.end())
            errors.problems.push_back({std::string(field.field_key), std::string(field.enter)});
        else if (wrong != outcome->wrong.end())
            errors.problems.push_back({std::string(field.field_key), wrong->message});
    }
    if (errors.any()) return errors;
    if (outcome->error.code == "not_permitted") {
        errors.problems.push_back({"",
                                   "You may not do this as the person you are acting as. Choose somebody whose work it "
                                   "is under “Acting as”."});
        return errors;
    }
    std::string key;
    for (const auto& field : fields)
        if (field.argument == outcome->error.where) key = field.field_key;
    if (key.empty() && fields.size() > 0 && outcome->state == Outcome::State::refused) key = fields.begin()->field_key;
    errors.problems.push_back({key, outcome->error.message});
    return errors;
}

std::vector<std::string> access_of_contact(const lifecycle::Sight& seen, std::string_view email, Instant now) {
    std::vector<std::string> names;
    const std::string person = "contact:" + to_ascii_lower(email);
    for (const auto& [name, access] : seen.access)
        if (access.is_good(now) && to_ascii_lower(access.person) == person) names.push_back(name);
    return names;
}

bool is_saving(const Context& context, std::string_view form) {
    const auto* outcome = context.session.outcome(form);
    return outcome && outcome->state == Outcome::State::saving;
}

void saving_status(Context& context, std::string_view form, std::string_view told) {
    const auto* outcome = context.session.outcome(form);
    std::string words(outcome ? std::string_view{} : told);
    if (outcome && outcome->state == Outcome::State::saving)
        words = !context.shared || context.practising
                    ? context.another_writes
                          ? "Another tab or window of this browser is saving, an import for one. Your change waits for "
                            "it, and is saved after it."
                          : "Saving…"
                : context.shared->is_keeping ? "Saving…"
                : context.shared->connected_since
                    ? "Sent, waiting for the record…"
                    : "Waiting to be sent: there is no connection now. It is kept in this "
                      "browser, also when you leave the page.";
    if (outcome && outcome->state == Outcome::State::not_saved) words = "Not saved. " + outcome->error.message;
    context.ui.status(std::string(form) + "-status", words);
}

bool recording_progress(Context& context, std::string_view form, const StepWords& words) {
    const auto at = context.session.progress(form);
    if (!at) return false;
    auto& ui = context.ui;
    auto part = ui.section("recording", words.doing);
    const std::string doing(words.doing);
    ui.progress("progress",
                at->all == 0
                    ? doing + "…"
                    : doing + ": " + grouped(at->done) + " of " + grouped(at->all) + " " + std::string(words.things),
                at->all == 0 ? -1 : static_cast<double>(at->done) / static_cast<double>(at->all));
    if (!ui.button("cancel", words.cancel, ui::Tone::secondary)) return false;
    context.session.give_up(form);
    return true;
}

bool offers_sample(const Context& context) {
    return context.workspace.is_of_nobody() && context.workspace.terms.empty() && !is_saving(context, "import") &&
           !context.session.progress("import");
}

void take_sample(Context& context) {
    if (!take_saved(context, "sample")) return;
    std::string words =
        "Everything in it is made up. “Acting as”, at the top of the page, shows it through the eyes of each person";
    const auto people = context.session.people();
    if (const auto one = std::ranges::find_if(people, &Person::has_to_accept); one != people.end())
        words += ": " + one->name + ", for one, has an agreement to accept";
    context.visit.say_done("The sample data is here", words + ".");
}

std::optional<lifecycle::Decision> take_saved(Context& context, std::string_view form) {
    const auto* outcome = context.session.outcome(form);
    if (!outcome || outcome->state != Outcome::State::saved) return std::nullopt;
    auto decision = outcome->decision;
    context.session.forget(form);
    return decision;
}

void offer_pdf(Context& context, std::string_view form, std::string_view label, std::string_view file_name,
               const std::function<Result<documents::Document>()>& make) {
    const bool busy = is_saving(context, form);
    if (context.ui.button(form, label, ui::Tone::secondary, {.busy = busy}) && !busy)
        context.downloads.download_document(form, make(), file_name);
    pdf_status(context, form, file_name);
}

void pdf_status(Context& context, std::string_view form, std::string_view file_name) {
    const auto* outcome = context.session.outcome(form);
    const std::string file(file_name);
    std::string words;
    if (outcome) switch (outcome->state) {
            case Outcome::State::saving: words = "Making " + file + "…"; break;
            case Outcome::State::saved: words = file + " is in your downloads."; break;
            case Outcome::State::refused:
                words = "No PDF was made. " + outcome->error.message +
                        (outcome->error.where.empty() ? "" : " (" + outcome->error.where + ")");
                break;
            case Outcome::State::not_saved:
                words = file + " is in your downloads, but that could not be kept here. " + outcome->error.message;
                break;
        }
    context.ui.status(std::string(form) + "-status", words);
}

void build_team_only(Context& context) {
    auto inset = context.ui.inset("team-only");
    context.ui.paragraph(
        context.shared
            ? "This page is for the NHS England teams."
            : "This page is for the NHS England teams. To work as one of them, use “Acting as” at the top of "
              "the page.",
        ui::TextSize::body, "words");
}

bool begin_team_page(Context& context, std::string_view heading) {
    auto& ui = context.ui;
    ui.heading(1, heading, "h1", "NHS England teams");
    if (!context.sees_everything()) {
        build_team_only(context);
        return false;
    }
    return true;
}

void build_not_found(Context& context, std::string_view what) {
    auto& ui = context.ui;
    ui.heading(1, std::string(what) + " not found", "h1");
    ui.paragraph(
        "If you typed the address, check that it is correct. If you pasted it, check that you copied all of it.");
    ui.paragraph(
        "You see what belongs to the account of the person you are acting as. To look as somebody else, use “Acting "
        "as” at the top of the page.");
    ui.paragraph(ui::Words{{ui::link_to("Go to My Connection Agreements", "#/agreements")}});
}

std::string PageOfAgreement::heading(const Context& context) const {
    return context.workspace.find_agreement(number_) ? heading_of_it() : "Agreement not found";
}

void PageOfAgreement::build(Context& context) {
    const auto* agreement = context.workspace.find_agreement(number_);
    if (!agreement) return build_not_found(context, "Agreement");
    build_of(context, *agreement);
}

}  // namespace ca::pages
