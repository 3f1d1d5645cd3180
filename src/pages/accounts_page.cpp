// The accounts and their contacts: registering an account, and putting right what is held (R64 to R66).

#include "base/text.h"
#include "pages/catalogue.h"
#include "pages/contact_table.h"
#include "pages/derived.h"
#include "pages/present.h"

#include <algorithm>
#include <span>
#include <utility>

namespace ca::pages {
namespace {

// The form that opens under the table when "Correct" is pressed beside an account.
class AccountCorrection {
public:
    void open(const Context& context, const std::string& ods_code, std::string button) {
        const auto* account = context.workspace.find_account(ods_code);
        if (!account) return;
        is_new_ = true;
        button_ = std::move(button);
        account_ = *account;
        company_ = account->company_number.value_or("");
        delivery_ = account->delivery_email.value_or("");
        refused_.reset();
        context.session.forget(form_name);
    }

    FormErrors errors(const Context& context) const {
        return errors_of(refused_ ? &*refused_ : context.session.outcome(form_name),
                         {{"name", "correct/name", "Enter the name of the organisation"},
                          {"address", "correct/address"},
                          {"company_number", "correct/company"},
                          {"delivery_email", "correct/delivery"}});
    }

    void build(Context& context, const FormErrors& errors) {
        if (const auto decision = take_saved(context, form_name)) {
            context.visit.say_done(decision->events.empty() ? "Nothing was different" : "Account corrected",
                                   done_words(context, *decision));
            account_ = {};
        }
        if (account_.ods_code.empty()) return;
        auto& ui = context.ui;
        const std::string title = "Correct " + account_.ods_code;
        auto form = ui.form("correct", title);
        ui.heading(2, title, "heading");
        if (std::exchange(is_new_, false)) ui.focus(ui.full_key("heading"));  // the list may be long
        ui.paragraph(
            "Drafts take the new name. Agreements that have been accepted, and their papers, keep the words of their "
            "day.",
            ui::TextSize::body, "words");
        ui.text_field("name", "Organisation name", account_.name,
                      {.error = errors.at("correct/name"),
                       .width = ui::FieldWidth::thirty,
                       .autocomplete = "organization",
                       .required = true});
        ui.text_area("address", "Registered address", account_.address,
                     {.error = errors.at("correct/address"), .rows = 3});
        ui.text_field(
            "company", "Company number", company_,
            {.hint =
                 "8 characters, from Companies House. Shorter numbers are filled up with zeros. Leave empty for none.",
             .error = errors.at("correct/company"),
             .width = ui::FieldWidth::ten});
        ui.checkbox("public", "A public healthcare organisation", account_.public_healthcare,
                    {.hint = "Its ODS code is shown in place of a company number."});
        ui.checkbox("outside", "Registered outside the United Kingdom", account_.outside_uk,
                    {.hint = "Its ODS code is shown in place of a company number."});
        ui.text_field("delivery", "Delivery notice email address", delivery_,
                      {.hint = "A group mailbox that is notified too. Leave empty for none.",
                       .error = errors.at("correct/delivery"),
                       .kind = ui::FieldKind::email,
                       .width = ui::FieldWidth::thirty});
        auto row = ui.row("buttons");
        if (ui.button("submit", "Save corrections", ui::Tone::primary, {.busy = is_saving(context, form_name)}) &&
            !is_saving(context, form_name))
            submit(context);
        if (ui.button("cancel", "Do not change anything", ui::Tone::quiet)) {
            ui.focus(button_);
            context.session.forget(form_name);
            account_ = {};
        }
        saving_status(context, form_name);
    }

private:
    static constexpr std::string_view form_name = "correct-account";

    void submit(Context& context) {
        refused_.reset();
        const auto or_nothing = [](const std::string& text) {
            return is_blank(text) ? std::string() : std::string(trim(text));
        };
        const auto command =
            lifecycle::to_command(lifecycle::ask::CorrectAccount{.account = account_.ods_code,
                                                                 .name = account_.name,
                                                                 .address = or_nothing(account_.address),
                                                                 .company_number = or_nothing(company_),
                                                                 .public_healthcare = account_.public_healthcare,
                                                                 .outside_uk = account_.outside_uk,
                                                                 .delivery_email = or_nothing(delivery_)});
        // An account without a name there is not; to the engine an empty one is none given (R9).
        if (!is_blank(account_.name)) return context.session.submit(form_name, command);
        refused_ = Outcome{.state = Outcome::State::refused,
                           .error = {"missing_argument", "Enter the name of the organisation", "name"},
                           .decision = {},
                           .missing = {"name"},
                           .wrong = lifecycle::wrong_arguments(command)};
    }

