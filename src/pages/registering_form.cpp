#include "pages/registering_form.h"

#include "base/text.h"
#include "lifecycle/command.h"

#include <vector>

namespace ca::pages {
namespace {

using Asking = Sharing::Asking;
namespace ask = lifecycle::ask;

std::string trimmed(const std::string& text) { return std::string(trim(text)); }

// What is missing, where it can be seen without NHS England.
struct Missing {
    std::string account, name, email;
    std::vector<ui::Problem> problems() const {
        std::vector<ui::Problem> problems;
        for (const auto& [key, words] : {std::pair{"visitor/account", account}, std::pair{"visitor/name", name},
                                         std::pair{"visitor/email", email}})
            if (!words.empty()) problems.push_back({key, words});
        return problems;
    }
};

Missing missing_in(const std::string& account, const std::string& name, const std::string& email, bool registers) {
    Missing missing;
    if (is_blank(account)) missing.account = "Enter the ODS code of your organisation";
    if (registers && is_blank(name)) missing.name = "Enter your full name";
    if (is_blank(email)) missing.email = "Enter an email address";
    else if (email.find('@') == std::string::npos)
        missing.email = "Enter an email address in the correct format, like name@example.com";
    return missing;
}

}  // namespace

void RegisteringForm::build(Context& context, const sharing::InvitationLink& link) {
    auto& ui = context.ui;
    const Asking asking = asked_ ? context.sharing->asking() : Asking{};
    if (asking.state == Asking::State::taken && taken_for_.empty()) {
        taken_for_ = trimmed(email_);
        name_.clear();
        email_.clear();
        tried_ = false;
    }
    const bool registers = what_ == "register";
    auto problems = tried_ ? missing_in(account_, name_, email_, registers).problems() : std::vector<ui::Problem>{};
    if (asking.state == Asking::State::failed) problems.push_back({"visitor/submit", asking.trouble});
    errors_shown_ = !problems.empty();
    ui.error_summary(problems);
    ui.heading(1, heading, "h1");
    if (!taken_for_.empty()) {
        auto inset = ui.inset("taken");
        ui.paragraph("NHS England has what you sent. If it can be taken up, a message goes to " + taken_for_ +
                         " within minutes, with a link that is good once.",
                     ui::TextSize::body, "words");
        ui.paragraph(
            "No second message goes to one address within 15 minutes. If none comes, look whether the ODS code and the "
            "address are right, or write to england.liveserviceonboarding@nhs.net. For safety this page says the same "
            "of every organisation and every address.",
            ui::TextSize::body, "none");
    }
    ui.paragraph(
        "For people of a supplier whose organisation NHS England has an account for, and who have no invitation yet.",
        ui::TextSize::lead, "lead");
    build_fields(context, link, tried_);
}

void RegisteringForm::build_fields(Context& context, const sharing::InvitationLink& link, bool tried) {
    auto& ui = context.ui;
    const bool registers = what_ == "register";
    const auto missing = tried ? missing_in(account_, name_, email_, registers) : Missing{};
    auto form = ui.form("visitor", heading);
    static const std::vector<ui::Choice> choices{
        {.value = "register", .label = "Register for an account", .hint = "See the agreements of your organisation."},
        {.value = "nominate",
         .label = "Nominate an onboarding contact",
         .hint = "A contact who is registered already then accepts agreements for the organisation."}};
    ui.radios("what", "What is it about?", choices, what_, {});
    ui.text_field("account", "ODS code of the organisation", account_,
                  {.hint = "Such as YGA12: by which the NHS knows your organisation.",
                   .error = missing.account,
                   .width = ui::FieldWidth::ten,
                   .required = true});
    if (registers)
        ui.text_field(
            "name", "Full name", name_,
            {.error = missing.name, .width = ui::FieldWidth::thirty, .autocomplete = "name", .required = true});
    ui.text_field(
        "email", registers ? "Email address" : "Email address of the contact", email_,
        {.hint = registers ? "At work. The message with the link goes there." : "A message with a link goes there too.",
         .error = missing.email,
         .kind = ui::FieldKind::email,
         .width = ui::FieldWidth::thirty,
         .autocomplete = registers ? "email" : "",
         .required = true});
    const bool busy = asked_ && context.sharing->asking().state == Asking::State::sending;
    if (ui.button("submit", "Send", ui::Tone::primary, {.busy = busy}) && !busy) {
        taken_for_.clear();
        tried_ = !missing_in(account_, name_, email_, registers).problems().empty();
        const std::string account = to_ascii_upper(trimmed(account_)), email = trimmed(email_);
        asked_ = !tried_;
        if (tried_) context.sharing->forget_asking();
        else if (registers)
            context.sharing->ask(link, lifecycle::to_command(ask::RegisterContact{
                                           .account = account, .name = trimmed(name_), .email = email}));
        else context.sharing->ask(link, lifecycle::to_command(ask::Nominate{.account = account, .email = email}));
    }
    ui.status("sending", busy ? "Sending to NHS England…" : taken_for_.empty() ? "" : "Sent. Look for a message.");
}

void point_to_registering(Context& context) {
    if (!context.sharing || context.shared) return;
    const auto token = context.sharing->registering();
    if (token.empty()) return;
    auto inset = context.ui.inset("earnest");
    context.ui.paragraph(
        ui::Words{{ui::text("This form is for a workspace of your own, in this browser, where everything can be tried. "
                            "To take part in NHS England’s own, "),
                   ui::link_to("register with NHS England", "#/join/" + token), ui::text(".")}},
        ui::TextSize::body, "words");
}

}  // namespace ca::pages
