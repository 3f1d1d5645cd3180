// One agreement: what it says, how long there is, its terms, acceptance, attachments, case.

#include "documents/markdown.h"
#include "pages/agreement_terms.h"
#include "pages/catalogue.h"
#include "pages/present.h"
#include "pages/team_actions.h"

#include <utility>

namespace ca::pages {
namespace {

using lifecycle::SignatureType;
using lifecycle::State;
using lifecycle::Substate;

class AgreementPage : public PageOfAgreement {
public:
    using PageOfAgreement::PageOfAgreement;

    std::string heading_of_it() const override { return number_; }
    bool has_errors() const override { return errors_shown_; }

    void build_of(Context& context, const lifecycle::Agreement& agreement) override {
        const auto view = lifecycle::view(context.workspace, agreement, context.now);
        auto& ui = context.ui;

        take_answers(context);
        const auto accept_errors =
            errors_of(context.session.outcome("accept"), {{"read_and_understood", "acceptance/accept/read"}});
        const auto query_errors =
            errors_of(context.session.outcome("query"), {{"description", "raise-query/description"}});
        auto problems = accept_errors.problems;
        problems.insert(problems.end(), query_errors.problems.begin(), query_errors.problems.end());
        const auto team_problems = team_.problems(context);
        problems.insert(problems.end(), team_problems.begin(), team_problems.end());
        errors_shown_ = !problems.empty();
        ui.error_summary(problems);

        auto text = ui.with_rail("text");
        ui.heading(1, number_, "h1", "Connection Agreement");
        build_name(ui, agreement);
        if (ui.is_wide()) build_rail(context, agreement, view);
        build_deadline(context, agreement, view);
        build_state_words(context, agreement, view);
        if (!ui.is_wide()) build_actions(context, agreement);
        build_raise_query(context, query_errors);
        team_.build(context, agreement);
        build_review_panel(context, agreement, view, calendar_told_);
        build_summary(context, agreement, view);
        build_terms(context, agreement);
        build_acceptance(context, agreement, view, accept_errors);
        build_attachments(context, agreement);
        build_case(context, agreement, view);
    }

private:
    void take_answers(Context& context) {
        if (take_saved(context, "accept")) {
            context.visit.say_done("Agreement accepted",
                                   number_ + " is now Active. Download its PDF for your records.");
            context.session.forget("pdf");  // that was of the draft
        }
        if (auto decision = take_saved(context, "query")) {
            const auto number = decision->case_number.value_or("");
            context.visit.say_done("Query sent",
                                   {{ui::text("Your message is on case "), ui::link_to(number, case_address(number)),
                                     ui::text(". The connection agreement team will answer there.")}});
            raising_query_ = false;
            description_.clear();
            context.session.forget("accept");
        }
    }

    // What one comes back to while reading: how it stands, how long there is, what to do, and where in the terms one
    // is.
    void build_rail(Context& context, const lifecycle::Agreement& agreement, const lifecycle::AgreementView& view) {
        auto& ui = context.ui;
        auto rail = ui.rail("rail");
        build_state(ui, agreement);
        if (view.review)
            ui.paragraph(ui::Words{{ui::bold(days_left_in_words(*view.review, context.now))}}, ui::TextSize::lead,
                         "days-left");
        if (const auto last_day = last_day_in_words(agreement, view); !last_day.empty())
            ui.paragraph(last_day, ui::TextSize::body, "last-day");
        build_actions(context, agreement);
        ui.separator("contents-line");
        terms_.build_contents(context, agreement, 3, ui.full_key("terms/"));
    }

    static void build_state(ui::Ui& ui, const lifecycle::Agreement& agreement) {
        const auto mark = mark_of(agreement);
        ui.tag("state", agreement.substate ? "Draft, " + mark.words : mark.words, mark.kind);
    }

    // Read before the rail: whose agreement it is comes before what can be done with it.
    static void build_name(ui::Ui& ui, const lifecycle::Agreement& agreement) {
        auto row = ui.row("standing");
        if (!ui.is_wide()) build_state(ui, agreement);
        ui.paragraph(agreement.name, ui::TextSize::lead, "name");
    }

