// Accounts, products and people (L5, P1, P2), and the look-ups that every command shares (R12).
#include "lifecycle/decide.h"

#include "base/text.h"

namespace ca::lifecycle {
namespace {

// A contact hears the same words for what does not exist and for what is another account's (P3).
std::unexpected<Error> not_there(const Context& context, std::string code, const std::string& what, const std::string& name,
                                 const std::string& argument) {
    if (context.actor.role == Role::contact) {
        return fail("not_found", "There is no " + what + " “" + name + "” that you can see. Check it and try again.", argument);
    }
    return fail(std::move(code), "There is no " + what + " “" + name + "”. Check it and try again.", argument);
}

Account with_corrections(Account account, const Arguments& given) {
    const auto take = [&](std::string_view argument, std::optional<std::string>& value) {
        if (!given.has(argument)) return;
        value = given.optional_text(argument);
        if (value->empty()) value.reset();  // taken away
    };
    if (given.has("name")) account.name = given.text("name");
    if (given.has("address")) account.address = given.text("address");
    take("company_number", account.company_number);
    if (given.has("public_healthcare")) account.public_healthcare = given.flag("public_healthcare");
    if (given.has("outside_uk")) account.outside_uk = given.flag("outside_uk");
    take("delivery_email", account.delivery_email);
    return account;
}

}  // namespace

// ---- Look-ups -----------------------------------------------------------------------------------------------------------------

std::string name_of(const Workspace& workspace, const Actor& actor) {
    if (actor.role != Role::contact) return actor.name;
    const Contact* contact = workspace.find_contact(actor.name);
    return contact ? contact->name : actor.name;
}

Result<const Account*> look_up_account(const Context& context, const std::string& argument) {
    const std::string code = context.given.text(argument);
    const Account* account = context.workspace.find_account(code);
    bool visible = account != nullptr;
    if (account && context.actor.role == Role::contact) {
        const Contact* contact = context.workspace.find_contact(context.actor.name);
        visible = contact && contact->account == account->ods_code;
    }
    if (!visible) return not_there(context, "unknown_account", "account with the ODS code", code, argument);
    return account;
}

Result<const Agreement*> look_up_agreement(const Context& context) {
    const std::string number = context.given.text("number");
    const Agreement* agreement = context.workspace.find_agreement(number);
    if (!agreement || !may_see(context.workspace, context.actor, *agreement)) {
        return not_there(context, "unknown_agreement", "connection agreement", number, "number");
    }
    return agreement;
}

Result<const Case*> look_up_case(const Context& context) {
    const std::string number = context.given.text("case");
    const Case* the_case = context.workspace.find_case(number);
    if (!the_case || !may_see(context.workspace, context.actor, *the_case)) {
        return not_there(context, "unknown_case", "case", number, "case");
    }
    return the_case;
}

Result<const Contact*> look_up_contact(const Context& context, const Account& account) {
    const std::string email = context.given.text("email");
    const Contact* contact = context.workspace.find_contact(email);
    if (!contact || contact->account != account.ods_code) {
        return fail("unknown_contact",
                    "Nobody is registered for " + account.ods_code + " with the e-mail address " + email + ". Register the contact first.",
                    "email");
    }
    return contact;
}

Result<> look_up_products(const Context& context) {
    for (const auto& id : context.given.list("products")) {
        if (!context.workspace.find_product(id)) {
            return fail("unknown_product", "There is no API product “" + id + "”. Check it, or register the product first.", "products");
        }
    }
    return {};
}

// ---- Accounts and products ------------------------------------------------------------------------------------------------------

Result<Decision> decide_register_account(const Context& context) {
    const auto& given = context.given;
    const std::string ods_code = given.text("ods_code");
    if (context.workspace.find_account(ods_code)) {
        return fail("already_registered", "The account " + ods_code + " is registered already.", "ods_code");
    }
    Recorder record(context);
    record.record(ods_code, ods_code,
                  AccountRegistered{.ods_code = ods_code,
                                    .name = given.text("name"),
                                    .address = given.text("address"),
                                    .company_number = given.optional_text("company_number"),
                                    .public_healthcare = given.flag("public_healthcare"),
                                    .outside_uk = given.flag("outside_uk"),
                                    .delivery_email = given.optional_text("delivery_email")});
    return std::move(record).decision();
}

Result<Decision> decide_register_product(const Context& context) {
    const auto& given = context.given;
    const std::string id = given.text("id");
    if (context.workspace.find_product(id)) {
        return fail("already_registered", "The API product “" + id + "” is registered already.", "id");
    }
    Recorder record(context);
    record.record("", id, ProductRegistered{.id = id, .name = given.text("name"), .special_terms = given.text("special_terms")});
    return std::move(record).decision();
}

// ---- People -------------------------------------------------------------------------------------------------------------------

Result<Decision> decide_register_contact(const Context& context) {
    const Account* account = CA_TRY(look_up_account(context));
    const std::string email = context.given.text("email");
    if (context.workspace.find_contact(email)) {
        return fail("already_registered", "The e-mail address " + email + " is registered already. Use another, or act as that person.",
                    "email");
    }
    Recorder record(context);
    record.record(account->ods_code, to_ascii_lower(email), ContactRegistered{.email = email, .name = context.given.text("name")});
    return std::move(record).decision();
}

Result<Decision> decide_nominate(const Context& context) {
    const Account* account = CA_TRY(look_up_account(context));
    const Contact* contact = CA_TRY(look_up_contact(context, *account));
    if (contact->onboarding_contact) return Decision{};  // R13
    Recorder record(context);
    const std::string key = to_ascii_lower(contact->email);
    record.record(account->ods_code, key, ContactNominated{.email = key});
    return std::move(record).decision();
}

// Only the office ends: still registered, the contact sees what the account sees and may raise queries. A watch list is a matter of its own (C3).
Result<Decision> decide_end_nomination(const Context& context) {
    const Account* account = CA_TRY(look_up_account(context));
    const Contact* contact = CA_TRY(look_up_contact(context, *account));
    if (!contact->onboarding_contact) return Decision{};  // R66
    Recorder record(context);
    const std::string key = to_ascii_lower(contact->email);
    record.record(account->ods_code, key, NominationEnded{.email = key});
    return std::move(record).decision();
}

// ---- Corrections (R64, R65) ---------------------------------------------------------------------------------------------------

Result<Decision> decide_correct_contact(const Context& context) {
    const Account* account = CA_TRY(look_up_account(context));
    const Contact* contact = CA_TRY(look_up_contact(context, *account));
    const std::string name = context.given.text("name");
    if (name == contact->name) return Decision{};
    Recorder record(context);
    const std::string key = to_ascii_lower(contact->email);
    record.record(account->ods_code, key, ContactCorrected{.email = key, .was = contact->name, .name = name});
    return std::move(record).decision();
}

Result<Decision> decide_correct_account(const Context& context) {
    const Account* account = CA_TRY(look_up_account(context));
    const Account corrected = with_corrections(*account, context.given);
    Recorder record(context);
    if (corrected != *account) record.record(account->ods_code, account->ods_code, AccountCorrected{.was = *account, .record = corrected});
    const std::string name = agreement_name(corrected);
    for (const auto& agreement : context.workspace.book_of(account->ods_code).agreements) {
        // What an import said about one agreement stays, its name too.
        const bool follows = agreement->state == State::draft && !agreement->imported;
        if (follows && agreement->name != name) {
            record.record(account->ods_code, agreement->number, AgreementRenamed{.number = agreement->number, .was = agreement->name, .name = name});
        }
    }
    return std::move(record).decision();
}

}  // namespace ca::lifecycle