    static std::string done_words(const Context&, const lifecycle::Decision& decision) {
        const auto renamed = std::ranges::count_if(decision.events, [](const auto& event) {
            return std::holds_alternative<lifecycle::AgreementRenamed>(event.body);
        });
        if (decision.events.empty()) return "What was entered is what is held already.";
        return renamed == 0
                   ? "It is shown from now on."
                   : "It is shown from now on. " +
                         count_of(static_cast<std::size_t>(renamed), "draft has", "drafts have") + " the new name.";
    }

    lifecycle::Account account_{};  // as it is being corrected; without an ODS code: the form is closed
    std::string company_, delivery_, button_;
    std::optional<Outcome> refused_;
    bool is_new_ = false;
};

class AccountsPage : public Page {
public:
    std::string heading(const Context&) const override { return "Accounts"; }
    bool has_errors() const override { return errors_shown_; }
    void hear(ui::Ui& ui, const Route& route, Visit& visit) override { text_.hear(ui, route, visit); }

    void build(Context& context) override {
        auto& ui = context.ui;
        if (take_saved(context, "account")) {
            context.visit.say_done("Account registered",
                                   to_ascii_upper(trim(ods_)) + " can now have contacts and agreements.");
            ods_ = name_ = address_ = company_ = delivery_ = "";
            public_ = outside_ = false;
        }
        const auto errors = errors_of(context.session.outcome("account"),
                                      {{"ods_code", "account/ods", "Enter an ODS code"},
                                       {"name", "account/name", "Enter the name of the organisation"},
                                       {"company_number", "account/company"},
                                       {"delivery_email", "account/delivery"},
                                       {"address", "account/address"}});
        const auto correct_errors = correction_.errors(context);
        auto problems = errors.problems;
        problems.insert(problems.end(), correct_errors.problems.begin(), correct_errors.problems.end());
        const auto contact_problems = contacts_.problems(context);
        problems.insert(problems.end(), contact_problems.begin(), contact_problems.end());
        errors_shown_ = !problems.empty();
        ui.error_summary(problems);
        if (!begin_team_page(context, heading(context))) return;
        text_.build(context, "filter", "Filter accounts");
        const auto& lines = lines_.of(context, lines_of);
        build_accounts(context, matching(lines.accounts), lines.accounts.size());
        correction_.build(context, correct_errors);
        const auto people = matching(lines.contacts);
        const auto paging = paging_of(context.route, people.size(), rows_per_page, "contacts-from");
        contacts_.build(context, std::span(people).subspan(paging.from, paging.until - paging.from));
        build_paging(context, paging, "contacts");
        if (context.is_team()) build_form(context, errors);
    }

private:
    template<typename T>
    struct Line {
        const T* record;
        std::string folded;  // what the filter looks at
    };
    struct Lines {
        std::vector<Line<lifecycle::Account>> accounts{};
        std::vector<Line<lifecycle::Contact>> contacts{};
    };
    static Lines lines_of(const lifecycle::Sight& seen) {
        Lines lines;
        for (const auto& [code, account] : seen.accounts)
            lines.accounts.push_back({&account, fold_for_search(code + " " + account.name)});
        for (const auto& [email, contact] : seen.contacts)
            lines.contacts.push_back(
                {&contact, fold_for_search(contact.account + " " + account_name(seen, contact.account) + " " +
                                           contact.name + " " + contact.email)});
        return lines;
    }
    template<typename T>
    std::vector<const T*> matching(const std::vector<Line<T>>& lines) const {
        const auto wanted = fold_for_search(trim(text_.text()));
        std::vector<const T*> found;
        for (const auto& line : lines)
            if (line.folded.find(wanted) != std::string::npos) found.push_back(line.record);
        return found;
    }