    static bool deadline_is_near(const lifecycle::Agreement& agreement, const lifecycle::AgreementView& view) {
        constexpr int days = 14;
        const auto& review = view.review;
        return review && agreement.substate == Substate::under_review && !review->paused && review->last_day &&
               review->days_left <= days && review->held_by.empty();
    }

    static void build_deadline(Context& context, const lifecycle::Agreement& agreement,
                               const lifecycle::AgreementView& view) {
        auto& ui = context.ui;
        if (!deadline_is_near(agreement, view) || context.has_banner) return;
        const int left = view.review->days_left;
        const auto when = left == 0   ? std::string("today")
                          : left == 1 ? std::string("tomorrow")
                                      : "on " + format_words(*view.review->last_day);
        if (agreement.signature_type == SignatureType::accepted_via_portal) {
            auto box = ui.banner_box("deadline", ui::BannerKind::information, "The last day to accept is " + when);
            ui.paragraph("If it is not accepted by midnight at the end of " + format_words(*view.review->last_day) +
                             ", this agreement is cancelled and a new one has to be requested.",
                         ui::TextSize::body, "words");
        } else {
            auto box = ui.banner_box("deadline", ui::BannerKind::information, "The review ends " + when);
            ui.paragraph("Raise a query before, if you have questions about the changes.", ui::TextSize::body, "words");
        }
    }

    void build_actions(Context& context, const lifecycle::Agreement& agreement) {
        auto& ui = context.ui;
        auto row = ui.row("actions");
        if (lifecycle::why_not_accept(context.workspace, context.actor, agreement, context.now) == std::nullopt &&
            ui.button("go-to-acceptance", "Go to acceptance", ui::Tone::primary))
            going_to_acceptance_ = true;
        const bool making = is_saving(context, "pdf");
        if (ui.button("download", "Download PDF", ui::Tone::secondary, {.busy = making}) && !making)
            context.downloads.download_pdf("pdf", number_);
        const auto possible = lifecycle::possible_commands(context.workspace, agreement, context.now);
        if (possible.contains(lifecycle::ask::RaiseQuery::verb) &&
            ui.button("raise-query", "Raise a query", ui::Tone::secondary,
                      {.expanded = raising_query_ ? semantics::Toggle::on : semantics::Toggle::off})) {
            raising_query_ = is_new_query_ = !raising_query_;
            // Whoever asks first is not told any more what accepting lacked.
            if (!is_saving(context, "accept")) context.session.forget("accept");
        }
        if (agreement.supersedes)
            ui.link("compare", "Compare with " + *agreement.supersedes, agreement_address(number_, "compare"));
        ui.link("history", "History", agreement_address(number_, "history"));
        pdf_status(context, "pdf", context.practising ? number_ + "-practice.pdf" : number_ + ".pdf");
    }

    void build_raise_query(Context& context, const FormErrors& errors) {
        auto& ui = context.ui;
        if (!raising_query_) return;
        const auto opener = ui.full_key("actions/raise-query");
        auto form = ui.form("raise-query", "Raise a query");
        ui.heading(2, "Raise a query", "heading");
        // The button stays in sight while one reads, and the form is at the top.
        if (std::exchange(is_new_query_, false)) ui.focus(ui.full_key("heading"));
        ui.paragraph(
            "Your message and the answers to it are kept on a case, which the connection agreement team reads.",
            ui::TextSize::body, "words");
        ui.text_area("description", "Description", description_,
                     {.hint = "Up to 4,000 characters.",
                      .error = errors.at("raise-query/description"),
                      .required = true,
                      .rows = 6});
        auto row = ui.row("buttons");
        if (ui.button("submit", "Submit", ui::Tone::primary, {.busy = is_saving(context, "query")}))
            context.session.submit("query", lifecycle::ask::RaiseQuery{.number = number_, .description = description_});
        if (ui.button("cancel", "Cancel", ui::Tone::quiet)) {
            raising_query_ = false;
            context.session.forget("query");
            ui.focus(opener);
        }
        saving_status(context, "query");
    }

