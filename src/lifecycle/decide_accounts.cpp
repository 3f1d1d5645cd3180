// Accounts, products and people (L5, P1, P2), and the look-ups that every command shares (R12).
#include "lifecycle/decide.h"

#include "base/text.h"

namespace ca::lifecycle {
namespace {

// A contact hears the same words for what does not exist and for what is another account's (P3).
std::unexpected<Error> not_there(const Context& context, std::string code, const std::string& what,
                                 const std::string& name, const std::string& argument) {
    if (context.actor.role == Role::contact) {
        return fail("not_found", "There is no " + what + " “" + name + "” that you can see. Check it and try again.",
                    argument);
    }
    return fail(std::move(code), "There is no " + what + " “" + name + "”. Check it and try again.", argument);
}

Account with_corrections(Account account, const ask::CorrectAccount& given) {
    const auto take = [](const std::optional<std::string>& said, std::optional<std::string>& value) {
        if (!said) return;
        value = said;
        if (value->empty()) value.reset();  // taken away
    };
    account.name = given.name.value.value_or(account.name);
    account.address = given.address.value.value_or(account.address);
    take(given.company_number, account.company_number);
    account.public_healthcare = given.public_healthcare.value.value_or(account.public_healthcare);
    account.outside_uk = given.outside_uk.value.value_or(account.outside_uk);
    take(given.delivery_email, account.delivery_email);
    return account;
}

}  // namespace

// ---- Look-ups ---------------------------------------------------------------------------------------------

std::string name_of(const Workspace& workspace, const Actor& actor) {
    if (actor.role != Role::contact) return actor.name;
    const Contact* contact = workspace.find_contact(actor.name);
    return contact ? contact->name : actor.name;
}

Result<const Account*> look_up_account(const Context& context, const std::string& code) {
    const Account* account = context.workspace.find_account(code);
    bool visible = account != nullptr;
    if (account && context.actor.role == Role::contact) {
        const Contact* contact = context.workspace.find_contact(context.actor.name);
        visible = contact && contact->account == account->ods_code;
    }
    if (!visible) return not_there(context, "unknown_account", "account with the ODS code", code, "account");
    return account;
}

Result<const Agreement*> look_up_agreement(const Context& context, const std::string& number) {
    const Agreement* agreement = context.workspace.find_agreement(number);
    if (!agreement || !may_see(context.workspace, context.actor, *agreement)) {
        return not_there(context, "unknown_agreement", "connection agreement", number, "number");
    }
    return agreement;
}

Result<const Case*> look_up_case(const Context& context, const std::string& number) {
    const Case* the_case = context.workspace.find_case(number);
    if (!the_case || !may_see(context.workspace, context.actor, *the_case)) {
        return not_there(context, "unknown_case", "case", number, "case");
    }
    return the_case;
}

Result<const Contact*> look_up_contact(const Context& context, const Account& account, const std::string& email) {
    const Contact* contact = context.workspace.find_contact(email);
    if (!contact || contact->account != account.ods_code) {
        return fail("unknown_contact",
                    "Nobody is registered for " + account.ods_code + " with the email address " + email +
                        ". Register the contact first.",
                    "email");
    }
    return contact;
}

Result<> look_up_products(const Context& context, const std::vector<std::string>& ids) {
    for (const auto& id : ids) {
        if (!context.workspace.find_product(id)) {
            return fail("unknown_product",
                        "There is no API product “" + id + "”. Check it, or register the product first.", "products");
        }
    }
    return {};
}

// ---- Accounts and products --------------------------------------------------------------------------------

Result<Decision> decide(const Context& context, const ask::RegisterAccount& given) {
    const std::string ods_code = given.ods_code;
    if (context.workspace.find_account(ods_code)) {
        return fail("already_registered", "The account " + ods_code + " is registered already.", "ods_code");
    }
    Recorder record(context);
    record.record(ods_code, ods_code,
                  AccountRegistered{.ods_code = ods_code,
                                    .name = given.name,
                                    .address = given.address.or_none(),
                                    .company_number = given.company_number,
                                    .public_healthcare = given.public_healthcare.or_none(),
                                    .outside_uk = given.outside_uk.or_none(),
                                    .delivery_email = given.delivery_email});
    return std::move(record).decision();
}

Result<Decision> decide(const Context& context, const ask::RegisterProduct& given) {
    const std::string id = given.id;
    if (context.workspace.find_product(id)) {
        return fail("already_registered", "The API product “" + id + "” is registered already.", "id");
    }
    Recorder record(context);
    record.record("", id,
                  ProductRegistered{.id = id, .name = given.name, .special_terms = given.special_terms.or_none()});
    return std::move(record).decision();
}

// ---- People -----------------------------------------------------------------------------------------------

Result<Decision> decide(const Context& context, const ask::RegisterContact& given) {
    const Account* account = CA_TRY(look_up_account(context, given.account));
    const std::string email = given.email;
    if (context.workspace.find_contact(email)) {
        return fail("already_registered",
                    "The email address " + email + " is registered already. Use another, or act as that person.",
                    "email");
    }
    Recorder record(context);
    record.record(account->ods_code, to_ascii_lower(email), ContactRegistered{.email = email, .name = given.name});
    return std::move(record).decision();
}

Result<Decision> decide(const Context& context, const ask::Nominate& given) {
    const Account* account = CA_TRY(look_up_account(context, given.account));
    const Contact* contact = CA_TRY(look_up_contact(context, *account, given.email));
    if (contact->onboarding_contact) return Decision{};  // R13
    Recorder record(context);
    const std::string key = to_ascii_lower(contact->email);
    record.record(account->ods_code, key, ContactNominated{.email = key});
    return std::move(record).decision();
}

// Only the office ends: still registered, the contact sees what the account sees and may raise queries. A watch list is
// a matter of its own (C3).
Result<Decision> decide(const Context& context, const ask::EndNomination& given) {
    const Account* account = CA_TRY(look_up_account(context, given.account));
    const Contact* contact = CA_TRY(look_up_contact(context, *account, given.email));
    if (!contact->onboarding_contact) return Decision{};  // R66
    Recorder record(context);
    const std::string key = to_ascii_lower(contact->email);
    record.record(account->ods_code, key, NominationEnded{.email = key});
    return std::move(record).decision();
}

// ---- Corrections (R64, R65) -------------------------------------------------------------------------------

Result<Decision> decide(const Context& context, const ask::CorrectContact& given) {
    const Account* account = CA_TRY(look_up_account(context, given.account));
    const Contact* contact = CA_TRY(look_up_contact(context, *account, given.email));
    const std::string name = given.name;
    if (name == contact->name) return Decision{};
    Recorder record(context);
    const std::string key = to_ascii_lower(contact->email);
    record.record(account->ods_code, key, ContactCorrected{.email = key, .was = contact->name, .name = name});
    return std::move(record).decision();
}

Result<Decision> decide(const Context& context, const ask::CorrectAccount& given) {
    const Account* account = CA_TRY(look_up_account(context, given.account));
    const Account corrected = with_corrections(*account, given);
    Recorder record(context);
    if (corrected != *account)
        record.record(account->ods_code, account->ods_code, AccountCorrected{.was = *account, .record = corrected});
    const std::string name = agreement_name(corrected);
    for (const auto& agreement : context.workspace.book_of(account->ods_code).agreements) {
        // What an import said about one agreement stays, its name too.
        const bool follows = agreement->state == State::draft && !agreement->imported;
        if (follows && agreement->name != name) {
            record.record(account->ods_code, agreement->number,
                          AgreementRenamed{.number = agreement->number, .was = agreement->name, .name = name});
        }
    }
    return std::move(record).decision();
}

}  // namespace ca::lifecycle
