// The forms about people: registration (P1), nomination as an onboarding contact (P2), and a contact's own details.

#include "base/text.h"
#include "pages/catalogue.h"
#include "pages/contact_table.h"
#include "pages/present.h"
#include "pages/registering_form.h"

namespace ca::pages {
namespace {

class RegisterPage : public Page {
public:
    std::string heading(const Context&) const override { return "Register for an account"; }
    bool has_errors() const override { return errors_shown_; }

    void build(Context& context) override {
        auto& ui = context.ui;
        if (take_saved(context, "register")) {
            context.session.act_as({lifecycle::Role::contact, std::string(trim(email_))});
            context.visit.say_done("Registered", name_ +
                                                     " can now act as a contact. To accept agreements, complete the "
                                                     "Supplier Onboarding Contact Nomination.");
            context.visit.open("#/nomination");
            return;
        }
        const auto errors =
            errors_of(context.session.outcome("register"), {{"name", "register/name", "Enter your full name"},
                                                            {"email", "register/email", "Enter your email address"},
                                                            {"account", "register/account", "Choose an account"}});
        errors_shown_ = errors.any();
        ui.error_summary(errors.problems);
        ui.heading(1, heading(context), "h1");
        point_to_registering(context);
        ui.paragraph(
            "Registering lets you see the agreements and cases of your organisation's account. Your organisation must "
            "already have an account.");
        if (const auto* person = context.contact()) {
            auto inset = ui.inset("registered");
            ui.paragraph(person->name + " is registered for " + account_name(context.workspace, person->account) +
                             ". To register somebody else, choose Visitor under “Acting as”.",
                         ui::TextSize::body, "words");
            return;
        }
        auto form = ui.form("register", "Register for an account");
        ui.text_field("name", "Full name", name_,
                      {.error = errors.at("register/name"),
                       .width = ui::FieldWidth::thirty,
                       .autocomplete = "name",
                       .required = true});
        ui.text_field("email", "Email address", email_,
                      {.hint = "Your own address at work. Each address can be registered once.",
                       .error = errors.at("register/email"),
                       .kind = ui::FieldKind::email,
                       .width = ui::FieldWidth::thirty,
                       .autocomplete = "email",
                       .required = true});
        ui.select("account", "Account", account_choices(context.workspace), account_,
                  {.error = errors.at("register/account"), .width = ui::FieldWidth::thirty, .required = true});
        if (ui.button("submit", "Register", ui::Tone::primary, {.busy = is_saving(context, "register")}))
            context.session.submit("register",
                                   lifecycle::ask::RegisterContact{
                                       .account = account_, .name = name_, .email = std::string(trim(email_))});
        saving_status(context, "register");
    }

private:
    std::string name_, email_, account_;
    bool errors_shown_ = false;
};

class NominationPage : public Page {
public:
    std::string heading(const Context&) const override { return "Supplier Onboarding Contact Nomination"; }
    bool has_errors() const override { return errors_shown_; }

