// How records are put in words and marks on a page: the same everywhere.
#pragma once

#include "pages/page.h"

namespace ca::pages {

// "Active"; "Draft, Under Review"; with "paused" where the review clock stands.
struct StateMark {
    std::string words;
    ui::TagKind kind;
};
StateMark mark_of(const lifecycle::Agreement&);
StateMark mark_of(const lifecycle::Case&);

// Folds what falls due until then into a copy of a workspace, and tells each change of a state, in the order of time.
std::vector<StateChange> change_by_time(lifecycle::Sight& copy, Instant until);

// Names of products, in the order of the agreement; an unknown id shows as itself.
std::string product_names(const lifecycle::Sight&, const std::vector<std::string>& ids);
std::string account_name(const lifecycle::Sight&, std::string_view ods_code);
std::string words_or(const std::optional<std::string>&, std::string_view otherwise = "");
std::string words_or(const std::optional<Date>&, std::string_view otherwise = "");
// Terms versions by their number, the newest first.
std::vector<const lifecycle::TermsVersion*> versions_newest_first(const lifecycle::Sight&);
// Every account by its name, "Choose an account" first.
std::vector<ui::Choice> account_choices(const lifecycle::Sight&);
// "1 August 2025 at 9:15am"
std::string date_and_time(Instant);
// Of what becomes true at an instant: "3 March 2026 at 9:15am", and where that is midnight, which belongs to two days,
// "midnight at the end of 2 March 2026". `when`: with "on" or "at" before it.
std::string moment_in_words(Instant);
std::string when_in_words(Instant);
std::string grouped(std::size_t count);                                                // "12,345"
std::string count_of(std::size_t count, std::string_view one, std::string_view many);  // "1,234 agreements"
// "5 days left", "Today is the last day"; of a review that went on past its last day, why.
std::string days_left_in_words(const lifecycle::ReviewView&, Instant now);
// "12 MB", "1.4 kB", "312 bytes": powers of ten.
std::string size_in_words(std::uint64_t bytes);

// Agreements and cases this person may see, by number, oldest first.
std::vector<const lifecycle::Agreement*> visible_agreements(const Context&);
std::vector<const lifecycle::Case*> visible_cases(const Context&);

// The words by which a list is narrowed, in the address as `q`, so that Back brings back what a choice of filters has
// changed. Typing makes no entry in the history.
class FilterText {
public:
    void hear(ui::Ui&, const Route&, Visit&);  // what was typed, before the frame that shows it (Page::hear)
    // The field.
    void build(Context&, std::string_view key, std::string_view label, std::string hint = {},
               ui::FieldWidth width = ui::FieldWidth::thirty);
    const std::string& text() const { return typed_; }

private:
    std::string typed_;         // in the field
    std::string address_text_;  // in the address, as last seen
    std::string full_key_;      // of the field, once it was built
};

// A long list, some rows at a time. The first row shown is in the address (as `query`, one for each list of a page); a
// link leads to the page before and after.
// Few enough to be put in words and drawn anew within a frame:
constexpr std::size_t rows_per_page = 50;
struct Paging {
    std::size_t from, until, all, rows;
    std::string_view query;
};
Paging paging_of(const Route&, std::size_t all, std::size_t rows = rows_per_page, std::string_view query = "from");
void build_paging(Context&, const Paging&, std::string_view many);  // "agreements"; nothing where one page holds all

// A form's answer on a page. `fields` pairs the name of an argument with the key of its field, and says what to do
// where it was left empty ("Enter a name"): every empty field, and every one whose value is wrong by itself, is told at
// once, in the order of `fields`.
struct FormErrors {
    std::vector<ui::Problem> problems{};
    std::string at(std::string_view field_key) const;  // the message at that field, empty: none
    bool any() const { return !problems.empty(); }
};
struct FieldOfArgument {
    std::string_view argument, field_key, enter{};
};
FormErrors errors_of(const Outcome*, std::initializer_list<FieldOfArgument> fields);
// By what this contact is let into the shared workspace: their browsers, and invitations that are still good.
std::vector<std::string> access_of_contact(const lifecycle::Sight&, std::string_view email, Instant now);
// Whether sample data is offered: while there is nothing, and nothing is on its way.
bool offers_sample(const Context&);
// Says, once, that the sample data is here.
void take_sample(Context&);
// Says that saving is under way, or that it did not come about and what to do, and otherwise `told`: what was saved
// last. Emit it near the button: it is a live region.
void saving_status(Context&, std::string_view form, std::string_view told = {});
bool is_saving(const Context&, std::string_view form);
// While it is recorded in steps: how far it is ("Publishing: 250 of 75,087 agreements"), and a button that gives it up;
// true: that was pressed.
struct StepWords {
    std::string_view doing, things, cancel;  // "Publishing", "agreements", "Cancel the publication"
};
bool recording_progress(Context&, std::string_view form, const StepWords&);
// True once, when a form has been saved: the answer is then forgotten.
std::optional<lifecycle::Decision> take_saved(Context&, std::string_view form);

// A button that gives what is shown as a PDF, and says how far it is or why there is none. The document is made when it
// is pressed.
void offer_pdf(Context&, std::string_view form, std::string_view label, std::string_view file_name,
               const std::function<Result<documents::Document>()>& make);

// How far a PDF is, or why there is none. Emit it near its button: it is a live region.
void pdf_status(Context&, std::string_view form, std::string_view file_name);

// The beginning of a page that only the teams see: its heading, which stands for everyone, so that an address is
// recognised. False: this person does not see the rest.
bool begin_team_page(Context&, std::string_view heading);
// Says that a page is the teams', and how to become one of them.
void build_team_only(Context&);

// "Agreement not found": the same whether it does not exist or is another account's (P3).
void build_not_found(Context&, std::string_view what);

// A page of one agreement: says “Agreement not found” where this person sees none of that number.
class PageOfAgreement : public Page {
public:
    explicit PageOfAgreement(std::string number) : number_(std::move(number)) {}
    std::string heading(const Context&) const final;
    void build(Context&) final;

protected:
    virtual std::string heading_of_it() const = 0;
    virtual void build_of(Context&, const lifecycle::Agreement&) = 0;
    std::string number_;
};

// At the top of an agreement: what its state means, by its state and not by who reads it.
void build_state_words(Context&, const lifecycle::Agreement&, const lifecycle::AgreementView&);
// "Nobody accepted it in its 90 days."; of one that is Cancelled or Expired.
std::string why_it_ended_in_words(const lifecycle::Sight&, const lifecycle::Agreement&);

// The deadline of a review, in words and drawn: "Day 37 of 90", the last day, paused spans, what happens next and why.
// `told`: kept by the page, what became of the calendar file. The last day is left out where the page has a rail, which
// says it (last_day_in_words).
void build_review_panel(Context&, const lifecycle::Agreement&, const lifecycle::AgreementView&, std::string& told);
// "Last day to accept: 29 October 2025"; empty while the clock stands, and where there is no review.
std::string last_day_in_words(const lifecycle::Agreement&, const lifecycle::AgreementView&);

// A ZIP on its way and what became of it: whole on the lists of agreements, with "Cancel" (focus then goes to
// "choosing/zip", the button that asks for one); on other pages one line that leads there.
void build_zip_job(Context&);
void build_zip_line(Context&);

// The two questions that stand above every page until they are answered: whether the clock is right, and what to do
// where what is kept is not what this tab holds.
void build_clock_question(Context&, ChromeState&);
void build_parted(Context&, ChromeState&);

}  // namespace ca::pages