    void build_summary(Context& context, const lifecycle::Agreement& agreement, const lifecycle::AgreementView& view) {
        auto& ui = context.ui;
        auto section = ui.section("summary", "Summary");
        ui.heading(2, "Summary", "heading");
        build_fields(context, agreement, view);
        if (ui.disclosure("more", "More details", more_open_)) build_more(context, agreement, view);
    }

    static void say(ui::Ui& ui, std::string_view key, std::string_view name, ui::Words words) {
        auto field = ui.field(key, name);
        ui.paragraph(std::move(words), ui::TextSize::body, "value");
    }

    void build_fields(Context& context, const lifecycle::Agreement& agreement, const lifecycle::AgreementView& view) {
        auto& ui = context.ui;
        auto fields = ui.fields("fields");
        say(ui, "number", "Number", view.number);
        say(ui, "name", "Name", view.name);
        {
            auto field = ui.field("company-registration-number", "Company Registration Number");
            ui.paragraph(words_or(view.company_registration_number, "None given"), ui::TextSize::body, "value");
            if (const auto* account = context.workspace.find_account(agreement.account);
                account && !account->company_number)  // of a company's own number its name says enough
                ui.hint(lifecycle::company_registration_number(*account).reason, "reason");
            build_about_registration(context, agreement, view);
        }
        say(ui, "account", "Account",
            account_name(context.workspace, agreement.account) + " (" + agreement.account + ")");
        {
            auto field = ui.field("api-products-applicable", "API Products Applicable");
            auto list = ui.list("products", false, false);
            for (const auto& id : agreement.products) {
                auto item = ui.list_item(id);
                ui.paragraph(product_names(context.workspace, {id}), ui::TextSize::body, "name");
            }
        }
        {
            auto field = ui.field("case", "Case");
            if (view.case_number) ui.link("link", *view.case_number, case_address(*view.case_number));
            else ui.paragraph("None", ui::TextSize::body, "value");
        }
        say(ui, "state", "State", std::string(to_words(view.state)));
        say(ui, "substate", "Substate", view.substate ? std::string(to_words(*view.substate)) : std::string("None"));
        const auto not_yet = never_or_not_yet(view);
        say(ui, "accepted-on", "Accepted On", words_or(view.accepted_on, not_yet));
        say(ui, "accepted-by", "Accepted By", accepted_by_words(agreement, view));
        say(ui, "start-date", "Start Date", words_or(view.start_date, not_yet));
        if (view.end_date) say(ui, "end-date", "End Date", words_or(view.end_date));
        say(ui, "created", "Created", date_and_time(view.created));
        say(ui, "signature-type", "Signature type", std::string(to_words(view.signature_type)));
        const auto link_field = [&](std::string_view key, std::string_view name,
                                    const std::optional<std::string>& number) {
            auto field = ui.field(key, name);
            if (number && *number != number_) ui.link("link", *number, agreement_address(*number));
            else ui.paragraph(words_or(number, "None"), ui::TextSize::body, "value");
        };
        link_field("original-version", "Original Version", view.original_version);
        link_field("superseded-contract", "Superseded Contract", view.superseded_contract);
        say(ui, "contacts", "Contacts email addresses", contacts_words(agreement, view));
    }

    static std::string never_or_not_yet(const lifecycle::AgreementView& view) {
        return view.state == State::draft ? "Not yet" : "Never";
    }

    // What the guide does not name, and is looked up now and then.
    void build_more(Context& context, const lifecycle::Agreement& agreement, const lifecycle::AgreementView& view) {
        auto& ui = context.ui;
        auto fields = ui.fields("more-fields");
        // An import does not say it of what had gone out already (R33).
        const bool went_out = agreement.imported && agreement.substate != Substate::awaiting_review;
        say(ui, "issued", "Issued", words_or(view.issued, went_out ? "Not known here" : never_or_not_yet(view)));
        auto field = ui.field("terms-version", "Terms version");
        ui.link("link", view.terms_version, agreement_address(number_, "terms"));
    }