    void build(Context& context) override {
        auto& ui = context.ui;
        if (const auto decision = take_saved(context, "nominate")) {
            if (decision->events.empty())
                context.visit.say_done("Nothing was to be done",
                                       email_ + " is an onboarding contact of the account already.");
            else
                context.visit.say_done(
                    "Nomination complete",
                    email_ + " is now an onboarding contact and can accept agreements of the account.");
            account_ = context.contact() ? context.contact()->account : "";
            email_.clear();
        }
        if (const auto* person = context.contact(); person && !prefilled_) {
            account_ = person->account;
            email_ = person->email;
        }
        prefilled_ = true;
        const auto errors = errors_of(context.session.outcome("nominate"),
                                      {{"account", "nominate/account", "Choose an account"},
                                       {"email", "nominate/email", "Enter the email address of the contact"}});
        errors_shown_ = errors.any();
        ui.error_summary(errors.problems);
        ui.heading(1, heading(context), "h1");
        point_to_registering(context);
        ui.paragraph(
            "An onboarding contact can accept connection agreements on behalf of the account. Completing this form "
            "makes a registered contact an onboarding contact at once.");
        auto form = ui.form("nominate", heading(context));
        ui.select("account", "Account", account_choices(context.workspace), account_,
                  {.error = errors.at("nominate/account"), .width = ui::FieldWidth::thirty, .required = true});
        ui.text_field("email", "Email address of the contact", email_,
                      {.hint = "The contact must already be registered for this account.",
                       .error = errors.at("nominate/email"),
                       .kind = ui::FieldKind::email,
                       .width = ui::FieldWidth::thirty,
                       .autocomplete = "email",
                       .required = true});
        if (ui.button("submit", "Submit nomination", ui::Tone::primary, {.busy = is_saving(context, "nominate")}))
            context.session.submit("nominate",
                                   lifecycle::ask::Nominate{.account = account_, .email = std::string(trim(email_))});
        saving_status(context, "nominate");
        ui.paragraph(ui::Words{{ui::text("Not registered yet? "), ui::link_to("Register for an account", "#/register"),
                                ui::text(".")}},
                     ui::TextSize::body, "register");
    }

private:
    std::string account_, email_;
    bool prefilled_ = false;
    bool errors_shown_ = false;
};

// What is held of a contact and of its account, and how to put it right.
class DetailsPage : public Page {
public:
    std::string heading(const Context&) const override { return "Your details"; }
    bool has_errors() const override { return errors_shown_; }

    void build(Context& context) override {
        auto& ui = context.ui;
        const auto problems = contacts_.problems(context);
        errors_shown_ = !problems.empty();
        ui.error_summary(problems);
        ui.heading(1, heading(context), "h1");
        const auto* person = context.contact();
        const auto* account = person ? context.workspace.find_account(person->account) : nullptr;
        if (!account) {
            auto inset = ui.inset("contacts-only");
            ui.paragraph(
                "This page is for registered contacts. Choose one under “Acting as”, or register for an account first.",
                ui::TextSize::body, "words");
            return;
        }
        build_held(context, *person, *account);
        std::vector<const lifecycle::Contact*> people;
        for (const auto& [email, contact] : context.workspace.contacts)
            if (contact.account == person->account) people.push_back(&contact);
        std::ranges::sort(people, {}, &lifecycle::Contact::order);
        contacts_.build(context, people);
    }

private:
    static void build_held(Context& context, const lifecycle::Contact& person, const lifecycle::Account& account) {
        auto& ui = context.ui;
        {
            auto fields = ui.fields("held");
            const auto say = [&](std::string_view key, std::string_view name, const std::string& words) {
                auto field = ui.field(key, name);
                ui.paragraph(words.empty() ? "None given" : words, ui::TextSize::body, "value");
            };
            say("name", "Name", person.name);
            say("email", "Email address", person.email);
            say("onboarding", "Onboarding contact", person.onboarding_contact ? "Yes" : "No");
            say("account", "Account", account.name + " (" + account.ods_code + ")");
            const auto registration = lifecycle::company_registration_number(account);
            say("company", "Company Registration Number",
                words_or(registration.number) + (registration.number ? ". " + registration.reason : ""));
            say("address", "Registered address", account.address);
            say("delivery", "Delivery notice email address", words_or(account.delivery_email));
        }
        ui.paragraph(
            "You can put your own name right below, and that of colleagues. If anything about the account is "
            "incorrect, tell NHS England on the case of your agreement, or raise a query: the agreement team corrects "
            "it.",
            ui::TextSize::body, "how");
    }

    ContactTable contacts_;
    bool errors_shown_ = false;
};

}  // namespace

std::unique_ptr<Page> make_details_page() { return std::make_unique<DetailsPage>(); }
std::unique_ptr<Page> make_register_page() { return std::make_unique<RegisterPage>(); }
std::unique_ptr<Page> make_nomination_page() { return std::make_unique<NominationPage>(); }

}  // namespace ca::pages