    static ui::TableRow row_of(const Context& context, const lifecycle::Account& account) {
        const auto& code = account.ods_code;
        const auto registration = lifecycle::company_registration_number(account);
        std::vector<std::string> people;
        for (const auto& contact : context.workspace.book_of(code).contacts)
            people.push_back(contact->name + (contact->onboarding_contact ? " (onboarding contact)" : ""));
        const auto* active = context.workspace.active_agreement(code);
        ui::CellContent act{.words = ""};
        if (context.is_team()) act.actions = {{.key = "correct", .label = "Correct", .about = code}};
        return {.key = code,
                .cells = {{.words = code, .href = "#/agreements?state=all&q=" + percent_encode(code), .header = true},
                          {.words = account.name},
                          {.words = words_or(registration.number, "None given")},
                          {.words = people.empty() ? "Nobody" : join(people, ", ")},
                          {.words = account.delivery_email.value_or("")},
                          {.words = active ? active->number : "None",
                           .href = active ? agreement_address(active->number) : ""},
                          std::move(act)}};
    }

    void build_accounts(Context& context, const std::vector<const lifecycle::Account*>& shown, std::size_t all) {
        auto& ui = context.ui;
        const auto paging = paging_of(context.route, shown.size());
        std::vector<ui::TableRow> rows;
        for (std::size_t i = paging.from; i < paging.until; ++i) rows.push_back(row_of(context, *shown[i]));
        ui.status("count", grouped(shown.size()) + " of " + count_of(all, "account", "accounts"));
        static const std::vector<ui::TableColumn> columns{{.key = "ods", .header = "ODS code"},
                                                          {.key = "name", .header = "Name"},
                                                          {.key = "crn", .header = "Company Registration Number"},
                                                          {.key = "contacts", .header = "Contacts"},
                                                          {.key = "delivery", .header = "Delivery notice email"},
                                                          {.key = "active", .header = "Active agreement"},
                                                          {.key = "act", .header = "Change"}};
        const std::string empty =
            all == 0 ? "There are no accounts yet. Register one below, or import them under Data in this browser."
                     : "No account matches “" + text_.text() + "”. Clear the filter to see all " +
                           count_of(all, "account", "accounts") + ".";
        const auto pressed =
            ui.table("accounts", columns, rows, {.caption = "Accounts", .hidden_caption = true, .empty = empty});
        build_paging(context, paging, "accounts");
        if (pressed.action == "correct") correction_.open(context, pressed.row, pressed.button);
    }

    void build_form(Context& context, const FormErrors& errors) {
        auto& ui = context.ui;
        auto form = ui.form("account", "Register an account");
        ui.heading(2, "Register an account", "heading");
        ui.text_field("ods", "ODS code", ods_,
                      {.hint = "1 to 9 letters and digits.",
                       .error = errors.at("account/ods"),
                       .width = ui::FieldWidth::ten,
                       .required = true});
        ui.text_field("name", "Organisation name", name_,
                      {.error = errors.at("account/name"),
                       .width = ui::FieldWidth::thirty,
                       .autocomplete = "organization",
                       .required = true});
        ui.text_area("address", "Registered address", address_, {.error = errors.at("account/address"), .rows = 3});
        ui.text_field("company", "Company number", company_,
                      {.hint = "8 characters, from Companies House. Shorter numbers are filled up with zeros.",
                       .error = errors.at("account/company"),
                       .width = ui::FieldWidth::ten});
        ui.checkbox("public", "A public healthcare organisation", public_,
                    {.hint = "Its ODS code is shown in place of a company number."});
        ui.checkbox("outside", "Registered outside the United Kingdom", outside_,
                    {.hint = "Its ODS code is shown in place of a company number."});
        ui.text_field("delivery", "Delivery notice email address", delivery_,
                      {.hint = "A group mailbox that is notified too. Optional.",
                       .error = errors.at("account/delivery"),
                       .kind = ui::FieldKind::email,
                       .width = ui::FieldWidth::thirty});
        if (ui.button("submit", "Register account", ui::Tone::primary)) {
            context.session.submit("account",
                                   lifecycle::ask::RegisterAccount{.ods_code = std::string(trim(ods_)),
                                                                   .name = name_,
                                                                   .address = address_,
                                                                   .company_number = std::string(trim(company_)),
                                                                   .public_healthcare = public_,
                                                                   .outside_uk = outside_,
                                                                   .delivery_email = std::string(trim(delivery_))});
        }
        saving_status(context, "account");
    }
    FilterText text_;
    Derived<Lines> lines_;
    std::string ods_, name_, address_, company_, delivery_;
    bool public_ = false, outside_ = false, errors_shown_ = false;
    AccountCorrection correction_;
    ContactTable contacts_;
};

}  // namespace

std::unique_ptr<Page> make_accounts_page() { return std::make_unique<AccountsPage>(); }

}  // namespace ca::pages