    // How to have the number put right, and what the papers keep where it was.
    static void build_about_registration(Context& context, const lifecycle::Agreement& agreement,
                                         const lifecycle::AgreementView& view) {
        auto& ui = context.ui;
        if (agreement.state != State::draft) {
            const auto party = lifecycle::party_of(context.workspace, agreement);
            if (agreement.party && party.registration_number != view.company_registration_number)
                ui.hint("Its papers keep what stood when it left Draft: " +
                            words_or(party.registration_number, "none given") + ".",
                        "papers");
            return;
        }
        if (context.is_team()) {
            ui.hint({{ui::text("If it is incorrect, "), ui::link_to("correct the account", "#/team/accounts"),
                      ui::text(".")}},
                    "correct");
        } else if (context.is_contact() && agreement.substate == Substate::under_review) {
            if (view.case_number && agreement.signature_type == SignatureType::accepted_via_portal)
                ui.hint({{ui::text("If it is incorrect, contact us on the case "),
                          ui::link_to(*view.case_number, case_address(*view.case_number)),
                          ui::text(" before you accept: we correct it.")}},
                        "correct");
            else ui.hint("If it is incorrect, raise a query: we correct it.", "correct");
        }
    }

    static std::string accepted_by_words(const lifecycle::Agreement& agreement, const lifecycle::AgreementView& view) {
        if (view.accepted_by) return *view.accepted_by;
        if (agreement.signature_type == SignatureType::auto_accepted && view.accepted_on)
            return "Accepted automatically after the review";
        return never_or_not_yet(view);
    }

    static std::string contacts_words(const lifecycle::Agreement& agreement, const lifecycle::AgreementView& view) {
        if (lifecycle::notified_elsewhere(agreement))
            return "Not known here: the agreement was imported, and its record does not say who was notified";
        if (view.contacts.empty()) return "Nobody has been notified";
        std::string words;
        for (std::size_t i = 0; i < view.contacts.size(); ++i) words += (i ? ", " : "") + view.contacts[i];
        return words;
    }

    void build_terms(Context& context, const lifecycle::Agreement& agreement) {
        auto& ui = context.ui;
        auto section = ui.section("terms", "Terms and conditions");
        ui.heading(2, "Terms and conditions", "heading");
        terms_.build(context, agreement, 3);
    }

    void build_acceptance(Context& context, const lifecycle::Agreement& agreement, const lifecycle::AgreementView& view,
                          const FormErrors& errors) {
        auto& ui = context.ui;
        auto section = ui.section("acceptance", "Acceptance");
        ui.heading(2, "Acceptance", "heading");
        if (std::exchange(going_to_acceptance_, false)) {
            ui.reveal(ui.full_key("heading"));
            ui.focus(ui.full_key("heading"));
        }
        if (view.accepted_on) {
            auto fields = ui.fields("record");
            {
                auto field = ui.field("by", "Accepted By");
                ui.paragraph(accepted_by_words(agreement, view), ui::TextSize::body, "value");
            }
            auto field = ui.field("on", "Accepted On");
            ui.paragraph(words_or(view.accepted_on), ui::TextSize::body, "value");
            return;
        }
        if (agreement.state != State::draft) {
            auto inset = ui.inset("not-accepted");
            ui.paragraph("It is " + std::string(to_words(agreement.state)) + " and cannot be accepted. " +
                             why_it_ended_in_words(context.workspace, agreement),
                         ui::TextSize::body, "words");
            return;
        }
        if (agreement.substate == Substate::awaiting_review) {
            auto inset = ui.inset("not-issued");
            ui.paragraph(
                "The agreement team is still preparing it. It can be accepted once it has been issued for review.",
                ui::TextSize::body, "words");
            return;
        }
        if (agreement.signature_type == SignatureType::auto_accepted) {
            auto inset = ui.inset("by-itself");
            ui.paragraph(
                "A terms change is accepted automatically after its review. If you have a question, raise a query.",
                ui::TextSize::body, "words");
            return;
        }
        if (auto reason = lifecycle::why_not_accept(context.workspace, context.actor, agreement, context.now)) {
            auto inset = ui.inset("why-not");
            ui.paragraph(reason->message, ui::TextSize::body, "words");
            if (reason->code == "not_an_onboarding_contact" || reason->code == "not_permitted")
                ui.paragraph(
                    ui::Words{{ui::text("To become an onboarding contact, complete the "),
                               ui::link_to("Supplier Onboarding Contact Nomination", "#/nomination"), ui::text(".")}},
                    ui::TextSize::body, "nomination");
            return;
        }
        build_check_list(context, agreement, view);
        build_accepting(context, errors);
    }

