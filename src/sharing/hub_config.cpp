#include "sharing/hub_config.h"

#include "sharing/person.h"
#include "sharing/signature.h"

#include <algorithm>
#include <map>

namespace ca::sharing {
namespace {

bool is_of(std::string_view text, std::string_view letters) {
    return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos;
}

constexpr std::string_view upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", hex = "0123456789abcdef";

bool is_organisation(std::string_view text) { return text == nhse || is_of(text, upper); }

std::string account_name(const std::string& organisation) { return "ORG_" + organisation; }

std::string user_text(const HubUser& user) {
    const std::string own = user.organisation + "." + user.person;
    return "      { nkey: " + user.key + ", permissions: { publish: [\"cmd." + own + "\", \"read." + own +
           "\"], subscribe: [\"" + inbox_of(user.person) + ".>\", \"news." + user.organisation + "\"] } }\n";
}

std::string export_text(const std::string& kind, const std::string& subject, const std::string& account) {
    return "      { " + kind + ": \"" + subject + "\", accounts: [" + account + "] }\n";
}
std::string import_text(const std::string& kind, const std::string& subject) {
    return "      { " + kind + ": { account: HUB, subject: \"" + subject + "\" } }\n";
}

}  // namespace

std::string inbox_of(const std::string& person) { return "_INBOX_" + person; }

Result<std::string> accounts_config(const std::vector<HubUser>& users, const std::string& steward,
                                    const std::string& visitor) {
    std::map<std::string, std::vector<HubUser>> organisations;
    for (const auto& user : users) {
        if (!is_organisation(user.organisation) || !is_of(user.person, hex) || !key_of_user(user.key))
            return fail("unwritable", "A user of the broker is not named as one must be.", user.organisation);
        organisations[user.organisation].push_back(user);
    }
    if (!key_of_user(steward) || !key_of_user(visitor))
        return fail("unwritable", "The steward’s and the visitor’s keys must be keys of users.");

    std::string exports, accounts;
    for (const auto& [organisation, people] : organisations) {
        const std::string account = account_name(organisation);
        std::string imports;
        for (const auto& subject : {"cmd." + organisation + ".*", "read." + organisation + ".*"}) {
            exports += export_text("service", subject, account);
            imports += import_text("service", subject);
        }
        exports += export_text("stream", "news." + organisation, account);
        imports += import_text("stream", "news." + organisation);
        accounts += "  " + account + ": {\n    imports: [\n" + imports + "    ]\n    users: [\n";
        for (const auto& user : people) accounts += user_text(user);
        accounts += "    ]\n  }\n";
    }
    const std::string from_visitors = "cmd." + std::string(visitors) + ".*";
    exports += export_text("service", from_visitors, "VISITORS");
    accounts += "  VISITORS: {\n    imports: [\n" + import_text("service", from_visitors) +
                "    ]\n    users: [\n      { nkey: " + visitor + ", permissions: { publish: [\"" + from_visitors +
                "\"], subscribe: [\"_INBOX_visitor.>\"] } }\n    ]\n  }\n";
    return "# Written by portal-steward: who is let in, and to what. What is changed here by hand is lost.\naccounts "
           "{\n"
           "  HUB: {\n    jetstream: enabled\n    users: [ { nkey: " +
           steward + " } ]\n    exports: [\n" + exports + "    ]\n  }\n" + accounts + "}\n";
}

}  // namespace ca::sharing