    void build_accepting(Context& context, const FormErrors& errors) {
        auto& ui = context.ui;
        auto form = ui.form("accept", "Acceptance");
        ui.paragraph("Read the terms and conditions above. When you accept, this is recorded and cannot be undone:",
                     ui::TextSize::body, "words");
        {
            auto fields = ui.fields("preview");
            {
                auto field = ui.field("by", "Accepted By");
                ui.paragraph(context.actor_name(), ui::TextSize::body, "value");
            }
            auto field = ui.field("on", "Accepted On");
            ui.paragraph(format_words(london_date(context.now)), ui::TextSize::body, "value");
        }
        ui.checkbox("read", "I have read and understood the terms and conditions", read_,
                    {.error = errors.at("acceptance/accept/read"), .anew = true});
        say_when_sent(context);
        const bool saving = is_saving(context, "accept");
        if (ui.button("submit", "Accept agreement", ui::Tone::primary, {.busy = saving}) && !saving)
            context.session.submit("accept", lifecycle::ask::Accept{.number = number_, .read_and_understood = read_});
        saving_status(context, "accept");
    }

    // Without a connection an acceptance is not made yet, and its window may pass meanwhile.
    void say_when_sent(Context& context) const {
        if (!context.shared || context.practising || context.shared->connected_since) return;
        const auto* agreement = context.workspace.find_agreement(number_);
        const bool has_end = agreement && !agreement->review.paused();
        context.ui.paragraph(
            "There is no connection to NHS England now. Your acceptance is kept here and sent when there is "
            "one, and it counts from then." +
                (has_end ? " That must be before midnight at the end of " + format_words(agreement->review.last_day()) +
                               ", London time."
                         : std::string()),
            ui::TextSize::body, "offline");
    }

    // What to look at before accepting; what is wrong leads to the case.
    static void build_check_list(Context& context, const lifecycle::Agreement& agreement,
                                 const lifecycle::AgreementView& view) {
        auto& ui = context.ui;
        auto card = ui.card("check");
        ui.heading(3, "Check before you accept", "heading");
        auto list = ui.list("points");
        const auto point = [&](std::string_view key, ui::Words words) {
            auto item = ui.list_item(key);
            ui.paragraph(std::move(words), ui::TextSize::body, "words");
        };
        const auto* account = context.workspace.find_account(agreement.account);
        const auto reason = account && !account->company_number
                                ? lifecycle::company_registration_number(*account).reason
                                : std::string();
        point("registration", {{ui::text("Company Registration Number: "),
                                ui::bold(words_or(view.company_registration_number, "none given")),
                                ui::text(reason.empty() ? "" : ". " + reason)}});
        point("products", {{ui::text("API Products Applicable: "),
                            ui::bold(product_names(context.workspace, agreement.products))}});
        point("contacts", {{ui::text("Notified: "), ui::bold(contacts_words(agreement, view))}});
        if (const auto* active = context.workspace.active_agreement(agreement.account);
            active && active->terms_version != agreement.terms_version)
            point("changes",
                  {{ui::text("Since " + active->number + ", which it replaces, the terms have changed: "),
                    ui::link_to("compare version " + active->terms_version + " with version " + agreement.terms_version,
                                agreement_address(agreement.number, "compare") +
                                    "?with=" + percent_encode(active->terms_version))}});
        else if (active)
            point("changes", {{ui::text("It replaces " + active->number + ", on the same terms version " +
                                        agreement.terms_version + ".")}});
        if (const auto* item = view.case_number ? context.workspace.find_case(*view.case_number) : nullptr)
            point("case",
                  {{ui::text("Is something wrong? Say so on the case before you accept: "),
                    ui::link_to(item->number, case_address(item->number)),
                    ui::text(item->is_open() && !item->activity.empty() ? ", which has an open question." : ".")}});
    }

    void build_attachments(Context& context, const lifecycle::Agreement& agreement) {
        auto& ui = context.ui;
        auto section = ui.section("attachments", "Attachments");
        ui.heading(2, "Attachments", "heading");
        static const std::vector<ui::TableColumn> columns{{.key = "name", .header = "File name"},
                                                          {.key = "size", .header = "Size", .numeric = true},
                                                          {.key = "by", .header = "Downloaded by"},
                                                          {.key = "on", .header = "Downloaded on"},
                                                          {.key = "sha256", .header = "SHA-256"}};
        std::vector<ui::TableRow> rows;
        for (std::size_t i = 0; i < agreement.attachments.size(); ++i) {
            const auto& file = agreement.attachments[i];
            // A download is known by its instant and its order in it; there is no other identity.
            rows.push_back({.key = format_iso(file.at) + "-" + std::to_string(i),
                            .cells = {{.words = file.file_name, .header = true},
                                      {.words = size_in_words(static_cast<std::uint64_t>(file.size))},
                                      {.words = file.by},
                                      {.words = date_and_time(file.at)},
                                      {.words = file.sha256, .monospace = true}}});
        }
        ui.table("files", columns, rows,
                 {.caption = "Attachments",
                  .hidden_caption = true,
                  .empty = "Nothing has been downloaded yet. Download PDF puts a copy here."});
        ui.paragraph(ui::Words{{ui::link_to("Check a downloaded agreement", "#/verify"),
                                ui::text(" to see whether a copy is exactly as issued.")}},
                     ui::TextSize::body, "verify");
    }

    void build_case(Context& context, const lifecycle::Agreement& agreement, const lifecycle::AgreementView&) {
        auto& ui = context.ui;
        auto section = ui.section("case-section", "Case");
        ui.heading(2, "Case", "heading");
        bool any = false;
        auto list = ui.list("cases", false, false);
        for (const auto* item : visible_cases(context)) {
            if (item->agreement != agreement.number) continue;
            any = true;
            auto entry = ui.list_item(item->number);
            auto row = ui.row("row");
            ui.link("link", item->number, case_address(item->number));
            const auto mark = mark_of(*item);
            ui.tag("state", mark.words, mark.kind);
            ui.hint(item->kind == lifecycle::CaseKind::acceptance
                        ? "Opened with the agreement"
                        : "Query, opened " + format_words(london_date(item->opened)),
                    "kind");
        }
        if (!any) {
            auto entry = ui.list_item("none");
            ui.paragraph("There is no case on this agreement. Raise a query to open one.", ui::TextSize::body, "words");
        }
    }

    bool read_ = false;
    bool raising_query_ = false;
    bool is_new_query_ = false;
    bool going_to_acceptance_ = false;
    bool more_open_ = false;
    std::string description_;
    bool errors_shown_ = false;
    std::string calendar_told_;
    AgreementTerms terms_;
    TeamActions team_;
};

class TermsPage : public PageOfAgreement {
public:
    using PageOfAgreement::PageOfAgreement;
    std::string heading_of_it() const override { return "Terms and conditions of " + number_; }
    void build_of(Context& context, const lifecycle::Agreement& agreement) override {
        auto& ui = context.ui;
        ui.link("back", "Back to " + number_, agreement_address(number_));
        ui.heading(1, heading(context), "h1", agreement.name);
        if (agreement.signature_type == SignatureType::auto_accepted) build_about_change(ui);
        terms_.build(context, agreement, 2);
    }

private:
    static void build_about_change(ui::Ui& ui) {
        ui.paragraph(ui::Words{{ui::text("These terms came with a terms change under clause 8.5 (Change Management) of "
                                         "the Standard terms. What it changed is in the "),
                                ui::link_to("Connection Agreement Published Changes", "#/changes"), ui::text(".")}},
                     ui::TextSize::body, "about-change");
    }
    AgreementTerms terms_;
};

}  // namespace

std::unique_ptr<Page> make_agreement_page(std::string number) {
    return std::make_unique<AgreementPage>(std::move(number));
}
std::unique_ptr<Page> make_terms_page(std::string number) { return std::make_unique<TermsPage>(std::move(number)); }

}  // namespace ca::pages
